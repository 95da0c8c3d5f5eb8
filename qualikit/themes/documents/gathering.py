"""The thematic synthesis of one territory as a value: what its document says, before it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from qualikit.coding.model import Codebook, Position
from qualikit.coding.reliability import Origins, origins
from qualikit.store import Store
from qualikit.themes import wording
from qualikit.themes.consensus.stances import is_theme
from qualikit.themes.consensus.standing import Standing, Voice, read_grid, standing
from qualikit.themes.dimensions import DIMENSIONS
from qualikit.themes.documents.context import Context, read_context
from qualikit.themes.documents.numbering import numbers
from qualikit.themes.documents.people import Names, names
from qualikit.themes.exporters.word.markdown import CITED
from qualikit.themes.facts import Facts
from qualikit.themes.matrix import Matrix
from qualikit.themes.model import Cell, Column, Passage, Row
from qualikit.themes.passages import read_passages
from qualikit.themes.reading.reader import reader_of
from qualikit.themes.tables import syntheses
from qualikit.themes.verbatims import own_verbatims

if TYPE_CHECKING:
    from qualikit.themes.documents.options import Options
    from qualikit.themes.themes import Themes

SIDES = (Position.AGREEMENT, Position.DISAGREEMENT, Position.NUANCE)
_PER_SIDE = 2
_READS_WELL = 180
"""Characters of a quotation of two or three lines."""


@dataclass(frozen=True)
class Quoted:
    """A passage under its number, with where it comes from; ``automatic``: nobody chose it."""

    number: int
    quote: str
    reference: str
    automatic: bool = False


@dataclass(frozen=True)
class Theme:
    """One theme in the territory. ``status``: of its synthesis, empty where there is none. ``sides``: of each position,
    passages that carry it."""

    row: Row
    cell: Cell
    text: str
    status: str
    standing: Standing
    sides: Mapping[Position, tuple[Quoted, ...]]
    verbatims: tuple[Quoted, ...]

    @property
    def told(self) -> bool:
        """There is something to say of it."""
        return bool(self.cell.codings or self.text)


@dataclass(frozen=True)
class Part:
    """A code at the top of the codebook, with the themes under it in reading order, the code itself first where it is
    a theme."""

    themes: tuple[Theme, ...]

    @property
    def name(self) -> str:
        return self.themes[0].row.name

    @property
    def silent(self) -> list[str]:
        """Names of the themes under it of which nothing is coded nor written."""
        return [theme.row.name for theme in self.themes[1:] if not theme.told]


@dataclass(frozen=True)
class TerritorySynthesis:
    """``cited``: by id of a coding, the passages that the syntheses cite; ``gone``: how many marks lead nowhere.
    ``counted``: what is counted, and out of how many, in a paragraph."""

    project: str
    territory: str
    column: Column
    context: Context
    parts: tuple[Part, ...]
    cited: Mapping[str, Quoted]
    gone: int
    matrix: Matrix
    coders: tuple[str, ...]
    automatic: bool
    uncoded: tuple[str, ...]
    """Titles of the territory's documents in which nothing is coded."""
    origins: Origins
    """How the codings of the territory's documents began."""

    @property
    def themes(self) -> list[Theme]:
        """Every theme, in reading order."""
        return [theme for part in self.parts for theme in part.themes]

    @property
    def whole(self) -> Cell:
        """The total of the territory."""
        return self.matrix.cell(self.matrix.total_row, self.column)

    @property
    def counted(self) -> str:
        return wording.explanation(self.matrix)


