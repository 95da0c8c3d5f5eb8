"""One document of Word in every format that LibreOffice makes of it: the same text, speakers and comments."""

from __future__ import annotations

import shutil
import subprocess

import docx
import pytest

from qualikit.corpus.preview import preview

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("converti")
    made = docx.Document()
    for number in range(12):
        paragraph = made.add_paragraph()
        paragraph.add_run("Animatrice :" if number % 2 else "Mme B. :").bold = True
        paragraph.add_run(" Oui\u00a0: «\u202fc'était très bien\u202f», ")
        passage = paragraph.add_run(f"on est venus à pied {number} fois")
        paragraph.add_run(" 🚲  – voilà…")
        if number < 3:
            made.add_comment(runs=[passage], text="Météo\nMatériel", author="Camille Durand", initials="CD")
    table = made.add_table(rows=2, cols=2)
    for place, cell in enumerate(table._cells):
        cell.text = f"case {place}"
    made.add_paragraph("Fin.")
    made.save(folder / "Focus group.docx")
    return folder


@pytest.mark.parametrize("extension", ["odt", "rtf", "html"])
def test_it_reads_as_the_word_file_does(folder, extension):
    run = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", extension]
    subprocess.run([*run, "--outdir", folder, folder / "Focus group.docx"], check=True, capture_output=True)
    expected = preview((folder / "Focus group.docx").read_bytes(), "Focus group.docx")
    found = preview((folder / f"Focus group.{extension}").read_bytes(), f"Focus group.{extension}")
    assert [(one.name, one.turns) for one in found.speakers] == [("Mme B.", 6), ("Animatrice", 6)]
    if extension == "html":
        assert found.text.split() == expected.text.split()
        return
    assert (found.text, found.read.bold) == (expected.text, expected.read.bold)
    about = [[(one.author, one.text, one.span) for one in each.read.comments] for each in (expected, found)]
    assert about[0] == about[1]
    assert len(about[0]) == 3
