"""The section Composition: what the corpus is made of, who was heard, who was not, who speaks how much."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualikit.corpus.composition import Composition, Dates, actor_label, territory_label
from qualikit.corpus.model import SourceKind, source_kind_label
from qualikit.corpus.queries import DocumentSummary
from qualikit.i18n import _, ngettext, number
from qualikit.project import Project
from qualikit.sheets import write_tables
from qualikit.ui import downloads, places, state
from qualikit.ui.grid import GridCell, GridColumn, GridRow, grid
from qualikit.ui.messages import escaped
from qualikit.ui.pages import corpus_speaking

TOTAL = "∑"
NAMED = 12
"""Empty cells that are named in a sentence."""


def show(project: Project, _documents: Sequence[DocumentSummary]) -> None:
    """Draw the section."""
    made = state.kept(project, "composition", project.corpus.composition)
    with st.container(horizontal=True, vertical_alignment="center"):
        _figures(made)
        st.space("stretch")
        title = _("Composition du corpus – {project}").format(project=project.name)
        downloads.buttons(
            title, lambda path: write_tables(path, made.to_sheets()), key="composition", formats=("xlsx",)
        )
    _by_source(made)
    _heard(made)
    corpus_speaking.show(made)


def _figures(made: Composition) -> None:
    said = sum(session.words for session in made.sessions)
    figures = [
        (made.documents.total, ngettext("document", "documents", made.documents.total)),
        (made.people, ngettext("participant entendu", "participants entendus", made.people)),
        (said, ngettext("mot dit", "mots dits", said)),
    ]
    st.html(
        '<div class="qk-figures">'
        + "".join(f"<div><b>{number(n)}</b> <span>{escaped(word)}</span></div>" for n, word in figures)
        + "</div>",
        width="content",
    )


def _by_source(made: Composition) -> None:
    st.subheader(_("Documents, par territoire et par source"), anchor=False)
    counts = made.documents
    most = max(counts.cells.values(), default=1)
    cells: dict[tuple[str, str], GridCell] = {}
    for row in counts.rows:
        for column in counts.columns:
            n = counts.at(row, column)
            cells[row, column] = GridCell(
                str(n) if n else "–", sort=n, tint=n / most, title=_documents_said(n, counts.total), live=bool(n)
            )
        cells[row, TOTAL] = GridCell(str(counts.row_total(row)), sort=counts.row_total(row), live=False)
    for column in counts.columns:
        cells[TOTAL, column] = GridCell(str(counts.column_total(column)), live=False)
    cells[TOTAL, TOTAL] = GridCell(str(counts.total), live=False)
    for each in made.dates:
        key = TOTAL if each.territory is None else each.territory
        for name, day in (("first", each.first), ("last", each.last)):
            said = f"{day:%d/%m/%Y}" if day else "–"
            cells[key, name] = GridCell(said, sort=day.isoformat() if day else "", live=False)
        cells[key, "dated"] = GridCell(_dated(each), sort=each.dated, live=False)
    clicked = grid(
        [
            *(GridRow(row, territory_label(row)) for row in counts.rows),
            GridRow(TOTAL, _("Ensemble"), total=True),
        ],
        [
            *(GridColumn(kind, source_kind_label(SourceKind(kind))) for kind in counts.columns),
            GridColumn(TOTAL, _("Ensemble"), total=True),
            GridColumn("first", _("Première date")),
            GridColumn("last", _("Dernière date")),
            GridColumn("dated", _("Datés")),
        ],
        cells,
        key="composition documents",
        corner=_("Territoire"),
        caption=_("Documents par territoire et par type de source"),
    )
    if clicked is not None:
        territory, kind = clicked
        places.go("corpus", territoire=territory or "-", type=kind)


def _documents_said(n: int, total: int) -> str:
    return ngettext("{n} document sur {total}", "{n} documents sur {total}", n).format(n=n, total=total)


def _dated(each: Dates) -> str:
    return _("{n} sur {total}").format(n=each.dated, total=each.documents)


def _heard(made: Composition) -> None:
    heard = made.heard
    if not made.people:
        return
    st.subheader(_("Qui a été entendu, et qui ne l'a pas été"), anchor=False)
    if heard.rows == ("",):
        missing = _(
            "Le type d'acteur des participants n'est pas encore indiqué : il se remplit dans « Personnes », pour "
            "plusieurs à la fois, ou par un tableau d'attributs."
        )
        st.html(f'<p class="qk-quiet">{escaped(missing)}</p>')
        return
    most = max(heard.cells.values(), default=1)
    cells = {}
    for actor in heard.rows:
        for territory in heard.columns:
            n = heard.at(actor, territory)
            said = ngettext("{n} personne sur {total}", "{n} personnes sur {total}", n).format(n=n, total=made.people)
            if n:
                cell = GridCell(str(n), sort=n, tint=n / most, live=False, title=said)
            elif made.visited(territory):
                cell = GridCell(_("personne"), marks="▲", sort=0, live=False, title=said)
            else:
                cell = GridCell(_("aucun document"), sort=-1, live=False, title=_("Aucun document de ce territoire"))
            cells[actor, territory] = cell
    grid(
        [GridRow(actor, actor_label(actor)) for actor in heard.rows],
        [GridColumn(territory, territory_label(territory)) for territory in heard.columns],
        cells,
        key="heard",
        corner=_("Type d'acteur"),
        caption=_("Participants entendus, par type d'acteur et par territoire"),
    )
    st.html(f'<p class="qk-quiet qk-explained">{escaped(_unheard_words(made))}</p>')


def _unheard_words(made: Composition) -> str:
    how = _(
        "Personnes distinctes qui parlent, sur {n} participants ; l'animation et l'observation n'y sont pas. Un type "
        "d'acteur ou un territoire attendu s'ajoute à sa liste, dans « Attributs » : il se lit ici même s'il est vide."
    ).format(n=made.people)
    gaps = [(actor, where) for actor, where in made.unheard if made.visited(where)]
    if not gaps:
        return how
    named = ", ".join(_("{actor} ({territory})").format(actor=actor, territory=where) for actor, where in gaps[:NAMED])
    return (
        _("▲ Personne n'a été entendu : {cells}.").format(cells=named + ("…" if len(gaps) > NAMED else "")) + " " + how
    )
