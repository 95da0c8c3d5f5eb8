"""From tables and outlines to the codes of a file: who stands under whom, what is said of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from qualikit.coding.codebooks.entries import CodebookFile, Problems, checked_entries
from qualikit.coding.codebooks.grids import Cell, Grid
from qualikit.coding.codebooks.layout import (
    CodebookLayout,
    Hierarchy,
    Part,
    TableLayout,
    number_parts,
    split_number,
)
from qualikit.coding.colors import clean_color, named_color
from qualikit.coding.names import clean_name, name_key
from qualikit.coding.patterns import parted
from qualikit.errors import SheetError
from qualikit.i18n import _, ngettext
from qualikit.text import fold

_TEXTS = (Part.DEFINITION, Part.USE, Part.AVOID, Part.KEYWORDS, Part.EXAMPLE)
_ONE_WORD = (Part.COLOR, Part.KIND, Part.VALUE, Part.SHORTCUT, Part.STATUS)
_WORDS = {
    "theme": "theme",
    "position": "position",
    "accord": "agreement",
    "consensus": "agreement",
    "desaccord": "disagreement",
    "dissensus": "disagreement",
    "nuance": "nuance",
}


@dataclass(eq=False)
class Draft:
    """A code as it is found: where, under which other one, what is said of it piece by piece."""

    line: int
    name: str
    above: Draft | str | None = None
    """The code over it, or its name where the file gives only that."""
    said: dict[str, list[str]] = field(default_factory=dict)
    table: str = ""

    def say(self, part: str, text: str, *, ours: bool = False) -> None:
        """One more thing said of it; the same thing twice is said once. ``ours``: keywords are parted as we write them,
        by semicolons alone."""
        for piece in _words(text) if part == Part.KEYWORDS and not ours else [text]:
            if piece and piece not in self.said.get(part, ()):
                self.said.setdefault(part, []).append(piece)


@dataclass
class Found:
    """The codes of a file, in its order, and what must be said about them."""

    drafts: list[Draft] = field(default_factory=list)
    warnings: list[tuple[int, str]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    says_parents: bool = False
    strict: bool = True
    """Whether a name that comes twice is a mistake; in a tree it may be another code's."""

    def warn(self, line: int, what: str) -> None:
        self.warnings.append((line, what))


def file_of_tables(grids: Sequence[Grid], layout: CodebookLayout, file_name: str) -> CodebookFile:
    """What the tables of a file say, read as the layout says. Raises CodebookError, SheetError."""
    found = Found(strict=not layout.families)
    used = [(grid, table) for grid, table in zip(grids, layout.tables, strict=True) if table.used]
    for grid, table in used:
        if not table.levels():
            raise SheetError(
                _("Le tableau « {name} » n'a pas de colonne qui nomme les codes.").format(name=grid.name or file_name),
                _("Ses colonnes sont : {columns}.").format(columns=", ".join(name for name, _part in table.columns)),
            )
        root = None
        if layout.families:
            number, name = split_number(grid.name)
            root = Draft(0, name if number else grid.name, table=grid.name)
            found.drafts.append(root)
            found.says_parents = True
        _Table(grid, table, found, root, shared=len(used) > 1).read()
        found.ignored += [name for name, part in table.columns if part is Part.LEFT and table.header]
    return file_of(found, layout.without, file_name)


def file_of(found: Found, without: Iterable[str], file_name: str, name: str = "") -> CodebookFile:
    """The codes that were found, but those left out, checked and cleaned. Raises CodebookError."""
    left = {name_key(each) for each in without}
    drafts = [draft for draft in found.drafts if not _is_left(draft, left)]
    if not found.strict:
        _made_distinct(drafts, found)
    problems = Problems()
    entries = checked_entries(_raw(drafts), problems)
    problems.raise_if_any(file_name)
    return CodebookFile(
        tuple(entries),
        name=name,
        says_parents=found.says_parents,
        ignored=tuple(dict.fromkeys(found.ignored)),
        warnings=tuple(sorted(set(found.warnings))),
    )


def _is_left(draft: Draft | str | None, left: set[str]) -> bool:
    while isinstance(draft, Draft):
        if name_key(draft.name) in left:
            return True
        draft = draft.above
    return isinstance(draft, str) and name_key(draft) in left


def _made_distinct(drafts: list[Draft], found: Found) -> None:
    """Of several codes of one name, under different ones, those after the first are told apart by what is over them."""
    first: dict[str, Draft] = {}
    for draft in drafts:
        key = name_key(draft.name)
        if key in first and isinstance(draft.above, Draft):
            written = draft.name
            draft.name = f"{written} ({draft.above.name})"
            number = 2
            while name_key(draft.name) in first:
                draft.name, number = f"{written} ({draft.above.name}, {number})", number + 1
            found.warn(
                draft.line,
                _("« {name} » est déjà le nom d'un autre code : celui-ci devient « {new} ».").format(
                    name=written, new=draft.name
                ),
            )
        first.setdefault(name_key(draft.name), draft)


