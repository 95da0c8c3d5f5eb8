"""What can be asked of the documents that are handed in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Date

from qualikit.themes.exporters.word.template import Template
from qualikit.themes.verbatims import Choice


@dataclass(frozen=True)
class Options:
    """``territory``: which one, where a document is of one. ``named``: people under the names that the project has;
    None: as each document does of itself. ``verbatims`` as in a matrix. ``by``, ``groups``: what is compared."""

    territory: str = ""
    title: str = ""
    verbatims: Choice = "auto"
    named: bool | None = None
    by: str = "territory"
    groups: tuple[str, ...] = ()
    template: Template | None = None
    date: Date = field(default_factory=Date.today)
