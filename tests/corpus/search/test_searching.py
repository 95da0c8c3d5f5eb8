"""The corpus searched through its service, compared with a naive reading of the same texts."""

from __future__ import annotations

import random
import re
import sqlite3
import threading
import unicodedata
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search_bed import add, correct

from qualikit import Project
from qualikit.errors import NotFound, SearchError

TALK = """Animatrice : Bonjour, la pluie, ça vous gêne ?

Mme Roux : Quand il pleut 🌧️, les pluies d’hiver… le cœur n’y est pas. L’élu l’a dit !

M. Petit : Moi, le vélo-cargo, pluie ou pas. Les élus aussi.

Animatrice : Et le vélo ?
"""
NOTE = "Pluie fine ce matin.\n\nUn vélo devant l'école.\nLa pluie reprend, ÉLUE du jour.\n"


@pytest.fixture
def group(project):
    add(project, "Groupe", TALK, territory="Laval", source_kind="focus_group")
    add(project, "Note", NOTE, territory="Aubagne", source_kind="observation")
    return project


def found(project, query, **filters):
    return [hit.match for hit in project.corpus.search(query, **filters)]


class DescribeHits:
    def it_says_where_they_are_and_what_stands_around(self, group):
        text = group.corpus.text("Groupe")
        first, second, third, *rest = group.corpus.search("pluie", context=20)

        assert text[second.start : second.stop] == second.match == "pluies"
        assert text[: second.start].endswith(second.left)
        assert text[second.stop :].startswith(second.right)
        assert (first.left, first.match) == ("Bonjour, la ", "pluie")
        assert (second.speaker, second.turn, second.territory, second.title) == ("Mme Roux", 1, "Laval", "Groupe")
        assert third.speaker == "M. Petit"
        assert [(hit.title, hit.speaker) for hit in rest] == [("Note", None), ("Note", None)]

    def it_never_finds_a_label_nor_goes_past_a_turn(self, group):
        assert found(group, "animatrice") == []
        (hit,) = group.corpus.search('"pluie ou pas"', context=500)
        assert text_around(hit) == "Moi, le vélo-cargo, pluie ou pas. Les élus aussi."

    def it_counts_them_by_document(self, group):
        count = group.corpus.count_hits("pluie")
        assert (count.hits, count.documents, count.complete) == (5, 2, True)
        count = group.corpus.count_hits("pluie", at_most=3)
        assert (count.hits, count.complete) == (3, False)

    def it_gives_them_page_by_page(self, group):
        whole = group.corpus.search("pluie OU vélo", limit=None)
        pages, last = [], None
        while page := group.corpus.search("pluie OU vélo", after=last, limit=2):
            pages += page
            last = page[-1]
        assert pages == whole
        assert len(whole) == 8

    def it_goes_by_the_order_of_titles_whenever_documents_came_in(self, group):
        group.corpus.search("pluie")
        add(group, "Avant", "Il y a la pluie.\n")
        add(group, "Ici", "De la pluie, de la pluie.\n")
        titles = [hit.title for hit in group.corpus.search("pluie")]
        assert list(dict.fromkeys(titles)) == ["Avant", "Groupe", "Ici", "Note"]
        pages, last = [], None
        while page := group.corpus.search("pluie", after=last, limit=1):
            pages += page
            last = page[-1]
        assert pages == group.corpus.search("pluie")

    def it_leaves_a_long_word_alone_and_finds_nothing_in_an_empty_project(self, project):
        assert found(project, "pluie") == []
        add(project, "Long", f"Un mot : {'a' * 5000} et la pluie.\n")
        assert found(project, "pluie") == ["pluie"]
        assert len(found(project, "a" * 5000)[0]) == 5000


def text_around(hit):
    return f"{hit.left}{hit.match}{hit.right}"


class DescribeWords:
    @pytest.mark.parametrize(
        ("query", "matches"),
        [
            ("pluie", ["pluie", "pluies", "pluie", "Pluie", "pluie"]),
            ("=pluies", ["pluies"]),
            ("élu", ["élu", "élus", "ÉLUE"]),
            ("ELUS", ["élu", "élus", "ÉLUE"]),
            ("coeur", ["cœur"]),
            ("l'hiver", ["hiver"]),
            ("🌧", ["🌧"]),
            ('"élu l\'a dit"', ["élu l’a dit"]),
            ("vélo-cargo", ["vélo-cargo"]),
            ("plu*", ["pluie", "pluies", "pluie", "Pluie", "pluie"]),
            ("pluie SAUF vélo", ["pluie", "pluies", "Pluie"]),
            ("cœur PROCHE/5 élu", ["cœur n’y est pas. L’élu"]),
            ("élu PROCHE/5 cœur", ["cœur n’y est pas. L’élu"]),
            ("élu PROCHE/4 cœur", []),
            ("vélo ET cargo", ["vélo-cargo"]),
            ("cœur école", []),
        ],
    )
    def it_finds_them(self, group, query, matches):
        assert found(group, query) == matches

    def it_finds_near_ones_that_are_the_same_word_twice(self, project):
        add(project, "A", "Non, non et non.\n\nNon merci.\n")
        assert found(project, "non PROCHE/0 non") == ["Non, non"]
        assert found(project, "merci SAUF (non PROCHE/2 non)") == ["merci"]

    def it_refuses_in_words_what_cannot_be_read(self, group):
        with pytest.raises(SearchError, match="guillemet"):
            group.corpus.search('"pluie')


