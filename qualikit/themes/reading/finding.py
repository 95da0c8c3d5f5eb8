"""The passages that a query gathers: found by sorting arrays, counted with their denominators, arranged to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from qualikit.errors import SearchError
from qualikit.i18n import _
from qualikit.store import Store
from qualikit.themes.dimensions import DIMENSIONS, Dimension, dimension, headings
from qualikit.themes.reading import filters
from qualikit.themes.reading.parsing import resolved
from qualikit.themes.reading.query import Both, Either, Expression, Query, Relation, Term, Without
from qualikit.themes.reading.reader import Reader, reader_of
from qualikit.themes.reading.relations import related, stand_so
from qualikit.themes.reading.sentence import conditions, sentence

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from qualikit.themes.reading.cards import Card

    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]

ARRANGEMENTS = ("document", "territory", "participant", "code", "source", "actor")
"""What passages can be grouped by."""


@dataclass(frozen=True)
class Group:
    """Passages that are read together: ``first`` is the place of the first of them, ``size`` how many they are."""

    label: str
    first: int
    size: int


@dataclass(frozen=True)
class Step:
    """One condition of a query, as it is said, and how many passages are left once it is met with those before."""

    said: str
    passages: int


@dataclass(frozen=True, eq=False)
class Found:
    """Passages, numbered in the order of the documents and of their texts.

    A passage is a place that bears a code: those who coded it alike are named together, so that it has one or several
    codings. Where a query asks for two codes, the passage is that of the first; the other's is beside it.

    ``people`` of ``people_total``: those whose words they hold, of those who speak where and as the query asks.
    ``documents`` of ``documents_total`` likewise.
    """

    query: Query
    """With the ids of its codes."""
    reader: Reader
    rows: Ints
    """Places of the codings in ``reader.facts``, those of one passage side by side."""
    starts: Ints
    """Where each passage begins in ``rows``; one more than there are passages."""
    steps: tuple[Step, ...]
    people: int
    people_total: int
    documents: int
    documents_total: int
    read: Mask
    """The codings that are read at all: one's own unless others' are asked for."""
    me: str
    store: Store = field(repr=False, compare=False)
    partners: tuple[tuple[Mask, Relation, int], ...] = ()
    """What the passages stand to: the codings of the other codes, and how."""

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def said(self) -> str:
        """The query in a sentence."""
        return sentence(self.query, self.reader.names)

    @property
    def codings(self) -> int:
        """How many codings the passages are made of."""
        return len(self.rows)

    def codings_of(self, passage: int) -> Ints:
        """Places of a passage's codings; one's own first."""
        import numpy as np

        rows = self.rows[self.starts[passage] : self.starts[passage + 1]]
        mine = self._is_mine[rows]
        return np.concatenate([rows[mine], rows[~mine]])

    @cached_property
    def _is_mine(self) -> Mask:
        import numpy as np

        facts = self.reader.facts
        by = np.array([name == self.me for name in facts.coders], dtype=np.bool_)
        return by[facts.coder] if len(by) else np.zeros(0, dtype=np.bool_)

    @property
    def first_rows(self) -> Ints:
        """A coding of each passage."""
        return self.rows[self.starts[:-1]]

    def ids(self, passages: Sequence[int] | None = None) -> list[str]:
        """Ids of the codings of these passages, or of all."""
        rows = self.rows if passages is None else [row for each in passages for row in self.codings_of(each).tolist()]
        return [self.reader.facts.coding_ids[row] for row in rows]

    def cards(self, passages: Sequence[int] | None = None, around: int = 400) -> list[Card]:
        """The passages to be read, these or all, with so many characters of the text around; those that are gone since
        are left out."""
        wanted = range(len(self)) if passages is None else passages
        return [card for card in self.cards_or_none(wanted, around) if card is not None]

    def cards_or_none(self, passages: Sequence[int], around: int = 400) -> list[Card | None]:
        """The same, one for one: None for a passage whose codings are gone since."""
        from qualikit.themes.reading.cards import read_cards

        with self.store.read() as connection:
            return read_cards(connection, self, passages, around)

    def to_frame(self) -> pd.DataFrame:
        """One row a passage: document, territory, source, turn, time, speakers, code, quote, coders, memo, chosen,
        codes_there, beside (quotes of the other codes asked for), start, stop, coding_id, document_id."""
        import pandas as pd

        from qualikit.themes.reading.exporting import FRAME, records

        return pd.DataFrame.from_records(list(records(self, self.cards(around=0))), columns=list(FRAME))

    def arranged(self, by: str = "document") -> tuple[Ints, list[Group]]:
        """The passages' numbers in the order in which they are read by, and their groups. Raises MatrixError.

        A passage of several voices stands under the first of them.
        """
        import numpy as np

        facts, rows = self.reader.facts, self.first_rows
        if by == "code":
            key, labels = facts.code[rows], [code.name for code in facts.codebook]
        elif by == "document":
            key, labels = facts.document[rows], [source.title for source in facts.documents]
        else:
            key, labels = self._by(dimension(by), rows)
        order = np.argsort(key, kind="stable")
        if not len(order):
            return order, []
        edges = np.flatnonzero(np.diff(key[order], prepend=-1))
        sizes = np.diff(edges, append=len(order))
        groups = [
            Group(labels[key[order[first]]], int(first), int(size)) for first, size in zip(edges, sizes, strict=True)
        ]
        return order, groups

    def _by(self, kind: Dimension, rows: Ints) -> tuple[Ints, list[str]]:
        import numpy as np

        facts = self.reader.facts
        pairs = facts.document[rows] * (len(facts.people) + 1) + facts.speaker[rows] + 1
        different, place = np.unique(pairs, return_inverse=True)
        values = []
        for pair in different.tolist():
            document, person = divmod(pair, len(facts.people) + 1)
            values.append(kind.value_of(facts.documents[document], facts.people[person - 1] if person else None))
        labels = headings(kind, set(values), facts.documents, facts.people, {}, facts.orders.get(kind.name, ()))
        rank = {value: number for number, value in enumerate(labels)}
        return np.array([rank[value] for value in values], dtype=np.int64)[place], list(labels.values())

    def beside(self, passage: int) -> list[int]:
        """Places of the codings that the passage stands to, as its query asks, in the order of the text."""
        row = int(self.codings_of(passage)[0])
        near = self._document_rows(row)
        found: list[int] = []
        for others, relation, distance in self.partners:
            some = near[others[near]]
            found += some[stand_so(self.reader.places, row, some, relation, distance)].tolist()
        return sorted(set(found))

    def codes_there(self, passage: int) -> list[int]:
        """Places in the codebook of the other codes that touch the passage's words, each once."""
        row = int(self.codings_of(passage)[0])
        near = self._document_rows(row)
        near = near[self.read[near]]
        there = near[stand_so(self.reader.places, row, near, Relation.OVERLAPPING, 0)]
        codes = dict.fromkeys(self.reader.facts.code[there].tolist())
        codes.pop(int(self.reader.facts.code[row]), None)
        return list(codes)

    def _document_rows(self, row: int) -> Ints:
        """Places of the codings of that coding's document."""
        import numpy as np

        document = self.reader.facts.document
        first, last = np.searchsorted(document, [document[row], document[row] + 1])
        return np.arange(first, last)


