"""What documents and participants are described by: kinds, lists in order, values renamed everywhere."""

from __future__ import annotations

import pytest

from qualikit import Project
from qualikit.corpus.attributes import Kind, typed
from qualikit.errors import ImportRefused, NotFound

TALK = "Animatrice : Qui commence ?\n\nMme Roux : Il pleut souvent.\n\nAnimatrice : Et ?\n\nMme Roux : Voilà.\n"


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p", coder="Camille") as project:
        for n, where in enumerate(("Laval", "Aubagne", "Laval")):
            project.corpus.save(project.corpus.preview(f"{n}\n{TALK}".encode(), f"Entretien {n}.txt", territory=where))
        yield project


def order(project: Project) -> list[str]:
    return [column.label for column in project.themes.matrix(columns="territory").columns]


class DescribeTheList:
    def it_always_has_territory_and_kind_of_actor(self, project):
        territory, actor = project.corpus.attributes.all()
        assert (territory.name, territory.kind, territory.choices) == ("territory", Kind.CHOICE, ("Aubagne", "Laval"))
        assert [(value.documents, value.participants) for value in territory.values] == [(1, 0), (2, 0)]
        assert (actor.name, actor.values) == ("actor", ())

    def it_finds_ours_under_the_names_of_the_interface(self, project):
        for name in ("territory", "Territoire", "TERRITOIRE"):
            assert project.corpus.attributes.get(name).name == "territory"
        with pytest.raises(NotFound, match="Type d'acteur"):
            project.corpus.attributes.get("Âge")

    def it_counts_what_a_sheet_brought_under_any_of_our_names(self, project):
        person = project.corpus.participants("Entretien 0")[0]
        project.corpus.update_participant(person, attributes={"Acteur": "usager"})
        assert project.corpus.attributes.get("actor").choices == ("usager",)


class DescribeAnOrder:
    def it_is_that_of_the_matrix_of_filters_and_of_the_composition(self, project):
        assert order(project) == ["Aubagne", "Laval"]
        project.corpus.attributes.describe("Territoire", choices=["Rennes", "Laval", "Aubagne"])
        assert order(project) == ["Laval", "Aubagne"]  # a territory without documents is no column
        assert project.corpus.territories() == ["Rennes", "Laval", "Aubagne"]
        assert project.corpus.composition().documents.rows == ("Rennes", "Laval", "Aubagne")
        project.history.undo()
        assert order(project) == ["Aubagne", "Laval"]

    def it_keeps_values_that_are_not_listed_after_those_that_are(self, project):
        assert project.corpus.attributes.describe("Territoire", choices=["Laval"]).choices == ("Laval", "Aubagne")


