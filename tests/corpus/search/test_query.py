"""What is typed in the search field: understood, or refused with what to change; never a failure."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualikit.corpus.search.query import MOST_WORDS, parse
from qualikit.errors import SearchError
from qualikit.store.conditions import All, Near, Phrase, Some


def word(stem: str) -> Phrase:
    return Phrase((stem,))


PLUIE, VELO, NEIGE = word("plui"), word("velo"), word("neig")


class DescribeWords:
    @pytest.mark.parametrize("typed", ["pluie", "Pluies", "PLUIE", "  pluie ! "])
    def it_takes_a_word_for_its_family(self, typed):
        assert parse(typed) == PLUIE

    @pytest.mark.parametrize("typed", ["élu", "ÉLUS", "elues", "e\u0301lue"])
    def it_sets_case_and_accents_aside(self, typed):
        assert parse(typed) == word("elu")

    @pytest.mark.parametrize("typed", ["cœur", "coeurs", "CŒUR"])
    def it_opens_ligatures(self, typed):
        assert parse(typed) == word("coeur")

    @pytest.mark.parametrize("typed", ["l'atelier", "l’atelier", "L'Atelier", "d'ateliers"])
    def it_leaves_elided_words_out(self, typed):
        assert parse(typed) == word("ateli")

    def it_keeps_together_what_a_hyphen_or_another_apostrophe_holds(self):
        assert parse("vélo-cargo") == Phrase(("velo", "cargo"))
        assert parse("aujourd'hui") == Phrase(("aujourd", "hui"))

    def it_takes_a_pictogram_for_a_word(self):
        assert parse("🌧️") == word("🌧")

    def it_asks_for_all_the_words_in_one_passage(self):
        assert parse("pluie\u00a0vélo") == parse("pluie, vélo") == parse("pluie ET vélo") == All((PLUIE, VELO))


class DescribeExactness:
    def it_takes_quotations_as_they_are_written(self):
        expected = Phrase(("=au", "=pied", "=des", "=tours"))
        for typed in (
            '"au pied des tours"',
            "«\u00a0Au pied des tours\u00a0»",
            "“au pied des tours”",
            '="au pied des tours"',
        ):
            assert parse(typed) == expected

    def it_keeps_elided_words_in_quotations(self):
        assert parse('"c\'est loin"') == Phrase(("=c", "=est", "=loin"))

    def it_takes_a_form_alone(self):
        assert parse("=Pluies") == Phrase(("=pluies",))

    def it_takes_beginnings(self):
        assert parse("médiat*") == Phrase(("=mediat",), prefix=True)
        assert parse('"la médiat*"') == Phrase(("=la", "=mediat"), prefix=True)


class DescribeOperators:
    def it_knows_them_in_french_and_in_english(self):
        assert parse("pluie OU vélo") == parse("pluie OR vélo") == Some((PLUIE, VELO))
        assert parse("pluie SAUF vélo") == parse("pluie NOT vélo") == parse("pluie -vélo") == All((PLUIE,), (VELO,))
        assert parse("pluie PROCHE/5 vélo") == parse("pluie NEAR/5 vélo") == Near(PLUIE, VELO, 5)

    def it_takes_small_letters_for_words(self):
        assert parse("pluie ou vélo") == All((PLUIE, word("ou"), VELO))

    def it_binds_near_before_and_before_or(self):
        assert parse("pluie vélo OU neige") == Some((All((PLUIE, VELO)), NEIGE))
        assert parse("pluie (vélo OU neige)") == All((PLUIE, Some((VELO, NEIGE))))
        assert parse("neige pluie PROCHE/2 vélo") == All((NEIGE, Near(PLUIE, VELO, 2)))

    def it_spreads_near_over_alternatives(self):
        assert parse("(pluie OU neige) PROCHE/5 vélo") == Some((Near(PLUIE, VELO, 5), Near(NEIGE, VELO, 5)))
        assert parse("pluie PROCHE/1 vélo PROCHE/2 neige") == All((Near(PLUIE, VELO, 1), Near(VELO, NEIGE, 2)))

    @pytest.mark.parametrize(
        ("typed", "words"), [("pluie ET", ["plui", "et"]), ("OU pluie", ["ou", "plui"]), ("ET OU", ["et", "ou"])]
    )
    def it_takes_operators_that_join_nothing_for_words(self, typed, words):
        assert parse(typed) == All(tuple(map(word, words)))

    @pytest.mark.parametrize("typed", ["(pluie", "pluie)", "((pluie))", "pluie ()", ")(pluie"])
    def it_passes_over_parentheses_that_hold_nothing(self, typed):
        assert parse(typed) == PLUIE

    def it_leaves_dashes_between_words_alone(self):
        assert parse("pluie - vélo") == parse("pluie – vélo") == All((PLUIE, VELO))


class DescribeRefusals:
    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ("", "aucun mot"),
            (" … ?! ", "aucun mot"),
            ('"pluie', "guillemet"),
            ("pluie «\u00a0vélo", "guillemet"),
            ("-vélo", "seulement des mots à écarter"),
            ("SAUF vélo", "seulement des mots à écarter"),
            ("pluie OU -vélo", "seulement des mots à écarter"),
            ("mé*teur", "astérisque"),
            ("a*", "trop court"),
            ("(pluie ET neige) PROCHE vélo", "PROCHE relie"),
            (" ".join(["mot"] * (MOST_WORDS + 1)), "trop de mots"),
            ("(" * 50 + "pluie" + ")" * 50, "trop de parenthèses"),
        ],
    )
    def it_says_what_to_change(self, typed, words):
        with pytest.raises(SearchError, match=words) as refusal:
            parse(typed)
        assert refusal.value.todo

    @given(
        st.text(max_size=60)
        | st.lists(st.sampled_from([*"()\"«»-=*'", "ET", "OU", "SAUF", "PROCHE/3", "mot", " "]), max_size=14).map(
            " ".join
        )
    )
    @settings(max_examples=400, deadline=None)
    def it_never_fails_otherwise(self, typed):
        try:
            condition = parse(typed)
        except SearchError as refusal:
            assert refusal.what
        else:
            assert condition is not None