def find(store: Store, query: Query, me: str) -> Found:
    """The passages of a query, as ``me`` reads them. Raises SearchError, NotFound."""
    import numpy as np

    reader = reader_of(store)
    if query.codes is not None:
        query = _with_ids(query, reader)
    facts = reader.facts
    read = filters.pool(reader, query, me)
    partners: list[tuple[Mask, Relation, int]] = []
    found = read if query.codes is None else _Evaluation(reader, read).of(query.codes, partners)
    voices = np.ones(len(facts.voice_document), dtype=np.bool_)
    own = np.ones(len(facts.documents), dtype=np.bool_)
    said = dict(conditions(query, reader.names))
    steps = [Step(sentence(Query(codes=query.codes), reader.names), _count(reader, found))]
    for name, part in filters.speech(reader, query):
        voices, own = voices & part.voices, own & part.documents
        met = found & reader.any_unit(voices, own)
        steps.append(Step(said[name], _count(reader, met)))
    found = found & reader.any_unit(voices, own)
    for name, mask in filters.marks(reader, query, me):
        found = found & mask
        steps.append(Step(said[name], _count(reader, found)))
    rows, starts = _passages(reader, found)
    heard = facts.unit_voice[found[facts.unit_coding] & (facts.unit_voice >= 0)]
    heard = heard[voices[heard]]
    there = own.copy()
    there[facts.voice_document[voices]] = True
    return Found(
        query=query,
        reader=reader,
        rows=rows,
        starts=starts,
        steps=tuple(steps),
        people=len(np.unique(facts.voice_person[heard])),
        people_total=len(np.unique(facts.voice_person[voices])),
        documents=len(np.unique(facts.document[rows])),
        documents_total=int(there.sum()),
        read=read,
        me=me,
        store=store,
        partners=tuple(partners),
    )


