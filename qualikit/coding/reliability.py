"""How well the assistants do on this very project: what became of their suggestions, what they would have found, and
how far they agree with an evaluator who did not see them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from qualikit.coding.assistants import MEDIUM, STRONG, Level, level_of, shown_name
from qualikit.coding.assisted import Assisted
from qualikit.coding.model import CodeKind, Origin
from qualikit.coding.suggestions import Status
from qualikit.coding.tables import codes, codings, decisions, suggestions
from qualikit.content_words import content_stems
from qualikit.corpus.queries import present
from qualikit.corpus.tables import documents
from qualikit.errors import CodingRefused
from qualikit.i18n import _
from qualikit.store import Store, coders

CALIBRATED = 30
"""Decisions from which a share accepted is told as what may be expected of a level."""
SAMPLE = 50
"""Passages of the blind sample."""
_BLIND = "assistance:blind"
THRESHOLDS = (0.35, 0.5, MEDIUM, STRONG, 0.9)


@dataclass(frozen=True)
class Tally:
    """Of ``decided`` suggestions, how many were ``accepted`` as they were, ``corrected`` (accepted with another code),
    and refused."""

    accepted: int = 0
    corrected: int = 0
    refused: int = 0

    @property
    def decided(self) -> int:
        return self.accepted + self.corrected + self.refused

    @property
    def precision(self) -> float | None:
        """Share accepted as proposed; None where nothing was decided."""
        return self.accepted / self.decided if self.decided else None


@dataclass(frozen=True)
class AssistantTally:
    """What became of one assistant's suggestions: by ``version``, by level, by code (name)."""

    assistant: str
    versions: tuple[str, ...]
    whole: Tally
    by_level: Mapping[Level, Tally]
    by_code: Mapping[str, Tally]

    @property
    def calibrated(self) -> bool:
        """Whether there are enough decisions to tell shares."""
        return self.whole.decided >= CALIBRATED


@dataclass(frozen=True)
class Threshold:
    """What would have been found with suggestions of at least ``score``: ``right`` of ``proposed`` (passage and code)
    had been coded so; ``found`` of ``coded`` codings (passage and code) had been proposed."""

    score: float
    proposed: int
    right: int
    found: int
    coded: int


@dataclass(frozen=True)
class Blind:
    """Agreement of the assistant and a coder who did not see its proposals: of ``answered`` passages out of ``drawn``,
    ``same`` were read with the very same codes; ``kappa`` (Cohen 1960) over passages and codes that either used, None
    where it is not defined. Codes of positions, which are not proposed, do not count."""

    drawn: int = 0
    answered: int = 0
    same: int = 0
    kappa: float | None = None


@dataclass(frozen=True)
class Reliability:
    """All of it, for one coder, or for all where ``coder`` is None."""

    coder: str | None
    assistants: tuple[AssistantTally, ...]
    thresholds: tuple[Threshold, ...]
    folds: int
    """Parts of the documents that the thresholds were worked out with; 0: too few documents are coded."""
    blind: Blind


@dataclass(frozen=True)
class Origins:
    """How codings began: by ``hand``, by ``imported`` files, as suggestions of each (assistant, version); and how many
    suggestions were refused."""

    codings: int
    suggested: Mapping[tuple[str, str], int]
    refused: int


def tallies(connection: sa.Connection, coder: str | None) -> tuple[AssistantTally, ...]:
    """What became of suggestions that the coder of that name (None: anybody) decided on, by assistant."""
    query = (
        sa.select(
            suggestions.c.assistant,
            suggestions.c.assistant_version,
            suggestions.c.score,
            codes.c.name,
            decisions.c.verdict,
        )
        .select_from(decisions)
        .join(suggestions, suggestions.c.id == decisions.c.suggestion_id)
        .join(codes, codes.c.id == suggestions.c.code_id)
        .join(coders, coders.c.id == decisions.c.coder_id)
        .join(documents, documents.c.id == suggestions.c.document_id)
        .where(present)
        .order_by(suggestions.c.assistant)
    )
    if coder is not None:
        query = query.where(coders.c.name == coder)
    rows: dict[str, list[Any]] = {}
    for row in connection.execute(query):
        rows.setdefault(shown_name(row.assistant), []).append(row)
    return tuple(
        AssistantTally(
            name,
            tuple(sorted({row.assistant_version for row in own})),
            _tally(own),
            {level: _tally(row for row in own if level_of(row.score) is level) for level in Level},
            {code: _tally(row for row in own if row.name == code) for code in sorted({row.name for row in own})},
        )
        for name, own in rows.items()
    )


def _tally(rows: Iterable[Any]) -> Tally:
    verdicts = [row.verdict for row in rows]
    return Tally(*(verdicts.count(each.value) for each in (Status.ACCEPTED, Status.CORRECTED, Status.REJECTED)))


def thresholds(seen: Assisted) -> tuple[tuple[Threshold, ...], int]:
    """What would have been found at which threshold, each document judged by what was learned from the others, over the
    documents that are coded; and in how many parts. None with fewer than two of them."""
    proposed: list[tuple[float, bool]] = []
    found: list[float] = []
    parts = list(seen.folds())
    if len(parts) < 2:
        return (), 0
    themes = {code.id for code in seen.book if code.kind is not CodeKind.POSITION}
    for part, learned in parts:
        for number, piece in enumerate(seen.read):
            if piece.first.document_id not in part:
                continue
            here = {each.code_id for each in seen.on(number)} & themes
            said = {each.code_id: each.score for each in learned.proposals(number)}
            proposed += [(score, code in here) for code, score in said.items()]
            found += [said.get(code, 0.0) for code in here]
    return tuple(
        Threshold(
            least,
            sum(score >= least for score, _right in proposed),
            sum(score >= least and right for score, right in proposed),
            sum(score >= least for score in found),
            len(found),
        )
        for least in THRESHOLDS
    ), len(parts)


