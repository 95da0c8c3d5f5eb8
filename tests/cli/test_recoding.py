from __future__ import annotations

import pytest

from qualikit import Project


@pytest.fixture
def coded(filled, cli):
    """The project of two codes, with a coding of each by two coders."""
    for coder, code in (("Camille", "Impacts"), ("Sacha", "Autonomie")):
        with Project.open(filled, coder=coder) as project:
            title = project.corpus.documents()[0].title
            start = project.corpus.text(title).index("Ils osent")
            project.coding.add(title, start, start + 9, code)
    return filled


def paths(project):
    with Project.open(project) as opened:
        book = opened.coding.codebook
        return [book.path(code.id) for code in book.in_use]


class DescribeChangingTheCodebook:
    @pytest.mark.parametrize(
        ("words", "said", "left"),
        [
            (
                ["merge", "Autonomie", "--into", "Impacts"],
                "Fusionner « Autonomie » dans « Impacts » : 1 codage de 1 codeur dans 1 document sera déplacé, "
                "la définition de « Autonomie » n'est pas reprise.",
                ["Impacts"],
            ),
            (
                ["split", "Impacts", "--by", "territory", "--under"],
                "1 va à « Impacts – Aubagne », 0 reste sur « Impacts »",
                ["Impacts", "Impacts › Impacts – Aubagne", "Impacts › Autonomie"],
            ),
            (["split", "Impacts", "--part", "Temps"], "0 va à « Temps »", ["Impacts", "Impacts › Autonomie", "Temps"]),
            (
                ["move", "Autonomie", "--position", "1"],
                "Mettre « Autonomie » au premier niveau : 1 codage de 1 codeur dans 1 document ne change pas.",
                ["Autonomie", "Impacts"],
            ),
            (["rename", "Impacts", "Effets"], "Renommer « Impacts » en « Effets »", ["Effets", "Effets › Autonomie"]),
            (["color", "Impacts", "#0099dd"], "la couleur #0099DD", ["Impacts", "Impacts › Autonomie"]),
            (["retire", "Impacts"], "1 code avec lui, 2 codages de 2 codeurs dans 1 document sont gardés", []),
        ],
        ids=lambda value: value[0] if isinstance(value, list) and value else "",
    )
    def it_says_what_it_touches_and_does_it_unless_it_is_a_rehearsal(self, cli, coded, words, said, left):
        command, *rest = words
        before = paths(coded)
        rehearsal = cli("codebook", command, coded, *rest, "--dry-run")
        assert said in rehearsal.said
        assert "Rien n'a été modifié." in rehearsal.said
        assert paths(coded) == before
        assert said in cli("codebook", command, coded, *rest).said
        assert paths(coded) == left

    def it_takes_a_retired_code_back(self, cli, coded):
        assert cli("codebook", "retire", coded, "Impacts").status == 0
        answer = cli("codebook", "restore", coded, "Autonomie", "--json").json
        assert (answer["done"], answer["children"]) == (True, 1)
        assert paths(coded) == ["Impacts", "Impacts › Autonomie"]

    @pytest.mark.parametrize(
        "words",
        [
            ["merge", "Impacts", "--into", "Impacts"],
            ["merge", "Absent", "--into", "Impacts"],
            ["split", "Impacts"],
            ["split", "Impacts", "--by", "humeur"],
            ["split", "Impacts", "--part", "Temps=absent"],
            ["move", "Impacts", "--under", "Autonomie"],
            ["rename", "Impacts", "autonomie"],
            ["color", "Impacts", "bleu"],
        ],
        ids=" ".join,
    )
    def it_refuses_with_the_reason_and_changes_nothing(self, cli, coded, words):
        command, *rest = words
        for more in (["--dry-run"], []):
            answer = cli("codebook", command, coded, *rest, *more)
            assert answer.status == 1
            assert answer.err
        assert paths(coded) == ["Impacts", "Impacts › Autonomie"]
