"""Codes that meet, in a file: Word with the picture and the pairs that meet most, Excel and CSV with all of them."""

from __future__ import annotations

from datetime import date as Date
from datetime import datetime, time
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

from qualikit.errors import ExportFailed
from qualikit.i18n import _
from qualikit.sheets import csv_bytes
from qualikit.themes.charts import TWIPS, picture
from qualikit.themes.charts.cooccurrence import cooccurrence_chart, described, written
from qualikit.themes.cooccurrence import Cooccurrence, checked
from qualikit.themes.exporters import put_whole
from qualikit.themes.exporters.cleaning import xml_text
from qualikit.themes.exporters.word.markup import CM, TEXT_WIDTH, TableCell, TableRow, caption, paragraph, run, table
from qualikit.themes.exporters.word.overview import HEADER_SHADE
from qualikit.themes.exporters.word.package import word_file
from qualikit.themes.exporters.word.pictures import Pictures, measured

FORMATS = (".docx", ".xlsx", ".csv", ".png", ".svg")
STRONGEST = 40
"""Pairs that the Word document names; all are in the workbook."""
_HIGHEST = 12 * CM


def export_cooccurrence(
    found: Cooccurrence,
    path: Path,
    *,
    value: str = "passages",
    title: str = "",
    project: str = "",
    date: Date | None = None,
) -> Path:
    """Write it; the ending says how. Raises ExportFailed, MatrixError."""
    checked(value)
    made = {".docx": _word, ".xlsx": _excel, ".csv": _csv, ".png": _picture, ".svg": _picture}.get(path.suffix.lower())
    if made is None:
        raise ExportFailed(
            _("Des cooccurrences ne s'écrivent pas dans « {name} ».").format(name=path.name),
            _("Donnez un nom qui se termine par : {known}.").format(known=", ".join(FORMATS)),
        )
    data = made(found, value, title or found.title, project, date or Date.today(), path.suffix.lower()[1:])
    return put_whole(path, lambda file: file.write(data))


def _csv(found: Cooccurrence, *_others: Any) -> bytes:
    records = list(found.to_records())
    columns = list(records[0]) if records else ["code", "other"]
    return csv_bytes(columns, [[_clean(value) for value in record.values()] for record in records])


def _clean(value: Any) -> Any:
    return xml_text(value) if isinstance(value, str) else value


def _picture(found: Cooccurrence, value: str, title: str, _project: str, _date: Date, format: str) -> bytes:
    return picture(cooccurrence_chart(found, value, title=title), format)


def _word(found: Cooccurrence, value: str, title: str, project: str, date: Date, _format: str) -> bytes:
    pictures, body = (
        Pictures(),
        [
            paragraph("Title", run(title)),
            paragraph("Subtitle", run(" · ".join(part for part in (project, f"{date:%d/%m/%Y}") if part))),
            paragraph("qualikitExplication", run(found.explanation)),
        ],
    )
    if found.is_empty:
        body.append(paragraph("qualikitExplication", run(_("Aucun code n'en rencontre un autre."))))
    else:
        png = picture(cooccurrence_chart(found, value, title=title), "png")
        across, down = measured(png)
        width = min(TEXT_WIDTH, round(across * TWIPS), round(_HIGHEST * across / max(down, 1)))
        body += [
            pictures.draw(png, alt=described(found, value), width=width),
            caption(count(1), title, figure=True),
            _strongest(found),
        ]
    return word_file("".join(body), title=title, project=project, date=date, pictures=pictures)