class DescribeFilters:
    def it_narrows_by_what_documents_are(self, group):
        assert len(found(group, "pluie", territory="laval")) == 3
        assert len(found(group, "pluie", territory=["Laval", "Aubagne"])) == 5
        assert len(found(group, "pluie", source="observation")) == 2
        assert len(found(group, "pluie", document="note")) == 2

    def it_narrows_by_who_speaks(self, group):
        roux = next(person for person in group.corpus.participants() if person.name == "Mme Roux")
        assert found(group, "pluie", participant="mme roux") == found(group, "pluie", participant=roux.id) == ["pluies"]
        assert found(group, "pluie", document="Groupe", moderators=False) == ["pluies", "pluie"]
        group.corpus.update_participant(roux, attributes={"actor": "usager", "territory": "Rennes"})
        assert found(group, "pluie", actor="usager") == ["pluies"]
        assert found(group, "pluie", territory="Rennes") == ["pluies"]
        assert found(group, "pluie", territory="Laval") == ["pluie", "pluie"]

    def it_narrows_to_stretches_of_text_and_away_from_them(self, group):
        version = group.corpus.document("Groupe").text_version_id
        start = group.corpus.text("Groupe").index("pluies")
        spans = {version: [(start, start + 3), (start + 3, start + 6)]}
        assert found(group, "pluie", within=spans) == ["pluies"]
        assert found(group, "pluie", within={version: [(start, start + 3)]}) == []
        assert found(group, "pluie", outside=spans) == ["pluie", "pluie", "Pluie", "pluie"]

    @pytest.mark.parametrize("name", ["territory", "actor", "participant", "document"])
    def it_says_when_a_filter_names_nothing_that_is_there(self, group, name):
        with pytest.raises(NotFound, match="Tombouctou"):
            group.corpus.search("pluie", **{name: "Tombouctou"})


