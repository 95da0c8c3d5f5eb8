"""WebVTT as Teams, Zoom, Whisper and noScribe write it."""

from __future__ import annotations

import pytest

from qualikit.corpus.readers.vtt import VttReader
from qualikit.errors import UnreadableFile


def read(text, name="Entretien.vtt"):
    return VttReader().read(text.encode(), name)


def said(found):
    return [(turn.label, turn.time, turn.time_stop, turn.speech.of(found.text)) for turn in found.turns]


TEAMS = """WEBVTT

8f2b7c1e-55aa-4a3e-9f1e-0d4c/12-0
00:00:03.120 --> 00:00:05.480
<v Claire Dumas>Bonjour à tous &amp; merci
d'être venus.</v>

8f2b7c1e-55aa-4a3e-9f1e-0d4c/12-1
00:00:05.480 --> 00:00:07.000
<v Claire Dumas>On commence ?</v>

8f2b7c1e-55aa-4a3e-9f1e-0d4c/13-0
00:00:07.900 --> 00:00:09.250
<v Karim>Oui, <i>allons-y</i>.</v>
"""

ZOOM = """WEBVTT

1
00:00:02.000 --> 00:00:04.000
Claire Dumas: Vous m'entendez ?

2
00:00:04.500 --> 00:00:06.000
Karim: Très bien.

3
00:00:06.000 --> 00:00:08.000
Karim: Et vous ?

4
00:00:08.500 --> 00:00:12.000
Claire Dumas: Parfaitement : on y va.
"""

NOSCRIBE = """WEBVTT Entretien avec la médiatrice

NOTE
Transcribed with noScribe vers. 0.6
Audio source: C:/terrain/mediatrice.m4a

NOTE media: C:/terrain/mediatrice.m4a

1
00:00:00.000 --> 00:00:02.500
<v S00>S00: Vous êtes arrivée quand ?

2
00:00:02.500 --> 00:00:06.000
<v S01>S01: En mars. //Il pleuvait.//

3
00:00:06.000 --> 00:00:07.000
<v S01>Beaucoup.
"""

WHISPER = """WEBVTT

00:00.000 --> 00:04.000
Alors on est partis tôt,

00:04.000 --> 00:06.000
tous les quatre.

00:12.000 --> 00:15.000
Et puis il a neigé.

1:00:00.000 --> 1:00:02.000
Voilà.
"""


def it_joins_what_one_voice_says_as_teams_writes_it():
    found = read(TEAMS)
    assert said(found) == [
        ("Claire Dumas", 3.12, 7.0, "Bonjour à tous & merci d'être venus. On commence ?"),
        ("Karim", 7.9, 9.25, "Oui, allons-y."),
    ]
    assert found.text.startswith("Claire Dumas : Bonjour à tous & merci")
    assert "8f2b" not in found.text


def it_takes_the_names_in_the_cues_as_zoom_writes_them():
    assert said(read(ZOOM)) == [
        ("Claire Dumas", 2.0, 4.0, "Vous m'entendez ?"),
        ("Karim", 4.5, 8.0, "Très bien. Et vous ?"),
        ("Claire Dumas", 8.5, 12.0, "Parfaitement : on y va."),
    ]


def it_reads_noscribe_with_its_title_and_without_its_notes():
    found = read(NOSCRIBE)
    assert said(found) == [
        ("S00", 0.0, 2.5, "Vous êtes arrivée quand ?"),
        ("S01", 2.5, 7.0, "En mars. //Il pleuvait.// Beaucoup."),
    ]
    assert found.title == "Entretien avec la médiatrice"
    assert "m4a" not in found.text


def it_makes_paragraphs_with_their_time_where_nobody_is_named():
    assert said(read(WHISPER)) == [
        (None, 0.0, 6.0, "Alors on est partis tôt, tous les quatre."),
        (None, 12.0, 15.0, "Et puis il a neigé."),
        (None, 3600.0, 3602.0, "Voilà."),
    ]


def it_breaks_a_long_answer_into_paragraphs_of_one_turn():
    cues = "\n\n".join(
        f"00:{n // 60:02}:{n % 60:02}.000 --> 00:{n // 60:02}:{n % 60:02}.900\n<v Karim>Phrase numéro {n} de son récit, et la suite."
        for n in range(60)
    )
    found = read(f"WEBVTT\n\n{cues}\n")
    (turn,) = found.turns
    assert (turn.label, turn.time, turn.time_stop) == ("Karim", 0.0, 59.9)
    paragraphs = turn.speech.of(found.text).split("\n")
    assert 3 < len(paragraphs) < 12
    assert all(paragraph.endswith(".") for paragraph in paragraphs)


def it_reads_what_webvtt_py_reads_of_a_file_without_a_fault():
    webvtt = pytest.importorskip("webvtt")
    theirs = [(cue.voice, cue.start_time.in_milliseconds() / 1000) for cue in webvtt.from_string(NOSCRIBE)]
    assert [(label, start) for label, start, *_ in said(read(NOSCRIBE))] == theirs[:2]


def it_tells_two_voices_of_one_cue_apart():
    found = read("WEBVTT\n\n00:01.000 --> 00:02.000\n<v.loud Karim>Non !</v> <v Claire>Si.</v>\n")
    assert said(found) == [("Karim", 1.0, 2.0, "Non !"), ("Claire", 1.0, 2.0, "Si.")]


def it_keeps_every_word_of_a_file_that_players_would_read_in_part():
    found = read(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Karim>Avant.\n\nAprès une ligne vide.\n\n"
        "00:03,000 --> 00:04,000\n<v Claire>Une virgule.\n\n00:0x.000 --> 00:06.000\n<v Karim>Une heure abîmée.\n"
    )
    assert [(label, words) for label, *_times, words in said(found)] == [
        ("Karim", "Avant. Après une ligne vide."),
        ("Claire", "Une virgule."),
        ("Karim", "Une heure abîmée."),
    ]
    assert found.turns[-1].time is None
    assert any("heure illisible" in warning for warning in found.warnings)


def it_keeps_what_looks_like_a_tag_and_is_none():
    found = read("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Karim><c.yellow>Ah</c> <rires> 3 < 5, <00:01.500><b>non</b>\n")
    assert said(found) == [("Karim", 1.0, 2.0, "Ah <rires> 3 < 5, non")]


def it_puts_disordered_cues_in_order_and_says_so():
    found = read("WEBVTT\n\n00:09.000 --> 00:10.000\n<v B>Deux.\n\n00:01.000 --> 00:02.000\n<v A>Un.\n")
    assert [label for label, *_ in said(found)] == ["A", "B"]
    assert "désordre" in found.warnings[0]


def it_lets_speech_overlap():
    found = read("WEBVTT\n\n00:01.000 --> 00:09.000\n<v A>Je disais…\n\n00:03.000 --> 00:04.000\n<v B>Oui oui.\n")
    assert said(found) == [("A", 1.0, 9.0, "Je disais…"), ("B", 3.0, 4.0, "Oui oui.")]
    assert found.warnings == ()


@pytest.mark.parametrize("text", ["Karim : bonjour.\nClaire : bonjour.\n", "WEBVTT\n\nNOTE rien\n"])
def it_refuses_what_has_no_time(text):
    with pytest.raises(UnreadableFile, match="aucune heure"):
        read(text)
