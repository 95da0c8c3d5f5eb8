"""What one browser tab looks at: which project, who codes, in which language.

It stands in the address of the page as well as in the session: a reload, or a second tab for a second coder, finds it
again. Projects stay open for the whole server; what is read from them is kept until the project changes.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import streamlit as st

from qualikit import settings
from qualikit.errors import BackupFailed, QualikitError
from qualikit.i18n import LANGUAGES, use_language
from qualikit.project import Project
from qualikit.store import Store
from qualikit.store.files import daily_backup

PROJECT_VARIABLE = "QUALIKIT_PROJECT"
CODER_VARIABLE = "QUALIKIT_CODER"
LANGUAGE_VARIABLE = "QUALIKIT_LANGUAGE"

P = ParamSpec("P")
R = TypeVar("R")


# -- the language


def language() -> str:
    """Code of this tab's language."""
    if "qk_language" not in st.session_state:
        asked = st.query_params.get("langue") or _first_language()
        st.session_state["qk_language"] = asked if asked in LANGUAGES else "fr"
    return str(st.session_state["qk_language"])


def _first_language() -> str:
    """The language of a tab that asks for none: that of the command that started the server, or the last one chosen."""
    return os.environ.get(LANGUAGE_VARIABLE) or str(settings.setting("language", "fr"))


def set_language(code: str) -> None:
    """Switch this tab, and the tabs opened later, to a language."""
    st.session_state["qk_language"] = code
    settings.remember("language", code)
    use_language(code)


# -- the coder


def coder() -> str:
    """Name of the one who codes in this tab."""
    if "qk_coder" not in st.session_state:
        asked = st.query_params.get("codeur") or os.environ.get(CODER_VARIABLE) or settings.default_coder()
        st.session_state["qk_coder"] = asked.strip() or settings.default_coder()
    return str(st.session_state["qk_coder"])


def set_coder(name: str) -> None:
    """Somebody else takes this tab over; what they do is theirs, and so is what they undo."""
    if name := name.strip():
        st.session_state["qk_coder"] = name
        settings.remember("coder", name)


# -- the project


@st.cache_resource(show_spinner=False, max_entries=16)
def _store(path: str, identity: tuple[int, int]) -> Store:
    """The open store of a project file; ``identity`` tells a file from another put in its place."""
    store = Store.open(path)
    if store.path is not None and store.revision():
        try:
            daily_backup(store.path)
        except BackupFailed as error:  # no reason to keep anybody from their work
            from qualikit.ui import messages

            messages.leave_error(str(error))
    return store


def _place() -> Path | None:
    if "qk_project" not in st.session_state:
        asked = st.query_params.get("projet")
        known = {str(path) for path in settings.recent_projects()}
        # The address of a page may come from anywhere: it opens only what was opened here before.
        st.session_state["qk_project"] = asked if asked in known else os.environ.get(PROJECT_VARIABLE)
    place = st.session_state["qk_project"]
    return Path(place) if place else None


def project() -> Project | None:
    """The project of this tab, or None when none is chosen. Raises what opening raises."""
    place = _place()
    if place is None:
        return None
    try:
        found = place.stat()
        identity = (found.st_dev, found.st_ino)
    except OSError:
        identity = (0, 0)
    return Project(_store(str(place), identity), coder())


def use_project(place: Path) -> Project:
    """Open a project in this tab and remember it on this machine. Raises what opening raises; then nothing changes."""
    before = st.session_state.get("qk_project")
    st.session_state["qk_project"] = str(place.expanduser().absolute())
    try:
        opened = project()
    except QualikitError:
        st.session_state["qk_project"] = before
        raise
    assert opened is not None
    forget_page_state()
    if opened.path is not None:
        settings.remember_project(opened.path)
    return opened


def close_project() -> None:
    """Leave the project; the page Projet offers its choices again."""
    st.session_state["qk_project"] = None
    forget_page_state()


def forget_page_state() -> None:
    """Drop what pages kept for the project before: nothing of one project shows in another."""
    for key in [key for key in st.session_state if not str(key).startswith("qk_")]:
        del st.session_state[key]


def write_address(opened: Project | None) -> None:
    """Put the tab's choices into the address of the page, and only when they differ from what is there."""
    wanted = {"codeur": coder() if opened else None, "langue": None if language() == _first_language() else language()}
    started = os.environ.get(PROJECT_VARIABLE)
    place = str(opened.path) if opened is not None and opened.path is not None else None
    wanted["projet"] = None if place is None or place == started else place
    for key, value in wanted.items():
        if value is None and key in st.query_params:
            del st.query_params[key]
        elif value is not None and st.query_params.get(key) != value:
            st.query_params[key] = value


# -- what is derived


class _Shelf:
    """What was derived from one state of one project; emptied when the project moves on."""

    def __init__(self) -> None:
        self.revision = -1
        self.values: dict[tuple[Any, ...], Any] = {}
        self.lock = threading.Lock()


@st.cache_resource(show_spinner=False, max_entries=16)
def _shelf(place: str) -> _Shelf:
    return _Shelf()


def kept(opened: Project, name: str, make: Callable[[], R], *arguments: Any) -> R:
    """What ``make`` gives, kept until the project changes. ``name`` and ``arguments`` tell it from others."""
    shelf = _shelf(str(opened.path or opened.store.engine.url))
    revision = opened.revision
    key = (opened.coder, language(), name, *arguments)
    with shelf.lock:
        if shelf.revision != revision:
            shelf.revision = revision
            shelf.values = {}
        elif key in shelf.values:
            return cast(R, shelf.values[key])
    value = make()
    with shelf.lock:
        if shelf.revision == revision:
            shelf.values[key] = value
    return value


def saved_at(opened: Project) -> datetime | None:
    """When anything last changed in the project, in local time."""
    last = kept(opened, "last event", lambda: opened.history.events(limit=1))
    return datetime.fromisoformat(last[0].at).astimezone() if last else None


# -- acting


@contextmanager
def speaking() -> Iterator[None]:
    """This thread speaks the tab's language: callbacks and fragments start in threads that do not know it yet."""
    use_language(language())
    yield


def act(deed: Callable[..., Any], *arguments: Any, done: str = "", **named: Any) -> Any:
    """Run a command for a widget's callback: a refusal becomes a message on the page, ``done`` a passing note."""
    from qualikit.ui import messages

    with speaking():
        try:
            result = deed(*arguments, **named)
        except QualikitError as error:
            messages.leave_error(str(error))
            return None
        except Exception:  # noqa: BLE001  logged in full, said in one sentence
            messages.leave_error(messages.unexpected())
            return None
        if done:
            messages.leave_note(done)
        return result


def fragment(draw: Callable[P, None] | None = None, *, run_every: float | None = None) -> Any:
    """``st.fragment`` that speaks the tab's language and never shows a stack trace."""

    def decorate(function: Callable[P, None]) -> Callable[P, None]:
        @wraps(function)
        def safely(*args: P.args, **kwargs: P.kwargs) -> None:
            from qualikit.ui import messages

            with speaking(), messages.guarded():
                function(*args, **kwargs)

        return cast(Callable[P, None], st.fragment(safely, run_every=run_every))

    return decorate(draw) if draw is not None else decorate
