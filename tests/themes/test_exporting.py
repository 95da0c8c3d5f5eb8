"""From a matrix to a file on the disk: whole or not at all, and in plain words when it cannot be."""

from __future__ import annotations

import os

import pytest

from qualikit.errors import ExportFailed, UnknownPlugin
from qualikit.themes.exporters import ExportOptions, export_matrix


@pytest.fixture
def matrix(two_groups):
    two_groups.coding("FG Aubagne", "Quand il pleut", "Météo")
    return two_groups.themes.matrix()


@pytest.mark.parametrize("extension", ["docx", "xlsx", "csv", "DOCX"])
def test_the_extension_says_the_format(two_groups, matrix, tmp_path, extension):
    path = two_groups.themes.export(matrix, tmp_path / f"matrice été.{extension}")
    assert path.read_bytes()[:2] == (b"\xef\xbb" if extension == "csv" else b"PK")
    assert [each.name for each in tmp_path.iterdir() if each.suffix.lower() == f".{extension.lower()}"] == [path.name]


@pytest.mark.parametrize("name", ["matrice.pdf", "matrice"])
def test_a_format_that_nobody_writes_is_refused_with_those_that_exist(two_groups, matrix, tmp_path, name):
    with pytest.raises(UnknownPlugin, match=r"\.csv, \.docx, \.png, \.svg, \.xlsx"):
        two_groups.themes.export(matrix, tmp_path / name)


def test_a_folder_that_is_not_there(two_groups, matrix, tmp_path):
    with pytest.raises(ExportFailed, match="n'existe pas"):
        two_groups.themes.export(matrix, tmp_path / "absent" / "matrice.docx")


def test_a_folder_in_the_place_of_the_file(two_groups, matrix, tmp_path):
    (tmp_path / "matrice.docx").mkdir()
    with pytest.raises(ExportFailed, match="est un dossier"):
        two_groups.themes.export(matrix, tmp_path / "matrice.docx")


def test_a_file_that_word_holds_open_is_said_so_and_left_as_it_was(two_groups, matrix, tmp_path, monkeypatch):
    path = tmp_path / "matrice.docx"
    path.write_bytes(b"ce qui est ouvert dans Word")

    def locked(self, target):
        raise PermissionError(13, "The process cannot access the file because it is being used by another process")

    monkeypatch.setattr(type(path), "replace", locked)
    with pytest.raises(ExportFailed, match="ouvert dans un autre programme"):
        two_groups.themes.export(matrix, path)
    assert path.read_bytes() == b"ce qui est ouvert dans Word"
    assert [each.name for each in tmp_path.glob(".*")] == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="an administrator may write anywhere")
def test_a_protected_file_is_left_alone(two_groups, matrix, tmp_path):
    path = tmp_path / "matrice.docx"
    path.write_bytes(b"x")
    path.chmod(0o444)
    with pytest.raises(ExportFailed, match="protégé"):
        two_groups.themes.export(matrix, path)
    assert path.read_bytes() == b"x"


def test_a_disk_that_fills_up_leaves_the_former_file_and_no_half_one(matrix, tmp_path):
    class Failing:
        extension = ".docx"

        def export_matrix(self, matrix, target, options):
            target.write(b"la premiere moitie")
            raise OSError(28, "No space left on device")

    path = tmp_path / "matrice.docx"
    path.write_bytes(b"la version de ce matin")
    with pytest.raises(ExportFailed, match="disque"):
        export_matrix(Failing(), matrix, path, ExportOptions())
    assert path.read_bytes() == b"la version de ce matin"
    assert len(list(tmp_path.iterdir())) == len(list(tmp_path.glob("*.qualikit*"))) + 1


def test_an_empty_project_exports_too(world, tmp_path):
    for extension in ("docx", "xlsx", "csv"):
        assert world.themes.export(world.themes.matrix(), tmp_path / f"vide.{extension}").stat().st_size
