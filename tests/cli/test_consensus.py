from __future__ import annotations

import shutil

import docx
import pytest

from qualikit import sample

AUBAGNE, LAVAL = "FG_usagers_Aubagne_2023-11-14", "FG_usagers_Laval_2024-02-06"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return sample.build(tmp_path_factory.mktemp("exemple"))


@pytest.fixture
def evaluation(built, tmp_path):
    return shutil.copy(built, tmp_path / "evaluation.qualikit")


def cell(answer, theme, person):
    return next(each for each in answer.json["cells"] if (each["theme"], each["participant"]) == (theme, person))


class DescribeConsensus:
    def it_is_readable_in_the_terminal(self, cli, evaluation):
        answer = cli("consensus", evaluation, "--flat")
        assert answer.status == 0
        assert "Aubagne — FG_usagers_Aubagne_2023-11-14" in answer.said
        [line] = [line for line in answer.said.splitlines() if line.startswith("Visibilité")]
        assert line.split()[-9:] == ["3/8", "4", "sur", "5", "d'accord,", "28", "à", "99", "%"]
        assert "Confidentialité : Laval : d'un même côté (pas d'accord) ; Aubagne : partagé." in answer.said
        assert "NR : Pas de position" in answer.said

    def it_gives_cells_counts_and_passages_as_json(self, cli, evaluation):
        answer = cli("consensus", evaluation, "--document", AUBAGNE, "--json")
        belkacem = cell(answer, "Lieux et horaires", "M. Belkacem")
        assert (belkacem["value"], belkacem["letter"]) == ("AD", "D→A")
        assert belkacem["passages"][0]["positions"][0]["value"] == "disagreement"
        [counted] = [each for each in answer.json["themes"] if each["theme"] == "Visibilité et information"]
        assert (counted["agree"], counted["answered"], counted["present"]) == (4, 5, 8)
        assert {each["document"] for each in answer.json["cells"]} == {AUBAGNE}

    @pytest.mark.parametrize("ending", ["docx", "xlsx", "csv"])
    def it_writes_a_file(self, cli, evaluation, tmp_path, ending):
        path = tmp_path / f"consensus.{ending}"
        answer = cli("consensus", evaluation, "--to", path, "--title", "Grilles des groupes")
        assert answer.status == 0
        assert path.stat().st_size > 500
        if ending == "docx":
            assert docx.Document(str(path)).paragraphs[0].text == "Grilles des groupes"

    def it_sets_a_position_and_puts_a_cell_right(self, cli, evaluation):
        before = cell(cli("consensus", evaluation, "--document", AUBAGNE, "--json"), "Lien social", "Mme Rossi")
        coding = before["passages"][0]["codings"][0]
        assert before["value"] == "NR"
        assert cli("position", evaluation, coding, "Mme Rossi", "agreement", "--strong").status == 0
        after = cell(cli("consensus", evaluation, "--document", AUBAGNE, "--json"), "Lien social", "Mme Rossi")
        assert after["value"] == "SE"
        assert cli("position", evaluation, coding, "Mme Rossi", "--remove").status == 0

        refused = cli("consensus-cell", evaluation, AUBAGNE, "Lien social", "Mme Rossi", "A")
        assert (refused.status, "pourquoi" in refused.err) == (1, True)
        said = ["--reason", "Elle le dit hors micro."]
        assert cli("consensus-cell", evaluation, AUBAGNE, "Lien social", "Mme Rossi", "A", *said).status == 0
        kept = cell(cli("consensus", evaluation, "--document", AUBAGNE, "--json"), "Lien social", "Mme Rossi")
        assert (kept["value"], kept["corrected"], kept["reason"]) == ("A", True, "Elle le dit hors micro.")
        assert cli("consensus-cell", evaluation, AUBAGNE, "Lien social", "Mme Rossi", "--release").status == 0

    @pytest.mark.parametrize(
        ("words", "status", "reason"),
        [
            (["consensus", "--document", "Absent"], 1, "Absent"),
            (["consensus", "--code", "Consensus"], 1, "pas un thème"),
            (["consensus", "--coded-by", "Personne"], 1, "Personne"),
            (["position", "x", "Mme Rossi"], 2, "--remove"),
            (["consensus-cell", LAVAL, "Météo", "P1"], 2, "--release"),
        ],
    )
    def it_refuses_in_words(self, cli, evaluation, words, status, reason):
        answer = cli(words[0], evaluation, *words[1:])
        assert answer.status == status
        assert reason in answer.err

    def it_says_that_there_is_nothing_yet(self, cli, project):
        answer = cli("consensus", project)
        assert answer.status == 0
        assert "Rien n'est encore codé" in answer.said
        assert "Aucune question" not in cli("consensus", project, "--questions").err
