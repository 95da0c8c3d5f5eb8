"""The thematic synthesis of one territory as a Word document."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from qualikit.coding.model import Position
from qualikit.i18n import _, ngettext
from qualikit.themes.charts import picture
from qualikit.themes.charts.raised import raised
from qualikit.themes.documents.gathering import SIDES, Part, TerritorySynthesis, Theme
from qualikit.themes.documents.options import Options
from qualikit.themes.exporters.word import synthesis_corpus, synthesis_method
from qualikit.themes.exporters.word.headings import Headings
from qualikit.themes.exporters.word.markdown import rendered
from qualikit.themes.exporters.word.markup import (
    CM,
    MARGIN,
    PAGE_HEIGHT,
    TableCell,
    TableRow,
    caption,
    paragraph,
    run,
    table,
)
from qualikit.themes.exporters.word.overview import HEADER_SHADE
from qualikit.themes.exporters.word.package import word_file
from qualikit.themes.exporters.word.pictures import Pictures
from qualikit.themes.exporters.word.quoting import Quotations, pointer
from qualikit.themes.exporters.word.template import in_words
from qualikit.themes.wording import listed

WIDTH = PAGE_HEIGHT - 2 * MARGIN  # of the text, the page being upright
_DRAWN = 12
"""Themes that a chart shows at most."""


def synthesis_file(made: TerritorySynthesis, options: Options) -> bytes:
    """The document: contents, corpus, overview, each part of the codebook theme by theme, passages cited, method."""
    title = options.title or _("Synthèse thématique : {territory}").format(territory=made.territory)
    headings, quotations, pictures = Headings(), Quotations(), Pictures()
    tables, figures = count(1), count(1)
    body = [
        headings.heading(1, _("Contexte et corpus")),
        synthesis_corpus.corpus(made, tables),
        headings.heading(1, _("Vue d'ensemble")),
        _overview(made, pictures, tables, figures),
    ]
    for part in made.parts:
        body += _part(made, part, headings, quotations, tables)
    body += _elsewhere(made, headings, quotations)
    body += [headings.heading(1, _("Note de méthode")), synthesis_method.method(made, options)]
    head = [
        paragraph("Title", run(title)),
        paragraph("Subtitle", run(" · ".join(part for part in (made.project, in_words(options.date)) if part))),
        paragraph("qualikitExplication", run(synthesis_corpus.in_short(made))),
        paragraph("qualikitIntertitre", run(_("Sommaire"))),
        headings.contents(2),
    ]
    return word_file(
        "".join([*head, *body]),
        title=title,
        project=made.project,
        date=options.date,
        portrait=True,
        with_contents=True,
        pictures=pictures,
    )


def _overview(made: TerritorySynthesis, pictures: Pictures, tables: Iterator[int], figures: Iterator[int]) -> str:
    total = made.column.people
    heard = [theme for theme in made.themes if theme.cell.codings]
    if not heard:
        return paragraph("qualikitCorps", run(_("Aucun passage de ce territoire n'est encore codé.")))
    body = [paragraph("qualikitCorps", run(synthesis_corpus.counted(made)))]
    leaves = [theme for theme in heard if not theme.row.children and theme.cell.people]
    drawn = sorted(leaves, key=lambda theme: -theme.cell.people)[:_DRAWN]
    if len(drawn) > 2 and total:
        said = listed(tuple(f"{theme.row.name} ({theme.cell.people}/{total})" for theme in drawn))
        alt = _("Barres : nombre de personnes qui abordent chaque thème, sur {total}. {said}.").format(
            total=total, said=said
        )
        chart = raised([(theme.row.name, theme.cell.people) for theme in drawn], total)
        title = _("Les thèmes les plus abordés, en nombre de personnes (sur {total})").format(total=total)
        body += [
            pictures.draw(picture(chart, "png", scale=2.0), alt=alt, width=int(15.5 * CM)),
            caption(figures, title, figure=True),
        ]
    title = _("Qui aborde quoi : personnes, documents et passages, thème par thème")
    body += [caption(tables, title), _counts(made, title)]
    legend = _("Une personne est comptée une fois par thème. Un thème compte aussi ceux qui sont rangés sous lui.")
    body.append(paragraph("qualikitExplication", run(legend)))
    return "".join(body)


def _counts(made: TerritorySynthesis, title: str) -> str:
    figure = int(2.7 * CM)
    widths = [WIDTH - 4 * figure, figure, figure, figure, figure]
    headings = [_("Personnes"), _("Documents"), _("Passages"), _("Synthèse")]
    rows = [
        TableRow(
            [
                TableCell(paragraph("qualikitEntete", run(_("Thème"))), shade=HEADER_SHADE),
                *(TableCell(paragraph("qualikitEnteteChiffre", run(words)), shade=HEADER_SHADE) for words in headings),
            ],
            header=True,
        )
    ]
    for theme in made.themes:
        cell = theme.cell
        values = [
            f"{cell.people}/{cell.people_total}" if cell.people_total else "–",
            f"{cell.sessions}/{cell.sessions_total}",
            str(cell.passages),
            _state(theme),
        ]
        figures = [
            TableCell(paragraph("qualikitChiffre", run(value if cell.codings or n == 3 else "–")))
            for n, value in enumerate(values)
        ]
        name = paragraph(f"qualikitCode{min(theme.row.depth, 3) + 1}", run(theme.row.name))
        rows.append(TableRow([TableCell(name), *figures]))
    return table(widths, rows, title=title)


def _state(theme: Theme) -> str:
    if not theme.text:
        return "–"
    return _("validée") if theme.status == "validated" else _("brouillon")


def _part(
    made: TerritorySynthesis, part: Part, headings: Headings, quotations: Quotations, tables: Iterator[int]
) -> Iterator[str]:
    if not any(theme.told for theme in part.themes):
        yield headings.heading(1, part.name)
        yield paragraph("qualikitCorps", run(_("Rien n'a été relevé à ce sujet dans ce territoire.")))
        return
    for theme in part.themes:
        if theme is part.themes[0]:
            yield headings.heading(1, theme.row.name)
            yield from _theme(made, theme, quotations, tables)
        elif theme.told:
            yield headings.heading(min(theme.row.depth + 1, 6), theme.row.name)
            yield from _theme(made, theme, quotations, tables)
    if part.silent:
        said = _("Sans aucun passage dans ce territoire : {names}.").format(names=listed(tuple(part.silent)))
        yield paragraph("qualikitExplication", run(said))


def _theme(made: TerritorySynthesis, theme: Theme, quotations: Quotations, tables: Iterator[int]) -> Iterator[str]:
    if theme.row.definition:
        yield paragraph("qualikitDefinition", run(theme.row.definition))
    if not theme.told:
        return
    if theme.cell.codings:
        yield paragraph("qualikitChapeau", run(synthesis_corpus.figures(theme.cell)))
    if theme.text:
        yield rendered(theme.text, lambda id: _cite(made, id))
        if theme.status != "validated":
            yield paragraph("qualikitExplication", run(_("Brouillon, pas encore validé.")))
    if not theme.row.children or theme.cell.own_codings:
        yield from _stands(theme, quotations, tables)
    if theme.verbatims:
        yield paragraph("qualikitIntertitre", run(ngettext("Verbatim", "Verbatims", len(theme.verbatims))))
        for quoted in theme.verbatims:
            yield quotations.quoted(quoted)


def _cite(made: TerritorySynthesis, coding_id: str) -> str:
    quoted = made.cited.get(coding_id)
    if quoted is None:
        return run(_("[passage retiré]"))
    return pointer(quoted.number)


def _stands(theme: Theme, quotations: Quotations, tables: Iterator[int]) -> Iterator[str]:
    standing = theme.standing
    if not standing.held:
        return
    yield paragraph("qualikitIntertitre", run(_("Consensus et dissensus")))
    yield paragraph("qualikitCorps", run(synthesis_corpus.stands(standing)))
    agreed, opposed = theme.sides.get(Position.AGREEMENT, ()), theme.sides.get(Position.DISAGREEMENT, ())
    if agreed and opposed:
        title = _("{theme} : les deux côtés").format(theme=theme.row.name)
        half = WIDTH // 2
        labels = (_("D'accord"), _("Pas d'accord"))
        head = [TableCell(paragraph("qualikitEntete", run(label)), shade=HEADER_SHADE) for label in labels]
        sides = [TableCell("".join(quotations.quoted(quoted) for quoted in side)) for side in (agreed, opposed)]
        yield caption(tables, title)
        yield table([half, WIDTH - half], [TableRow(head, header=True), TableRow(sides, whole=False)], title=title)
        return
    for side in SIDES:
        for quoted in theme.sides.get(side, ())[:1]:
            yield quotations.quoted(quoted, beside=_side(side))


def _side(side: Position) -> str:
    return {
        Position.AGREEMENT: _("d'accord"),
        Position.DISAGREEMENT: _("pas d'accord"),
        Position.NUANCE: _("nuance"),
    }[side]


def _elsewhere(made: TerritorySynthesis, headings: Headings, quotations: Quotations) -> Iterator[str]:
    """The passages that a synthesis cites and that are quoted nowhere before: a number must lead somewhere."""
    left = {quoted.number: quoted for quoted in made.cited.values() if quoted.number not in quotations}
    if left:
        yield headings.heading(1, _("Autres passages cités"))
        for number in sorted(left):
            yield quotations.quoted(left[number])
