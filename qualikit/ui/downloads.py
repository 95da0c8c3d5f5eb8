"""A table taken away as a file: Excel, or CSV for another program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from qualikit.i18n import _
from qualikit.ui.files import safe_name, written


def buttons(
    title: str, write: Callable[[Path], object], *, key: str, formats: tuple[str, ...] = ("xlsx", "csv")
) -> None:
    """One button a format; the file is made when it is asked for."""
    for ending in formats:
        name = f"{safe_name(title)}.{ending}"
        st.download_button(
            {"xlsx": "Excel", "csv": "CSV"}[ending],
            data=lambda name=name: written(write, name),  # type: ignore[misc]
            file_name=name,
            key=f"download {key} {ending}",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
            help=_("Ce tableau peut être rempli puis importé de nouveau.") if key in {"people", "documents"} else None,
        )
