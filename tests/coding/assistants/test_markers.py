"""Positions proposed by markers: which are read, where they count, what only looks like one, how it is said."""

from __future__ import annotations

import pytest

from qualikit.coding.assistants import Heard, Level, Material, Segment, level_of
from qualikit.coding.assistants.markers import MarkerAssistant
from qualikit.coding.model import Code, Codebook, CodeKind, Position
from qualikit.text import Span, sentences

FOR, AGAINST, BETWEEN = Position.AGREEMENT, Position.DISAGREEMENT, Position.NUANCE
BOOK = Codebook.of(
    [
        Code("theme", "Vélo", keywords=("d'accord",)),
        *(Code(each.value, each.value, kind=CodeKind.POSITION, value=each, position=1) for each in Position),
    ]
)


def conversation(*said: str) -> Heard:
    """Turns « A : … »; M moderates."""
    heard = None
    for index, line in enumerate(said):
        speaker, words = line.split(" : ", 1)
        heard = Heard(index, "" if speaker == "-" else speaker, speaker == "M", words, 1000 * index, heard)
    assert heard is not None
    return heard


def proposals(*said: str, book: Codebook = BOOK):
    turn = conversation(*said)
    segments = [
        Segment("d", "v", turn.start + span.start, turn.start + span.stop, span.of(turn.words), turn)
        for span in sentences(turn.words, Span(0, len(turn.words)))
    ]
    return MarkerAssistant().prepare(Material(book)).suggest(segments)


def positions(*said: str) -> list[Position]:
    return [Position(each.code_id) for each in proposals(*said)]


def answer(words: str) -> list[Position]:
    """To what another participant has just said."""
    return positions("A : Le vélo, ça marche.", f"B : {words}")


class DescribeTheMarkers:
    @pytest.mark.parametrize(
        "words",
        [
            "Je ne suis pas d'accord avec vous.",
            "Moi, je suis pas du tout d'accord.",
            "On n'est absolument pas d'accord là-dessus.",
            "Pas d'accord.",
            "Nous sommes en désaccord sur ce point.",
            "Pas du tout !",
            "Non, ça ne marche pas.",
            "Non, non, non.",
            "Ah mais non, pas chez nous.",
            "C'est faux.",
            "Ce n'est pas vrai, monsieur.",
            "Au contraire, tout s'arrête.",
            "Bien sûr que non.",
            "Je n'ai jamais dit cela.",
            "Je ne partage pas cette idée.",
            "Vous vous trompez.",
        ],
    )
    def it_reads_disagreement(self, words):
        assert answer(words) == [AGAINST]

    @pytest.mark.parametrize(
        "words",
        [
            "Je suis tout à fait d'accord.",
            "D'accord avec toi, ça aide.",
            "Exactement.",
            "C'est vrai.",
            "Oui, ça aide beaucoup.",
            "Vous avez raison, Fatiha.",
            "Bien sûr.",
            "Je partage entièrement votre avis.",
            "Vous n'avez pas tort.",
        ],
    )
    def it_reads_agreement(self, words):
        assert answer(words) == [FOR]

    @pytest.mark.parametrize(
        "words",
        [
            "Oui, mais le soir il n'y a personne.",
            "Oui mais bon.",
            "D'accord, mais qui paie ?",
            "C'est vrai, mais pas partout.",
            "Je suis d'accord sur le principe, mais qui paie ?",
            "Je suis d'accord. Mais qui paie ?",
            "Je suis en partie d'accord.",
            "Je ne suis pas tout à fait d'accord.",
            "Oui et non.",
            "Oui, enfin, pas tous les jours.",
            "Oui, ils ont le droit, mais le mardi.",
        ],
    )
    def it_reads_nuance(self, words):
        assert answer(words) == [BETWEEN]

    def it_takes_the_longest_marker(self):
        assert answer("Pas d'accord.") == [AGAINST]
        assert answer("On n'est pas en désaccord.") == [FOR]

    @pytest.mark.parametrize(
        "words",
        [
            "Je ne suis pas d’accord.",
            "JE NE SUIS PAS D'ACCORD",
            "Je\u00a0ne suis pas\u202fd'accord\u00a0!",
            "🚲 Je ne suis pas d'accord 👩🏽‍🔧.",
            "Je ne suis pas d' accord.",
            "Ca n'est pas exact.",
            "Ça n’est pas e\u0301xact.",
        ],
    )
    def it_leaves_case_accents_apostrophes_and_spaces_aside(self, words):
        assert answer(words) == [AGAINST]


