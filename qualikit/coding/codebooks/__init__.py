"""Codebooks as files: YAML, CSV, Excel, Word. Read as a value, merged into a project, written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qualikit.coding.codebooks.entries import CodebookFile, CodeEntry
from qualikit.coding.codebooks.layout import Layout
from qualikit.coding.codebooks.merge import CodebookReport, merge, merged
from qualikit.coding.codebooks.reading import YAML, open_codebook
from qualikit.coding.model import Codebook
from qualikit.errors import ExportFailed
from qualikit.i18n import _

__all__ = [
    "CodeEntry",
    "CodebookFile",
    "CodebookReport",
    "load_codebook",
    "merge",
    "merged",
    "read_codebook",
    "save_codebook",
]


def read_codebook(path: str | Path, layout: Layout | None = None) -> CodebookFile:
    """What a file says, and only that; ``layout``: how its tables are read, where that is not what is proposed.

    Raises CodebookError (with the line where one is at fault), SheetError, ReadError.
    """
    opened = open_codebook(Path(path))
    return opened.read(opened.laid_out(layout))


def load_codebook(path: str | Path) -> Codebook:
    """The codebook that a file describes, complete, without a project: the same file gives the same ids.

    Raises CodebookError, SheetError, ReadError.
    """
    from uuid import NAMESPACE_URL, uuid5

    from qualikit.coding.names import name_key

    return merged(Codebook(), read_codebook(path), lambda name: str(uuid5(NAMESPACE_URL, name_key(name))))


def save_codebook(codebook: Codebook, path: str | Path, *, name: str = "") -> None:
    """Write a codebook; the ending of the path says how. ``name`` titles one that has no name of its own.

    Raises ExportFailed.
    """
    path = Path(path)
    try:
        _writer(path)(codebook, path, name)
    except OSError as error:
        raise ExportFailed(
            _("La grille n'a pas pu être écrite dans « {name} ».").format(name=path.name),
            _("Vérifiez que le dossier existe et que le fichier n'est pas ouvert dans un autre programme."),
        ) from error


def _writer(path: Path) -> Callable[[Codebook, Path, str], None]:
    if path.suffix.lower() in YAML:
        from qualikit.coding.codebooks.yaml import write_yaml

        return write_yaml
    from qualikit.coding.codebooks import table

    if path.suffix.lower() == ".csv":
        return table.write_csv
    if path.suffix.lower() == ".xlsx":
        return table.write_xlsx
    raise ExportFailed(
        _("Une grille ne s'écrit pas dans un fichier « {name} ».").format(name=path.name),
        _("Choisissez un nom qui se termine par .yaml, .csv ou .xlsx."),
    )
