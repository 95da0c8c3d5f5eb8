"""Facts counted into the cells of a matrix: numpy, no loop over codings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualikit.coding.model import Codebook
from qualikit.i18n import _
from qualikit.themes.dimensions import Dimension, headings
from qualikit.themes.facts import Facts
from qualikit.themes.model import TOTAL, Cell, Column, Row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Counted:
    """Which codings each cell holds. ``members`` are sorted numbers: cell × number of codings + coding."""

    facts: Facts
    members: Ints
    width: int
    row_places: dict[str, int]
    column_places: dict[str, int]

    def codings(self, row: str, column: str) -> Ints:
        """Places in ``facts`` of the codings of one cell, in the order of the documents."""
        import numpy as np

        n = len(self.facts.coding_ids)
        cell = self.row_places[row] * self.width + self.column_places[column]
        first, last = np.searchsorted(self.members, [cell * n, (cell + 1) * n])
        return self.members[first:last] - cell * n


def rows_of(codebook: Codebook, chosen: set[str] | None) -> list[Row]:
    """The codes as rows, in reading order; ``chosen``: only these ids, each under the nearest chosen one above it."""
    kept = [code for code in codebook if chosen is None or code.id in chosen]
    above: dict[str, tuple[str, ...]] = {
        code.id: tuple(a.id for a in codebook.ancestors(code.id) if chosen is None or a.id in chosen) for code in kept
    }
    parents = {ids[-1] for ids in above.values() if ids}
    return [
        Row(
            code_id=code.id,
            name=code.name,
            depth=len(above[code.id]),
            path=(*(ancestor.name for ancestor in codebook.ancestors(code.id)), code.name),
            parent_id=above[code.id][-1] if above[code.id] else None,
            children=code.id in parents,
            color=code.color,
            definition=code.definition,
        )
        for code in kept
    ]


def columns_of(facts: Facts, kind: Dimension) -> tuple[list[Column], Ints, Ints]:
    """The columns, the total last, and the column of each voice and of each document's own words (-1: none)."""
    import numpy as np

    voice = [
        kind.value_of(facts.documents[document], facts.people[person])
        for document, person in zip(facts.voice_document.tolist(), facts.voice_person.tolist(), strict=True)
    ]
    own = [kind.value_of(document, None) for document in facts.documents]
    unvoiced = np.unique(facts.document[facts.unit_coding[facts.unit_voice < 0]]).tolist()
    values = set(voice) | {own[number] for number in unvoiced} | (set(own) if kind.documents_have_it else set())
    homes = _homes(facts) if kind.name == "participant" else {}
    labels = headings(kind, values, facts.documents, facts.people, homes, facts.orders.get(kind.name, ()))
    place = {value: number for number, value in enumerate(labels)}
    of_voice = np.array([place[value] for value in voice], dtype=np.int64)
    of_document = np.array([place.get(value, -1) for value in own], dtype=np.int64)
    people = distinct(of_voice, facts.voice_person, len(labels))
    there = np.flatnonzero(of_document >= 0)
    sessions = distinct(
        np.concatenate([of_voice, of_document[there]]), np.concatenate([facts.voice_document, there]), len(labels)
    )
    columns = [
        Column(value, label, int(people[number]), int(sessions[number]))
        for number, (value, label) in enumerate(labels.items())
    ]
    whole = Column(TOTAL, _("Ensemble"), len(np.unique(facts.voice_person)), len(facts.documents))
    return [*columns, whole], of_voice, of_document


def _homes(facts: Facts) -> dict[str, str]:
    """Title of the first document in which each person speaks."""
    pairs = zip(facts.voice_person.tolist(), facts.voice_document.tolist(), strict=True)
    return {facts.people[person].id: facts.documents[document].title for person, document in reversed(list(pairs))}


def unique(numbers: Ints) -> Ints:
    """Each number once, in order. By sorting: five times as fast here as numpy's own, which hashes."""
    import numpy as np

    ordered = np.sort(numbers)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered


