"""What a territory's synthesis says of its corpus: documents, who was heard, how much; figures in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from qualikit.corpus.model import source_kind_label
from qualikit.i18n import _, ngettext, number
from qualikit.themes.consensus.model import Held
from qualikit.themes.consensus.standing import Standing
from qualikit.themes.documents.gathering import TerritorySynthesis
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
from qualikit.themes.model import Cell
from qualikit.themes.wording import listed

_WIDTH = PAGE_HEIGHT - 2 * MARGIN


def in_short(made: TerritorySynthesis) -> str:
    """« 5 documents, 14 personnes entendues, 12 345 mots. »"""
    context = made.context
    documents = ngettext("{n} document", "{n} documents", len(context.held)).format(n=len(context.held))
    people = ngettext("{n} personne entendue", "{n} personnes entendues", context.people).format(n=context.people)
    words = _("{n} mots").format(n=number(context.words))
    themes = sum(1 for theme in made.themes if not theme.row.children and theme.cell.codings)
    raised = ngettext("{n} thème abordé", "{n} thèmes abordés", themes).format(n=themes)
    return f"{documents}, {people}, {words}, {raised}."


def counted(made: TerritorySynthesis) -> str:
    """What is coded in the territory, in a sentence."""
    whole = made.whole
    codings = ngettext("{n} codage", "{n} codages", whole.codings).format(n=number(whole.codings))
    passages = ngettext("{n} passage", "{n} passages", whole.passages).format(n=number(whole.passages))
    said = _("{codings}, soit {passages}, dans {n} documents sur {total}").format(
        codings=codings, passages=passages, n=whole.sessions, total=whole.sessions_total
    )
    people = _("les paroles de {n} personnes sur {total} y sont codées").format(
        n=whole.people, total=whole.people_total
    )
    return f"{said} ; {people}." if whole.people_total else f"{said}."


def figures(cell: Cell) -> str:
    """« 5 personnes sur 8 · 2 documents sur 3 · 12 passages »."""
    found = []
    if cell.people_total:
        people = ngettext("{n} personne sur {total}", "{n} personnes sur {total}", cell.people)
        found.append(people.format(n=cell.people, total=cell.people_total))
    sessions = ngettext("{n} document sur {total}", "{n} documents sur {total}", cell.sessions)
    found.append(sessions.format(n=cell.sessions, total=cell.sessions_total))
    found.append(ngettext("{n} passage", "{n} passages", cell.passages).format(n=cell.passages))
    return " · ".join(found)


def stands(standing: Standing) -> str:
    """« Sur 11 personnes entendues : 3 d'accord, 2 pas d'accord, 1 partagée ; 5 n'en disent pas leur position. »"""
    nuanced, torn = standing.count(Held.NUANCED), standing.count(Held.TORN)
    parts = [
        words.format(n=n)
        for n, words in (
            (standing.agree, ngettext("{n} est d'accord", "{n} sont d'accord", standing.agree)),
            (
                standing.disagree,
                ngettext("{n} n'est pas d'accord", "{n} ne sont pas d'accord", standing.disagree),
            ),
            (nuanced, ngettext("{n} nuance", "{n} nuancent", nuanced)),
            (torn, ngettext("{n} est partagée", "{n} sont partagées", torn)),
        )
        if n
    ]
    said = _("Sur {n} personnes entendues dans le territoire, {parts}.").format(
        n=standing.heard, parts=listed(tuple(parts))
    )
    if standing.silent:
        silent = ngettext(
            "{n} autre ne dit pas sa position, ce qui n'est pas un accord.",
            "{n} autres ne disent pas leur position, ce qui n'est pas un accord.",
            standing.silent,
        ).format(n=standing.silent)
        said = f"{said} {silent}"
    return said


