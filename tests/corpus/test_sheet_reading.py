"""A sheet of attributes read onto the documents, or participants, whose names match."""

from __future__ import annotations

import datetime

import pytest

from qualikit import Project
from qualikit.corpus.sheet_writing import summary
from qualikit.errors import SheetError
from qualikit.i18n import use_language

TALK = "Animatrice : Qui commence ?\n\nMme Roux : Moi.\n\nAnimatrice : Allez-y.\n\nMme Roux : Voilà, c'est dit.\n"


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p", coder="Camille") as project:
        for name in ("Entretien A", "Entretien B"):
            project.corpus.save(project.corpus.preview((name + ".\n" + TALK).encode(), f"{name}.txt"))
        yield project


@pytest.fixture
def sheet(tmp_path):
    def write(text: str):
        path = tmp_path / "attributs.csv"
        path.write_text(text, "utf-8-sig")
        return path

    return write


def it_describes_documents_by_title_or_file_name(project, sheet):
    report = project.corpus.import_attributes(
        sheet(
            "Document;Type de source;Territoire;Date;Quartier\n"
            "Entretien A;Focus group;Aubagne;05/03/2024;Le Charrel\n"
            "Entretien B.txt;observation;Laval;2024-03-06;\n"
        )
    )

    a, b = (project.corpus.document(title) for title in ("Entretien A", "Entretien B"))
    assert (a.source_kind.value, a.territory, a.date) == ("focus_group", "Aubagne", datetime.date(2024, 3, 5))
    assert a.attributes == {"Quartier": "Le Charrel"}
    assert (b.source_kind.value, b.territory, b.attributes) == ("observation", "Laval", {})
    assert summary(report) == "2 lignes appliquées."


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("entretien_a", "Entretien A"),  # other joints, other case
        ("Entretien-B", "Entretien B"),
        ("Entretien", None),  # two titles begin so
        ("Entretien AB", None),
        ("_", None),
    ],
)
def it_asks_whether_the_one_title_that_begins_so_was_meant(project, sheet, written, asked):
    (refused,) = project.corpus.import_attributes(sheet(f"Document;Territoire\n{written};Laval\n")).refused
    assert refused.reason.startswith("aucun document ne s'appelle")
    assert (f"Est-ce «\u00a0{asked}\u00a0»" in refused.reason) == (asked is not None)
    assert ("Est-ce" in refused.reason) == (asked is not None)
    assert {document.document.territory for document in project.corpus.documents()} == {None}  # asked, not assumed


@pytest.mark.parametrize("spoken", ["fr", "en"])
def it_reads_a_sheet_in_either_language_whichever_is_spoken(project, sheet, spoken):
    use_language(spoken)
    try:
        report = project.corpus.import_attributes(
            sheet("Title;Type of source;Territory\nEntretien A;Rapport d'activité;Laval\nEntretien B;Interview;Laval\n")
        )
    finally:
        use_language("fr")

    assert report.refused == ()
    kinds = [project.corpus.document(title).source_kind.value for title in ("Entretien A", "Entretien B")]
    assert kinds == ["activity_report", "interview"]


def it_refuses_rows_one_by_one_with_the_reason_and_applies_the_rest(project, sheet):
    report = project.corpus.import_attributes(
        sheet(
            "Titre;Territoire;Type de source;Date\n"
            "Entretien C;Aubagne;;\n"
            "Entretien A;Aubagne;conversation;\n"
            "Entretien A;Aubagne;;hier\n"
            "Entretien B;Laval;;\n"
        )
    )

    assert report.applied == 1
    assert [row.line for row in report.refused] == [2, 3, 4]
    for row, word in zip(report.refused, ("Entretien C", "conversation", "hier"), strict=True):
        assert word in row.reason
    assert project.corpus.document("Entretien A").territory is None
    assert summary(report) == "1 ligne appliquée, 3 refusées."


def it_describes_participants_by_document_and_label(project, sheet):
    report = project.corpus.import_attributes(
        sheet(
            "Document;Étiquette;Nom;Rôle;Acteur;Territoire;Âge\n"
            "Entretien A;Mme Roux;Usagère 1;participante;usager;Laval;74\n"
            "Entretien A;Animatrice;;animatrice;;;\n"
            "Entretien A;M. Inconnu;;;usager;;\n"
        )
    )

    people = {person.name: person for person in project.corpus.participants("Entretien A")}
    assert people["Usagère 1"].attributes == {"actor": "usager", "territory": "Laval", "Âge": "74"}
    assert people["Animatrice"].role.value == "moderator"
    assert [row.line for row in report.refused] == [4]
    assert [person.name for person in project.corpus.participants("Entretien B")] == ["Animatrice", "Mme Roux"]


def it_is_undone_in_one(project, sheet):
    project.corpus.import_attributes(sheet("Document;Territoire\nEntretien A;Aubagne\nEntretien B;Laval\n"))

    project.history.undo()

    assert project.corpus.territories() == []


def it_says_which_column_it_misses(project, sheet):
    with pytest.raises(SheetError, match="« Document ».*Nom de la chose".replace(" ", ".")):
        project.corpus.import_attributes(sheet("Nom de la chose;Territoire\nA;B\n"))
