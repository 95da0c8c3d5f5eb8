"""Codings whose words went away when a text was corrected: found, given a likely place, put back or removed.

They wait on the text that had their words. Anybody may settle one, since its coder may have left; the history then says
whose it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from qualikit.coding import queries
from qualikit.coding.model import Coding
from qualikit.coding.removal import remove_codings
from qualikit.coding.tables import codings
from qualikit.corpus.queries import text_version
from qualikit.corpus.tables import documents
from qualikit.errors import CodingRefused
from qualikit.i18n import _, ngettext
from qualikit.store import Transaction
from qualikit.text import Span

LIKELY = 70.0
"""Score, out of 100, from which a place is worth showing."""
ENOUGH_LETTERS = 12
"""A quote of fewer is found as it is or not at all: nearly the same would be anywhere."""


@dataclass(frozen=True)
class Proposal:
    """Where the words of a coding may be now: ``words`` are those of the current text; ``score`` up to 100."""

    span: Span
    words: str
    score: float


def propose(text: str, quote: str, near: int) -> Proposal | None:
    """The most likely place of a quote in a text: the same words nearest to where they were (``near``, in code points),
    else those most like them. None where nothing is likely."""
    same = [match.start() for match in re.finditer(re.escape(quote), text)]
    if same:
        start = min(same, key=lambda place: abs(place - near))
        return Proposal(Span(start, start + len(quote)), quote, 100.0)
    if sum(sign.isalnum() for sign in quote) < ENOUGH_LETTERS:
        return None
    from rapidfuzz.fuzz import partial_ratio_alignment

    found = partial_ratio_alignment(quote, text, score_cutoff=LIKELY)
    if found is None or len(quote) > len(text):
        return None
    span = _whole_words(text, found.dest_start, found.dest_end)
    return Proposal(span, span.of(text), found.score) if len(span) else None


def _whole_words(text: str, start: int, stop: int) -> Span:
    """Out to the bounds of the words that are more than half in it, in from those that are less."""
    base = max(0, start - 40)
    for word in re.finditer(r"\w+", text[base : stop + 40]):
        first, last = (place + base for place in word.span())
        if first < start < last:
            start = first if start - first <= last - start else last
        if first < stop < last:
            stop = last if last - stop <= stop - first else first
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    return Span(start, max(start, stop))


def proposals(connection: sa.Connection, aside: Iterable[Coding]) -> dict[str, Proposal]:
    """The most likely place of each coding in the current text of its document, by id; those without are left out."""
    texts: dict[str, str] = {}
    found: dict[str, Proposal] = {}
    for coding in aside:
        if coding.document_id not in texts:
            texts[coding.document_id] = text_version(connection, coding.document_id).text
        place = propose(texts[coding.document_id], coding.quote, coding.start)
        if place is not None:
            found[coding.id] = place
    return found


def put_back(transaction: Transaction, id: str, start: int, stop: int, quote: str | None = None) -> Coding:
    """Put a coding that is set aside on ``[start, stop)`` of the current text, as one event. With ``quote``, only if
    the text says so there. Raises CodingRefused."""
    connection = transaction.connection
    coding, code = _aside(transaction, id)
    found = queries.passage(connection, coding.document_id, max(0, start), stop)
    if found is None or start < 0 or not found.words.strip() or len(found.words) < stop - start:
        raise CodingRefused(_("Le passage sort du texte."))
    if quote is not None and found.words != quote:
        raise CodingRefused(_("Le passage ne correspond pas au texte à cet endroit."), _("Rechargez la page."))
    owner = connection.execute(sa.select(codings.c.coder_id).where(codings.c.id == id)).scalar_one()
    if queries.same_coding(connection, found.version_id, start, stop, coding.code_id, owner) is not None:
        raise CodingRefused(
            _("Ce passage porte déjà le code {name}.").format(name=code), _("Le codage mis de côté peut être retiré.")
        )
    label = (
        _("code {name} replacé").format(name=code)
        if coding.coder == transaction.coder
        else _("code {name} replacé, codage de {coder}").format(name=code, coder=coding.coder)
    )
    with transaction.event("coding.put_back", label) as change:
        place = {"text_version_id": found.version_id, "start": start, "stop": stop, "quote": found.words}
        change.update_many(codings, {id: place})
    after = queries.coding(connection, id)
    assert after is not None
    return after


@dataclass(frozen=True)
class Likely:
    """Likely places of codings set aside, by their ids, in the texts that the documents had when they were looked for:
    document → text version."""

    places: dict[str, Proposal]
    versions: dict[str, str]


def likely(connection: sa.Connection, document_id: str | None = None) -> Likely:
    """Look for the places of all codings set aside, of one document or of all. Takes a tenth of a second a coding in a
    long text: not while others wait to write."""
    query = queries.narrowed(queries.select_codings(standing=False), document_id)
    found = proposals(connection, map(queries.coding_from, connection.execute(query)))
    return Likely(found, _versions(connection))


def _versions(connection: sa.Connection) -> dict[str, str]:
    return dict(connection.execute(sa.select(documents.c.id, documents.c.text_version_id)).all())


def accept(transaction: Transaction, least: float, found: Likely) -> tuple[str, ...]:
    """Put back, as one event, those whose likely place scores at least so much; their ids. Where the place has that
    code by that coder already, or the text has changed since, the coding keeps waiting."""
    connection = transaction.connection
    waiting = {row.id: row for row in connection.execute(queries.select_codings(standing=False))}
    current = _versions(connection)
    there: dict[str, set[tuple[int, int, str, str]]] = {}
    rows: dict[str, dict[str, Any]] = {}
    for id, place in found.places.items():
        coding = waiting.get(id)
        if coding is None or current[coding.document_id] != found.versions.get(coding.document_id):
            continue
        version = current[coding.document_id]
        taken = there.setdefault(version, queries.coded_passages(connection, version))
        key = (place.span.start, place.span.stop, coding.code_id, coding.coder_id)
        if place.score < least or key in taken:
            continue
        taken.add(key)
        rows[id] = {
            "text_version_id": version, "start": place.span.start, "stop": place.span.stop, "quote": place.words,
        }  # fmt: skip
    label = ngettext("{n} codage replacé", "{n} codages replacés", len(rows)).format(n=len(rows))
    with transaction.event("codings.put_back", label) as change:
        change.update_many(codings, rows)
    return tuple(rows)


def remove(transaction: Transaction, id: str) -> None:
    """Remove a coding that is set aside, with what hangs on it, as one event. Raises CodingRefused."""
    coding, code = _aside(transaction, id)
    label = (
        _("code {name} mis de côté retiré").format(name=code)
        if coding.coder == transaction.coder
        else _("code {name} mis de côté retiré, codage de {coder}").format(name=code, coder=coding.coder)
    )
    with transaction.event("coding.remove_aside", label) as change:
        remove_codings(change, [id])


def _aside(transaction: Transaction, id: str) -> tuple[Coding, str]:
    """The coding, with the name of its code. Raises CodingRefused where it is not set aside any more."""
    query = queries.select_codings(standing=False).where(codings.c.id == id)
    row = transaction.connection.execute(query).first()
    if row is None:
        raise CodingRefused(_("Ce codage n'attend plus d'être revu."), _("Rechargez la page."))
    coding = queries.coding_from(row)
    code = queries.code_name(transaction.connection, coding.code_id)
    return coding, code.name if code else ""
