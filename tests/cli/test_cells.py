"""The cells of the matrix in the terminal: what is left, texts, drafts, validation, history."""

from __future__ import annotations

import pytest

from qualikit import Project


@pytest.fixture
def coded(filled):
    with Project.open(filled, coder="Camille") as project:
        text = project.corpus.text("Entretien médiatrice")
        for quote, code in (("Ils osent.", "Autonomie"), ("La pluie. Quand il pleut, on ne sort pas.", "Impacts")):
            project.coding.add("Entretien médiatrice", text.index(quote), text.index(quote) + len(quote), code)
    return filled


def test_what_is_left_to_write_is_listed(cli, coded):
    said = cli("cells", "list", coded).said
    assert "à écrire" in said
    assert "À écrire : 2 · brouillons : 0 · validées : 0, sur 2 cases codées" in said
    records = cli("cells", "list", coded, "--left", "--json").json
    assert [(each["code"], each["column"], each["status"]) for each in records] == [
        ("Impacts", "Aubagne", "todo"),
        ("Autonomie", "Aubagne", "todo"),
    ]


def test_a_text_is_written_validated_and_brought_back(cli, coded, tmp_path):
    source = tmp_path / "texte.md"
    source.write_text("Elles osent.\n", "utf-8")
    cell = (coded, "Autonomie", "Aubagne")
    assert "Brouillon, écrit par Camille." in cli("cells", "write", *cell, "--from", source, "--coder", "Camille").said
    done = cli("cells", "validate", *cell, "--coder", "Sacha")
    assert "Synthèse validée par Sacha, écrite par Camille." in done.said
    source.write_text("Autre chose.\n", "utf-8")
    cli("cells", "write", *cell, "--from", source, "--coder", "Sacha")
    assert "Autre chose." in cli("cells", "show", *cell).said
    versions = cli("cells", "history", *cell, "--json").json
    assert [each["text"] for each in versions] == ["Autre chose.", "Elles osent.", "Elles osent."]
    assert "Elles osent." in cli("cells", "history", *cell).said
    back = cli("cells", "history", *cell, "--restore", str(versions[-1]["seq"]), "--coder", "Camille")
    assert back.status == 0
    assert cli("cells", "show", *cell, "--json").json["text"] == "Elles osent."
    assert cli("cells", "history", *cell, "--restore", "1").status == 1


def test_a_draft_is_proposed_and_written_only_when_asked(cli, coded):
    cell = (coded, "Impacts", "Aubagne")
    said = cli("cells", "draft", *cell).said
    assert said.startswith("[brouillon] Proposé à partir des passages")
    assert "[1] « " in said
    assert "pas encore de synthèse" in cli("cells", "show", *cell).said
    assert cli("cells", "draft", *cell, "--write", "--coder", "Camille").status == 0
    assert cli("cells", "show", *cell, "--json").json["references"][0]["number"] == 1
    refused = cli("cells", "validate", *cell)
    assert refused.status == 1
    assert "porte encore la marque" in refused.err


def test_what_is_not_there_is_said_in_words(cli, coded):
    assert "Aubagne" in cli("cells", "draft", coded, "Impacts", "Rennes").err
    assert "Inexistant" in cli("cells", "show", coded, "Inexistant").err
    assert "ne se lit pas" in cli("cells", "write", coded, "Impacts", "--from", "nulle part.md").err
    assert "pas d'historique" in cli("cells", "history", coded, "Impacts").said
