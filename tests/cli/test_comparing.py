"""Groups compared from the command line."""

from __future__ import annotations

import docx
import pytest

from qualikit import sample


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory):
    return sample.build(tmp_path_factory.mktemp("exemple"))


class DescribeCompare:
    def it_shows_the_codes_with_their_denominators_and_what_chance_says(self, cli, evaluation):
        answer = cli("compare", evaluation, "--by", "territory", "--groups", "Aubagne", "Laval")
        lines = [line.split("  ") for line in answer.said.splitlines()]
        assert next(line for line in lines if "Confidentialité" in line)
        row = next(line for line in answer.said.splitlines() if line.strip().startswith("Confidentialité"))
        assert "9/10" in row
        assert "7/9" in row
        assert "ne se distingue pas du hasard" in row
        assert "Holm" in answer.said

    def it_gives_json(self, cli, evaluation):
        found = cli("compare", evaluation, "--groups", "Aubagne", "Laval", "--json").json
        one = next(each for each in found if each["code"] == "Confidentialité" and each["group"] == "Laval")
        assert (one["people"], one["people_total"]) == (7, 9)

    def it_compares_passages_and_sources(self, cli, evaluation):
        answer = cli("compare", evaluation, "--by", "source", "--what", "passages")
        assert "CE QU'UN SEUL DIT" in answer.said or "CE QUE TOUS DISENT" in answer.said

    def it_shows_words_and_writes_word(self, cli, evaluation, tmp_path):
        answer = cli("compare", evaluation, "--groups", "Aubagne", "Laval", "--what", "words")
        assert "vélo" in answer.said
        assert "Spécificité" in answer.said
        to = tmp_path / "comparaison.docx"
        answer = cli("compare", evaluation, "--groups", "Aubagne", "Laval", "--to", to, "--title", "Deux villes")
        assert f"Comparaison écrite : {to}" in answer.said
        assert docx.Document(str(to)).paragraphs[0].text == "Deux villes"

    @pytest.mark.parametrize(
        ("words", "reason"),
        [
            (["--by", "humeur"], "humeur"),
            (["--groups", "Rennes"], "Rennes"),
            (["--what", "sons"], "sons"),
            (["--to", "comparaison.pdf", "--what", "codes"], "comparaison.pdf"),
        ],
    )
    def it_refuses_what_does_not_exist(self, cli, evaluation, words, reason):
        answer = cli("compare", evaluation, *words)
        assert answer.status == 1
        assert reason in answer.err
