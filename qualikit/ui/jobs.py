"""Long work in a thread of its own: its progress, time left and stop, whatever page is shown.

A job belongs to the tab that started it. Its thread never touches the page: what it finds waits in ``results`` until
the page is next drawn (:func:`settle`).
"""

from __future__ import annotations

import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any, Protocol

import streamlit as st

from qualikit.errors import QualikitError
from qualikit.i18n import _
from qualikit.ui import messages, state
from qualikit.ui.messages import plain

JOBS, PLACED = "jobs", "jobs_placed"
REFRESH = 0.7
"""Seconds between two looks at how far it is."""
PATIENCE = 1.0
"""Seconds within which work is awaited as if it were part of the page: a short one never shows a bar."""
_SURE = 3
"""Things done, and seconds gone by, before the time left is told."""

_numbers = count(1)


class Progress(Protocol):
    """What work calls before each of its steps, and at the end: how many are done, of how many, the name of the next.
    False: it is to stop there."""

    def __call__(self, done: int, total: int, name: str = "", /) -> bool: ...


@dataclass(eq=False)
class Job:
    """One piece of work.

    ``say(name, n, total)`` is its line; ``take`` what to do, in the page, with a result; ``close`` what to do, once,
    when it has ended, with what was left undone. ``total`` is 0 until the work has said it: ``waiting`` is its line.
    """

    say: Callable[[str, int, int], str]
    take: Callable[[Any], None]
    close: Callable[[Job], None]
    steps: Sequence[Any] = ()
    waiting: str = ""
    kind: str = ""
    done: int = 0
    total: int = 0
    name: str = ""
    stopping: bool = False
    problem: str = ""
    results: deque[Any] = field(default_factory=deque)
    ended: threading.Event = field(default_factory=threading.Event)
    key: int = field(default_factory=lambda: next(_numbers))
    began: float = 0.0
    """When its first step did."""

    @property
    def undone(self) -> Sequence[Any]:
        """The steps that it did not come to."""
        return self.steps[self.done :]

    def stop(self) -> None:
        """End after the step at hand."""
        self.stopping = True

    def tell(self, done: int, total: int, name: str) -> bool:
        """Where it is; False when it is to stop there."""
        self.began = self.began or time.monotonic()
        self.done, self.total, self.name = done, total, name or self.name
        return not self.stopping

    def words(self) -> str:
        """Where it is, and the time left."""
        said = self.say(self.name, min(self.done + 1, self.total), self.total) if self.total else self.waiting
        gone = time.monotonic() - self.began
        if self.stopping:
            return said + " · " + _("arrêt demandé")
        if not self.total or self.done < _SURE or gone < _SURE:
            return said
        return f"{said} · {left_words(gone / self.done * (self.total - self.done))}"


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
    return _begin(Job(say, take, close, steps, total=len(steps)), partial(_each, steps, work, name), outlives)


def start_whole(
    kind: str,
    work: Callable[[Progress], Any],
    *,
    waiting: str,
    say: Callable[[str, int, int], str],
    take: Callable[[Any], None],
    close: Callable[[Job], None] = lambda job: None,
    outlives: bool = False,
    patience: float | None = None,
) -> Job:
    """Do, as :func:`start` does, one piece of work that goes through its steps by itself. ``take`` is given what it
    returns, once, also when it was stopped; not when it was refused. ``kind`` is what :func:`busy` asks for;
    ``waiting`` is said before the first step; ``patience`` in place of PATIENCE."""
    return _begin(Job(say, take, close, waiting=waiting, kind=kind), partial(_whole, work), outlives, patience)


def _begin(job: Job, work: Callable[[Progress], Iterator[Any]], outlives: bool, patience: float | None = None) -> Job:
    st.session_state.setdefault(JOBS, []).append(job)
    known: Callable[[], Job | None] = partial(_same, job) if outlives else weakref.ref(job)
    context = copy_context()  # a new thread would speak French whatever the language of this one
    threading.Thread(target=context.run, args=(_run, known, work), daemon=True).start()
    job.ended.wait(PATIENCE if patience is None else patience)
    return job


def _same(job: Job) -> Job:
    return job


def _each(
    steps: Sequence[Any], work: Callable[[Any], Any], name: Callable[[Any], str], progress: Progress
) -> Iterator[Any]:
    for done, step in enumerate(steps):
        if not progress(done, len(steps), name(step)):
            return
        yield work(step)
    progress(len(steps), len(steps))


def _whole(work: Callable[[Progress], Any], progress: Progress) -> Iterator[Any]:
    yield work(progress)


def _run(known: Callable[[], Job | None], work: Callable[[Progress], Iterator[Any]]) -> None:
    """The thread. Between two looks it holds nothing of the job, so that a tab that is gone is noticed."""

    def progress(done: int, total: int, name: str = "", /) -> bool:
        job = known()
        return job is not None and job.tell(done, total, name)

    problem = ""
    try:
        for result in work(progress):
            if (job := known()) is None:
                return
            job.results.append(result)
            del job
    except QualikitError as refusal:
        problem = str(refusal)
    except Exception:  # noqa: BLE001  logged in full, said in one sentence
        problem = messages.unexpected()
    if (job := known()) is not None:
        job.problem = problem
        job.ended.set()


def running() -> list[Job]:
    """The work of this tab that has not ended."""
    jobs: list[Job] = st.session_state.get(JOBS, [])
    return jobs


def busy(kind: str) -> bool:
    """Whether work of that kind goes on in this tab."""
    return any(job.kind == kind for job in running())


def settle() -> None:
    """Bring into the page what the work has found since, and close what has ended. Called first in each run."""
    st.session_state.pop(PLACED, None)
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
    """A line for each piece of work under way, with its stop, in its place on the page. ``fresh``: whether results are
    wanted in the page before the end."""
    st.session_state[PLACED] = True
    if running():
        _lines("jobs", fresh)


def show_aside() -> None:
    """The same in a corner of a page that has no place for it. Called last in each run."""
    if running() and not st.session_state.get(PLACED):
        _lines("jobs-aside", lambda: False)


def _look(place: str, fresh: Callable[[], bool]) -> None:
    if not running() or any(job.ended.is_set() or (job.results and fresh()) for job in running()):
        st.rerun()
    with st.container(key=place):
        for job in running():
            with st.container(horizontal=True, vertical_alignment="center", key=f"job-{job.key}"):
                st.progress(min(1.0, job.done / job.total) if job.total else 0.0, plain(job.words()))
                st.button(
                    _("Arrêter"),
                    key=f"stop job {job.key}",
                    icon=":material/stop_circle:",
                    on_click=job.stop,
                    disabled=job.stopping,
                )


_lines: Callable[[str, Callable[[], bool]], None] = state.fragment(_look, run_every=REFRESH)
