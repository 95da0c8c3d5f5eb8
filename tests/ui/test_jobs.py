"""Long work in the background of a tab: how it is told, stopped, abandoned."""

from __future__ import annotations

import gc
import threading
import weakref
from functools import partial

import pytest

from qualikit.errors import NotFound
from qualikit.i18n import language, use_language
from qualikit.ui import jobs
from qualikit.ui.jobs import Job, left_words


def job(steps=(), **values):
    return Job(
        say=lambda name, n, total: f"{name} {n}/{total}",
        take=print,
        close=print,
        steps=steps,
        **{"total": len(steps), "began": 0.001, "waiting": "Le modèle se charge…", **values},
    )


def run(work, steps, known):
    return run_whole(partial(jobs._each, steps, work, str), known)


def run_whole(work, known):
    thread = threading.Thread(target=jobs._run, args=(known, work), daemon=True)
    thread.start()
    return thread


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "encore 5 s"), (12, "encore 15 s"), (54, "encore 55 s"), (61, "encore 2 min"), (3_400, "encore 1 h")],
)
def test_the_time_left_is_told_roughly_and_rounded_up(seconds, words):
    assert left_words(seconds) == words


def test_the_time_left_is_told_once_it_can_be_told(monkeypatch):
    monkeypatch.setattr(jobs.time, "monotonic", lambda: 10.0)
    assert job(range(40), name="a.txt").words() == "a.txt 1/40"
    assert job(range(40), done=10, name="a.txt").words() == "a.txt 11/40 · encore 30 s"
    assert "arrêt demandé" in job(range(40), done=10, name="a.txt", stopping=True).words()


def test_before_the_first_step_it_says_what_is_awaited():
    one = job()
    assert one.words() == "Le modèle se charge…"
    one.tell(0, 12, "a.txt")
    assert one.words() == "a.txt 1/12"


def test_the_time_left_counts_from_the_first_step(monkeypatch):
    now = iter([100.0, 110.0, 110.0])
    monkeypatch.setattr(jobs.time, "monotonic", lambda: next(now))
    one = job(began=0.0)
    one.tell(0, 40, "a.txt")
    one.tell(10, 40, "k.txt")
    assert one.words() == "k.txt 11/40 · encore 30 s"


def test_it_does_its_steps_in_order_and_ends():
    one = job([1, 2, 3])
    run(lambda step: step * 10, one.steps, lambda: one).join()
    assert list(one.results) == [10, 20, 30]
    assert one.ended.is_set()
    assert list(one.undone) == []


def test_it_stops_between_two_steps_and_says_which_are_left():
    one = job(["a", "b", "c"])

    def work(step):
        if step == "b":
            one.stop()
        return step

    run(work, one.steps, lambda: one).join()
    assert list(one.results) == ["a", "b"]
    assert list(one.undone) == ["c"]
    assert one.ended.is_set()


def test_a_defect_ends_it_with_a_sentence_and_keeps_what_was_done(caplog):
    one = job([1, 0, 2])
    run(lambda step: 1 / step, one.steps, lambda: one).join()
    assert list(one.results) == [1.0]
    assert list(one.undone) == [0, 2]
    assert "erreur imprévue" in one.problem
    assert "ZeroDivisionError" in caplog.text


def test_one_whole_piece_of_work_tells_where_it_is_and_gives_its_result():
    one, told = job(), []

    def work(progress):
        for n, name in enumerate(("a", "b")):
            assert progress(n, 2, name)
            told.append((one.done, one.total, one.name))
        progress(2, 2)
        return "fini"

    run_whole(partial(jobs._whole, work), lambda: one).join()
    assert told == [(0, 2, "a"), (1, 2, "b")]
    assert (one.done, one.name) == (2, "b")
    assert list(one.results) == ["fini"]
    assert one.ended.is_set()


def test_one_whole_piece_of_work_stops_between_its_steps_and_says_what_it_has():
    one = job()

    def work(progress):
        assert progress(0, 3, "a")
        one.stop()
        return "arrêté" if not progress(1, 3, "b") else "fini"

    run_whole(partial(jobs._whole, work), lambda: one).join()
    assert list(one.results) == ["arrêté"]


def test_a_refusal_ends_it_with_its_own_sentence(caplog):
    one = job()

    def work(progress):
        raise NotFound("Le modèle de langue n'est pas installé.", "Installez-le.")

    run_whole(partial(jobs._whole, work), lambda: one).join()
    assert one.problem.startswith("Le modèle de langue n'est pas installé.")
    assert not one.results
    assert caplog.text == ""


def test_its_result_is_taken_once(monkeypatch):
    monkeypatch.setattr(jobs.st, "session_state", {})
    taken = []
    started = jobs.start_whole("essai", lambda progress: 3, waiting="", say=lambda *_: "", take=taken.append)
    assert started.ended.wait(30)
    assert jobs.busy("essai")
    jobs.settle()
    jobs.settle()
    assert taken == [3]
    assert not jobs.busy("essai")


def test_it_ends_when_its_tab_is_gone():
    one = job(list(range(100)))
    begun, go_on, seen = threading.Event(), threading.Event(), []

    def work(step):
        seen.append(step)
        begun.set()
        go_on.wait(30)

    thread = run(work, one.steps, weakref.ref(one))
    assert begun.wait(30)
    del one
    gc.collect()
    go_on.set()
    thread.join(30)
    assert not thread.is_alive()
    assert seen == [0]


def test_it_speaks_the_language_of_its_tab(monkeypatch):
    spoken = []
    monkeypatch.setattr(jobs.st, "session_state", {})
    use_language("en")
    try:
        started = jobs.start(
            [1], lambda _step: spoken.append(language()), name=str, say=lambda *_: "", take=print, close=print
        )
    finally:
        use_language("fr")
    assert started.ended.wait(30)
    assert spoken == ["en"]
