"""PDF: paragraphs out of lines, margins apart, pictures of pages refused with what to do, nothing that harms."""

from __future__ import annotations

import random
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import docx
import pytest

from qualikit.corpus.preview import preview
from qualikit.corpus.readers import pdf_apart, readers
from qualikit.corpus.readers.pdf_layout import Layout, Line
from qualikit.errors import EmptyDocument, ReadError, UnreadableFile
from tests.corpus.pdf_file import column, pdf

FULL = "Nous sommes venues a pied depuis le marche avec la voisine et ses deux enfants, il"


def read(data: bytes):
    return readers.get("pdf").read(data, "essai.pdf")


def text(*lines: str) -> str:
    return read(pdf(column(*lines))).text


class DescribeParagraphs:
    def it_joins_the_lines_of_one(self):
        assert text(FULL, "faisait froid.", "Un autre jour.") == f"{FULL} faisait froid.\nUn autre jour."

    def it_keeps_short_lines_apart(self):
        assert text("Date : 5 mars", "Lieu : Laval", FULL) == f"Date : 5 mars\nLieu : Laval\n{FULL}"

    def it_sees_a_blank_line(self):
        assert text(FULL, "", "", FULL) == f"{FULL}\n\n{FULL}"

    def it_begins_one_with_whoever_announces_themselves(self):
        talk = [line for n in range(4) for line in (f"{'Animatrice' if n % 2 else 'Karim'} : {FULL[:68]}", FULL)]
        found = preview(pdf(column(*talk)), "Entretien.pdf")
        assert [(one.name, one.turns) for one in found.speakers] == [("Karim", 2), ("Animatrice", 2)]
        assert found.text.count("\n") == 3

    def it_goes_on_over_the_page(self):
        found = read(pdf(column(FULL, FULL), column("faisait froid.", "Fin.")))
        assert found.text == f"{FULL} {FULL} faisait froid.\nFin."

    @pytest.mark.parametrize(
        ("end", "start", "words"),
        [
            ("les média-", "trices", "les médiatrices"),
            ("c'est peut-", "être vrai", "c'est peut-être vrai"),
            ("dites-", "vous que", "dites-vous que"),
            ("c'est-à-", "dire que", "c'est-à-dire que"),
            ("à Saint-", "Denis", "à Saint-Denis"),
            ("de 8 -", "10 heures", "de 8 - 10 heures"),
        ],
    )
    def it_puts_cut_words_together_again(self, end, start, words):
        line = f"{FULL[:70]} {end}"
        assert text(line, f"{start} la suite.") == f"{FULL[:70]} {words} la suite."

    def it_says_where_text_is_bold(self):
        found = read(pdf(column("*Karim* dit oui.", "Puis *fort.")))
        assert [span.of(found.text) for span in found.bold] == ["Karim", "fort."]

    def it_takes_no_blank_for_bold(self):
        layout = Layout()
        layout.set_apart([Line("a  b ", 0, 0, 9, 9, 9, bold=(1, 2, 3, 4))])
        assert ("".join(layout.pieces), layout.bold) == ("a  b", [(3, 4)])

    def it_reads_title_and_date(self):
        found = read(pdf(column("Un."), info="/Title (Entretien) /CreationDate (D:20240305101500+01'00')"))
        assert (found.title, found.date) == ("Entretien", "2024-03-05")


class DescribeMargins:
    def it_takes_off_headers_and_page_numbers_and_says_so(self):
        pages = [
            [(70, 800, f"Focus group de Laval, page {n}"), *column(FULL, "faisait froid."), (290, 40, str(n))]
            for n in (1, 2, 3)
        ]
        found = read(pdf(*pages))
        assert found.text == "\n".join([f"{FULL} faisait froid."] * 3)
        assert found.margins == ("Focus group de Laval, page 1",)
        assert "Focus group de Laval" in found.warnings[0]
        assert "numéros de page" in found.warnings[1]

    def it_keeps_what_only_stands_high_or_low(self):
        pages = [[(70, 800, f"[Chercheur] ({n}:0{n} - {n}:40)"), *column(FULL, "froid.")] for n in range(1, 5)]
        assert read(pdf(*pages)).text.count("[Chercheur]") == 4


