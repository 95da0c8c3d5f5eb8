from __future__ import annotations


def names(cli, project):
    return [person["name"] for person in cli("participants", "list", project, "--json").json]


class DescribeParticipants:
    def it_lists_who_speaks_and_how_much(self, cli, filled):
        assert "Médiatrice" in cli("participants", "list", filled).said
        person = cli("participants", "list", filled, "--json").json[1]
        assert (person["name"], person["role"], person["turns"]) == ("Médiatrice", "participant", 3)
        assert person["documents"][0]["title"] == "Entretien médiatrice"

    def it_merges_after_saying_what_it_means_and_splits_again(self, cli, filled):
        words = ("participants", "merge", filled, "Médiatrice", "Entretien médiatrice::Chercheuse")
        shown = cli(*words, "--dry-run")
        assert "une seule personne, « Médiatrice », dans 1 document." in shown.said
        assert "Rôle : « Participant » reste, « Animation » disparaît." in shown.said
        assert "Elles se parlent dans : Entretien médiatrice." in shown.said
        assert len(names(cli, filled)) == 2
        assert cli(*words, "--name", "Les deux").status == 0
        assert names(cli, filled) == ["Les deux"]
        said = cli("participants", "split", filled, "Les deux", "--label", "Chercheuse").said
        assert said == "« Chercheuse » est une personne à part : 3 tours de parole.\n"
        assert cli("participants", "split", filled, "Les deux").status == 1

    def it_describes_several(self, cli, filled):
        assert cli("participants", "role", filled, "observatrice", "Chercheuse").said == "1 personne décrite.\n"
        assert cli("participants", "set", filled, "acteur", "médiation", "Médiatrice").status == 0
        cli("participants", "rename", filled, "Médiatrice", "Mme M.")
        people = {person["name"]: person for person in cli("participants", "list", filled, "--json").json}
        assert people["Chercheuse"]["role"] == "observer"
        assert people["Mme M."]["actors"] == ["médiation"]
        assert cli("participants", "rename", filled, "Personne", "X").status == 1

    def it_says_that_nobody_seems_to_be_two(self, cli, filled):
        assert cli("participants", "alike", filled).said == "Personne ne semble porter deux noms.\n"
        assert cli("participants", "alike", filled, "--json").json == []


class DescribeComposition:
    def it_shows_the_tables_or_writes_them(self, cli, filled, tmp_path):
        said = cli("composition", filled).said
        for heading in ("Qui a été entendu", "Part de l'animation", "Dates"):
            assert heading in said
        made = cli("composition", filled, "--json").json
        assert made["people"] == 1
        assert sum(voice["share"] for voice in made["voices"]) == 1
        assert cli("composition", filled, "--to", tmp_path / "c.xlsx").status == 0
        assert (tmp_path / "c.xlsx").stat().st_size > 5000
        assert cli("composition", filled, "--to", tmp_path / "c.csv").status == 1
