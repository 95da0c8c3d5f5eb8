"""Where the names of a key stand in a text, whatever their accents and capitals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qualikit.corpus.pseudonyms import lists
from qualikit.corpus.pseudonyms.grouping import WORDS
from qualikit.corpus.pseudonyms.lexicon import Common
from qualikit.corpus.pseudonyms.model import Decision, Entry, Kind, Match
from qualikit.corpus.pseudonyms.words import Word, begins_sentence, is_lower_case, is_title, joined, keys_of, words_of


@dataclass(frozen=True)
class _Form:
    keys: tuple[str, ...]
    entry: Entry
    careful: bool
    """Its words are words of the language too (« Rose », « Petit »): only a capital no sentence explains counts."""


def never(_word: str) -> bool:
    """For callers that have no dictionary: no word is an ordinary one."""
    return False


class Matcher:
    """The names to be found. Those that are kept are found too, so that a longer kept name (« rue Martin ») protects
    what is inside it; the caller looks at ``match.entry.decision``."""

    def __init__(self, entries: Iterable[Entry], common: Common = never) -> None:
        self._by_first: dict[str, list[_Form]] = {}
        self._exact: list[tuple[str, Entry]] = []
        seen: set[tuple[str, ...]] = set()
        ordered = sorted(entries, key=lambda entry: entry.decision is not Decision.REPLACE)
        for explicit in (True, False):
            for entry in ordered:
                for form in entry.forms if explicit else _combined(entry):
                    if entry.kind not in WORDS:
                        self._exact.append((form, entry))
                    elif (keys := keys_of(form)) and keys not in seen:
                        seen.add(keys)
                        careful = all(_ordinary(word.text, common) for word in words_of(form))
                        self._by_first.setdefault(keys[0], []).append(_Form(keys, entry, careful))
        for forms in self._by_first.values():
            forms.sort(key=lambda form: -len(form.keys))
        self._exact.sort(key=lambda pair: -len(pair[0]))

    def find(self, text: str, *, short: bool = False) -> list[Match]:
        """Every place, in order, none over another, the longest first. ``short``: the text is a name or a title, whose
        first word is no beginning of a sentence."""
        taken = self._find_exact(text)
        words = words_of(text)
        lower = is_lower_case(text)
        position = 0
        while position < len(words):
            length, match = self._at(text, words, position, lower, short)
            if match is not None and not any(match.start < other.stop and other.start < match.stop for other in taken):
                taken.append(match)
            position += length or 1
        return sorted(taken, key=lambda match: match.start)

    def _find_exact(self, text: str) -> list[Match]:
        found: list[Match] = []
        for form, entry in self._exact:
            start = text.find(form)
            while start >= 0:
                stop = start + len(form)
                if not any(start < other.stop and other.start < stop for other in found) and _alone(text, start, stop):
                    found.append(Match(start, stop, entry))
                start = text.find(form, stop)
        return found

    def _at(
        self, text: str, words: Sequence[Word], position: int, lower: bool, short: bool
    ) -> tuple[int, Match | None]:
        for form in self._by_first.get(words[position].key, ()):
            length = len(form.keys)
            these = words[position : position + length]
            if tuple(word.key for word in these) != form.keys:
                continue
            if not all(joined(text, left, right) for left, right in pairwise(these)):
                continue
            named = short and words[position].capital
            if form.careful and not named and not _is_meant(text, words, position, length, lower):
                continue
            return length, Match(these[0].start, these[-1].stop, form.entry)
        return 0, None


def _combined(entry: Entry) -> list[str]:
    """Forms that a person's name takes besides those that were seen."""
    if entry.kind is not Kind.PERSON:
        return []
    both = [f"{first} {last}" for first in entry.firsts for last in entry.lasts]
    turned = [f"{last} {first}" for first in entry.firsts for last in entry.lasts]
    return [*both, *turned, *entry.firsts, *entry.lasts]


def _ordinary(word: str, common: Common) -> bool:
    return len(word) < 3 or common(word.lower())


def _is_meant(text: str, words: Sequence[Word], position: int, length: int, lower: bool) -> bool:
    """Whether words of the language stand here as a name."""
    titled = position > 0 and is_title(text, words[position - 1], words[position])
    if titled or (length > 1 and words[position].capital):
        return True
    if lower or not words[position].capital:
        return False
    # « Rose aussi » is somebody more often than a flower; « Petit à petit » is nobody.
    return (
        not begins_sentence(text, words[position].start)
        or (words[position].key in lists.GIVEN and not _is_phrase(words, position))
        or _is_label(text, words[position], words[position + length - 1])
    )


def _is_phrase(words: Sequence[Word], position: int) -> bool:
    """« Grâce à elle »."""
    following = words[position + 1].key if position + 1 < len(words) else ""
    return words[position].key == "grace" and following in {"a", "au", "aux"}


def _is_label(text: str, first: Word, last: Word) -> bool:
    """Whether it stands at the head of a line with a colon after it: somebody who speaks."""
    line = text.rfind("\n", 0, first.start) + 1
    return (
        len(first.text) > 1
        and not text[line : first.start].strip(" [(*\t")
        and text[last.stop : last.stop + 3].lstrip(" \u00a0\u202f])*").startswith(":")
    )


def _alone(text: str, start: int, stop: int) -> bool:
    """Whether a number or an address is whole there, not a piece of a longer one."""
    before = text[start - 1] if start else " "
    after = text[stop] if stop < len(text) else " "
    return not (before.isalnum() and text[start].isalnum()) and not (after.isalnum() and text[stop - 1].isalnum())
