"""A text that could not be saved because somebody else wrote in its cell: kept for its writer until they decide."""

from __future__ import annotations

from qualikit.store import Store

_KEPT = "syntheses_aside"


def keep(store: Store, coder: str, cell: tuple[str, str, str], text: str) -> None:
    """Keep it in the place of what was kept for that cell; an empty one takes it away."""
    kept = dict(store.preference(coder, _KEPT, {}))
    name = _name(cell)
    if kept.get(name, "") != text:
        kept.pop(name, None)
        store.set_preference(coder, _KEPT, {**kept, name: text} if text else kept)


def kept(store: Store, coder: str, cell: tuple[str, str, str]) -> str:
    """What is kept of that coder for that cell, or nothing."""
    return str(store.preference(coder, _KEPT, {}).get(_name(cell), ""))


def _name(cell: tuple[str, str, str]) -> str:
    return "\t".join(cell)
