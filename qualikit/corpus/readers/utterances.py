"""From what is said at what time, piece by piece, to a transcript: turns, paragraphs, times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from qualikit.corpus.model import Turn
from qualikit.corpus.readers import ReadText
from qualikit.errors import EmptyDocument
from qualikit.i18n import _
from qualikit.text import normalise

PAUSE, SILENCE = 1.0, 3.0
"""Seconds between two pieces from which a new paragraph begins: after the end of a sentence, and anywhere."""
LONG, TOO_LONG = 400, 1_200
"""Characters from which a paragraph ends with its sentence, and with its piece."""

_SENTENCE_END = re.compile(r"[.!?…][\s»”\"')\]]*$")


@dataclass(frozen=True)
class Utterance:
    """One piece of what is said: a subtitle, a segment, an interval. Times in seconds from the start."""

    text: str
    label: str | None = None
    time: float | None = None
    time_stop: float | None = None


def transcript(
    pieces: Iterable[Utterance],
    file_name: str,
    *,
    warnings: Sequence[str] = (),
    title: str | None = None,
    encoding: str | None = None,
) -> ReadText:
    """The pieces in the order of their times, those of one speaker that follow each other joined into a turn.

    Without speakers, each paragraph is a turn of nobody's, for its time. Raises EmptyDocument.
    """
    clean = [piece for piece in map(cleaned, pieces) if piece.text]
    if not clean:
        raise EmptyDocument(
            _("« {name} » ne contient aucune parole.").format(name=file_name), _("Redemandez le fichier d'origine.")
        )
    ordered, moved = in_order(clean)
    if moved:
        warnings = (*warnings, _("Des passages étaient dans le désordre : ils sont rangés selon l'heure."))
    text, turns = written(_turns(ordered))
    return ReadText(text, turns=turns, warnings=tuple(warnings), title=title, encoding=encoding)


def cleaned(piece: Utterance) -> Utterance:
    """The piece with its text and label normalised, on lines that are not blank; a stop before its start is no stop."""
    label = " ".join(normalise(piece.label or "").split()) or None
    text = "\n".join(line.strip() for line in normalise(piece.text).split("\n") if line.strip())
    start, stop = piece.time, piece.time_stop
    if start is not None and stop is not None and stop < start:
        stop = None
    return Utterance(text, label, start, stop)


def in_order(pieces: Sequence[Utterance]) -> tuple[list[Utterance], bool]:
    """The pieces by the time they start, and whether some had to move. One without time stays behind the one it
    follows."""
    last = float("-inf")
    keyed = []
    for place, piece in enumerate(pieces):
        last = piece.time if piece.time is not None else last
        keyed.append((last, place, piece))
    found = [piece for _time, _place, piece in sorted(keyed, key=lambda each: each[:2])]
    return found, any(one is not other for one, other in zip(found, pieces, strict=True))


def _turns(pieces: Sequence[Utterance]) -> Iterator[Utterance]:
    for label, run in groupby(pieces, key=lambda piece: piece.label):
        found = list(paragraphs(run))
        if label is None:
            yield from found
        else:
            yield replace(
                found[0],
                text="\n".join(paragraph.text for paragraph in found),
                time_stop=_latest(paragraph.time_stop for paragraph in found),
            )


def paragraphs(run: Iterable[Utterance]) -> Iterator[Utterance]:
    """Pieces of one speaker joined up to where a paragraph ends: at a pause, or with a sentence."""
    held: list[Utterance] = []
    length = 0
    for piece in run:
        if held and _ends(held[-1], piece, length):
            yield _joined(held)
            held, length = [], 0
        held.append(piece)
        length += len(piece.text) + 1
    if held:
        yield _joined(held)


def _ends(one: Utterance, other: Utterance, length: int) -> bool:
    """Whether a paragraph ends between two pieces of one speaker."""
    before = one.time_stop if one.time_stop is not None else one.time
    gap = other.time - before if other.time is not None and before is not None else 0.0
    sentence = _SENTENCE_END.search(one.text[-8:]) is not None
    return gap >= SILENCE or length >= TOO_LONG or (sentence and (gap >= PAUSE or length >= LONG))


def _joined(pieces: Sequence[Utterance]) -> Utterance:
    times = [piece.time for piece in pieces if piece.time is not None]
    return Utterance(
        " ".join(piece.text for piece in pieces),
        pieces[0].label,
        times[0] if times else None,
        _latest(piece.time_stop for piece in pieces),
    )


def _latest(times: Iterable[float | None]) -> float | None:
    return max((time for time in times if time is not None), default=None)


def written(said: Iterable[Utterance]) -> tuple[str, tuple[Turn, ...]]:
    """The text, a line « Karim : … » a turn, and the turns as they stand in it: one at least, each with a text."""
    parts: list[str] = []
    turns: list[Turn] = []
    length = 0
    for piece in said:
        before = f"{piece.label} : " if piece.label else ""
        start, speech = length, length + len(before)
        stop = speech + len(piece.text)
        parts.append(f"{before}{piece.text}\n")
        length = stop + 1
        turns.append(Turn(len(turns), start, length, speech, stop, piece.label, None, piece.time, piece.time_stop))
    turns[-1] = replace(turns[-1], stop=length - 1)
    return "".join(parts)[:-1], tuple(turns)