class DescribeRefusals:
    def it_says_what_to_do_with_a_scan(self):
        with pytest.raises(UnreadableFile, match="numérisées") as caught:
            read(pdf([], []))
        assert "Faites reconnaître le texte (OCR)" in caught.value.todo

    def it_names_the_pages_without_text_of_one_that_is_partly_scanned(self):
        found = read(pdf(column(FULL), [], column(FULL), []))
        assert "pages 2, 4" in found.warnings[0]

    def it_says_what_to_do_with_a_password(self):
        locked = b"<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <" + b"28" * 32 + b"> /U <" + b"bf" * 32 + b"> >>"
        data = pdf(column(FULL)).replace(b"trailer <<", b"trailer << /ID [<00><00>] /Encrypt " + locked)
        with pytest.raises(UnreadableFile, match="mot de passe"):
            read(data)

    @pytest.mark.parametrize("data", [b"PK\x03\x04", b"du texte", b"{\\rtf1 x}"])
    def it_refuses_other_formats(self, data):
        with pytest.raises(UnreadableFile, match="n'est pas un PDF"):
            read(data)

    def it_says_that_there_is_nothing(self):
        with pytest.raises(EmptyDocument):
            read(b"")

    def it_refuses_a_file_that_takes_too_long_and_reads_the_next(self, monkeypatch):
        monkeypatch.setattr(pdf_apart, "SECONDS", 0.0)
        monkeypatch.setattr(pdf_apart, "SECONDS_PER_MEGABYTE", 0.0)
        with pytest.raises(UnreadableFile, match="trop de temps"):
            read(pdf(*[column(*[FULL] * 40)] * 300))
        monkeypatch.undo()
        assert read(pdf(column(FULL))).text == FULL

    def it_refuses_a_file_that_the_reading_dies_of_and_reads_the_next(self, monkeypatch):
        def dies(process, data):
            process.kill()
            process.wait()
            return exchange(process, data)

        exchange = pdf_apart._exchange
        monkeypatch.setattr(pdf_apart, "_exchange", dies)
        with pytest.raises(UnreadableFile, match="endommagé"):
            read(pdf(column(FULL)))
        monkeypatch.undo()
        assert read(pdf(column(FULL))).text == FULL

    def it_survives_what_damaged_files_hold(self):
        whole = pdf(*[column(FULL, "faisait froid.")] * 3)
        for seed in range(60):
            chance = random.Random(seed)
            data = bytearray(whole[: chance.randrange(len(whole))] if seed % 3 == 0 else whole)
            for _flip in range(seed):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            try:
                assert read(bytes(data)).text.strip()
            except ReadError as error:
                assert "essai.pdf" in error.what


def test_two_people_at_once():
    files = [pdf(column(f"{FULL} {number}")) for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        assert [found.text for found in pool.map(read, files)] == [f"{FULL} {number}" for number in range(12)]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_what_libreoffice_prints_reads_like_the_word_file(tmp_path):
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "Focus group de Laval"
    for number in range(40):
        paragraph = made.add_paragraph()
        paragraph.add_run("Animatrice :" if number % 2 else "Mme B. :").bold = True
        paragraph.add_run(
            f" {FULL} « {number} » faisait très froid, n'est-ce pas, et c'est-à-dire\u00a0! " * (1 + number % 4)
        )
    made.save(tmp_path / "essai.docx")
    run = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*run, "--outdir", tmp_path, tmp_path / "essai.docx"], check=True, capture_output=True)
    expected = preview((tmp_path / "essai.docx").read_bytes(), "Focus group.docx")
    found = preview((tmp_path / "essai.pdf").read_bytes(), "Focus group.pdf")
    assert found.text.split() == expected.text.split()
    assert [(one.name, one.turns) for one in found.speakers] == [("Mme B.", 20), ("Animatrice", 20)]
    assert found.read.margins == ("Focus group de Laval",)
