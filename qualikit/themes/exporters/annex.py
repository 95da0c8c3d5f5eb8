"""The annex: every table of the project in one Excel workbook, each a table that Excel knows as one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date as Date
from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from qualikit.i18n import _
from qualikit.text import fold
from qualikit.themes.documents.options import Options
from qualikit.themes.documents.tables import Annex, Table
from qualikit.themes.exporters.cleaning import xml_text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_CELL_MAX = 32_767
"""Characters (UTF-16 units) that a cell can hold: Excel's specification."""
_ROWS_MAX = 1_048_575


def annex_file(annex: Annex, options: Options) -> bytes:
    """The workbook: what is in it first, then a sheet a table. The same day gives the same bytes."""
    import xlsxwriter

    title = options.title or _("Annexe : les tableaux de l'évaluation")
    texts = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    made = BytesIO()
    with xlsxwriter.Workbook(made, {**texts, "in_memory": True}) as book:
        about = {"title": xml_text(title)[:255], "subject": xml_text(annex.project)[:255], "author": "", "comments": ""}
        book.set_properties({**about, "created": datetime.combine(options.date, time())})
        looks = _looks(book)
        _contents(book.add_worksheet(_("Sommaire")), annex, options, title, looks)
        for table in annex.tables:
            _write(book.add_worksheet(table.name), table, looks)
    return made.getvalue()


def _looks(book: Workbook) -> dict[str, Format]:
    base: dict[str, Any] = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
    made: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 16, "font_color": "#1F3A5F"},
        "quiet": {"font_color": "#595959"},
        "wrapped": {"text_wrap": True},
        "plain": {},
        "head": {"bold": True, "text_wrap": True, "bg_color": "#E6ECF3", "font_color": "#1F3A5F", "bottom": 1},
        "number": {"num_format": "0"},
        "share": {"num_format": "0%"},
        "day": {"num_format": "dd/mm/yyyy", "align": "left"},
        "link": {"font_color": "#2B5C8A", "underline": 1},
    }
    return {name: book.add_format({**base, **properties}) for name, properties in made.items()}


def _contents(sheet: Worksheet, annex: Annex, options: Options, title: str, looks: dict[str, Format]) -> None:
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 14)
    sheet.set_column(2, 2, 90)
    sheet.write_string(0, 0, xml_text(title), looks["title"])
    sheet.write_string(1, 0, xml_text(f"{annex.project} · {options.date:%d/%m/%Y}"), looks["quiet"])
    for column, words in enumerate((_("Feuille"), _("Lignes"), _("Ce qu'elle contient"))):
        sheet.write_string(3, column, words, looks["head"])
    for line, table in enumerate(annex.tables, 4):
        sheet.write_url(line, 0, f"internal:'{table.name}'!A1", looks["link"], table.name)
        sheet.write_number(line, 1, len(table.rows), looks["number"])
        sheet.write_string(line, 2, table.about, looks["wrapped"])
    notes = [
        _(
            "Le n° du passage est le même dans les synthèses, le recueil et cette annexe, et d'un export à l'autre ; "
            "la matrice numérote ses renvois case par case."
        ),
        _("Début et fin sont des caractères du texte du document, à partir de 0."),
        _("Personnes possibles : participants qui prennent la parole dans le territoire ; l'animation ne compte pas."),
    ]
    if not annex.named:
        notes.append(_("Les personnes et les documents sont désignés par un numéro, jamais par un nom."))
    for line, words in enumerate(notes, len(annex.tables) + 5):
        sheet.write_string(line, 0, words, looks["quiet"])


def _write(sheet: Worksheet, table: Table, looks: dict[str, Format]) -> None:
    rows = table.rows[:_ROWS_MAX]
    headings = [
        {"header": words, "header_format": looks["head"]}
        for words in _apart([words for words, _width in table.columns])
    ]
    for column, (_words, width) in enumerate(table.columns):
        sheet.set_column(column, column, width)
    sheet.add_table(
        0,
        0,
        max(len(rows), 1),
        len(table.columns) - 1,
        {"name": _name(table.name), "columns": headings, "style": "Table Style Light 1"},
    )
    sheet.set_row(0, 30)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    wide = [width >= 40 for _words, width in table.columns]
    for line, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            _cell(sheet, line, column, value, looks, looks["wrapped"] if wide[column] else looks["plain"])


def _cell(sheet: Worksheet, line: int, column: int, value: Any, looks: dict[str, Format], look: Format) -> None:
    if isinstance(value, Date):
        sheet.write_datetime(line, column, datetime.combine(value, time()), looks["day"])
    elif isinstance(value, float):
        sheet.write_number(line, column, value, looks["share"])
    elif isinstance(value, int):
        sheet.write_number(line, column, value, looks["number"])
    elif value:
        sheet.write_string(line, column, _fitting(xml_text(value)), look)


def _fitting(text: str) -> str:
    """The text, cut where a cell of Excel would not hold it."""
    if len(text) * 2 <= _CELL_MAX or len(text.encode("utf-16-le")) // 2 <= _CELL_MAX:
        return text
    mark = _(" […] (texte coupé : trop long pour une cellule d'Excel)")
    return text.encode("utf-16-le")[: 2 * (_CELL_MAX - len(mark))].decode("utf-16-le", "ignore") + mark


def _apart(headings: Sequence[str]) -> list[str]:
    """Headings that Excel takes for those of one table: not empty, not twice (an attribute may be « Mots »)."""
    seen: set[str] = set()
    found = []
    for words in headings:
        plain = " ".join(xml_text(words).split())[:240] or "…"
        heading, number = plain, 2
        while heading.lower() in seen:
            heading, number = f"{plain} ({number})", number + 1
        seen.add(heading.lower())
        found.append(heading)
    return found


def _name(words: str) -> str:
    """« Synthèses » as Excel takes the name of a table."""
    return re.sub(r"\W", "_", fold(words)).strip("_") or "table"
