"""The matrix as pandas sees it, and as it explains itself."""

from __future__ import annotations

import pytest

from qualikit.errors import MatrixError
from qualikit.themes.model import TOTAL


@pytest.fixture
def coded(two_groups):
    two_groups.coding("FG Aubagne", "Quand il pleut", "Météo")
    two_groups.coding("FG Aubagne", "Le vélo est en panne", "Matériel")
    two_groups.coding("FG Laval", "il fait froid", "Météo")
    two_groups.themes.set_synthesis("Météo", "territory", "Laval", "Le froid n'arrête personne.")
    return two_groups


def test_to_frame_has_codes_down_and_columns_across_with_their_totals(coded):
    frame = coded.themes.matrix().to_frame()
    assert list(frame.index) == ["Freins", "Météo", "Matériel", "Lien social", "Ensemble"]
    assert list(frame.columns) == ["Aubagne", "Laval", "Ensemble"]
    assert frame.columns.name == "territory"
    assert frame.to_numpy().tolist() == [[2, 1, 3], [1, 1, 2], [1, 0, 1], [0, 0, 0], [2, 1, 3]]
    assert coded.themes.matrix().to_frame(totals=False).shape == (4, 2)


def test_to_frame_of_people_of_their_share_and_of_syntheses(coded):
    matrix = coded.themes.matrix()
    assert matrix.to_frame("people").loc["Freins"].tolist() == [2, 1, 3]
    assert matrix.to_frame("share").loc["Freins"].tolist() == [1.0, 0.5, 0.75]
    assert matrix.to_frame("synthesis").loc["Météo", "Laval"] == "Le froid n'arrête personne."
    with pytest.raises(MatrixError, match="codings, own_codings"):
        matrix.to_frame("météo")


def test_to_tidy_has_one_row_a_cell_and_no_totals(coded):
    tidy = coded.themes.matrix().to_tidy()
    assert len(tidy) == 4 * 2
    row = tidy[(tidy.code == "Météo") & (tidy.column == "Laval")].iloc[0]
    assert row.to_dict() == {
        "path": "Freins › Météo",
        "code": "Météo",
        "depth": 1,
        "column": "Laval",
        "codings": 1,
        "own_codings": 1,
        "passages": 1,
        "people": 1,
        "people_total": 2,
        "share": 0.5,
        "sessions": 1,
        "sessions_total": 1,
        "presence": 1,
        "synthesis": "Le froid n'arrête personne.",
    }
    assert tidy.own_codings.sum() == 3
    assert len(coded.themes.matrix().to_tidy(totals=True)) == 5 * 3


def test_an_empty_matrix_is_an_empty_frame_with_its_columns(world):
    matrix = world.themes.matrix()
    assert list(matrix.to_tidy().columns)[:4] == ["path", "code", "depth", "column"]
    assert matrix.to_tidy().empty
    assert matrix.to_frame().to_numpy().tolist() == [[0]]


def test_the_explanation_gives_the_totals_and_every_denominator(coded):
    sentence = coded.themes.matrix().explanation.replace("\u00a0", " ")
    assert sentence.startswith("3 codages dans 2 documents (codeur : Camille).")
    assert "(Aubagne 2, Laval 2, Ensemble 4)" in sentence
    assert "(Aubagne 2, Laval 1, Ensemble 3)" in sentence
    assert "l'animation et les observateurs ne comptent pas" in sentence
    assert "Un code compte aussi les codes rangés sous lui." in sentence
    assert "rangés sous lui" not in coded.themes.matrix(nested=False).explanation
    assert "\n" not in sentence


def test_by_participant_the_explanation_does_not_speak_of_people(coded):
    assert "Personnes" not in coded.themes.matrix(columns="participant").explanation


def test_a_cell_is_found_by_id_by_name_and_by_label(coded):
    matrix = coded.themes.matrix(columns="source")
    by_id = matrix.cell(coded.ids["Météo"], "focus_group")
    assert by_id == matrix.cell("météo", "Focus group") == matrix.cell(matrix.rows[1], matrix.columns[0])
    assert matrix.cell("Météo") == matrix.cell("Météo", matrix.total_column)


def test_two_matrices_of_the_same_project_are_equal(coded):
    assert coded.themes.matrix() == coded.themes.matrix()
    before = coded.themes.matrix()
    coded.coding("FG Laval", "on vient", "Lien social")
    assert coded.themes.matrix() != before


def test_in_english_the_matrix_speaks_english_or_french_but_does_not_fail(coded):
    from qualikit.i18n import use_language

    use_language("en")
    try:
        assert coded.themes.matrix().cell(TOTAL).codings == 3
        assert coded.themes.matrix().explanation
    finally:
        use_language("fr")
