"""Codings as CSV: document, start, stop, quote, code, coder, origin, created. What goes out goes back in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qualikit import sheets
from qualikit.coding import queries
from qualikit.coding.model import Codebook, Origin
from qualikit.coding.names import clean_name, name_key, nearest
from qualikit.coding.tables import codings
from qualikit.corpus.queries import text_version
from qualikit.errors import CodingRefused, ExportFailed, SheetError
from qualikit.i18n import _, ngettext
from qualikit.sheets import RefusedRow
from qualikit.store import Store, Transaction, new_id, now
from qualikit.store.journal import coder_id
from qualikit.text import normalise

COLUMNS = queries.FRAME[:8]

_ALSO = {
    "document": ("titre", "title"),
    "start": ("début",),
    "stop": ("fin", "end"),
    "quote": ("citation", "extrait", "passage", "verbatim"),
    "code": ("thème",),
    "coder": ("codeur",),
    "origin": ("origine",),
    "created": ("créé", "créé le", "date"),
}
_WHOLE = re.compile(r"(\d{1,12})(\.0+)?")
_CODER_MAX = 200


@dataclass(frozen=True)
class CodingReport:
    """What an import did: rows ``added``, ``already`` there, and those ``refused``, in the order of the file."""

    added: int = 0
    already: int = 0
    refused: tuple[RefusedRow, ...] = ()


@dataclass(frozen=True)
class _Row:
    line: int
    cells: dict[str, str]

    def spellings(self, name: str) -> tuple[str, ...]:
        """The cell as it stands, and without the apostrophe that kept it from running as a formula."""
        cell = self.cells.get(name, "")
        plain = sheets.plain_cell(cell).strip()
        return (cell,) if plain == cell else (cell, plain)


def write_codings(store: Store, path: Path) -> int:
    """Write every coding of the project; how many. Raises ExportFailed."""
    with store.read() as connection:
        rows = connection.execute(queries.select_frame()).all()
    try:
        sheets.write_whole(path, sheets.csv_bytes(COLUMNS, (row[: len(COLUMNS)] for row in rows)))
    except OSError as error:
        raise ExportFailed(
            _("Les codages n'ont pas pu être écrits dans « {name} ».").format(name=path.name),
            _("Vérifiez que le dossier existe et que le fichier n'est pas ouvert dans un autre programme."),
        ) from error
    return len(rows)


def read_codings(store: Store, coder: str, path: Path) -> CodingReport:
    """Bring in the rows of a file that match the project, in one event. Raises SheetError.

    ``document`` (its title) and ``code`` are needed, with ``start`` and ``stop`` (code points, half-open) or a
    ``quote`` that stands only once in the text. A missing ``coder`` is the one who imports.
    """
    rows = _rows(path)
    with store.write(coder) as transaction:
        gate = _Gate(transaction)
        accepted = list(gate.accepted(rows))
        label = ngettext("{n} codage importé", "{n} codages importés", len(accepted)).format(n=len(accepted))
        with transaction.event("codings.import", label) as change:
            change.insert(codings, *accepted)
    return CodingReport(len(accepted), gate.already, tuple(sorted(gate.refused, key=lambda refused: refused.line)))


def _rows(path: Path) -> list[_Row]:
    sheet = sheets.read_sheet(path)
    columns = {name: found for name in COLUMNS if (found := sheet.column(name, *_ALSO[name]))}
    for name in ("document", "code"):
        columns[name] = sheets.required(sheet, path.name, name, *_ALSO[name])
    if "quote" not in columns and not {"start", "stop"} <= set(columns):
        raise SheetError(
            _("Le tableau « {name} » ne dit pas où sont les passages.").format(name=path.name),
            _("Il faut les colonnes « start » et « stop », ou une colonne « quote »."),
        )
    return [_Row(line, {name: row[column] for name, column in columns.items()}) for line, row in sheet.rows]


class _Gate:
    """Lets through the rows that match the project, and keeps count of the others."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._book = queries.codebook(transaction.connection)
        self._coders: dict[str, str] = {"": transaction.coder_id}
        self.already = 0
        self.refused: list[RefusedRow] = []

    def accepted(self, rows: Iterable[_Row]) -> Iterator[dict[str, Any]]:
        """Rows for the table of codings. One text at a time is in memory."""
        titles: dict[str, list[str]] = {}
        for id, title in queries.document_titles(self._transaction.connection):
            titles.setdefault(_title(title), []).append(id)
        by_document: dict[str, list[_Row]] = {}
        for row in rows:
            try:
                by_document.setdefault(_document(row, titles), []).append(row)
            except CodingRefused as refusal:
                self.refused.append(RefusedRow(row.line, str(refusal)))
        for document_id, those in by_document.items():
            yield from self._of_document(document_id, those)

    def _of_document(self, document_id: str, rows: list[_Row]) -> Iterator[dict[str, Any]]:
        connection = self._transaction.connection
        version = text_version(connection, document_id)
        there = queries.coded_passages(connection, version.id)
        for row in rows:
            try:
                start, stop = _place(row, version.text)
                code_id = _code(row, self._book)
                coder = self._coder(row)
            except CodingRefused as refusal:
                self.refused.append(RefusedRow(row.line, str(refusal)))
                continue
            if (start, stop, code_id, coder) in there:
                self.already += 1
                continue
            if code_id not in self._book.in_use:
                self.refused.append(RefusedRow(row.line, _retired(self._book.path(code_id))))
                continue
            there.add((start, stop, code_id, coder))
            yield {
                "id": new_id(),
                "document_id": document_id,
                "text_version_id": version.id,
                "start": start,
                "stop": stop,
                "quote": version.text[start:stop],
                "code_id": code_id,
                "coder_id": coder,
                "origin": _origin(row),
                "created": _created(row),
            }

    def _coder(self, row: _Row) -> str:
        name = clean_name(row.spellings("coder")[-1])
        if len(name) > _CODER_MAX:
            raise CodingRefused(_("le nom du codeur est trop long."))
        if name not in self._coders:
            self._coders[name] = coder_id(self._transaction.connection, name)
        return self._coders[name]


