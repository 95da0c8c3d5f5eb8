"""A correction as a value: what changes in the text, who speaks then, what becomes of what hangs on its passages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualikit.alignment import Hunk
from qualikit.corpus.model import Turn
from qualikit.i18n import _
from qualikit.rebasing import Rebasing

CONTEXT = 60
"""Characters shown on either side of what changed, to the next word."""


class Reason(StrEnum):
    """Why a text was made."""

    IMPORT = "import"
    CORRECTION = "correction"
    PSEUDONYMS = "pseudonyms"
    REMOVAL = "removal"


def reason_label(reason: Reason) -> str:
    """Name of the reason for the user."""
    return {
        Reason.IMPORT: _("Importation"),
        Reason.CORRECTION: _("Correction"),
        Reason.PSEUDONYMS: _("Pseudonymes"),
        Reason.REMOVAL: _("Suppression de données personnelles"),
    }[reason]


class Fate(StrEnum):
    """What becomes of a passage: the same words, other words, or set aside for review."""

    KEPT = "kept"
    CHANGED = "changed"
    ASIDE = "aside"


@dataclass(frozen=True)
class Followed:
    """What becomes of one row that hangs on a passage. ``names`` say what it is and whose (code, coder); ``quote`` is
    what it says before, ``words`` after; ``None`` where it is set aside."""

    table: str
    id: str
    names: tuple[str, ...]
    quote: str
    words: str | None
    quiet: bool = False
    """Nobody is asked about it (see ``QUIET`` of the store)."""

    @property
    def fate(self) -> Fate:
        if self.words is None:
            return Fate.ASIDE
        return Fate.KEPT if self.words == self.quote else Fate.CHANGED


@dataclass(frozen=True)
class Piece:
    """Words that stay (``same``), go (``out``) or come (``in``)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Passage:
    """Neighbouring changes with the words around them, in the turn (from 0) and from the mouth they are in now."""

    turn: int
    speaker: str | None
    start: int
    """Where it begins in the text after, in code points."""
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Correction:
    """What a correction does, or would do. ``version_id`` and ``number`` name the text that was made; None in a preview
    and where nothing changes."""

    document_id: str
    title: str
    base_version_id: str
    text: str
    passages: tuple[Passage, ...]
    turns: tuple[Turn, ...]
    """The turns as they are after."""
    turns_before: tuple[Turn, ...]
    followed: tuple[Followed, ...]
    speakers_changed: int = 0
    """Turns that are still there and that somebody else speaks."""
    version_id: str | None = None
    number: int | None = None

    @property
    def changed(self) -> bool:
        return bool(self.passages or self.speakers_changed or len(self.turns) != len(self.turns_before))

    @property
    def reviewed(self) -> tuple[Followed, ...]:
        """Those of ``followed`` that somebody reads of: the codings."""
        return tuple(each for each in self.followed if not each.quiet)

    def with_fate(self, fate: Fate) -> tuple[Followed, ...]:
        """What meets that fate, in the order of the text before."""
        return tuple(each for each in self.reviewed if each.fate is fate)

    def count(self, fate: Fate) -> int:
        return sum(1 for each in self.reviewed if each.fate is fate)

    def by_names(self) -> dict[tuple[str, ...], dict[Fate, int]]:
        """For each code and coder (as ``names``), how many passages meet which fate."""
        counts = Counter((each.names, each.fate) for each in self.reviewed)
        names = sorted({names for names, _fate in counts})
        return {name: {fate: counts[name, fate] for fate in Fate} for name in names}


def passages(rebasing: Rebasing, turns: Sequence[Turn], names: dict[str, str]) -> Iterator[Passage]:
    """What changed, as it is shown; ``names``: those of participants, by id."""
    place = 0
    for hunks in _neighbours(rebasing.hunks):
        while place + 1 < len(turns) and turns[place].stop <= hunks[0].new_start:
            place += 1
        turn = turns[place] if turns else None
        start = _word_before(rebasing.new, hunks[0].new_start)
        if turn and hunks[0].new_start >= turn.speech_start:  # who speaks is said beside it
            start = max(start, turn.speech_start)
        yield Passage(
            turn.index if turn else 0,
            names.get(turn.participant_id or "", turn.label) if turn else None,
            start,
            tuple(_pieces(rebasing, start, hunks)),
        )


def _neighbours(hunks: Sequence[Hunk]) -> Iterator[list[Hunk]]:
    group: list[Hunk] = []
    for hunk in hunks:
        if group and hunk.start - group[-1].stop > CONTEXT:
            yield group
            group = []
        group.append(hunk)
    if group:
        yield group


def _pieces(rebasing: Rebasing, start: int, hunks: Sequence[Hunk]) -> Iterator[Piece]:
    done = start
    for hunk in hunks:
        for kind, text in (
            ("same", rebasing.new[done : hunk.new_start]),
            ("out", rebasing.old[hunk.start : hunk.stop]),
            ("in", rebasing.new[hunk.new_start : hunk.new_stop]),
        ):
            if text:
                yield Piece(kind, text)
        done = hunk.new_stop
    if rest := rebasing.new[done : _word_after(rebasing.new, done)]:
        yield Piece("same", rest)


def _word_before(text: str, place: int) -> int:
    first = max(0, place - CONTEXT, text.rfind("\n", 0, place) + 1)
    while 0 < first < place and not text[first - 1].isspace():
        first += 1
    return first


def _word_after(text: str, place: int) -> int:
    line = text.find("\n", place)
    last = min(len(text), place + CONTEXT, len(text) if line < 0 else line)
    while place < last < len(text) and not text[last].isspace():
        last -= 1
    return last
