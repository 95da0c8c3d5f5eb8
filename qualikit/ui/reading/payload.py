"""What the list of passages is sent: its outline at once, its cards page by page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from qualikit.coding.model import Codebook
from qualikit.project import Project
from qualikit.themes.reading.cards import Card
from qualikit.themes.reading.finding import Found, Group
from qualikit.ui.reading.labels import labels

SIZE = 30
"""Passages of a page."""
MOST_TICKED = 5_000
"""Passages of a list that can all be ticked at once: the browser is sent their names."""
MOST_PAGES = 4
"""Pages sent at once, however many the browser asks for."""


@dataclass(frozen=True)
class Outline:
    """A list of passages as it was found: it keeps its order while its passages are worked on. ``order`` numbers them
    in ``found``; ``token`` tells it from other lists."""

    found: Found
    order: list[int]
    groups: list[Group]
    token: str


def outline(found: Found, by: str, token: str) -> Outline:
    """The passages arranged to be read. Raises MatrixError."""
    order, groups = found.arranged(by)
    return Outline(found, order.tolist(), groups, token)


def list_payload(project: Project, listed: Outline, at: int = 0) -> dict[str, Any]:
    """The whole list, as light as can be: for each passage the places of its code and of its document in two lists.
    ``docKey`` names the place, the list and the coder, as in the coder."""
    import numpy as np

    found, facts = listed.found, listed.found.reader.facts
    rows = found.first_rows[np.array(listed.order, dtype=np.int64)]
    few = len(listed.order) <= MOST_TICKED
    place = hashlib.sha256(str(project.path or project.store.engine.url).encode()).hexdigest()[:12]
    return {
        "v": 1,
        "kind": "list",
        "docKey": ":".join((place, "lire", listed.token, project.coder)),
        "total": len(listed.order),
        "size": SIZE,
        "at": at,
        "groups": [[group.label, group.first, group.size] for group in listed.groups],
        "code": facts.code[rows].tolist(),
        "document": facts.document[rows].tolist(),
        "ids": [facts.coding_ids[int(found.codings_of(each)[0])] for each in listed.order] if few else None,
        "codeIds": [code.id for code in facts.codebook],
        "titles": [source.title for source in facts.documents],
        "labels": labels(),
    }


def rows_payload(listed: Outline, pages: tuple[int, int]) -> list[list[Any]]:
    """The cards of these pages, both included, by their place in the list: as the project has them now."""
    first = max(0, pages[0]) * SIZE
    last = min(len(listed.order), (min(pages[1], pages[0] + MOST_PAGES - 1) + 1) * SIZE)
    places = range(first, last)
    cards = listed.found.cards_or_none([listed.order[place] for place in places])
    return [[place, _row(listed, place, card)] for place, card in zip(places, cards, strict=True)]


def codes_payload(book: Codebook) -> list[dict[str, Any]]:
    """The codes for the palette."""
    return [
        {
            "id": code.id,
            "name": code.name,
            "parent": code.parent_id,
            "color": code.color,
            "definition": code.definition,
            "keywords": list(code.keywords),
            "active": code.active,
        }
        for code in book
    ]


def _row(listed: Outline, place: int, card: Card | None) -> dict[str, Any]:
    facts = listed.found.reader.facts
    if card is None:
        row = int(listed.found.codings_of(listed.order[place])[0])
        return {
            "id": facts.coding_ids[row],
            "code": facts.codebook.codes[int(facts.code[row])].id,
            "quote": "",
            "before": "",
            "after": "",
            "source": facts.documents[int(facts.document[row])].title,
            "coders": [],
            "mine": True,
            "codes": [],
            "beside": [],
            "memos": [],
            "gone": True,
        }
    passage, me = card.passage, listed.found.me
    return {
        "id": passage.coding_id,
        "code": passage.code_id,
        "quote": passage.quote,
        "before": card.before,
        "cut": passage.start > len(card.before),
        "after": card.after,
        "source": ", ".join(filter(None, [passage.reference, passage.territory])),
        "doc": passage.document_id,
        "start": passage.start,
        "stop": passage.stop,
        "coders": list(card.coders),
        "mine": card.mine,
        "chosen": bool(card.chosen),
        "verbatims": list(card.chosen),
        "memo": next((text for coder, text in card.memos if coder == me), ""),
        "memos": [[coder, text] for coder, text in card.memos if coder != me],
        "codes": list(card.codes),
        "beside": [[each.code, each.quote] for each in card.beside],
    }
