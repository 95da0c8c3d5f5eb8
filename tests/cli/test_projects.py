from __future__ import annotations

import sqlite3

from qualikit import Project


class DescribeNew:
    def it_makes_a_project_and_says_where(self, cli, tmp_path):
        answer = cli("new", tmp_path / "étude.qualikit", "--name", "Étude 2024")
        assert answer.status == 0
        assert str(tmp_path / "étude.qualikit") in answer.text
        with Project.open(tmp_path / "étude.qualikit") as project:
            assert project.name == "Étude 2024"

    def it_adds_the_suffix_and_other_commands_find_the_project_without_it(self, cli, tmp_path):
        assert cli("new", tmp_path / "étude").status == 0
        assert (tmp_path / "étude.qualikit").is_file()
        assert cli("documents", tmp_path / "étude", "--json").json == []

    def it_names_it_after_the_file_a_dot_in_the_name_included(self, cli, tmp_path):
        assert cli("new", tmp_path / "Évaluation 2.1").status == 0
        with Project.open(tmp_path / "Évaluation 2.1") as project:
            assert project.name == "Évaluation 2.1"

    def it_refuses_to_write_over_what_is_there(self, cli, project):
        before = project.read_bytes()
        answer = cli("new", project)
        assert answer.status == 1
        assert answer.out == b""
        assert "Il y a déjà un fichier « evaluation.qualikit »" in answer.err
        assert project.read_bytes() == before

    def it_wants_a_name(self, cli):
        answer = cli("new", "")
        assert answer.status == 2
        assert answer.err.startswith("Erreur : le nom du projet est vide.")

    def it_says_when_the_folder_is_a_file(self, cli, tmp_path):
        (tmp_path / "fichier").write_text("x")
        answer = cli("new", tmp_path / "fichier" / "projet")
        assert answer.status == 1
        assert answer.err


class DescribeCheck:
    def it_has_nothing_to_say_of_a_sound_project(self, cli, filled):
        answer = cli("check", filled)
        assert (answer.status, answer.text, answer.err) == (0, "Rien à signaler.\n", "")

    def it_names_each_problem_and_exits_with_1(self, cli, filled):
        with sqlite3.connect(filled) as connection:
            connection.execute("UPDATE text_versions SET text = replace(text, 'triporteur', 'vélo-cargo')")
        connection.close()
        answer = cli("check", filled)
        assert answer.status == 1
        assert "Le texte de « Entretien médiatrice » a été altéré." in answer.err
        assert answer.out == b""

    def it_gives_the_problems_as_json(self, cli, filled):
        assert cli("check", filled, "--json").json == []
        with sqlite3.connect(filled) as connection:
            connection.execute("UPDATE source_files SET content = x'00'")
        connection.close()
        answer = cli("check", filled, "--json")
        assert answer.status == 1
        assert len(answer.json) == 1

    def it_refuses_what_is_no_project(self, cli, tmp_path):
        (tmp_path / "notes.txt").write_text("pas un projet")
        assert "n'est pas un projet qualikit" in cli("check", tmp_path / "notes.txt").err
        assert "Il n'y a pas de projet à cet endroit" in cli("check", tmp_path / "absent.qualikit").err
        assert cli("check", tmp_path / "absent.qualikit").status == 1
        assert not (tmp_path / "absent.qualikit").exists()
