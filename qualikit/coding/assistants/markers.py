"""Positions proposed where a speaker marks agreement, disagreement or nuance with the one who spoke before."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qualikit.coding.assistants import Heard, Material, Proposal, Segment
from qualikit.coding.model import Codebook, CodeKind, Position
from qualikit.i18n import _
from qualikit.text import tokens

SAID, OPENED, BARE, ASSENT = 0.85, 0.8, 0.7, 0.5
"""Scores: said of oneself (« je ne suis pas d'accord »), a phrase that opens the turn (« pas du tout »), a bare « non »
or a nuance, a bare « oui », which is as often only a sign that one listens."""

_MANNER = (
    "(?:(?:du tout|tout a fait|vraiment|absolument|completement|totalement|entierement|parfaitement|pleinement|"
    "strictement|toujours|bien|plutot|forcement|assez|tous|toutes) )*"
)
_NOT = "(?:ne |n )?"

# Words folded, in the order they are said; « , » is any mark inside a sentence. Of phrases that begin at one place the
# longest wins, so that « pas d'accord » is never read as « d'accord » (longest match, as in any lexicon of markers).
_SAID: Mapping[Position, tuple[str, ...]] = {
    Position.DISAGREEMENT: (
        f"(?:je {_NOT}suis|on {_NOT}est|nous {_NOT}sommes) {_MANNER}pas {_MANNER}d accord",
        f"(?:je suis|on est|nous sommes) {_MANNER}en {_MANNER}desaccord",
        f"je {_NOT}suis {_MANNER}pas {_MANNER}de (?:votre|ton|cet|son) avis",
        f"je {_NOT}partage {_MANNER}pas",
        f"je {_NOT}suis {_MANNER}contre ce que (?:vous|tu) (?:dites|dis|proposez|proposes|venez|viens)",
        "contrairement a ce que (?:vous|tu) (?:dites|dis|venez|viens|avez|as|pretendez|affirmez)",
        f"je {_NOT}(?:peux|puis) pas (?:vous |te )?laisser dire",
        f"(?:vous|tu) {_NOT}(?:pouvez|peux) pas dire (?:ca|cela)",
        "(?:vous avez|tu as) tort",
        "vous vous trompez|tu te trompes",
    ),
    Position.AGREEMENT: (
        f"(?:je suis|on est|nous sommes) {_MANNER}d accord",
        f"(?:je {_NOT}suis|on {_NOT}est|nous {_NOT}sommes) {_MANNER}pas en desaccord",
        f"je suis {_MANNER}de (?:votre|ton|cet|son) avis",
        f"je partage {_MANNER}(?:votre|ton|cet|cette|ce|son|l) (?:avis|sentiment|analyse|opinion|constat|idee|vision)",
        f"(?:vous avez|tu as) {_MANNER}raison",
        f"(?:vous {_NOT}avez|tu {_NOT}as) pas (?:entierement |completement )?tort",
    ),
    Position.NUANCE: (
        f"(?:je {_NOT}suis|on {_NOT}est|nous {_NOT}sommes) pas (?:tout a fait|entierement|completement|totalement) "
        "d accord",
        "(?:je suis|on est|nous sommes) (?:en partie|partiellement|a moitie|presque) d accord",
    ),
}
_OPENING: Mapping[Position, tuple[tuple[float, str], ...]] = {
    Position.DISAGREEMENT: (
        (OPENED, f"{_MANNER}pas {_MANNER}d accord"),
        (OPENED, "pas du tout|absolument pas|certainement pas|surement pas|vraiment pas|(?:bien )?au contraire"),
        (OPENED, "jamais de la vie|n importe quoi|c est n importe quoi"),
        (OPENED, "(?:bah |ben |eh bien )?bien sur que (?:si|non)|mais si|bah si|ben si"),
        (OPENED, f"c est {_MANNER}(?:faux|inexact|errone|absurde|un mensonge|une erreur)"),
        (OPENED, f"(?:ce {_NOT}est|c est|ca {_NOT}est) {_MANNER}pas {_MANNER}(?:vrai|exact|juste|ca)"),
        (OPENED, f"(?:je|j) {_NOT}ai (?:jamais|pas) (?:dit|parle|propose|pretendu|affirme|ecrit|voulu)"),
        (OPENED, f"vous {_NOT}(?:allez|pouvez) pas (?:nous |me |leur )?(?:expliquer|dire|faire croire|pretendre)"),
        (OPENED, "c est (?:du baratin|de la demagogie|une injure|une caricature|ridicule|scandaleux|mensonger)"),
        (BARE, f"(?:ce {_NOT}(?:est|sont)|c est|ca {_NOT}est) pas"),
        (BARE, f"je {_NOT}(?:crois|pense) {_MANNER}pas"),
        (BARE, f"vous (?:{_NOT}avez|m avez) (?:mal|pas) (?:compris|entendu|lu|ecoute)"),
        (BARE, "vous (?:melangez|confondez|vous contredisez|mentez|exagerez)"),
        (BARE, "non(?: (?:, )?non)*"),
    ),
    Position.AGREEMENT: (
        (OPENED, f"{_MANNER}d accord avec|tout a fait d accord|entierement d accord"),
        (OPENED, f"c est {_MANNER}(?:vrai|exact|juste|ca(?! (?:que|qu|qui|dont|le|la|les) ))"),
        (BARE, "exactement|absolument|tout a fait|parfaitement|bien entendu|effectivement|en effet|moi aussi"),
        (BARE, "bien sur|(?:bien )?evidemment|et bien d accord|eh bien d accord"),
        (BARE, "(?:oui (?:, )?)+(?:exactement|absolument|tout a fait|bien sur)"),
        (BARE, f"(?:oui (?:, )?)+c est {_MANNER}(?:vrai|exact|juste|ca)"),
        (ASSENT, "d accord(?! [.] $)|oui(?: (?:, )?oui)*(?! ou non)"),
    ),
    Position.NUANCE: (
        (BARE, "oui et non|pas tout a fait|pas vraiment|pas toujours|pas forcement|pas seulement|pas assez|ca depend"),
        (BARE, "certes|(?:ceci|cela) dit|cela etant"),
    ),
}
# What may stand before the marker that opens a turn: who is addressed, hesitation, the floor being taken.
_FILLERS = (
    "(?:(?:, |alors |ah |oh |eh |he |euh |heu |ben |bah |bon |mais |et |donc |ecoutez |ecoute |attendez |attends |"
    "pardon |enfin |moi |alors la |je suis desolee? |excusez moi |permettez moi |(?:mr|m|mme|monsieur|madame) \\w+ )*)"
)
_BUT = re.compile(r"(?: [,.])? (?:mais|enfin|sauf que|cependant|toutefois|pourtant|en revanche)(?= )")
_YET = re.compile(r"(?:[^.?]*? ,)? (?:mais|sauf que|cependant|toutefois|pourtant|en revanche)(?= )")
_NEXT_BUT = re.compile(r"[^.?]* \. (?:mais|cependant|toutefois|pourtant|en revanche)(?= )")
# Reported or supposed: « si je suis d'accord », « il dit que vous avez raison »; not « je crois que vous avez raison ».
_SUPPOSED = re.compile(r" (?:si|s|quand|lorsque|que|qu|comme|pas parce que)(?: (?:vous|tu))? $")
_OWN = re.compile(r" j(?:e)? (?:\w+ )?(?:crois|pense|trouve|dis|dire|dirai|dirais|reconnais|admets|avoue) (?:que|qu) $")
_ON_AGREEING = re.compile(r" (?:d accord|desaccord|partage\w*|raison|tort|vrai|faux|exact) ")


class MarkerAssistant:
    """Markers of agreement, disagreement and nuance with the speaker before, from a closed list.

    The preferred reply is short and comes first, the dispreferred one is announced (« oui, mais »): Pomerantz 1984,
    *Agreeing and disagreeing with assessments*. Hence the two places that count: the opening of a turn, and what
    somebody says of themselves anywhere in it. Markers find candidates and decide nothing: most disagreement is said
    without any.
    """

    name = "markers"
    version = "1"
    parameters: Mapping[str, Any] = {"language": "fr"}

    @property
    def label(self) -> str:
        return _("marqueurs de position")

    def prepare(self, material: Material) -> MarkerSuggester:
        """Find the code of each position in the codebook."""
        return MarkerSuggester(material.codebook)


@dataclass(frozen=True)
class Marker:
    """A marker in the words of a turn, ``[start, stop)`` in them."""

    position: Position
    score: float
    start: int
    stop: int


class MarkerSuggester:
    """The position codes of one codebook: of several of one value, the first in the order of the tree."""

    def __init__(self, codebook: Codebook) -> None:
        self._codes: dict[Position, str] = {}
        for code in codebook:
            if code.kind is CodeKind.POSITION and code.value is not None and code.active:
                self._codes.setdefault(code.value, code.id)

    def suggest(self, segments: Sequence[Segment]) -> list[Proposal]:
        proposals: list[Proposal] = []
        turn: Heard | None = None
        found: list[Marker] = []
        for segment in segments:
            if not self._codes or segment.turn is None:
                continue
            if segment.turn is not turn:
                turn, found = segment.turn, markers(segment.turn)
            proposals += self._proposals(segment, turn, found)
        return proposals

    def _proposals(self, segment: Segment, turn: Heard, found: Sequence[Marker]) -> list[Proposal]:
        best: dict[str, Marker] = {}
        for marker in found:
            code_id = self._codes.get(marker.position)
            if code_id is not None and segment.start <= turn.start + marker.start < segment.stop:
                known = best.get(code_id)
                if known is None or marker.score > known.score:
                    best[code_id] = marker
        return [
            Proposal(segment, code_id, marker.score, _reason(turn.words[marker.start : marker.stop]))
            for code_id, marker in sorted(best.items(), key=lambda each: (-each[1].score, each[0]))
        ]


def _reason(words: str) -> str:
    return _("« {words} », en réponse au tour de parole précédent").format(words=" ".join(words.split()))


def markers(turn: Heard) -> list[Marker]:
    """The markers of a turn that answer another participant, in their order."""
    heard, through = _answered(turn)
    if heard is None:
        return []
    said = _Said(turn.words)
    # After a question « oui » and « non » are its answer, unless the moderator asks whether one agrees. A moderator who
    # asks nothing gives the floor, and what follows answers the participant before.
    if through is None:
        opened = not _asks(heard.words)
    else:
        opened = "?" not in through.words or _ON_AGREEING.search(_Said(through.words).joined) is not None
    found = [*_said_of_oneself(said)]
    if opened:
        first = _opening(said)
        if first is not None and not any(each.start < first.stop and first.start < each.stop for each in found):
            found.append(first)
    return sorted(found, key=lambda each: each.start)


def _answered(turn: Heard) -> tuple[Heard | None, Heard | None]:
    """The turn of another participant that this one may answer, and the moderator's in between, if one is."""
    if turn.moderates or not turn.speaker:
        return None, None
    through, before = None, turn.before
    while before is not None and (before.moderates or not before.speaker):
        through = through or (before if before.moderates else None)
        before = before.before
    return (None, None) if before is None or before.speaker == turn.speaker else (before, through)


def _asks(words: str) -> bool:
    return words.rstrip(" \n\t\u00a0\u202f»”\"')").endswith("?")


class _Said:
    """The words of a turn folded and joined by one space, with « , », « . » and « ? » for what parts them."""

    def __init__(self, words: str) -> None:
        self._tokens = tokens(words)
        parts, self._starts, length, last = [" "], [], 1, None
        for token in self._tokens:
            between = "" if last is None else words[last : token.start]
            last = token.stop
            mark = "? " if "?" in between else ". " if re.search(r"[.!…\n]", between) else ""
            mark = mark or (", " if re.search(r"[,;:\u2013\u2014()]| - ", between) else "")
            self._starts.append(length + len(mark))
            parts += [mark, token.form, " "]
            length += len(mark) + len(token.form) + 1
        end = "? " if last is not None and "?" in words[last:] else ". "
        self.joined = "".join(parts) + end

    def place(self, start: int, stop: int) -> tuple[int, int]:
        """Where ``[start, stop)`` of the joined words is in the words as they are."""
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, stop - 1) - 1
        return self._tokens[first].start, self._tokens[last].stop

    def question(self, stop: int) -> bool:
        """Whether the clause that goes on there is a question; « d'accord, mais qui paie ? » asks something else."""
        end = _CLAUSE_END.search(self.joined, stop)
        return end is not None and end[0] == "?"


