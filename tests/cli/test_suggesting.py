from __future__ import annotations

from qualikit import Project


def keywords(place, code="Matériel", words=("panne", "vélo")):
    with Project.open(place, coder="Camille") as project:
        known = project.coding.codebook.by_name(code)
        if known:
            project.coding.update_code(known, keywords=list(words))
        else:
            project.coding.add_code(code, keywords=list(words))


class DescribeSuggest:
    def it_proposes_and_says_how_many_then_changes_nothing(self, cli, filled):
        keywords(filled, "Essai", ("osent",))
        first = cli("suggest", filled, "--code", "Essai", "--json").json
        assert first["added"] >= 1
        again = cli("suggest", filled, "--code", "Essai", "--json").json
        assert (again["added"], again["kept"], again["removed"]) == (0, first["added"], 0)
        assert "nouvelle" in cli("suggest", filled, "--code", "Essai").text

    def it_refuses_what_is_not_there(self, cli, filled):
        assert "oracle" in cli("suggest", filled, "--assistant", "oracle").err
        assert "Ailleurs" in cli("suggest", filled, "--document", "Ailleurs").err
        assert "niveau" in cli("suggest", filled, "--least", "haut").err


class DescribeSuggestions:
    def it_lists_them_with_level_and_reason_and_what_was_answered(self, cli, filled):
        assert "qualikit suggest" in cli("suggestions", filled).text
        keywords(filled, "Essai", ("osent",))
        cli("suggest", filled, "--code", "Essai")
        one, *_rest = cli("suggestions", filled, "--json").json
        assert (one["code"], one["status"], one["chosen"]) == ("Essai", "pending", None)
        assert "osent" in one["reason"]
        assert "osent" in cli("suggestions", filled).text
        with Project.open(filled, coder="Camille") as project:
            project.coding.decide(one["id"], accept=True)
        [done] = cli("suggestions", filled, "--status", "accepted", "--coder", "Camille", "--json").json
        assert (done["id"], done["chosen"]) == (one["id"], "Essai")
