"""Codings where something was searched: to narrow a search by them, and to put them on what it found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from qualikit.coding import queries
from qualikit.coding.model import Code, Origin
from qualikit.coding.tables import codings
from qualikit.corpus.queries import present
from qualikit.corpus.search.hits import Hit
from qualikit.corpus.search.narrowing import Filters
from qualikit.corpus.tables import documents, text_versions
from qualikit.errors import CodingRefused
from qualikit.i18n import _, ngettext
from qualikit.store import Transaction, new_id, now
from qualikit.store import coders as coders_table
from qualikit.text import Span, sentence

Extent = Literal["match", "sentence", "turn"]
EXTENTS: tuple[Extent, ...] = ("match", "sentence", "turn")
"""How much of the text around a hit is meant: what was found, its sentence, the whole turn (or paragraph)."""


def extent_named(name: str) -> Extent:
    """The extent of that name. Raises CodingRefused."""
    for extent in EXTENTS:
        if extent == name:
            return extent
    raise CodingRefused(
        _("« {name} » ne dit pas ce qui doit être codé.").format(name=name),
        _("Il existe : {names}.").format(names=", ".join(EXTENTS)),
    )


class CodingFilters(Filters, total=False):
    """What a search in the room of coding may be narrowed to: codes by id or name, coders by name.

    ``code``: only inside passages that bear one of these codes, or one under it; with ``coded_by``, by these coders.
    ``without_code``: only outside of passages that bear one of these, whoever coded them. ``uncoded``: only outside of
    all that is coded.
    """

    code: str | Sequence[str] | None
    without_code: str | Sequence[str] | None
    coded_by: str | Sequence[str] | None
    uncoded: bool


@dataclass(frozen=True)
class HitPassage:
    """A passage to be coded: ``[start, stop)`` of a text version of a document; ``words`` are what stands there."""

    document_id: str
    version_id: str
    start: int
    stop: int
    words: str


@dataclass(frozen=True)
class RefusedHit:
    """A hit that was not coded, and why, in words for the user."""

    hit: Hit
    reason: str


@dataclass(frozen=True)
class HitReport:
    """What became of hits to be coded: passages coded (``added``), those that bore the code ``already``, refused hits.
    Two hits in one sentence, or in one turn, are one passage."""

    added: int = 0
    already: int = 0
    refused: tuple[RefusedHit, ...] = ()

    def __str__(self) -> str:
        parts = [ngettext("{n} codage posé", "{n} codages posés", self.added).format(n=self.added)]
        if self.already:
            parts.append(ngettext("{n} l'était déjà", "{n} l'étaient déjà", self.already).format(n=self.already))
        if self.refused:
            number = len(self.refused)
            parts.append(ngettext("{n} refusé", "{n} refusés", number).format(n=number))
        return ", ".join(parts) + "."


def coded_spans(
    connection: sa.Connection, codes: Iterable[str] | None = None, coders: Sequence[str] = ()
) -> dict[str, list[tuple[int, int]]]:
    """Where the codings in current texts are, by text version; ``codes`` by id, ``coders`` by name."""
    query = queries.select_codings(codings.c.text_version_id, codings.c.start, codings.c.stop).order_by(None)
    if codes is not None:
        query = query.where(codings.c.code_id.in_(list(codes)))
    if coders:
        query = query.where(coders_table.c.name.in_(coders))
    found: dict[str, list[tuple[int, int]]] = {}
    for version, start, stop in connection.execute(query):
        found.setdefault(version, []).append((start, stop))
    return found


def passages_of(
    connection: sa.Connection, hits: Sequence[Hit], extent: Extent
) -> tuple[list[HitPassage], list[RefusedHit]]:
    """The passages that hits stand in, each once, in order; and the hits whose text is no longer what they say."""
    wanted = {hit.document for hit in hits}
    texts: dict[str, Any] = {}
    for some in queries.parts(wanted):
        query = (
            sa.select(documents.c.id, text_versions.c.id.label("version"), text_versions.c.text)
            .join(text_versions, text_versions.c.id == documents.c.text_version_id)
            .where(present, documents.c.id.in_(some))
        )
        texts |= {row.id: row for row in connection.execute(query)}
    found: dict[HitPassage, None] = {}
    refused = []
    for hit in hits:
        row = texts.get(hit.document)
        if row is None:
            refused.append(RefusedHit(hit, _("Ce document n'est plus dans le projet.")))
        elif row.version != hit.version or row.text[hit.start : hit.stop] != hit.match:
            refused.append(RefusedHit(hit, _("Le texte a changé depuis cette recherche : relancez-la.")))
        else:
            span = _extended(hit, row.text, extent)
            found[HitPassage(hit.document, row.version, span.start, span.stop, span.of(row.text))] = None
    return list(found), refused


def _extended(hit: Hit, text: str, extent: Extent) -> Span:
    passage = Span(hit.passage_start, hit.passage_stop)
    if extent == "turn":
        return passage
    return sentence(text, hit.start, hit.stop, passage) if extent == "sentence" else Span(hit.start, hit.stop)


def code_hits(transaction: Transaction, hits: Sequence[Hit], code: Code, extent: Extent) -> HitReport:
    """Put a code on the passages that hits stand in, as one event."""
    passages, refused = passages_of(transaction.connection, hits, extent)
    coded = {
        (version, *place)
        for version in {passage.version_id for passage in passages}
        for place in queries.coded_passages(transaction.connection, version)
    }
    fresh = [
        passage
        for passage in passages
        if (passage.version_id, passage.start, passage.stop, code.id, transaction.coder_id) not in coded
    ]
    label = ngettext("code {name} posé sur {n} passage", "code {name} posé sur {n} passages", len(fresh))
    at = now()
    with transaction.event("coding.hits", label.format(name=code.name, n=len(fresh))) as change:
        change.insert(
            codings,
            *(
                {
                    "id": new_id(),
                    "document_id": passage.document_id,
                    "text_version_id": passage.version_id,
                    "start": passage.start,
                    "stop": passage.stop,
                    "quote": passage.words,
                    "code_id": code.id,
                    "coder_id": transaction.coder_id,
                    "origin": Origin.HAND.value,
                    "created": at,
                }
                for passage in fresh
            ),
        )
    return HitReport(len(fresh), len(passages) - len(fresh), tuple(refused))
