"""Matrices read by anything on both sides, narrowed, in words: small enough to be counted by hand."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from qualikit.corpus.tables import documents
from qualikit.errors import MatrixError, NotFound
from qualikit.themes.model import TOTAL, UNSPECIFIED
from qualikit.themes.reading.query import Query


@pytest.fixture
def coded(world):
    """Two groups and a note; two kinds of craft; two coders; a tree of two codes."""
    world.person("Animatrice", "moderator")
    world.person("Mme Roux", métier="verre", actor="usager")
    world.person("M. Diallo", métier="textile", actor="usager")
    world.person("Mme Le Gall", métier="verre")
    world.document(
        "FG Aubagne",
        [
            ("Animatrice", "Et la météo, quand il pleut ?"),
            ("Mme Roux", "Quand il pleut, personne ne vient."),
            ("M. Diallo", "La pluie décide de tout, le matériel aussi."),
            ("Mme Roux", "Encore la pluie."),
        ],
        territory="Aubagne",
    )
    world.document("FG Laval", [("Mme Le Gall", "Le froid n'arrête personne.")], territory="Laval")
    world.document("Note", [(None, "Personne sur la place, il pleut.")], territory="Aubagne", source="observation")
    with world.store.write("Camille") as transaction, transaction.event("test", "dates") as change:
        for title, day in (("FG Aubagne", "2023-11-14"), ("FG Laval", "2024-02-06")):
            change.update(documents, world.ids[title], date=day)
    world.code("Freins")
    world.code("Météo", "Freins")
    world.code("Matériel", "Freins")
    world.coding("FG Aubagne", "Quand il pleut, personne", "Météo")
    world.coding("FG Aubagne", "personne ne vient", "Météo", coder="Sacha")
    world.coding("FG Aubagne", "le matériel aussi", "Matériel")
    world.coding("FG Laval", "Le froid", "Météo")
    world.coding("Note", "il pleut", "Météo", coder="Sacha")
    return world


def people(matrix, row, column=TOTAL):
    cell = matrix.cell(row, column)
    return cell.codings, cell.people, cell.people_total


def test_rows_can_be_an_attribute_and_columns_a_territory(coded):
    matrix = coded.themes.matrix("métier", "territory")
    assert [row.name for row in matrix.rows] == ["textile", "verre", "Sans métier"]
    assert people(matrix, "verre", "Aubagne") == (2, 1, 1)
    assert people(matrix, "verre") == (3, 2, 2)
    assert people(matrix, "textile", "Aubagne") == (1, 1, 1)
    assert matrix.title == "Métier par territoire" or matrix.title == "métier par territoire"


def test_nobody_said_it_is_not_nobody_could(coded):
    matrix = coded.themes.matrix("métier", "territory")
    nobody_there = matrix.cell("textile", "Laval")
    assert (nobody_there.codings, nobody_there.possible, nobody_there.presence) == (0, False, None)
    themes = coded.themes.matrix()
    nobody_said = themes.cell("Matériel", "Laval")
    assert (nobody_said.codings, nobody_said.possible, nobody_said.presence) == (0, True, 0)
    assert "« s. o. »" in matrix.explanation.replace("\u00a0", " ")
    assert "« s. o. »" not in themes.explanation.replace("\u00a0", " ")


def test_codes_stand_in_columns_with_their_tree(coded):
    matrix = coded.themes.matrix("territory", "code")
    assert [(column.label, column.depth) for column in matrix.columns] == [("Freins", 0), ("Météo", 1), ("Matériel", 1)]
    assert people(matrix, "Aubagne", "Freins") == (4, 2, 2)
    assert people(matrix, "Laval", "Matériel") == (0, 0, 1)
    turned = coded.themes.matrix("code", "territory")
    for row in turned.rows:
        for column in turned.columns:
            there, here = turned.cell(row, column), matrix.cell(column.value, row.key)
            assert (there.codings, there.own_codings, there.people, there.people_total, there.sessions) == (
                here.codings, here.own_codings, here.people, here.people_total, here.sessions,
            )  # fmt: skip


def test_coders_beside_each_other_have_the_same_denominators(coded):
    matrix = coded.themes.matrix("code", "coder")
    assert [column.label for column in matrix.columns] == ["Camille", "Sacha"]
    assert people(matrix, "Météo", "Camille") == (2, 2, 3)
    assert people(matrix, "Météo", "Sacha") == (2, 1, 3)


@pytest.mark.parametrize(
    ("period", "labels"),
    [
        ("month", ["novembre 2023", "février 2024", "Sans date"]),
        ("quarter", ["4e trimestre 2023", "1er trimestre 2024", "Sans date"]),
        ("year", ["2023", "2024", "Sans date"]),
    ],
)
def test_periods_come_in_their_order_and_what_has_no_date_last(coded, period, labels):
    matrix = coded.themes.matrix("code", period)
    assert [column.label for column in matrix.columns] == labels
    assert people(matrix, "Météo", matrix.columns[0]) == (2, 1, 2)
    assert people(matrix, "Météo", matrix.columns[2]) == (1, 0, 0)


def test_a_folded_tree_counts_what_is_under_it(coded):
    matrix = coded.themes.matrix(levels=1)
    assert [row.name for row in matrix.rows] == ["Freins"]
    assert not matrix.rows[0].children
    assert people(matrix, "Freins") == (5, 3, 3)


def test_codes_are_chosen_where_neither_side_is_of_codes(coded):
    assert people(coded.themes.matrix("actor", "territory", codes=["Matériel"]), "usager") == (1, 1, 2)
    assert people(coded.themes.matrix("actor", "territory", codes=["Freins"]), "usager") == (3, 2, 2)
    assert people(coded.themes.matrix("actor", "territory", codes=["Freins"], nested=False), "usager") == (0, 0, 2)


def test_words_are_those_of_participants_each_once_out_of_all_they_say(coded):
    matrix = coded.themes.matrix(value="words")
    # Mme Roux: « Quand il pleut, personne ne vient. » is coded whole, by two who overlap; she says 9 words in all,
    # M. Diallo 8. The note, which nobody speaks, has 6, two of them coded. The moderator's count nowhere.
    assert matrix.cell("Météo", "Aubagne").words == 6 + 2
    assert matrix.cell("Météo", "Aubagne").words_total == 9 + 8 + 6
    assert matrix.cell("Freins", "Aubagne").words == 6 + 3 + 2
    assert matrix.cell("Météo", "Laval").words_share == pytest.approx(2 / 5)
    assert coded.themes.matrix().cell("Météo", "Aubagne").words is None
    by_person = coded.themes.matrix("code", "participant", value="words")
    assert (by_person.cell("Météo", "Mme Roux").words, by_person.cell("Météo", "Mme Roux").words_total) == (6, 9)
    assert by_person.cell("Météo", UNSPECIFIED).words_total == 6


def test_words_of_a_moderator_are_not_said(coded):
    coded.coding("FG Aubagne", "Et la météo, quand il pleut", "Météo")
    assert coded.themes.matrix(value="words").cell("Météo", "Aubagne").words == 8


def test_the_frame_shows_the_value_that_was_asked_for(coded):
    assert coded.themes.matrix(value="people").to_frame().loc["Météo", "Aubagne"] == 1
    assert coded.themes.matrix(value="words").to_frame("words_total").loc["Météo", "Laval"] == 5
    assert coded.themes.matrix("métier", "territory", value="presence").to_frame().isna().loc["textile", "Laval"]
    assert list(coded.themes.matrix("métier", "territory").to_tidy().columns)[:4] == ["path", "row", "depth", "column"]


# -- narrowed


def test_a_query_narrows_those_who_could_have_said_it(coded):
    matrix = coded.themes.matrix(where=Query(attributes=(("métier", ("verre",)),), everyone=True))
    assert people(matrix, "Météo", "Aubagne") == (2, 1, 1)
    assert people(matrix, "Matériel", "Aubagne") == (0, 0, 1)
    assert matrix.cell("Météo", "Aubagne").sessions_total == 1  # the note is nobody's
    assert "métier : verre" in matrix.explanation.replace("\u00a0", " ")


def test_a_query_on_codes_narrows_the_codings_alone(coded):
    themes = coded.themes
    from qualikit.themes.reading.parsing import parse

    matrix = themes.matrix(where=Query(codes=parse("Matériel"), everyone=True))
    assert people(matrix, "Météo") == (0, 0, 3)
    assert people(matrix, "Freins") == (1, 1, 3)


def test_a_saved_query_reads_what_it_gathers(coded):
    coded.themes.queries.save("À Aubagne", Query(territories=("Aubagne",)))
    matrix = coded.themes.matrix(where="a aubagne")
    assert people(matrix, "Météo") == (1, 1, 2)  # Camille's own, as the query reads them
    assert matrix.coders == ("Camille",)
    assert "À Aubagne" in matrix.said
    with pytest.raises(NotFound, match="Nulle part"):
        coded.themes.matrix(where="Nulle part")


def test_passages_of_a_narrowed_cell_are_those_it_counts(coded):
    matrix = coded.themes.matrix("participant", "coder", where=Query(sources=("focus_group",), everyone=True))
    found = coded.themes.passages(matrix, "Mme Roux", "Sacha")
    assert [passage.quote for passage in found] == ["personne ne vient"]
    assert len(coded.themes.passages(matrix, TOTAL)) == 4


def test_a_removed_document_and_a_retired_code_stand_as_everywhere(coded):
    with coded.store.write("Camille") as transaction:
        transaction.connection.execute(
            sa.update(documents).where(documents.c.id == coded.ids["FG Laval"]).values(removed=True)
        )
        with transaction.event("test", "rien") as change:
            change.update(documents, coded.ids["Note"], title="Note de terrain")
    assert [column.label for column in coded.themes.matrix().columns] == ["Aubagne"]


def test_what_cannot_be_crossed_is_refused_with_what_can(coded):
    themes = coded.themes
    with pytest.raises(MatrixError, match="cooccurrences"):
        themes.matrix("code", "code")
    with pytest.raises(MatrixError, match="la même chose"):
        themes.matrix("actor", "actor")
    with pytest.raises(MatrixError, match="métier"):
        themes.matrix("humeur", "territory")
    with pytest.raises(MatrixError, match="codings, people, sessions, words, presence"):
        themes.matrix(value="humeur")


def test_nothing_at_all_can_be_crossed_too(world):
    for rows, columns in (("code", "month"), ("participant", "territory"), ("coder", "document")):
        matrix = world.themes.matrix(rows, columns, value="words")
        assert matrix.is_empty
        assert matrix.explanation
        matrix.to_frame()


def test_syntheses_stand_in_a_turned_matrix(coded):
    coded.themes.set_synthesis("Météo", "territory", "Aubagne", "Il pleut.")
    turned = coded.themes.matrix("territory", "code")
    assert turned.cell("Aubagne", "Météo").synthesis.text == "Il pleut."
    assert coded.themes.matrix("code", "month").cell("Météo").synthesis is None
