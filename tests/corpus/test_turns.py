"""Turns cover the text, whatever the text and whatever the rule."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualikit.corpus.marks import Form
from qualikit.corpus.readers import ReadText
from qualikit.corpus.speakers import NOBODY, SpeakerRule, detect
from qualikit.corpus.turns import notes_start, split_turns
from qualikit.text import Span, normalise

TALK = "Focus group\n\nAnimatrice\u00a0: Bonjour à tous.\n\nP1 : Bonjour.\nEuh… oui.\n\n  P2 : 🚲 !  \n"
RULE = SpeakerRule(Form.COLON, ("Animatrice", "P1", "P2"))
PIECES = st.sampled_from(
    ["P1", "P2", " : ", "[", "]", "(0:01)", "\n", "\n\n", "\t", " ", "e\u0301", "🚲", "**", "[1] ", "mot"]
)


def said(text, turn):
    return text[turn.speech_start : turn.speech_stop]


def test_the_text_before_the_first_label_is_a_turn_of_nobody():
    turns = split_turns(TALK, RULE)
    assert [turn.label for turn in turns] == [None, "Animatrice", "P1", "P2"]
    assert said(TALK, turns[0]) == "Focus group"


def test_speech_is_without_its_label_and_the_white_space_around():
    turns = split_turns(TALK, RULE)
    assert [said(TALK, turn) for turn in turns[1:]] == ["Bonjour à tous.", "Bonjour.\nEuh… oui.", "🚲 !"]
    assert TALK[turns[1].start : turns[1].speech_start] == "Animatrice\u00a0: "


def test_turns_follow_each_other_without_a_gap():
    turns = split_turns(TALK, RULE)
    assert "".join(TALK[turn.start : turn.stop] for turn in turns) == TALK
    assert [turn.index for turn in turns] == [0, 1, 2, 3]


def test_blank_lines_before_the_first_label_are_not_a_turn():
    turns = split_turns("\n\nP1 : Oui.\nP2 : Non.", RULE)
    assert [(turn.start, turn.label) for turn in turns] == [(0, "P1"), (12, "P2")]


def test_only_the_labels_of_the_rule_make_turns():
    turns = split_turns(TALK, RULE.with_labels(["Animatrice", "P2"]))
    assert [turn.label for turn in turns] == [None, "Animatrice", "P2"]
    assert "P1 : Bonjour." in said(TALK, turns[1])


def test_labels_are_the_same_in_another_case_or_with_other_spaces():
    turns = split_turns(
        "ANIMATRICE : a\nMme\u00a0 Roux : b\nanimatrice : c", SpeakerRule(Form.COLON, ("Animatrice", "Mme Roux"))
    )
    assert [turn.label for turn in turns] == ["ANIMATRICE", "Mme Roux", "animatrice"]


def test_a_document_without_speakers_is_one_turn():
    turns = split_turns("Une note.\n", NOBODY)
    assert [(t.start, t.stop, t.speech_stop, t.label) for t in turns] == [(0, 10, 9, None)]
    assert split_turns("", NOBODY) == ()


def test_a_turn_without_words_is_empty_where_they_would_be():
    turn = split_turns("P1 :\nP2 : Oui.", RULE)[0]
    assert turn.speech_start == turn.speech_stop
    assert turn.stop == 5


def test_notes_at_the_end_belong_to_nobody():
    text = "P1 : Oui[1].\nP2 : Non[2].\n\n[1] rires\n[2] silence"
    turns = split_turns(text, RULE)
    assert [turn.label for turn in turns] == ["P1", "P2", None]
    assert text[turns[2].start :] == "[1] rires\n[2] silence"


def test_numbered_paragraphs_are_not_notes():
    for text in ["a\n\n[1] b\n[2] c", "a [1]\n\n[1] b\n\n[3] c", "voir [1]\n\n[1] a\n\n[1] b\n[1] c"]:
        assert notes_start(text) == len(text), text


def test_a_rule_in_bold_is_applied_again_to_a_text_that_lost_its_bold():
    text = "Karim Oui.\nOdile Non.\nKarimov est parti.\nKarim Ah."
    bold = (Span(0, 5), Span(11, 16), Span(41, 46))
    rule = SpeakerRule(Form.BOLD, ("Karim", "Odile"))
    with_bold, without = split_turns(text, rule, bold), split_turns(text, rule)
    assert with_bold == without
    assert [turn.label for turn in without] == ["Karim", "Odile", "Karim"]


@given(st.lists(PIECES, max_size=60).map("".join), st.sampled_from(list(Form)))
def test_whatever_the_text_and_the_rule(raw, form):
    text = normalise(raw)
    turns = split_turns(text, SpeakerRule(form, ("P1", "P2", "mot")))
    assert "".join(text[turn.start : turn.stop] for turn in turns) == text
    assert all(turn.start <= turn.speech_start <= turn.speech_stop <= turn.stop for turn in turns)
    assert split_turns(text, detect(ReadText(text)).best.rule)[:1] == () if not text else True
