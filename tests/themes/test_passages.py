"""From a cell to its passages: the words, who says them, and where."""

from __future__ import annotations

from dataclasses import replace

from qualikit.coding.tables import memos
from qualikit.store import new_id, now
from qualikit.themes.model import TOTAL


def test_the_passages_of_a_cell_come_in_the_order_of_documents_and_text(two_groups):
    two_groups.coding("FG Laval", "il fait froid", "Météo")
    two_groups.coding("FG Aubagne", "encore la pluie", "Météo")
    two_groups.coding("FG Aubagne", "Quand il pleut", "Météo")
    themes = two_groups.themes
    matrix = themes.matrix()
    assert [passage.quote for passage in themes.passages(matrix, "Météo")] == [
        "Quand il pleut",
        "encore la pluie",
        "il fait froid",
    ]
    assert [passage.quote for passage in themes.passages(matrix, "Freins", "Laval")] == ["il fait froid"]
    assert [passage.code for passage in themes.passages(matrix, "Freins", "Laval")] == ["Météo"]
    assert len(themes.passages(matrix, TOTAL, TOTAL)) == 3
    assert themes.passages(matrix, "Lien social", "Laval") == []


def test_a_passage_says_all_that_is_needed_to_quote_it(two_groups):
    id = two_groups.coding("FG Aubagne", "Quand il pleut", "Météo")
    with two_groups.store.write("Sacha") as transaction, transaction.event("memo", "mémo") as change:
        change.insert(
            memos,
            {
                "id": new_id(),
                "target_kind": "coding",
                "target_id": id,
                "coder_id": transaction.coder_id,
                "text": "À vérifier.",
                "created": now(),
                "updated": now(),
            },
        )
    (passage,) = two_groups.themes.passages(two_groups.themes.matrix(), "Météo", "Aubagne")
    assert (passage.coding_id, passage.document, passage.territory) == (id, "FG Aubagne", "Aubagne")
    assert (passage.speaker, passage.turn, passage.last_turn) == ("Mme Roux", 2, 2)
    assert (passage.coder, passage.memo, passage.chosen) == ("Camille", "À vérifier.", False)
    assert two_groups.texts["FG Aubagne"][passage.start : passage.stop] == passage.quote
    assert passage.reference == "Mme Roux, FG Aubagne, tour 2"
    assert replace(passage, time=845.2).reference == "Mme Roux, FG Aubagne, tour 2, 14:05"


def test_over_several_turns_the_participants_are_named_and_the_moderator_is_not(two_groups):
    text = two_groups.texts["FG Aubagne"]
    two_groups.coding("FG Aubagne", (0, text.index("une fois sur deux")), "Météo")
    (passage,) = two_groups.themes.passages(two_groups.themes.matrix(), "Météo")
    assert passage.speakers == ("Mme Roux", "M. Diallo")
    assert passage.reference == "Mme Roux, M. Diallo, FG Aubagne, tours 1 à 3"


def test_where_only_the_moderator_speaks_the_moderator_is_named(two_groups):
    two_groups.coding("FG Aubagne", "Et la météo", "Météo")
    (passage,) = two_groups.themes.passages(two_groups.themes.matrix(), "Météo")
    assert passage.speaker == "Animatrice"


def test_a_note_has_neither_speaker_nor_turn(two_groups):
    two_groups.coding("Note Aubagne", "Pluie fine", "Météo")
    (passage,) = two_groups.themes.passages(two_groups.themes.matrix(), "Météo")
    assert (passage.speaker, passage.turn) == (None, None)
    assert passage.reference == "Note Aubagne"


def test_a_coding_taken_away_since_the_matrix_was_counted_is_left_out(two_groups):
    two_groups.coding("FG Aubagne", "Quand il pleut", "Météo")
    gone = two_groups.coding("FG Aubagne", "encore la pluie", "Météo")
    matrix = two_groups.themes.matrix()
    from qualikit.coding.tables import codings

    with two_groups.store.write("Camille") as transaction, transaction.event("coding.remove", "retiré") as change:
        change.delete(codings, gone)
    assert [passage.quote for passage in two_groups.themes.passages(matrix, "Météo")] == ["Quand il pleut"]


def test_more_passages_than_a_query_takes_at_once(world):
    world.person("P1")
    world.document("Entretien", [("P1", "mot " * 600)])
    world.code("Avis")
    start = len("P1 : ")
    from qualikit.coding.tables import codings

    with world.store.write("Camille") as transaction, transaction.event("test", "test") as change:
        change.insert(
            codings,
            *(
                {
                    "id": new_id(),
                    "document_id": world.ids["Entretien"],
                    "text_version_id": world.versions["Entretien"],
                    "start": start + 4 * number,
                    "stop": start + 4 * number + 3,
                    "quote": "mot",
                    "code_id": world.ids["Avis"],
                    "coder_id": transaction.coder_id,
                    "origin": "import",
                    "created": now(),
                }
                for number in range(600)
            ),
        )
    passages = world.themes.passages(world.themes.matrix(), "Avis")
    assert len(passages) == 600
    assert [passage.start for passage in passages] == sorted(passage.start for passage in passages)
