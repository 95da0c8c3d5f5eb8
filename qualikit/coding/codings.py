"""The coding of a project: its codebook, its codings, its memos."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from qualikit.coding import queries
from qualikit.coding.assisting import AssistingPart
from qualikit.coding.codebook import CodebookPart
from qualikit.coding.life import CodebookLife
from qualikit.coding.model import Code, Coding, Memo, OperationResult
from qualikit.coding.part import document_id_of
from qualikit.coding.searching import SearchPart
from qualikit.coding.suggested import SuggestionPart
from qualikit.corpus import Corpus
from qualikit.errors import CodingRefused, NotFound
from qualikit.i18n import _, ngettext
from qualikit.store import new_id

if TYPE_CHECKING:
    import pandas as pd

    from qualikit.coding.aside import Proposal
    from qualikit.coding.exchange.comments import CommentProposal, CommentReport
    from qualikit.coding.exchange.csv import CodingReport
    from qualikit.coding.presence import Presence
    from qualikit.corpus.model import Document
    from qualikit.corpus.preview import Preview
    from qualikit.corpus.readers import Comment


class Codings(CodebookPart, CodebookLife, SearchPart, SuggestionPart, AssistingPart):
    """Who read what as what, as one coder sees it.

    Codes are named by id or by name (case and accents aside), documents by id or by title. What does not exist raises
    NotFound. Every change is one event of this coder's, undone in one.
    """

    # -- the codings

    def codings(
        self, document: str | None = None, code: str | Code | None = None, coder: str | None = None
    ) -> list[Coding]:
        """Codings in the order of the documents' titles and of their texts; each argument narrows."""
        code_id = None if code is None else self.code(code).id
        with self._store.read() as connection:
            document_id = None if document is None else document_id_of(connection, document)
            query = queries.narrowed(queries.select_codings(), document_id, code_id, coder)
            return [queries.coding_from(row) for row in connection.execute(query)]

    def coding(self, id: str) -> Coding:
        """The coding of that id."""
        with self._store.read() as connection:
            found = queries.coding(connection, id)
        if found is None:
            raise NotFound(_("Ce codage n'existe plus."))
        return found

    def to_frame(self) -> pd.DataFrame:
        """One row a coding: document (title), start, stop, quote, code (name), coder, origin, created, then the ids:
        id, document_id, code_id."""
        import pandas as pd

        with self._store.read() as connection:
            rows = connection.execute(queries.select_frame()).all()
        return pd.DataFrame.from_records(rows, columns=list(queries.FRAME))

    def usage_counts(
        self,
        by: Literal["code", "document", "coder"] = "code",
        *,
        document: str | None = None,
        coder: str | None = None,
    ) -> dict[str, int]:
        """Number of codings by code (id), document (id) or coder (name); those without any are left out."""
        with self._store.read() as connection:
            document_id = None if document is None else document_id_of(connection, document)
            return queries.count_codings(connection, by, document_id, coder)

    def coders(self) -> list[str]:
        """Names of those who coded something or wrote in the project, in order."""
        with self._store.read() as connection:
            return queries.coder_names(connection)

    def add(self, document: str, start: int, stop: int, code: str | Code, quote: str | None = None) -> Coding:
        """Put a code on ``[start, stop)`` of a document's text, in code points. With ``quote``, only if the text says
        so there. Where this coder has that code on that passage already, that coding. Raises CodingRefused."""
        code_id = self.code(code).id
        with self._store.read() as connection:
            document_id = document_id_of(connection, document)
            if quote is None and 0 <= start < stop:
                found = queries.passage(connection, document_id, start, stop)
                quote = found.words if found else None
        operation = {"uuid": new_id(), "op": "add", "start": start, "end": stop, "code": code_id, "quote": quote or ""}
        self._one(document_id, operation)
        with self._store.read() as connection:
            query = queries.narrowed(queries.select_codings(), document_id, code_id, self._coder)
            return queries.coding_from(connection.execute(queries.at(query, start, stop)).one())

    def remove(self, id: str) -> None:
        """Take one of this coder's codings away. Raises CodingRefused."""
        self._one(None, {"uuid": new_id(), "op": "remove", "id": id})

    def apply(self, document: str | None, operations: Sequence[object]) -> OperationResult:
        """Apply operations as the browser sends them: see :func:`qualikit.coding.operations.apply_operations`.

        ``document`` is an id.
        """
        from qualikit.coding.operations import apply_operations

        return apply_operations(self._store, self._coder, document, operations)

    def _one(self, document_id: str | None, operation: dict[str, object]) -> None:
        for refusal in self.apply(document_id, [operation]).refused:
            raise CodingRefused(refusal.reason)

    # -- the others

    def be_here(self, document: str) -> None:
        """A sign of life: this coder has that document (by id) before them. Not an event."""
        from qualikit.coding.presence import be_here

        be_here(self._store, self._coder, document)

    def others_here(self) -> list[Presence]:
        """The other coders who have a document before them now."""
        from qualikit.coding.presence import others_here

        return others_here(self._store, self._coder)

    # -- set aside when a text was corrected

    def set_aside(self, document: str | None = None, coder: str | None = None) -> list[Coding]:
        """Codings whose words went away when their text was corrected, waiting for review; each argument narrows.
        Their places and quotes are those of the text that had their words."""
        with self._store.read() as connection:
            document_id = None if document is None else document_id_of(connection, document)
            query = queries.narrowed(queries.select_codings(standing=False), document_id, coder=coder)
            return [queries.coding_from(row) for row in connection.execute(query)]

    def proposals(self, aside: Sequence[Coding]) -> dict[str, Proposal]:
        """The most likely place in the current text for each, by id; those that have none are left out."""
        from qualikit.coding.aside import proposals

        with self._store.read() as connection:
            return proposals(connection, aside)

    def put_back(self, id: str, start: int, stop: int, quote: str | None = None) -> Coding:
        """Put a coding that is set aside on ``[start, stop)`` of the current text, whosever it is. With ``quote``, only
        if the text says so there. Raises CodingRefused."""
        from qualikit.coding.aside import put_back

        with self._store.write(self._coder) as transaction:
            return put_back(transaction, id, start, stop, quote)

    def accept_proposals(self, least: float, document: str | None = None) -> tuple[str, ...]:
        """Put back, in one event, the codings set aside (of a document) whose proposed place scores at least ``least``,
        whosever they are; their ids."""
        from qualikit.coding.aside import accept, likely

        with self._store.read() as connection:
            document_id = None if document is None else document_id_of(connection, document)
            found = likely(connection, document_id)
        with self._store.write(self._coder) as transaction:
            return accept(transaction, least, found)

    def remove_aside(self, id: str) -> None:
        """Remove a coding that is set aside, whosever it is. Raises CodingRefused."""
        from qualikit.coding.aside import remove

        with self._store.write(self._coder) as transaction:
            remove(transaction, id)

    def import_codings(self, path: str | Path) -> CodingReport:
        """Bring in a CSV of codings, in one event: bad rows are reported one by one, the rest go in.

        Raises SheetError.
        """
        from qualikit.coding.exchange.csv import read_codings

        return read_codings(self._store, self._coder, Path(path))

    def export_codings(self, path: str | Path) -> int:
        """Write all codings as CSV, which :meth:`import_codings` reads; how many. Raises ExportFailed."""
        from qualikit.coding.exchange.csv import write_codings

        return write_codings(self._store, Path(path))

    # -- comments of the files

    def comment_proposals(
        self, comments: Iterable[Comment], use: str, same: Mapping[str, str] | None = None
    ) -> tuple[CommentProposal, ...]:
        """What the comments of a file would become as ``codings`` or as ``memos``: see
        :func:`qualikit.coding.exchange.comments.proposals`. Raises ImportRefused for another use."""
        from qualikit.coding.exchange.comments import proposals

        return proposals(comments, self.codebook, use, same)

    def save_document(
        self, preview: Preview, comments: str = "ignore", same: Mapping[str, str] | None = None
    ) -> tuple[Document, CommentReport]:
        """Save a document as previewed, its comments as ``codings`` or as ``memos``, in one event.

        ``same``: name of a code as a comment writes it → name of the code that is meant.
        Raises DuplicateDocument, ImportRefused.
        """
        from qualikit.coding.exchange.comments import save_document

        with self._store.write(self._coder) as transaction:
            return save_document(transaction, preview, comments, same)

    def comments(self, document: str) -> tuple[Comment, ...]:
        """The comments in the file that a document came from. Raises ReadError, ImportRefused."""
        from qualikit.coding.exchange.comments import comments_of

        corpus = Corpus(self._store, self._coder)
        found = corpus.document(document)
        return comments_of(found, corpus.original(found), corpus.text(found))

    def import_comments(self, document: str, use: str, same: Mapping[str, str] | None = None) -> CommentReport:
        """Bring the comments of a document's file in as ``codings`` or ``memos``, in one event; what is there already
        is left as it is. Raises ReadError, ImportRefused."""
        from qualikit.coding.exchange.comments import proposals, write

        corpus = Corpus(self._store, self._coder)
        found, comments = corpus.document(document), self.comments(document)
        label = ngettext("{n} commentaire repris", "{n} commentaires repris", len(comments)).format(n=len(comments))
        with self._store.write(self._coder) as transaction:
            book = queries.codebook(transaction.connection)
            with transaction.event("comments.import", label) as change:
                return write(transaction, change, found, corpus.text(found), proposals(comments, book, use, same))

    # -- memos

    def memos(
        self,
        document: str | None = None,
        coding: str | None = None,
        coder: str | None = None,
        *,
        around: bool = False,
    ) -> list[Memo]:
        """Memos, the oldest first. ``document``: those on it and on its codings, with ``around`` those on who speaks in
        it and on the codes too; ``coding``: those on that one."""
        with self._store.read() as connection:
            document_id = None if document is None else document_id_of(connection, document)
            query = queries.select_memos(document_id, coding, coder, around=around)
            return [queries.memo_from(row) for row in connection.execute(query)]

    def code_memos(self, code: str | Code) -> list[Memo]:
        """Memos on a code itself, the oldest first."""
        target = self.code(code).id
        with self._store.read() as connection:
            return [queries.memo_from(row) for row in connection.execute(queries.select_code_memos(target))]

    def write_memo(
        self,
        text: str,
        *,
        document: str | None = None,
        coding: str | None = None,
        participant: str | None = None,
        code: str | Code | None = None,
    ) -> None:
        """Write this coder's memo, in Markdown, on a document, a coding or a participant (by id), or on a code; an
        empty text takes it away. Raises CodingRefused."""
        on, id = "coding", coding
        if participant is not None:
            on, id = "participant", participant
        elif code is not None:
            on, id = "code", self.code(code).id
        document_id = None
        if document is not None:
            with self._store.read() as connection:
                document_id = document_id_of(connection, document)
        self._one(document_id, {"uuid": new_id(), "op": "memo", "id": id, "on": on, "text": text})