def origins(connection: sa.Connection, document_ids: Sequence[str] | None = None) -> Origins:
    """How the codings of these documents (None: all) began."""
    began = (
        sa.select(codings.c.id, codings.c.origin)
        .join(documents, documents.c.id == codings.c.document_id)
        .where(present, codings.c.text_version_id == documents.c.text_version_id)
    )
    asked = (
        sa.select(decisions.c.coding_id, decisions.c.verdict, suggestions.c.assistant, suggestions.c.assistant_version)
        .join(suggestions, suggestions.c.id == decisions.c.suggestion_id)
        .join(documents, documents.c.id == suggestions.c.document_id)
        .where(present)
    )
    if document_ids is not None:
        began = began.where(documents.c.id.in_(document_ids))
        asked = asked.where(documents.c.id.in_(document_ids))
    rows = connection.execute(began).all()
    suggested = {row.id for row in rows if row.origin == Origin.SUGGESTION.value}
    by: dict[tuple[str, str], set[str]] = {}
    refused = 0
    for row in connection.execute(asked):
        if row.verdict == Status.REJECTED.value:
            refused += 1
        elif row.coding_id in suggested:
            by.setdefault((shown_name(row.assistant), row.assistant_version), set()).add(row.coding_id)
    counted = {name: len(ids) for name, ids in by.items()}
    return Origins(len(rows), counted, refused)


# -- the blind sample


@dataclass(frozen=True)
class BlindPassage:
    """One passage of the sample: ``answered`` holds the ids of the codes that the coder gave, None before."""

    number: int
    document_id: str
    title: str
    start: int
    stop: int
    words: str
    answered: tuple[str, ...] | None


def draw(store: Store, seen: Assisted, seed: int | None = None) -> int:
    """Draw the coder's blind sample anew: passages at random among those that they have not coded, with what the
    assistant would propose, which is kept and not shown; how many."""
    free = [
        number
        for number, piece in enumerate(seen.read)
        if not seen.on(number) and len(set(content_stems(piece.words))) >= 5
    ]
    chosen = random.Random(seed).sample(free, min(SAMPLE, len(free)))
    learned = seen.learned
    rows = []
    for number in chosen:
        piece = seen.read[number]
        said = [each.code_id for each in learned.proposals(number) if each.score >= MEDIUM]
        rows.append(
            {
                "version": piece.first.version_id,
                "start": piece.first.start,
                "stop": piece.sentences[-1].stop,
                "proposed": sorted(set(said)),
                "answered": None,
            }
        )
    store.set_preference(seen.coder, _BLIND, rows)
    return len(rows)


def blind_passages(store: Store, seen: Assisted) -> list[BlindPassage]:
    """The sample, without those whose text was corrected or removed since."""
    by_place = {(piece.first.version_id, piece.first.start, piece.sentences[-1].stop): piece for piece in seen.read}
    found = []
    for number, row in enumerate(_sample(store, seen.coder)):
        piece = by_place.get((row["version"], row["start"], row["stop"]))
        if piece is None:
            continue
        answered = row["answered"]
        found.append(
            BlindPassage(
                number,
                piece.first.document_id,
                seen.documents[piece.first.document_id].title,
                piece.first.start,
                row["stop"],
                piece.words,
                None if answered is None else tuple(answered),
            )
        )
    return found


def answer(store: Store, coder: str, number: int, code_ids: Sequence[str]) -> None:
    """What the coder reads in a passage of the sample: codes, or none. Raises CodingRefused."""
    rows = _sample(store, coder)
    if not 0 <= number < len(rows):
        raise CodingRefused(_("Ce passage n'est plus dans l'échantillon."), _("Rechargez la page."))
    rows[number] = {**rows[number], "answered": sorted(set(code_ids))}
    store.set_preference(coder, _BLIND, rows)


def blind(store: Store, coder: str) -> Blind:
    """How far the sample has been answered, and the agreement."""
    rows = _sample(store, coder)
    positions = sa.select(codes.c.id).where(codes.c.kind == CodeKind.POSITION.value)
    with store.read() as connection:
        aside = set(connection.execute(positions).scalars())  # the assistant proposes none
    done = [(set(row["answered"]) - aside, set(row["proposed"])) for row in rows if row["answered"] is not None]
    used = sorted({code for answered, proposed in done for code in answered | proposed})
    pairs = [(code in answered, code in proposed) for answered, proposed in done for code in used]
    same = sum(answered == proposed for answered, proposed in done)
    return Blind(len(rows), len(done), same, kappa(pairs))


def kappa(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Cohen's kappa (1960) of two readers who each said yes or no; None where chance alone explains everything."""
    if not pairs:
        return None
    n = len(pairs)
    agree = sum(one == other for one, other in pairs) / n
    yes, other_yes = sum(one for one, _o in pairs) / n, sum(other for _o, other in pairs) / n
    chance = yes * other_yes + (1 - yes) * (1 - other_yes)
    return None if chance == 1 else (agree - chance) / (1 - chance)


def _sample(store: Store, coder: str) -> list[dict[str, Any]]:
    found = store.preference(coder, _BLIND, [])
    return list(found) if isinstance(found, list) else []
