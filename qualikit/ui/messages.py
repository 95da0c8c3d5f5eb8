"""What the page says: errors in plain words, passing notes, the first words of an empty page."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from qualikit.errors import QualikitError
from qualikit.i18n import _

log = logging.getLogger("qualikit")

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$<>:&])")


def plain(text: str) -> str:
    """Text as it is, safe inside a label or a paragraph that Streamlit reads as Markdown."""
    return _MARKDOWN.sub(r"\\\1", text.replace("\n", " "))


def escaped(text: object) -> str:
    """Text as it is, safe inside HTML."""
    return html.escape(str(text))


def leave_error(text: str) -> None:
    """An error for the page to show when it is next drawn."""
    st.session_state.setdefault("qk_errors", []).append(text)


def leave_note(text: str) -> None:
    """A passing note for the page to show when it is next drawn."""
    st.session_state.setdefault("qk_notes", []).append(text)


def show_left() -> None:
    """Show, once, what callbacks left to say."""
    for text in st.session_state.pop("qk_errors", []):
        st.error(plain(text), icon=":material/error:")
    for text in st.session_state.pop("qk_notes", []):
        st.toast(plain(text), icon=":material/check:", duration=3)


def error(error: QualikitError | str) -> None:
    """An error box in the page."""
    st.error(plain(str(error)), icon=":material/error:")


def unexpected() -> str:
    """The sentence for what nobody foresaw; the details go to the terminal."""
    log.exception("unexpected error in a page")
    return _(
        "Une erreur imprévue s'est produite. Ce qui était enregistré l'est toujours ; rechargez la page pour "
        "continuer. Le détail est écrit dans la fenêtre où qualikit a été lancé."
    )


@contextmanager
def guarded() -> Iterator[None]:
    """Errors inside are said in plain words; a stack trace is never shown."""
    try:
        yield
    except QualikitError as refusal:
        error(refusal)
    except Exception:  # noqa: BLE001  the last resort: logged in full, said in one sentence
        error(unexpected())


def empty(title: str, text: str, *, icon: str, key: str) -> st.delta_generator.DeltaGenerator:
    """The first words of an empty page; the caller puts the one next step into what is returned."""
    with st.container(key=f"empty-{key}", horizontal_alignment="center"):
        st.html(
            f'<div class="qk-empty"><span class="qk-empty-icon" aria-hidden="true">{escaped(icon)}</span>'
            f"<h2>{escaped(title)}</h2><p>{escaped(text)}</p></div>"
        )
        return st.container(horizontal=True, horizontal_alignment="center")
