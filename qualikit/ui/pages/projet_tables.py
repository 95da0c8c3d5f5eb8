"""What is in an evaluation, how far its coding is, what waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from qualikit.coding.progress import Progress, progress
from qualikit.corpus.model import Role, SourceKind, source_kind_label
from qualikit.corpus.queries import DocumentSummary
from qualikit.i18n import _, ngettext, number, percent
from qualikit.project import Project
from qualikit.ui import places, state
from qualikit.ui.grid import GridCell, GridColumn, GridRow, grid
from qualikit.ui.messages import escaped, plain

TOTAL = "*total*"
NOWHERE = ""


def contents(project: Project, documents: Sequence[DocumentSummary]) -> None:
    """Territory by kind of source: how many documents; a click shows them in the corpus."""
    st.subheader(_("Ce qu'il contient"), anchor=False)
    people = state.kept(project, "people", project.corpus.participants)
    speaking = sum(1 for person in people if person.role is Role.PARTICIPANT)
    words = sum(document.words for document in documents)
    figures = [
        (len(documents), ngettext("document", "documents", len(documents))),
        (words, ngettext("mot", "mots", words)),
        (speaking, ngettext("participant", "participants", speaking)),
    ]
    st.html(
        '<div class="qk-figures">'
        + "".join(f"<div><b>{number(n)}</b> <span>{escaped(word)}</span></div>" for n, word in figures)
        + "</div>"
    )
    counts = Counter((d.document.territory or NOWHERE, d.document.source_kind.value) for d in documents)
    territories = sorted({territory for territory, _kind in counts}, key=lambda name: (not name, name))
    kinds = [kind for kind in SourceKind if any(key[1] == kind.value for key in counts)]
    rows = [GridRow(name, name or _("Sans territoire")) for name in territories]
    columns = [GridColumn(kind.value, source_kind_label(kind)) for kind in kinds]
    cells = {
        key: GridCell(str(n), sort=n, tint=n / max(counts.values()), title=_documents(n)) for key, n in counts.items()
    }
    for territory in territories:
        n = sum(counts[territory, kind.value] for kind in kinds)
        cells[territory, TOTAL] = GridCell(str(n), sort=n, title=_documents(n))
    for kind in kinds:
        n = sum(counts[territory, kind.value] for territory in territories)
        cells[TOTAL, kind.value] = GridCell(str(n), sort=n, title=_documents(n))
    cells[TOTAL, TOTAL] = GridCell(str(len(documents)), sort=len(documents), title=_documents(len(documents)))
    clicked = grid(
        [*rows, GridRow(TOTAL, _("Ensemble"), total=True)],
        [*columns, GridColumn(TOTAL, _("Ensemble"), total=True)],
        cells,
        key="contents",
        corner=_("Territoire"),
        caption=_("Documents par territoire et par type de source"),
    )
    if clicked is not None:
        territory, kind = clicked
        places.go(
            "corpus",
            **({"territoire": territory or "-"} if territory != TOTAL else {}),
            **({"type": kind} if kind != TOTAL else {}),
        )


def _documents(n: int) -> str:
    return ngettext("{n} document", "{n} documents", n).format(n=n)


def _progress(project: Project) -> dict[str, Progress]:
    return state.kept(project, "progress", lambda: progress(project.corpus, project.coding))


def coding(project: Project, documents: Sequence[DocumentSummary]) -> None:
    """How far the coding is, document by document; a click opens the transcript."""
    st.subheader(_("Où en est le codage"), anchor=False)
    found = _progress(project)
    rows = [GridRow(document.id, document.title) for document in documents]
    columns = [
        GridColumn("codings", _("Codages"), _("de tous")),
        GridColumn("mine", _("Mes codages"), project.coder),
        GridColumn("turns", _("Tours codés"), _("par moi")),
    ]
    cells = {}
    for document in documents:
        state_of = found.get(document.id, Progress())
        mine = state_of.by_coder.get(project.coder, 0)
        reached = state_of.turns_by_coder.get(project.coder, 0)
        share = reached / state_of.turns if state_of.turns else 0.0
        cells[document.id, "codings"] = GridCell(number(state_of.codings), sort=state_of.codings)
        cells[document.id, "mine"] = GridCell(number(mine), sort=mine)
        if not state_of.turns:
            cells[document.id, "turns"] = GridCell("–", title=_("Personne n'y parle : il se code comme un texte suivi"))
            continue
        cells[document.id, "turns"] = GridCell(
            percent(share),
            _("{n} sur {total}").format(n=reached, total=state_of.turns),
            tint=share,
            sort=share,
            title=_("{n} tours de parole sur {total} portent un de mes codages").format(
                n=reached, total=state_of.turns
            ),
        )
    clicked = grid(
        rows, columns, cells, key="progress", corner=_("Document"), height="27rem", caption=_("Avancement du codage")
    )
    if clicked is not None:
        places.go("coder", document=clicked[0])


def waiting(project: Project, documents: Sequence[DocumentSummary]) -> None:
    """What is left to do, each with its way there."""
    st.subheader(_("Ce qui attend"), anchor=False)
    found = _progress(project)
    total = len(documents)
    nowhere = [document for document in documents if not document.document.territory]
    uncoded = [document for document in documents if not found.get(document.id, Progress()).by_coder.get(project.coder)]
    quiet = True
    if nowhere:
        quiet = False
        places.link(
            "corpus",
            ngettext(
                "{n} document sur {total} n'a pas de territoire",
                "{n} documents sur {total} n'ont pas de territoire",
                len(nowhere),
            ).format(n=len(nowhere), total=total),
            icon=":material/location_off:",
            territoire="-",
        )
    if not project.coding.codebook:
        quiet = False
        places.link("grille", _("La grille de codage est vide"), icon=":material/account_tree:")
    elif uncoded:
        quiet = False
        places.link(
            "coder",
            ngettext(
                "{n} document sur {total} n'a aucun codage de {coder}",
                "{n} documents sur {total} n'ont aucun codage de {coder}",
                len(uncoded),
            ).format(n=len(uncoded), total=total, coder=plain(project.coder)),
            icon=":material/ink_highlighter:",
            document=uncoded[0].id,
        )
    proposed = state.kept(project, "suggestions", project.coding.suggestions)
    if proposed:
        quiet = False
        places.link(
            "coder",
            ngettext(
                "{n} suggestion attend votre réponse", "{n} suggestions attendent votre réponse", len(proposed)
            ).format(n=number(len(proposed))),
            icon=":material/lightbulb:",
            document=proposed[0].document_id,
        )
    aside = state.kept(project, "aside", project.coding.set_aside)
    if aside:
        quiet = False
        places.link(
            "corpus",
            ngettext(
                "{n} codage à revoir après une correction",
                "{n} codages à revoir après une correction",
                len(aside),
            ).format(n=len(aside)),
            icon=":material/rule:",
            document=aside[0].document_id,
            volet="review",
        )
    unwritten = state.kept(project, "syntheses left", lambda: _syntheses_left(project))
    if unwritten[0]:
        quiet = False
        places.link(
            "syntheses",
            ngettext(
                "{n} synthèse à écrire sur {total} (thème par territoire)",
                "{n} synthèses à écrire sur {total} (thème par territoire)",
                unwritten[0],
            ).format(n=unwritten[0], total=unwritten[1]),
            icon=":material/edit_note:",
        )
    if quiet:
        st.html(f'<p class="qk-quiet">{escaped(_("Rien : tout est décrit, codé et rédigé."))}</p>')


def here(project: Project) -> None:
    """Who else is coding now, and what."""
    present = project.coding.others_here()
    if present:
        said = [
            _("{coder} code « {title} » en ce moment").format(coder=each.coder, title=each.title) for each in present
        ]
        st.html("".join(f'<p class="qk-quiet qk-here">{escaped(sentence)}</p>' for sentence in said))


def _syntheses_left(project: Project) -> tuple[int, int]:
    """Cells of the matrix by territory where a synthesis is expected and nothing is written, out of those."""
    board = project.themes.synthesis_board()
    return len(board.left), len(board.wanted)
