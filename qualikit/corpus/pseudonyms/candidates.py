"""Where names may stand in a text: what each clue says, put together word by word.

A name is a run of words: capitals that no dictionary or sentence explains, given names, what follows « Madame », what
the language model takes for an entity, the names already known. Each run gets a kind and a score from its best clue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from qualikit.corpus.pseudonyms import lists, patterns
from qualikit.corpus.pseudonyms.lexicon import Common
from qualikit.corpus.pseudonyms.model import Found, Kind
from qualikit.corpus.pseudonyms.names import parts_of as _parts
from qualikit.corpus.pseudonyms.words import Word, begins_sentence, is_lower_case, is_title, joined, keys_of, words_of
from qualikit.corpus.vocabulary import PARTICLES, PEOPLE

Entity = tuple[int, int, Kind]

_LONGEST = 6  # words in one name
_BOUND = PARTICLES | {"en", "sur", "sous", "les", "aux", "ben", "bel", "ait", "saint", "sainte", "et"}
_CALLED = re.compile(
    r"(?:m['’]\s?appelle|s['’]\s?appell?e|s['’]\s?appelait|appelle[sz]? moi|prénom(?:me)?,?(?: c['’]est)?|nomm[ée]e?"
    r"|moi c['’]est|je suis)\s+$",
    re.IGNORECASE,
)
_TOWARDS = frozenset(("a", "vers", "depuis", "sur", "en", "jusqu", "pres"))
_GROUP = re.compile(
    r"(?:association|collectif|entreprise|société|cabinet|clinique|école|collège|lycée|résidence|foyer|centre|club|magasin"
    r"|garage|boulangerie|pharmacie|agence)\s+(?:de\s+la\s+|de\s+l['’]|des?\s+|du\s+|d['’]|les?\s+|la\s+|l['’])*$",
    re.IGNORECASE,
)
_FROM_MODEL = {Kind.PERSON: 0.75, Kind.PLACE: 0.65, Kind.ORGANISATION: 0.5, Kind.OTHER: 0.4}


@dataclass(frozen=True)
class Known:
    """What the project says of names before any text is read. All as :func:`words.keys_of` writes them."""

    people: frozenset[tuple[str, ...]] = frozenset()
    """Names of speakers, and names that the evaluator gave, titles left out."""
    parts: frozenset[str] = field(default=frozenset())
    """Each given and family name among them."""
    territories: frozenset[tuple[str, ...]] = frozenset()
    """Places that the study is about."""

    @classmethod
    def of(cls, people: Iterable[str], territories: Iterable[str] = ()) -> Known:
        people = list(people)
        names = set()
        for name in people:
            keys = tuple(key for key in keys_of(name) if key not in lists.TITLES)
            if is_name(keys):
                names.add(keys)
        # « Jean-Marie » is one given name: neither Jean nor Marie is named by it.
        alone = (keys_of(part) for name in people for part in _parts(name))
        parts = {keys[0] for keys in alone if len(keys) == 1 and len(keys[0]) > 2 and is_name(keys)}
        places = [keys for place in territories if (keys := keys_of(place))]
        parts -= {keys[0] for keys in places if len(keys) == 1}
        return cls(frozenset(names), frozenset(parts), frozenset(places))


def is_name(keys: Sequence[str]) -> bool:
    """Whether the words of a label name somebody: « Chercheuse », « P1 », « Homme 2 » do not."""
    return any(
        len(key) > 1 and not key.isdigit() and key not in PEOPLE and key not in lists.TITLES and key not in PARTICLES
        for key in keys
    )


def find(text: str, common: Common, entities: Sequence[Entity], known: Known) -> list[Found]:
    """The names of one text, in order, none over another."""
    shaped = _apart(patterns.find(text))
    free = _outside(words_of(text), shaped)
    reading = _Reading(text, free, common, entities, known, is_lower_case(text))
    return _apart([*shaped, *reading.names()])


def _apart(found: Iterable[Found]) -> list[Found]:
    """Those that stand, where some overlap: the surest, then the longest."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda each: (-(each.source == "pattern"), -(each.stop - each.start), -each.score)):
        if one.form and not any(one.start < other.stop and other.start < one.stop for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda each: each.start)


def _outside(words: Sequence[Word], spans: Sequence[Found]) -> list[Word]:
    free, position = [], 0
    for word in words:
        while position < len(spans) and spans[position].stop <= word.start:
            position += 1
        if position == len(spans) or word.stop <= spans[position].start:
            free.append(word)
    return free


