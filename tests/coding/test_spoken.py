"""What assistants read of a document: what is said, and no titles."""

from __future__ import annotations

import pytest

from qualikit import Project
from qualikit.coding.spoken import pieces_of, segments_of


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p", coder="Camille") as project:
        yield project


def read(project, text, name="Note.txt"):
    project.corpus.save(project.corpus.preview(text.encode(), name, title="Note"))
    document = project.corpus.document("Note")
    assert [each for piece in pieces_of(project.store, document) for each in piece.sentences] == segments_of(
        project.store, document
    )
    return [piece.words for piece in pieces_of(project.store, document)]


LONG = "La pluie a retenu chez eux la plupart de ceux qui viennent d'ordinaire au stand du mardi matin."


class DescribeAnInterview:
    def it_leaves_out_what_stands_before_the_first_who_speaks(self, project):
        text = f"Entretien avec la coordination\n\nMme Roux : {LONG}\n\nM. Petit : Oui.\n"
        assert read(project, text) == [LONG, "Oui."]


class DescribeANote:
    def it_reads_paragraph_by_paragraph_without_headings(self, project):
        text = f"Note d'observation\n\n1. La matinée\n{LONG}\n\n## Le soir ##\nPeu de monde.\n{LONG}\n"
        assert read(project, text) == [LONG, "Peu de monde.", LONG]

    @pytest.mark.parametrize("line", ["- manque de matériel", "Peu de monde…", "• la salle est trop petite", "Fermé."])
    def it_keeps_short_lines_that_are_no_headings(self, project, line):
        assert read(project, f"{LONG}\n{line}\n{LONG}\n") == [LONG, line, LONG]

    def it_keeps_lines_that_stand_over_lines_as_short(self, project):
        assert read(project, "Trois personnes\nDeux vélos\n") == ["Trois personnes", "Deux vélos"]

    def it_reads_a_long_paragraph_in_parts_that_say_what_the_text_says(self, project):
        found = read(project, " ".join([LONG] * 12) + "\n")
        assert len(found) > 1
        assert " ".join(found) == " ".join([LONG] * 12)