_Hit = tuple[int, bool, float, Position]  # where it stops, whether it is the finer reading, score, position


def _longest(patterns: Mapping[Position, Sequence[tuple[float, re.Pattern[str]]]], text: str, at: int) -> _Hit | None:
    hits = [
        (match.end(), position is Position.NUANCE, score, position)
        for position, some in patterns.items()
        for score, pattern in some
        if (match := pattern.match(text, at))
    ]
    return max(hits, default=None, key=lambda hit: hit[:3])


def _said_of_oneself(said: _Said) -> Iterator[Marker]:
    text, free = said.joined, 0
    for match in _ANY_SAID.finditer(text):
        at = match.end()
        hit = _longest(_SAID_PATTERNS, text, at) if at >= free else None
        if hit is None:
            continue
        free = stop = hit[0]
        before = text[max(0, at - 60) : at]
        if said.question(stop) or (_SUPPOSED.search(before) and not _OWN.search(before)):
            continue
        if text.startswith((" qu ", " que "), stop) and "bien d accord" in text[at:stop]:
            continue  # « on est bien d'accord que » makes sure, it agrees with nothing
        yield _marker(said, at, stop, hit[3], hit[2])


def _opening(said: _Said) -> Marker | None:
    """The marker that opens the turn or its second sentence: there a phrase only, by then « non » answers oneself."""
    text = said.joined
    at = 1
    for second in (False, True):
        fillers = _FILLED.match(text, at)
        places = [each for each in range(at, fillers.end() + 1) if text[each - 1] == " "] if fillers else [at]
        hits = [(hit[0], -place, hit) for place in places if (hit := _longest(_OPENING_PATTERNS, text, place))]
        if hits:
            stop, start, hit = max(hits, key=lambda each: each[:2])
            bare = hit[2] == ASSENT or text.startswith("non", -start)
            if (second and bare) or _takes_the_floor(text, -start, stop) or said.question(stop):
                return None
            return _marker(said, -start, stop, hit[3], hit[2])
        end = _SENTENCE_END.search(text, at)
        if end is None:
            return None
        at = end.end()
    return None


