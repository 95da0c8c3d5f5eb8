"""The documents that a table holds: one for each value of a column, one a row, or one in all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

from qualikit import sheets
from qualikit.corpus.guess import read_date
from qualikit.corpus.model import Turn, clean_title
from qualikit.corpus.readers import ReadText
from qualikit.corpus.readers.utterances import Utterance, cleaned, paragraphs, written
from qualikit.corpus.table_layout import Layout, Part, Rows, TableLayout, propose, refusal
from qualikit.corpus.times import read_clock
from qualikit.errors import EmptyDocument, ImportRefused, SheetError, UnreadableFile
from qualikit.i18n import _, ngettext
from qualikit.sheets import Sheet, plain_cell, read_sheet
from qualikit.text import fold, normalise

MAX_BYTES = 64 * 2**20
MAX_DOCUMENTS = 10_000
MAX_COLUMNS = 1_000
LOOKED_AT, SHOWN = 50, 3
"""Rows among which, and values by which a column shows what it holds."""
MILLISECONDS = 500
"""Whole numbers that lie further apart than this, on average, count milliseconds and not seconds (Whisper's .tsv)."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_COPY = "Exemplaire"
"""Column that keeps rows apart which are the same in every cell."""
Row = dict[str, str]


@dataclass(frozen=True)
class TableContent:
    """How a table was read: its layout, its cells (kept, for a large workbook takes long to open), how many documents
    it holds.

    ``headings``: of several documents, which turns of the text are their titles. ``known``: of one, what the table says
    of it (title, territory, date, source_kind, attributes).
    """

    layout: TableLayout
    sheet: Sheet = field(repr=False)
    documents: int
    headings: tuple[int, ...] = ()
    known: Mapping[str, Any] = field(default_factory=dict)

    def first(self, column: str) -> tuple[str, ...]:
        """The first values of a column, each once, to show what it holds."""
        rows = (row[column] for _line, row in self.sheet.rows[:LOOKED_AT])
        return tuple(dict.fromkeys(cell for cell in rows if cell))[:SHOWN]


@dataclass(frozen=True)
class TableFile:
    """One document of a table as a file of its own: its rows, under the table's header, as CSV."""

    name: str
    data: bytes
    title: str


@dataclass(frozen=True)
class _Group:
    """The rows of one document, and its title where the table gives one."""

    title: str
    rows: tuple[Row, ...]


def read_table(data: bytes, file_name: str, layout: Layout | None = None) -> ReadText:
    """The text of a table, by the layout given or the one proposed; of several documents, one after the other.

    Raises UnreadableFile, EmptyDocument.
    """
    return read_rows(_sheet(data, file_name), file_name, layout)


def read_rows(sheet: Sheet, file_name: str, layout: Layout | None = None) -> ReadText:
    """As :func:`read_table`, of a table that is open."""
    chosen = _chosen(sheet, file_name, layout)
    groups, empty = _groups(sheet, chosen)
    if not groups:
        raise EmptyDocument(
            _("« {name} » n'a de texte dans aucune ligne.").format(name=file_name),
            _("Dites quelle colonne tient le texte, ou redemandez le fichier."),
        )
    if len(groups) > MAX_DOCUMENTS:
        raise UnreadableFile(
            _("« {name} » ferait {n} documents : c'est trop pour un projet.").format(name=file_name, n=len(groups)),
            _("Découpez-le, ou dites quelle colonne donne le titre des documents."),
        )
    table = clean_title(PurePath(file_name).stem)
    if len(groups) == 1:
        text, turns = _one(groups[0], chosen)
        content = TableContent(chosen, sheet, 1, known=_known(groups[0], chosen, table))
    else:
        text, turns, headings = _several(groups, chosen, table)
        content = TableContent(chosen, sheet, len(groups), headings)
    return ReadText(text, turns=turns, warnings=tuple(_warnings(sheet, chosen, groups, empty)), table=content)


def expand(data: bytes, file_name: str, layout: Layout | None = None) -> tuple[TableFile, ...]:
    """A table as one file a document, each to be read again by the same layout, each with bytes of its own: the same
    row gives the same bytes in another table. Raises UnreadableFile."""
    return expand_rows(_sheet(data, file_name), file_name, layout)


def expand_rows(sheet: Sheet, file_name: str, layout: Layout | None = None) -> tuple[TableFile, ...]:
    """As :func:`expand`, of a table that is open."""
    chosen = _chosen(sheet, file_name, layout)
    groups, _empty = _groups(sheet, chosen)
    stem = clean_title(PurePath(file_name).stem)
    found: list[TableFile] = []
    seen: dict[bytes, int] = {}
    for number, group in enumerate(groups, 1):
        content = _csv(sheet, group)
        seen[content] = copies = seen.get(content, 0) + 1
        if copies > 1:
            content = _csv(sheet, group, copies)
        title = _title(group.title or str(number), stem)
        found.append(TableFile(f"{_file_name(stem)} - {_file_name(title)}.csv", content, title))
    return tuple(found)


def _csv(sheet: Sheet, group: _Group, copy: int = 1) -> bytes:
    columns = sheet.columns if copy == 1 else (*sheet.columns, _COPY)
    rows = ([*(row[column] for column in sheet.columns), *([str(copy)] if copy > 1 else [])] for row in group.rows)
    return sheets.csv_bytes(columns, rows)


def _file_name(title: str) -> str:
    return " ".join("".join(" " if c in '/\\:*?"<>|' else c for c in title).split())[:100]


def _sheet(data: bytes, file_name: str) -> Sheet:
    if not data.strip():
        raise EmptyDocument(_("« {name} » est vide.").format(name=file_name), _("Redemandez le fichier d'origine."))
    if data.startswith(_OLD_OFFICE):
        raise UnreadableFile(
            _("« {name} » est un ancien classeur Excel, ou il est protégé par un mot de passe.").format(name=file_name),
            _("Ouvrez-le dans Excel et enregistrez-le sans mot de passe, au format .xlsx."),
        )
    if len(data) > MAX_BYTES:
        raise UnreadableFile(
            _("« {name} » est trop gros pour un tableau ({size} Mo).").format(name=file_name, size=len(data) // 2**20),
            _("Découpez-le en plusieurs fichiers."),
        )
    try:
        sheet = read_sheet(data, file_name)
    except SheetError as error:
        raise UnreadableFile(error.what, error.todo) from error
    if len(sheet.columns) > MAX_COLUMNS:
        raise UnreadableFile(
            _("« {name} » a {n} colonnes : c'est trop pour un tableau de paroles.").format(
                name=file_name, n=len(sheet.columns)
            ),
            _("Ne gardez que celles qui comptent."),
        )
    rows = ((line, {column: plain_cell(cell) for column, cell in row.items()}) for line, row in sheet.rows)
    return replace(sheet, rows=tuple(rows))


def _chosen(sheet: Sheet, file_name: str, layout: Layout | None) -> TableLayout:
    """The layout to read by. What a layout says of columns that are not there is not held against it."""
    if layout is None:
        proposed = propose(sheet)
        if (refused := refusal(sheet, proposed, file_name)) is not None:
            raise refused
        return proposed
    if not isinstance(layout, TableLayout):
        return layout(propose(sheet))
    held = dict(layout.parts)
    return replace(layout, parts=tuple((column, held.get(column, Part.LEFT)) for column in sheet.columns))


def _groups(sheet: Sheet, layout: TableLayout) -> tuple[list[_Group], int]:
    """The documents in the order in which they begin, and how many rows say nothing."""
    texts, named = layout.columns(Part.TEXT), layout.column(Part.DOCUMENT)
    rows = [row for _line, row in sheet.rows if any(row[column] for column in texts)]
    empty = len(sheet.rows) - len(rows)
    if layout.rows is Rows.DOCUMENTS:
        return [_Group(clean_title(row[named]) if named else "", (row,)) for row in rows], empty
    if named is None:
        return ([_Group("", tuple(rows))] if rows else []), empty
    found: dict[str, list[Row]] = {}
    title = ""
    for row in rows:
        title = clean_title(row[named]) or title  # written once, on the first row of each
        found.setdefault(title, []).append(row)
    return [_Group(title, tuple(some)) for title, some in found.items()], empty


def _one(group: _Group, layout: TableLayout) -> tuple[str, tuple[Turn, ...]]:
    """Text and turns of one document."""
    texts = layout.columns(Part.TEXT)
    if layout.rows is Rows.TURNS:
        return written(_pieces(group, layout))
    (row,) = group.rows
    if len(texts) == 1:
        return normalise(row[texts[0]]).strip(), ()
    return "\n\n".join(f"{column}\n{row[column]}" for column in texts if row[column]), ()


def _several(
    groups: Sequence[_Group], layout: TableLayout, table: str
) -> tuple[str, tuple[Turn, ...], tuple[int, ...]]:
    """All documents one after the other, each under its title: to be looked at, not saved."""
    pieces: list[Utterance] = []
    headings: list[int] = []
    for number, group in enumerate(groups, 1):
        headings.append(len(pieces))
        pieces.append(Utterance(_title(group.title or str(number), table)))
        if layout.rows is Rows.TURNS:
            pieces += _pieces(group, layout)
        else:
            pieces.append(Utterance(_one(group, layout)[0]))
    text, turns = written(pieces)
    return text, turns, tuple(headings)


def _pieces(group: _Group, layout: TableLayout) -> Iterator[Utterance]:
    """What is said in each row; where only times are given, joined into paragraphs."""
    texts, speaker = layout.columns(Part.TEXT), layout.column(Part.SPEAKER)
    starts, stops = (_seconds(group, layout.column(part)) for part in (Part.START, Part.STOP))
    pieces = (
        cleaned(Utterance("\n".join(row[column] for column in texts), row[speaker] if speaker else None, start, stop))
        for row, start, stop in zip(group.rows, starts, stops, strict=True)
    )
    timed = any(start is not None for start in starts)
    return paragraphs(pieces) if timed and speaker is None else pieces


def _seconds(group: _Group, column: str | None) -> list[float | None]:
    if column is None:
        return [None] * len(group.rows)
    cells = [row[column] for row in group.rows]
    found = [read_clock(cell) for cell in cells]
    whole = [int(cell) for cell in cells if cell.isdecimal() and len(cell) < 12]
    if len(whole) == len(cells) and len(whole) > 1 and (max(whole) - min(whole)) / (len(whole) - 1) > MILLISECONDS:
        return [number / 1000 for number in whole]
    return found


def _title(title: str, table: str) -> str:
    """The title of a document; a mere number, after the name of the table."""
    return f"{table} {title}" if title.isdecimal() else title


def _known(group: _Group, layout: TableLayout, table: str) -> dict[str, Any]:
    """What the rows of a document say of it: a value that is the same in all of them, the first one for its facts."""
    from qualikit.corpus.naming import ACTOR, source_kind

    def first(part: Part) -> str:
        column = layout.column(part)
        return next((row[column] for row in group.rows if column and row[column]), "")

    known: dict[str, Any] = {"title": _title(group.title, table), "attributes": {}}
    if territory := " ".join(first(Part.TERRITORY).split())[:200]:
        known["territory"] = territory
    if day := read_date(first(Part.DATE)):
        known["date"] = day
    if kind := first(Part.SOURCE):
        with suppress(ImportRefused):
            known["source_kind"] = source_kind(kind)
    actors = {fold(name) for name in ACTOR}
    for column in layout.columns(Part.ATTRIBUTE):
        values = {row[column] for row in group.rows}
        if len(values) == 1 and (value := values.pop()):
            known["attributes"]["actor" if fold(column) in actors else column] = value
    return known


def _warnings(sheet: Sheet, layout: TableLayout, groups: Sequence[_Group], empty: int) -> Iterator[str]:
    if empty:
        yield ngettext("{n} ligne sans texte a été laissée.", "{n} lignes sans texte ont été laissées.", empty).format(
            n=empty
        )
    if any(row.get("") for _line, row in sheet.rows):
        yield _("Une colonne sans nom n'est pas lue : donnez-lui un nom dans le tableau si elle compte.")
    if sheet.others:
        yield _("Seule la première feuille du classeur est lue ; il y a aussi : {names}.").format(
            names=", ".join(sheet.others)
        )
    varying = [
        column
        for column in layout.columns(Part.ATTRIBUTE)
        if any(len({row[column] for row in group.rows}) > 1 for group in groups)
    ]
    if varying:
        yield _("Ces colonnes changent au sein d'un document et n'en sont pas des attributs : {names}.").format(
            names=", ".join(varying)
        )
