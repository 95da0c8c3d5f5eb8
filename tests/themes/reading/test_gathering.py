"""Passages gathered, read, acted upon, kept under a name, written to files."""

from __future__ import annotations

import uuid

import pytest

from qualikit.errors import ExportFailed, NotFound, SearchError
from qualikit.sheets import read_sheet
from qualikit.themes.reading.exporting import export
from qualikit.themes.reading.query import Both, Query, Relation, Term


@pytest.fixture
def read(two_groups):
    """Two coders' readings of two groups."""
    world = two_groups
    world.ids["rain"] = world.coding("FG Aubagne", "Quand il pleut personne ne vient.", "Météo")
    world.coding("FG Aubagne", "Quand il pleut personne ne vient.", "Météo", coder="Sacha")
    world.ids["bike"] = world.coding("FG Aubagne", "Le vélo est en panne", "Matériel")
    world.ids["who"] = world.coding("FG Aubagne", "personne ne vient", "Lien social", coder="Sacha")
    world.ids["cold"] = world.coding("FG Laval", "il fait froid", "Météo", coder="Sacha")
    world.ids["note"] = world.coding("Note Aubagne", "Pluie fine", "Météo")
    return world


def operation(op, **fields):
    return {"uuid": str(uuid.uuid4()), "op": op, **fields}


def test_one_reads_ones_own_codings_unless_others_are_asked_for(read):
    assert len(read.themes.passages("Météo")) == 2
    everyone = read.themes.passages(Query(codes=Term("météo"), everyone=True))
    assert (len(everyone), everyone.codings) == (3, 4)
    assert len(read.themes.passages(Query(codes=Term("Météo"), coders=("Sacha",)))) == 2
    first = everyone.cards()[0]
    assert (first.coders, first.mine, len(first.coding_ids)) == (("Camille", "Sacha"), True, 2)
    with pytest.raises(NotFound, match="Vouliez-vous dire"):
        read.themes.passages(Query(coders=("Sachaa",)))


def test_the_passage_is_that_of_the_first_code_with_the_other_beside_it(read):
    found = read.themes.passages(Query(codes=Both((Term("Météo"), Term("Lien social"))), everyone=True))
    [card] = found.cards()
    assert card.passage.quote == "Quand il pleut personne ne vient."
    assert [each.quote for each in card.beside] == ["personne ne vient"]
    assert card.codes == (read.ids["Lien social"],)
    assert (found.people, found.people_total, found.documents, found.documents_total) == (1, 4, 1, 3)
    near = read.themes.passages(Query(codes=Both((Term("Freins"), Term("Matériel")), Relation.NEAR, 1)))
    assert [card.passage.code for card in near.cards()] == ["Météo", "Matériel"]


def test_denominators_are_those_who_speak_where_one_asks(read):
    found = read.themes.passages(Query(codes=Term("Météo"), everyone=True, territories=("laval",)))
    assert (len(found), found.people, found.people_total, found.documents_total) == (1, 1, 2, 1)
    assert [step.passages for step in found.steps] == [3, 1]
    with pytest.raises(NotFound):
        read.themes.passages(Query(territories=("Nulle part",)))


def test_passages_are_the_same_as_those_of_the_matrix(read):
    matrix = read.themes.matrix()
    for column in matrix.columns:
        counted = read.themes.passages(matrix, "Freins", column)
        asked = Query(codes=Term("Freins"), everyone=True, territories=(column.value,))
        assert sorted(read.themes.passages(asked).ids()) == sorted(each.coding_id for each in counted)


def test_many_are_recoded_in_one_action_and_taken_back_in_one(read):
    from qualikit.history import History

    ids = [read.ids["rain"], read.ids["bike"], read.ids["note"]]
    sent = operation("recode_many", ids=ids, code=read.ids["Lien social"])
    assert read.themes.apply([sent, sent]).refused == ()
    assert len(read.themes.passages("Lien social")) == 3
    assert History(read.store, "Camille").events(limit=1)[0].label == "3 passages recodés en Lien social"
    read.themes.apply([operation("undo")])
    assert [card.passage.code for card in read.themes.passages(Query()).cards()] == ["Météo", "Matériel", "Météo"]
    [refusal] = read.themes.apply([operation("remove_many", ids=[read.ids["cold"], read.ids["rain"]])]).refused
    assert "Sacha" in refusal.reason
    read.themes.apply([operation("remove_many", ids=ids)])
    assert len(read.themes.passages(Query())) == 0


