"""The consensus grids as a Word document: a table for each group, both sides' words face to face, the method."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from qualikit.corpus.times import clock
from qualikit.i18n import _, ngettext
from qualikit.themes.consensus import wording
from qualikit.themes.consensus.exporting import About
from qualikit.themes.consensus.grid import Contrast, Grid
from qualikit.themes.consensus.model import Cell, Held, Side, held_label, letter
from qualikit.themes.consensus.quoting import FACING, Quoted, quotations
from qualikit.themes.consensus.reading import Group, Present
from qualikit.themes.consensus.tally import Tally
from qualikit.themes.exporters.cleaning import quotation
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
from qualikit.themes.exporters.word.package import word_file
from qualikit.themes.model import Row

SHADES = {
    Held.AGREES: "DCE9F5",
    Held.AGREES_STRONGLY: "B4D0EA",
    Held.DISAGREES: "FBE3CF",
    Held.DISAGREES_STRONGLY: "F3BE93",
    Held.NUANCED: "E9E9E9",
    Held.TORN: "D9D9D9",
    Held.SILENT: "",
}
"""Blue and orange, which the colour-blind tell apart, grey between them; the letters say the same."""
_BESIDE = 4
"""Groups of one table beside one another."""
_SHOWN_EACH = 16
"""Groups past which they are counted instead of shown one by one."""
_ACROSS = 9
"""Participants of one table; the rest goes into another."""
_LONG_ROW = 1200
"""Characters past which a row of quotations may break across pages."""
_COUNTS = ("A + SE", "N + A/D", "D + SD", "NR")
"""Headings of the counts: the letters that each gathers."""


def word(grid: Grid, about: About) -> bytes:
    """The document: same grids, same day, same bytes."""
    numbers = count(1)
    body = [
        paragraph("Title", run(about.title)),
        paragraph("Subtitle", run(" · ".join(part for part in (about.project, about.day) if part))),
    ]
    if not grid.groups or grid.is_empty:
        body.append(paragraph("qualikitExplication", run(nothing(grid))))
    if grid.groups:
        body.append(paragraph("qualikitExplication", run(" ".join(wording.about(grid)))))
        body.append(_legend())
        body += [_group(grid, group, about, numbers) for group in grid.groups]
        body.append(_side_by_side(grid, numbers))
    body.append(paragraph("Heading1", run(_("Comment ces grilles sont faites"))))
    body += [paragraph("qualikitExplication", run(sentence)) for sentence in wording.method(grid)]
    return word_file("".join(body), title=about.title, project=about.project, date=about.date)


def nothing(grid: Grid) -> str:
    """Why the grids are empty."""
    if not grid.groups:
        return _("Aucun document de ce projet ne fait parler plusieurs participants.")
    if grid.kind == "questions" and not grid.asked:
        return _("Aucune question du guide d'entretien n'est marquée dans ces documents.")
    return _("Aucune position n'est encore codée dans ces documents.")


def _legend() -> str:
    held = [
        TableRow(
            [
                TableCell(paragraph("qualikitChiffre", run(letter(each))), shade=SHADES[each]),
                TableCell(paragraph("qualikitTexte", run(held_label(each)))),
                TableCell(paragraph("qualikitChiffre", run(sign))),
                TableCell(paragraph("qualikitTexte", run(said))),
            ],
        )
        for each, (sign, said) in zip(Held, [*wording.marks(), ("", ""), ("", "")], strict=True)
    ]
    widths = [int(1.4 * CM), int(8.6 * CM), int(1.4 * CM), int(12 * CM)]
    return table(widths, held, title=_("Légende des grilles"), first_row=False)


def _group(grid: Grid, group: Group, about: About, numbers: Iterator[int]) -> str:
    rows = [row for row in grid.rows if (tally := grid.tally(row, group)) is not None and tally.answered]
    present = ngettext(
        "{n} participant présent : {names}.", "{n} participants présents : {names}.", len(group.participants)
    )
    names = ", ".join(person.name for person in group.participants)
    body = [
        paragraph("Heading1", run(group.label)),
        paragraph("qualikitExplication", run(present.format(n=len(group.participants), names=names or "–"))),
    ]
    if rows:
        parts = _parts(group.participants)
        for number, people in enumerate(parts, 1):
            title = _("Grille de consensus, {group}").format(group=group.label)
            title += f" ({number}/{len(parts)})" if len(parts) > 1 else ""
            body.append(caption(numbers, title))
            body.append(_grid_table(grid, group, rows, people, title, last=number == len(parts)))
    body += [paragraph("qualikitExplication", run(sentence)) for sentence in _notes(grid, group)]
    quoted = [_face_to_face(grid, row, group, about, numbers) for row in rows] if about.quotes else []
    if any(quoted):
        body.append(paragraph("Heading2", run(_("Les paroles face à face"))))
    return "".join([*body, *quoted])


def _parts(people: Sequence[Present]) -> list[Sequence[Present]]:
    """Those present, in tables of about the same width."""
    tables = max(1, -(-len(people) // _ACROSS))
    each = max(1, -(-len(people) // tables))
    return [people[first : first + each] for first in range(0, len(people), each)]


def _grid_table(
    grid: Grid, group: Group, rows: Sequence[Row], people: Sequence[Present], title: str, *, last: bool
) -> str:
    tail = [*[int(1.05 * CM)] * len(_COUNTS), int(3.6 * CM)] if last else []
    each = min(int(1.9 * CM), (TEXT_WIDTH - sum(tail) - int(3.8 * CM)) // max(1, len(people)))
    first = min(TEXT_WIDTH - sum(tail) - each * len(people), int(7.5 * CM))
    head = [_("Question") if grid.kind == "questions" else _("Thème"), *(person.name for person in people)]
    if last:
        head += [*_COUNTS, _("Majorité de ceux qui prennent position")]
    lines = [
        TableRow(
            [
                TableCell(
                    paragraph(
                        "qualikitEntete" if place == 0 else "qualikitSousEntete", run(name.replace("_", "_\u200b"))
                    ),
                    shade=HEADER_SHADE,
                    opens=place == len(people) + 1,
                )
                for place, name in enumerate(head)
            ],
            header=True,
        )
    ]
    for row in rows:
        cells = [TableCell(paragraph(f"qualikitCode{min(row.depth, 3) + 1}", run(row.name)))]
        cells += [_cell(grid.cell(row, person, group)) for person in people]
        tally = grid.tally(row, group)
        if last and tally is not None:
            cells += _counts(tally)
        lines.append(TableRow(cells))
    return table([first, *[each] * len(people), *tail], lines, title=title)


def _cell(cell: Cell) -> TableCell:
    signs = wording.signs(cell)
    words = [run(cell.letter, "" if cell.side is not Side.SILENT else "qualikitDiscret")]
    words += [run(f" {signs}", "qualikitDiscret")] if signs else []
    return TableCell(paragraph("qualikitChiffre", *words), shade=SHADES[cell.value])


def _counts(tally: Tally) -> list[TableCell]:
    figures = [str(each) for each in (tally.agree, tally.torn, tally.disagree)]
    figures.append(f"{tally.silent}/{tally.present}")
    found = [
        TableCell(paragraph("qualikitChiffre", run(figure)), opens=place == 0) for place, figure in enumerate(figures)
    ]
    words = [run(wording.share(tally))]
    if tally.consensus is not None:
        words.append(run("\n" + _("consensus {figures}").format(figures=wording.index(tally)), "qualikitDiscret"))
    return [*found, TableCell(paragraph("qualikitTexte", *words))]


def _notes(grid: Grid, group: Group) -> list[str]:
    """What stands under a group's table: those who speak without a side, and what was put right by hand."""
    speaking: list[str] = []
    nothing_said: list[str] = []
    unasked: list[str] = []
    alone: list[str] = []
    for row in grid.rows:
        tally = grid.tally(row, group)
        if tally is None:
            unasked.append(row.name)
        elif not tally.answered:
            (speaking if tally.speaking else nothing_said).append(row.name)
        elif tally.answered == 1 and not row.children:
            alone.append(row.name)
    found = []
    if alone:
        found.append(_("Une seule voix, sans face-à-face : {names}.").format(names=" ; ".join(alone)))
    if speaking:
        found.append(_("Évoqués sans qu'une position soit codée : {names}.").format(names=" ; ".join(speaking)))
    if nothing_said and grid.kind == "questions":
        found.append(_("Sans réponse d'un participant : {names}.").format(names=" ; ".join(nothing_said)))
    if unasked:
        found.append(_("Questions non posées dans ce groupe : {names}.").format(names=" ; ".join(unasked)))
    for row, where, person, cell in grid.corrected:
        if where.id == group.id:
            said = wording.correction_sentence(cell)
            found.append(_("* {theme}, {person} : {said}.").format(theme=row.name, person=person.name, said=said))
    return found


