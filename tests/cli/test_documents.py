from __future__ import annotations

import shutil

from tests.cli.conftest import INTERVIEW

TITLE = "Entretien médiatrice"


class DescribeDocuments:
    def it_lists_what_is_in_the_project(self, cli, filled):
        (document,) = cli("documents", filled, "--json").json
        del document["id"]
        assert document == {
            "title": TITLE,
            "source": "interview",
            "territory": "Aubagne",
            "date": None,
            "words": 68,
            "turns": 6,
            "participants": 2,
            "attributes": {},
            "file": "Entretien médiatrice.txt",
        }

    def it_draws_a_table_for_the_eye(self, cli, filled):
        header, rule, row = cli("documents", filled).text.splitlines()
        assert header.split() == ["Titre", "Source", "Territoire", "Date", "Mots", "Tours", "Personnes"]
        assert set(rule) == {"─", " "}
        assert row.split() == ["Entretien", "médiatrice", "Entretien", "Aubagne", "68", "6", "2"]

    def it_says_how_to_go_on_when_there_is_none(self, cli, project):
        answer = cli("documents", project)
        assert answer.status == 0
        assert "qualikit import" in answer.text
        assert cli("documents", project, "--json").json == []


class DescribeText:
    def it_prints_the_text_as_it_is(self, cli, filled):
        answer = cli("text", filled, TITLE)
        assert answer.out == INTERVIEW.strip("\n").encode("utf-8")

    def it_keeps_what_a_console_would_change(self, cli, project, tmp_path):
        odd = tmp_path / "Crépy.txt"
        odd.write_bytes("Voilà\u00a0: l'e\u0301te\u0301,\r\nCrépy‑en‑Valois 🚲\r\n\r\nfin\t.".encode())
        assert cli("import", project, odd).status == 0
        expected = "Voilà\u00a0: l'été,\nCrépy‑en‑Valois 🚲\n\nfin\t."
        assert cli("text", project, "Crépy").out == expected.encode("utf-8")

    def it_finds_a_title_typed_with_separate_accents(self, cli, filled):
        assert cli("text", filled, "Entretien me\u0301diatrice").status == 0

    def it_refuses_a_title_that_is_not_there(self, cli, filled):
        answer = cli("text", filled, "Entretien")
        assert answer.status == 1
        assert answer.out == b""
        assert "Il n'y a pas de document nommé « Entretien »" in answer.err


class DescribeTurns:
    def it_gives_each_turn_with_its_place_in_the_text(self, cli, filled):
        text = cli("text", filled, TITLE).text
        turns = cli("turns", filled, TITLE, "--json").json
        assert [turn["index"] for turn in turns] == list(range(len(turns)))
        assert [turn["start"] for turn in turns] == [0, *(turn["stop"] for turn in turns[:-1])]
        assert turns[-1]["stop"] == len(text)
        spoken = [turn for turn in turns if turn["speaker"] is not None]
        assert [turn["speaker"] for turn in spoken] == ["Chercheuse", "Médiatrice"] * 3
        assert [turn["role"] for turn in spoken] == ["moderator", "participant"] * 3
        assert text[spoken[3]["speech_start"] : spoken[3]["speech_stop"]].startswith("Ils osent. Une dame")
        assert all(turn["time"] is None for turn in turns)

    def it_gives_null_for_what_nobody_says(self, cli, filled):
        first = cli("turns", filled, TITLE, "--json").json[0]
        assert (first["speaker"], first["role"]) == (None, None)

    def it_gives_times_in_seconds(self, cli, project, tmp_path):
        timed = tmp_path / "minuté.txt"
        timed.write_text(
            "[Chercheur] (0:01 - 0:11)\nBonjour, ça va ?\n[Élu] (0:11 - 1:02:03)\nOui, merci.\n"
            "[Chercheur] (1:02:03 - 1:02:10)\nEt le vélo ?\n[Élu] (1:02:10 - 1:03:00)\nIl roule.\n",
            "utf-8",
        )
        assert cli("import", project, timed).status == 0
        turns = [turn for turn in cli("turns", project, "minuté", "--json").json if turn["speaker"]]
        assert [turn["time"] for turn in turns] == [1, 11, 3723, 3730]
        assert "1:02:03" in cli("turns", project, "minuté").text

    def it_names_the_person_and_not_the_label(self, cli, filled, tmp_path):
        sheet = tmp_path / "participants.csv"
        sheet.write_text(f"Document;Étiquette;Nom\n{TITLE};Médiatrice;Nadia B.\n", "utf-8")
        assert cli("attributes", "import", filled, sheet).status == 0
        turns = cli("turns", filled, TITLE, "--json").json
        assert {turn["speaker"] for turn in turns} == {None, "Chercheuse", "Nadia B."}
        assert {turn["label"] for turn in turns} == {None, "Chercheuse", "Médiatrice"}

    def it_draws_a_table_for_the_eye(self, cli, filled):
        lines = cli("turns", filled, TITLE).said.splitlines()
        assert lines[0].split() == ["N°", "Temps", "Qui", "Paroles"]
        assert "Médiatrice" in lines[4]
        assert "Oui. Je tiens le triporteur" in lines[4]


class DescribeAProjectThatIsNotOne:
    def it_is_refused_by_every_command_that_reads_one(self, cli, filled, tmp_path):
        broken = tmp_path / "coupé.qualikit"
        broken.write_bytes(filled.read_bytes()[:5000])
        for words in (["documents", broken], ["text", broken, "x"], ["turns", broken, "x"], ["matrix", broken]):
            answer = cli(*words)
            assert answer.status == 1
            assert "abîmé ou incomplet" in answer.err
        assert broken.stat().st_size == 5000

    def it_is_opened_again_after_a_copy(self, cli, filled, tmp_path):
        shutil.copy(filled, tmp_path / "copie.qualikit")
        assert len(cli("documents", tmp_path / "copie.qualikit", "--json").json) == 1
