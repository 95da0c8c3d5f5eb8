"""Where the questions of the guide are put: found by its text and reviewed, then question by document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from qualikit.corpus.guide.model import Coverage, Proposal
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import jobs, places, state
from qualikit.ui.grid import GridCell, GridColumn, GridRow, grid
from qualikit.ui.messages import plain

JOB, FOUND, TURN = "guide", "guide_found", "guide_found_turn"
SURE = 50
"""Score from which a proposal is ticked to begin with."""


def show(project: Project, coverage: Coverage) -> None:
    """Draw the view."""
    jobs.show()
    found = _still(coverage, st.session_state.get(FOUND))
    with st.container(horizontal=True, vertical_alignment="center", key="guide-find"):
        st.button(
            _("Chercher les questions dans le corpus"),
            type="secondary" if found else "primary",
            icon=":material/search:",
            key="guide_find",
            disabled=jobs.busy(JOB),
            on_click=_start,
            args=(project,),
        )
        st.caption(
            _("D'après les mots du guide, dans ce que dit l'animation. Rien n'est marqué avant que vous ne l'ayez vu.")
        )
    if found is not None:
        _review(project, coverage, found)
    _coverage(coverage)
    _lost(project)


def _start(project: Project) -> None:
    service = project.corpus.guide
    with state.speaking():
        jobs.start_whole(
            JOB,
            lambda progress: service.find(progress=progress),
            waiting=_("Lecture du corpus…"),
            say=lambda name, n, total: _("Lecture de « {name} » ({n} sur {total})").format(name=name, n=n, total=total),
            take=_take,
        )


def _take(found: list[Proposal]) -> None:
    st.session_state[FOUND] = found
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


def _still(coverage: Coverage, found: Sequence[Proposal] | None) -> list[Proposal] | None:
    """What was proposed and is not marked since, of questions and documents that are there."""
    if found is None:
        return None
    known = {question.id for question in coverage.questions}
    there = {id for id, _title in coverage.documents}
    return [
        each
        for each in found
        if each.question_id in known
        and each.document_id in there
        and not any(mark.start == each.start for mark in coverage.marks.get((each.question_id, each.document_id), ()))
    ]


def _review(project: Project, coverage: Coverage, found: list[Proposal]) -> None:
    if not found:
        st.info(
            _("Plus rien à proposer. Une question dite avec d'autres mots se marque dans Coder, avec la touche Q."),
            icon=":material/task_alt:",
        )
        return
    import pandas as pd

    labels = {question.id: question.label for question in coverage.questions}
    columns = [
        _("Marquer"),
        _("Score"),
        _("Question"),
        _("Ce qui est dit"),
        _("Pourquoi"),
        _("Document"),
        _("Avant"),
        _("Après"),
    ]
    rows = [
        (
            each.score >= SURE,
            each.score,
            labels[each.question_id],
            _words(each.quote),
            each.reason,
            each.title,
            _words(each.before),
            _words(each.after),
        )
        for each in found
    ]
    key = f"guide found {st.session_state.get(TURN, 0)} {len(found)}"
    edited = st.data_editor(
        pd.DataFrame(rows, columns=columns),
        key=key,
        hide_index=True,
        disabled=columns[1:],
        height=38 + 35 * min(len(rows), 9),
        column_config={
            columns[0]: st.column_config.CheckboxColumn(width=80),
            columns[1]: st.column_config.ProgressColumn(format="%d", min_value=0, max_value=100, width=90),
            columns[2]: st.column_config.TextColumn(width=190),
            columns[3]: st.column_config.TextColumn(width=370),
            columns[4]: st.column_config.TextColumn(width=270),
        },
    )
    chosen = [each for each, taken in zip(found, edited[columns[0]], strict=True) if taken]
    with st.container(horizontal=True, vertical_alignment="center"):
        n = len(chosen)
        st.button(
            ngettext("Marquer {n} question", "Marquer {n} questions", n).format(n=n),
            type="primary",
            key="guide_accept",
            disabled=not chosen,
            on_click=partial(_accept, project, chosen),
        )
        st.button(
            _("Fermer la liste"),
            key="guide_close",
            type="tertiary",
            on_click=partial(st.session_state.pop, FOUND, None),
        )
        said = ngettext("{n} place proposée", "{n} places proposées", len(found)).format(n=len(found))
        st.caption(plain(said))


def _accept(project: Project, chosen: Sequence[Proposal]) -> None:
    n = state.act(project.corpus.guide.accept, chosen)
    if n is not None:
        from qualikit.ui import messages

        messages.leave_note(ngettext("{n} question marquée", "{n} questions marquées", n).format(n=n))


def _words(text: str) -> str:
    return " ".join(text.split())


def _coverage(coverage: Coverage) -> None:
    st.subheader(_("Question par document"), anchor=False)
    clicked = grid(
        [GridRow(question.id, question.label, title=question.section) for question in coverage.questions],
        [
            GridColumn("", _("Documents"), total=True),
            *(GridColumn(id, title) for id, title in coverage.documents),
        ],
        _cells(coverage),
        key="guide coverage",
        corner=_("Question"),
        caption=_("Questions posées, par document"),
        height="60vh",
    )
    if clicked is not None:
        question, document = clicked
        if not document:
            places.go("corpus", partie="guide", question=question)
        mark = coverage.marks[question, document][0]
        places.go("coder", document=document, debut=str(mark.start), fin=str(mark.stop), retour="corpus")


def _cells(coverage: Coverage) -> Mapping[tuple[str, str], GridCell]:
    total = len(coverage.documents)
    cells: dict[tuple[str, str], GridCell] = {}
    for question in coverage.questions:
        n = coverage.put(question.id)
        said = ngettext("posée dans {n} document sur {total}", "posée dans {n} documents sur {total}", n)
        cells[question.id, ""] = GridCell(
            f"{n}/{total}", sort=n, tint=n / max(1, total), title=said.format(n=n, total=total), live=bool(n)
        )
        for id, title in coverage.documents:
            marks = coverage.marks.get((question.id, id), ())
            if marks:
                times = ngettext("{n} fois", "{n} fois", len(marks)).format(n=len(marks))
                words = _("Lire dans « {title} » : {words}").format(title=title, words=_words(marks[0].quote)[:120])
                cells[question.id, id] = GridCell("●", times if len(marks) > 1 else "", title=words, sort=len(marks))
            else:
                cells[question.id, id] = GridCell("–", title=_("Pas marquée"), sort=0, live=False)
    return cells


def _lost(project: Project) -> None:
    lost = state.kept(project, "guide lost", project.corpus.guide.lost)
    if lost:
        said = ngettext(
            "{n} marque a perdu ses mots quand un texte a été corrigé : cherchez de nouveau, ou marquez-la dans Coder.",
            "{n} marques ont perdu leurs mots quand un texte a été corrigé : cherchez de nouveau, ou marquez-les dans "
            "Coder.",
            len(lost),
        )
        st.caption(plain(said.format(n=len(lost))))
