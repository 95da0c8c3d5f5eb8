"""Consensus grids in a file: Word to hand in, Excel to read and compute, CSV to compute."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Date
from pathlib import Path

from qualikit import sheets
from qualikit.errors import ExportFailed
from qualikit.i18n import _
from qualikit.themes.consensus.grid import CELL_FIELDS, Grid
from qualikit.themes.consensus.wording import title_of
from qualikit.themes.exporters import put_whole
from qualikit.themes.exporters.cleaning import xml_text

FORMATS = (".docx", ".xlsx", ".csv")


@dataclass(frozen=True)
class About:
    """What a file says of itself. ``quotes``: passages quoted for each side of a theme; 0: none."""

    project: str = ""
    title: str = ""
    quotes: int = 3
    date: Date = field(default_factory=Date.today)

    @property
    def day(self) -> str:
        return f"{self.date:%d/%m/%Y}"


def export(grid: Grid, path: Path, *, project: str = "", title: str = "", quotes: int = 3) -> Path:
    """Write the grids; the ending of the name says how. Raises ExportFailed."""
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise ExportFailed(
            _("« {name} » : ce type de fichier n'est pas connu.").format(name=path.name),
            _("Choisissez un nom qui se termine par : {known}.").format(known=", ".join(FORMATS)),
        )
    about = About(project, title or title_of(grid), max(0, quotes))
    if ending == ".docx":
        from qualikit.themes.consensus.word import word

        data = word(grid, about)
    elif ending == ".xlsx":
        from qualikit.themes.consensus.excel import excel

        data = excel(grid, about)
    else:
        data = csv(grid)
    return put_whole(path, lambda file: file.write(data))


def csv(grid: Grid) -> bytes:
    """One row a cell, as :meth:`Grid.to_records` has them."""
    rows = (
        [xml_text(value) if isinstance(value, str) else value for value in (record[name] for name in CELL_FIELDS)]
        for record in grid.to_records()
    )
    return sheets.csv_bytes(CELL_FIELDS, rows)
