"""Labels of speakers: what looks like one, which are one person spelt twice, who asks and who answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from qualikit.corpus.model import Role
from qualikit.corpus.vocabulary import (
    CIVILITIES,
    FACILITATORS,
    LONG_ROLES,
    NOT_SPEAKERS,
    OBSERVERS,
    PARTICLES,
    PEOPLE,
    RESEARCHERS,
    STARTERS,
)
from qualikit.text import fold

MAX_LENGTH = 48
MAX_WORDS = 6
MAX_COMPARED = 300
"""Labels compared two by two: no conversation has more people."""


class Shape(StrEnum):
    """What a label looks like. All but the last three are speakers as soon as one returns."""

    ROLE = "role"  # Animatrice, Usager 3, La médiatrice
    CODE = "code"  # P1, FG2-3, SPEAKER_00
    INITIALS = "initials"  # CA, JLM, I
    CIVILITY = "civility"  # Mme X, M. DURAND
    NAME = "name"  # Karim, Jordan Bardella; but also any capitalised word
    LOWER = "lower"  # karim; but also any word
    NONE = "none"  # Je précise, Note, Par exemple


STRONG = frozenset({Shape.ROLE, Shape.CODE, Shape.INITIALS, Shape.CIVILITY})

_CODE = re.compile(r"([^\W\d_]{1,14})[ .\-_]?(?:n ?°? ?)?\d{1,3}[a-z]?(?:[-_. ]\d{1,2})?", re.IGNORECASE)
_INITIALS = re.compile(r"[A-ZÀ-Þ]{1,4}|(?:[A-ZÀ-Þ]\.[ \-]?){1,4}|[A-ZÀ-Þ]\.?-[A-ZÀ-Þ]\.?")
_ARTICLES = frozenset({"le", "la", "les", "l", "un", "une"})
_ELIDED = re.compile(r"[DL]['’][A-ZÀ-Þ]")  # D'Alembert is a name, « D'accord » is not
_PARENTHESIS = re.compile(r"\s*\(([^()]*)\)\s*")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def tidy(label: str) -> str:
    """The label as it is shown: one ordinary space between words, no marks of emphasis around."""
    return " ".join(label.split()).strip("*_ ")


@lru_cache(maxsize=8192)
def key(label: str) -> str:
    """What two spellings of one label share: case, accents and spaces set apart."""
    return " ".join(fold(label).split())


@lru_cache(maxsize=8192)
def shape(label: str) -> Shape:
    """What a label looks like, taken alone."""
    label = _PARENTHESIS.sub(" ", tidy(label)).strip()
    words = _WORDS.findall(fold(label))
    if not words or len(label) > MAX_LENGTH or len(label.split()) > MAX_WORDS:
        return Shape.NONE
    named = _person_shape(label, words)
    if named is None:
        return _name_shape(label, words)
    return named


def _person_shape(label: str, words: list[str]) -> Shape | None:
    """Shape of a label whose words or figures say what it is, a person or not; None where they do not."""
    bare = words[1:] if words[0] in _ARTICLES and len(words) > 1 else words
    code = _CODE.fullmatch(label)
    found: Shape | None = None
    if words[0] in CIVILITIES and len(words) > 1:
        found = Shape.CIVILITY if label.rpartition(" ")[2][:1].isupper() or len(words[-1]) == 1 else Shape.NONE
    elif bare[0] in PEOPLE and (len(bare) > 1 or len(bare[0]) > 3) and not set(bare[1:]) & STARTERS - PARTICLES:
        found = Shape.ROLE
    elif words[0] in NOT_SPEAKERS:
        found = Shape.NONE
    elif code:
        letters = fold(code.group(1))
        found = Shape.NONE if letters in NOT_SPEAKERS or (letters in STARTERS and len(letters) > 1) else Shape.CODE
    elif _INITIALS.fullmatch(label) and (len(words[0]) < 3 or words[0] not in STARTERS):
        found = Shape.INITIALS
    elif (
        (words[0] in STARTERS and not _ELIDED.match(label))
        or any(c.isdigit() for c in label)
        or re.search(r"[.]\s+\S{3}", label)
    ):
        found = Shape.NONE
    return found


def _name_shape(label: str, words: list[str]) -> Shape:
    parts = [part for part in re.split(r"[\s'’/&]+", label) if part]
    if all(part[0].isupper() or (i and fold(part) in PARTICLES) for i, part in enumerate(parts)):
        return Shape.NAME if len(parts) <= 4 else Shape.NONE
    return Shape.LOWER if len(words) == len(parts) == 1 and label.isalpha() and label.islower() else Shape.NONE


@dataclass(frozen=True)
class Merge:
    """An offer: these labels look like one person, to be called ``into``."""

    labels: tuple[str, ...]
    into: str


def variants(counts: Mapping[str, int]) -> tuple[Merge, ...]:
    """Labels that look like one spelt several ways, most frequent spelling first, unless another is a known word.

    ``counts``: label → number of turns. A slip is one letter in a word of six or more, two in nine or more; digits
    and short words (« P1 », « Mme A ») must be the same, and so must the end of a name (« Martin », « Martine »).
    """
    groups: list[list[str]] = []
    for label in sorted(counts, key=lambda name: (-counts[name], name))[:MAX_COMPARED]:
        for group in groups:
            if any(same_spelt_otherwise(label, other) for other in group):
                group.append(label)
                break
        else:
            groups.append([label])
    merges = []
    for group in groups:
        into = _well_spelt(group)
        if len(group) > 1 or into != group[0]:
            merges.append(Merge(tuple(group), into))
    return tuple(merges)


def _well_spelt(group: list[str]) -> str:
    known = [label for label in group if key(label) in PEOPLE]
    if known or len(group[0].split()) > 1:
        return known[0] if known else group[0]
    slip = {word for word in LONG_ROLES if _close(key(group[0]), word)}
    if len(slip) != 1:
        return group[0]
    word = slip.pop()
    return word.capitalize() if group[0][:1].isupper() else word


def same_spelt_otherwise(one: str, other: str) -> bool:
    """True where two labels are one spelt two ways: case, accents, joints, or a slip of the pen."""
    words, others = (re.sub(r"[\W_]+", " ", key(label)).split() for label in (one, other))
    if words == others:
        return bool(words)
    if len(words) == len(others) == 1 and words[0] in PEOPLE and others[0] in PEOPLE:
        return False
    return len(words) == len(others) and all(
        word == other_word or _close(word, other_word) for word, other_word in zip(words, others, strict=True)
    )


def _close(word: str, other: str) -> bool:
    """True where one word is a slip of the pen for the other, and not its feminine, its plural or a neighbour."""
    from rapidfuzz.distance import DamerauLevenshtein

    if word == other or not (word.isalpha() and other.isalpha()):
        return False
    shorter = min(len(word), len(other))
    allowed = 2 if shorter >= 9 else 1 if shorter >= 6 else 0
    if DamerauLevenshtein.distance(word, other, score_cutoff=allowed) > allowed:
        return False
    return word[-2:] == other[-2:] and word[0] == other[0]


@dataclass(frozen=True)
class Heard:
    """What is known of one label before anybody reads: its turns, the words in them, how many ask something."""

    turns: int
    words: int
    questions: int


def guess_roles(heard: Mapping[str, Heard]) -> dict[str, Role]:
    """Role of each label: by its words first, then, for bare letters and numbers, by who asks.

    A researcher makes an « animatrice » who answers one participant among others (one animates a social centre as
    well as a focus group). « P1 » among initials or names is the presenter; among P2… P8 a participant.
    """
    roles = dict.fromkeys(heard, Role.PARTICIPANT)
    words = {label: _role_word(label) for label in heard}
    for label, word in words.items():
        if word in OBSERVERS:
            roles[label] = Role.OBSERVER
        elif word in RESEARCHERS:
            roles[label] = Role.MODERATOR
    researchers = [label for label in heard if roles[label] is Role.MODERATOR]
    if not researchers or len(heard) > len(researchers) + 1:
        roles.update({label: Role.MODERATOR for label, word in words.items() if word in FACILITATORS})
    if Role.MODERATOR not in roles.values():
        roles.update(dict.fromkeys(_askers(heard), Role.MODERATOR))
    return roles


def said_role(name: str) -> Role | None:
    """The role that a name says by itself (« Animatrice », « Claire (observatrice) »); None where it says none."""
    word = _role_word(name)
    if word in OBSERVERS:
        return Role.OBSERVER
    return Role.MODERATOR if word in RESEARCHERS | FACILITATORS else None


def _asks_the_other(heard: Mapping[str, Heard]) -> list[str]:
    """Of two people, the one who nearly always asks, briefly, and is hardly ever asked."""
    (one, first), (other, second) = heard.items()
    for label, asker, asked in ((one, first, second), (other, second, first)):
        brief = asker.words / asker.turns < asked.words / asked.turns / 2
        if brief and asker.turns >= 3 and asker.questions >= 0.6 * asker.turns and asked.questions <= 0.3 * asked.turns:
            return [label]
    return []


def _role_word(label: str) -> str:
    """The word that says the role, where nothing else in the label says another trade; empty otherwise."""
    inside = _PARENTHESIS.search(label)
    for text in ([inside.group(1)] if inside else []) + [_PARENTHESIS.sub(" ", label)]:
        words = [word for word in _WORDS.findall(fold(text)) if word not in {"le", "la", "l", "l'"}]
        roles = [word for word in (_nearest_role(word) for word in words) if word]
        # « Animatrice 1 », « Animatrice - Claire », « Claire (animatrice) »; not « animatrice du centre social ».
        if roles and not (set(words) & {"de", "du", "des", "d"}) and not _other_trade(words, roles[0]):
            return roles[0]
    return ""


@lru_cache(maxsize=4096)  # the same words come back in every file of a corpus
def _nearest_role(word: str) -> str:
    roles = RESEARCHERS | FACILITATORS | OBSERVERS
    if word in roles:
        return word
    near = [role for role in LONG_ROLES if _close(word, role)] if word not in PEOPLE else []
    return near[0] if len(near) == 1 and near[0] in roles else ""


def _other_trade(words: list[str], role: str) -> bool:
    rest = [word for word in words if word != role and _nearest_role(word) != role]
    return any(
        word in {"socioculturel", "socioculturelle", "numerique", "sportif", "sportive", "jeunesse"} for word in rest
    )


_PAIRS = {("i", "e"): "i", ("q", "r"): "q", ("i", "r"): "i", ("i", "p"): "i", ("e", "r"): "e", ("q", "a"): "q"}


def _askers(heard: Mapping[str, Heard]) -> Iterable[str]:
    by_key = {key(label): label for label in heard}
    for pair, asker in _PAIRS.items():
        if set(by_key) == set(pair):
            return [by_key[asker]]
    if "question" in by_key and "reponse" in by_key:
        return [by_key["question"]]
    if len(heard) == 2:
        return _asks_the_other(heard)
    presenters = [label for name, label in by_key.items() if re.fullmatch(r"p ?[123]", name)]
    others = [label for label in heard if label not in presenters]
    if not presenters or len(others) < 2 or any(shape(label) is Shape.CODE for label in others):
        return []
    asked = sum(heard[label].questions for label in presenters) / sum(heard[label].turns for label in presenters)
    length = sum(heard[label].words for label in presenters) / sum(heard[label].turns for label in presenters)
    usual = sum(heard[label].words for label in others) / sum(heard[label].turns for label in others)
    return presenters if asked >= 0.2 or length < usual else []
