"""The consensus grids as an Excel workbook: a sheet for each group to read, then tidy tables to compute with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from qualikit.corpus.times import clock
from qualikit.i18n import _, decimal
from qualikit.themes.consensus import wording
from qualikit.themes.consensus.exporting import About
from qualikit.themes.consensus.grid import Grid
from qualikit.themes.consensus.model import Cell, Held, Side
from qualikit.themes.consensus.reading import Group
from qualikit.themes.consensus.tally import Verdict, verdict_label
from qualikit.themes.exporters.cleaning import quotation, xml_text

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_TINTS = {
    Held.AGREES: "#DCE9F5",
    Held.AGREES_STRONGLY: "#B4D0EA",
    Held.DISAGREES: "#FBE3CF",
    Held.DISAGREES_STRONGLY: "#F3BE93",
    Held.NUANCED: "#E9E9E9",
    Held.TORN: "#D9D9D9",
}
_CELL_MAX = 32_000
"""Characters of a cell, under what Excel takes."""
_COUNTS = (Side.AGREE, Side.TORN, Side.DISAGREE, Side.SILENT)

Column = tuple[str, int]
"""Heading and width in characters."""


def excel(grid: Grid, about: About) -> bytes:
    """The workbook: same grids, same day, same bytes."""
    import xlsxwriter

    texts = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    made = BytesIO()
    with xlsxwriter.Workbook(made, {**texts, "in_memory": True}) as book:
        created = datetime.combine(about.date, time())
        book.set_properties({"title": xml_text(about.title)[:255], "author": "", "comments": "", "created": created})
        sheets = _Sheets(book)
        for group in grid.groups:
            sheets.group(grid, group, about)
        if len(grid.groups) > 1:
            sheets.table(_("Côte à côte"), *_side_by_side(grid))
        sheets.table(_("Comptes"), *_tallies(grid))
        sheets.table(_("Cases"), *_cells(grid))
        sheets.table(_("Passages"), *_passages(grid))
        sheets.table(_("Méthode"), [(about.title, 110)], [[sentence] for sentence in _said(grid)])
    return made.getvalue()


class _Sheets:
    """The sheets of a workbook, each under a name that no other has."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._names: set[str] = set()
        base = {"font_name": "Calibri", "font_size": 10, "valign": "top", "text_wrap": True}
        self._plain = book.add_format(base)
        self._title = book.add_format(
            {**base, "bold": True, "font_size": 16, "font_color": "#1F3A5F", "text_wrap": False}
        )
        self._quiet = book.add_format({**base, "font_color": "#595959", "text_wrap": False})
        self._head = book.add_format(
            {
                **base,
                "bold": True,
                "bg_color": "#E6ECF3",
                "font_color": "#1F3A5F",
                "border": 1,
                "border_color": "#CBD3DC",
            }
        )
        self._share = book.add_format({**base, "num_format": "0 %"})
        self._index = book.add_format({**base, "num_format": "0.00"})
        self._family = book.add_format({**base, "bold": True})
        centred = {**base, "align": "center", "border": 1, "border_color": "#E1E6EC"}
        self._held = {
            held: book.add_format({**centred, "bg_color": _TINTS[held]} if held in _TINTS else centred) for held in Held
        }

    def group(self, grid: Grid, group: Group, about: About) -> None:
        """A group's grid as it is read: letters and colours, counts at the end of each row."""
        sheet = self._sheet(group.label)
        rows = [row for row in grid.rows if (count := grid.tally(row, group)) and (count.answered or count.speaking)]
        people = group.participants
        self._text(sheet, 0, 0, group.label, self._title)
        self._text(sheet, 1, 0, " · ".join(part for part in (about.project, about.day) if part), self._quiet)
        self._text(sheet, 2, 0, "   ".join(f"{letter} : {said}" for letter, said in wording.legend()), self._quiet)
        heads = [(_("Question") if grid.kind == "questions" else _("Thème"), 34), *((p.name, 12) for p in people)]
        heads += [(wording.side_label(side), 11) for side in _COUNTS]
        heads += [(_("Présents"), 9), (_("Majorité"), 32), (_("Consensus"), 11), ("A", 8), (_("Groupe"), 22)]
        for column, (name, width) in enumerate(heads):
            self._text(sheet, 4, column, name, self._head)
            sheet.set_column(column, column, width)
        sheet.set_row(4, 32)
        for line, row in enumerate(rows, 5):
            name = "   " * row.depth + row.name
            self._text(sheet, line, 0, name, self._family if row.children else self._plain)
            for column, person in enumerate(people, 1):
                cell = grid.cell(row, person, group)
                self._text(sheet, line, column, _letters(cell), self._held[cell.value])
                if cell.corrected:
                    sheet.write_comment(line, column, xml_text(wording.correction_sentence(cell)))
            tally = grid.tally(row, group)
            if tally is not None:
                figures: list[Any] = [tally.agree, tally.torn, tally.disagree, tally.silent, tally.present]
                figures += [wording.share(tally), tally.consensus, tally.agreement, wording.standing(tally)]
                self._line(sheet, line, figures, 1 + len(people), index=True)
        sheet.freeze_panes(5, 1)
        sheet.repeat_rows(4)

    def table(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> None:
        """A tidy table with filters."""
        sheet = self._sheet(name)
        for column, (heading, width) in enumerate(columns):
            self._text(sheet, 0, column, heading, self._head)
            sheet.set_column(column, column, width)
        last = 0
        for last, row in enumerate(rows, 1):
            self._line(sheet, last, row, 0)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        if last:
            sheet.autofilter(0, 0, last, len(columns) - 1)

    def _sheet(self, name: str) -> Worksheet:
        clean = re.sub(r"[\[\]:*?/\\']", " ", xml_text(name)).strip()[:31] or "–"
        found, number = clean, 1
        while found.lower() in self._names:
            number += 1
            found = f"{clean[: 31 - len(str(number)) - 1]} {number}"
        self._names.add(found.lower())
        sheet = self._book.add_worksheet(found)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        return sheet

    def _line(self, sheet: Worksheet, line: int, values: Sequence[Any], first: int, *, index: bool = False) -> None:
        for column, value in enumerate(values, first):
            if value is None or value == "":
                continue
            if isinstance(value, float):
                sheet.write_number(line, column, value, self._index if index else self._share)
            elif isinstance(value, int):
                sheet.write_number(line, column, int(value), self._plain)
            else:
                self._text(sheet, line, column, str(value), self._plain)

    def _text(self, sheet: Worksheet, line: int, column: int, text: str, look: Any) -> None:
        clean = xml_text(text)[:_CELL_MAX]
        if clean:
            sheet.write_string(line, column, clean, look)
        else:
            sheet.write_blank(line, column, None, look)


def _letters(cell: Cell) -> str:
    signs = wording.signs(cell)
    return f"{cell.letter} {signs}" if signs else cell.letter


def _side_by_side(grid: Grid) -> tuple[list[Column], list[list[Any]]]:
    columns = [(_("Question") if grid.kind == "questions" else _("Thème"), 34)]
    columns += [(group.label, 34) for group in grid.groups]
    columns.append((_("Ensemble"), 60))
    return columns, [
        [
            each.row.name,
            *(f"{wording.standing(t)} ({wording.counted(t)})" if t else wording.standing(t) for t in each.tallies),
            wording.contrast(each, grid.groups),
        ]
        for each in grid.contrasts()
    ]


def _tallies(grid: Grid) -> tuple[list[Column], list[list[Any]]]:
    heads = {
        "document": (_("Document"), 32),
        "territory": (_("Territoire"), 14),
        "path": (_("Chemin"), 44),
        "present": (_("Présents"), 9),
        "agree": (wording.side_label(Side.AGREE), 10),
        "torn": (wording.side_label(Side.TORN), 10),
        "disagree": (wording.side_label(Side.DISAGREE), 10),
        "silent": (wording.side_label(Side.SILENT), 10),
        "speaking": (_("En parlent sans position"), 12),
        "answered": (_("Prennent position"), 10),
        "majority": (_("Position la plus tenue"), 14),
        "share": (_("Part de la majorité"), 10),
        "low": (_("Intervalle, bas"), 10),
        "high": (_("Intervalle, haut"), 10),
        "consensus": (_("Consensus (de 0 à 1)"), 11),
        "agreement": (_("A (de -1 à 1)"), 11),
        "verdict": (_("Groupe"), 16),
        "set_by_hand": (_("Cases corrigées"), 10),
    }
    rows = []
    for record in grid.tally_records():
        said = {
            "majority": wording.side_label(Side(record["majority"])) if record["majority"] else "",
            "verdict": verdict_label(Verdict(record["verdict"])),
        }
        # Indices are no shares: as text they are not shown as per cents.
        for name in ("consensus", "agreement"):
            said[name] = decimal(record[name]) if record[name] is not None else ""
        rows.append([said.get(name, record[name]) for name in heads])
    return list(heads.values()), rows


def _cells(grid: Grid) -> tuple[list[Column], list[list[Any]]]:
    heads = {
        "document": (_("Document"), 32),
        "territory": (_("Territoire"), 14),
        "path": (_("Chemin"), 44),
        "participant": (_("Participant"), 22),
        "value": (_("Case"), 8),
        "letter": (_("Au fil du texte"), 14),
        "derived": (_("Selon les passages"), 11),
        "reason": (_("Raison de la correction"), 50),
        "passages": (_("Passages"), 10),
        "positions": (_("Positions"), 10),
    }
    return list(heads.values()), [[record[name] for name in heads] for record in grid.to_records()]


def _passages(grid: Grid) -> tuple[list[Column], list[list[Any]]]:
    """Every passage behind a cell, under the theme itself."""
    columns = [
        (_("Document"), 32),
        (_("Thème") if grid.kind == "themes" else _("Question"), 34),
        (_("Participant"), 22),
        (_("Tour"), 7),
        (_("Temps"), 9),
        (_("Positions"), 26),
        (_("Passage"), 90),
        (_("Codé par"), 18),
    ]
    rows = []
    for group in grid.groups:
        for row in grid.rows:
            for person in group.participants:
                for support in grid.cell(row, person, group).supports:
                    if row.children and not any(each.code_id == row.code_id for each in support.readings):
                        continue
                    rows.append(
                        [
                            group.title,
                            row.name,
                            person.name,
                            support.turn,
                            clock(support.time) if support.time is not None else "",
                            ", ".join(dict.fromkeys(wording.stance_words(stance) for stance in support.stances)),
                            quotation(support.quote),
                            ", ".join(support.coders),
                        ]
                    )
    return columns, rows


def _said(grid: Grid) -> list[str]:
    held = [f"{letter} : {said}" for letter, said in wording.legend()]
    return [*wording.method(grid), *held, *(f"{sign} : {said}" for sign, said in wording.marks())]