def _with_ids(query: Query, reader: Reader) -> Query:
    assert query.codes is not None
    return replace(query, codes=resolved(query.codes, reader.codebook))


class _Evaluation:
    """An expression over the codings that are read: a mask of those it gathers."""

    def __init__(self, reader: Reader, read: Mask) -> None:
        self._reader = reader
        self._read = read
        self._places = {code.id: number for number, code in enumerate(reader.codebook)}

    def of(self, expression: Expression, partners: list[tuple[Mask, Relation, int]]) -> Mask:
        """``partners`` is added to: what the passages gathered are asked to stand to."""
        match expression:
            case Term():
                return self._term(expression)
            case Either(parts):
                found = self.of(parts[0], partners)
                for part in parts[1:]:
                    found = found | self.of(part, partners)
                return found
            case Both(parts, relation, distance):
                found = self.of(parts[0], partners)
                for part in parts[1:]:
                    others = self.of(part, [])
                    found = related(self._reader.places, found, others, relation, distance)
                    partners.append((others, relation, distance))
                return found
            case Without(kept, refused, relation, distance):
                found = self.of(kept, partners)
                return found & ~related(self._reader.places, found, self.of(refused, []), relation, distance)

    def _term(self, term: Term) -> Mask:
        import numpy as np

        book = self._reader.codebook
        if term.code not in book:
            raise SearchError(_("Il n'y a pas de code « {name} » dans la grille.").format(name=term.code))
        ids = [term.code, *(() if term.alone else (below.id for below in book.descendants(term.code)))]
        wanted = np.zeros(len(self._places), dtype=np.bool_)
        wanted[[self._places[id] for id in ids]] = True
        return self._read & wanted[self._reader.facts.code]


def _keys(reader: Reader, rows: Ints) -> tuple[Ints, ...]:
    facts = reader.facts
    return facts.code[rows], facts.stop[rows], facts.start[rows], facts.document[rows]


def _passages(reader: Reader, found: Mask) -> tuple[Ints, Ints]:
    """The codings of a mask with those that are alike side by side, and where each passage begins."""
    import numpy as np

    rows = np.flatnonzero(found)
    rows = rows[np.lexsort(_keys(reader, rows))]
    new = np.zeros(len(rows), dtype=np.bool_)
    for key in _keys(reader, rows):
        new |= np.diff(key, prepend=-1) != 0
    return rows, np.append(np.flatnonzero(new), len(rows))


def _count(reader: Reader, found: Mask) -> int:
    return len(_passages(reader, found)[1]) - 1


def arrangement_label(by: str) -> str:
    """« Par territoire »."""
    label = _("Code") if by == "code" else DIMENSIONS[by].label()
    return _("Par {what}").format(what=label[0].lower() + label[1:])
