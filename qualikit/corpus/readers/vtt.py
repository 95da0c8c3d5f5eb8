"""WebVTT subtitles (.vtt), as Teams, Zoom, Whisper and noScribe write transcripts."""

from __future__ import annotations

from qualikit.corpus.readers import ReadText
from qualikit.corpus.readers.subtitles import read_subtitles
from qualikit.i18n import _


class VttReader:
    """Reader of .vtt files. Speakers are the voices (``<v Karim>``), or the names that begin the cues (Zoom)."""

    name = "vtt"
    version = "1"
    extensions = (".vtt",)

    @property
    def label(self) -> str:
        return _("Sous-titres WebVTT (Teams, Zoom, Whisper, noScribe)")

    def read(self, data: bytes, file_name: str) -> ReadText:
        """The turns with their times. Raises ``UnreadableFile``, ``EmptyDocument``."""
        return read_subtitles(data, file_name, blocks=("WEBVTT", "NOTE", "STYLE", "REGION"))