def distinct(cells: Ints, things: Ints, count: int) -> Ints:
    """For each of ``count`` cells, how many different things stand beside it."""
    import numpy as np

    if not len(cells):
        return np.zeros(count, dtype=np.int64)
    size = int(things.max()) + 1
    return np.bincount(unique(cells * size + things) // size, minlength=count)


def count(
    facts: Facts, rows: Sequence[Row], kind: Dimension, *, nested: bool = True
) -> tuple[list[Column], dict[tuple[str, str], Cell], Counted]:
    """Every cell of rows and total × columns and total. ``nested``: a code counts what stands under it too."""
    import numpy as np

    columns, of_voice, of_document = columns_of(facts, kind)
    width, height = len(columns), len(rows) + 1
    row_of_code, rows_per_code, own_row = _rows_by_code(facts.codebook, rows, nested)

    voiced = facts.unit_voice >= 0
    document = facts.document[facts.unit_coding]
    column, person = of_document[document], np.full(len(voiced), -1, dtype=np.int64)
    column[voiced], person[voiced] = of_voice[facts.unit_voice[voiced]], facts.voice_person[facts.unit_voice[voiced]]

    # Each unit once for each row that its code counts in, and all of it again for the total column.
    times = rows_per_code[facts.code[facts.unit_coding]]
    first = (np.cumsum(rows_per_code) - rows_per_code)[facts.code[facts.unit_coding]]
    unit = np.repeat(np.arange(len(times)), times)
    row = row_of_code[np.arange(len(unit)) - np.repeat(np.cumsum(times) - times - first, times)]
    where = np.concatenate([row * width + column[unit], row * width + width - 1])
    unit = np.concatenate([unit, unit])
    coding = facts.unit_coding[unit]
    size = height * width

    n = max(len(facts.coding_ids), 1)
    members = unique(where * n + coding)
    codings = np.bincount(members // n, minlength=size)
    own = own_row[facts.code[members % n]] == members // n // width
    own_codings = np.bincount(members[own] // n, minlength=size)
    passages = distinct(members // n, facts.passages()[members % n], size)
    heard = person[unit] >= 0
    people = distinct(where[heard], person[unit][heard], size)
    sessions = distinct(where, document[unit], size)

    ids = [*(each.code_id for each in rows), TOTAL]
    nothing = {each.value: Cell(people_total=each.people, sessions_total=each.sessions) for each in columns}
    cells = {(id, value): cell for id in ids for value, cell in nothing.items()}
    for number in np.flatnonzero(codings).tolist():
        across = columns[number % width]
        cells[ids[number // width], across.value] = Cell(
            codings=int(codings[number]),
            own_codings=int(own_codings[number]),
            passages=int(passages[number]),
            people=int(people[number]),
            people_total=across.people,
            sessions=int(sessions[number]),
            sessions_total=across.sessions,
        )
    counted = Counted(
        facts,
        members,
        width,
        {id: number for number, id in enumerate(ids)},
        {each.value: number for number, each in enumerate(columns)},
    )
    return columns, cells, counted


def _rows_by_code(codebook: Codebook, rows: Sequence[Row], nested: bool) -> tuple[Ints, Ints, Ints]:
    """For the codes in order: the rows each counts in, end to end; how many they are; the code's own row, or -1.

    The total row is the last; codes that are in no row are not in it either.
    """
    import numpy as np

    place = {row.code_id: number for number, row in enumerate(rows)}
    flat: list[int] = []
    lengths: list[int] = []
    for code in codebook:
        above = codebook.ancestors(code.id) if nested else ()
        found = [place[each.id] for each in (*above, code) if each.id in place]
        found += [len(rows)] if found else []
        flat += found
        lengths.append(len(found))
    own = [place.get(code.id, -1) for code in codebook]
    return np.array(flat, dtype=np.int64), np.array(lengths, dtype=np.int64), np.array(own, dtype=np.int64)
