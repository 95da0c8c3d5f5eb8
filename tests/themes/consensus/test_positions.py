"""What a participant holds: from codings of positions, in the order of the text, or from a hand."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from qualikit.errors import CodingRefused, NotFound
from qualikit.history import History
from qualikit.themes.consensus.model import Held, Side
from qualikit.themes.tables import positions


def letters(world, *documents, **asked):
    grid = world.themes.consensus(*documents, **asked)
    [group] = grid.groups
    return {
        row.name: {person.name: grid.cell(row, person, group).letter for person in group.participants}
        for row in grid.rows
    }


def both(world, quote, theme, position, coder="Camille"):
    return world.coding("FG Aubagne", quote, theme, coder), world.coding("FG Aubagne", quote, position, coder)


def plain(text):
    return text.replace("\u00a0", " ")


class DescribeWhatIsRead:
    def it_reads_the_positions_that_share_words_with_a_theme(self, held):
        assert letters(held, nested=False) == {
            "Lieux": {"M. Diallo": "D", "M. Muet": "NR", "M. Petit": "D→A", "Mme Le Gall": "N", "Mme Roux": "A"},
            "Horaires": {"M. Diallo": "A", "M. Muet": "NR", "M. Petit": "NR", "Mme Le Gall": "NR", "Mme Roux": "NR"},
        }

    def it_counts_one_who_changed_among_the_torn_and_shows_the_order_of_the_text(self, held):
        cell = held.themes.consensus().cell("Lieux", "M. Petit")
        assert (cell.value, cell.side, cell.path) == (Held.TORN, Side.TORN, (Held.DISAGREES, Held.AGREES))
        assert [support.turn for support in cell.supports] == [5, 8]
        assert [support.quote for support in cell.supports] == [
            "Le marché, non",
            "Pour le marché, finalement, vous avez raison",
        ]

    def it_takes_a_position_of_the_same_turn_only_where_none_shares_words(self, group):
        both(group, "Non, le marché c'est bruyant", "Lieux", "Désaccord")
        group.coding("FG Aubagne", "Les horaires, oui", "Horaires")
        group.coding("FG Aubagne", "ça me va", "Accord")  # touches no theme: bears on those of its turn
        found = letters(group, nested=False)
        assert found["Horaires"]["M. Diallo"] == "A"
        assert found["Lieux"]["M. Diallo"] == "D→A"
        both(group, "Le matin c'est trop tôt", "Horaires", "Désaccord")
        assert letters(group, nested=False)["Lieux"]["M. Diallo"] == "D→A"

    def it_leaves_positions_without_a_theme_out_and_says_so(self, group):
        both(group, "Le marché c'est parfait", "Lieux", "Accord")
        lost = group.coding("FG Aubagne", "Pas d'accord", "Désaccord")
        grid = group.themes.consensus()
        assert grid.unplaced == {group.ids["FG Aubagne"]: (lost,)}
        assert grid.tally("Lieux").disagree == 0
        assert [passage.quote for passage in group.themes.passages_of([lost])] == ["Pas d'accord"]

    def it_gives_a_shared_passage_to_each_of_those_who_speak_in_it_and_says_so(self, group):
        text = group.texts["FG Aubagne"]
        span = (text.index("Le marché c'est parfait"), text.index("bruyant") + 7)
        group.coding("FG Aubagne", span, "Lieux")
        group.coding("FG Aubagne", span, "Accord")
        grid = group.themes.consensus()
        for name in ("Mme Roux", "M. Diallo"):
            cell = grid.cell("Lieux", name)
            assert cell.letter == "A"
            assert cell.supports[0].shared
            assert cell.to_check
        assert grid.cell("Lieux", "M. Diallo").supports[0].quote == "Non, le marché c'est bruyant"
        assert "M. Diallo" not in grid.cell("Lieux", "Mme Roux").supports[0].quote

    def it_never_counts_what_a_moderator_says(self, group):
        group.coding("FG Aubagne", "Et le marché, c'est bien placé ?", "Lieux")
        group.coding("FG Aubagne", "Et le marché, c'est bien placé ?", "Accord")
        grid = group.themes.consensus(codes=["Lieux"])
        assert [person.name for person in grid.group().participants] == [
            "M. Diallo", "M. Muet", "M. Petit", "Mme Le Gall", "Mme Roux",
        ]  # fmt: skip
        assert (grid.tally("Lieux").answered, grid.tally("Lieux").present) == (0, 5)
        assert grid.is_empty

    def it_keeps_each_coder_to_their_own_themes(self, group):
        both(group, "Le marché c'est parfait", "Lieux", "Accord", coder="Camille")
        group.coding("FG Aubagne", "Le marché c'est parfait", "Horaires", "Sacha")
        found = letters(group, nested=False)
        assert found["Lieux"]["Mme Roux"] == "A"
        assert found["Horaires"]["Mme Roux"] == "NR"

    def it_lets_one_code_the_themes_and_another_the_positions(self, group):
        group.coding("FG Aubagne", "Le marché c'est parfait", "Lieux", "Sacha")
        group.coding("FG Aubagne", "Le marché c'est parfait", "Accord", "Camille")
        assert letters(group)["Lieux"]["Mme Roux"] == "A"
        assert letters(group, coder="Sacha")["Lieux"]["Mme Roux"] == "NR"

    def it_says_where_coders_read_another_position_in_the_same_words(self, group):
        both(group, "Le marché c'est parfait", "Lieux", "Accord", coder="Camille")
        both(group, "Le marché c'est parfait", "Lieux", "Désaccord", coder="Sacha")
        cell = group.themes.consensus().cell("Lieux", "Mme Roux")
        assert (cell.value, cell.changed, cell.disputed, cell.to_check) == (Held.TORN, False, True, True)
        assert len(cell.supports) == 1
        assert cell.supports[0].coders == ("Camille", "Sacha")

    def it_marks_the_stronger_form_by_a_code_under_another_of_the_same_side(self, group):
        group.code("Accord avec exemple", parent="Accord", position="agreement")
        group.code("Accord réservé", parent="Accord", position="nuance")
        both(group, "Le marché c'est parfait", "Lieux", "Accord avec exemple")
        both(group, "Ça dépend des jours", "Lieux", "Accord réservé")
        found = letters(group, nested=False)["Lieux"]
        assert (found["Mme Roux"], found["Mme Le Gall"]) == ("SE", "N")

    def it_still_reads_retired_codes(self, held):
        from qualikit.coding.tables import codes

        with held.store.write("Camille") as transaction, transaction.event("test", "retiré") as change:
            for name in ("Accord", "Lieux"):
                change.update(codes, held.ids[name], active=False)
        assert letters(held, nested=False)["Lieux"]["Mme Roux"] == "A"

    def it_counts_a_passage_of_a_family_once(self, held):
        held.coding("FG Aubagne", "Le marché c'est parfait", "Service")
        family = held.themes.consensus().cell("Service", "Mme Roux")
        assert (len(family.supports), len(family.stances)) == (1, 1)
        assert held.themes.consensus().tally("Service").present == 5
        assert held.themes.consensus().cell("Service", "M. Diallo").letter == "A/D"  # two themes, no change of mind


class DescribeAHand:
    def it_says_what_is_held_where_nothing_is_coded(self, group):
        coding = group.coding("FG Aubagne", "Le matin c'est trop tôt", "Horaires")
        before = group.themes.consensus().cell("Horaires", "M. Diallo")
        assert (before.letter, before.speaks, before.to_check) == ("NR", True, True)
        group.themes.set_position(coding, "M. Diallo", "disagreement", strong=True)
        cell = group.themes.consensus().cell("Horaires", "M. Diallo")
        assert (cell.letter, cell.to_check, cell.supports[0].by_hand) == ("SD", False, True)

    def it_wins_over_what_is_coded_and_gives_way_when_taken_back(self, held):
        [support] = held.themes.consensus().cell("Lieux", "Mme Roux").supports
        held.themes.set_position(support.coding_ids, "Mme Roux", "nuance", strong=True)
        cell = held.themes.consensus().cell("Lieux", "Mme Roux")
        assert (cell.letter, cell.stances[0].strong) == ("N", False)  # a nuance has no stronger form
        held.themes.set_position(support.coding_ids, "Mme Roux", None)
        assert held.themes.consensus().cell("Lieux", "Mme Roux").letter == "NR"
        held.themes.remove_position(support.coding_ids, "Mme Roux")
        assert held.themes.consensus().cell("Lieux", "Mme Roux").letter == "A"

    def it_tells_apart_those_who_share_a_passage(self, group):
        text = group.texts["FG Aubagne"]
        span = (text.index("Le marché c'est parfait"), text.index("bruyant") + 7)
        theme = group.coding("FG Aubagne", span, "Lieux")
        group.coding("FG Aubagne", span, "Accord")
        group.themes.set_position(theme, "M. Diallo", "disagreement")
        found = letters(group, nested=False)["Lieux"]
        assert (found["Mme Roux"], found["M. Diallo"]) == ("A", "D")

    def it_puts_a_coding_of_a_position_right_wherever_it_bears(self, held):
        [stance] = held.themes.consensus().cell("Lieux", "Mme Roux").stances
        held.themes.set_position(stance.coding_id, "Mme Roux", "agreement", strong=True)
        grid = held.themes.consensus()
        assert grid.cell("Lieux", "Mme Roux").letter == "SE"
        assert grid.cell("Service", "Mme Roux").letter == "SE"

    def it_is_one_event_with_its_label_and_undo_takes_it_back(self, held):
        themes, history = held.themes, History(held.store, "Camille")
        [support] = themes.consensus().cell("Lieux", "Mme Roux").supports
        themes.set_position(support.coding_ids, "Mme Roux", "disagreement")
        assert plain(history.next()[0]) == "position : Mme Roux, Lieux : désaccord"
        events = held.store.revision()
        themes.set_position(support.coding_ids, "Mme Roux", "disagreement")
        assert held.store.revision() == events
        history.undo()
        assert themes.consensus().cell("Lieux", "Mme Roux").letter == "A"
        history.redo()
        assert themes.consensus().cell("Lieux", "Mme Roux").letter == "D"
        themes.remove_position(support.coding_ids, "Mme Roux")
        assert plain(history.next()[0]) == "position retirée : Mme Roux, Lieux"

    def it_refuses_what_cannot_be(self, held):
        themes = held.themes
        coding = themes.consensus().cell("Lieux", "Mme Roux").supports[0].coding_ids
        with pytest.raises(CodingRefused, match="aucune parole"):
            themes.set_position(coding, "M. Diallo", "agreement")
        with pytest.raises(NotFound, match="Inconnue"):
            themes.set_position(coding, "Inconnue", "agreement")
        with pytest.raises(NotFound, match="plus dans le projet"):
            themes.set_position("ffffffff", "Mme Roux", "agreement")
        with pytest.raises(CodingRefused, match="agreement"):
            themes.set_position(coding, "Mme Roux", "peut-être")
        asked = held.coding("FG Aubagne", "Et les horaires du matin ?", "Horaires")
        with pytest.raises(CodingRefused, match="animation"):
            themes.set_position(asked, "Animatrice", "agreement")

    def it_goes_with_its_coding_and_comes_back_with_it(self, held):
        from qualikit.coding import Codings

        coding = held.coding("FG Aubagne", "Le matin c'est trop tôt", "Horaires")
        held.themes.set_position(coding, "M. Diallo", "disagreement")
        Codings(held.store, "Camille").remove(coding)
        with held.store.read() as connection:
            assert connection.execute(sa.select(sa.func.count()).select_from(positions)).scalar() == 0
        History(held.store, "Camille").undo()
        assert held.themes.consensus(nested=False).cell("Horaires", "M. Diallo").letter == "A→D"


def test_what_was_set_by_hand_goes_with_who_is_told_apart(held):
    from qualikit.project import Project

    held.document("Entretien", [("Mme Roux", "Le marché, non.")], territory="Aubagne", source="interview")
    coding = held.coding("Entretien", "Le marché, non", "Lieux")
    held.themes.set_position(coding, "Mme Roux", "disagreement", strong=True)
    held.themes.correct_cell("Entretien", "Horaires", "Mme Roux", "A", "dit après coup")
    with Project.open(held.store.path, coder="Camille") as project:
        project.corpus.people.split("Mme Roux", "Entretien", name="Mme Roux bis")
        grid = project.themes.consensus("Entretien", nested=False, codes=["Lieux", "Horaires"])
        assert [grid.cell(code, "Mme Roux bis").letter for code in ("Lieux", "Horaires")] == ["SD", "A"]
        assert project.themes.consensus("FG Aubagne").cell("Lieux", "Mme Roux").letter == "A"
        project.history.undo()
        assert project.themes.consensus("Entretien", nested=False).cell("Lieux", "Mme Roux").letter == "SD"
