"""What the parts of a project's themes share: where it is kept, and who works."""

from __future__ import annotations

from qualikit.store import Store


class Part:
    """One part of :class:`qualikit.themes.Themes`."""

    def __init__(self, store: Store, coder: str) -> None:
        self._store = store
        self._coder = coder
