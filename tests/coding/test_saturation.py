"""Saturation: the curve, its exact mean over all orders, the band of random ones; use over time."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
import sqlalchemy as sa

from qualikit.coding.saturation import CodedDocument, curves_of, envelope, expected_curve, in_order
from qualikit.coding.tables import codings
from qualikit.errors import CodebookError
from tests.coding.conftest import TEXT, add_document

PRESENT = np.array([[1, 1, 0, 0, 0], [1, 0, 1, 0, 0], [1, 0, 0, 0, 0], [0, 1, 1, 1, 0]], dtype=bool)
"""Four documents, five codes; nobody used the last."""


def curve(present, order):
    return [int(present[list(order[: k + 1])].any(axis=0).sum()) for k in range(len(order))]


class TestTheMeanOfAllOrders:
    def test_is_that_of_every_order_one_by_one(self):
        every = [curve(PRESENT, order) for order in permutations(range(4))]
        assert expected_curve(PRESENT) == pytest.approx(np.mean(every, axis=0))

    def test_stays_exact_where_factorials_overflow(self):
        present = np.zeros((5_000, 1), dtype=bool)
        present[0] = True
        assert expected_curve(present)[[0, 2_499, 4_999]] == pytest.approx([1 / 5_000, 0.5, 1])

    def test_of_nothing_is_nothing(self):
        assert expected_curve(np.zeros((0, 3), dtype=bool)).size == 0
        assert expected_curve(np.zeros((2, 0), dtype=bool)).tolist() == [0, 0]


class TestRandomOrders:
    def test_each_is_the_curve_of_an_order(self):
        possible = {tuple(curve(PRESENT, order)) for order in permutations(range(4))}
        drawn = {tuple(row) for row in curves_of(PRESENT, 500, 1).tolist()}
        assert drawn == possible

    def test_their_mean_comes_near_the_exact_one(self):
        drawn = curves_of(PRESENT, 20_000, 3).mean(axis=0)
        assert drawn == pytest.approx(expected_curve(PRESENT), abs=0.02)

    def test_the_same_seed_gives_the_same_band(self):
        one, other = envelope(PRESENT, 200, 7), envelope(PRESENT, 200, 7)
        assert np.array_equal(one, other)
        assert (one[0] <= one[1]).all()


def test_orders_by_reading_date_and_title():
    documents = [
        CodedDocument("a", "Entretien 10", "2024-01-03T00:00:00+00:00", None),
        CodedDocument("b", "Entretien 9", "2024-01-02T00:00:00+00:00", "2023-05-01"),
        CodedDocument("c", "Entretien 1", "2024-01-01T00:00:00+00:00", "2023-06-01"),
    ]
    assert "".join(each.id for each in in_order(documents, "read")) == "cba"
    assert "".join(each.id for each in in_order(documents, "date")) == "bca"
    assert "".join(each.id for each in in_order(documents, "title")) == "cba"


@pytest.fixture
def read(camille, sacha, store):
    """Three documents of four read by Camille in the order C, A, B, the last by Sacha too; five codes, one unused."""
    ids = {title: add_document(store, title) for title in ("A", "B", "C", "D")}
    for name in ("Météo", "Accueil", "Horaires", "Rien"):
        camille.add_code(name)
    camille.add_code("Pluie", "Météo")
    start = TEXT.index("Quand il pleut")
    for title, names in (("C", ["Météo", "Accueil"]), ("A", ["Météo"]), ("B", ["Accueil", "Pluie"])):
        for name in names:
            camille.add(ids[title], start, start + 14, name)
    sacha.add(ids["B"], start, start + 14, "Horaires")
    return camille


class TestOfAProject:
    def test_new_codes_in_the_order_read_with_their_denominators(self, read):
        found = read.saturation()
        assert [step.document.title for step in found.steps] == ["C", "A", "B"]
        assert [step.new for step in found.steps] == [("Météo", "Accueil"), (), ("Pluie", "Horaires")]
        assert (found.known, found.codes_total, len(found.steps), found.documents_total) == (4, 5, 3, 4)
        assert found.since_last_new == 0
        assert found.steps[-1].expected == pytest.approx(4)
        assert "4 codes sur 5 sont employés dans 3 documents codés sur 4." in " ".join(found.sentences())

    def test_of_one_coder_and_of_some_codes(self, read):
        assert read.saturation(coder="Sacha").known == 1
        found = read.saturation(codes=["Météo"])
        assert (found.codes_total, [step.new for step in found.steps]) == (2, [("Météo",), (), ("Pluie",)])
        assert [step.document.title for step in read.saturation("title").steps] == ["A", "B", "C"]

    def test_documents_since_the_last_new_code(self, read):
        found = read.saturation(codes=["Accueil"])
        assert (found.since_last_new, found.last_new.document.title) == (2, "C")
        assert "2 documents lus depuis" in " ".join(found.sentences())

    def test_a_retired_code_counts_only_where_it_was_used(self, read):
        read.retire_code("Rien")
        read.retire_code("Accueil")
        assert read.saturation().codes_total == 4

    def test_nothing_coded_yet(self, camille, document):
        found = camille.saturation()
        assert (found.steps, found.known, found.since_last_new) == ((), 0, 0)
        assert list(found.to_frame().columns)[:2] == ["place", "document"]

    def test_an_order_that_is_none(self, camille):
        with pytest.raises(CodebookError, match="read"):
            camille.saturation("hasard")


class TestUse:
    def test_by_code_coder_and_week(self, read, store):
        with store.maintain() as connection:
            connection.execute(sa.update(codings).values(created="2024-03-14T12:00:00.000000+00:00"))
        frame = read.usage_frame("week")
        assert list(frame.columns) == ["code", "coder", "period", "codings", "documents", "code_id"]
        rows = [(r["code"], r["coder"], str(r["period"]), r["codings"]) for r in frame.to_dict("records")]
        assert rows == [
            ("Météo", "Camille", "2024-03-11", 2),
            ("Pluie", "Camille", "2024-03-11", 1),
            ("Accueil", "Camille", "2024-03-11", 2),
            ("Horaires", "Sacha", "2024-03-11", 1),
        ]
        assert str(read.usage_frame("month")["period"].iloc[0]) == "2024-03-01"

    def test_nothing_yet_and_a_period_that_is_none(self, camille):
        assert camille.usage_frame().empty
        with pytest.raises(CodebookError, match="week"):
            camille.usage_frame("an")
