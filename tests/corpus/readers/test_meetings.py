"""Transcripts of meeting software, in Word and in plain text: who speaks, when, whatever their names look like."""

from __future__ import annotations

import pytest

from qualikit.corpus.preview import preview
from qualikit.corpus.readers import readers
from tests.corpus.word_file import p, r, word

SPEECH = ["Bonjour à toutes, on commence ?", "Oui, merci de nous recevoir.", "Je suis venue à pied.", "D'accord."]
BREAK = "<w:r><w:br/></w:r>"
ICON = '<w:r><w:drawing><wp:inline xmlns:wp="x"><wp:docPr id="1" descr="CD"/></wp:inline></w:drawing></w:r>'
NAMES = [
    ("Camille Durand", "Sacha Martin"),
    ("DURAND, Camille (DREETS Pays de la Loire)", "Martin, Sacha (Externe)"),
    ("camille.durand", "s.martin"),
    ("Sacha M. – Ville de Laval", "Claire | animatrice"),
]


def heard(found) -> list[tuple[str, int]]:
    return [(speaker.name, speaker.turns) for speaker in found.speakers]


def said(found) -> list[str]:
    return [found.text[turn.speech_start : turn.speech_stop] for turn in found.turns if turn.label]


def teams(names: tuple[str, str], *, icon: str = "", apart: bool = False) -> bytes:
    body = (
        p("Réunion de lancement-20240305_140233-Enregistrement de la réunion") + p("5 mars 2024, 14:02") + p("42m 10s")
    )
    body += p(r(names[0], "<w:b/>"), r(" a démarré la transcription"))
    for n in range(8):
        head = f"{icon}{r(names[n % 2], '<w:b/>')}{r(f'   {n}:0{n}')}"
        body += p(head) + p(SPEECH[n % 4]) if apart else p(head, BREAK, SPEECH[n % 4])
    return word(body + p(r(names[0], "<w:b/>"), r(" a arrêté la transcription")))


class DescribeTeams:
    @pytest.mark.parametrize("names", NAMES)
    @pytest.mark.parametrize("apart", [False, True])
    @pytest.mark.parametrize("icon", ["", ICON])
    def it_gives_names_words_and_times(self, names, apart, icon):
        found = preview(teams(names, icon=icon, apart=apart), "Entretien.docx")
        assert heard(found) == [(names[0], 4), (names[1], 4)]
        assert said(found) == SPEECH * 2
        assert [turn.time for turn in found.turns if turn.label][:3] == [0.0, 61.0, 122.0]
        assert found.turns[0].label is None
        assert found.turns[-1].label is None

    @pytest.mark.parametrize("stamp", ["0:{n}:0.0 --&gt; 0:{n}:3.200", "00:0{n}:00.0000000 --&gt; 00:0{n}:03.2000000"])
    def it_reads_what_it_wrote_some_years_ago(self, stamp):
        body = "".join(p(stamp.format(n=n)) + p(NAMES[0][n % 2]) + p(SPEECH[n % 4]) for n in range(8))
        found = preview(word(body), "Entretien.docx")
        assert heard(found) == [("Camille Durand", 4), ("Sacha Martin", 4)]
        assert said(found) == SPEECH * 2
        assert (found.turns[1].time, found.turns[1].time_stop) == (60.0, 63.2)

    def it_takes_the_marks_of_subtitles_for_what_they_are(self):
        body = "".join(
            p(f"00:0{n}:00.000 --&gt; 00:0{n}:03.200") + p(f"&lt;v {NAMES[0][n % 2]}&gt;{SPEECH[n % 4]}&lt;/v&gt;")
            for n in range(8)
        )
        found = preview(word(body), "Entretien.docx")
        assert heard(found) == [("Camille Durand", 4), ("Sacha Martin", 4)]
        assert said(found) == SPEECH * 2


ZOOM = {
    "subtitles": "{n}\n00:0{n}:03.000 --> 00:0{n}:09.000\n{name}: {speech}\n\n",
    "captions kept": "[{name}] 14:0{n}:03\n{speech}\n\n",
    "captions of old": "14:0{n}:03 {name}: {speech}\n",
    "name, time": "{name} 00:0{n}:03\n{speech}\n\n",
    "name, then time": "{name}\n00:0{n}:03\n{speech}\n\n",
}


class DescribeZoom:
    @pytest.mark.parametrize("layout", ZOOM)
    @pytest.mark.parametrize("extension", ["txt", "docx"])
    def it_gives_names_words_and_times(self, layout, extension):
        text = "".join(ZOOM[layout].format(n=n, name=NAMES[0][n % 2], speech=SPEECH[n % 4]) for n in range(8))
        lines = text.replace("<", "&lt;").replace(">", "&gt;").split("\n")
        data = text.encode() if extension == "txt" else word("".join(p(line) for line in lines))
        found = preview(data, f"Entretien.{extension}")
        assert heard(found) == [("Camille Durand", 4), ("Sacha Martin", 4)]
        assert [words.split("\n")[0] for words in said(found)] == SPEECH * 2
        assert all(turn.time is not None for turn in found.turns if turn.label)


@pytest.mark.parametrize(
    "text",
    [
        "Ouverture  8:30\nAccueil du public\nAtelier  9:15\nUsage de la messagerie\nPause  10:45\nCafé\nFin  12:00\nRangement\n",
        "Mme B.  14:05\nElle arrive.\nM. C.  9:10\nIl part.\nMme D.  8:00\nElle revient.\n",
        "Un\nDeux\n" * 50,
        "x" * 100_000,
        (" " * 50_000 + "x\n") * 4,
    ],
)
def test_other_texts_with_times_are_left_to_the_rules(text):
    assert readers.get("txt").read(text.encode(), "notes.txt").turns == ()
