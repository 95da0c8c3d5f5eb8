"""The comparison of groups as a Word document: who is compared, what they talk about, how they say it, what they say,
how it was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date as Date
from itertools import count
from typing import TYPE_CHECKING

from qualikit.coding.model import position_label
from qualikit.i18n import _, decimal, ngettext, number
from qualikit.themes.charts import picture
from qualikit.themes.comparing.codes import CodeComparison, CodeLine
from qualikit.themes.comparing.mapping import Plane
from qualikit.themes.comparing.model import Comparison
from qualikit.themes.comparing.passages import SHARES, PassageComparison, Quote, Share, Side, Theme, share_label
from qualikit.themes.comparing.wording import p_value, points, short_verdict
from qualikit.themes.comparing.words import Word, WordComparison
from qualikit.themes.exporters.cleaning import quotation
from qualikit.themes.exporters.word.markup import (
    CM,
    MARGIN,
    PAGE_HEIGHT,
    TableCell,
    TableRow,
    bookmarked,
    caption,
    contents,
    paragraph,
    run,
    table,
)
from qualikit.themes.exporters.word.overview import HEADER_SHADE
from qualikit.themes.exporters.word.package import word_file
from qualikit.themes.exporters.word.pictures import Pictures

if TYPE_CHECKING:
    import altair as alt

_WIDTH = PAGE_HEIGHT - 2 * MARGIN  # of the text, the page being upright
_WORDS = 15
"""Words of each group in its table."""
_SHOWN = 14
"""Codes of the picture of differences: what one takes in at a glance."""
_ABREAST = 3
"""Up to so many groups stand side by side; past that, one under the other."""
_LONG_ROW = 1_200


class _Writer:
    """The document while it is written: headings with their marks, numbers of tables and figures, pictures."""

    def __init__(self) -> None:
        self.body: list[str] = []
        self.marks: list[tuple[int, str, str]] = []
        self.tables, self.figures, self._marked = count(1), count(1), count(1)
        self.pictures = Pictures()

    def heading(self, level: int, words: str) -> None:
        place = next(self._marked)
        self.marks.append((level, words, f"_Partie{place}"))
        self.body.append(bookmarked(f"Heading{level}", f"_Partie{place}", place, words))

    def text(self, words: str, style: str = "Normal") -> None:
        self.body.append(paragraph(style, run(words)))

    def table(self, title: str, widths: Sequence[int], rows: Sequence[TableRow]) -> None:
        self.body.append(caption(self.tables, title) + table(widths, rows, title=title))

    def figure(self, chart: alt.LayerChart | alt.VConcatChart, title: str, alt_text: str) -> None:
        self.body.append(self.pictures.draw(picture(chart, "png"), alt=alt_text, width=_WIDTH))
        self.body.append(caption(self.figures, title, figure=True))


def comparison_file(made: Sequence[Comparison], *, title: str, project: str, date: Date) -> bytes:
    """The document, A4 upright; a part for each comparison."""
    writer = _Writer()
    _who(writer, made)
    for comparison in made:
        if isinstance(comparison, CodeComparison):
            _codes(writer, comparison)
        elif isinstance(comparison, WordComparison):
            _words(writer, comparison)
        elif isinstance(comparison, PassageComparison):
            _passages(writer, comparison)
    _method(writer, made)
    head = [
        paragraph("Title", run(title)),
        paragraph("Subtitle", run(" · ".join(part for part in (project, f"{date:%d/%m/%Y}") if part))),
        contents(writer.marks, 2),
    ]
    return word_file(
        "".join([*head, *writer.body]),
        title=title,
        project=project,
        date=date,
        portrait=True,
        with_contents=True,
        pictures=writer.pictures,
    )


def _head(words: Sequence[str], figures: int = 0) -> TableRow:
    """Headings, the first ``figures`` of them above words."""
    return TableRow(
        [
            TableCell(
                paragraph("qualikitEntete" if place <= figures else "qualikitEnteteChiffre", run(word)),
                shade=HEADER_SHADE,
            )
            for place, word in enumerate(words)
        ],
        header=True,
    )


def _cell(words: str, style: str = "qualikitTexte") -> TableCell:
    return TableCell(paragraph(style, run(words)))


def _figure(words: str, small: str = "") -> TableCell:
    runs = [run(words)] + ([run(f"\n{small}", "qualikitDiscret")] if small else [])
    return TableCell(paragraph("qualikitChiffre", *runs))


def _who(writer: _Writer, made: Sequence[Comparison]) -> None:
    first = made[0]
    words = {group.value: group.words for each in made for group in each.groups if group.words}
    writer.heading(1, _("Qui est comparé"))
    headings = [first.by_label, _("Personnes entendues"), _("Documents"), *([_("Mots dits")] if words else [])]
    rows = [_head(headings)]
    for group in first.groups:
        cells = [_cell(group.label, "qualikitColonne"), _figure(number(group.people)), _figure(number(group.sessions))]
        rows.append(TableRow([*cells, *([_figure(number(words.get(group.value, 0)))] if words else [])]))
    widths = [_WIDTH - 3 * int(3 * CM) * len(headings[1:]) // 3, *[int(3 * CM)] * len(headings[1:])]
    writer.table(_("Groupes comparés"), widths, rows)
    writer.text(
        _(
            "Personnes entendues : participants qui parlent ; l'animation et les observateurs ne comptent pas. Chaque "
            "différence dit si elle se distingue du hasard et, quand ce n'est pas le cas, pourquoi."
        ),
        "qualikitExplication",
    )


# -- codes


def _codes(writer: _Writer, comparison: CodeComparison) -> None:
    from qualikit.themes.charts.differences import described, differences, largest

    writer.heading(1, _("De quoi ils parlent"))
    if comparison.is_empty:
        writer.text(_("Aucun code n'est posé dans ces groupes."))
        return
    writer.text(comparison.said)
    writer.text(comparison.test.said, "qualikitExplication")
    two = len(comparison.groups) == 2
    if two and largest(comparison):
        title = _("Écarts entre {first} et {second}").format(
            first=comparison.groups[0].label, second=comparison.groups[1].label
        )
        writer.figure(differences(comparison, _SHOWN), title, described(comparison))
    counted = _("personnes") if comparison.unit == "people" else _("documents")
    headings = [
        _("Code"),
        *(f"{group.label}\n{group_size(comparison, n)}" for n, group in enumerate(comparison.groups)),
    ]
    headings += [*([_("Écart")] if two else []), _("p corrigé"), _("Au-delà du hasard")]
    last = [int(2.8 * CM) if two else 0, int(1.8 * CM), int(1.9 * CM)]
    rest = _WIDTH - sum(last)
    across = max(int(1.5 * CM), min(int(2.3 * CM), (rest - int(4 * CM)) // max(1, len(comparison.groups))))
    widths = [rest - across * len(comparison.groups), *[across] * len(comparison.groups), *last[0 if two else 1 :]]
    rows = [_head(headings), *(_code_row(comparison, line, two=two) for line in comparison.lines)]
    title = _("Codes, en {counted} qui en parlent sur ceux du groupe").format(counted=counted)
    writer.table(title, widths, rows)
    _plane(writer, comparison.correspondence(), _("Codes et groupes"))


def group_size(comparison: CodeComparison, place: int) -> str:
    """« 8 pers. »."""
    group = comparison.groups[place]
    if comparison.unit == "people":
        return _("{n} pers.").format(n=number(group.people))
    return _("{n} doc.").format(n=number(group.sessions))


def _code_row(comparison: CodeComparison, line: CodeLine, *, two: bool) -> TableRow:
    style = f"qualikitCode{min(line.row.depth, 3) + 1}"
    cells = [TableCell(paragraph(style, run(line.row.name)))]
    for raised in line.raised:
        n, total = raised.of(comparison.unit)
        other = (
            _("{n}/{total} doc.").format(n=raised.sessions, total=raised.sessions_total)
            if comparison.unit == "people"
            else _("{n}/{total} pers.").format(n=raised.people, total=raised.people_total)
        )
        cells.append(_figure(f"{n}/{total}", other))
    if two:
        between = (
            _("de {low} à {high}").format(
                low=percent_signed(line.interval.low), high=percent_signed(line.interval.high)
            )
            if line.interval
            else ""
        )
        cells.append(_figure(points(line.difference) if line.difference is not None else "–", between))
    cells += [_figure(p_value(line.p_corrected)), _figure(short_verdict(line.p_corrected, comparison.test))]
    return TableRow(cells)


def percent_signed(share: float) -> str:
    """« −12 » of a share, in points."""
    return f"{round(100 * share):+d}".replace("-", "\u2212")


# -- words


def _words(writer: _Writer, comparison: WordComparison) -> None:
    from qualikit.themes.charts.keyness import described, keyness

    writer.heading(1, _("Comment ils le disent"))
    if comparison.is_empty:
        writer.text(_("Trop peu de mots sont dits dans ces groupes pour les comparer."))
        return
    writer.text(comparison.said)
    writer.text(comparison.test.said, "qualikitExplication")
    writer.figure(keyness(comparison), _("Mots propres à chaque groupe"), described(comparison))
    for place, group in enumerate(comparison.groups):
        words = comparison.typical(place, most=_WORDS)
        if not words:
            continue
        writer.heading(2, _("Mots propres à {group}").format(group=group.label))
        headings = [_("Mot"), _("Emplois"), _("Personnes"), _("Ailleurs"), _("Spécificité"), "G²", "z", _("p corrigé")]
        headings.append(_("Au-delà du hasard"))
        widths = [0, *(int(size * CM) for size in (1.7, 2.1, 1.8, 2.2, 1.2, 1.1, 1.6, 1.8))]
        widths[0] = _WIDTH - sum(widths)
        rows = [_head(headings), *(_word_row(comparison, word, place) for word in words)]
        writer.table(_("Mots propres à {group}").format(group=group.label), widths, rows)
    _plane(writer, comparison.correspondence(), _("Mots et groupes"))


def _word_row(comparison: WordComparison, word: Word, place: int) -> TableRow:
    use = word.uses[place]
    elsewhere = sum(other.uses for number, other in enumerate(word.uses) if number != place)
    return TableRow(
        [
            _cell(f"{word.shown} ◇" if use.alone else word.shown),
            _figure(number(use.uses)),
            _figure(f"{use.people}/{use.people_total}"),
            _figure(number(elsewhere)),
            _figure(decimal(use.specificity, 1, signed=True)),
            _figure(decimal(use.log_likelihood, 1)),
            _figure(decimal(use.log_odds, 1)),
            _figure(p_value(word.p_corrected)),
            _figure(short_verdict(word.p_corrected, comparison.test)),
        ]
    )


def _plane(writer: _Writer, plane: Plane | None, title: str) -> None:
    from qualikit.themes.charts.plane import described, plane_chart

    if plane is None or plane.axes < 2:
        return  # two groups on one line would say the tables once more
    writer.heading(2, _("{what} sur une carte").format(what=title))
    writer.text(plane.said)
    writer.figure(plane_chart(plane), title, described(plane))
    for reading in plane.readings():
        writer.text(reading, "qualikitExplication")


# -- passages


def _passages(writer: _Writer, comparison: PassageComparison) -> None:
    writer.heading(1, _("Ce qu'ils disent"))
    if comparison.is_empty:
        writer.text(_("Aucun passage n'est codé dans ces groupes."))
        return
    for share in SHARES:
        themes = comparison.sharing(share)
        if themes:
            writer.heading(2, share_label(share, len(comparison.groups)))
            for theme in themes:
                _theme(writer, comparison, theme, share)


def _theme(writer: _Writer, comparison: PassageComparison, theme: Theme, share: Share) -> None:
    writer.body.append(paragraph("Heading3", run(theme.row.name)))
    if share in ("some", "one"):
        writer.text(comparison.said(theme), "qualikitExplication")
    groups = [group.label for group in comparison.groups]
    columns = [_side(side) for side in theme.sides]
    if len(groups) <= _ABREAST:
        widths = [_WIDTH // len(groups)] * len(groups)
        heads = [f"{name} — {_heard(side)}" for name, side in zip(groups, theme.sides, strict=True)]
        whole = max(sum(len(quote.passage.quote) for quote in side.quotes) for side in theme.sides) < _LONG_ROW
        rows = [_head(heads, len(heads)), TableRow([TableCell(column) for column in columns], whole=whole)]
    else:
        widths = [int(3.2 * CM), _WIDTH - int(3.2 * CM)]
        rows = [_head([comparison.by_label, _("Verbatims")], 2)]
        for name, side, column in zip(groups, theme.sides, columns, strict=True):
            about = TableCell(paragraph("qualikitColonne", run(name)) + paragraph("qualikitTexte", run(_heard(side))))
            rows.append(TableRow([about, TableCell(column)]))
    writer.body.append(table(widths, rows, title=theme.row.name))


def _heard(side: Side) -> str:
    """« 5 personnes sur 8 »."""
    if not side.people_total:
        return ngettext("{n} document sur {total}", "{n} documents sur {total}", side.sessions).format(
            n=side.sessions, total=side.sessions_total
        )
    return ngettext("{n} personne sur {total}", "{n} personnes sur {total}", side.people).format(
        n=side.people, total=side.people_total
    )


def _side(side: Side) -> str:
    parts: list[str] = []
    if side.positions_said:
        parts.append(paragraph("qualikitTexte", run(side.positions_said)))
    parts += [part for quote in side.quotes for part in _quote(quote)]
    if not side.speaks:
        parts.append(paragraph("qualikitTexte", run(_("Rien n'y est codé."))))
    elif not side.quotes:
        parts.append(paragraph("qualikitTexte", run(_("Voir les codes rangés dessous."))))
    return "".join(parts)


def _quote(quote: Quote) -> Iterator[str]:
    yield paragraph("qualikitVerbatim", run(_("« {quote} »").format(quote=quotation(quote.passage.quote))))
    about = [f"— {quote.passage.reference}"]
    if quote.stance:
        about.append(position_label(quote.stance).lower())
    if not quote.chosen:
        about.append(_("choix automatique"))
    yield paragraph("qualikitReference", run(" · ".join(about)))


# -- method


def _method(writer: _Writer, made: Sequence[Comparison]) -> None:
    writer.heading(1, _("Note de méthode"))
    coders = tuple(dict.fromkeys(name for each in made for name in each.coders))
    if coders:
        from qualikit.themes.wording import listed

        writer.text(
            ngettext(
                "Codages de {names}, comptés ensemble.", "Codages de {names}, comptés ensemble.", len(coders)
            ).format(names=listed(coders))
            if len(coders) > 1
            else _("Codages de {names}.").format(names=coders[0])
        )
    for note in dict.fromkeys(note for each in made for note in each.notes):
        writer.text(note)
    sources = _(
        "Sources. Intervalle de la différence : Newcombe (1998), Statistics in Medicine 17, méthode 10. Permutation : "
        "Good (2005) ; Phipson et Smyth (2010). Corrections : Holm (1979) ; Benjamini et Hochberg (1995). "
        "Spécificités : Lafon (1980), Mots 1. Log-vraisemblance : Dunning (1993), Computational Linguistics 19. "
        "Rapport de cotes pondéré : Monroe, Colaresi et Quinn (2008), Political Analysis 16. "
        "Correspondances : Greenacre (2017)."
    )
    writer.text(sources, "qualikitExplication")
