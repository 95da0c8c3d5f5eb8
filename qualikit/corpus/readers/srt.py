"""SubRip subtitles (.srt), as Whisper and most transcription services write them."""

from __future__ import annotations

from qualikit.corpus.readers import ReadText
from qualikit.corpus.readers.subtitles import read_subtitles
from qualikit.i18n import _


class SrtReader:
    """Reader of .srt files. Speakers are the names that begin the subtitles, where they do."""

    name = "srt"
    version = "1"
    extensions = (".srt",)

    @property
    def label(self) -> str:
        return _("Sous-titres SubRip")

    def read(self, data: bytes, file_name: str) -> ReadText:
        """The turns with their times. Raises ``UnreadableFile``, ``EmptyDocument``."""
        return read_subtitles(data, file_name)
