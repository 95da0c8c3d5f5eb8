"""qualikit: qualitative coding of interviews and focus groups, offline.

>>> import qualikit
>>> project = qualikit.Project.open("evaluation.qualikit")   # doctest: +SKIP
>>> project.corpus.documents()                               # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

__all__ = ["Project", "QualikitError", "__version__"]

if TYPE_CHECKING:
    from qualikit.errors import QualikitError
    from qualikit.project import Project

_PLACES = {"Project": "qualikit.project", "QualikitError": "qualikit.errors"}


def __getattr__(name: str) -> Any:
    """Public names are found at first use: importing qualikit stays light (a test holds the budget)."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_PLACES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
