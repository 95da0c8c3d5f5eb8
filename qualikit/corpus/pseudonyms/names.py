"""A person's name taken apart: title, given names, family names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualikit.corpus.pseudonyms import lists
from qualikit.corpus.pseudonyms.model import Gender
from qualikit.corpus.pseudonyms.words import words_of
from qualikit.corpus.vocabulary import PARTICLES


@dataclass(frozen=True)
class PersonName:
    """``firsts`` and ``lasts`` as written; a compound (« Jean-Marie », « Ben Amar ») is one."""

    firsts: tuple[str, ...]
    lasts: tuple[str, ...]
    gender: Gender
    titled: bool


def parse(form: str, titles: Sequence[str] = ()) -> PersonName:
    """A form with what is known of the titles it bears.

    A single word is a given name where the list has it and no title says otherwise (« Mme Martin »); of several, the
    first is, unless only the last one can be (« BENALI Fatima »).
    """
    said = [word.key for word in words_of(form) if word.key in lists.TITLES] + [title.lower() for title in titles]
    parts = parts_of(form)
    gender = gender_of_titles(said)
    if not parts:
        return PersonName((), (), gender, bool(said))
    if len(parts) == 1:
        given = is_given(parts[0]) and not said
        name = (
            PersonName((parts[0],), (), gender, bool(said))
            if given
            else PersonName((), (parts[0],), gender, bool(said))
        )
    elif is_given(parts[-1]) and not is_given(parts[0]):
        name = PersonName((parts[-1],), (" ".join(parts[:-1]),), gender, bool(said))
    elif said and not is_given(parts[0]):
        name = PersonName((), (" ".join(parts),), gender, True)
    else:
        name = PersonName((parts[0],), (" ".join(parts[1:]),), gender, bool(said))
    if name.gender is Gender.UNKNOWN and name.firsts:
        return PersonName(name.firsts, name.lasts, gender_of(name.firsts[0]), name.titled)
    return name


def parts_of(form: str) -> list[str]:
    """The words of a name without titles, hyphenated ones together, particles with what follows."""
    words = [word for word in words_of(form) if word.key not in lists.TITLES and not word.text.isdigit()]
    parts: list[str] = []
    start: int | None = None
    for number, word in enumerate(words):
        if start is None:
            start = word.start
        following = words[number + 1] if number + 1 < len(words) else None
        gap = form[word.stop : following.start] if following else ""
        if following is not None and ("-" in gap or "'" in gap or "’" in gap or word.key in PARTICLES - {"m"}):
            continue
        parts.append(form[start : word.stop])
        start = None
    return parts


def is_given(part: str) -> bool:
    """Whether a part of a name is a given name of the list, compound ones included (« Jean-Marie »)."""
    keys = [word.key for word in words_of(part)]
    return bool(keys) and (" ".join(keys) in lists.GIVEN or keys[0] in lists.GIVEN)


def gender_of_titles(titles: Sequence[str]) -> Gender:
    """What « Mme », « M. » say."""
    women, men = any(t in lists.TITLES_WOMEN for t in titles), any(t in lists.TITLES_MEN for t in titles)
    return Gender.WOMAN if women and not men else Gender.MAN if men and not women else Gender.UNKNOWN


def gender_of(given: str) -> Gender:
    """Of a given name in the list, whose first word decides (« Marie-Pierre »); unknown elsewhere."""
    words = words_of(given)
    if not words or words[0].key in lists.EITHER_FOLDED:
        return Gender.UNKNOWN
    key = words[0].key
    return Gender.WOMAN if key in lists.WOMEN_FOLDED else Gender.MAN if key in lists.MEN_FOLDED else Gender.UNKNOWN
