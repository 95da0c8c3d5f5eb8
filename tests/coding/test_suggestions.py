"""Suggestions of a project: asked for, asked for again, decided by each coder apart, undone; nothing until accepted."""

from __future__ import annotations

import csv

import pytest
import sqlalchemy as sa

from qualikit import Project
from qualikit.coding.model import Origin
from qualikit.coding.progress import progress
from qualikit.coding.tables import codes, decisions, suggestions
from qualikit.errors import CodingRefused, NotFound, UnknownPlugin
from qualikit.store import new_id

TALK = """Animatrice : La pluie, ça vous gêne ?

Mme Roux : Quand il pleut, je reste 🌧️. La pluie, M. Petit, c'est tout le temps ! Le vélo-cargo tombe en panne.

M. Petit : Moi la pluie… je viens. Voilà.
"""
NOTE = "Pluie fine le matin. Trois personnes.\n\nPanne de frein.\n"


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p", coder="Camille") as project:
        for title, text in (("Groupe", TALK), ("Note", NOTE)):
            project.corpus.save(project.corpus.preview(text.encode(), f"{title}.txt", title=title))
        project.coding.add_code("Météo", keywords=["pluie"])
        project.coding.add_code("Matériel", keywords=["panne", "vélo cargo"])
        project.coding.add_code("Divers")
        yield project


@pytest.fixture
def sacha(project):
    return Project(project.store, "Sacha")


def said(project, **narrowed):
    names = {code.id: code.name for code in project.coding.codebook}
    return [(names[each.code_id], each.quote) for each in project.coding.suggestions(**narrowed)]


def first(project, name, document="Groupe"):
    code = project.coding.code(name)
    return next(each for each in project.coding.suggestions(document) if each.code_id == code.id)


def stored(project):
    with project.store.read() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(suggestions)).scalar_one()


PROPOSED = [
    ("Météo", "La pluie, M. Petit, c'est tout le temps !"),
    ("Matériel", "Le vélo-cargo tombe en panne."),
    ("Météo", "Moi la pluie…"),
]


