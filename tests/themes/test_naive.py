"""The arrays against a count that anybody can follow, on projects that nobody would think of."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualikit.themes.model import TOTAL, UNSPECIFIED

ROLES = ("participant", "participant", "participant", "moderator", "observer")
TERRITORIES = (None, "Aubagne", "Laval")
TREE = {"A": None, "A1": "A", "A2": "A", "A11": "A1", "B": None}


@dataclass
class Project:
    people: list[tuple[str, str | None]]  # role, own territory
    documents: list[tuple[str | None, list[tuple[int | None, str]]]]  # territory, turns
    codings: list[tuple[int, int, int, str, str]]  # document, start, length, code, coder


people = st.lists(st.tuples(st.sampled_from(ROLES), st.sampled_from(TERRITORIES)), min_size=1, max_size=5)


@st.composite
def projects(draw):
    persons = draw(people)
    speaker = st.one_of(st.none(), st.integers(0, len(persons) - 1))
    words = st.sampled_from(["", "oui", "non non", "été 🙂 neige", "a" * 12])
    document = st.tuples(st.sampled_from(TERRITORIES), st.lists(st.tuples(speaker, words), min_size=1, max_size=6))
    documents = draw(st.lists(document, min_size=1, max_size=4))
    coding = st.tuples(
        st.integers(0, len(documents) - 1),
        st.integers(0, 60),
        st.integers(1, 30),
        st.sampled_from(list(TREE)),
        st.sampled_from(["Camille", "Sacha"]),
    )
    return Project(persons, documents, draw(st.lists(coding, max_size=14)))


def built(world, project):
    """The project in a file; the codings as they could be put: inside the text, and none twice."""
    for name, parent in TREE.items():
        world.code(name, parent)
    for number, (role, territory) in enumerate(project.people):
        world.person(f"P{number}", role, **({"territory": territory} if territory else {}))
    for number, (territory, said) in enumerate(project.documents):
        turns = [(None if who is None else f"P{who}", words) for who, words in said]
        world.document(f"D{number}", turns, territory=territory)
    kept = set()
    for document, start, length, code, coder in project.codings:
        text = world.texts[f"D{document}"]
        first = min(start, len(text) - 1)
        coding = (document, first, min(first + length, len(text)), code, coder)
        if coding not in kept:
            kept.add(coding)
            world.coding(f"D{document}", coding[1:3], code, coder)
    return sorted(kept)


def passages(codings):
    """The place of each coding: those of one code in one document are joined as long as two share a character."""
    left, places = list(codings), {}
    while left:
        place = [left.pop()]
        while more := [a for a in left if any(joined(a, b) for b in place)]:
            place += more
            left = [each for each in left if each not in more]
        places |= dict.fromkeys(place, min(place))
    return places


def joined(one, other):
    return one[0] == other[0] and one[3] == other[3] and one[1] < other[2] and other[1] < one[2]


def naive(project, codings, dimension, row, column):
    def speeches(document):
        place = 0
        for who, words in project.documents[document][1]:
            label = len(f"P{who} : ") if who is not None else 0
            if who is not None and words and project.people[who][0] == "participant":
                yield who, place + label, place + label + len(words)
            place += label + len(words) + 1

    def value(document, who=None):
        if dimension == "document":
            return document
        if dimension == "participant":
            return UNSPECIFIED if who is None else who
        own = project.people[who][1] if who is not None else None
        return own or project.documents[document][0] or UNSPECIFIED

    def under(code):
        return code is not None and (code == row or under(TREE[code]))

    def here(each):
        return column in (TOTAL, each)

    counted, people, sessions = [], set(), set()
    for coding in codings:
        document, start, stop, code, _coder = coding
        if row != TOTAL and not under(code):
            continue
        who = {person for person, first, last in speeches(document) if first < stop and start < last}
        values = {value(document, person) for person in who} or {value(document)}
        if any(map(here, values)):
            counted.append(coding)
            sessions.add(document)
            people |= {person for person in who if here(value(document, person))}
    numbers = range(len(project.documents))
    voices = [(document, person) for document in numbers for person, _first, _last in speeches(document)]
    could = {person for document, person in voices if here(value(document, person))}
    held = {document for document in numbers if here(value(document))}
    held |= {document for document, person in voices if here(value(document, person))}
    places = passages(codings)
    return len(counted), len({places[each] for each in counted}), len(people), len(could), len(sessions), len(held)


@pytest.fixture(scope="module")
def fresh(empty_project, tmp_path_factory):
    from qualikit.store import Store

    folder, numbers = tmp_path_factory.mktemp("naive"), count()

    def make(kind):
        path = folder / f"{next(numbers)}.qualikit"
        shutil.copy(empty_project, path)
        return kind(Store.open(path))

    return make


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(project=projects(), dimension=st.sampled_from(["territory", "document", "participant"]))
def test_every_cell_is_what_counting_one_by_one_gives(fresh, world, project, dimension):
    here = fresh(type(world))
    codings = built(here, project)
    matrix = here.themes.matrix(columns=dimension)
    numbers = {id: int(name[1:]) for name, id in here.ids.items() if name[0] in "DP" and dimension != "territory"}
    for row in (*matrix.rows, matrix.total_row):
        for column in (*matrix.columns, matrix.total_column):
            cell = matrix.cell(row, column)
            name = row.name if not row.is_total else TOTAL
            counted = (cell.codings, cell.passages, cell.people, cell.people_total, cell.sessions, cell.sessions_total)
            value = numbers.get(column.value, column.value)
            assert counted == naive(project, codings, dimension, name, value)
            assert cell.own_codings <= cell.codings
            assert cell.passages <= cell.codings
            assert len(matrix.coding_ids(row, column)) == cell.codings
    whole = matrix.cell(TOTAL)
    assert sum(matrix.cell(row).own_codings for row in matrix.rows) == whole.codings
    here.store.close()
