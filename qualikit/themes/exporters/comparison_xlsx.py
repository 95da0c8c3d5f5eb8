"""A comparison as an Excel workbook: what to know first, then a tidy sheet a part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date as Date
from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from qualikit.i18n import _
from qualikit.themes.comparing.model import Comparison
from qualikit.themes.comparing.passages import Share, share_label
from qualikit.themes.exporters.cleaning import quotation, xml_text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_CELL_MAX = 32_767


def headings() -> Mapping[str, tuple[str, int]]:
    """What the columns of the tidy tables are called, and how wide they are."""
    return {
        "path": (_("Chemin"), 40),
        "code": (_("Code"), 28),
        "depth": (_("Niveau"), 8),
        "share": (_("Part"), 9),
        "group": (_("Groupe"), 18),
        "people": (_("Personnes"), 10),
        "people_total": (_("Personnes possibles"), 11),
        "sessions": (_("Documents"), 10),
        "sessions_total": (_("Documents possibles"), 11),
        "codings": (_("Codages"), 9),
        "difference": (_("Écart des parts"), 9),
        "low": (_("Borne basse (95 %)"), 9),
        "high": (_("Borne haute (95 %)"), 9),
        "p": (_("p"), 9),
        "p_corrected": (_("p corrigé"), 9),
        "verdict": (_("Hasard"), 28),
        "word": (_("Mot"), 20),
        "forms": (_("Formes"), 34),
        "uses": (_("Emplois"), 9),
        "words_total": (_("Mots dits"), 10),
        "per_10000": (_("Pour 10 000 mots"), 10),
        "specificity": (_("Spécificité (Lafon)"), 11),
        "log_likelihood": (_("Log-vraisemblance"), 11),
        "log_odds_z": (_("Rapport de cotes pondéré (z)"), 12),
        "one_person": (_("Porté par une personne"), 11),
        "typical": (_("Propre à ce groupe"), 10),
        "passages": (_("Passages"), 9),
        "agree": (_("En accord"), 9),
        "disagree": (_("En désaccord"), 10),
        "torn": (_("Entre les deux"), 9),
        "quote": (_("Verbatim"), 80),
        "reference": (_("Source"), 40),
        "position": (_("Position"), 13),
        "chosen": (_("Retenu"), 9),
        "name": (_("Nom"), 28),
        "kind": (_("Nature"), 14),
        "axis": (_("Axe"), 6),
        "coordinate": (_("Coordonnée"), 11),
        "contribution": (_("Contribution"), 11),
        "quality": (_("Qualité (cos²)"), 11),
        "mass": (_("Masse"), 9),
    }


_SHARES = frozenset({"share", "difference", "low", "high", "contribution", "quality", "mass"})


def workbook(made: Sequence[Comparison], *, title: str, project: str, date: Date) -> bytes:
    """The workbook; numbers are numbers, texts are never taken for formulas."""
    import xlsxwriter

    data = BytesIO()
    texts = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(data, {**texts, "in_memory": True}) as book:
        about = {"title": xml_text(title)[:255], "subject": xml_text(project)[:255], "author": "", "comments": ""}
        book.set_properties({**about, "created": datetime.combine(date, time())})
        looks = _looks(book)
        _first(book.add_worksheet(_("À lire")), made, title, f"{project} · {date:%d/%m/%Y}".strip(" ·"), looks)
        names = {"codes": _("Codes"), "words": _("Mots"), "passages": _("Passages")}
        for comparison in made:
            _table(
                book.add_worksheet(names[comparison.what]), comparison.columns(), comparison.to_records(), looks,
                len(comparison.groups),
            )  # fmt: skip
            plane = comparison.correspondence()
            if plane is not None:
                columns = ("name", "kind", "axis", "coordinate", "contribution", "quality", "mass")
                sheet = book.add_worksheet(_("Carte des {what}").format(what=names[comparison.what].lower()))
                _table(sheet, columns, plane.to_records(), looks)
    return data.getvalue()


def _looks(book: Workbook) -> dict[str, Format]:
    base = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
    made: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 16, "font_color": "#1F3A5F"},
        "quiet": {"font_color": "#595959"},
        "text": {"text_wrap": True},
        "head": {"bold": True, "text_wrap": True, "bg_color": "#E6ECF3", "font_color": "#1F3A5F", "bottom": 1},
        "whole": {"num_format": "0"},
        "number": {"num_format": "0.000"},
        "share": {"num_format": "0%"},
    }
    return {name: book.add_format({**base, **properties}) for name, properties in made.items()}


def _first(sheet: Worksheet, made: Sequence[Comparison], title: str, about: str, looks: dict[str, Format]) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 3, 22)
    sheet.set_row(0, 24)
    _write(sheet, 0, 0, title, looks["title"])
    _write(sheet, 1, 0, about, looks["quiet"])
    words = {group.value: group.words for comparison in made for group in comparison.groups if group.words}
    for column, heading in enumerate((made[0].by_label, _("Personnes"), _("Documents"), _("Mots dits"))):
        _write(sheet, 3, column, heading, looks["head"])
    line = 4
    for group in made[0].groups:
        values = (group.label, group.people, group.sessions, words.get(group.value))
        for column, value in enumerate(values):
            _write(sheet, line, column, value, looks["text" if column == 0 else "whole"])
        line += 1
    for note in dict.fromkeys(note for comparison in made for note in comparison.notes):
        line += 1
        sheet.merge_range(line, 0, line, 3, "", looks["text"])
        _write(sheet, line, 0, note, looks["text"])
        sheet.set_row(line, 14 * -(-len(note) // 105) + 2)


def _table(
    sheet: Worksheet,
    columns: Sequence[str],
    records: Iterable[Mapping[str, Any]],
    looks: dict[str, Format],
    groups: int = 2,
) -> None:
    known, line = headings(), 0
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_row(0, 44)
    for column, name in enumerate(columns):
        heading, width = known[name]
        _write(sheet, 0, column, heading, looks["head"])
        sheet.set_column(column, column, width)
    for line, record in enumerate(records, 1):
        for column, name in enumerate(columns):
            value = _shown(name, record[name], groups)
            look = "share" if name in _SHARES else "number" if isinstance(value, float) else "whole"
            _write(sheet, line, column, value, looks["text" if isinstance(value, str) else look])
    if line:
        sheet.autofilter(0, 0, line, len(columns) - 1)


def _shown(name: str, value: Any, groups: int) -> Any:
    """The value in the user's words."""
    from qualikit.coding.model import Position, position_label

    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if name == "share" and isinstance(value, str):
        share: Share = value  # type: ignore[assignment]
        return share_label(share, groups)
    if name == "position":
        return position_label(Position(value)) if value else ""
    if name == "kind":
        return _("groupe") if value == "group" else _("élément")
    return quotation(value) if name == "quote" else value


def _write(sheet: Worksheet, row: int, column: int, value: Any, look: Format) -> None:
    if isinstance(value, str):
        clean = xml_text(value)
        if len(clean.encode("utf-16-le")) // 2 > _CELL_MAX:
            clean = clean.encode("utf-16-le")[: 2 * (_CELL_MAX - 4)].decode("utf-16-le", "ignore") + " […]"
        sheet.write_string(row, column, clean, look)
    elif value is None:
        sheet.write_blank(row, column, None, look)
    else:
        sheet.write_number(row, column, value, look)
