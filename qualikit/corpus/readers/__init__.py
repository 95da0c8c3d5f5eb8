"""Readers: from the bytes of a file to its text. One format, one file; a stranger's reader comes by entry point.

A reader is a class made without arguments, with the attributes of ``Reader``; ``tests/contracts/test_readers.py``
is what every one of them must pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol

from qualikit.corpus.model import Turn
from qualikit.errors import UnknownPlugin
from qualikit.i18n import _
from qualikit.registry import Registry
from qualikit.text import Span

if TYPE_CHECKING:
    from qualikit.corpus.table_rows import TableContent


@dataclass(frozen=True)
class Comment:
    """A remark that somebody left in the margin of the file: never part of the text.

    ``span`` is what it is about, in code points of the text; None where the file does not say. ``replies`` are the
    answers written under it, in order; ``resolved`` where somebody marked it as dealt with.
    """

    author: str
    text: str
    span: Span | None = None
    replies: tuple[Comment, ...] = ()
    resolved: bool = False


@dataclass(frozen=True)
class ReadText:
    """What a reader found in a file.

    ``text`` is normalised (``qualikit.text.normalise``) and never blank; ``bold`` are the runs set in bold, in code
    points of ``text``, in order and apart; ``warnings`` are whole sentences for the user; ``title`` and ``date`` are
    what the file says of itself, unchecked; ``encoding`` is that of a plain text.

    ``turns``: where the format itself says who speaks (subtitles, a table with a column of speakers), the turns as it
    says them, in order, without a gap, from 0 to the end of the text. The label of a turn that has one stands at its
    beginning in the text too (« Karim : … »), so that the text can be read without them.
    """

    text: str
    bold: tuple[Span, ...] = ()
    turns: tuple[Turn, ...] = ()
    comments: tuple[Comment, ...] = ()
    warnings: tuple[str, ...] = ()
    margins: tuple[str, ...] = ()
    """Lines of headers and footers, each once: kept apart, for they are not what was said."""
    title: str | None = None
    date: str | None = None
    encoding: str | None = None
    table: TableContent | None = None
    """Of a table: what its columns were taken for, and how many documents it holds."""


class Reader(Protocol):
    """What the registry holds. ``version`` changes whenever the same bytes may give another text."""

    name: str
    version: str
    extensions: tuple[str, ...]
    """Lower case, with the dot."""

    @property
    def label(self) -> str:
        """Name of the format for the user."""

    def read(self, data: bytes, file_name: str) -> ReadText:
        """The text of the file. Raises ``UnreadableFile`` or ``EmptyDocument``, nothing else, whatever the bytes."""


readers: Registry[Reader] = Registry(
    "qualikit.readers",
    {
        "docx": "qualikit.corpus.readers.docx:DocxReader",
        "html": "qualikit.corpus.readers.html:HtmlReader",
        "odt": "qualikit.corpus.readers.odt:OdtReader",
        "pdf": "qualikit.corpus.readers.pdf:PdfReader",
        "rtf": "qualikit.corpus.readers.rtf:RtfReader",
        "srt": "qualikit.corpus.readers.srt:SrtReader",
        "table": "qualikit.corpus.readers.table:TableReader",
        "textgrid": "qualikit.corpus.readers.textgrid:TextGridReader",
        "txt": "qualikit.corpus.readers.text:TextReader",
        "vtt": "qualikit.corpus.readers.vtt:VttReader",
        "whisper": "qualikit.corpus.readers.whisper:WhisperReader",
    },
    "format",
)


def extensions() -> tuple[str, ...]:
    """Every extension that can be read, sorted: what a file picker offers."""
    return tuple(sorted({extension for reader in readers for extension in reader.extensions}))


def reader_for(file_name: str) -> Reader:
    """The reader for a file of that name. Raises ``UnknownPlugin``, which says what can be read and what to do."""
    extension = PurePath(file_name).suffix.lower()
    for reader in readers:
        if extension in reader.extensions:
            return reader
    if extension:
        what = _("« {name} » : les fichiers {extension} ne peuvent pas être lus.")
    else:
        what = _("« {name} » n'a pas d'extension : son format est inconnu.")
    raise UnknownPlugin(what.format(name=PurePath(file_name).name, extension=extension), _advice(extension))


def _advice(extension: str) -> str:
    known = _("Formats lus : {extensions}.").format(extensions=", ".join(extensions()))
    if extension in {".doc", ".dot", ".wpd", ".pages", ".wps", ".sxw"}:
        advice = _("Ouvrez-le dans votre traitement de texte et enregistrez-le au format .docx.")
    elif extension in {".mp3", ".wav", ".m4a", ".mp4", ".mov", ".ogg", ".wma", ".avi"}:
        advice = _("C'est un enregistrement : importez sa transcription.")
    elif extension in {".xls", ".xlsb", ".xlsm", ".ods", ".numbers"}:
        advice = _("Ouvrez-le dans votre tableur et enregistrez-le au format .xlsx.")
    else:
        advice = ""
    return f"{advice} {known}".strip()
