"""The grids of the sample evaluation, checked by reading it."""

from __future__ import annotations

import pytest

from qualikit import sample
from qualikit.project import Project
from qualikit.themes.consensus.tally import Verdict


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory):
    with Project.open(sample.build(tmp_path_factory.mktemp("exemple")), coder="Camille") as project:
        yield project


class DescribeTheSample:
    def it_gives_what_one_counts_by_hand(self, evaluation):
        """« Visibilité et information » à Aubagne : l'affichage met d'accord, le SMS ne se lit pas."""
        grid = evaluation.themes.consensus("FG_usagers_Aubagne_2023-11-14", nested=False)
        row = {p.name: grid.cell("Visibilité et information", p).letter for p in grid.group().participants}
        assert row == {
            "M. Belkacem": "N",
            "M. Ortega": "NR",
            "M. Teissier": "A",
            "Mme Diallo": "A",
            "Mme Fabre": "A",
            "Mme Garnier": "A",
            "Mme Nguyen": "NR",
            "Mme Rossi": "NR",
        }
        count = grid.tally("Visibilité et information")
        assert (count.agree, count.torn, count.disagree, count.silent, count.present) == (4, 1, 0, 3, 8)
        assert count.verdict is Verdict.MAJORITY
        # By hand: mean 1.8 of 0..2; 1 + .2·log2(1 - .8/2) + .8·log2(1 - .2/2) = 0.731; A = 0.8.
        assert (round(count.consensus, 3), round(count.agreement, 3)) == (0.731, 0.8)
        assert [round(bound, 3) for bound in count.interval] == [0.284, 0.995]

    def it_shows_one_who_changed(self, evaluation):
        """« Le soir au Petit Canal, non. » puis « En mai d'accord. »"""
        cell = evaluation.themes.consensus("FG_usagers_Aubagne_2023-11-14").cell("Lieux et horaires", "M. Belkacem")
        assert cell.letter == "D→A"
        assert cell.supports[0].quote.startswith("Le soir au Petit Canal, non.")
        assert cell.supports[-1].quote.startswith("En mai, oui.")

    def it_says_where_one_town_agrees_within_itself_and_the_other_does_not(self, evaluation):
        apart = [
            each.row.name for each in evaluation.themes.consensus(nested=False).contrasts() if each.kind == "apart"
        ]
        assert apart == ["Confidentialité"]

    def it_counts_nobody_of_the_moderators(self, evaluation):
        for group in evaluation.themes.consensus().groups:
            assert len(group.participants) == 8
            assert not any("nimat" in person.name for person in group.participants)

    def it_proposes_positions_where_the_assistant_found_some(self, evaluation):
        with Project(evaluation.store, "Dominique") as other:
            other.coding.suggest(
                "keywords", documents=["FG_usagers_Laval_2024-02-06"], codes=["Consensus", "Dissensus", "Nuance"]
            )
            grid = other.themes.consensus("FG_usagers_Laval_2024-02-06", nested=False)
            found = [
                (row, person, each)
                for row in grid.rows
                for person in grid.group().participants
                for each in other.themes.position_proposals(grid, row.code_id, person.id)
            ]
            assert found
            row, person, proposal = found[0]
            other.coding.decide(proposal.id, accept=True)
            left = other.themes.position_proposals(other.themes.consensus(), row.code_id, person.id, grid.group().id)
            assert proposal.id not in [each.id for each in left]
