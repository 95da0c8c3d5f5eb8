"""SubRip subtitles, in the states in which they arrive."""

from __future__ import annotations

import pytest

from qualikit.corpus.preview import preview
from qualikit.corpus.readers.srt import SrtReader


def read(text):
    return SrtReader().read(text if isinstance(text, bytes) else text.encode(), "Entretien.srt")


def said(found):
    return [(turn.label, turn.time, turn.time_stop, turn.speech.of(found.text)) for turn in found.turns]


PLAIN = """1
00:00:01,000 --> 00:00:03,500
On est arrivés le matin,

2
00:00:03,500 --> 00:00:05,000
avec le camion.
"""
WANTED = [(None, 1.0, 5.0, "On est arrivés le matin, avec le camion.")]


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        PLAIN.replace("\n", "\r\n").encode("utf-8-sig"),
        PLAIN.encode("cp1252"),
        PLAIN.encode("utf-16"),
        PLAIN.replace(" --> ", "-->").encode(),
        PLAIN.replace(" --> ", " -> ").encode(),
        PLAIN.replace(" --> ", " –> ").encode(),
        PLAIN.replace(",000", ".000").replace(",500", ".500").encode(),
        PLAIN.replace("05,000", "05,000 X1:63 X2:223 Y1:43 Y2:58").encode(),
        PLAIN.replace("On est", "{\\an8}<font color=\"#fff\">On</font> <b>est</b>").encode(),
        PLAIN.replace("\n\n2", "\n2").encode(),
    ],
    ids=["plain", "windows", "cp1252", "utf-16", "tight", "short arrow", "autocorrected", "dots", "places", "styles",
        "no empty line"],
)  # fmt: skip
def it_reads_the_same_words_and_times(data):
    assert said(read(data)) == WANTED


def it_takes_names_that_begin_the_subtitles():
    cues = [("Enquêtrice", "Et ensuite ?"), ("Karim", "Rien."), ("Karim", "Ah si."), ("Enquêtrice", "Oui ?")]
    text = "\n".join(
        f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n[{who}] {words}\n" for n, (who, words) in enumerate(cues, 1)
    )
    assert said(read(text)) == [
        ("Enquêtrice", 1.0, 1.9, "Et ensuite ?"),
        ("Karim", 2.0, 3.9, "Rien. Ah si."),
        ("Enquêtrice", 4.0, 4.9, "Oui ?"),
    ]


def it_does_not_take_a_word_before_a_colon_for_somebody():
    text = "\n".join(
        f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{words}\n"
        for n, words in enumerate(["Je précise : non.", "On a vu le maire.", "Il a dit : revenez.", "Voilà."], 1)
    )
    assert {label for label, *_ in said(read(text))} == {None}


def it_keeps_the_times_in_the_document_though_nobody_is_named():
    found = preview(PLAIN.encode(), "Entretien Laval.srt")
    assert [(turn.label, turn.time) for turn in found.turns] == [(None, 1.0)]
    assert found.speakers == ()
    assert any("qui parle" in warning for warning in found.warnings)
