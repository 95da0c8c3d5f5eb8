"""The section « À lire ensuite »: uncoded passages, what teaches most first, with the codes that are proposed."""

from __future__ import annotations

from functools import partial

import streamlit as st

from qualikit.coding.assisted import Assisted, Waiting
from qualikit.i18n import _, ngettext, number
from qualikit.project import Project
from qualikit.ui import state
from qualikit.ui.messages import escaped, leave_note
from qualikit.ui.pages import assistance_cards as cards

AWAY = "assistance_away"
HELD = "assistance_held"
"""The passage of which a code was answered: (text version, start, place in the list). It stays until all are."""
SHOWN = 5


def show(project: Project) -> None:
    """Draw the section."""
    away: set[tuple[str, int]] = st.session_state.setdefault(AWAY, set())
    waiting = cards.kept(
        project, "queue", lambda: project.coding.proposals_next(SHOWN, tuple(away)), tuple(sorted(away))
    )
    seen = project.coding.assisted()
    _counter(project, sum(not seen.on(n) for n in range(len(seen.read))), len(seen.read))
    waiting = _with_held(seen, waiting)
    if not waiting:
        cards.none(_("Tous les passages qui s'y prêtent sont codés ou mis de côté."))
        if away:
            st.button(_("Reprendre ceux mis de côté"), key="queue_again", on_click=away.clear)
        return
    for place, each in enumerate(waiting):
        _card(project, each, place)


def _with_held(seen: Assisted, waiting: list[Waiting]) -> list[Waiting]:
    """The list, with the passage that was answered in part where it stood."""
    version_id, start, place = st.session_state.get(HELD) or ("", 0, 0)
    number = seen.place(version_id, start)
    if number is None:
        return waiting
    held = seen.waiting(number)
    others = [each for each in waiting if (each.version_id, each.passage.start) != (version_id, start)]
    return [*others[:place], held, *others[place:]][:SHOWN] if held.proposals else waiting


def _counter(project: Project, left: int, total: int) -> None:
    as_is, corrected, refused = state.kept(project, "decided", lambda: _decided(project))
    accepted = as_is + corrected
    said = ngettext("{n} passage à lire sur {total}", "{n} passages à lire sur {total}", left).format(
        n=number(left), total=number(total)
    )
    won = _("{accepted} suggestions acceptées, {refused} refusées").format(
        accepted=number(accepted), refused=number(refused)
    )
    st.html(
        f'<p class="qk-count">{escaped(said)}</p><p class="qk-quiet">{escaped(won)}. '
        f"{escaped(_('Les premiers sont ceux dont votre réponse apprend le plus : deux codes y sont proches.'))}</p>"
    )


def _decided(project: Project) -> tuple[int, int, int]:
    made = project.coding.tallies()
    return (
        sum(each.whole.accepted for each in made),
        sum(each.whole.corrected for each in made),
        sum(each.whole.refused for each in made),
    )


def _card(project: Project, waiting: Waiting, place: int) -> None:
    passage = waiting.passage
    mark = (waiting.version_id, passage.start, place)
    held = (st.session_state.get(HELD) or ())[:2] == mark[:2]
    key = f"next {passage.document_id[-12:]} {passage.start}"
    with st.container(border=True, key=f"card-{key}"):
        reason = " ".join(each.reason for each in waiting.proposals)
        st.html(cards.words(passage, reason))
        for each in waiting.proposals:
            cards.proposal(project, each, f"{key} {each.code_id[-12:]}", answered=partial(_hold, mark))
        if not waiting.proposals:
            st.caption(_("Aucun code de la grille ne s'impose ici."))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            chosen = f"other {key}"
            with st.container(width=260):
                cards.other_code(project, chosen, _("Coder autrement"))
            st.button(
                _("Poser"),
                key=f"put {key}",
                disabled=st.session_state.get(chosen) is None,
                on_click=_put,
                args=(project, waiting, chosen),
            )
            if waiting.proposals:
                st.button(
                    _("Aucun autre") if held else _("Aucun de ces codes"),
                    icon=":material/block:",
                    key=f"none {key}",
                    on_click=_none,
                    args=(project, waiting),
                )
            st.button(
                _("Passage suivant") if held else _("Plus tard"),
                key=f"later {key}",
                type="tertiary",
                on_click=_later,
                args=(waiting, not held),
            )
            st.space("stretch")
            cards.alike(passage, f"alike {key}")
            cards.in_text(passage, f"text {key}")


def _put(project: Project, waiting: Waiting, chosen: str) -> None:
    code = st.session_state.get(chosen)
    passage = waiting.passage
    if code is not None and waiting.proposals:
        state.act(project.coding.answer, waiting.proposals[0], code)
    elif code is not None:
        state.act(project.coding.add, passage.document_id, passage.start, passage.stop, code, passage.words)


def _hold(mark: tuple[str, int, int]) -> None:
    st.session_state[HELD] = mark


def _none(project: Project, waiting: Waiting) -> None:
    state.act(project.coding.refuse, waiting.proposals)
    _later(waiting, said=False)


def _later(waiting: Waiting, said: bool = True) -> None:
    st.session_state.pop(HELD, None)
    st.session_state.setdefault(AWAY, set()).add((waiting.version_id, waiting.passage.start))
    if said:
        leave_note(_("Mis de côté pour cette fois"))