class DescribeAsking:
    def it_proposes_on_sentences_and_leaves_the_moderators_turns_out(self, project):
        report = project.coding.suggest("keywords")
        assert (report.documents, report.added, report.stopped) == (2, 5, False)
        assert said(project, document="Groupe") == PROPOSED
        assert said(project, document="Note") == [("Météo", "Pluie fine le matin."), ("Matériel", "Panne de frein.")]
        one = first(project, "Matériel")
        assert project.corpus.text("Groupe")[one.start : one.stop] == one.quote
        assert one.reason.replace("\u00a0", " ") == "contient « vélo-cargo » et « panne », mots-clés de Matériel"
        assert (one.assistant, one.level, one.parameters) == ("keywords", "strong", {"families": True})

    def it_can_hear_the_moderator_and_keep_to_documents_codes_and_levels(self, project):
        assert project.coding.suggest("keywords", documents=["Groupe"], codes=["Météo"], moderators=True).added == 3
        assert said(project)[0] == ("Météo", "La pluie, ça vous gêne ?")
        assert project.coding.suggest("keywords", documents=["Note"], least="strong").added == 0

    def it_can_keep_to_a_part_of_a_text_widened_to_whole_passages(self, project):
        text = project.corpus.text("Groupe")
        place = text.find("tout le temps")
        project.coding.suggest("keywords", ["Groupe"], within=(place, place + 1))
        assert said(project) == PROPOSED[:2]
        project.coding.suggest("keywords", ["Groupe"])
        project.coding.update_code("Météo", keywords=["neige"])
        place = text.find("je viens")
        report = project.coding.suggest("keywords", ["Groupe"], within=(place, place + 1))
        assert (report.removed, report.added) == (1, 0)  # what lies elsewhere stays, proposed any more or not
        assert said(project) == PROPOSED[:2]
        project.coding.suggest("keywords", ["Groupe"], within=(0, 3))  # the moderator alone
        assert said(project) == PROPOSED[:2]

    def it_finds_of_a_long_turn_screen_by_screen_what_it_finds_of_the_whole(self, project):
        said = [f"Pluie {n}, nous attendons sous le porche avec les papiers et les bottes." for n in range(60)]
        said[::7] = ["La panne du vélo cargo nous retient au garage."] * len(said[::7])
        long = "M. Petit : " + " ".join(said) + "\n"
        project.corpus.save(project.corpus.preview(long.encode(), "Long.txt", title="Long"))
        project.coding.update_code("Météo", definition="La pluie et l'attente sous l'eau.")
        project.coding.update_code("Matériel", definition="Les pannes du vélo.")

        def found():
            return {(each.start, each.stop, each.code_id) for each in project.coding.suggestions("Long")}

        for assistant in ("meaning", "keywords"):
            project.coding.suggest(assistant, ["Long"])
            whole = found()
            assert whole
            for start in range(0, len(project.corpus.text("Long")), 700):
                report = project.coding.suggest(assistant, ["Long"], within=(start, start + 700))
                assert (report.added, report.removed) == (0, 0)
            assert found() == whole
            project.coding.withdraw_suggestions()
            for start in range(0, len(project.corpus.text("Long")), 700):
                project.coding.suggest(assistant, ["Long"], within=(start, start + 700))
            assert found() == whole
            project.coding.withdraw_suggestions()

    @pytest.mark.parametrize("within", [(50, 50), (60, 50), (-1, 4)])
    def it_refuses_a_part_that_is_none(self, project, within):
        project.coding.suggest("keywords")
        before = said(project)
        with pytest.raises(CodingRefused, match="pas de texte à cet endroit"):
            project.coding.suggest("keywords", within=within)
        assert said(project) == before

    def it_is_no_work_of_the_coders_that_undo_would_take_back(self, project):
        before = project.history.next()
        project.coding.suggest("keywords")
        assert project.history.events(limit=1)[0].label == "suggestions par mots-clés demandées"
        assert project.history.next() == before

    def it_is_withdrawn_but_for_what_somebody_answered(self, project, sacha):
        project.coding.suggest("keywords")
        sacha.coding.decide(first(project, "Matériel").id, accept=True)
        assert project.coding.withdraw_suggestions("Note") == 2
        assert project.coding.withdraw_suggestions() == 2
        assert len(sacha.coding.codings()) == 1
        assert len(project.coding.decisions_frame()) == 1

    def it_changes_nothing_when_asked_again(self, project):
        project.coding.suggest("keywords")
        revision = project.revision
        report = project.coding.suggest("keywords")
        assert (report.added, report.kept, report.removed) == (0, 5, 0)
        assert project.revision == revision

    def it_replaces_what_nobody_decided_and_keeps_what_somebody_did(self, project, sacha):
        project.coding.suggest("keywords")
        sacha.coding.decide(first(project, "Matériel").id, accept=False)
        project.coding.update_code("Matériel", keywords=["frein"])
        project.coding.update_code("Météo", keywords=["matin"])
        report = project.coding.suggest("keywords")
        assert (report.added, report.kept, report.removed) == (0, 2, 2)
        assert said(project) == [
            ("Matériel", "Le vélo-cargo tombe en panne."),
            ("Météo", "Pluie fine le matin."),
            ("Matériel", "Panne de frein."),
        ]
        assert "frein" in first(project, "Matériel", "Note").reason

    def it_never_proposes_a_code_that_is_retired(self, project):
        project.coding.suggest("keywords")
        with project.store.write("Camille") as transaction, transaction.event("code.retire", "code retiré") as change:
            change.update(codes, project.coding.code("Météo").id, active=False)
        assert {name for name, _quote in said(project)} == {"Matériel"}
        with pytest.raises(CodingRefused, match="est retiré de la grille"):
            project.coding.decide(first(project, "Matériel").id, accept=True, code="Météo")
        project.coding.suggest("keywords")
        assert stored(project) == 2

    def it_tells_how_far_it_is_and_keeps_what_was_read_when_stopped(self, project):
        steps = []

        def going(done, total, name=""):
            steps.append((done, total, name))
            return len(steps) < 4

        report = project.coding.suggest("keywords", progress=going)
        assert steps == [(0, 4, "Groupe"), (1, 4, "Note"), (2, 4, "Groupe"), (3, 4, "Note")]
        assert (report.documents, report.stopped) == (1, True)
        assert said(project) == PROPOSED

    def it_refuses_what_is_not_there(self, project):
        with pytest.raises(UnknownPlugin):
            project.coding.suggest("oracle")
        with pytest.raises(NotFound):
            project.coding.suggest("keywords", documents=["Ailleurs"])
        with pytest.raises(NotFound):
            project.coding.suggest("keywords", codes=["Ailleurs"])
        with pytest.raises(CodingRefused):
            project.coding.suggest("keywords", least="énorme")
        with pytest.raises(CodingRefused):
            project.coding.suggestions(status="peut-être")


