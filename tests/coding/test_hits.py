"""Codings and search together: narrowed by codes and coders, and what was found coded in one action."""

from __future__ import annotations

import pytest

from qualikit import Project
from qualikit.coding.hits import extent_named
from qualikit.errors import CodingRefused, NotFound

TALK = """Animatrice : La pluie, ça vous gêne ? Et le vent ?

Mme Roux : Quand il pleut, je reste. La pluie, M. Petit, la pluie c'est tout le temps ! Le vent, non.

M. Petit : Moi la pluie… je viens. Voilà.
"""
NOTE = "Pluie fine le matin. Trois personnes.\n\nLa pluie cesse.\n"


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p", coder="Camille") as project:
        for title, text in (("Groupe", TALK), ("Note", NOTE)):
            project.corpus.save(project.corpus.preview(text.encode(), f"{title}.txt", title=title))
        project.coding.add_code("Freins")
        project.coding.add_code("Météo", parent="Freins")
        project.coding.add_code("Lien social")
        yield project


def quotes(project, **narrowed):
    return [coding.quote for coding in project.coding.codings(**narrowed)]


def code(project, words, name, document="Groupe"):
    start = project.corpus.text(document).index(words)
    project.coding.add(document, start, start + len(words), name)


class DescribeNarrowing:
    def it_looks_inside_and_outside_of_what_bears_a_code_or_one_under_it(self, project):
        code(project, "La pluie, M. Petit, la pluie", "Météo")
        assert [hit.speaker for hit in project.coding.search("pluie", code="Freins")] == ["Mme Roux", "Mme Roux"]
        assert [hit.match for hit in project.coding.search("pluie", without_code="Freins")] == [
            *["pluie"] * 2,
            "Pluie",
            "pluie",
        ]
        assert project.coding.search("pluie", code="Lien social") == []
        assert project.coding.count_hits("pluie", code="Météo").hits == 2
        assert project.coding.count_hits("pluie", without_code="Lien social").hits == 6

    def it_looks_at_what_one_coder_coded_and_at_what_nobody_did(self, project):
        code(project, "La pluie, ça vous gêne", "Météo")
        sacha = Project(project.store, "Sacha")
        code(sacha, "Moi la pluie", "Lien social")
        assert [hit.speaker for hit in project.coding.search("pluie", coded_by="Sacha")] == ["M. Petit"]
        assert project.coding.search("pluie", coded_by="Sacha", code="Météo") == []
        assert [hit.speaker for hit in project.coding.search("pluie", uncoded=True)] == [
            "Mme Roux",
            "Mme Roux",
            None,
            None,
        ]

    def it_takes_the_filters_of_the_corpus_too(self, project):
        assert len(project.coding.search("pluie", document="Note")) == 2
        assert len(project.coding.search("pluie", document="Groupe", moderators=False)) == 3

    def it_says_when_there_is_no_such_code(self, project):
        with pytest.raises(NotFound, match="Neige"):
            project.coding.search("pluie", code="Neige")


class DescribeCodingHits:
    def it_is_one_action_undone_in_one(self, project):
        report = project.coding.code_hits(project.coding.search("pluie"), "Météo")
        assert (report.added, report.already, str(report)) == (6, 0, "6 codages posés.")
        assert quotes(project) == ["pluie", "pluie", "pluie", "pluie", "Pluie", "pluie"]
        assert project.history.next()[0] == "code Météo posé sur 6 passages"
        assert project.check() == []
        project.history.undo()
        assert quotes(project) == []

    def it_takes_the_sentence_once_for_all_that_was_found_in_it(self, project):
        project.coding.code_hits(project.coding.search("pluie"), "Météo", extent="sentence")
        assert quotes(project) == [
            "La pluie, ça vous gêne ?",
            "La pluie, M. Petit, la pluie c'est tout le temps !",
            "Moi la pluie…",
            "Pluie fine le matin.",
            "La pluie cesse.",
        ]

    def it_takes_the_whole_turn_or_the_paragraph_of_what_nobody_says(self, project):
        hits = project.coding.search("pluie")
        assert [len(project.coding.hit_passages(hits, extent)) for extent in ("match", "sentence", "turn")] == [6, 5, 5]
        project.coding.code_hits(hits, "Météo", extent="turn")
        assert quotes(project)[1].startswith("Quand il pleut")
        assert quotes(project)[1].endswith("Le vent, non.")
        assert quotes(project)[3:] == ["Pluie fine le matin. Trois personnes.", "La pluie cesse."]

    def it_leaves_what_bears_the_code_already(self, project):
        project.coding.code_hits(project.coding.search("pluie", document="Note"), "Météo")
        report = project.coding.code_hits(project.coding.search("pluie"), "Météo")
        assert str(report) == "4 codages posés, 2 l'étaient déjà."
        again = project.coding.code_hits(project.coding.search("pluie"), "Météo")
        assert (again.added, again.already) == (0, 6)
        assert project.history.next()[0] == "code Météo posé sur 4 passages"
        assert Project(project.store, "Sacha").coding.code_hits(project.coding.search("vent"), "Météo").added == 2

    def it_refuses_what_has_changed_since_and_codes_the_rest(self, project):
        hits = project.coding.search("pluie")
        project.corpus.remove_document("Note")
        report = project.coding.code_hits(hits, "Météo")
        assert (report.added, len(report.refused)) == (4, 2)
        assert "n'est plus dans le projet" in report.refused[0].reason
        project.history.undo()
        from dataclasses import replace

        (stale,) = project.coding.code_hits([replace(hits[0], version="autre")], "Météo").refused
        assert "Le texte a changé" in stale.reason

    def it_says_when_the_extent_is_not_one(self):
        assert extent_named("turn") == "turn"
        with pytest.raises(CodingRefused, match="page"):
            extent_named("page")
