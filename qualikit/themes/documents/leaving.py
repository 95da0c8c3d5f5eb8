"""What leaves is read before it does: a document that still holds names is not written, unless it is wanted so."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from io import BytesIO, StringIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import sqlalchemy as sa

from qualikit.corpus import prose
from qualikit.corpus.queries import current_versions, present
from qualikit.corpus.tables import documents, text_versions
from qualikit.errors import NamesLeft
from qualikit.i18n import _, ngettext
from qualikit.store import Store
from qualikit.themes.exporters import looked_at
from qualikit.themes.wording import listed

if TYPE_CHECKING:
    from qualikit.corpus.pseudonyms.key import Key
    from qualikit.corpus.pseudonyms.model import Context

_SPOKEN = {
    ".docx": (r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml", "w:p"),
    ".xlsx": (r"xl/sharedStrings\.xml", "si"),
}
_SHOWN = 5
_CALLED = 8
"""Digits from which a number may be one to call."""
_TURN = re.compile(r",? (?:tours?|turns?) \d+(?: (?:à|to) \d+)?")
"""A turn in a reference, which reads like an address: « 14, tour 131 »."""


@dataclass(frozen=True)
class NamesFound:
    """What a file holds that should not leave. ``names`` of the key, ``shaped``: numbers and addresses; ``locked``:
    there is a key, and it was not opened, so that no name could be looked for."""

    names: tuple[Context, ...] = ()
    shaped: tuple[Context, ...] = ()
    locked: bool = False

    @property
    def clean(self) -> bool:
        return not (self.names or self.shaped or self.locked)

    def sentences(self) -> list[str]:
        """What was found, in plain words."""
        said = []
        if self.names:
            said.append(
                ngettext(
                    "{n} nom de la clé y est encore écrit : {names}.",
                    "{n} noms de la clé y sont encore écrits : {names}.",
                    len(self.names),
                ).format(n=len(self.names), names=_some(self.names))
            )
        if self.shaped:
            said.append(
                ngettext(
                    "{n} numéro ou adresse y est écrit : {names}.",
                    "{n} numéros ou adresses y sont écrits : {names}.",
                    len(self.shaped),
                ).format(n=len(self.shaped), names=_some(self.shaped))
            )
        if self.locked:
            said.append(_("La clé des pseudonymes n'est pas ouverte : les vrais noms n'ont pas pu y être cherchés."))
        return said


def names_in(store: Store, coder: str, data: bytes, ending: str, key: Key | None) -> NamesFound:
    """Look at a file that was made for the names of the key, for numbers and addresses; of a picture in points nothing
    can be read."""
    return _scanned(store, coder, texts_of(data, ending), key)


def names_in_project(store: Store, coder: str, key: Key | None) -> NamesFound:
    """Look at all that a file may quote: the current texts, and everything that people wrote beside them."""
    with store.read() as connection:
        current = (
            sa.select(text_versions.c.text)
            .join(current_versions, current_versions.c.id == text_versions.c.id)
            .join(documents, documents.c.id == text_versions.c.document_id)
            .where(present)
        )
        texts = [
            *connection.execute(current).scalars(),
            *(text for one in prose.written(connection) for text in one.strings),
            *prose.facts(connection).values(),
        ]
    return _scanned(store, coder, iter(texts), key)


def _scanned(store: Store, coder: str, texts: Iterator[str], key: Key | None) -> NamesFound:
    from qualikit.corpus.pseudonyms.service import Pseudonyms

    service = Pseudonyms(store, coder)
    found = service.scan_texts(key, ((_("le document"), _TURN.sub("", text)) for text in texts))
    return NamesFound((*found.known, *found.hidden), found.shaped, locked=key is None and service.has_key)


@contextmanager
def refusing_names(store: Store, coder: str, key: Key | None, *, allow: bool = False) -> Iterator[None]:
    """Every file that is written meanwhile is looked at first; where names are found, it is not written (NamesLeft)."""

    def look(data: bytes, ending: str, name: str) -> None:
        refuse_names(names_in(store, coder, data, ending, key), name)

    with looked_at(None if allow else look):
        yield


def refuse_names(found: NamesFound, name: str) -> None:
    """Raises NamesLeft where something was found."""
    if not found.clean:
        raise NamesLeft(
            _("« {name} » n'a pas été écrit.").format(name=name) + " " + " ".join(found.sentences()),
            _(
                "Remplacez ces noms à la page Pseudonymes ; ou confirmez que ce document peut les contenir "
                "(« --allow-names » en ligne de commande)."
            ),
        )


def texts_of(data: bytes, ending: str) -> Iterator[str]:
    """The texts of a file, a paragraph or a cell at a time."""
    if ending == ".png":
        return
    if ending == ".csv":
        cells = (cell for row in csv.reader(StringIO(data.decode("utf-8-sig", "replace"), newline="")) for cell in row)
        # Counts and places in a text look like numbers to call; those are longer.
        yield from (cell for cell in cells if not (cell.strip().isdigit() and len(cell.strip()) < _CALLED))
        return
    if ending == ".svg":
        words = re.findall(r"<(text|title|desc)\b[^>]*>(.*?)</\1>", data.decode("utf-8", "replace"), re.DOTALL)
        yield from (unescape(re.sub(r"<[^>]*>", " ", text)) for _holder, text in words)
        return
    if ending not in _SPOKEN:
        yield data.decode("utf-8-sig", "replace")
        return
    parts, holder = _SPOKEN[ending]
    whole = re.compile(rf"<{holder}[ >].*?</{holder}>", re.DOTALL)
    said = re.compile(r"<(?:w:)?t(?: [^>]*)?>([^<]*)</(?:w:)?t>|<w:(?:br|tab)/>")
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if re.fullmatch(parts, name):
                for found in whole.finditer(archive.read(name).decode("utf-8")):
                    # A line end or a tab (no words in the match) is a blank.
                    text = unescape(
                        "".join(part[1] if part[1] is not None else " " for part in said.finditer(found[0]))
                    )
                    if text.strip():
                        yield text


def _some(found: tuple[Context, ...]) -> str:
    names = tuple(dict.fromkeys(f"« {one.match} »" for one in found))
    shown = names[:_SHOWN]
    return listed(shown) if len(names) <= _SHOWN else ", ".join(shown) + "…"
