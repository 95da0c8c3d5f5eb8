"""What the groups say: theme by theme, their words side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from qualikit.coding.model import position_label
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.themes.comparing.model import Group
from qualikit.themes.comparing.passages import SHARES, PassageComparison, Quote, Share, Side, Theme, share_label
from qualikit.ui import places, state
from qualikit.ui.messages import escaped
from qualikit.ui.pages.territoires_codes import notes

if TYPE_CHECKING:
    from qualikit.ui.pages.territoires import Asked

SHARE, PAGE = "compare_share", "compare_passages_page"
PAGE_LENGTH = 6
ABREAST = 3


def show(project: Project, asked: Asked) -> None:
    """Draw the tab."""
    narrowed = {name: value for name, value in asked.narrowed.items() if name != "unit"}
    made: PassageComparison = state.kept(
        project,
        "compare passages",
        lambda: project.themes.compare(asked.by, asked.groups, what="passages", **narrowed),
        asked.key,
    )
    if made.is_empty:
        nothing = _("Aucun passage n'est codé dans ces groupes.")
        st.html(f'<p class="qk-nothing">{escaped(nothing)}</p>')
        if st.button(_("Coder des documents"), type="primary", key="compare_code_passages"):
            places.go("coder")
        return
    share = _share(made)
    themes = made.sharing(share)
    pages = max(1, -(-len(themes) // PAGE_LENGTH))
    page = min(int(st.session_state.get(PAGE, 0)), pages - 1)
    for theme in themes[page * PAGE_LENGTH : (page + 1) * PAGE_LENGTH]:
        _theme(made, asked, theme)
    if pages > 1:
        _turn(page, pages)
    notes(made.notes)


def _share(made: PassageComparison) -> Share:
    counts = {share: len(made.sharing(share)) for share in SHARES}
    there = [share for share in SHARES if counts[share]]
    if st.session_state.get(SHARE) not in there:
        st.session_state[SHARE] = there[0]

    def first_page() -> None:
        st.session_state.pop(PAGE, None)

    return (
        st.segmented_control(
            _("Ce qu'ils partagent"),
            there,
            format_func=lambda share: f"{share_label(share, len(made.groups))} ({counts[share]})",
            required=True,
            key=SHARE,
            persist_state="session",
            label_visibility="collapsed",
            on_change=first_page,
        )
        or there[0]
    )


def _theme(made: PassageComparison, asked: Asked, theme: Theme) -> None:
    row = theme.row
    with st.container(border=True, key=f"compare-theme-{row.code_id}"):
        st.html(
            f'<div class="qk-code-head"><span class="qk-swatch" style="background:{escaped(row.color)}"></span>'
            f"<h2>{escaped(row.name)}</h2></div>"
            f'<p class="qk-quiet">{escaped(made.said(theme))}</p>'
        )
        sides = list(zip(made.groups, theme.sides, strict=True))
        for first in range(0, len(sides), ABREAST):
            some = sides[first : first + ABREAST]
            for column, (group, side) in zip(st.columns(len(some), gap="medium"), some, strict=True):
                with column:
                    _side(asked, theme, group, side)


def _side(asked: Asked, theme: Theme, group: Group, side: Side) -> None:
    figures = [
        ngettext("{n} personne sur {total}", "{n} personnes sur {total}", side.people).format(
            n=side.people, total=side.people_total
        ),
        ngettext("{n} document sur {total}", "{n} documents sur {total}", side.sessions).format(
            n=side.sessions, total=side.sessions_total
        ),
    ]
    lines = [f"<h3>{escaped(group.label)}</h3>", f'<p class="qk-quiet">{escaped(", ".join(figures))}</p>']
    if side.positions_said:
        lines.append(f'<p class="qk-stances">{escaped(side.positions_said)}</p>')
    if not side.quotes:
        nothing = _("Voir les codes rangés dessous.") if side.speaks else _("Rien n'y est codé.")
        lines.append(f'<p class="qk-quiet">{escaped(nothing)}</p>')
    st.html("".join(lines))
    for quote in side.quotes:
        _quote(quote)
    if side.speaks:
        places.link(
            "lire",
            ngettext("Lire le passage", "Lire les {n} passages", side.passages).format(n=side.passages),
            icon=":material/library_books:",
            code=theme.row.code_id,
            colonne=asked.by,
            valeur=group.value,
            codeurs="tous",
        )


def _quote(quote: Quote) -> None:
    passage = quote.passage
    about = [passage.reference]
    if quote.stance:
        about.append(position_label(quote.stance).lower())
    if quote.chosen:
        about.append(_("retenu comme verbatim"))
    words = escaped(passage.quote.strip()).replace("\n", "<br>")
    st.html(f'<blockquote class="qk-quote">{words}</blockquote><p class="qk-source">{escaped(" · ".join(about))}</p>')
    places.link(
        "coder",
        _("Voir dans le texte"),
        icon=":material/my_location:",
        document=passage.document_id,
        debut=str(passage.start),
        fin=str(passage.stop),
        retour="territoires",
    )


def _turn(page: int, pages: int) -> None:
    def turn(to: int) -> None:
        st.session_state[PAGE] = to

    with st.container(horizontal=True, horizontal_alignment="center", vertical_alignment="center"):
        st.button(_("Précédents"), key="compare_before", disabled=page == 0, on_click=turn, args=(page - 1,))
        said = _("page {n} sur {total}").format(n=page + 1, total=pages)
        st.html(f'<div class="qk-quiet">{escaped(said)}</div>', width="content")
        st.button(_("Suivants"), key="compare_after", disabled=page + 1 >= pages, on_click=turn, args=(page + 1,))
