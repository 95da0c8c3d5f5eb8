"""A text with its names replaced: case, title and elision agree with what comes in."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qualikit.corpus.pseudonyms import lists
from qualikit.corpus.pseudonyms.model import Decision, Entry, Gender, Kind, Match
from qualikit.corpus.pseudonyms.words import folded, keys_of, words_of
from qualikit.rebasing import Edit, edited

_ELIDED = re.compile(r"\b(d|l|qu|jusqu|lorsqu|puisqu|quoiqu)(['’])\s?$", re.IGNORECASE)
_FULL = re.compile(r"\b(de|que|jusque|lorsque|puisque|quoique)\s$", re.IGNORECASE)
_TITLE = re.compile(r"\b([^\W\d_]+)(\.?[ \u00a0\u202f])$")
_VOWELS = frozenset("aeiouy")


def edits(text: str, matches: Iterable[Match]) -> list[Edit]:
    """What changes in the text, in order, for the matches that are to be replaced."""
    result: list[Edit] = []
    for match in matches:
        if match.entry.decision is Decision.REPLACE and match.entry.pseudonym:
            result += _by_word(text, _edit(text, match, result[-1].stop if result else 0))
    return result


def _by_word(text: str, edit: Edit) -> list[Edit]:
    """A name of several words replaced by as many is so many edits: a passage that begins in the middle keeps its
    half."""
    old, new = _words(text[edit.start : edit.stop]), _words(edit.text)
    if len(old) < 2 or len(old) != len(new):
        return [edit]
    pieces, place = [], edit.start
    for before, after in zip(old, new, strict=True):
        start = text.index(before, place)
        place = start + len(before)
        if before != after:
            pieces.append(Edit(start, place, after))
    return pieces


def _words(text: str) -> list[str]:
    """What stands between spaces, all of the text if it begins or ends with one."""
    return text.split(" ") if text == " ".join(text.split()) else [text]


def rewritten(text: str, matches: Iterable[Match]) -> str:
    """The text with the matches that are to be replaced."""
    return edited(text, edits(text, matches))


def _edit(text: str, match: Match, after: int) -> Edit:
    form = text[match.start : match.stop]
    start, new = match.start, replacement(match.entry, form)
    before = text[max(after, start - 24) : start]
    if match.entry.whole and match.entry.kind is Kind.PERSON:
        title = _TITLE.search(before)
        if title is not None and folded(title.group(1)) in lists.TITLES:
            start -= len(title.group())
            before = before[: title.start()]
    if elided := _ELIDED.search(before):
        full = _opened(elided.group(1), match.entry.gender)
        if not _is_vowel(new) and full is not None:
            start -= len(elided.group())
            new = f"{full} {new}"
    elif (opened := _FULL.search(before)) and _is_vowel(new):
        word = opened.group(1)
        start -= len(opened.group())
        new = f"{word[:-1]}{_apostrophe(text)}{new}"
    return Edit(start, match.stop, new)


def replacement(entry: Entry, form: str) -> str:
    """What stands for one form of an entry, in the form's capitals."""
    new = entry.pseudonym
    if entry.kind is Kind.PERSON and not entry.whole:
        new = _person(entry, form)
    else:
        return new
    letters = [character for character in form if character.isalpha()]
    if len(letters) > 2 and all(map(str.isupper, letters)):
        return new.upper()
    if letters and all(map(str.islower, letters)):
        return new.lower()
    return new


def _person(entry: Entry, form: str) -> str:
    """Given name for given name, family name for family name; of the form's order, initials, titles nothing is lost."""
    given, family = halves(entry)
    keys = keys_of(form)
    words = words_of(form)
    titled = form[: words[1].start] if len(words) > 1 and words[0].key in lists.TITLES else ""
    firsts = any(_within(keys_of(name), keys) for name in entry.firsts)
    lasts = any(_within(keys_of(name), keys) for name in entry.lasts)
    capitals = {word.key for word in words if len(word.text) > 2 and word.text.isupper()}
    if any(set(keys_of(name)) <= capitals for name in entry.lasts):  # « BENALI Fatima »
        family = family.upper()
    if firsts and lasts:
        turned = any(keys[: len(keys_of(name))] == keys_of(name) for name in entry.lasts)
        return titled + (f"{family} {given}" if turned else f"{given} {family}").strip()
    if firsts:
        return titled + (given or family)
    if lasts:
        return titled + (family or given)
    return titled + entry.pseudonym


def halves(entry: Entry) -> tuple[str, str]:
    """Given and family name of a pseudonym, either of which may be empty."""
    words = entry.pseudonym.split()
    if not entry.lasts:
        return entry.pseudonym, ""
    if not entry.firsts:
        return "", entry.pseudonym
    return (words[0], " ".join(words[1:])) if len(words) > 1 else (entry.pseudonym, "")


def _within(part: tuple[str, ...], keys: tuple[str, ...]) -> bool:
    return any(keys[i : i + len(part)] == part for i in range(len(keys) - len(part) + 1))


def _opened(word: str, gender: Gender) -> str | None:
    """The full form of an elided word: « d' » is « de »; « l' » is « le » or « la », and stays where nobody knows."""
    if word.lower() == "l":
        article = {Gender.WOMAN: "la", Gender.MAN: "le"}.get(gender)
        return None if article is None else article.capitalize() if word.isupper() else article
    return word + "e"


def _is_vowel(word: str) -> bool:
    return folded(word)[:1] in _VOWELS


def _apostrophe(text: str) -> str:
    return "’" if text.count("’") > text.count("'") else "'"
