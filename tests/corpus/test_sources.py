"""Files and folders as they are given: which files are read, in which order, and what is said of the others."""

from __future__ import annotations

import os
import unicodedata

import pytest

from qualikit.corpus import files, sources
from qualikit.corpus.sources import SourceFile, gather
from qualikit.errors import UnreadableFile


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "Terrain"
    (folder / "Aubagne" / "usagers").mkdir(parents=True)
    (folder / "Laval").mkdir()
    (folder / "Note 10.txt").write_text("dix")
    (folder / "Note 2.txt").write_text("deux")
    (folder / "Aubagne" / "usagers" / "groupe.docx").write_bytes(b"PK")
    (folder / "Laval" / "CCAS.md").write_text("x")
    return folder


def reasons(found):
    return {one.place: str(one.error) for one in found.refused}


class DescribeAFolder:
    def it_is_read_with_all_that_is_under_it_in_the_order_of_people(self, folder):
        found = gather([folder])
        assert [file.place for file in found.files] == [
            "Terrain/Note 2.txt",
            "Terrain/Note 10.txt",
            "Terrain/Aubagne/usagers/groupe.docx",
            "Terrain/Laval/CCAS.md",
        ]
        assert found.files[0].read() == b"deux"
        assert found.refused == found.passed_over == ()

    def it_does_not_follow_links(self, folder, tmp_path):
        (tmp_path / "ailleurs").mkdir()
        (tmp_path / "ailleurs" / "secret.txt").write_text("x")
        (folder / "lien").symlink_to(tmp_path / "ailleurs")
        (folder / "cercle").symlink_to(folder)
        (folder / "secret.txt").symlink_to(tmp_path / "ailleurs" / "secret.txt")
        found = gather([folder])
        assert len(found.files) == 4
        assert reasons(found).keys() == {"Terrain/lien", "Terrain/cercle", "Terrain/secret.txt"}
        assert all("est un lien" in reason for reason in reasons(found).values())

    def it_follows_a_link_that_is_given_by_name(self, folder, tmp_path):
        (tmp_path / "lien").symlink_to(folder)
        assert len(gather([tmp_path / "lien"]).files) == 4

    def it_passes_silently_over_what_programs_leave_and_names_the_other_formats(self, folder):
        for name in (".DS_Store", "~$roupe.docx", "Thumbs.db", ".cache.txt", "._Note 2.txt", "essai.qualikit"):
            (folder / name).write_text("x")
        (folder / ".git").mkdir()
        (folder / ".git" / "a.txt").write_text("x")
        (folder / "photo.jpg").write_bytes(b"x")
        found = gather([folder])
        assert len(found.files) == 4
        assert found.passed_over == ("Terrain/photo.jpg",)
        assert found.refused == ()

    def it_says_what_it_cannot_open(self, folder, monkeypatch):
        real = os.scandir

        def refusing(place):
            if str(place).endswith("Laval"):
                raise PermissionError(13, "refusé")
            return real(place)

        monkeypatch.setattr(sources.os, "scandir", refusing)
        found = gather([folder])
        assert len(found.files) == 3
        assert "Le dossier « Laval » ne peut pas être ouvert." in reasons(found)["Terrain/Laval"].replace("\u00a0", " ")

    def it_is_refused_where_it_has_nothing_to_read_or_too_much(self, tmp_path, folder, monkeypatch):
        (tmp_path / "vide").mkdir()
        (only,) = gather([tmp_path / "vide"]).refused
        assert "ne contient aucun fichier" in str(only.error)
        monkeypatch.setattr(sources, "MAX_FILES", 3)
        assert any("contient plus de 3 fichiers" in reason for reason in reasons(gather([folder])).values())

    def it_never_waits_on_what_is_no_file(self, folder):
        if not hasattr(os, "mkfifo"):
            pytest.skip("no such files on this system")
        os.mkfifo(folder / "tube.txt")
        found = gather([folder])
        assert len(found.files) == 4
        assert found.passed_over == ("Terrain/tube.txt",)

    def it_goes_as_deep_as_folders_go(self, tmp_path):
        deep = tmp_path / "fond"
        for _level in range(150):
            deep = deep / "d"
        deep.mkdir(parents=True)
        (deep / "a.txt").write_text("x")
        assert len(gather([tmp_path / "fond"]).files) == 1


class DescribeAFile:
    def it_is_taken_whatever_its_format_for_its_reader_to_say_what_to_do(self, tmp_path):
        (tmp_path / "photo.jpg").write_bytes(b"x")
        assert [file.name for file in gather([tmp_path / "photo.jpg", tmp_path / "absent.docx"]).files] == [
            "photo.jpg",
            "absent.docx",
        ]

    def it_knows_the_folder_that_it_stands_in(self, folder):
        (file,) = gather([folder / "Laval" / "CCAS.md"]).files
        assert file.folder == "Laval"

    def it_has_a_composed_name(self, tmp_path):
        path = tmp_path / unicodedata.normalize("NFD", "Été.txt")
        path.write_text("x")
        assert [file.name for file in gather([tmp_path]).files] == ["Été.txt"]

    def it_passes_over_what_word_leaves_among_files_named_by_a_pattern(self, tmp_path):
        assert gather([tmp_path / "~$groupe.docx"]).files == ()

    def it_is_refused_as_an_archive_of_another_format(self, tmp_path):
        (only,) = gather([tmp_path / "envoi.7z"]).refused
        assert "d'un autre format que .zip" in str(only.error)

    def it_is_not_read_where_it_is_too_large(self, tmp_path, monkeypatch):
        (tmp_path / "a.txt").write_text("trop long")
        monkeypatch.setattr(files, "MAX_FILE", 4)
        with pytest.raises(UnreadableFile, match="trop gros"):
            gather([tmp_path / "a.txt"]).files[0].read()

    def it_may_be_held_elsewhere(self):
        held = SourceFile("ligne 12.txt", lambda: b"texte", "tableau")
        assert gather([held]).files == (held,)
        assert held.place == "tableau/ligne 12.txt"
