"""The book of verbatims, and the numbers under which passages are quoted from one export to the next."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from qualikit import Project
from qualikit.themes.documents.numbering import numbers
from tests.themes.documents.readback import headings, sound, words


@pytest.fixture
def book(project, tmp_path):
    def write(**options):
        return sound(project.themes.export_verbatims(tmp_path / "verbatims.docx", **options))

    return write


def numbered(document):
    """Number of each passage by its words."""
    lines = words(document).splitlines()
    return {
        quote.strip("« »"): int(found[1])
        for quote, source in pairwise(lines)
        if quote.startswith("« ") and (found := re.match(r"\[(\d+)\]", source))
    }


def test_passages_stand_by_theme_and_territory(book):
    document = book(verbatims="all")
    assert headings(document) == [
        (1, "Freins"),
        (2, "Météo"),
        (2, "Matériel"),
        (1, "Retrouver un passage par son numéro"),
    ]
    said = words(document)
    assert "Aubagne : 3 passages" in said
    assert "Laval : 1 passage" in said


def test_people_are_numbers_where_no_pseudonym_was_ever_put(book):
    said = words(book(verbatims="all"))
    assert "jamais par leur nom" in said
    assert "Roux" not in said
    assert re.search(r"\[1\] Personne \d+, Focus group, Aubagne, tour 2", said)


def test_names_can_be_asked_for(book):
    assert "Mme Roux, FG Aubagne, tour 2" in words(book(named=True))


def test_one_territory_alone(book):
    said = words(book(territory="Laval", verbatims="all"))
    assert "il fait froid" in said
    assert "personne ne vient" not in said


def test_only_what_was_chosen(project, book, coding_of):
    assert "Aucun passage n'est à citer" in words(book(verbatims="chosen"))
    project.themes.choose_verbatim(coding_of("il fait froid", "Météo"))
    assert list(numbered(book(verbatims="chosen"))) == ["il fait froid"]


class DescribeNumbers:
    def it_keeps_them_when_passages_come_and_go(self, project, book, coding_of):
        before = numbered(book(verbatims="all"))
        assert sorted(before.values()) == list(range(1, 6))
        start = project.corpus.text("FG Aubagne").index("Bonjour")
        project.coding.add("FG Aubagne", start, start + 7, "Lien social")
        project.coding.remove(coding_of("Ça dépend des jours", "Météo"))
        after = numbered(book(verbatims="all"))
        assert after["Bonjour"] == 6
        assert {quote: number for quote, number in after.items() if quote != "Bonjour"} == {
            quote: number for quote, number in before.items() if quote != "Ça dépend des jours"
        }

    def it_never_gives_a_number_again_and_undo_finds_it(self, project, book, coding_of):
        before = numbered(book(verbatims="all"))
        last = max(before, key=before.__getitem__)
        project.coding.remove(next(c.id for c in project.coding.codings() if c.quote == last))
        start = project.corpus.text("FG Aubagne").index("Bonjour")
        project.coding.add("FG Aubagne", start, start + 7, "Lien social")
        assert numbered(book(verbatims="all"))["Bonjour"] == before[last] + 1
        project.history.undo()
        project.history.undo()
        assert numbered(book(verbatims="all")) == before

    def it_is_the_passage_s_whoever_coded_it_and_with_what(self, project, place, coding_of):
        first = coding_of("il fait froid", "Météo")
        with Project.open(place, coder="Sacha") as other:
            start = other.corpus.text("FG Laval").index("il fait froid")
            twin = other.coding.add("FG Laval", start, start + len("il fait froid"), "Lien social").id
        given = numbers(project.store, "Camille", [first, twin])
        assert given == {first: 1, twin: 1}
        project.coding.remove(first)
        assert numbers(project.store, "Camille", [twin]) == {twin: 1}

    def it_does_not_stand_in_the_way_of_undo(self, project, book):
        label = project.history.next()
        book()
        assert project.history.next() == label

    def it_is_shared_by_every_document(self, project, book, tmp_path):
        mine = numbered(book(verbatims="all"))
        other = numbered(sound(project.themes.export_synthesis(tmp_path / "s.docx", "Aubagne", verbatims="all")))
        assert other
        assert all(mine[quote] == number for quote, number in other.items())

    def it_leaves_out_what_is_gone(self, project):
        assert numbers(project.store, "Camille", ["nobody"]) == {}


def test_the_same_project_gives_the_same_bytes_twice(project, tmp_path):
    one, two = (project.themes.export_verbatims(tmp_path / f"{n}.docx").read_bytes() for n in (1, 2))
    assert one == two


def test_two_people_of_one_name_are_two_numbers(project, book):
    person = next(one for one in project.corpus.participants() if one.name == "M. Petit")
    project.corpus.update_participant(person, name="M. Diallo")
    said = words(book(verbatims="all"))
    found = {re.search(r"\[\d+\] (Personne \d+), Focus group, (\w+)", line) for line in said.splitlines()}
    by_place = {(match[2], match[1]) for match in found if match}
    assert len({label for _place, label in by_place}) == len(by_place) == 5
