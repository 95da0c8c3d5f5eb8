from __future__ import annotations


class DescribeAttributesImport:
    def it_describes_documents_and_says_how_many(self, cli, filled, tmp_path):
        sheet = tmp_path / "attributs.csv"
        sheet.write_text("Document;Territoire;Date;Lieu\nEntretien médiatrice;Laval;05/03/2024;marché\n", "utf-8")
        answer = cli("attributes", "import", filled, sheet)
        assert (answer.status, answer.said, answer.err) == (0, "1 ligne appliquée.\n", "")
        (document,) = cli("documents", filled, "--json").json
        assert (document["territory"], document["date"]) == ("Laval", "2024-03-05")
        assert document["attributes"] == {"Lieu": "marché"}

    def it_refuses_rows_one_by_one_and_applies_the_rest(self, cli, filled, tmp_path):
        sheet = tmp_path / "attributs.csv"
        sheet.write_text("Document,Territoire\nEntretien,Laval\nEntretien médiatrice,Laval\n", "utf-8")
        answer = cli("attributes", "import", filled, sheet)
        assert answer.status == 1
        assert "Ligne 2 : aucun document ne s'appelle « Entretien »" in answer.err
        assert answer.said == "1 ligne appliquée, 1 refusée.\n"
        report = cli("attributes", "import", filled, sheet, "--json")
        assert report.status == 1
        assert report.json["applied"] == 1
        assert [row["row"] for row in report.json["refused"]] == [2]

    def it_says_which_column_is_missing(self, cli, filled, tmp_path):
        sheet = tmp_path / "attributs.csv"
        sheet.write_text("Lieu,Territoire\nmarché,Laval\n", "utf-8")
        answer = cli("attributes", "import", filled, sheet)
        assert answer.status == 1
        assert "n'a pas de colonne « Document »" in answer.err

    def it_says_that_the_sheet_is_not_there(self, cli, filled, tmp_path):
        answer = cli("attributes", "import", filled, tmp_path / "absent.csv")
        assert answer.status == 1
        assert "« absent.csv » ne peut pas être lu" in answer.err
