"""Text as everything else sees it: Unicode NFC, ``\\n`` between lines, counted in code points. Pure functions."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

_LINE_ENDS = re.compile("\r\n|\r|\u2028|\u2029|\u0085|\v|\f")
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff]")
_WORD = re.compile(r"\w+", re.UNICODE)
_JOINER = "\u200d"
_MARKS = frozenset({"Mn", "Me", "Mc"})
_TONES_AND_TAGS = frozenset(map(chr, (*range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080))))
_FLAGS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))


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


def count_words(text: str) -> int:
    """Number of words: runs of letters and digits (« aujourd'hui » counts two, as in most French corpus tools)."""
    return len(_WORD.findall(text))


def splits_grapheme(text: str, offset: int) -> bool:
    """True where a cut at that offset would part what is read as one sign: a letter from its accent, the flags, the
    people of one emoji, a sign from its colour."""
    if not 0 < offset < len(text):
        return False
    before, after = text[offset - 1], text[offset]
    if after < "\u0300":
        return False
    if _JOINER in {before, after} or unicodedata.category(after) in _MARKS or after in _TONES_AND_TAGS:
        return before not in "\n\t "
    flags = 0
    while after in _FLAGS and flags < offset and text[offset - 1 - flags] in _FLAGS:
        flags += 1
    return flags % 2 == 1


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
