"""The documents as cards: the first page, what it holds, what was found in it, the button that takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import streamlit as st

from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.themes.documents.sketch import Line, Sketch
from qualikit.ui.files import safe_name
from qualikit.ui.messages import escaped, plain
from qualikit.ui.pages.exports_making import Made, Wanted

_ACROSS = 3
_KINDS = {".docx": "Word", ".xlsx": "Excel"}

Ready = Mapping[tuple[Any, ...], Made]


def show(project: Project, wanted: Sequence[Wanted], made: Ready, *, allowed: bool) -> None:
    """Draw the cards."""
    for first in range(0, len(wanted), _ACROSS):
        row = wanted[first : first + _ACROSS]
        for column, each in zip(st.columns(_ACROSS, gap="medium"), row, strict=False):
            with column, st.container(border=True, key=f"export-{first}-{each.document.name}-{row.index(each)}"):
                _card(project, each, made.get(each.key), allowed=allowed)


def _card(project: Project, each: Wanted, one: Made | None, *, allowed: bool) -> None:
    st.html(_page(one.sketch if one is not None else Sketch(), each.label, waiting=one is None))
    st.html(
        f'<div class="qk-card qk-export"><h3>{escaped(each.label)}</h3><p>{escaped(each.document.holds())}</p></div>'
    )
    if one is not None and one.problem:
        st.error(plain(one.problem))
    if one is not None and not one.found.clean:
        st.html("".join(f'<p class="qk-note qk-doubt">{escaped(said)}</p>' for said in one.found.sentences()))
    free = one is not None and bool(one.data) and (one.found.clean or allowed)
    st.download_button(
        _KINDS[each.document.extension],
        data=one.data if one is not None else b"",
        file_name=each.file_name(project),
        key=f"take {each.document.name} {each.options.territory}",
        icon=":material/download:",
        on_click="ignore",
        disabled=not free,
        help=None if free or one is None else _("Confirmez à gauche que ce document peut contenir ces noms."),
        width="stretch",
    )


def all_at_once(project: Project, wanted: Sequence[Wanted], made: Ready, *, allowed: bool) -> None:
    """One button for all that may leave."""
    free = [
        (each, made[each.key])
        for each in wanted
        if each.key in made and made[each.key].data and (made[each.key].found.clean or allowed)
    ]
    written = sum(each.key in made for each in wanted)
    if written < len(wanted):
        label = _("Les documents s'écrivent ({n} sur {total})").format(n=written, total=len(wanted))
    elif len(free) < len(wanted):
        label = _("Prendre {n} documents sur {total}").format(n=len(free), total=len(wanted))
    else:
        label = ngettext("Prendre le document", "Prendre les {n} documents", len(free)).format(n=len(free))
    st.download_button(
        label,
        data=lambda: _zipped([(each.file_name(project), one.data) for each, one in free]),
        file_name=f"{safe_name(_('Documents – {project}').format(project=project.name))}.zip",
        key="take_all",
        icon=":material/folder_zip:",
        type="primary",
        on_click="ignore",
        disabled=not free or written < len(wanted),  # half of what is handed in is not what was asked for
    )


def _zipped(files: Sequence[tuple[str, bytes]]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for name, data in files:
            archive.writestr(ZipInfo(name), data, ZIP_DEFLATED)
    return made.getvalue()


def _page(page: Sketch, label: str, *, waiting: bool) -> str:
    """The first page, small, as a picture: black on white whatever the theme, like paper."""
    words = _("Aperçu de la première page : {label}").format(label=label)
    inside = "".join(map(_line, page.lines))
    if waiting:
        writing = escaped(_("S'écrit…"))
        inside = f'<p class="qk-paper-wait">{writing}</p>'
    way = " qk-paper-wide" if page.landscape else ""
    return f'<div class="qk-paper{way}" role="img" aria-label="{escaped(words)}">{inside}</div>'


def _line(line: Line) -> str:
    if line.kind == "table":
        rows = "".join("<tr>" + "".join(f"<td>{escaped(cell)}</td>" for cell in row) + "</tr>" for row in line.rows)
        return f"<table>{rows}</table>"
    if line.kind == "picture":
        return '<div class="qk-paper-picture"></div>'
    return f'<p class="qk-paper-{line.kind} qk-paper-{line.level}">{escaped(line.text)}</p>'
