"""Tables with a column of speakers, in Word: turns, speakers and times as the table says them."""

from __future__ import annotations

import pytest

from qualikit.corpus.marks import Form
from qualikit.corpus.readers import readers
from qualikit.corpus.speakers import detect
from qualikit.corpus.turns import split_turns
from tests.corpus.word_file import p, r, table, word

SPEECH = ["Vous êtes venues comment, ce matin ?", "À pied, il faisait très froid.", "Moi en tramway, comme toujours."]


def read(body: str):
    return readers.get("docx").read(word(body), "essai.docx")


def rows(*columns: str, titles: tuple[str, ...] = (), count: int = 9) -> str:
    """A table whose columns hold what their letters say: number, time, speaker, words, remark."""
    made = [tuple(p(title) for title in titles)] if titles else []
    for n in range(count):
        cells = {
            "n": str(n + 1),
            "t": f"00:0{n}:12",
            "i": f"0{n}:10 - 0{n}:59",
            "s": ("Animatrice", "Mme B.", "Fatou")[n % 3],
            "w": SPEECH[n % 3],
            "r": "à revoir" if n == 2 else "",
        }
        made.append(tuple(p(cells[column]) for column in columns[0]))
    return table(*made)


def turns(found):
    return [
        (turn.label, found.text[turn.speech_start : turn.speech_stop], turn.time)
        for turn in split_turns(found.text, detect(found).best.rule, found.bold, found.turns)
    ]


@pytest.mark.parametrize(
    ("columns", "titles"),
    [
        ("ntsw", ("N°", "Horodatage", "Locuteur", "Transcription")),
        ("ntsw", ("Line", "Time", "Speaker", "Text")),
        ("swt", ("Intervenant", "Propos tenus", "Minutage")),
        ("tsw", ("Début", "Qui parle ?", "Verbatim")),
        ("ntsw", ()),
        ("swt", ()),
        ("wst", ()),
    ],
)
def test_speakers_words_and_times_whatever_the_order_of_the_columns(columns, titles):
    found = read(p("Focus group de Laval") + rows(columns, titles=titles) + p("Fin de la séance."))
    assert detect(found).best.rule.form is Form.GIVEN
    told = turns(found)
    assert told[0] == (None, "Focus group de Laval", None)
    assert told[1] == ("Animatrice", SPEECH[0], 12.0)
    assert told[2] == ("Mme B.", SPEECH[1], 72.0)
    assert told[-1] == (None, "Fin de la séance.", None)
    assert len(told) == 11
    assert "Mme B. (1:12) : À pied" in found.text


def test_a_table_of_two_columns_without_titles():
    found = read(rows("sw"))
    assert [label for label, _words, _time in turns(found)] == ["Animatrice", "Mme B.", "Fatou"] * 3


def test_the_end_of_a_turn_where_the_table_says_it():
    found = read(rows("isw", titles=("Temps", "Nom", "Paroles")))
    assert [(turn.time, turn.time_stop) for turn in found.turns[:2]] == [(10.0, 59.0), (70.0, 119.0)]


def test_a_column_of_remarks_is_kept_apart_from_what_was_said():
    found = read(rows("swr", titles=("Locuteur", "Parole", "Remarque")))
    assert turns(found)[3] == (None, "Remarque : à revoir", None)


def test_a_cell_left_empty_is_the_same_person_going_on():
    body = table(
        (p("Nom"), p("Texte")), (p("A"), p("Un.")), (p(), p("Deux.")), (p("B"), p("Trois.")), (p(), p("Quatre."))
    )
    assert turns(read(body)) == [("A", "Un.\nDeux.", None), ("B", "Trois.\nQuatre.", None)]


def test_a_row_across_the_whole_table_is_nobody_s():
    body = table((p("Nom"), p("Texte")), (p("A"), p("Un.")), (p("Deuxième partie"),), (p("A"), p("Deux.")))
    assert turns(read(body)) == [("A", "Un.", None), (None, "Deuxième partie", None), ("A", "Deux.", None)]


def test_a_table_cut_by_a_page_goes_on_without_its_titles():
    found = read(rows("tsw", titles=("Heure", "Nom", "Propos"), count=3) + p() + rows("tsw", count=3))
    assert [label for label, _words, _time in turns(found)] == ["Animatrice", "Mme B.", "Fatou"] * 2


def test_several_paragraphs_in_a_cell_and_the_time_under_the_name():
    body = table((p("Nom"), p("Texte")), (p("Fatou :") + p("0:42"), p("Un.") + p("Deux : suite.")), (p("B"), p("Oui.")))
    assert turns(read(body)) == [("Fatou", "Un.\nDeux : suite.", 42.0), ("B", "Oui.", None)]


def test_bold_goes_along():
    found = read(table((p("Texte"), p("Nom")), *((p(r("Très", "<w:b/>"), " bien."), p("AB"[n % 2])) for n in range(4))))
    assert [span.of(found.text) for span in found.bold] == ["Très"] * 4


@pytest.mark.parametrize(
    "body",
    [
        table(
            (p("Lieu"), p("Aubagne, place de la gare")),
            (p("Date"), p("le 5 mars")),
            (p("Nom"), p("Mme B. et sa fille")),
        ),
        table((p("Nom"), p("Commune")), (p("A"), p("Laval")), (p("B"), p("Laval"))),
        table(*((p(f"Action {n}"), p("Ce qui a été fait pendant le mois")) for n in range(6))),
        table((p("Nom"), p("Texte"))),
    ],
)
def test_other_tables_are_left_as_they_are(body):
    assert read(body).turns == ()
    assert "\t" in read(body).text


def test_nothing_of_the_text_is_lost_and_the_turns_cover_it():
    found = read(p("Avant.") + rows("ntswr", titles=("N°", "Temps", "Nom", "Propos", "Thème")) + p() + p("Après."))
    assert found.turns[0].start == 0
    assert found.turns[-1].stop == len(found.text)
    assert all(one.stop == other.start for one, other in zip(found.turns, found.turns[1:], strict=False))
    assert [turn.index for turn in found.turns] == list(range(len(found.turns)))
