"""The corpus of a project: brought in, read, described, taken away."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest

from qualikit import Project
from qualikit.errors import DuplicateDocument, ImportRefused, NotFound, UndoRefused
from qualikit.text import text_hash
from tests.corpus.zip_file import archive

TALK = (
    "Exemple fictif.\n\n"
    "Animatrice\u00a0: Bonjour à toutes et à tous, qui veut commencer\u00a0?\n\n"
    "Mme Roux\u00a0: Moi je veux bien 😀. Le triporteur, c'est pratique.\n\n"
    "M. Petit\u00a0: Pas pour moi, il pleut trop souvent.\n\n"
    "Animatrice\u00a0: Pourquoi\u00a0?\n\n"
    "Mme Roux\u00a0: Parce que c'est près de chez moi.\n\n"
    "M. Petit\u00a0: Et moi je suis loin.\n"
)


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p", name="P", coder="Camille") as project:
        yield project


@pytest.fixture
def talk(project):
    return project.corpus.save(project.corpus.preview(TALK.encode(), "FG_Aubagne.txt", territory="Aubagne"))


class DescribeSaving:
    def it_keeps_the_text_the_turns_and_the_people(self, project, talk):
        text = project.corpus.text(talk)
        turns = project.corpus.turns(talk)
        people = project.corpus.participants(talk)

        assert text == TALK.rstrip("\n") or text == TALK
        assert turns[0].start == 0
        assert turns[-1].stop == len(text)
        assert all(one.stop == two.start for one, two in pairwise(turns))
        assert [person.name for person in people] == ["Animatrice", "Mme Roux", "M. Petit"]
        assert [person.role.value for person in people] == ["moderator", "participant", "participant"]
        spoken = [turn for turn in turns if turn.participant_id == people[1].id]
        assert spoken[0].speech.of(text) == "Moi je veux bien 😀. Le triporteur, c'est pratique."

    def it_keeps_the_bytes_of_the_file(self, project, talk):
        assert project.corpus.original(talk) == TALK.encode()

    def it_is_one_action_that_undo_takes_back_and_redo_brings_again(self, project, talk):
        project.history.undo()
        assert project.corpus.documents() == []
        with pytest.raises(NotFound):
            project.corpus.document("FG_Aubagne")

        project.history.redo()
        assert project.corpus.document("FG_Aubagne") == talk
        assert project.corpus.text(talk)

    def it_recognises_the_same_file(self, project, talk):
        again = project.corpus.preview(TALK.encode(), "autre nom.txt")

        assert project.corpus.known(again.sha256) == "FG_Aubagne"
        with pytest.raises(DuplicateDocument, match="FG_Aubagne"):
            project.corpus.save(again)

    def it_takes_a_file_again_after_its_document_was_removed_and_then_refuses_to_redo_the_first(self, project, talk):
        project.history.undo()
        again = project.corpus.save(project.corpus.preview(TALK.encode(), "FG_Aubagne.txt"))

        assert again.id != talk.id
        with pytest.raises(UndoRefused):
            project.history.redo()

    def it_is_not_undone_where_a_colleague_has_coded_since(self, project, talk):
        project.coding.add_code("Accès")
        project.history.undo()
        sacha = Project(project.store, "Sacha")
        sacha.coding.add_code("Météo")
        coding = sacha.coding.add(talk.id, 0, 7, "Météo")

        with pytest.raises(UndoRefused, match="a changé depuis"):
            project.history.undo()
        assert sacha.coding.codings() == [coding]
        sacha.coding.remove(coding.id)
        project.history.undo()
        assert project.corpus.documents() == []

    def it_numbers_a_title_that_is_taken(self, project, talk):
        other = project.corpus.preview(
            (TALK + "M. Petit : Voilà.\n").encode(), "FG_Aubagne.docx.txt", title="FG_Aubagne"
        )

        assert project.corpus.save(other).title == "FG_Aubagne (2)"

    @pytest.mark.parametrize("typed", ["Entretien  n°\u00a01\n", "Entretien n° 1", "  Entretien n° 1"])
    def it_bears_a_title_that_is_found_however_it_was_typed(self, project, typed):
        saved = project.corpus.save(project.corpus.preview(TALK.encode(), "a.txt", title=typed))
        accents = project.corpus.update_document(saved, title="Re\u0301union")

        assert saved.title == "Entretien n° 1"
        assert accents.title == "R\u00e9union"
        assert project.corpus.document("R\u00e9union").id == saved.id


class DescribeImportingABatch:
    @pytest.fixture
    def files(self, tmp_path):
        folder = tmp_path / "terrain"
        folder.mkdir()
        (folder / "a.txt").write_text(TALK, "utf-8")
        (folder / "b.docx").write_bytes(b"PK\x03\x04 coupe")
        (folder / "c.txt").write_bytes(b"")
        (folder / "d.txt").write_text("Note de terrain. Il pleut.", "utf-8")
        return [folder / name for name in ("a.txt", "b.docx", "c.txt", "absent.txt", "d.txt")]

    def it_takes_one_path_as_that_one_and_not_as_its_characters(self, project, files, monkeypatch):
        monkeypatch.chdir(files[0].parent)

        for one in ("a.txt", files[4]):
            assert len(project.corpus.import_files(one).saved) == 1
        assert [one.title for one in project.corpus.documents()] == ["a", "d"]

    def it_goes_on_after_a_bad_file_and_says_why_each_was_refused(self, project, files):
        report = project.corpus.import_files(files)

        assert [document.title for document in report.saved] == ["a", "d"]
        assert [refused.file_name for refused in report.refused] == ["b.docx", "c.txt", "absent.txt"]
        assert all(refused.error.what and refused.error.todo for refused in report.refused)

    def it_tells_where_it_is_and_can_be_stopped(self, project, files):
        seen = []

        def stop_at_the_fourth(done, total, name):
            seen.append((done, total, name))
            return done < 3

        report = project.corpus.import_files(files, stop_at_the_fourth)

        assert report.stopped
        assert [document.title for document in report.saved] == ["a"]
        assert seen[-1] == (3, 5, "absent.txt")

    def it_takes_folders_and_archives_as_it_takes_files(self, project, files, tmp_path):
        other = TALK.replace("triporteur", "vélo-cargo")
        (tmp_path / "envoi.zip").write_bytes(archive({"Laval/e.txt": other, "../f.txt": TALK, "photo.jpg": b"x"}))
        report = project.corpus.import_files([files[0].parent, tmp_path / "envoi.zip", files[3]])

        assert [document.title for document in report.saved] == ["a", "d", "e"]
        assert [refused.file_name for refused in report.refused] == ["f.txt", "b.docx", "c.txt", "absent.txt"]
        assert report.passed_over == ("envoi/photo.jpg",)
        assert project.check() == []

    def it_takes_what_is_in_twice_once(self, project, files, tmp_path):
        (tmp_path / "copie.zip").write_bytes(archive({"autre nom.txt": TALK}))
        report = project.corpus.import_files([files[0], tmp_path / "copie.zip"])

        assert [document.title for document in report.saved] == ["a"]
        assert [type(refused.error) for refused in report.refused] == [DuplicateDocument]

    def it_reads_the_folders_for_what_the_name_does_not_say(self, project, tmp_path):
        data = archive(
            {
                "Entretiens/Aubagne/CCAS.txt": TALK,
                "Observations/Laval 2024-03-05/matin.txt": "Il pleut.",
                "Laval/Aubagne, un mardi.txt": "Il fait beau.",
            }
        )
        (tmp_path / "terrain.zip").write_bytes(data)
        report = project.corpus.import_files([tmp_path / "terrain.zip"])
        found = {document.title: document for document in report.saved}

        assert (found["CCAS"].territory, found["CCAS"].source_kind.value) == ("Aubagne", "interview")
        assert (found["matin"].territory, found["matin"].source_kind.value) == ("Laval", "observation")
        assert found["matin"].date == datetime.date(2024, 3, 5)
        assert found["Aubagne, un mardi"].territory == "Aubagne"

    def it_goes_on_after_a_defect_of_ours(self, project, files, monkeypatch, caplog):
        from qualikit.corpus import preview

        real = preview.detect

        def broken(read):
            if "terrain" in read.text:
                raise AssertionError("a defect")
            return real(read)

        monkeypatch.setattr(preview, "detect", broken)
        report = project.corpus.import_files([files[4], files[0]])

        assert [document.title for document in report.saved] == ["a"]
        assert "erreur imprévue" in str(report.refused[0].error)
        assert "a defect" in caplog.text


class DescribeADocument:
    def it_is_described_and_each_description_can_be_undone(self, project, talk):
        after = project.corpus.update_document(
            talk,
            title="Focus group",
            source_kind="focus_group",
            territory="Laval",
            date="05/03/2024",
            attributes={"a": "b"},
        )

        assert (after.title, after.source_kind.value, after.territory) == ("Focus group", "focus_group", "Laval")
        assert after.date == datetime.date(2024, 3, 5)
        assert project.corpus.territories() == ["Laval"]
        assert project.corpus.update_document(after, territory="", date="").territory is None
        project.history.undo()
        project.history.undo()
        assert project.corpus.document(talk.id) == talk

    def it_refuses_what_is_not_a_date(self, project, talk):
        with pytest.raises(ImportRefused, match="n'est pas une date"):
            project.corpus.update_document(talk, date="demain")

    def it_is_found_by_title_or_id_and_said_when_it_is_not(self, project, talk):
        assert project.corpus.document(talk.id) == project.corpus.document(talk.title) == talk
        with pytest.raises(NotFound, match="Autre"):
            project.corpus.text("Autre")

    def it_is_listed_with_its_size(self, project, talk):
        [summary] = project.corpus.documents()

        assert (summary.title, summary.turns, summary.participants) == ("FG_Aubagne", 6, 3)
        assert summary.words > 40
        frame = project.corpus.to_frame()
        assert frame.loc[0, "title"] == "FG_Aubagne"
        assert frame.loc[0, "territory"] == "Aubagne"

    def it_goes_out_of_sight_when_removed_and_comes_back(self, project, talk):
        project.corpus.remove_document(talk)
        assert project.corpus.documents() == []

        project.history.undo()
        assert project.corpus.document(talk.id) == talk


class DescribeAParticipant:
    def it_is_renamed_given_a_role_and_attributes(self, project, talk):
        petit = project.corpus.participants(talk)[2]

        after = project.corpus.update_participant(petit, name=" Paul ", role="observer", attributes={"actor": "usager"})

        assert (after.name, after.role.value, after.attributes) == ("Paul", "observer", {"actor": "usager"})
        project.history.undo()
        assert project.corpus.participants(talk)[2] == petit
        with pytest.raises(NotFound):
            project.corpus.update_participant("personne", name="x")


def test_those_who_speak_in_a_removed_document_are_gone_with_it_and_come_back(project, talk):
    project.corpus.save(project.corpus.preview(b"Q : Oui ?\nR : Oui.\n" * 3, "Entretien.txt"))
    before = project.corpus.participants()
    project.corpus.remove_document(talk)

    assert [person.name for person in project.corpus.participants()] == ["Q", "R"]
    project.history.undo()
    assert project.corpus.participants() == before


def test_the_hash_of_the_text_is_kept_with_it(project, talk):
    version = project.corpus.text_version(talk)

    assert version.hash == text_hash(version.text)
    assert project.check() == []
