"""What an assistant reads as one: a turn, or, of a long one, sentences that follow each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qualikit.coding.assistants import Segment
from qualikit.text import Span

LONG = 90
"""Words of a turn that is still read in one piece. Codes were proposed best on some sixty."""


@dataclass(frozen=True)
class Piece:
    """Sentences that follow each other in one turn, and their words together."""

    sentences: tuple[Segment, ...]
    words: str

    @property
    def first(self) -> Segment:
        return self.sentences[0]

    def touches(self, span: Span) -> bool:
        """Whether it has words in a part of its text."""
        return span.overlaps(Span(self.first.start, self.sentences[-1].stop))

    def segment(self, first: int = 0, last: int | None = None) -> Segment:
        """One segment of the sentences from ``first`` up to and with ``last``."""
        some = self.sentences[first : None if last is None else last + 1]
        if len(some) == 1:
            return some[0]
        start, stop, one = some[0].start, some[-1].stop, some[0]
        return Segment(one.document_id, one.version_id, start, stop, _between(some, start, stop), one.turn)


class Places:
    """Where the pieces of a corpus stand, found again from their sentences: from some of a long turn they would be cut
    otherwise."""

    def __init__(self, read: Sequence[Piece]) -> None:
        self._read = read
        self._of = {
            (sentence.version_id, sentence.start): (number, place)
            for number, piece in enumerate(read)
            for place, sentence in enumerate(piece.sentences)
        }

    def among(self, segments: Iterable[Segment]) -> list[int]:
        """The pieces (by place) all of whose sentences are among the segments, as they were read, in order."""
        seen: dict[int, int] = {}
        for segment in segments:
            number, place = self._of.get((segment.version_id, segment.start), (-1, 0))
            if number >= 0 and self._read[number].sentences[place].words == segment.words:
                seen[number] = seen.get(number, 0) + 1
        return sorted(number for number, count in seen.items() if count == len(self._read[number].sentences))


def pieces(segments: Iterable[Segment]) -> Iterator[Piece]:
    """The sentences of each turn, taken together; those of a long turn in parts of about the same length."""
    turn: list[Segment] = []
    for segment in segments:
        if turn and (segment.turn is None or segment.turn is not turn[-1].turn):
            yield from _cut(turn)
            turn = []
        turn.append(segment)
    if turn:
        yield from _cut(turn)


def _cut(turn: Sequence[Segment]) -> Iterator[Piece]:
    lengths = [len(each.words.split()) for each in turn]
    total = sum(lengths)
    parts = max(1, -(-total // LONG))
    each = share = total / parts
    some: list[Segment] = []
    gone = 0
    for segment, length in zip(turn, lengths, strict=True):
        middle = gone + length / 2
        if middle > share:  # most of the sentence lies past the end of this part
            if some:
                yield _piece(some)
                some = []
            share = each * (1 + int(middle / each))
        some.append(segment)
        gone += length
    if some:
        yield _piece(some)


def _piece(some: Sequence[Segment]) -> Piece:
    return Piece(tuple(some), _between(some, some[0].start, some[-1].stop))


def _between(some: Sequence[Segment], start: int, stop: int) -> str:
    """The words of the text there, with what parts the sentences."""
    turn = some[0].turn
    if len(some) == 1 or turn is None:
        return some[0].words if len(some) == 1 else " ".join(each.words for each in some)
    return turn.words[start - turn.start : stop - turn.start]
