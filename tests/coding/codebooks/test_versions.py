"""Versions of the codebook: kept, compared word by word, brought back without losing a coding; who changed what and why."""

from __future__ import annotations

import pytest

from qualikit.coding.codebooks import load_codebook
from qualikit.coding.codebooks.comparing import Deed
from qualikit.errors import CodebookError, NotFound, UndoRefused
from qualikit.history import History
from tests.coding.conftest import TEXT


@pytest.fixture
def grown(camille):
    """A codebook that has a version, and that moved on since."""
    camille.add_code("Impacts", definition="Ce qui change pour les gens.", shortcut="1")
    camille.add_code("Autonomie", "Impacts", definition="Faire seul.")
    camille.add_code("Météo")
    camille.save_version("Après le pilote", "Relue à deux")
    camille.update_code("Impacts", name="Effets", definition="Ce qui change pour les habitants.", shortcut=None)
    camille.add_code("Freins", shortcut="1")
    camille.move_code("Autonomie", "Freins")
    return camille


def shape(codings):
    book = codings.codebook
    return [(book.path(code.id), code.active) for code in book]


class TestKeeping:
    def test_a_version_has_a_number_a_name_and_why(self, grown):
        grown.save_version()
        assert [(v.number, v.name, v.note, v.coder) for v in grown.versions()] == [
            (1, "Après le pilote", "Relue à deux", "Camille"),
            (2, "Version 2", "", "Camille"),
        ]
        assert grown.version("apres le PILOTE").number == grown.version("1").number == 1

    def test_an_empty_codebook_is_none(self, camille):
        with pytest.raises(CodebookError, match="vide"):
            camille.save_version("Rien")

    def test_one_that_is_not_there(self, grown):
        with pytest.raises(NotFound, match="Après le pilote"):
            grown.version("Finale")

    def test_it_is_undone_like_anything_else(self, grown, store):
        grown.save_version("Deux")
        History(store, "Camille").undo()
        assert len(grown.versions()) == 1

    def test_it_is_written_as_it_was(self, grown, tmp_path):
        grown.export_version(1, tmp_path / "v1.xlsx")
        book = load_codebook(tmp_path / "v1.xlsx")
        assert [book.path(code.id) for code in book] == ["Impacts", "Impacts › Autonomie", "Météo"]


class TestComparing:
    def test_each_code_with_what_happened_to_it(self, grown):
        made = {change.name: change for change in grown.compare(1)}
        assert set(made) == {"Effets", "Freins", "Autonomie"}
        assert made["Effets"].deeds == (Deed.RENAMED, Deed.REDEFINED, Deed.RESTYLED)
        assert made["Freins"].deeds == (Deed.ADDED,)
        assert made["Autonomie"].field("parent_id").after == "Freins"
        assert made["Effets"].field("definition").pieces == [
            ("same", "Ce qui change pour les "), ("out", "gens"), ("in", "habitants"), ("same", "."),
        ]  # fmt: skip

    def test_a_code_is_retired_or_removed(self, grown):
        grown.retire_code("Météo")
        grown.remove_code("Autonomie")
        made = {change.name: change.deeds for change in grown.compare(1)}
        assert (made["Météo"], made["Autonomie"]) == ((Deed.RETIRED,), (Deed.REMOVED,))

    def test_of_siblings_as_few_as_can_be_changed_rank(self, camille):
        for name in "ABCD":
            camille.add_code(name)
        camille.save_version()
        camille.move_code("D", None, 0)
        assert [(change.name, change.deeds) for change in camille.compare(1)] == [("D", (Deed.REORDERED,))]


