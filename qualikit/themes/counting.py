"""Facts counted into the cells of a matrix: numpy, no loop over codings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualikit.themes.axes import Axis
from qualikit.themes.facts import Facts
from qualikit.themes.model import TOTAL, Cell, Row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qualikit.themes.said import Said

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


def spread(rows: Axis, columns: Axis, units: Ints) -> tuple[Ints, Ints]:
    """Each of these units once for every cell that it counts in, totals included: its place in ``units``, the cell."""
    import numpy as np

    down, across = rows.group[units], columns.group[units]
    high, wide = rows.lengths[down], columns.lengths[across]
    times = high * wide
    place = np.repeat(np.arange(len(units)), times)
    within = np.arange(len(place)) - np.repeat(np.cumsum(times) - times, times)
    line = rows.flat[rows.firsts[down][place] + within // wide[place]]
    column = columns.flat[columns.firsts[across][place] + within % wide[place]]
    return place, line * columns.size + column


def count(
    facts: Facts, rows: Axis, columns: Axis, said: Said | None = None
) -> tuple[tuple[Row, ...], tuple[Row, ...], dict[tuple[str, str], Cell], Counted]:
    """Lines down and across with those who could speak in each, the total last; every cell; what each holds.

    ``said``: the words, where they are counted too.
    """
    import numpy as np

    height, width = rows.size, columns.size
    size = height * width
    unit, where = spread(rows, columns, np.arange(len(facts.unit_coding)))
    coding, voice = facts.unit_coding[unit], facts.unit_voice[unit]

    n = max(len(facts.coding_ids), 1)
    members = unique(where * n + coding)
    codings = np.bincount(members // n, minlength=size)
    own_codings = np.bincount(members[_own(facts, rows, columns, members, n)] // n, minlength=size)
    passages = distinct(members // n, facts.passages[members % n], size)
    heard = voice >= 0
    people = distinct(where[heard], facts.voice_person[voice[heard]], size)
    sessions = distinct(where, facts.document[coding], size)
    could, held = could_speak(facts, rows, columns)
    words, words_total = _words(said, facts, rows, columns) if said is not None else (None, None)

    down = _lines(rows, could[:, width - 1], held[:, width - 1])
    across = _lines(columns, could[height - 1], held[height - 1])
    keys = [(row.key, column.key) for row in down for column in across]
    figures = [each.tolist() for each in (codings, own_codings, passages, people, sessions)]
    totals = list(zip(could.ravel().tolist(), held.ravel().tolist(), strict=True))
    nothing = {pair: Cell(people_total=pair[0], sessions_total=pair[1]) for pair in set(totals)}
    cells = {key: nothing[pair] for key, pair in zip(keys, totals, strict=True)}
    for number in np.flatnonzero(codings).tolist():
        some, own, places, voices, texts = (figure[number] for figure in figures)
        people_total, sessions_total = totals[number]
        cells[keys[number]] = Cell(some, own, places, voices, people_total, texts, sessions_total)
    if words is not None and words_total is not None:
        for key, coded, spoken in zip(keys, words.tolist(), words_total.tolist(), strict=True):
            cells[key] = replace(cells[key], words=coded, words_total=spoken)
    counted = Counted(
        facts,
        members,
        width,
        {row.key: number for number, row in enumerate(down)},
        {column.key: number for number, column in enumerate(across)},
    )
    return down, across, cells, counted


def _lines(side: Axis, people: Ints, sessions: Ints) -> tuple[Row, ...]:
    from qualikit.i18n import _

    lines = (*side.lines, Row(TOTAL, _("Ensemble")))
    return tuple(
        replace(line, people=could, sessions=held)
        for line, could, held in zip(lines, people.tolist(), sessions.tolist(), strict=True)
    )


def _own(facts: Facts, rows: Axis, columns: Axis, members: Ints, n: int) -> NDArray[np.bool_]:
    """Which members are codings of the cell's code itself; all, where no side is of codes."""
    import numpy as np

    for side, line in ((rows, members // n // columns.size), (columns, members // n % columns.size)):
        if side.own is not None:
            of_coding = np.full(n, -1, dtype=np.int64)
            of_coding[facts.unit_coding] = side.own
            found: NDArray[np.bool_] = of_coding[members % n] == line
            return found
    return np.ones(len(members), dtype=np.bool_)


def could_speak(facts: Facts, rows: Axis, columns: Axis) -> tuple[Ints, Ints]:
    """Rows × columns, totals included: people who speak where the two cross, and documents that stand there."""
    import numpy as np

    voices, documents = np.arange(len(facts.voice_document)), np.arange(len(facts.documents))
    if facts.own is not None:
        documents = documents[facts.own]

    def cells(things: Ints, of: Callable[[Axis], Ints | None]) -> tuple[Ints, Ints]:
        """Each thing with every cell of the small grid in which it stands: a side of codings has one line there."""
        found, where = [], []
        for down in _places(rows, things, of):
            for across in _places(columns, things, of):
                there = (down >= 0) & (across >= 0)
                found.append(things[there])
                where.append((down * _width(columns) + across)[there])
        return np.concatenate(found), np.concatenate(where)

    size = _width(rows) * _width(columns)
    voice, at = cells(voices, lambda side: side.of_voice)
    document, there = cells(documents, lambda side: side.of_document)
    people = distinct(at, facts.voice_person[voice], size)
    sessions = distinct(
        np.concatenate([at, there]), np.concatenate([facts.voice_document[voice], document]).astype(np.int64), size
    )
    return tuple(_whole(each, rows, columns) for each in (people, sessions))  # type: ignore[return-value]


def _width(side: Axis) -> int:
    return 1 if side.of_voice is None else side.size


def _places(side: Axis, things: Ints, of: Callable[[Axis], Ints | None]) -> list[Ints]:
    """The lines of these things on one side: their own, and the total."""
    import numpy as np

    own = of(side)
    if own is None:
        return [np.zeros(len(things), dtype=np.int64)]
    return [own[things], np.full(len(things), side.size - 1, dtype=np.int64)]


def _whole(small: Ints, rows: Axis, columns: Axis) -> Ints:
    """The small grid on all cells."""
    import numpy as np

    return np.broadcast_to(small.reshape(_width(rows), _width(columns)), (rows.size, columns.size))


def _words(said: Said, facts: Facts, rows: Axis, columns: Axis) -> tuple[Ints, Ints]:
    """Words coded and words said, a cell."""
    import numpy as np

    stretch, where = spread(rows, columns, said.unit)
    coded = covered(where, said.first[stretch], said.last[stretch], rows.size * columns.size)

    voiced = said.voice >= 0
    small = np.zeros(_width(rows) * _width(columns), dtype=np.int64)
    for mask, things, of in (
        (voiced, said.voice, lambda side: side.of_voice),
        (~voiced, said.document, lambda side: side.of_document),
    ):
        some, words = things[mask], said.words[mask]
        for down in _places(rows, some, of):
            for across in _places(columns, some, of):
                there = (down >= 0) & (across >= 0)
                at = (down * _width(columns) + across)[there]
                small += np.bincount(at, weights=words[there], minlength=len(small)).astype(np.int64)
    return coded, _whole(small, rows, columns).ravel()


def covered(cells: Ints, first: Ints, last: Ints, count: int) -> Ints:
    """For each of ``count`` cells, how many numbers its intervals [first, last) hold, each once."""
    import numpy as np

    if not len(cells):
        return np.zeros(count, dtype=np.int64)
    length = int(last.max()) + 1
    order = np.lexsort((first, cells))
    cell = cells[order]
    begin, end = cell * length + first[order], cell * length + last[order]
    reached = np.concatenate([[0], np.maximum.accumulate(end)[:-1]])
    new = np.maximum(end - np.maximum(begin, reached), 0)
    return np.bincount(cell, weights=new, minlength=count).astype(np.int64)