class DescribeWhereTheyCount:
    def it_needs_another_speaker_before(self):
        assert positions("B : Je ne suis pas d'accord.") == []
        assert positions("A : Le vélo.", "A : Je ne suis pas d'accord.") == []
        assert positions("A : Le vélo.", "- : Je ne suis pas d'accord.") == []

    def it_proposes_nothing_where_turns_are_not_known(self):
        segment = Segment("d", "v", 0, 28, "Je ne suis pas d'accord, non.")
        assert MarkerAssistant().prepare(Material(BOOK)).suggest([segment]) == []

    def it_reads_an_opening_marker_where_the_turn_opens_only(self):
        assert answer("J'y vais. J'en reviens. C'est faux.") == []
        assert answer("Il a dit non.") == []

    def it_reads_what_is_said_of_oneself_anywhere_in_the_turn(self):
        found = proposals("A : Le vélo.", "B : J'y vais. J'en reviens. Là, je ne suis pas d'accord avec vous.")
        assert [each.segment.words for each in found] == ["Là, je ne suis pas d'accord avec vous."]

    def it_reads_it_in_whatever_segment_the_marker_begins(self):
        turn = conversation("A : Le vélo.", "B : J'y vais. Je ne suis pas d'accord.")
        whole = Segment("d", "v", turn.start, turn.start + len(turn.words), turn.words, turn)
        assert [each.code_id for each in MarkerAssistant().prepare(Material(BOOK)).suggest([whole])] == ["disagreement"]

    def it_never_reads_the_moderator(self):
        assert positions("A : Le vélo.", "M : Je ne suis pas d'accord.") == []
        assert positions("A : Le vélo.", "M : Si vous êtes d'accord, on passe à la suite.") == []

    def it_looks_past_a_moderator_who_gives_the_floor(self):
        assert positions("A : Le vélo.", "M : Fatiha.", "B : Non, pas chez nous.") == [AGAINST]
        assert positions("A : Le vélo.", "M : Et vous ?", "B : Je ne suis pas d'accord avec Paul.") == [AGAINST]

    def it_looks_past_a_moderator_who_asks_whether_one_agrees(self):
        assert positions("A : Le vélo.", "M : Vous êtes d'accord ?", "B : Absolument.") == [FOR]

    def it_looks_past_a_moderator_to_the_same_speaker_and_finds_nobody(self):
        assert positions("B : Le vélo.", "M : Poursuivez.", "B : Non, pas chez nous.") == []
        assert positions("M : Bonjour.", "B : Non, pas chez nous.") == []

    def it_looks_past_what_nobody_says(self):
        assert positions("A : Le vélo.", "- : (rires)", "B : Pas du tout.") == [AGAINST]


class DescribeFalseFriends:
    @pytest.mark.parametrize(
        "words",
        [
            "Comme dit Paul, ça aide.",
            "Comme l'a dit Paul, ça aide.",
            "Voilà. On y va.",
            "Non mais attendez, je raconte.",
            "Non plus, d'ailleurs.",
            "D'accord.",
            "C'est ça qui m'agace.",
        ],
    )
    def it_leaves_what_only_fills_or_takes_the_floor(self, words):
        assert answer(words) == []

    @pytest.mark.parametrize("words", ["Oui.", "Non.", "Non, jamais.", "Oui, le mardi."])
    def it_leaves_what_answers_a_question(self, words):
        assert positions("A : Vous y allez ?", f"B : {words}") == []
        assert positions("A : Le vélo.", "M : Vous y allez, le mardi ?", f"B : {words}") == []
        assert positions("A : « Vous y allez\u00a0? »", f"B : {words}") == []

    @pytest.mark.parametrize(
        "words",
        [
            "Si je suis d'accord, je signe.",
            "Paul raconte que je suis d'accord.",
            "Je ne dis pas que vous avez raison.",
            "Vous êtes d'accord avec lui.",
            "On est bien d'accord qu'un vélo coûte cher.",
            "Est-ce que je suis d'accord ?",
            "Ils se sont mis d'accord hier.",
        ],
    )
    def it_leaves_what_is_supposed_reported_denied_or_asked(self, words):
        assert answer(words) == []

    def it_reads_what_somebody_thinks_themselves(self):
        assert answer("Je crois que vous avez raison.") == [FOR]


class DescribeTheCodes:
    def it_proposes_position_codes_only_the_first_of_each_value(self):
        book = Codebook.of(
            [
                Code("second", "Contre", position=2, kind=CodeKind.POSITION, value=AGAINST),
                Code("first", "Désaccord", position=1, kind=CodeKind.POSITION, value=AGAINST),
                Code("gone", "Ancien", position=0, kind=CodeKind.POSITION, value=AGAINST, active=False),
                Code("bare", "Sans valeur", position=0, kind=CodeKind.POSITION),
            ]
        )
        assert [each.code_id for each in proposals("A : Oui.", "B : Pas d'accord.", book=book)] == ["first"]

    def it_has_nothing_to_propose_without_a_code_for_the_position(self):
        book = Codebook.of([Code("for", "Accord", kind=CodeKind.POSITION, value=FOR)])
        assert proposals("A : Oui.", "B : Pas d'accord.", book=book) == []


class DescribeTheReasonAndTheScore:
    def it_quotes_the_marker_as_it_stands(self):
        found = proposals("A : Le vélo.", "B : Là, JE NE SUIS PAS D’ACCORD avec vous.")
        assert [each.reason.replace("\u00a0", " ") for each in found] == [
            "« JE NE SUIS PAS D’ACCORD », en réponse au tour de parole précédent"
        ]

    def it_quotes_oui_mais_whole(self):
        assert "« Oui, mais »" in proposals("A : Le vélo.", "B : Oui, mais non.")[0].reason.replace("\u00a0", " ")

    def it_quotes_nothing_of_another_sentence(self):
        found = proposals("A : Le vélo.", "B : C'est vrai. Mais qui paie ?")
        assert [(each.code_id, each.reason.replace("\u00a0", " ").split(" »")[0]) for each in found] == [
            ("nuance", "« C'est vrai")
        ]

    @pytest.mark.parametrize(
        ("words", "level"),
        [
            ("Je ne suis pas d'accord.", Level.STRONG),
            ("Pas du tout.", Level.STRONG),
            ("Non, ça traîne.", Level.MEDIUM),
            ("Oui, mais ça traîne.", Level.MEDIUM),
            ("Oui, ça traîne.", Level.WEAK),
        ],
    )
    def it_is_surer_of_what_says_more(self, words, level):
        assert [level_of(each.score) for each in proposals("A : Le vélo.", f"B : {words}")] == [level]
