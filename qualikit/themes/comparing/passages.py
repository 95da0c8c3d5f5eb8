"""What the groups say: theme by theme, what all say, what only one says, where they contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sa

from qualikit.coding.model import Position
from qualikit.i18n import _, ngettext
from qualikit.themes.axes import rows_of
from qualikit.themes.comparing.groups import Cast, themes_of
from qualikit.themes.comparing.model import Comparison, What
from qualikit.themes.comparing.wording import unit_words
from qualikit.themes.consensus.standing import Standing, Voice, read_grid, standing
from qualikit.themes.counting import distinct
from qualikit.themes.model import Passage, Row
from qualikit.themes.passages import read_passages
from qualikit.themes.picking import fairest
from qualikit.themes.wording import listed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

Share = Literal["contradicted", "all", "some", "one"]
"""How groups share a theme: some hold the contrary of others; all talk of it; several; one only."""
SHARES: tuple[Share, ...] = ("contradicted", "all", "some", "one")

QUOTED = 2


def share_label(share: Share, groups: int = 2) -> str:
    """The heading under which such themes stand."""
    return {
        "contradicted": _("Où ils se contredisent"),
        "all": _("Ce que les deux disent") if groups == 2 else _("Ce que tous disent"),
        "some": _("Ce que plusieurs disent, mais pas tous"),
        "one": _("Ce qu'un seul dit"),
    }[share]


@dataclass(frozen=True)
class Quote:
    """A passage that stands for what a group says; ``stance``: how who speaks stands in that turn, where that is
    coded; ``chosen``: by an evaluator, else picked."""

    passage: Passage
    stance: Position | None

    @property
    def chosen(self) -> bool:
        return self.passage.chosen


@dataclass(frozen=True)
class Side:
    """One theme in one group. ``agree``, ``disagree``, ``torn``: how many of its people hold such a position on it;
    somebody who holds several is torn."""

    people: int
    people_total: int
    sessions: int
    sessions_total: int
    passages: int
    agree: int
    disagree: int
    torn: int
    quotes: tuple[Quote, ...]

    @property
    def speaks(self) -> bool:
        return self.passages > 0

    @property
    def answered(self) -> int:
        """How many hold any position; the others are silent, which is not agreement."""
        return self.agree + self.disagree + self.torn

    @property
    def stance(self) -> Position | None:
        """What more of its people hold than the contrary; None where nobody does, or as many."""
        if self.agree == self.disagree:
            return None
        return Position.AGREEMENT if self.agree > self.disagree else Position.DISAGREEMENT

    @property
    def positions_said(self) -> str:
        """« 3 en accord, 1 en désaccord, sur 8 »; empty where nobody holds any."""
        if not self.answered:
            return ""
        parts = [
            words.format(n=n)
            for n, words in (
                (self.agree, _("{n} en accord")),
                (self.disagree, _("{n} en désaccord")),
                (self.torn, ngettext("{n} partagé", "{n} partagés", self.torn)),
            )
            if n
        ]
        return _("{parts}, sur {total}").format(parts=", ".join(parts), total=unit_words("people", self.people_total))


@dataclass(frozen=True)
class Theme:
    """One code across the groups, in their order; codes under it count too; quotations and positions are of the code
    itself."""

    row: Row
    share: Share
    sides: tuple[Side, ...]


@dataclass(frozen=True, kw_only=True)
class PassageComparison(Comparison):
    """Groups compared by what their people say of each theme."""

    themes: tuple[Theme, ...]
    what: What = field(init=False, default="passages")

    @property
    def is_empty(self) -> bool:
        return not self.themes

    def theme(self, code: str) -> Theme:
        """The theme of a code, by id or name. Raises KeyError."""
        for theme in self.themes:
            if code in (theme.row.code_id, theme.row.name):
                return theme
        raise KeyError(code)

    def sharing(self, share: Share) -> list[Theme]:
        """The themes that the groups share so."""
        return [theme for theme in self.themes if theme.share == share]

    def said(self, theme: Theme) -> str:
        """How the groups share it, in a sentence."""
        if theme.share == "contradicted":
            return _("Positions contraires : plus d'accords d'un côté, plus de désaccords de l'autre.")
        if theme.share == "all":
            return _("Dit de part et d'autre.") if len(self.groups) == 2 else _("Dit dans tous les groupes.")
        names = tuple(group.label for group, side in zip(self.groups, theme.sides, strict=True) if side.speaks)
        others = tuple(group.label for group, side in zip(self.groups, theme.sides, strict=True) if not side.speaks)
        return _("Codé ici : {names} ; pas là : {others}.").format(names=listed(names), others=listed(others))

    def columns(self) -> Sequence[str]:
        return (
            "path", "code", "share", "group", "people", "people_total", "sessions", "sessions_total", "passages",
            "agree", "disagree", "torn", "quote", "reference", "position", "chosen",
        )  # fmt: skip

    def to_records(self) -> Iterator[dict[str, Any]]:
        """One dictionary a theme, group and quotation; one without quotation where the group says nothing of it."""
        for theme in self.themes:
            for group, side in zip(self.groups, theme.sides, strict=True):
                for quote in side.quotes or (None,):
                    yield {
                        "path": " › ".join(theme.row.path),
                        "code": theme.row.name,
                        "share": theme.share,
                        "group": group.label,
                        "people": side.people,
                        "people_total": side.people_total,
                        "sessions": side.sessions,
                        "sessions_total": side.sessions_total,
                        "passages": side.passages,
                        "agree": side.agree,
                        "disagree": side.disagree,
                        "torn": side.torn,
                        "quote": quote.passage.quote if quote else "",
                        "reference": quote.passage.reference if quote else "",
                        "position": quote.stance.value if quote and quote.stance else "",
                        "chosen": bool(quote and quote.chosen),
                    }


def compare_passages(
    connection: sa.Connection, cast: Cast, chosen: set[str] | None, quoted: int = QUOTED, *, coder: str | None = None
) -> PassageComparison:
    """Each theme across the groups. ``chosen``: ids of the only codes looked at; ``quoted``: how many passages stand
    for a group at most."""
    import numpy as np

    facts = cast.facts
    book = facts.codebook
    coding, voice, group = cast.coded
    stands = _standings(connection, cast, coder)
    place = {code.id: number for number, code in enumerate(book.codes)}
    passage_of = facts.passages
    picked: dict[tuple[str, int], list[str]] = {}
    stances: dict[tuple[str, int], Position] = {}
    drafts: list[tuple[Row, list[Side]]] = []
    size = len(cast.groups)
    rows = rows_of(book, themes_of(book, chosen))
    for row, under in zip(rows, cast.under(rows), strict=True):
        own = facts.code[coding] == place[row.code_id]
        if not own.any():
            continue
        units = np.flatnonzero(under[facts.code[coding]])
        of_group = group[units]
        voiced = units[voice[units] >= 0]
        people = distinct(group[voiced], facts.voice_person[voice[voiced]], size)
        sessions = distinct(of_group, facts.document[coding[units]], size)
        passages = distinct(of_group, passage_of[coding[units]], size)
        sides = []
        for number, each in enumerate(cast.groups):
            theirs = np.unique(coding[own & (group == number)])
            stand = stands(row.code_id, number)
            side = Side(
                int(people[number]), each.people, int(sessions[number]), each.sessions, int(passages[number]),
                stand.agree, stand.disagree, stand.torn, (),
            )  # fmt: skip
            sides.append(side)
            held = _stances(stand)
            stances |= {(id, number): stance for id, stance in held.items()}
            picked[row.code_id, number] = _picked(cast, theirs, held, side.stance, quoted)
        drafts.append((row, sides))
    passages_by_id = {
        each.coding_id: each
        for each in read_passages(connection, list(dict.fromkeys(id for some in picked.values() for id in some)))
    }
    found = []
    for row, sides in drafts:
        full = tuple(
            replace(
                side,
                quotes=tuple(
                    Quote(passages_by_id[id], stances.get((id, number)))
                    for id in picked[row.code_id, number]
                    if id in passages_by_id
                ),
            )
            for number, side in enumerate(sides)
        )
        found.append(Theme(row, _share(full), full))
    return PassageComparison(
        by=cast.kind.name,
        by_label=cast.kind.label(),
        groups=cast.groups,
        notes=tuple(_notes(cast, found)),
        coders=cast.coders,
        themes=tuple(found),
    )


def _share(sides: Sequence[Side]) -> Share:
    stances = {side.stance for side in sides} - {None}
    if len(stances) > 1:
        return "contradicted"
    speaking = sum(side.speaks for side in sides)
    return "all" if speaking == len(sides) and speaking > 1 else "some" if speaking > 1 else "one"


def _standings(connection: sa.Connection, cast: Cast, coder: str | None) -> Callable[[str, int], Standing]:
    """How the people of a group (by its place) stand on a theme (by the id of its code, without those under it)."""
    facts = cast.facts
    voices: list[list[Voice]] = [[] for _group in cast.groups]
    for group, document, person in zip(
        cast.voice.tolist(), facts.voice_document.tolist(), facts.voice_person.tolist(), strict=True
    ):
        if group >= 0:
            voices[group].append((facts.documents[document].id, facts.people[person].id))
    documents = dict.fromkeys(document for some in voices for document, _person in some)
    grid = read_grid(connection, documents, coder=coder, nested=False)
    return lambda code, group: standing(grid, code, voices[group])


def _stances(stand: Standing) -> dict[str, Position]:
    """The position of each coding of a theme that carries one only."""
    found: dict[str, set[Position]] = {}
    for position, ids in stand.passages.items():
        for id in ids:
            found.setdefault(id, set()).add(position)
    return {id: next(iter(held)) for id, held in found.items() if len(held) == 1}


def _picked(cast: Cast, theirs: Ints, stances: Mapping[str, Position], stance: Position | None, most: int) -> list[str]:
    """Which of a group's codings of a theme are quoted: those chosen, then those that hold what more people hold, then
    the fairest; each passage once."""
    facts = cast.facts
    ids = [facts.coding_ids[number] for number in theirs.tolist()]
    picked = [id for id in ids if id in cast.reader.chosen]
    holding = theirs[[stance is not None and stances.get(id) is stance for id in ids]] if ids else theirs
    for some in (holding, theirs):
        if len(picked) < most:
            picked += [id for id in fairest(facts, some, most) if id not in picked]
    number_of = cast.reader.number_of
    found: list[str] = []
    taken: list[tuple[int, int, int]] = []
    for id in picked:
        number = number_of[id]
        where = int(facts.document[number]), int(facts.start[number]), int(facts.stop[number])
        if all(each[0] != where[0] or each[2] <= where[1] or each[1] >= where[2] for each in taken):
            taken.append(where)
            found.append(id)
    kept = [id for id in found if id in cast.reader.chosen]
    return kept if len(kept) >= most else found[:most]


def _notes(cast: Cast, themes: Sequence[Theme]) -> list[str]:
    with_positions = sum(any(side.answered for side in theme.sides) for theme in themes)
    notes = [
        _(
            "Un thème est dit par un groupe quand un passage y est codé ; qu'il ne le soit pas ne prouve pas que "
            "personne n'en pense rien : la question a pu ne pas être posée. Un thème compte aussi les codes rangés "
            "sous lui ; ses verbatims et ses positions sont du code lui-même."
        ),
        _(
            "Verbatims : ceux qui sont retenus ; à défaut deux au plus par groupe, choisis automatiquement, de "
            "personnes et de documents différents autant que possible."
        ),
        *cast.notes(),
    ]
    if with_positions:
        notes.append(
            _(
                "Positions : codes d'accord, de désaccord ou de nuance posés dans le tour de parole où le thème est "
                "codé, pour la même personne ; qui ne s'est pas prononcé n'est pas d'accord pour autant. Deux groupes "
                "se contredisent quand l'un compte plus d'accords que de désaccords et l'autre l'inverse ; c'est un "
                "constat sur ces personnes, pas un test."
            )
        )
    else:
        notes.append(
            _(
                "Aucune position (accord, désaccord, nuance) n'est codée près d'un thème : les contradictions ne "
                "peuvent pas être cherchées."
            )
        )
    return notes
