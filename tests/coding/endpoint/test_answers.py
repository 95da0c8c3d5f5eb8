"""A model's answer, read without trust."""

from __future__ import annotations

import json

import pytest

from qualikit.coding.endpoint.answers import REASON, NoAnswer, content_of, plain, read
from qualikit.text import Span
from tests.coding.endpoint.server import item, said

PASSAGE = "La pluie, c'est tout le temps !\nLe vélo-cargo tombe en panne."
CODES = {"C1": "meteo", "C2": "materiel", "materiel": "materiel"}


def answer(*items: object) -> str:
    return json.dumps({"codes": items}, ensure_ascii=False)


def test_an_item_is_a_code_on_words_that_are_there():
    [found], refused = read(answer(item("La pluie", why="Il pleut.")), PASSAGE, CODES)
    assert (found.code_id, found.span, found.sure, found.reason) == ("meteo", Span(0, 8), True, "Il pleut.")
    assert refused == 0


@pytest.mark.parametrize("code", ["C2", " C2 ", "Matériel", "C2 : Matériel"])
def test_a_code_may_be_called_by_its_number_or_its_name(code):
    [found], _refused = read(answer(item("vélo-cargo", code)), PASSAGE, CODES)
    assert found.code_id == "materiel"


@pytest.mark.parametrize(
    "wrong",
    [
        item("La neige"),
        item("la pluie"),
        item(""),
        item("!"),
        item("La pluie", "C3"),
        item("La pluie", "Autre code"),
        item("La pluie", sure="peut-être"),
        item("La pluie", why=" \u202e\n"),
        {"code": "C1", "citation": "La pluie"},
        {**item("La pluie"), "code": 1},
        {**item("La pluie"), "citation": ["La pluie"]},
        {**item("La pluie"), "certitude": True},
        "La pluie",
        None,
        [],
        item("\ud800"),
    ],
)
def test_what_does_not_hold_is_refused_and_the_rest_is_kept(wrong):
    found, refused = read(answer(wrong, item("La pluie")), PASSAGE, CODES)
    assert [each.code_id for each in found] == ["meteo"]
    assert refused == 1


@pytest.mark.parametrize(
    "content",
    [
        "Je ne peux pas répondre.", "<html><body>502</body></html>", "", "null", "3", "[]", '{"codes": {}}', '{"code": []}',
        "[" * 100_000, '{"codes": [' + "9" * 5000 + "]}", '{"codes": [', answer() + answer(),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_said_to_be_none(content):
    with pytest.raises(NoAnswer):
        read(content, PASSAGE, CODES)


def test_thoughts_and_fences_around_the_answer_are_passed_over():
    for around in ("<think>{hm}</think>\n{}", "```json\n{}\n```", "```\n{}```", "  {}\n"):
        found, _refused = read(around.replace("{}", answer(item("La pluie"))), PASSAGE, CODES)
        assert len(found) == 1


def test_only_so_many_items_are_read():
    found, refused = read(answer(*[item("La pluie")] * 80), PASSAGE, CODES)
    assert (len(found), refused) == (50, 30)


def test_a_reason_is_one_short_line_of_plain_words():
    assert plain("a\u0007b\n\nc\u202ed\u200be\t{f} <b>g</b>") == "ab cde f bg/b"
    long = plain("mot " * 200)
    assert len(long) <= REASON
    assert long.endswith("mot…")


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"\xff\xfe", b"[]", b"{}", b'{"choices": []}', b'{"choices": [{"message": {"content": null}}]}',
     b'{"choices": "x"}', said("x" * 60_000)],
)  # fmt: skip
def test_what_the_server_says_may_be_no_answer_at_all(body):
    with pytest.raises(NoAnswer):
        content_of(body)


def test_the_model_s_words_are_found_in_the_server_s():
    assert content_of(said("oui")) == "oui"
