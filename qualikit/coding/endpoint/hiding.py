"""Words as they leave: names replaced by their pseudonyms, and the way back from a place in them. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qualikit.alignment import Hunk
from qualikit.corpus.pseudonyms.matching import Matcher
from qualikit.corpus.pseudonyms.rewriting import edits
from qualikit.rebasing import Rebasing
from qualikit.text import Span

_SPACES = {0xA0: " ", 0x202F: " "}


@dataclass(frozen=True, eq=False)
class Hidden:
    """``text`` is what leaves. ``rebasing`` leads from it to the words of the project; None: they are as long."""

    text: str
    rebasing: Rebasing | None = None

    def back(self, span: Span) -> Span:
        """Where that span of ``text`` stands in the project's words. A name is all of it or none of it: what a half of
        its pseudonym stood for is not known."""
        if self.rebasing is None:
            return span
        start, stop = span.start, span.stop
        for hunk in self.rebasing.hunks:
            if hunk.start < stop and start < hunk.stop:
                start, stop = min(start, hunk.start), max(stop, hunk.stop)
        return Span(self.rebasing.start(start), self.rebasing.stop(stop))


Hide = Callable[[str], Hidden]


def as_they_are(text: str) -> Hidden:
    """Words without a name to replace."""
    return Hidden(plain_spaces(text))


def hider(matcher: Matcher) -> Hide:
    """What replaces the names of a key by their pseudonyms."""

    def hide(text: str) -> Hidden:
        changes = edits(text, matcher.find(text))
        if not changes:
            return as_they_are(text)
        forth = Rebasing.of(text, changes)
        back = [Hunk(hunk.new_start, hunk.new_stop, hunk.start, hunk.stop) for hunk in forth.hunks]
        return Hidden(plain_spaces(forth.new), Rebasing(forth.new, text, back, stated=True))

    return hide


def plain_spaces(text: str) -> str:
    """No-break spaces as ordinary ones, as many: models write these when they quote."""
    return text.translate(_SPACES)
