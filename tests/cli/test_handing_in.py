from __future__ import annotations

import docx
import openpyxl
import pytest

from qualikit import sample


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory):
    """The sample evaluation: two territories, two coders."""
    return sample.build(tmp_path_factory.mktemp("exemple"))


class DescribeSynthesis:
    def it_writes_a_territory_in_the_firm_s_template(self, cli, evaluation, tmp_path):
        template = docx.Document()
        template.add_paragraph("Cabinet Exemple")
        template.add_paragraph("{{contenu}}")
        template.save(str(tmp_path / "modele.docx"))
        to = tmp_path / "aubagne.docx"
        answer = cli(
            "synthesis", evaluation, "--territory", "Aubagne", "--to", to, "--template", tmp_path / "modele.docx"
        )
        assert (answer.status, answer.said) == (0, f"Document écrit : {to}\n")
        said = [paragraph.text for paragraph in docx.Document(str(to)).paragraphs]
        assert said[0] == "Cabinet Exemple"
        assert any(text.startswith("La rue expose ce qui devrait rester privé") for text in said)

    def it_says_which_territories_there_are(self, cli, evaluation, tmp_path):
        answer = cli("synthesis", evaluation, "--territory", "Rennes", "--to", tmp_path / "s.docx")
        assert answer.status == 1
        assert "Aubagne, Laval, National" in answer.err
        assert not (tmp_path / "s.docx").exists()

    def it_refuses_a_template_that_asks_for_what_does_not_exist(self, cli, evaluation, tmp_path):
        template = docx.Document()
        template.add_paragraph("{{client}}")
        template.save(str(tmp_path / "modele.docx"))
        answer = cli("verbatims", evaluation, "--to", tmp_path / "v.docx", "--template", tmp_path / "modele.docx")
        assert answer.status == 1
        assert "{{client}}" in answer.err


class DescribeVerbatims:
    def it_writes_them_under_numbers_unless_names_are_asked_for(self, cli, evaluation, tmp_path):
        for option, expected in (("--numbers", False), ("--names", True)):
            to = tmp_path / f"v{option}.docx"
            assert cli("verbatims", evaluation, "--territory", "Laval", option, "--to", to).status == 0
            sources = [p.text for p in docx.Document(str(to)).paragraphs if p.style.name == "qualikit Source"]
            assert sources
            assert any("FG_usagers_Laval" in text for text in sources) is expected

    def it_refuses_a_choice_that_does_not_exist(self, cli, evaluation, tmp_path):
        answer = cli("verbatims", evaluation, "--verbatims", "some", "--to", tmp_path / "v.docx")
        assert answer.status == 1
        assert "auto, chosen, all, none" in answer.err


class DescribeAnnex:
    def it_writes_every_table_and_says_where(self, cli, evaluation, tmp_path):
        to = tmp_path / "annexe.xlsx"
        answer = cli("annex", evaluation, "--to", to, "--json")
        assert answer.json == {"document": "annex", "path": str(to)}
        assert len(openpyxl.load_workbook(to).sheetnames) == 10

    def it_wants_an_excel_name(self, cli, evaluation, tmp_path):
        answer = cli("annex", evaluation, "--to", tmp_path / "annexe.docx")
        assert answer.status == 1
        assert ".xlsx" in answer.err


class DescribeNames:
    def it_stops_what_holds_a_number_unless_that_is_wanted(self, cli, project, tmp_path):
        from qualikit import Project

        with Project.open(project, coder="Camille") as found:
            code = found.coding.add_code("Rappels").id
            found.themes.set_synthesis(code, "territory", "∑", "Rappeler au 06 12 34 56 78.")
        stopped = cli("annex", project, "--to", tmp_path / "a.xlsx")
        assert stopped.status == 1
        assert "06 12 34 56 78" in stopped.err
        assert not (tmp_path / "a.xlsx").exists()
        assert cli("annex", project, "--to", tmp_path / "a.xlsx", "--allow-names").status == 0

    def it_reads_the_key_where_there_is_one(self, cli, project, tmp_path):
        from qualikit import Project

        words = "une phrase de passe assez longue"
        (tmp_path / "phrase.txt").write_text(words, "utf-8")
        with Project.open(project, coder="Camille") as found:
            found.corpus.pseudonyms.create_key(words)
        assert cli("annex", project, "--to", tmp_path / "a.xlsx").status == 1
        answer = cli("annex", project, "--to", tmp_path / "a.xlsx", "--passphrase-file", tmp_path / "phrase.txt")
        assert answer.status == 0

    @pytest.mark.parametrize(
        "asked",
        [
            ("matrix", "{project}", "--to", "{to}/f.docx"),
            ("compare", "{project}", "--what", "passages", "--to", "{to}/f.csv"),
            ("consensus", "{project}", "--to", "{to}/f.xlsx"),
            ("passages", "{project}", "--all-coders", "--to", "{to}/f.csv"),
            ("codebook", "manual", "{project}", "{to}/f.docx"),
        ],
        ids=lambda asked: asked[0],
    )
    def it_reads_whatever_else_leaves_too(self, cli, project, tmp_path, asked):
        from qualikit import Project

        words = "une phrase de passe assez longue"
        (tmp_path / "phrase.txt").write_text(words, "utf-8")
        (tmp_path / "out").mkdir()
        with Project.open(project, coder="Camille") as found:
            found.corpus.pseudonyms.create_key(words)
        given = [part.format(project=project, to=tmp_path / "out") for part in asked]
        stopped = cli(*given)
        assert (stopped.status, list((tmp_path / "out").iterdir())) == (1, [])
        assert "--passphrase-file" in stopped.err
        assert cli(*given, "--passphrase-file", tmp_path / "phrase.txt").status == 0
        assert len(list((tmp_path / "out").iterdir())) == 1
