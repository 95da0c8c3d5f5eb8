"""Theme by theme: for each column its figures, its synthesis and its verbatims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qualikit.i18n import _, ngettext
from qualikit.themes.exporters import ExportOptions
from qualikit.themes.exporters.cleaning import quotation
from qualikit.themes.exporters.word.markdown import rendered
from qualikit.themes.exporters.word.markup import (
    CM,
    TEXT_WIDTH,
    TableCell,
    TableRow,
    caption,
    paragraph,
    run,
    table,
)
from qualikit.themes.exporters.word.overview import HEADER_SHADE
from qualikit.themes.matrix import Matrix
from qualikit.themes.model import Cell, Column, Row, Verbatim
from qualikit.themes.verbatims import own_verbatims

_LONG_ROW = 1500
"""Characters past which a row may break across pages: kept whole it could leave most of a page empty."""
_SHOW_SILENT = 6
"""Up to so many columns, a theme's table has a row for each: that nothing was said is a result."""


def details(matrix: Matrix, options: ExportOptions, numbers: Iterator[int]) -> str:
    """A heading and a table for each theme of which there is something to say; nothing where rows are no themes."""
    with_verbatims = options.verbatims != "none"
    if matrix.rows_by != "code":
        return ""
    if matrix.is_empty and not any(cell.synthesis for cell in matrix.cells.values()):
        return ""
    body = [paragraph("Heading1", run(_("Thème par thème")))]
    automatic = any(verbatim.automatic for cell in matrix.cells.values() for verbatim in cell.verbatims)
    if with_verbatims and automatic:
        body.append(
            paragraph(
                "qualikitExplication",
                run(
                    _(
                        "« Choix automatique » : personne n'a encore choisi de verbatim pour cette case ; deux "
                        "passages au plus y sont mis, de personnes et de documents différents autant que possible. "
                        "À confirmer ou à remplacer."
                    )
                ),
            )
        )
    for row in matrix.rows:
        body.append(_theme(matrix, row, numbers, with_verbatims))
    return "".join(body)


def _theme(matrix: Matrix, row: Row, numbers: Iterator[int], with_verbatims: bool) -> str:
    whole = matrix.cell(row)
    groups = [*matrix.columns, *([matrix.total_column] if whole.synthesis else [])]
    cells = [(group, matrix.cell(row, group)) for group in groups]
    written = any(cell.synthesis for _group, cell in cells)
    if not whole.codings and not written:
        return ""
    body = [paragraph(f"Heading{min(row.depth, 2) + 2}", run(row.name))]
    if row.definition:
        body.append(paragraph("qualikitDefinition", run(row.definition)))
    if row.children:
        counted = _("Avec les codes rangés sous celui-ci : {figures}.")
        body.append(paragraph("qualikitExplication", run(counted.format(figures=", ".join(_figures(matrix, whole))))))
    if not row.children or whole.own_codings or written:
        shown = [(group, cell) for group, cell in cells if _worth(row, cell, len(groups))]
        title = _("{theme}, par {dimension}").format(theme=row.name, dimension=matrix.reads_by.label().lower())
        body += [caption(numbers, title), _table(matrix, row, shown, title, written, with_verbatims)]
    return "".join(body)


def _worth(row: Row, cell: Cell, columns: int) -> bool:
    """What a code says of itself is worth a line; that nothing was said too, unless the codes under it tell."""
    if row.children:
        return bool(cell.own_codings or cell.synthesis)
    return columns <= _SHOW_SILENT or bool(cell.codings or cell.synthesis)


def _table(
    matrix: Matrix,
    row: Row,
    cells: Sequence[tuple[Column, Cell]],
    title: str,
    with_syntheses: bool,
    with_verbatims: bool,
) -> str:
    headings = [matrix.reads_by.label(), _("Ce qui est compté")]
    widths = [int(3.4 * CM), int(3.6 * CM)]
    if with_syntheses:
        headings.append(_("Synthèse"))
        widths.append(int(7.7 * CM))
    if with_verbatims:
        headings.append(_("Verbatims"))
        widths.append(0)
    widths[-1] = TEXT_WIDTH - sum(widths[:-1])
    rows = [
        TableRow(
            [TableCell(paragraph("qualikitEntete", run(heading)), shade=HEADER_SHADE) for heading in headings],
            header=True,
        )
    ]
    for column, cell in cells:
        figures = "\n".join(_figures(matrix, cell)) if cell.codings else _nothing(cell)
        line = [
            TableCell(paragraph("qualikitColonne", run(column.label))),
            TableCell(paragraph("qualikitTexte", run(figures))),
        ]
        length = 0
        if with_syntheses:
            text = cell.synthesis.numbered if cell.synthesis else ""
            written = [rendered(text, run, "qualikitSynthese") or paragraph("qualikitSynthese")]
            cited = cell.synthesis.references if cell.synthesis else ()
            written += [paragraph("qualikitReference", run(f"{each.sign} {each.sentence}")) for each in cited]
            line.append(TableCell("".join(written)))
            length += len(text) + sum(len(each.sentence) for each in cited)
        if with_verbatims:
            quoted = [] if column.is_total else own_verbatims(row, cell)
            line.append(TableCell("".join(map(_verbatim, quoted)) or paragraph("qualikitVerbatim")))
            length += sum(len(verbatim.quote) for verbatim in quoted)
        rows.append(TableRow(line, whole=length < _LONG_ROW))
    return table(widths, rows, title=title)


def _figures(matrix: Matrix, cell: Cell) -> list[str]:
    """« 5 personnes sur 8 », « 2 documents sur 3 », « 12 codages »."""
    found = []
    if matrix.shows_people and cell.people_total:
        people = ngettext("{n} personne sur {total}", "{n} personnes sur {total}", cell.people)
        found.append(people.format(n=cell.people, total=cell.people_total))
    if matrix.shows_sessions:
        sessions = ngettext("{n} document sur {total}", "{n} documents sur {total}", cell.sessions)
        found.append(sessions.format(n=cell.sessions, total=cell.sessions_total))
    codings = ngettext("{n} codage", "{n} codages", cell.codings).format(n=cell.codings)
    if matrix.doubles and cell.passages != cell.codings:
        return [*found, codings, ngettext("{n} passage", "{n} passages", cell.passages).format(n=cell.passages)]
    return [*found, codings]


def _nothing(cell: Cell) -> str:
    return _("Aucun codage") if cell.possible else _("Sans objet : personne ne pouvait le dire")


def _verbatim(verbatim: Verbatim) -> str:
    reference = f"— {verbatim.reference}"
    if verbatim.automatic:
        reference += " · " + _("choix automatique")
    quote = paragraph("qualikitVerbatim", run(_("« {quote} »").format(quote=quotation(verbatim.quote))))
    return quote + paragraph("qualikitReference", run(reference))
