"""Every change is an event; each coder undoes and redoes their own."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from qualikit.coding.tables import codes
from qualikit.errors import UndoRefused
from qualikit.history import History
from qualikit.store import Store, events, new_id
from tests.store.conftest import add_code, code_row


def names(store: Store) -> list[str]:
    with store.read() as connection:
        return list(connection.execute(sa.select(codes.c.name).order_by(codes.c.name)).scalars())


def rows(store: Store) -> list[dict]:
    with store.read() as connection:
        return [dict(row) for row in connection.execute(sa.select(codes).order_by(codes.c.id)).mappings()]


class DescribeAnId:
    def it_is_a_uuid_that_grows_with_time(self):
        made = [new_id() for _ in range(2_000)]
        assert len(set(made)) == len(made)
        assert all(uuid.UUID(id).version == 7 and uuid.UUID(id).variant == uuid.RFC_4122 for id in made)
        moments = [id[:13] for id in made]
        assert moments == sorted(moments)


class DescribeAnEvent:
    def it_keeps_the_rows_before_and_after(self, store):
        with store.write("Camille") as transaction:
            id = add_code(transaction, "Météo")
            with transaction.event("code.update", "code Météo modifié") as change:
                change.update(codes, id, definition="Pluie, vent, chaleur 🌧")

        with store.read() as connection:
            last = connection.execute(sa.select(events).order_by(events.c.seq.desc())).first()
        assert last.changes[0]["before"]["definition"] == ""
        assert last.changes[0]["after"]["definition"] == "Pluie, vent, chaleur 🌧"

    def it_is_not_recorded_where_nothing_changed(self, store):
        with store.write("Camille") as transaction:
            id = add_code(transaction, "Météo")
            with transaction.event("code.update", "code Météo modifié") as change:
                change.update(codes, id, name="Météo")
                change.delete(codes, "nobody")

        assert store.revision() == 1

    def it_does_not_happen_when_its_transaction_fails(self, store):
        def fail() -> None:
            with store.write("Camille") as transaction:
                add_code(transaction, "Météo")
                raise RuntimeError("half way")

        with pytest.raises(RuntimeError):
            fail()

        assert names(store) == []
        assert store.revision() == 0

    def it_is_listed_the_latest_first_with_who_did_it(self, store):
        with store.write("Camille") as transaction:
            add_code(transaction, "Météo")
        with store.write("Sacha") as transaction:
            add_code(transaction, "Matériel")

        listed = History(store, "Camille").events()

        assert [(event.coder, event.label) for event in listed] == [
            ("Sacha", "code Matériel ajouté"),
            ("Camille", "code Météo ajouté"),
        ]
        assert [event.label for event in History(store, "Camille").events(after=1)] == ["code Matériel ajouté"]


class DescribeUndo:
    def it_restores_the_rows_as_they_were(self, store):
        with store.write("Camille") as transaction:
            id = add_code(transaction, "Météo", keywords=["pluie", "vent"])
        before = rows(store)
        with store.write("Camille") as transaction, transaction.event("code.remove", "code Météo retiré") as change:
            change.delete(codes, id)
        assert rows(store) == []

        History(store, "Camille").undo()

        assert rows(store) == before

    def it_takes_back_only_what_this_coder_did(self, store):
        with store.write("Camille") as transaction:
            add_code(transaction, "Météo")
        with store.write("Sacha") as transaction:
            add_code(transaction, "Matériel")

        History(store, "Camille").undo()

        assert names(store) == ["Matériel"]

    def it_refuses_where_the_row_has_moved_on(self, store):
        with store.write("Camille") as transaction:
            id = add_code(transaction, "Météo")
        with store.write("Sacha") as transaction, transaction.event("code.update", "renommé") as change:
            change.update(codes, id, name="Intempéries")

        with pytest.raises(UndoRefused, match="a changé depuis"):
            History(store, "Camille").undo()
        assert names(store) == ["Intempéries"]

    def it_passes_to_what_came_before_when_asked_again(self, store):
        with store.write("Camille") as transaction:
            add_code(transaction, "Matériel")
        with store.write("Camille") as transaction:
            id = add_code(transaction, "Météo")
        with store.write("Sacha") as transaction, transaction.event("code.update", "renommé") as change:
            change.update(codes, id, name="Intempéries")
        history = History(store, "Camille")

        with pytest.raises(UndoRefused, match="Annuler encore une fois"):
            history.undo()
        assert history.next() == ("code Météo ajouté", None)
        assert history.undo().label == "code Matériel ajouté"
        assert names(store) == ["Intempéries"]

        with pytest.raises(UndoRefused, match="rien à annuler"):  # what was passed over is not met again
            history.undo()
        assert history.redo().label == "code Matériel ajouté"
        assert history.next() == ("code Matériel ajouté", None)

    def it_takes_back_after_all_what_stands_again_when_asked_again(self, store):
        with store.write("Camille") as transaction:
            id = add_code(transaction, "Météo")
        with store.write("Sacha") as transaction, transaction.event("code.update", "renommé") as change:
            change.update(codes, id, name="Intempéries")

        with pytest.raises(UndoRefused):
            History(store, "Camille").undo()
        History(store, "Sacha").undo()
        History(store, "Camille").undo()

        assert names(store) == []

    def it_says_why_once_more_when_something_was_done_in_between(self, store):
        with store.write("Camille") as transaction:
            id = add_code(transaction, "Météo")
        with store.write("Sacha") as transaction, transaction.event("code.update", "renommé") as change:
            change.update(codes, id, name="Intempéries")
        history = History(store, "Camille")

        with pytest.raises(UndoRefused):
            history.undo()
        with store.write("Camille") as transaction:
            add_code(transaction, "Matériel")
        history.undo()
        with pytest.raises(UndoRefused, match="Météo ajouté"):
            history.undo()

    def it_refuses_where_a_colleague_has_built_on_the_row(self, store):
        with store.write("Camille") as transaction:
            parent = add_code(transaction, "Dysfonctionnements")
        with store.write("Sacha") as transaction:
            add_code(transaction, "Météo", parent_id=parent)

        with pytest.raises(UndoRefused):
            History(store, "Camille").undo()
        assert names(store) == ["Dysfonctionnements", "Météo"]

    def it_leaves_nothing_half_done_when_it_refuses_and_the_transaction_goes_on(self, store):
        with store.write("Camille") as transaction, transaction.event("codes.add", "deux codes ajoutés") as change:
            first, second = code_row("Météo"), code_row("Matériel")
            change.insert(codes, first, second)
        with store.write("Sacha") as transaction, transaction.event("code.update", "renommé") as change:
            change.update(codes, first["id"], name="Intempéries")

        with store.write("Camille") as transaction:
            with pytest.raises(UndoRefused):
                transaction.undo()
            add_code(transaction, "Horaires")

        assert names(store) == ["Horaires", "Intempéries", "Matériel"]

    def it_takes_back_thousands_of_rows_and_brings_them_again(self, store):
        with store.write("Camille") as transaction, transaction.event("codes.add", "codes importés") as change:
            parent = code_row("C")
            change.insert(codes, parent, *(code_row(f"C{n}", parent_id=parent["id"]) for n in range(1200)))
        before = rows(store)

        History(store, "Camille").undo()
        assert rows(store) == []
        History(store, "Camille").redo()
        assert rows(store) == before

    def it_leaves_all_of_them_when_the_last_one_has_moved_on(self, store):
        with store.write("Camille") as transaction, transaction.event("codes.add", "codes importés") as change:
            many = [code_row(f"C{n}") for n in range(1200)]
            change.insert(codes, *many)
        with store.write("Sacha") as transaction, transaction.event("code.update", "renommé") as change:
            change.update(codes, many[0]["id"], name="Autre")

        with pytest.raises(UndoRefused):
            History(store, "Camille").undo()
        assert len(rows(store)) == 1200

    def it_says_when_there_is_nothing_to_undo(self, store):
        with pytest.raises(UndoRefused, match="rien à annuler"):
            History(store, "Camille").undo()

    def it_survives_a_restart(self, store, tmp_path):
        with store.write("Camille") as transaction:
            add_code(transaction, "Météo")
        store.close()
        again = Store.open(tmp_path / "essai.qualikit")

        assert History(again, "Camille").next() == ("code Météo ajouté", None)
        History(again, "Camille").undo()
        assert History(again, "Camille").next() == (None, "code Météo ajouté")
        again.close()


class DescribeRedo:
    def it_does_again_what_was_undone_in_order(self, store):
        history = History(store, "Camille")
        with store.write("Camille") as transaction:
            add_code(transaction, "A")
            add_code(transaction, "B")
        history.undo()
        history.undo()

        history.redo()
        assert names(store) == ["A"]
        history.redo()
        assert names(store) == ["A", "B"]

    def it_is_gone_after_a_new_action(self, store):
        history = History(store, "Camille")
        with store.write("Camille") as transaction:
            add_code(transaction, "A")
        history.undo()
        with store.write("Camille") as transaction:
            add_code(transaction, "B")

        with pytest.raises(UndoRefused, match="rien à rétablir"):
            history.redo()

    def it_refuses_where_the_place_is_taken(self, store):
        history = History(store, "Camille")
        with store.write("Camille") as transaction:
            add_code(transaction, "A")
        history.undo()
        with store.write("Sacha") as transaction:
            add_code(transaction, "A")  # names are unique

        with pytest.raises(UndoRefused):
            history.redo()
        assert names(store) == ["A"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["do", "undo", "redo"]), max_size=30), st.integers(0, 3))
def test_undo_and_redo_follow_the_two_stacks_of_any_editor(tmp_path_factory, moves, colleagues):
    store = Store.create(tmp_path_factory.mktemp("model") / "m.qualikit", "m")
    history = History(store, "Camille")
    done: list[str] = []
    undone: list[str] = []
    for number in range(colleagues):
        with store.write("Sacha") as transaction:
            add_code(transaction, f"Z{number}")
    for number, move in enumerate(moves):
        if move == "do":
            with store.write("Camille") as transaction:
                add_code(transaction, f"A{number}")
            done.append(f"A{number}")
            undone.clear()
        elif move == "undo" and done:
            history.undo()
            undone.append(done.pop())
        elif move == "redo" and undone:
            history.redo()
            done.append(undone.pop())
        else:
            with pytest.raises(UndoRefused):
                history.undo() if move == "undo" else history.redo()
        label = history.next()
        assert label == (
            f"code {done[-1]} ajouté" if done else None,
            f"code {undone[-1]} ajouté" if undone else None,
        )
    assert names(store) == sorted(done) + [f"Z{number}" for number in range(colleagues)]
    store.close()


class DescribeManyRowsAtOnce:
    @pytest.fixture
    def two(self, store) -> list[str]:
        with store.write("Camille") as transaction:
            return [add_code(transaction, name, keywords=["vent"]) for name in ("Météo", "Matériel")]

    def it_sets_each_row_to_its_own_values_as_one_action(self, store, two):
        with store.write("Camille") as transaction, transaction.event("codes.update", "deux codes") as change:
            done = change.update_many(
                codes, {two[0]: {"name": "Pluie", "keywords": []}, two[1]: {"definition": "ce qui casse"}, "nobody": {}}
            )

        assert done == 2
        assert names(store) == ["Matériel", "Pluie"]
        assert {row["definition"] for row in rows(store)} == {"", "ce qui casse"}

    def it_records_only_what_changed(self, store, two):
        with store.write("Camille") as transaction, transaction.event("codes.update", "deux codes") as change:
            change.update_many(codes, {id: {"keywords": ["vent"], "color": "#000000"} for id in two})
            assert [deed["before"] for deed in change.changes] == [{"color": "#4477AA"}] * 2
            change.update_many(codes, {two[0]: {"color": "#000000"}})
            assert len(change.changes) == 2

    def it_is_undone_and_redone_in_one(self, store, two):
        before = rows(store)
        with store.write("Camille") as transaction, transaction.event("codes.update", "deux codes") as change:
            change.update_many(codes, {id: {"name": f"{id[:8]} 🌧"} for id in two})
            change.update_many(codes, {two[0]: {"name": "encore"}})  # the same row twice in one action
        after = rows(store)

        History(store, "Camille").undo()
        assert rows(store) == before
        History(store, "Camille").redo()
        assert rows(store) == after

    def it_is_undone_where_a_colleague_changed_something_else_of_the_row(self, store, two):
        with store.write("Camille") as transaction, transaction.event("codes.update", "deux codes") as change:
            change.update_many(codes, {id: {"color": "#000000"} for id in two})
        with store.write("Sacha") as transaction, transaction.event("code.update", "défini") as change:
            change.update(codes, two[0], definition="pluie et vent")

        History(store, "Camille").undo()

        assert {(row["color"], row["definition"]) for row in rows(store)} == {
            ("#4477AA", "pluie et vent"),
            ("#4477AA", ""),
        }

    def it_refuses_to_be_undone_where_a_colleague_changed_the_same(self, store, two):
        with store.write("Camille") as transaction, transaction.event("codes.update", "deux codes") as change:
            change.update_many(codes, {id: {"color": "#000000"} for id in two})
        with store.write("Sacha") as transaction, transaction.event("code.update", "recoloré") as change:
            change.update(codes, two[1], color="#ffffff")

        with pytest.raises(UndoRefused):
            History(store, "Camille").undo()
        assert {row["color"] for row in rows(store)} == {"#000000", "#ffffff"}
