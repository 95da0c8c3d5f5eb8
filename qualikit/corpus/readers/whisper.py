"""JSON that Whisper writes, and the programs around it.

openai-whisper, faster-whisper and WhisperX: ``segments`` with ``start``, ``end``, ``text`` and perhaps ``speaker`` and
``words``. whisper.cpp: ``transcription`` with ``offsets`` in milliseconds or ``timestamps``. transformers: ``chunks``
(and ``speakers``) with ``timestamp``. Or the list of segments alone.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from qualikit.corpus.readers import ReadText
from qualikit.corpus.readers.text import decode, replaced
from qualikit.corpus.readers.utterances import Utterance, transcript
from qualikit.corpus.times import MAX_HOURS, read_clock
from qualikit.errors import EmptyDocument, UnreadableFile
from qualikit.i18n import _, ngettext

MAX_BYTES = 64 * 2**20
"""With a time for each word, some hundreds of thousands of words."""
_LISTS = ("segments", "transcription", "speakers", "chunks", "utterances")
"""Where the segments may be, best first."""
_ALONE = {"text", "language", "task", "duration", "usage", "language_probability", *_LISTS}
"""What may stand beside ``text`` where there are no segments."""
_HALF = re.compile("[\ud800-\udfff]")
"""Half of a character beyond the basic plane, escaped alone (« \\ud83d »): JSON has it, text has not."""


class WhisperReader:
    """Reader of .json files that hold a transcription."""

    name = "whisper"
    version = "1"
    extensions = (".json",)

    @property
    def label(self) -> str:
        return _("Transcription Whisper ou WhisperX (JSON)")

    def read(self, data: bytes, file_name: str) -> ReadText:
        """The turns with their times. Raises ``UnreadableFile``, ``EmptyDocument``."""
        if not data.strip():
            raise EmptyDocument(_("« {name} » est vide.").format(name=file_name), _("Redemandez le fichier d'origine."))
        if len(data) > MAX_BYTES:
            raise UnreadableFile(
                _("« {name} » est trop gros pour une transcription ({size} Mo).").format(
                    name=file_name, size=len(data) // 2**20
                ),
                _("Exportez-la sans l'heure de chaque mot."),
            )
        decoded, encoding, damaged = decode(data, file_name)
        try:
            content = json.loads(decoded.lstrip("\ufeff"))
        except (ValueError, RecursionError) as error:
            raise UnreadableFile(
                _("« {name} » est abîmé : ce n'est pas du JSON complet.").format(name=file_name),
                _("Exportez de nouveau la transcription."),
            ) from error
        segments = _segments(content)
        if segments is None:
            raise UnreadableFile(
                _(
                    "« {name} » n'est pas une transcription de Whisper : il n'y a pas de passages avec leur texte."
                ).format(name=file_name),
                _("Exportez la transcription au format .vtt, .srt, .docx ou .txt."),
            )
        pieces, unread = [], 0
        for segment in segments:
            said = list(_pieces(segment))
            pieces += said
            unread += not said and not _is_blank(segment)
        halved = any(_HALF.search(piece.text) for piece in pieces)
        pieces = [replace(piece, text=_whole(piece.text), label=_whole(piece.label or "")) for piece in pieces]
        warnings = [replaced()] if damaged or halved else []
        if unread:
            warnings.append(
                ngettext(
                    "{n} passage mal formé a été laissé de côté.",
                    "{n} passages mal formés ont été laissés de côté.",
                    unread,
                ).format(n=unread)
            )
        return transcript(pieces, file_name, warnings=warnings, encoding=encoding)


def _segments(content: Any) -> list[Any] | None:
    if isinstance(content, list):
        return content if any(isinstance(each, dict) and _text(each) is not None for each in content) else None
    if not isinstance(content, dict):
        return None
    for name in _LISTS:
        found = content.get(name)
        if isinstance(found, list) and any(isinstance(each, dict) and _text(each) is not None for each in found):
            return found
    if isinstance(content.get("text"), str) and set(content) <= _ALONE:
        return [{"text": content["text"]}]
    return None


def _text(segment: dict[str, Any]) -> str | None:
    text = segment.get("text")
    return text if isinstance(text, str) else None


def _is_blank(segment: Any) -> bool:
    return isinstance(segment, dict) and not (_text(segment) or "?").strip()


def _pieces(segment: Any) -> Iterator[Utterance]:
    """What is said in a segment: at once, or word by word where several people speak in it."""
    if not isinstance(segment, dict) or not (_text(segment) or "").strip():
        return
    start, stop = _times(segment)
    label = _speaker(segment)
    words = [
        word for word in _list(segment.get("words")) if isinstance(word, dict) and isinstance(word.get("word"), str)
    ]
    voices, last = [], label
    for word in words:
        last = _speaker(word) or last
        voices.append((last, word))
    if len({voice for voice, _word in voices}) < 2:
        yield Utterance(segment["text"], label or last, start, stop)
        return
    for voice, run in groupby(voices, key=lambda each: each[0]):
        said = [word for _voice, word in run]
        spaced = any(word["word"].startswith(" ") for word in said)  # openai-whisper keeps the space before a word
        times = [_times(word) for word in said]
        yield Utterance(
            ("" if spaced else " ").join(word["word"] for word in said),
            voice,
            next((begun for begun, _ended in times if begun is not None), start),
            next((ended for _begun, ended in reversed(times) if ended is not None), stop),
        )


def _whole(text: str) -> str:
    return _HALF.sub("\ufffd", text)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _speaker(of: dict[str, Any]) -> str | None:
    speaker = of.get("speaker")
    if isinstance(speaker, dict):
        speaker = speaker.get("name") or speaker.get("id")
    if isinstance(speaker, bool) or not isinstance(speaker, (str, int)):
        return None
    return str(speaker).strip()[:100] or None


def _times(of: dict[str, Any]) -> tuple[float | None, float | None]:
    """Start and stop in seconds, however this program writes them."""
    if isinstance(offsets := of.get("offsets"), dict):
        found = (_number(offsets.get("from"), 1000), _number(offsets.get("to"), 1000))
    elif isinstance(stamps := of.get("timestamps"), dict):
        found = (_number(stamps.get("from")), _number(stamps.get("to")))
    elif isinstance(stamp := of.get("timestamp"), list) and len(stamp) == 2:
        found = (_number(stamp[0]), _number(stamp[1]))
    else:
        found = (_number(of.get("start")), _number(of.get("end")))
    return found


def _number(value: Any, divisor: int = 1) -> float | None:
    if isinstance(value, str):
        return read_clock(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        found = float(value) / divisor
    except OverflowError:
        return None
    return found if math.isfinite(found) and 0 <= found < MAX_HOURS * 3600 else None
