from __future__ import annotations

import csv

import docx
import openpyxl
import pytest

from qualikit import sample


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory):
    """The sample evaluation: two territories, two coders."""
    return sample.build(tmp_path_factory.mktemp("exemple"))


def cells(answer):
    return {(cell["code"], cell["column"]): cell for cell in answer.json}


class DescribeMatrix:
    def it_counts_codes_by_territory(self, cli, evaluation):
        found = cells(cli("matrix", evaluation, "--rows", "code", "--columns", "territory", "--json"))
        codings = cli("codings", "export", evaluation, "--json").json
        assert found["Ensemble", "Ensemble"]["codings"] == len(codings)
        cell = found["Confidentialité", "Aubagne"]
        assert 0 < cell["people"] <= cell["people_total"]
        assert 0 < cell["sessions"] <= cell["sessions_total"]
        assert cell["synthesis"].startswith("La rue expose")
        assert cell["codings"] == sum(
            row["code"] == "Confidentialité"
            for row in codings
            if row["document"] in {d["title"] for d in documents(cli, evaluation) if d["territory"] == "Aubagne"}
        )

    def it_is_readable_in_the_terminal(self, cli, evaluation):
        answer = cli("matrix", evaluation)
        lines = answer.said.splitlines()
        assert lines[0].split()[:1] == ["Code"]
        assert "Aubagne" in lines[0]
        assert any(line.startswith("Impacts ") for line in lines)
        assert any(line.startswith("  Autonomie des usagers ") for line in lines)
        assert "Dans chaque case : les codages, puis les personnes" in answer.said

    def it_says_that_there_is_nothing_to_count_yet(self, cli, project):
        answer = cli("matrix", project)
        assert answer.status == 0
        assert "Ensemble" in answer.said

    @pytest.mark.parametrize("columns", ["source", "actor", "document", "participant"])
    def it_reads_across_other_things(self, cli, evaluation, columns):
        found = cells(cli("matrix", evaluation, "--columns", columns, "--json"))
        assert len({column for _code, column in found}) > 2

    def it_counts_only_what_is_asked_for(self, cli, evaluation):
        every = cells(cli("matrix", evaluation, "--json"))["Ensemble", "Ensemble"]["codings"]
        parts = [
            cells(cli("matrix", evaluation, "--coded-by", name, "--json"))["Ensemble", "Ensemble"]["codings"]
            for name in sample.CODERS
        ]
        assert sum(parts) == every
        assert min(parts) > 0
        one = cells(cli("matrix", evaluation, "--code", "Confidentialité", "--json"))
        assert {code for code, _column in one} == {"Confidentialité", "Ensemble"}
        group = cells(cli("matrix", evaluation, "--source", "focus group", "--json"))
        assert group["Ensemble", "Ensemble"]["sessions_total"] == 2
        title = "Entretien_CCAS_Laval"
        alone = cells(cli("matrix", evaluation, "--document", title, "--json"))
        assert alone["Ensemble", "Ensemble"]["sessions_total"] == 1

    def it_counts_a_code_without_those_under_it_when_asked(self, cli, evaluation):
        nested = cells(cli("matrix", evaluation, "--json"))["Impacts", "Ensemble"]
        flat = cells(cli("matrix", evaluation, "--flat", "--json"))["Impacts", "Ensemble"]
        assert flat["codings"] == nested["own_codings"] < nested["codings"]

    @pytest.mark.parametrize(
        ("words", "reason"),
        [
            (["--rows", "document"], "Les lignes d'une matrice"),
            (["--columns", "humeur"], "humeur"),
            (["--code", "Météorites"], "Météorites"),
            (["--source", "roman"], "n'est pas un type de source"),
            (["--verbatims", "quelques"], "quelques"),
        ],
    )
    def it_refuses_what_does_not_exist(self, cli, evaluation, tmp_path, words, reason):
        answer = cli("matrix", evaluation, *words, "--to", tmp_path / "matrice.csv")
        assert answer.status == 1
        assert reason in answer.err
        assert list(tmp_path.iterdir()) == []
        assert cli("matrix", evaluation, *words).status == 1  # shown in the terminal as well


class DescribeMatrixTo:
    def it_writes_word(self, cli, evaluation, tmp_path):
        answer = cli("matrix", evaluation, "--to", tmp_path / "matrice.docx", "--title", "Ce qui se dit")
        assert answer.status == 0
        assert f"Matrice écrite : {tmp_path / 'matrice.docx'}" in answer.said
        written = docx.Document(str(tmp_path / "matrice.docx"))
        assert any("Ce qui se dit" in paragraph.text for paragraph in written.paragraphs)
        words = {cell.text.strip() for table in written.tables for row in table.rows for cell in row.cells}
        assert any("Aubagne" in each for each in words)

    def it_writes_excel(self, cli, evaluation, tmp_path):
        assert cli("matrix", evaluation, "--to", tmp_path / "matrice.xlsx").status == 0
        assert len(openpyxl.load_workbook(tmp_path / "matrice.xlsx").worksheets) >= 2

    def it_writes_csv(self, cli, evaluation, tmp_path):
        assert cli("matrix", evaluation, "--to", tmp_path / "matrice.csv").status == 0
        with (tmp_path / "matrice.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert len(rows) > 30

    @pytest.mark.parametrize("name", ["matrice.pdf", "matrice", "absent/matrice.docx"])
    def it_refuses_what_it_cannot_write(self, cli, evaluation, tmp_path, name):
        answer = cli("matrix", evaluation, "--to", tmp_path / name)
        assert answer.status == 1
        assert answer.err
        assert list(tmp_path.iterdir()) == []


def documents(cli, evaluation):
    return cli("documents", evaluation, "--json").json
