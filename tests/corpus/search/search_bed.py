"""What a test of searching does to a corpus."""

from __future__ import annotations

import sqlalchemy as sa

from qualikit import Project
from qualikit.corpus.tables import documents, text_versions, turns
from qualikit.store import new_id, now
from qualikit.text import count_words, text_hash


def add(project: Project, title: str, text: str, **known: str) -> str:
    """A document that somebody's labels make a transcript of, or a note; its id."""
    return project.corpus.save(project.corpus.preview(text.encode(), f"{title}.txt", title=title, **known)).id


def correct(project: Project, title: str, text: str) -> None:
    """A new text for a document, one turn a line; in the way of any correction: a version, which becomes current."""
    id = project.corpus.document(title).id
    version = new_id()
    rows, start = [], 0
    for index, line in enumerate(text.splitlines(keepends=True)):
        stop = start + len(line)
        said = stop - (len(line) - len(line.rstrip("\n")))
        rows.append(
            {
                "id": new_id(),
                "text_version_id": version,
                "index": index,
                "start": start,
                "stop": stop,
                "speech_start": start,
                "speech_stop": said,
                "label": "Quelqu'un",
            }
        )
        start = stop
    with project.store.write("Camille") as transaction:
        connection = transaction.connection
        number = connection.execute(
            sa.select(sa.func.max(text_versions.c.number)).where(text_versions.c.document_id == id)
        ).scalar_one()
        connection.execute(
            sa.insert(text_versions).values(
                id=version,
                document_id=id,
                number=number + 1,
                reason="correction",
                text=text,
                text_hash=text_hash(text),
                words=count_words(text),
                created=now(),
            )
        )
        if rows:
            connection.execute(sa.insert(turns), rows)
        with transaction.event("document.correct", "texte corrigé") as change:
            change.update(documents, id, text_version_id=version)
