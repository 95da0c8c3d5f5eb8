"""Passages in the terminal, and the queries that have a name."""

from __future__ import annotations

import pytest

from qualikit import Project


@pytest.fixture
def coded(filled):
    with Project.open(filled, coder="Camille") as project:
        text = project.corpus.text("Entretien médiatrice")
        for quote, code in (("Ils osent.", "Autonomie"), ("La pluie.", "Impacts")):
            project.coding.add("Entretien médiatrice", text.index(quote), text.index(quote) + len(quote), code)
    return filled


def test_passages_are_read_and_written(cli, coded, tmp_path):
    said = cli("passages", coded, "--query", "Impacts PROCHE/5 Autonomie", "--coder", "Camille").said
    assert "Impacts et Autonomie (à 5 tours au plus)" in said
    assert "« Ils osent. »" in said
    answer = cli("passages", coded, "--query", "=Impacts", "--coder", "Camille", "--json")
    assert [each["quote"] for each in answer.json] == ["La pluie."]
    target = tmp_path / "passages.docx"
    written = cli("passages", coded, "--query", "Impacts", "--all-coders", "--to", target, "--by", "code")
    assert written.status == 0
    assert target.stat().st_size > 1000


def test_what_cannot_be_gathered_says_why(cli, coded):
    assert "parenthèse" in cli("passages", coded, "--query", "Impacts ET (Autonomie").err
    assert "Vouliez-vous dire « Impacts »" in cli("passages", coded, "--query", "Impact").err
    assert cli("passages", coded, "--origin", "hasard").status == 1
    assert cli("passages", coded, "--since", "hier").status == 1
    assert cli("passages", coded, "--attribute", "genre").status == 1
    nobody = cli("passages", coded, "--query", "Impacts", "--coder", "Sacha")
    assert "Aucun passage. Ce qui reste après chaque condition" in nobody.said


def test_a_query_is_kept_shown_taken_up_and_removed(cli, coded):
    kept = cli("query", "save", coded, "Ce qui change", "--query", "Impacts", "--territory", "Aubagne")
    assert "Recherche « Ce qui change » gardée : Impacts, à Aubagne." in kept.said
    assert cli("query", "save", coded, "ce qui change", "--query", "Autonomie").status == 1
    assert [each["name"] for each in cli("query", "list", coded, "--json").json] == ["Ce qui change"]
    assert cli("query", "show", coded, "Ce qui change", "--json").json["query"]["territories"] == ["Aubagne"]
    assert "2 passages" in cli("passages", coded, "--name", "ce qui change", "--coder", "Camille").said
    assert cli("query", "remove", coded, "Ce qui change").status == 0
    assert "Aucune recherche" in cli("query", "list", coded).said
    assert cli("passages", coded, "--name", "Ce qui change").status == 1
