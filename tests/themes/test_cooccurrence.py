"""Codes that meet: counted by hand, then against a loop over pairs that anybody can follow."""

from __future__ import annotations

from itertools import product

import pytest

from qualikit.errors import MatrixError
from qualikit.themes.reading.query import Query


@pytest.fixture
def coded(world):
    world.person("Mme Roux")
    world.person("M. Petit")
    world.document(
        "Groupe",
        [
            ("Mme Roux", "Il pleut et le vélo rouille."),
            ("M. Petit", "Le vélo est lourd."),
            ("Mme Roux", "On vient pour parler."),
            ("M. Petit", "La pluie encore."),
        ],
        territory="Laval",
    )
    world.document("Note", [(None, "Pluie, vélo au garage.")])
    for name in ("Météo", "Matériel", "Lien"):
        world.code(name)
    world.code("Vélo", "Matériel")
    world.coding("Groupe", "Il pleut et le vélo", "Météo")
    world.coding("Groupe", "le vélo rouille", "Vélo")
    world.coding("Groupe", "vélo rouille", "Vélo", coder="Sacha")
    world.coding("Groupe", "Le vélo est lourd", "Vélo")
    world.coding("Groupe", "On vient", "Lien")
    world.coding("Groupe", "La pluie", "Météo")
    world.coding("Note", "Pluie", "Météo")
    return world


def figures(found, one, other):
    here, there = found.place(one), found.place(other)
    return {value: found.figure(here, there, value) for value in ("passages", "turns", "documents", "pairs")}


def test_by_words_in_common_two_coders_of_one_passage_are_one_passage(coded):
    found = coded.themes.cooccurrence()
    assert figures(found, "Météo", "Vélo") == {
        "passages": (1, 3), "turns": (1, 4), "documents": (1, 2), "pairs": (2, None),
    }  # fmt: skip
    assert figures(found, "Vélo", "Météo")["passages"] == (1, 2)
    assert found.jaccard[found.place("Météo"), found.place("Vélo")] == pytest.approx(1 / 4)


def test_by_turn_near_and_document(coded):
    themes = coded.themes
    assert figures(themes.cooccurrence("turn"), "Météo", "Vélo")["passages"] == (1, 3)
    near = themes.cooccurrence("near", distance=1)
    assert figures(near, "Lien", "Vélo")["passages"] == (1, 1)
    assert figures(near, "Vélo", "Lien")["passages"] == (1, 2)
    assert figures(near, "Lien", "Météo")["passages"] == (1, 1)
    assert figures(themes.cooccurrence("turn"), "Lien", "Météo")["passages"] == (0, 1)
    document = themes.cooccurrence("document")
    assert figures(document, "Météo", "Vélo")["passages"] == (2, 3)
    assert figures(document, "Météo", "Lien")["documents"] == (1, 2)


def test_a_code_says_nothing_of_those_it_holds(coded):
    found = coded.themes.cooccurrence(nested=True)
    assert found.figure(found.place("Matériel"), found.place("Vélo"), "passages") is None
    assert figures(found, "Matériel", "Météo")["passages"] == (1, 2)
    folded = coded.themes.cooccurrence("turn", nested=True, levels=1)
    assert [row.name for row in folded.rows] == ["Météo", "Matériel", "Lien"]
    assert figures(folded, "Météo", "Matériel")["turns"] == (1, 4)


def test_what_is_read_beside_is_what_is_counted(coded):
    found = coded.themes.cooccurrence("near", distance=2)
    quotes = [passage.quote for passage in coded.themes.passages(found, "Vélo", "Météo")]
    assert quotes == ["le vélo rouille", "vélo rouille", "Le vélo est lourd"]
    assert coded.themes.passages(found, "Lien", "Lien") == []


def test_it_is_narrowed_as_the_matrix_is(coded):
    assert figures(coded.themes.cooccurrence(coder="Sacha"), "Vélo", "Météo")["passages"] == (0, 1)
    here = coded.themes.cooccurrence("document", where=Query(territories=("Laval",), everyone=True))
    assert figures(here, "Météo", "Vélo")["documents"] == (1, 1)
    assert "à Laval" in here.explanation


def test_frames_and_records_have_every_pair_once(coded):
    found = coded.themes.cooccurrence("turn")
    frame = found.to_frame("turns")
    assert frame.loc["Météo", "Vélo"] == frame.loc["Vélo", "Météo"] == 1
    assert frame.isna().loc["Météo", "Météo"]
    assert len(list(found.to_records())) == 6
    assert found.to_frame("jaccard").loc["Météo", "Vélo"] == pytest.approx(0.25)


def test_what_does_not_exist_is_refused(coded):
    with pytest.raises(MatrixError, match="overlapping, turn, near, document"):
        coded.themes.cooccurrence("voisinage")
    with pytest.raises(MatrixError, match="passages, turns"):
        coded.themes.cooccurrence().to_frame("humeur")
    with pytest.raises(MatrixError, match="entre 0 et 100"):
        coded.themes.cooccurrence("near", distance=-1)


@pytest.mark.parametrize("relation", ["overlapping", "turn", "near", "document"])
def test_nothing_meets_in_a_project_without_codings(world, relation):
    assert world.themes.cooccurrence(relation).is_empty
    world.code("Seul")
    found = world.themes.cooccurrence(relation)
    assert found.is_empty
    assert found.explanation
    assert list(found.to_records()) == []


@pytest.mark.parametrize("nested", [False, True])
@pytest.mark.parametrize("relation", ["overlapping", "turn", "near", "document"])
def test_a_loop_over_pairs_finds_the_same(sample_themes, relation, nested):
    themes = sample_themes
    found = themes.cooccurrence(relation, distance=2, nested=nested)
    facts, places, book = found.counted.facts, found.counted.places, found.counted.facts.codebook
    codes = list(book)

    def rows(code):
        return [codes[code].id, *((above.id for above in book.ancestors(codes[code].id)) if nested else ())]

    def stand(a, b):
        if facts.document[a] != facts.document[b]:
            return False
        if relation == "overlapping":
            return facts.start[a] < facts.stop[b] and facts.start[b] < facts.stop[a]
        reach = 2 if relation == "near" else 0
        near = places.first[a] <= places.last[b] + reach and places.first[b] <= places.last[a] + reach
        return relation == "document" or near

    met, pairs = {}, {}
    numbers = range(len(facts.code))
    for a, b in product(numbers, numbers):
        if facts.code[a] != facts.code[b] and stand(a, b):
            for one, other in product(rows(facts.code[a]), rows(facts.code[b])):
                met.setdefault((one, other), set()).add(facts.passages[a])
                pairs[one, other] = pairs.get((one, other), 0) + 1
    for one, row in enumerate(found.rows):
        for other, column in enumerate(found.rows):
            if found.apart[one, other]:
                key = row.key, column.key
                assert found.met[one, other] == len(met.get(key, ()))
                assert found.pairs[one, other] == pairs.get(key, 0)
