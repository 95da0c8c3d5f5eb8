"""Codes proposed where a sentence holds their keywords."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from qualikit.coding.assistants import Material, Proposal, Segment
from qualikit.coding.assistants.latest import Latest
from qualikit.coding.model import Code, Codebook
from qualikit.coding.nearness import nearness
from qualikit.coding.patterns import BETWEEN, Pattern, pattern_of
from qualikit.i18n import _, ngettext
from qualikit.text import Token, count_words, stem, tokens, word_form, words, written_words

LONGER = 0.25
"""What each further word of a phrase adds, up to three words: a phrase says more than a word."""


class KeywordAssistant:
    """The exact keywords of the codebook: words folded (case and accents aside), phrases of several words, the words of
    their families (:func:`qualikit.text.stem`), and patterns (:mod:`qualikit.coding.patterns`).

    A word belongs to the longest phrase that holds it, of whatever code: « accès aux droits » is not « droits ». A
    phrase counts for its rarity, ``log((n + 1) / df) / log(n + 1)`` with ``df`` of the ``n`` sentences of the project
    holding it (Spärck Jones 1972, brought between 0 and 1): 1 where it stands once, 0.5 where it stands in the square
    root of n. The score of a code is ``1 - 4 ** -sum`` over its phrases, each once. So a word seen once makes a medium
    suggestion, two of them, or a rare phrase, a strong one, and a word that stands everywhere a weak one. A word that
    is only of a keyword's family counts for less (:mod:`qualikit.coding.nearness`). What a
    pattern finds counts as a phrase of so many words; it takes no word from the phrases that stand there too.
    """

    name = "keywords"
    version = "2"
    parameters: Mapping[str, Any] = {"families": True}

    @property
    def label(self) -> str:
        return _("mots-clés")

    def prepare(self, material: Material) -> KeywordSuggester:
        """Count in how many sentences each phrase stands, unless that was counted before."""
        return counted(material.codebook, list(material.corpus))


_Key = tuple[str, ...] | Pattern
"""What may stand in a sentence: the stems of a phrase, or a pattern."""


@dataclass
class _Phrase:
    stems: tuple[str, ...]
    keywords: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """By code: the keyword as the codebook writes it, and its words."""


@dataclass(frozen=True)
class _Found:
    phrase: _Phrase
    first: int
    last: int  # words of the sentence, the last one included


class _Starts(dict[str, "tuple[_Phrase, ...]"]):
    """Phrases that may begin with a word, the longest first, by the word as it is written: nearly all words begin
    none, and each is looked at once in a corpus."""

    def __init__(self, phrases: Iterable[_Phrase]) -> None:
        super().__init__()
        self._by_stem: dict[str, tuple[_Phrase, ...]] = {}
        for phrase in sorted(phrases, key=lambda each: -len(each.stems)):
            self._by_stem[phrase.stems[0]] = (*self._by_stem.get(phrase.stems[0], ()), phrase)
        # A stem begins with the two letters of its word: most words need not be stemmed.
        self._beginnings = {first[:2] for first in self._by_stem}

    def __missing__(self, word: str) -> tuple[_Phrase, ...]:
        form = word_form(word)
        found = self[word] = self._by_stem.get(stem(form), ()) if form[:2] in self._beginnings else ()
        return found


class KeywordSuggester:
    """The keywords of one codebook, with what the corpus says of their rarity."""

    def __init__(self, codebook: Codebook) -> None:
        phrases: dict[tuple[str, ...], _Phrase] = {}
        self._codes: dict[str, Code] = {code.id: code for code in codebook}
        self._patterns: dict[Pattern, list[str]] = {}
        """With the codes that have them."""
        for code in codebook:
            for keyword in code.keywords:
                if (pattern := pattern_of(keyword)) is not None:
                    self._patterns.setdefault(pattern, []).append(code.id)
                    continue
                forms = tuple(words(keyword))
                if forms:
                    stems = tuple(map(stem, forms))
                    # Of two keywords of one family, the first one speaks for the code.
                    written = tuple(written_words(keyword))
                    phrases.setdefault(stems, _Phrase(stems)).keywords.setdefault(code.id, (keyword, written))
        self._starts = _Starts(phrases.values())
        self._holding: Counter[_Key] = Counter()
        self._sentences = 0

    def count(self, corpus: Iterable[Segment]) -> None:
        for segment in corpus:
            self._sentences += 1
            said = segment.words
            self._holding.update({each.phrase.stems for each in self._find(said)})
            if self._patterns:
                read = tokens(said)
                self._holding.update(pattern for pattern in self._patterns if pattern.stands_in(said, read))

    def suggest(self, segments: Sequence[Segment]) -> list[Proposal]:
        proposals = []
        for segment in segments:
            proposals += sorted(self._proposals(segment), key=lambda each: (-each.score, each.code_id))
        return proposals

    def said(self, passage: str, code_id: str) -> str:
        """What the keywords of one code say of a passage, as a reason; empty where none stands there."""
        segment = Segment("", "", 0, len(passage), passage)
        return next((each.reason for each in self._proposals(segment) if each.code_id == code_id), "")

    def _find(self, sentence: str) -> list[_Found]:
        """The phrases of a sentence from left to right, none inside another."""
        starts = self._starts
        written = written_words(sentence)
        places: list[Token] | None = None
        found: list[_Found] = []
        free = 0
        for place, word in enumerate(written):
            phrases = starts[word]
            if not phrases or place < free:
                continue
            for phrase in phrases:
                length = len(phrase.stems)
                if length > 1:
                    places = places or tokens(sentence)
                    if not _stands(phrase, places, place, sentence):
                        continue
                found.append(_Found(phrase, place, place + length - 1))
                free = place + length
                break
        return found

    def _proposals(self, segment: Segment) -> Iterator[Proposal]:
        by_code: dict[str, dict[_Key, tuple[float, str]]] = {}
        for code_id, key, weight, said in (*self._of_phrases(segment.words), *self._of_patterns(segment.words)):
            known = by_code.setdefault(code_id, {})
            if key not in known or known[key][0] < weight:
                known[key] = (weight, said)
        for code_id, found in by_code.items():
            score = 1 - 4 ** -sum(weight for weight, _said in found.values())
            yield Proposal(segment, code_id, round(score, 4), self._reason(code_id, [s for _w, s in found.values()]))

    def _of_phrases(self, sentence: str) -> Iterator[tuple[str, _Key, float, str]]:
        """Code, what stands there, what it counts for, how it is said; so for each phrase of each code."""
        found = self._find(sentence)
        places = tokens(sentence) if found else []
        for each in found:
            shown = sentence[places[each.first].start : places[each.last].stop]
            spoken = [sentence[token.start : token.stop] for token in places[each.first : each.last + 1]]
            for code_id, (keyword, wanted) in each.phrase.keywords.items():
                near = min(nearness(one, other) for one, other in zip(wanted, spoken, strict=True))
                weight = self._weight(each.phrase.stems, len(spoken)) * near
                said = (
                    _("« {word} »").format(word=shown)
                    if near == 1
                    else _("« {word} » (famille de « {keyword} »)").format(word=shown, keyword=keyword)
                )
                yield code_id, each.phrase.stems, weight, said

    def _of_patterns(self, sentence: str) -> Iterator[tuple[str, _Key, float, str]]:
        """As of phrases, for each pattern of each code."""
        read = tokens(sentence) if self._patterns else []
        for pattern, code_ids in self._patterns.items():
            for place in pattern.places(sentence, read):
                shown = place.of(sentence)
                weight = self._weight(pattern, count_words(shown))
                said = _("« {word} » (selon « {pattern} »)").format(word=shown, pattern=pattern.keyword)
                for code_id in code_ids:
                    yield code_id, pattern, weight, said

    def _weight(self, key: _Key, length: int) -> float:
        """Its rarity, and what further words add."""
        everywhere = math.log(max(self._sentences, 1) + 1)
        rarity = max(0.0, everywhere - math.log(max(self._holding[key], 1))) / everywhere
        return rarity * (1 + LONGER * (max(1, min(3, length)) - 1))

    def _reason(self, code_id: str, said: Sequence[str]) -> str:
        listed = said[0] if len(said) == 1 else _("{these} et {last}").format(these=", ".join(said[:-1]), last=said[-1])
        sentence = ngettext("contient {words}, mot-clé de {code}", "contient {words}, mots-clés de {code}", len(said))
        return sentence.format(words=listed, code=self._codes[code_id].name)


def counted(book: Codebook, sentences: Sequence[Segment]) -> KeywordSuggester:
    """The keywords of a codebook, counted over sentences; kept while both stay the same."""
    digest = hashlib.sha256()
    for each in sentences:
        digest.update(each.words.encode() + b"\0")
    digest.update(repr([(code.id, code.name, code.keywords) for code in book]).encode())

    def make() -> KeywordSuggester:
        suggester = KeywordSuggester(book)
        suggester.count(sentences)
        return suggester

    return _counted.get(digest.hexdigest(), make)


_counted: Latest[KeywordSuggester] = Latest()


def _stands(phrase: _Phrase, places: Sequence[Token], first: int, sentence: str) -> bool:
    """Whether the phrase stands there whole, its words parted by nothing but spaces, hyphens and apostrophes."""
    here = places[first : first + len(phrase.stems)]
    if len(here) < len(phrase.stems) or any(stem(t.form) != s for t, s in zip(here, phrase.stems, strict=True)):
        return False
    pairs = pairwise(here)
    return all(BETWEEN.fullmatch(sentence, one.stop, other.start) is not None for one, other in pairs)
