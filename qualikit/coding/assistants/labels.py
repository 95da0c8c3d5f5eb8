"""Names of assistants for the user."""

from __future__ import annotations

from qualikit.coding.assistants import assistants
from qualikit.errors import UnknownPlugin


def assistant_label(name: str) -> str:
    """The name of an assistant for the user; its own where it is not there any more."""
    try:
        return assistants.get(name).label
    except UnknownPlugin:
        return name