def corpus(made: TerritorySynthesis, tables: Iterator[int]) -> str:
    """The part « Contexte et corpus »."""
    context = made.context
    body = [paragraph("qualikitCorps", run(_heard(made)))]
    if context.held:
        title = _("Les documents, par type de source")
        body += [caption(tables, title), _documents(made, title)]
    if context.heard:
        title = _("Qui a été entendu, par type d'acteur")
        body += [caption(tables, title), _actors(made, title)]
    if context.unheard:
        said = _("Entendus dans d'autres territoires et pas dans celui-ci : {actors}.")
        body.append(paragraph("qualikitExplication", run(said.format(actors=listed(context.unheard)))))
    return "".join(body)


def _heard(made: TerritorySynthesis) -> str:
    context = made.context
    documents = ngettext(
        "Cette synthèse s'appuie sur {n} document qui concerne {territory}",
        "Cette synthèse s'appuie sur {n} documents qui concernent {territory}",
        len(context.held),
    ).format(n=len(context.held), territory=made.territory)
    sentences = [_("{documents}, soit {words} mots.").format(documents=documents, words=number(context.words))]
    if context.people:
        heard = ngettext(
            "{n} personne y prend la parole ; ses propos font {words} mots.",
            "{n} personnes y prennent la parole ; leurs propos font {words} mots.",
            context.people,
        )
        sentences.append(heard.format(n=context.people, words=number(context.said)))
        sentences.append(_("L'animation et les observateurs ne sont pas comptés parmi elles."))
    days = sorted(held.document.date for held in context.held if held.document.date is not None)
    if days:
        first, last = f"{days[0]:%d/%m/%Y}", f"{days[-1]:%d/%m/%Y}"
        when = (
            _("le {first}").format(first=first)
            if first == last
            else _("du {first} au {last}").format(first=first, last=last)
        )
        sentences.append(
            _("Documents datés : {n} sur {total}, {when}.").format(n=len(days), total=len(context.held), when=when)
        )
    return " ".join(sentences)


def _documents(made: TerritorySynthesis, title: str) -> str:
    widths = [int(5.6 * CM), int(3.5 * CM), int(2.7 * CM), int(2.9 * CM)]
    widths.append(_WIDTH - sum(widths))
    headings = [_("Document"), _("Type de source"), _("Date"), _("Personnes"), _("Mots")]
    rows = [_head(headings, 3)]
    for held in made.context.held:
        document = held.document
        texts = [
            # Where a reader would break it, not inside a word.
            document.title.replace("_", "_\u200b"),
            source_kind_label(document.source_kind),
            f"{document.date:%d/%m/%Y}" if document.date else "–",
        ]
        figures = [str(held.people) if held.people else "–", number(held.words)]
        rows.append(_row(texts, figures))
    rows.append(_row([_("Ensemble"), "", ""], [str(made.context.people), number(made.context.words)], total=True))
    return table(widths, rows, title=title, last_row=True)


def _actors(made: TerritorySynthesis, title: str) -> str:
    widths = [_WIDTH - int(4 * CM), int(4 * CM)]
    rows = [_head([_("Type d'acteur"), _("Personnes")], 1)]
    rows += [_row([actor], [f"{n}/{made.context.people}"]) for actor, n in made.context.heard]
    return table(widths, rows, title=title)


def _head(headings: list[str], texts: int) -> TableRow:
    styles = ["qualikitEntete"] * texts + ["qualikitEnteteChiffre"] * (len(headings) - texts)
    return TableRow(
        [
            TableCell(paragraph(style, run(words)), shade=HEADER_SHADE)
            for style, words in zip(styles, headings, strict=True)
        ],
        header=True,
    )


def _row(texts: list[str], figures: list[str], *, total: bool = False) -> TableRow:
    style = "qualikitTotal" if total else "qualikitTexte"
    return TableRow(
        [
            *(TableCell(paragraph(style, run(words))) for words in texts),
            *(TableCell(paragraph("qualikitChiffre", run(words))) for words in figures),
        ]
    )
