"""Who speaks where: the rule by which a file announces its speakers, found, scored and said in words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log2
from typing import TYPE_CHECKING

from qualikit.corpus.labels import STRONG, Shape, key, shape, tidy, variants
from qualikit.corpus.marks import Form, Mark, find_marks
from qualikit.corpus.turns import notes_start
from qualikit.corpus.vocabulary import ASKERS
from qualikit.i18n import _

if TYPE_CHECKING:
    from qualikit.corpus.model import Turn
    from qualikit.corpus.readers import ReadText

ENOUGH = 0.5
"""Score from which a rule is proposed rather than « nobody is announced »."""
FORMULAIC = 0.85
"""Share of labels followed by the same one each time from which three labels or more are a form to fill, not talk."""
FIELDS = 0.4
"""Share of words that cannot be people among the labels of such a form."""
TIMED = 0.8


@dataclass(frozen=True)
class SpeakerRule:
    """How speakers are announced, and which labels are speakers: stored with the document, applied again at will."""

    form: Form
    labels: tuple[str, ...] = ()

    def to_json(self) -> str:
        """The rule as text, for the store."""
        return json.dumps({"form": self.form.value, "labels": list(self.labels)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, stored: str) -> SpeakerRule:
        """The rule that ``to_json`` wrote. Raises ValueError."""
        try:
            values = json.loads(stored)
            return cls(Form(values["form"]), tuple(str(label) for label in values["labels"]))
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a rule: {stored!r}") from error

    def with_labels(self, labels: Iterable[str]) -> SpeakerRule:
        """The same form for other labels: what a user adds or takes away."""
        return replace(self, labels=tuple(dict.fromkeys(tidy(label) for label in labels)))

    def words(self) -> str:
        """The rule as the user reads it."""
        if self.form is Form.GIVEN and not self.labels:
            return _("rien : le fichier ne dit que l'heure")
        return {
            Form.GIVEN: _("ce que le fichier dit lui-même"),
            Form.BRACKETS: _("un nom entre crochets au début de la ligne"),
            Form.COLON: _("un nom suivi de deux-points au début de la ligne"),
            Form.TIME: _("un nom accompagné de l'heure"),
            Form.TAB: _("un nom séparé de la parole par une tabulation ou une colonne de tableau"),
            Form.BOLD: _("un nom en gras au début de la ligne"),
            Form.DASH: _("un nom suivi d'un tiret au début de la ligne"),
            Form.ALONE: _("un nom seul sur sa ligne"),
            Form.NONE: _("pas de locuteurs"),
        }[self.form]


NOBODY = SpeakerRule(Form.NONE)


@dataclass(frozen=True)
class Candidate:
    """A rule that the file might follow: ``score`` from 0 to 1, ``counts`` labels in order and their turns."""

    rule: SpeakerRule
    score: float
    counts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Proposal:
    """The best rule, and the others by decreasing merit; « nobody » is always one of them."""

    best: Candidate
    alternatives: tuple[Candidate, ...]


def detect(read: ReadText) -> Proposal:
    """The rule by which a text announces its speakers.

    A label is kept for its shape and its return: what merely stands before a colon seldom comes back, does not take
    turns with another, and does not look like a person. One that speaks once is kept among others of the same look.
    """
    text = read.text
    stop = notes_start(text)
    lines = 1 + sum(1 for line in text[:stop].split("\n") if line.strip())
    found = []
    for form in (form for form in Form if form is not Form.GIVEN):
        candidate = _candidate(form, find_marks(text, form, read.bold, stop), lines, stop)
        if candidate is not None:
            found.append(candidate)
    order = list(Form)
    found.sort(key=lambda c: (-c.score * log2(1 + sum(n for _label, n in c.counts)), order.index(c.rule.form)))
    nobody = Candidate(NOBODY, ENOUGH)
    good = [c for c in found if c.score >= ENOUGH]
    given = _given(read.turns)
    said = [c for c in given if c.counts]  # nothing can be better than a file that says who speaks
    timed = [c for c in given if not c.counts]
    ranked = [*said, *good, *timed, nobody, *(c for c in found if c.score < ENOUGH)]
    return Proposal(ranked[0], tuple(ranked[1:]))


def _given(turns: Sequence[Turn]) -> list[Candidate]:
    """The rule of a file that says who speaks, or only when."""
    counts = Counter(turn.label for turn in turns if turn.label is not None)
    score = 1.0 if counts else ENOUGH
    return [Candidate(SpeakerRule(Form.GIVEN, tuple(counts)), score, tuple(counts.items()))] if turns else []


def _candidate(form: Form, marks: list[Mark], lines: int, stop: int) -> Candidate | None:
    if form is Form.BOLD and sum(mark.rest for mark in marks) > len(marks) / 2:
        marks = [mark for mark in marks if mark.rest]  # a line in bold from end to end is a title among such labels
    kept = _speakers(form, marks, lines)
    marks = [mark for mark in marks if key(mark.label) in kept]
    if not marks:
        return None
    spelt = Counter(mark.label for mark in marks)
    labels = tuple(spelt)
    alone = {key(label) for label in labels} if len(kept) == 1 else set()
    if alone and (len(marks) < 3 or not alone <= ASKERS):
        return None
    score = _score(form, marks, lines, stop)
    return Candidate(SpeakerRule(form, labels), round(score, 3), tuple(spelt.items()))


def _speakers(form: Form, marks: Sequence[Mark], lines: int) -> set[str]:
    """Keys of the labels that are people."""
    counts = Counter(key(mark.label) for mark in marks)
    shapes = _shapes(marks, counts)
    if form in {Form.BRACKETS, Form.TIME, Form.TAB, Form.BOLD, Form.ALONE}:
        _drop_untimed(marks, counts, shapes)
    seeds = {k for k, n in counts.items() if n >= 2 and shapes[k] in STRONG | {Shape.NAME}}
    seeds |= {k for k, n in counts.items() if n >= 3 and shapes[k] is Shape.LOWER}
    strong = {k for k in counts if shapes[k] in STRONG}
    if not seeds and len(strong) >= 2 and sum(counts[k] for k in strong) >= 0.5 * lines:
        seeds = strong
    if not seeds or not _is_talk(form, marks, counts, shapes, seeds, lines):
        return set()
    looks = {shapes[k] for k in seeds}
    talk = sum(counts[k] for k in seeds)
    singles = {k for k in counts if shapes[k] in looks | STRONG and (shapes[k] in STRONG or talk >= 4)}
    singles = {k for k in singles if shapes[k] is not Shape.LOWER}
    if form in {Form.ALONE, Form.DASH, Form.TAB}:  # weaker signs: only what returns
        singles = {k for k in singles if counts[k] >= 2 or shapes[k] in STRONG & looks}
    # One that is misspelt once: « [Checheuse] » among « [Chercheuse] ».
    alike = {k for merge in variants(counts) if seeds.intersection(merge.labels) for k in merge.labels}
    return seeds | singles | {k for k in alike if shapes[k] is not Shape.NONE}


def _shapes(marks: Sequence[Mark], counts: Counter[str]) -> dict[str, Shape]:
    shapes: dict[str, Shape] = {}
    for mark in marks:
        name = key(mark.label)
        if shapes.get(name, Shape.NONE) is Shape.NONE:
            shapes[name] = shape(mark.label)
    if counts["question"] >= 3 and counts["reponse"] >= 3:  # an interview written as questions and answers
        shapes["question"] = shapes["reponse"] = Shape.ROLE
    return shapes


def _drop_untimed(marks: Sequence[Mark], counts: Counter[str], shapes: dict[str, Shape]) -> None:
    """Where nearly every label has its time, one that never has is an incident: « [Interruption] »."""
    timed = {key(mark.label) for mark in marks if mark.time is not None}
    if timed and sum(1 for mark in marks if mark.time is not None) >= TIMED * len(marks):
        for name in counts:
            if name not in timed:
                shapes[name] = Shape.NONE
            elif shapes[name] is Shape.LOWER:
                shapes[name] = Shape.NAME


def _is_talk(
    form: Form, marks: Sequence[Mark], counts: Counter[str], shapes: dict[str, Shape], seeds: set[str], lines: int
) -> bool:
    turns = sum(counts[k] for k in seeds)
    order = [key(mark.label) for mark in marks if counts[key(mark.label)] >= 2]
    others = sum(1 for k in order if k not in seeds)
    follow = len(set(order)) >= 3 and _formulaic(order) >= FORMULAIC
    if follow and others >= FIELDS * len(order):  # « Lieu », « Médiateur », « Public », day after day
        return False
    if any(shapes[k] in STRONG for k in seeds) and form not in {Form.ALONE, Form.DASH}:
        return True
    # Only capitalised words: names, or the headings of a report.
    if follow:
        return False
    timed = sum(1 for mark in marks if mark.time is not None) >= TIMED * len(marks)
    dense = turns >= 0.25 * lines or (turns >= 8 and turns >= 3 * len(seeds) and turns >= 0.05 * lines)
    return len(seeds) >= 2 and turns >= 4 and (timed or dense)


def _formulaic(order: Sequence[str]) -> float:
    """Share of places where a label is followed by the one that follows it most often."""
    followers: dict[str, Counter[str]] = {}
    for one, other in pairwise(order):
        followers.setdefault(one, Counter())[other] += 1
    repeated = [c for c in followers.values() if sum(c.values()) > 1]
    places = sum(sum(c.values()) for c in repeated)
    return sum(max(c.values()) for c in repeated) / places if places else 0.0


def _score(form: Form, marks: Sequence[Mark], lines: int, stop: int) -> float:
    """Between 0 and 1: how much of the text comes after a label, how often it changes, how often labels return."""
    keys = [key(mark.label) for mark in marks]
    turns, labels = len(keys), len(set(keys))
    covered = (stop - marks[0].start) / max(stop, 1)
    changes = sum(1 for one, other in pairwise(keys) if one != other) / max(turns - 1, 1)
    returns = max(0.0, 1 - (labels - 1) / turns)
    dense = min(1.0, turns / lines / 0.2)
    score = 0.35 * covered + 0.25 * changes + 0.25 * returns + 0.15 * dense
    crowd = min(1.0, 4 * turns / labels / labels) if labels > 25 else 1.0
    weak = 0.8 if form in {Form.ALONE, Form.DASH} else 1.0
    return score * min(1.0, turns / 2) * crowd * weak