class DescribeDeciding:
    def it_makes_a_coding_of_what_is_accepted(self, project):
        project.coding.suggest("keywords")
        one = first(project, "Matériel")
        project.coding.decide(one.id, accept=True)
        [coding] = project.coding.codings()
        assert (coding.start, coding.stop, coding.quote, coding.code_id) == (
            one.start,
            one.stop,
            one.quote,
            one.code_id,
        )
        assert (coding.origin, coding.coder) == (Origin.SUGGESTION, "Camille")
        assert one.id not in [each.id for each in project.coding.suggestions()]
        [decided] = project.coding.suggestions(status="accepted")
        assert (decided.id, decided.chosen_id) == (one.id, one.code_id)

    def it_puts_another_code_where_one_is_named(self, project):
        project.coding.suggest("keywords")
        one = first(project, "Matériel")
        project.coding.decide(one.id, accept=True, code="Divers")
        assert [coding.code_id for coding in project.coding.codings()] == [project.coding.code("Divers").id]
        assert [each.id for each in project.coding.suggestions(status="corrected")] == [one.id]

    def it_makes_nothing_of_what_is_refused_and_does_not_ask_again(self, project):
        project.coding.suggest("keywords")
        one = first(project, "Matériel")
        project.coding.decide(one.id, accept=False)
        assert project.coding.codings() == []
        project.coding.suggest("keywords")
        assert one.quote not in [quote for _name, quote in said(project)]
        assert [each.id for each in project.coding.suggestions(status="rejected")] == [one.id]

    def it_takes_decision_and_coding_back_in_one_and_does_them_again(self, project):
        project.coding.suggest("keywords")
        one = first(project, "Matériel")
        project.coding.decide(one.id, accept=True)
        assert project.history.undo().label == "suggestion acceptée\u00a0: code Matériel"
        assert project.coding.codings() == []
        assert first(project, "Matériel").id == one.id
        project.history.redo()
        assert len(project.coding.codings()) == 1
        project.history.undo()
        project.coding.decide(one.id, accept=False)
        assert project.history.undo().label == "suggestion refusée\u00a0: code Matériel"
        assert first(project, "Matériel").id == one.id

    def it_lets_each_coder_decide_apart(self, project, sacha):
        project.coding.suggest("keywords")
        one = first(project, "Matériel")
        project.coding.decide(one.id, accept=True)
        assert first(sacha, "Matériel").id == one.id
        sacha.coding.decide(one.id, accept=False)
        frame = project.coding.decisions_frame()
        assert frame[["coder", "verdict", "code", "assistant"]].values.tolist() == [
            ["Camille", "accepted", "Matériel", "keywords"],
            ["Sacha", "rejected", "Matériel", "keywords"],
        ]
        assert frame["assistant_version"].tolist() == ["2", "2"]
        assert (frame["score"] > 0).all()

    def it_refuses_two_answers_and_takes_the_same_one_twice(self, project):
        project.coding.suggest("keywords")
        one = first(project, "Matériel")
        project.coding.decide(one.id, accept=True)
        project.coding.decide(one.id, accept=True)
        assert len(project.coding.codings()) == 1
        with pytest.raises(CodingRefused, match="déjà répondu"):
            project.coding.decide(one.id, accept=False)
        with pytest.raises(CodingRefused, match="n'existe plus"):
            project.coding.decide(new_id(), accept=True)

    def it_keeps_a_decision_whose_coding_is_taken_away(self, project):
        project.coding.suggest("keywords")
        one = first(project, "Matériel")
        project.coding.decide(one.id, accept=True)
        project.coding.remove(project.coding.codings()[0].id)
        assert [each.id for each in project.coding.suggestions(status="accepted")] == [one.id]
        assert len(project.coding.decisions_frame()) == 1


class DescribeTheOutbox:
    def it_decides_once_whatever_is_sent_again(self, project):
        project.coding.suggest("keywords")
        one = first(project, "Matériel")
        operation = {"uuid": new_id(), "op": "accept", "doc": one.document_id, "id": one.id}
        for _again in range(3):
            assert project.coding.apply(one.document_id, [operation]).acked == (operation["uuid"],)
        assert [coding.id for coding in project.coding.codings()] == [operation["uuid"]]
        other = first(project, "Météo")
        no = {"uuid": new_id(), "op": "reject", "id": other.id}
        assert project.coding.apply(None, [no, no, {"uuid": new_id(), "op": "accept", "id": "?"}]).refused[0].reason
        with project.store.read() as connection:
            assert connection.execute(sa.select(sa.func.count()).select_from(decisions)).scalar_one() == 2

    def it_refuses_a_code_that_went_and_goes_on_with_the_rest(self, project):
        project.coding.suggest("keywords")
        one = first(project, "Matériel")
        wrong = {"uuid": new_id(), "op": "accept", "id": one.id, "code": new_id()}
        right = {"uuid": new_id(), "op": "accept", "id": one.id}
        result = project.coding.apply(None, [wrong, right])
        assert result.acked == (right["uuid"],)
        assert result.refused[0].reason == "Ce code n'est plus dans la grille."


