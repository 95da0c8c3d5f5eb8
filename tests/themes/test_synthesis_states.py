"""How far a synthesis is: to do, draft, validated; what came after; what it was; two people in one cell."""

from __future__ import annotations

import pytest

from qualikit import Project
from qualikit.corpus import prose
from qualikit.errors import NotFound, SynthesisMoved, SynthesisRefused
from qualikit.history import History
from qualikit.themes import Themes
from qualikit.themes.model import TOTAL
from qualikit.themes.syntheses.board import Status
from qualikit.themes.syntheses.citations import mark
from qualikit.themes.syntheses.writing import DRAFT_MARK

CELL = ("Météo", "territory", "Aubagne")


@pytest.fixture
def coded(two_groups):
    two_groups.coding("FG Aubagne", "Quand il pleut personne ne vient.", "Météo")
    two_groups.coding("FG Laval", "Ici il fait froid", "Météo")
    two_groups.coding("FG Laval", "Le vélo tient bon.", "Matériel")
    return two_groups


def cell(world, name="Météo", column="Aubagne"):
    board = world.themes.synthesis_board()
    return board.cells[world.ids[name], column]


class DescribeValidation:
    def it_says_by_whom_and_is_undone_in_one(self, coded):
        coded.themes.set_synthesis(*CELL, "La pluie décide.")
        done = Themes(coded.store, "Sacha").validate_synthesis(*CELL)
        assert (done.status, done.validated_by, done.coder) == ("validated", "Sacha", "Camille")
        assert done.validated > done.updated
        history = History(coded.store, "Sacha")
        assert history.next()[0] == "synthèse validée\u00a0: Météo, Aubagne"
        history.undo()
        assert coded.themes.synthesis(*CELL).status == "draft"

    def it_is_a_draft_again_when_its_text_changes_or_somebody_says_so(self, coded):
        themes = coded.themes
        themes.set_synthesis(*CELL, "La pluie décide.")
        themes.validate_synthesis(*CELL)
        changed = themes.set_synthesis(*CELL, "La pluie décide souvent.")
        assert (changed.status, changed.validated, changed.validated_by) == ("draft", None, None)
        themes.validate_synthesis(*CELL)
        assert themes.validate_synthesis(*CELL, on=False).status == "draft"
        events = coded.store.revision()
        themes.validate_synthesis(*CELL, on=False)
        assert coded.store.revision() == events

    def it_refuses_what_is_not_written_what_is_still_proposed_and_what_is_no_longer_what_was_read(self, coded):
        themes = coded.themes
        with pytest.raises(NotFound):
            themes.validate_synthesis(*CELL)
        themes.set_synthesis(*CELL, f"{DRAFT_MARK} Proposé.\n\nLa pluie.")
        with pytest.raises(SynthesisRefused, match="brouillon"):
            themes.validate_synthesis(*CELL)
        themes.set_synthesis(*CELL, "La pluie.")
        with pytest.raises(SynthesisMoved, match="Camille"):
            Themes(coded.store, "Sacha").validate_synthesis(*CELL, text="Autre chose.")
        assert themes.synthesis(*CELL).status == "draft"

    def it_can_be_withdrawn_whatever_the_text_says(self, coded):
        themes = coded.themes
        themes.set_synthesis(*CELL, "La pluie.")
        themes.validate_synthesis(*CELL, text="La pluie. ")
        assert themes.synthesis(*CELL).status == "validated"


class DescribeBoard:
    def it_lists_every_cell_and_what_is_left_to_write(self, coded):
        board = coded.themes.synthesis_board()
        assert board.counts() == {Status.TODO: 3, Status.DRAFT: 0, Status.VALIDATED: 0}
        assert [(each.row.name, each.column.label) for each in board.left] == [
            ("Météo", "Aubagne"),
            ("Météo", "Laval"),
            ("Matériel", "Laval"),
        ]
        assert not board.cells[coded.ids["Freins"], "Aubagne"].wanted, "it only gathers other codes"
        coded.themes.set_synthesis(*CELL, "La pluie.")
        coded.themes.set_synthesis("Météo", "territory", TOTAL, "Partout.")
        coded.themes.validate_synthesis(*CELL)
        board = coded.themes.synthesis_board()
        assert board.counts() == {Status.TODO: 2, Status.DRAFT: 0, Status.VALIDATED: 1}
        assert board.cells[coded.ids["Météo"], TOTAL].status is Status.DRAFT

    def it_is_a_tidy_table_too(self, coded):
        coded.themes.set_synthesis(*CELL, "La pluie.")
        records = {(each["code"], each["column"]): each for each in coded.themes.synthesis_board().to_records()}
        mine = records["Météo", "Aubagne"]
        assert (mine["status"], mine["people"], mine["people_total"], mine["coder"]) == ("draft", 1, 2, "Camille")
        assert ("Lien social", "Laval") not in records

    def it_is_empty_where_nothing_is_coded(self, two_groups):
        board = two_groups.themes.synthesis_board()
        assert (board.wanted, board.left, board.moved, list(board.to_records())) == ([], [], [], [])


