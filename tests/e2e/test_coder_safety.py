"""What was coded is never lost: servers that die, pages that are left, two tabs at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from coder_bed import CODER_APP, TALK, Desk, env, make_project, names, saved, text_of
from line import NOTHING_WAITS, Line, Storm, pairs

from qualikit.project import Project

pytestmark = pytest.mark.browser


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path)


def test_a_server_killed_and_started_again_has_everything(
    project: Path, run_app: Callable[..., Any], browser_page: Any
) -> None:
    app = run_app(CODER_APP, env(project))
    desk = Desk(browser_page).open(app.url)
    for number in range(10):
        desk.press("Shift+ArrowRight", str(number % 9 + 1), "ArrowRight")
    app.kill()
    for number in range(10):
        desk.press("Shift+ArrowRight", str(number % 9 + 1), "ArrowRight")
    assert len(saved(project)) < 20
    desk.page.wait_for_function(
        "[...CSS.highlights].reduce((n, [name, each]) => n + (name.startsWith('qkc-code-') ? each.size : 0), 0) === 20"
    )
    app.start()
    browser_page.wait_for_function(
        "Object.keys(localStorage).every(k => !k.startsWith('qualikit:outbox:') || JSON.parse(localStorage.getItem(k)).op === 'pref')",
        timeout=90_000,
    )
    assert len(saved(project)) == 20


def test_a_page_closed_before_the_answer_sends_it_at_the_next_visit(
    project: Path, run_app: Callable[..., Any], browser_page: Any
) -> None:
    app = run_app(CODER_APP, env(project))
    desk = Desk(browser_page).open(app.url)
    app.kill()
    desk.drag("triporteur").press("2", "3")
    assert saved(project) == []
    browser_page.goto("about:blank")
    app.start()
    desk.open(app.url).settled()
    assert names(project, saved(project)) == ["Autonomie", "Météo"]
    assert desk.stripes() == 2


def test_another_page_and_back_keeps_place_filter_and_draft(
    project: Path, run_app: Callable[..., Any], browser_page: Any, tmp_path: Path
) -> None:
    (tmp_path / "long").mkdir()
    place = make_project(tmp_path / "long", TALK * 40)
    app = run_app(CODER_APP, env(place))
    desk = Desk(browser_page).open(app.url)
    desk.page.locator(".qkc-filter").fill("mat")
    desk.page.evaluate("document.querySelector('.qkc-scroll').scrollTop = 3000")
    desk.place_kept()
    top = "[...document.querySelectorAll('.qkc-block')].findIndex(b => b.getBoundingClientRect().bottom > document.querySelector('.qkc-scroll').getBoundingClientRect().top + 1)"
    before = desk.page.evaluate(top)
    assert before > 10
    desk.page.locator(".qkc-scroll").focus()
    desk.press("m")
    desk.page.keyboard.type("un brouillon")
    desk.page.goto(f"{app.url}/ailleurs")
    desk.page.get_by_text("Une autre page").wait_for()
    desk.page.goto(app.url)
    desk.ready()
    assert desk.page.locator(".qkc-filter").input_value() == "mat"
    assert desk.page.locator("textarea").input_value() == "un brouillon"
    desk.page.wait_for_function(f"Math.abs({top} - {before}) <= 1")


def test_leaving_by_the_navigation_and_coming_back_shows_the_same(
    project: Path, run_app: Callable[..., Any], browser_page: Any
) -> None:
    app = run_app(CODER_APP, env(project))
    desk = Desk(browser_page).open(app.url)
    desk.drag("triporteur").press("2").settled()
    for target in ("Ailleurs", "Coder"):
        opener = browser_page.locator("[data-testid=stExpandSidebarButton]")
        if opener.is_visible():
            opener.click()
        browser_page.locator("[data-testid=stSidebarNavLink]", has_text=target).click()
        if target == "Ailleurs":
            browser_page.get_by_text("Une autre page").wait_for()
    browser_page.locator(".qkc-stripe").wait_for()
    assert desk.tinted() == ["triporteur"]
    desk.drag("panneau").press("1").settled()
    assert names(project, saved(project)) == ["Matériel", "Météo"]


def test_two_tabs_on_one_text_end_up_with_the_codings_of_both(
    project: Path, run_app: Callable[..., Any], browser_context: Any, browser_page: Any
) -> None:
    app = run_app(CODER_APP, env(project))
    one = Desk(browser_page).open(app.url)
    two = Desk(browser_context.new_page()).open(app.url)
    one.drag("triporteur").press("1", "2")
    two.drag("panneau").press("3", "4")
    one.settled()
    two.settled()
    assert names(project, saved(project)) == ["Accès aux droits", "Autonomie", "Matériel", "Météo"]
    for desk in (one, two):
        desk.page.wait_for_function(
            "new Set([...document.querySelectorAll('.qkc-stripe')].map(e => e.dataset.coding)).size === 4"
        )


def test_two_coders_on_one_text_do_not_see_each_other(
    project: Path, run_app: Callable[..., Any], browser_context: Any, browser_page: Any
) -> None:
    app = run_app(CODER_APP, env(project))
    one = Desk(browser_page).open(app.url)
    two = Desk(browser_context.new_page()).open(f"{app.url}/?codeur=Alix")
    one.drag("triporteur").press("1").settled()
    two.drag("panneau").press("3").settled()
    assert one.tinted() == ["triporteur"]
    assert two.tinted() == ["panneau"]
    assert {coding.coder for coding in saved(project)} == {"Camille", "Alix"}


@pytest.mark.parametrize(
    "text",
    [
        "Titre\r\n\r\nAnne : L’e\u0301te\u0301 dernier 🚲🚲 nous étions là.\r\nPaul : Oui,\u00a0bien sûr !\r\n",
        "Anne : 🏳️‍🌈👨‍👩‍👧‍👦 famille 🇫🇷 France, cœur ❤️ fin.\nPaul : ok\n",
        "Sans aucun tour de parole, un simple paragraphe 𝒜 avec une lettre rare.\n",
    ],
    ids=["crlf-nfd", "joined-emoji", "no-turns"],
)
def test_what_is_saved_is_what_was_selected_in_odd_texts(
    tmp_path: Path, run_app: Callable[..., Any], browser_page: Any, text: str
) -> None:
    place = make_project(tmp_path, text)
    app = run_app(CODER_APP, env(place))
    desk = Desk(browser_page).open(app.url)
    shown = [line for line in desk.page.locator(".qkc-text").all_inner_texts() if line]
    for number, line in enumerate(shown):
        desk.drag(line).press(str(number + 1), "Escape")
    desk.settled()
    whole = text_of(place)
    found = sorted(saved(place), key=lambda coding: coding.start)
    assert [coding.quote for coding in found] == shown
    assert all(whole[coding.start : coding.stop] == coding.quote for coding in found)


# -- lines that break, and random work over them


@pytest.fixture
def wired(project: Path, run_app: Callable[..., Any]) -> Iterator[tuple[Any, Line]]:
    """The application, and a line to it that can be cut."""
    app = run_app(CODER_APP, env(project))
    line = Line(app.port)
    yield app, line
    line.close()


def test_a_line_cut_for_long_loses_nothing_and_repeats_nothing(
    project: Path, wired: tuple[Any, Line], browser_page: Any
) -> None:
    _app, line = wired
    desk = Desk(browser_page).open(line.url)
    desk.drag("triporteur").press("1").settled()
    desk.press("2")
    line.cut()  # the answer to the last key may be lost on its way: it is asked for again
    desk.press("3", "4", "4", "5", "Control+z", "Escape").drag("panneau").press("6")
    assert desk.tinted() == ["panneau"] + ["triporteur"] * 3
    browser_page.locator(".qkc-saved.qkc-worry").wait_for()  # said once it has lasted
    assert "gardée" in desk.status()
    line.mend()
    browser_page.wait_for_function(NOTHING_WAITS, timeout=120_000)
    assert pairs(project) == {
        ("triporteur", "Matériel"),
        ("triporteur", "Météo"),
        ("triporteur", "Autonomie"),
        ("panneau", "Visibilité"),
    }
    browser_page.wait_for_function("!document.querySelector('.qkc-worry')")
    assert "refus" not in desk.notes().lower()


def test_a_page_read_again_in_the_middle_of_an_edit_goes_on_where_it_was(
    project: Path, wired: tuple[Any, Line], browser_page: Any
) -> None:
    _app, line = wired
    desk = Desk(browser_page).open(line.url)
    desk.drag("triporteur").press("1").settled()
    line.cut()
    desk.press("2", "m")
    browser_page.keyboard.type("à demi écr")
    line.mend()
    with Project.open(project, coder="Alix") as other:  # and meanwhile somebody else works on the codebook
        other.coding.update_code("Météo", name="Intempéries")
        other.coding.remove_code("Autonomie")
    browser_page.reload()
    desk.ready()
    browser_page.wait_for_function(NOTHING_WAITS, timeout=120_000)
    assert pairs(project) == {("triporteur", "Matériel"), ("triporteur", "Intempéries")}
    desk.click("triporteur")
    area = browser_page.locator(".qkc-here textarea")
    assert area.input_value() == "à demi écr"
    area.press_sequentially("it")
    area.press("Control+Enter")
    desk.settled()
    with Project.open(project) as opened:
        assert [memo.text for memo in opened.coding.memos()] == ["à demi écrit"]
    browser_page.locator(".qkc-pins", has_text="Intempéries").wait_for()
    assert "Autonomie" not in browser_page.locator(".qkc-pins").inner_text()


def test_two_tabs_over_a_dead_server_send_what_waits_once(
    project: Path, run_app: Callable[..., Any], browser_context: Any, browser_page: Any
) -> None:
    app = run_app(CODER_APP, env(project))
    one = Desk(browser_page).open(app.url)
    two = Desk(browser_context.new_page()).open(app.url)
    app.kill()
    one.drag("triporteur").press("1", "2")
    two.drag("panneau").press("3")
    app.start()
    # The second tab, read again, finds in the browser what the first one is sending too.
    two.page.reload()
    two.ready()
    for desk in (one, two):
        desk.page.wait_for_function(NOTHING_WAITS, timeout=120_000)
    assert pairs(project) == {("triporteur", "Matériel"), ("triporteur", "Météo"), ("panneau", "Autonomie")}


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_breaks_the_file_ends_up_as_it_was_coded(
    seed: int, project: Path, wired: tuple[Any, Line], browser_page: Any
) -> None:
    app, line = wired
    desk = Desk(browser_page).open(line.url)
    storm = Storm(desk, app, line, seed).run(14, trouble=0.3)
    browser_page.wait_for_function(NOTHING_WAITS, timeout=120_000)
    assert pairs(project) == storm.model, storm.log
    assert browser_page.locator(".qkc-refused").count() == 0
    browser_page.reload()
    assert len(desk.ready().tinted()) == len(storm.model)