def test_verbatims_and_memos_are_conditions(read):
    read.themes.apply([operation("verbatim", ids=[read.ids["rain"], read.ids["bike"]], on=True)])
    read.themes.apply([operation("memo", id=read.ids["rain"], text="À garder")])
    chosen = read.themes.passages(Query(verbatim=True))
    assert chosen.ids() == [read.ids["rain"], read.ids["bike"]]
    assert read.themes.passages(Query(memo=True)).ids() == [read.ids["rain"]]
    assert len(read.themes.passages(Query(memo=False, verbatim=True))) == 1
    for nonsense in (
        {"ids": "x", "on": True},
        {"ids": [], "on": True},
        {"ids": ["x"], "on": 1},
        {"ids": [{}], "on": True},
    ):
        assert read.themes.apply([operation("verbatim", **nonsense)]).refused
    [gone] = read.themes.apply([operation("verbatim", ids=["nope"], on=True)]).refused
    assert "n'est plus" in gone.reason


def test_a_query_keeps_its_name_and_follows_what_is_renamed(read):
    queries = read.themes.queries
    query = Query(codes=Term("Météo"), participants=("Mme Roux",), documents=("FG Aubagne",))
    kept = queries.save("Pluie à Aubagne", query)
    assert kept.query.terms[0].code == read.ids["Météo"]
    assert (kept.query.participants, kept.query.documents) == ((read.ids["Mme Roux"],), (read.ids["FG Aubagne"],))
    assert "Mme Roux" in kept.said
    assert len(read.themes.passages(queries.get("pluie a aubagne").query)) == 1
    with pytest.raises(SearchError, match="se nomme déjà"):
        queries.save("PLUIE à Aubagne", query)
    queries.save("Autre", Query())
    with pytest.raises(SearchError):
        queries.rename("Autre", "Pluie a Aubagne")
    queries.rename("Autre", "Tout")
    assert [each.name for each in queries.list()] == ["Pluie à Aubagne", "Tout"]
    queries.remove("Tout")
    with pytest.raises(NotFound):
        queries.get("Tout")
    with pytest.raises(SearchError, match="pas de nom"):
        queries.save("  ", query)
    with pytest.raises(SearchError, match="Vouliez-vous dire"):
        queries.save("x", Query(codes=Term("Meteu")))


def test_what_is_gone_is_not_said_by_its_number(read):
    gone = str(uuid.uuid4())
    query = Query(documents=(gone,), participants=(gone,))
    assert gone not in read.themes.queries.save("Ancien", query).said
    with pytest.raises(NotFound, match="plus dans le projet") as refused:
        read.themes.passages(query)
    assert gone not in str(refused.value)


def test_passages_are_written_for_word_excel_and_csv(read, tmp_path):
    import docx

    read.themes.choose_verbatim(read.ids["rain"])
    found = read.themes.passages(Query(everyone=True))
    for ending in (".xlsx", ".csv"):
        sheet = read_sheet(export(found, tmp_path / f"passages{ending}", by="territory"))
        rows = [row for _line, row in sheet.rows]
        assert len(rows) == len(found)
        assert {row["Groupe"] for row in rows} == {"Aubagne", "Laval"}
        assert [row["Passage"] for row in rows if row["Verbatim"]] == ["Quand il pleut personne ne vient."]
    text = "\n".join(each.text for each in docx.Document(str(export(found, tmp_path / "p.docx"))).paragraphs)
    assert "★ « Quand il pleut personne ne vient. »" in text.replace("\u00a0", " ")
    assert "Mme Roux, FG Aubagne, tour 2" in text
    frame = found.to_frame()
    assert len(frame) == len(found)
    assert list(frame.chosen) == [bool(card.chosen) for card in found.cards()]
    with pytest.raises(ExportFailed):
        export(found, tmp_path / "p.txt")


def test_nothing_coded_is_nothing_found(two_groups, tmp_path):
    found = two_groups.themes.passages("Météo")
    assert (len(found), found.people, found.documents) == (0, 0, 0)
    assert found.cards() == []
    assert found.arranged("territory")[1] == []
    assert found.to_frame().empty
    assert export(found, tmp_path / "vide.docx").exists()
