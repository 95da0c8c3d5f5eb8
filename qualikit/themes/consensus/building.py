"""Grids made from what is held: one row a theme, or one row a question of the interview guide."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa

from qualikit.coding.model import Codebook
from qualikit.corpus import queries
from qualikit.corpus.guide.marking import read_marks
from qualikit.corpus.guide.model import Question
from qualikit.corpus.guide.questions import find_question, read_questions
from qualikit.corpus.guide.stretches import stretches
from qualikit.themes.axes import rows_of
from qualikit.themes.consensus.grid import Grid, Key
from qualikit.themes.consensus.model import Cell, Reading, Support
from qualikit.themes.consensus.reading import Material
from qualikit.themes.consensus.stances import Piece, Said, Stances, is_theme, read_stances
from qualikit.themes.model import Row


def themes_grid(material: Material, *, codes: set[str] | None = None, nested: bool = True) -> Grid:
    """Themes down. ``codes``: these alone, said or not; else those that are coded in these documents, with, where
    ``nested``, the codes that they stand under, each of which counts all that is under it once."""
    book, stances = material.book, read_stances(material)
    wanted = codes if codes is not None else _said(material, stances, nested)
    rows = rows_of(book, wanted)
    above = _above(book, rows, nested)
    said: dict[Key, list[Said]] = {}
    for (coding, speaker), each in stances.themes.items():
        group = material.groups[int(material.coded.document[coding])]
        for row in above[each.code]:
            said.setdefault((row, group.id, material.turns.people[speaker]), []).append(each)
    families = {row.code_id for row in rows if row.children and nested}
    cells = {
        (code, document, person): Cell(
            _supports(material, some), material.corrections.get((document, code, person)), code in families
        )
        for (code, document, person), some in said.items()
    }
    cells |= _set_in_silence(material, {row.code_id for row in rows}, cells)
    return Grid(
        kind="themes",
        rows=tuple(rows),
        groups=material.groups,
        cells=cells,
        coders=tuple(sorted(set(material.coded.coder))),
        nested=nested,
        unplaced=_unplaced(material, stances),
    )


def questions_grid(
    connection: sa.Connection, material: Material, *, questions: Sequence[str | int | Question] | None = None
) -> Grid:
    """Questions of the interview guide down: what each participant holds in their turns under each, from where it is
    put to where the next one is. Raises NotFound."""
    guide = read_questions(connection)
    wanted = guide if questions is None else [find_question(guide, each) for each in questions]
    stances = read_stances(material)
    by_turn = _by_turn(stances)
    shown = {question.id for question in wanted}
    supports: dict[Key, list[Support]] = {}
    asked = set()
    for place, group in enumerate(material.groups):
        marks = read_marks(connection, document_id=group.id)
        if not marks:
            continue
        version = queries.text_version(connection, group.id)
        own = _own_turns(material, place)
        for stretch in stretches(queries.turns_of(connection, version.id), marks):
            if stretch.question_id not in shown:
                continue
            asked.add((stretch.question_id, group.id))
            for turn in own:
                start = max(int(material.turns.start[turn]), stretch.start)
                stop = min(int(material.turns.stop[turn]), stretch.stop)
                if start < stop:
                    key = (stretch.question_id, group.id, material.turns.people[int(material.turns.person[turn])])
                    known = supports.setdefault(key, [])
                    if not any(each.start == start for each in known):
                        readings = _under(by_turn.get(turn, ()), start, stop)
                        known.append(_turn(material, turn, start, version.text[start:stop], readings))
    cells = {
        (question, document, person): Cell(
            tuple(sorted(some, key=lambda each: each.start)), material.corrections.get((document, question, person))
        )
        for (question, document, person), some in supports.items()
    }
    cells |= {key: cell for key, cell in _set_in_silence(material, shown, cells).items() if (key[0], key[1]) in asked}
    return Grid(
        kind="questions",
        rows=tuple(
            Row(question.id, question.label, path=tuple(filter(None, (question.section, question.label))))
            for question in wanted
        ),
        groups=material.groups,
        cells=cells,
        coders=tuple(sorted(set(material.coded.coder))),
        asked=frozenset(asked),
        unplaced=_unplaced(material, stances),
    )


def _set_in_silence(material: Material, shown: Collection[str], cells: Collection[Key]) -> dict[Key, Cell]:
    """The cells that were set by hand where nothing is said."""
    there = {(group.id, person.id) for group in material.groups for person in group.participants}
    return {
        (row, document, person): Cell((), correction)
        for (document, row, person), correction in material.corrections.items()
        if row in shown and (document, person) in there and (row, document, person) not in cells
    }


def _said(material: Material, stances: Stances, nested: bool) -> set[str]:
    book = material.book
    found = {book.codes[each.code].id for each in stances.themes.values()}
    found |= {code for _document, code, _person in material.corrections if code in book}
    if nested:
        found |= {above.id for id in list(found) for above in book.ancestors(id)}
    return {id for id in found if (code := book.get(id)) is not None and is_theme(book, code)}


def _above(book: Codebook, rows: Sequence[Row], nested: bool) -> list[list[str]]:
    """For each code, the rows that count it."""
    shown = {row.code_id for row in rows}
    return [
        [id for id in (code.id, *((above.id for above in book.ancestors(code.id)) if nested else ())) if id in shown]
        for code in book.codes
    ]


def _supports(material: Material, said: Sequence[Said]) -> tuple[Support, ...]:
    """Codings that overlap are one place of the text."""
    if len(said) == 1:  # most are
        return (_support(material, said),)
    found: list[list[Said]] = []
    end = -1
    for each in sorted(said, key=lambda each: (min(piece.start for piece in each.pieces), each.reading.coding_id)):
        start, stop = min(piece.start for piece in each.pieces), max(piece.stop for piece in each.pieces)
        if not found or start >= end:
            found.append([])
            end = stop
        found[-1].append(each)
        end = max(end, stop)
    return tuple(_support(material, some) for some in found)


def _support(material: Material, said: Sequence[Said]) -> Support:
    pieces = sorted(piece for each in said for piece in each.pieces)
    first = pieces[0]
    return Support(
        first.start,
        max(piece.stop for piece in pieces),
        joined(pieces),
        material.turns.number[first.turn],
        material.turns.speech(first.turn),
        material.turns.time[first.turn],
        tuple(each.reading for each in said),
    )


def joined(pieces: Sequence[Piece]) -> str:
    """The words of pieces in the order of the text, each once; « […] » for what lies between."""
    text, end = "", -1
    for piece in pieces:
        if end < 0:
            text, end = piece.text, piece.stop
        elif piece.start > end:
            text += (" " if piece.start - end <= 2 else " […] ") + piece.text
            end = piece.stop
        elif piece.stop > end:
            text += piece.text[end - piece.start :]
            end = piece.stop
    return text


def _by_turn(stances: Stances) -> Mapping[int, list[tuple[int, Reading]]]:
    """In each turn the positions that are held, with where they begin: those coded, and those set on a passage."""
    found: dict[int, list[tuple[int, Reading]]] = {}
    for reading, pieces in stances.positions.values():
        for piece in pieces:
            found.setdefault(piece.turn, []).append((piece.start, reading))
    for said in stances.themes.values():
        if any(stance.by_hand and stance.coding_id == said.reading.coding_id for stance in said.reading.stances):
            found.setdefault(said.pieces[0].turn, []).append((said.pieces[0].start, said.reading))
    return found


def _under(readings: Sequence[tuple[int, Reading]], start: int, stop: int) -> tuple[Reading, ...]:
    return tuple(reading for place, reading in sorted(readings, key=lambda each: each[0]) if start <= place < stop)


def _own_turns(material: Material, place: int) -> range:
    import numpy as np

    first, last = np.searchsorted(material.turns.document, [place, place + 1])
    return range(int(first), int(last))


def _turn(material: Material, turn: int, start: int, quote: str, readings: tuple[Reading, ...]) -> Support:
    return Support(
        start,
        start + len(quote),
        quote.rstrip(),
        material.turns.number[turn],
        material.turns.speech(turn),
        material.turns.time[turn],
        readings,
    )


def _unplaced(material: Material, stances: Stances) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for coding in stances.unplaced:
        document = material.groups[int(material.coded.document[coding])].id
        found.setdefault(document, []).append(material.coded.ids[coding])
    return {document: tuple(ids) for document, ids in found.items()}
