"""Where, among the words of one passage, what is searched stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualikit.store.conditions import FORM, All, Condition, Near, Phrase, Some, phrases_of
from qualikit.text import Token, stem, tokens

Run = tuple[int, int]
"""Words ``[first, last)`` of the passage, by number."""
_Answer = tuple[int, int, Condition]
"""A run, and the part of the condition that it answers."""


class Locator:
    """A condition, ready to be looked for in many passages."""

    def __init__(self, condition: Condition) -> None:
        self.condition = condition
        phrases = list(phrases_of(condition))
        whole = {term for phrase in phrases for term in phrase.terms[: len(phrase.terms) - phrase.prefix]}
        self._stems = frozenset(term for term in whole if not term.startswith(FORM))
        self._initials = frozenset(term[0] for term in self._stems)
        self._forms = frozenset(term.removeprefix(FORM) for term in whole if term.startswith(FORM))
        self._beginnings = tuple({phrase.terms[-1].removeprefix(FORM) for phrase in phrases if phrase.prefix})

    def __call__(self, text: str, start: int, stop: int) -> list[tuple[int, int]]:
        """The places, in order and apart, that answer the condition in the passage ``[start, stop)`` of a text; none
        where it does not meet it."""
        words = tokens(text, start, stop)
        return [
            (words[first].start, words[last - 1].stop) for first, last in locate(self.condition, self._places(words))
        ]

    def _places(self, words: Sequence[Token]) -> dict[str, list[int]]:
        """Where each term asked for stands; each beginning under the term and an asterisk."""
        places: dict[str, list[int]] = {}
        stems, forms, beginnings = self._stems, self._forms, self._beginnings
        for number, (_start, _stop, form) in enumerate(words):
            # Stemming is slow the first time: only what begins as one of the stems does can be of its family.
            if form[0] in self._initials and (family := stem(form)) in stems:
                places.setdefault(family, []).append(number)
            if form in forms:
                places.setdefault(FORM + form, []).append(number)
            if beginnings and form.startswith(beginnings):
                for beginning in beginnings:
                    if form.startswith(beginning):
                        places.setdefault(f"{FORM}{beginning}*", []).append(number)
        return places


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
