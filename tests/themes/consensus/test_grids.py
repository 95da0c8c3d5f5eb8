"""Grids: counted by hand, put right by hand, set side by side, question by question."""

from __future__ import annotations

import math

import pytest

from qualikit.coding import Codings
from qualikit.errors import MatrixError, NotFound
from qualikit.history import History
from qualikit.project import Project
from qualikit.text import Span
from qualikit.themes.consensus.model import Held, Side
from qualikit.themes.consensus.quoting import quotations
from qualikit.themes.consensus.tally import Tally, Verdict
from qualikit.themes.consensus.wording import correction_sentence
from qualikit.themes.statistics.agreement import agreement, consensus
from tests.themes.consensus.conftest import both


def plain(text):
    return text.replace("\u00a0", " ")


class DescribeWhatWasSeen:
    def it_is_what_is_confirmed_in_a_flat_grid(self, held):
        both(held, "Le matin c'est trop tôt", "Service", "Désaccord")  # elsewhere, under it, he disagrees and agrees
        flat = held.themes.consensus(nested=False).cell("Service", "M. Diallo")
        assert flat.derived is not held.themes.consensus().cell("Service", "M. Diallo").derived
        held.themes.correct_cell("FG Aubagne", "Service", "M. Diallo", flat.derived, seen=flat.derived)
        cell = held.themes.consensus().cell("Service", "M. Diallo")
        assert plain(correction_sentence(cell)).startswith("confirmé par Camille : ")
        with pytest.raises(MatrixError, match="dire pourquoi"):
            held.themes.correct_cell("FG Aubagne", "Service", "M. Diallo", "NR", seen=flat.derived)


class DescribeATally:
    def it_counts_people_out_of_those_present(self, held):
        count = held.themes.consensus(nested=False).tally("Lieux")
        assert (count.agree, count.torn, count.disagree, count.silent, count.present) == (1, 2, 1, 1, 5)
        assert (count.answered, count.majority, count.majority_size) == (4, Side.TORN, 2)
        low, high = count.interval
        # Clopper and Pearson, 2 of 4: 6.8 to 93.2 %.
        assert (round(low, 3), round(high, 3)) == (0.068, 0.932)

    def it_keeps_the_index_for_five_who_answered(self):
        four, five = Tally(4, 0, 0, 2), Tally(4, 0, 1, 2)
        assert (four.consensus, four.agreement) == (None, None)
        assert math.isclose(five.consensus, consensus((1, 0, 4)))
        assert math.isclose(five.agreement, agreement((1, 0, 4)))

    def it_gives_the_published_interval_of_eight_of_eight(self):
        low, high = Tally(8, 0, 0, 0).interval
        assert (round(low, 2), high) == (0.63, 1.0)

    @pytest.mark.parametrize(
        ("tally", "verdict", "leaning"),
        [
            (Tally(0, 0, 0, 5), Verdict.NOBODY, None),
            (Tally(1, 0, 0, 5), Verdict.ALONE, None),
            (Tally(2, 0, 0, 0), Verdict.UNANIMOUS, Side.AGREE),
            (Tally(0, 0, 3, 9), Verdict.UNANIMOUS, Side.DISAGREE),
            (Tally(3, 1, 1, 0), Verdict.MAJORITY, Side.AGREE),
            (Tally(2, 1, 1, 0), Verdict.DIVIDED, None),
            (Tally(0, 3, 0, 0), Verdict.DIVIDED, None),
        ],
    )
    def it_says_how_the_group_stands(self, tally, verdict, leaning):
        assert (tally.verdict, tally.leaning) == (verdict, leaning)

    def it_has_no_majority_where_two_sides_are_as_many(self):
        assert Tally(2, 0, 2, 0).majority is None
        assert Tally(0, 0, 0, 3).interval is None

    def it_never_takes_silence_for_agreement(self, held):
        held.coding("FG Aubagne", "Il fait froid", "Horaires")
        count = held.themes.consensus(nested=False).tally("Horaires")
        assert (count.agree, count.silent, count.speaking) == (1, 4, 1)


