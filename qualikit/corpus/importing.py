"""From a preview to a document of the project, and from many files to all of theirs."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date as Date
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from qualikit.corpus import queries
from qualikit.corpus.files import Refused, SourceFile
from qualikit.corpus.guess import parse_date
from qualikit.corpus.model import Document, SourceKind, clean_title
from qualikit.corpus.readers import reader_for
from qualikit.corpus.tables import documents, participants, source_files, text_versions, turns
from qualikit.errors import DuplicateDocument, ImportRefused, QualikitError, UnreadableFile
from qualikit.i18n import _
from qualikit.store import Change, Transaction, new_id, now
from qualikit.text import text_hash

if TYPE_CHECKING:
    from qualikit.corpus.corpus import Corpus
    from qualikit.corpus.preview import Preview
    from qualikit.corpus.sources import Found

Progress = Callable[[int, int, str], bool | None]
Beside = Callable[[Change, Document], None]

log = logging.getLogger("qualikit")


@dataclass(frozen=True)
class ImportReport:
    """What became of a batch: documents saved, files refused, files of other formats (by place) that were left where
    they are, and whether it was stopped before the end."""

    saved: tuple[Document, ...]
    refused: tuple[Refused, ...]
    passed_over: tuple[str, ...] = ()
    stopped: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of one file: the document and what was recognised in it, or why it was refused."""

    file: SourceFile
    document: Document | None = None
    preview: Preview | None = None
    error: QualikitError | None = None
    report: ImportReport | None = None
    """Of a file that holds several documents, what became of each."""


def import_files(corpus: Corpus, found: Found, progress: Progress | None, known: Mapping[str, Any]) -> ImportReport:
    """See :meth:`Corpus.import_files`."""
    saved: list[Document] = []
    refused = list(found.refused)
    for done, file in enumerate(found.files):
        if progress is not None and progress(done, len(found.files), file.name) is False:
            return ImportReport(tuple(saved), tuple(refused), found.passed_over, stopped=True)
        outcome = import_one(corpus, file, known)
        if outcome.document is not None:
            saved.append(outcome.document)
        elif outcome.report is not None:
            saved += outcome.report.saved
            refused += outcome.report.refused
        elif outcome.error is not None:
            refused.append(Refused(file.name, outcome.error, file.place))
    if progress is not None:
        progress(len(found.files), len(found.files), "")
    return ImportReport(tuple(saved), tuple(refused), found.passed_over)


def import_one(
    corpus: Corpus, file: SourceFile, known: Mapping[str, Any], save: Callable[[Preview], Document] | None = None
) -> Outcome:
    """Preview and save one file, in a transaction of its own: what is saved stays saved, whatever comes after.

    ``save`` saves a file that holds one document, in the place of :meth:`Corpus.save`.
    """
    try:
        preview = preview_new(corpus, file, known)
        if preview.documents > 1:
            return Outcome(file, preview=preview, report=corpus.save_all(preview))
        return Outcome(file, (save or corpus.save)(preview), preview)
    except QualikitError as error:
        return Outcome(file, error=error)


def preview_new(corpus: Corpus, file: SourceFile, known: Mapping[str, Any]) -> Preview:
    """The preview of a file that the project does not have yet.

    Raises ReadError, UnknownPlugin, ImportRefused, DuplicateDocument. A defect of ours on one file is logged, and said
    like any damage: it must not keep the other files out.
    """
    reader_for(file.name)  # a film is refused by its name, before its bytes are read
    data = file.read()
    title = corpus.known(hashlib.sha256(data).hexdigest())
    if title is not None:
        raise _already_there(file.name, title)
    try:
        return corpus.preview(data, file.name, folder=file.folder, **known)
    except QualikitError:
        raise
    except Exception as error:
        log.exception("unexpected error while reading a file")
        raise UnreadableFile(
            _("« {name} » n'a pas pu être lu : une erreur imprévue s'est produite.").format(name=file.name),
            _("Le détail est écrit dans la fenêtre où qualikit a été lancé ; signalez-la."),
        ) from error


