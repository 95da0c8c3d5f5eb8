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
        aubagne = {document["title"] for document in documents(cli, evaluation) if document["territory"] == "Aubagne"}
        assert found["Ensemble", "Ensemble"]["codings"] == len(codings)
        cell = found["Confidentialité", "Aubagne"]
        assert 0 < cell["people"] <= cell["people_total"]
        assert 0 < cell["sessions"] <= cell["sessions_total"]
        assert cell["synthesis"].startswith("La rue expose")
        assert cell["codings"] == sum(
            row["code"] == "Confidentialité" and row["document"] in aubagne for row in codings
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
            (["--rows", "territory"], "ne peuvent pas être la même chose"),
            (["--rows", "code", "--columns", "code"], "cooccurrences"),
            (["--value", "humeur"], "humeur"),
            (["--chart", "camembert"], "camembert"),
            (["--where", "Jamais gardée"], "Jamais gardée"),
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

    def it_crosses_anything_with_anything(self, cli, evaluation):
        rows = cli("matrix", evaluation, "--rows", "actor", "--columns", "quarter", "--json").json
        assert {row["row"] for row in rows} >= {"usager", "partenaire", "Ensemble"}
        assert {row["column"] for row in rows} >= {"4e trimestre 2023", "1er trimestre 2024"}
        never = next(row for row in rows if (row["row"], row["column"]) == ("médiateur", "1er trimestre 2024"))
        assert (never["codings"], never["sessions_total"], never["presence"]) == (0, 0, None)

    def it_shows_people_or_words_out_of_those_there_are(self, cli, evaluation):
        said = cli("matrix", evaluation, "--value", "people").said
        assert "9/10" in next(line for line in said.splitlines() if line.startswith("Impacts"))
        words = cli("matrix", evaluation, "--value", "words", "--json").json
        assert all(0 <= row["words"] <= row["words_total"] for row in words)

    def it_is_narrowed_by_conditions_and_by_a_query_that_was_kept(self, cli, evaluation):
        told = cli("matrix", evaluation, "--attribute", "actor=usager", "--since", "2024-01-01")
        assert "Seulement : Tous les passages codés" in told.said
        assert told.said.splitlines()[0].split() == ["Code", "Laval", "Ensemble"]
        cli("query", "save", evaluation, "À Laval", "--territory", "Laval", "--all-coders")
        kept = cells(cli("matrix", evaluation, "--where", "à laval", "--json"))
        whole = cells(cli("matrix", evaluation, "--json"))
        assert kept["Météo", "Ensemble"]["people_total"] == whole["Météo", "Laval"]["people_total"]
        assert kept["Météo", "Ensemble"]["codings"] == whole["Météo", "Laval"]["codings"]

    def it_folds_the_tree(self, cli, evaluation):
        found = cells(cli("matrix", evaluation, "--levels", "1", "--json"))
        assert {code for code, _column in found} > {"Impacts", "Besoins"}
        assert ("Météo", "Laval") not in found


class DescribeCooccurrence:
    def it_says_which_codes_meet_and_out_of_how_many(self, cli, evaluation):
        said = cli("cooccurrence", evaluation, "--relation", "turn").said
        assert said.splitlines()[0].split()[:3] == ["Code", "Autre", "code"]
        assert "un tour de parole contient des mots des deux" in said
        rows = cli("cooccurrence", evaluation, "--relation", "turn", "--json").json
        assert all(row["turns"] <= row["turns_total"] and row["passages"] <= row["passages_total"] for row in rows)

    @pytest.mark.parametrize("name", ["pairs.docx", "pairs.xlsx", "pairs.csv", "pairs.png", "pairs.svg"])
    def it_is_written(self, cli, evaluation, tmp_path, name):
        answer = cli("cooccurrence", evaluation, "--levels", "1", "--nested", "--to", tmp_path / name)
        assert answer.status == 0, answer.err
        assert (tmp_path / name).stat().st_size > 500

    @pytest.mark.parametrize(
        ("words", "reason"),
        [(["--relation", "voisin"], "voisin"), (["--value", "humeur"], "humeur"), (["--to", "x.pdf"], "x.pdf")],
    )
    def it_refuses_what_does_not_exist(self, cli, evaluation, words, reason):
        answer = cli("cooccurrence", evaluation, *words)
        assert answer.status == 1
        assert reason in answer.err


class DescribeMatrixTo:
    @pytest.mark.parametrize("chart", ["heat", "bubbles"])
    def it_draws(self, cli, evaluation, tmp_path, chart):
        for name in ("m.png", "m.svg", "m.xlsx", "m.docx"):
            answer = cli("matrix", evaluation, "--value", "people", "--chart", chart, "--to", tmp_path / name)
            assert answer.status == 0, answer.err
        assert (tmp_path / "m.png").read_bytes().startswith(b"\x89PNG")
        assert "Aubagne" in (tmp_path / "m.svg").read_text("utf-8")
        written = docx.Document(str(tmp_path / "m.docx"))
        [described] = [each.get("descr") for each in written.element.iter() if each.tag.endswith("}docPr")]
        assert "Le plus fort" in described

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
