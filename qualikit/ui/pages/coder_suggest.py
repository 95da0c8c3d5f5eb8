"""Suggestions asked for on the page Coder: in the background, for this document or for all; asked again by themselves
once some have been answered, so that what was decided teaches."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from qualikit.coding.assistants import Level, assistants
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui import jobs, places, state
from qualikit.ui.messages import leave_note, plain

JOB = "suggest"
ASSISTANT = "suggest_assistant"
LEAST = "suggest_least"
CODES = "suggest_codes"
ASKED = "suggest_asked"
LAST = "suggest_last"
"""What was asked last in this tab: (assistant, level, codes), and how many answers there were then."""
LEARNS = {"meaning", "neighbours"}
AFTER = 3
"""Answers after which what learns is asked again."""


def show(project: Project, document_id: str) -> None:
    """Draw the button and what it opens."""
    busy = jobs.busy(JOB)
    asked = st.session_state.get(ASKED, 0)  # another name each time: what was asked closes it
    with st.popover(
        _("Suggestions"), icon=":material/lightbulb:", type="tertiary", disabled=busy, key=f"suggestions {asked}"
    ):
        st.markdown(
            _("Une suggestion ne compte pour rien tant que vous ne l'avez pas acceptée ; chacun répond de son côté.")
        )
        _choices(project, document_id)


def _choices(project: Project, document_id: str) -> None:
    ways = _ways(project)
    way = st.selectbox(_("D'après"), list(ways), format_func=ways.__getitem__, key=ASSISTANT)
    if way == "keywords" and not any(code.keywords for code in project.coding.codebook if code.active):
        st.caption(_("Aucun code de la grille n'a de mots-clés : écrivez-en, puis revenez."))
        if st.button(_("Écrire des mots-clés"), key="write_keywords", icon=":material/account_tree:"):
            places.go("grille")
        return
    setting = project.coding.endpoint.setting if way == "endpoint" else None
    if setting is not None:
        st.warning(plain(_("Les passages seront envoyés à {host}.").format(host=setting.host)))
    levels = {
        Level.WEAK: _("Toutes"),
        Level.MEDIUM: _("Moyennes et fortes"),
        Level.STRONG: _("Fortes seulement"),
    }
    least = st.selectbox(
        _("Lesquelles"),
        list(levels),
        index=1,
        format_func=levels.__getitem__,
        help=_("La page Assistance, « Fiabilité », dit ce que vaut chaque force dans cette évaluation."),
        key=LEAST,
    )
    book = project.coding.codebook
    named = {code.id: book.path(code.id) for code in book if code.active}
    codes = st.multiselect(
        _("Codes"), list(named), format_func=named.__getitem__, placeholder=_("Tous les codes"), key=CODES
    )
    with st.container(horizontal=True):
        for label, key, documents in (
            (_("Suggérer dans ce document"), "suggest_here", [document_id]),
            (_("Dans tous les documents"), "suggest_everywhere", None),
        ):
            st.button(
                label,
                key=key,
                type="primary" if documents else "secondary",
                on_click=_start,
                args=(project, documents, way, least, tuple(codes)),
            )
    st.button(
        _("Retirer celles sans réponse"),
        key="suggest_withdraw",
        type="tertiary",
        icon=":material/layers_clear:",
        on_click=_withdraw,
        args=(project, document_id),
    )


def _ways(project: Project) -> dict[str, str]:
    """Assistants that can be asked here, by name, what is proposed first above."""
    first = ("meaning", "markers", "keywords", "neighbours")
    named = {name: assistants.get(name).label for name in (*first, *assistants.names())}
    if not _model_allowed(project):
        named.pop("endpoint", None)
    return {name: plain(label[:1].upper() + label[1:]) for name, label in named.items()}


def _model_allowed(project: Project) -> bool:
    """Whether the language model may be asked from here; with a locked key it is asked from the command line."""
    setting = project.coding.endpoint.setting
    return setting is not None and setting.allowed and not project.corpus.pseudonyms.has_key


def _start(project: Project, documents: Sequence[str] | None, way: str, least: str, codes: Sequence[str]) -> None:
    st.session_state[ASKED] = st.session_state.get(ASKED, 0) + 1
    st.session_state[LAST] = (way, least, tuple(codes), _answers(project))
    _ask(project, documents, way, least, codes, take=lambda report: leave_note(str(report)))


def _ask(
    project: Project,
    documents: Sequence[str] | None,
    way: str,
    least: str,
    codes: Sequence[str],
    *,
    take: Callable[[object], None],
    patience: float | None = None,
) -> None:
    with state.speaking():
        jobs.start_whole(
            JOB,
            lambda progress: project.coding.suggest(way, documents, codes or None, least=least, progress=progress),
            waiting=_("Lecture du corpus…"),
            say=lambda name, n, total: _("Suggestions : {name} ({n} sur {total})").format(name=name, n=n, total=total),
            take=take,
            patience=patience,
        )


def _withdraw(project: Project, document_id: str) -> None:
    st.session_state[ASKED] = st.session_state.get(ASKED, 0) + 1
    st.session_state.pop(LAST, None)
    state.act(project.coding.withdraw_suggestions, document_id, done=_("Suggestions retirées"))


def _answers(project: Project) -> int:
    return sum(
        each.whole.decided
        for each in state.kept(project, "tallies", project.coding.tallies)
        if each.assistant in LEARNS
    )


def learn(project: Project, document_id: str) -> None:
    """Ask again, in the background, where enough was answered since; called now and then while the page stands."""
    last = st.session_state.get(LAST)
    if last is None or last[0] not in LEARNS or jobs.busy(JOB):
        return
    way, least, codes, before = last
    now = _answers(project)
    if now >= before + AFTER:
        st.session_state[LAST] = (way, least, codes, now)
        _ask(project, [document_id], way, least, codes, take=lambda report: None, patience=0.0)
