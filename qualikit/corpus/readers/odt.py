"""OpenDocument text (LibreOffice, OpenOffice, Collabora, Google Docs), zipped or in one flat file of XML.

The XML is walked over the same distrustful archive as Word's. The library for the format, odfdo, was measured first: it
drops the spaces of ``text:s``, puts the words of comments among those that were said, the cells of a table one under
the other after the notes, and opens entities.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from qualikit.corpus.readers import ReadText
from qualikit.corpus.readers.beside import empty_document, no_text, read_warnings, unlike
from qualikit.corpus.readers.odt_walk import OdtWalk, margin_lines, text_styles
from qualikit.corpus.readers.package import Package, parsed
from qualikit.corpus.readers.writing import finished
from qualikit.errors import ReadError, UnreadableFile
from qualikit.i18n import _

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TEXT_TYPES = ("opendocument.text", "opendocument.text-template", "opendocument.text-master")


class OdtReader:
    """Reader of OpenDocument texts and their models."""

    name = "odt"
    version = "1"
    extensions = (".odt", ".ott", ".fodt")

    @property
    def label(self) -> str:
        return _("Document LibreOffice")

    def read(self, data: bytes, file_name: str) -> ReadText:
        """The text, notes included. Raises ``UnreadableFile`` or ``EmptyDocument``, whatever the bytes."""
        from lxml import etree

        if not data:
            raise empty_document(file_name)
        package = Package(data, file_name) if data.startswith(b"PK") else None
        broken = package.broken if package else partial(unlike, file_name, _("un document LibreOffice"), data)
        try:
            return _zipped(package, file_name) if package else _flat(data, file_name, broken)
        except ReadError:
            raise
        except (etree.LxmlError, ValueError, LookupError, TypeError, RecursionError, OverflowError) as error:
            raise broken() from error


def _zipped(package: Package, file_name: str) -> ReadText:
    if "content.xml" not in package:
        raise unlike(file_name, _("un document LibreOffice"))
    kind = package.read("mimetype").decode("ascii", "replace").strip() if "mimetype" in package else ""
    if kind and not kind.endswith(_TEXT_TYPES):
        raise unlike(file_name, _("un document LibreOffice"))
    if "META-INF/manifest.xml" in package:
        manifest = package.read("META-INF/manifest.xml")
        if b"encryption-data" in manifest:
            raise UnreadableFile(
                _("« {name} » est protégé par un mot de passe.").format(name=file_name),
                _("Ouvrez-le dans LibreOffice, retirez le mot de passe et enregistrez-le de nouveau."),
            )
    content = package.xml("content.xml")
    styles = package.xml("styles.xml") if "styles.xml" in package else None
    about = package.xml("meta.xml") if "meta.xml" in package else None
    return _read([content] if styles is None else [styles, content], content, about, file_name)


def _flat(data: bytes, file_name: str, broken: Callable[[], UnreadableFile]) -> ReadText:
    if not data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") or b"office:document" not in data[:4096]:
        raise broken()
    root = parsed(data, file_name)
    return _read([root], root, root, file_name)


def _read(parts: list[Element], content: Element, about: Element | None, file_name: str) -> ReadText:
    body = content.find("{*}body/{*}text")
    if body is None:
        raise unlike(file_name, _("un document LibreOffice"))
    walk = OdtWalk(styles=text_styles(parts))
    walk.enter(body)
    walk.write_notes()
    written = finished(walk)
    if not written.text:
        raise no_text(file_name)
    margins = margin_lines(parts)
    title = about.findtext(".//{*}meta/{*}title") if about is not None else None
    created = about.findtext(".//{*}meta/{*}creation-date") if about is not None else None
    return ReadText(
        text=written.text,
        bold=written.bold,
        turns=written.turns,
        comments=walk.comments_about(written.spans),
        warnings=tuple(read_warnings(walk.inserted, walk.deleted, walk.hidden, walk.unread, margins)),
        margins=margins,
        title=(title or "").strip() or None,
        date=(created or "").strip() or None,
    )