def _takes_the_floor(text: str, start: int, stop: int) -> bool:
    """« non mais » said in one breath opens anything; « non plus » and « non seulement » deny nothing that was said."""
    return text.startswith("non", start) and text.startswith((" mais ", " plus ", " seulement "), stop)


def _marker(said: _Said, start: int, stop: int, position: Position, score: float) -> Marker:
    text = said.joined
    if position is Position.AGREEMENT:
        at_once = _BUT.match(text, stop)
        # What is said of oneself, and a « oui », may be taken back later in the sentence.
        later = score in {SAID, ASSENT} and _YET.match(text, stop)
        if at_once or later or (score == SAID and _NEXT_BUT.match(text, stop)):
            # « oui, mais » is quoted whole; what stands further on, or in another sentence, is not.
            end = at_once.end() if at_once and "." not in at_once[0] else stop
            return Marker(Position.NUANCE, BARE, *said.place(start, end))
    return Marker(position, score, *said.place(start, stop))


_SAID_PATTERNS = {
    position: [(SAID, re.compile(f"(?:{each})(?= )")) for each in phrases] for position, phrases in _SAID.items()
}
_OPENING_PATTERNS = {
    position: [(score, re.compile(f"(?:{each})(?= )")) for score, each in phrases]
    for position, phrases in _OPENING.items()
}
_ANY_SAID = re.compile(" (?=(?:" + "|".join(each for some in _SAID.values() for each in some) + ") )")
_FILLED = re.compile(_FILLERS)
_SENTENCE_END = re.compile(r"[.?] ")
_CLAUSE_END = re.compile(r"[,.?]")
