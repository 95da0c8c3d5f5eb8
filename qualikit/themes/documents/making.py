"""A document made, looked at, then put in its place."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from qualikit.errors import ExportFailed
from qualikit.i18n import _
from qualikit.store import Store
from qualikit.themes.documents.catalogue import Deliverable
from qualikit.themes.documents.leaving import NamesFound, names_in, refusing_names
from qualikit.themes.documents.options import Options
from qualikit.themes.exporters import put_whole
from qualikit.themes.exporters.word.template import using

if TYPE_CHECKING:
    from qualikit.corpus.pseudonyms.key import Key
    from qualikit.themes.themes import Themes


def made(themes: Themes, document: Deliverable, options: Options) -> bytes:
    """The file's bytes. Raises MatrixError, TemplateRefused."""
    with tempfile.TemporaryDirectory() as folder, using(options.template):
        path = Path(folder) / f"{document.name}{document.extension}"
        document.write(themes, options, path)
        return path.read_bytes()


def looked_at(store: Store, coder: str, document: Deliverable, data: bytes, key: Key | None) -> NamesFound:
    """The names that it holds."""
    return names_in(store, coder, data, document.extension, key)


def export(
    store: Store,
    coder: str,
    themes: Themes,
    document: Deliverable,
    path: Path,
    options: Options,
    *,
    key: Key | None,
    allow_names: bool,
) -> Path:
    """Write it whole, or not at all. Raises ExportFailed, NamesLeft, MatrixError, TemplateRefused."""
    if path.suffix.lower() != document.extension:
        raise ExportFailed(
            _("« {label} » ne s'écrit pas dans un fichier « {name} ».").format(label=document.label(), name=path.name),
            _("Donnez un nom qui se termine par {extension}.").format(extension=document.extension),
        )
    data = made(themes, document, options)
    with refusing_names(store, coder, key, allow=allow_names):
        return put_whole(path, lambda file: file.write(data))
