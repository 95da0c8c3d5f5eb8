from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qualikit.coding.tables import codes
from qualikit.store import Store, Transaction, new_id
from qualikit.text import fold


@pytest.fixture
def store(tmp_path: Path):
    store = Store.create(tmp_path / "essai.qualikit", "Essai")
    yield store
    store.close()


def code_row(name: str, **values: Any) -> dict[str, Any]:
    return {
        "id": new_id(),
        "position": 0,
        "name": name,
        "folded": fold(name),
        "definition": "",
        "use": "",
        "avoid": "",
        "keywords": [],
        "example": "",
        "color": "#4477AA",
        "kind": "theme",
        "active": True,
        **values,
    }


def add_code(transaction: Transaction, name: str, **values: Any) -> str:
    row = code_row(name, **values)
    with transaction.event("code.add", f"code {name} ajouté") as change:
        change.insert(codes, row)
    return row["id"]
