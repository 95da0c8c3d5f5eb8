"""The language of what the user reads: French in the source, English as a switch.

Messages are written in French in the code, inside ``_()``, and translated by the catalogues under ``locale/``.
The language is a context variable: two browser sessions of one server may each have their own.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable
from contextvars import ContextVar, copy_context
from functools import cache, lru_cache
from pathlib import Path

LANGUAGES = {"fr": "Français", "en": "English"}

_AFTER = re.compile("(«) ")
_BEFORE = re.compile(" ([»:;!?%])")

_language: ContextVar[str] = ContextVar("qualikit_language", default="fr")


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("qualikit", Path(__file__).parent / "locale", languages=[language], fallback=True)


def language() -> str:
    """Language in use here and now: ``"fr"`` or ``"en"``."""
    return _language.get()


def use_language(code: str) -> None:
    """Switch the language of this context. Raises ValueError for a language that has no catalogue."""
    if code not in LANGUAGES:
        raise ValueError(f"language {code!r}; there are {', '.join(LANGUAGES)}")
    _language.set(code)


def in_every_language(say: Callable[[], str]) -> tuple[str, ...]:
    """What ``say`` answers in each of ``LANGUAGES``: a file written in one language is read under another."""

    def said(code: str) -> str:
        use_language(code)
        return say()

    return tuple(copy_context().run(said, code) for code in LANGUAGES)


@lru_cache(maxsize=4096)
def typography(french: str) -> str:
    """No-break spaces where French wants them: inside guillemets, before ``: ; ! ?`` and ``%``.

    A line that begins with a colon is a mistake that a plain space would allow.
    """
    return _BEFORE.sub("\u00a0\\1", _AFTER.sub("\\1\u00a0", french))


def _(message: str) -> str:
    """The message in the language in use; in French, with its no-break spaces."""
    if _language.get() == "fr":
        return typography(message)
    return _catalogue(_language.get()).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form of the message for the number ``n`` (in French, 0 and 1 are singular)."""
    if _language.get() == "fr":
        return typography(singular if abs(n) < 2 else plural)
    return _catalogue(_language.get()).ngettext(singular, plural, n)


_NARROW = "\u202f"
"""What French puts between thousands, and before a per cent sign."""


def number(n: int) -> str:
    """« 16 064 », "16,064"."""
    written = f"{n:,}"
    return written if language() == "en" else written.replace(",", _NARROW)


def decimal(value: float, digits: int = 2, *, signed: bool = False) -> str:
    """« 0,33 », "0.33"; « +0,33 » where the sign matters."""
    written = f"{value + 0.0:+.{digits}f}" if signed else f"{value + 0.0:.{digits}f}"
    written = written.replace("-", "\u2212")
    return written if language() == "en" else written.replace(".", ",")


def percent(share: float) -> str:
    """« 45 % », "45%"; ``share`` from 0 to 1."""
    written = f"{share:.0%}"
    return written if language() == "en" else written.replace("%", f"{_NARROW}%")