class DescribeTheIndex:
    def it_follows_documents_that_come_go_and_come_back(self, group):
        assert len(found(group, "pluie")) == 5
        group.corpus.remove_document("Note")
        assert len(found(group, "pluie")) == 3
        group.history.undo()
        assert len(found(group, "pluie")) == 5

    def it_follows_corrections_and_their_undoing(self, group):
        found(group, "pluie")
        correct(group, "Note", "La neige.\nEncore la neige.\n")
        assert found(group, "pluie", document="Note") == []
        assert found(group, "neige") == ["neige", "neige"]
        group.history.undo()
        assert len(found(group, "pluie", document="Note")) == 2
        assert found(group, "neige") == []
        assert group.check() == []

    def it_is_made_again_when_words_are_made_into_terms_otherwise(self, group, monkeypatch):
        from qualikit.corpus.search import indexing

        found(group, "pluie")
        monkeypatch.setattr(indexing, "kind", lambda: "another")
        monkeypatch.setattr("qualikit.corpus.search.shelf.kind", lambda: "another")
        assert group.corpus.unindexed_words() > 20
        assert len(found(group, "pluie")) == 5
        assert group.corpus.unindexed_words() == 0

    def it_tells_how_far_it_is_and_stops_when_told(self, project, monkeypatch):
        monkeypatch.setattr("qualikit.corpus.search.indexing.TOGETHER", 10)
        for number in range(4):
            add(project, f"D{number}", f"La pluie numéro {number} est tombée sur le quartier hier.\n")
        assert len(project.corpus.search("pluie", progress=lambda done, total: done < 20)) == 2
        told = []
        assert len(project.corpus.search("pluie", progress=lambda *told_now: told.append(told_now))) == 4
        assert told[-1][0] == told[-1][1]

    def it_is_made_ready_before_anybody_searches(self, group):
        told = []
        assert not group.corpus.index_words(lambda done, total: False)
        assert group.corpus.index_words(lambda *now: told.append(now))
        assert group.corpus.unindexed_words() == 0
        assert told[-1][0] == told[-1][1] > 20

    def it_serves_several_at_once(self, group, tmp_path):
        for number in range(20):
            add(group, f"D{number}", f"{TALK}\nFin {number}.\n")
        answers = []

        def search():
            with Project.open(group.path, coder="Sacha") as project:
                answers.append(len(project.corpus.search("pluie", limit=None)))

        threads = [threading.Thread(target=search) for _number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == [65] * 4

    def it_never_takes_in_words_that_were_deleted_for_good_meanwhile(self, group):
        left = ["M. Petit"]

        def erased_once_they_were_read(_done, _total):
            while left:
                group.corpus.remove_person(left.pop())

        assert [hit.left for hit in group.corpus.search("vélo-cargo", progress=erased_once_they_were_read)] == []
        with group.store.read() as connection:
            kept = connection.exec_driver_sql("SELECT text FROM search_passages").scalars().all()
        assert kept
        assert not any("vélo-cargo" in text for text in kept)

    def it_is_no_part_of_the_history(self, group):
        before = (group.revision, group.history.events(), group.coding.coders())
        found(group, "pluie")
        assert (group.revision, group.history.events(), group.coding.coders()) == before

    def it_cuts_what_is_long_at_its_paragraphs(self, project):
        add(project, "Rapport", "pluie " + "mot " * 400 + "\n" + "mot " * 50 + "vélo.\n\nneige\nvélo\n")
        assert found(project, "pluie vélo") == []  # in two paragraphs
        assert found(project, "neige vélo") == ["neige\nvélo"]
        assert found(project, "pluie mot", limit=1)[0].startswith("pluie mot")
        add(project, "Sans fin", "mot " * 9_000 + "pluie")
        assert found(project, "pluie", document="Sans fin") == ["pluie"]


def test_an_erased_index_leaves_no_word_in_the_bytes_of_the_project(group):
    from qualikit.store.search import erase_index

    correct(group, "Note", "Le mot zanzibar est dit.\n")
    assert found(group, "zanzibar") == ["zanzibar"]
    correct(group, "Note", "Plus rien.\n")
    found(group, "rien")
    with group.store.maintain() as connection:
        erase_index(connection)
        tables = {row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master")}
    assert not any(name.startswith("search_") for name in tables)
    # What is left of it is in the texts themselves, which are not the index's: taken away as who erases a person does.
    with group.store.maintain() as connection:
        connection.exec_driver_sql("UPDATE text_versions SET text = replace(text, 'zanzibar', '########')")
    group.store.close()
    with closing(sqlite3.connect(group.path)) as plain:
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    written = b"".join(path.read_bytes() for path in group.path.parent.glob(f"{group.path.name}*"))
    assert b"zanzibar" not in written
    assert found(group, "rien") == ["rien"]  # and it is made anew


# -- beside a naive reading

FAMILIES = {"pluie": "P", "pluies": "P", "velo": "V", "velos": "V", "elu": "E", "elus": "E", "neige": "N", "coeur": "C"}
WRITTEN = ["pluie", "Pluies", "vélo", "VÉLOS", "élu", "élus", "neige", "cœur", "la", "et", "l’eau"]


def corpus_text(dice: random.Random) -> str:
    turns = []
    for _turn in range(dice.randint(3, 25)):
        words = [dice.choice(WRITTEN) for _word in range(dice.randint(1, 9))]
        turns.append(
            f"{dice.choice(['Mme Roux', 'M. Petit', 'Animatrice'])} : {dice.choice([' ', ', ', ' - ']).join(words)}."
        )
    return "Début.\n\n" + "\n\n".join(turns) + "\n"


def bare(text: str) -> str:
    text = text.lower().replace("œ", "oe").replace("’", "'")
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


class Naive:
    """The words of one passage, and whether they answer: a set of places, None where they do not."""

    def __init__(self, text: str) -> None:
        self.words = [bare(word) for word in re.findall(r"[^\W_]+", text)]

    def answers(self, asked) -> set[int] | None:
        kind, *rest = asked
        return getattr(self, kind)(*rest)

    def family(self, word):
        family = FAMILIES.get(bare(word), bare(word))
        return {n for n, each in enumerate(self.words) if FAMILIES.get(each, each) == family} or None

    def quote(self, words):
        wanted, size = [bare(word) for word in words], len(words)
        return {
            n + k for n in range(len(self.words)) if self.words[n : n + size] == wanted for k in range(size)
        } or None

    def beginning(self, letters):
        return {n for n, each in enumerate(self.words) if each.startswith(bare(letters))} or None

    def near(self, one, other, distance):
        found = set()
        for a in self.family(one) or ():
            for b in self.family(other) or ():
                first, last = min(a, b), max(a, b)
                if a != b and last - first - 1 <= distance:
                    found |= {a, b}
        return found or None

    def both(self, one, other):
        left, right = self.answers(one), self.answers(other)
        return left | right if left and right else None

    def either(self, one, other):
        return (self.answers(one) or set()) | (self.answers(other) or set()) or None

    def without(self, one, other):
        left = self.answers(one)
        return left if left and not self.answers(other) else None


WORD = st.sampled_from(["pluie", "Vélos", "élus", "neige", "coeur", "la", "eau"])
LEAF = st.one_of(
    st.tuples(st.just("family"), WORD),
    st.tuples(
        st.just("quote"), st.lists(st.sampled_from(["pluie", "vélos", "élu", "la", "et"]), min_size=1, max_size=2)
    ),
    st.tuples(st.just("beginning"), st.sampled_from(["pl", "vél", "el"])),
    st.tuples(st.just("near"), WORD, WORD, st.integers(0, 3)),
)
ASKED = st.recursive(
    LEAF, lambda inner: st.tuples(st.sampled_from(["both", "either", "without"]), inner, inner), max_leaves=5
)


def typed(asked) -> str:
    match asked:
        case ("family", word):
            return word
        case ("quote", words):
            return f'"{" ".join(words)}"'
        case ("beginning", letters):
            return f"{letters}*"
        case ("near", one, other, distance):
            return f"({one} PROCHE/{distance} {other})"
        case (kind, one, other):
            return f"({typed(one)} {({'both': 'ET', 'either': 'OU', 'without': 'SAUF'})[kind]} {typed(other)})"
    raise AssertionError(asked)


def naively(project: Project, asked) -> dict[tuple[str, int], set[int]]:
    expected = {}
    for summary in project.corpus.documents():
        text = project.corpus.text(summary.document)
        for turn in project.corpus.turns(summary.document):
            answers = Naive(turn.speech.of(text)).answers(asked)
            if answers:
                expected[summary.title, turn.index] = answers
    return expected


def by_the_index(project: Project, asked) -> dict[tuple[str, int], set[int]]:
    """The words that hits begin and end with, by their number in the turn; those of phrases, all of them."""
    actual: dict[tuple[str, int], set[int]] = {}
    texts = {summary.title: project.corpus.text(summary.document) for summary in project.corpus.documents()}
    for hit in project.corpus.search(typed(asked), limit=None):
        assert texts[hit.title][hit.start : hit.stop] == hit.match
        before = len(re.findall(r"[^\W_]+", texts[hit.title][hit.passage_start : hit.start]))
        inside = len(re.findall(r"[^\W_]+", hit.match))
        actual.setdefault((hit.title, hit.turn), set()).update(range(before, before + inside))
    return actual


@pytest.fixture(scope="module")
def random_corpus(tmp_path_factory):
    dice = random.Random(20_231_114)
    with Project.create(tmp_path_factory.mktemp("naif") / "p", coder="Camille") as project:
        for number in range(8):
            add(project, f"Document {number}", corpus_text(dice))
        yield project


@given(asked=ASKED)
@settings(max_examples=120, deadline=None)
def test_it_finds_exactly_what_a_naive_reading_finds(random_corpus, asked):
    has_near = "near" in str(asked)
    expected, actual = naively(random_corpus, asked), by_the_index(random_corpus, asked)
    assert actual.keys() == expected.keys()
    for turn, words in expected.items():
        # A near pair is one hit from the one to the other: the words between are in it.
        assert words <= actual[turn] if not has_near else words & actual[turn]


@given(data=st.data())
@settings(max_examples=6, deadline=None)
def test_it_goes_on_doing_so_whatever_happens_to_the_documents(tmp_path_factory, data):
    dice = random.Random(data.draw(st.integers(0, 10_000)))
    with Project.create(tmp_path_factory.mktemp("suite") / "p", coder="Camille") as project:
        for step in range(6):
            titles = [summary.title for summary in project.corpus.documents()]
            deed = data.draw(st.sampled_from(["add", "add", "correct", "remove", "undo"]) if titles else st.just("add"))
            if deed == "add":
                add(project, f"Document {dice.random()}", corpus_text(dice) + f"\n\nFin {step} {dice.random()}.\n")
            elif deed == "correct":
                correct(project, dice.choice(titles), corpus_text(dice).replace(" : ", " "))
            elif deed == "remove":
                project.corpus.remove_document(dice.choice(titles))
            else:
                project.history.undo()
            asked = data.draw(LEAF)
            assert by_the_index(project, asked).keys() == naively(project, asked).keys()
