"""The coding of a project: its codebook, its codings, its memos."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Unpack, cast

import sqlalchemy as sa

from qualikit.coding import codes, queries
from qualikit.coding.codes import CodeFields, NamedCodeFields
from qualikit.coding.model import Code, Codebook, Coding, Memo, OperationResult, Usage
from qualikit.coding.names import nearest
from qualikit.coding.removal import remove_codes, usage_of
from qualikit.corpus import Corpus
from qualikit.corpus.queries import find_document
from qualikit.errors import CodebookError, CodingRefused, NotFound
from qualikit.i18n import _, ngettext
from qualikit.store import Store, new_id

if TYPE_CHECKING:
    import pandas as pd

    from qualikit.coding.aside import Proposal
    from qualikit.coding.codebooks import CodebookReport
    from qualikit.coding.exchange.comments import CommentProposal, CommentReport
    from qualikit.coding.exchange.csv import CodingReport
    from qualikit.coding.hits import CodingFilters, Extent, HitPassage, HitReport
    from qualikit.corpus.model import Document
    from qualikit.corpus.preview import Preview
    from qualikit.corpus.readers import Comment
    from qualikit.corpus.search.hits import Hit, HitCount
    from qualikit.corpus.search.indexing import IndexProgress
    from qualikit.corpus.search.narrowing import Filters


class Codings:
    """Who read what as what, as one coder sees it.

    Codes are named by id or by name (case and accents aside), documents by id or by title. What does not exist raises
    NotFound. Every change is one event of this coder's, undone in one.
    """

    def __init__(self, store: Store, coder: str) -> None:
        self._store = store
        self._coder = coder
        self._cached: tuple[int, Codebook] | None = None

    # -- the codebook

    @property
    def codebook(self) -> Codebook:
        """The project's codebook as it is now."""
        revision = self._store.revision()
        cached = self._cached
        if cached is None or cached[0] != revision:
            with self._store.read() as connection:
                cached = (revision, queries.codebook(connection))
            self._cached = cached
        return cached[1]

    def code(self, code: str | Code) -> Code:
        """The code of that id or name."""
        return _found(self.codebook, code)

    def add_code(self, name: str, parent: str | Code | None = None, **fields: Unpack[CodeFields]) -> Code:
        """Add a code, the last under its parent, with the next colour unless one is given. Raises CodebookError."""
        with self._store.write(self._coder) as transaction:
            book = queries.codebook(transaction.connection)
            above = None if parent is None else _found(book, parent).id
            with transaction.event("code.add", _("code {name} créé").format(name=name)) as change:
                id = codes.insert_code(change, book, {**fields, "name": name}, above)
        return self.code(id)

    def update_code(self, code: str | Code, **fields: Unpack[NamedCodeFields]) -> Code:
        """Change the fields given. A shortcut is taken from the code that had it. Raises CodebookError."""
        with self._store.write(self._coder) as transaction:
            book = queries.codebook(transaction.connection)
            before = _found(book, code)
            with transaction.event("code.update", _("code {name} modifié").format(name=before.name)) as change:
                codes.update_code(change, book, before, fields)
        return self.code(before.id)

    def move_code(self, code: str | Code, parent: str | Code | None = None, position: int | None = None) -> Code:
        """Put a code, with those under it, under ``parent`` (None: at the root) as child number ``position``, from 0
        (None: the last). Raises CodebookError when that is under itself."""
        with self._store.write(self._coder) as transaction:
            book = queries.codebook(transaction.connection)
            before = _found(book, code)
            above = None if parent is None else _found(book, parent).id
            with transaction.event("code.move", _("code {name} déplacé").format(name=before.name)) as change:
                codes.move_code(change, book, before, above, position)
        return self.code(before.id)

    def usage(self, code: str | Code, *, with_children: bool = True) -> Usage:
        """What hangs on a code (and on those under it): what :meth:`remove_code` would take along."""
        with self._store.read() as connection:
            book = queries.codebook(connection)
            found = _found(book, code)
            return usage_of(connection, found, book.descendants(found.id), with_children=with_children)

    def remove_code(self, code: str | Code, *, with_children: bool = False) -> None:
        """Remove a code with all codings of it, by all coders, their memos and what was written about it.

        Raises CodebookError when there are codes under it, unless ``with_children``.
        """
        with self._store.write(self._coder) as transaction:
            book = queries.codebook(transaction.connection)
            found = _found(book, code)
            below = book.descendants(found.id)
            if below and not with_children:
                raise CodebookError(
                    _("Le code « {name} » contient d'autres codes : {names}.").format(
                        name=found.name, names=", ".join(each.name for each in below)
                    ),
                    _("Déplacez-les d'abord, ou demandez à les supprimer avec lui."),
                )
            with transaction.event("code.remove", _("code {name} supprimé").format(name=found.name)) as change:
                remove_codes(change, [found.id, *(each.id for each in below)])

    def import_codebook(self, path: str | Path) -> CodebookReport:
        """Bring in a codebook (YAML, CSV, Excel): codes of the same name are completed, new ones added, none removed.

        Raises CodebookError, SheetError.
        """
        from qualikit.coding.codebooks import merge, read_codebook

        file = read_codebook(Path(path))
        with self._store.write(self._coder) as transaction:
            return merge(transaction, file)

    def export_codebook(self, path: str | Path) -> None:
        """Write the codebook: the ending says how (``.yaml``, ``.csv``, ``.xlsx``). Raises ExportFailed."""
        from qualikit.coding.codebooks import save_codebook

        save_codebook(self.codebook, Path(path), name=self._store.name)

    # -- the codings

    def codings(
        self, document: str | None = None, code: str | Code | None = None, coder: str | None = None
    ) -> list[Coding]:
        """Codings in the order of the documents' titles and of their texts; each argument narrows."""
        code_id = None if code is None else self.code(code).id
        with self._store.read() as connection:
            document_id = None if document is None else _document(connection, document)
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
            document_id = None if document is None else _document(connection, document)
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
            document_id = _document(connection, document)
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

    # -- set aside when a text was corrected

    def set_aside(self, document: str | None = None, coder: str | None = None) -> list[Coding]:
        """Codings whose words went away when their text was corrected, waiting for review; each argument narrows.
        Their places and quotes are those of the text that had their words."""
        with self._store.read() as connection:
            document_id = None if document is None else _document(connection, document)
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
        from qualikit.coding.aside import accept

        with self._store.write(self._coder) as transaction:
            document_id = None if document is None else _document(transaction.connection, document)
            return accept(transaction, least, document_id)

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

    # -- searching

    def search(
        self,
        query: str,
        *,
        after: Hit | tuple[int, int] | None = None,
        limit: int | None = 50,
        context: int = 70,
        progress: IndexProgress | None = None,
        **narrowed: Unpack[CodingFilters],
    ) -> list[Hit]:
        """What :meth:`qualikit.corpus.Corpus.search` finds, narrowed by codes and coders too: ``code``,
        ``without_code``, ``coded_by``, ``uncoded`` (see :class:`qualikit.coding.hits.CodingFilters`)."""
        filters = self._corpus_filters(narrowed)
        return Corpus(self._store, self._coder).search(
            query, after=after, limit=limit, context=context, progress=progress, **filters
        )

    def count_hits(self, query: str, *, at_most: int = 10_000, **narrowed: Unpack[CodingFilters]) -> HitCount:
        """How many hits :meth:`search` has in all, counted up to ``at_most``."""
        filters = self._corpus_filters(narrowed)
        return Corpus(self._store, self._coder).count_hits(query, at_most=at_most, **filters)

    def _corpus_filters(self, narrowed: CodingFilters) -> Filters:
        """Filters by codes and coders said as stretches of text: the corpus knows nothing of codings."""
        from qualikit.coding.hits import coded_spans
        from qualikit.corpus.search.narrowing import several

        ours = {"code", "without_code", "coded_by", "uncoded"}
        filters = cast("Filters", {name: value for name, value in narrowed.items() if name not in ours})
        codes, without = several(narrowed.get("code")), several(narrowed.get("without_code"))
        coders = several(narrowed.get("coded_by"))
        with self._store.read() as connection:
            if codes or coders:
                filters["within"] = coded_spans(connection, self._with_children(codes) if codes else None, coders)
            if without or narrowed.get("uncoded"):
                only = None if narrowed.get("uncoded") else self._with_children(without)
                filters["outside"] = coded_spans(connection, only)
        return filters

    def _with_children(self, codes: Sequence[str]) -> set[str]:
        book = self.codebook
        found = [_found(book, code).id for code in codes]
        return {id for code in found for id in (code, *(below.id for below in book.descendants(code)))}

    def hit_passages(self, hits: Sequence[Hit], extent: Extent = "match") -> list[HitPassage]:
        """The passages that :meth:`code_hits` would code, each once, whether they bear a code or not."""
        from qualikit.coding.hits import passages_of

        with self._store.read() as connection:
            return passages_of(connection, hits, extent)[0]

    def code_hits(self, hits: Sequence[Hit], code: str | Code, *, extent: Extent = "match") -> HitReport:
        """Put a code on what a search found: on the words themselves, on their sentence (``"sentence"``), or on the
        whole turn, or paragraph of what nobody says (``"turn"``). One event, undone in one.

        Passages that bear the code are left as they are; hits whose text has changed since are refused one by one.
        """
        from qualikit.coding.hits import code_hits

        found = self.code(code)
        with self._store.write(self._coder) as transaction:
            return code_hits(transaction, hits, found, extent)

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

    def memos(self, document: str | None = None, coding: str | None = None, coder: str | None = None) -> list[Memo]:
        """Memos, the oldest first. ``document``: those on it and on its codings; ``coding``: those on that one."""
        with self._store.read() as connection:
            document_id = None if document is None else _document(connection, document)
            query = queries.select_memos(document_id, coding, coder)
            return [queries.memo_from(row) for row in connection.execute(query)]

    def write_memo(self, text: str, *, document: str | None = None, coding: str | None = None) -> None:
        """Write this coder's memo on a document or on a coding (by id); an empty text takes it away.

        Raises CodingRefused.
        """
        document_id = None
        if document is not None:
            with self._store.read() as connection:
                document_id = _document(connection, document)
        self._one(document_id, {"uuid": new_id(), "op": "memo", "id": coding, "text": text})


def _found(book: Codebook, code: str | Code) -> Code:
    found = book.get(code.id) if isinstance(code, Code) else book.get(code) or book.by_name(code)
    if found is None:
        name = code.name if isinstance(code, Code) else code
        near = nearest(name, (each.name for each in book))
        raise NotFound(
            _("Il n'y a pas de code « {name} » dans la grille.").format(name=name),
            _("Vouliez-vous dire « {near} » ?").format(near=near) if near else "",
        )
    return found


def _document(connection: sa.Connection, name: str) -> str:
    found = find_document(connection, name)
    if found is None:
        raise NotFound(_("Il n'y a pas de document nommé « {name} » dans le projet.").format(name=name))
    return found
