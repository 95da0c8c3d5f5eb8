"""How alike a name in a sheet and the name of a document are: by their dates, their numbers and their words.

« Entretien_01_24.10.03_02a » and « Entretien 01 24.10.03 02ab_traitement_A » are one interview to whoever wrote them.
What many names share (« Entretien », « traitement », « 01 ») says little; what few have (a date, a place, « 02 ») says
much, and dates or numbers that contradict each other say no.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from functools import lru_cache

from qualikit.corpus.guess import dates_in
from qualikit.i18n import _
from qualikit.text import fold

_PART = re.compile(r"[a-h]{1,4}|bis|ter")
_TOKEN = re.compile(r"(\d+)([a-z]*)|[^\W\d_]+")
_EXTENSIONS = frozenset(
    "docx doc odt rtf txt md pdf vtt srt json csv xlsx html htm textgrid mp3 mp4 m4a wav wma mov ogg flac".split()  # noqa: SIM905
)
_ONE_WORD = [
    (
        re.compile(r"\b(?:focus[ _-]?groups?|groupes?[ _-](?:de[ _-]discussion|de[ _-]parole|focalises?))(?![a-z])"),
        "fg",
    ),
    (re.compile(r"\b(?:itw|interviews?|entretiens?|entr?)(?=[\W\d_]|$)"), "entretien"),
    (re.compile(r"\bobs(?=[\W\d_]|$)"), "observation"),
    (re.compile(r"\bn ?[°o] ?(?=\d)|\b[dlnsj]'|(?<![^\W_])v(?:ersion)?[ _.]?\d+(?:\.\d+)?(?![^\W_])"), " "),
]
_EMPTY = frozenset("de du des le la les et au aux en un une par sur num numero".split())  # noqa: SIM905
_FILE_STATES = """
traitement traite traitee transcription transcrit transcrite retranscription retranscrit transcript anonyme
anonymise anonymisee anonymized pseudonymise final finale def definitif definitive version corrige corrigee
correction relu relue relecture copie copy ok complet complete valide brut propre audio video enregistrement
fichier doc
"""
_STATES = frozenset(_FILE_STATES.split())
"""What is written into a name about the file, and not about what was said."""
SMALLEST, STATE = 0.05, 0.1
"""Weight of what every name has, and of what is said about the file."""
ENOUGH = 0.7
"""Weight of what is shared, from which it says something: « Entretien » alone is too little."""
SLIP = 85
"""Of 100, from which two words of five letters or more are one, misspelt."""
LEAST_WORD = 5


@dataclass(frozen=True)
class Signature:
    """What a name is made of. A number may bear the letters of its parts: « 02ab » is the second, in two parts."""

    words: tuple[str, ...]
    numbers: tuple[int, ...]
    dates: frozenset[Date]
    """The readings of the first date: « 24.10.03 » has two."""
    parts: frozenset[str] = frozenset()
    told: bool = True
    """The date stands in the name itself, and not beside it."""

    @property
    def base(self) -> Signature:
        """The same without its parts: what the rows of one interview in two parts share."""
        return replace(self, parts=frozenset())


@dataclass(frozen=True)
class Match:
    """``score`` from 0 to 99, and ``why`` in the user's words."""

    score: int
    why: str


@lru_cache(maxsize=16384)
def signature(name: str) -> Signature:
    """The dates, numbers and words of a name, folded, the ending of a file apart."""
    text = fold(_without_ending(name.strip()))
    for pattern, word in _ONE_WORD:
        text = pattern.sub(word, text)
    words: list[str] = []
    numbers: list[int] = []
    parts: set[str] = set()
    days: frozenset[Date] = frozenset()
    at, rest = 0, ""
    for start, stop, readings in dates_in(text):
        if not days:
            days = readings
            rest += text[at:start] + " "
            at = stop
            if part := re.match(rf"(?:{_PART.pattern})(?![^\W_])", text[at:]):
                parts |= _letters(part.group())
                at += part.end()
    rest += text[at:]
    for match in _TOKEN.finditer(rest.replace("_", " ")):
        if match.group(1) is None:
            if match.group() not in _EMPTY:
                words.append(match.group())
            continue
        numbers.append(int(match.group(1)[:15]))
        if match.group(2):
            if _PART.fullmatch(match.group(2)):
                parts |= _letters(match.group(2))
            else:
                words.append(match.group(2))
    return Signature(tuple(words), tuple(numbers), days, frozenset(parts))


def _without_ending(name: str) -> str:
    """A file's name without folders and ending; anything else as it is, for « 10/10/2023 » is no folder."""
    stem, dot, ending = name.rpartition(".")
    return re.split(r"[/\\]", stem)[-1] if dot and ending.lower() in _EXTENSIONS else name


def _letters(part: str) -> set[str]:
    return {part} if part in {"bis", "ter"} else set(part)


def keys(found: Signature) -> set[object]:
    """What two names that are alike have in common: by these, candidates are found without comparing all with all."""
    numbers = {("n", number) for number in found.numbers}
    return {*found.words, *(word[:3] for word in found.words), *numbers, *found.dates}


