"""The consensus grid as a value: themes or questions down, participants of each group across."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from qualikit.coding.names import name_key
from qualikit.errors import NotFound
from qualikit.i18n import _
from qualikit.themes.consensus.model import SILENT, Cell, Side, Support
from qualikit.themes.consensus.reading import Group, Present
from qualikit.themes.consensus.tally import Tally, Verdict, tally
from qualikit.themes.model import Row

if TYPE_CHECKING:
    import pandas as pd

Key = tuple[str, str, str]
"""Row, document, participant."""

CELL_FIELDS = (
    "document", "territory", "path", "theme", "participant", "value", "derived", "letter", "changed", "corrected",
    "reason", "passages", "positions",
)  # fmt: skip
TALLY_FIELDS = (
    "document", "territory", "path", "theme", "present", "agree", "torn", "disagree", "silent", "speaking", "answered",
    "majority", "share", "low", "high", "consensus", "agreement", "verdict", "set_by_hand",
)  # fmt: skip


@dataclass(frozen=True)
class Contrast:
    """How the groups stand on one theme, beside one another. ``tallies`` are in the order of the groups; None where
    a question was not put.

    ``kind``: ``opposed``, they hold together on opposite sides; ``apart``, one holds together where another is divided;
    ``together``, all that can be told hold together on one side; ``divided``, all are divided; ``unknown``, fewer than
    two groups in which two people hold a position.
    """

    row: Row
    tallies: tuple[Tally | None, ...]
    kind: Literal["opposed", "apart", "together", "divided", "unknown"]


@dataclass(frozen=True)
class Grid:
    """What each participant holds of each theme, as coded at one moment.

    ``cells`` holds those in which something is said or set; :meth:`cell` gives the others too. ``coders`` are those
    whose codings are read. ``unplaced``: by document, ids of the codings of positions that bear on no theme.
    """

    kind: Literal["themes", "questions"]
    rows: tuple[Row, ...]
    groups: tuple[Group, ...]
    cells: Mapping[Key, Cell]
    coders: tuple[str, ...] = ()
    nested: bool = True
    asked: frozenset[tuple[str, str]] | None = None
    """Of questions: the (question, document) in which each was put."""
    unplaced: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """True where nobody holds a position."""
        return not any(cell.side is not Side.SILENT for cell in self.cells.values())

    @cached_property
    def corrected(self) -> list[tuple[Row, Group, Present, Cell]]:
        """The cells that say something else than their passages, in the order of groups and themes."""
        return [
            (row, group, person, cell)
            for group in self.groups
            for row in self.rows
            for person in group.participants
            if (cell := self.cells.get((row.code_id, group.id, person.id), SILENT)).corrected
        ]

    def to_check(self, document: Group | str | None = None) -> list[tuple[Row, Present]]:
        """The cells of a group that an evaluator should look at, row by row. Raises NotFound."""
        group = self.group(document)
        return [
            (row, person)
            for row in self.rows
            for person in group.participants
            if self.cells.get((row.code_id, group.id, person.id), SILENT).to_check
        ]

    def row(self, name: Row | str) -> Row:
        """The row of a code or question, by id or name. Raises NotFound."""
        if isinstance(name, Row):
            return name
        for row in self.rows:
            if name == row.code_id or name_key(row.name) == name_key(name):
                return row
        raise NotFound(_("La grille n'a pas de ligne « {name} ».").format(name=name), _("Vérifiez le nom."))

    def group(self, name: Group | str | None = None) -> Group:
        """The group of that id or title; None: the only one. Raises NotFound."""
        if isinstance(name, Group):
            return name
        if name is None and len(self.groups) == 1:
            return self.groups[0]
        for group in self.groups:
            if name in {group.id, group.title}:
                return group
        raise NotFound(
            _("La grille ne montre pas le document « {name} ».").format(name=name or ""),
            _("Il y a : {names}.").format(names=", ".join(group.title for group in self.groups)),
        )

    def participant(self, group: Group, name: Present | str) -> Present:
        """The participant of that id or name. Raises NotFound."""
        if isinstance(name, Present):
            return name
        for person in group.participants:
            if name in {person.id, person.name}:
                return person
        raise NotFound(
            _("« {name} » n'est pas présent dans « {title} ».").format(name=name, title=group.title),
            _("Il y a : {names}.").format(names=", ".join(person.name for person in group.participants)),
        )

    def was_asked(self, row: Row | str, document: Group | str | None = None) -> bool:
        """False of a question that was not put in that group."""
        return self.asked is None or (self.row(row).code_id, self.group(document).id) in self.asked

    def cell(self, row: Row | str, participant: Present | str, document: Group | str | None = None) -> Cell:
        """What a participant holds of a theme. Raises NotFound."""
        group = self.group(document)
        return self.cells.get((self.row(row).code_id, group.id, self.participant(group, participant).id), SILENT)

    def tally(self, row: Row | str, document: Group | str | None = None) -> Tally | None:
        """How a group stands on a theme; None of a question that was not put there. Raises NotFound."""
        return self._tallies[self.row(row).code_id, self.group(document).id]

    @cached_property
    def _tallies(self) -> dict[tuple[str, str], Tally | None]:
        return {
            (row.code_id, group.id): tally(
                self.cells.get((row.code_id, group.id, person.id), SILENT) for person in group.participants
            )
            if self.asked is None or (row.code_id, group.id) in self.asked
            else None
            for row in self.rows
            for group in self.groups
        }

    def held(self, row: Row | str, side: Side, document: Group | str | None = None) -> list[tuple[Present, Cell]]:
        """Those who are counted on that side, with their cells, in the order of their names."""
        found, group = self.row(row), self.group(document)
        cells = [(person, self.cell(found, person, group)) for person in group.participants]
        return [(person, cell) for person, cell in cells if cell.side is side and self.was_asked(found, group)]

    def contrasts(self) -> list[Contrast]:
        """The groups beside one another, theme by theme, in the order of the rows."""
        return [
            Contrast(row, tallies, _contrast(tallies))
            for row in self.rows
            for tallies in [tuple(self.tally(row, group) for group in self.groups)]
        ]

    def to_records(self) -> Iterator[dict[str, Any]]:
        """One dictionary a cell, with the keys of ``CELL_FIELDS``; questions that were not put are left out."""
        for group in self.groups:
            for row in self.rows:
                if not self.was_asked(row, group):
                    continue
                for person in group.participants:
                    cell = self.cell(row, person, group)
                    yield {
                        "document": group.title,
                        "territory": group.territory,
                        "path": " › ".join(row.path) or row.name,
                        "theme": row.name,
                        "participant": person.name,
                        "value": cell.value.value,
                        "derived": cell.derived.value,
                        "letter": cell.letter,
                        "changed": cell.changed,
                        "corrected": cell.corrected,
                        "reason": cell.correction.reason if cell.correction else "",
                        "passages": len(cell.supports),
                        "positions": len(cell.stances),
                    }

    def tally_records(self) -> Iterator[dict[str, Any]]:
        """One dictionary a theme and group, with the keys of ``TALLY_FIELDS``; figures that say nothing are None."""
        for group in self.groups:
            for row in self.rows:
                count = self.tally(row, group)
                if count is None:
                    continue
                interval, answered = count.interval, count.answered
                yield {
                    "document": group.title,
                    "territory": group.territory,
                    "path": " › ".join(row.path) or row.name,
                    "theme": row.name,
                    "present": count.present,
                    "agree": count.agree,
                    "torn": count.torn,
                    "disagree": count.disagree,
                    "silent": count.silent,
                    "speaking": count.speaking,
                    "answered": answered,
                    "majority": count.majority.value if count.majority else None,
                    "share": _rounded(count.majority_size / answered if answered else None),
                    "low": _rounded(interval.low if interval else None),
                    "high": _rounded(interval.high if interval else None),
                    "consensus": _rounded(count.consensus),
                    "agreement": _rounded(count.agreement),
                    "verdict": count.verdict.value,
                    "set_by_hand": count.set_by_hand,
                }

    def to_tidy(self) -> pd.DataFrame:
        """One row a cell, as :meth:`to_records` has them."""
        import pandas as pd

        return pd.DataFrame(list(self.to_records()), columns=list(CELL_FIELDS))

    def tallies(self) -> pd.DataFrame:
        """One row a theme and group, as :meth:`tally_records` has them."""
        import pandas as pd

        return pd.DataFrame(list(self.tally_records()), columns=list(TALLY_FIELDS))

    def to_frame(self, document: Group | str | None = None) -> pd.DataFrame:
        """Themes down, the participants of one group across, letters in the cells. Raises NotFound."""
        import pandas as pd

        group = self.group(document)
        rows = [row for row in self.rows if self.was_asked(row, group)]
        return pd.DataFrame(
            [[self.cell(row, person, group).letter for person in group.participants] for row in rows],
            index=pd.Index([row.name for row in rows], name="theme"),
            columns=pd.Index([person.name for person in group.participants], name="participant"),
        )


def positions_of(cell: Cell) -> list[Support]:
    """The places of a cell at which a position is held; the others only speak of the theme."""
    return [support for support in cell.supports if any(stance.value for stance in support.stances)]


def _contrast(tallies: tuple[Tally | None, ...]) -> Literal["opposed", "apart", "together", "divided", "unknown"]:
    told = [each for each in tallies if each is not None and each.answered > 1]
    if len(told) < 2:
        return "unknown"
    leanings = [each.leaning for each in told]
    if {Side.AGREE, Side.DISAGREE} <= set(leanings):
        return "opposed"
    if all(each.verdict is Verdict.DIVIDED for each in told):
        return "divided"
    return "together" if None not in leanings else "apart"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
