"""The section Guide: the questions of the interview guide, edited as in a sheet, brought in from a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from qualikit.corpus.guide.model import Coverage, GuideLine, GuidePlan
from qualikit.corpus.queries import DocumentSummary
from qualikit.corpus.readers import extensions
from qualikit.errors import QualikitError
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import messages, places, state
from qualikit.ui.messages import escaped, plain
from qualikit.ui.pages import corpus_guide_answers, corpus_guide_places
from qualikit.ui.sheet import sheet

VIEW = "guide_view"
TURN = "guide_file_turn"
"""Part of the drop zone's name: a new one is empty."""
FILES = sorted({extension.removeprefix(".") for extension in (*extensions(), ".csv", ".xlsx")})


def show(project: Project, documents: Sequence[DocumentSummary]) -> None:
    """Draw the section."""
    coverage = state.kept(project, "guide coverage", project.corpus.guide.coverage)
    if not coverage.questions:
        _empty(project)
        return
    view = _view()
    if view == "questions":
        _questions(project, coverage)
    elif view == "places":
        corpus_guide_places.show(project, coverage)
    else:
        corpus_guide_answers.show(project, coverage, documents)


def _view() -> str:
    names = {"questions": _("Questions"), "places": _("Où elles sont posées"), "answers": _("Réponses")}
    if places.asked("question") is not None:
        st.session_state[VIEW] = "answers"
    if st.session_state.get(VIEW) not in names:
        st.session_state[VIEW] = "questions"
    return str(
        st.segmented_control(
            _("Le guide"),
            list(names),
            format_func=names.__getitem__,
            required=True,
            key=VIEW,
            persist_state="session",
            label_visibility="collapsed",
        )
    )


def _empty(project: Project) -> None:
    messages.empty(
        _("Pas encore de guide d'entretien"),
        _(
            "Avec vos questions, qualikit retrouve où chacune est posée dans les transcriptions, réunit ce qui y est "
            "répondu et montre qui n'a pas été interrogé. Déposez le guide tel que vous l'avez écrit (Word, texte, "
            "tableau), ou collez-le ici : une question par ligne, sous ses titres."
        ),
        icon="quiz",
        key="guide",
    )
    _bring_in(project)


def _bring_in(project: Project) -> None:
    """A file or pasted lines, what is understood of them, and the button that keeps them."""
    turn = st.session_state.get(TURN, 0)
    left, right = st.columns(2, gap="large")
    given = left.file_uploader(_("Le fichier du guide"), type=FILES, key=f"guide file {turn}")
    pasted = right.text_area(
        _("Ou les questions, une par ligne"),
        key=f"guide pasted {turn}",
        height=150,
        placeholder=_("Le quotidien\n1. Racontez-moi une journée de tournée.\n2. Avec qui travaillez-vous ?"),
    )
    if given is None and not pasted.strip():
        return
    try:
        service = project.corpus.guide
        lines = service.read(given.getvalue(), given.name) if given else service.read(pasted.encode(), "guide.txt")
        plan = service.plan(lines)
    except QualikitError as refusal:
        messages.error(refusal)
        return
    _understood(plan)
    n = len(lines)
    st.button(
        ngettext("Enregistrer {n} question", "Enregistrer {n} questions", n).format(n=n),
        type="primary",
        key="guide_save",
        icon=":material/check:",
        on_click=_save,
        args=(project, lines, turn),
    )


def _save(project: Project, lines: list[GuideLine], turn: int) -> None:
    if state.act(project.corpus.guide.replace, lines, done=_("Guide enregistré")) is not None:
        st.session_state[TURN] = turn + 1