class DescribeACorrection:
    def it_shows_the_hand_with_its_reason_and_keeps_what_the_passages_say(self, held):
        themes = held.themes
        themes.correct_cell("FG Aubagne", "Lieux", "M. Petit", "A", "Se rallie à la fin.")
        cell = themes.consensus().cell("Lieux", "M. Petit")
        assert (cell.value, cell.derived, cell.letter, cell.corrected) == (Held.AGREES, Held.TORN, "A", True)
        assert (cell.correction.reason, cell.correction.coder) == ("Se rallie à la fin.", "Camille")
        count = themes.consensus(nested=False).tally("Lieux")
        assert (count.agree, count.torn, count.set_by_hand) == (2, 1, 1)

    def it_stays_whatever_is_coded_later(self, held):
        held.themes.correct_cell("FG Aubagne", "Horaires", "M. Diallo", Held.AGREES)  # confirms
        assert held.themes.consensus().cell("Horaires", "M. Diallo").confirmed
        held.coding("FG Aubagne", "Pas d'accord", "Horaires")
        held.coding("FG Aubagne", "Pas d'accord", "Désaccord")
        cell = held.themes.consensus().cell("Horaires", "M. Diallo")
        assert (cell.letter, cell.derived, cell.corrected) == ("A", Held.TORN, True)

    def it_can_fill_a_cell_in_which_nothing_is_said(self, held):
        held.themes.correct_cell("FG Aubagne", "Lieux", "M. Muet", "a", "Hoche la tête, note de l'observateur.")
        grid = held.themes.consensus(nested=False)
        assert grid.cell("Lieux", "M. Muet").letter == "A"
        assert [(row.name, person.name) for row, _group, person, _cell in grid.corrected] == [("Lieux", "M. Muet")]

    def it_asks_for_a_reason_but_to_confirm(self, held):
        with pytest.raises(MatrixError, match="pourquoi"):
            held.themes.correct_cell("FG Aubagne", "Lieux", "M. Petit", "A", "  ")
        held.themes.correct_cell("FG Aubagne", "Lieux", "M. Petit", "A/D")
        assert held.themes.consensus().cell("Lieux", "M. Petit").confirmed

    def it_is_one_event_and_undo_takes_it_back(self, held):
        themes, history = held.themes, History(held.store, "Camille")
        themes.correct_cell("FG Aubagne", "Lieux", "M. Petit", "A", "Se rallie.")
        assert plain(history.next()[0]) == "case corrigée : Lieux, M. Petit : A"
        events = held.store.revision()
        themes.correct_cell("FG Aubagne", "Lieux", "M. Petit", "A", "Se rallie.")
        assert held.store.revision() == events
        themes.release_cell("FG Aubagne", "Lieux", "M. Petit")
        assert themes.consensus().cell("Lieux", "M. Petit").letter == "D→A"
        history.undo()
        assert themes.consensus().cell("Lieux", "M. Petit").letter == "A"
        history.undo()
        assert themes.consensus().cell("Lieux", "M. Petit").correction is None
        themes.release_cell("FG Aubagne", "Lieux", "M. Petit")
        assert themes.consensus().cell("Lieux", "M. Petit").correction is None

    def it_refuses_what_cannot_be(self, held):
        themes = held.themes
        with pytest.raises(MatrixError, match="SE"):
            themes.correct_cell("FG Aubagne", "Lieux", "M. Petit", "Z", "…")
        with pytest.raises(NotFound, match="Laval"):
            themes.correct_cell("FG Laval", "Lieux", "M. Petit", "A", "…")
        with pytest.raises(NotFound, match="Animatrice"):
            themes.correct_cell("FG Aubagne", "Lieux", "Animatrice", "A", "…")
        with pytest.raises(MatrixError, match="position"):
            themes.correct_cell("FG Aubagne", "Accord", "M. Petit", "A", "…")

    def it_goes_with_its_code_and_comes_back_with_it(self, held):
        held.themes.correct_cell("FG Aubagne", "Lieux", "M. Petit", "A", "Se rallie.")
        Codings(held.store, "Camille").remove_code("Lieux")
        assert "Lieux" not in [row.name for row in held.themes.consensus().rows]
        History(held.store, "Camille").undo()
        assert held.themes.consensus().cell("Lieux", "M. Petit").letter == "A"


