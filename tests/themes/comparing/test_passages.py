"""What groups say, side by side: what all say, what one says, where they contradict each other."""

from __future__ import annotations

import pytest

from qualikit.coding.model import Position
from qualikit.corpus.tables import participants
from qualikit.store import new_id, now
from qualikit.themes.tables import positions
from tests.themes.comparing.test_codes import as_position


@pytest.fixture
def standing(sides):
    """Two codes of position beside the themes."""
    sides.code("Positions")
    for name, value in (("Pour", "agreement"), ("Contre", "disagreement")):
        sides.code(name, "Positions")
        as_position(sides, name, value)
    return sides


def compared(world, **asked):
    return world.themes.compare(groups=["Aubagne", "Laval"], what="passages", **asked)


class DescribePassagesFaceToFace:
    def it_says_what_both_say_and_what_only_one_says(self, sides):
        sides.code("Prix")
        sides.coding("Entretien L4", "le jeudi", "Prix")
        made = compared(sides)
        assert [(theme.row.name, theme.share) for theme in made.themes] == [
            ("Météo", "all"),
            ("Jours", "all"),
            ("Prix", "one"),
        ]
        prices = made.theme("Prix")
        assert [(side.people, side.people_total, side.passages) for side in prices.sides] == [(0, 6, 0), (1, 6, 1)]
        assert "Codé ici : Laval ; pas là : Aubagne" in made.said(prices).replace("\u00a0", " ")

    def it_quotes_two_people_of_each_side_and_those_that_were_chosen(self, sides):
        weather = compared(sides).theme("Météo")
        assert [len(side.quotes) for side in weather.sides] == [2, 1]
        assert len({quote.passage.speaker for quote in weather.sides[0].quotes}) == 2
        chosen = compared(sides).theme("Météo").sides[0].quotes[0].passage
        sides.themes.choose_verbatim(chosen.coding_id)
        assert compared(sides).theme("Météo").sides[0].quotes[0].chosen

    def it_shows_where_they_contradict_each_other(self, standing):
        for number in (1, 2):
            standing.coding(f"Entretien A{number}", "La pluie gêne", "Pour")
        standing.coding("Entretien L1", "La pluie gêne", "Contre")
        theme = compared(standing).theme("Météo")
        assert theme.share == "contradicted"
        assert [(side.agree, side.disagree, side.torn) for side in theme.sides] == [(2, 0, 0), (0, 1, 0)]
        assert theme.sides[0].stance is Position.AGREEMENT
        assert theme.sides[0].quotes[0].stance is Position.AGREEMENT
        assert theme.sides[0].positions_said.replace("\u00a0", " ") == "2 en accord, sur 6 personnes"

    def it_takes_silence_for_silence_and_whoever_holds_both_for_torn(self, standing):
        standing.coding("Entretien A1", "La pluie gêne", "Pour")
        standing.coding("Entretien A1", "pluie gêne", "Contre")
        side = compared(standing).theme("Météo").sides[0]
        assert (side.agree, side.disagree, side.torn, side.answered, side.people) == (0, 0, 1, 1, 6)
        assert side.stance is None

    def it_reads_positions_in_the_turn_of_the_theme_only(self, standing):
        standing.coding("Entretien A1", "le mardi", "Pour")  # another turn than the weather's
        made = compared(standing)
        assert made.theme("Météo").sides[0].answered == 0
        assert made.theme("Jours").sides[0].agree == 1

    def it_reads_positions_that_were_set_on_a_passage(self, standing):
        coding = standing.coding("Entretien L2", "La pluie gêne", "Météo")
        standing.insert(
            positions,
            {
                "id": new_id(),
                "coding_id": coding,
                "participant_id": standing.ids["L2"],
                "value": "disagreement",
                "strong": False,
                "coder_id": coder_id(standing),
                "created": now(),
            },
        )
        assert compared(standing).theme("Météo").sides[1].disagree == 1

    def it_does_not_take_a_moderator_s_question_for_what_a_group_says(self, sides):
        sides.code("Prix")
        sides.coding("Entretien L4", "Et la pluie ?", "Prix")
        sides.coding("Entretien A4", "le mardi", "Prix")
        prices = compared(sides).theme("Prix")
        assert (prices.share, [side.sessions for side in prices.sides]) == ("one", [1, 0])

    def it_tells_how_each_stands_of_a_passage_that_both_groups_speak_in(self, standing):
        standing.document("Entretien croisé", [("A1", "Le prix va."), ("L1", "Non, pas du tout.")], source="interview")
        for name, place in (("A1", "Aubagne"), ("L1", "Laval")):
            with standing.store.write("Camille") as transaction, transaction.event("test", "x") as change:
                change.update(participants, standing.ids[name], attributes={"territory": place})
        standing.code("Prix")
        standing.coding("Entretien croisé", "Le prix va.\nL1 : Non, pas du tout", "Prix")
        standing.coding("Entretien croisé", "Le prix va", "Pour")
        standing.coding("Entretien croisé", "Non, pas du tout", "Contre")
        theme = compared(standing).theme("Prix")
        assert [side.quotes[0].stance for side in theme.sides] == [Position.AGREEMENT, Position.DISAGREEMENT]

    def it_says_that_contradictions_cannot_be_looked_for_without_positions(self, sides):
        assert any("ne peuvent pas être cherchées" in note for note in compared(sides).notes)

    def it_shows_what_nobody_counted_says(self, sides):
        sides.document("Note", [(None, "Il pleut sur la place.")], territory="Laval", source="observation")
        sides.code("Lieux")
        sides.coding("Note", "sur la place", "Lieux")
        side = compared(sides).theme("Lieux").sides[1]
        assert (side.people, side.sessions, side.passages, len(side.quotes)) == (0, 1, 1, 1)

    def it_is_a_table_and_empty_where_nothing_is_coded(self, sides, new_world):
        frame = compared(sides).to_frame()
        assert set(frame.code) == {"Météo", "Jours"}
        assert (frame[frame.code == "Météo"].quote != "").all()
        nothing = new_world().themes.compare(what="passages")
        assert nothing.is_empty
        assert nothing.to_frame().empty


def coder_id(world):
    with world.store.write("Camille") as transaction:
        return transaction.coder_id
