"""From codings to what each participant holds where: which positions bear on which codings of themes.

A coding of a position bears on the codings of themes that share words with it in a participant's turn; where none does,
on those of the same turn. A coder's positions bear on their own themes; where they have none there, on the others'. A
coding that holds words of several participants gives its position to each of them, and says that it is shared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from qualikit.coding.model import Code, Codebook, CodeKind, Position
from qualikit.themes.consensus.model import Reading, Stance
from qualikit.themes.consensus.pairing import Segments, in_the_same_turn, nearest, segments
from qualikit.themes.consensus.reading import Material

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

Voice = tuple[int, int]
"""A coding and a person, by their places."""


def is_position(code: Code) -> bool:
    return code.kind is CodeKind.POSITION and code.value is not None


def is_strong(book: Codebook, code: Code) -> bool:
    """A code of a position that stands under another of the same value marks the stronger form: a statement, an
    example."""
    above = book.get(code.parent_id) if code.parent_id else None
    return is_position(code) and above is not None and is_position(above) and above.value is code.value


def is_theme(book: Codebook, code: Code) -> bool:
    """Whether a code is what is talked about: not how somebody stands, nor a heading under which there is nothing
    else."""
    below = book.descendants(code.id)
    return code.kind is CodeKind.THEME and not (below and all(each.kind is CodeKind.POSITION for each in below))


class Piece(NamedTuple):
    """Some words of a participant: where they stand, and in which turn (by its place)."""

    start: int
    stop: int
    turn: int
    text: str


class Said(NamedTuple):
    """A coding of a theme in the words of one participant, with the words that hold its positions."""

    code: int
    reading: Reading
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Stances:
    """What is held, by coding and person."""

    themes: Mapping[Voice, Said]
    positions: Mapping[Voice, tuple[Reading, tuple[Piece, ...]]]
    """Of the codings of positions; those that a hand put right on every passage they bear on are left out."""
    unplaced: tuple[int, ...]
    """Codings of positions that bear on no theme."""


def read_stances(material: Material) -> Stances:
    """Everything that is held in these documents."""
    import numpy as np

    coded, turns, book = material.coded, material.turns, material.book
    cut = segments(coded.document, coded.start, coded.stop, turns.document, turns.start, turns.stop)
    theme_code = np.array([is_theme(book, code) for code in book.codes], dtype=np.bool_)
    position_code = np.array([is_position(code) for code in book.codes], dtype=np.bool_)
    themes = cut.of(theme_code[coded.code[cut.coding]])
    positions = cut.of(position_code[coded.code[cut.coding]])
    bearing = _bearing(material, positions, themes)

    pieces_of_themes = _pieces(material, themes)
    pieces_of_positions = _pieces(material, positions)
    people: dict[int, int] = {}
    for coding, _person in (*pieces_of_themes, *pieces_of_positions):
        people[coding] = people.get(coding, 0) + 1
    held = {voice: _position(material, voice, pieces) for voice, pieces in pieces_of_positions.items()}
    found: dict[Voice, Said] = {}
    overruled: dict[Voice, bool] = {}
    for voice, pieces in pieces_of_themes.items():
        coding, person = voice
        by_hand = material.by_hand.get((coded.ids[coding], turns.people[person]))
        bear = bearing.get(voice, ())
        for position in bear:
            overruled[position, person] = overruled.get((position, person), True) and by_hand is not None
        if by_hand is not None:
            stances: tuple[Stance, ...] = (_set(material, coding, pieces, *by_hand),)
            words = pieces
        else:
            stances = tuple(held[position, person] for position in bear)
            words = (*pieces, *(piece for position in bear for piece in pieces_of_positions[position, person]))
        reading = Reading(
            coded.ids[coding],
            book.codes[int(coded.code[coding])].id,
            coded.coder[coding],
            stances,
            people[coding] > 1 or any(people[position] > 1 for position in bear if by_hand is None),
            coded.ids[coding] in coded.chosen,
        )
        found[voice] = Said(int(coded.code[coding]), reading, tuple(words))
    placed = {position for bear in bearing.values() for position in bear}
    return Stances(
        found,
        {
            voice: (_alone(material, voice, stance, people[voice[0]] > 1), pieces_of_positions[voice])
            for voice, stance in held.items()
            if not overruled.get(voice, False)
        },
        tuple(dict.fromkeys(coding for coding, _person in held if coding not in placed)),
    )


def _bearing(material: Material, positions: Segments, themes: Segments) -> dict[Voice, tuple[int, ...]]:
    """For each coding of a theme and person, the codings of positions that bear on it."""
    import numpy as np

    turns = material.turns
    names = {name: number for number, name in enumerate(dict.fromkeys(material.coded.coder))}
    coder = np.array([names[name] for name in material.coded.coder], dtype=np.int64)
    one, other, overlap = in_the_same_turn(positions, themes)
    person = turns.person[positions.turn[one]]
    position, theme = positions.coding[one], themes.coding[other]
    owner = np.unique(position * (len(turns.people) + 1) + person, return_inverse=True)[1]
    kept = nearest(owner, 2 * (coder[position] != coder[theme]) + ~overlap)
    found: dict[Voice, dict[int, None]] = {}
    for held, said, who in zip(position[kept].tolist(), theme[kept].tolist(), person[kept].tolist(), strict=True):
        found.setdefault((said, who), {})[held] = None
    return {voice: tuple(each) for voice, each in found.items()}


def _pieces(material: Material, cut: Segments) -> dict[Voice, tuple[Piece, ...]]:
    """The words of each coding that are a person's own."""
    coded = material.coded
    found: dict[Voice, list[Piece]] = {}
    people = material.turns.person[cut.turn].tolist() if len(cut.turn) else []
    for coding, turn, start, stop, person in zip(
        cut.coding.tolist(), cut.turn.tolist(), cut.start.tolist(), cut.stop.tolist(), people, strict=True
    ):
        if start < stop:
            first = start - int(coded.start[coding])
            piece = Piece(start, stop, turn, coded.quote[coding][first : first + stop - start])
            found.setdefault((coding, person), []).append(piece)
    return {voice: tuple(pieces) for voice, pieces in found.items()}


def _position(material: Material, voice: Voice, pieces: tuple[Piece, ...]) -> Stance:
    """What a coding of a position says of a person, unless a hand says otherwise."""
    coding, person = voice
    coded, book = material.coded, material.book
    by_hand = material.by_hand.get((coded.ids[coding], material.turns.people[person]))
    if by_hand is not None:
        return _set(material, coding, pieces, *by_hand)
    code = book.codes[int(coded.code[coding])]
    return Stance(
        code.value, is_strong(book, code), pieces[0].start, pieces[-1].stop, coded.ids[coding], coded.coder[coding]
    )


def _set(material: Material, coding: int, pieces: tuple[Piece, ...], value: Position | None, strong: bool) -> Stance:
    coded = material.coded
    start, stop = pieces[0].start, pieces[-1].stop
    return Stance(value, strong, start, stop, coded.ids[coding], coded.coder[coding], by_hand=True)


def _alone(material: Material, voice: Voice, stance: Stance, shared: bool) -> Reading:
    coded = material.coded
    coding = voice[0]
    code = material.book.codes[int(coded.code[coding])]
    return Reading(
        coded.ids[coding], code.id, coded.coder[coding], (stance,), shared, coded.ids[coding] in coded.chosen
    )
