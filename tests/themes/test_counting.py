"""What a cell counts, in matrices small enough to be counted by hand."""

from __future__ import annotations

import pytest

from qualikit.checking import check
from qualikit.errors import MatrixError
from qualikit.themes.model import TOTAL, UNSPECIFIED


def figures(matrix, row, column=TOTAL):
    cell = matrix.cell(row, column)
    return (cell.codings, cell.people, cell.people_total, cell.sessions, cell.sessions_total)


def test_a_coding_counts_as_one_person_and_one_document_out_of_those_of_its_column(two_groups):
    two_groups.coding("FG Aubagne", "Quand il pleut", "Météo")
    matrix = two_groups.themes.matrix()
    # Mme Roux and M. Diallo speak in Aubagne; M. Muet has a label and no word. Two documents: the group and the note.
    assert figures(matrix, "Météo", "Aubagne") == (1, 1, 2, 1, 2)
    assert figures(matrix, "Météo", "Laval") == (0, 0, 2, 0, 1)
    assert figures(matrix, "Météo") == (1, 1, 4, 1, 3)


def test_one_who_says_it_twice_is_one_person(two_groups):
    two_groups.coding("FG Aubagne", "Quand il pleut", "Météo")
    two_groups.coding("FG Aubagne", "encore la pluie", "Météo")
    assert figures(two_groups.themes.matrix(), "Météo", "Aubagne") == (2, 1, 2, 1, 2)


def test_a_coding_over_two_turns_counts_both_who_speak(two_groups):
    text = two_groups.texts["FG Aubagne"]
    span = (text.index("personne ne vient"), text.index("une fois sur deux"))
    two_groups.coding("FG Aubagne", span, "Météo")
    assert figures(two_groups.themes.matrix(), "Météo", "Aubagne") == (1, 2, 2, 1, 2)


def test_touching_the_label_is_not_touching_the_words(two_groups):
    two_groups.coding("FG Aubagne", "personne ne vient.\nM. Diallo : ", "Météo")
    assert figures(two_groups.themes.matrix(), "Météo", "Aubagne")[:2] == (1, 1)
    two_groups.coding("FG Aubagne", "M. Diallo :", "Matériel")
    assert figures(two_groups.themes.matrix(), "Matériel", "Aubagne")[:2] == (1, 0)


def test_words_of_moderators_and_observers_are_codings_and_documents_but_no_person(two_groups):
    two_groups.coding("FG Aubagne", "Et la météo", "Météo")
    two_groups.coding("FG Laval", "Le vélo est neuf", "Matériel")
    matrix = two_groups.themes.matrix()
    assert figures(matrix, "Météo", "Aubagne") == (1, 0, 2, 1, 2)
    assert figures(matrix, "Matériel", "Laval") == (1, 0, 2, 1, 1)


def test_a_text_that_nobody_speaks_counts_as_coding_and_document(two_groups):
    two_groups.coding("Note Aubagne", "Pluie fine", "Météo")
    assert figures(two_groups.themes.matrix(), "Météo", "Aubagne") == (1, 0, 2, 1, 2)


def test_a_parent_counts_what_is_under_it_each_thing_once(two_groups):
    two_groups.coding("FG Aubagne", "Quand il pleut", "Météo")
    two_groups.coding("FG Aubagne", "Quand il pleut", "Matériel")
    two_groups.coding("FG Aubagne", "personne ne vient", "Freins")
    two_groups.coding("FG Laval", "Le vélo tient", "Matériel")
    matrix = two_groups.themes.matrix()
    assert figures(matrix, "Freins", "Aubagne") == (3, 1, 2, 1, 2)
    assert figures(matrix, "Freins") == (4, 2, 4, 2, 3)
    assert matrix.cell("Freins").own_codings == 1
    assert figures(matrix, TOTAL) == (4, 2, 4, 2, 3)
    alone = two_groups.themes.matrix(nested=False)
    assert figures(alone, "Freins") == (1, 1, 4, 1, 3)
    assert figures(alone, TOTAL) == (4, 2, 4, 2, 3)


def test_a_persons_own_territory_wins_over_the_documents(two_groups):
    two_groups.person("Mme Invitée", territory="Laval")
    two_groups.document(
        "Table ronde",
        [("Mme Invitée", "Chez nous il neige."), ("Mme Roux", "Chez nous il vente.")],
        territory="Aubagne",
    )
    two_groups.coding("Table ronde", "il neige", "Météo")
    matrix = two_groups.themes.matrix()
    # The round table is a document of Aubagne, and one of Laval's too, since somebody of Laval speaks in it.
    assert figures(matrix, "Météo", "Laval") == (1, 1, 3, 1, 2)
    assert figures(matrix, "Météo", "Aubagne") == (0, 0, 2, 0, 3)
    text = two_groups.texts["Table ronde"]
    two_groups.coding("Table ronde", (text.index("Chez"), len(text)), "Lien social")
    both = two_groups.themes.matrix()
    assert (both.cell("Lien social", "Laval").codings, both.cell("Lien social", "Aubagne").codings) == (1, 1)
    assert both.cell("Lien social").codings == 1
    assert both.cell("Lien social").people == 2


