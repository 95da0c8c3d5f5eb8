from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import qualikit.themes.tables  # noqa: F401  what hangs on codes and codings from the room above
from qualikit.coding import Codings
from qualikit.corpus.tables import documents, source_files, text_versions
from qualikit.store import Store, new_id, now
from qualikit.text import count_words, normalise, text_hash

TEXT = normalise(
    "Animatrice\u00a0: La météo, ça vous gêne\u00a0?\n"
    "Mme Diallo\u00a0: Quand il pleut 🌧️ on ne vient pas. 👩‍🦽 Et l'hiver, non plus.\r\n"
    "M. Ortega\u00a0: Moi je viens, qu'il pleuve ou non. E\u0301videmment, cafe\u0301 offert\u00a0!\n"
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.create(tmp_path / "essai.qualikit", "Essai")
    yield store
    store.close()


@pytest.fixture
def camille(store: Store) -> Codings:
    return Codings(store, "Camille")


@pytest.fixture
def sacha(store: Store) -> Codings:
    return Codings(store, "Sacha")


def add_document(store: Store, title: str = "FG Aubagne", text: str = TEXT) -> str:
    """A document put straight into the tables: what matters here is its text."""
    id, version, digest = new_id(), new_id(), sha256(f"{title}{new_id()}".encode()).hexdigest()
    with store.write("Camille") as transaction:
        connection = transaction.connection
        connection.execute(sa.insert(source_files).values(sha256=digest, name=f"{title}.txt", content=b""))
        connection.execute(
            sa.insert(documents).values(
                id=id,
                title=title,
                source_kind="focus_group",
                attributes={},
                file_name=f"{title}.txt",
                sha256=digest,
                reader="txt",
                reader_version="1",
                text_version_id=version,
                created=now(),
                removed=False,
            )
        )
        add_version(connection, id, 1, text, version)
    return id


def add_version(
    connection: sa.Connection, document_id: str, number: int, text: str, version_id: str | None = None
) -> None:
    """A text version, which becomes the current one."""
    version_id = version_id or new_id()
    connection.execute(sa.update(documents).where(documents.c.id == document_id).values(text_version_id=version_id))
    values: dict[str, Any] = {
        "id": version_id,
        "reason": "import",
        "document_id": document_id,
        "number": number,
        "text": text,
        "text_hash": text_hash(text),
        "words": count_words(text),
        "created": now(),
    }
    connection.execute(sa.insert(text_versions).values(values))


@pytest.fixture
def document(store: Store) -> str:
    return add_document(store)


@pytest.fixture
def op(document: str) -> Callable[..., dict[str, Any]]:
    """An operation as the browser sends it; ``words`` stands for the place, the quote and the hash of the text."""

    def make(kind: str, words: str | None = None, **fields: Any) -> dict[str, Any]:
        operation = {"uuid": new_id(), "op": kind, "doc": document}
        if words is not None:
            start = TEXT.index(words)
            operation |= {"start": start, "end": start + len(words), "quote": words, "textHash": text_hash(TEXT)}
        return operation | fields

    return make
