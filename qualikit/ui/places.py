"""Going from a figure to its passages, from a passage to its place in the transcript, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

import streamlit as st


def know(pages: Mapping[str, Any]) -> None:
    """Remember the pages of this run."""
    st.session_state["qk_pages"] = dict(pages)


def go(page: str, **query: str) -> NoReturn:
    """Show another page, with what it should open in its address."""
    st.switch_page(st.session_state["qk_pages"][page], query_params=query)


def link(page: str, label: str, *, icon: str | None = None, help: str | None = None, **query: str) -> None:
    """A link to another page, with what it should open in its address."""
    st.page_link(st.session_state["qk_pages"][page], label=label, icon=icon, help=help, query_params=query or None)


def asked(name: str) -> str | None:
    """What the address of the page asks for under that name."""
    return st.query_params.get(name)
