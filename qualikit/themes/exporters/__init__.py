"""Exporters: from a matrix to a file. One format, one file; a stranger's exporter comes by entry point.

An exporter is a class made without arguments, with the attributes of ``Exporter``;
``tests/contracts/test_exporters.py`` is what every one of them must pass.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date as Date
from pathlib import Path, PurePath
from typing import BinaryIO, Protocol

from qualikit.errors import ExportFailed, UnknownPlugin
from qualikit.i18n import _
from qualikit.registry import Registry
from qualikit.store import new_id
from qualikit.themes.matrix import Matrix
from qualikit.themes.verbatims import Choice


@dataclass(frozen=True)
class ExportOptions:
    """What a file says of itself. An empty ``title`` becomes « Matrice thématique par territoire »; ``verbatims`` is
    the choice that the matrix was filled with. ``chart``: ``heat``, ``bubbles``, or empty for none; a picture that is
    asked for without a chart is a heat map."""

    project: str = ""
    title: str = ""
    date: Date = field(default_factory=Date.today)
    verbatims: Choice = "auto"
    chart: str = ""

    def title_of(self, matrix: Matrix) -> str:
        return self.title or matrix.title

    def picture(self, matrix: Matrix, format: str) -> bytes:
        """The chart as ``png`` or ``svg``."""
        from qualikit.themes.charts import picture
        from qualikit.themes.charts.matrix import matrix_chart

        return picture(matrix_chart(matrix, self.chart or "heat", title=self.title), format)

    @property
    def day(self) -> str:
        """The date as it is written in French, and understood everywhere."""
        return f"{self.date:%d/%m/%Y}"


class Exporter(Protocol):
    """What the registry holds."""

    name: str
    extension: str
    """Lower case, with the dot."""

    @property
    def label(self) -> str:
        """Name of the format for the user."""

    def export_matrix(self, matrix: Matrix, target: BinaryIO, options: ExportOptions) -> None:
        """Write the matrix, verbatims included, whatever the texts in it hold."""


exporters: Registry[Exporter] = Registry(
    "qualikit.exporters",
    {
        "docx": "qualikit.themes.exporters.docx:DocxExporter",
        "xlsx": "qualikit.themes.exporters.xlsx:XlsxExporter",
        "csv": "qualikit.themes.exporters.csv:CsvExporter",
        "png": "qualikit.themes.exporters.pictures:PngExporter",
        "svg": "qualikit.themes.exporters.pictures:SvgExporter",
    },
    _("format"),
)


def exporter_for(file_name: str) -> Exporter:
    """The exporter for a file of that name. Raises UnknownPlugin, which lists the extensions."""
    extension = PurePath(file_name).suffix.lower()
    for exporter in exporters:
        if exporter.extension == extension:
            return exporter
    what = _("Une matrice ne s'exporte pas au format « {extension} ».") if extension else _("Le format n'est pas dit.")
    known = ", ".join(exporter.extension for exporter in exporters)
    raise UnknownPlugin(
        what.format(extension=extension), _("Donnez un nom qui se termine par : {known}.").format(known=known)
    )


def export_matrix(exporter: Exporter, matrix: Matrix, path: Path, options: ExportOptions) -> Path:
    """Write a matrix to a file, whole or not at all. Raises ExportFailed."""
    return put_whole(path, lambda file: exporter.export_matrix(matrix, file, options))


Look = Callable[[bytes, str, str], object]
"""Called with a file's bytes, the ending that says how to read them, and the file's name."""
_look: ContextVar[Look | None] = ContextVar("look", default=None)


@contextmanager
def looked_at(look: Look | None) -> Iterator[None]:
    """Every file that is put in its place meanwhile is looked at first; what ``look`` raises keeps it from being
    written. None: no file is looked at, whatever was asked for around this."""
    token = _look.set(look)
    try:
        yield
    finally:
        _look.reset(token)


def look_at(data: Callable[[], bytes], ending: str, name: str) -> None:
    """Where files are looked at, have this looked at in the place of the file of that name, in which no words can be
    read."""
    if (look := _look.get()) is not None:
        look(data(), ending, name)


def put_whole(path: Path, write: Callable[[BinaryIO], object]) -> Path:
    """Write beside the target, then put in its place: at no moment is the target half a file.

    Raises ExportFailed where it cannot be written; what was there before is left as it was.
    """
    path = path.expanduser()
    _refuse_unwritable(path)
    beside = path.with_name(f".{new_id()}{path.suffix}")
    try:
        with beside.open("xb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        if (look := _look.get()) is not None:
            look(beside.read_bytes(), path.suffix.lower(), path.name)
        beside.replace(path)
    except PermissionError as error:
        raise _locked(path) from error
    except OSError as error:
        raise ExportFailed(
            _("« {name} » n'a pas pu être écrit : le disque est plein ou ne répond plus.").format(name=path.name),
            _("Libérez de la place ou choisissez un autre dossier, puis recommencez."),
        ) from error
    finally:
        beside.unlink(missing_ok=True)
    return path


def _refuse_unwritable(path: Path) -> None:
    if not path.parent.is_dir():
        raise ExportFailed(
            _("Le dossier « {folder} » n'existe pas.").format(folder=path.parent),
            _("Créez-le, ou choisissez un autre dossier."),
        )
    if path.is_dir():
        raise ExportFailed(
            _("« {name} » est un dossier.").format(name=path.name), _("Donnez le nom d'un fichier à écrire.")
        )
    if path.exists() and not os.access(path, os.W_OK):
        raise _locked(path)


def _locked(path: Path) -> ExportFailed:
    return ExportFailed(
        _("« {name} » ne peut pas être écrit : il est ouvert dans un autre programme, ou protégé.").format(
            name=path.name
        ),
        _("Fermez-le dans Word ou Excel, ou donnez un autre nom, puis recommencez."),
    )