class _Reading:
    """One text while it is read."""

    def __init__(
        self,
        text: str,
        words: Sequence[Word],
        common: Common,
        entities: Sequence[Entity],
        known: Known,
        lower: bool,
    ) -> None:
        self.text, self.words, self.common, self.known, self.lower = text, words, common, known, lower
        self.entities = sorted(entities)
        self._entity = 0

    def names(self) -> Iterator[Found]:
        position = 0
        while position < len(self.words):
            length = self._length(position)
            if length:
                found = self._named(position, length)
                if found is not None:
                    yield found
            position += length or 1

    # -- how far a name goes

    def _common(self, word: Word) -> bool:
        return self.common(word.text.lower())

    def _starts(self, position: int) -> bool:
        word = self.words[position]
        if word.text.isdigit() or (len(word.text) == 1 and not self._initial(position)):
            return False
        if word.key in lists.OPENERS or word.key in PEOPLE or (word.key in lists.TITLES and not self._acronym(word)):
            return False
        if word.capital:
            return self._starts_with_capital(position, word)
        if self._after_title(position):
            return not self._common(word) or self.lower
        if word.key in lists.GIVEN or word.key in self.known.parts:
            alone = word.key not in lists.ALSO_WORDS or self._called(word) or self._compound(position)
            said = self.lower and alone
            return said or not self._common(word)
        return not self._common(word) and (word.key in lists.CITIES or (self.lower and len(word.text) > 2))

    def _starts_with_capital(self, position: int, word: Word) -> bool:
        if not self._common(word) or self._after_title(position):
            return True
        if not begins_sentence(self.text, word.start):
            return word.key not in _BOUND or self._capital_follows(position)
        if word.key in lists.GIVEN:
            return word.key not in lists.ALSO_WORDS or self._capital_follows(position) or self._labels(word)
        return word.key in self.known.parts and (self._capital_follows(position) or self._labels(word))

    def _compound(self, position: int) -> bool:
        """« marie-laure »."""
        here, after = self.words[position], self.words[position + 1 : position + 2]
        return bool(after) and self.text[here.stop : after[0].start] == "-" and after[0].key in lists.GIVEN

    def _labels(self, word: Word) -> bool:
        return self.text[word.stop : word.stop + 3].lstrip(" \u00a0\u202f]").startswith(":")

    def _acronym(self, word: Word) -> bool:
        return len(word.text) > 1 and word.text.isupper()

    def _initial(self, position: int) -> bool:
        """« M. B. », « Mme R. »: a letter that stands for a name."""
        return self.words[position].capital and self._after_title(position)

    def _capital_follows(self, position: int) -> bool:
        if position + 1 >= len(self.words):
            return False
        here, following = self.words[position], self.words[position + 1]
        return (
            following.capital
            and joined(self.text, here, following)
            and "." not in self.text[here.stop : following.start]
        )

    def _length(self, position: int) -> int:
        """How many words from there are one name; 0: none begins there."""
        if institution := self._institution(position):
            return institution
        if not self._starts(position):
            return 0
        length = 1
        while length < _LONGEST and position + length < len(self.words):
            step = self._step(position, position + length)
            if not step:
                break
            length += step
        return length

    def _step(self, first: int, position: int) -> int:  # noqa: PLR0911 - one clue a line is the plainest
        """How many words lead from the name so far to its next word; 0: it ends."""
        before, word = self.words[position - 1], self.words[position]
        between = self.text[before.stop : word.start]
        if not joined(self.text, before, word) or ("." in between and len(before.text) > 1):
            return 0
        hyphen = "-" in between
        if word.key in _BOUND and not word.capital:
            after = self.words[position + 1] if position + 1 < len(self.words) else None
            bound = (
                hyphen or self._one_entity(before, after) or (self.words[first].key in lists.GIVEN and word.key != "et")
            )
            if after is not None and bound and joined(self.text, word, after):
                if word.key in {"de", "la"} and after.key == "la" and position + 2 < len(self.words):
                    return (
                        3
                        if self.words[position + 2].capital and self.words[position + 2].key not in lists.INSTITUTIONS
                        else 0
                    )
                if after.capital and after.key not in lists.INSTITUTIONS and word.key != "et":
                    return 2
            return 0
        if hyphen:
            return 1 if not word.text.isdigit() else 0
        if self._acronym(word) != self._acronym(before) and word.key in lists.INSTITUTIONS:
            return 0
        if word.capital and not word.text.isdigit():
            return 1 if word.key not in lists.TITLES else 0
        if self.lower and not self._common(word) and len(word.text) > 2 and word.key not in lists.OPENERS:
            return 1 if before.key in lists.GIVEN else 0
        return 0

    def _one_entity(self, left: Word, right: Word | None) -> bool:
        return right is not None and any(
            start <= left.start and right.stop <= stop for start, stop, _kind in self._entities_at(left.start)
        )

    def _institution(self, position: int) -> int:
        keys = tuple(word.key for word in self.words[position : position + 5])
        for length in range(len(keys), 0, -1):
            if " ".join(keys[:length]) in lists.INSTITUTIONS and (
                length > 1 or self.words[position].capital or not self._common(self.words[position])
            ):
                return length
        return 0

    # -- what it is

    def _entities_at(self, place: int) -> list[Entity]:
        while self._entity < len(self.entities) and self.entities[self._entity][1] <= place - 200:
            self._entity += 1
        near = self.entities[self._entity : self._entity + 24]
        return [entity for entity in near if entity[0] <= place < entity[1]]

    def _after_title(self, position: int) -> bool:
        return position > 0 and is_title(self.text, self.words[position - 1], self.words[position])

    def _called(self, word: Word) -> bool:
        return _CALLED.search(self.text, max(0, word.start - 40), word.start) is not None

    def _named(self, position: int, length: int) -> Found | None:
        words = self.words[position : position + length]
        start, stop = words[0].start, words[-1].stop
        keys = tuple(word.key for word in words)
        kind, score, source = self._clue(position, words, keys)
        if length > 2 and self._heading(start, stop):
            return None
        return Found(start, stop, self.text[start:stop], kind, score, source)

    def _heading(self, start: int, stop: int) -> bool:
        """Whether the name is words of a line that is all in capitals."""
        end = self.text.find("\n", stop)
        return self.text[self.text.rfind("\n", 0, start) + 1 : end if end >= 0 else None].isupper()

    def _clue(  # noqa: PLR0911 - one clue a line is the plainest
        self, position: int, words: Sequence[Word], keys: tuple[str, ...]
    ) -> tuple[Kind, float, str]:
        phrase = " ".join(keys)
        if keys in self.known.people:
            return Kind.PERSON, 1.0, "speaker"
        if keys in self.known.territories:
            return Kind.PLACE, 0.9, "territory"
        if phrase in lists.INSTITUTIONS:
            return Kind.ORGANISATION, 0.6, "institution"
        if self._after_title(position):
            return Kind.PERSON, 0.95, "title"
        group = _GROUP.search(self.text, max(0, words[0].start - 40), words[0].start) is not None
        if any(key in self.known.parts for key in keys) and not group:
            return Kind.PERSON, 0.95, "speaker"
        if phrase in lists.WIDE:
            return Kind.PLACE, 0.6, "wide"
        if phrase in lists.CITIES and keys[0] not in lists.GIVEN:
            return Kind.PLACE, 0.8, "list"
        if (
            keys[0] in lists.GIVEN
            and not group
            and not (len(words) == 1 and self._acronym(words[0]) and len(keys[0]) < 4)
        ):
            return Kind.PERSON, 0.85, "given"
        if self._called(words[0]) and not all(self._common(word) for word in words):
            return Kind.PERSON, 0.85, "title"
        return self._guess(position, words, group)

    def _guess(  # noqa: PLR0911 - one clue a line is the plainest
        self, position: int, words: Sequence[Word], group: bool
    ) -> tuple[Kind, float, str]:
        """What the language model says, else what the words before do."""
        ordinary = all(self._common(word) for word in words)
        acronym = len(words) == 1 and self._acronym(words[0]) and len(words[0].text) < 7
        entity = next(iter(self._entities_at(words[0].start)), None)
        if entity is not None and not acronym:
            kind = Kind.ORGANISATION if group and entity[2] is not Kind.PLACE else entity[2]
            score = _FROM_MODEL[kind]
            return kind, score / 2 if ordinary else score, "model"
        if group:
            return Kind.ORGANISATION, 0.5, "capital"
        if acronym:
            return Kind.ORGANISATION, 0.35, "capital"
        before = self.words[position - 1].key if position else ""
        if not ordinary and before == "chez":
            return Kind.PERSON, 0.55, "capital"
        if not ordinary and before in _TOWARDS:
            return Kind.PLACE, 0.5, "capital"
        if self.lower and not words[0].capital:
            return Kind.OTHER, 0.2, "unknown"
        return Kind.OTHER, 0.25 if ordinary else 0.45, "capital"
