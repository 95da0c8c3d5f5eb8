"""The codebook as a value."""

from __future__ import annotations

import random

from qualikit.coding.model import Code, Codebook

IMPACTS = Code("i", "Impacts", position=0)
AUTONOMY = Code("a", "Autonomie", "i", 0)
RIGHTS = Code("r", "Accès aux droits", "i", 1)
DEVICES = Code("d", "Appareils", "a", 0)
NEEDS = Code("n", "Besoins", position=1)
ALL = [IMPACTS, AUTONOMY, DEVICES, RIGHTS, NEEDS]


def names(codes):
    return [code.name for code in codes]


class TestTheTree:
    def test_is_in_reading_order_whatever_the_order_given(self):
        for seed in range(10):
            shuffled = ALL.copy()
            random.Random(seed).shuffle(shuffled)
            assert list(Codebook.of(shuffled)) == ALL

    def test_is_walked_up_and_down(self):
        book = Codebook.of(ALL)
        assert book.roots() == (IMPACTS, NEEDS)
        assert book.children("i") == (AUTONOMY, RIGHTS)
        assert book.children("n") == ()
        assert book.descendants("i") == (AUTONOMY, DEVICES, RIGHTS)
        assert book.ancestors("d") == (IMPACTS, AUTONOMY)
        assert book.path("d") == "Impacts › Autonomie › Appareils"
        assert [book.depth(code.id) for code in book] == [0, 1, 2, 1, 0]
        assert (len(book), "d" in book, "x" in book) == (5, True, False)

    def test_finds_names_case_and_accents_aside(self):
        book = Codebook.of(ALL)
        assert book.by_name("ACCES aux  droits") == RIGHTS
        assert book.by_name("Accès\u00a0aux droits") == RIGHTS
        assert book.by_name("accès") is None

    def test_puts_siblings_of_one_position_in_the_order_of_their_names(self):
        book = Codebook.of([Code("2", "b"), Code("1", "a"), Code("3", "c", position=-1)])
        assert names(book) == ["c", "a", "b"]

    def test_shows_a_code_whose_parent_is_missing_at_the_root(self):
        book = Codebook.of([Code("d", "Appareils", "gone")])
        assert book.roots() == (Code("d", "Appareils", None),)

    def test_shows_codes_that_stand_under_each_other(self):
        # What two coders' undos can leave: nothing may be out of sight.
        book = Codebook.of([Code("1", "un", "3"), Code("2", "deux", "1"), Code("3", "trois", "2"), Code("4", "quatre")])
        assert sorted(names(book)) == ["deux", "quatre", "trois", "un"]
        assert book.path("3").count("›") == 2

    def test_five_hundred_levels_are_no_trouble(self):
        codes = [Code(str(n), f"c{n}", str(n - 1) if n else None) for n in range(500)]
        assert len(Codebook.of(codes)) == 500

    def test_an_empty_one_is_one(self):
        assert (len(Codebook()), Codebook().roots(), Codebook().by_name("x")) == (0, (), None)
