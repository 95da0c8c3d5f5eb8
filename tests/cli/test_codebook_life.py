from __future__ import annotations

import docx
import openpyxl


class DescribeCodebookVersions:
    def it_keeps_lists_compares_and_brings_back(self, cli, filled, tmp_path):
        assert (
            cli("codebook", "freeze", filled, "Pilote", "--note", "Vue à deux").said == "Version 1 gardée : Pilote.\n"
        )
        grid = tmp_path / "suite.csv"
        grid.write_text("name,parent,definition\nImpacts,,Ce qui change vraiment\nFreins,,\n", "utf-8")
        assert cli("codebook", "import", filled, grid).status == 0
        assert [version["name"] for version in cli("codebook", "versions", filled, "--json").json] == ["Pilote"]
        said = cli("codebook", "compare", filled, "Pilote").said
        assert "Impacts : redéfini" in said
        assert "Ce qui change{+ vraiment+}" in said.replace("{+vraiment+}", "{+ vraiment+}").replace(
            "change {", "change{"
        )
        assert "Freins" in cli("codebook", "revert", filled, "1", "--dry-run").said
        assert cli("codebook", "revert", filled, "1", "--retire").status == 0
        codes = {change["code"]: change["deeds"] for change in cli("codebook", "compare", filled, "1", "--json").json}
        assert codes == {"Freins": ["added"]}
        assert cli("codebook", "versions", filled, "--export", "1", tmp_path / "v1.xlsx").status == 0
        assert openpyxl.load_workbook(tmp_path / "v1.xlsx").active["A2"].value == "Impacts"
        assert cli("codebook", "compare", filled, "9").status == 1

    def it_shows_who_changed_what_and_notes_why(self, cli, filled):
        first = cli("codebook", "log", filled, "--json").json[0]
        answer = cli("codebook", "log", filled, "--why", str(first["seq"]), "Vu en équipe")
        assert "Motif : Vu en équipe" in answer.said
        assert "Autonomie : ajouté" in answer.said
        assert cli("codebook", "log", filled, "--why", "999", "rien").status == 1


class DescribeTheRest:
    def it_writes_the_manual(self, cli, filled, tmp_path):
        assert cli("codebook", "manual", filled, tmp_path / "m.docx", "--title", "Notre manuel").status == 0
        assert docx.Document(tmp_path / "m.docx").paragraphs[0].text == "Notre manuel"

    def it_counts_use_and_saturation(self, cli, filled, tmp_path):
        assert "Aucun codage" in cli("codebook", "usage", filled).said
        assert cli("codebook", "saturation", filled, "--json").json["steps"] == []
        assert cli("codebook", "saturation", filled, "--to", tmp_path / "s.xlsx").status == 0
        assert cli("codebook", "saturation", filled, "--order", "hasard").status == 1

    def it_foresees_an_import_and_takes_corrections(self, cli, project, tmp_path):
        grid = tmp_path / "g.csv"
        grid.write_text("Thème;Code;Notes\nImpacts;Autonomie;Faire seul\n;Droits;\n", "utf-8")
        foreseen = cli("codebook", "import", project, grid, "--dry-run", "--column", "définition=Notes", "--json").json
        assert foreseen["codes"] == ["Impacts", "Impacts › Autonomie", "Impacts › Droits"]
        assert foreseen["tables"][0]["columns"] == {"Thème": "level", "Code": "level", "Notes": "definition"}
        assert cli("codebook", "export", project).said.count("name:") == 1
        assert cli("codebook", "import", project, grid, "--without", "Droits").said.startswith("2 codes ajoutés")
        assert cli("codebook", "import", project, grid, "--column", "Notes").status == 1
        assert cli("codebook", "import", project, grid, "--hierarchy", "rond").status == 1
