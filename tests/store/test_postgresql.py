"""Every statement outside the store is valid PostgreSQL too: parsed with PostgreSQL's own grammar, and, where
``QUALIKIT_TEST_POSTGRES`` names an empty database, run on it."""

from __future__ import annotations

import os
from pathlib import Path

import pglast
import pytest
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.asyncpg import dialect as NumberedParameters
from sqlalchemy.schema import CreateIndex, CreateTable

from qualikit import Project
from qualikit.errors import EndpointFailed
from qualikit.store import metadata

TALK = "Animatrice : Qui commence ?\n\nMme Roux : Il pleut 🌧.\n\nAnimatrice : Et vous ?\n\nMme Roux : Voilà.\n"


def main_job(project: Project, folder: Path) -> str:
    """Everything that reads or writes tables, once; the matrix as text."""
    (folder / "a.txt").write_text(TALK, "utf-8")
    (folder / "b.txt").write_text(TALK.replace("Voilà", "C'est tout"), "utf-8")
    (folder / "s.csv").write_text("Document;Territoire\na;Aubagne\nb;Laval\n", "utf-8")
    (folder / "p.csv").write_text("Document;Étiquette;Acteur\na;Mme Roux;usager\n", "utf-8")
    corpus, coding, themes = project.corpus, project.coding, project.themes
    corpus.import_files([folder / "a.txt", folder / "b.txt"])
    corpus.import_attributes(folder / "s.csv")
    corpus.import_attributes(folder / "p.csv")
    corpus.update_participant(corpus.participants()[0], name="Animation")
    corpus.attributes.apply(corpus.attributes.plan(folder / "s.csv").accepting(90))
    for about in ("documents", "participants"):
        corpus.attributes.export(folder / f"{about}.csv", about)
    corpus.attributes.describe("territoire", choices=["Laval", "Aubagne"])
    corpus.attributes.rename("territoire", "Laval", "Mayenne")
    corpus.attributes.describe("Lieu", kind="choice", choices=["marché"])
    corpus.attributes.remove("Lieu")
    roux = [person for person in corpus.people.all() if person.name == "Mme Roux"]
    corpus.people.merge(roux)
    corpus.people.split(corpus.people.find("Mme Roux"), ["b"])
    corpus.people.describe(corpus.people.all(), attributes={"acteur": "usager"})
    assert corpus.people.alike()
    assert corpus.composition().people
    coding.endpoint.set("http://localhost:1", "essai")
    coding.endpoint.consent("localhost:1")
    coding.endpoint.set("http://localhost:2", "essai")
    coding.endpoint.consent("localhost:2")
    coding.add_code("Essai")
    with pytest.raises(EndpointFailed):  # nobody there: the call is written down all the same
        coding.suggest("endpoint", documents=["a"])
    assert coding.endpoint.calls()
    coding.endpoint.withdraw()
    above = coding.add_code("Dysfonctionnements")
    code = coding.add_code("Météo", parent=above, keywords=["pluie"])
    start = corpus.text("a").index("Il pleut")
    made = coding.add("a", start, start + 8, code)
    coding.write_memo("à relire", coding=made.id)
    coding.write_memo("bonne qualité", document="a")
    coding.export_codings(folder / "c.csv")
    coding.remove(made.id)
    coding.import_codings(folder / "c.csv")
    coding.update_code(code, definition="pluie, vent")
    coding.move_code(code, None, 0)
    coding.export_codebook(folder / "g.yaml")
    coding.import_codebook(folder / "g.yaml")
    found = [coding.usage(code), coding.usage_counts(), coding.codings(), coding.memos(document="a"), coding.coders()]
    assert all(found)
    for dimension in ("territory", "source", "actor", "document", "participant"):
        matrix = themes.matrix(rows="code", columns=dimension)
    matrix = themes.matrix(rows="code", columns="territory")
    themes.set_synthesis(code.id, "territory", "Aubagne", "La pluie gêne.")
    themes.choose_verbatim(coding.codings()[0].id)
    themes.export(themes.matrix(rows="code", columns="territory"), folder / "m.docx")
    assert themes.syntheses()
    assert themes.verbatims()
    project.set_preference("pinned", [code.id])
    assert project.preference("pinned") == [code.id]
    queries = ("pleut", '"il pleut"', "qui PROCHE/3 commence", "tou*", 'voilà SAUF (pleut OU "c\'est tout")', "🌧")
    hits = [[(hit.title, hit.start, hit.match) for hit in corpus.search(query)] for query in queries]
    assert [len(each) for each in hits] == [2, 2, 2, 1, 1, 2]
    assert len(coding.search("pleut", code="Météo", territory="Aubagne", moderators=False)) == 1
    assert coding.code_hits(corpus.search("voilà"), code, extent="sentence").added == 1
    project.history.undo()
    corpus.correct("a", new_text=corpus.text("a").replace("Il pleut 🌧.", "Rien.") + "\nMme Roux : Il pleut 🌧.")
    corpus.correct("a", speakers={0: "Karim"}, base_version=corpus.document("a").text_version_id)
    assert [version.number for version in corpus.versions("a")] == [1, 2, 3]
    assert corpus.compare("a", 1, 2)
    assert coding.set_aside("a")
    assert coding.accept_proposals(90)
    project.history.undo()
    coding.remove_aside(coding.set_aside()[0].id)
    project.history.undo()
    corpus.remove_document("b")
    assert len(corpus.search("pleut")) == 1
    for _ in range(3):
        project.history.undo()
    project.history.redo()
    assert project.history.events()
    assert project.history.next()[1]
    assert project.check() == []
    return str(matrix.to_frame()) + str(hits)


def test_every_statement_of_the_main_job_is_in_postgresqls_grammar(tmp_path):
    statements: dict[str, None] = {}

    def note(_connection, clause, *_rest):
        if not isinstance(clause, sa.TextClause):  # alembic's own version table is created by alembic for each database
            statements[
                str(clause.compile(dialect=NumberedParameters(), compile_kwargs={"render_postcompile": True}))
            ] = None

    sa.event.listen(sa.Engine, "before_execute", note)
    try:
        with Project.create(tmp_path / "p", coder="Camille") as project:
            main_job(project, tmp_path)
    finally:
        sa.event.remove(sa.Engine, "before_execute", note)
    for table in metadata.sorted_tables:
        statements[str(CreateTable(table).compile(dialect=NumberedParameters()))] = None
        for index in table.indexes:
            statements[str(CreateIndex(index).compile(dialect=NumberedParameters()))] = None

    assert len(statements) > 60
    for statement in statements:
        pglast.parse_sql(statement)


def test_the_main_job_says_the_same_on_a_postgresql_server(tmp_path):
    url = os.environ.get("QUALIKIT_TEST_POSTGRES")
    if not url:
        pytest.skip("QUALIKIT_TEST_POSTGRES does not name an empty database")
    for folder in ("file", "server"):
        (tmp_path / folder).mkdir()
    with Project.create(tmp_path / "p", coder="Camille") as project:
        expected = main_job(project, tmp_path / "file")
    with Project.create(url, coder="Camille") as project:
        assert main_job(project, tmp_path / "server") == expected
