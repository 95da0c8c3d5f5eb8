"""RTF, as Word, LibreOffice and old transcription software write it.

Walked token by token with a stack of its own. The library for it, striprtf, was measured first: it keeps what was
deleted in tracked changes, drops notes, does not know comments nor bold, leaves halves of UTF-16 pairs in the text, and
takes ten seconds over one picture of sixteen megabytes, which here takes a tenth of one.
"""

from __future__ import annotations

from qualikit.corpus.readers import Comment, ReadText
from qualikit.corpus.readers.beside import empty_document, no_text, read_warnings, unlike
from qualikit.corpus.readers.rtf_walk import RtfWalk, TooMuch
from qualikit.corpus.readers.writing import finished
from qualikit.errors import UnreadableFile
from qualikit.i18n import _
from qualikit.text import normalise

MAX_BYTES = 256 * 2**20
"""RTF writes its pictures as text: large files are mostly those."""


class RtfReader:
    """Reader of rich text."""

    name = "rtf"
    version = "1"
    extensions = (".rtf",)

    @property
    def label(self) -> str:
        return _("Document RTF")

    def read(self, data: bytes, file_name: str) -> ReadText:
        """The text, notes included. Raises ``UnreadableFile`` or ``EmptyDocument``, whatever the bytes."""
        if not data.strip():
            raise empty_document(file_name)
        start = data[:1024].find(b"{\\rtf")
        if start < 0 or data[:start].strip(b"\xef\xbb\xbf \r\n\t"):
            raise unlike(file_name, _("un document RTF"), data)
        walk = RtfWalk()
        try:
            if len(data) > MAX_BYTES:
                raise TooMuch
            complete = walk.read(data[start:])
        except TooMuch as error:
            raise UnreadableFile(
                _("« {name} » a été refusé : son contenu n'est pas celui d'un document ordinaire.").format(
                    name=file_name
                ),
                _("S'il est sûr, ouvrez-le, copiez son texte dans un nouveau document et importez celui-ci."),
            ) from error
        walk.write_notes()
        written = finished(walk.main)
        if not written.text:
            raise no_text(file_name)
        margins = tuple(dict.fromkeys(line for line in walk.margin_lines() if any(c.isalpha() for c in line)))
        warnings = list(read_warnings(walk.inserted, walk.deleted, walk.hidden, 0, margins))
        if not complete:
            warnings.append(_("Le fichier s'arrête avant sa fin : comparez avec le document d'origine."))
        comments = []
        for note in walk.comments:
            text = normalise("".join(note.words.pieces)).strip()
            if text:
                span = written.spans.get(note.about) or written.spans.get(note.mark)
                comments.append(Comment(normalise(note.author).strip(), text, span))
        return ReadText(
            text=written.text,
            bold=written.bold,
            turns=written.turns,
            comments=tuple(comments),
            warnings=tuple(warnings),
            margins=margins,
            title=normalise(walk.title).strip() or None,
            date=walk.created,
        )
