"""Names found in spoken French with the language model: the one file of tests that loads its networks."""

from __future__ import annotations

import pytest

from benchmarks import pseudonyms as measure
from qualikit.corpus.pseudonyms.model import Decision, Kind
from qualikit.corpus.pseudonyms.words import is_lower_case
from tests.corpus.pseudonyms.people import PASSPHRASE


@pytest.fixture(scope="module")
def golds():
    return measure.sample()


class DescribeTheSearch:
    def it_finds_nearly_all_names_and_little_else(self, golds):
        found = measure.tally(golds, measure.ours(golds))

        assert found.recall_all > 0.95
        assert found.recall("PER") > 0.96
        assert found.false_rate < 2

    def it_finds_most_without_capitals(self, golds):
        lower = [gold.lower() for gold in golds]

        found = measure.tally(lower, measure.ours(lower))

        assert found.recall("PER") > 0.85
        assert found.false_rate < 6

    def it_fills_the_key_with_what_is_proposed(self, project):
        service = project.corpus.pseudonyms
        key = service.create_key(PASSPHRASE)
        titles = []

        found = service.find(key, ["Roquefeuil-les-Pins"], lambda _at, _n, title: titles.append(title))

        names = {form: entry for entry in key.entries for form in entry.forms}
        assert found.documents == 2
        assert titles == ["Entretien Aïcha", "Groupe Bénali", ""]
        assert names["Fatima Bénali"].decision is Decision.REPLACE
        assert names["Aïcha"].pseudonym
        assert names["06 12 34 56 78"].kind is Kind.PHONE
        assert not {"Animatrice", "Enquêteur", "Oui", "Merci"} & set(names)

        before = key.entries
        service.find(key)
        assert key.entries == before  # what was decided stands

    def it_can_be_stopped(self, project):
        key = project.corpus.pseudonyms.create_key(PASSPHRASE)

        assert project.corpus.pseudonyms.find(key, progress=lambda at, _n, _title: at < 1).stopped

    def it_sees_names_that_nobody_decided_on_when_it_looks_again(self, project, key):
        service = project.corpus.pseudonyms
        service.apply(key)
        project.corpus.save(project.corpus.preview("P1 : Demandez à Wandrille Foucauld.\n".encode(), "ajout.txt"))

        assert any("Wandrille" in one.match for one in service.scan(key, model=True).new)


def test_a_transcript_without_capitals_is_recognised(golds):
    assert not any(is_lower_case(gold.text) for gold in golds)
    assert all(is_lower_case(gold.text.lower()) for gold in golds)
    assert not is_lower_case("bonjour")
