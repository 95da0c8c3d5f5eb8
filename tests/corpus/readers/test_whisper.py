"""The JSON of Whisper and of the programs around it."""

from __future__ import annotations

import json

import pytest

from qualikit.corpus.readers.whisper import WhisperReader
from qualikit.errors import EmptyDocument, UnreadableFile


def read(content):
    return WhisperReader().read(json.dumps(content).encode(), "Entretien.json")


def said(found):
    return [(turn.label, turn.time, turn.time_stop, turn.speech.of(found.text)) for turn in found.turns]


SEGMENTS = [
    {"id": 0, "start": 0.0, "end": 2.5, "text": " On attendait,", "tokens": [50364, 1282], "avg_logprob": -0.2},
    {"id": 1, "start": 2.5, "end": 4.0, "text": " sous la pluie."},
]
WANTED = [(None, 0.0, 4.0, "On attendait, sous la pluie.")]


@pytest.mark.parametrize(
    "content",
    [
        {"text": " On attendait, sous la pluie.", "segments": SEGMENTS, "language": "fr"},
        SEGMENTS,
        {
            "systeminfo": "AVX = 1",
            "model": {"type": "medium"},
            "transcription": [
                {
                    "timestamps": {"from": "00:00:00,000", "to": "00:00:02,500"},
                    "offsets": {"from": 0, "to": 2500},
                    "text": " On attendait,",
                },
                {"timestamps": {"from": "00:00:02,500", "to": "00:00:04,000"}, "text": " sous la pluie."},
            ],
        },
        {
            "text": "On attendait, sous la pluie.",
            "chunks": [
                {"timestamp": [0.0, 2.5], "text": " On attendait,"},
                {"timestamp": [2.5, 4.0], "text": " sous la pluie."},
            ],
        },
    ],
    ids=["openai-whisper", "list", "whisper.cpp", "transformers"],
)
def it_reads_the_same_from_each_program(content):
    assert said(read(content)) == WANTED


def it_takes_the_speakers_of_whisperx():
    found = read(
        {
            "segments": [
                {"start": 0.1, "end": 2.0, "text": " Vous venez souvent ?", "speaker": "SPEAKER_00", "words": []},
                {"start": 2.2, "end": 3.0, "text": " Chaque mardi.", "speaker": "SPEAKER_01"},
                {"start": 3.1, "end": 4.0, "text": " Sauf l'été.", "speaker": "SPEAKER_01"},
            ],
            "word_segments": [],
        }
    )
    assert said(found) == [
        ("SPEAKER_00", 0.1, 2.0, "Vous venez souvent ?"),
        ("SPEAKER_01", 2.2, 4.0, "Chaque mardi. Sauf l'été."),
    ]


def it_cuts_a_segment_in_which_two_people_speak():
    words = [
        {"word": "Bonjour.", "start": 1.0, "end": 1.4, "speaker": "SPEAKER_00"},
        {"word": "12"},
        {"word": "Oui", "start": 2.0, "end": 2.2, "speaker": "SPEAKER_01"},
        {"word": "bonjour.", "start": 2.3, "end": 2.8, "speaker": "SPEAKER_01"},
    ]
    segment = {"start": 1.0, "end": 3.0, "text": "Bonjour. 12 Oui bonjour.", "speaker": "SPEAKER_00", "words": words}
    assert said(read({"segments": [segment]})) == [
        ("SPEAKER_00", 1.0, 1.4, "Bonjour. 12"),
        ("SPEAKER_01", 2.0, 2.8, "Oui bonjour."),
    ]


def it_keeps_a_text_without_times():
    assert said(read({"text": "On attendait.", "language": "fr"})) == [(None, None, None, "On attendait.")]


def it_leaves_what_is_malformed_and_says_so():
    found = read({"segments": [*SEGMENTS, {"start": 5}, "?", {"start": 6, "end": 7, "text": " "}]})
    assert said(found) == WANTED
    assert found.warnings == ("2 passages mal formés ont été laissés de côté.",)


@pytest.mark.parametrize("time", [float("nan"), 1e300, -4, True, [1], 10**400, "demain"])
def it_believes_no_impossible_time(time):
    (turn,) = read([{"start": time, "end": time, "text": "Oui."}]).turns
    assert (turn.time, turn.time_stop) == (None, None)


def it_replaces_half_a_character():
    found = WhisperReader().read(
        b'[{"text": "Oui \\ud83d voil\\u00e0 \\ud83d\\udeb2", "speaker": "K\\udc00"}]', "e.json"
    )
    assert found.text == "K\ufffd : Oui \ufffd voilà 🚲"
    assert found.warnings


@pytest.mark.parametrize(
    "content",
    [{"name": "qualikit", "version": 2}, [], [1, 2], "texte", 3, {"text": "x", "author": "y"}, {"segments": 3}],
)
def it_refuses_what_is_no_transcription(content):
    with pytest.raises(UnreadableFile, match="pas une transcription de Whisper"):
        read(content)


def it_says_of_a_silent_recording_that_nothing_is_said():
    with pytest.raises(EmptyDocument):
        read({"segments": [{"start": 0, "end": 9, "text": ""}]})
