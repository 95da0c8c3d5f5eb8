"""What assistants learn from: what a coder read as a code, and what they did not want read as it."""

from __future__ import annotations

import sqlalchemy as sa

from qualikit.coding import queries
from qualikit.coding.assistants import Example
from qualikit.coding.suggestions import Status
from qualikit.coding.tables import codings, decisions, suggestions
from qualikit.corpus.queries import present
from qualikit.corpus.tables import documents
from qualikit.store import coders


def examples_of(connection: sa.Connection, coder: str) -> list[Example]:
    """Codings in current texts and refused suggestions of the coder of that name, the oldest first. A
    passage that they coded so after all is not counted as refused."""
    own = coders.c.name == coder
    query = queries.select_codings(
        codings.c.quote, codings.c.code_id, codings.c.document_id, documents.c.title, codings.c.created
    ).order_by(None)
    found: dict[tuple[str, str, str], tuple[str, Example]] = {}
    for words, code, document, title, created in connection.execute(query.where(own)):
        example = Example(words, code, True, document, title)
        found.setdefault((words, code, document), (created, example))
    refused = (
        sa.select(
            suggestions.c.quote,
            suggestions.c.code_id,
            suggestions.c.document_id,
            documents.c.title,
            decisions.c.created,
        )
        .join(decisions, decisions.c.suggestion_id == suggestions.c.id)
        .join(documents, documents.c.id == suggestions.c.document_id)
        .join(coders, coders.c.id == decisions.c.coder_id)
        .where(present, decisions.c.verdict.in_([Status.REJECTED.value, Status.CORRECTED.value]), own)
    )
    for words, code, document, title, created in connection.execute(refused):
        example = Example(words, code, False, document, title)
        found.setdefault((words, code, document), (created, example))
    return [example for _created, example in sorted(found.values(), key=lambda each: each[0])]


def answered_by(connection: sa.Connection, coder: str) -> dict[str, list[tuple[int, int, str]]]:
    """By text version: start, stop and code (by id) of every suggestion that the coder of that name answered."""
    query = (
        sa.select(suggestions.c.text_version_id, suggestions.c.start, suggestions.c.stop, suggestions.c.code_id)
        .join(decisions, decisions.c.suggestion_id == suggestions.c.id)
        .join(coders, coders.c.id == decisions.c.coder_id)
        .where(coders.c.name == coder)
    )
    found: dict[str, list[tuple[int, int, str]]] = {}
    for version, start, stop, code in connection.execute(query):
        found.setdefault(version, []).append((start, stop, code))
    return found
