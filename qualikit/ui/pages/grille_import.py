"""A codebook's file looked at before it is brought in: what its columns were taken for, the tree that results."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import streamlit as st

from qualikit.coding.codebooks import CodebookReport
from qualikit.coding.codebooks.comparing import CodeChange, deed_label
from qualikit.coding.codebooks.layout import (
    CodebookLayout,
    Hierarchy,
    Part,
    TableLayout,
    hierarchy_label,
    part_label,
)
from qualikit.coding.codebooks.preview import CodebookPreview
from qualikit.errors import QualikitError
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import messages, state
from qualikit.ui.messages import escaped, plain

WAITING = "grille_import"
"""The file that waits: its name, its bytes, the layout asked for, a number that tells it from the one before."""
REPORT = "grille_report"
_SHOWN = 3  # lines of a table shown beside what its columns are taken for


def wait(name: str, data: bytes) -> None:
    """Keep a dropped file until it is brought in or given up."""
    number = st.session_state.get(WAITING, {}).get("number", 0) + 1
    st.session_state[WAITING] = {"name": name, "data": data, "layout": None, "number": number}


def waiting() -> bool:
    """Whether a file waits to be looked at."""
    return WAITING in st.session_state


def show(project: Project) -> None:
    """Draw what the waiting file would do, in place of the section."""
    held = st.session_state[WAITING]
    try:
        preview = _with_path(held, lambda path: project.coding.preview_codebook(path, held["layout"]))
    except QualikitError as refusal:
        messages.error(refusal)
        st.button(_("Abandonner"), key="drop_import", on_click=_give_up)
        return
    with st.container(horizontal=True, vertical_alignment="center", key="import-head"):
        st.subheader(plain(preview.file_name), anchor=False, width="content")
        st.html(f'<p class="qk-quiet">{escaped(_told(preview.report))}</p>', width="content")
        st.space("stretch")
        st.button(_("Abandonner"), key="drop_import", on_click=_give_up)
        st.button(
            _("Importer cette grille"),
            type="primary",
            key="import_now",
            disabled=bool(preview.problem) or not preview.named,
            on_click=state.act,
            args=(_bring_in, project),
        )
    if preview.problem:
        messages.error(preview.problem)
    left, right = st.columns([6, 5], gap="large")
    with left:
        _reading(held, preview)
    with right:
        _tree(held, preview)


def _with_path(held: dict[str, Any], act: Any) -> Any:
    with TemporaryDirectory(prefix="qualikit-") as folder:
        path = Path(folder) / (Path(held["name"]).name or "grille")
        path.write_bytes(held["data"])
        return act(path)


def _bring_in(project: Project) -> None:
    held = st.session_state[WAITING]
    report: CodebookReport = _with_path(held, lambda path: project.coding.import_codebook(path, held["layout"]))
    st.session_state[REPORT] = report
    _give_up()


def _give_up() -> None:
    st.session_state.pop(WAITING, None)


def _told(report: CodebookReport) -> str:
    added, updated, same = len(report.added), len(report.updated), len(report.unchanged)
    return ", ".join(
        (
            ngettext("{n} code à ajouter", "{n} codes à ajouter", added).format(n=added),
            ngettext("{n} à mettre à jour", "{n} à mettre à jour", updated).format(n=updated),
            ngettext("{n} déjà là", "{n} déjà là", same).format(n=same),
        )
    )


def _reading(held: dict[str, Any], preview: CodebookPreview) -> None:
    """What each column was taken for, to be put right."""
    layout = preview.layout
    if layout is None:
        return
    number = held["number"]
    if preview.grids and preview.file_name.lower().endswith((".docx", ".docm")):
        _choice(held, layout, number)
    if layout.outline:
        st.caption(_("Les titres et les listes nomment les codes ; les paragraphes sous eux disent ce qu'ils sont."))
        return
    if len(layout.tables) > 1:
        families = st.toggle(
            _("Chaque tableau est une branche de l'arbre, qui porte son nom"),
            value=layout.families,
            key=f"import families {number}",
        )
        if families != layout.families:
            _ask(held, replace(layout, families=families))
    for place, (table, grid) in enumerate(zip(layout.tables, preview.grids, strict=True)):
        with st.container(border=True, key=f"import-table-{place}"):
            _table(held, layout, table, place, number)
            lines = [cells for line, cells in grid.rows if line > table.header][:_SHOWN]
            names = [name for name, _part in table.columns]
            st.dataframe(
                {
                    name: [cells[column].text if column < len(cells) else "" for cells in lines]
                    for column, name in enumerate(names)
                },
                hide_index=True,
                key=f"import lines {place} {number}",
            )


def _choice(held: dict[str, Any], layout: CodebookLayout, number: int) -> None:
    ways = {False: _("Les tableaux"), True: _("Les titres et les listes")}
    outline = st.radio(
        _("Lire dans ce document"),
        list(ways),
        index=int(layout.outline),
        format_func=ways.__getitem__,
        horizontal=True,
        key=f"import outline {number}",
    )
    if outline != layout.outline:
        _ask(held, replace(layout, outline=bool(outline)))


def _table(held: dict[str, Any], layout: CodebookLayout, table: TableLayout, place: int, number: int) -> None:
    """The switch of one table, how it draws the tree, what each of its columns holds."""

    def with_table(changed: TableLayout) -> CodebookLayout:
        return replace(layout, tables=(*layout.tables[:place], changed, *layout.tables[place + 1 :]))

    with st.container(horizontal=True, vertical_alignment="bottom"):
        used = st.checkbox(
            plain(table.name) or _("Tableau"), value=table.used, key=f"import used {place} {number} {table.used}"
        )
        if used != table.used:
            _ask(held, with_table(replace(table, used=used)))
        drawn = st.selectbox(
            _("Arbre"),
            list(Hierarchy),
            index=list(Hierarchy).index(table.hierarchy),
            format_func=hierarchy_label,
            key=f"import tree {place} {number} {table.hierarchy}",
        )
        if drawn is not table.hierarchy:
            _ask(held, with_table(replace(table, hierarchy=drawn)))
    if not table.header:
        st.caption(_("Aucune ligne d'en-têtes n'a été reconnue : dites ce que tient chaque colonne."))
    columns = st.columns(3)
    for column, (name, part) in enumerate(table.columns):
        with columns[column % 3]:
            held_now = st.selectbox(
                plain(name),
                list(Part),
                index=list(Part).index(part),
                format_func=part_label,
                key=f"import column {place} {column} {number} {part}",
            )
        if held_now is not part:
            _ask(held, with_table(table.with_part(name, held_now)))


def _ask(held: dict[str, Any], layout: CodebookLayout) -> None:
    held["layout"] = layout
    st.rerun()


def _tree(held: dict[str, Any], preview: CodebookPreview) -> None:
    """The codes of the file where they would stand; new ones and completed ones told by a word."""
    if not preview.named:
        return
    if preview.layout is not None:
        without = st.multiselect(
            _("Ne pas prendre, ni ce qui est dessous"),
            list(dict.fromkeys((*preview.layout.without, *preview.named))),
            default=list(preview.layout.without),
            placeholder=_("Tout prendre"),
            key=f"import without {held['number']}",
        )
        if tuple(without) != preview.layout.without:
            _ask(held, replace(preview.layout, without=tuple(without)))
    added, updated = set(preview.report.added), set(preview.report.updated)
    known = {code.name: code for code in preview.book}
    changes = {change.code_id: change for change in preview.changes}
    rows = []
    for name in preview.named:
        code = known.get(name)
        if code is None:
            continue
        word = _("nouveau") if name in added else _("déjà là")
        told = ""
        if name in updated and code.id in changes:
            word, told = _changed(changes[code.id])
        rows.append(
            f'<div style="padding-left:{1.2 * preview.book.depth(code.id):.1f}rem">'
            f'<span class="qk-swatch" style="background:{escaped(code.color)}"></span> {escaped(name)} '
            f'<span class="qk-quiet">{escaped(word)}</span>'
            f'<div class="qk-quiet">{told or escaped(code.definition[:140])}</div></div>'
        )
    for line, text in preview.report.warnings[:20]:
        st.warning(plain(_("Ligne {line} : {what}").format(line=line, what=text) if line else text))
    with st.container(height=460 if len(rows) > 9 else "content", key="import-tree"):
        st.html("".join(rows))


def _changed(change: CodeChange) -> tuple[str, str]:
    """What happens to a code that is there, in a word or two, and what it loses for what it gains, as HTML."""
    if all(not each.before for each in change.fields):
        return _("complété"), ""
    lines = [
        f"{escaped(each.label)} : <del>{escaped(each.before[:140])}</del> → {escaped(each.after[:140])}"
        for each in change.fields
        if each.before and each.field != "position"
    ]
    return ", ".join(deed_label(deed) for deed in change.deeds), "<br>".join(lines)
