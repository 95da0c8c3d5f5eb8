"""A file of Word or LibreOffice as an archive of XML parts, opened without trust: no macro, no entity, no bomb, no path
outside.

Whatever is wrong with the bytes comes out as ``UnreadableFile``, in words.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from qualikit.errors import UnreadableFile
from qualikit.i18n import _

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_PART = 64 * 2**20
"""Bytes of one XML part once opened: about a million and a half words as Word writes them."""
MAX_TOTAL = 2 * MAX_PART
MAX_RATIO = 200
"""Word's XML shrinks 10 to 60 times; what shrinks more, and is large, was made to harm."""
RATIO_MATTERS = 16 * 2**20
MACROS = "vbaproject.bin"

_RELATIONSHIP_ID_NAMESPACES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_BAD_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
)


@dataclass(frozen=True)
class Relationship:
    """``kind`` is the last word of its type (``"footnotes"``), ``target`` the name of a part, or an address outside."""

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """The parts of one file, read on demand. Raises ``UnreadableFile`` at opening or at any reading.

    A file inside a file (``inside``) draws on the same allowance of bytes.
    """

    def __init__(self, data: bytes, file_name: str, inside: Package | None = None) -> None:
        self.file_name = file_name
        self._spent: list[int] = inside._spent if inside else [0]
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._infos = {_key(info.filename): info for info in self._zip.infolist()}
        except _BAD_ARCHIVE as error:
            raise self.broken() from error
        if any(name.rpartition("/")[2] == MACROS for name in self._infos):
            raise self.with_macros()

    def broken(self) -> UnreadableFile:
        """The error for a file that is cut short or damaged."""
        return _broken(self.file_name)

    def hostile(self) -> UnreadableFile:
        """The error for a file made to harm the machine that opens it."""
        return _hostile(self.file_name)

    def with_macros(self) -> UnreadableFile:
        """The error for a file with a program in it."""
        return UnreadableFile(
            _("« {name} » contient des macros, c'est-à-dire un programme : il n'est pas ouvert.").format(
                name=self.file_name
            ),
            _("S'il est sûr, ouvrez-le dans Word et enregistrez-le au format .docx, qui n'en garde pas."),
        )

    def __contains__(self, part: str) -> bool:
        return _key(part) in self._infos

    def names(self) -> list[str]:
        """Names of the parts, in lower case."""
        return list(self._infos)

    def read(self, part: str) -> bytes:
        """Bytes of a part, counted as they come out, whatever size the archive announces."""
        info = self._infos.get(_key(part))
        if info is None:
            raise self.broken()
        try:
            with self._zip.open(info) as stream:
                data = stream.read(MAX_PART + 1)
        except _BAD_ARCHIVE as error:
            raise self.broken() from error
        self._spent[0] += len(data)
        bomb = len(data) > RATIO_MATTERS and len(data) > MAX_RATIO * max(info.compress_size, 1)
        if len(data) > MAX_PART or self._spent[0] > MAX_TOTAL or bomb:
            raise self.hostile()
        return data

    def xml(self, part: str) -> Element:
        """Root element of a part. A document type, which neither writes, is refused: entities come with it."""
        return parsed(self.read(part), self.file_name)

    def relationships(self, part: str) -> dict[str, Relationship]:
        """Where a part leads, by identifier; the package itself is ``""``."""
        folder, name = posixpath.split(part)
        source = posixpath.join(folder, "_rels", f"{name}.rels")
        if source not in self:
            return {}
        found = {}
        for element in self.xml(source):
            identifier, target = element.get("Id"), element.get("Target")
            if identifier is None or target is None:
                continue
            external = element.get("TargetMode") == "External"
            kind = (element.get("Type") or "").rpartition("/")[2]
            if kind == "vbaProject":  # under whatever name
                raise self.with_macros()
            where = target if external else posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            found[identifier] = Relationship(identifier, kind, where, external)
        return found

    def main_part(self) -> str:
        """Name of the part that holds the document. Raises ``UnreadableFile`` for another kind of archive."""
        for relationship in self.relationships("").values():
            if relationship.kind == "officeDocument" and relationship.target in self:
                return relationship.target
        if "word/document.xml" in self:
            return "word/document.xml"
        raise UnreadableFile(
            _("« {name} » n'est pas un document Word, malgré son extension.").format(name=self.file_name),
            _("Ouvrez-le avec le logiciel qui l'a fait et enregistrez-le au format .docx."),
        )


def parsed(data: bytes, file_name: str) -> Element:
    """Root element of XML bytes. Raises ``UnreadableFile``, also for a document type: entities come with it."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    for encoding in ("ascii", "utf-16-le", "utf-16-be"):
        if "<!DOCTYPE".encode(encoding) in data or "<!ENTITY".encode(encoding) in data:
            raise _with_entities(file_name)
    if len(data) > MAX_PART:
        raise _hostile(file_name)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _broken(file_name) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _with_entities(file_name)
    return root


def _broken(file_name: str) -> UnreadableFile:
    return UnreadableFile(
        _("« {name} » est endommagé ou incomplet.").format(name=file_name),
        _("Rouvrez-le dans votre traitement de texte et enregistrez-le de nouveau, ou redemandez l'original."),
    )


def _with_entities(file_name: str) -> UnreadableFile:
    """The error for XML that declares what it stands for elsewhere (DOCTYPE, ENTITY)."""
    return UnreadableFile(
        _("« {name} » a été refusé : son XML déclare un type de document ou des entités.").format(name=file_name),
        _("Word et LibreOffice n'en écrivent jamais, et elles peuvent nuire. Redemandez le fichier d'origine."),
    )


def _hostile(file_name: str) -> UnreadableFile:
    return UnreadableFile(
        _("« {name} » a été refusé : son contenu n'est pas celui d'un document ordinaire.").format(name=file_name),
        _("S'il est sûr, ouvrez-le, copiez son texte dans un nouveau document et importez celui-ci."),
    )


def relationship_id(element: Element, name: str = "id") -> str | None:
    """Value of ``r:id`` (``r:dm``, ``r:embed``…) on an element, in either dialect of the format."""
    for namespace in _RELATIONSHIP_ID_NAMESPACES:
        value = element.get(f"{{{namespace}}}{name}")
        if value is not None:
            return value
    return None


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
