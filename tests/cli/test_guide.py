"""The interview guide on the command line: read, found in the texts, marked, answered."""

from __future__ import annotations

import pytest

GUIDE = "Le quotidien\n1. Pouvez-vous vous présenter ?\nLes effets\n2. Qu'est-ce qui change pour les gens ?\n3. Ce qui ne va pas ?\n"


@pytest.fixture
def guided(filled, cli, tmp_path):
    (tmp_path / "guide.txt").write_text(GUIDE, "utf-8")
    assert cli("guide", "import", filled, tmp_path / "guide.txt").status == 0
    return filled


class DescribeTheGuide:
    def it_is_read_shown_and_changed(self, cli, filled, tmp_path):
        assert "Pas encore de guide" in cli("guide", "list", filled).said
        (tmp_path / "guide.txt").write_text(GUIDE, "utf-8")
        words = ("guide", "import", filled, tmp_path / "guide.txt")
        assert cli(*words, "--dry-run").said.endswith("0 question gardée, 0 reformulée, 3 nouvelles, 0 retirée.\n")
        assert cli("guide", "list", filled, "--json").json == []
        assert [row["change"] for row in cli(*words, "--json").json] == ["added"] * 3
        rows = cli("guide", "list", filled, "--json").json
        assert [(row["number"], row["section"], row["documents"], row["of"]) for row in rows] == [
            (1, "Le quotidien", 0, 1), (2, "Les effets", 0, 1), (3, "Les effets", 0, 1),
        ]  # fmt: skip
        assert cli("guide", "add", filled, "Et la suite ?", "--number", "1").said == "1. Et la suite ?\n"
        assert cli("guide", "change", filled, "1", "--text", "Et après ?", "--number", "9").said == "4. Et après ?\n"
        assert cli("guide", "remove", filled, "et apres").said == "Question retirée.\n"
        assert cli("guide", "remove", filled, "12").status == 1
        (tmp_path / "vide.txt").write_text("Bonjour.", "utf-8")
        assert cli("guide", "import", filled, tmp_path / "vide.txt").status == 1
        assert cli("guide", "import", filled, tmp_path / "absent.txt").status == 1

    def it_is_found_in_the_texts_and_answered(self, cli, guided, tmp_path):
        found = cli("guide", "find", guided, "--json").json
        assert found["marked"] == 0
        assert {row["question"] for row in found["proposals"]} >= {1, 2}
        assert "Qu'est-ce qui change pour les gens ?" in cli("guide", "find", guided).said
        assert "marquée" in cli("guide", "find", guided, "--accept", "35", "--document", "Entretien médiatrice").said
        assert "Aucune question à proposer" in cli("guide", "find", guided, "--least", "90").said
        given = cli("guide", "answers", guided, "2", "--json", "--without-moderators").json
        assert given[0]["text"].startswith("Ils osent.")
        assert given[0]["territory"] == "Aubagne"
        assert "Médiatrice : Ils osent." in cli("guide", "answers", guided, "2", "--territory", "aubagne").said
        assert "Rien n'est marqué" in cli("guide", "answers", guided, "2", "--participant", "Personne").said
        for name in ("r.xlsx", "r.csv"):
            assert cli("guide", "answers", guided, "2", "--to", tmp_path / name).status == 0
            assert (tmp_path / name).stat().st_size > 50
        assert cli("guide", "answers", guided, "2", "--to", tmp_path / "r.txt").status == 1

    def it_is_marked_turn_by_turn(self, cli, guided):
        said = cli("guide", "mark", guided, "Entretien médiatrice", "5", "3").said
        assert said == "3. Ce qui ne va pas ? — marquée dans « Entretien médiatrice ».\n"
        assert cli("guide", "mark", guided, "Entretien médiatrice", "99", "3").status == 2
        assert cli("guide", "unmark", guided, "Entretien médiatrice", "3", "--turn", "2").status == 1
        assert cli("guide", "unmark", guided, "Entretien médiatrice", "3", "--turn", "5").said == "1 marque enlevée.\n"
        assert cli("guide", "unmark", guided, "Entretien médiatrice", "3").status == 1
        assert cli("check", guided).status == 0
