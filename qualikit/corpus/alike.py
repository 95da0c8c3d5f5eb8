"""People of several documents who may be one: proposals, with their scores and reasons, never taken for granted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from qualikit.corpus.model import Role
from qualikit.corpus.near_people import is_generic, likeness, surnames, tokens
from qualikit.corpus.people import Person
from qualikit.i18n import _

PROPOSED = 60
"""Score from which two people are proposed as one."""
CROWD = 200
"""People who share a word of their names: past that it is a word, not a name."""


@dataclass(frozen=True)
class Alike:
    """People who may be one, who speaks most first; the lowest of their scores two by two, and why."""

    people: tuple[Person, ...]
    score: int
    why: tuple[str, ...]

    @property
    def key(self) -> str:
        """What the proposal is known by, whatever else changes."""
        return " ".join(sorted(person.id for person in self.people))


def alike(people: Sequence[Person], apart: Iterable[str] = ()) -> list[Alike]:
    """Proposals, the surest first. ``apart``: keys of those that were refused.

    A label that many people go by (« P1 », « Animatrice », « JL ») says nothing across documents, and a first name
    alone little: the territory decides. People who speak in one document, with each other, are two unless their names
    differ by a slip of the pen.
    """
    refused = {frozenset(key.split()) for key in apart}
    links: dict[tuple[str, str], tuple[int, tuple[str, ...]]] = {}
    by_id = {person.id: person for person in people}
    for one, other in _candidates(people):
        score, why = _compare(one, other)
        if score >= PROPOSED and frozenset((one.id, other.id)) not in refused:
            links[one.id, other.id] = links[other.id, one.id] = (score, why)
    found = []
    for group in _groups(links):
        pairs = [links[pair] for pair in combinations(group, 2)]
        reasons = tuple(dict.fromkeys(reason for _score, why in pairs for reason in why))
        members = sorted((by_id[id] for id in group), key=lambda person: (-person.turns, person.name, person.id))
        if frozenset(group) not in refused:
            found.append(Alike(tuple(members), min(score for score, _why in pairs), reasons))
    return sorted(found, key=lambda each: (-each.score, each.people[0].name, each.key))


def _candidates(people: Sequence[Person]) -> Iterable[tuple[Person, Person]]:
    """Pairs whose names share a word, or one that a slip of the pen would leave: its first letter and its last two."""
    sharing: dict[str, list[int]] = defaultdict(list)
    for place, person in enumerate(people):
        if is_generic(person.name):
            continue
        for word in tokens(person.name):
            if len(word) >= 3:
                sharing[word].append(place)
            if len(word) >= 6:
                sharing[f"{word[0]}…{word[-2:]}"].append(place)
    pairs = {
        pair for places in sharing.values() if len(places) <= CROWD for pair in combinations(sorted(set(places)), 2)
    }
    for one, other in sorted(pairs):
        yield people[one], people[other]


def _compare(one: Person, other: Person) -> tuple[int, tuple[str, ...]]:
    like = likeness(one.name, other.name)
    score, why = like.score, [like.why]
    if like.score < PROPOSED:
        return 0, ()
    if not (surnames(one.name) and surnames(other.name)):
        score -= 25
        why.append(_("mais rien qu'un prénom ou un mot"))
    here, there = set(one.territories), set(other.territories)
    if here & there:
        score += 5
        why.append(_("même territoire ({name})").format(name=sorted(here & there)[0]))
    elif here and there:
        score -= 20
        why.append(_("mais territoires différents ({names})").format(names=", ".join(sorted(here | there))))
    actors = set(one.actors), set(other.actors)
    if all(actors) and not actors[0] & actors[1]:
        score -= 15
        why.append(_("mais types d'acteur différents ({names})").format(names=", ".join(sorted(actors[0] | actors[1]))))
    if one.role is not other.role:
        score -= 10 if Role.PARTICIPANT in {one.role, other.role} else 0
        why.append(_("mais rôles différents"))
    together = {place.title for place in one.places} & {place.title for place in other.places}
    if together:
        score -= 5 if like.score in {90, 98} else 40
        why.append(_("parlent dans le même document ({title})").format(title=sorted(together)[0]))
    return max(0, min(99, score)), tuple(why)


def _groups(links: dict[tuple[str, str], tuple[int, tuple[str, ...]]]) -> list[list[str]]:
    """People who are all alike two by two, the surest pairs joined first: a chain of likenesses is not a person."""
    groups: dict[str, list[str]] = {}
    for one, other in sorted((pair for pair in links if pair[0] < pair[1]), key=lambda pair: (-links[pair][0], pair)):
        first, second = groups.setdefault(one, [one]), groups.setdefault(other, [other])
        if first is second or not all((a, b) in links for a in first for b in second):
            continue
        first += second
        for id in second:
            groups[id] = first
    return [list(group) for group in dict.fromkeys(map(tuple, groups.values())) if len(group) > 1]
