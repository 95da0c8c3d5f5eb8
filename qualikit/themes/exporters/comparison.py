"""A comparison of groups in a file: Word to hand in, Excel and CSV to work on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from pathlib import Path
from typing import Any

from qualikit.corpus.model import SourceKind
from qualikit.errors import ExportFailed
from qualikit.i18n import _
from qualikit.sheets import csv_bytes
from qualikit.store import Store
from qualikit.themes.comparing.model import WHAT, Comparison
from qualikit.themes.comparing.service import compare
from qualikit.themes.exporters import put_whole
from qualikit.themes.exporters.cleaning import xml_text

FORMATS = (".docx", ".xlsx", ".csv")


def export_comparison(
    store: Store,
    path: Path,
    by: str = "territory",
    groups: Sequence[str] | None = None,
    *,
    what: str | Sequence[str] | None = None,
    title: str = "",
    date: Date | None = None,
    sources: Sequence[str | SourceKind] | None = None,
    codes: Sequence[str] | None = None,
    **asked: Any,
) -> Path:
    """See :meth:`qualikit.themes.themes.Themes.export_comparison`. The same project of the same day gives the same
    bytes."""
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise ExportFailed(
            _("Une comparaison ne s'écrit pas dans un fichier « {name} ».").format(name=path.name),
            _("Choisissez un nom qui se termine par : {known}.").format(known=", ".join(FORMATS)),
        )
    parts = WHAT if what is None else (what,) if isinstance(what, str) else tuple(what)
    if ending == ".csv":
        parts = parts[:1]
    made = [compare(store, by, groups, part, sources=sources, codes=codes, **asked) for part in parts]  # type: ignore[arg-type]
    return write_comparisons(made, path, title=title, project=store.name, date=date)


def write_comparisons(
    made: Sequence[Comparison], path: Path, *, title: str = "", project: str = "", date: Date | None = None
) -> Path:
    """Write comparisons of the same groups; as CSV, the first of them. Raises ExportFailed."""
    date = date or Date.today()
    title = title or default_title(made[0])
    if path.suffix.lower() == ".docx":
        from qualikit.themes.exporters.word.comparison import comparison_file

        data = comparison_file(made, title=title, project=project, date=date)
    elif path.suffix.lower() == ".xlsx":
        from qualikit.themes.exporters.comparison_xlsx import workbook

        data = workbook(made, title=title, project=project, date=date)
    else:
        columns = made[0].columns()
        rows = ([_plain(record[name]) for name in columns] for record in made[0].to_records())
        data = csv_bytes(columns, rows)
    return put_whole(path, lambda file: file.write(data))


def default_title(comparison: Comparison) -> str:
    """« Comparaison des territoires : Aubagne et Laval »."""
    from qualikit.themes.wording import listed

    names = listed(tuple(group.label for group in comparison.groups)) or "–"
    if comparison.by == "territory":
        return _("Comparaison des territoires : {names}").format(names=names)
    return _("Comparaison par {by} : {names}").format(by=comparison.by_label.lower(), names=names)


def _plain(value: Any) -> Any:
    return xml_text(value) if isinstance(value, str) else value
