"""Figures as they are read in the language in use."""

from __future__ import annotations

from qualikit.i18n import language

NARROW = "\u202f"  # what French puts between thousands, and before a per cent sign


def number(n: int) -> str:
    """« 16 064 », "16,064"."""
    written = f"{n:,}"
    return written if language() == "en" else written.replace(",", NARROW)


def percent(share: float) -> str:
    """« 45 % », "45%"; ``share`` from 0 to 1."""
    written = f"{share:.0%}"
    return written if language() == "en" else written.replace("%", f"{NARROW}%")