class DescribePeopleWhoBecomeOne:
    def it_keeps_one_position_and_one_cell_where_both_had_one(self, held):
        text = held.texts["FG Aubagne"]
        span = (text.index("Le marché c'est parfait"), text.index("bruyant") + 7)
        theme = held.coding("FG Aubagne", span, "Horaires")
        for name, value in (("Mme Roux", "agreement"), ("M. Diallo", "disagreement")):
            held.themes.set_position(theme, name, value)
            held.themes.correct_cell("FG Aubagne", "Lieux", name, "N", f"Dit par {name}.")
        with Project.open(held.store.path, coder="Camille") as project:
            project.corpus.people.merge(["Mme Roux", "M. Diallo"], into="Mme Roux")
            cell = project.themes.consensus().cell("Lieux", "Mme Roux")
            assert cell.correction.reason == "Dit par Mme Roux."
            [reading] = [r for s in project.themes.consensus().cell("Horaires", "Mme Roux").supports
                         for r in s.readings if r.coding_id == theme]  # fmt: skip
            assert [stance.value for stance in reading.stances] == ["agreement"]
            project.history.undo()
            grid = project.themes.consensus()
            assert grid.cell("Lieux", "M. Diallo").correction.reason == "Dit par M. Diallo."


class DescribeCodesThatBecomeOne:
    def it_keeps_one_cell_and_one_position_and_undo_gives_both_back(self, held):
        coding = held.coding("FG Aubagne", "Le marché c'est parfait", "Horaires")
        held.themes.set_position(coding, "Mme Roux", "nuance")
        for code in ("Lieux", "Horaires"):
            held.themes.correct_cell("FG Aubagne", code, "M. Muet", "A", f"Vu pour {code}.")
        Codings(held.store, "Camille").merge_codes(["Horaires"], into="Lieux")
        grid = held.themes.consensus(nested=False)
        assert [row.name for row in grid.rows] == ["Lieux"]
        assert grid.cell("Lieux", "M. Muet").correction.reason == "Vu pour Lieux."
        assert grid.cell("Lieux", "Mme Roux").letter == "N"
        History(held.store, "Camille").undo()
        assert held.themes.consensus(nested=False).cell("Horaires", "M. Muet").correction.reason == "Vu pour Horaires."


class DescribeWhatWentAway:
    def it_leaves_out_documents_that_were_taken_away_and_words_that_were_corrected(self, held):
        with Project.open(held.store.path, coder="Camille") as project:
            text = project.corpus.text("FG Aubagne")
            project.corpus.correct("FG Aubagne", new_text=text.replace("Ça dépend des jours, le marché.", "Bof."))
            assert project.themes.consensus(nested=False).cell("Lieux", "Mme Le Gall").letter == "NR"
            assert project.themes.consensus(nested=False).cell("Lieux", "Mme Roux").letter == "A"
            project.corpus.remove_document("FG Aubagne")
            assert project.themes.consensus().groups == ()


