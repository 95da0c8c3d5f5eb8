"""Headings as they are written, and the table of contents that leads to them."""

from __future__ import annotations

from qualikit.themes.exporters.word.markup import bookmarked, contents


class Headings:
    """The headings of one document."""

    def __init__(self) -> None:
        self._marks: list[tuple[int, str, str]] = []

    def heading(self, level: int, words: str) -> str:
        """A heading that the contents lead to; the first one begins a page."""
        number = len(self._marks) + 1
        self._marks.append((level, words, f"_Titre{number}"))
        made = bookmarked(f"Heading{level}", f"_Titre{number}", number, words)
        return made.replace("</w:pPr>", "<w:pageBreakBefore/></w:pPr>", 1) if number == 1 else made

    def contents(self, levels: int) -> str:
        """The table of contents down to that level; called once all headings are made."""
        shown = [mark for mark in self._marks if mark[0] <= levels]
        return contents(shown, levels) if shown else ""
