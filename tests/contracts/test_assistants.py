"""What every assistant promises, ours and anybody else's: codes it was given, on sentences it was given, with a reason."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from qualikit.coding.assistants import Level, Material, Segment, assistants, level_label, level_of
from qualikit.coding.endpoint.address import address_of
from qualikit.coding.endpoint.asking import Endpoint
from qualikit.coding.model import Code, Codebook
from qualikit.errors import QualikitError, UnknownPlugin
from qualikit.i18n import use_language

NAMES = assistants.names()
BOOK = Codebook.of(
    [
        Code(
            "materiel",
            "Matériel",
            definition="Ce qui roule, ce qui se casse.",
            keywords=("panne", "vélo cargo", "frein"),
        ),
        Code("meteo", "Météo", definition="Le temps qu'il fait.", keywords=("pluie", "vent", "il fait froid")),
        Code("sans", "Sans rien"),
    ]
)
WORDS = [
    "La panne du vélo-cargo, un jour de pluie 🌧️.",
    "Le vent.",
    "",
    "…",
    "E\u0301videmment\u00a0: il fait froid, cafe\u0301 offert\u00a0!",
    "Rien de tout cela.",
    "La panne du vélo-cargo, un jour de pluie 🌧️.",
    "x" * 5000,
]


def segments() -> list[Segment]:
    found, start = [], 0
    for number, words in enumerate(WORDS):
        found.append(Segment(f"d{number % 2}", f"v{number % 2}", start, start + len(words), words))
        start += len(words) + 1
    return found


def endpoint() -> Endpoint:
    """A language model that needs no server: it quotes whole lines that hold a code's first words, in no order."""

    def send(_url: str, body: bytes, _key: str, _timeout: float) -> bytes:
        asked = json.loads(body)["messages"][1]["content"]
        said = [
            {"raison": f"Il est question de {word}.", "citation": line, "code": code, "certitude": certainty}
            for word, code, certainty in (("vent", "C2", "sûr"), ("pluie", "C2", "incertain"), ("panne", "C1", "sûr"))
            for line in WORDS
            if word in line and line in asked.partition("Le passage :")[2]
        ]
        said = [*said, *said[:1], {**said[0], "code": "C9"}] if said else []
        return json.dumps({"choices": [{"message": {"content": json.dumps({"codes": said})}}]}).encode()

    return Endpoint(address_of("http://localhost:1"), "essai", send=send)


def material(book: Codebook, read: list[Segment]) -> Material:
    """With all that some assistant may need: none of them may want more."""
    return Material(book, iter(read), endpoint=endpoint)


def proposals(name: str, book: Codebook = BOOK):
    read = segments()
    return assistants.get(name).prepare(material(book, read)).suggest(read)


@pytest.mark.parametrize("name", NAMES)
class TestEveryAssistant:
    def test_says_who_it_is_and_how_it_is_set(self, name):
        assistant = assistants.get(name)
        assert assistant.name == name
        assert assistant.version
        assert assistant.label.strip()
        assert len(assistant.name) <= 64
        assert len(assistant.version) <= 32
        json.dumps(dict(assistant.parameters))

    def test_proposes_codes_of_the_codebook_on_the_sentences_given_in_their_order(self, name):
        found, read = proposals(name), segments()
        assert {each.code_id for each in found} <= {code.id for code in BOOK}
        assert all(each.segment in read for each in found)
        places = [each.segment.start for each in found]
        assert places == sorted(places)
        assert len({(each.segment, each.code_id) for each in found}) == len(found)
        assert all(each.segment.words.strip() for each in found)

    def test_scores_between_nothing_and_one_the_surest_first(self, name):
        found = proposals(name)
        assert all(0 <= each.score <= 1 for each in found)
        for one, other in pairwise(found):
            assert one.segment != other.segment or one.score >= other.score

    def test_gives_a_reason_in_the_language_in_use_quoting_words_that_are_there(self, name):
        for each in proposals(name):
            assert each.reason.strip()
            assert "{" not in each.reason
        use_language("en")
        try:
            assert len(proposals(name)) == len([each for each in proposals(name) if each.reason.strip()])
        finally:
            use_language("fr")

    def test_proposes_the_same_when_asked_again(self, name):
        assert proposals(name) == proposals(name)

    def test_has_nothing_to_propose_without_codes_or_sentences(self, name):
        assert proposals(name, Codebook()) == []
        assert assistants.get(name).prepare(material(BOOK, [])).suggest([]) == []

    def test_keeps_what_it_was_set_to_as_json(self, name):
        for each in proposals(name):
            json.dumps({**assistants.get(name).parameters, **each.parameters})

    def test_says_what_it_lacks_where_it_is_not_ready(self, name):
        try:
            assistants.get(name).prepare(Material(BOOK))
        except QualikitError as error:
            assert error.what
            assert error.todo


@pytest.mark.parametrize("name", ["endpoint", "keywords"])
def test_the_suite_gives_these_enough_to_propose_something(name):
    assert proposals(name)


def test_an_assistant_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(UnknownPlugin, match="keywords"):
        assistants.get("oracle")


def test_levels_have_words_and_bounds():
    assert [level_of(score) for score in (0, 0.64, 0.65, 0.79, 0.8, 1)] == [
        *[Level.WEAK] * 2,
        *[Level.MEDIUM] * 2,
        *[Level.STRONG] * 2,
    ]
    assert [level_label(level) for level in Level] == ["forte", "moyenne", "faible"]
