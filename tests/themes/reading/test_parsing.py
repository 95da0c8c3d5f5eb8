"""Codes as they are typed, said back, and written again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualikit.coding.model import Origin
from qualikit.corpus.model import SourceKind
from qualikit.errors import SearchError
from qualikit.themes.reading.parsing import parse
from qualikit.themes.reading.query import Both, Either, Query, Relation, Term, Without
from qualikit.themes.reading.sentence import sentence, written

A, B, C = Term("A"), Term("B"), Term("C")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("A", A),
        ("  =A ", Term("A", alone=True)),
        ("Lien social", Term("Lien social")),
        ("Lien\u00a0social", Term("Lien\u00a0social")),
        ("« Lien social »", Term("Lien social")),
        ('="Lien social"', Term("Lien social", alone=True)),
        ("A ET B", Both((A, B))),
        ("A AND B ET C", Both((A, B, C))),
        ("A ET/tour B", Both((A, B), Relation.TURN)),
        ("A ET/dans B", Both((A, B), Relation.INSIDE)),
        ("A ET/identique B", Both((A, B), Relation.SAME)),
        ("A ET/document B", Both((A, B), Relation.DOCUMENT)),
        ("A PROCHE B", Both((A, B), Relation.NEAR, 3)),
        ("A PROCHE/5 B", Both((A, B), Relation.NEAR, 5)),
        ("A OU B OR C", Either((A, B, C))),
        ("A OU A", A),
        ("A SAUF B", Without(A, B)),
        ("A ET SAUF B", Without(A, B)),
        ("A SAUF/2 B", Without(A, B, Relation.NEAR, 2)),
        ("A ET B SAUF C", Without(Both((A, B)), C)),
        ("A ET (B OU C)", Both((A, Either((B, C))))),
        ("A OU B ET C", Either((A, Both((B, C))))),
        ("(A ET B) ET C", Both((Both((A, B)), C))),
        ('"A ET B" OU C', Either((Term("A ET B"), C))),
        ("été 🚲 et ou", Term("été 🚲 et ou")),
    ],
)
def test_what_is_typed_is_understood(typed, expected):
    assert parse(typed) == expected


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Il n'y a aucun code à chercher."),
        ("A ET", "Au caractère 5, après « A ET » : un nom de code est attendu."),
        ("A ET (B OU C", "il manque une parenthèse fermante"),
        ("A) ET B", "une parenthèse se ferme qui n'a pas été ouverte"),
        ("SAUF A", "Au début : SAUF a besoin d'un code avant lui"),
        ('A "B"', "il manque ET, OU ou SAUF avant « B »"),
        ('A ET "', "Il manque un guillemet"),
        ('A ET ""', "il n'y a rien entre les guillemets"),
        ("A ET/mardi B", "« ET/mardi », au caractère 3, n'est pas compris."),
        ("A PROCHE/500 B", "« 500 » tours sont trop"),
        ("(" * 60 + "A" + ")" * 60, "trop de parenthèses"),
        (" OU ".join(f"A{n}" for n in range(80)), "trop de codes"),
    ],
)
def test_what_cannot_be_understood_says_where(typed, said):
    with pytest.raises(SearchError) as refusal:
        Query(codes=parse(typed))
    assert said in str(refusal.value).replace("\u00a0", " ")


@given(st.text(max_size=60))
def test_anything_typed_is_an_expression_or_a_refusal(typed):
    try:
        Query(codes=parse(typed))
    except SearchError as refusal:
        assert refusal.what
        assert refusal.todo


@given(
    st.recursive(
        st.sampled_from([A, Term("Lien social"), Term("X ET Y"), Term("B", alone=True)]),
        lambda parts: (
            st.builds(Both, st.tuples(parts, parts), st.sampled_from([r for r in Relation if r is not Relation.NEAR]))
            | st.builds(Without, parts, parts, st.just(Relation.NEAR), st.integers(0, 9))
        ),
        max_leaves=5,
    )
)
def test_an_expression_is_written_as_it_is_read(expression):
    assert parse(written(expression)) == expression


def test_a_query_is_said_in_a_sentence():
    query = Query(
        codes=Both((Term("Dysfonctionnements"), Term("Météo"))),
        territories=("Laval", ""),
        sources=(SourceKind.INTERVIEW,),
        actors=("usagers",),
        origins=(Origin.IMPORT,),
        memo=True,
    )
    assert sentence(query).replace("\u00a0", " ") == (
        "Dysfonctionnements et Météo (qui se recouvrent), à Laval ou sans territoire, dans : Entretien, "
        "dits par : usagers, venus d'un fichier, avec un mémo"
    )
    assert Query.from_json(query.to_json()) == query


@pytest.mark.parametrize(
    "made",
    [None, [], {"codes": 3}, {"codes": {"and": []}}, {"sources": ["nope"]}, {"memo": 1}, {"future": True},
     {"codes": {"or": [None]}}, {"said_from": "demain"}, {"attributes": [["a"]]}, {"codes": {"code": "\ud800"}}],
)  # fmt: skip
def test_what_is_no_query_is_refused(made):
    with pytest.raises(SearchError):
        Query.from_json(made)
