from __future__ import annotations

import csv
import io

import pytest

from qualikit import Project

TITLE = "Entretien médiatrice"
COLUMNS = ["document", "start", "stop", "quote", "code", "coder", "origin", "created"]


@pytest.fixture
def place(cli, filled):
    """Where a quote stands in the text of the interview."""
    text = cli("text", filled, TITLE).text

    def find(quote: str) -> tuple[int, int]:
        start = text.index(quote)
        return start, start + len(quote)

    return find


def write(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def read(data: bytes):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


class DescribeCodingsImport:
    def it_takes_rows_without_quote_nor_origin(self, cli, filled, place, tmp_path):
        start, stop = place("Ils osent.")
        file = write(
            tmp_path / "c.csv",
            ["document", "start", "stop", "code", "coder"],
            [TITLE, start, stop, "Autonomie", "Sacha"],
        )
        answer = cli("codings", "import", filled, file)
        assert (answer.status, answer.said) == (0, "1 codage importé.\n")
        with Project.open(filled) as project:
            (coding,) = project.coding.codings()
            assert (coding.quote, coding.coder, coding.origin) == ("Ils osent.", "Sacha", "import")

    def it_gives_rows_without_coder_to_who_imports(self, cli, filled, place, tmp_path):
        file = write(
            tmp_path / "c.csv", ["document", "start", "stop", "code"], [TITLE, *place("Ils osent."), "Autonomie"]
        )
        assert cli("codings", "import", filled, file, "--coder", "Dominique").status == 0
        assert cli("codings", "export", filled, "--json").json[0]["coder"] == "Dominique"

    def it_refuses_rows_one_by_one_with_the_reason_and_takes_the_rest(self, cli, filled, place, tmp_path):
        start, stop = place("Ils osent.")
        file = write(
            tmp_path / "c.csv",
            COLUMNS[:6],
            [TITLE, start, stop, "Ils osent.", "Autonomie", "Sacha"],
            [TITLE, start, stop, "Ils dansent.", "Autonomie", "Sacha"],
            [TITLE, start, stop, "Ils osent.", "Autonomy", "Sacha"],
            [TITLE, start, 10**6, "", "Autonomie", "Sacha"],
            ["Autre", start, stop, "", "Autonomie", "Sacha"],
            [TITLE, *place("La pluie."), "La pluie.", "Impacts", "Camille"],
        )
        answer = cli("codings", "import", filled, file)
        assert answer.status == 1
        reasons = dict(line.split(" : ", 1) for line in answer.err.splitlines())
        assert list(reasons) == ["Ligne 3", "Ligne 4", "Ligne 5", "Ligne 6"]
        assert "la citation ne correspond pas au texte" in reasons["Ligne 3"]
        assert "« Autonomy » n'est pas dans la grille" in reasons["Ligne 4"]
        assert "sort du texte" in reasons["Ligne 5"]
        assert "pas de document nommé « Autre »" in reasons["Ligne 6"]
        assert answer.said == "2 codages importés, 4 refusés.\n"
        assert len(cli("codings", "export", filled, "--json").json) == 2

    def it_reports_in_json_too(self, cli, filled, place, tmp_path):
        row = [TITLE, *place("Ils osent."), "Autonomie"]
        file = write(tmp_path / "c.csv", ["document", "start", "stop", "code"], row, [TITLE, 3, 2, "Autonomie"])
        answer = cli("codings", "import", filled, file, "--json")
        assert answer.status == 1
        assert (answer.json["added"], answer.json["already"]) == (1, 0)
        assert [refused["row"] for refused in answer.json["refused"]] == [3]

    def it_counts_what_was_there_already(self, cli, filled, place, tmp_path):
        file = write(
            tmp_path / "c.csv", ["document", "start", "stop", "code"], [TITLE, *place("Ils osent."), "Autonomie"]
        )
        assert cli("codings", "import", filled, file).status == 0
        answer = cli("codings", "import", filled, file)
        assert (answer.status, answer.said) == (0, "0 codage importé, 1 déjà là.\n")

    def it_refuses_a_file_that_is_not_there_or_lacks_a_column(self, cli, filled, tmp_path):
        assert cli("codings", "import", filled, tmp_path / "absent.csv").status == 1
        answer = cli("codings", "import", filled, write(tmp_path / "c.csv", ["document", "start"], [TITLE, 1]))
        assert answer.status == 1
        assert "colonne « code »" in answer.err


class DescribeCodingsExport:
    @pytest.fixture
    def coded(self, cli, filled, place, tmp_path):
        file = write(
            tmp_path / "c.csv",
            COLUMNS[:6],
            [TITLE, *place("On s'installe au pied des immeubles 🚲."), "", "Impacts", "Sacha"],
            [TITLE, *place("je l'ouvre toute seule, maintenant"), "", "Autonomie", "Camille"],
        )
        assert cli("codings", "import", filled, file).status == 0
        return filled

    def it_writes_the_columns_that_are_promised(self, cli, coded, tmp_path):
        answer = cli("codings", "export", coded, tmp_path / "codages.csv")
        assert answer.status == 0
        assert "2 codages écrits" in answer.said
        rows = read((tmp_path / "codages.csv").read_bytes())
        assert list(rows[0]) == COLUMNS
        text = cli("text", coded, TITLE).text
        for row in rows:
            assert text[int(row["start"]) : int(row["stop"])] == row["quote"]
        assert [(row["coder"], row["code"]) for row in rows] == [("Sacha", "Impacts"), ("Camille", "Autonomie")]

    def it_writes_what_goes_back_in(self, cli, coded, interview, tmp_path):
        assert cli("codings", "export", coded, "--to", tmp_path / "codages.csv").status == 0
        other = tmp_path / "autre.qualikit"
        assert cli("new", other).status == 0
        assert cli("import", other, interview).status == 0
        assert cli("codebook", "import", other, coded.with_name("grille.csv")).status == 0
        assert cli("codings", "import", other, tmp_path / "codages.csv").said == "2 codages importés.\n"
        assert cli("codings", "export", other, tmp_path / "encore.csv").status == 0
        assert (tmp_path / "encore.csv").read_bytes() == (tmp_path / "codages.csv").read_bytes()

    def it_prints_them_where_no_file_is_named(self, cli, coded):
        answer = cli("codings", "export", coded)
        assert answer.out.startswith(b"document,start,stop,quote,code,coder,origin,created\r\n")
        assert len(read(answer.out)) == 2

    def it_gives_them_as_json(self, cli, coded):
        rows = cli("codings", "export", coded, "--json").json
        assert [row["code"] for row in rows] == ["Impacts", "Autonomie"]
        assert all(set(COLUMNS) <= set(row) for row in rows)

    def it_refuses_a_folder_that_is_not_there(self, cli, coded, tmp_path):
        answer = cli("codings", "export", coded, tmp_path / "absent" / "codages.csv")
        assert answer.status == 1
        assert "n'ont pas pu être écrits" in answer.err
