"""The sentences of a project's documents as assistants read them, and the pieces that they are read in."""

from __future__ import annotations

import threading
from collections import OrderedDict

from qualikit.coding.assistants import Heard, Segment
from qualikit.coding.assistants.pieces import Piece, pieces
from qualikit.corpus.model import Document, Role
from qualikit.corpus.queries import participants_of, text_version, turns_of
from qualikit.store import Store, erasing
from qualikit.text import Span, sentences

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
    """The sentences of a document's turns, in order; of the whole text where it has no turns."""
    with store.read() as connection:
        version = text_version(connection, document.id)
        turns = turns_of(connection, version.id)
        asking = {person.id for person in participants_of(connection, version.id) if person.role is Role.MODERATOR}
    heard: list[Heard] = []
    for turn in turns:
        speaker = turn.participant_id or ""
        words, before = turn.speech.of(version.text), heard[-1] if heard else None
        heard.append(Heard(turn.index, speaker, speaker in asking, words, turn.speech_start, before))
    spans = [(turn.speech, said) for turn, said in zip(turns, heard, strict=True) if moderators or not said.moderates]
    if not turns:
        spans = [(Span(0, len(version.text)), Heard(0, "", False, version.text))]
    return [
        Segment(document.id, version.id, each.start, each.stop, each.of(version.text), said)
        for span, said in spans
        for each in sentences(version.text, span)
    ]
