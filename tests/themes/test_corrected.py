"""What is counted and quoted once a text has been corrected: the current text, and nothing that waits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualikit import Project
from qualikit.coding.progress import progress

TALK = (
    "Animatrice : Qui commence ?\n\nMme Roux : Il pleut souvent, on ne vient pas.\n\n"
    "M. Paul : Le triporter passe le mardi.\n\nAnimatrice : Bien.\n"
)


@pytest.fixture
def corrected(tmp_path: Path) -> Iterator[Project]:
    """Two codings, both quoted; the words of one have gone, those of the other have changed and are another's."""
    (tmp_path / "talk.txt").write_text(TALK, "utf-8")
    with Project.create(tmp_path / "p", coder="Camille") as project:
        project.corpus.import_files([tmp_path / "talk.txt"], territory="Laval")
        project.coding.add_code("Météo")
        text = project.corpus.text("talk")
        for words in ("Il pleut souvent", "Le triporter passe"):
            start = text.index(words)
            project.themes.choose_verbatim(project.coding.add("talk", start, start + len(words), "Météo").id)
        text = text.replace("Il pleut souvent, on", "On").replace("triporter", "triporteur")
        project.corpus.correct("talk", new_text="Réécouté le 12 mars.\n\n" + text.replace("M. Paul", "Mme Roux"))
        yield project


def test_a_coding_set_aside_counts_nowhere_and_the_other_where_it_stands(corrected: Project):
    matrix = corrected.themes.matrix(columns="participant")
    counts = {column.label: matrix.cell(matrix.rows[0].code_id, column.value).codings for column in matrix.columns}

    assert counts == {"Mme Roux": 1}
    assert [verbatim.quote for verbatim in corrected.themes.verbatims()] == ["Le triporteur passe"]
    [state] = progress(corrected.corpus, corrected.coding).values()
    assert (state.codings, state.turns, state.turns_by_coder) == (1, 4, {"Camille": 1})


def test_exports_quote_the_text_as_it_is(corrected: Project, tmp_path: Path):
    corrected.themes.export(corrected.themes.matrix(columns="territory"), tmp_path / "m.csv")
    corrected.coding.export_codings(tmp_path / "c.csv")

    written = (tmp_path / "c.csv").read_text("utf-8")
    assert "Le triporteur passe" in written
    assert "Il pleut souvent" not in written
    before = corrected.coding.codings()
    corrected.coding.remove(before[0].id)
    assert corrected.coding.import_codings(tmp_path / "c.csv").added == 1
    assert [(each.start, each.quote) for each in corrected.coding.codings()] == [(before[0].start, before[0].quote)]


def test_the_browser_coder_is_sent_the_text_as_it_is(corrected: Project):
    from qualikit.ui.coder.payload import state_payload, text_payload

    document = corrected.corpus.document("talk").id
    sent = text_payload(corrected, document)
    assert sent["text"].startswith("Réécouté")
    assert [turn[4] for turn in sent["turns"]] == [None, "Animatrice", "Mme Roux", "Mme Roux", "Animatrice"]
    [coding] = state_payload(corrected, document)["codings"]
    assert sent["text"][coding[1] : coding[2]] == "Le triporteur passe"
