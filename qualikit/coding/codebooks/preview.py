"""What importing a codebook's file would do, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qualikit.coding.codebooks.comparing import CodeChange, compare
from qualikit.coding.codebooks.grids import Grid
from qualikit.coding.codebooks.layout import CodebookLayout, Layout
from qualikit.coding.codebooks.merge import CodebookReport, compared, merged
from qualikit.coding.codebooks.reading import open_codebook
from qualikit.coding.model import Codebook
from qualikit.errors import CodebookError, SheetError


@dataclass(frozen=True)
class CodebookPreview:
    """``layout``: how the file is read (None: it is YAML); ``grids``: its tables; ``book``: the codebook as it would
    be; ``report``: what is added, completed, unchanged, with warnings. ``problem``: why it cannot be brought in
    so; then ``book`` is the one of now."""

    file_name: str
    layout: CodebookLayout | None
    grids: tuple[Grid, ...]
    book: Codebook
    report: CodebookReport
    changes: tuple[CodeChange, ...] = ()
    """What becomes of the codes that there are: moved, redefined…, with what each said before."""
    named: tuple[str, ...] = ()
    """Names of the codes of the file, in its order."""
    problem: str = ""


def preview(path: Path, now: Codebook, layout: Layout | None = None) -> CodebookPreview:
    """What bringing the file into that codebook would do. Raises CodebookError, SheetError, ReadError for a file that
    cannot be opened at all, and for a layout that does not fit it."""
    opened = open_codebook(path)
    laid_out = opened.laid_out(layout)
    try:
        file = opened.read(laid_out)
        book = merged(now, file)
    except (CodebookError, SheetError) as error:
        return CodebookPreview(opened.name, laid_out, opened.grids, now, CodebookReport(), problem=str(error))
    return CodebookPreview(
        opened.name,
        laid_out,
        opened.grids,
        book,
        compared(now, book, file),
        tuple(change for change in compare(now, book) if change.code_id in now),
        tuple(entry.name for entry in file.entries),
    )
