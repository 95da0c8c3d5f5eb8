"""The coder as an evaluator uses it, with a real server and a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coder_bed import CODER_APP, CODES, TALK, Desk, env, make_project, names, saved, text_of

from qualikit.project import Project

pytestmark = pytest.mark.browser


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path)


@pytest.fixture
def desk(project: Path, run_app: Callable[..., Any], browser_page: Any) -> Desk:
    app = run_app(CODER_APP, env(project))
    return Desk(browser_page).open(app.url)


def test_a_selection_survives_being_coded_and_each_digit_adds_or_takes_away_one_code(desk: Desk, project: Path) -> None:
    desk.drag("accès aux droits").press("1", "4", "2", "2").settled()
    assert desk.selected() == "l'accès aux droits"
    assert names(project, saved(project)) == ["Accès aux droits", "Matériel"]
    assert {coding.quote for coding in saved(project)} == {"l'accès aux droits"}
    assert desk.stripes() == 2
    desk.press("Escape")
    assert desk.selected() == ""


def test_twenty_passages_coded_with_keys_in_a_row_are_all_saved(desk: Desk, project: Path) -> None:
    desk.drag("Bonjour").press("Escape")
    for number in range(20):
        desk.press("Shift+ArrowRight", str(number % 9 + 1), "ArrowRight")
    desk.settled()
    found = saved(project)
    assert len(found) == 20
    assert len({(coding.start, coding.stop) for coding in found}) == 20
    text = text_of(project)
    assert all(text[coding.start : coding.stop] == coding.quote for coding in found)


def test_two_hundred_quick_keys_lose_nothing(desk: Desk, project: Path) -> None:
    desk.drag("Bonjour à tous")
    for number in range(200):
        desk.press(str(number % 8 + 1))
    # Each of the eight digits was pressed 25 times: an odd number, so that each code is there in the end.
    desk.settled()
    assert names(project, saved(project)) == sorted(CODES[:8])
    assert desk.stripes() == 6
    assert desk.page.locator(".qkc-more").first.inner_text() == "+7"  # one name fits beside the stripes


def test_the_paint_comes_before_the_server_answers_and_what_waits_is_said(
    desk: Desk, browser_context: Any, project: Path
) -> None:
    browser_context.set_offline(True)
    desk.drag("triporteur").press("2")
    desk.page.wait_for_function("document.querySelectorAll('.qkc-stripe').length === 1")
    assert desk.tinted() == ["triporteur"]
    desk.page.locator(".qkc-saved", has_text="Enregistrement").wait_for()
    assert saved(project) == []
    browser_context.set_offline(False)
    desk.settled()
    assert names(project, saved(project)) == ["Météo"]


def test_a_refusal_takes_the_paint_back_and_says_why(desk: Desk, project: Path) -> None:
    with Project.open(project, coder="Alix") as other:
        other.coding.remove_code("Besoins")
    desk.drag("panneau").press("9")
    desk.page.locator(".qkc-refused").wait_for()
    assert "Ce code n'est plus dans la grille" in desk.notes()
    assert "Besoins" in desk.notes()
    assert desk.tinted() == []
    assert desk.stripes() == 0
    assert saved(project) == []


def test_undo_and_redo_follow_the_keys(desk: Desk, project: Path) -> None:
    desk.drag("La météo décide de tout").press("2", "3").settled()
    desk.press("Control+z").settled()
    assert names(project, saved(project)) == ["Météo"]
    assert desk.stripes() == 1
    desk.press("Control+z").settled()
    assert saved(project) == []
    assert desk.tinted() == []
    desk.press("Control+Shift+Z", "Control+y").settled()
    assert names(project, saved(project)) == ["Autonomie", "Météo"]
    assert desk.stripes() == 2


def test_undo_still_works_after_a_reload(desk: Desk, project: Path) -> None:
    desk.drag("La météo décide de tout").press("2").settled()
    desk.page.reload()
    desk.ready().press("Control+z").settled()
    assert saved(project) == []
    desk.page.wait_for_function("document.querySelectorAll('.qkc-stripe').length === 0")


def test_undoing_what_was_not_done_on_this_page_says_what(desk: Desk, project: Path) -> None:
    desk.press("Control+z").settled()
    desk.page.locator(".qkc-note", has_text="Annulé").wait_for()
    assert "code Réparation du vélo créé" in desk.notes()
    desk.page.wait_for_function("!document.querySelector('.qkc-tree').innerText.includes('Réparation')")


def test_the_palette_finds_a_code_without_its_accents(desk: Desk, project: Path) -> None:
    desk.drag("reste au garage").press("Enter")
    desk.page.keyboard.type("reparation")
    assert desk.page.locator(".qkc-row").count() == 1 + 1  # the code, and the offer to make a new one
    desk.press("Enter").settled()
    assert names(project, saved(project)) == ["Réparation du vélo"]
    assert desk.selected() == "reste au garage"
    desk.press("Escape").drag("personne ne vient").press("r").settled()
    assert names(project, saved(project)) == ["Réparation du vélo", "Réparation du vélo"]


def test_the_palette_makes_a_code_that_is_not_there(desk: Desk, project: Path) -> None:
    desk.drag("petit à petit").press("k")
    desk.page.keyboard.type("Progrès lent")
    desk.press("Enter").settled()
    assert names(project, saved(project)) == ["Progrès lent"]


def test_one_key_makes_a_code_in_the_words_of_the_passage(desk: Desk, project: Path) -> None:
    desk.drag("un vrai rendez-vous").press("v").settled()
    assert names(project, saved(project)) == ["un vrai rendez-vous"]
    desk.page.locator(".qkc-tree", has_text="un vrai rendez-vous").wait_for()
    desk.press("Control+z").settled()
    assert saved(project) == []


def test_a_code_made_a_moment_ago_is_repeated_before_and_after_the_answer(desk: Desk, project: Path) -> None:
    desk.drag("petit à petit").press("v", "Escape")
    desk.drag("il fait noir").press("r").settled()
    desk.press("Escape")
    desk.drag("le panneau").press("r").settled()
    assert names(project, saved(project)) == ["petit à petit"] * 3
    with Project.open(project) as opened:
        assert [code.name for code in opened.coding.codebook].count("petit à petit") == 1


def test_emoji_and_joined_characters_are_never_cut(desk: Desk, project: Path) -> None:
    desk.drag("rendez-vous 🚲 pour").press("1", "Escape")
    desk.drag("Aujourd'hui 👩🏽‍🔧 la").press("2", "Escape")
    desk.drag("enfin presque").press("3").settled()
    text = text_of(project)
    found = sorted(saved(project), key=lambda coding: coding.start)
    assert [coding.quote for coding in found] == ["rendez-vous 🚲 pour", "Aujourd'hui 👩🏽‍🔧 la", "enfin presque"]
    assert all(text[coding.start : coding.stop] == coding.quote for coding in found)


def test_a_selection_takes_whole_words_unless_alt_is_held(desk: Desk, project: Path) -> None:
    desk.drag("ersonne ne vie")
    assert desk.selected() == "personne ne vient"
    desk.press("Escape")
    desk.page.keyboard.down("Alt")
    desk.drag("ersonne ne vie")
    desk.page.keyboard.up("Alt")
    assert desk.selected() == "ersonne ne vie"
    desk.press("1").settled()
    assert saved(project)[0].quote == "ersonne ne vie"


def test_double_click_takes_the_word_and_triple_click_the_line(desk: Desk, project: Path) -> None:
    page = desk.page
    page.mouse.dblclick(*desk.place_of("triporteur"))
    assert desk.selected() == "triporteur"
    desk.press("1", "Escape")
    page.mouse.click(*desk.place_of("Les démarches"), click_count=3)
    assert desk.selected() == "Les démarches en ligne, je n'y arrivais pas. Maintenant j'y arrive, petit à petit."
    desk.press("2").settled()
    assert {coding.quote for coding in saved(project)} == {
        "triporteur",
        "Les démarches en ligne, je n'y arrivais pas. Maintenant j'y arrive, petit à petit.",
    }


def test_double_click_on_a_speaker_takes_the_turn(desk: Desk, project: Path) -> None:
    desk.page.locator(".qkc-speaker", has_text="M. Petit").first.dblclick()
    desk.press("2").settled()
    [coding] = saved(project)
    assert coding.quote == (
        "Quand il pleut, personne ne vient. La météo décide de tout, et le triporteur reste au garage."
    )


def test_a_passage_may_run_over_several_turns(desk: Desk, project: Path) -> None:
    desk.drag("reste au garage", "la médiatrice").press("8").settled()
    [coding] = saved(project)
    text = text_of(project)
    assert coding.quote == text[coding.start : coding.stop]
    assert coding.quote.startswith("reste au garage.\nMme Martin : Aujourd'hui")
    assert coding.quote.endswith("la médiatrice")
    assert desk.tinted() == sorted(["reste au garage.", "Aujourd'hui 👩🏽‍🔧 la médiatrice"])


def test_all_of_it_from_the_keyboard(desk: Desk, project: Path) -> None:
    desk.press("ArrowDown", "ArrowDown", "t", "3", "Escape").settled()
    assert len(saved(project)) == 1
    desk.press("u").press("5").settled()
    assert len(saved(project)) == 2
    desk.press("Escape", "Alt+ArrowUp", "Alt+ArrowUp", "Delete").settled()
    assert len(saved(project)) == 1
    desk.press("Alt+ArrowDown", "Alt+ArrowUp", "c")
    desk.page.keyboard.type("horaires")
    desk.press("Enter").settled()
    assert names(project, saved(project)) == ["Horaires"]
    desk.press("m")
    desk.page.keyboard.type("À vérifier : 1 fois sur 2")
    desk.press("Control+Enter").settled()
    with Project.open(project) as opened:
        assert [memo.text for memo in opened.coding.memos()] == ["À vérifier : 1 fois sur 2"]


def test_exact_selection_from_the_keyboard_goes_by_whole_characters(desk: Desk, project: Path) -> None:
    desk.click("👩🏽‍🔧 la médiatrice").press("Alt+Shift+ArrowRight")
    assert desk.selected() == "👩🏽‍🔧"
    desk.press("1").settled()
    assert saved(project)[0].quote == "👩🏽‍🔧"


def test_clicking_a_coded_passage_lists_every_coding_there(desk: Desk, project: Path) -> None:
    desk.drag("La météo décide de tout").press("2", "Escape")
    desk.drag("décide").press("3", "Escape").settled()
    desk.click("décide")
    assert desk.here() == ["Autonomie", "Météo"]
    desk.press("n")
    assert desk.page.locator(".qkc-card.qkc-current").inner_text().startswith("Météo")
    desk.press("Delete").settled()
    assert names(project, saved(project)) == ["Autonomie"]
    desk.page.locator(".qkc-stripe").click()
    assert desk.here() == ["Autonomie"]


def test_keys_do_nothing_where_one_types_and_none_reaches_the_page(desk: Desk, project: Path) -> None:
    desk.drag("panneau").press("f")
    desk.page.keyboard.type("mat 12")
    assert desk.page.locator(".qkc-filter").input_value() == "mat 12"
    desk.press("Escape", "c", "r")
    assert desk.page.get_by_role("dialog").count() == 0
    assert saved(project) == []


def test_help_shows_the_keys(desk: Desk) -> None:
    desk.press("?")
    assert "Répéter le dernier code" in desk.page.locator(".qkc-help").inner_text()
    desk.press("Escape")
    assert not desk.page.locator(".qkc-help").is_visible()


def test_digits_go_by_the_place_of_the_key_as_on_azerty(desk: Desk, project: Path) -> None:
    desk.drag("panneau")
    desk.page.evaluate(
        """document.querySelector('.qkc-scroll').dispatchEvent(
          new KeyboardEvent('keydown', {key: 'é', code: 'Digit2', bubbles: true, cancelable: true}))"""
    )
    desk.settled()
    assert names(project, saved(project)) == ["Météo"]


def test_everything_essential_is_on_a_small_screen(desk: Desk) -> None:
    box = desk.page.locator(".qkc-coder").bounding_box()
    assert box["y"] + box["height"] <= 720
    for zone in (".qkc-codes", ".qkc-scroll", ".qkc-inspector", ".qkc-status"):
        assert desk.page.locator(zone).is_visible()
    assert desk.page.evaluate("document.documentElement.lang") == "fr"


def test_a_place_asked_for_by_another_page_is_shown(
    tmp_path: Path, run_app: Callable[..., Any], browser_page: Any
) -> None:
    (tmp_path / "long").mkdir()
    place = make_project(tmp_path / "long", TALK * 30)
    at = text_of(place).rfind("La météo décide")
    app = run_app(CODER_APP, {**env(place), "TEST_GOTO": f"{at},{at + 15}"})
    desk = Desk(browser_page).open(app.url)
    desk.page.wait_for_function("[...CSS.highlights.get('qkc-selection')].length === 1")
    assert desk.selected() == "La météo décide"
    visible = desk.page.evaluate(
        """() => { const r = [...CSS.highlights.get('qkc-selection')][0]; const p = r.startContainer.parentElement;
          const b = p.getBoundingClientRect(); return b.top > 0 && b.bottom < innerHeight; }"""
    )
    assert visible