def _strongest(found: Cooccurrence) -> str:
    n = len(found.rows)
    jaccard = found.jaccard
    pairs = [(one, other) for one in range(n) for other in range(one + 1, n) if found.pairs[one, other]]
    pairs.sort(key=lambda pair: (-jaccard[pair], -int(found.met[pair]), pair))
    kept = pairs[:STRONGEST]
    headings = [
        _("Code"), _("Autre code"), _("Passages du premier"), _("Passages du second"), _("Tours de parole"),
        _("Jaccard"), _("Documents"),
    ]  # fmt: skip
    widths = [int(5.6 * CM), int(5.6 * CM), *[int(2.7 * CM)] * 5]
    rows = [
        TableRow(
            [TableCell(paragraph("qualikitEntete", run(each)), shade=HEADER_SHADE) for each in headings], header=True
        )
    ]
    for one, other in kept:
        figures = [
            written(found, one, other, "passages"),
            written(found, other, one, "passages"),
            *(written(found, one, other, value) for value in ("turns", "jaccard", "documents")),
        ]
        names = [TableCell(paragraph("qualikitTexte", run(found.rows[each].name))) for each in (one, other)]
        rows.append(TableRow([*names, *(TableCell(paragraph("qualikitChiffre", run(each))) for each in figures)]))
    named = _("Les {n} paires de codes qui se rencontrent le plus, sur {total}").format(n=len(kept), total=len(pairs))
    if len(kept) == len(pairs):
        named = _("Les paires de codes qui se rencontrent")
    return "".join(
        [
            paragraph("Heading1", run(_("Ce qui va ensemble"))),
            caption(count(1), named),
            table(widths, rows, title=named),
        ]
    )


def _excel(found: Cooccurrence, value: str, title: str, _project: str, date: Date, _format: str) -> bytes:
    import xlsxwriter

    made = BytesIO()
    texts = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(made, texts) as book:
        book.set_properties({"title": xml_text(title)[:255], "author": "", "created": datetime.combine(date, time())})
        head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#E6ECF3", "valign": "top"})
        share = book.add_format({"num_format": "0.00"})
        sheet = book.add_worksheet(_("Paires"))
        headings = [
            _("Code"), _("Autre code"), _("Passages du premier qui rencontrent le second"), _("Passages du premier"),
            _("Passages du second qui rencontrent le premier"), _("Passages du second"), _("Tours avec les deux"),
            _("Tours avec l'un ou l'autre"), _("Indice de Jaccard"), _("Documents avec les deux"),
            _("Documents avec l'un ou l'autre"), _("Paires de codages"),
        ]  # fmt: skip
        sheet.write_row(0, 0, headings, head)
        records = list(found.to_records())
        for line, record in enumerate(records, 1):
            for column, each in enumerate(record.values()):
                sheet.write(line, column, _clean(each), share if isinstance(each, float) else None)
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, 1, 28)
        sheet.set_column(2, len(headings) - 1, 14)
        if records:
            sheet.autofilter(0, 0, len(records), len(headings) - 1)
        _square(book, found, value, head)
        about = book.add_worksheet(_("Lecture"))
        about.set_column(0, 0, 110, book.add_format({"text_wrap": True, "valign": "top"}))
        about.write_string(0, 0, xml_text(found.explanation))
        if not found.is_empty:
            drawn = book.add_worksheet(_("Graphique"))
            drawn.hide_gridlines(2)
            png = BytesIO(picture(cooccurrence_chart(found, value, title=title), "png"))
            words = xml_text(described(found, value))
            drawn.insert_image(
                0, 0, "graphique.png", {"image_data": png, "description": words, "x_scale": 0.5, "y_scale": 0.5}
            )
    return made.getvalue()


def _square(book: Any, found: Cooccurrence, value: str, head: Any) -> None:
    sheet = book.add_worksheet(_("Matrice"))
    names = [xml_text(row.name) for row in found.rows]
    sheet.write_row(0, 1, names, head)
    sheet.set_column(0, 0, 30)
    sheet.freeze_panes(1, 1)
    looks: dict[str, Any] = {}
    for one, name in enumerate(names):
        sheet.write_string(one + 1, 0, name)
        for other in range(len(names)):
            figure = found.figure(one, other, value)
            if figure is not None:
                shown = "0.00" if value == "jaccard" else "0" if figure[1] is None else f'0"/{figure[1]}"'
                if shown not in looks:
                    looks[shown] = book.add_format({"num_format": shown, "align": "center"})
                sheet.write_number(one + 1, other + 1, figure[0], looks[shown])
