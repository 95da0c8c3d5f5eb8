"""The picture of the corpus: who was heard where, and who was not."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualikit.corpus.model import Role
from qualikit.corpus.queries import DocumentSummary
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import state
from qualikit.ui.grid import GridCell, GridColumn, GridRow, grid
from qualikit.ui.messages import escaped

Heard = dict[tuple[str, str], set[str]]


def show(project: Project, documents: Sequence[DocumentSummary]) -> None:
    """Kinds of actor by territory: how many participants spoke."""
    heard = state.kept(project, "heard", lambda: _heard(project, documents))
    people = {id for those in heard.values() for id in those}
    if not people:
        return
    st.subheader(_("Qui a été entendu, et où"), anchor=False)
    actors = sorted({actor for actor, _where in heard}, key=lambda name: (not name, name))
    territories = sorted({where for _actor, where in heard}, key=lambda name: (not name, name))
    if actors == [""]:
        missing = _(
            "Le type d'acteur des participants n'est pas encore indiqué : il se remplit dans chaque document, "
            "ou par un tableau d'attributs."
        )
        st.html(f'<p class="qk-quiet">{escaped(missing)}</p>')
        return
    most = max(map(len, heard.values()))
    cells = {}
    for actor in actors:
        for territory in territories:
            n = len(heard.get((actor, territory), ()))
            cells[actor, territory] = GridCell(
                str(n),
                sort=n,
                tint=n / most,
                live=False,
                title=ngettext("{n} personne sur {total}", "{n} personnes sur {total}", n).format(
                    n=n, total=len(people)
                ),
            )
    grid(
        [GridRow(actor, actor or _("Non indiqué")) for actor in actors],
        [GridColumn(territory, territory or _("Sans territoire")) for territory in territories],
        cells,
        key="heard",
        corner=_("Type d'acteur"),
        caption=_("Participants entendus, par type d'acteur et par territoire"),
    )


def _heard(project: Project, documents: Sequence[DocumentSummary]) -> Heard:
    found: Heard = {}
    for document in documents:
        for person in project.corpus.participants(document.document):
            if person.role is Role.PARTICIPANT:
                actor = person.attributes.get("actor") or document.document.attributes.get("actor") or ""
                where = person.attributes.get("territory") or document.document.territory or ""
                found.setdefault((actor, where), set()).add(person.id)
    return found