def _understood(plan: GuidePlan) -> None:
    kinds = {"kept": "", "changed": _("reformulée"), "added": _("nouvelle"), "removed": _("retirée")}
    if plan.count("added") == len(plan.changes):  # the first guide: all of it is new
        kinds["added"] = ""
    parts, section = [], None
    for change in plan.changes:
        line = change.line or change.question
        if line is None:
            continue
        if line.section != section:
            section = line.section
            parts.append(f"<p><strong>{escaped(section or _('Sans rubrique'))}</strong></p>")
        said = kinds[change.kind]
        if change.marks:
            said += ", " + ngettext("{n} marque avec elle", "{n} marques avec elle", change.marks).format(
                n=change.marks
            )
        quiet = f' <span class="qk-quiet">{escaped(said)}</span>' if said else ""
        text = f"<del>{escaped(line.text)}</del>" if change.kind == "removed" else escaped(line.text)
        parts.append(f'<p class="qk-note">{text}{quiet}</p>')
    with st.container(height=320 if len(parts) > 10 else "content", key="guide-understood"):
        st.html("".join(parts))


def _questions(project: Project, coverage: Coverage) -> None:
    total = len(coverage.documents)
    records = [
        {
            "id": question.id,
            "number": question.number,
            "section": question.section,
            "text": question.text,
            "put": f"{coverage.put(question.id)} / {total}",
        }
        for question in coverage.questions
    ]
    sheet(
        "guide questions",
        records,
        {
            "number": st.column_config.NumberColumn(_("N°"), width=50, min_value=1, step=1, format="%d"),
            "section": st.column_config.TextColumn(_("Rubrique"), width="medium"),
            "text": st.column_config.TextColumn(_("Question"), width="large"),
            "put": st.column_config.TextColumn(_("Documents"), width="small", help=_("Où elle est marquée")),
        },
        lambda id, changes: _change(project, id, changes),
        revision=project.revision,
        locked=("put",),
        height=38 + 35 * min(len(records), 14),
    )
    st.caption(_("Une case se modifie d'un double-clic ; un autre numéro déplace la question. Ses marques la suivent."))
    with st.container(horizontal=True, vertical_alignment="bottom", key="guide-acts"):
        _add(project, coverage)
        _remove(project, coverage)
        with st.popover(_("Importer un autre guide"), icon=":material/upload_file:", key="guide_import"):
            st.caption(_("Il prend la place de celui-ci. Une question à peine reformulée garde ses marques."))
            _bring_in(project)


def _change(project: Project, id: str, changes: dict[str, Any]) -> None:
    service = project.corpus.guide
    words = {name: changes[name] or "" for name in ("text", "section") if name in changes}
    if words:
        service.rename(id, words.get("text"), section=words.get("section"))
    if changes.get("number"):
        service.move(id, int(changes["number"]))
        st.session_state.pop("guide questions held", None)  # the other numbers changed too


def _add(project: Project, coverage: Coverage) -> None:
    with (
        st.popover(_("Ajouter une question"), icon=":material/add:", key="guide_add"),
        st.form("question new", border=False, clear_on_submit=True),
    ):
        text = st.text_input(_("La question")).strip()
        last = coverage.questions[-1].section
        section = st.text_input(_("Sa rubrique"), last).strip()
        if st.form_submit_button(_("Ajouter")) and text:
            state.act(project.corpus.guide.add, text, section)
            st.rerun()


def _remove(project: Project, coverage: Coverage) -> None:
    labels = {question.id: question.label for question in coverage.questions}
    with st.popover(_("Retirer une question"), icon=":material/delete:", key="guide_remove"):
        chosen = st.selectbox(_("La question"), list(labels), format_func=labels.__getitem__, key="guide_removed")
        n = sum(len(marks) for (question, _document), marks in coverage.marks.items() if question == chosen)
        if n:
            said = ngettext(
                "{n} marque dans les textes part avec elle.", "{n} marques dans les textes partent avec elle.", n
            )
            st.caption(plain(said.format(n=n)))
        st.button(
            _("Retirer"),
            key="guide_remove_now",
            on_click=lambda: state.act(project.corpus.guide.remove, chosen, done=_("Question retirée")),
        )
