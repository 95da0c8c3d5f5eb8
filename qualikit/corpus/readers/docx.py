"""Word documents (.docx and its kin): the archive, the walk through its XML, and what must be said about it.

The XML is walked directly: of the libraries that read Word, the most complete (mammoth) still drops equations, simple
fields, text inside ``w:dir`` and drawn text boxes without a fallback, and takes four seconds on the hundred thousand
words that this takes a fraction of a second to read. It serves as a second opinion in the tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from qualikit.corpus.readers import ReadText
from qualikit.corpus.readers.beside import read_warnings, unlike
from qualikit.corpus.readers.chunks import chunk_text
from qualikit.corpus.readers.elements import attribute
from qualikit.corpus.readers.package import Package
from qualikit.corpus.readers.styles import bold_styles
from qualikit.corpus.readers.word import Walk, characters, live_characters
from qualikit.corpus.readers.word_comments import comments_of
from qualikit.corpus.readers.writing import finished
from qualikit.errors import EmptyDocument, ReadError, UnreadableFile
from qualikit.i18n import _
from qualikit.text import normalise

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_NESTED, MAX_CHUNKS = 3, 500
"""Documents inside documents inside documents, and how many in all: beyond, it is a trap."""


class DocxReader:
    """Reader of Word's XML formats, transitional and strict. A file with macros in it is refused, whatever its name."""

    name = "docx"
    version = "2"
    extensions = (".docx", ".docm", ".dotx", ".dotm")

    @property
    def label(self) -> str:
        return _("Document Word")

    def read(self, data: bytes, file_name: str) -> ReadText:
        """The text, notes included. Raises ``UnreadableFile`` or ``EmptyDocument``, whatever the bytes."""
        from lxml import etree

        if not data:
            raise EmptyDocument(
                _("« {name} » est un fichier vide.").format(name=file_name), _("Redemandez le fichier d'origine.")
            )
        if not data.startswith(b"PK"):
            raise _not_word(data, file_name)
        package = Package(data, file_name)
        try:
            return _read(package, file_name)
        except ReadError:
            raise
        except (etree.LxmlError, ValueError, LookupError, TypeError, RecursionError, OverflowError) as error:
            raise package.broken() from error


def _read(package: Package, file_name: str, depth: int = 0, chunks: Iterator[int] | None = None) -> ReadText:
    part = package.main_part()
    root = package.xml(part)
    relationships = package.relationships(part)
    related = {r.kind: r.target for r in relationships.values() if not r.external and r.target in package}
    styles = bold_styles(package.xml(related["styles"])) if "styles" in related else {}
    chunks = chunks or iter(range(MAX_CHUNKS))

    def read_chunk(data: bytes, name: str) -> str | None:
        if next(chunks, None) is None:
            return None
        if not data.startswith(b"PK"):
            return chunk_text(data, name)
        if depth == MAX_NESTED:
            return None
        try:
            return _read(Package(data, file_name, inside=package), file_name, depth + 1, chunks).text
        except EmptyDocument:
            return ""

    walk = Walk(package, relationships, styles, read_chunk=read_chunk)
    walk.enter(root)
    complete = sum(characters(piece) for piece in walk.pieces) >= live_characters(root)
    _append_notes(walk, related)
    written = finished(walk)
    if not written.text:
        raise EmptyDocument(
            _("« {name} » ne contient aucun texte.").format(name=file_name),
            _("Si ce sont des pages numérisées (des images), faites-les d'abord convertir en texte."),
        )
    title, date = _properties(package)
    margins = _margins(package, [r.target for r in relationships.values() if r.kind in {"header", "footer"}])
    return ReadText(
        text=written.text,
        bold=written.bold,
        turns=written.turns,
        comments=comments_of(package, related, written.spans),
        warnings=tuple(_warnings(walk, complete, margins)),
        margins=margins,
        title=title,
        date=date,
    )


def _append_notes(walk: Walk, related: dict[str, str]) -> None:
    """Footnotes and endnotes after the text, after a blank line, in the order of their marks."""
    found: dict[tuple[str, str], Element] = {}
    for kind in ("footnote", "endnote"):
        if f"{kind}s" in related:
            for note in walk.package.xml(related[f"{kind}s"]).iter(f"{{*}}{kind}"):
                found[kind, attribute(note, "id") or ""] = note
    if found:
        walk.end_line()
    written = 0
    while written < len(walk.notes):  # a note may bear a mark of its own
        for called, number in list(walk.notes.items())[written:]:
            if called in found:
                walk.write_note(number, partial(walk.enter, found[called]))
            written = number


def _warnings(walk: Walk, complete: bool, margins: tuple[str, ...]) -> Iterator[str]:
    if not complete:
        yield _("Une partie du texte n'a peut-être pas été lue : comparez avec le document d'origine.")
    yield from read_warnings(walk.inserted, walk.deleted, walk.hidden, walk.unread, margins)


def _margins(package: Package, parts: list[str]) -> tuple[str, ...]:
    lines: dict[str, None] = {}
    for part in parts:
        if part in package:
            walk = Walk(package, {})
            walk.enter(package.xml(part))
            lines.update(dict.fromkeys(line.strip() for line in normalise("".join(walk.pieces)).split("\n")))
    return tuple(line for line in lines if any(c.isalpha() for c in line))


def _properties(package: Package) -> tuple[str | None, str | None]:
    """Title and date of creation, as the file says them: often those of the model it was made from."""
    part = next((r.target for r in package.relationships("").values() if r.kind == "core-properties"), "")
    if part not in package:
        return None, None
    root = package.xml(part)
    values = [(root.findtext(f".//{{*}}{name}") or "").strip() or None for name in ("title", "created")]
    return values[0], values[1]


def _not_word(data: bytes, file_name: str) -> UnreadableFile:
    """What a file with Word's extension is, judging by its first bytes."""
    advice = _("Ouvrez-le dans votre traitement de texte et enregistrez-le au format .docx.")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return UnreadableFile(
                _("« {name} » est protégé par un mot de passe.").format(name=file_name),
                _("Ouvrez-le dans Word, retirez le mot de passe et enregistrez-le de nouveau."),
            )
        return UnreadableFile(_("« {name} » est dans l'ancien format de Word (.doc).").format(name=file_name), advice)
    return unlike(file_name, _("un document Word"), data)
