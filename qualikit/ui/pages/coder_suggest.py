"""Suggestions asked for on the page Coder: in the background, for this document or for all; asked again by themselves
once some have been answered, so that what was decided teaches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import streamlit as st

from qualikit.coding.assistants import Level, least_label, level_label
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui import jobs, places, state
from qualikit.ui.messages import leave_note, plain
from qualikit.ui.pages import assistance_ways

JOB = "suggest"
ASSISTANT = "suggest_assistant"
LEAST = "suggest_least"
CODES = "suggest_codes"
ASKED = "suggest_asked"
LAST = "suggest_last"
"""What was asked last in this tab: an :class:`Asked`."""
LEARNS = {"meaning", "neighbours"}
AFTER = 3
"""Answers after which what learns is asked again."""


class Asked(NamedTuple):
    """What was asked: of which assistant, from which level on, which codes (none: all), how many answers there were
    then; ``document`` and ``within`` where it was asked on a part of that document only."""

    way: str
    least: str
    codes: tuple[str, ...]
    answers: int
    document: str = ""
    within: tuple[int, int] | None = None


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
    ways = assistance_ways.ways(project)
    way = st.selectbox(_("D'après"), list(ways), format_func=ways.__getitem__, key=ASSISTANT)
    if way == "keywords" and not any(code.keywords for code in project.coding.codebook if code.active):
        st.caption(_("Aucun code de la grille n'a de mots-clés : écrivez-en, puis revenez."))
        if st.button(_("Écrire des mots-clés"), key="write_keywords", icon=":material/account_tree:"):
            places.go("grille")
        return
    if said := assistance_ways.host(project, way):
        st.warning(said)
    least = st.selectbox(
        _("Lesquelles"),
        [Level.WEAK, Level.MEDIUM, Level.STRONG],
        index=1,
        format_func=least_label,
        help=_("La page Assistance, « Fiabilité », dit ce que vaut chaque force dans cette évaluation."),
        key=LEAST,
    )
    _worth(project, way)
    book = project.coding.codebook
    named = {code.id: book.path(code.id) for code in book if code.active}
    codes = st.multiselect(
        _("Codes"), list(named), format_func=named.__getitem__, placeholder=_("Tous les codes"), key=CODES
    )
    st.caption(_("Dans le texte, la touche I en demande pour ce qui est à l'écran seulement."))
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


def _start(project: Project, documents: Sequence[str] | None, way: str, least: str, codes: Sequence[str]) -> None:
    st.session_state[ASKED] = st.session_state.get(ASKED, 0) + 1
    st.session_state[LAST] = Asked(way, least, tuple(codes), _answers(project))
    _ask(project, documents, way, least, codes, take=lambda report: leave_note(str(report)))


def on_screen(project: Project, document_id: str, start: int, stop: int) -> None:
    """Ask for suggestions on a part of the text, as was asked last in this tab."""
    if jobs.busy(JOB):
        leave_note(_("Des suggestions sont déjà demandées : attendez qu'elles arrivent."))
        st.rerun()
    ways = assistance_ways.ways(project)
    last = st.session_state.get(LAST) or Asked("", Level.MEDIUM, (), 0)
    way = st.session_state.get(ASSISTANT) or last.way
    way = way if way in ways else next(iter(ways))
    least = st.session_state.get(LEAST) or last.least
    codes = tuple(st.session_state.get(CODES) or last.codes)
    st.session_state[LAST] = Asked(way, least, codes, _answers(project), document_id, (start, stop))
    if said := assistance_ways.host(project, way):
        leave_note(said)
    _ask(project, [document_id], way, least, codes, within=(start, stop), take=_say_nothing_came)
    st.rerun()


def _say_nothing_came(report: Any) -> None:
    """Those that came are seen; that none did is said."""
    if report.trouble or report.refused:
        leave_note(str(report))
    elif not report.added + report.kept:
        leave_note(_("Rien à suggérer sur cet écran, à ce niveau."))


def _worth(project: Project, way: str) -> None:
    """What the levels turned out to be worth here, once that can be said."""
    known = state.kept(project, "accepted by level", project.coding.accepted_by_level)
    levels = (Level.STRONG, Level.MEDIUM, Level.WEAK)
    said = [
        _("{level} : {accepted} acceptées sur {n}").format(level=level_label(level), accepted=found[0], n=found[1])
        for level in levels
        if (found := known.get((way, level))) is not None
    ]
    if said:
        st.caption(plain(_("Jusqu'ici, {levels}.").format(levels=", ".join(said))))


def _ask(
    project: Project,
    documents: Sequence[str] | None,
    way: str,
    least: str,
    codes: Sequence[str],
    *,
    within: tuple[int, int] | None = None,
    take: Callable[[object], None],
    patience: float | None = None,
) -> None:
    with state.speaking():
        jobs.start_whole(
            JOB,
            lambda progress: project.coding.suggest(
                way, documents, codes or None, least=least, within=within, progress=progress
            ),
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
    if last is None or last.way not in LEARNS or last.document not in {"", document_id} or jobs.busy(JOB):
        return
    now = _answers(project)
    if now >= last.answers + AFTER:
        st.session_state[LAST] = last._replace(answers=now)
        _ask(
            project,
            [document_id],
            last.way,
            last.least,
            last.codes,
            within=last.within,
            take=lambda report: None,
            patience=0.0,
        )