class DescribeGroupsSideBySide:
    def prepared(self, world):
        """Aubagne agrees within itself; Laval does not; Rennes is against; Brest says nothing of it."""
        world.code("Lieux")
        world.code("Accord", position="agreement")
        world.code("Désaccord", position="disagreement")
        held = {"Aubagne": "AAA", "Laval": "AD", "Rennes": "DD", "Brest": "A"}
        for town, sides in held.items():
            for number, _side in enumerate(sides):
                world.person(f"{town} {number}")
            title = f"FG {town}"
            world.document(title, [(f"{town} {n}", f"Parole {n}") for n in range(len(sides))], territory=town)
            for number, side in enumerate(sides):
                world.coding(title, f"Parole {number}", "Lieux")
                world.coding(title, f"Parole {number}", "Accord" if side == "A" else "Désaccord")
        return world

    @pytest.mark.parametrize(
        ("towns", "kind", "said"),
        [
            (("Aubagne", "Laval"), "apart", "Aubagne : d'un même côté (d'accord) ; Laval : partagé."),
            (("Aubagne", "Rennes"), "opposed", "Sens opposés. D'accord : Aubagne. Pas d'accord : Rennes."),
            (("Aubagne", "Brest"), "unknown", "Trop peu de positions pour comparer."),
            (("Laval", "Brest"), "unknown", "Trop peu de positions pour comparer."),
        ],
    )
    def it_says_where_one_agrees_within_itself_and_another_does_not(self, world, towns, kind, said):
        from qualikit.themes.consensus.wording import contrast

        grid = self.prepared(world).themes.consensus(*(f"FG {town}" for town in towns))
        [found] = grid.contrasts()
        assert found.kind == kind
        assert plain(contrast(found, grid.groups)) == said

    def it_names_groups_by_title_where_a_territory_has_several_and_counts_them_where_they_are_many(self):
        from qualikit.themes.consensus.grid import Contrast
        from qualikit.themes.consensus.reading import Group
        from qualikit.themes.consensus.wording import contrast
        from qualikit.themes.model import Row

        def said(*towns):
            groups = tuple(Group(str(n), f"FG {n}", town, ()) for n, town in enumerate(towns))
            tallies = tuple(Tally(0, 0, 3, 0) if n == 0 else Tally(3, 0, 0, 0) for n in range(len(towns)))
            return plain(contrast(Contrast(Row("x", "Lieux"), tallies, "opposed"), groups))

        assert said("Aubagne", "Laval", "Laval") == (
            "Sens opposés. D'accord : « FG 1 » et « FG 2 ». Pas d'accord : « FG 0 »."
        )
        assert said("Aubagne", *["Laval"] * 8, "") == (
            "Sens opposés. D'accord : Laval (8 groupes) et sans territoire (1 groupe). Pas d'accord : « FG 0 »."
        )

    def it_takes_the_focus_groups_else_whatever_has_two_participants(self, world):
        world.person("Seule")
        world.document("Entretien", [("Seule", "Bonjour.")], source="interview")
        assert world.themes.consensus().groups == ()
        world.person("Autre")
        world.document("À deux", [("Seule", "Bonjour."), ("Autre", "Bonjour.")], source="interview")
        assert [group.title for group in world.themes.consensus().groups] == ["À deux"]
        world.document("Groupe", [("Seule", "Bonjour.")])
        assert [group.title for group in world.themes.consensus().groups] == ["Groupe"]
        assert len(world.themes.consensus(sources=["interview"]).groups) == 2
        with pytest.raises(NotFound, match="Absent"):
            world.themes.consensus("Absent")
        with pytest.raises(MatrixError, match="roman"):
            world.themes.consensus(sources=["roman"])

    def it_reads_an_empty_project(self, world):
        grid = world.themes.consensus()
        assert (grid.rows, grid.groups, grid.is_empty) == ((), (), True)
        assert list(grid.to_records()) == []
        assert world.themes.consensus(questions=True).rows == ()


class DescribeQuotations:
    def it_sets_both_sides_face_to_face(self, held):
        grid = held.themes.consensus(nested=False)
        found = quotations(grid, grid.row("Lieux"), grid.group())
        said = {side: [(q.participant.name, q.support.quote) for q in some] for side, some in found.items()}
        assert said == {
            Side.AGREE: [
                ("Mme Roux", "Le marché c'est parfait"),
                ("M. Petit", "Pour le marché, finalement, vous avez raison"),
            ],
            Side.DISAGREE: [("M. Diallo", "Non, le marché c'est bruyant"), ("M. Petit", "Le marché, non")],
            Side.TORN: [("Mme Le Gall", "Ça dépend des jours, le marché")],
        }

    def it_takes_what_was_chosen_for_the_report_first(self, held):
        grid = held.themes.consensus(nested=False)
        late = grid.cell("Lieux", "M. Petit").supports[1].coding_ids[0]
        held.themes.choose_verbatim(late)
        grid = held.themes.consensus(nested=False)
        [first] = quotations(grid, grid.row("Lieux"), grid.group(), 1)[Side.AGREE]
        assert first.participant.name == "M. Petit"


