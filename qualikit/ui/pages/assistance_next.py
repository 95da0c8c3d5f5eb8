"""The section « À lire ensuite »: uncoded passages, what teaches most first, with the codes that are proposed."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from qualikit.coding.assisted import Assisted, Found, Waiting
from qualikit.i18n import _, ngettext, number
from qualikit.project import Project
from qualikit.ui import state
from qualikit.ui.messages import escaped, leave_note
from qualikit.ui.pages import assistance_cards as cards

AWAY = "assistance_away"
LISTED = "assistance_listed"
"""In the tab: the cards that are shown. One stays, with what was proposed when it came, until all of it is answered or
it is left: what one is about to answer does not move."""
SHOWN = 5
REMEMBERED = 50


class Card(NamedTuple):
    """A passage (by text version and start) and what was proposed for it when it came."""

    version_id: str
    start: int
    proposals: tuple[Found, ...]


def show(project: Project) -> None:
    """Draw the section."""
    away: set[tuple[str, int]] = st.session_state.setdefault(AWAY, set())
    seen = project.coding.assisted()
    _counter(project, sum(not seen.on(n) for n in range(len(seen.read))), len(seen.read))
    shown = _listed(project, seen, away)
    if not shown:
        cards.none(_("Tous les passages qui s'y prêtent sont codés ou mis de côté."))
        if away:
            st.button(_("Reprendre ceux mis de côté"), key="queue_again", on_click=away.clear)
        return
    for card, passage in shown:
        _card(project, card, passage, _waiting(seen, card))


def _listed(project: Project, seen: Assisted, away: set[tuple[str, int]]) -> list[tuple[Card, Found]]:
    """The cards that wait, those shown before first, filled up from the queue; each with its passage as it is now."""
    key = f"{LISTED} {project.path} {project.coder}"
    listed: list[Card] = st.session_state.get(key, [])
    kept = [card for card in listed if card[:2] not in away and _waits(seen, card)]
    if len(kept) < SHOWN:
        known = {card[:2] for card in kept}
        fresh = cards.kept(
            project,
            "queue",
            lambda: project.coding.proposals_next(SHOWN, tuple(away | known)),
            tuple(sorted(away | known)),
        )
        come = [_fresh(each) for each in fresh[: SHOWN - len(kept)]]
        kept += come
        # Those that are answered stay in the list, out of sight: an answer that is taken back brings them back.
        listed = [*listed, *come][-REMEMBERED:]
    st.session_state[key] = listed
    return [(card, seen.found(place, 0.0)) for card in kept if (place := seen.place(*card[:2])) is not None]


def _fresh(waiting: Waiting) -> Card:
    return Card(waiting.version_id, waiting.passage.start, waiting.proposals)


def _waits(seen: Assisted, card: Card) -> bool:
    """Whether a card has something to be answered still."""
    place = seen.place(card.version_id, card.start)
    if place is None:  # the text was corrected, or removed
        return False
    return bool(_waiting(seen, card)) if card.proposals else not seen.on(place)


def _waiting(seen: Assisted, card: Card) -> tuple[Found, ...]:
    """What was proposed for a card and is not answered, by a word or by a coding."""
    place = seen.place(card.version_id, card.start)
    put = set() if place is None else {each.code_id for each in seen.on(place)}
    return tuple(
        each
        for each in card.proposals
        if each.code_id not in put and not seen.is_answered(card.version_id, each.start, each.stop, each.code_id)
    )


def _counter(project: Project, left: int, total: int) -> None:
    as_is, corrected, refused = state.kept(project, "decided", lambda: _decided(project))
    accepted = as_is + corrected
    said = ngettext("{n} passage à lire sur {total}", "{n} passages à lire sur {total}", left).format(
        n=number(left), total=number(total)
    )
    won = ", ".join(
        (
            ngettext("{n} suggestion acceptée", "{n} suggestions acceptées", accepted).format(n=number(accepted)),
            ngettext("{n} refusée", "{n} refusées", refused).format(n=number(refused)),
        )
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


def _card(project: Project, card: Card, passage: Found, waiting: tuple[Found, ...]) -> None:
    begun = card.proposals != waiting
    key = f"next {passage.document_id[-12:]} {passage.start}"
    with st.container(border=True, key=f"card-{key}"):
        st.html(cards.words(passage, " ".join(each.reason for each in waiting)))
        for each in waiting:
            cards.proposal(project, each, f"{key} {each.code_id[-12:]}")
        if not card.proposals:
            st.caption(_("Aucun code de la grille ne s'impose ici."))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            chosen = f"other {key}"
            with st.container(width=260):
                cards.other_code(project, chosen, _("Ajouter un code"))
            st.button(
                _("Poser"),
                key=f"put {key}",
                disabled=st.session_state.get(chosen) is None,
                help=_("Ajoute ce code au passage, sans répondre aux suggestions"),
                on_click=_put,
                args=(project, passage, chosen),
            )
            if waiting:
                st.button(
                    _("Aucun autre") if begun else _("Aucun de ces codes"),
                    icon=":material/block:",
                    key=f"none {key}",
                    on_click=_none,
                    args=(project, card, waiting),
                )
            st.button(
                _("Passage suivant") if begun else _("Plus tard"),
                key=f"later {key}",
                type="tertiary",
                on_click=_later,
                args=(card, not begun),
            )
            st.space("stretch")
            cards.alike(passage, f"alike {key}")
            cards.in_text(passage, f"text {key}")


def _put(project: Project, passage: Found, chosen: str) -> None:
    code = st.session_state.get(chosen)
    if code is not None:
        state.act(project.coding.add, passage.document_id, passage.start, passage.stop, code, passage.words)
        st.session_state[chosen] = None


def _none(project: Project, card: Card, waiting: tuple[Found, ...]) -> None:
    state.act(project.coding.refuse, waiting)
    _later(card, said=False)


def _later(card: Card, said: bool = True) -> None:
    st.session_state.setdefault(AWAY, set()).add((card.version_id, card.start))
    if said:
        leave_note(_("Mis de côté pour cette fois"))