def _title(title: str) -> str:
    return normalise(title).strip()


def _document(row: _Row, titles: dict[str, list[str]]) -> str:
    found = next((titles[name] for name in row.spellings("document") if name in titles), None)
    name = row.cells["document"]
    if not name:
        raise CodingRefused(_("le document n'est pas nommé."))
    if found is None:
        near = nearest(name, titles)
        raise CodingRefused(
            _("il n'y a pas de document nommé « {name} ».").format(name=name),
            _("Vouliez-vous dire « {near} » ?").format(near=near) if near else "",
        )
    if len(found) > 1:
        raise CodingRefused(_("plusieurs documents se nomment « {name} ».").format(name=name))
    return found[0]


def _code(row: _Row, book: Codebook) -> str:
    name = row.cells["code"]
    for spelling in row.spellings("code"):
        code = book.by_name(spelling)
        if code is not None:
            return code.id
    if not name_key(name):
        raise CodingRefused(_("le code n'est pas nommé."))
    near = nearest(name, (code.name for code in book))
    raise CodingRefused(
        _("le code « {name} » n'est pas dans la grille.").format(name=name),
        _("Vouliez-vous dire « {near} » ?").format(near=near) if near else "",
    )


def _retired(path: str) -> str:
    return _("le code « {name} » est retiré de la grille : il ne prend plus de codages.").format(name=path)


def _place(row: _Row, text: str) -> tuple[int, int]:
    """Where the passage is, its quote verified if there is one. Raises CodingRefused."""
    if not row.cells.get("start") or not row.cells.get("stop"):
        return _found(row, text)
    start, stop = _number(row.cells["start"]), _number(row.cells["stop"])
    if _of_another_text(row, start, stop, text):
        return _found(row, text)
    if not 0 <= start < stop <= len(text):
        if stop <= start:
            raise CodingRefused(_("le passage est vide : il va de {start} à {stop}.").format(start=start, stop=stop))
        raise CodingRefused(
            _("le passage sort du texte, qui a {n} caractères : il va de {start} à {stop}.").format(
                n=len(text), start=start, stop=stop
            )
        )
    passage = text[start:stop].strip()
    if not passage:
        raise CodingRefused(_("le passage ne contient que des blancs."))
    # Blanks at the ends of a cell do not survive a spreadsheet: they are not compared.
    if row.cells.get("quote") and passage not in row.spellings("quote"):
        raise CodingRefused(
            _("la citation ne correspond pas au texte, où se lit à cet endroit « {text} ».").format(
                text=_shortened(passage)
            )
        )
    return start, stop


def _of_another_text(row: _Row, start: int, stop: int, text: str) -> bool:
    """The row agrees with itself but not with the text, which was corrected since, and which has the words once."""
    quotes = [quote for quote in row.spellings("quote") if len(quote) == stop - start]
    return text[start:stop] not in quotes and any(text.count(quote) == 1 for quote in quotes)


def _found(row: _Row, text: str) -> tuple[int, int]:
    """The only place where the quote stands. Raises CodingRefused."""
    if not row.cells.get("quote"):
        raise CodingRefused(_("le passage n'est pas indiqué : il manque « start » et « stop »."))
    for quote in row.spellings("quote"):
        start = text.find(quote)
        if start >= 0:
            if text.find(quote, start + 1) >= 0:
                raise CodingRefused(
                    _("la citation est plusieurs fois dans le texte : il faut « start » et « stop » pour choisir.")
                )
            return start, start + len(quote)
    raise CodingRefused(_("la citation n'est pas dans le texte."))


def _number(cell: str) -> int:
    match = _WHOLE.fullmatch(cell)
    if match is None:
        raise CodingRefused(_("« {cell} » n'est pas une position dans le texte.").format(cell=_shortened(cell)))
    return int(match[1])


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _origin(row: _Row) -> str:
    given = row.cells.get("origin", "")
    return given if given in set(Origin) else Origin.IMPORT.value


def _created(row: _Row) -> str:
    try:
        moment = datetime.fromisoformat(row.cells.get("created", ""))
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC).isoformat(timespec="microseconds")
    except (ValueError, OverflowError):
        return now()
