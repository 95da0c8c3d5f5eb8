"""The text of one cell: written and saved as it is written, its state, its history, a draft to begin from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import streamlit as st

from qualikit.errors import QualikitError
from qualikit.i18n import _, language, ngettext
from qualikit.project import Project
from qualikit.themes.model import Passage, Synthesis
from qualikit.themes.syntheses.writing import DRAFT_MARK, VALIDATED
from qualikit.ui import messages, places, state
from qualikit.ui.coder.mount import EPOCH
from qualikit.ui.messages import escaped, plain
from qualikit.ui.topline import REFRESH
from qualikit.ui.writing import Card, opened, sent, writing


@dataclass(frozen=True)
class Cell:
    """What is written about: ``passages`` can be cited, ``later`` are those that came after the validation. ``alone``:
    the passages are shown elsewhere on the page."""

    code: str
    dimension: str
    value: str
    passages: Sequence[Passage] = ()
    later: frozenset[str] = field(default_factory=frozenset)
    alone: bool = False
    back: str = "syntheses"

    @property
    def place(self) -> tuple[str, str, str]:
        return self.code, self.dimension, self.value

    @property
    def widget(self) -> str:
        return "writing " + hashlib.sha256("\t".join((*self.place, self.back)).encode()).hexdigest()[:16]


def show(project: Project, cell: Cell) -> None:
    """Draw it."""
    _text(project, cell, language())
    _watched(project, cell)


def _draw(project: Project, cell: Cell, spoken: str) -> None:
    messages.show_left()
    _settle(project, cell, st.session_state.get(cell.widget))
    written = project.themes.synthesis(*cell.place)
    st.session_state[f"{cell.widget} drawn"] = written
    _bar(project, cell, written)
    _conflict(project, cell, written)
    result = writing(
        *_cards(cell, written),
        doc=_doc(project, cell),
        epoch=st.session_state.get(f"{cell.widget} epoch", 0),
        run=EPOCH,
        text=written.text if written is not None else "",
        saved=_saved(written),
        answer=st.session_state.get(f"{cell.widget} answer"),
        alone=cell.alone,
        key=cell.widget,
        on_sent=lambda: _settle(project, cell, st.session_state.get(cell.widget)),
    )
    if _settle(project, cell, result):
        st.rerun(scope="fragment")
    place = opened(result, f"{cell.widget} opened")
    if place is not None:
        places.go("coder", document=place[0], debut=str(place[1]), fin=str(place[2]), retour=cell.back)


_text: Callable[[Project, Cell, str], None] = state.fragment(_draw)


def _watch(project: Project, cell: Cell) -> None:
    """Draw the page again where the text is no longer the one drawn: undone at the top, or written by a colleague."""
    drawn = f"{cell.widget} drawn"
    if drawn in st.session_state and project.themes.synthesis(*cell.place) != st.session_state[drawn]:
        st.rerun()


_watched: Callable[[Project, Cell], None] = state.fragment(_watch, run_every=REFRESH)


def _doc(project: Project, cell: Cell) -> str:
    """Names the text and who writes it, also where the browser keeps what is not saved yet."""
    where = "\t".join((str(project.path or project.store.engine.url), project.coder, *cell.place))
    return hashlib.sha256(where.encode()).hexdigest()[:20]


def _settle(project: Project, cell: Cell, sent_state: object) -> bool:
    """Save what the browser sent and was not decided yet; True when there was something."""
    found = sent(sent_state, _doc(project, cell), EPOCH)
    if found is None or st.session_state.get(f"{cell.widget} n") == found.n:
        return False
    st.session_state[f"{cell.widget} n"] = found.n
    refused = ""
    with state.speaking():
        try:
            project.themes.set_synthesis(*cell.place, found.text, instead_of=found.base)
        except QualikitError as error:
            refused = error.what
        except Exception:  # noqa: BLE001  logged in full; the browser keeps the text and says so
            refused = messages.unexpected()
    st.session_state[f"{cell.widget} answer"] = {"n": found.n, "refused": refused}
    return True


# -- its state


def _bar(project: Project, cell: Cell, written: Synthesis | None) -> None:
    validated = written is not None and written.status == VALIDATED
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="synthesis-bar"):
        st.html(f'<p class="qk-state">{escaped(_standing(written))}</p>', width="content")
        st.space("stretch")
        if cell.passages and (written is None or DRAFT_MARK not in written.text):
            st.button(
                _("Proposer un brouillon"),
                icon=":material/edit_note:",
                key="propose_draft",
                help=_(
                    "Des comptes, des positions et des citations, pris dans les passages et rien d'autre. Le brouillon "
                    "s'ajoute après ce qui est écrit ; « Annuler » l'enlève."
                ),
                on_click=_act,
                args=(project, cell, project.themes.add_draft),
            )
        _history(project, cell)
        if written is not None:
            st.button(
                _("Rouvrir") if validated else _("Valider"),
                icon=":material/lock_open:" if validated else ":material/check:",
                type="secondary" if validated else "primary",
                key="validate_synthesis",
                on_click=_validate,
                args=(project, cell, written, not validated),
            )
    notes = []
    if validated and cell.later:
        n = len(cell.later)
        notes.append(
            ngettext(
                "{n} passage a été codé dans cette case depuis la validation : il est marqué dans la liste.",
                "{n} passages ont été codés dans cette case depuis la validation : ils sont marqués dans la liste.",
                n,
            ).format(n=n)
        )
    if written is not None and written.broken:
        notes.append(
            ngettext(
                "{n} citation ne mène plus à un passage : son codage a été retiré. Elle est marquée d'un « ? ».",
                "{n} citations ne mènent plus à un passage : leurs codages ont été retirés. Elles sont marquées "
                "d'un « ? ».",
                written.broken,
            ).format(n=written.broken)
        )
    if notes:
        st.warning(plain(" ".join(notes)), icon=":material/notifications:")


def _standing(written: Synthesis | None) -> str:
    if written is None:
        return _("À écrire")
    if written.status != VALIDATED or written.validated is None:
        return _("Brouillon")
    when = datetime.fromisoformat(written.validated).astimezone()
    return _("Validée par {coder} le {day} ; modifier le texte en refait un brouillon").format(
        coder=written.validated_by, day=f"{when:%d/%m/%Y}"
    )


def _saved(written: Synthesis | None) -> str:
    if written is None:
        return ""
    when = datetime.fromisoformat(written.updated).astimezone()
    return _("Enregistré le {day} à {time} par {coder}").format(
        day=f"{when:%d/%m/%Y}", time=f"{when:%H:%M}", coder=written.coder
    )


def _act(project: Project, cell: Cell, deed: Callable[..., object], *more: object, done: str = "") -> None:
    """Do something to the cell once what was being written is saved."""
    _settle(project, cell, st.session_state.get(cell.widget))
    state.act(deed, *cell.place, *more, done=done)


def _validate(project: Project, cell: Cell, seen: Synthesis, on: bool) -> None:
    _settle(project, cell, st.session_state.get(cell.widget))
    now = project.themes.synthesis(*cell.place)
    mine = now is not None and now.coder == project.coder
    state.act(project.themes.validate_synthesis, *cell.place, on=on, text=None if mine else seen.text)


# -- what it was


def _history(project: Project, cell: Cell) -> None:
    with st.popover(
        _("Historique"), icon=":material/history:", key="synthesis_history", on_change="rerun", width="content"
    ) as popover:
        if not popover.open:
            return
        past = project.themes.synthesis_history(*cell.place)
        shown = project.themes.cited(*(version.text for version in past.versions))
        if not past.versions:
            st.caption(_("Cette case n'a pas encore d'historique."))
        for version, cited in zip(past.versions, shown, strict=True):
            with st.container(border=True, gap="small", key=f"version-{version.seq}"):
                st.html(
                    f'<p class="qk-quiet">{escaped(f"{version.when:%d/%m/%Y %H:%M}")} · {escaped(version.coder)} · '
                    f'{escaped(version.label)}</p><p class="qk-version">{escaped(cited.text or _("(vide)"))}</p>'
                )
                if version.text != past.versions[0].text:
                    st.button(
                        _("Ramener ce texte"),
                        key=f"bring back {version.seq}",
                        on_click=_act,
                        args=(project, cell, project.themes.bring_back_synthesis, version.seq),
                        kwargs={"done": _("Texte ramené")},
                    )
        if past.hidden:
            st.caption(plain(past.hidden_said))


# -- two people in one cell


def _conflict(project: Project, cell: Cell, written: Synthesis | None) -> None:
    mine = project.themes.synthesis_aside(*cell.place)
    there = written.text if written is not None else ""
    if not mine or mine == there:
        return
    with st.container(border=True, key="synthesis-conflict"):
        who = written.coder if written is not None else _("quelqu'un")
        st.warning(
            plain(
                _(
                    "{coder} a écrit dans cette case pendant que vous y écriviez. Les deux textes sont gardés : dites "
                    "ce qui doit rester."
                ).format(coder=who)
            ),
            icon=":material/group:",
        )
        theirs, ours = project.themes.cited(there, mine)
        left, right = st.columns(2)
        left.html(f'<p class="qk-quiet">{escaped(_("Dans la case"))}</p>{_paragraphs(theirs.text or _("(vide)"))}')
        right.html(f'<p class="qk-quiet">{escaped(_("Votre texte, gardé de côté"))}</p>{_paragraphs(ours.text)}')
        with st.container(horizontal=True):
            for key, label, text in (
                ("aside_after", _("Mettre mon texte à la suite"), f"{there}\n\n{mine}".strip()),
                ("aside_instead", _("Remplacer par mon texte"), mine),
                ("aside_leave", _("Abandonner mon texte"), None),
            ):
                st.button(label, key=key, on_click=_decide, args=(project, cell, there, text))


def _decide(project: Project, cell: Cell, there: str, text: str | None) -> None:
    def decided() -> None:
        if text is not None:
            project.themes.set_synthesis(*cell.place, text, instead_of=there)
        project.themes.keep_synthesis_aside(*cell.place, "")
        st.session_state[f"{cell.widget} epoch"] = st.session_state.get(f"{cell.widget} epoch", 0) + 1

    state.act(decided)


def _paragraphs(text: str) -> str:
    return f'<p class="qk-version">{escaped(text)}</p>'


# -- what can be cited


def _cards(cell: Cell, written: Synthesis | None) -> tuple[list[Card], list[Card]]:
    """The passages of the cell, and those that are cited from elsewhere; each place in a text once."""
    cited = [reference.passage for reference in written.references] if written is not None else []
    groups: dict[tuple[str, int, int], list[Passage]] = {}
    for passage in (*cell.passages, *cited):
        groups.setdefault((passage.document_id, passage.start, passage.stop), []).append(passage)
    here = {(passage.document_id, passage.start, passage.stop) for passage in cell.passages}
    cards = {place: _card(group, cell.later) for place, group in groups.items()}
    return [card for place, card in cards.items() if place in here], [
        card for place, card in cards.items() if place not in here
    ]


def _card(group: Sequence[Passage], later: frozenset[str]) -> Card:
    passage = group[0]
    codes = dict.fromkeys(each.code for each in group)
    coders = dict.fromkeys(each.coder for each in group)
    return Card(
        ids=tuple(dict.fromkeys(each.coding_id for each in group)),
        quote=passage.quote.strip(),
        source=passage.reference,
        document=passage.document_id,
        start=passage.start,
        stop=passage.stop,
        more=f"{', '.join(codes)} · {', '.join(coders)}",
        memos=tuple(dict.fromkeys(each.memo for each in group if each.memo)),
        later=any(each.coding_id in later for each in group),
    )
