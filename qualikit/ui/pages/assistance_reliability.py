"""The section « Fiabilité »: what became of suggestions, what would have been found, a blind sample."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

import streamlit as st

from qualikit.coding.assistants import MEDIUM, STRONG, Level, least_label, level_label
from qualikit.coding.assistants.labels import assistant_label
from qualikit.coding.assistants.meaning import LEAST
from qualikit.coding.blind import SAMPLE
from qualikit.coding.reliability import CALIBRATED, AssistantTally, Reliability
from qualikit.coding.vectors import Stopped
from qualikit.i18n import _, decimal, ngettext, percent
from qualikit.project import Project
from qualikit.themes.statistics.intervals import exact
from qualikit.ui import jobs, state
from qualikit.ui.messages import escaped, plain
from qualikit.ui.pages import assistance_cards as cards
from qualikit.ui.pages import assistance_ways

JOB = "blind"
ENOUGH = 5
"""Answers on a code from which on its share is shown: of one or two, nothing can be said."""


def show(project: Project) -> None:
    """Draw the section."""
    everybody = st.toggle(_("Les réponses de toute l'équipe"), key="reliability_everybody")
    made = cards.kept(project, "reliability", lambda: project.coding.evaluate(everybody=everybody), everybody)
    _decided(made)
    _thresholds(made)
    _blind(project)


def _decided(made: Reliability) -> None:
    st.header(_("Ce que sont devenues les suggestions"), anchor=False)
    if not made.assistants:
        cards.none(_("Aucune suggestion n'a encore reçu de réponse."))
        return
    for each in made.assistants:
        _assistant(each)


def _assistant(tally: AssistantTally) -> None:
    whole = tally.whole
    n = whole.decided
    said = ngettext(
        "{n} réponse : {accepted} acceptée(s), {corrected} avec un autre code, {refused} refusée(s)",
        "{n} réponses : {accepted} acceptées, {corrected} avec un autre code, {refused} refusées",
        n,
    ).format(n=n, accepted=whole.accepted, corrected=whole.corrected, refused=whole.refused)
    versions = ", ".join(tally.versions)
    st.html(
        f"<p><b>{escaped(_capital(assistant_label(tally.assistant)))}</b> "
        f'<span class="qk-quiet">{escaped(_("version {versions}").format(versions=versions))}</span><br>'
        f"{escaped(said)}</p>"
    )
    if not tally.calibrated:
        left = CALIBRATED - n
        st.caption(
            ngettext(
                "Encore {n} réponse, et l'on pourra dire quelle part en attendre.",
                "Encore {n} réponses, et l'on pourra dire quelle part en attendre.",
                left,
            ).format(n=left)
        )
        return
    rows = [
        (level_label(level).capitalize(), own.accepted, own.decided)
        for level, own in tally.by_level.items()
        if own.decided
    ] + [(code, own.accepted, own.decided) for code, own in tally.by_code.items() if own.decided >= ENOUGH]
    st.dataframe(
        {
            _("Force ou code"): [name for name, _accepted, _n in rows],
            _("Acceptées"): [f"{accepted} / {n}" for _name, accepted, n in rows],
            _("Part"): [percent(accepted / n) for _name, accepted, n in rows],
            _("Intervalle à 95 %"): [_interval(accepted, n) for _name, accepted, n in rows],
        },
        hide_index=True,
        key=f"reliability {tally.assistant}",
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _interval(accepted: int, n: int) -> str:
    interval = exact(accepted, n)
    return f"{percent(interval.low)} – {percent(interval.high)}"


def _thresholds(made: Reliability) -> None:
    st.header(_("Ce qui aurait été trouvé"), anchor=False)
    if not made.thresholds:
        cards.none(_("Il faut des codages dans au moins deux documents."))
        return
    cards.quiet(
        _(
            "Vos documents codés, chacun jugé d’après les autres ({n} groupes) : parmi ce que "
            "l’assistant aurait "
            "proposé, ce que vous aviez codé ; parmi ce que vous aviez codé, ce qu’il aurait trouvé. "
            "Ne comptent que les passages que vous avez lus : codés, répondus, ou d’un document que vous avez codé "
            "pour un cinquième au moins. Si vos codages viennent surtout de ses suggestions, la seconde part le flatte."
        ).format(n=made.folds)
    )
    st.dataframe(
        {
            _("Suggestions"): [_least(each.score) for each in made.thresholds],
            _("Proposés"): [each.proposed for each in made.thresholds],
            _("dont codés"): [
                f"{each.right} ({percent(each.right / each.proposed)})" if each.proposed else "–"
                for each in made.thresholds
            ],
            _("Codages trouvés"): [
                f"{each.found} / {each.coded} ({percent(each.found / each.coded)})" if each.coded else "–"
                for each in made.thresholds
            ],
        },
        hide_index=True,
        key="reliability_thresholds",
    )


def _least(score: float) -> str:
    """Those from a score on, in words where a level begins there."""
    known = {LEAST: Level.WEAK, MEDIUM: Level.MEDIUM, STRONG: Level.STRONG}
    said = _("à partir de {score}").format(score=decimal(score, 2))
    return f"{least_label(known[score])} ({said})" if score in known else said


def _blind(project: Project) -> None:
    st.header(_("Échantillon à l'aveugle"), anchor=False)
    sample = project.coding.blind_sample()
    made = project.coding.blind()
    cards.quiet(
        _(
            "{n} passages tirés au sort parmi ceux que vous n’avez pas codés. Vous dites leurs codes "
            "sans voir ce que "
            "l’assistant en dit ; l’accord se lit à la fin. Ce ne sont pas des codages : rien n’en "
            "entre dans les "
            "comptes."
        ).format(n=SAMPLE)
    )
    waiting = [each for each in sample if each.answered is None]
    if not waiting and state.kept(project, "suggestions waiting", project.coding.suggestions):
        cards.quiet(
            _(
                "Des suggestions attendent une réponse dans les textes : pour ne pas les avoir vues, retirez-les "
                "d'abord (Coder, « Suggestions »)."
            )
        )
    if made.answered and not waiting:  # before, it would give away what the assistant says
        kappa = "–" if made.kappa is None else decimal(made.kappa, 2)
        cards.count(
            _("{same} lus de même sur {n}, kappa de Cohen {kappa}").format(same=made.same, n=made.answered, kappa=kappa)
        )
        cards.quiet(_("Comparé à : {assistant}").format(assistant=assistant_label(made.assistant)))
    if waiting:
        _question(project, waiting[0], len(waiting))
        st.button(
            _("Arrêter là et lire l'accord") if made.answered else _("Abandonner cet échantillon"),
            type="tertiary",
            icon=":material/stop:",
            key="blind_stop",
            on_click=state.act,
            args=(project.coding.stop_blind,),
        )
        return
    # Positions, which are all that the markers propose, are not compared.
    ways = assistance_ways.ways(project, but=("markers",))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        way = st.selectbox(_("Comparer à"), list(ways), format_func=ways.__getitem__, key="blind_way")
        st.button(
            _("Tirer un nouvel échantillon") if sample else _("Commencer"),
            type="secondary" if sample else "primary",
            icon=":material/casino:",
            key="blind_draw",
            disabled=jobs.busy(JOB),
            on_click=_draw,
            args=(project, way),
        )
    if said := assistance_ways.host(project, way):
        st.warning(said)


def _draw(project: Project, way: str) -> None:
    with state.speaking():
        jobs.start_whole(
            JOB,
            partial(_read_sample, project, way),
            waiting=_("Lecture de l'échantillon…"),
            say=lambda name, n, total: _("Échantillon : {n} sur {total}").format(n=n, total=total),
            take=lambda drawn: None,
        )


def _read_sample(project: Project, way: str, progress: jobs.Progress) -> None:
    with suppress(Stopped):  # the sample before stays
        project.coding.draw_blind(assistant=way, progress=progress)


def _question(project: Project, passage: object, left: int) -> None:
    named = cards.active(project)
    with st.container(border=True, key="blind-card"):
        st.html(
            f'<blockquote class="qk-quote">{escaped(passage.words)}</blockquote>'
            f'<p class="qk-quiet">{escaped(passage.title)}</p>'
        )
        with st.form(f"blind {passage.number}", border=False):
            codes = st.multiselect(
                _("Codes de ce passage"),
                list(named),
                format_func=named.__getitem__,
                placeholder=_("Aucun code"),
                key=f"blind codes {passage.number}",
            )
            label = ngettext("Suivant (encore {n})", "Suivant (encore {n})", left).format(n=left)
            if st.form_submit_button(plain(label), type="primary"):
                state.act(project.coding.answer_blind, passage.number, codes)
                st.rerun()
