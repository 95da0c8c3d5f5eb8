"""What is answered to a question of the guide, one turn under the other, each a click from its place."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualikit.corpus.guide.model import Answer, Coverage
from qualikit.corpus.model import Role
from qualikit.corpus.queries import DocumentSummary
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import places, state
from qualikit.ui.messages import escaped, plain

CHOSEN = "guide_question"
PAGE = 40
"""Turns on one page."""


def show(project: Project, coverage: Coverage, _documents: Sequence[DocumentSummary]) -> None:
    """Draw the view."""
    labels = {question.id: question.label for question in coverage.questions}
    asked = places.asked("question")
    if asked in labels:
        st.session_state[CHOSEN] = asked
    st.query_params.pop("question", None)
    if st.session_state.get(CHOSEN) not in labels:
        st.session_state[CHOSEN] = next(iter(labels))
    question, where, who = st.columns([6, 3, 3], vertical_alignment="bottom")
    chosen = question.selectbox(
        _("Question"), list(labels), format_func=labels.__getitem__, key=CHOSEN, persist_state="session"
    )
    every = state.kept(project, "guide answers", lambda: project.corpus.guide.answers(chosen), chosen)
    if not every:
        st.info(
            _(
                "Cette question n'est marquée nulle part. Cherchez-la dans « Où elles sont posées », ou marquez-la "
                "dans Coder avec la touche Q."
            ),
            icon=":material/quiz:",
        )
        return
    territories = sorted({each.territory for each in every if each.territory})
    territory = _kept(where, _("Territoire"), territories, _("Tous"), "guide_territory")
    people = sorted({each.speaker for each in every if each.speaker and each.role is not Role.MODERATOR})
    person = _kept(who, _("Personne"), people, _("Toutes"), "guide_person")
    shown = [
        each
        for each in every
        if (territory is None or each.territory == territory) and (person is None or each.speaker == person)
    ]
    _said(coverage, shown, chosen)
    page = 1
    if len(shown) > PAGE:
        page = st.selectbox(
            _("Page"),
            range(1, -(-len(shown) // PAGE) + 1),
            format_func=lambda n: _("Tours {first} à {last} sur {total}").format(
                first=(n - 1) * PAGE + 1, last=min(n * PAGE, len(shown)), total=len(shown)
            ),
            key=f"guide page {chosen}",
            persist_state="session",
            label_visibility="collapsed",
        )
    _turns(shown[(page - 1) * PAGE : page * PAGE])


def _kept(
    place: st.delta_generator.DeltaGenerator, label: str, names: Sequence[str], every: str, key: str
) -> str | None:
    """One of these names, or all: found again on coming back from the text, where it still means something."""
    if st.session_state.get(key) not in names:
        st.session_state[key] = None
    chosen: str | None = place.selectbox(
        label, [None, *names], format_func=lambda name: name or every, key=key, persist_state="session"
    )
    return chosen


def _said(coverage: Coverage, shown: Sequence[Answer], question: str) -> None:
    voices = {each.participant_id or each.speaker for each in shown if each.role is Role.PARTICIPANT}
    people = ngettext("{n} personne répond", "{n} personnes répondent", len(voices)).format(n=len(voices))
    n, total = coverage.put(question), len(coverage.documents)
    where = ngettext("posée dans {n} document sur {total}", "posée dans {n} documents sur {total}", n)
    turns = ngettext("{n} tour de parole", "{n} tours de parole", len(shown)).format(n=len(shown))
    st.caption(plain(f"{people} · {turns} · {where.format(n=n, total=total)}"))


def _turns(shown: Sequence[Answer]) -> None:
    title = None
    for place, each in enumerate(shown):
        if each.title != title:
            title = each.title
            with st.container(horizontal=True, vertical_alignment="center", key=f"guide-answer-{place}"):
                st.markdown(f"**{plain(title)}**", width="content")
                if each.territory:
                    st.html(f'<span class="qk-quiet">{escaped(each.territory)}</span>', width="content")
                st.space("stretch")
                places.link(
                    "coder",
                    _("Lire à sa place"),
                    icon=":material/arrow_forward:",
                    document=each.document_id,
                    debut=str(each.start),
                    fin=str(each.stop),
                    retour="corpus",
                )
        tag = "qk-quiet" if each.role is Role.MODERATOR else "qk-quote"
        st.html(f'<p class="{tag}"><strong>{escaped(each.speaker or "—")}</strong> · {escaped(each.text)}</p>')
