from __future__ import annotations

import csv

import openpyxl

from qualikit import Project

KEYS = ["document", "start", "stop", "left", "match", "right", "speaker", "turn"]


class DescribeSearch:
    def it_gives_hits_as_json(self, cli, filled):
        (hit,) = cli("search", filled, "immeuble", "--json").json
        text = cli("text", filled, "Entretien médiatrice").text
        assert list(hit)[: len(KEYS)] == KEYS
        assert text[hit["start"] : hit["stop"]] == hit["match"] == "immeubles"
        assert (hit["document"], hit["speaker"], hit["turn"]) == ("Entretien médiatrice", "Médiatrice", 2)
        assert hit["left"].endswith("au pied des ")

    def it_prints_them_one_under_the_other(self, cli, filled):
        answer = cli("search", filled, "pluie OU triporteur")
        assert answer.status == 0
        lines = answer.said.splitlines()
        assert lines[0] == "Entretien médiatrice"
        assert len({line.index("[") for line in lines[1:]}) == 1
        assert "[triporteur]" in lines[1]
        assert lines[1].endswith("(Médiatrice)")

    def it_says_when_there_is_nothing_and_when_there_is_more(self, cli, filled):
        assert cli("search", filled, "neige").said == "Rien n'a été trouvé.\n"
        assert cli("search", filled, "osent OU dame", "--limit", "1").said.endswith("\n1 sur 2\n")
        assert len(cli("search", filled, "osent OU dame", "--limit", "0", "--json").json) == 2

    def it_narrows(self, cli, filled):
        assert cli("search", filled, "va", "--without-moderators", "--json").json == []
        assert len(cli("search", filled, "va", "--json").json) == 1
        assert (
            len(cli("search", filled, "pluie", "--territory", "aubagne", "--source", "interview", "--json").json) == 1
        )
        answer = cli("search", filled, "pluie", "--participant", "Personne")
        assert answer.status == 1
        assert "Personne ne se nomme" in answer.err

    def it_refuses_what_cannot_be_read_and_says_what_to_change(self, cli, filled):
        answer = cli("search", filled, '"pluie')
        assert answer.status == 1
        assert "Fermez les guillemets" in answer.err

    def it_writes_a_concordance(self, cli, filled, tmp_path):
        answer = cli("search", filled, "pluie OU immeuble", "--to", tmp_path / "r.csv")
        assert "2 résultats écrits" in answer.said
        with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [row["Trouvé"] for row in rows] == ["immeubles", "pluie"]
        assert rows[0]["Avant"].endswith("au pied des")
        assert cli("search", filled, "pluie", "--to", tmp_path / "r.xlsx").status == 0
        sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").active
        assert [cell.value for cell in sheet[2]][6] == "pluie"
        assert cli("search", filled, "pluie", "--to", tmp_path / "r.pdf").status == 1

    def it_codes_all_that_was_found(self, cli, filled):
        answer = cli(
            "search", filled, "pluie OU pleut", "--code", "Impacts", "--extent", "sentence", "--coder", "Sacha"
        )
        assert answer.said == "2 codages posés.\n"
        again = cli(
            "search",
            filled,
            "pluie OU pleut",
            "--code",
            "Impacts",
            "--extent",
            "sentence",
            "--coder",
            "Sacha",
            "--json",
        )
        assert again.json == {"added": 0, "already": 2, "refused": []}
        with Project.open(filled) as project:
            assert {(coding.quote, coding.coder) for coding in project.coding.codings()} == {
                ("La pluie.", "Sacha"),
                ("Quand il pleut, on ne sort pas.", "Sacha"),
            }
        assert len(cli("search", filled, "pluie", "--coded", "Impacts", "--coded-by", "Sacha", "--json").json) == 1
        assert cli("search", filled, "pluie", "--not-coded", "Impacts", "--json").json == []
        assert cli("search", filled, "pluie", "--uncoded", "--json").json == []
        assert cli("search", filled, "pluie", "--code", "Impacts", "--extent", "page").status == 1
