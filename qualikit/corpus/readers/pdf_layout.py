"""From the lines of pages to paragraphs: what runs on is joined, what stands in the margins of every page taken off."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from qualikit.corpus.readers.writing import Writing
from qualikit.text import fold

ZONE = 0.14
"""Share of the height of a page, at each end, in which headers and footers stand."""
OFTEN = 0.4
"""Share of the pages on which a line in a margin comes back."""
APART = 1.4
"""Times the usual distance between lines from which a paragraph ends; a blank line twice as far."""
MARGIN_LINES = 4
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:page|p\.?)?\s*\d{1,4}\s*(?:(?:/|sur|de|of)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)
_PAGE = re.compile(r"^\d{1,4}\b|\b\d{1,4}$|\bpages? \d{1,4}\b|\b\d{1,4} ?(?:/|sur|de|of) ?\d{1,4}\b")
_BULLET = re.compile(r"[•◦▪■●○‣⁃➢✓]|[-–—*]\s")
_HYPHENS = ("-", "\u2010", "\u00ad")
_CLITICS_WORDS = "je tu il elle on nous vous ils elles ce ci la le les lui leur moi toi soi y en t meme memes"
_CLITICS = frozenset(_CLITICS_WORDS.split())
_FIRSTS_WORDS = (
    "peut celui celle ceux celles c est quelques vis sous non demi mi ex semi rez bien mal sur vice anti auto "
    "apres avant arriere contre entre grand grande haut basse porte tout toute ci la au socio eco micro mini "
    "multi inter pre co a double triple soixante quatre vingt trente quarante cinquante dix"
)
_FIRSTS = frozenset(_FIRSTS_WORDS.split())


@dataclass(frozen=True)
class Line:
    """One line of a page, in points from its lower left corner."""

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float
    bold: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        return self.text.rstrip()


def without_margins(pages: Sequence[tuple[float, Sequence[Line]]]) -> tuple[list[Line], list[str], bool]:
    """The lines of the text, those of headers and footers, each once, and whether pages were numbered.

    ``pages``: height and lines of each.
    """
    usual = _pitch([line for _height, lines in pages for line in lines])
    candidates = [
        [line for end in (True, False) for line in _outermost(height, lines, usual, top=end)] for height, lines in pages
    ]
    often = Counter(key for lines in candidates for key in {_key(line) for line in lines})
    enough = max(2, OFTEN * len(pages))
    off: set[Line] = set()
    margins: dict[str, str] = {}
    numbered = False
    for lines in candidates:
        for line in lines:
            number = _PAGE_NUMBER.fullmatch(line.text.strip()) is not None
            if number or often[_key(line)] >= enough:
                off.add(line)
                numbered = numbered or number
                if not number:
                    margins.setdefault(_key(line)[0], line.text.strip())
    kept = [line for _height, lines in pages for line in lines if line not in off]
    return kept, list(dict.fromkeys(margins.values())), numbered


def _key(line: Line) -> tuple[str, int]:
    """What a line in a margin has in common from page to page: its words but for the number of the page, its place."""
    return _PAGE.sub("#", fold(line.text).strip()), round(line.base / 8)


def _outermost(height: float, lines: Sequence[Line], usual: float, *, top: bool) -> list[Line]:
    """Lines at one end of a page that stand apart from the text."""
    order = sorted(lines, key=lambda line: -line.base if top else line.base)
    found = []
    for place, line in enumerate(order[:MARGIN_LINES]):
        inside = line.base > height * (1 - ZONE) if top else line.base < height * ZONE
        if not inside:
            break
        found.append(line)
        after = order[place + 1] if place + 1 < len(order) else None
        if after is not None and abs(after.base - line.base) > APART * max(usual, line.size):
            return found
    # A page with nothing else: at most its number.
    return [line for line in found if _PAGE_NUMBER.fullmatch(line.text.strip())] if len(found) == len(order) else []


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance between two lines."""
    found = [
        one.base - other.base
        for one, other in pairwise(lines)
        if one.page == other.page and 0.5 * one.size < one.base - other.base < 3 * one.size
    ]
    return median(found) if found else 0.0


