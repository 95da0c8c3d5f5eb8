"""Named plug-ins. Our own readers and exporters go through the same entry points as a stranger's.

A package adds a reader with three lines in its ``pyproject.toml``::

    [project.entry-points."qualikit.readers"]
    odt = "my_package.odt:OdtReader"
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points
from typing import Generic, TypeVar

from qualikit.errors import UnknownPlugin
from qualikit.i18n import _

T = TypeVar("T")


class Registry(Generic[T]):
    """The plug-ins of one kind, found by entry-point group and made (called without arguments) at first use."""

    def __init__(self, group: str, builtin: dict[str, str], label: str) -> None:
        """``builtin``: name → ``"module:Class"``, for a checkout without metadata; ``label``: its name for users."""
        self.group = group
        self.label = label
        self._builtin = builtin
        self._made: dict[str, T] = {}
        self._found: dict[str, EntryPoint] | None = None

    def _points(self) -> dict[str, EntryPoint]:
        if self._found is None:
            found = {name: EntryPoint(name, target, self.group) for name, target in self._builtin.items()}
            found.update({point.name: point for point in entry_points(group=self.group)})
            self._found = found
        return self._found

    def names(self) -> list[str]:
        """Names of all, sorted."""
        return sorted(self._points())

    def get(self, name: str) -> T:
        """The plug-in of that name. Raises UnknownPlugin, which lists those that exist."""
        if name not in self._made:
            point = self._points().get(name)
            if point is None:
                raise UnknownPlugin(
                    _("Il n'y a pas de {label} nommé « {name} ».").format(label=self.label, name=name),
                    _("Il existe : {names}.").format(names=", ".join(self.names())),
                )
            self._made[name] = point.load()()
        return self._made[name]

    def __iter__(self) -> Iterator[T]:
        return (self.get(name) for name in self.names())
