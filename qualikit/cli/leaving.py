"""What leaves in a file is read for names first: the options that say with which key, or that it may hold them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualikit.cli.secrets import passphrase
from qualikit.i18n import _

if TYPE_CHECKING:
    from qualikit.corpus.pseudonyms.key import Key
    from qualikit.project import Project

ALLOW_NAMES = Annotated[
    bool, typer.Option("--allow-names", help=_("Écrire même s'il reste des noms, des numéros ou des adresses."))
]


def opened_key(found: Project, file: Path | None) -> Key | None:
    """The key of the pseudonyms where there is one: what leaves is read for the names that it knows."""
    service = found.corpus.pseudonyms
    return service.open_key(passphrase(file)) if service.has_key else None


@contextmanager
def leaving(found: Project, passphrase_file: Path | None, *, allow_names: bool, to: Path | None) -> Iterator[None]:
    """A file written meanwhile is not, where names are left in it. ``to`` None: none is written, nothing is asked."""
    if to is None or allow_names:
        yield
        return
    with found.themes.refusing_names(opened_key(found, passphrase_file)):
        yield