class Weights:
    """How much each word, number and date tells, from how many of the names on one side have it."""

    def __init__(self, *sides: Iterable[Signature]) -> None:
        self._weight: dict[object, float] = {}
        for side in map(list, sides):
            bearers: Counter[object] = Counter()
            for each in side:
                bearers.update({*each.words, *(("n", number) for number in each.numbers), *(each.dates or ())})
            for token, n in bearers.items():
                weight = 1.0 if len(side) < 2 else max(SMALLEST, 1 - math.log(n) / math.log(len(side)))
                weight = min(weight, STATE) if token in _STATES else weight
                self._weight[token] = min(weight, self._weight.get(token, 1.0))

    def of(self, token: object) -> float:
        return self._weight.get(token, 1.0)

    def date(self, days: frozenset[Date]) -> float:
        return max((self.of(day) for day in days), default=0.0)

    def numbers(self, numbers: Iterable[int]) -> float:
        return sum(self.of(("n", number)) for number in numbers)

    def words(self, words: Iterable[str]) -> float:
        return sum(self.of(word) for word in words)


def match(row: Signature, title: Signature, weights: Weights) -> Match:
    """How alike the name in a row and the title of a document are."""
    words, excess, left, right = _same_words(row.words, title.words, weights)
    ours, theirs = Counter(row.numbers), Counter(title.numbers)
    shared = ours & theirs
    same_date = bool(row.dates & title.dates)
    both_dated = bool(row.dates and title.dates)
    got = 2 * (words + weights.numbers(shared.elements()))
    total_row = weights.words(row.words) - excess + weights.numbers(row.numbers)
    total = total_row + weights.words(title.words) + weights.numbers(title.numbers)
    if same_date:
        day = weights.date(row.dates & title.dates)
        got, total, total_row = got + 2 * day, total + 2 * day, total_row + day
    elif not both_dated:
        total += 0.5 * sum(weights.date(each.dates) for each in (row, title) if each.told)
        total_row += 0.5 * weights.date(row.dates) if row.told else 0
    if not got or not total_row:
        return Match(0, "")
    # What a sheet calls a document is mostly shorter than its title: what the row says counts more than what it omits.
    alike = 0.6 * min(1.0, got / 2 / total_row) + 0.4 * min(1.0, got / total)
    # Little in common says little, unless there is little else.
    wanted = min(ENOUGH, max(0.0, total - got))
    alike *= min(1.0, got / 2 / wanted) ** 0.5 if wanted else 1.0
    reasons = []
    if same_date:
        days = sorted(row.dates & title.dates)  # more than one where it can be read from either end
        said = _("même date ({date})").format(date=f"{days[0]:%d/%m/%Y}") if len(days) == 1 else _("même date")
        reasons.append(said)
    elif both_dated:
        alike *= 0.3 if row.told and title.told else 0.6
        reasons.append(_("dates différentes"))
    if (ours - shared) and (theirs - shared):
        alike *= 0.4
        reasons.append(_("numéros différents"))
    elif ours - shared or theirs - shared:
        alike *= 0.9 if same_date and not weights.numbers((ours - shared) + (theirs - shared)) > 1 else 0.85
        reasons.append(_("un numéro de plus d'un côté"))
    elif shared:
        reasons.append(_("mêmes numéros"))
    if row.parts and title.parts:
        alike *= 1.0 if row.parts <= title.parts else 0.4
        if not row.parts <= title.parts:
            reasons.append(_("une autre partie"))
        elif row.parts < title.parts:
            reasons.append(_("une partie du document"))
    elif row.parts or title.parts:
        alike *= 0.95
        reasons.append(_("une partie du document"))
    reasons += _said_words(row, title, left, right)
    return Match(min(99, round(100 * alike)), ", ".join(reasons))


def _said_words(row: Signature, title: Signature, left: Sequence[str], right: Sequence[str]) -> list[str]:
    said = []
    if row.words and not left and not right:
        said.append(_("mêmes mots"))
    if left:
        said.append(_("« {words} » dans le tableau seul").format(words=" ".join(left)))
    if right:
        said.append(_("« {words} » dans le titre seul").format(words=" ".join(right)))
    return said


def _same_words(
    row: Sequence[str], title: Sequence[str], weights: Weights
) -> tuple[float, float, list[str], list[str]]:
    """Weight of the words that both have, near spellings and beginnings included; by how much the row's spelling
    weighed more than the title's; the words of each side alone."""
    left, right = list((Counter(row) - Counter(title)).elements()), list((Counter(title) - Counter(row)).elements())
    found = weights.words((Counter(row) & Counter(title)).elements())
    excess = 0.0
    for word in list(left):
        score, other = _nearest(word, right)
        if score:
            weight = min(weights.of(word), weights.of(other))
            found += score * weight
            excess += weights.of(word) - weight
            left.remove(word)
            right.remove(other)
    return found, excess, left, right


def _nearest(word: str, others: Sequence[str]) -> tuple[float, str]:
    """The one of these words that is this one misspelt, or that it begins, with how surely it is (from 0 to 1)."""
    from rapidfuzz import fuzz

    near = [(fuzz.ratio(word, other), other) for other in others if min(len(word), len(other)) >= LEAST_WORD]
    score, other = max(near, default=(0.0, ""))
    if score >= SLIP:
        return score / 100, other
    begun = [other for other in others if len(other) > len(word) and other.startswith(word)]
    return (0.8 if len(word) >= 3 else 0.6, begun[0]) if len(begun) == 1 else (0.0, "")
