"""What is proposed for each name: to replace it or to keep it, and by what. The evaluator decides."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from itertools import count

from qualikit.corpus.pseudonyms import lists
from qualikit.corpus.pseudonyms.grouping import key_of
from qualikit.corpus.pseudonyms.model import Decision, Entry, Gender, Kind, Style
from qualikit.corpus.pseudonyms.words import folded, keys_of
from qualikit.i18n import _

SURE = 0.55
"""From this score on a person, a number, an address is proposed for replacing; below, it waits for a decision."""

_VOWELS = frozenset("aeiouy")


def mark(kind: Kind) -> str:
    """What stands in the text instead of a thing that gets no invented name."""
    return {
        Kind.PERSON: _("[personne]"),
        Kind.PLACE: _("[lieu]"),
        Kind.ORGANISATION: _("[organisme]"),
        Kind.PHONE: _("[téléphone]"),
        Kind.MAIL: _("[adresse électronique]"),
        Kind.ADDRESS: _("[adresse]"),
        Kind.NUMBER: _("[numéro]"),
        Kind.LINK: _("[lien]"),
        Kind.DATE: _("[date]"),
        Kind.OTHER: _("[nom]"),
    }[kind]


def decide(entry: Entry) -> Decision:
    """What is proposed for an entry that nobody has looked at. A place waits for the evaluator: what a study says of a
    town is often what it is read for."""
    if entry.source in ("territory", "institution", "wide"):
        return Decision.KEEP
    if entry.kind in (Kind.PLACE, Kind.ORGANISATION, Kind.OTHER) or entry.score < SURE:
        return Decision.PENDING
    return Decision.REPLACE


def merged(known: Sequence[Entry], fresh: Sequence[Entry]) -> list[Entry]:
    """What a new search found, added to what is known: decisions and pseudonyms stand, new forms join their entry.

    A form that the evaluator has already put somewhere stays there.
    """
    result = list(known)
    place = {key_of(entry.kind, form): number for number, entry in enumerate(result) for form in entry.forms}
    parts = {
        keys_of(part): number
        for number, entry in enumerate(result)
        for part in (*entry.firsts, *entry.lasts)
        if entry.kind is Kind.PERSON
    }
    for entry in fresh:
        homes = {place[key] for form in entry.forms if (key := key_of(entry.kind, form)) in place}
        if not homes and entry.kind is Kind.PERSON and len(entry.forms) == 1:
            homes = {parts[key] for form in entry.forms if (key := keys_of(form)) in parts}
        if not homes:
            result.append(entry)
            continue
        home = min(homes)
        new = [form for form in entry.forms if key_of(entry.kind, form) not in place]
        before = result[home]
        if before.kind is Kind.PERSON and entry.kind is Kind.PERSON:
            result[home] = before.having(
                forms=(*before.forms, *new),
                firsts=_with(before.firsts, entry.firsts),
                lasts=_with(before.lasts, entry.lasts),
                gender=entry.gender if before.gender is Gender.UNKNOWN else before.gender,
            )
        elif new:
            result[home] = before.having(forms=(*before.forms, *new))
    return result


def _with(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    known = {keys_of(one) for one in old}
    return (*old, *(one for one in new if keys_of(one) not in known))


def proposed(entries: Iterable[Entry], style: Style, present: Iterable[str] = ()) -> list[Entry]:
    """The entries, each with a pseudonym where it has none. ``present``: words of the texts, folded, which no invented
    name may be. Family names are invented once: two people of one name keep one."""
    entries = list(entries)
    namer = _Namer(entries, style, present)
    return [entry if entry.pseudonym or entry.decision is Decision.KEEP else namer.name(entry) for entry in entries]


class _Namer:
    def __init__(self, entries: Sequence[Entry], style: Style, present: Iterable[str]) -> None:
        self.style = style
        # Drawn by lot, but the same lot for the same names: a proposal made again is the same.
        self.lot = random.Random("|".join(sorted(form for entry in entries for form in entry.forms)))
        taken = {key for entry in entries for form in entry.forms for key in keys_of(form)}
        self.taken = taken | set(present) | {key for entry in entries for key in keys_of(entry.pseudonym)}
        self.used = {entry.pseudonym for entry in entries if entry.pseudonym}
        self.families: dict[tuple[str, ...], str] = {}
        for entry in entries:
            words = entry.pseudonym.split()
            if entry.kind is Kind.PERSON and not entry.whole and entry.lasts and words:
                last = words[-1]
                self.families.update({keys_of(name): last for name in entry.lasts})

    def name(self, entry: Entry) -> Entry:
        if entry.kind is not Kind.PERSON:
            return entry.having(pseudonym=self._mark(entry), whole=True)
        if self.style is not Style.NAMES:
            pattern = _("Personne {n}") if self.style is Style.NUMBERS else "P{n:02}"
            return entry.having(pseudonym=self._numbered(pattern), whole=True)
        return entry.having(pseudonym=self._invented(entry), whole=False)

    def _numbered(self, pattern: str, first: int = 1) -> str:
        name = next(name for n in count(first) if (name := pattern.format(n=n)) not in self.used)
        self.used.add(name)
        return name

    def _mark(self, entry: Entry) -> str:
        bare = mark(entry.kind)
        if entry.kind is Kind.PLACE and " ".join(keys_of(entry.name)) in lists.CITIES:
            bare = _("[ville]")
        if entry.kind not in (Kind.PLACE, Kind.ORGANISATION, Kind.OTHER):
            return bare  # nobody needs to tell one telephone number from another
        if bare not in self.used:
            self.used.add(bare)
            return bare
        return self._numbered(bare[:-1] + " {n}]", first=2)

    def _invented(self, entry: Entry) -> str:
        other = any(
            keys_of(name)[:1] and keys_of(name)[0] in lists.OTHER_USAGE for name in (*entry.firsts, *entry.lasts)
        )
        usage = "other" if other else "french"
        parts = []
        if entry.firsts:
            women, men = lists.WOMEN[usage], lists.MEN[usage]
            pool = {Gender.WOMAN: women, Gender.MAN: men, Gender.UNKNOWN: lists.EITHER}[entry.gender]
            parts.append(self._draw(pool, entry.firsts[0]))
        if entry.lasts:
            known = next(
                (self.families[keys] for name in entry.lasts if (keys := keys_of(name)) in self.families), None
            )
            last = known or self._draw(lists.FAMILY[usage], entry.lasts[0])
            self.families.update({keys_of(name): last for name in entry.lasts})
            parts.append(last)
        name = " ".join(parts)
        self.used.add(name)
        return name

    def _draw(self, pool: Sequence[str], real: str) -> str:
        """A name of the pool that nobody has; with a vowel at its head where the real one has: « d' » stays « d' »."""
        free = [name for name in pool if not set(keys_of(name)) & self.taken]
        vowel = folded(real)[:1] in _VOWELS
        alike = [name for name in free if (folded(name)[0] in _VOWELS) == vowel and folded(name)[0] != folded(real)[:1]]
        among = alike or free
        if not among:  # more people than names: numbered ones are still apart
            return self._numbered(pool[0] + " {n}", first=2)
        name = self.lot.choice(among)
        self.taken |= set(keys_of(name))
        return name
