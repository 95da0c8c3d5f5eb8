"""Where, among the words of one passage, what is searched stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from qualikit.store.conditions import FORM, All, Condition, Near, Phrase, Some, phrases_of
from qualikit.text import stem, word_form, word_places, written_words

Run = tuple[int, int]
"""Words ``[first, last)`` of the passage, by number."""
_Answer = tuple[int, int, Condition]
"""A run, and the part of the condition that it answers."""


class Locator:
    """A condition, ready to be looked for in many passages."""

    def __init__(self, condition: Condition) -> None:
        self.condition = condition
        self._asked = _Asked(condition)

    def __call__(self, text: str) -> list[tuple[int, int]]:
        """The places, in order and apart, that answer the condition in a passage; none where it does not meet it."""
        terms: dict[str, list[int]] = {}
        asked = self._asked
        may_answer = asked.initials
        for number, word in enumerate(written_words(text)):
            if may_answer[word[:2]]:
                for term in asked[word]:
                    terms.setdefault(term, []).append(number)
        runs = locate(self.condition, terms)
        if not runs:
            return []
        places = word_places(text, runs[-1][1])
        return [(places[first].start(), places[last - 1].end()) for first, last in runs]


class _Asked(dict[str, tuple[str, ...]]):
    """The terms of a condition that each word met answers, a beginning under its letters and an asterisk."""

    def __init__(self, condition: Condition) -> None:
        super().__init__()
        phrases = list(phrases_of(condition))
        whole = {term for phrase in phrases for term in phrase.terms[: len(phrase.terms) - phrase.prefix]}
        self._stems = {term for term in whole if not term.startswith(FORM)}
        self._forms = {term.removeprefix(FORM) for term in whole if term.startswith(FORM)}
        self._beginnings = {phrase.terms[-1].removeprefix(FORM) for phrase in phrases if phrase.prefix}
        self.initials = _Initials(self._stems | self._forms | self._beginnings)

    def __missing__(self, word: str) -> tuple[str, ...]:
        form = word_form(word)
        answered = [f"{FORM}{beginning}*" for beginning in self._beginnings if form.startswith(beginning)]
        if form in self._forms:
            answered.append(FORM + form)
        if (family := stem(form)) in self._stems:
            answered.append(family)
        found = self[word] = tuple(answered)
        return found


class _Initials(dict[str, bool]):
    """Whether a word that begins with these two letters, as written, may answer one of the terms. Folding and stemming
    are slow the first time, and a word that answers begins as the term does."""

    def __init__(self, terms: Iterable[str]) -> None:
        super().__init__()
        self._terms = {term[:2] for term in terms}

    def __missing__(self, written: str) -> bool:
        form = word_form(written)
        found = self[written] = form[:2] in self._terms or len(form) < 2
        return found


def locate(condition: Condition, terms: Mapping[str, Sequence[int]]) -> list[Run]:
    """The runs of words that answer a condition, in order, apart; none where the passage does not meet it.

    What is asked to be absent answers nothing. Answers that overlap are one, and so are those to two different parts
    that follow each other: « vélo cargo » answers « vélo ET cargo » once.
    """
    runs: list[Run] = []
    last: Condition | None = None
    for first, end, part in sorted(_answers(condition, terms), key=lambda answer: answer[:2]):
        if runs and (first < runs[-1][1] or (first == runs[-1][1] and part != last)):
            runs[-1] = (runs[-1][0], max(runs[-1][1], end))
        else:
            runs.append((first, end))
        last = part
    return runs


def _answers(condition: Condition, terms: Mapping[str, Sequence[int]]) -> list[_Answer]:
    """What answers each part of a condition; empty where it is not met."""
    match condition:
        case Phrase():
            return [(first, end, condition) for first, end in _runs(condition, terms)]
        case Near():
            return [(first, end, condition) for first, end in _near(condition, terms)]
        case Some():
            return [answer for part in condition.parts for answer in _answers(part, terms)]
        case All():
            found: list[_Answer] = []
            for part in condition.parts:
                answers = _answers(part, terms)
                if not answers:
                    return []
                found += answers
            return [] if any(_answers(part, terms) for part in condition.without) else found


def _runs(phrase: Phrase, terms: Mapping[str, Sequence[int]]) -> list[Run]:
    """Where the phrase stands, in order."""
    length = len(phrase.terms)
    places = [terms.get(term, ()) for term in phrase.terms]
    if phrase.prefix:
        places[-1] = terms.get(f"{phrase.terms[-1]}*", ())
    if length == 1:
        return [(place, place + 1) for place in places[0]]
    rest = [set(where) for where in places[1:]]
    return [
        (place, place + length)
        for place in places[0]
        if all(place + number in where for number, where in enumerate(rest, 1))
    ]


def _near(near: Near, terms: Mapping[str, Sequence[int]]) -> list[Run]:
    """From the one to the other of each pair, the nearest ones."""
    found = set()
    right = _runs(near.right, terms)
    for first, last in _runs(near.left, terms):
        for start, stop in right:
            if start >= last and start - last <= near.distance:
                found.add((first, stop))
                break  # those after it are farther
        for start, stop in reversed(right):
            if stop <= first and first - stop <= near.distance:
                found.add((start, last))
                break
    return sorted(found)