class DescribeCodingByHand:
    def it_settles_what_was_proposed_to_the_letter(self, project):
        project.coding.suggest("keywords")
        one = first(project, "Matériel")
        project.coding.add("Groupe", one.start, one.stop, "Matériel")
        assert [each.id for each in project.coding.suggestions(status="accepted")] == [one.id]
        assert project.coding.codings()[0].origin is Origin.HAND
        project.history.undo()
        assert first(project, "Matériel").id == one.id
        assert project.coding.decisions_frame().empty

    def it_is_not_proposed_what_bears_the_code_on_some_of_its_words(self, project, sacha):
        project.coding.suggest("keywords")
        one = first(project, "Matériel")
        project.coding.add("Groupe", one.start + 3, one.start + 13, "Matériel")
        assert one.id not in [each.id for each in project.coding.suggestions()]
        assert one.id in [each.id for each in sacha.coding.suggestions()]
        project.coding.remove(project.coding.codings()[0].id)
        assert one.id in [each.id for each in project.coding.suggestions()]


class DescribeWhatCounts:
    def it_counts_a_suggestion_nowhere(self, project, tmp_path):
        def seen():
            project.coding.export_codings(tmp_path / "c.csv")
            with (tmp_path / "c.csv").open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.DictReader(file))
            return (
                rows,
                project.coding.to_frame().values.tolist(),
                project.coding.usage_counts("code"),
                project.coding.usage_counts("document"),
                project.coding.usage("Météo").codings,
                progress(project.corpus, project.coding),
                project.themes.matrix().to_frame().values.tolist(),
                project.coding.set_aside(),
                len(project.coding.search("pluie", uncoded=True)),
            )

        before = seen()
        project.coding.suggest("keywords")
        project.coding.decide(first(project, "Matériel").id, accept=False)
        assert seen() == before


class DescribeCorrecting:
    def it_takes_suggestions_along_without_a_word(self, project):
        project.coding.suggest("keywords")
        text = project.corpus.text("Groupe")
        made = project.corpus.correct("Groupe", new_text=text.replace("je reste", "je reste chez moi"))
        assert made.followed == ()
        assert said(project, document="Groupe") == PROPOSED
        assert project.check() == []

    def it_leaves_those_whose_words_went_and_sets_nothing_aside(self, project):
        project.coding.suggest("keywords")
        text = project.corpus.text("Groupe")
        gone = "Le vélo-cargo tombe en panne."
        project.corpus.correct("Groupe", new_text=text.replace(gone, "Bref."))
        assert gone not in [quote for _name, quote in said(project)]
        assert project.coding.set_aside() == []
        assert project.check() == []
        project.history.undo()
        assert said(project, document="Groupe") == PROPOSED

    def it_does_not_keep_a_correction_from_being_undone(self, project, sacha):
        project.coding.suggest("keywords")
        text = project.corpus.text("Groupe")
        project.corpus.correct("Groupe", new_text=text.replace("je viens", "je ne viens pas"))
        sacha.coding.update_code("Matériel", keywords=["viens", "ne viens"])
        sacha.coding.suggest("keywords")
        project.history.undo()
        assert project.corpus.text("Groupe") == text
        assert project.check() == []

    def it_refuses_to_accept_on_a_text_that_is_not_the_current_one(self, project):
        project.coding.suggest("keywords")
        one = first(project, "Matériel")
        text = project.corpus.text("Groupe")
        project.corpus.correct("Groupe", new_text=text.replace(one.quote, "Bref."))
        with pytest.raises(CodingRefused, match="corrigé"):
            project.coding.decide(one.id, accept=True)


def test_removing_a_code_takes_its_suggestions_along_and_undo_brings_them_back(project):
    project.coding.suggest("keywords")
    project.coding.decide(first(project, "Matériel").id, accept=False)
    project.coding.remove_code("Matériel")
    assert {name for name, _quote in said(project, status=None)} == {"Météo"}
    project.history.undo()
    assert len(project.coding.suggestions(status=None)) == 5
