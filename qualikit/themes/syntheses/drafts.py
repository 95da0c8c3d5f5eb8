"""A first draft of a synthesis: counts and positions in set sentences, and what people said, word for word.

Nothing is written that is not in the cell: every sentence is a count or a quotation, and cites its passages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from qualikit.errors import NotFound
from qualikit.i18n import _, ngettext
from qualikit.text import Span, count_words, sentences
from qualikit.themes.consensus.model import Held
from qualikit.themes.consensus.standing import Standing, read_grid, standing
from qualikit.themes.facts import Facts
from qualikit.themes.matrix import Matrix
from qualikit.themes.model import Cell, Column, Passage, Row
from qualikit.themes.passages import read_passages
from qualikit.themes.syntheses.citations import mark
from qualikit.themes.syntheses.representative import Sentence, Vectors, choose, word_vectors
from qualikit.themes.syntheses.writing import DRAFT_MARK

_LONGEST = 320
"""Characters of a quotation in a draft; past that it is cut between words."""
_SHORTEST = 4  # words of a sentence that is quoted by itself
_CITED = 12
"""Citations behind one count: one a person, as far as a reader follows them."""


@dataclass(frozen=True)
class Line:
    """One sentence of a draft, and the codings it rests on. ``quotes``: it says what somebody said."""

    text: str
    coding_ids: tuple[str, ...]
    quotes: bool = False

    @property
    def written(self) -> str:
        """The sentence with its citations before the full stop."""
        cites = "".join(mark(id) for id in self.coding_ids)
        body, stop = (self.text[:-1], ".") if self.text.endswith(".") else (self.text, "")
        return f"{body} {cites}{stop}" if cites else self.text


@dataclass(frozen=True)
class Draft:
    """A draft as a value: nothing is written anywhere. ``counted`` and ``held`` say how many and who holds what;
    ``typical`` and ``different`` quote."""

    counted: tuple[Line, ...]
    held: tuple[Line, ...]
    typical: tuple[Line, ...]
    different: tuple[Line, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return (*self.counted, *self.held, *self.typical, *self.different)

    @property
    def coding_ids(self) -> tuple[str, ...]:
        """The codings cited, each once, in order."""
        return tuple(dict.fromkeys(id for line in self.lines for id in line.coding_ids))

    @property
    def text(self) -> str:
        """The draft in Markdown, marked as one on its first line."""
        paragraphs = [_("{mark} Proposé à partir des passages : à relire et à réécrire.").format(mark=DRAFT_MARK)]
        paragraphs.append(" ".join(line.written for line in (*self.counted, *self.held)))
        for heading, lines in (
            (_("Ce qui ressemble le plus à ce que disent les autres passages :"), self.typical),
            (_("Ce qui s'en distingue le plus par les mots :"), self.different),
        ):
            if lines:
                paragraphs.append("\n".join([heading, "", *(f"- {line.written}" for line in lines)]))
        return "\n\n".join(paragraphs)


def draft(
    connection: sa.Connection,
    matrix: Matrix,
    row: Row,
    column: Column,
    *,
    typical: int = 3,
    different: int = 2,
    vectors: Vectors = word_vectors,
) -> Draft:
    """The draft of one cell. Raises NotFound where nothing is coded."""
    counted, passages = matrix.counted, _once(read_passages(connection, matrix.coding_ids(row, column)))
    if counted is None or not passages:
        raise NotFound(
            _("Rien n'est codé dans cette case : il n'y a rien à proposer."),
            _("Codez des passages avec ce thème, ou choisissez une autre case."),
        )
    spoken = _Spoken(counted.facts, passages)
    quotable = spoken.quotable()
    units = [unit for group, passage in enumerate(quotable) for unit in _sentences(group, passage, spoken)]
    choice = choose(units, typical=typical, different=different, vectors=vectors)
    return Draft(
        (_count(matrix, row, column, spoken),),
        tuple(_positions(_standing(connection, matrix, row, column, spoken))),
        tuple(_quote(units[place], quotable[units[place].group]) for place in choice.typical),
        tuple(_quote(units[place], quotable[units[place].group]) for place in choice.different),
    )


class _Spoken:
    """The passages of a cell, and who of those who count speaks in each."""

    def __init__(self, facts: Facts, passages: Sequence[Passage]) -> None:
        self.passages = passages
        voiced = set(facts.voice_document.tolist())
        place = {id: number for number, id in enumerate(facts.coding_ids)}
        at = {passage.coding_id: place[passage.coding_id] for passage in passages}
        self._people = {id: int(facts.speaker[number]) for id, number in at.items()}
        self.voices = _voices(facts, at.values())
        """Documents and participants whose words are in these passages, by their ids."""
        self._silent = {
            id for id, number in at.items() if self._people[id] < 0 and int(facts.document[number]) in voiced
        }

    def person(self, passage: Passage) -> int:
        """A number for who speaks, -1 where nobody who counts does."""
        return self._people[passage.coding_id]

    def quotable(self) -> list[Passage]:
        """Without what only a moderator says, unless there is nothing else."""
        return [each for each in self.passages if each.coding_id not in self._silent] or list(self.passages)

    def one_a_person(self) -> list[str]:
        """The first coding of each person, or, where nobody who counts speaks, of each document."""
        first: dict[object, str] = {}
        for passage in self.passages:
            if self.person(passage) >= 0:
                first.setdefault(self.person(passage), passage.coding_id)
        if not first:
            for passage in self.passages:
                first.setdefault(passage.document_id, passage.coding_id)
        return list(first.values())


def _voices(facts: Facts, codings: Iterable[int]) -> list[tuple[str, str]]:
    import numpy as np

    units = np.flatnonzero(np.isin(facts.unit_coding, list(codings)) & (facts.unit_voice >= 0))
    voices = np.unique(facts.unit_voice[units])
    return [
        (facts.documents[document].id, facts.people[person].id)
        for document, person in zip(
            facts.voice_document[voices].tolist(), facts.voice_person[voices].tolist(), strict=True
        )
    ]


def _once(passages: Iterable[Passage]) -> list[Passage]:
    """Each place once, whoever coded it."""
    found: dict[tuple[str, int, int], Passage] = {}
    for passage in passages:
        found.setdefault((passage.document_id, passage.start, passage.stop), passage)
    return list(found.values())


def _sentences(group: int, passage: Passage, spoken: _Spoken) -> list[Sentence]:
    """The sentences of a passage that can stand alone; the whole of it where none can."""
    text, person = passage.quote, spoken.person(passage)
    spans = [span for span in sentences(text, Span(0, len(text))) if count_words(span.of(text)) >= _SHORTEST]
    if not spans:
        return [Sentence(text.strip(), group, person)]
    last = max(len(spans) - 1, 1)
    return [Sentence(span.of(text), group, person, place / last) for place, span in enumerate(spans)]


def _quote(sentence: Sentence, passage: Passage) -> Line:
    words = " ".join(sentence.text.split())
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:") + " […]"
    who = passage.speaker or passage.document
    return Line(_("{who} : « {quote} »").format(who=who, quote=words), (passage.coding_id,), quotes=True)


def _count(matrix: Matrix, row: Row, column: Column, spoken: _Spoken) -> Line:
    """How many said something, out of how many, and that silence is not agreement."""
    cell, kind = matrix.cell(row, column), matrix.reads_by
    cites = spoken.one_a_person()
    behind = tuple(cites[:_CITED])
    where = _("Dans l'ensemble") if column.is_total else _("« {column} »").format(column=column.label)
    theme = _("« {theme} »").format(theme=row.name)
    extent = _extent(cell, sessions=kind.sessions or column.is_total)
    if not (kind.people or column.is_total):
        return Line(_("{where} : {theme}, {extent}.").format(where=where, theme=theme, extent=extent), behind)
    if not cell.people:
        text = _("{where} : {theme}, {extent} ; aucun participant ne le dit lui-même, sur {total}.")
        return Line(text.format(where=where, theme=theme, extent=extent, total=cell.people_total), behind)
    text = ngettext(
        "{where} : {n} personne sur {total} parle de {theme}, {extent}",
        "{where} : {n} personnes sur {total} parlent de {theme}, {extent}",
        cell.people,
    ).format(where=where, n=cell.people, total=cell.people_total, theme=theme, extent=extent)
    others = cell.people_total - cell.people
    if others > 0:
        text += ngettext(
            " ; {n} n'en dit rien dans les passages codés, ce qui n'est pas un accord",
            " ; {n} n'en disent rien dans les passages codés, ce qui n'est pas un accord",
            others,
        ).format(n=others)
    return Line(f"{text}.", behind)


def _extent(cell: Cell, *, sessions: bool) -> str:
    passages = ngettext("{n} passage", "{n} passages", cell.passages).format(n=cell.passages)
    if not sessions:
        return _("dans {passages}").format(passages=passages)
    documents = ngettext("{n} document sur {total}", "{n} documents sur {total}", cell.sessions)
    return _("dans {passages} de {documents}").format(
        passages=passages, documents=documents.format(n=cell.sessions, total=cell.sessions_total)
    )


def _standing(connection: sa.Connection, matrix: Matrix, row: Row, column: Column, spoken: _Spoken) -> Standing:
    documents = dict.fromkeys(document for document, _person in spoken.voices)
    grid = read_grid(connection, documents, codes={row.code_id})
    return standing(grid, row.code_id, spoken.voices, frozenset(matrix.coding_ids(row, column)))


def _positions(stand: Standing) -> list[Line]:
    """Who holds what, as the consensus grid says it; each line cites passages of those it counts."""
    lines = []
    for said, values in (
        (
            ngettext("{n} personne y exprime un accord.", "{n} personnes y expriment un accord.", stand.agree),
            (Held.AGREES, Held.AGREES_STRONGLY),
        ),
        (
            ngettext("{n} personne y exprime un désaccord.", "{n} personnes y expriment un désaccord.", stand.disagree),
            (Held.DISAGREES, Held.DISAGREES_STRONGLY),
        ),
        (
            ngettext(
                "{n} personne y exprime une nuance.",
                "{n} personnes y expriment une nuance.",
                stand.count(Held.NUANCED),
            ),
            (Held.NUANCED,),
        ),
        (
            ngettext(
                "{n} personne y est partagée, d'accord et pas d'accord.",
                "{n} personnes y sont partagées, d'accord et pas d'accord.",
                stand.count(Held.TORN),
            ),
            (Held.TORN,),
        ),
    ):
        n = stand.count(*values)
        if n:
            people = [person for person, held in stand.held.items() if held in values]
            behind = [ids[0] for person in people for ids in stand.codings.get(person, {}).values()]
            lines.append(Line(said.format(n=n), tuple(dict.fromkeys(behind[:_CITED]))))
    return lines