def test_documents_without_a_territory_have_a_column_when_there_are_some(two_groups):
    assert [column.label for column in two_groups.themes.matrix().columns] == ["Aubagne", "Laval"]
    two_groups.document("Entretien", [("M. Petit", "Rien à dire.")], source="interview")
    two_groups.coding("Entretien", "Rien", "Lien social")
    columns = two_groups.themes.matrix().columns
    assert [(column.value, column.label) for column in columns][-1] == (UNSPECIFIED, "Sans territoire")
    assert figures(two_groups.themes.matrix(), "Lien social", UNSPECIFIED) == (1, 1, 1, 1, 1)


def test_by_source_kinds_come_in_their_order_with_their_french_names(two_groups):
    two_groups.coding("Note Aubagne", "Pluie fine", "Météo")
    matrix = two_groups.themes.matrix(columns="source")
    assert [(column.value, column.label) for column in matrix.columns] == [
        ("focus_group", "Focus group"),
        ("observation", "Note d'observation"),
    ]
    assert figures(matrix, "Météo", "observation") == (1, 0, 0, 1, 1)
    assert matrix.cell("Météo", "observation").share == 0


def test_by_actor_a_session_is_a_document_where_such_an_actor_speaks(world):
    world.person("Élue", actor="Élus")
    world.person("Usager", actor="Usagers")
    world.person("Passant")
    world.document("Réunion", [("Élue", "Oui."), ("Usager", "Non.")])
    world.document("Rue", [("Usager", "Peut-être."), ("Passant", "Bof.")])
    world.document("Mairie", [("Passant", "Certes.")], Acteur="Élus")
    world.code("Avis")
    world.coding("Rue", "Peut-être", "Avis")
    matrix = world.themes.matrix(columns="actor")
    # The passer-by has no kind of actor, but the town hall's document says whose words it holds.
    assert [column.label for column in matrix.columns] == ["Élus", "Usagers", "Sans type d'acteur"]
    assert figures(matrix, "Avis", "Usagers") == (1, 1, 1, 1, 2)
    assert figures(matrix, "Avis", "Élus") == (0, 0, 2, 0, 2)
    assert figures(matrix, "Avis") == (1, 1, 3, 1, 3)


def test_by_participant_what_no_participant_says_stands_apart(two_groups):
    two_groups.coding("FG Laval", "Le vélo tient", "Matériel")
    matrix = two_groups.themes.matrix(columns="participant")
    assert [column.label for column in matrix.columns] == ["M. Diallo", "M. Petit", "Mme Le Gall", "Mme Roux"]
    assert figures(matrix, "Matériel", "M. Petit") == (1, 1, 1, 1, 1)
    two_groups.coding("FG Laval", "Et ici", "Lien social")
    matrix = two_groups.themes.matrix(columns="participant")
    assert matrix.columns[-1].label == "Hors participants"
    assert figures(matrix, "Lien social", UNSPECIFIED)[:2] == (1, 0)


def test_namesakes_are_told_apart_by_where_they_speak(world):
    for title in ("FG Aubagne", "FG Laval"):
        world.person("P1")
        world.document(title, [("P1", "Bonjour.")])
    labels = [column.label for column in world.themes.matrix(columns="participant").columns]
    assert labels == ["P1 (FG Aubagne)", "P1 (FG Laval)"]


def test_documents_come_in_the_order_in_which_one_counts(world):
    world.person("P1")
    for number in (10, 2, 1):
        world.document(f"Entretien {number}", [("P1", "Bonjour.")])
    world.document("Entretien 2", [("P1", "Encore.")])
    labels = [column.label for column in world.themes.matrix(columns="document").columns]
    assert sorted(labels[1:3]) == ["Entretien 2 (1)", "Entretien 2 (2)"]
    assert [labels[0], labels[3]] == ["Entretien 1", "Entretien 10"]


def test_two_coders_on_one_passage_are_two_codings_one_passage_and_one_person(two_groups):
    two_groups.coding("FG Aubagne", "Quand il pleut personne", "Météo", coder="Camille")
    two_groups.coding("FG Aubagne", "il pleut personne ne vient", "Météo", coder="Sacha")
    two_groups.coding("FG Aubagne", "Quand il pleut personne", "Matériel", coder="Sacha")
    matrix = two_groups.themes.matrix()
    cell = matrix.cell("Météo", "Aubagne")
    assert (cell.codings, cell.passages, cell.people, cell.sessions) == (2, 1, 1, 1)
    # Another code on the same words is another reading, not a double.
    assert (matrix.cell(TOTAL).codings, matrix.cell(TOTAL).passages, matrix.doubles) == (3, 2, 1)
    assert matrix.coders == ("Camille", "Sacha")
    assert "3 codages, soit 2 passages" in matrix.explanation.replace("\u00a0", " ")
    alone = two_groups.themes.matrix(coder="Sacha")
    assert figures(alone, "Météo", "Aubagne") == (1, 1, 2, 1, 2)
    assert alone.coders == ("Sacha",)


