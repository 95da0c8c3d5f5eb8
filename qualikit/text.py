"""Text as everything else sees it: Unicode NFC, ``\\n`` between lines, counted in code points. Pure functions."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_LINE_ENDS = re.compile("\r\n|\r|\u2028|\u2029|\u0085|\v|\f")
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff]")
_WORD = re.compile(r"\w+", re.UNICODE)


@dataclass(frozen=True, order=True)
class Span:
    """Half-open interval ``[start, stop)`` of code points in one text."""

    start: int
    stop: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.stop:
            raise ValueError(f"not a span: {self.start}, {self.stop}")

    def __len__(self) -> int:
        return self.stop - self.start

    def overlaps(self, other: Span) -> bool:
        """True where the two share at least one character."""
        return self.start < other.stop and other.start < self.stop

    def of(self, text: str) -> str:
        return text[self.start : self.stop]


def normalise(text: str) -> str:
    """NFC, every line ending as ``\\n``, control characters and byte-order marks out; no-break spaces stay."""
    return unicodedata.normalize("NFC", _NOT_TEXT.sub("", _LINE_ENDS.sub("\n", text)))


def text_hash(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal: names one version of one text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def fold(text: str) -> str:
    """For comparing words: case and accents away, ligatures opened, no-break spaces and apostrophes made ordinary.

    The length may change; offsets in the result are not offsets in the text.
    """
    opened = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE").replace("’", "'")
    bare = "".join(c for c in unicodedata.normalize("NFKD", opened) if not unicodedata.combining(c))
    return bare.casefold()


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that puts « P2 » before « P10 » and « Évry » among the E."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.split(r"(\d+)", fold(text)) if part
    )


def count_words(text: str) -> int:
    """Number of words: runs of letters and digits (« aujourd'hui » counts two, as in most French corpus tools)."""
    return len(_WORD.findall(text))


def count_words_between(text: str, starts: Ints, stops: Ints) -> Ints:
    """What :func:`count_words` says of each ``text[start:stop]``, for all of them in one reading of the text."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    inside = np.zeros(len(codes) + 1, dtype=bool)
    plane = codes < PLANE
    inside[:-1][plane] = _word_characters()[codes[plane]]
    for code in np.unique(codes[~plane]).tolist():
        inside[:-1][codes == code] = _WORD.match(chr(code)) is not None
    begins = inside.copy()
    begins[1:] &= ~inside[:-1]
    before = np.concatenate([[0], np.cumsum(begins[:-1])])
    # A word that goes on from before the start is, inside, a word of its own.
    cut = inside[starts] & ~begins[starts] & (stops > starts)
    found: Ints = before[stops] - before[starts] + cut
    return found


PLANE = 0x10000


@cache
def _word_characters() -> NDArray[np.bool_]:
    """For each character of the basic plane, whether words are made of it."""
    import numpy as np

    found = np.zeros(PLANE, dtype=bool)
    for match in _WORD.finditer("".join(map(chr, range(PLANE)))):
        found[match.start() : match.end()] = True
    return found


class Utf16Index:
    """Code points ⇄ UTF-16 units of one text: browsers and foreign files count the second.

    Built once in O(n); each conversion is O(log k) with k characters outside the basic plane.
    """

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._astral = [i for i, c in enumerate(text) if ord(c) > 0xFFFF]
        self._astral16 = [position + k for k, position in enumerate(self._astral)]

    def to_utf16(self, offset: int) -> int:
        """UTF-16 offset of a code-point offset. Raises ValueError outside the text."""
        if not 0 <= offset <= self._length:
            raise ValueError(f"offset {offset} outside a text of {self._length} characters")
        return offset + bisect_right(self._astral, offset - 1)

    def from_utf16(self, offset: int) -> int:
        """Code-point offset of a UTF-16 offset; one inside a surrogate pair is taken back to the pair's start."""
        before = bisect_right(self._astral16, offset - 1)
        if before and self._astral16[before - 1] == offset - 1:
            return self._astral[before - 1]
        result = offset - before
        if not 0 <= result <= self._length:
            raise ValueError(f"UTF-16 offset {offset} outside the text")
        return result
