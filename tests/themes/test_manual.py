"""The coding manual in Word: real headings, rules, examples of the corpus with a reference that names nobody."""

from __future__ import annotations

import docx
import pytest

from qualikit import Project
from qualikit.errors import ExportFailed, NotFound

TALK = """Animatrice : Bonjour, qui commence ?
Mme Martin : Quand il pleut, personne ne vient jusqu'au triporteur, même les habitués 🚲.
M. Petit : La météo décide de tout.
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "Groupe Laval.txt").write_text(TALK, "utf-8")
    with Project.create(tmp_path / "essai", coder="Camille") as project:
        project.corpus.import_files([tmp_path / "Groupe Laval.txt"])
        coding = project.coding
        coding.add_code("Freins", definition="Ce qui gêne.\nEn tout genre.", use="On s'en plaint.", shortcut="3")
        coding.add_code("Météo", "Freins", keywords=["pluie", "vent"])
        coding.add_code("Ancien", example="« Avant. »")
        coding.retire_code("Ancien")
        text = project.corpus.text("Groupe Laval")
        start = text.index("Quand il pleut")
        coding.add("Groupe Laval", start, text.index("\n", start), "Météo")
        coding.save_version("Pilote", "Vue à deux")
        yield project


def written(project, tmp_path, **options):
    document = docx.Document(project.themes.export_manual(tmp_path / "manuel.docx", **options))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return document, "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_tree_is_in_headings_and_retired_codes_stand_apart(project, tmp_path):
    document, _words = written(project, tmp_path)
    headings = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert headings == [
        ("Heading 1", "Freins"), ("Heading 2", "Météo"), ("Heading 1", "Codes en retrait"), ("Heading 2", "Ancien"),
        ("Heading 1", "Versions de la grille"),
    ]  # fmt: skip
    assert {p.style.name for p in document.paragraphs if p.text} >= {"Title", "toc 1", "toc 2"}
    assert document.core_properties.author == ""


def test_rules_use_and_examples_are_said_with_a_reference_that_names_nobody(project, tmp_path):
    _document, words = written(project, tmp_path)
    for expected in ("Ce qui gêne.", "On s'en plaint.", "Raccourci 3", "pluie, vent", "Vue à deux", "Pilote"):
        assert expected in words
    assert "1 codage dans 1 document sur 1" in words
    assert "Quand il pleut, personne ne vient" in words
    assert "Martin" not in words
    assert "Martin" in written(project, tmp_path, named=True)[1]


def test_without_examples_nor_counts(project, tmp_path):
    _document, words = written(project, tmp_path, examples=0, counts=False)
    assert "Quand il pleut" not in words
    assert "codage dans" not in words


def test_of_a_version(project, tmp_path):
    project.coding.update_code("Freins", name="Obstacles")
    assert "Obstacles" not in written(project, tmp_path, version="Pilote")[1]
    with pytest.raises(NotFound):
        project.themes.export_manual(tmp_path / "m.docx", version=9)


def test_it_reads_back(project, tmp_path):
    path = project.themes.export_manual(tmp_path / "manuel.docx", examples=0)
    seen = project.coding.preview_codebook(path)
    assert seen.problem == ""
    assert (seen.named, seen.report.unchanged) == (("Freins", "Météo"), ("Freins", "Météo"))


def test_another_ending_is_refused(project, tmp_path):
    with pytest.raises(ExportFailed, match=r"\.docx"):
        project.themes.export_manual(tmp_path / "manuel.pdf")
