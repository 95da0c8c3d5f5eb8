"""Long work beside the page: it goes on while one does something else, says how far it is, and can be stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextvars import copy_context
from typing import Any

import streamlit as st

from qualikit.errors import QualikitError
from qualikit.i18n import _, ngettext
from qualikit.ui import messages, state
from qualikit.ui.messages import plain

Progress = Callable[[int, int, str], bool]


class Job:
    """One piece of work in a thread of its own. ``work`` is given a ``progress(done, total, name)`` that answers False
    once somebody has asked to stop."""

    def __init__(self, work: Callable[[Progress], Any], waiting: str) -> None:
        self.done, self.total, self.name = 0, 0, ""
        self.waiting = waiting
        """What is said before the first step."""
        self.result: Any = None
        self.error: str | None = None
        self.stopped = False
        self.began = time.monotonic()
        self._first: float | None = None
        context = copy_context()  # the thread speaks the tab's language
        self._thread = threading.Thread(target=context.run, args=(self._run, work), daemon=True)
        self._thread.start()

    def _run(self, work: Callable[[Progress], Any]) -> None:
        try:
            self.result = work(self._progress)
        except QualikitError as error:
            self.error = str(error)
        except Exception:  # noqa: BLE001  logged in full, said in one sentence
            self.error = messages.unexpected()

    def _progress(self, done: int, total: int, name: str) -> bool:
        self._first = self._first or time.monotonic()
        self.done, self.total, self.name = done, total, name
        return not self.stopped

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    def stop(self) -> None:
        self.stopped = True

    @property
    def left(self) -> int | None:
        """Seconds that remain, from the steps so far; None before there is enough to tell."""
        if self._first is None or self.done < 1:
            return None
        return round((time.monotonic() - self._first) / self.done * (self.total - self.done))


def running(key: str) -> Job | None:
    """The work of that name in this tab, whether it goes on or is done and not yet taken."""
    found: Job | None = st.session_state.get(f"job {key}")
    return found


def start(key: str, work: Callable[[Progress], Any], waiting: str) -> None:
    """Begin a piece of work under that name."""
    st.session_state[f"job {key}"] = Job(work, waiting)


def show(key: str) -> Any | None:
    """Draw the progress of the work of that name while it goes on; once it is done, its result, once. None: there is
    none, it goes on, it failed (the page says so)."""
    job = running(key)
    if job is None:
        return None
    if job.running:
        _line(key)
        return None
    del st.session_state[f"job {key}"]
    if job.error is not None:
        messages.error(job.error)
    return job.result


def _draw(key: str) -> None:
    job = running(key)
    if job is None or not job.running:
        st.rerun()
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"progress-{key}"):
        if job.stopped:
            st.progress(0.0, plain(_("Arrêt au prochain document…")))
        elif not job.total:
            st.progress(0.0, plain(job.waiting))
        else:
            st.progress(min(1.0, job.done / job.total), plain(_words(job)))
        st.button(_("Arrêter"), key=f"stop {key}", icon=":material/stop_circle:", on_click=job.stop)


def _words(job: Job) -> str:
    said = _("{n} sur {total} : {name}").format(n=min(job.done + 1, job.total), total=job.total, name=job.name)
    if job.left is None:
        return said
    if job.left < 90:
        left = ngettext("encore {n} seconde", "encore {n} secondes", job.left).format(n=job.left)
    else:
        minutes = round(job.left / 60)
        left = ngettext("encore {n} minute", "encore {n} minutes", minutes).format(n=minutes)
    return f"{said} ({left})"


_line: Callable[[str], None] = state.fragment(_draw, run_every=1.0)
