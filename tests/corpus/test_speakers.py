"""Who speaks: every way of writing it is recognised, and nothing that merely contains a colon speaks."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from qualikit.corpus.marks import Form
from qualikit.corpus.readers import ReadText, reader_for
from qualikit.corpus.speakers import NOBODY, SpeakerRule, detect
from qualikit.corpus.turns import split_turns
from qualikit.text import Span
from tests.corpus.transcripts import SPEECH, talk

GROUP = ["Animatrice", "P1", "P2", "P3"]


def found(text: str, bold: tuple[Span, ...] = ()) -> dict[str, int]:
    return dict(detect(ReadText(text, bold)).best.counts)


def written(text: str, *names: str) -> dict[str, int]:
    """How many times each name stands at the beginning of a line, whatever comes around it."""
    return {
        name: len(re.findall(rf"^[\W_]*(?:[\d:]+\W+)*{re.escape(name)}(?![^\W_])", text, re.MULTILINE))
        for name in names
    }


class TestForms:
    @pytest.mark.parametrize(
        ("form", "expected"),
        [
            ("{n}: {s}", Form.COLON),
            ("{n} : {s}", Form.COLON),
            ("{n}\u00a0: {s}", Form.COLON),
            ("{n}\u202f: {s}", Form.COLON),
            ("{n}:{s}", Form.COLON),
            ("{n} :\t{s}", Form.COLON),
            ("{n} :\n{s}\n", Form.COLON),
            ("- {n} : {s}", Form.COLON),
            ("**{n} :** {s}", Form.COLON),
            ("**{n}** : {s}", Form.COLON),
            ("__{n} :__ {s}", Form.COLON),
            ("{h} {n} : {s}", Form.COLON),
            ("[{h}] {n} : {s}", Form.COLON),
            ("{n} : [{h}] {s}", Form.COLON),
            ("{n} ({t}) : {s}", Form.COLON),
            ("{n} : {s} #{h}-3#", Form.COLON),
            ("[{n}] ({t} - {t})\n{s}\n", Form.BRACKETS),
            ("[{n}] ({t}- {t})\n{s}\n", Form.BRACKETS),
            ("[{n}] {s}", Form.BRACKETS),
            ("[{n}] : {s}", Form.BRACKETS),
            ("{n} ({h})\n{s}\n", Form.TIME),
            ("{n} ({h}) {s}", Form.TIME),
            ("{n}  {t}\n{s}\n", Form.TIME),
            ("{n} [{h}]\n{s}", Form.TIME),
            ("[{h}] {n}\n{s}", Form.TIME),
            ("{h} - {n}\n{s}", Form.TIME),
            ("{n}\t{s}", Form.TAB),
            ("{h}\t{n}\t{s}", Form.TAB),
            ("12\t{h}\t{n}\t{s}", Form.TAB),
            ("{n} – {s}", Form.DASH),
            ("{n}\n{s}\n", Form.ALONE),
        ],
    )
    def test_one_group_written_in_every_way(self, form, expected):
        text = talk(form, GROUP)
        proposal = detect(ReadText(text))
        assert proposal.best.rule.form is expected
        if form.startswith("12"):
            text = text.replace("12\t", "")
        assert dict(proposal.best.counts) == written(text, *GROUP)

    def test_bold_labels_without_any_sign(self):
        text, bold = "", []
        for turn, speech in enumerate(SPEECH * 3):
            name = GROUP[turn % 4]
            bold.append(Span(len(text), len(text) + len(name)))
            text += f"{name} {speech}\n"
        proposal = detect(ReadText(text, tuple(bold)))
        assert proposal.best.rule.form is Form.BOLD
        assert dict(proposal.best.counts) == {"Animatrice": 7, "P1": 7, "P2": 7, "P3": 6}
        turns = split_turns(text, proposal.best.rule, tuple(bold))
        assert text[turns[1].speech_start : turns[1].speech_stop] == SPEECH[1]

    def test_titles_in_bold_do_not_speak(self):
        text, bold = "", []
        for line in ["Première partie", *SPEECH, "Le matériel", *SPEECH, "Les relais", *SPEECH]:
            if line not in SPEECH:
                bold.append(Span(len(text), len(text) + len(line)))
            text += line + "\n"
        assert detect(ReadText(text, tuple(bold))).best.rule == NOBODY

    @pytest.mark.parametrize(
        "names",
        [
            ["Mme X", "M. Dupont", "Mme Roux", "Animatrice"],
            ["Karim", "Jeanne", "Odile"],
            ["Jean Dupont", "Anne-Marie Le Goff", "D'Alembert"],
            ["I", "E"],
            ["Q", "R"],
            ["Question", "Réponse"],
            ["animatrice", "karim", "jeanne"],
            ["Homme 1", "Femme 2", "La médiatrice", "Chercheuse"],
            ["SPEAKER_00", "SPEAKER_01"],
            ["Claire (animatrice)", "Karim", "Odile"],
            ["Usager n° 1", "Usager n° 2", "Animateur"],
            ["Animatrice", "P1", "Tous"],
            ["DUPONT", "MARTIN", "ROUX"],
            ["Zoé", "Léa", "Noé"],
            ["P.1", "P.2"],
            ["CA", "JLM", "P1"],
        ],
    )
    def test_people_under_every_kind_of_name(self, names):
        text = talk("{n} : {s}", names)
        assert found(text) == written(text, *names)

    def test_times_are_kept_in_seconds_past_the_hour_too(self):
        text = "[Chercheur] (75:10 - 75:12)\nOui ?\n[Interviewé] (1:15:13)\nOui.\n" * 3
        turns = split_turns(text, detect(ReadText(text)).best.rule)
        assert (turns[0].time, turns[0].time_stop) == (4510, 4512)
        assert (turns[1].time, turns[1].time_stop) == (4513, None)


class TestOnce:
    def test_who_speaks_once_among_others_of_the_same_look_is_kept(self):
        text = talk("{n} : {s}", GROUP, 16) + "\nP7 : Moi je suis d'accord.\nAnimatrice : Merci."
        assert found(text)["P7"] == 1
        text = talk("{n} : {s}", ["Animatrice", "Mme Petit", "M. Dupont"], 16) + "\nMme Roux : Moi aussi.\n"
        assert found(text)["Mme Roux"] == 1

    def test_a_short_exchange(self):
        assert found("Chercheur : Bonjour, comment allez-vous ?\nMme Roux : Bien, merci.") == {
            "Chercheur": 1,
            "Mme Roux": 1,
        }

    def test_only_the_questions_are_announced(self):
        text = "\n".join(f"Enquêteur : {speech}\n{SPEECH[n - 1]}" for n, speech in enumerate(SPEECH))
        assert found(text) == {"Enquêteur": len(SPEECH)}


class TestNobody:
    @pytest.mark.parametrize(
        "line",
        [
            "Je précise : je ne suis pas contre.",
            "14 : 30",
            "Note : la séance est suspendue.",
            "Par exemple : la CAF.",
            "Question 3 : le vélo ?",
            "http://exemple.fr",
            "Il m'a dit : non.",
            "Contexte : le projet.",
            "D'accord : merci.",
            "[Interruption de personnes hors entretien]",
            "Attention : ça glisse",
            "Mardi 14 : relâche",
        ],
    )
    @pytest.mark.parametrize("times", [1, 4])
    def test_what_contains_a_colon_does_not_speak_in_a_conversation(self, line, times):
        lines = talk("{n} : {s}", GROUP, 20).split("\n")
        for place in range(times):
            lines.insert(5 + 6 * place, line)
        assert set(found("\n".join(lines))) == set(GROUP)

    def test_an_incident_without_time_among_labels_that_have_one(self):
        text = talk("[{n}] ({t} - {t})\n{s}\n", ["Chercheur", "Interviewe"], 20)
        text += (
            "\n[Interruption]\n" + talk("[{n}] ({t} - {t})\n{s}\n", ["Chercheur", "Interviewe"]) + "\n[Interruption]\n"
        )
        assert set(found(text)) == {"Chercheur", "Interviewe"}

    @pytest.mark.parametrize(
        "text",
        [
            "\n".join(SPEECH * 4),
            "\n".join(f"Question {n} : {speech}" for n, speech in enumerate(SPEECH)),
            "\n".join(f"{n} - {speech}" for n, speech in enumerate(SPEECH)),
            "Avantages : proximité.\nInconvénients : météo.\n" * 5,
            "Note d'observation\n9:30 : arrivée.\n10:15 : une dame s'arrête.\n11:00 - Pause\n",
            "Dupont, J. (2020) : Titre\nMartin : l'inclusion\nSource : INSEE\nTél : 04 42\nAdresse : rue X",
            "\n\n".join(
                f"Place : marché\nVélo : {n} sorties\nAffluence : faible\nDifficulté : vent\nLe médiateur s'installe."
                for n in range(5)
            ),
            "\n\n".join(
                f"Jour {n}\nSite : marché\nMédiateur : Karim\nMétéo : pluie\nAffluence : faible\nDurée : 2 h\nUne dame vient."
                for n in range(5)
            ),
            "🚲",
            "a",
        ],
    )
    def test_reports_notes_and_lists_have_no_speakers(self, text):
        assert detect(ReadText(text)).best.rule == NOBODY

    def test_a_heading_names_people_without_their_speaking(self):
        heading = (
            "Focus group d'Aubagne\nDate : 14 novembre 2023\nLieu : centre social\nAnimatrice : Claire Martin\n"
            "Participants : 8 personnes\n\n"
        )
        listing = "Participants :\nP1 : Jeanne, 72 ans\nP2 : Ahmed, 45 ans\n\n"
        text = talk("{n} : {s}", GROUP)
        assert found(heading + text) == found(text)
        assert found(listing + text) == found(text)


class TestProposal:
    def test_nobody_is_always_offered(self):
        for text in [talk("{n} : {s}", GROUP), "rien"]:
            proposal = detect(ReadText(text))
            assert NOBODY in [candidate.rule for candidate in (proposal.best, *proposal.alternatives)]

    def test_a_rule_is_a_value_that_is_stored_and_said(self):
        rule = detect(ReadText(talk("{n} : {s}", ["Mme É.", "P1"]))).best.rule
        assert SpeakerRule.from_json(rule.to_json()) == rule
        assert "deux-points" in rule.words()

    @pytest.mark.parametrize("stored", ["", "{}", "[]", '{"form": "braille", "labels": []}'])
    def test_what_is_not_a_rule(self, stored):
        with pytest.raises(ValueError):  # noqa: PT011 - json's own error is one
            SpeakerRule.from_json(stored)

    def test_every_form_has_words(self):
        assert len({SpeakerRule(form).words() for form in Form}) == len(Form)


class TestRealMaterial:
    def test_twelve_interviews(self, shared):
        paths = sorted((shared / "data" / "interviews_artisans").glob("*.docx"))
        assert len(paths) == 12
        for path in paths:
            read = reader_for(path.name).read(path.read_bytes(), path.name)
            expected = Counter(re.findall(r"^\[(\w+)\] ?\(\d+:\d\d ?- ?\d+:\d\d\)$", read.text, re.MULTILINE))
            proposal = detect(read)
            assert dict(proposal.best.counts) == dict(expected), path.name
            turns = [t for t in split_turns(read.text, proposal.best.rule, read.bold) if t.label]
            assert all(turn.time is not None and turn.time_stop is not None for turn in turns)
            assert turns[0].time < 60
            assert all("[" not in read.text[t.speech_start : t.speech_start + 1] or "Inter" in read.text for t in turns)

    def test_sixty_six_debates(self, shared):
        paths = sorted((shared / "data" / "debates" / "transcripts").glob("*.txt"))
        assert len(paths) == 66
        label = re.compile(r"^ ?(P\d|[A-Z]{2,3}|M\. [A-Z]+|Jordan Bardella|Olivier Véran) *:", re.MULTILINE)
        for path in paths:
            read = reader_for(path.name).read(path.read_bytes(), path.name)
            proposal = detect(read)
            assert dict(proposal.best.counts) == dict(Counter(label.findall(read.text))), path.name
            turns = split_turns(read.text, proposal.best.rule)
            assert [t.label for t in turns if t.label] == label.findall(read.text)