class DescribeWhatCameAfterValidation:
    @pytest.fixture
    def validated(self, coded):
        coded.themes.set_synthesis(*CELL, "La pluie.")
        coded.themes.validate_synthesis(*CELL)
        return coded

    def it_flags_passages_coded_since_in_that_cell_only(self, validated):
        assert cell(validated).later == ()
        new = validated.coding("FG Aubagne", "La pluie encore la pluie.", "Météo", coder="Sacha")
        validated.coding("FG Laval", "on vient", "Météo")
        assert cell(validated).later == (new,)
        assert [each.column.label for each in validated.themes.synthesis_board().moved] == ["Aubagne"]
        validated.themes.validate_synthesis(*CELL, on=False)
        validated.themes.validate_synthesis(*CELL)
        assert cell(validated).later == ()

    def it_flags_an_old_coding_that_comes_from_another_code(self, coded):
        old = coded.coding("FG Aubagne", "Le vélo est en panne", "Matériel")
        coded.themes.set_synthesis(*CELL, "La pluie.")
        coded.themes.validate_synthesis(*CELL)
        project = Project(coded.store, "Camille")
        project.coding.merge_codes(["Matériel"], "Météo")
        assert cell(coded).later == (old,)
        project.history.undo()
        assert cell(coded).later == ()

    def it_flags_a_citation_whose_passage_is_gone(self, validated):
        new = validated.coding("FG Aubagne", "La pluie encore la pluie.", "Météo")
        validated.themes.set_synthesis(*CELL, f"La pluie {mark(new)}.")
        validated.themes.validate_synthesis(*CELL)
        assert validated.themes.synthesis_board().moved == []
        Project(validated.store, "Camille").coding.remove(new)
        (moved,) = validated.themes.synthesis_board().moved
        assert moved.synthesis.broken == 1


class DescribeHistory:
    def it_says_who_wrote_what_and_brings_one_back(self, coded):
        themes, sacha = coded.themes, Themes(coded.store, "Sacha")
        themes.set_synthesis(*CELL, "Un.")
        themes.set_synthesis(*CELL, "Un, deux.")  # one sitting: one version
        sacha.set_synthesis(*CELL, "Trois.")
        sacha.validate_synthesis(*CELL)
        sacha.set_synthesis(*CELL, "")
        found = themes.synthesis_history(*CELL).versions
        assert [(each.coder, each.text, each.status) for each in found] == [
            ("Sacha", "", "draft"),
            ("Sacha", "Trois.", "validated"),
            ("Sacha", "Trois.", "draft"),
            ("Camille", "Un, deux.", "draft"),
        ]
        back = themes.bring_back_synthesis(*CELL, found[-1].seq)
        assert (back.text, back.coder) == ("Un, deux.", "Camille")
        History(coded.store, "Camille").undo()
        assert themes.synthesis(*CELL) is None
        with pytest.raises(NotFound, match="numéro 1"):
            themes.bring_back_synthesis(*CELL, 1)

    def it_follows_the_cell_when_codes_are_merged_and_knows_only_its_own(self, coded):
        themes, project = coded.themes, Project(coded.store, "Camille")
        themes.set_synthesis("Matériel", "territory", "Laval", "Le vélo tient.")
        themes.set_synthesis("Météo", "territory", "Laval", "Il fait froid.")
        project.coding.merge_codes(["Matériel"], "Météo")
        found = themes.synthesis_history("Météo", "territory", "Laval").versions
        assert [each.text for each in found] == ["Il fait froid.\n\nLe vélo tient.", "Il fait froid."]
        assert themes.synthesis_history("Météo", "territory", "Aubagne").versions == ()

    def it_does_not_show_what_was_written_before_names_were_replaced(self, coded):
        themes = coded.themes
        themes.set_synthesis(*CELL, "Mme Roux le dit.")
        with (
            coded.store.write("Camille") as transaction,
            transaction.event("pseudonyms.apply", "noms remplacés") as change,
        ):
            prose.rewrite(change, lambda text: text.replace("Mme Roux", "Mme Pin"))
        found = themes.synthesis_history(*CELL)
        assert [each.text for each in found.versions] == ["Mme Pin le dit."]
        assert found.hidden == 1


class DescribeTwoPeopleInOneCell:
    def it_replaces_nothing_keeps_what_the_second_wrote_and_tells_them(self, coded):
        first, second = coded.themes, Themes(coded.store, "Sacha")
        first.set_synthesis(*CELL, "Ce que Camille écrit.", instead_of="")
        with pytest.raises(SynthesisMoved, match="Camille a écrit dans cette case"):
            second.set_synthesis(*CELL, "Ce que Sacha écrit.", instead_of="")
        assert first.synthesis(*CELL).text == "Ce que Camille écrit."
        assert second.synthesis_aside(*CELL) == "Ce que Sacha écrit."
        assert first.synthesis_aside(*CELL) == ""
        second.set_synthesis(*CELL, "Les deux.", instead_of="Ce que Camille écrit.")
        second.keep_synthesis_aside(*CELL, "")
        assert second.synthesis_aside(*CELL) == ""

    def it_tells_when_the_text_was_taken_away_and_lets_through_what_is_the_same(self, coded):
        first, second = coded.themes, Themes(coded.store, "Sacha")
        first.set_synthesis(*CELL, "Un.")
        first.set_synthesis(*CELL, "")
        with pytest.raises(SynthesisMoved, match="retiré"):
            second.set_synthesis(*CELL, "Un, deux.", instead_of="Un.")
        first.set_synthesis(*CELL, "Un, deux.")
        assert second.set_synthesis(*CELL, "Un, deux.", instead_of="Un.").coder == "Camille"
