"""The sentences of a project's documents as assistants read them, and the pieces that they are read in."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict

from qualikit.coding.assistants import Heard, Segment
from qualikit.coding.assistants.pieces import Piece, pieces
from qualikit.corpus.model import Document, Role
from qualikit.corpus.queries import participants_of, text_version, turns_of
from qualikit.store import Store, erasing
from qualikit.text import Span, count_words, sentences

_lock = threading.Lock()
_read: OrderedDict[tuple[str, str], tuple[Piece, ...]] = OrderedDict()
_READ = 2_000
"""Documents that are remembered, in this process only."""


def _forget() -> None:
    with _lock:
        _read.clear()


erasing.ON_FORGETTING.append(_forget)


def pieces_of(store: Store, document: Document) -> tuple[Piece, ...]:
    """The pieces of a document, kept in memory until its text or the roles of those who speak in it change."""
    with store.read() as connection:
        moderators = sorted(
            person.id
            for person in participants_of(connection, str(document.text_version_id))
            if person.role is Role.MODERATOR
        )
    key = (str(document.text_version_id), " ".join(moderators))
    with _lock:
        if key in _read:
            _read.move_to_end(key)
            return _read[key]
    made = tuple(pieces(segments_of(store, document)))
    with _lock:
        _read[key] = made
        while len(_read) > _READ:
            _read.popitem(last=False)
    return made


def segments_of(store: Store, document: Document, *, moderators: bool = False) -> list[Segment]:
    """The sentences of a document's turns, in order; of its paragraphs where nobody is known to speak. Titles are left
    out: what stands before the first who speaks, and lines that are headings."""
    with store.read() as connection:
        version = text_version(connection, document.id)
        turns = turns_of(connection, version.id)
        asking = {person.id for person in participants_of(connection, version.id) if person.role is Role.MODERATOR}
    heard: list[Heard] = []
    spoken, known = False, any(turn.participant_id for turn in turns)
    spans: list[tuple[Span, Heard]] = []
    for turn in turns if known else ():
        speaker = turn.participant_id or ""
        words, before = turn.speech.of(version.text), heard[-1] if heard else None
        said = Heard(turn.index, speaker, speaker in asking, words, turn.speech_start, before)
        heard.append(said)
        spoken = spoken or bool(speaker)
        if (moderators or not said.moderates) and spoken:
            spans.append((turn.speech, said))
    if not known:
        for number, span in enumerate(_paragraphs(version.text)):
            spans.append((span, Heard(number, "", False, span.of(version.text), span.start)))
    return [
        Segment(document.id, version.id, each.start, each.stop, each.of(version.text), said)
        for span, said in spans
        for each in sentences(version.text, span)
    ]


_HEADING = 12
"""Words that a line may have and be a heading."""
_LISTED = re.compile(r"\s*[-–—•▪·*]\s")
_MARKED = re.compile(r"\s*#{1,6}\s")


def _paragraphs(text: str) -> list[Span]:
    """The lines of a text that has no turns, but for its headings: short, without a stop, over a longer line or over a
    heading."""
    lines = [Span(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text) if match[0].strip()]
    found: list[Span] = []
    below, heads = "", False
    for line in reversed(lines):
        below, heads = line.of(text), _heads(line.of(text), below, heads)
        if not heads:
            found.append(line)
    return found[::-1]


def _heads(line: str, below: str, below_heads: bool) -> bool:
    if _MARKED.match(line):
        return True
    if _LISTED.match(line) or line.rstrip().endswith((".", "!", "?", "…", ";", ",", "»", '"')):
        return False
    return count_words(line) <= _HEADING and (below_heads or count_words(below) > _HEADING)
