"""Pictures of matrices and of codes that meet: what is drawn, told in words, the same twice, without a network."""

from __future__ import annotations

import struct
from xml.etree import ElementTree

import pytest

from qualikit.errors import ExportFailed, MatrixError
from qualikit.themes.charts import DARK, LIGHT, picture
from qualikit.themes.charts.cooccurrence import cooccurrence_chart
from qualikit.themes.charts.cooccurrence import described as pairs_described
from qualikit.themes.charts.matrix import described, matrix_chart, shown_value


def values(chart):
    made = chart.to_dict()
    [(_name, rows)] = made["datasets"].items() if "datasets" in made else [("", made["layer"][0]["data"]["values"])]
    return {(each["row"].strip(), each["column"]): each for each in rows}


def lightness(color):
    """Relative luminance (WCAG 2.1)."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_go_one_way_so_that_grey_tells_them_apart():
    for scale in (LIGHT, DARK):
        steps = [lightness(color) for color in scale]
        assert steps in (sorted(steps), sorted(steps, reverse=True))
        assert (max(steps) + 0.05) / (min(steps) + 0.05) > 7


def test_a_heat_map_has_every_cell_with_its_figure(sample_themes):
    matrix = sample_themes.matrix(value="people")
    cells = values(matrix_chart(matrix))
    assert len(cells) == len(matrix.rows) * len(matrix.columns)
    assert (cells["Impacts", "Aubagne"]["words"], cells["Impacts", "Aubagne"]["figure"]) == ("9/10", 0.9)
    assert cells["Impacts", "Aubagne"]["told"].replace("\u00a0", " ") == "Impacts, Aubagne : 9/10 personnes"


def test_what_nobody_could_say_is_drawn_apart_from_what_nobody_said(sample_themes):
    cells = values(matrix_chart(sample_themes.matrix("actor", "quarter", value="people")))
    never = cells["médiateur", "1er trimestre 2024"]
    assert (never["words"].replace("\u00a0", " "), never["figure"]) == ("s. o.", None)
    said = values(matrix_chart(sample_themes.matrix(value="people")))["Météo", "National"]
    assert (said["words"], said["figure"]) == ("0/1", 0.0)


@pytest.mark.parametrize("kind", ["heat", "bubbles"])
def test_the_same_matrix_is_the_same_picture(sample_themes, kind):
    matrix = sample_themes.matrix(value="words", levels=1)
    svg, again = (picture(matrix_chart(matrix, kind), "svg") for _again in range(2))
    assert svg == again
    words = "".join(ElementTree.fromstring(svg).itertext())
    assert "Dysfonctionnements" in words
    assert "Part des mots" in words
    png = picture(matrix_chart(matrix, kind), "png")
    across, down = struct.unpack(">II", png[16:24])
    assert across > 300
    assert down > 200


def test_it_is_told_in_words(sample_themes):
    said = described(sample_themes.matrix(value="people", levels=1)).replace("\u00a0", " ")
    assert said.startswith("Carte de chaleur. Matrice thématique par territoire. Personnes qui en parlent")
    assert "Le plus fort : " in said
    met = pairs_described(sample_themes.cooccurrence("turn", levels=1, nested=True), "jaccard")
    assert "Bonnes pratiques, Positions" in met


def test_where_each_row_is_a_person_codings_are_drawn(sample_themes):
    assert shown_value(sample_themes.matrix("participant", "territory", value="people")) == "codings"


def test_codes_that_never_meet_are_left_blank(sample_themes):
    found = sample_themes.cooccurrence(levels=1)
    cells = values(cooccurrence_chart(found))
    used = [row.name for row, n in zip(found.rows, found.passages, strict=True) if n]
    assert len(cells) == len(used) ** 2
    assert all(cells[name, name]["words"] == "" and cells[name, name]["figure"] is None for name in used)


def test_nothing_is_drawn_too(world):
    assert picture(matrix_chart(world.themes.matrix()), "png").startswith(b"\x89PNG")
    assert picture(cooccurrence_chart(world.themes.cooccurrence()), "svg")


def test_what_is_not_a_chart_is_refused(sample_themes):
    matrix = sample_themes.matrix(levels=1)
    with pytest.raises(MatrixError, match="heat, bubbles"):
        matrix_chart(matrix, "camembert")
    with pytest.raises(ExportFailed, match="png, svg"):
        picture(matrix_chart(matrix), "gif")