def _raw(drafts: Iterable[Draft]) -> Iterator[tuple[int, str, str | None, dict[str, Any]]]:
    for draft in drafts:
        fields: dict[str, Any] = {}
        for part, texts in draft.said.items():
            if part == Part.KEYWORDS:
                fields[part] = texts
            elif part in (Part.KIND, Part.VALUE):
                fields[part] = _WORDS.get(fold(texts[0]), texts[0])
            else:
                fields[part] = texts[0] if part in _ONE_WORD else "\n".join(texts)
        above = draft.above.name if isinstance(draft.above, Draft) else draft.above
        yield draft.line, draft.name, above or None, fields


def _words(text: str) -> list[str]:
    """Keywords one by one: parted by semicolons or lines, or else by commas."""
    if "\n" in text:
        text = ";".join(line.lstrip("-–—•▪· \t\u00a0") for line in text.split("\n"))
    by_semicolon = parted(text, ";")
    return by_semicolon if len(by_semicolon) > 1 or ";" in text else parted(text, ",")


class _Table:
    """One table read row by row."""

    def __init__(self, grid: Grid, table: TableLayout, found: Found, root: Draft | None, *, shared: bool) -> None:
        self.grid, self.table, self.found = grid, table, found
        self.root = root
        self.section: Draft | None = None
        """The code of the last row that is one merged cell: those after it stand under it."""
        self.last: Draft | None = None
        self.name = grid.name if shared else ""
        self.levels = table.levels()
        held = [(place, part) for place, (_name, part) in enumerate(table.columns)]
        self.fields = [(place, part) for place, part in held if part in (*_TEXTS, *_ONE_WORD)]

    def read(self) -> None:
        rows = [
            (line, one)
            for line, cells in self.grid.rows
            if line > self.table.header
            for one in self._one_by_one(line, cells)
        ]
        match self.table.hierarchy:
            case Hierarchy.LEVELS:
                self.found.strict, self.found.says_parents = False, True
                self._levels(rows)
            case Hierarchy.NUMBERS:
                self.found.strict, self.found.says_parents = False, True
                self._numbers(rows)
            case Hierarchy.INDENT:
                self.found.strict, self.found.says_parents = False, True
                self._indents(rows)
            case Hierarchy.PARENT:
                self.found.says_parents = True
                self._parents(rows)
            case Hierarchy.FLAT:
                for line, cells in rows:
                    self._flat(line, cells, None)

    def _one_by_one(self, line: int, cells: tuple[Cell, ...]) -> Iterator[tuple[Cell, ...]]:
        """A row whose cell lists several codes (« - Besoins », « - Ciblage »…) as one row for each: what other cells
        list as many times goes with each, what they say once stays with the first."""
        place = self.levels[-1]
        names = _listed(_at(cells, place).text)
        if len(names) < 2:
            yield cells
            return
        n = len(names)
        told = ngettext("une cellule nomme {n} code.", "une cellule nomme {n} codes : un code chacun.", n)
        self.found.warn(line, self._here(told.format(n=n)))
        for number, name in enumerate(names):
            one = []
            for column, cell in enumerate(cells):
                lines = [each for each in cell.text.split("\n") if each.strip()]
                if column == place:
                    one.append(replace(cell, text=name))
                elif column in self.levels:
                    one.append(cell)
                elif len(lines) == n:
                    one.append(replace(cell, text=_unbulleted(lines[number])))
                else:
                    one.append(cell if number == 0 else replace(cell, text=""))
            yield tuple(one)

    # -- the ways of drawing a tree

    def _levels(self, rows: Sequence[tuple[int, tuple[Cell, ...]]]) -> None:
        path: list[Draft | None] = [None] * len(self.levels)
        for line, cells in rows:
            deepest = None
            for depth, place in enumerate(self.levels):
                cell = _at(cells, place)
                name = clean_name(split_number(cell.text)[1])
                if not name or cell.above:
                    continue
                over = next((each for each in reversed(path[:depth]) if each is not None), self.root)
                if over is not None and over is not self.root and name_key(over.name) == name_key(name):
                    deepest = over  # « Mobilité | Mobilité »: what is said is of the one above
                    continue
                known = path[depth]
                if known is None or name_key(known.name) != name_key(name) or known.above is not over:
                    known = self._known(name, over) or self._new(line, name, over)
                    path[depth + 1 :] = [None] * (len(path) - depth - 1)
                path[depth] = deepest = known
            if deepest is None and any(path):
                deepest = next(each for each in reversed(path) if each is not None)
            self._say(line, cells, deepest)

    def _numbers(self, rows: Sequence[tuple[int, tuple[Cell, ...]]]) -> None:
        column = next(iter(self.table.places(Part.NUMBER)), None)
        known: dict[tuple[str, ...], Draft] = {}
        for line, cells in rows:
            number, name = split_number(_at(cells, self.levels[-1]).text)
            if column is not None:
                number, name = _at(cells, column).text, name if number else _at(cells, self.levels[-1]).text
            if not name:
                self._say(line, cells, self.last)
                continue
            parts = number_parts(number)
            over = next((known[parts[:stop]] for stop in range(len(parts) - 1, 0, -1) if parts[:stop] in known), None)
            draft = self._new(line, clean_name(name), over or self.root)
            if parts in known:
                self.found.warn(line, self._here(_("le numéro {number} est déjà donné.").format(number=number)))
            if parts:
                known[parts] = draft
            else:
                self.found.warn(line, self._here(_("« {name} » n'a pas de numéro.").format(name=name)))
            self._say(line, cells, draft)

    def _indents(self, rows: Sequence[tuple[int, tuple[Cell, ...]]]) -> None:
        over: list[tuple[int, Draft]] = []
        for line, cells in rows:
            cell = _at(cells, self.levels[-1])
            name = clean_name(_unbulleted(cell.text))
            if not name:
                self._say(line, cells, self.last)
                continue
            while over and over[-1][0] >= cell.depth:
                over.pop()
            draft = self._new(line, name, over[-1][1] if over else self.root)
            over.append((cell.depth, draft))
            self._say(line, cells, draft)

    def _parents(self, rows: Sequence[tuple[int, tuple[Cell, ...]]]) -> None:
        column = self.table.places(Part.PARENT)[0]
        number = next(iter(self.table.places(Part.NUMBER)), None)
        names: dict[str, str] = {}
        if number is not None:  # a parent may be given by its number
            names = {
                name_key(_at(cells, number).text): _at(cells, self.levels[-1]).text
                for _line, cells in rows
                if _at(cells, number).text
            }
        for line, cells in rows:
            given = _at(cells, column).text
            self._flat(line, cells, names.get(name_key(given), given))

    def _flat(self, line: int, cells: tuple[Cell, ...], parent: str | None) -> None:
        cell = _at(cells, self.levels[-1])
        if (cell.above or not cell.text) and self.last is not None and self._continues(cells):
            self._say(line, cells, self.last)
            return
        if cell.span > 1 and sum(bool(each.text) for each in cells) == 1:
            self.section = self._new(line, clean_name(split_number(cell.text)[1]), self.root)
            self.found.says_parents, self.found.strict = True, False
            return
        self._say(line, cells, self._new(line, cell.text, parent or self.section or self.root))

    # -- what they share

    def _continues(self, cells: tuple[Cell, ...]) -> bool:
        return any(_at(cells, place).text for place, part in self.fields if part in _TEXTS)

    def _known(self, name: str, over: Draft | None) -> Draft | None:
        """The code of that name under that one that the table gave before: its rows need not lie together."""
        key = name_key(name)
        return next((each for each in self.found.drafts if each.above is over and name_key(each.name) == key), None)

    def _new(self, line: int, name: str, over: Draft | str | None) -> Draft:
        draft = Draft(line, name, over, table=self.name)
        self.found.drafts.append(draft)
        return draft

    def _say(self, line: int, cells: tuple[Cell, ...], draft: Draft | None) -> None:
        if draft is None:
            self.found.warn(line, self._here(_("cette ligne ne nomme aucun code : elle est laissée de côté.")))
            return
        again = draft is self.last
        self.last = draft
        for place, part in self.fields:
            cell = _at(cells, place)
            text = "" if cell.above else cell.text
            if part is Part.COLOR:
                text = self._color(line, text if text.startswith("#") or not cell.fill else cell.fill)
            if part in _ONE_WORD and draft.said.get(part):
                continue
            if again and text and part in (Part.DEFINITION, Part.USE, Part.AVOID) and draft.said.get(part):
                self.found.warn(
                    line, self._here(_("« {name} » est dit une fois de plus : réuni.").format(name=draft.name))
                )
            draft.say(part, text, ours=self.table.columns[place][0] == "keywords")

    def _color(self, line: int, text: str) -> str:
        """A colour as it is stored, whether it is written in figures or in words; nothing for what is none."""
        found = clean_color(text) or named_color(text)
        if text.strip() and found is None:
            told = _("« {color} » n'est pas une couleur connue : le code en reçoit une autre.").format(color=text)
            self.found.warn(line, self._here(told))
        return found or ""

    def _here(self, what: str) -> str:
        return f"{what} ({self.name})" if self.name else what


def _at(cells: tuple[Cell, ...], place: int) -> Cell:
    return cells[place] if place < len(cells) else Cell()


_BULLET = re.compile(r"\s*[-–—•▪◦→*·]\s*(?=\S)")


def _listed(text: str) -> list[str]:
    """What a cell lists, one thing a line, each behind a dash or a bullet; empty where it is no list."""
    lines = [line for line in text.split("\n") if line.strip()]
    return [_BULLET.sub("", line, count=1).strip() for line in lines] if all(map(_BULLET.match, lines)) else []


def _unbulleted(text: str) -> str:
    return text.lstrip("-–—•▪◦→*· \t\u00a0") or text
