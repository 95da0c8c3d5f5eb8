"""Labels: what looks like a person, which are one person spelt twice, who asks."""

from __future__ import annotations

import pytest

from qualikit.corpus.labels import Heard, Merge, Shape, guess_roles, shape, tidy, variants
from qualikit.corpus.model import Role

TALK = Heard(turns=10, words=400, questions=1)
ASKS = Heard(turns=10, words=80, questions=8)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("P1", Shape.CODE),
        ("FG2-3", Shape.CODE),
        ("SPEAKER_00", Shape.ROLE),
        ("E 12", Shape.CODE),
        ("CA", Shape.INITIALS),
        ("J.-P.", Shape.INITIALS),
        ("Mme X", Shape.CIVILITY),
        ("M. DURAND", Shape.CIVILITY),
        ("L'animatrice", Shape.ROLE),
        ("Usager n° 3", Shape.ROLE),
        ("Une dame", Shape.ROLE),
        ("Claire (animatrice)", Shape.NAME),
        ("Jean-Marc de La Tour", Shape.NAME),
        ("karim", Shape.LOWER),
        ("Je précise", Shape.NONE),
        ("C'est ça", Shape.NONE),
        ("Mme la maire", Shape.NONE),
        ("Question 3", Shape.NONE),
        ("Étape 2", Shape.NONE),
        ("Mardi 14", Shape.NONE),
        ("14", Shape.NONE),
        ("Oui. Alors", Shape.NONE),
        ("NB", Shape.NONE),
        ("Rires", Shape.NONE),
        ("La dame au vélo", Shape.NONE),
        ("", Shape.NONE),
        ("A" * 60, Shape.NONE),
    ],
)
def test_what_a_label_looks_like(label, expected):
    assert shape(label) is expected


def test_a_label_is_shown_without_emphasis_and_with_one_space():
    assert tidy("**Mme\u00a0  Roux **") == "Mme Roux"


class TestVariants:
    @pytest.mark.parametrize(
        ("counts", "into"),
        [
            ({"Chercheur": 10, "Checheur": 2}, "Chercheur"),
            ({"Checheur": 10, "Chercheur": 2}, "Chercheur"),
            ({"Interviewé": 9, "Intervewé": 1}, "Interviewé"),
            ({"Interviewe": 9, "Interviewé": 1}, "Interviewe"),
            ({"Animatrice": 3, "ANIMATRICE": 1, "animatrice": 1}, "Animatrice"),
            ({"Hélène": 3, "Helene": 1}, "Hélène"),
            ({"Christophe": 5, "Chistophe": 1}, "Christophe"),
            ({"Jean-Pierre": 5, "Jean Pierre": 1}, "Jean-Pierre"),
            ({"M. Dupont": 5, "M Dupont": 1}, "M. Dupont"),
            ({"Participant 2": 5, "Particpant 2": 1}, "Participant 2"),
        ],
    )
    def test_one_label_spelt_in_several_ways(self, counts, into):
        (merge,) = variants(counts)
        assert set(merge.labels) == set(counts)
        assert merge.into == into

    @pytest.mark.parametrize(
        "labels",
        [
            ["P1", "P2"],
            ["P1", "P11"],
            ["Mme A", "Mme B"],
            ["Mme Roux", "M. Roux"],
            ["Speaker 1", "Speaker 2"],
            ["Participant 1", "Participant 2"],
            ["Martin", "Martine"],
            ["Marie", "Maria"],
            ["Danielle", "Daniella"],
            ["Animateur", "Animatrice"],
            ["Chercheur", "Chercheuse"],
            ["Enquêteur", "Enquêté"],
            ["Interviewer", "Interviewé"],
            ["Médiateur", "Modérateur"],
            ["Intervenant", "Intervenante"],
            ["CA", "CB"],
            ["🚲", "🚗"],
        ],
    )
    def test_two_people_are_never_offered_as_one(self, labels):
        assert variants(dict.fromkeys(labels, 5)) == ()

    def test_a_known_word_misspelt_everywhere(self):
        assert variants({"Checheur": 24, "Interviewe": 23}) == (Merge(("Checheur",), "Chercheur"),)


class TestRoles:
    @pytest.mark.parametrize(
        "label",
        [
            "Animatrice",
            "ANIMATEUR",
            "Modératrice 2",
            "Chercheur",
            "[Checheur]".strip("[]"),
            "Enquêtrice",
            "Interviewer",
            "Intervieweuse",
            "Claire (animatrice)",
            "Animatrice - Claire",
            "L'animateur",
            "Q",
            "Évaluatrice",
        ],
    )
    def test_who_leads_by_their_label(self, label):
        assert guess_roles({label: TALK, "Odile": TALK, "Karim": TALK})[label] is Role.MODERATOR

    @pytest.mark.parametrize(
        "label",
        [
            "Médiateur",
            "Médiatrice",
            "Conseillère",
            "Animatrice du centre social",
            "Animateur jeunesse",
            "Directrice",
            "Odile",
        ],
    )
    def test_who_does_not(self, label):
        assert guess_roles({label: TALK, "Enquêteur": ASKS, "Karim": TALK})[label] is Role.PARTICIPANT

    def test_who_observes(self):
        assert guess_roles({"Observatrice": TALK, "Animateur": ASKS, "P1": TALK})["Observatrice"] is Role.OBSERVER

    def test_an_animatrice_who_is_interviewed(self):
        assert guess_roles({"Enquêtrice": ASKS, "Animatrice": TALK})["Animatrice"] is Role.PARTICIPANT

    @pytest.mark.parametrize(("pair", "asker"), [("IE", "I"), ("QR", "Q"), ("ER", "E"), ("IR", "I")])
    def test_letters_that_go_in_pairs(self, pair, asker):
        roles = guess_roles(dict.fromkeys(pair, TALK))
        assert [label for label in pair if roles[label] is Role.MODERATOR] == [asker]

    def test_p1_among_initials_presents_and_among_others_of_its_kind_takes_part(self):
        assert guess_roles({"P1": ASKS, "CA": TALK, "JB": TALK})["P1"] is Role.MODERATOR
        assert guess_roles({"P1": TALK, "CA": TALK, "JB": TALK})["P1"] is Role.PARTICIPANT
        roles = guess_roles({"P1": ASKS, "P2": TALK, "P3": TALK, "P4": TALK})
        assert set(roles.values()) == {Role.PARTICIPANT}
        assert guess_roles({"Animateur": ASKS, "P1": ASKS, "CA": TALK, "JB": TALK})["P1"] is Role.PARTICIPANT

    def test_of_two_names_the_one_who_asks_briefly(self):
        assert guess_roles({"Jeanne": ASKS, "Odile": TALK})["Jeanne"] is Role.MODERATOR
        assert Role.MODERATOR not in guess_roles({"Jeanne": TALK, "Odile": TALK}).values()

    def test_presenters_of_the_debates(self, shared):
        from qualikit.corpus.preview import preview

        for path in sorted((shared / "data" / "debates" / "transcripts").glob("*.txt")):
            for speaker in preview(path.read_bytes(), path.name).speakers:
                expected = Role.MODERATOR if speaker.name in {"P1", "P2"} else Role.PARTICIPANT
                if path.name.startswith("Destaing") and speaker.name in {"P1", "P2"} and speaker.turns == 1:
                    continue
                assert speaker.role is expected, (path.name, speaker)
