"""Plug-ins by name, ours and strangers' through the same door."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint

import pytest

from qualikit import registry
from qualikit.errors import UnknownPlugin
from qualikit.registry import Registry


@pytest.fixture
def strangers(monkeypatch):
    """Entry points of an installed package, as importlib.metadata would tell of them."""
    point = EntryPoint("odd", "collections:OrderedDict", "qualikit.things")
    monkeypatch.setattr(registry, "entry_points", lambda group: [point] if group == "qualikit.things" else [])


def it_finds_ours_without_metadata_and_a_strangers_by_entry_point(strangers):
    things = Registry("qualikit.things", {"ours": "collections:Counter"}, "chose")

    assert things.names() == ["odd", "ours"]
    assert type(things.get("odd")).__name__ == "OrderedDict"
    assert things.get("ours") is things.get("ours")
    assert len(list(things)) == 2


def it_says_what_exists_when_asked_for_what_does_not(strangers):
    things = Registry("qualikit.things", {"ours": "collections:Counter"}, "chose")

    with pytest.raises(UnknownPlugin, match=r"«.pdf.».*Il existe.: odd, ours"):
        things.get("pdf")


def it_loads_nothing_before_it_is_asked():
    Registry("qualikit.none", {"heavy": "wave:Wave_read"}, "chose").names()

    assert "wave" not in sys.modules
