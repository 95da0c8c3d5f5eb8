"""Tables brought in from the command line."""

from __future__ import annotations

import pytest

BUS = "Il passe trop rarement dans mon quartier, surtout le soir."
SURVEY = f"ID;Ville;Que pensez-vous du bus ?;Remarque\n1;Laval;{BUS};bien\n2;Rennes;{BUS} Et il est cher.;\n"
TURNS = "Heure;Locuteur;Propos;Note\n0:05;Enquêtrice;Vous venez souvent ?;x\n0:12;Karim;Chaque mardi.;y\n"


@pytest.fixture
def survey(tmp_path):
    path = tmp_path / "enquête.csv"
    path.write_text(SURVEY, "utf-8")
    return path


class DescribeImportingATable:
    def it_makes_a_document_of_each_row_and_says_what_the_columns_were_taken_for(self, cli, project, survey):
        answer = cli("import", project, survey, "--source", "document")
        assert answer.status == 0
        assert "2 documents importés" in answer.said
        assert "Une ligne est un document" in answer.said
        assert "Territoire = Ville · Texte = Que pensez-vous du bus ? · Attribut = Remarque" in answer.said
        documents = cli("documents", project, "--json").json
        assert [(one["title"], one["territory"], one["source"]) for one in documents] == [
            ("enquête 1", "Laval", "document"),
            ("enquête 2", "Rennes", "document"),
        ]
        assert documents[0]["attributes"] == {"Remarque": "bien"}

    def it_takes_the_columns_that_it_is_told(self, cli, project, survey):
        told = ("--column", "titre=Ville", "--column", "texte=Remarque", "--column", "ignorer=Que pensez-vous du bus ?")
        (result,) = cli("import", project, survey, *told, "--json").json
        assert result["title"] == "Laval"
        assert result["columns"]["Que pensez-vous du bus ?"] == "left"
        assert cli("text", project, "Laval").text == "bien"

    def it_reads_turns_with_their_times(self, cli, project, tmp_path):
        (tmp_path / "entretien.csv").write_text(TURNS, "utf-8")
        answer = cli("import", project, tmp_path / "entretien.csv")
        assert (
            "Une ligne est une prise de parole : Début = Heure · Qui parle = Locuteur · Texte = Propos" in answer.said
        )
        assert [turn["time"] for turn in cli("turns", project, "entretien", "--json").json] == [5, 12]

    def it_reads_the_same_rows_as_documents_when_told(self, cli, project, tmp_path):
        (tmp_path / "entretien.csv").write_text(TURNS, "utf-8")
        (result,) = cli("import", project, tmp_path / "entretien.csv", "--rows", "document", "--json").json
        assert len(result["documents"]) == 2

    def it_says_how_many_were_there_already(self, cli, project, survey):
        assert cli("import", project, survey).status == 0
        survey.write_text(SURVEY + f"3;Laval;{BUS} Voilà.;\n", "utf-8")
        answer = cli("import", project, survey)
        assert answer.status == 0
        assert "1 document importé" in answer.said
        assert "2 y étaient déjà" in answer.said

    @pytest.mark.parametrize(
        ("options", "reason"),
        [
            (("--column", "texte"), "--column texte=Propos"),
            (("--column", "roman=Ville"), "n'est pas ce qu'une colonne peut tenir"),
            (("--column", "texte=Avis"), "n'a pas de colonne « Avis »"),
            (("--rows", "page"), "ne peut pas être « page »"),
        ],
    )
    def it_refuses_what_it_does_not_understand(self, cli, project, survey, options, reason):
        answer = cli("import", project, survey, *options)
        assert answer.status == 1
        assert reason in answer.err.replace("\u00a0", " ")
        assert cli("documents", project, "--json").json == []
