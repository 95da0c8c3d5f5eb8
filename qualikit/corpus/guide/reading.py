"""From a file to the lines of a guide: a list of questions under headings, as interviewers write it in Word, or a sheet
with a column of questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from qualikit.corpus.guide.model import GuideLine
from qualikit.corpus.guide.questions import LONGEST
from qualikit.corpus.readers import reader_for
from qualikit.errors import GuideRefused, SheetError
from qualikit.i18n import _
from qualikit.sheets import Sheet, plain_cell, read_sheet
from qualikit.text import Span, fold, normalise

_SHEETS = {".csv", ".tsv", ".xlsx", ".xlsm"}
_QUESTION = ("question", "questions", "texte", "text", "libellé", "intitulé", "formulation")
_SECTION = ("rubrique", "section", "thème", "theme", "partie", "titre", "bloc", "axe")
_NUMBER = frozenset({"n°", "no", "numero", "n", "#", "num", "ordre"})
_MARK = re.compile(
    r"\s*(?:(?P<number>(?:Q\s?)?\d{1,3}(?:\.\d{1,3})*)\s?[.)°:–—-]*(?=\s|$)|(?P<roman>[IVX]{1,5})\s?[.)–—:-]\s|"
    r"(?P<letter>[A-Za-z])\s?[.)]\s|(?P<bullet>[-–—•*◦▪●○→·o])\s|(?P<heading>#{1,6})\s)\s*"
)
_HEADED = re.compile(r"(?:thème|theme|partie|section|rubrique|bloc|axe)\b", re.IGNORECASE)
_ASKED = re.compile(r"\w+ez\b|\w+(?:ez|e|s|is)-(?:moi|nous|vous|tu|il|on)\b|comment\b|pourquoi\b|quel", re.IGNORECASE)
_HEADING = 90
"""Characters of the longest line that may be a heading."""


def read_guide(data: bytes, file_name: str) -> list[GuideLine]:
    """The questions of a file of any format that the corpus reads, or of a sheet (CSV, Excel) with a column
    « Question » and, if there is one, a column « Rubrique ».

    Raises ReadError, UnknownPlugin, SheetError, GuideRefused.
    """
    if PurePath(file_name).suffix.lower() in _SHEETS:
        return _from_sheet(read_sheet(data, file_name), file_name)
    read = reader_for(file_name).read(data, file_name)
    return _found(guide_lines(read.text, read.bold), file_name)


def guide_lines(text: str, bold: Sequence[Span] = ()) -> list[GuideLine]:
    """The questions of a text: a line that ends with a question mark, that a list numbers or that asks for something
    (« Racontez-moi… ») is one; a short line above questions is their heading. What introduces the guide is left."""
    lines = _lines(normalise(text), bold)
    found: list[GuideLine] = []
    section = ""
    for place, line in enumerate(lines):
        after = lines[place + 1] if place + 1 < len(lines) else None
        if _is_heading(line, after):
            section = line.text.rstrip(" :")
        elif _is_question(line):
            found.append(GuideLine(line.text[:LONGEST], section))
    return found


@dataclass(frozen=True)
class _Line:
    text: str
    mark: str
    depth: int
    bold: bool
    indent: int


def _lines(text: str, bold: Sequence[Span]) -> list[_Line]:
    found, place = [], 0
    for raw in text.split("\n"):
        start, place = place, place + len(raw) + 1
        words = raw.strip()
        if not words:
            continue
        first = start + len(raw) - len(raw.lstrip())
        whole = any(span.start <= first and first + len(words) <= span.stop for span in bold)
        marked = _MARK.match(words + " ")
        kind = marked.lastgroup or "" if marked else ""
        rest = words[marked.end() :].strip() if marked else words
        if not rest:
            continue
        depth = marked[kind].count(".") if marked and kind == "number" else 0
        found.append(_Line(" ".join(rest.split()), kind, depth, whole, len(raw) - len(raw.lstrip())))
    return found


def _is_heading(line: _Line, after: _Line | None) -> bool:
    if line.mark == "heading":
        return True
    if len(line.text) > _HEADING or after is None or line.text.endswith(("?", ".", "…", ";", "!")):
        return False
    if line.mark == "roman" or line.bold or _HEADED.match(line.text):
        return not _ASKED.match(line.text)
    below = (line.mark, line.depth) != (after.mark, after.depth) or after.indent > line.indent
    if line.mark:  # « 1. Le quotidien » above « - Racontez-moi… »
        return below and bool(after.mark) and after.mark != "roman" and not _ASKED.match(line.text)
    return not _ASKED.match(line.text)


def _is_question(line: _Line) -> bool:
    return line.text.endswith("?") or line.mark in {"number", "letter", "bullet"} or bool(_ASKED.match(line.text))


def _from_sheet(sheet: Sheet, file_name: str) -> list[GuideLine]:
    asked, above = sheet.column(*_QUESTION), sheet.column(*_SECTION)
    rows = [row for _number, row in sheet.rows]
    if asked is None:
        columns = [column for column in sheet.columns if fold(column) not in _NUMBER and column != above]
        if len(columns) != 1:
            raise SheetError(
                _("Le tableau « {name} » n'a pas de colonne « Question ».").format(name=file_name),
                _("Nommez « Question » la colonne des questions, et « Rubrique » celle de leurs titres."),
            )
        [asked] = columns
        if asked.endswith("?"):  # a list without a header
            rows = [{asked: asked}, *rows]
    found, section = [], ""
    for row in rows:
        text = plain_cell(row.get(asked, "")).strip()
        if above:
            section = plain_cell(row.get(above, "")).strip() or section  # merged cells are said once
        if text:
            found.append(GuideLine(" ".join(text.split())[:LONGEST], section))
    return _found(found, file_name)


def _found(lines: list[GuideLine], file_name: str) -> list[GuideLine]:
    if not lines:
        raise GuideRefused(
            _("Aucune question n'a été reconnue dans « {name} ».").format(name=file_name),
            _("Écrivez une question par ligne, numérotée ou terminée par un point d'interrogation."),
        )
    return lines
