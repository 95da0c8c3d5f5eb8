"""What the name and the first lines of a file say of it, and when they do not say enough."""

from __future__ import annotations

from datetime import date

import pytest

from qualikit.corpus.guess import guess_date, guess_kind, guess_territory, read_date
from qualikit.corpus.model import Role, SourceKind

M, P = Role.MODERATOR, Role.PARTICIPANT


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("FG_usagers_Laval", SourceKind.FOCUS_GROUP),
        ("fg2 Aubagne", SourceKind.FOCUS_GROUP),
        ("Focus-group Aubagne", SourceKind.FOCUS_GROUP),
        ("Entretien 01 24.10.03", SourceKind.INTERVIEW),
        ("ITW mairie", SourceKind.INTERVIEW),
        ("Note d'observation marché", SourceKind.OBSERVATION),
        ("Observation du focus group", SourceKind.FOCUS_GROUP),
        ("Rapport d’activité 2023", SourceKind.ACTIVITY_REPORT),
        ("CR d'activités mars", SourceKind.ACTIVITY_REPORT),
        ("Convention de partenariat", SourceKind.DOCUMENT),
        ("Dialogue", None),
        ("confgélation", None),
    ],
)
def test_kind_by_name(name, kind):
    assert guess_kind([name], "") is kind


def test_kind_by_the_first_lines_then_by_who_speaks():
    assert guess_kind(["x"], "Entretien avec la directrice\n") is SourceKind.INTERVIEW
    assert guess_kind(["x"], "\n" * 30 + "entretien") is None
    assert guess_kind(["x"], "", [M, P, P, P, P]) is SourceKind.FOCUS_GROUP
    assert guess_kind(["x"], "", [M, P]) is SourceKind.INTERVIEW
    assert guess_kind(["x"], "", [M, P, P]) is None
    assert guess_kind(["x"], "", [P, P]) is None


@pytest.mark.parametrize(
    ("name", "territory"),
    [
        ("FG_AUBAGNE_1", "Aubagne"),
        ("fg laval-2", "Laval"),
        ("Lavalette", None),
        ("Aubagne et Laval", None),
        ("x", None),
    ],
)
def test_territory(name, territory):
    assert guess_territory([name], "") == territory


def test_territory_of_another_evaluation():
    assert guess_territory(["Entretien"], "Fait à Saint-Étienne,\n", ["Saint-Étienne", "Lyon"]) == "Saint-Étienne"


@pytest.mark.parametrize(
    "text",
    [
        "2023-11-14",
        "FG 20231114",
        "14-11-2023",
        "14/11/2023",
        "le 14 novembre 2023",
        "14_11_2023",
        "Séance du 14 Novembre 2023.",
    ],
)
def test_a_date_written_whole(text):
    assert guess_date([text], "") == date(2023, 11, 14)


def test_the_first_of_the_month():
    assert guess_date(["x"], "Laval, le 1er août 2024") == date(2024, 8, 1)


@pytest.mark.parametrize(
    ("name", "created", "expected"),
    [
        ("24.10.03", None, date(2024, 10, 3)),  # the other end would be 2003
        ("24.12.26", None, None),  # 2024 or 2026
        ("24.12.26", "2025-01-03T16:06:00Z", date(2024, 12, 26)),
        ("26.12.24", "2025-01-03T16:06:00Z", date(2024, 12, 26)),
        ("24.12.26", "2013-12-23T23:15:00Z", None),  # a model's date says nothing
        ("24.13.45", None, None),
        ("1.2.3", None, None),
        ("04 42 18 24 10 03", None, None),
    ],
)
def test_years_of_two_figures(name, created, expected):
    assert guess_date([name], "", created) == expected


def test_the_name_of_the_file_comes_before_its_text():
    assert guess_date(["FG 2024-01-02"], "le 5 mai 2023") == date(2024, 1, 2)


@pytest.mark.parametrize("text", ["", "demain", "2023-02-30", "24.10.03"])
def test_what_is_not_a_whole_date(text):
    assert read_date(text) is None
