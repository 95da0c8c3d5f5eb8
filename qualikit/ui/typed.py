"""Attributes as columns of a sheet: a list to choose from, a number, a date, or words."""

from __future__ import annotations

from datetime import date as Date
from typing import Any

import streamlit as st

from qualikit.corpus.attributes import Attribute, Kind
from qualikit.ui.messages import plain


def column(attribute: Attribute, *, width: int = 120, label: str | None = None, help: str | None = None) -> Any:
    """Streamlit's column for an attribute. One whose list the project has not made yet is typed as words."""
    make = st.column_config
    name = plain(label or attribute.label)
    if attribute.kind is Kind.NUMBER:
        return make.NumberColumn(name, width=width, format="localized", help=help)
    if attribute.kind is Kind.DATE:
        return make.DateColumn(name, width=width, format="DD/MM/YYYY", help=help)
    if attribute.kind is Kind.CHOICE and any(value.listed for value in attribute.values):
        return make.SelectboxColumn(name, width=width, options=list(attribute.choices), help=help)
    return make.TextColumn(name, width=width, help=help)


def shown(attribute: Attribute, text: str | None) -> Any:
    """A value that is kept, as the column takes it; what does not fit is not shown."""
    if not text:
        return None
    try:
        if attribute.kind is Kind.NUMBER:
            return float(text)
        if attribute.kind is Kind.DATE:
            return Date.fromisoformat(text)
    except ValueError:
        return None
    return text


def kept(value: Any) -> str:
    """What a cell gives back, as it is kept."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()
