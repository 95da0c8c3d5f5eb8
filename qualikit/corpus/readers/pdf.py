"""PDF: the text layer, its lines made paragraphs again. Pictures of pages have none and are refused with what to do.

pdfium reads it, in a process of its own (``pdf_worker``): damaged and hostile files break that one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from qualikit.corpus.readers import ReadText
from qualikit.corpus.readers.beside import empty_document, read_warnings, unlike
from qualikit.corpus.readers.pdf_layout import Layout, Line, without_margins
from qualikit.corpus.readers.writing import Written, finished
from qualikit.errors import UnreadableFile
from qualikit.i18n import _, ngettext
from qualikit.text import normalise

MAX_BYTES = 256 * 2**20
NAMED = 8
"""Numbers of pages without text that are named in the warning."""
_CREATED = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")


class PdfReader:
    """Reader of PDF files that have their text in them."""

    name = "pdf"
    version = "1"
    extensions = (".pdf",)

    @property
    def label(self) -> str:
        return _("PDF")

    def read(self, data: bytes, file_name: str) -> ReadText:
        """The text. Raises ``UnreadableFile`` or ``EmptyDocument``, whatever the bytes."""
        from qualikit.corpus.readers.pdf_apart import ask

        if not data.strip():
            raise empty_document(file_name)
        if b"%PDF" not in data[:1024]:
            raise unlike(file_name, _("un PDF"), data)
        answer = ask(data) if len(data) <= MAX_BYTES else {"error": "large"}
        if "error" in answer:
            raise _refusal(file_name, str(answer["error"]))
        pages = [(page["height"], _lines(page, number)) for number, page in enumerate(answer["pages"])]
        lines, margins, numbered = without_margins(pages)
        written = _paragraphs(lines)
        if not written.text:
            raise _scanned(file_name)
        created = _CREATED.match(str(answer["created"]))
        title = " ".join(normalise(str(answer["title"])).split())
        return ReadText(
            text=written.text,
            bold=written.bold,
            turns=written.turns,
            warnings=tuple(_warnings(pages, margins, numbered)),
            margins=tuple(margins),
            title=title or None,
            date="-".join(part or "01" for part in created.groups()) if created else None,
        )


def _lines(page: dict[str, Any], number: int) -> list[Line]:
    return [
        Line(
            _plain(line["text"]),
            number,
            line["left"],
            line["right"],
            line["base"],
            max(line["size"], 1.0),
            tuple(line["bold"]),
        )
        for line in page["lines"]
    ]


def _plain(text: str) -> str:
    """Each sign one code point that any text may hold, so that places in the line stay."""
    return "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else " " if sign < " " else sign for sign in text)


def _paragraphs(lines: Sequence[Line]) -> Written:
    """The text: whoever announces themselves at the beginning of a line begins a paragraph, however full the last."""
    from qualikit.corpus.speakers import detect
    from qualikit.corpus.turns import split_turns

    as_they_are = Layout()
    as_they_are.set_apart(lines)
    one_a_line = finished(as_they_are)
    read = ReadText(one_a_line.text, one_a_line.bold, one_a_line.turns)
    turns = split_turns(read.text, detect(read).best.rule, read.bold, read.turns)
    layout = Layout()
    layout.set(lines, {read.text.count("\n", 0, turn.start) for turn in turns if turn.label})
    return finished(layout)


def _warnings(pages: Sequence[tuple[float, list[Line]]], margins: Sequence[str], numbered: bool) -> list[str]:
    told = list(read_warnings(0, 0, 0, 0, margins))
    if numbered:
        told.append(_("Les numéros de page ne sont pas repris dans le texte."))
    bare = [str(number) for number, (_height, lines) in enumerate(pages, 1) if not lines]
    if bare:
        named = ", ".join(bare[:NAMED]) + ("…" if len(bare) > NAMED else "")
        told.append(
            ngettext(
                "Une page n'a pas de texte (page {pages}) : si elle est numérisée, son texte manque ici.",
                "{n} pages n'ont pas de texte (pages {pages}) : si elles sont numérisées, leur texte manque ici.",
                len(bare),
            ).format(n=len(bare), pages=named)
        )
    return told


def _refusal(file_name: str, error: str) -> UnreadableFile:
    if error == "password":
        return UnreadableFile(
            _("« {name} » est protégé par un mot de passe.").format(name=file_name),
            _("Ouvrez-le avec le mot de passe, imprimez-le dans un nouveau PDF et importez celui-ci."),
        )
    if error == "slow":
        return UnreadableFile(
            _("« {name} » demande trop de temps pour être lu.").format(name=file_name),
            _("Imprimez-le dans un nouveau PDF, ou découpez-le, et importez le résultat."),
        )
    if error == "large":
        return UnreadableFile(
            _("« {name} » est trop gros pour être lu d'un coup.").format(name=file_name),
            _("Découpez-le en plusieurs fichiers."),
        )
    return UnreadableFile(
        _("« {name} » est endommagé ou incomplet.").format(name=file_name),
        _("Redemandez le fichier d'origine, ou imprimez-le dans un nouveau PDF."),
    )


def _scanned(file_name: str) -> UnreadableFile:
    return UnreadableFile(
        _("« {name} » ne contient aucun texte : ce sont des pages numérisées (des images).").format(name=file_name),
        _(
            "Faites reconnaître le texte (OCR) avec votre scanner ou un logiciel comme Acrobat, puis importez le "
            "nouveau PDF ; ou demandez le fichier Word d'origine."
        ),
    )
