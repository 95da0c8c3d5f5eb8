"""One code of the codebook: its definition and the rest, saved field by field as they are left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from qualikit.coding.model import Code, Codebook, CodeKind, Position, position_label
from qualikit.coding.patterns import parted
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import places, state
from qualikit.ui.messages import escaped, plain
from qualikit.ui.pages import grille_acts, grille_memo, grille_split

CHOSEN = grille_acts.CHOSEN
EXAMPLES = 8


def show(project: Project, book: Codebook, code: Code) -> None:
    """The chosen code, to read and to edit."""
    if grille_split.is_on(code):
        grille_split.show(project, code)
        return
    above = " › ".join(each.name for each in book.ancestors(code.id))
    st.html(
        f'<div class="qk-code-head"><span class="qk-swatch" style="background:{escaped(code.color)}"></span>'
        f"<h2>{escaped(code.name)}</h2>"
        + (f'<span class="qk-quiet">{escaped(_("dans {path}").format(path=above))}</span>' if above else "")
        + "</div>"
    )
    if not code.active:
        grille_acts.retired(project, code)
    _usage_line(project, code)
    name, colour, key = st.columns([5, 2, 2], vertical_alignment="bottom")
    with name:
        _field(project, code, "name", st.text_input, _("Nom"), code.name)
    with colour:
        grille_acts.colour(project, code)
    with key:
        _shortcut(project, book, code)
    _field(project, code, "definition", st.text_area, _("Définition"), code.definition, height=90)
    use, avoid = st.columns(2)
    with use:
        _field(project, code, "use", st.text_area, _("Quand l'employer"), code.use, height=90)
    with avoid:
        _field(project, code, "avoid", st.text_area, _("Quand ne pas l'employer"), code.avoid, height=90)
    _keywords(project, code)
    _example(project, code)
    nature, place = st.columns(2)
    with nature:
        _kind(project, code)
    with place:
        grille_acts.place(project, book, code)
    grille_memo.show(project, code)
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.popover(_("Ajouter dessous"), icon=":material/subdirectory_arrow_right:", key="child_code"):
            new(project, parent=code.id, key="child")
        with st.popover(_("Ajouter à côté"), icon=":material/add:", key="sibling_code"):
            new(project, parent=code.parent_id, key="sibling")
        grille_acts.steps(project, book, code)
    with st.container(horizontal=True, vertical_alignment="center"):
        grille_acts.line(project, book, code)


def _usage_line(project: Project, code: Code) -> None:
    usage = state.kept(project, "usage", lambda: project.coding.usage(code, with_children=False), code.id)
    if not usage.codings:
        st.html(f'<p class="qk-quiet">{escaped(_("Pas encore employé."))}</p>')
        return
    total = len(state.kept(project, "documents", project.corpus.documents))
    words = ngettext("{n} codage", "{n} codages", usage.codings).format(n=usage.codings)
    where = ngettext("dans {n} document sur {total}", "dans {n} documents sur {total}", usage.documents)
    who = ", ".join(f"{coder} {n}" for coder, n in usage.by_coder.items())
    sentence = f"{words} {where.format(n=usage.documents, total=total)} ({who})"
    places.link(
        "lire",
        plain(sentence),
        icon=":material/format_quote:",
        help=_("Lire ces passages"),
        code=code.id,
        codeurs="tous",
    )


def _field(
    project: Project, code: Code, name: str, widget: Callable[..., Any], label: str, value: Any, **options: Any
) -> None:
    """A widget that saves the field when it is left. Its key holds the value, so that undo is seen at once."""
    key = f"code {name} {code.id} {hash(value)}"
    widget(label, value=value, key=key, on_change=_save, args=(project, code.id, name, key), **options)


def _save(project: Project, id: str, name: str, key: str) -> None:
    state.act(project.coding.update_code, id, **{name: st.session_state[key]})


def _shortcut(project: Project, book: Codebook, code: Code) -> None:
    taken = {other.shortcut: other.name for other in book if other.shortcut and other.id != code.id}
    keys = [None, *"1234567890"]

    def words(digit: str | None) -> str:
        if digit is None:
            return _("aucun")
        return f"{digit} ({taken[digit]})" if digit in taken else digit

    key = f"code shortcut {code.id} {code.shortcut}"
    st.selectbox(
        _("Raccourci"),
        keys,
        index=keys.index(code.shortcut) if code.shortcut in keys else 0,
        format_func=words,
        key=key,
        help=_("Le chiffre qui pose ce code dans Coder. Pris à un autre code, il lui est retiré."),
        on_change=_save,
        args=(project, code.id, "shortcut", key),
    )


def _keywords(project: Project, code: Code) -> None:
    key = f"code keywords {code.id} {hash(code.keywords)}"

    def save() -> None:
        state.act(project.coding.update_code, code.id, keywords=parted(st.session_state[key], ",;"))

    st.text_input(
        _("Mots-clés, séparés par des virgules"),
        value=", ".join(code.keywords),
        key=key,
        on_change=save,
        help=_(
            "« vélo » trouve aussi « vélos » ; une étoile tient lieu de lettres : « médiat* » trouve « médiation » et "
            "« médiateurs » ; entre barres obliques, une expression régulière : « /trott?inettes?/ »."
        ),
    )


def _example(project: Project, code: Code) -> None:
    _field(project, code, "example", st.text_area, _("Exemple"), code.example, height=70)
    with st.popover(
        _("Prendre un exemple dans le corpus"), icon=":material/format_quote:", type="tertiary",
        key="example_from_corpus", on_change="rerun",
    ) as popover:  # fmt: skip
        if not popover.open:
            return
        quotes = dict.fromkeys(coding.quote.strip() for coding in project.coding.codings(code=code.id))
        if not quotes:
            st.caption(_("Aucun passage ne porte encore ce code."))
        # A sentence or two makes the best example.
        for place, quote in enumerate(sorted(quotes, key=lambda quote: abs(len(quote) - 120))[:EXAMPLES]):
            st.button(
                plain(quote[:300]),
                key=f"example {code.id} {place}",
                type="tertiary",
                wrap=True,
                on_click=state.act,
                args=(project.coding.update_code, code.id),
                kwargs={"example": quote[:600]},
            )


def _kind(project: Project, code: Code) -> None:
    kinds: list[Position | None] = [None, *Position]

    def words(value: Position | None) -> str:
        return _("Thème") if value is None else _("Position : {value}").format(value=position_label(value).lower())

    key = f"code kind {code.id} {code.kind} {code.value}"

    def save() -> None:
        value = st.session_state[key]
        kind = CodeKind.THEME if value is None else CodeKind.POSITION
        state.act(project.coding.update_code, code.id, kind=kind.value, value=value.value if value else None)

    st.selectbox(
        _("Nature"),
        kinds,
        index=kinds.index(code.value),
        format_func=words,
        key=key,
        help=_("Un thème dit de quoi l'on parle ; une position dit comment la personne se situe."),
        on_change=save,
    )


def new(project: Project, *, parent: str | None, key: str) -> None:
    """A form for a new code; it becomes the chosen one."""
    with st.form(f"new code {key} {parent}", border=False, clear_on_submit=True):
        name = st.text_input(_("Nom du code"), key=f"new_code_name_{key}")
        definition = st.text_area(_("Définition (peut attendre)"), height=80, key=f"new_code_definition_{key}")
        if st.form_submit_button(_("Ajouter"), type="primary"):
            made = state.act(project.coding.add_code, name, parent, definition=definition)
            if made is not None:
                st.session_state[CHOSEN] = made.id
            st.rerun()
