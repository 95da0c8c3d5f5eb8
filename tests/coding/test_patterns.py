"""Keywords that are patterns: what they find, what is refused, how lists of them are parted."""

from __future__ import annotations

import pytest

from qualikit.coding import patterns
from qualikit.coding.codes import cleaned
from qualikit.coding.names import clean_keywords
from qualikit.errors import CodebookError


def found(keyword: str, text: str) -> list[str]:
    pattern = patterns.pattern_of(keyword)
    assert pattern is not None
    return [place.of(text) for place in pattern.places(text)]


class DescribeStars:
    def it_finds_words_that_begin_end_or_go_on_so_accents_and_case_aside(self):
        text = "MÉDIATION, me\u0301diateur ; remédiation ? Immédiatement."
        assert found("médiat*", text) == ["MÉDIATION", "me\u0301diateur"]
        assert found("*diation", text) == ["MÉDIATION", "remédiation"]
        assert found("*mediat*", text) == ["MÉDIATION", "me\u0301diateur", "remédiation", "Immédiatement"]
        assert found("m*ion", "mention mansion million") == ["mention", "mansion", "million"]

    def it_finds_phrases_with_a_star_in_them(self):
        text = "Les prises en charge, la prise\u00a0en charge ; une prise, en charge."
        assert found("prise* en charge", text) == ["prises en charge", "prise\u00a0en charge"]
        assert found("c*ur ouvert", "à cœur ouvert") == ["cœur ouvert"]

    def it_takes_a_star_alone_in_a_phrase_for_any_one_word(self):
        assert found("prise * charge", "La prise en charge, la prise charge.") == ["prise en charge"]

    def it_is_quick_however_many_stars_there_are(self):
        assert found("a**********b", "a" * 40) == []
        assert found("a" + "*a" * 30, "a" * 31 + " " + "a" * 30) == ["a" * 31]
        assert found("*a*b*", "xxaxxbxx ba ab") == ["xxaxxbxx", "ab"]

    def it_keeps_to_one_word(self):
        assert found("ville*", "La ville, le village 🏙️ villes") == ["ville", "villes"]

    @pytest.mark.parametrize("keyword", ["*", " * * ", "***", "…*"])
    def it_takes_a_star_alone_for_no_pattern(self, keyword):
        assert patterns.pattern_of(keyword) is None


class DescribeRegularExpressions:
    def it_finds_what_they_say_case_aside_in_the_text_as_it_is(self):
        text = "Trotinette ou trottinettes ? Été 2024, hiver 2025."
        assert found("/trott?inettes?/", text) == ["Trotinette", "trottinettes"]
        assert found(r"/\b20\d\d\b/", text) == ["2024", "2025"]
        assert found("/été/", text) == ["Été"]

    def it_leaves_out_what_is_found_without_any_letter(self):
        assert found("/(?<=en )|2024/", "en 2024") == ["2024"]

    @pytest.mark.parametrize(
        ("keyword", "said"),
        [
            ("/(trott/", r"ne peut pas être lu \(caractère 8\)"),
            ("/(?La)/", "ne peut pas être lu"),
            ("/a(?R)?b/", "ne peut pas être lu"),
            (r"/\d{1,3} km/h/", "ne peut pas être lu"),
            (r"/\d{1", "ne peut pas être lu"),
            ("/a*/", "se trouve partout"),
            (r"/\b/", "se trouve partout"),
            ("/" + "a" * 400 + "/", "trop long"),
            ("a*" * 200, "trop long"),
        ],
    )
    def it_refuses_what_cannot_be_one_in_words(self, keyword, said):
        with pytest.raises(CodebookError, match=said):
            cleaned({"keywords": [keyword]})

    def it_gives_up_on_one_that_does_not_come_to_an_end(self, monkeypatch):
        monkeypatch.setattr(patterns, "PATIENCE", 0.05)
        with pytest.raises(CodebookError, match="demande trop de calcul"):
            found("/^(a|a|aa)+$/", "a" * 60 + "!")

    def it_gives_up_on_one_that_is_slow_over_and_over(self, monkeypatch):
        monkeypatch.setattr(patterns, "_SLOW", -1.0)
        monkeypatch.setattr(patterns, "BUDGET", 0.0)
        with pytest.raises(CodebookError, match="demande trop de calcul"):
            found("/lent/", "lent")
        monkeypatch.setattr(patterns, "BUDGET", 20.0)
        assert found("/lent/", "lent") == ["lent"]

    def it_takes_one_that_came_in_from_elsewhere_and_cannot_be_read_for_words(self):
        assert patterns.pattern_of("/(trott/") is None


class DescribeListsOfThem:
    def it_parts_them_but_not_inside_a_regular_expression(self):
        assert patterns.parted("vélo, /a{1,3};b/ ; médiat*,, et/ou", ",;") == ["vélo", "/a{1,3};b/", "médiat*", "et/ou"]
        assert patterns.parted("/pas fermé, vélo", ",;") == ["/pas fermé", "vélo"]
        assert patterns.parted("vélo, /a;b/, c", ";") == ["vélo, /a;b/, c"]
        assert patterns.parted("vélo; /a,b/; c, d", ";") == ["vélo", "/a,b/", "c, d"]
        assert patterns.parted("", ",;") == []

    def it_keeps_them_whole_where_a_sheet_joins_keywords(self):
        assert clean_keywords(["vélo; /a;b/; /c\\/d;e/"]) == ("vélo", "/a;b/", "/c\\/d;e/")
