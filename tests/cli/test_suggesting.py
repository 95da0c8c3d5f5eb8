from __future__ import annotations

from qualikit import Project
from qualikit.cli.suggesting import ranked


def keywords(place, code="Matériel", words=("panne", "vélo")):
    with Project.open(place, coder="Camille") as project:
        known = project.coding.codebook.by_name(code)
        if known:
            project.coding.update_code(known, keywords=list(words))
        else:
            project.coding.add_code(code, keywords=list(words))


ASK = ("--assistant", "keywords", "--code", "Essai")


class DescribeSuggest:
    def it_proposes_and_says_how_many_then_changes_nothing(self, cli, filled):
        keywords(filled, "Essai", ("osent",))
        one, *_rest = cli("suggest", filled, *ASK, "--json").json
        assert list(one) == ["document", "start", "stop", "quote", "code", "rank", "score", "strength", "reason"]
        assert (one["code"], one["rank"]) == ("Essai", 1)
        assert "osent" in one["quote"]
        again = cli("suggest", filled, *ASK).text
        assert "0 nouvelle" in again
        assert "déjà là" in again

    def it_writes_them_to_a_file(self, cli, filled, tmp_path):
        keywords(filled, "Essai", ("osent",))
        cli("suggest", filled, *ASK, "--allow-names", "--to", tmp_path / "s.csv")
        head, *lines = (tmp_path / "s.csv").read_text("utf-8-sig").splitlines()
        assert head.split(",")[:3] == ["document", "start", "stop"] or head.startswith("document;start;stop")
        assert len(lines) >= 1

    def it_asks_what_the_code_means_unless_told_otherwise(self, cli, filled):
        cli("suggest", filled)
        with Project.open(filled, coder="Camille") as project:
            asked = project.history.events(limit=1)[0].label
            assert asked == "suggestions par le sens et les exemples demandées" or not project.coding.suggestions()

    def it_ranks_codes_of_words_that_overlap(self):
        listed = [("a", 0, 10, 0.5), ("a", 2, 8, 0.9), ("a", 20, 30, 0.1), ("b", 0, 10, 0.7)]
        assert ranked(listed) == [2, 1, 1, 1]

    def it_refuses_what_is_not_there(self, cli, filled):
        assert "oracle" in cli("suggest", filled, "--assistant", "oracle").err
        assert "Ailleurs" in cli("suggest", filled, "--document", "Ailleurs").err
        assert "niveau" in cli("suggest", filled, "--least", "haut").err


class DescribeSuggestions:
    def it_lists_them_with_level_and_reason_and_what_was_answered(self, cli, filled):
        assert "qualikit suggest" in cli("suggestions", filled).text
        keywords(filled, "Essai", ("osent",))
        cli("suggest", filled, *ASK)
        one, *_rest = cli("suggestions", filled, "--json").json
        assert (one["code"], one["status"], one["chosen"]) == ("Essai", "pending", None)
        assert "osent" in one["reason"]
        assert "osent" in cli("suggestions", filled).text
        with Project.open(filled, coder="Camille") as project:
            project.coding.decide(one["id"], accept=True)
        [done] = cli("suggestions", filled, "--status", "accepted", "--coder", "Camille", "--json").json
        assert (done["id"], done["chosen"]) == (one["id"], "Essai")
