"""What the groups talk about: who raised each code, and whether the difference can be told from chance."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qualikit.i18n import _, ngettext
from qualikit.themes.axes import rows_of
from qualikit.themes.comparing import wording
from qualikit.themes.comparing.groups import Cast, themes_of
from qualikit.themes.comparing.mapping import Plane, plane_of
from qualikit.themes.comparing.model import LEVEL, Comparison, Test, Unit, What
from qualikit.themes.model import Row
from qualikit.themes.statistics.correction import holm
from qualikit.themes.statistics.intervals import Interval, difference
from qualikit.themes.statistics.permutation import permute

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]

MOST_ON_MAP = 40


@dataclass(frozen=True)
class Raised:
    """One code in one group: ``people`` of ``people_total`` and ``sessions`` of ``sessions_total`` raised it, in
    ``codings`` codings; codes under it count too."""

    people: int
    people_total: int
    sessions: int
    sessions_total: int
    codings: int

    def of(self, unit: Unit) -> tuple[int, int]:
        """How many raised it, out of how many."""
        return (self.people, self.people_total) if unit == "people" else (self.sessions, self.sessions_total)

    def share(self, unit: Unit) -> float:
        """The same from 0 to 1; 0 of nobody."""
        n, total = self.of(unit)
        return n / total if total else 0.0


@dataclass(frozen=True)
class CodeLine:
    """One code across the groups, in their order.

    ``difference``: share of the first group minus that of the second, with its ``interval`` (Newcombe, 95 %); None
    unless there are two groups. ``p``, ``p_corrected``: nan where no test was made.
    """

    row: Row
    raised: tuple[Raised, ...]
    difference: float | None
    interval: Interval | None
    p: float
    p_corrected: float

    @property
    def told(self) -> bool:
        """True where the difference can be told from chance."""
        return self.p_corrected <= LEVEL


@dataclass(frozen=True, kw_only=True)
class CodeComparison(Comparison):
    """Groups compared by what their people talk about. ``unit``: what is counted and dealt anew."""

    lines: tuple[CodeLine, ...]
    unit: Unit
    test: Test
    what: What = field(init=False, default="codes")

    @property
    def is_empty(self) -> bool:
        return not any(raised.codings for line in self.lines for raised in line.raised)

    @property
    def said(self) -> str:
        """What sets the groups apart, in a sentence."""
        told = [line for line in self.lines if line.told]
        if not self.test.possible:
            return _("Les écarts se lisent ci-dessous ; aucun ne peut être comparé au hasard.")
        if not told:
            return _("Aucun des écarts entre ces groupes ne se distingue du hasard, une fois corrigé pour leur nombre.")
        return ngettext(
            "{n} code distingue ces groupes plus que le hasard ne le ferait : {names}.",
            "{n} codes distinguent ces groupes plus que le hasard ne le ferait : {names}.",
            len(told),
        ).format(n=len(told), names=", ".join(line.row.name for line in told))

    def line(self, code: str) -> CodeLine:
        """The line of a code, by id or name. Raises KeyError."""
        for line in self.lines:
            if code in (line.row.code_id, line.row.name):
                return line
        raise KeyError(code)

    def verdict(self, line: CodeLine) -> str:
        """Whether its difference can be told from chance, in a few words."""
        return wording.verdict(line.p_corrected, self.test)

    def columns(self) -> Sequence[str]:
        return (
            "path", "code", "depth", "group", "people", "people_total", "sessions", "sessions_total", "codings",
            "share", "difference", "low", "high", "p", "p_corrected", "verdict",
        )  # fmt: skip

    def to_records(self) -> Iterator[dict[str, Any]]:
        """One dictionary a code and group; what is said of the code as a whole stands in each."""
        for line in self.lines:
            for group, raised in zip(self.groups, line.raised, strict=True):
                yield {
                    "path": " › ".join(line.row.path),
                    "code": line.row.name,
                    "depth": line.row.depth,
                    "group": group.label,
                    "people": raised.people,
                    "people_total": raised.people_total,
                    "sessions": raised.sessions,
                    "sessions_total": raised.sessions_total,
                    "codings": raised.codings,
                    "share": round(raised.share(self.unit), 4),
                    "difference": _rounded(line.difference),
                    "low": _rounded(line.interval.low if line.interval else None),
                    "high": _rounded(line.interval.high if line.interval else None),
                    "p": _rounded(line.p, 5),
                    "p_corrected": _rounded(line.p_corrected, 5),
                    "verdict": self.verdict(line),
                }

    def correspondence(self) -> Plane | None:
        """Codes and groups on one map, from how many people (or sessions) of each group raised each code: those most
        raised, without the codes that others stand under."""
        shown = [line for line in self.lines if not line.row.children and any(r.of(self.unit)[0] for r in line.raised)]
        shown.sort(key=lambda line: -sum(raised.of(self.unit)[0] for raised in line.raised))
        shown = shown[:MOST_ON_MAP]
        counts = [[raised.of(self.unit)[0] for raised in line.raised] for line in shown]
        return plane_of(counts, [line.row.name for line in shown], [group.label for group in self.groups])


def _rounded(value: float | None, digits: int = 4) -> float | None:
    return None if value is None or math.isnan(value) else round(value, digits)


def compare_codes(cast: Cast, unit: Unit, chosen: set[str] | None) -> CodeComparison:
    """Each code across the groups. ``chosen``: ids of the only ones looked at."""
    import numpy as np

    book = cast.facts.codebook
    rows = rows_of(book, themes_of(book, chosen))
    people, sessions = (_presence(cast, rows, each) for each in ("people", "sessions"))
    codings = _codings(cast, rows)
    of_group, held = (cast.people[0], people) if unit == "people" else (cast.sessions[0], sessions)
    looked = np.flatnonzero(held.any(0))
    strata, names = cast.strata(unit)
    sizes = np.bincount(of_group, minlength=len(cast.groups))
    p_values, corrected = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    found = permute(held[:, looked].astype(np.float64), of_group, strata=strata or None)
    if found.possible:
        p_values[looked] = found.p_values
        corrected = holm(p_values)
    test = Test(
        unit,
        tuple(int(size) for size in sizes),
        found.arrangements,
        found.exact,
        found.draws,
        found.least,
        found.possible,
        names,
        len(looked),
    )
    counted = [_by_group(cast, held, of) for held, of in ((people, cast.people[0]), (sessions, cast.sessions[0]))]
    lines = []
    for place, row in enumerate(rows):
        raised = tuple(
            Raised(
                int(counted[0][number, place]),
                group.people,
                int(counted[1][number, place]),
                group.sessions,
                int(codings[number, place]),
            )
            for number, group in enumerate(cast.groups)
        )
        if not any(each.codings for each in raised):
            continue
        apart, interval = _difference(raised, unit)
        lines.append(CodeLine(row, raised, apart, interval, float(p_values[place]), float(corrected[place])))
    return CodeComparison(
        by=cast.kind.name,
        by_label=cast.kind.label(),
        groups=cast.groups,
        notes=tuple(_notes(cast, unit, lines, rows, test)),
        coders=cast.coders,
        lines=tuple(lines),
        unit=unit,
        test=test,
    )


def _presence(cast: Cast, rows: Sequence[Row], unit: Unit) -> Mask:
    """Units × rows: whether the unit raised the code, or one under it."""
    import numpy as np

    coding, voice, group = cast.coded
    facts = cast.facts
    number = cast.unit(unit, group, voice, facts.document[coding])
    held = np.zeros((len((cast.people if unit == "people" else cast.sessions)[0]), len(rows)), dtype=np.bool_)
    for place, under in enumerate(cast.under(rows)):
        there = under[facts.code[coding]] & (number >= 0)
        held[number[there], place] = True
    return held


def _codings(cast: Cast, rows: Sequence[Row]) -> Ints:
    """Groups × rows: codings, each once in a group."""
    import numpy as np

    coding, _voice, group = cast.coded
    facts = cast.facts
    many = len(facts.coding_ids) + 1
    once = np.unique(group * many + coding)
    group, code = once // many, facts.code[once % many] if len(once) else once
    counted = np.zeros((len(cast.groups), len(rows)), dtype=np.int64)
    for place, under in enumerate(cast.under(rows)):
        counted[:, place] = np.bincount(group[under[code]], minlength=len(cast.groups))
    return counted


def _by_group(cast: Cast, held: Mask, of_group: Ints) -> Ints:
    import numpy as np

    counted = np.zeros((len(cast.groups), held.shape[1]), dtype=np.int64)
    np.add.at(counted, of_group, held.astype(np.int64))
    return counted


def _difference(raised: Sequence[Raised], unit: Unit) -> tuple[float | None, Interval | None]:
    if len(raised) != 2 or not all(each.of(unit)[1] for each in raised):
        return None, None
    first, second = raised
    return first.share(unit) - second.share(unit), difference(first.of(unit), second.of(unit))


def _notes(cast: Cast, unit: Unit, lines: Sequence[CodeLine], rows: Sequence[Row], test: Test) -> list[str]:
    notes = [
        _(
            "Personnes : participants dont les propres paroles sont codées, sur ceux qui parlent dans le groupe ; "
            "documents : ceux où le code est posé, sur ceux du groupe. L'animation et les observateurs ne comptent "
            "pas. Un code compte aussi les codes rangés sous lui."
        ),
        *cast.notes(),
        test.said,
    ]
    if lines and len(cast.groups) == 2 and all(test.sizes):
        notes.append(
            _(
                "L'écart est celui des parts, {first} moins {second}, avec son intervalle à 95 % (Newcombe), qui "
                "n'est pas corrigé pour le nombre de codes."
            ).format(first=cast.groups[0].label, second=cast.groups[1].label)
        )
    if words := wording.dependence(unit, cast.in_focus_groups and test.possible):
        notes.append(words)
    if len(lines) < len(rows):
        notes.append(
            _("{n} codes de la grille ne sont posés dans aucun des groupes : ils ne sont pas montrés.").format(
                n=len(rows) - len(lines)
            )
            if len(rows) - len(lines) > 1
            else _("Un code de la grille n'est posé dans aucun des groupes : il n'est pas montré.")
        )
    return notes
