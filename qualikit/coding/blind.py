"""A blind sample: passages that a coder reads without seeing what an assistant says of them, and how far they agree."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from qualikit.coding.assistants import MEDIUM, Assistant
from qualikit.coding.assisted import Assisted
from qualikit.coding.model import CodeKind
from qualikit.coding.suggesting import material
from qualikit.coding.tables import codes
from qualikit.coding.vectors import Stopped, VectorProgress
from qualikit.content_words import content_stems
from qualikit.errors import CodingRefused
from qualikit.i18n import _
from qualikit.store import Store

if TYPE_CHECKING:
    from qualikit.coding.endpoint.asking import Endpoint

SAMPLE = 50
"""Passages of the sample."""
_BLIND = "assistance:blind"


@dataclass(frozen=True)
class Blind:
    """Agreement of the assistant and a coder who did not see its proposals: of ``answered`` passages out of ``drawn``,
    ``same`` were read with the very same codes; ``kappa`` (Cohen 1960) over passages and codes that either used, None
    where it is not defined. Codes of positions do not count. ``version`` of the assistant."""

    drawn: int = 0
    answered: int = 0
    same: int = 0
    kappa: float | None = None
    assistant: str = "meaning"
    version: str = ""


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


def draw(
    store: Store,
    seen: Assisted,
    assistant: Assistant,
    seed: int | None = None,
    endpoint: Callable[[], Endpoint] | None = None,
    progress: VectorProgress | None = None,
) -> int:
    """Draw the coder's blind sample anew: passages at random among those that they have not coded and of which they
    answered no suggestion, with what the assistant would propose (medium or strong), which is kept and not shown; how
    many. A passage that the assistant could not read is left out. Raises CodingRefused where there is none,
    EndpointRefused, EndpointFailed, Stopped: the sample before stays then.

    Passages with a suggestion that waits are not left out: what remained would be those of which nothing is proposed.
    """
    free = [
        number
        for number, piece in enumerate(seen.read)
        if not seen.on(number)
        and len(set(content_stems(piece.words))) >= 5
        and not seen.is_answered(piece.first.version_id, piece.first.start, piece.sentences[-1].stop)
    ]
    if not free:
        raise CodingRefused(
            _("Il ne reste pas de passage à tirer : tous sont codés, ou ont reçu une réponse."),
            _("Importez d'autres documents pour mesurer l'accord sur eux."),
        )
    chosen = sorted(random.Random(seed).sample(free, min(SAMPLE, len(free))))
    said = _said(store, seen, assistant, chosen, endpoint, progress)
    chosen = [number for number in chosen if number in said]
    rows = [
        {
            "version": (piece := seen.read[number]).first.version_id,
            "start": piece.first.start,
            "stop": piece.sentences[-1].stop,
            "proposed": sorted(said[number]),
            "answered": None,
        }
        for number in random.Random(seed).sample(chosen, len(chosen))
    ]
    name = {"assistant": assistant.name, "version": assistant.version}
    store.set_preference(seen.coder, _BLIND, {**name, "rows": rows})
    return len(rows)


def _said(
    store: Store,
    seen: Assisted,
    assistant: Assistant,
    chosen: Sequence[int],
    endpoint: Callable[[], Endpoint] | None,
    progress: VectorProgress | None,
) -> dict[int, set[str]]:
    """The codes that an assistant proposes for some pieces (by place); without those that it could not read."""
    found: dict[int, set[str]] = {}
    if assistant.name == "meaning":  # it is ready
        for number in chosen:
            places = seen.learned.chosen(number)
            found[number] = {seen.learned.codes[place].id for place, score in places if score >= MEDIUM}
        return found
    done = 0

    def still() -> None:
        if progress is not None and not progress(done, len(chosen)):
            raise Stopped

    segments = (sentence for piece in seen.read for sentence in piece.sentences)
    made = material(store, seen.book, segments, seen.examples)
    suggester = assistant.prepare(replace(made, still=still, endpoint=endpoint))
    for number in chosen:
        still()
        unread = getattr(suggester, "incomplete", set[str]())
        unread.clear()
        said = suggester.suggest(seen.read[number].sentences)
        if not unread:
            found[number] = {each.code_id for each in said if each.score >= MEDIUM}
        done += 1
    return found


def blind_passages(store: Store, seen: Assisted) -> list[BlindPassage]:
    """The sample, without those whose text was corrected or removed since."""
    by_place = {(piece.first.version_id, piece.first.start, piece.sentences[-1].stop): piece for piece in seen.read}
    found = []
    for number, row in enumerate(_sample(store, seen.coder)["rows"]):
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
    sample = _sample(store, coder)
    rows = list(sample["rows"])
    if not 0 <= number < len(rows):
        raise CodingRefused(_("Ce passage n'est plus dans l'échantillon."), _("Rechargez la page."))
    rows[number] = {**rows[number], "answered": sorted(set(code_ids))}
    store.set_preference(coder, _BLIND, {**sample, "rows": rows})


def stop(store: Store, coder: str) -> None:
    """Take those that were not answered out of the coder's sample."""
    sample = _sample(store, coder)
    answered = [row for row in sample["rows"] if row["answered"] is not None]
    store.set_preference(coder, _BLIND, {**sample, "rows": answered})


def blind(store: Store, coder: str) -> Blind:
    """How far the sample has been answered, and the agreement."""
    sample = _sample(store, coder)
    rows = sample["rows"]
    positions = sa.select(codes.c.id).where(codes.c.kind == CodeKind.POSITION.value)
    with store.read() as connection:
        aside = set(connection.execute(positions).scalars())
    done = [(set(row["answered"]) - aside, set(row["proposed"]) - aside) for row in rows if row["answered"] is not None]
    used = sorted({code for answered, proposed in done for code in answered | proposed})
    pairs = [(code in answered, code in proposed) for answered, proposed in done for code in used]
    same = sum(answered == proposed for answered, proposed in done)
    return Blind(len(rows), len(done), same, kappa(pairs), sample["assistant"], sample["version"])


def kappa(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Cohen's kappa (1960) of two readers who each said yes or no; None where chance alone explains everything."""
    if not pairs:
        return None
    n = len(pairs)
    agree = sum(one == other for one, other in pairs) / n
    yes, other_yes = sum(one for one, _o in pairs) / n, sum(other for _o, other in pairs) / n
    chance = yes * other_yes + (1 - yes) * (1 - other_yes)
    return None if chance == 1 else (agree - chance) / (1 - chance)


def _sample(store: Store, coder: str) -> dict[str, Any]:
    """Assistant, its version, and one row a passage."""
    found = store.preference(coder, _BLIND, None)
    if isinstance(found, list):  # as it was kept before an assistant could be chosen
        found = {"rows": found}
    return {"assistant": "meaning", "version": "", "rows": [], **(found if isinstance(found, dict) else {})}