class DescribeRenaming:
    def it_renames_everywhere_and_undoes_it_in_one(self, project):
        code = project.coding.add_code("Météo")
        project.themes.set_synthesis(code.id, "territory", "Laval", "La pluie gêne.")
        person = project.corpus.participants("Entretien 0")[1]
        project.corpus.update_participant(person, attributes={"Territoire": "Laval", "Âge": "74"})

        plan = project.corpus.attributes.plan_rename("territory", "Laval", "Mayenne")
        assert (plan.documents, plan.participants, plan.joined) == (2, 1, 0)
        assert [each.noun for each in plan.following] == ["1 synthèse"]

        project.corpus.attributes.rename("territory", "Laval", "Mayenne")
        assert project.corpus.territories() == ["Aubagne", "Mayenne"]
        assert [each.value for each in project.themes.syntheses()] == ["Mayenne"]
        assert project.corpus.participants("Entretien 0")[1].attributes == {"Territoire": "Mayenne", "Âge": "74"}

        project.history.undo()
        assert project.corpus.territories() == ["Aubagne", "Laval"]
        assert [each.value for each in project.themes.syntheses()] == ["Laval"]

    def it_joins_syntheses_that_would_stand_in_one_place(self, project):
        codes = [project.coding.add_code(name) for name in ("Météo", "Matériel")]
        for where, text in (("Laval", "À Laval, la pluie."), ("Aubagne", "À Aubagne, le vent.")):
            project.themes.set_synthesis(codes[0].id, "territory", where, text)
        project.themes.set_synthesis(codes[1].id, "territory", "Aubagne", "Le vélo.")
        project.themes.set_synthesis(codes[1].id, "source", "document", "Ailleurs.")

        plan = project.corpus.attributes.plan_rename("territory", "Aubagne", "Laval")
        assert plan.joined == 1
        assert plan.following[0].joined == (("À Laval, la pluie.", "À Aubagne, le vent."),)
        project.corpus.attributes.rename("territory", "Aubagne", "Laval")

        texts = {(each.code_id, each.dimension, each.value): each.text for each in project.themes.syntheses()}
        assert texts == {
            (codes[0].id, "territory", "Laval"): "À Laval, la pluie.\n\nÀ Aubagne, le vent.",
            (codes[1].id, "territory", "Laval"): "Le vélo.",
            (codes[1].id, "source", "document"): "Ailleurs.",
        }
        project.history.undo()
        assert len(project.themes.syntheses()) == 4

    def it_lets_the_syntheses_of_people_follow_a_merge(self, project):
        code = project.coding.add_code("Météo")
        first, second = (project.corpus.participants(f"Entretien {n}")[1] for n in (0, 1))
        project.themes.set_synthesis(code.id, "participant", second.id, "Elle dit.")
        project.corpus.people.merge([first.id, second.id], into=first.id)
        assert [each.value for each in project.themes.syntheses()] == [first.id]

    def it_refuses_what_is_not_there_or_has_no_name(self, project):
        with pytest.raises(NotFound, match="Rennes"):
            project.corpus.attributes.rename("territory", "Rennes", "Laval")
        with pytest.raises(ImportRefused):
            project.corpus.attributes.rename("territory", "Laval", "  ")

    def it_keeps_the_place_of_a_value_in_the_list(self, project):
        project.corpus.attributes.describe("territory", choices=["Laval", "Aubagne"])
        project.corpus.attributes.rename("territory", "Laval", "Zone nord")
        assert project.corpus.territories() == ["Zone nord", "Aubagne"]


class DescribeKinds:
    def it_writes_numbers_and_dates_as_they_are_kept(self):
        assert typed(Kind.NUMBER, "1 234,50") == "1234.50"
        assert typed(Kind.DATE, "5 mars 2024") == "2024-03-05"
        assert typed(Kind.CHOICE, "  un\nmot ") == "un mot"
        for kind, text in ((Kind.NUMBER, "douze"), (Kind.DATE, "hier")):
            with pytest.raises(ImportRefused, match=text):
                typed(kind, text)

    def it_rewrites_the_values_that_are_there_or_refuses(self, project):
        for n, age in enumerate(("74", "1 002,5")):
            project.corpus.update_document(f"Entretien {n}", attributes={"Âge": age})
        project.corpus.attributes.describe("Âge", kind="number")
        assert project.corpus.document("Entretien 1").attributes == {"Âge": "1002.5"}
        with pytest.raises(ImportRefused, match="n'est pas une date"):
            project.corpus.attributes.describe("Âge", kind="date")
        with pytest.raises(ImportRefused, match="n'est pas un nombre"):
            project.corpus.update_document("Entretien 2", attributes={"Âge": "vieux"})

    def it_removes_an_attribute_from_all_and_undoes_it(self, project):
        project.corpus.update_document("Entretien 0", attributes={"Index": "1", "Lieu": "marché"})
        project.corpus.attributes.remove("Index")
        assert project.corpus.document("Entretien 0").attributes == {"Lieu": "marché"}
        project.history.undo()
        assert project.corpus.document("Entretien 0").attributes == {"Index": "1", "Lieu": "marché"}
        with pytest.raises(ImportRefused):
            project.corpus.attributes.remove("Territoire")

    def it_takes_a_value_out_of_the_list_only_when_nobody_bears_it(self, project):
        project.corpus.attributes.describe("territory", choices=["Rennes", "Laval"])
        project.corpus.attributes.remove_value("territory", "Rennes")
        assert project.corpus.territories() == ["Laval", "Aubagne"]
        with pytest.raises(ImportRefused, match="encore portée"):
            project.corpus.attributes.remove_value("territory", "Laval")
