"""The vectors of a whole corpus, computed before anybody asks for what is learned from them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qualikit.coding.assistants.pieces import pieces
from qualikit.coding.assisted import is_kept
from qualikit.coding.encoders import ready
from qualikit.coding.examples import examples_of
from qualikit.coding.spoken import pieces_of, segments_of
from qualikit.coding.vectors import VectorProgress, encoder_key, index, text_key
from qualikit.corpus.queries import document_from, select_documents
from qualikit.store import Store
from qualikit.store.vectors import read_vectors

FEW = 100
"""Passages without a vector that are computed as one waits."""


def index_corpus(
    store: Store, coder: str, progress: VectorProgress | None = None, executor: Any = None
) -> tuple[int, int]:
    """Compute the vectors of all passages, and of what the coder decided on, that have none yet, some at a time; how
    many were looked at, of how many."""
    encoder = ready()
    if encoder is None:
        return 0, 0
    with store.read() as connection:
        documents = [document_from(row) for row in connection.execute(select_documents())]
        decided = [each.words for each in examples_of(connection, coder)]

    def texts() -> Iterator[str]:
        yield from decided
        for document in documents:
            for piece in pieces(segments_of(store, document)):  # not remembered: memory is not to grow
                yield piece.words

    total = sum(1 for _text in texts())
    return index(store, encoder, texts(), total, progress=progress, executor=executor), total


def is_ready(store: Store, coder: str) -> bool:
    """Whether :func:`qualikit.coding.assisted.assisted` would answer at once: nothing has changed, or every passage has
    its vector."""
    encoder = ready()
    if encoder is None:
        return True
    if is_kept(store, coder, encoder):
        return True
    with store.read() as connection:
        documents = [document_from(row) for row in connection.execute(select_documents())]
        texts = [piece.words for document in documents for piece in pieces_of(store, document)]
        texts += [each.words for each in examples_of(connection, coder)]
        hashes = list({text_key(text) for text in texts})
        return len(hashes) - len(read_vectors(connection, encoder_key(encoder), hashes)) <= FEW
