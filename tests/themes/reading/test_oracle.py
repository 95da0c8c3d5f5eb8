"""The arrays against a reading that anybody can follow, on projects and queries that nobody would think of."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualikit.errors import NotFound
from qualikit.themes.reading.finding import find
from qualikit.themes.reading.query import Both, Either, Query, Relation, Term, Without

TREE = {"A": None, "A1": "A", "A11": "A1", "B": None}
UNDER = {"A": {"A", "A1", "A11"}, "A1": {"A1", "A11"}, "A11": {"A11"}, "B": {"B"}}
PEOPLE = (("P0", "participant", "Laval"), ("P1", "participant", None), ("P2", "moderator", None))

terms = st.builds(Term, st.sampled_from(list(TREE)), st.booleans())
relations = st.sampled_from(list(Relation))


def deeper(parts):
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return (
        st.builds(Both, several, relations, st.integers(0, 3))
        | st.builds(Either, several)
        | st.builds(Without, parts, parts, relations, st.integers(0, 3))
    )


expressions = st.recursive(terms, deeper, max_leaves=5)
turns = st.tuples(st.none() | st.integers(0, 2), st.sampled_from(["", "oui", "non non", "été 🙂 neige"]))
documents = st.lists(
    st.tuples(st.sampled_from([None, "Laval", "Aubagne"]), st.lists(turns, min_size=1, max_size=5)),
    min_size=1,
    max_size=3,
)
codings = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.integers(0, 40),
        st.integers(1, 20),
        st.sampled_from(list(TREE)),
        st.sampled_from(["Camille", "Sacha"]),
    ),
    max_size=14,
)
territories = st.lists(st.sampled_from(["Laval", "Aubagne", ""]), max_size=2, unique=True)


class Naive:
    """Every pair of codings looked at, one by one."""

    def __init__(self, kept, lines):
        self.codings = kept
        self.lines = lines  # by document: start, stop, speech_start, speech_stop, who

    def turns_of(self, coding):
        document, start, stop, _code, _coder = coding
        return [n for n, (s, e, *_rest) in enumerate(self.lines[document]) if s < stop and e > start]

    def stand(self, one, other, relation, distance):
        if one[0] != other[0]:
            return False
        (_d, a, b, _c, _n), (_e, c, d, _f, _m) = one, other
        match relation:
            case Relation.DOCUMENT:
                return True
            case Relation.OVERLAPPING:
                return bool(set(range(a, b)) & set(range(c, d)))
            case Relation.SAME:
                return (a, b) == (c, d)
            case Relation.INSIDE:
                return set(range(a, b)) <= set(range(c, d)) or set(range(c, d)) <= set(range(a, b))
            case Relation.TURN:
                return bool(set(self.turns_of(one)) & set(self.turns_of(other)))
        return any(abs(i - j) <= distance for i in self.turns_of(one) for j in self.turns_of(other))

    def gather(self, expression, pool):
        match expression:
            case Term(code, alone):
                return [each for each in pool if each[3] in ({code} if alone else UNDER[code])]
            case Either(parts):
                return [each for each in pool if any(each in self.gather(part, pool) for part in parts)]
            case Both(parts, relation, distance):
                found = self.gather(parts[0], pool)
                for part in parts[1:]:
                    others = self.gather(part, pool)
                    found = [x for x in found if any(self.stand(x, y, relation, distance) for y in others)]
                return found
            case Without(kept, refused, relation, distance):
                others = self.gather(refused, pool)
                kept = self.gather(kept, pool)
                return [x for x in kept if not any(self.stand(x, y, relation, distance) for y in others)]

    def voices(self, coding):
        document, start, stop, _code, _coder = coding
        return {
            who
            for _s, _e, first, last, who in self.lines[document]
            if who in {"P0", "P1"} and max(first, start) < min(last, stop)
        }


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(documents, codings, expressions | st.none(), territories, st.booleans())
def test_passages_are_those_that_a_reader_would_pick(
    prepared, tmp_path_factory, given_documents, given_codings, expression, wanted, everyone
):
    world, numbers = prepared
    world = world(tmp_path_factory.mktemp("oracle") / f"{next(numbers)}.qualikit")
    try:
        lines, kept = {}, set()
        for number, (territory, said) in enumerate(given_documents):
            named = [(None if who is None else PEOPLE[who][0], words) for who, words in said]
            world.document(f"D{number}", named, territory=territory)
            lines[number], place = [], 0
            for who, words in named:
                label = len(f"{who} : ") if who else 0
                stop = place + label + len(words) + 1
                lines[number].append((place, stop, place + label, place + label + len(words), who))
                place = stop
        for document, first, length, code, coder in given_codings:
            number = document % len(given_documents)
            text = world.texts[f"D{number}"]
            start = min(first, len(text) - 1)
            coding = (number, start, min(start + length, len(text)), code, coder)
            if coding not in kept:
                kept.add(coding)
                world.coding(f"D{number}", coding[1:3], code, coder)
        naive = Naive(sorted(kept), lines)
        pool = [each for each in naive.codings if everyone or each[4] == "Camille"]
        expected = pool if expression is None else naive.gather(expression, pool)
        if wanted:
            expected = [each for each in expected if said_in(naive, given_documents, each) & set(wanted)]
        query = Query(codes=expression, territories=tuple(wanted), everyone=everyone)
        try:
            found = find(world.store, query, "Camille")
        except NotFound:  # no document of this example bears the territory
            assert wanted
            return
        facts = found.reader.facts
        got = {
            (
                int(facts.documents[facts.document[row]].title[1:]),
                int(facts.start[row]),
                int(facts.stop[row]),
                facts.codebook.codes[facts.code[row]].name,
                facts.coders[facts.coder[row]],
            )
            for row in found.rows.tolist()
        }
        assert got == set(expected)
        assert len(found) == len({each[:4] for each in expected})
        assert found.documents == len({each[0] for each in expected})
        if not wanted:
            assert found.people == len({who for each in expected for who in naive.voices(each)})
        assert Query.from_json(query.to_json()) == query
        order, groups = found.arranged("territory")
        assert sorted(order.tolist()) == list(range(len(found)))
        assert sum(group.size for group in groups) == len(found)
    finally:
        world.store.close()


def said_in(naive, given_documents, coding):
    own = {"P0": "Laval", "P1": None}
    place = given_documents[coding[0]][0] or ""
    voices = naive.voices(coding)
    return {own[who] or place for who in voices} if voices else {place}
