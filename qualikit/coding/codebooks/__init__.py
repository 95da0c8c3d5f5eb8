"""Codebooks as files: YAML, CSV, Excel. Read as a value, merged into a project, written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qualikit.coding.codebooks.entries import CodebookFile, CodeEntry
from qualikit.coding.codebooks.merge import CodebookReport, merge, merged
from qualikit.coding.model import Codebook
from qualikit.errors import CodebookError, ExportFailed
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

YAML = (".yaml", ".yml")
SHEETS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")


def read_codebook(path: str | Path) -> CodebookFile:
    """What a file says, and only that. Raises CodebookError (with the line where one is at fault), SheetError."""
    path = Path(path)
    ending = path.suffix.lower()
    if ending not in (*YAML, *SHEETS):
        raise CodebookError(
            _("« {name} » n'est pas une grille de codage que l'on sait lire.").format(name=path.name),
            _("Une grille se lit en YAML (.yaml), en CSV (.csv) ou en Excel (.xlsx)."),
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CodebookError(
            _("La grille « {name} » ne peut pas être lue.").format(name=path.name),
            _("Vérifiez qu'elle existe et qu'elle n'est pas ouverte dans un autre programme."),
        ) from error
    if ending in YAML:
        from qualikit.coding.codebooks.yaml import read_yaml

        return read_yaml(data, path.name)
    from qualikit.coding.codebooks.table import read_table

    return read_table(data, path.name)


def load_codebook(path: str | Path) -> Codebook:
    """The codebook that a file describes, complete, without a project: the same file gives the same ids.

    Raises CodebookError, SheetError.
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
