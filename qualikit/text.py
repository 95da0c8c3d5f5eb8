"""Text as everything else sees it: Unicode NFC, ``\\n`` between lines, counted in code points. Pure functions."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_LINE_ENDS = re.compile("\r\n|\r|\u2028|\u2029|\u0085|\v|\f")
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff]")
_WORD = re.compile(r"\w+", re.UNICODE)
_JOINER = "\u200d"
_MARKS = frozenset({"Mn", "Me", "Mc"})
_TONES_AND_TAGS = frozenset(map(chr, (*range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080))))
_FLAGS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
# A pictogram is a word: what people said with one is searched like the rest.
_TOKEN = re.compile("[^\\W_]+(?:[\u0300-\u036f]+[^\\W_]*)*|[\u2600-\u27bf\U0001f000-\U0001faff]")
_LONGEST = 120  # characters of a word that count; past that it is not one


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


class Token(NamedTuple):
    """A word of a text, ``[start, stop)`` in its code points; ``form`` is the word folded, as words are compared."""

    start: int
    stop: int
    form: str


def tokens(text: str, start: int = 0, stop: int | None = None) -> list[Token]:
    """The words of ``[start, stop)`` of a text, in order. An apostrophe and a hyphen part words: « l'atelier » is two.

    Places are those of the text as it is, whatever folding does to lengths.
    """
    forms = _FORMS
    found = _TOKEN.finditer(text, start, len(text) if stop is None else stop)
    return [Token(match.start(), match.end(), forms[match[0]]) for match in found]


def written_words(text: str) -> list[str]:
    """The words that :func:`tokens` has, as they are written."""
    return _TOKEN.findall(text)


def word_places(text: str, most: int) -> list[re.Match[str]]:
    """Where the first ``most`` words that :func:`tokens` has are."""
    return list(islice(_TOKEN.finditer(text), most))


def word_form(word: str) -> str:
    """A word folded, as words are compared: « Cœur » is « coeur »."""
    return _FORMS[word]


def words(text: str) -> list[str]:
    """The forms that :func:`tokens` has, for whoever does not need their places."""
    forms = _FORMS
    return [forms[word] for word in _TOKEN.findall(text)]


class _Forms(dict[str, str]):
    """The form of every word met: a corpus of ten million words has some hundred thousand."""

    def __missing__(self, word: str) -> str:
        if len(self) > 500_000:
            self.clear()
        short = word[:_LONGEST]
        form = self[word] = "".join(c for c in fold(short) if c.isalnum() or ord(c) > 127) or short
        return form


_FORMS = _Forms()

_STRANGE = {
    "lieux": "lieu", "milieux": "milieu", "jeux": "jeu", "enjeux": "enjeu", "feux": "feu", "voeux": "voeu",
    "aveux": "aveu", "cheveux": "cheveu", "neveux": "neveu",
}  # fmt: skip
_NOT_PLURAL = frozenset(
    {"mois", "fois", "plus", "bois", "trois", "vois", "dois", "crois", "puis", "depuis", "suis", "sous"}
)


@lru_cache(maxsize=500_000)
def stem(form: str) -> str:
    """The family of a folded word: « élu », « élus », « élues » have one, so have « médiateur » and « médiatrices ».

    Snowball's French stemmer, which leans on accents and leaves « vélos » and « élus » as they are, after what a
    word without accents needs: folding comes first, so that accents may be left out when searching. A stem begins with
    the two letters that the word begins with.
    """
    word = form
    if not word.isalpha() or len(word) < 3:
        return word
    word = _STRANGE.get(word, word)
    if word[-1] == "s" and word[-2] != "s" and word not in _NOT_PLURAL and len(word) > (3 if word[-2] in "iou" else 4):
        word = word[:-1]
    if word.endswith("ee"):
        word = word[:-1]
    elif word.endswith("trice"):
        word = word[:-4] + "eur"
    elif (word.endswith("aux") and not word.endswith("eaux") and len(word) > 4) or (
        word.endswith("ail") and len(word) > 4
    ):
        word = word[:-2] + "l"
    return str(_snowball().stemWord(word))


@cache
def _snowball() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("french")


def sentence(text: str, start: int, stop: int, within: Span) -> Span:
    """The sentence, or sentences, of ``within`` that ``[start, stop)`` stands in, without the white space around.

    A line end, or a full stop, a question or an exclamation mark, an ellipsis before white space, ends a sentence; the
    full stop of « M. », of an initial, of « etc. » before a small letter does not.
    """
    first = within.start
    last = within.stop
    for match in _END.finditer(text, within.start, within.stop):
        if match.end() <= start and _ends(text, match):
            first = match.end()
        elif match.end() >= stop and _ends(text, match):
            last = match.end()
            break
    while first < start and text[first].isspace():
        first += 1
    while last > stop and text[last - 1].isspace():
        last -= 1
    return Span(first, last)


def sentences(text: str, within: Span) -> list[Span]:
    """The sentences of ``within`` in order, as :func:`sentence` tells them apart, without the white space around."""
    found, first = [], within.start
    ends = [match.end() for match in _END.finditer(text, within.start, within.stop) if _ends(text, match)]
    for stop in (*ends, within.stop):
        start, last = first, stop
        while start < last and text[start].isspace():
            start += 1
        while last > start and text[last - 1].isspace():
            last -= 1
        if start < last:
            found.append(Span(start, last))
        first = stop
    return found


_END = re.compile(r"\n|[.!?…]+[\s»”\"')\]]*(?=\s|$)")
_SHORT = re.compile(r"(?:\b[A-ZÀ-Ý]|\b(?:M|MM|Mme|Mmes|Mlle|Dr|Pr|St|Ste|cf|ex|p|n|art|env|etc))$")


def _ends(text: str, match: re.Match[str]) -> bool:
    if match[0][0] != "." or match[0].startswith(".."):
        return True
    after = text[match.end() : match.end() + 2].strip()
    return _SHORT.search(text[max(0, match.start() - 5) : match.start()]) is None and not after[:1].islower()


@lru_cache(maxsize=65536)
def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that puts « P2 » before « P10 » and « Évry » among the E."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.split(r"(\d+)", fold(text)) if part
    )


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


def count_words_between(text: str, starts: Ints, stops: Ints) -> Ints:
    """What :func:`count_words` says of each ``text[start:stop]``, for all of them in one reading of the text."""
    import numpy as np

    inside, begins = _letters(text)
    words = np.flatnonzero(begins[:-1])
    # A word that goes on from before the start is, inside, a word of its own.
    cut = inside[starts] & ~begins[starts] & (stops > starts)
    found: Ints = np.searchsorted(words, stops) - np.searchsorted(words, starts) + cut
    return found


def word_starts(text: str) -> Ints:
    """Where each word begins, as :func:`count_words` counts them."""
    import numpy as np

    found: Ints = np.flatnonzero(_letters(text)[1][:-1])
    return found


def _letters(text: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """For each character and one after the last: whether it is of a word, and whether a word begins there."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    inside = np.zeros(len(codes) + 1, dtype=bool)
    plane = codes < PLANE
    inside[:-1][plane] = _word_characters()[codes[plane]]
    for code in np.unique(codes[~plane]).tolist():
        inside[:-1][codes == code] = _WORD.match(chr(code)) is not None
    begins = inside.copy()
    begins[1:] &= ~inside[:-1]
    return inside, begins


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
