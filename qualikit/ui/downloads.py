"""What is taken away as a file, made when it is asked for: tables of the project, and what leaves it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui import state
from qualikit.ui.files import safe_name, written
from qualikit.ui.messages import escaped
from qualikit.ui.pages import pseudonymes_key

FORMATS = {
    "docx": ("Word", ":material/description:"),
    "xlsx": ("Excel", ":material/table:"),
    "csv": ("CSV", ":material/data_array:"),
    "png": ("PNG", ":material/image:"),
    "svg": ("SVG", ":material/polyline:"),
}


def buttons(
    title: str, write: Callable[[Path], object], *, key: str, formats: tuple[str, ...] = ("xlsx", "csv")
) -> None:
    """One button a format, for a table of the project's own."""
    for ending in formats:
        name = f"{safe_name(title)}.{ending}"
        st.download_button(
            FORMATS[ending][0],
            data=lambda name=name: written(write, name),  # type: ignore[misc]
            file_name=name,
            key=f"download {key} {ending}",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
            help=_("Ce tableau peut être rempli puis importé de nouveau.") if key in {"people", "documents"} else None,
        )


def popover(key: str, label: str = "", *, primary: bool = False, disabled: bool = False) -> Any:
    """« Exporter », or that label. What it offers is drawn where its ``open`` says so: closed, it costs nothing."""
    return st.popover(
        label or _("Exporter"),
        icon=":material/download:",
        type="primary" if primary else "secondary",
        key=key,
        disabled=disabled,
        on_change="rerun",
    )


def leaving(
    project: Project,
    title: str,
    write: Callable[[Path], object],
    *,
    key: str,
    formats: Sequence[str] = ("docx", "xlsx", "csv"),
) -> None:
    """One button a format, for what quotes people: where the project still holds names, numbers or addresses, it says
    so, and they wait until whoever exports confirms. It reads all texts, once for each state of the project."""
    files(title, write, key=key, formats=formats, disabled=not _confirmed(project, key))


def files(
    title: str,
    write: Callable[[Path], object],
    *,
    key: str,
    formats: Sequence[str] = ("docx", "xlsx", "csv"),
    disabled: bool = False,
) -> None:
    """One button a format, for what quotes nobody."""
    for ending in formats:
        label, icon = FORMATS[ending]
        name = f"{safe_name(title)}.{ending}"
        st.download_button(
            label,
            data=lambda name=name: written(write, name),  # type: ignore[misc]
            file_name=name,
            key=f"{key}_{ending}",
            icon=icon,
            on_click="ignore",
            disabled=disabled,
            help=_("Une ligne par case ou par passage, pour un autre logiciel ; dans Excel, prenez « Excel ».")
            if ending == "csv"
            else None,
            width="stretch",
        )


def _confirmed(project: Project, key: str) -> bool:
    """Whether what is exported may leave: the project holds no names, numbers nor addresses, or whoever exports has
    ticked that it may."""
    opened = pseudonymes_key.opened(project)
    with st.spinner(_("Les noms sont cherchés…")):
        found = state.kept(
            project,
            "names left",
            lambda: project.themes.names_left(opened),
            hash(opened.entries) if opened is not None else None,
        )
    if found.clean:
        return True
    st.html("".join(f'<p class="qk-note qk-doubt">{escaped(said)}</p>' for said in found.sentences()))
    return st.checkbox(
        _("Ce fichier peut les contenir"),
        key=f"{key}_names",
        help=_("Pour un document de travail qui reste dans l'équipe. Sinon, remplacez les noms à la page Pseudonymes."),
    )
