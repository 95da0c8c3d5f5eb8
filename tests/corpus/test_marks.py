"""The grammar of a line that announces somebody."""

from __future__ import annotations

import pytest

from qualikit.corpus.marks import Form, find_marks, heading_stop, seconds


@pytest.mark.parametrize(
    ("line", "form", "label", "speech", "time"),
    [
        ("Mme X : Oui.", Form.COLON, "Mme X", "Oui.", None),
        ("**I :** Oui.", Form.COLON, "I", "Oui.", None),
        ("• P1\u202f:Oui.", Form.COLON, "P1", "Oui.", None),
        ("00:01:23 Nom : Oui.", Form.COLON, "Nom", "Oui.", 83),
        ("Nom : [00:01:23] Oui.", Form.COLON, "Nom", "Oui.", 83),
        ("Nom (00:01:23) Oui.", Form.TIME, "Nom", "Oui.", 83),
        ("[Nom] (0:01 - 0:11)", Form.BRACKETS, "Nom", "", 1),
        ("[Nom 0:01] Oui.", Form.BRACKETS, "Nom", "Oui.", 1),
        ("Nom\tOui.", Form.TAB, "Nom", "Oui.", None),
    ],
)
def test_what_a_line_says(line, form, label, speech, time):
    (mark,) = find_marks(line, form)
    assert (mark.label, line[mark.speech_start :], mark.time) == (label, speech, time)


@pytest.mark.parametrize(
    "line", ["http://exemple.fr", "14 : 30", "10:30 : fin", "Nom (0:01) : Oui.", ": vide", "", "   "]
)
def test_lines_that_announce_nobody_with_a_time(line):
    assert find_marks(line, Form.TIME) == []


@pytest.mark.parametrize(
    "line", ["http://exemple.fr", "14 : 30 : 15", "Oui, dit-il : non", "« Karim : »", "(Karim : rires)"]
)
def test_names_have_no_sign_of_a_sentence(line):
    assert all(mark.label[0].isdigit() for mark in find_marks(line, Form.COLON))


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("75:10", (4510, None)),
        ("(0:01 - 0:11)", (1, 11)),
        ("01:02:03", (3723, None)),
        ("00:00:01,500 --> 00:00:02.250", (1.5, 2.25)),
        ("#00:01:00-3#", (60, None)),
        ("rien", (None, None)),
    ],
)
def test_times(stamp, expected):
    assert seconds(stamp) == expected


def test_a_heading_ends_where_people_begin_to_speak():
    heading = "Focus group\nDate : 14/11/2023\nLieu : Aubagne\n\n"
    assert heading_stop(heading + "P1 : Oui.\nP2 : Non.\n") == len(heading.rstrip())
    assert heading_stop("P1 : Oui.\nP2 : Non.\n") == 0


def test_a_line_said_at_length_is_not_a_heading():
    assert heading_stop("P1 : " + "mot " * 40 + "\nDate : demain\n") == 0


def test_a_line_of_spaces_or_signs_costs_no_more_than_its_length():
    text = "\n".join(
        sign * 50_000 for sign in (" ", "_", "- ", "a ", "(", "[", "0:01 ", "\t", "**", "A" + " " * 50 + "(")
    )
    for form in Form:
        assert len(find_marks(text, form)) < 10
