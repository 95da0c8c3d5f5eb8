"""A sheet of attributes read beside the project: from its rows to a plan of what they would change."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from qualikit.corpus.naming import NAME
from qualikit.corpus.sheet_documents import about_documents, looks_like_documents
from qualikit.corpus.sheet_people import about_people, names_people
from qualikit.corpus.sheet_plan import SheetPlan
from qualikit.corpus.sheet_rows import read_known
from qualikit.sheets import read_sheet, required

DOCUMENT = (
    "Document", "Titre", "Title", "Fichier", "Nom Fichier", "Nom du fichier", "Nom de fichier", "Nom du document",
    "Titre du document", "File", "File name", "Filename",
)  # fmt: skip
LABEL = ("Étiquette", "Label", "Locuteur", "Locutrice", "Speaker")
PERSON = (*NAME, "Participant", "Participante", "Personne", "Prénom Nom", "Nom Prénom", "Nom et prénom", "Enquêté")


def plan_sheet(connection: sa.Connection, path: Path) -> SheetPlan:
    """Read a CSV or Excel sheet and propose what each row is about; nothing is written.

    A column « Document » (or « Titre », « Nom Fichier »…), else the one whose cells look most like documents' names,
    says which document. With a column « Étiquette », or one of names in a sheet that names no document, the rows are
    about people. Columns that are not one of ours become attributes of that name. Raises SheetError.
    """
    sheet = read_sheet(path)
    known = read_known(connection)
    by = sheet.column(*DOCUMENT)
    label = sheet.column(*LABEL) or (sheet.column(*PERSON) if by is None else None)
    if by is None and (label is None or sheet.column(*LABEL) is None):
        by = looks_like_documents(sheet, known, but=label)
    if by is None and label is None:
        by = required(sheet, path.name, *DOCUMENT)
    if (
        label is None
        and by is not None
        and (person := sheet.column(*PERSON))
        and names_people(sheet, by, person, known)
    ):
        label = person
    if label is not None:
        return about_people(sheet, path.name, by, label, known)
    assert by is not None
    return about_documents(sheet, path.name, by, known)