class TestGoingBack:
    def test_names_places_and_definitions_come_back_and_later_codes_stay(self, grown):
        plan = grown.foresee_restoration(1)
        assert plan.later == ("Freins",)
        assert grown.restore_version(1).changes == plan.changes
        assert shape(grown) == [("Impacts", True), ("Impacts › Autonomie", True), ("Météo", True), ("Freins", True)]
        assert (grown.code("Impacts").shortcut, grown.code("Freins").shortcut) == ("1", None)
        assert {change.name for change in grown.compare(1)} == {"Freins"}

    def test_no_coding_goes(self, grown, document):
        start = TEXT.index("Quand il pleut")
        coding = grown.add(document, start, start + 14, "Freins")
        grown.restore_version(1, retire=True)
        assert grown.coding(coding.id).code_id == grown.code("Freins").id
        assert not grown.code("Freins").active

    def test_a_code_in_use_does_not_come_to_hang_on_one_that_was_retired(self, camille):
        camille.add_code("Temps")
        camille.retire_code(camille.add_code("Météo", parent="Temps"))
        camille.save_version()
        camille.restore_code("Météo")
        camille.add_code("Pluie", parent="Météo")
        camille.restore_version(1)
        book = camille.codebook
        assert [(book.path(code.id), code.active) for code in book] == [
            ("Temps", True), ("Temps › Météo", False), ("Temps › Pluie", True),
        ]  # fmt: skip

    def test_two_names_that_were_traded_are_traded_back_undone_and_redone(self, camille, store):
        camille.add_code("A")
        camille.add_code("B")
        camille.save_version()
        camille.update_code("A", name="C")
        camille.update_code("B", name="A")
        camille.update_code("C", name="B")
        before = camille.codebook
        camille.restore_version(1)
        after = camille.codebook
        assert camille.compare(1) == ()
        history = History(store, "Camille")
        history.undo()
        assert camille.codebook == before
        history.redo()
        assert camille.codebook == after

    def test_a_code_removed_and_made_again_keeps_what_was_coded_since(self, grown, document):
        grown.remove_code("Météo")
        again = grown.add_code("météo", definition="Pluie.")
        start = TEXT.index("Quand il pleut")
        grown.add(document, start, start + 14, again)
        grown.restore_version(1)
        assert grown.code("Météo").id == again.id
        assert len(grown.codings(code="Météo")) == 1

    def test_a_removed_code_comes_back_and_a_namesake_is_told_apart(self, grown):
        grown.add_code("Impacts")
        grown.remove_code("Météo")
        plan = grown.restore_version(1)
        assert plan.returning == ("Météo",)
        assert {code.name for code in grown.codebook} == {"Impacts", "Impacts (2)", "Autonomie", "Météo", "Freins"}

    def test_nothing_to_do_is_said_and_is_no_event(self, grown, store):
        grown.save_version("Deux")
        before = store.revision()
        assert "rien ne change" in grown.restore_version(2).sentences()[0]
        assert store.revision() == before

    def test_it_is_not_undone_over_a_colleague_s_change(self, grown, sacha, store):
        grown.restore_version(1)
        sacha.update_code("Impacts", definition="Autre chose.")
        with pytest.raises(UndoRefused):
            History(store, "Camille").undo()


class TestTheLog:
    def test_who_did_what_the_latest_first(self, grown, sacha):
        sacha.update_code("Freins", keywords=["pluie", "vent"])
        log = grown.codebook_log()
        assert [(c.coder, c.label) for c in log[:2]] == [
            ("Sacha", "code Freins modifié"), ("Camille", "code Autonomie déplacé"),
        ]  # fmt: skip
        assert log[0].codes[0].field("keywords").after == "pluie, vent"
        assert log[1].codes[0].field("parent_id").before == "Effets"
        assert {c.coder for c in grown.codebook_log(coder="Sacha")} == {"Sacha"}
        assert len(grown.codebook_log(code="Météo")) == 1

    def test_what_was_undone_and_redone_is_said(self, grown, store):
        History(store, "Camille").undo()
        assert grown.codebook_log()[0].undone
        History(store, "Camille").redo()
        assert not grown.codebook_log()[0].undone

    def test_a_code_made_from_selected_words_is_in_it(self, camille, document, op):
        camille.apply(document, [op("new_code", "La météo", name="La météo")])
        assert [change.codes[0].name for change in camille.codebook_log()] == ["La météo"]

    def test_why_is_written_changed_and_taken_away(self, grown, sacha):
        seq = grown.codebook_log()[0].seq
        sacha.note_change(seq, "  Vu en équipe\u00a0! ")
        assert grown.codebook_log()[0].note == "Vu en équipe\u00a0!"
        grown.note_change(seq, "Vu à trois")
        assert grown.codebook_log()[0].note == "Vu à trois"
        grown.note_change(seq, "")
        assert grown.codebook_log()[0].note == ""
        with pytest.raises(NotFound):
            grown.note_change(9_999, "rien")
