"""People over all documents: proposed as one, made one, told apart, described together; each undone in one."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from qualikit import Project
from qualikit.corpus.near_people import is_generic, likeness
from qualikit.corpus.tables import participants, text_versions, turns
from qualikit.errors import ImportRefused, NotFound, UndoRefused
from qualikit.store import new_id, now
from qualikit.text import text_hash
from qualikit.themes.reading.query import Query

GROUP = "Animatrice : Qui commence ?\n\nMme Roux : Moi, voilà.\n\nP1 : Il pleut 🌧.\n\nKarim : Oui.\n\nMme Roux : Bon.\n\nKarim : Voilà.\n"
TALK = "Animatrice : Bonjour.\n\nMadame Roux : Bonjour à vous.\n\nP1 : Merci.\n\nKarim : De rien du tout.\n\nMadame Roux : Si.\n\nKarim : Bien.\n"


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p", coder="Camille") as project:
        save = project.corpus.save
        save(project.corpus.preview(GROUP.encode(), "FG Laval.txt", territory="Laval"))
        save(project.corpus.preview(TALK.encode(), "Entretien Aubagne.txt", territory="Aubagne"))
        yield project


def rows(project: Project, table: sa.Table) -> list[dict]:
    with project.store.read() as connection:
        return [dict(row) for row in connection.execute(sa.select(table).order_by(table.c.id)).mappings()]


def names(project: Project) -> list[str]:
    return [person.name for person in project.corpus.people.all()]


def test_queries_with_a_name_ask_for_who_stays(project):
    kept, gone = (project.corpus.people.find(name) for name in ("Mme Roux", "Madame Roux"))
    project.themes.queries.save("Roux", Query(participants=(gone.id,)))
    project.corpus.people.merge([gone.id], into=kept.id)
    assert project.themes.queries.get("Roux").query.participants == (kept.id,)
    project.history.undo()
    assert project.themes.queries.get("Roux").query.participants == (gone.id,)


class DescribeTheList:
    def it_says_where_each_speaks_and_how_much(self, project):
        roux = project.corpus.people.find("Mme Roux")
        (place,) = roux.places
        assert (place.title, place.labels, place.turns, place.words, place.territory) == (
            "FG Laval", ("Mme Roux",), 2, 3, "Laval",
        )  # fmt: skip
        assert roux.territories == ("Laval",)

    def it_counts_words_as_the_whole_text_is_counted(self, project):
        from qualikit.text import count_words

        for person in project.corpus.people.all():
            for place in person.places:
                text = project.corpus.text(place.document_id)
                said = [
                    turn.speech.of(text)
                    for turn in project.corpus.turns(place.document_id)
                    if turn.participant_id == person.id
                ]
                assert place.words == sum(map(count_words, said))

    def it_asks_which_of_two_namesakes(self, project):
        with pytest.raises(NotFound, match="2 personnes s'appellent"):
            project.corpus.people.find("P1")
        assert project.corpus.people.find("P1", "FG Laval").places[0].title == "FG Laval"
        with pytest.raises(NotFound, match="Personne ne s'appelle"):
            project.corpus.people.find("Mme Absente")


class DescribeProposals:
    def it_proposes_one_name_written_two_ways_and_says_why(self, project):
        (proposal,) = project.corpus.people.alike()
        assert {person.name for person in proposal.people} == {"Mme Roux", "Madame Roux"}
        assert proposal.score >= 60
        assert any("territoires différents" in why for why in proposal.why)

    def it_never_proposes_codes_roles_or_bare_first_names_of_two_places(self, project):
        proposed = {person.name for each in project.corpus.people.alike() for person in each.people}
        assert not proposed & {"P1", "Animatrice", "Karim"}

    def it_proposes_no_more_what_was_refused(self, project):
        people = project.corpus.people
        people.keep_apart(people.alike()[0])
        assert people.alike() == []
        assert len(Project(project.store, "Sacha").corpus.people.alike()) == 1

    @pytest.mark.parametrize("name", ["P1", "Animatrice", "Usager 3", "JL", "Mme A", "Intervieweur", "SPEAKER_00", "?"])
    def it_knows_what_many_are_called(self, name):
        assert is_generic(name)

    @pytest.mark.parametrize(
        ("one", "other", "least", "most"),
        [
            ("Mme Roux", "mme  ROUX", 98, 98),
            ("Marie Roux", "Roux, Marie", 95, 95),
            ("Mme Roux", "Marie Roux", 75, 85),
            ("M. Roux", "Mme Roux", 0, 30),
            ("Martin", "Martine", 0, 59),
            ("Animateur", "Animatrice", 0, 59),
            ("Mme Lacazze", "Mme Lacaze", 0, 95),
            ("J. Lacaze", "Jeanne Lacaze", 70, 85),
            ("Usager 1", "Usager 11", 0, 59),
        ],
    )
    def it_scores_names(self, one, other, least, most):
        assert least <= likeness(one, other).score <= most
        assert likeness(other, one).score == likeness(one, other).score


class DescribeMerging:
    def it_repoints_every_turn_of_every_text_and_undoes_it_in_one(self, project):
        document = project.corpus.document("Entretien Aubagne")
        gone = project.corpus.people.find("Madame Roux")
        _earlier_text(project, document.id, gone.id)
        before = rows(project, turns), rows(project, participants)

        plan = project.corpus.people.merge(["Mme Roux", "Madame Roux"], into="Mme Roux", name="Jeanne Roux")

        assert plan.titles == ("FG Laval", "Entretien Aubagne")
        one = project.corpus.people.find("Jeanne Roux")
        assert [place.title for place in one.places] == ["Entretien Aubagne", "FG Laval"]
        assert one.labels == ("Madame Roux", "Mme Roux")
        assert not any(row["participant_id"] == gone.id for row in rows(project, turns))
        assert not any(row["id"] == gone.id for row in rows(project, participants))
        assert project.check() == []

        project.history.undo()
        assert (rows(project, turns), rows(project, participants)) == before
        project.history.redo()
        assert names(project).count("Jeanne Roux") == 1

    def it_refuses_to_be_undone_under_a_text_that_was_corrected_since(self, project, tmp_path):
        project.corpus.people.merge(["Madame Roux"], into="Mme Roux")
        text = project.corpus.text("Entretien Aubagne")
        with Project.open(tmp_path / "p", coder="Denis") as colleague:
            colleague.corpus.correct("Entretien Aubagne", new_text=text.replace("Merci", "Merci bien"))

            with pytest.raises(UndoRefused, match="a changé depuis"):
                project.history.undo()
            colleague.history.undo()

        project.history.undo()
        assert {"Mme Roux", "Madame Roux"} <= set(names(project))

    def it_unites_attributes_and_says_which_go(self, project):
        people = project.corpus.people
        people.describe(["Mme Roux"], attributes={"acteur": "usager", "Âge": "74"})
        people.describe(["Madame Roux"], role="observer", attributes={"actor": "élue", "Quartier": "Centre"})

        plan = people.plan_merge(["Mme Roux", "Madame Roux"], into="Mme Roux")

        assert plan.attributes == {"actor": "usager", "Âge": "74", "Quartier": "Centre"}
        assert [(each.name, each.kept, each.gone) for each in plan.conflicts] == [
            ("role", "Participant", ("Observation",)),
            ("actor", "usager", ("élue",)),
        ]
        assert len(names(project)) == 8  # a plan changes nothing

    def it_says_where_the_two_talk_to_each_other(self, project):
        plan = project.corpus.people.plan_merge(["Mme Roux", project.corpus.people.find("Karim", "FG Laval")])
        assert plan.together == ("FG Laval",)

    def it_keeps_who_speaks_most_and_refuses_one_alone(self, project):
        karim = project.corpus.people.find("Karim", "FG Laval")
        assert project.corpus.people.plan_merge([karim, "Mme Roux"]).kept.name == "Mme Roux"
        with pytest.raises(ImportRefused):
            project.corpus.people.merge(["Mme Roux", "Mme Roux"])

    def it_refuses_where_a_colleague_has_merged_them_already(self, project):
        stale = [project.corpus.people.find(name) for name in ("Mme Roux", "Madame Roux")]
        project.corpus.people.merge(stale, into=stale[0])
        with pytest.raises(NotFound):
            project.corpus.people.merge(stale, into=stale[0])


def _earlier_text(project: Project, document: str, participant: str) -> None:
    """Another text of the document, as a correction leaves behind it."""
    text = "Madame Roux : Bonjour.\n"
    with project.store.write("Camille") as transaction:
        version = new_id()
        transaction.connection.execute(
            sa.insert(text_versions).values(
                id=version, document_id=document, number=2, reason="correction", text=text, text_hash=text_hash(text),
                words=2, created=now(),
            )
        )  # fmt: skip
        transaction.connection.execute(
            sa.insert(turns).values(
                id=new_id(), text_version_id=version, index=0, start=0, stop=len(text), speech_start=14,
                speech_stop=22, label="Madame Roux", participant_id=participant,
            )
        )  # fmt: skip


class DescribeSplitting:
    def it_makes_a_person_of_one_document_and_undoes_it(self, project):
        people = project.corpus.people
        people.merge(["Mme Roux", "Madame Roux"], into="Mme Roux")
        people.describe(["Mme Roux"], attributes={"acteur": "usager"})

        made = people.split("Mme Roux", ["Entretien Aubagne"])

        assert (made.name, made.turns, made.attributes) == ("Madame Roux", 2, {"actor": "usager"})
        assert [place.title for place in people.find("Mme Roux").places] == ["FG Laval"]
        project.history.undo()
        assert len(people.find("Mme Roux").places) == 2

    def it_makes_a_person_of_one_label(self, project):
        people = project.corpus.people
        people.merge([people.find("Mme Roux"), people.find("Karim", "FG Laval")], into="Mme Roux")
        made = people.split("Mme Roux", ["FG Laval"], labels=["Karim"], name="Karim B.")
        assert (made.name, made.labels, made.turns) == ("Karim B.", ("Karim",), 2)

    def it_refuses_to_take_nothing_or_everything(self, project):
        with pytest.raises(ImportRefused, match="partirait"):
            project.corpus.people.split("Mme Roux", ["FG Laval"])
        with pytest.raises(ImportRefused, match="ne parle pas"):
            project.corpus.people.split("Mme Roux", ["Entretien Aubagne"])


class DescribeManyAtOnce:
    def it_takes_one_name_as_that_one_and_not_as_its_letters(self, project):
        assert project.corpus.people.describe("Mme Roux", role="observer") == 1
        project.corpus.people.merge("Madame Roux", into="Mme Roux")
        assert project.corpus.people.split("Mme Roux", "FG Laval").name == "Mme Roux"

    def it_describes_them_as_one_action(self, project):
        people = project.corpus.people
        everybody = people.all()
        assert people.describe(everybody, attributes={"Territoire": "Rennes", "acteur": "usager"}) == len(everybody)
        assert all(person.territories == ("Rennes",) for person in people.all())
        people.describe(everybody[:2], attributes={"territoire": ""})
        assert people.all()[0].attributes == {"actor": "usager"}  # the others stay
        project.history.undo()
        project.history.undo()
        assert all(not person.attributes for person in people.all())
