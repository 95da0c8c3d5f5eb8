"""From places where names were found to people, places, numbers: one entry each, whatever form the name takes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qualikit.corpus.pseudonyms import lists
from qualikit.corpus.pseudonyms.model import Entry, Found, Gender, Kind
from qualikit.corpus.pseudonyms.names import PersonName, parse
from qualikit.corpus.pseudonyms.words import keys_of, words_of
from qualikit.store import new_id

WORDS = (Kind.PERSON, Kind.PLACE, Kind.ORGANISATION, Kind.OTHER)
"""Kinds whose forms are words: compared without accents nor case. Forms of the others are compared as they stand."""


def key_of(kind: Kind, form: str) -> tuple[str, ...]:
    """What two forms have in common when they are one."""
    return keys_of(form) if kind in WORDS else (" ".join(form.split()).casefold(),)


@dataclass
class _Form:
    """All the places where one form was found."""

    written: Counter[str] = field(default_factory=Counter)
    kinds: Counter[Kind] = field(default_factory=Counter)
    score: float = 0.0
    source: str = ""
    titles: set[str] = field(default_factory=set)

    def add(self, found: Found, titles: Iterable[str]) -> None:
        self.written[found.form] += 1
        self.kinds[found.kind] += found.score  # type: ignore[assignment]  # scores are summed, not counted
        self.titles.update(titles)
        if found.score > self.score:
            self.score, self.source = found.score, found.source

    @property
    def kind(self) -> Kind:
        return max(self.kinds, key=lambda kind: self.kinds[kind])

    @property
    def form(self) -> str:
        """As it is most often written, rather not in capitals."""
        return max(self.written, key=lambda form: (not form.isupper(), self.written[form], form))


class Forms:
    """Forms met so far; texts are added one after the other."""

    def __init__(self) -> None:
        self._forms: dict[tuple[str, ...], _Form] = defaultdict(_Form)

    def add(self, text: str, found: Iterable[Found]) -> None:
        for one in found:
            key = (str(one.kind in WORDS), *key_of(one.kind, one.form))
            self._forms[key].add(one, _titles_before(text, one.start) if one.kind is Kind.PERSON else ())

    def entries(self) -> list[Entry]:
        """One entry a person or thing, the people first, each with its fullest form first."""
        people = [form for form in self._forms.values() if form.kind is Kind.PERSON]
        others = [form for form in self._forms.values() if form.kind is not Kind.PERSON]
        return [*_people(people), *(_entry(form) for form in others)]


def _titles_before(text: str, start: int) -> list[str]:
    words = words_of(text[max(0, start - 16) : start])
    return (
        [words[-1].key]
        if words and words[-1].key in lists.TITLES and "\n" not in text[max(0, start - 3) : start]
        else []
    )


def _entry(form: _Form) -> Entry:
    return Entry(id=new_id(), kind=form.kind, forms=(form.form,), score=form.score, source=form.source)


@dataclass
class _Person:
    firsts: dict[tuple[str, ...], str]
    lasts: dict[tuple[str, ...], str]
    gender: Gender
    forms: list[_Form]


def _people(forms: Sequence[_Form]) -> list[Entry]:
    """Full names first; then a form with one of the two names joins the only person who bears it."""
    named = [(form, parse(form.form, sorted(form.titles))) for form in forms]
    named.sort(key=lambda pair: (-len(pair[1].firsts) - len(pair[1].lasts), -len(pair[0].form), pair[0].form))
    people: list[_Person] = []
    for form, name in named:
        fitting = [person for person in people if _fits(person, name)]
        if len(fitting) == 1:
            _join(fitting[0], form, name)
        else:  # nobody, or several: which one is for the evaluator to say
            people.append(
                _Person({keys_of(n): n for n in name.firsts}, {keys_of(n): n for n in name.lasts}, name.gender, [form])
            )
    return [_of(person) for person in people]


def _fits(person: _Person, name: PersonName) -> bool:
    firsts, lasts = set(map(keys_of, name.firsts)), set(map(keys_of, name.lasts))
    if not firsts and not lasts:
        return False
    if Gender.UNKNOWN not in (person.gender, name.gender) and person.gender is not name.gender:
        return False
    known = set(person.firsts) | set(person.lasts)
    if len(firsts) + len(lasts) == 1:  # a word alone: given or family name, whichever this person has
        return bool((firsts | lasts) & known)
    return firsts <= set(person.firsts) and lasts <= set(person.lasts)


def _join(person: _Person, form: _Form, name: PersonName) -> None:
    person.forms.append(form)
    if person.gender is Gender.UNKNOWN:
        person.gender = name.gender


def _of(person: _Person) -> Entry:
    best = max(person.forms, key=lambda form: form.score)
    forms = sorted((form.form for form in person.forms), key=lambda form: -len(form))
    return Entry(
        id=new_id(),
        kind=Kind.PERSON,
        forms=tuple(dict.fromkeys(forms)),
        firsts=tuple(person.firsts.values()),
        lasts=tuple(person.lasts.values()),
        gender=person.gender,
        score=best.score,
        source=best.source,
    )
