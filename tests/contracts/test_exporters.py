"""What every exporter must do, ours and a stranger's: write any matrix, whatever its texts hold."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from qualikit.corpus.model import SourceKind
from qualikit.registry import Registry
from qualikit.themes.exporters import ExportOptions, exporters
from qualikit.themes.matrix import Matrix
from qualikit.themes.model import TOTAL, Cell, Column, Passage, Row, Synthesis, Verbatim

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+33 6 12 34 56 78",
    "@SUM(1+1)*cmd",
    "http://exemple.invalid",
    "00123",
    "cloche\x07 nul\x00 échap\x1b retour\x0b",
    "moitié \ud83d de paire \uffff",
    "🙂 👩🏽‍🌾 e\u0301té",
    "مرحبا بكم هنا",
    "<w:p>&amp;</w:p> ]]> \"'",
    "deux\nlignes\tet une tabulation",
    "mot " * 2500,
    "   ",
    "{{ titre }} {% if %}",
    "_x0041_",
]


def passage(quote: str, title: str = "FG Aubagne") -> Passage:
    return Passage(
        coding_id="c",
        code_id="météo",
        code="Météo",
        document_id="d",
        document=title,
        source_kind=SourceKind.FOCUS_GROUP,
        territory="Aubagne",
        start=0,
        stop=len(quote),
        quote=quote,
        speakers=(title,),
        turn=12,
        last_turn=12,
        time=None,
        coder=title,
    )


def matrix_of(names: list[str], columns: list[str], text: str = "Texte.", dimension: str = "territory") -> Matrix:
    rows = tuple(Row(f"r{number}", name, path=(name,), definition=name) for number, name in enumerate(names))
    across = tuple(Column(f"c{number}", label, 8, 2) for number, label in enumerate(columns))
    total = Column(TOTAL, "Ensemble", 8 * len(columns), 2 * len(columns))
    cells = {}
    for row in (*rows, Row(TOTAL, "Ensemble")):
        for column in (*across, total):
            synthesis = Synthesis(row.code_id, dimension, column.value, text, "Camille", "")
            verbatim = Verbatim(passage(text, text))
            cells[row.code_id, column.value] = Cell(
                3, 3, 2, 2, column.people, 1, column.sessions, synthesis, (verbatim,)
            )
    return Matrix(dimension, rows, across, Row(TOTAL, "Ensemble"), total, cells, coders=("Camille", "Sacha"))


NOTHING = Matrix("territory", (), (), Row(TOTAL, "Ensemble"), Column(TOTAL, "Ensemble"), {(TOTAL, TOTAL): Cell()})
MATRICES = {
    "empty": NOTHING,
    "one column": matrix_of(["Météo"], ["Aubagne"]),
    "no column": matrix_of(["Météo"], []),
    "no row": matrix_of([], ["Aubagne"]),
    "six columns": matrix_of(["Météo", "Matériel"], [f"Territoire {n}" for n in range(6)]),
    "forty columns": matrix_of(["Météo"], [f"Entretien_{n}_long_nom" for n in range(40)], dimension="document"),
    "participants": matrix_of(["Météo"], [f"Mme {n}" for n in range(25)], dimension="participant"),
    "hostile names": matrix_of(HOSTILE, HOSTILE),
    **{f"hostile text {number}": matrix_of(["Météo"], ["Aubagne"], text) for number, text in enumerate(HOSTILE)},
}


@pytest.fixture(params=exporters.names())
def exporter(request):
    return exporters.get(request.param)


def written(exporter, matrix: Matrix, **options) -> bytes:
    target = io.BytesIO()
    exporter.export_matrix(matrix, target, ExportOptions(project="Évaluation", date=date(2024, 3, 5), **options))
    assert not target.closed
    return target.getvalue()


def text_of(extension: str, data: bytes) -> str:
    """All that a reader of the file sees, for the formats that we know how to read."""
    if extension == ".docx":
        import docx

        document = docx.Document(io.BytesIO(data))
        return "\n".join(node.text or "" for node in document.element.iter() if node.tag.endswith("}t"))
    if extension == ".xlsx":
        import openpyxl

        book = openpyxl.load_workbook(io.BytesIO(data))
        return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    if extension == ".csv":
        return data.decode("utf-8-sig")
    pytest.skip(f"{extension} is not a format that this test reads")


def test_it_is_registered_under_its_name_and_says_what_it_is(exporter):
    assert exporters.get(exporter.name) is exporter
    assert exporter.extension.startswith(".")
    assert exporter.extension == exporter.extension.lower()
    assert exporter.label


def test_a_checkout_without_metadata_still_finds_ours():
    from qualikit.themes.exporters import exporters as ours

    alone = Registry("qualikit.exporters.none", ours._builtin, "format")
    assert alone.names() == ["csv", "docx", "png", "svg", "xlsx"]
    assert alone.get("docx").extension == ".docx"


@pytest.mark.parametrize("name", MATRICES)
def test_it_writes_any_matrix(exporter, name):
    data = written(exporter, MATRICES[name])
    assert data
    text_of(exporter.extension, data)


def test_codes_columns_and_syntheses_are_in_the_file(exporter):
    text = text_of(
        exporter.extension, written(exporter, matrix_of(["Météo", "Lien social"], ["Aubagne", "Laval"], "Il pleut."))
    )
    for expected in ("Météo", "Lien social", "Aubagne", "Laval", "Il pleut."):
        assert expected in text


def test_nothing_readable_is_lost_from_hostile_texts(exporter):
    for text in HOSTILE:
        words = [word for word in text.replace("\x0b", " ").split() if word.isalnum() and word.isascii()]
        found = text_of(exporter.extension, written(exporter, matrix_of(["Météo"], ["Aubagne"], text)))
        assert all(word in found for word in words)


def test_the_same_matrix_gives_the_same_text(exporter):
    matrix = MATRICES["six columns"]
    first, second = (text_of(exporter.extension, written(exporter, matrix)) for _again in range(2))
    assert first == second


def test_a_disk_that_fails_is_not_kept_quiet(exporter):
    class Full(io.BytesIO):
        def write(self, data):
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="space"):
        exporter.export_matrix(MATRICES["one column"], Full(), ExportOptions())


def test_csv_can_be_read_back_by_any_program():
    data = written(exporters.get("csv"), matrix_of(HOSTILE, ["Aubagne", "Laval"], HOSTILE[0]))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == 2 * len(HOSTILE)
    assert {row["codings"] for row in rows} == {"3"}
    assert not any(value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())