def save(transaction: Transaction, preview: Preview, beside: Beside | None = None) -> Document:
    """Write a document as previewed: its file, text, participants and turns, as one event.

    ``beside`` writes what another room makes of the same file, as part of that event: undone with it.

    The file and the text hang on the document's row and are never changed: undo takes the row out of sight and redo
    brings it back, without a copy of either in the history. Raises DuplicateDocument.
    """
    if preview.documents > 1:
        raise ImportRefused(
            _("« {name} » tient {n} documents, qui ne s'enregistrent pas comme un seul.").format(
                name=preview.file_name, n=preview.documents
            ),
            _("Enregistrez-les tous, ou dites que le tableau n'en fait qu'un."),
        )
    _refuse_duplicate(transaction.connection, preview)
    title = preview.title.strip() or preview.file_name
    title = _free_title(_titles(transaction.connection, title), title)
    with transaction.event("document.import", _("« {title} » importé").format(title=title)) as change:
        document = _insert(transaction, change, preview, title)
        if beside is not None:
            beside(change, document)
    return document


def save_all(transaction: Transaction, preview: Preview, progress: Progress | None = None) -> ImportReport:
    """Write every document that the file holds, as one event; those that are there already are left out and reported.

    ``progress`` as :func:`import_files` calls it, before each document.
    """
    if preview.documents == 1:
        return ImportReport((save(transaction, preview),), ())
    saved: list[Document] = []
    refused: list[Refused] = []
    taken = _titles(transaction.connection)
    stopped = False
    label = _("documents de « {name} » importés").format(name=preview.file_name)
    with transaction.event("document.import", label) as change:
        for done, part in enumerate(preview.parts()):
            if progress is not None and progress(done, preview.documents, part.title) is False:
                stopped = True
                break
            try:
                _refuse_duplicate(transaction.connection, part)
            except DuplicateDocument as error:
                refused.append(Refused(part.file_name, error, part.file_name))
                continue
            title = _free_title(taken, part.title)
            taken.add(title)
            saved.append(_insert(transaction, change, part, title))
    return ImportReport(tuple(saved), tuple(refused), stopped=stopped)


def _insert(transaction: Transaction, change: Change, preview: Preview, title: str) -> Document:
    connection, text = change.connection, preview.text
    document = Document(
        id=new_id(),
        title=title,
        source_kind=preview.source_kind or SourceKind.DOCUMENT,
        territory=preview.territory,
        date=preview.date,
        attributes=preview.attributes,
        file_name=preview.file_name,
        sha256=preview.sha256,
        reader=preview.reader,
        reader_version=preview.reader_version,
        rule=preview.rule.to_json() if preview.rule else None,
        text_version_id=new_id(),
    )
    _keep_file(connection, preview)
    change.insert(
        documents,
        {
            "id": document.id,
            "title": document.title,
            "source_kind": document.source_kind.value,
            "territory": document.territory,
            "date": document.date.isoformat() if document.date else None,
            "attributes": dict(document.attributes),
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
            words=preview.words,
            created=now(),
            coder_id=transaction.coder_id,
        )
    )
    _save_turns(connection, document, preview)
    return document


def _keep_file(connection: sa.Connection, preview: Preview) -> None:
    """Keep the bytes of a file once; those that were deleted for good are there again where it is brought again."""
    this = source_files.c.sha256 == preview.sha256
    there = connection.execute(sa.select(source_files.c.content.is_not(None)).where(this)).scalar()
    values = {"name": preview.file_name, "content": preview.data}
    if there is None:
        connection.execute(sa.insert(source_files).values(sha256=preview.sha256, **values))
    elif not there:
        connection.execute(sa.update(source_files).where(this).values(**values))


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
        raise _already_there(preview.file_name, title)


def _already_there(name: str, title: str) -> DuplicateDocument:
    return DuplicateDocument(
        _("« {name} » est déjà dans le projet, sous le titre « {title} ».").format(name=name, title=title),
        _("Il n'a pas été importé une seconde fois."),
    )


def _titles(connection: sa.Connection, like: str | None = None, but: str | None = None) -> set[str]:
    """Titles in use, of all documents, or of those that are called like that; ``but``: one document's own aside."""
    query = sa.select(documents.c.title).where(queries.present)
    if like is not None:  # a thousand imports must not read a thousand titles each
        query = query.where((documents.c.title == like) | documents.c.title.startswith(f"{like} (", autoescape=True))
    if but is not None:
        query = query.where(documents.c.id != but)
    return set(connection.execute(query).scalars())


def _free_title(taken: set[str], title: str) -> str:
    """The title, numbered where another document has it: codings are exchanged by title."""
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
        values["title"] = _free_title(_titles(connection, clean, but=before.id), clean)
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
