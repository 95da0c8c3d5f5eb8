from __future__ import annotations

import shutil

import pytest

from tests.cli.conftest import INTERVIEW


@pytest.fixture
def folder(tmp_path):
    """Two interviews, one file that nobody can read as text, what Word leaves behind, and a picture."""
    folder = tmp_path / "terrain"
    folder.mkdir()
    (folder / "Entretien A Laval 2024-03-05.txt").write_text(INTERVIEW, "utf-8")
    (folder / "Entretien B.md").write_text(INTERVIEW.replace("triporteur", "vélo-cargo"), "utf-8")
    (folder / "vide.txt").write_text(" \n", "utf-8")
    (folder / "~$cument.docx").write_bytes(b"\x05camille")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    return folder


class DescribeImport:
    def it_shows_what_it_recognised(self, cli, project, folder):
        answer = cli("import", project, folder / "Entretien A Laval 2024-03-05.txt")
        assert answer.status == 0
        for part in (
            "✓ Entretien A Laval 2024-03-05.txt",
            "Titre : Entretien A Laval 2024-03-05",
            "Entretien · Laval · 05/03/2024 · 68 mots",
            "Chercheuse (Animation), 3 tours de parole",
            "Médiatrice (Participant), 3 tours de parole",
            "un nom suivi de deux-points",
            "1 fichier importé.",
        ):
            assert part in answer.said

    def it_gives_the_same_as_json(self, cli, project, folder):
        (result,) = cli("import", project, folder / "Entretien A Laval 2024-03-05.txt", "--json").json
        assert result["imported"] is True
        assert result["title"] == "Entretien A Laval 2024-03-05"
        assert (result["source"], result["territory"], result["date"]) == ("interview", "Laval", "2024-03-05")
        assert result["speakers"] == [
            {"name": "Chercheuse", "role": "moderator", "turns": 3, "labels": ["Chercheuse"]},
            {"name": "Médiatrice", "role": "participant", "turns": 3, "labels": ["Médiatrice"]},
        ]
        assert result["rule"]
        assert result["warnings"] == []

    def it_goes_on_after_a_bad_file_and_exits_with_1(self, cli, project, folder):
        good, other = folder / "Entretien A Laval 2024-03-05.txt", folder / "Entretien B.md"
        answer = cli("import", project, good, folder / "vide.txt", folder / "photo.jpg", folder / "absent.docx", other)
        assert answer.status == 1
        for name, reason in (("vide.txt", "aucun texte"), ("photo.jpg", ".jpg"), ("absent.docx", "ne peut pas")):
            assert f"✗ {name}" in answer.err
            assert reason in answer.err
        assert answer.said.splitlines()[-1] == "2 fichiers importés, 3 refusés."
        assert len(cli("documents", project, "--json").json) == 2

    def it_names_refused_files_in_json_too(self, cli, project, folder):
        answer = cli("import", project, folder / "vide.txt", folder / "Entretien B.md", "--json")
        assert answer.status == 1
        assert answer.err == ""
        refused, taken = answer.json
        assert (refused["imported"], refused["code"]) == (False, "read.empty")
        assert taken["imported"] is True

    def it_says_that_the_same_file_is_there_already(self, cli, filled, interview, tmp_path):
        shutil.copy(interview, tmp_path / "copie.txt")
        answer = cli("import", filled, tmp_path / "copie.txt")
        assert answer.status == 1
        assert "déjà dans le projet, sous le titre « Entretien médiatrice »" in answer.err
        assert len(cli("documents", filled, "--json").json) == 1

    def it_takes_what_can_be_read_in_a_folder(self, cli, project, folder):
        (folder / "vide.txt").unlink()
        answer = cli("import", project, folder)
        assert answer.status == 0
        titles = [document["title"] for document in cli("documents", project, "--json").json]
        assert titles == ["Entretien A Laval 2024-03-05", "Entretien B"]

    def it_refuses_a_folder_with_nothing_to_read(self, cli, project, tmp_path):
        (tmp_path / "rien").mkdir()
        answer = cli("import", project, tmp_path / "rien")
        assert answer.status == 1
        assert "ne contient aucun fichier" in answer.err

    def it_takes_what_is_said_over_what_it_guesses(self, cli, project, folder):
        answer = cli(
            "import", project, folder / "Entretien A Laval 2024-03-05.txt",
            "--territory", "Aubagne", "--source", "Focus group", "--date", "14/11/2023", "--title", "Groupe 1",
        )  # fmt: skip
        assert answer.status == 0
        (document,) = cli("documents", project, "--json").json
        found = [document[key] for key in ("title", "source", "territory", "date")]
        assert found == ["Groupe 1", "focus_group", "Aubagne", "2023-11-14"]

    def it_recognises_the_territories_of_the_project(self, cli, project, folder):
        (folder / "Entretien B.md").rename(folder / "Entretien Saint-Lô.md")
        assert (
            cli("import", project, folder / "Entretien A Laval 2024-03-05.txt", "--territory", "Saint-Lô").status == 0
        )
        (result,) = cli("import", project, folder / "Entretien Saint-Lô.md", "--json").json
        assert result["territory"] == "Saint-Lô"

    @pytest.mark.parametrize(
        ("option", "value", "reason"),
        [("--source", "roman", "n'est pas un type de source"), ("--date", "hier", "n'est pas une date")],
    )
    def it_refuses_what_is_no_kind_and_no_date(self, cli, project, folder, option, value, reason):
        answer = cli("import", project, folder / "Entretien B.md", option, value)
        assert answer.status == 1
        assert reason in answer.err
        assert cli("documents", project, "--json").json == []

    def it_gives_one_title_to_one_file_only(self, cli, project, folder):
        answer = cli("import", project, folder, "--title", "Tous")
        assert answer.status == 1
        assert cli("documents", project, "--json").json == []

    def it_records_who_imported(self, cli, project, folder):
        from qualikit import Project

        assert cli("import", project, folder / "Entretien B.md", "--coder", "Sacha").status == 0
        with Project.open(project) as opened:
            assert [event.coder for event in opened.history.events()] == ["Sacha"]