class Layout(Writing):
    """Lines written as paragraphs."""

    def set(self, lines: Sequence[Line], starts: Iterable[int] = ()) -> None:
        """Write the lines; ``starts``: numbers of those that begin a paragraph whatever stands before."""
        begin = set(starts)
        joints = _Joints(lines)
        for number, line in enumerate(lines):
            after = lines[number + 1] if number + 1 < len(lines) else None
            between = "\n" if after is None or number + 1 in begin else joints.between(line, after)
            self._put(line, cut=between in {"", "-"})
            if between.startswith("\n"):
                for _end in between:
                    self.end_line()
            else:
                self.write(between)

    def set_apart(self, lines: Iterable[Line]) -> None:
        """Write each line as a paragraph."""
        for line in lines:
            self._put(line, cut=False)
            self.end_line()

    def _put(self, line: Line, *, cut: bool) -> None:
        text, place, bold = line.words, 0, set(line.bold)
        if cut and text.endswith(_HYPHENS):
            text = text[:-1]
        text = text.replace("\u00ad", "-" if not cut else "")
        while place < len(text):
            stop, heavy = place, place in bold and text[place] != " "
            while stop < len(text) and (text[stop] == " " or (stop in bold) == heavy):
                stop += 1
            stop -= len(text[place:stop]) - len(text[place:stop].rstrip(" ")) if heavy else 0
            self.write(text[place:stop], heavy)
            place = stop


class _Joints:
    """What stands between two lines: the end of a paragraph, a space, or nothing where a word was cut."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._pitch = _pitch(lines)
        self._right: dict[int, float] = {}
        for page in {line.page for line in lines}:
            ends = sorted(line.right for line in lines if line.page == page)
            self._right[page] = ends[-1 - len(ends) // 50]
        widest = max(self._right.values(), default=0.0)
        self._right = {page: max(right, 0.9 * widest) for page, right in self._right.items()}
        self._left = Counter(round(line.left) for line in lines).most_common(1)[0][0] if lines else 0
        self._known = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", fold(" ".join(line.words for line in lines))))
        # Word processors leave the space where they broke the line, and none at the end of a paragraph.
        self._spaced = sum(line.text.endswith(" ") for line in lines) >= 0.1 * len(lines)

    def between(self, line: Line, after: Line) -> str:
        apart = line.base - after.base if line.page == after.page else 0.0
        usual = max(self._pitch, line.size)
        if apart > APART * usual:
            return "\n\n" if apart > 2 * APART * usual else "\n"
        cut = line.words.endswith(_HYPHENS) and line.words[-2:-1].isalpha()
        if self._ends(line, after, cut=cut):
            return "\n"
        if not cut or after.text[:1].isspace():
            return " "
        return "" if after.text[:1].islower() and self._one_word(line.words, after.text) else "-"

    def _ends(self, line: Line, after: Line, *, cut: bool) -> bool:
        """Whether a paragraph ends with the line."""
        if abs(line.size - after.size) > 0.15 * line.size or _BULLET.match(after.text):
            return True
        if cut and after.text[:1].islower():
            return False
        if after.left > self._left + 1.2 * after.size and line.left <= self._left + 2:
            return True
        if self._spaced and not cut:
            return not line.text.endswith(" ")
        first = after.text.split(maxsplit=1)[0]
        letter = (after.right - after.left) / max(len(after.words), 1)
        return self._right[line.page] - line.right > (len(first) + 1) * letter + 0.3 * line.size

    def _one_word(self, line: str, after: str) -> bool:
        """Whether the hyphen only cuts a word: « média-trices » is one, « peut-être » keeps it."""
        first, rest = re.search(r"[^\W\d_]+[-\u2010\u00ad]$", line), re.match(r"[^\W\d_]+", after)
        if first is None or rest is None or line[: first.start()].endswith("-"):
            return False
        one, other = fold(first.group()[:-1]), fold(rest.group())
        whole, parted = self._known[one + other], self._known[f"{one}-{other}"]
        if whole != parted:
            return whole > parted
        return one not in _FIRSTS and other not in _CLITICS
