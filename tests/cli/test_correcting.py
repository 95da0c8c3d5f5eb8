from __future__ import annotations

import pytest

from tests.cli.test_documents import TITLE


@pytest.fixture
def coded(cli, filled, tmp_path):
    """The project with two codings: one whose words will go, one whose words will change."""
    text = cli("text", filled, TITLE).text
    first, last = "Je tiens le triporteur depuis un an, à Aubagne.", "Quand il pleut, on ne sort pas."
    rows = "".join(f'{TITLE};"{quote}";Autonomie\n' for quote in (first, last))
    (tmp_path / "c.csv").write_text("document;quote;code\n" + rows, "utf-8")
    assert cli("codings", "import", filled, tmp_path / "c.csv", "--coder", "Léa").status == 0
    return filled, text, first, last


class DescribeCorrect:
    def it_replaces_words_and_says_what_follows(self, cli, coded):
        project, text, _, _ = coded
        answer = cli("correct", project, TITLE, "--replace", "triporteur", "vélo", "--note", "faute")

        assert answer.status == 0
        assert "Médiatrice (2) | " in answer.said
        assert "[-triporteur-]{+vélo+} depuis un an" in answer.said
        assert "2 codages suivent leurs mots." in answer.said
        assert "Version 2 enregistrée." in answer.said
        assert cli("text", project, TITLE).text == text.replace("triporteur", "vélo")

    def it_shows_without_saving(self, cli, coded):
        project, text, first, _ = coded
        answer = cli("correct", project, TITLE, "--replace", first, "", "--dry-run")

        assert "1 codage est mis de côté, à revoir" in answer.said
        assert "Rien n'a été enregistré." in answer.said
        assert cli("text", project, TITLE).text == text

    def it_takes_the_whole_text_from_a_file(self, cli, coded, tmp_path):
        project, text, _, last = coded
        (tmp_path / "juste.txt").write_bytes(text.replace(last, "").replace("\n", "\r\n").encode("utf-16"))

        made = cli("correct", project, TITLE, "--from", tmp_path / "juste.txt", "--json").json

        assert made["version"] == 2
        assert made["codings"] == {"kept": 1, "changed": 0, "aside": 1}
        assert [(each["code"], each["coder"], each["quote"]) for each in made["aside"]] == [("Autonomie", "Léa", last)]
        assert cli("check", project).status == 0

    def it_gives_a_turn_to_somebody_else(self, cli, coded):
        project, _, _, _ = coded

        assert "1 tour de parole change de voix." in cli("correct", project, TITLE, "--speaker", "2", "Chercheuse").said
        assert [turn["speaker"] for turn in cli("turns", project, TITLE, "--json").json][2] == "Chercheuse"

    def it_says_what_is_missing(self, cli, filled, tmp_path):
        assert cli("correct", filled, TITLE).status == 2
        answer = cli("correct", filled, TITLE, "--replace", "Zanzibar", "x")
        assert answer.status == 1
        assert "« Zanzibar » n'est pas dans" in answer.err
        assert cli("correct", filled, TITLE, "--from", tmp_path / "rien.txt").status == 1


class DescribeVersions:
    def it_lists_them_and_compares_two(self, cli, coded):
        project, _, _, _ = coded
        cli("correct", project, TITLE, "--replace", "triporteur", "vélo", "--note", "faute", "--coder", "Léa")

        one, other = cli("versions", project, TITLE, "--json").json
        assert (one["number"], one["reason"], one["current"]) == (1, "import", False)
        assert (other["coder"], other["note"], other["base"], other["undone"]) == ("Léa", "faute", 1, False)
        assert "actuelle" in cli("versions", project, TITLE).text
        assert "{+vélo+}" in cli("versions", project, TITLE, "--compare", "1", "2").text
        assert cli("versions", project, TITLE, "--compare", "1", "2", "--json").json[0]["pieces"]
        assert cli("versions", project, TITLE, "--compare", "1", "9").status == 1


class DescribeCodingsSetAside:
    def it_lists_them_with_their_likely_place_and_puts_them_back(self, cli, coded, tmp_path):
        project, text, first, last = coded
        assert "Aucun codage n'est à revoir." in cli("codings", "aside", project).said
        (tmp_path / "juste.txt").write_text(text.replace(first, "") + "\n\nMédiatrice : " + first, "utf-8")
        cli("correct", project, TITLE, "--from", tmp_path / "juste.txt")

        [each] = cli("codings", "aside", project, "--json").json
        assert (each["quote"], each["proposal"]["words"], each["proposal"]["score"]) == (first, first, 100)
        assert f"peut-être « {first}" in cli("codings", "aside", project).said.replace("\u202f", " ")

        assert "replacé sur" in cli("codings", "aside", project, "--accept", "95").said
        assert cli("codings", "aside", project, "--json").json == []
        assert {row["quote"] for row in cli("codings", "export", project, "--json").json} == {first, last}