def gather(store: Store, coder: str, themes: Themes, options: Options) -> TerritorySynthesis:
    """Everything that the document of ``options.territory`` says. Raises MatrixError."""
    matrix = themes.matrix(columns="territory")
    column = matrix.column(options.territory)
    matrix = themes.with_verbatims(matrix, options.verbatims)
    reader = reader_of(store)
    with store.read() as connection:
        context = read_context(connection, column.value)
        called = names(connection, options.named if options.named is not None else True)
        texts = written(connection, column.value)
        there = _voices(reader.facts, column.value)
        began = origins(connection, [held.document.id for held in context.held])
        grid = read_grid(connection, dict.fromkeys(document for document, _person in there))
    book, facts = reader.codebook, reader.facts
    rows = [row for row in matrix.rows if _stands(book, row, matrix.cell(row, column))]
    stands = {row.code_id: standing(grid, row.code_id, there) for row in rows}
    sides = {
        id: {
            side: _fairest(facts, [reader.number_of[coding] for coding in found if coding in reader.number_of])
            for side, found in stand.passages.items()
        }
        for id, stand in stands.items()
    }
    cited = dict.fromkeys(id for text, _status in texts.values() for id in CITED.findall(text))
    own = {row.code_id: own_verbatims(row, matrix.cell(row, column)) for row in rows}
    wanted = {
        *cited,
        *(facts.coding_ids[place] for some in sides.values() for places in some.values() for place in places),
        *(verbatim.passage.coding_id for some in own.values() for verbatim in some),
    }
    ordered = sorted((id for id in wanted if id in reader.number_of), key=reader.number_of.__getitem__)
    with store.read() as connection:
        passages = {passage.coding_id: passage for passage in read_passages(connection, ordered)}
    quoted = quote(passages.values(), numbers(store, coder, ordered), called)
    picked = {verbatim.passage.coding_id for some in own.values() for verbatim in some if verbatim.automatic}
    made = [
        Theme(
            row,
            matrix.cell(row, column),
            *texts.get(row.code_id, ("", "")),
            stands[row.code_id],
            {
                side: tuple(quoted[facts.coding_ids[place]] for place in places)
                for side, places in sides[row.code_id].items()
            },
            tuple(
                _marked(quoted[verbatim.passage.coding_id], verbatim.passage.coding_id in picked)
                for verbatim in own[row.code_id]
                if verbatim.passage.coding_id in quoted
            ),
        )
        for row in rows
    ]
    coded = {facts.documents[number].id for number in facts.document.tolist()}
    return TerritorySynthesis(
        project=store.name,
        territory=column.label,
        column=column,
        context=context,
        parts=_parts(made),
        cited={id: quoted[id] for id in cited if id in quoted},
        gone=sum(id not in quoted for id in cited),
        matrix=matrix,
        coders=matrix.coders,
        automatic=bool(picked),
        origins=began,
        uncoded=tuple(held.document.title for held in context.held if held.document.id not in coded),
    )


def _stands(book: Codebook, row: Row, cell: Cell) -> bool:
    """Whether a theme has its place: a retired one has, as long as something is coded with it."""
    code = book.get(row.code_id)
    return code is not None and is_theme(book, code) and (cell.codings > 0 or code.active)


def quote(passages: Iterable[Passage], numbered: Mapping[str, int], called: Names) -> dict[str, Quoted]:
    """Passages under their numbers, by id of their codings."""
    return {
        passage.coding_id: Quoted(numbered[passage.coding_id], passage.quote, called.reference(passage))
        for passage in passages
    }


def _marked(quoted: Quoted, automatic: bool) -> Quoted:
    return Quoted(quoted.number, quoted.quote, quoted.reference, automatic)


def _parts(themes: Sequence[Theme]) -> tuple[Part, ...]:
    parts: list[list[Theme]] = []
    for theme in themes:
        if not parts or parts[-1][0].row.path[0] != theme.row.path[0]:
            parts.append([])
        parts[-1].append(theme)
    return tuple(Part(tuple(some)) for some in parts)


def written(connection: sa.Connection, territory: str) -> dict[str, tuple[str, str]]:
    """Text and status of each theme's synthesis there, by code."""
    query = sa.select(syntheses.c.code_id, syntheses.c.text, syntheses.c.status).where(
        syntheses.c.dimension == "territory", syntheses.c.value == territory
    )
    return {row.code_id: (row.text, row.status) for row in connection.execute(query)}


def _voices(facts: Facts, territory: str) -> list[Voice]:
    """Those who are of a territory where they speak, as the matrix counts them: their own territory wins over the
    document's."""
    of = DIMENSIONS["territory"].value_of
    pairs = zip(facts.voice_document.tolist(), facts.voice_person.tolist(), strict=True)
    spoken = [(facts.documents[document], facts.people[person]) for document, person in pairs]
    return [(document.id, person.id) for document, person in spoken if of(document, person) == territory]


def _fairest(facts: Facts, places: Sequence[int]) -> list[int]:
    """Up to two passages of a side, those whose length reads best, of two people where there are, in the order of the
    text; words that two coders coded alike are there once."""
    import math

    spans = {
        (int(facts.document[place]), int(facts.start[place]), int(facts.stop[place])): place
        for place in reversed(places)
    }
    left = sorted(spans, key=lambda span: (abs(math.log(max(span[2] - span[1], 1) / _READS_WELL)), span))
    kept: list[int] = []
    while left and len(kept) < _PER_SIDE:
        voices = {int(facts.speaker[place]) for place in kept}
        span = min(left, key=lambda span: int(facts.speaker[spans[span]]) in voices)  # the first of the fairest
        kept.append(spans[span])
        left = [other for other in left if other[0] != span[0] or other[2] <= span[1] or other[1] >= span[2]]
    return sorted(kept)
