from __future__ import annotations

import pytest

from tests.coding.exchange.test_comments import file


@pytest.fixture
def interview(tmp_path):
    path = tmp_path / "Entretien Laval.docx"
    path.write_bytes(file(("Sacha", "Météo"), ("Lou", "Acceuil : à revoir")))
    return path


class DescribeImport:
    def it_leaves_comments_aside_and_says_how_to_get_them(self, cli, project, interview):
        answer = cli("import", project, interview)
        assert answer.status == 0
        assert "2 commentaires dans la marge, laissés de côté." in answer.said
        assert '"Entretien Laval" --as codings' in answer.said
        assert "codings" not in cli("import", project, interview, "--json").json[0]

    def it_makes_them_codings_and_says_which_codes_look_like_others(self, cli, project, interview):
        cli("codebook", "import", project, _grid(interview.parent))
        answer = cli("import", project, interview, "--comments", "codings")
        assert "2 commentaires dans la marge : 2 codages, 1 mémo, codes créés : Commentaires, Acceuil." in answer.said
        assert "« Acceuil » ressemble au code « Accueil »" in answer.said

    def it_takes_the_code_that_is_meant(self, cli, project, interview):
        cli("codebook", "import", project, _grid(interview.parent))
        (told,) = cli(
            "import", project, interview, "--comments", "codings", "--same-code", "acceuil=Accueil", "--json"
        ).json
        assert (told["codings"], told["memos"], told["added"]) == (2, 1, [])
        assert told["comments"][1]["codes"] == [{"written": "Acceuil", "name": "Accueil", "known": True, "near": None}]

    @pytest.mark.parametrize("words", [("--comments", "notes"), ("--same-code", "Météo")])
    def it_refuses_what_it_does_not_understand(self, cli, project, interview, words):
        answer = cli("import", project, interview, *words)
        assert answer.status == 1
        assert words[1] in answer.err


def _grid(folder):
    path = folder / "grille.csv"
    path.write_text("name\nMétéo\nAccueil\n", "utf-8")
    return path


class DescribeComments:
    def it_shows_them_with_what_they_would_become(self, cli, project, interview):
        cli("import", project, interview)
        said = cli("comments", project, "Entretien Laval").said
        assert "Sacha : Météo\n  « pluie »\n  → Météo (nouveau code)" in said

    def it_brings_them_in(self, cli, project, interview):
        cli("import", project, interview)
        assert "2 codages, 1 mémo" in cli("comments", project, "Entretien Laval", "--as", "codings").said
        told = cli("codings", "export", project, "--json").json
        assert sorted((one["coder"], one["quote"]) for one in told) == [("Lou", "pluie"), ("Sacha", "pluie")]

    def it_says_that_there_are_none(self, cli, project, tmp_path):
        (tmp_path / "notes.txt").write_text("Rien ici.", "utf-8")
        cli("import", project, tmp_path / "notes.txt")
        assert "ne porte pas de commentaire" in cli("comments", project, "notes").said
