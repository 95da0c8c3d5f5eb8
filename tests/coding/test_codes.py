"""Changing the codebook of a project."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from qualikit.coding.model import CodeKind, Position
from qualikit.coding.tables import codes
from qualikit.corpus import Corpus
from qualikit.errors import CodebookError, NotFound
from qualikit.history import History
from qualikit.store import new_id, now
from qualikit.themes.tables import syntheses, verbatims
from tests.coding.conftest import TEXT


def names(codings):
    return [code.name for code in codings.codebook]


class TestAdding:
    def test_gives_a_colour_and_the_last_place(self, camille):
        first, second = camille.add_code("Impacts"), camille.add_code("Besoins")
        below = camille.add_code("Autonomie", parent="impacts", definition=" Faire seul.\r\n", keywords=["seul; seule"])
        assert camille.codebook.codes == (first, below, second)
        assert (below.parent_id, below.definition, below.keywords) == (first.id, "Faire seul.", ("seul", "seule"))
        assert len({first.color, second.color, below.color}) == 3

    @pytest.mark.parametrize("twin", ["Météo", "meteo", " MÉTÉO ", "Me\u0301te\u0301o"])
    def test_refuses_a_name_in_use_wherever_it_stands(self, camille, twin):
        above = camille.add_code("Dysfonctionnements")
        camille.add_code("Météo", parent=above)
        with pytest.raises(CodebookError, match="Dysfonctionnements › Météo"):
            camille.add_code(twin)
        assert len(camille.codebook) == 2

    @pytest.mark.parametrize(
        "fields",
        [
            {"color": "bleu"},
            {"shortcut": "12"},
            {"shortcut": "a"},
            {"kind": "thème"},
            {"kind": "position"},
            {"value": "peut-être"},
        ],
        ids=str,
    )
    def test_refuses_what_cannot_be_in_words_and_adds_nothing(self, camille, fields):
        with pytest.raises(CodebookError) as error:
            camille.add_code("Météo", **fields)
        assert error.value.todo
        assert len(camille.codebook) == 0

    def test_says_what_the_unknown_parent_may_have_been(self, camille):
        camille.add_code("Impacts")
        with pytest.raises(NotFound, match="Vouliez-vous dire «\u00a0Impacts\u00a0»"):
            camille.add_code("Autonomie", parent="Impact")

    def test_a_field_that_does_not_exist_is_the_programmers_mistake(self, camille):
        with pytest.raises(TypeError):
            camille.add_code("Météo", colour="#000000")

    def test_saying_agreement_makes_a_position(self, camille):
        code = camille.add_code("Consensus", value="agreement")
        assert (code.kind, code.value) == (CodeKind.POSITION, Position.AGREEMENT)
        code = camille.update_code(code, kind="theme")
        assert (code.kind, code.value) == (CodeKind.THEME, None)


class TestEditing:
    def test_changes_what_is_given_and_undo_brings_it_back(self, store, camille):
        before = camille.add_code("Meteo", definition="Le temps.")
        after = camille.update_code(before, name="Météo", color="#0b8fd0")
        assert (after.name, after.color, after.definition) == ("Météo", "#0B8FD0", "Le temps.")
        History(store, "Camille").undo()
        assert camille.code(before.id) == before

    def test_what_is_the_same_is_no_event(self, store, camille):
        code = camille.add_code("Météo", keywords=["pluie"])
        before = store.revision()
        camille.update_code(code, name="Météo", keywords=("pluie",), color=code.color)
        assert store.revision() == before

    def test_a_shortcut_is_taken_from_the_code_that_had_it_in_one(self, store, camille):
        first, second = camille.add_code("Un", shortcut="1"), camille.add_code("Deux")
        camille.update_code(second, shortcut="1")
        assert [(code.name, code.shortcut) for code in camille.codebook] == [("Un", None), ("Deux", "1")]
        History(store, "Camille").undo()
        assert [(code.name, code.shortcut) for code in camille.codebook] == [("Un", "1"), ("Deux", None)]
        assert camille.add_code("Trois", shortcut="1").shortcut == "1"
        assert camille.code(first.id).shortcut is None
        assert camille.update_code("Trois", shortcut="").shortcut is None

    def test_refuses_the_name_of_another(self, camille):
        camille.add_code("Météo")
        other = camille.add_code("Temps")
        with pytest.raises(CodebookError):
            camille.update_code(other, name="METEO")
        assert camille.update_code("Météo", name="météo").name == "météo"

    def test_undo_never_gives_two_codes_one_name(self, store, camille, sacha):
        code = camille.add_code("Météo")
        camille.update_code(code, name="Temps")
        sacha.add_code("meteo")
        from qualikit.errors import UndoRefused

        with pytest.raises(UndoRefused):
            History(store, "Camille").undo()
        assert sorted(names(camille)) == ["Temps", "meteo"]


class TestMoving:
    @pytest.fixture
    def tree(self, camille):
        for name, parent in [("A", None), ("B", None), ("C", None), ("a", "A"), ("aa", "a")]:
            camille.add_code(name if name.isupper() else f"sous {name}", f"sous {parent}" if parent == "a" else parent)

    def test_among_siblings(self, store, camille, tree):
        camille.move_code("C", None, 0)
        assert names(camille) == ["C", "A", "sous a", "sous aa", "B"]
        camille.move_code("C", None, 99)
        assert names(camille) == ["A", "sous a", "sous aa", "B", "C"]
        History(store, "Camille").undo()
        assert names(camille) == ["C", "A", "sous a", "sous aa", "B"]

    def test_under_another_with_all_that_is_under_it(self, camille, tree):
        camille.move_code("A", "B")
        assert camille.codebook.path(camille.code("sous aa").id) == "B › A › sous a › sous aa"
        camille.move_code("sous a", None, 1)
        assert names(camille) == ["B", "A", "sous a", "sous aa", "C"]

    @pytest.mark.parametrize("under", ["A", "sous a", "sous aa"])
    def test_never_under_itself(self, camille, tree, under):
        with pytest.raises(CodebookError):
            camille.move_code("A", under)

    def test_where_it_is_already_is_no_event(self, store, camille, tree):
        before = store.revision()
        camille.move_code("B", None, 1)
        assert store.revision() == before

    def test_two_coders_undos_that_cross_leave_every_code_in_sight(self, store, camille, sacha):
        camille.add_code("P")
        camille.add_code("X", "P")
        camille.move_code("X")
        sacha.move_code("P", "X")
        History(store, "Camille").undo()
        assert sorted(names(camille)) == ["P", "X"]
        camille.move_code("P")
        assert [code.name for code in camille.codebook.roots()] == ["P"]


class TestRemoving:
    @pytest.fixture
    def used(self, store, camille, sacha, document):
        """A code with a child, codings of two coders, a memo, a synthesis and a chosen verbatim."""
        above, below = camille.add_code("Dysfonctionnements"), camille.add_code("Météo", "Dysfonctionnements")
        start = TEXT.index("pleut")
        mine = camille.add(document, start, start + 5, below)
        sacha.add(document, start, start + 5, below)
        sacha.add(document, start, start + 5, above)
        sacha.write_memo("pluie ou neige ?", coding=mine.id)
        with store.write("Sacha") as transaction:
            at = {"coder_id": transaction.coder_id, "created": now()}
            with transaction.event("synthesis", "synthèse écrite") as change:
                change.insert(
                    syntheses,
                    {
                        "id": new_id(),
                        "code_id": below.id,
                        "dimension": "territory",
                        "status": "draft",
                        "value": "Laval",
                        "text": "Il pleut.",
                        "updated": now(),
                        **at,
                    },
                )
                change.insert(verbatims, {"id": mine.id, **at})

    def test_is_previewed(self, camille, used):
        usage = camille.usage("Dysfonctionnements")
        assert (usage.codings, usage.by_coder, usage.documents) == (3, {"Camille": 1, "Sacha": 2}, 1)
        assert (usage.children, usage.memos, usage.others) == (1, 1, {"syntheses": 1, "verbatims": 1})
        alone = camille.usage("Dysfonctionnements", with_children=False)
        assert (alone.codings, alone.by_coder, alone.others) == (1, {"Sacha": 1}, {})

    def test_previews_nothing_of_a_document_that_was_taken_away_but_undo_brings_it_all(
        self, store, camille, used, document
    ):
        before = camille.usage("Dysfonctionnements")
        Corpus(store, "Camille").remove_document(document)
        usage = camille.usage("Dysfonctionnements")
        assert (usage.codings, usage.documents, usage.memos, usage.others) == (0, 0, 0, {"syntheses": 1})
        assert (camille.codings(), camille.usage_counts(), len(camille.to_frame()), camille.memos()) == ([], {}, 0, [])
        camille.remove_code("Dysfonctionnements", with_children=True)
        assert store.integrity() == []
        for _turn in range(2):
            History(store, "Camille").undo()
        assert camille.usage("Dysfonctionnements") == before

    def test_with_codes_under_it_only_when_asked(self, camille, used):
        with pytest.raises(CodebookError, match="Météo"):
            camille.remove_code("Dysfonctionnements")
        assert len(camille.codings()) == 3

    def test_takes_all_along_and_comes_back_in_one(self, store, camille, used):
        def everything():
            with store.read() as connection:
                rows = [connection.execute(sa.select(table)).all() for table in (codes, syntheses, verbatims)]
            return [sorted(map(str, some)) for some in rows], camille.codings(), camille.memos()

        before = everything()
        camille.remove_code("Dysfonctionnements", with_children=True)
        assert everything() == ([[], [], []], [], [])
        assert store.integrity() == []
        assert History(store, "Camille").undo().label == "code Dysfonctionnements supprimé"
        assert everything() == before

    def test_a_code_that_is_not_there(self, camille):
        with pytest.raises(NotFound):
            camille.remove_code("Météo")


class TestTheCache:
    def test_sees_what_a_colleague_does(self, camille, sacha):
        assert names(camille) == []
        code = sacha.add_code("Météo")
        assert names(camille) == ["Météo"]
        assert camille.codebook is camille.codebook
        sacha.remove_code(code)
        assert names(camille) == []
