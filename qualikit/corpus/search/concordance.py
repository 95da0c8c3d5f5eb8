"""Hits in a file: one line each, what was found in the middle, for Excel or for another program."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qualikit import sheets
from qualikit.corpus.model import source_kind_label
from qualikit.corpus.search.hits import Hit
from qualikit.errors import ExportFailed
from qualikit.i18n import _


def export_hits(hits: Sequence[Hit], path: Path) -> Path:
    """Write a concordance; the ending says how (``.xlsx``, ``.csv``). Raises ExportFailed."""
    if path.suffix.lower() not in {".xlsx", ".csv"}:
        raise ExportFailed(
            _("« {name} » : ce type de fichier n'est pas connu.").format(name=path.name),
            _("Choisissez un nom qui se termine par .xlsx ou .csv."),
        )
    try:
        if path.suffix.lower() == ".csv":
            sheets.write_whole(path, sheets.csv_bytes(_columns(), map(_line, hits)))
        else:
            _write_xlsx(hits, path)
    except OSError as error:
        raise ExportFailed(
            _("Les résultats n'ont pas pu être écrits dans « {path} ».").format(path=path),
            _("Vérifiez que le dossier existe et que le fichier n'est pas ouvert ailleurs."),
        ) from error
    return path


def _columns() -> list[str]:
    return [
        _("Document"),
        _("Territoire"),
        _("Type de source"),
        _("Qui parle"),
        _("Tour"),
        _("Avant"),
        _("Trouvé"),
        _("Après"),
        _("Début"),
        _("Fin"),
    ]


def on_one_line(text: str) -> str:
    """The text with its line ends and runs of blanks as one space, the ends kept."""
    words = " ".join(text.split())
    return f"{' ' if text[:1].isspace() else ''}{words}{' ' if words and text[-1:].isspace() else ''}"


def _line(hit: Hit) -> list[str | int]:
    return [
        hit.title,
        hit.territory or "",
        source_kind_label(hit.source_kind),
        hit.speaker or "",
        hit.turn + 1,
        on_one_line(hit.left).strip(),
        on_one_line(hit.match),
        on_one_line(hit.right).strip(),
        hit.start,
        hit.stop,
    ]


def _write_xlsx(hits: Sequence[Hit], path: Path) -> None:
    import io

    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(_("Résultats"))
        head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        plain = book.add_format({"valign": "top"})
        formats = {
            5: book.add_format({"align": "right", "valign": "top", "text_wrap": True}),
            6: book.add_format({"align": "center", "bold": True, "valign": "top", "text_wrap": True}),
            7: book.add_format({"valign": "top", "text_wrap": True}),
        }
        for column, width in enumerate((28, 14, 16, 18, 6, 48, 18, 48, 8, 8)):
            sheet.set_column(column, column, width)
        for column, name in enumerate(_columns()):
            sheet.write_string(0, column, name, head)
        for number, hit in enumerate(hits, 1):
            for column, value in enumerate(_line(hit)):
                sheet.write(number, column, value, formats.get(column, plain))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(hits)), len(_columns()) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
    sheets.write_whole(path, data.getvalue())