class DescribeQuestions:
    @pytest.fixture
    def guided(self, held):
        with Project.open(held.store.path, coder="Camille") as project:
            project.corpus.guide.add("Que pensez-vous des lieux ?")
            project.corpus.guide.add("Que pensez-vous des horaires ?")
            project.corpus.guide.add("Autre chose ?")
            text = held.texts["FG Aubagne"]
            for number, asked in ((1, "Et le marché, c'est bien placé ?"), (2, "Et les horaires du matin ?")):
                start = text.index(asked)
                project.corpus.guide.mark("FG Aubagne", Span(start, start + len(asked)), number)
        return held

    def it_reads_the_turns_under_each_question(self, guided):
        grid = guided.themes.consensus(questions=True)
        first, second, third = grid.rows
        letters = {
            row.name[:2]: [grid.cell(row, person).letter for person in grid.group().participants]
            for row in (first, second)
        }
        #                     Diallo Muet  Petit Le Gall Roux
        assert letters["1."] == ["D→A", "NR", "D", "N", "A"]
        assert letters["2."] == ["NR", "NR", "A", "NR", "NR"]
        assert grid.cell(second, "M. Diallo").speaks
        assert not grid.cell(second, "Mme Roux").speaks
        assert (grid.was_asked(third), grid.tally(third)) == (False, None)
        assert not any(record["theme"] == third.name for record in grid.to_records())

    def it_is_put_right_by_hand_cell_by_cell_until_the_question_goes(self, guided):
        cell = "FG Aubagne", "2", "Mme Roux"
        guided.themes.correct_cell(*cell, "D", "fait non de la tête", questions=True)
        second = guided.themes.consensus(questions=[2])
        assert (second.cell(second.rows[0], "Mme Roux").letter, second.tally(second.rows[0]).set_by_hand) == ("D", 1)
        assert [person.name for _row, _group, person, _cell in second.corrected] == ["Mme Roux"]
        with pytest.raises(MatrixError, match="n'est pas posée"):
            guided.themes.correct_cell("FG Aubagne", "3", "Mme Roux", "D", "entendu", questions=True)
        with pytest.raises(MatrixError, match="dire pourquoi"):
            guided.themes.correct_cell("FG Aubagne", "2", "M. Petit", "D", questions=True)

        with Project.open(guided.store.path, coder="Camille") as project:
            project.corpus.guide.remove(2)
            assert [row.name for row in project.themes.consensus(questions=True).rows][1] == "2. Autre chose ?"
            project.history.undo()
            assert project.check() == []
        second = guided.themes.consensus(questions=[2])
        assert second.cell(second.rows[0], "Mme Roux").letter == "D"
        guided.themes.release_cell(*cell, questions=True)
        second = guided.themes.consensus(questions=[2])
        assert second.cell(second.rows[0], "Mme Roux").letter == "NR"

    def it_lets_go_of_a_correction_though_its_question_is_put_nowhere_any_more(self, guided):
        guided.themes.correct_cell("FG Aubagne", "2", "Mme Roux", "D", "fait non de la tête", questions=True)
        with Project.open(guided.store.path, coder="Camille") as project:
            project.corpus.guide.unmark(*project.corpus.guide.marks(question=2))
        assert guided.themes.consensus(questions=[2]).corrected == []
        guided.themes.release_cell("FG Aubagne", "2", "Mme Roux", questions=True)
        assert History(guided.store, "Camille").events()[0].action == "grid.release"

    def it_takes_the_questions_asked_for(self, guided):
        assert [row.name for row in guided.themes.consensus(questions=[2]).rows] == [
            "2. Que pensez-vous des horaires ?"
        ]
        with pytest.raises(NotFound):
            guided.themes.consensus(questions=["Inconnue"])

    def it_hears_a_hand(self, guided):
        coding = guided.coding("FG Aubagne", "Le matin c'est trop tôt", "Horaires")
        guided.themes.set_position(coding, "M. Diallo", "disagreement", strong=True)
        assert (
            guided.themes.consensus(questions=[2]).cell("2. Que pensez-vous des horaires ?", "M. Diallo").letter == "SD"
        )
        lieux = guided.themes.consensus(nested=False).cell("Lieux", "Mme Roux").supports[0]
        guided.themes.set_position(lieux.coding_ids, "Mme Roux", "disagreement")
        assert guided.themes.consensus(questions=[1]).cell("1. Que pensez-vous des lieux ?", "Mme Roux").letter == "D"
