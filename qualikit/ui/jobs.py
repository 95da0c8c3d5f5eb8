"""Long work, one thing after another, in a thread of its own: its progress, time left and stop, whatever page is shown.

A job belongs to the tab that started it. Its thread never touches the page: what it finds waits in ``results`` until
the page is next drawn (:func:`settle`).
"""

from __future__ import annotations

import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Sequence
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any

import streamlit as st

from qualikit.i18n import _
from qualikit.ui import messages, state
from qualikit.ui.messages import plain

JOBS = "jobs"
REFRESH = 0.7
"""Seconds between two looks at how far it is."""
PATIENCE = 1.0
"""Seconds within which work is awaited as if it were part of the page: a short one never shows a bar."""
_SURE = 3
"""Things done, and seconds gone by, before the time left is told."""

_numbers = count(1)


@dataclass(eq=False)
class Job:
    """One piece of work.

    ``say(name, n, total)`` is its line; ``take`` what to do, in the page, with a result; ``close`` what to do, once,
    when it has ended, with what was left undone.
    """

    say: Callable[[str, int, int], str]
    take: Callable[[Any], None]
    close: Callable[[Job], None]
    steps: Sequence[Any]
    done: int = 0
    name: str = ""
    stopping: bool = False
    problem: str = ""
    results: deque[Any] = field(default_factory=deque)
    ended: threading.Event = field(default_factory=threading.Event)
    key: int = field(default_factory=lambda: next(_numbers))
    began: float = field(default_factory=time.monotonic)

    @property
    def undone(self) -> Sequence[Any]:
        """The steps that it did not come to."""
        return self.steps[self.done :]

    def stop(self) -> None:
        """End after the step at hand."""
        self.stopping = True

    def words(self) -> str:
        """Where it is, and the time left."""
        total = len(self.steps)
        said = self.say(self.name, min(self.done + 1, total), total)
        gone = time.monotonic() - self.began
        if self.stopping:
            return said + " · " + _("arrêt demandé")
        if self.done < _SURE or gone < _SURE:
            return said
        return f"{said} · {left_words(gone / self.done * (total - self.done))}"


def left_words(seconds: float) -> str:
    """« encore 40 s », « encore 3 min »: rounded up, as one hopes to be pleased."""
    if seconds < 55:
        return _("encore {n} s").format(n=max(5, 5 * -(-int(seconds) // 5)))
    if seconds < 3300:
        return _("encore {n} min").format(n=-(-int(seconds) // 60))
    return _("encore {n} h").format(n=-(-int(seconds) // 3600))


def start(
    steps: Sequence[Any],
    work: Callable[[Any], Any],
    *,
    name: Callable[[Any], str],
    say: Callable[[str, int, int], str],
    take: Callable[[Any], None],
    close: Callable[[Job], None],
    outlives: bool = False,
) -> Job:
    """Do ``work`` with each step, in order, in the background; what ends within PATIENCE is over when this returns.

    ``outlives``: it goes on when its tab is closed or turns to another project; otherwise it ends there.
    """
    job = Job(say, take, close, steps)
    st.session_state.setdefault(JOBS, []).append(job)
    known: Callable[[], Job | None] = partial(_same, job) if outlives else weakref.ref(job)
    context = copy_context()  # a new thread would speak French whatever the language of this one
    threading.Thread(target=context.run, args=(_run, known, steps, work, name), daemon=True).start()
    job.ended.wait(PATIENCE)
    return job


def _same(job: Job) -> Job:
    return job


def _run(
    known: Callable[[], Job | None], steps: Sequence[Any], work: Callable[[Any], Any], name: Callable[[Any], str]
) -> None:
    """The thread. Between two looks it holds nothing of the job, so that a tab that is gone is noticed."""
    for step in steps:
        if (job := known()) is None:
            return
        if job.stopping:
            break
        job.name = name(step)
        del job
        try:
            result = work(step)
        except Exception:  # noqa: BLE001  logged in full, said in one sentence
            problem = messages.unexpected()
            if (job := known()) is not None:
                job.problem = problem
                job.ended.set()
            return
        if (job := known()) is None:
            return
        job.results.append(result)
        job.done += 1
        del job
    if (job := known()) is not None:
        job.ended.set()


def running() -> list[Job]:
    """The work of this tab that has not ended."""
    jobs: list[Job] = st.session_state.get(JOBS, [])
    return jobs


def settle() -> None:
    """Bring into the page what the work has found since, and close what has ended. Called first in each run."""
    for job in list(running()):
        ended = job.ended.is_set()  # before its results are taken: none comes after
        while job.results:
            job.take(job.results.popleft())
        if ended:
            st.session_state[JOBS].remove(job)
            job.close(job)
            if job.problem:
                messages.leave_error(job.problem)


def show(fresh: Callable[[], bool] = lambda: False) -> None:
    """A line for each piece of work under way, with its stop. ``fresh``: whether results are wanted in the page before
    the end."""
    if running():
        _lines(fresh)


def _look(fresh: Callable[[], bool]) -> None:
    if not running() or any(job.ended.is_set() or (job.results and fresh()) for job in running()):
        st.rerun()
    with st.container(key="jobs"):
        for job in running():
            total = len(job.steps)
            with st.container(horizontal=True, vertical_alignment="center", key=f"job-{job.key}"):
                st.progress(job.done / total if total else 1.0, plain(job.words()))
                st.button(
                    _("Arrêter"),
                    key=f"stop job {job.key}",
                    icon=":material/stop_circle:",
                    on_click=job.stop,
                    disabled=job.stopping,
                )


_lines: Callable[[Callable[[], bool]], None] = state.fragment(_look, run_every=REFRESH)
