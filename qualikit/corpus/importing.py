"""From a preview to a document of the project, and from a folder's files to all of theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from qualikit.corpus import queries
from qualikit.corpus.guess import parse_date
from qualikit.corpus.model import Document, SourceKind, clean_title
from qualikit.corpus.tables import documents, participants, source_files, text_versions, turns
from qualikit.errors import DuplicateDocument, QualikitError, UnreadableFile
from qualikit.i18n import _
from qualikit.store import Transaction, new_id, now
from qualikit.text import count_words, text_hash

if TYPE_CHECKING:
    from qualikit.corpus.corpus import Corpus
    from qualikit.corpus.preview import Preview

Progress = Callable[[int, int, str], bool | None]


@dataclass(frozen=True)
class Refused:
    """A file that did not go in, and why."""

    file_name: str
    error: QualikitError


@dataclass(frozen=True)
class ImportReport:
    """What became of a batch: documents saved, files refused, whether it was stopped before the end."""

    saved: tuple[Document, ...]
    refused: tuple[Refused, ...]
    stopped: bool = False


def read_file(path: Path) -> bytes:
    """The bytes of a file on disk. Raises UnreadableFile."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            _("« {name} » ne peut pas être ouvert.").format(name=path.name),
            _("Vérifiez que le fichier existe et que vous avez le droit de le lire."),
        ) from error


def import_files(
    corpus: Corpus, paths: Sequence[Path], progress: Progress | None, known: Mapping[str, Any]
) -> ImportReport:
    """See :meth:`Corpus.import_files`. Each file is its own transaction: what is saved stays saved."""
    saved: list[Document] = []
    refused: list[Refused] = []
    for done, path in enumerate(paths):
        if progress is not None and progress(done, len(paths), path.name) is False:
            return ImportReport(tuple(saved), tuple(refused), stopped=True)
        try:
            saved.append(corpus.save(corpus.preview(path, **known)))
        except QualikitError as error:
            refused.append(Refused(path.name, error))
    if progress is not None:
        progress(len(paths), len(paths), "")
    return ImportReport(tuple(saved), tuple(refused))


def save(transaction: Transaction, preview: Preview) -> Document:
    """Write a document as previewed: its file, text, participants and turns, as one event.

    The file and the text hang on the document's row and are never changed: undo takes the row out of sight and redo
    brings it back, without a copy of either in the history. Raises DuplicateDocument.
    """
    connection = transaction.connection
    _refuse_duplicate(connection, preview)
    text = preview.text
    document = Document(
        id=new_id(),
        title=_free_title(connection, preview.title.strip() or preview.file_name),
        source_kind=preview.source_kind or SourceKind.DOCUMENT,
        territory=preview.territory,
        date=preview.date,
        file_name=preview.file_name,
        sha256=preview.sha256,
        reader=preview.reader,
        reader_version=preview.reader_version,
        rule=preview.rule.to_json() if preview.rule else None,
        text_version_id=new_id(),
    )
    if (
        connection.execute(sa.select(source_files.c.sha256).where(source_files.c.sha256 == preview.sha256)).first()
        is None
    ):
        connection.execute(
            sa.insert(source_files).values(sha256=preview.sha256, name=preview.file_name, content=preview.data)
        )
    with transaction.event("document.import", _("« {title} » importé").format(title=document.title)) as change:
        change.insert(
            documents,
            {
                "id": document.id,
                "title": document.title,
                "source_kind": document.source_kind.value,
                "territory": document.territory,
                "date": document.date.isoformat() if document.date else None,
                "attributes": {},
                "file_name": document.file_name,
                "sha256": document.sha256,
                "reader": document.reader,
                "reader_version": document.reader_version,
                "rule": document.rule,
                "text_version_id": document.text_version_id,
                "created": now(),
                "removed": False,
            },
        )
    connection.execute(
        sa.insert(text_versions).values(
            id=document.text_version_id,
            document_id=document.id,
            number=1,
            reason="import",
            text=text,
            text_hash=text_hash(text),
            words=count_words(text),
            created=now(),
            coder_id=transaction.coder_id,
        )
    )
    _save_turns(connection, document, preview)
    return document


def _save_turns(connection: sa.Connection, document: Document, preview: Preview) -> None:
    ids: dict[str, str] = {}  # label → participant: several labels may lead to one
    people: list[dict[str, Any]] = []
    for speaker in preview.speakers:
        id = new_id()
        people.append({"id": id, "name": speaker.name, "role": speaker.role.value, "attributes": {}})
        ids.update(dict.fromkeys(speaker.labels, id))
    if people:
        connection.execute(sa.insert(participants), people)
    rows = [
        {
            "id": new_id(),
            "text_version_id": document.text_version_id,
            "index": turn.index,
            "start": turn.start,
            "stop": turn.stop,
            "speech_start": turn.speech_start,
            "speech_stop": turn.speech_stop,
            "label": turn.label,
            "participant_id": ids.get(turn.label) if turn.label is not None else None,
            "time": turn.time,
            "time_stop": turn.time_stop,
        }
        for turn in preview.turns
    ]
    connection.execute(sa.insert(turns), rows)


def _refuse_duplicate(connection: sa.Connection, preview: Preview) -> None:
    query = sa.select(documents.c.title).where(queries.present, documents.c.sha256 == preview.sha256)
    title = connection.execute(query).scalar()
    if title is not None:
        raise DuplicateDocument(
            _("« {name} » est déjà dans le projet, sous le titre « {title} ».").format(
                name=preview.file_name, title=title
            ),
            _("Il n'a pas été importé une seconde fois."),
        )


def _free_title(connection: sa.Connection, title: str, but: str | None = None) -> str:
    """The title, numbered where another document has it: codings are exchanged by title."""
    query = sa.select(documents.c.title).where(queries.present)
    if but is not None:
        query = query.where(documents.c.id != but)
    taken = set(connection.execute(query).scalars())
    number, free = 2, title
    while free in taken:
        number, free = number + 1, f"{title} ({number})"
    return free


def described(
    connection: sa.Connection,
    before: Document,
    title: str | None,
    source_kind: SourceKind | str | None,
    territory: str | None,
    date: Date | str | None,
    attributes: Mapping[str, str] | None,
) -> dict[str, Any]:
    """The columns of a document's row to set. Raises ImportRefused on a value that cannot be."""
    values: dict[str, Any] = {}
    clean = clean_title(title or "")
    if clean and clean != before.title:
        values["title"] = _free_title(connection, clean, but=before.id)
    if source_kind is not None:
        values["source_kind"] = SourceKind(source_kind).value
    if territory is not None:
        values["territory"] = territory.strip() or None
    if date is not None:
        day = parse_date(date)
        values["date"] = day.isoformat() if day else None
    if attributes is not None:
        values["attributes"] = dict(attributes)
    return values
