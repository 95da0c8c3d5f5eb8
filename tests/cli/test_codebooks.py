from __future__ import annotations

import csv

import openpyxl
import pytest

from qualikit import Project
from qualikit.shipped import codebooks


class DescribeCodebookImport:
    def it_says_what_it_added_and_completed(self, cli, project, tmp_path):
        grid = tmp_path / "grille.csv"
        grid.write_text("name,parent\nImpacts,\nAutonomie,Impacts\n", "utf-8")
        assert cli("codebook", "import", project, grid).said == "2 codes ajoutés, 0 complété, 0 inchangé.\n"
        grid.write_text("name,parent,definition\nImpacts,,Ce qui change\nAutonomie,Impacts,\n", "utf-8")
        report = cli("codebook", "import", project, grid, "--json").json
        assert report == {
            "added": [],
            "updated": ["Impacts"],
            "unchanged": ["Autonomie"],
            "ignored": [],
            "warnings": [],
        }

    def it_names_the_columns_it_left(self, cli, project, tmp_path):
        grid = tmp_path / "grille.csv"
        grid.write_text("name,humeur\nImpacts,bonne\n", "utf-8")
        assert "Colonnes laissées de côté : humeur." in cli("codebook", "import", project, grid).said

    def it_brings_the_shipped_codebook_in(self, cli, project):
        assert cli("codebook", "import", project, codebooks() / "evaluation.yaml").status == 0
        with Project.open(project) as opened:
            assert len(opened.coding.codebook) > 30

    def it_refuses_a_bad_file_with_its_line(self, cli, project, tmp_path):
        grid = tmp_path / "grille.yaml"
        grid.write_text("codes:\n  - name: Impacts\n  - nom: Autonomie\n", "utf-8")
        answer = cli("codebook", "import", project, grid)
        assert answer.status == 1
        assert "Ligne 3" in answer.err
        with Project.open(project) as opened:
            assert len(opened.coding.codebook) == 0

    @pytest.mark.parametrize("name", ["absente.yaml", "grille.pdf"])
    def it_refuses_what_it_cannot_read(self, cli, project, tmp_path, name):
        answer = cli("codebook", "import", project, tmp_path / name)
        assert answer.status == 1
        assert name in answer.err


class DescribeCodebookExport:
    @pytest.mark.parametrize("name", ["grille.yaml", "grille.csv", "grille.xlsx"])
    def it_writes_what_goes_back_in(self, cli, filled, tmp_path, name):
        target = tmp_path / name
        answer = cli("codebook", "export", filled, target)
        assert answer.status == 0
        assert "2 codes écrits" in answer.said
        assert cli("new", tmp_path / "autre").status == 0
        assert cli("codebook", "import", tmp_path / "autre", target).status == 0
        with Project.open(filled) as one, Project.open(tmp_path / "autre.qualikit") as other:
            paths = [[book.path(code.id) for code in book] for book in (one.coding.codebook, other.coding.codebook)]
            assert paths[0] == paths[1] == ["Impacts", "Impacts › Autonomie"]

    def it_has_the_columns_that_are_promised(self, cli, filled, tmp_path):
        promised = ["name", "parent", "definition", "include", "exclude", "keywords", "example", "color"]
        assert cli("codebook", "export", filled, "--to", tmp_path / "g.csv").status == 0
        with (tmp_path / "g.csv").open(encoding="utf-8-sig", newline="") as file:
            assert next(csv.reader(file))[:8] == promised
        assert cli("codebook", "export", filled, tmp_path / "g.xlsx").status == 0
        sheet = openpyxl.load_workbook(tmp_path / "g.xlsx").worksheets[0]
        assert [cell.value for cell in sheet[1]][:8] == promised

    def it_prints_yaml_where_no_file_is_named(self, cli, filled):
        answer = cli("codebook", "export", filled)
        assert answer.status == 0
        assert "- name: Impacts" in answer.text

    def it_refuses_a_format_it_does_not_write_and_a_folder_that_is_not_there(self, cli, filled, tmp_path):
        for target in (tmp_path / "grille.docx", tmp_path / "absent" / "grille.yaml"):
            answer = cli("codebook", "export", filled, target)
            assert answer.status == 1
            assert target.name in answer.err
            assert not target.exists()
