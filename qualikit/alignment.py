"""What changed between two texts, in whole words and lines: never a letter that happens to be the same. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

_LINE = re.compile(r"[^\n]*\n+|[^\n]+")
_ITEM = re.compile(r"\w+|[^\w\s]")
_SENTENCE_ENDS = frozenset(".?!…»”")
SHORT = 3
"""Words: a replacement that short is a correction, however different the words are."""

LONG = 2_000
"""Characters: longer passages are compared by their words."""


@dataclass(frozen=True)
class Hunk:
    """``old[start:stop]`` has become ``new[new_start:new_stop]``; either may be empty. Code points, half-open."""

    start: int
    stop: int
    new_start: int
    new_stop: int

    @property
    def shift(self) -> int:
        """By how much what follows moves."""
        return self.new_stop - self.stop


def hunks_between(old: str, new: str) -> tuple[Hunk, ...]:
    """What changed, in order, apart from each other, on the bounds of words.

    Lines that are the same are set against each other first, then the words of the lines between. A passage put
    elsewhere is taken away in one place and comes in another.
    """
    if old == new:
        return ()
    first, last = _frame(old, new)
    a, b = _Lines(old, first, len(old) - last), _Lines(new, first, len(new) - last)
    found: list[Hunk] = []
    for a0, a1, b0, b1 in _line_blocks(a.texts, b.texts):
        block = Hunk(a.at(a0), a.at(a1), b.at(b0), b.at(b1))
        found += _in_block(old, new, block)
    return tuple(found)


def similar(before: str, after: str) -> bool:
    """True where at least half of the letters of two passages agree; of the words, where they are long."""
    from rapidfuzz.distance import Levenshtein

    if max(len(before), len(after)) > LONG:
        return Levenshtein.normalized_similarity(before.split(), after.split(), score_cutoff=0.5) >= 0.5
    return Levenshtein.normalized_similarity(before, after, score_cutoff=0.5) >= 0.5


def is_correction(before: str, after: str) -> bool:
    """True where the words after stand for those before: few, or much alike."""
    words, others = len(re.findall(r"\w+", before)), len(re.findall(r"\w+", after))
    return (words <= SHORT and others <= SHORT) or similar(before, after)


def _frame(old: str, new: str) -> tuple[int, int]:
    """How many characters of whole lines are the same at the beginning, and at the end."""
    shorter, longer = min(len(old), len(new)), len(new) - len(old)
    first = _reach(shorter, lambda n: old[:n] == new[:n])
    first = old.rfind("\n", 0, first) + 1
    last = _reach(shorter - first, lambda n: old[len(old) - n :] == new[len(new) - n :])

    def begins_lines(place: int) -> bool:
        if old[place] == "\n":  # an empty line belongs to the one before it
            return False
        return all(there == first or text[there - 1] == "\n" for text, there in ((old, place), (new, place + longer)))

    place = len(old) - last
    while place < len(old) and not begins_lines(place):
        place = old.find("\n", place) + 1 or len(old)
    return first, len(old) - place


def _reach(most: int, same: Callable[[int], bool]) -> int:
    """The largest n up to ``most`` for which the first n are the same."""
    return bisect_left(range(1, most + 1), True, key=lambda n: not same(n))


class _Lines:
    """The lines of a part of a text, each with the empty lines after it, and where each begins."""

    def __init__(self, text: str, start: int, stop: int) -> None:
        self.texts = _LINE.findall(text[start:stop])
        self._starts = [start]
        for line in self.texts:
            self._starts.append(self._starts[-1] + len(line))

    def at(self, line: int) -> int:
        return self._starts[line]


def _line_blocks(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Neighbouring lines that differ, as ``a[a0:a1]`` and ``b[b0:b1]``."""
    done_a = done_b = 0
    for i, j in _same_lines(a, b):
        if done_a < i or done_b < j:
            yield done_a, i, done_b, j
        done_a, done_b = i + 1, j + 1
    if done_a < len(a) or done_b < len(b):
        yield done_a, len(a), done_b, len(b)


