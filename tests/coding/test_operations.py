"""What the browser sends is applied once, or refused with a reason, and leaves the other operations alone."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from qualikit.coding.operations import apply_operations
from qualikit.coding.tables import codings
from qualikit.corpus.tables import documents
from qualikit.history import History
from qualikit.store import new_id, operations
from qualikit.text import text_hash
from tests.coding.conftest import TEXT, add_document, add_version

PLEUT = "Quand il pleut 🌧️ on ne vient pas."


@pytest.fixture
def weather(camille):
    return camille.add_code("Météo")


@pytest.fixture
def coded(camille, document, op, weather):
    """A passage with an emoji, coded by Camille."""
    operation = op("add", PLEUT, code=weather.id)
    assert camille.apply(document, [operation]).acked == (operation["uuid"],)
    return camille.coding(operation["uuid"])


def reason(result):
    (refusal,) = result.refused
    assert result.acked == ()
    return refusal.reason


def next_undo(store, coder="Camille"):
    return History(store, coder).next()[0]


class TestAdding:
    def test_the_coding_takes_the_uuid_and_the_words_of_the_text(self, coded, document, weather):
        assert coded.quote == PLEUT == TEXT[coded.start : coded.stop]
        assert (coded.document_id, coded.code_id, coded.coder, coded.origin) == (
            document,
            weather.id,
            "Camille",
            "hand",
        )

    @pytest.mark.parametrize(
        "words", ["🌧️", "👩‍🦽", "\u00c9videmment, caf\u00e9", "M. Ortega\u00a0:", "pas. 👩‍🦽 Et", "\nM."]
    )
    def test_places_are_counted_in_code_points(self, camille, document, op, weather, words):
        operation = op("add", words, code=weather.id)
        assert camille.apply(document, [operation]).refused == ()
        assert camille.coding(operation["uuid"]).quote == words

    def test_the_label_says_what_undo_would_take_back(self, store, coded):
        assert next_undo(store) == "code Météo posé"

    def test_several_codes_overlap_on_one_passage(self, camille, document, op, coded):
        other = camille.add_code("Hiver")
        result = camille.apply(document, [op("add", PLEUT, code=other.id), op("add", "pleut", code=other.id)])
        assert len(result.acked) == 2
        assert len(camille.codings(document)) == 3

    def test_the_same_code_on_the_same_passage_is_acknowledged_and_changes_nothing(
        self, store, camille, document, op, coded, weather
    ):
        before = store.revision()
        again = op("add", PLEUT, code=weather.id)
        assert camille.apply(document, [again]).acked == (again["uuid"],)
        assert [coding.id for coding in camille.codings()] == [coded.id]
        assert store.revision() == before

    def test_each_coder_has_their_own(self, camille, sacha, document, op, coded, weather):
        sacha.apply(document, [op("add", PLEUT, code=weather.id)])
        assert {coding.coder for coding in camille.codings(document)} == {"Camille", "Sacha"}
        assert [coding.coder for coding in camille.codings(coder="Sacha")] == ["Sacha"]

    def test_an_operation_for_another_document_goes_to_that_one(self, store, camille, document, op, weather):
        other = add_document(store, "FG Laval")
        operation = op("add", PLEUT, code=weather.id, doc=other)
        camille.apply(document, [operation])
        assert camille.coding(operation["uuid"]).document_id == other

    def test_a_batch_goes_on_after_a_refusal(self, camille, document, op, weather):
        good, bad, last = (
            op("add", "pleut", code=weather.id),
            op("add", "hiver", code=new_id()),
            op("add", "hiver", code=weather.id),
        )
        result = camille.apply(document, [good, bad, last])
        assert result.acked == (good["uuid"], last["uuid"])
        assert [refusal.uuid for refusal in result.refused] == [bad["uuid"]]
        assert len(camille.codings()) == 2


class TestRefusing:
    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"quote": "Quand il neige"}, "ne correspond pas"),
            ({"quote": PLEUT + " "}, "ne correspond pas"),
            ({"textHash": text_hash("autre")}, "corrigé"),
            ({"start": 10, "end": 10, "quote": ""}, "Aucun passage"),
            ({"start": 30, "end": 20}, "Aucun passage"),
            ({"start": TEXT.index(" on"), "end": TEXT.index(" on") + 1, "quote": " "}, "Aucun passage"),
            ({"start": -3, "end": 4, "quote": TEXT[:4]}, "sort du texte"),
            ({"start": len(TEXT) - 2, "end": len(TEXT) + 5}, "sort du texte"),
            ({"start": 10**8, "end": 10**8 + 5}, "sort du texte"),
            ({"code": "inconnu"}, "n'est plus dans la grille"),
            ({"doc": "inconnu"}, "n'est plus dans le projet"),
        ],
    )
    def test_what_does_not_match_the_text(self, camille, document, op, weather, change, why):
        result = camille.apply(document, [op("add", PLEUT, code=weather.id) | change])
        assert why in reason(result)
        assert camille.codings() == []

    @pytest.mark.parametrize(
        "change",
        [
            {"op": "drop table"},
            {"op": None},
            {"start": "12"},
            {"start": 1.5},
            {"start": True},
            {"end": 10**30},
            {"quote": None},
            {"quote": "\ud800"},
            {"code": "x" * 37},
            {"code": "x\x00"},
            {"code": ["x"]},
            {"doc": {"a": 1}},
        ],
        ids=repr,
    )
    def test_what_is_malformed(self, camille, document, op, weather, change):
        operation = op("add", PLEUT, code=weather.id) | change
        assert "pas été comprise" in reason(camille.apply(document, [operation]))
        assert camille.codings() == []

    @pytest.mark.parametrize("raw", [None, 3, "add", [], {}, {"uuid": 4}, {"uuid": "a b"}, {"uuid": "é" * 500}])
    def test_what_is_no_operation_at_all(self, camille, document, op, weather, raw):
        good = op("add", PLEUT, code=weather.id)
        result = camille.apply(document, [raw, good])
        assert result.acked == (good["uuid"],)
        assert len(result.refused) == 1

    def test_what_is_refused_on_its_way_leaves_nothing_half_done(self, store, camille, document, weather):
        camille.add_code("Matériel")
        revision = store.revision()
        change = {"uuid": new_id(), "op": "code_update", "id": weather.id, "active": False, "name": "matériel"}
        assert "matériel" in reason(camille.apply(document, [change])).lower()
        assert camille.codebook.by_name("Météo").active
        assert store.revision() == revision

    def test_a_document_taken_away(self, store, camille, document, op, weather):
        with store.write("Camille") as transaction, transaction.event("document.remove", "retiré") as change:
            change.delete(documents, document)
        assert "plus dans le projet" in reason(camille.apply(document, [op("add", PLEUT, code=weather.id)]))

    def test_an_id_that_another_coding_has(self, camille, document, op, coded, weather):
        clash = op("add", "hiver", code=weather.id, uuid=coded.id)
        # Seen before, it gets its first outcome; unseen (the coding came from elsewhere), it is refused.
        assert camille.apply(document, [clash]).acked == (coded.id,)
        elsewhere = camille._store
        with elsewhere.write("Camille") as transaction:
            transaction.connection.execute(sa.delete(operations))
        assert "déjà enregistré" in reason(camille.apply(document, [clash]))
        assert [coding.quote for coding in camille.codings()] == [PLEUT]

    def test_the_text_that_counts_is_the_newest(self, store, camille, document, op, weather):
        with store.write("Camille") as transaction:
            add_version(transaction.connection, document, 2, TEXT.replace("pleut", "neige"))
        assert "corrigé" in reason(camille.apply(document, [op("add", PLEUT, code=weather.id)]))
        without_hash = op("add", PLEUT, code=weather.id)
        del without_hash["textHash"]
        assert "ne correspond pas" in reason(camille.apply(document, [without_hash]))


class TestChanging:
    def test_remove(self, store, camille, document, op, coded):
        camille.apply(document, [op("remove", id=coded.id)])
        assert camille.codings() == []
        assert next_undo(store) == "code Météo retiré"

    def test_recode(self, store, camille, document, op, coded):
        other = camille.add_code("Hiver")
        camille.apply(document, [op("recode", id=coded.id, code=other.id)])
        assert camille.coding(coded.id).code_id == other.id
        assert next_undo(store) == "code Météo remplacé par Hiver"

    def test_rebound(self, camille, document, op, coded):
        camille.apply(document, [op("rebound", "pleut 🌧️ on", id=coded.id)])
        after = camille.coding(coded.id)
        assert after.quote == TEXT[after.start : after.stop] == "pleut 🌧️ on"

    def test_rebound_is_held_to_the_text_too(self, camille, document, op, coded):
        wrong = op("rebound", "pleut", id=coded.id, quote="neige")
        assert "ne correspond pas" in reason(camille.apply(document, [wrong]))
        assert camille.coding(coded.id) == coded

    @pytest.mark.parametrize("kind", ["recode", "rebound"])
    def test_two_codings_never_become_one(self, camille, document, op, coded, weather, kind):
        hiver = camille.add_code("Hiver")
        second = op("add", PLEUT, code=hiver.id) if kind == "recode" else op("add", "pleut", code=weather.id)
        camille.apply(document, [second])
        change = (
            op("recode", id=second["uuid"], code=weather.id)
            if kind == "recode"
            else op("rebound", PLEUT, id=second["uuid"])
        )
        assert "porte déjà le code Météo" in reason(camille.apply(document, [change]))
        assert len(camille.codings()) == 2

    def test_what_changes_nothing_is_acknowledged_and_is_no_event(self, store, camille, document, op, coded, weather):
        before = store.revision()
        result = camille.apply(
            document, [op("recode", id=coded.id, code=weather.id), op("rebound", PLEUT, id=coded.id)]
        )
        assert len(result.acked) == 2
        assert store.revision() == before

    @pytest.mark.parametrize("kind", ["remove", "recode", "rebound"])
    def test_only_its_coder_changes_a_coding(self, sacha, document, op, coded, weather, kind):
        operation = {
            "remove": op("remove", id=coded.id),
            "recode": op("recode", id=coded.id, code=weather.id),
            "rebound": op("rebound", "pleut", id=coded.id),
        }[kind]
        assert "Camille" in reason(sacha.apply(document, [operation]))
        assert sacha.coding(coded.id) == coded

    @pytest.mark.parametrize("kind", ["remove", "recode", "rebound", "memo"])
    def test_a_coding_that_is_gone(self, camille, document, op, weather, kind):
        fields = {"id": new_id(), "code": weather.id, "text": "x"}
        assert "n'existe plus" in reason(camille.apply(document, [op(kind, PLEUT, **fields)]))


class TestMemos:
    def test_on_a_coding_and_on_the_document(self, camille, document, op, coded):
        camille.apply(document, [op("memo", id=coded.id, text=" à revoir\r\n"), op("memo", text="groupe agité")])
        assert [(memo.target_kind, memo.target_id, memo.text, memo.coder) for memo in camille.memos(document)] == [
            ("coding", coded.id, "à revoir", "Camille"),
            ("document", document, "groupe agité", "Camille"),
        ]
        assert [memo.text for memo in camille.memos(coding=coded.id)] == ["à revoir"]

    def test_written_again_it_is_replaced_and_empty_it_goes(self, store, camille, document, op, coded):
        camille.apply(document, [op("memo", id=coded.id, text="un"), op("memo", id=coded.id, text="deux")])
        assert [memo.text for memo in camille.memos()] == ["deux"]
        assert next_undo(store) == "mémo modifié"
        camille.apply(document, [op("memo", id=coded.id, text="  \n ")])
        assert camille.memos() == []
        camille.apply(document, [op("undo")])
        assert [memo.text for memo in camille.memos()] == ["deux"]

    def test_an_empty_one_where_there_is_none_is_no_event(self, store, camille, document, op, coded):
        before = store.revision()
        assert camille.apply(document, [op("memo", id=coded.id, text="")]).refused == ()
        assert store.revision() == before

    def test_each_coder_writes_their_own(self, camille, sacha, document, op, coded):
        camille.apply(document, [op("memo", id=coded.id, text="de Camille")])
        sacha.apply(document, [op("memo", id=coded.id, text="de Sacha")])
        assert {(memo.coder, memo.text) for memo in camille.memos()} == {
            ("Camille", "de Camille"),
            ("Sacha", "de Sacha"),
        }
        assert [memo.text for memo in camille.memos(coder="Sacha")] == ["de Sacha"]

    def test_it_goes_with_its_coding_and_comes_back_with_it(self, camille, sacha, document, op, coded):
        sacha.apply(document, [op("memo", id=coded.id, text="de Sacha")])
        camille.apply(document, [op("remove", id=coded.id)])
        assert camille.memos() == []
        camille.apply(document, [op("undo")])
        assert [memo.text for memo in camille.memos()] == ["de Sacha"]

    def test_a_colleagues_memo_is_out_of_sight_while_its_coding_is_undone(self, camille, sacha, document, op, coded):
        sacha.apply(document, [op("memo", id=coded.id, text="de Sacha")])
        camille.apply(document, [op("undo")])
        assert camille.memos() == []
        camille.apply(document, [op("redo")])
        assert [memo.text for memo in camille.memos()] == ["de Sacha"]


class TestInVivo:
    def test_makes_the_code_and_codes_the_passage_in_one(self, store, camille, document, op):
        operation = op("new_code", "il pleuve", name=" il  pleuve\n")
        camille.apply(document, [operation])
        (code,) = camille.codebook
        assert code.name == "il pleuve"
        assert camille.coding(operation["uuid"]).code_id == code.id
        assert next_undo(store) == "code il pleuve créé et posé"
        camille.apply(document, [op("undo")])
        assert (len(camille.codebook), camille.codings()) == (0, [])

    def test_takes_up_a_code_of_the_same_name(self, store, camille, document, op, weather):
        operation = op("new_code", "météo", name="METEO")
        camille.apply(document, [operation])
        assert [code.name for code in camille.codebook] == ["Météo"]
        assert camille.coding(operation["uuid"]).code_id == weather.id
        assert next_undo(store) == "code Météo posé"

    @pytest.mark.parametrize(("name", "why"), [("  ", "avoir un nom"), ("\u0301", "avoir un nom"), ("x" * 300, "200")])
    def test_refuses_a_name_that_is_none(self, camille, document, op, name, why):
        assert why in reason(camille.apply(document, [op("new_code", "pleut", name=name)]))
        assert len(camille.codebook) == 0

    def test_makes_no_code_when_the_passage_does_not_match(self, store, camille, document, op):
        before = store.revision()
        assert reason(camille.apply(document, [op("new_code", "pleut", name="Pluie", quote="neige")]))
        assert (len(camille.codebook), store.revision()) == (0, before)


class TestUndoAndRedo:
    def test_follow_this_coders_actions(self, camille, sacha, document, op, coded, weather):
        theirs = op("add", "hiver", code=weather.id)
        sacha.apply(document, [theirs])
        camille.apply(document, [op("undo")])
        assert [coding.coder for coding in camille.codings()] == ["Sacha"]
        camille.apply(document, [op("redo")])
        assert camille.coding(coded.id) == coded

    def test_nothing_left_is_a_refusal_and_the_batch_goes_on(self, sacha, document, op, weather):
        undo, redo, add = op("undo"), op("redo"), op("add", PLEUT, code=weather.id)
        result = sacha.apply(document, [undo, redo, add])
        assert result.acked == (add["uuid"],)
        assert [refusal.uuid for refusal in result.refused] == [undo["uuid"], redo["uuid"]]

    def test_refused_where_the_rows_moved_on(self, camille, sacha, document, op, weather):
        sacha.apply(document, [op("add", PLEUT, code=weather.id)])
        assert "Météo créé" in reason(camille.apply(document, [op("undo")]))  # Sacha's coding holds on to the code
        assert len(camille.codebook) == 1
        assert len(camille.codings()) == 1

    def test_undo_never_puts_a_code_twice_on_a_passage(self, camille, sacha, document, op, coded, weather, tmp_path):
        # Sacha removes the code with Camille's coding, brings code and coding back from a file, then undoes.
        file = tmp_path / "codages.csv"
        camille.export_codings(file)
        with camille._store.write("Sacha") as transaction, transaction.event("coding.remove", "retiré") as change:
            change.delete(codings, coded.id)
        camille.import_codings(file)
        assert "changé depuis" in reason(sacha.apply(document, [op("undo")]))
        assert len(camille.codings()) == 1


class TestPreferences:
    def test_are_kept_for_the_coder_and_are_no_event(self, store, camille, sacha, document, op):
        before = store.revision()
        camille.apply(document, [op("pref", key="coder.scroll", value={"doc": [1, 2.5, None, "é🌧️"]})])
        assert store.preference("Camille", "coder.scroll") == {"doc": [1, 2.5, None, "é🌧️"]}
        assert store.preference("Sacha", "coder.scroll") is None
        assert store.revision() == before

    @pytest.mark.parametrize("fields", [{"key": "", "value": 1}, {"key": "k" * 201, "value": 1}, {"key": "k"}])
    def test_malformed(self, camille, document, op, fields):
        assert "comprise" in reason(camille.apply(document, [op("pref", **fields)]))

    @pytest.mark.parametrize(
        "value",
        [float("nan"), float("inf"), {1, 2}, object(), {"a": "\ud800"}],
        ids=["nan", "inf", "set", "object", "half-a-character"],
    )
    def test_what_is_not_json(self, camille, document, op, value):
        assert "comprise" in reason(camille.apply(document, [op("pref", key="k", value=value)]))


class TestOnce:
    def test_repeated_in_another_call_or_in_the_same(self, store, camille, document, op, weather):
        add, undo = op("add", PLEUT, code=weather.id), op("undo")
        first = camille.apply(document, [add, add])
        assert first.acked == (add["uuid"],)
        camille.apply(document, [undo])
        revision = store.revision()
        again = camille.apply(document, [add, undo, undo])
        assert again.acked == (add["uuid"], undo["uuid"])
        assert (camille.codings(), store.revision()) == ([], revision)

    def test_a_refusal_stays_one_even_if_it_would_go_in_now(self, store, camille, document, op):
        operation = op("add", PLEUT, code=new_id())
        why = reason(camille.apply(document, [operation]))
        code = camille.add_code("Météo")
        assert reason(camille.apply(document, [operation | {"code": code.id}])) == why

    def test_a_malformed_one_too(self, camille, document, op, weather):
        operation = op("add", PLEUT, code=weather.id)
        reason(camille.apply(document, [operation | {"op": "ad"}]))
        reason(camille.apply(document, [operation]))
        assert camille.codings() == []

    def test_outlives_the_process(self, store, camille, document, op, weather):
        add = op("add", PLEUT, code=weather.id)
        camille.apply(document, [add])
        camille.remove(add["uuid"])
        path = store.path
        store.close()
        reopened = type(store).open(path)
        assert apply_operations(reopened, "Camille", document, [add]).acked == (add["uuid"],)
        with reopened.read() as connection:
            assert connection.execute(sa.select(sa.func.count()).select_from(codings)).scalar() == 0
        reopened.close()

    def test_nothing_to_do_writes_nothing(self, store, camille, document):
        before = store.revision()
        result = camille.apply(document, [])
        assert (result.acked, result.refused, store.revision()) == ((), (), before)
