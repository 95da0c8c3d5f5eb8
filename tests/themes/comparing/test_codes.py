"""Codes across groups, counted again by hand."""

from __future__ import annotations

from math import comb

import pytest

from qualikit import Project, sample
from qualikit.coding.tables import codes
from qualikit.errors import ImportRefused, MatrixError
from qualikit.themes.statistics.intervals import difference


def figures(line):
    return [(raised.people, raised.people_total, raised.sessions, raised.sessions_total) for raised in line.raised]


class DescribeCodesCompared:
    def it_counts_people_and_documents_out_of_those_there_are(self, sides):
        made = sides.themes.compare(groups=["Aubagne", "laval"])
        assert [group.label for group in made.groups] == ["Aubagne", "Laval"]
        assert figures(made.line("Météo")) == [(6, 6, 6, 6), (1, 6, 1, 6)]
        assert figures(made.line("Jours")) == [(3, 6, 3, 6), (3, 6, 3, 6)]
        assert made.line("Freins").raised == made.line("Météo").raised  # a code counts those under it

    def it_gives_the_difference_with_newcombe_s_interval(self, sides):
        line = sides.themes.compare(groups=["Aubagne", "Laval"]).line("Météo")
        assert line.difference == pytest.approx(5 / 6)
        assert line.interval == difference((6, 6), (1, 6))
        assert sides.themes.compare(groups=["Laval", "Aubagne"]).line("Météo").difference == pytest.approx(-5 / 6)

    def it_deals_people_anew_and_corrects_for_the_codes_looked_at(self, sides):
        made = sides.themes.compare(groups=["Aubagne", "Laval"])
        # Seven who raised it, dealt among two sixes: six or one of them in Aubagne is as far apart as was found.
        p = 2 * comb(7, 6) * comb(5, 0) / comb(12, 6)
        assert made.line("Météo").p == pytest.approx(p)
        assert made.line("Jours").p == 1
        assert (made.test.arrangements, made.test.exact, made.test.looked_at) == (comb(12, 6), True, 3)
        assert made.line("Météo").p_corrected == pytest.approx(3 * p)
        assert made.line("Météo").told
        assert made.verdict(made.line("Météo")) == "se distingue du hasard"
        assert made.verdict(made.line("Jours")) == "ne se distingue pas du hasard"
        assert made.said.endswith("Freins, Météo.")

    def it_looks_at_fewer_codes_when_asked(self, sides):
        made = sides.themes.compare(groups=["Aubagne", "Laval"], codes=["Jours"])
        assert [line.row.name for line in made.lines] == ["Jours"]
        assert made.test.looked_at == 1
        with pytest.raises(MatrixError, match="Brume"):
            sides.themes.compare(codes=["Brume"])

    def it_exchanges_people_of_one_kind_only(self, sides):
        for name in ("A1", "A2", "A3", "A4", "A5", "A6"):
            set_attribute(sides, name, "actor", "usager")
        for name in ("L1", "L2", "L3", "L4", "L5", "L6"):
            set_attribute(sides, name, "actor", "élu")
        made = sides.themes.compare(groups=["Aubagne", "Laval"])
        assert not made.test.possible
        assert made.test.arrangements == 1
        assert "Aucun test possible" in made.test.said
        assert "de même type d'acteur" in made.test.said
        assert made.verdict(made.line("Météo")) == "aucun test possible"
        assert sides.themes.compare(by="actor").test.strata == ()

    def it_says_that_no_test_is_possible_between_two_and_two(self, two_groups):
        two_groups.coding("FG Aubagne", "Quand il pleut", "Météo")
        made = two_groups.themes.compare(groups=["Aubagne", "Laval"])
        assert made.line("Météo").p != made.line("Météo").p
        assert made.test.least == pytest.approx(1 / 3)
        assert "il n'y a que 6 façons de répartir" in made.test.said.replace("\u00a0", " ")
        assert "0,33" in made.test.said
        assert "aucun ne peut être comparé au hasard" in made.said

    def it_warns_that_people_of_one_focus_group_are_not_independent_and_offers_the_session(self, sides):
        sides.document("FG", [("A1", "Oui."), ("A2", "Non.")], territory="Aubagne")
        people = sides.themes.compare(groups=["Aubagne", "Laval"])
        assert any("pas indépendantes" in note for note in people.notes)
        sessions = sides.themes.compare(groups=["Aubagne", "Laval"], unit="sessions")
        assert not any("pas indépendantes" in note for note in sessions.notes)
        assert sessions.test.sizes == (7, 6)
        assert sessions.test.strata == ("Entretien", "Focus group")
        assert sessions.line("Météo").raised[0].of("sessions") == (6, 7)

    def it_says_who_is_left_out_and_who_stands_on_both_sides(self, sides):
        made = sides.themes.compare()
        assert any("1 personne n'est pas comparée" in note for note in made.notes)
        sides.document("Deuxième", [("A1", "Le vélo.")], territory="Laval")
        made = sides.themes.compare(groups=["Aubagne", "Laval"])
        assert made.group("Laval").people == 7
        assert any("1 personne parle dans plusieurs groupes" in note for note in made.notes)

    def it_reads_one_coder_and_some_sources_only(self, sides):
        sides.coding("Entretien L2", "La pluie gêne", "Météo", coder="Sacha")
        both, mine = (
            sides.themes.compare(groups=["Aubagne", "Laval"], coder=coder).line("Météo") for coder in (None, "Camille")
        )
        assert (both.raised[1].people, mine.raised[1].people) == (2, 1)
        with pytest.raises(MatrixError, match="Personne"):
            sides.themes.compare(coder="Personne")
        assert sides.themes.compare(sources=["focus_group"]).groups == ()
        with pytest.raises(ImportRefused, match="roman"):
            sides.themes.compare(sources=["roman"])

    def it_leaves_positions_to_the_page_that_shows_them(self, sides):
        sides.code("Positions")
        sides.code("Accord", "Positions")
        as_position(sides, "Accord", "agreement")
        sides.coding("Entretien A1", "La pluie gêne", "Accord")
        made = sides.themes.compare(groups=["Aubagne", "Laval"])
        assert {line.row.name for line in made.lines} == {"Freins", "Météo", "Jours"}

    def it_is_a_table(self, sides):
        frame = sides.themes.compare(groups=["Aubagne", "Laval"]).to_frame()
        assert list(frame["group"].unique()) == ["Aubagne", "Laval"]
        row = frame[(frame.code == "Météo") & (frame.group == "Laval")].iloc[0]
        assert (row.people, row.people_total, row.codings) == (1, 6, 1)


