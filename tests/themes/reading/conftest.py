"""The worlds of the themes, and one that is copied for each example of a property."""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path

import pytest

from qualikit.store import Store


@pytest.fixture
def prepared(new_world, tmp_path):
    """Makes worlds that have people and codes already, and numbers them."""
    first = new_world()
    for name, parent in {"A": None, "A1": "A", "A11": "A1", "B": None}.items():
        first.code(name, parent)
    for name, role, territory in (
        ("P0", "participant", "Laval"),
        ("P1", "participant", None),
        ("P2", "moderator", None),
    ):
        first.person(name, role, **({"territory": territory} if territory else {}))
    with first.store.write("Sacha"):
        pass
    first.insert_source()
    source = first.store.path
    first.store.close()
    kind = type(first)

    def make(path: Path):
        shutil.copy(source, path)
        world = kind(Store.open(path))
        world.ids = dict(first.ids)
        return world

    return make, count()
