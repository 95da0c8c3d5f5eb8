from __future__ import annotations


class DescribeAttributesImport:
    def it_takes_near_names_from_the_score_that_is_asked(self, cli, filled, tmp_path):
        sheet = tmp_path / "attributs.csv"
        sheet.write_text("Document;Territoire;Index\nentretien_Mediatrice;Laval;1\n", "utf-8")
        shown = cli("attributes", "import", filled, sheet, "--accept", "90", "--dry-run")
        assert "1 ligne serait appliquée." in shown.said
        assert "Aubagne" in shown.said
        assert "Laval" in shown.said
        plan = cli("attributes", "import", filled, sheet, "--dry-run", "--json").json
        assert (plan["rows"][0]["target"], plan["rows"][0]["ready"]) == ("Entretien médiatrice", False)
        assert cli("documents", filled, "--json").json[0]["territory"] == "Aubagne"  # nothing was written
        assert (
            "1 autre ligne a un nom approchant : --accept 90 la prend"
            in cli("attributes", "import", filled, sheet).said
        )
        assert cli("attributes", "import", filled, sheet, "--accept", "90", "--leave", "Index").status == 0
        (document,) = cli("documents", filled, "--json").json
        assert (document["territory"], document["attributes"]) == ("Laval", {})

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


class DescribeTheOthers:
    def it_exports_what_it_imports(self, cli, filled, tmp_path):
        assert cli("attributes", "export", filled, tmp_path / "a.xlsx").said.startswith("1 ligne écrite")
        assert cli("attributes", "export", filled, tmp_path / "p.csv", "--participants").said.startswith("2 lignes")
        for name in ("a.xlsx", "p.csv"):
            shown = cli("attributes", "import", filled, tmp_path / name, "--dry-run", "--json").json
            assert shown["changes"] == []
        assert cli("attributes", "export", filled, tmp_path / "a.ods").status == 1

    def it_orders_renames_and_removes(self, cli, filled):
        assert cli("attributes", "describe", filled, "territoire", "--value", "Laval", "--value", "Aubagne").status == 0
        assert cli("attributes", "rename", filled, "territoire", "Aubagne", "Marseille", "--dry-run").said == (
            "« Aubagne » → « Marseille » : 1 document, 0 participant.\n"
        )
        cli("attributes", "rename", filled, "territoire", "Aubagne", "Marseille")
        territory = cli("attributes", "list", filled, "--json").json[0]
        assert [value["value"] for value in territory["values"]] == ["Laval", "Marseille"]
        assert "Marseille" in cli("attributes", "list", filled).said
        assert cli("attributes", "describe", filled, "Âge", "--kind", "entier").status == 1
        assert cli("attributes", "describe", filled, "Âge", "--kind", "number").said == "Attribut décrit : Âge\n"
        assert cli("attributes", "remove", filled, "Âge").said == "Attribut retiré : Âge\n"
