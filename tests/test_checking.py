"""The whole project verified: each kind of damage is found, in documents that were taken away too."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from qualikit import Project

TALK = "Animatrice\u00a0: Qui commence\u00a0?\nMme Roux\u00a0: Moi 😀. Le triporteur, c'est pratique.\nM. Petit\u00a0: Pas pour moi.\n"


@pytest.fixture
def place(tmp_path):
    """A closed project: two documents, a coding on each."""
    with Project.create(tmp_path / "p", name="P", coder="Camille") as project:
        project.coding.add_code("Météo")
        for name in ("un", "deux"):
            document = project.corpus.save(project.corpus.preview(f"{TALK}{name}\n".encode(), f"{name}.txt"))
            start = project.corpus.text(document).index("pratique")
            project.coding.add(document.id, start, start + 8, "Météo", quote="pratique")
        assert project.check() == []
    return tmp_path / "p.qualikit"


def damage(place, *statements):
    with closing(sqlite3.connect(place)) as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount > 0
        connection.commit()


def said(place):
    with Project.open(place) as project:
        return project.check()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE codings SET quote = 'pratiques'", "le codage « pratiques » ne correspond plus"),
        ("UPDATE codings SET quote = '', stop = start", "ne correspond plus"),
        ("UPDATE codings SET start = start + 1", "le codage « pratique » ne correspond plus"),
        (
            "UPDATE codings SET document_id = (SELECT id FROM documents WHERE id <> codings.document_id)",
            "mais se dit d'un autre document",
        ),
        ('UPDATE turns SET start = start + 1 WHERE "index" = 1', "le tour de parole 2 n'est pas à sa place"),
        ('UPDATE turns SET speech_stop = stop + 1 WHERE "index" = 1', "le tour de parole 2 n'est pas à sa place"),
        ('DELETE FROM turns WHERE "index" = 2', "ne couvrent pas tout le texte"),
        ("UPDATE text_versions SET text = replace(text, '😀', '🙂')", "Le texte de « un » a été altéré"),
        ("UPDATE source_files SET content = x'00'", "Le fichier d'origine « un.txt » a été altéré"),
        ("UPDATE codings SET code_id = 'nul'", "renvoie à une ligne de « codes » qui n'existe pas"),
    ],
)
def it_finds_what_was_altered(place, statement, words):
    damage(place, statement)

    assert any(words in problem.replace("\u00a0", " ") for problem in said(place))


def it_finds_a_document_whose_text_is_gone(place):
    damage(place, "DELETE FROM turns", "DELETE FROM codings", "DELETE FROM text_versions")

    assert len([problem for problem in said(place) if "n'a plus de texte" in problem]) == 2


def it_verifies_documents_that_were_taken_away_for_undo_brings_them_back(place):
    with Project.open(place, coder="Camille") as project:
        project.corpus.remove_document("un")
    damage(place, "UPDATE codings SET quote = 'autre' WHERE document_id = (SELECT id FROM documents WHERE removed)")

    assert [problem for problem in said(place) if "«\u00a0un\u00a0»" in problem]
