"""Praat's TextGrid in its text formats."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys

import pytest

from qualikit.corpus.readers.textgrid import TextGridReader
from qualikit.errors import EmptyDocument, UnreadableFile


def read(text, encoding="utf-8"):
    return TextGridReader().read(text.encode(encoding), "Groupe.TextGrid")


def said(found):
    return [(turn.label, turn.time, turn.time_stop, turn.speech.of(found.text)) for turn in found.turns]


def long_form(tiers):
    """Tiers as Praat writes them: name → intervals, or points where an entry has one time."""
    items = []
    for number, (name, entries) in enumerate(tiers.items(), 1):
        points = bool(entries) and len(entries[0]) == 2
        rows = []
        for n, (*times, words) in enumerate(entries, 1):
            quoted = words.replace('"', '""')
            if points:
                rows.append(
                    f'        points [{n}]:\n            number = {times[0]} \n            mark = "{quoted}" \n'
                )
            else:
                rows.append(
                    f"        intervals [{n}]:\n            xmin = {times[0]} \n            xmax = {times[1]} \n"
                    f'            text = "{quoted}" \n'
                )
        kind, what = ("TextTier", "points") if points else ("IntervalTier", "intervals")
        items.append(
            f'    item [{number}]:\n        class = "{kind}" \n        name = "{name}" \n        xmin = 0 \n'
            f"        xmax = 60 \n        {what}: size = {len(entries)} \n{''.join(rows)}"
        )
    head = (
        'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0 \nxmax = 60 \ntiers? <exists> \n'
        f"size = {len(tiers)} \nitem []: \n"
    )
    return head + "".join(items)


def short_form(tiers):
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "0", "60", "<exists>", str(len(tiers))]
    for name, entries in tiers.items():
        points = bool(entries) and len(entries[0]) == 2
        lines += ['"TextTier"' if points else '"IntervalTier"', f'"{name}"', "0", "60", str(len(entries))]
        for *times, words in entries:
            lines += [*map(str, times), '"' + words.replace('"', '""') + '"']
    return "\n".join(lines) + "\n"


TALK = {
    "Chercheuse": [(0, 2.5, "Vous venez d'où ?"), (2.5, 6, ""), (6, 7.25, "D'accord.")],
    "Karim": [(0, 3, " "), (3, 6, 'De "là-bas",\nà côté.'), (6, 60, "")],
}
WANTED = [
    ("Chercheuse", 0.0, 2.5, "Vous venez d'où ?"),
    ("Karim", 3.0, 6.0, 'De "là-bas", à côté.'),
    ("Chercheuse", 6.0, 7.25, "D'accord."),
]


@pytest.mark.parametrize("form", [long_form, short_form])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def it_reads_both_forms_in_every_encoding(form, encoding, end):
    assert said(read(form(TALK).replace("\n", end), encoding)) == WANTED


def it_reads_what_praatio_reads():
    if importlib.util.find_spec("praatio") is None:
        pytest.skip("praatio is not installed")
    # In a process of its own: it loads modules of which other tests ask that nobody load them.
    code = "import json, sys; from praatio.utilities.textgrid_io import parseTextgridStr as parse; "
    code += "print(json.dumps(parse(sys.stdin.buffer.read().decode()), default=list))"
    answer = subprocess.run(
        [sys.executable, "-c", code], input=long_form(TALK).encode(), capture_output=True, check=True
    )
    parsed = json.loads(answer.stdout)
    theirs = sorted(
        (float(start), tier["name"], " ".join(words.split()))
        for tier in parsed["tiers"]
        for start, _stop, words in tier["entries"]
    )
    assert [(time, label, words) for label, time, _stop, words in said(read(long_form(TALK)))] == theirs


def it_orders_overlapping_speech_by_where_it_starts():
    found = read(short_form({"A": [(0, 10, "Je disais que…")], "B": [(4, 5, "Oui oui.")], "C": [(2, 11, "Non !")]}))
    assert [(label, time) for label, time, *_ in said(found)] == [("A", 0.0), ("C", 2.0), ("B", 4.0)]
    assert found.warnings == ()


def it_joins_what_one_person_says_on():
    found = read(short_form({"A": [(0, 1, "Alors"), (1, 2, "voilà.")], "B": []}))
    assert said(found) == [("A", 0.0, 2.0, "Alors voilà.")]


def it_leaves_points_and_says_so():
    found = read(long_form({**TALK, "Bruits": [(3, "porte"), (9, "rire")]}))
    assert said(found) == WANTED
    assert any("Bruits" in warning for warning in found.warnings)


def it_leaves_tiers_that_say_the_same_word_by_word():
    words = [(3, 4, "De"), (4, 6, "là-bas")]
    found = read(long_form({**TALK, "Karim - words": words, "Karim - phones": words}))
    assert said(found) == WANTED
    assert any("Karim - words" in warning for warning in found.warnings)


def it_takes_no_name_from_a_tier_named_after_what_it_holds():
    assert said(read(long_form({"transcription": [(0, 2, "Bonjour.")]}))) == [(None, 0.0, 2.0, "Bonjour.")]


def it_loses_no_more_than_what_is_damaged():
    whole = short_form({"A": [(n, n + 1, f"Phrase {n}.") for n in range(8)]})
    found = read(whole.replace("\n3\n4\n", "\n3\n4x\n"))
    assert "Phrase 2." in found.text
    assert "Phrase 4." in found.text
    assert any("abîmé" in warning for warning in found.warnings)


def it_is_not_misled_by_words_that_look_like_the_format():
    tricky = {"A": [(0, 1, 'item [2]: class = "IntervalTier"'), (1, 2, "! xmin = 3"), (2, 3, "5")]}
    assert said(read(long_form(tricky)))[0][3] == 'item [2]: class = "IntervalTier" ! xmin = 3 5'


def it_refuses_a_binary_one_and_says_what_to_do():
    with pytest.raises(UnreadableFile, match="Save as text file"):
        TextGridReader().read(b"ooBinaryFile\x08TextGrid\x00\x00", "Groupe.TextGrid")


def it_refuses_what_is_no_textgrid():
    with pytest.raises(UnreadableFile, match="TextGrid"):
        read('Bonjour, "ceci" est un texte 3 4.')


def it_says_of_silence_that_nothing_is_said():
    with pytest.raises(EmptyDocument):
        read(long_form({"A": [(0, 60, "")]}))