def test_passages_that_only_touch_are_two(two_groups):
    two_groups.coding("FG Aubagne", "Quand il", "Météo")
    two_groups.coding("FG Aubagne", " pleut", "Météo")
    assert two_groups.themes.matrix().cell("Météo").passages == 2


def test_a_long_passage_holds_together_those_inside_it(two_groups):
    two_groups.coding("FG Aubagne", "Quand il pleut personne ne vient", "Météo")
    two_groups.coding("FG Aubagne", "Quand", "Météo", coder="Sacha")
    two_groups.coding("FG Aubagne", "personne", "Météo", coder="Sacha")
    assert two_groups.themes.matrix().cell("Météo").passages == 1


def test_filters_move_the_denominators_too(two_groups):
    two_groups.coding("FG Aubagne", "Quand il pleut", "Météo")
    two_groups.coding("Note Aubagne", "Pluie fine", "Météo")
    groups = two_groups.themes.matrix(sources=["focus_group"])
    assert figures(groups, "Météo", "Aubagne") == (1, 1, 2, 1, 1)
    one = two_groups.themes.matrix(documents=["Note Aubagne"])
    assert figures(one, "Météo") == (1, 0, 0, 1, 1)
    assert [column.label for column in one.columns] == ["Aubagne"]


def test_only_the_rows_asked_for_the_total_following(two_groups):
    two_groups.coding("FG Aubagne", "Quand il pleut", "Météo")
    two_groups.coding("FG Laval", "on vient", "Lien social")
    matrix = two_groups.themes.matrix(codes=["meteo", two_groups.ids["Matériel"]])
    assert [(row.name, row.depth, row.path) for row in matrix.rows] == [
        ("Météo", 0, ("Freins", "Météo")),
        ("Matériel", 0, ("Freins", "Matériel")),
    ]
    assert figures(matrix, TOTAL) == (1, 1, 4, 1, 3)


def test_rows_keep_the_order_and_the_depth_of_the_tree(two_groups):
    rows = two_groups.themes.matrix().rows
    assert [(row.name, row.depth, row.children) for row in rows] == [
        ("Freins", 0, True),
        ("Météo", 1, False),
        ("Matériel", 1, False),
        ("Lien social", 0, False),
    ]
    assert rows[1].parent_id == rows[0].code_id


def test_a_removed_document_is_out_of_every_figure(two_groups):
    from qualikit.corpus.tables import documents

    two_groups.coding("Note Aubagne", "Pluie fine", "Météo")
    with two_groups.store.write("Camille") as transaction, transaction.event("document.remove", "retiré") as change:
        change.delete(documents, two_groups.ids["Note Aubagne"])
    assert figures(two_groups.themes.matrix(), "Météo", "Aubagne") == (0, 0, 2, 0, 1)


def test_an_empty_project_has_an_empty_matrix(world):
    matrix = world.themes.matrix()
    assert matrix.is_empty
    assert (matrix.rows, matrix.columns) == ((), ())
    assert figures(matrix, TOTAL) == (0, 0, 0, 0, 0)
    assert matrix.explanation == "Aucun codage dans ces documents."


def test_codes_and_documents_without_codings_still_show_who_could_have_spoken(two_groups):
    matrix = two_groups.themes.matrix()
    assert matrix.is_empty
    assert figures(matrix, "Météo", "Aubagne") == (0, 0, 2, 0, 2)
    assert check(two_groups.store) == []


def test_what_does_not_exist_is_refused_with_what_does(two_groups):
    themes = two_groups.themes
    with pytest.raises(MatrixError, match="territory, source, actor, document, participant"):
        themes.matrix(columns="météo")
    with pytest.raises(MatrixError, match="code"):
        themes.matrix(rows="territory")
    with pytest.raises(MatrixError, match="Inconnu"):
        themes.matrix(coder="Inconnu")
    with pytest.raises(MatrixError, match="Nulle part"):
        themes.matrix(documents=["Nulle part"])
    with pytest.raises(MatrixError, match="focus_group"):
        themes.matrix(sources=["roman"])
    with pytest.raises(MatrixError, match="Inexistant"):
        themes.matrix(codes=["Inexistant"])
    matrix = themes.matrix()
    with pytest.raises(MatrixError, match="Aubagne, Laval"):
        matrix.cell("Météo", "Rennes")
    with pytest.raises(MatrixError, match="Inexistant"):
        matrix.cell("Inexistant")


def test_a_territory_that_looks_like_the_total_is_not_the_total(world):
    world.person("P1")
    world.document("Entretien", [("P1", "Bonjour.")], territory=TOTAL)
    world.code("Avis")
    world.coding("Entretien", "Bonjour", "Avis")
    (column,) = world.themes.matrix().columns
    assert (column.label, column.is_total) == (TOTAL, False)
