from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys

import pytest

from tests.cli.conftest import INTERVIEW
from tests.corpus.zip_file import archive


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

    def it_takes_a_folder_and_what_is_under_it_and_an_archive(self, cli, project, folder, tmp_path):
        (folder / "vide.txt").unlink()
        (folder / "Laval").mkdir()
        (folder / "Entretien B.md").rename(folder / "Laval" / "CCAS.md")
        broken = {
            "Aubagne/Mairie.txt": INTERVIEW.replace("pluie", "neige"),
            "coupe.docx": b"PK\x03\x04",
            "vide.txt": b"",
        }
        (tmp_path / "Entretiens.zip").write_bytes(archive({**broken, "__MACOSX/._a.txt": b"x"}))
        answer = cli("import", project, folder, tmp_path / "Entretiens.zip")
        assert answer.status == 1
        assert "✗ coupe.docx\n  « coupe.docx » est endommagé" in answer.err
        assert "✗ vide.txt" in answer.err
        assert "1 fichier d'un autre format a été laissé de côté : terrain/photo.jpg" in answer.said
        assert answer.said.splitlines()[-1] == "3 fichiers importés, 2 refusés."
        found = {one["title"]: (one["territory"], one["source"]) for one in cli("documents", project, "--json").json}
        assert found["CCAS"] == ("Laval", "interview")
        assert found["Mairie"] == ("Aubagne", "interview")

    def it_says_where_each_file_of_an_archive_stood_in_json(self, cli, project, tmp_path):
        (tmp_path / "envoi.zip").write_bytes(archive({"a/b.txt": INTERVIEW, "../c.txt": "x"}))
        refused, taken = cli("import", project, tmp_path / "envoi.zip", "--json").json
        assert taken["file"] == "envoi/a/b.txt"
        assert (refused["file"], refused["code"]) == ("envoi/../c.txt", "read.unreadable")

    def it_tells_many_files_in_a_line_each(self, cli, project, tmp_path):
        data = archive({f"Entretien {n} Laval.txt": f"Entretien {n}\n{INTERVIEW}" for n in range(21)})
        (tmp_path / "envoi.zip").write_bytes(data)
        answer = cli("import", project, tmp_path / "envoi.zip")
        assert answer.said.splitlines()[2] == "✓ Entretien 2 Laval.txt · Entretien · Laval · 70 mots · 2 locuteurs"
        assert answer.said.splitlines()[-1] == "21 fichiers importés."
        assert len(answer.said.splitlines()) == 22

    def it_stops_between_two_files_and_goes_on_when_asked_again(self, cli, project, tmp_path, monkeypatch):
        from qualikit.corpus import importing

        data = archive({f"Entretien {n}.txt": f"Entretien {n}\n{INTERVIEW}" for n in range(5)})
        (tmp_path / "envoi.zip").write_bytes(data)
        real = importing.import_one

        def interrupted(corpus, file, *others):
            if file.name == "Entretien 1.txt":
                os.kill(os.getpid(), signal.SIGINT)
            return real(corpus, file, *others)

        monkeypatch.setattr(importing, "import_one", interrupted)
        answer = cli("import", project, tmp_path / "envoi.zip")
        assert answer.status == 130
        assert "Arrêt demandé" in answer.err
        assert "2 fichiers importés." in answer.said
        assert "il restait 3 fichiers" in answer.said
        monkeypatch.undo()
        again = cli("import", project, tmp_path / "envoi.zip")
        assert again.said.splitlines()[-1] == "3 fichiers importés, 2 refusés."
        assert "est déjà dans le projet" in again.err
        assert cli("check", project).status == 0

    def it_shows_its_progress_on_a_terminal(self, project, tmp_path):
        pty = pytest.importorskip("pty")
        data = archive({f"Entretien {n}.txt": f"Entretien {n}\n{INTERVIEW}" for n in range(3)})
        (tmp_path / "envoi.zip").write_bytes(data)
        shown, terminal = pty.openpty()
        command = [sys.executable, "-m", "qualikit", "import", str(project), str(tmp_path / "envoi.zip")]
        env = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
        with subprocess.Popen(command, stdout=terminal, stderr=terminal, env=env, close_fds=True) as run:
            os.close(terminal)
            written = b""
            while True:
                try:
                    piece = os.read(shown, 4096)
                except OSError:  # how a terminal that is closed reads
                    break
                if not piece:
                    break
                written += piece
            os.close(shown)
        assert run.returncode == 0
        assert "2/3" in written.decode()
        assert "3 fichiers importés." in written.decode()

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