def _same_lines(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Lines of the two that are set against each other, in order: those that each text has once, then, between them,
    as many as possible of the others."""
    from rapidfuzz.distance import Indel

    names: dict[str, int] = {}
    left, right = ([names.setdefault(line, len(names)) for line in lines] for lines in (a, b))
    done_a = done_b = 0
    for i, j in [*_landmarks(a, b), (len(a), len(b))]:
        for code in Indel.opcodes(left[done_a:i], right[done_b:j]):
            if code.tag == "equal":
                for step in range(code.src_end - code.src_start):
                    yield done_a + code.src_start + step, done_b + code.dest_start + step
        if i < len(a):
            yield i, j
        done_a, done_b = i + 1, j + 1


def _landmarks(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Lines that each text has once, as long a part of them as can keep its order: of two paragraphs that changed
    places, the longer one stayed."""
    counts = Counter(a), Counter(b)
    where = {line: j for j, line in enumerate(b) if counts[1][line] == 1}
    pairs = [(i, where[line]) for i, line in enumerate(a) if counts[0][line] == 1 and line in where]
    # Heaviest chain: ``best`` is the chain that weighs most among those that end at or before each place of ``b``.
    chains: list[tuple[int, int]] = []  # weight so far, number of the pair before
    tree = [(0, -1)] * (len(b) + 1)
    for number, (i, j) in enumerate(pairs):
        best, place = (0, -1), j
        while place:
            best, place = max(best, tree[place]), place & (place - 1)
        chains.append((best[0] + len(a[i]), best[1]))
        mine, place = (chains[-1][0], number), j + 1
        while place <= len(b):
            tree[place], place = max(tree[place], mine), place + (place & -place)
    found: list[tuple[int, int]] = []
    number = max(range(len(chains)), key=lambda n: chains[n][0], default=-1)
    while number >= 0:
        found.append(pairs[number])
        number = chains[number][1]
    return found[::-1]


@dataclass
class _Run:
    """Items ``a0:a1`` of the old block against ``b0:b1`` of the new one."""

    same: bool
    a0: int
    a1: int
    b0: int
    b1: int


def _in_block(old: str, new: str, block: Hunk) -> Iterator[Hunk]:
    a = [match.span() for match in _ITEM.finditer(old, block.start, block.stop)]
    b = [match.span() for match in _ITEM.finditer(new, block.new_start, block.new_stop)]
    words = [old[i:j] for i, j in a], [new[i:j] for i, j in b]
    place = block.start, block.new_start
    runs = _slid(_without_chance(_runs(*words), *words), old, new, a, b)
    for run in runs:
        if not run.same:
            continue
        for i, j in zip(range(run.a0, run.a1), range(run.b0, run.b1), strict=True):
            yield from _gap(old, new, *place, a[i][0], b[j][0])
            place = a[i][1], b[j][1]
    yield from _gap(old, new, *place, block.stop, block.new_stop)


def _runs(a: Sequence[str], b: Sequence[str]) -> list[_Run]:
    from rapidfuzz.distance import Levenshtein

    names: dict[str, int] = {}
    left, right = ([names.setdefault(word, len(names)) for word in words] for words in (a, b))
    runs: list[_Run] = []
    for code in Levenshtein.opcodes(left, right):
        same = code.tag == "equal"
        if runs and not same and not runs[-1].same:
            runs[-1].a1, runs[-1].b1 = code.src_end, code.dest_end
        else:
            runs.append(_Run(same, code.src_start, code.src_end, code.dest_start, code.dest_end))
    return runs


def _without_chance(runs: Sequence[_Run], a: Sequence[str], b: Sequence[str]) -> list[_Run]:
    """Where passages were rewritten, the « de » and « la » that both happen to have are no landmarks."""

    def count(words: Sequence[str]) -> int:
        return sum(1 for word in words if word[0].isalnum())

    def size(run: _Run) -> int:
        return max(count(a[run.a0 : run.a1]), count(b[run.b0 : run.b1]))

    kept: list[_Run] = []
    for run in runs:
        kept.append(run)
        while len(kept) >= 3 and not kept[-1].same and kept[-2].same:
            before, between, after = kept[-3:]
            least = min(size(before), size(after))
            if least < 2 or count(a[between.a0 : between.a1]) > least:
                break
            kept[-3:] = [_Run(False, before.a0, after.a1, before.b0, after.b1)]
    return kept


def _slid(
    runs: list[_Run], old: str, new: str, a: Sequence[tuple[int, int]], b: Sequence[tuple[int, int]]
) -> list[_Run]:
    """What came in or went can often stand in several places (« très très »): at a line or a sentence by choice."""
    for before, run, after in zip(runs, runs[1:], runs[2:], strict=False):
        if run.same or (run.a0 < run.a1 and run.b0 < run.b1):
            continue
        text, items, first, stop = (new, b, run.b0, run.b1) if run.a0 == run.a1 else (old, a, run.a0, run.a1)

        def word(i: int, text: str = text, items: Sequence[tuple[int, int]] = items) -> str:
            return text[items[i][0] : items[i][1]]

        def rank(step: int, text: str = text, items: Sequence[tuple[int, int]] = items, first: int = first) -> int:
            place = first + step
            between = text[items[place - 1][1] : items[place][0]] if place else "\n"
            return 2 if "\n" in between else 1 if text[items[place - 1][1] - 1] in _SENTENCE_ENDS else 0

        least = 0
        while before.a1 + least - 1 > before.a0 and word(first + least - 1) == word(stop + least - 1):
            least -= 1
        most = 0
        while after.a0 + most + 1 < after.a1 and word(first + most) == word(stop + most):
            most += 1
        best = max(range(least, most + 1), key=lambda step: (rank(step), step == 0, step))
        before.a1, before.b1 = before.a1 + best, before.b1 + best
        run.a0, run.a1, run.b0, run.b1 = run.a0 + best, run.a1 + best, run.b0 + best, run.b1 + best
        after.a0, after.b0 = after.a0 + best, after.b0 + best
    return runs


def _gap(old: str, new: str, a0: int, b0: int, a1: int, b1: int) -> Iterator[Hunk]:
    """What lies between two items that are the same: as one change, or word by word where the words correspond."""
    before, after = old[a0:a1], new[b0:b1]
    if before == after:
        return
    while a0 < a1 and b0 < b1 and old[a0] == new[b0] and old[a0].isspace():
        a0, b0 = a0 + 1, b0 + 1
    while a0 < a1 and b0 < b1 and old[a1 - 1] == new[b1 - 1] and old[a1 - 1].isspace():
        a1, b1 = a1 - 1, b1 - 1
    items = list(_ITEM.finditer(old, a0, a1)), list(_ITEM.finditer(new, b0, b1))
    first, last = _corresponding(*items, whole=is_correction(before, after))
    for one, other in zip(items[0][:first], items[1][:first], strict=True):
        yield from _space(old, new, a0, one.start(), b0, other.start())
        yield from _space(old, new, one.start(), one.end(), other.start(), other.end())
        a0, b0 = one.end(), other.end()
    rest = list(zip(items[0][len(items[0]) - last :], items[1][len(items[1]) - last :], strict=True))
    yield from _space(old, new, a0, rest[0][0].start() if rest else a1, b0, rest[0][1].start() if rest else b1)
    for number, (one, other) in enumerate(rest):
        yield from _space(old, new, one.start(), one.end(), other.start(), other.end())
        ends = (rest[number + 1][0].start(), rest[number + 1][1].start()) if number + 1 < len(rest) else (a1, b1)
        yield from _space(old, new, one.end(), ends[0], other.end(), ends[1])


def _corresponding(a: Sequence[re.Match[str]], b: Sequence[re.Match[str]], *, whole: bool) -> tuple[int, int]:
    """How many items at the beginning, and at the end, stand for each other: all where there are as many of each and
    the ``whole`` is a correction; else those much alike, as when a line was put in before a word that was corrected."""
    if len(a) == len(b) and whole:
        return len(a), 0

    def alike(one: re.Match[str], other: re.Match[str]) -> bool:
        return one.group() == other.group() or (one.group()[0].isalnum() and similar(one.group(), other.group()))

    shorter = min(len(a), len(b))
    first = next((n for n in range(shorter) if not alike(a[n], b[n])), shorter)
    last = next((n for n in range(shorter - first) if not alike(a[-1 - n], b[-1 - n])), shorter - first)
    return first, last


def _space(old: str, new: str, a0: int, a1: int, b0: int, b1: int) -> Iterator[Hunk]:
    if old[a0:a1] != new[b0:b1]:
        yield Hunk(a0, a1, b0, b1)