def _face_to_face(grid: Grid, row: Row, group: Group, about: About, numbers: Iterator[int]) -> str:
    tally = grid.tally(row, group)
    if tally is None or tally.answered < 2:
        return ""
    quoted = quotations(grid, row, group, about.quotes)
    sides = [side for side in FACING if side is not Side.TORN or quoted[side]]
    if not any(quoted.values()):
        return ""
    title = _("{theme} : {standing}").format(theme=row.name, standing=wording.standing(tally))
    widths = [TEXT_WIDTH // len(sides)] * len(sides)
    head = [
        TableCell(paragraph("qualikitEntete", run(wording.words_label(side))), shade=HEADER_SHADE) for side in sides
    ]
    cells, longest = [], 0
    for side in sides:
        cells.append(TableCell("".join(map(_quote, quoted[side])) or paragraph("qualikitTexte", run("–"))))
        longest = max(longest, sum(len(each.support.quote) for each in quoted[side]))
    return "".join(
        [
            paragraph("Heading3", run(row.name)),
            paragraph("qualikitDefinition", run(f"{wording.counted(tally)}. {wording.share(tally)}.")),
            caption(numbers, title),
            table(widths, [TableRow(head, header=True), TableRow(cells, whole=longest < _LONG_ROW)], title=title),
        ]
    )


def _quote(quoted: Quoted) -> str:
    support = quoted.support
    parts = [quoted.participant.name, _("tour {number}").format(number=support.turn)]
    parts += [clock(support.time)] if support.time is not None else []
    parts += [letter(quoted.held)]
    words = _("« {quote} »").format(quote=quotation(support.quote))
    return paragraph("qualikitVerbatim", run(words)) + paragraph("qualikitReference", run("— " + ", ".join(parts)))


def _side_by_side(grid: Grid, numbers: Iterator[int]) -> str:
    """The groups beside one another, theme by theme, where two can be told."""
    found = [each for each in grid.contrasts() if each.kind != "unknown"]
    if len(grid.groups) < 2:
        return ""
    body = [paragraph("Heading1", run(_("Les groupes côte à côte")))]
    if not found:
        said = _("Aucune ligne n'a deux groupes où deux personnes au moins prennent position.")
        return "".join([*body, paragraph("qualikitExplication", run(said))])
    in_words = {each.row.code_id: wording.contrast(each, grid.groups) for each in found}
    title = _("Où les groupes s'accordent, et où ils ne s'accordent pas")
    theme = _("Question") if grid.kind == "questions" else _("Thème")
    if len(grid.groups) > _SHOWN_EACH:
        head = [theme, _("Groupes d'accord"), _("Pas d'accord"), _("Partagés"), _("Trop peu de positions")]
        head.append(_("Ensemble"))
        lines = [
            [
                paragraph("qualikitCode1", run(each.row.name)),
                *(paragraph("qualikitChiffre", run(str(n))) for n in _leanings(each)),
                paragraph("qualikitTexte", run(in_words[each.row.code_id])),
            ]
            for each in found
        ]
        body += [caption(numbers, title), _plain_table(title, head, lines, last=int(9 * CM))]
        return "".join(body)
    for first in range(0, len(grid.groups), _BESIDE):
        shown = range(first, min(first + _BESIDE, len(grid.groups)))
        head = [theme, *(grid.groups[place].label for place in shown), _("Ensemble")]
        lines = [
            [
                paragraph("qualikitCode1", run(each.row.name)),
                *(_standing(each.tallies[place]) for place in shown),
                paragraph("qualikitTexte", run(in_words[each.row.code_id])),
            ]
            for each in found
        ]
        body += [caption(numbers, title), _plain_table(title, head, lines, last=int(5.5 * CM))]
    return "".join(body)


def _leanings(found: Contrast) -> tuple[int, int, int, int]:
    """How many groups agree, disagree, are divided, have too few positions to tell."""
    told = [tally.leaning for tally in found.tallies if tally is not None and tally.answered > 1]
    agree, disagree = told.count(Side.AGREE), told.count(Side.DISAGREE)
    return agree, disagree, len(told) - agree - disagree, len(found.tallies) - len(told)


def _plain_table(title: str, head: Sequence[str], lines: Sequence[Sequence[str]], *, last: int) -> str:
    """A table with a wide last column; cells are paragraphs."""
    first = int(4.5 * CM)
    each = (TEXT_WIDTH - first - last) // (len(head) - 2)
    top = [TableCell(paragraph("qualikitEntete", run(name)), shade=HEADER_SHADE) for name in head]
    rows = [TableRow(top, header=True), *(TableRow([TableCell(cell) for cell in line]) for line in lines)]
    return table([first, *[each] * (len(head) - 2), last], rows, title=title)


def _standing(tally: Tally | None) -> str:
    if tally is None:
        return paragraph("qualikitTexte", run(wording.standing(None), "qualikitDiscret"))
    figures = run("\n" + wording.counted(tally), "qualikitDiscret")
    return paragraph("qualikitTexte", run(wording.standing(tally)), figures)
