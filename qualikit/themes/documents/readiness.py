"""What to know before handing in: themes without a synthesis, drafts, documents without a code, and names."""

from __future__ import annotations

from dataclasses import dataclass

from qualikit.corpus.pseudonyms.service import Pseudonyms
from qualikit.store import Store
from qualikit.themes.consensus.stances import is_theme
from qualikit.themes.documents.gathering import written
from qualikit.themes.documents.people import pseudonymised
from qualikit.themes.model import TOTAL
from qualikit.themes.reading.reader import reader_of
from qualikit.themes.syntheses.writing import DRAFT_MARK
from qualikit.themes.themes import Themes


@dataclass(frozen=True)
class OfTerritory:
    """``themes``: coded there; ``without``: ids and names of those that have no synthesis; ``drafts``: syntheses not
    validated, out of ``written``; ``proposed``: those that still hold what was proposed by the machine."""

    territory: str
    label: str
    people: int
    documents: int
    codings: int
    themes: int
    without: tuple[tuple[str, str], ...]
    drafts: int
    written: int
    proposed: int = 0


@dataclass(frozen=True)
class Readiness:
    """``has_key``: there are pseudonyms, and a key; ``pseudonymised``: some were put in the texts."""

    territories: tuple[OfTerritory, ...]
    chosen: int
    uncoded: tuple[str, ...]
    documents: int
    has_key: bool
    pseudonymised: bool


def readiness(store: Store, coder: str, themes: Themes) -> Readiness:
    """Counted at once for every territory."""
    matrix = themes.matrix(columns="territory")
    reader = reader_of(store)
    book = reader.codebook
    rows = [row for row in matrix.rows if (code := book.get(row.code_id)) is not None and is_theme(book, code)]
    found = []
    for column in matrix.columns:
        with store.read() as connection:
            texts = written(connection, column.value)
        coded = [row for row in rows if matrix.cell(row, column).own_codings]
        found.append(
            OfTerritory(
                column.value,
                column.label,
                column.people,
                column.sessions,
                matrix.cell(TOTAL, column.value).codings,
                len(coded),
                tuple((row.code_id, row.name) for row in coded if row.code_id not in texts),
                sum(status != "validated" for _text, status in texts.values()),
                len(texts),
                sum(DRAFT_MARK in text for text, _status in texts.values()),
            )
        )
    with store.read() as connection:
        put = pseudonymised(connection)
    coded_documents = set(reader.facts.document.tolist())
    return Readiness(
        tuple(found),
        len(reader.chosen),
        tuple(source.title for n, source in enumerate(reader.facts.documents) if n not in coded_documents),
        len(reader.facts.documents),
        Pseudonyms(store, coder).has_key,
        put,
    )
