"""Comments in the margin of a file as codings, or as memos: many evaluators code in Word's comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from qualikit.coding import queries
from qualikit.coding.codes import insert_code
from qualikit.coding.model import Codebook, Origin
from qualikit.coding.names import clean_name, clean_text, name_key, nearest
from qualikit.coding.retiring import set_active
from qualikit.coding.tables import codings, memos
from qualikit.corpus import importing
from qualikit.corpus.model import Document
from qualikit.corpus.preview import Preview
from qualikit.corpus.readers import Comment
from qualikit.errors import ImportRefused
from qualikit.i18n import _
from qualikit.store import Change, Transaction, new_id, now
from qualikit.store.journal import coder_id


class CommentUse(StrEnum):
    """What becomes of the comments of a file."""

    IGNORE = "ignore"
    CODINGS = "codings"
    MEMOS = "memos"


def parent_name() -> str:
    """Name of the code under which the codes that comments bring are put."""
    return _("Commentaires")


def memo_name() -> str:
    """Name of the code that keeps the place of a comment which is a remark, not a code."""
    return _("Commentaire")


def checked_use(use: CommentUse | str) -> CommentUse:
    """What was asked for. Raises ImportRefused."""
    try:
        return CommentUse(use)
    except ValueError:
        raise ImportRefused(
            _("Les commentaires ne peuvent pas devenir « {use} ».").format(use=use),
            _("Choisissez parmi : {allowed}.").format(allowed=", ".join(CommentUse)),
        ) from None


@dataclass(frozen=True)
class NamedCode:
    """A code that a comment names: as ``written``, the ``name`` it gets, whether the codebook has it, and if not the
    code of the codebook that was perhaps meant (``near``)."""

    written: str
    name: str
    known: bool
    near: str | None = None


@dataclass(frozen=True)
class CommentProposal:
    """What a comment would become: codings of its passage, and a memo. Without a passage, a memo on the document."""

    comment: Comment
    codes: tuple[NamedCode, ...] = ()
    memo: str = ""


@dataclass(frozen=True)
class CommentReport:
    """What became of the comments: codings and memos written, names of the codes that were added."""

    codings: int = 0
    memos: int = 0
    added: tuple[str, ...] = ()


# -- reading what comments say

_PARTS = re.compile(r"[\n;]+")
_LIST = re.compile(r"\s*[,/]\s*")
_REMARK = re.compile(r"\s*:(?:\s+|$)|\s+[-–—]\s+")
_AROUND = " \t\u00a0\u202f•·-–—*#«»\"“”'"
MAX_NAME, MAX_WORDS = 60, 5
"""Characters and words of what may be the name of a new code: what is longer is a remark."""


def proposals(
    comments: Iterable[Comment], book: Codebook, use: CommentUse | str, same: Mapping[str, str] | None = None
) -> tuple[CommentProposal, ...]:
    """What each comment would become, in order; nothing where they are left aside.

    A comment names codes, parted by ``;``, ``,``, ``/`` or lines; « Code : remarque » and « Code - remarque » give the
    code and a memo. What reads like a sentence is a memo on the passage. ``same``: name as written → name of the code
    that is meant, where somebody said so.
    """
    use = checked_use(use)
    if use is CommentUse.IGNORE:
        return ()
    meant = {name_key(written): name for written, name in (same or {}).items()}
    return tuple(_proposal(comment, book, use, meant) for comment in comments)


def _proposal(comment: Comment, book: Codebook, use: CommentUse, meant: Mapping[str, str]) -> CommentProposal:
    answers = "\n".join(_signed(answer) for answer in comment.replies)
    if comment.span is None:
        return CommentProposal(comment, (), "\n".join(filter(None, (comment.text, answers))))
    names, remark = read_names(comment.text, book) if use is CommentUse.CODINGS else ((), comment.text)
    named = [_named(name, book, meant) for name in names]
    codes = [code for code in named if not _retired(code.name, book)] or [_named(memo_name(), book, {})]
    retired = "\n".join(
        _("« {name} » est retiré de la grille.").format(name=code.name) for code in named if _retired(code.name, book)
    )
    distinct = tuple({name_key(code.name): code for code in codes}.values())
    return CommentProposal(comment, distinct, "\n".join(filter(None, (remark, retired, answers))))


def _retired(name: str, book: Codebook) -> bool:
    """A retired code takes no new codings: the passage waits under « Commentaire », and the memo names the code."""
    code = book.by_name(name)
    return code is not None and not code.active


def _signed(comment: Comment) -> str:
    return _("{author} : {text}").format(author=comment.author, text=comment.text) if comment.author else comment.text


def _named(written: str, book: Codebook, meant: Mapping[str, str]) -> NamedCode:
    name = meant.get(name_key(written), written)
    code = book.by_name(name)
    if code is not None:
        return NamedCode(written, code.name, known=True)
    return NamedCode(written, clean_name(name), known=False, near=nearest(name, (each.name for each in book)))


def read_names(text: str, book: Codebook) -> tuple[tuple[str, ...], str]:
    """Names of codes in a comment, and what else it says."""
    names: list[str] = []
    remarks: list[str] = []
    for part in [text] if book.by_name(clean_name(text)) else _PARTS.split(text):
        piece = part.strip(_AROUND)
        found, remark = _of_piece(piece, book)
        names += found
        if remark:
            remarks.append(remark)
    return tuple({name_key(name): name for name in names}.values()), "\n".join(remarks)


def _of_piece(piece: str, book: Codebook) -> tuple[list[str], str]:
    if not piece or book.by_name(clean_name(piece)):
        return ([clean_name(piece)] if piece else []), ""
    mark = _REMARK.search(piece)
    head, remark = (piece[: mark.start()], piece[mark.end() :].strip()) if mark else (piece, "")
    listed = [clean_name(head)] if book.by_name(clean_name(head)) else [clean_name(n) for n in _LIST.split(head)]
    listed = [name.strip(_AROUND) for name in listed if name.strip(_AROUND)]
    if listed and all(book.by_name(name) or _may_be_a_name(name) for name in listed):
        return listed, remark
    return [], piece


def _may_be_a_name(name: str) -> bool:
    short = len(name) <= MAX_NAME and len(name.split()) <= MAX_WORDS
    return short and bool(name_key(name)) and not name.endswith((".", "?", "!", "…"))


# -- writing


def save_document(
    transaction: Transaction, preview: Preview, use: CommentUse | str, same: Mapping[str, str] | None = None
) -> tuple[Document, CommentReport]:
    """Save a document as previewed with what its comments become, as one event.

    Raises DuplicateDocument, ImportRefused.
    """
    use = checked_use(use)
    report = CommentReport()

    def beside(change: Change, document: Document) -> None:
        nonlocal report
        book = queries.codebook(transaction.connection)
        report = write(transaction, change, document, preview.text, proposals(preview.read.comments, book, use, same))

    document = importing.save(transaction, preview, beside)
    return document, report


def write(
    transaction: Transaction, change: Change, document: Document, text: str, proposed: Sequence[CommentProposal]
) -> CommentReport:
    """Write what comments become, inside an event. What is there already is left as it is."""
    writer = _Writer(transaction, change, document, text)
    for proposal in proposed:
        writer.write(proposal)
    return writer.report


class _Writer:
    def __init__(self, transaction: Transaction, change: Change, document: Document, text: str) -> None:
        self._transaction = transaction
        self._connection = transaction.connection
        self._change = change
        self._document = document
        self._text = text
        self._book = queries.codebook(self._connection)
        known = queries.coder_names(self._connection)
        self._coders = {name_key(name): name for name in known}
        self.report = CommentReport()

    def write(self, proposal: CommentProposal) -> None:
        """The codings and the memo of one comment, under the name of who wrote it."""
        coder = self._coder(proposal.comment.author)
        span, target = proposal.comment.span, self._document.id
        if span is not None:
            placed = [self._coding(code, span.start, span.stop, coder) for code in proposal.codes]
            target = placed[0]
        if proposal.memo:
            self._memo("document" if span is None else "coding", target, proposal.memo, coder)

    def _coder(self, author: str) -> str:
        """The id of the coder of that name; Word writes « Auteur » where somebody took the names away."""
        name = clean_name(author)[:200]
        if not name or name_key(name) in {"auteur", "author"}:
            return self._transaction.coder_id
        return coder_id(self._connection, self._coders.setdefault(name_key(name), name))

    def _coding(self, code: NamedCode, start: int, stop: int, coder: str) -> str:
        code_id = self._code(code.name)
        version = self._document.text_version_id or ""
        there = queries.same_coding(self._connection, version, start, stop, code_id, coder)
        if there is not None:
            return there
        id = new_id()
        self._change.insert(
            codings,
            {
                "id": id,
                "document_id": self._document.id,
                "text_version_id": version,
                "start": start,
                "stop": stop,
                "quote": self._text[start:stop],
                "code_id": code_id,
                "coder_id": coder,
                "origin": Origin.IMPORT.value,
                "created": now(),
            },
        )
        self.report = replace(self.report, codings=self.report.codings + 1)
        return id

    def _code(self, name: str) -> str:
        code = self._book.by_name(name)
        if code is not None:
            if not code.active:  # « Commentaire », which keeps the place of what nothing else does
                set_active(self._change, self._book, code, True)
                self._book = queries.codebook(self._connection)
            return code.id
        parent = None
        if name_key(name) not in {name_key(parent_name()), name_key(memo_name())}:
            parent = self._code(parent_name())
        id = insert_code(self._change, self._book, {"name": name}, parent)
        self._book = queries.codebook(self._connection)
        self.report = replace(self.report, added=(*self.report.added, name))
        return id

    def _memo(self, kind: str, target: str, text: str, coder: str) -> None:
        text = clean_text(text)
        there = queries.own_memo(self._connection, target, coder)
        if there is None:
            row = {"id": new_id(), "target_kind": kind, "target_id": target, "coder_id": coder, "text": text}
            self._change.insert(memos, {**row, "created": now(), "updated": now()})
            self.report = replace(self.report, memos=self.report.memos + 1)
        elif text not in there.text:
            self._change.update(memos, there.id, text=f"{there.text}\n\n{text}", updated=now())


# -- a document that is there already


def comments_of(document: Document, content: bytes, text: str) -> tuple[Comment, ...]:
    """The comments in the file that a document came from. Raises ImportRefused where its text was changed since."""
    from qualikit.corpus.readers import readers

    read = readers.get(document.reader).read(content, document.file_name)
    if read.comments and read.text != text:
        raise ImportRefused(
            _("Le texte de « {title} » n'est plus celui du fichier d'origine.").format(title=document.title),
            _("Les commentaires ne peuvent plus y être placés : posez les codes à la main."),
        )
    return read.comments
