"""Tables as transcripts (.csv, .tsv, .xlsx): one row a turn, or one row a document."""

from __future__ import annotations

from qualikit.corpus.readers import ReadText
from qualikit.corpus.table_rows import read_table
from qualikit.i18n import _


class TableReader:
    """Reader of tables. What the columns hold is proposed; ``read_table`` takes another layout."""

    name = "table"
    version = "1"
    extensions = (".csv", ".tsv", ".xlsx")

    @property
    def label(self) -> str:
        return _("Tableau Excel ou CSV")

    def read(self, data: bytes, file_name: str) -> ReadText:
        """The text, by the layout proposed. Raises ``UnreadableFile``, ``EmptyDocument``."""
        return read_table(data, file_name)
