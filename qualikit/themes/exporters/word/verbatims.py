"""The book of verbatims as a Word document: passages by theme and territory, then where each number is."""

from __future__ import annotations

from itertools import count

from qualikit.i18n import _, ngettext
from qualikit.themes.documents.book import Book
from qualikit.themes.documents.options import Options
from qualikit.themes.exporters.word.headings import Headings
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
from qualikit.themes.exporters.word.quoting import Quotations, pointer
from qualikit.themes.exporters.word.template import in_words

_WIDTH = PAGE_HEIGHT - 2 * MARGIN  # of the text, the page being upright


def verbatims_file(book: Book, options: Options) -> bytes:
    """The document."""
    whole = _("Recueil de verbatims : {territory}").format(territory=book.territory)
    title = options.title or (whole if book.territory else _("Recueil de verbatims"))
    headings, quotations = Headings(), Quotations()
    body: list[str] = []
    opened: set[str] = set()
    for row, groups in book.themes:
        for above in row.path[:-1]:  # a family of which nothing itself is quoted still has its heading
            if above not in opened:
                opened.add(above)
                body.append(headings.heading(min(row.path.index(above) + 1, 6), above))
        opened.add(row.name)
        body.append(headings.heading(min(row.depth + 1, 6), row.name))
        if row.definition:
            body.append(paragraph("qualikitDefinition", run(row.definition)))
        for column, some in groups:
            if not book.territory:
                said = ngettext("{territory} : {n} passage", "{territory} : {n} passages", len(some))
                body.append(paragraph("qualikitIntertitre", run(said.format(territory=column.label, n=len(some)))))
            body += [quotations.quoted(quoted) for quoted in some]
    if book.themes:
        body += [headings.heading(1, _("Retrouver un passage par son numéro")), _index(book)]
    head = [
        paragraph("Title", run(title)),
        paragraph("Subtitle", run(" · ".join(part for part in (book.project, in_words(options.date)) if part))),
        *(paragraph("qualikitExplication", run(words)) for words in _presentation(book, options)),
    ]
    if book.themes:
        head += [paragraph("qualikitIntertitre", run(_("Sommaire"))), headings.contents(2)]
    markup = "".join([*head, *body])
    return word_file(
        markup, title=title, project=book.project, date=options.date, portrait=True, with_contents=bool(book.themes)
    )


def _presentation(book: Book, options: Options) -> list[str]:
    passages = len(book.passages)
    if not passages:
        return [_("Aucun passage n'est à citer : codez des passages, ou choisissez d'en citer davantage.")]
    themes = ngettext("{n} thème", "{n} thèmes", len(book.themes)).format(n=len(book.themes))
    found = ngettext("{n} passage, dans {themes}.", "{n} passages, dans {themes}.", passages).format(
        n=passages, themes=themes
    )
    chosen = {
        "auto": _(
            "Là où les évaluateurs ont choisi des passages d'un thème, ce sont ceux-là ; ailleurs, deux au plus par "
            "territoire sont mis d'office (« choix automatique »)."
        ),
        "chosen": _("Ce sont les passages choisis par les évaluateurs."),
        "all": _("Ce sont tous les passages codés."),
        "none": "",
    }[options.verbatims]
    called = (
        _("Les personnes portent le nom qu'elles ont dans le projet.")
        if book.named
        else _("Les personnes sont désignées par un numéro et leur type d'acteur, jamais par leur nom.")
    )
    kept = _(
        "Le nombre entre crochets est celui du passage, partout où il est cité ; il ne change pas d'un export à "
        "l'autre."
    )
    return [" ".join(part for part in (found, chosen, called) if part), kept]


def _index(book: Book) -> str:
    themes: dict[int, list[str]] = {}
    for row, _column, quoted in book.quoted():
        themes.setdefault(quoted.number, []).append(row.name)
    widths = [int(1.6 * CM), int(6.6 * CM)]
    widths.append(_WIDTH - sum(widths))
    headings = (_("N°"), _("Thèmes"), _("Source"))
    rows = [
        TableRow(
            [TableCell(paragraph("qualikitEntete", run(words)), shade=HEADER_SHADE) for words in headings], header=True
        )
    ]
    for number, quoted in sorted(book.passages.items()):
        cells = (pointer(number), run(", ".join(dict.fromkeys(themes[number]))), run(quoted.reference))
        rows.append(TableRow([TableCell(paragraph("qualikitTexte", cell)) for cell in cells]))
    title = _("Les passages, par numéro")
    return caption(count(1), title) + table(widths, rows, title=title)
