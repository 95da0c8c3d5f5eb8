"""Reading codings back, and coding from a script."""

from __future__ import annotations

import pytest

from qualikit.coding import Codings
from qualikit.corpus.tables import documents
from qualikit.errors import CodingRefused, NotFound
from qualikit.history import History
from qualikit.store import Store
from tests.coding.conftest import TEXT, add_document


@pytest.fixture
def coded(camille, sacha, document):
    """Two codes, two coders, in « FG Aubagne »."""
    camille.add_code("Météo")
    camille.add_code("Réseau")
    for coder, word, code in [(sacha, "hiver", "Météo"), (camille, "pleut", "Météo"), (camille, "viens", "réseau")]:
        start = TEXT.index(word)
        coder.add("FG Aubagne", start, start + len(word), code, word)


class TestAdding:
    def test_takes_the_words_from_the_text(self, camille, document):
        code = camille.add_code("Météo")
        start = TEXT.index("🌧️")
        coding = camille.add(document, start, start + 2, "meteo")
        assert (coding.quote, coding.code_id, coding.span.of(TEXT)) == ("🌧️", code.id, "🌧️")

    def test_again_gives_the_coding_that_is_there(self, camille, document, coded):
        start = TEXT.index("pleut")
        assert camille.add(document, start, start + 5, "Météo") in camille.codings()
        assert len(camille.codings()) == 3

    @pytest.mark.parametrize(
        ("start", "stop", "quote"), [(5, 5, None), (-1, 3, None), (0, 10**6, None), (0, 4, "Non!")]
    )
    def test_refuses_what_is_not_in_the_text(self, camille, document, coded, start, stop, quote):
        with pytest.raises(CodingRefused):
            camille.add(document, start, stop, "Météo", quote)
        assert len(camille.codings()) == 3

    def test_says_which_document_or_code_is_missing(self, camille, document, coded):
        with pytest.raises(NotFound, match="FG Laval"):
            camille.add("FG Laval", 0, 3, "Météo")
        with pytest.raises(NotFound, match="Vouliez-vous dire"):
            camille.add(document, 0, 3, "Méteos")

    def test_only_ones_own_can_be_removed(self, camille, sacha, coded):
        mine = camille.codings(coder="Camille")[0]
        with pytest.raises(CodingRefused):
            sacha.remove(mine.id)
        camille.remove(mine.id)
        assert len(camille.codings()) == 2
        with pytest.raises(NotFound):
            camille.coding(mine.id)


class TestReading:
    def test_follows_the_text_and_narrows(self, camille, document, coded):
        assert [coding.quote for coding in camille.codings()] == ["pleut", "hiver", "viens"]
        assert [coding.quote for coding in camille.codings(code="METEO", coder="Camille")] == ["pleut"]
        assert [coding.quote for coding in camille.codings(document, coder="Sacha")] == ["hiver"]
        assert camille.codings(coder="Personne") == []

    def test_counts_by_code_document_and_coder(self, store, camille, document, coded):
        weather, network = camille.code("Météo").id, camille.code("Réseau").id
        other = add_document(store, "FG Laval")
        camille.add(other, 0, 10, "Météo")
        assert camille.usage_counts() == {weather: 3, network: 1}
        assert camille.usage_counts(document="FG Aubagne", coder="Camille") == {weather: 1, network: 1}
        assert camille.usage_counts("document") == {document: 3, other: 1}
        assert camille.usage_counts("coder") == {"Camille": 3, "Sacha": 1}
        assert camille.usage_counts("coder", document=other) == {"Camille": 1}

    def test_a_document_taken_away_takes_its_codings_out_of_sight(self, store, camille, document, coded):
        camille.write_memo("groupe agité", document=document)
        with store.write("Camille") as transaction, transaction.event("document.remove", "retiré") as change:
            change.delete(documents, document)
        assert (camille.codings(), camille.usage_counts(), camille.memos(), len(camille.to_frame())) == ([], {}, [], 0)
        camille.apply(None, [{"uuid": "00000000-0000-4000-8000-000000000000", "op": "undo"}])
        assert (len(camille.codings()), len(camille.memos())) == (3, 1)

    def test_names_the_coders(self, camille, coded):
        assert camille.coders() == ["Camille", "Sacha"]

    def test_as_a_frame(self, camille, document, coded):
        frame = camille.to_frame()
        assert list(frame.columns) == [
            *("document", "start", "stop", "quote", "code", "coder", "origin", "created"),
            *("id", "document_id", "code_id"),
        ]
        assert frame[["document", "quote", "code", "coder", "origin"]].values.tolist() == [
            ["FG Aubagne", "pleut", "Météo", "Camille", "hand"],
            ["FG Aubagne", "hiver", "Météo", "Sacha", "hand"],
            ["FG Aubagne", "viens", "Réseau", "Camille", "hand"],
        ]
        assert frame["start"].dtype == "int64"
        assert all(TEXT[row.start : row.stop] == row.quote for row in frame.itertuples())

    def test_an_empty_frame_has_its_columns(self, camille):
        assert "quote" in camille.to_frame().columns

    def test_is_the_same_after_closing_and_opening(self, store, camille, coded):
        before = camille.codings()
        store.close()
        again = Store.open(store.path)
        assert Codings(again, "Camille").codings() == before
        again.close()


def test_a_hundred_thousand_words_are_coded_at_both_ends(store, camille):
    text = "Début 🌧️ " + "il pleut sur la ville et personne ne vient " * 12_500 + "🚲 fin"
    document = add_document(store, "Gros", text)
    camille.add_code("Météo")
    assert camille.add(document, 6, 8, "Météo").quote == "🌧️"
    assert camille.add(document, len(text) - 5, len(text), "Météo").quote == "🚲 fin"
    assert camille.add(document, 0, len(text), "Météo").quote == text


class DescribeMemosOnCodes:
    def it_keeps_one_for_each_coder_and_undoes_it_like_any(self, store, camille, sacha):
        code = camille.add_code("Météo")
        camille.write_memo(" À **revoir**.\r\n", code="meteo")
        sacha.write_memo("Trop large.", code=code)
        assert [(memo.coder, memo.text) for memo in camille.code_memos(code)] == [
            ("Camille", "À **revoir**."),
            ("Sacha", "Trop large."),
        ]
        assert camille.usage(code).memos == 2
        assert {memo.target_kind for memo in camille.memos()} == {"code"}
        camille.write_memo("", code=code)
        assert [memo.coder for memo in camille.code_memos(code)] == ["Sacha"]
        History(store, "Camille").undo()
        assert len(camille.code_memos(code)) == 2

    def it_refuses_a_code_that_is_not_there(self, camille):
        with pytest.raises(NotFound):
            camille.write_memo("x", code="Absent")
