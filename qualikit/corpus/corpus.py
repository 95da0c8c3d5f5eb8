"""The corpus of a project: documents brought in, read, described, taken away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date as Date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

import sqlalchemy as sa

from qualikit.corpus import queries
from qualikit.corpus.model import Document, Participant, Role, SourceKind, TextVersion, Turn
from qualikit.corpus.queries import DocumentSummary
from qualikit.corpus.tables import documents, participants, source_files
from qualikit.errors import KeyRefused, NotFound, OriginalErased
from qualikit.i18n import _
from qualikit.store import Store

if TYPE_CHECKING:
    import pandas as pd

    from qualikit.corpus.composition import Composition
    from qualikit.corpus.correction import Correction, Passage
    from qualikit.corpus.describing import Attributes, People
    from qualikit.corpus.guide import Guide
    from qualikit.corpus.importing import ImportReport, Progress
    from qualikit.corpus.preview import Preview
    from qualikit.corpus.pseudonyms.key import Key
    from qualikit.corpus.pseudonyms.service import Pseudonyms
    from qualikit.corpus.removing import Removal
    from qualikit.corpus.search.hits import Hit, HitCount
    from qualikit.corpus.search.indexing import IndexProgress
    from qualikit.corpus.search.narrowing import Filters
    from qualikit.corpus.sheet_writing import AttributeReport
    from qualikit.corpus.sources import Given
    from qualikit.corpus.versions import Version
    from qualikit.rebasing import Edit


class Corpus:
    """What was said, by whom, where. Documents are named by id or by title."""

    def __init__(self, store: Store, coder: str) -> None:
        self._store = store
        self._coder = coder

    # -- its parts

    @cached_property
    def attributes(self) -> Attributes:
        """What documents and participants are described by."""
        from qualikit.corpus.describing import Attributes

        return Attributes(self._store, self._coder)

    @cached_property
    def people(self) -> People:
        """Those who speak, over all documents: merged, split, described."""
        from qualikit.corpus.describing import People

        return People(self._store, self._coder)

    def composition(self) -> Composition:
        """What the corpus is made of: documents, voices, dates, who was not heard."""
        from qualikit.corpus.composition import read_composition

        with self._store.read() as connection:
            return read_composition(connection)

    @cached_property
    def pseudonyms(self) -> Pseudonyms:
        """What is done to the names: found, replaced, the key kept apart and removed."""
        from qualikit.corpus.pseudonyms.service import Pseudonyms

        return Pseudonyms(self._store, self._coder)

    @cached_property
    def guide(self) -> Guide:
        """The interview guide: its questions, where each is put in the texts, what is answered."""
        from qualikit.corpus.guide import Guide

        return Guide(self._store, self._coder)

    # -- reading

    def documents(self) -> list[DocumentSummary]:
        """Every document with its size, by title."""
        with self._store.read() as connection:
            return queries.summaries(connection)

    def document(self, name: str) -> Document:
        """The document of that id or title. Raises NotFound."""
        with self._store.read() as connection:
            return self._document(connection, name)

    def text_version(self, document: str | Document) -> TextVersion:
        """The current text of a document, with the id that codings refer to."""
        with self._store.read() as connection:
            return queries.text_version(connection, self._id(connection, document))

    def text(self, document: str | Document) -> str:
        """The current text of a document."""
        return self.text_version(document).text

    def turns(self, document: str | Document) -> list[Turn]:
        """The turns of a document's current text, in order; together they cover it."""
        with self._store.read() as connection:
            version = queries.text_version(connection, self._id(connection, document))
            return queries.turns_of(connection, version.id)

    def participants(self, document: str | Document | None = None) -> list[Participant]:
        """Those who speak in a document, in the order they first speak; without a document, everybody, by name."""
        with self._store.read() as connection:
            if document is None:
                return queries.participants_of(connection)
            version = queries.text_version(connection, self._id(connection, document))
            return queries.participants_of(connection, version.id)

    def territories(self) -> list[str]:
        """The territories that the project lists, in its order, then the others in use, by name."""
        return list(self.attributes.get("territory").choices)

    def original(self, document: str | Document) -> bytes:
        """The bytes of the file the document came from. Raises OriginalErased where they were deleted for good."""
        with self._store.read() as connection:
            found = document if isinstance(document, Document) else self._document(connection, document)
            query = sa.select(source_files.c.content).where(source_files.c.sha256 == found.sha256)
            content = connection.execute(query).scalar_one()
        if content is None:
            raise OriginalErased(
                _("Le fichier d'origine de « {title} » a été supprimé du projet.").format(title=found.title),
                _("Il l'est pour de bon, comme il a été demandé : seul le texte reste."),
            )
        return bytes(content)

    def to_frame(self) -> pd.DataFrame:
        """One row a document: title, source, territory, date, words, turns, participants, and a column an attribute."""
        import pandas as pd

        return pd.DataFrame(
            [
                {
                    "title": summary.title,
                    "source": summary.document.source_kind.value,
                    "territory": summary.document.territory,
                    "date": summary.document.date,
                    "words": summary.words,
                    "turns": summary.turns,
                    "participants": summary.participants,
                    **summary.document.attributes,
                }
                for summary in self.documents()
            ]
        )

    # -- searching

    def search(
        self,
        query: str,
        *,
        after: Hit | tuple[int, int] | None = None,
        limit: int | None = 50,
        context: int = 70,
        progress: IndexProgress | None = None,
        **narrowed: Unpack[Filters],
    ) -> list[Hit]:
        """Where what is typed stands (see :mod:`qualikit.corpus.search.query`), in the order of titles and of texts.

        ``after``: the last hit of the page before; ``limit=None``: all. ``context``: characters to the left and to the
        right. What is new in the corpus is indexed first, ``progress(words done, words in all)`` being told.
        Raises SearchError, and NotFound for a filter that names what is not there.
        """
        from qualikit.corpus.search import finding
        from qualikit.corpus.search.narrowing import narrowing
        from qualikit.corpus.search.query import parse
        from qualikit.corpus.search.shelf import reading

        condition, asked = parse(query), narrowing(narrowed)
        place = after if after is None or isinstance(after, tuple) else after.place
        with reading(self._store, progress) as desk:
            return finding.hits(desk, condition, asked, after=place, limit=limit, context=context)

    def count_hits(self, query: str, *, at_most: int = 10_000, **narrowed: Unpack[Filters]) -> HitCount:
        """How many hits :meth:`search` has in all, counted up to ``at_most``."""
        from qualikit.corpus.search import finding
        from qualikit.corpus.search.narrowing import narrowing
        from qualikit.corpus.search.query import parse
        from qualikit.corpus.search.shelf import reading

        condition, asked = parse(query), narrowing(narrowed)
        with reading(self._store) as desk:
            return finding.count(desk, condition, asked, at_most)

    def index_words(self, progress: IndexProgress | None = None) -> bool:
        """Put into the index what the next search would put there before it answers; False when it was stopped.

        ``progress(words done, words in all)`` is told; returning False stops, and what is in the index stays there.
        """
        from qualikit.corpus.search.indexing import bring_up_to_date

        return bring_up_to_date(self._store, progress)

    def unindexed_words(self) -> int:
        """Words that the next search puts into the index before it answers."""
        from qualikit.corpus.search.indexing import waiting

        with self._store.read() as connection:
            return waiting(connection)

    # -- bringing in

    def preview(self, source: str | Path | bytes, file_name: str | None = None, **known: Any) -> Preview:
        """What a file would be as a document, nothing saved. ``known``: rule, title, source_kind, territory, date…,
        as :func:`qualikit.corpus.preview.preview` takes them. Raises ReadError, UnknownPlugin."""
        from qualikit.corpus.files import read_path
        from qualikit.corpus.preview import preview

        if isinstance(source, bytes):
            return preview(source, file_name or "", **known)
        path = Path(source)
        return preview(read_path(path), file_name or path.name, **{"folder": path.absolute().parent.name, **known})

    def known(self, sha256: str) -> str | None:
        """Title of the document that came from the file with that SHA-256, or None."""
        with self._store.read() as connection:
            query = sa.select(documents.c.title).where(queries.present, documents.c.sha256 == sha256)
            return connection.execute(query).scalar()

    def save(self, preview: Preview) -> Document:
        """Save a document as previewed, with the bytes it came from. Raises DuplicateDocument, ImportRefused."""
        from qualikit.corpus.importing import save

        with self._store.write(self._coder) as transaction:
            return save(transaction, preview)

    def save_all(self, preview: Preview, progress: Progress | None = None) -> ImportReport:
        """Save every document of a file that holds several (a table), as one action; one that is there already is
        reported. Of another file, the same as ``save``."""
        from qualikit.corpus.importing import save_all

        with self._store.write(self._coder) as transaction:
            return save_all(transaction, preview, progress)

    def import_files(
        self, given: str | Path | Iterable[Given], progress: Progress | None = None, **known: Any
    ) -> ImportReport:
        """Bring in files, folders and zip archives, one or several: each file is previewed and saved on its own, one
        after the other; a bad one is reported and the rest goes on.

        ``progress(done, total, name)`` is called before each file and at the end; returning False stops there, with
        what is saved staying saved.
        """
        from qualikit.corpus.importing import import_files
        from qualikit.corpus.sources import gather

        return import_files(self, gather(given), progress, known)

    def import_attributes(self, path: str | Path, *, accept: int = 100) -> AttributeReport:
        """Read a sheet of attributes onto the documents, or participants, that its rows name, as one event.

        ``accept``: score from which a name that matches only nearly is taken; 100, exact names alone. The other rows
        are reported with what they may mean; ``attributes.plan`` lets them be reviewed. Raises SheetError.
        """
        return self.attributes.apply(self.attributes.plan(path).accepting(accept))

    # -- describing

    def update_document(
        self,
        document: str | Document,
        *,
        title: str | None = None,
        source_kind: SourceKind | str | None = None,
        territory: str | None = None,
        date: Date | str | None = None,
        attributes: Mapping[str, str] | None = None,
    ) -> Document:
        """Change what is given; ``territory=""`` and ``date=""`` take the value away.

        Raises NotFound, ImportRefused.
        """
        from qualikit.corpus.attributes import typed_values
        from qualikit.corpus.importing import described

        with self._store.write(self._coder) as transaction:
            before = self._document(transaction.connection, self._id(transaction.connection, document))
            own = typed_values(transaction.connection, attributes) if attributes is not None else None
            values = described(transaction.connection, before, title, source_kind, territory, date, own)
            with transaction.event("document.update", _("« {title} » décrit").format(title=before.title)) as change:
                change.update(documents, before.id, **values)
        return self.document(before.id)

    def update_participant(
        self,
        participant: str | Participant,
        *,
        name: str | None = None,
        role: Role | str | None = None,
        attributes: Mapping[str, str] | None = None,
    ) -> Participant:
        """Change what is given of the participant of that id. Raises NotFound, ImportRefused."""
        from qualikit.corpus.attributes import typed_values

        id = participant if isinstance(participant, str) else participant.id
        values: dict[str, Any] = {}
        if name is not None and name.strip():
            values["name"] = name.strip()
        if role is not None:
            values["role"] = Role(role).value
        with self._store.write(self._coder) as transaction:
            if attributes is not None:
                values["attributes"] = typed_values(transaction.connection, attributes)
            row = transaction.connection.execute(sa.select(participants).where(participants.c.id == id)).first()
            if row is None:
                raise NotFound(_("Ce participant n'est pas dans le projet."))
            with transaction.event("participant.update", _("« {name} » décrit").format(name=row.name)) as change:
                change.update(participants, id, **values)
            after = transaction.connection.execute(sa.select(participants).where(participants.c.id == id)).one()
            return queries.participant_from(after)

    # -- correcting

    def correct(
        self,
        document: str | Document,
        *,
        new_text: str | None = None,
        edits: Sequence[Edit] | None = None,
        speakers: Mapping[int, str] | None = None,
        heard: Sequence[str] = (),
        base_version: str | None = None,
        note: str = "",
    ) -> Correction:
        """Correct the text of a document: a new text, on which codings stand where their words are; those whose words
        went away are set aside for review. One event, undone in one.

        ``new_text`` or ``edits``, ``speakers`` (turn, from 0 → who speaks it) and ``heard``, as
        :func:`qualikit.corpus.revising.plan` takes them; ``base_version``: the text that was looked at, refused where
        somebody corrected it since. Raises NotFound, CorrectionRefused.
        """
        from qualikit.corpus.revising import revise

        what: dict[str, Any] = {"new_text": new_text, "edits": edits, "speakers": speakers, "heard": heard}
        with self._store.write(self._coder) as transaction:
            id = self._id(transaction.connection, document)
            return revise(transaction, id, note=note, base_version_id=base_version, **what)

    def preview_correction(
        self,
        document: str | Document,
        *,
        new_text: str | None = None,
        edits: Sequence[Edit] | None = None,
        speakers: Mapping[int, str] | None = None,
        heard: Sequence[str] = (),
        base_version: str | None = None,
    ) -> Correction:
        """What :meth:`correct` would do, nothing saved."""
        from qualikit.corpus.revising import plan

        what: dict[str, Any] = {"new_text": new_text, "edits": edits, "speakers": speakers, "heard": heard}
        with self._store.read() as connection:
            id = self._id(connection, document)
            return plan(connection, id, base_version_id=base_version, **what).correction

    def versions(self, document: str | Document) -> list[Version]:
        """The texts that a document had, the first first."""
        from qualikit.corpus.versions import versions

        with self._store.read() as connection:
            return versions(connection, self._id(connection, document))

    def compare(self, document: str | Document, before: int, after: int) -> list[Passage]:
        """What changed between two texts of a document, by their numbers. Raises NotFound."""
        from qualikit.corpus.versions import compare

        with self._store.read() as connection:
            return compare(connection, self._id(connection, document), before, after)

    def version_text(self, document: str | Document, number: int) -> str:
        """One text of a document, by its number. Raises NotFound."""
        from qualikit.corpus.versions import numbered

        with self._store.read() as connection:
            return numbered(connection, self._id(connection, document), number).text

    def remove_document(self, document: str | Document) -> None:
        """Take a document out of the project, with its codings out of sight; undo brings all of it back."""
        with self._store.write(self._coder) as transaction:
            found = self._document(transaction.connection, self._id(transaction.connection, document))
            with transaction.event("document.remove", _("« {title} » retiré").format(title=found.title)) as change:
                change.delete(documents, found.id)

    # -- deleting for good

    def foresee_removal(
        self, name: str, key: Key | None = None, *, also: Iterable[str] = (), mentions: bool = True
    ) -> Removal:
        """What :meth:`remove_person` would take. Raises NotFound."""
        from qualikit.corpus.removing import foresee

        with self._store.read() as connection:
            return foresee(connection, name, key, also=also, mentions=mentions)

    def remove_person(
        self, name: str, key: Key | None = None, *, also: Iterable[str] = (), mentions: bool = True
    ) -> Removal:
        """Take a person out at their request, for good: what they said, the codings on it, their row, their place in
        the key, the original files, what history and backups remember.

        ``name``: of all participants called so, a label, the id of one of them, or as the open ``key`` knows them;
        ``also``: other names of theirs; ``mentions``: their names go where others say them. Raises NotFound, KeyRefused
        where there is a key and it is not open, ProjectBusy.
        """
        from qualikit.corpus.removing import remove_person

        if key is None and self.pseudonyms.has_key:
            raise KeyRefused(
                _("Le projet a une clé, qui connaît peut-être cette personne."),
                _("Ouvrez-la avec sa phrase de passe, pour que la personne en sorte aussi."),
            )
        return remove_person(self._store, self._coder, name, key, also=also, mentions=mentions)

    def erase_document(self, document: str | Document) -> dict[str, int]:
        """Delete a document for good, with its file, its codings and those who spoke only there; the history keeps that
        it was done. How many rows went, by table. Raises NotFound, ProjectBusy."""
        from qualikit.corpus.removing import erase_document

        with self._store.read() as connection:
            id = self._id(connection, document)
        return erase_document(self._store, self._coder, id)

    # -- inside

    def _id(self, connection: sa.Connection, document: str | Document) -> str:
        return document.id if isinstance(document, Document) else self._document(connection, document).id

    def _document(self, connection: sa.Connection, name: str) -> Document:
        id = queries.find_document(connection, name)
        if id is None:
            raise NotFound(
                _("Il n'y a pas de document nommé « {name} » dans le projet.").format(name=name),
                _("Les titres se lisent sur la page Corpus, ou avec « qualikit documents »."),
            )
        return queries.document_from(connection.execute(queries.select_documents().where(documents.c.id == id)).one())
