"""Passages under their numbers: quoted in a place that can be pointed at, pointed at from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualikit.i18n import _
from qualikit.themes.exporters.cleaning import quotation
from qualikit.themes.exporters.word.markup import paragraph, run

if TYPE_CHECKING:
    from qualikit.themes.documents.gathering import Quoted


class Quotations:
    """The passages of one document. The first place in which one is quoted is the one that others lead to."""

    def __init__(self) -> None:
        self._placed: set[int] = set()

    def __contains__(self, number: int) -> bool:
        return number in self._placed

    def __len__(self) -> int:
        return len(self._placed)

    def quoted(self, passage: Quoted, *, beside: str = "") -> str:
        """The passage with its number and its source. ``beside``: what else is said under it."""
        words = _("« {quote} »").format(quote=quotation(passage.quote))
        source = " · ".join(
            part for part in (passage.reference, _("choix automatique") if passage.automatic else "", beside) if part
        )
        return paragraph("qualikitCitation", self._mark(passage.number), run(words)) + paragraph(
            "qualikitSource", run(f"[{passage.number}]", "qualikitRenvoi"), run(f" {source}")
        )

    def _mark(self, number: int) -> str:
        if number in self._placed:
            return ""
        self._placed.add(number)
        name = place(number)
        return f'<w:bookmarkStart w:id="{_FIRST + number}" w:name="{name}"/><w:bookmarkEnd w:id="{_FIRST + number}"/>'


_FIRST = 10_000
"""Bookmarks of passages are numbered from here, those of headings below."""


def place(number: int) -> str:
    """The bookmark of a passage."""
    return f"_Passage{number}"


def pointer(number: int) -> str:
    """« [12] », which leads to the passage."""
    return f'<w:hyperlink w:anchor="{place(number)}" w:history="1">{run(f"[{number}]", "qualikitRenvoi")}</w:hyperlink>'