class DescribeGroupsThatSayLittle:
    def it_compares_nothing_in_an_empty_project(self, world):
        made = world.themes.compare()
        assert made.is_empty
        assert made.groups == ()
        assert made.to_frame().empty
        assert "au moins deux groupes" in made.test.said

    def it_takes_one_group_and_says_that_nothing_is_compared(self, sides):
        made = sides.themes.compare(groups=["Aubagne"])
        assert "au moins deux groupes" in made.test.said
        assert made.line("Météo").difference is None
        assert made.correspondence() is None

    def it_takes_a_group_of_one_person(self, sides):
        made = sides.themes.compare(by="document", groups=["Entretien A1", "Entretien L1"])
        assert [group.people for group in made.groups] == [1, 1]
        assert not made.test.possible

    def it_takes_people_without_a_territory_when_they_are_asked_for(self, sides):
        made = sides.themes.compare(groups=["Aubagne", "Sans territoire"])
        assert [group.people for group in made.groups] == [6, 1]

    @pytest.mark.parametrize(("asked", "said"), [({"by": "humeur"}, "humeur"), ({"groups": ["Rennes"]}, "Rennes")])
    def it_names_what_there_is_when_asked_for_what_is_not(self, sides, asked, said):
        with pytest.raises(MatrixError, match=said) as refusal:
            sides.themes.compare(**asked)
        assert "territory" in refusal.value.todo or "Aubagne" in refusal.value.todo

    @pytest.mark.parametrize("asked", [{"what": "sons"}, {"unit": "mots"}, {"what": "words", "cells": 3}])
    def it_refuses_what_it_does_not_know(self, sides, asked):
        with pytest.raises(MatrixError, match="ne peut pas être demandée"):
            sides.themes.compare(**asked)

    def it_keeps_retired_codes_in_the_count(self, sides):
        with sides.store.write("Camille") as transaction, transaction.event("test", "préparation") as change:
            change.update(codes, sides.ids["Jours"], active=False)
        assert figures(sides.themes.compare(groups=["Aubagne", "Laval"]).line("Jours"))[0][0] == 3


class DescribeAnyAttribute:
    def it_compares_by_what_participants_or_their_documents_bear(self, sides):
        for name in ("A1", "A2", "L1"):
            set_attribute(sides, name, "Âge", "plus de 60 ans")
        set_attribute(sides, "A3", "Âge", "moins de 60 ans")
        assert ("Âge", "Âge") in sides.themes.comparable()
        made = sides.themes.compare(by="âge")
        assert {group.label: group.people for group in made.groups} == {"moins de 60 ans": 1, "plus de 60 ans": 3}

    def it_maps_three_groups(self, sides):
        for number in (1, 2, 3):
            name = f"B{number}"
            sides.person(name)
            sides.document(f"Entretien {name}", [(name, "Il neige.")], territory="Rennes")
        sides.coding("Entretien B1", "Il neige", "Météo")
        made = sides.themes.compare()
        plane = made.correspondence()
        assert plane.axes == 1  # two codes only: one axis, whatever the groups
        sides.code("Neige")
        sides.coding("Entretien B2", "Il neige", "Neige")
        plane = sides.themes.compare().correspondence()
        assert plane.axes == 2
        for axis in range(2):
            assert sum(point.contributions[axis] for point in plane.points if point.kind == "group") == pytest.approx(1)
        assert any("Rennes" in line for line in plane.readings())
        two = sides.themes.compare(groups=["Aubagne", "Laval"]).correspondence()
        assert two.axes == 1
        assert "qu'un axe" in two.said


def test_the_sample_counts_as_its_matrix_does(tmp_path):
    with Project.open(sample.build(tmp_path), coder="Camille") as project:
        made = project.themes.compare(groups=["Aubagne", "Laval"])
        matrix = project.themes.matrix()
        for line in made.lines:
            for group, raised in zip(made.groups, line.raised, strict=True):
                cell = matrix.cell(line.row.code_id, group.value)
                assert (raised.people, raised.people_total) == (cell.people, cell.people_total)
                assert (raised.sessions, raised.sessions_total) == (cell.sessions, cell.sessions_total)
                assert raised.codings == cell.codings
        assert made.test.strata == ("médiateur", "partenaire", "usager")


def set_attribute(world, name, attribute, value):
    from qualikit.corpus.tables import participants

    with world.store.write("Camille") as transaction, transaction.event("test", "préparation") as change:
        change.update(participants, world.ids[name], attributes={attribute: value})


def as_position(world, name, value):
    with world.store.write("Camille") as transaction, transaction.event("test", "préparation") as change:
        change.update(codes, world.ids[name], kind="position", value=value)
