"""What the columns of a codebook's tables hold, and how the tree is drawn in them: proposed from their headings and
their content, changed at will."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from qualikit.coding.codebooks.grids import Cell, Grid
from qualikit.coding.names import name_key
from qualikit.errors import CodebookError
from qualikit.i18n import _, in_every_language
from qualikit.text import fold


class Part(StrEnum):
    """What one column of a codebook's table holds."""

    NAME = "name"
    LEVEL = "level"
    PARENT = "parent"
    NUMBER = "number"
    DEFINITION = "definition"
    USE = "use"
    AVOID = "avoid"
    KEYWORDS = "keywords"
    EXAMPLE = "example"
    COLOR = "color"
    KIND = "kind"
    VALUE = "value"
    SHORTCUT = "shortcut"
    STATUS = "status"
    LEFT = "left"


SEVERAL = frozenset({Part.LEVEL, Part.DEFINITION, Part.USE, Part.AVOID, Part.KEYWORDS, Part.EXAMPLE, Part.LEFT})
"""What several columns may hold; of the others there is one each."""


class Hierarchy(StrEnum):
    """How a table draws its tree."""

    LEVELS = "levels"
    PARENT = "parent"
    NUMBERS = "numbers"
    INDENT = "indent"
    FLAT = "flat"


def part_label(part: Part) -> str:
    """What a column holds, for the user."""
    return {
        Part.NAME: _("Nom du code"),
        Part.LEVEL: _("Niveau de l'arbre"),
        Part.PARENT: _("Code parent"),
        Part.NUMBER: _("Numéro"),
        Part.DEFINITION: _("Définition"),
        Part.USE: _("Quand l'employer"),
        Part.AVOID: _("Quand ne pas l'employer"),
        Part.KEYWORDS: _("Mots-clés"),
        Part.EXAMPLE: _("Exemple"),
        Part.COLOR: _("Couleur"),
        Part.KIND: _("Nature"),
        Part.VALUE: _("Sens"),
        Part.SHORTCUT: _("Raccourci"),
        Part.STATUS: _("En service ou retiré"),
        Part.LEFT: _("Ne pas garder"),
    }[part]


def hierarchy_label(hierarchy: Hierarchy) -> str:
    """How the tree is drawn, for the user."""
    return {
        Hierarchy.LEVELS: _("Une colonne par niveau"),
        Hierarchy.PARENT: _("Une colonne dit le code parent"),
        Hierarchy.NUMBERS: _("Numéros 1, 1.1, 1.1.2"),
        Hierarchy.INDENT: _("Retraits"),
        Hierarchy.FLAT: _("Sans arbre"),
    }[hierarchy]


@dataclass(frozen=True)
class TableLayout:
    """How one table is read. ``header``: line of its headings, 0 where it has none; ``columns``: each with its part, in
    the order of the table, every one with a name of its own."""

    name: str
    header: int
    columns: tuple[tuple[str, Part], ...]
    hierarchy: Hierarchy
    used: bool = True

    def places(self, part: Part) -> list[int]:
        """Places, from 0, of the columns that hold this."""
        return [place for place, (_name, held) in enumerate(self.columns) if held is part]

    def levels(self) -> list[int]:
        """Places of the columns that draw the tree, the highest level first: by what they are called where that tells
        (« Thème » above « Sous-thème »), else from left to right."""
        places = self.places(Part.LEVEL)
        ranks = [_rank(self.columns[place][0]) for place in places]
        known = [rank for rank in ranks if rank is not None]
        if len(known) == len(places) == len(set(known)):
            places = [place for _rank, place in sorted(zip(known, places, strict=True))]
        return places + self.places(Part.NAME)

    def with_part(self, column: str, part: Part) -> TableLayout:
        """A column for something else; the one that held it before is left out."""
        columns = tuple(
            (name, part if name == column else Part.LEFT if held is part and part not in SEVERAL else held)
            for name, held in self.columns
        )
        return replace(self, columns=columns, hierarchy=_hierarchy_of(columns, self.hierarchy))


@dataclass(frozen=True)
class CodebookLayout:
    """How a file is read: its tables, or, with ``outline`` (Word only), its headings, lists and paragraphs.

    ``families``: each table is a branch of the tree, under a code named after it. ``without``: names of codes that are
    not taken, nor what is under them.
    """

    tables: tuple[TableLayout, ...] = ()
    families: bool = False
    outline: bool = False
    without: tuple[str, ...] = ()

    def with_part(self, column: str, part: Part, table: str | None = None) -> CodebookLayout:
        """A column for something else, in the table of that name or in all. Raises CodebookError for a column that is
        not there."""
        known = [name for each in self.tables for name, _held in each.columns]
        if column not in known:
            raise CodebookError(
                _("Le tableau n'a pas de colonne « {column} ».").format(column=column),
                _("Ses colonnes sont : {columns}.").format(columns=", ".join(dict.fromkeys(known))),
            )
        return self._each(lambda each: each.with_part(column, part) if column in dict(each.columns) else each, table)

    def with_hierarchy(self, hierarchy: Hierarchy, table: str | None = None) -> CodebookLayout:
        """The tree drawn in another way."""
        return self._each(lambda each: replace(each, hierarchy=hierarchy), table)

    def with_tables(self, names: Sequence[str]) -> CodebookLayout:
        """Only these tables. Raises CodebookError for one that is not there."""
        known = [each.name for each in self.tables]
        for name in names:
            if name not in known:
                raise CodebookError(
                    _("Le fichier n'a pas de tableau « {name} ».").format(name=name),
                    _("Il y a : {names}.").format(names=", ".join(known)),
                )
        return replace(self, tables=tuple(replace(each, used=each.name in names) for each in self.tables))

    def _each(self, change: Callable[[TableLayout], TableLayout], table: str | None) -> CodebookLayout:
        return replace(self, tables=tuple(change(each) if table in (None, each.name) else each for each in self.tables))


Layout = CodebookLayout | Callable[[CodebookLayout], CodebookLayout]
"""A layout, or what makes it from the one proposed."""


def parse_part(word: str) -> Part:
    """The part that a word stands for, as it is called here or as headings call it. Raises CodebookError."""
    words: dict[str, Part] = {part.value: part for part in Part}
    words |= dict.fromkeys(("ignorer", "ignore"), Part.LEFT) | dict.fromkeys(("niveau", "theme"), Part.LEVEL)
    words |= {"code": Part.NAME, "nom": Part.NAME}
    for part in Part:
        words |= dict.fromkeys(map(heading_key, in_every_language(partial(part_label, part))), part)
    key = heading_key(word)
    found = words.get(key) or part_of_heading(word)
    if found is not None:
        return found
    raise CodebookError(
        _("« {word} » n'est pas ce qu'une colonne de grille peut tenir.").format(word=word),
        _("Une colonne tient : {expected}.").format(expected=", ".join(part_label(each).lower() for each in Part)),
    )


def parse_hierarchy(word: str) -> Hierarchy:
    """How the tree is drawn, from a word for it. Raises CodebookError."""
    words = {each.value: each for each in Hierarchy}
    words |= {"niveaux": Hierarchy.LEVELS, "numeros": Hierarchy.NUMBERS, "retraits": Hierarchy.INDENT}
    words |= {"aucun": Hierarchy.FLAT, "sans": Hierarchy.FLAT}
    found = words.get(fold(word.strip()))
    if found is not None:
        return found
    raise CodebookError(
        _("L'arbre d'une grille ne se lit pas par « {word} ».").format(word=word),
        _("Il y a : levels (niveaux), parent, numbers (numéros), indent (retraits), flat (sans)."),
    )


_LEVELS: Mapping[int, tuple[str, ...]] = {
    10: ("famille", "axe", "dimension", "domaine", "grand theme", "grande thematique", "partie", "rubrique", "bloc",
        "volet", "family", "meta code", "macro code"),
    20: ("theme", "thematique", "categorie", "category", "nom du theme"),
    30: ("sous theme", "sous thematique", "sous categorie", "sous dimension", "sous famille", "sous rubrique",
        "sous axe", "subtheme", "sub theme", "subcategory"),
    40: ("code", "noeud", "node", "codes"),
    45: ("name", "nom", "intitule", "libelle", "nom du code", "intitule du code", "libelle du code", "label", "titre"),
    50: ("sous code", "sous noeud", "subcode", "sub code"),
}  # fmt: skip
_NAMES = 45
_CODES = 40

_HEADINGS: Mapping[Part, tuple[str, ...]] = {
    Part.PARENT: ("parent", "code parent", "parent code", "theme parent", "rattache a", "rattachement", "sous",
        "appartient a", "code superieur", "code pere"),
    Part.NUMBER: ("n", "no", "num", "numero", "id", "identifiant", "ref", "reference", "numerotation",
        "abreviation", "sigle", "code n", "numero du code"),
    Part.DEFINITION: ("definition", "description", "signification", "explication", "contenu", "ce que c'est",
        "de quoi il s'agit", "ce que recouvre"),
    Part.USE: ("include", "inclure", "inclusion", "inclut", "use", "critere d'inclusion", "criteres d'inclusion",
        "quand l'utiliser", "quand l'employer", "quand utiliser", "quand employer", "quand coder", "a inclure",
        "utiliser", "coder quand", "on code", "regle de codage", "regles de codage", "regle d'application",
        "regles d'application", "consigne", "consignes", "when to use"),
    Part.AVOID: ("exclude", "exclure", "exclusion", "exclut", "avoid", "critere d'exclusion",
        "criteres d'exclusion", "quand ne pas l'utiliser", "quand ne pas l'employer", "quand ne pas utiliser",
        "quand ne pas employer", "quand ne pas coder", "a exclure", "ne pas utiliser", "ne pas coder", "on ne code pas",
        "a ne pas confondre", "ne pas confondre", "limites", "when not to use"),
    Part.KEYWORDS: ("keywords", "mots cles", "mot cle", "mots associes", "lexique", "termes", "vocabulaire"),
    Part.EXAMPLE: ("example", "examples", "exemple", "exemples", "verbatim", "verbatims", "citation", "citations",
        "extrait", "extraits", "illustration"),
    Part.COLOR: ("color", "colour", "couleur", "code couleur"),
    Part.KIND: ("kind", "nature", "type"),
    Part.VALUE: ("value", "valeur", "sens"),
    Part.SHORTCUT: ("shortcut", "raccourci", "touche"),
    Part.STATUS: ("status", "etat", "statut", "en service"),
}  # fmt: skip

_BY_HEADING: dict[str, Part | int] = {word: part for part, words in _HEADINGS.items() for word in words}
_BY_HEADING |= {word: rank for rank, words in _LEVELS.items() for word in words}
_LEVEL_NUMBER = re.compile(r"(?:niveau|level|rang|ordre) ?(\d)")
_FIRST_LINES = 20
"""Lines among which the headings are looked for: a title and a few words may stand over them."""
_PLAIN_NAME = re.compile(r"(?:feuil|feuille|sheet|tableau|table|tabelle)? ?\d*|grille.*|codebook.*|codes?|codage", re.I)
_NUMBER = re.compile(r"(?:\d{1,3}|[A-Za-z])(?:[.\-]?\d{1,3})*[.)]?")
_NUMBERED = re.compile(
    r"((?:\d{1,2}|[A-Z])(?:[.]\d{1,2})*|[A-Z]\d{1,2}(?:[.]\d{1,2})*)[.)]?[ \t\u00a0]+(?:[-–—:]\s*)?(\S.*)", re.S
)
_MOST = 0.8
"""Share of the cells of a column that says what it is."""


def heading_key(text: str) -> str:
    """What two headings are compared by: case, accents, hyphens and what is between brackets aside."""
    plain = re.sub(r"\([^)]*\)", " ", fold(text)).replace("’", "'").replace("°", " ")
    return " ".join(re.findall(r"[^\W_]+(?:'[^\W_]+)*", plain))


def part_of_heading(text: str) -> Part | None:
    """What a heading says that a column holds; a level's is LEVEL."""
    found = _meaning(text)
    return Part.LEVEL if isinstance(found, int) else found


def _meaning(text: str) -> Part | int | None:
    """A part, or the rank of a level; of headings of several words, the longest beginning that is known counts."""
    key = heading_key(text[:120])
    if (level := _LEVEL_NUMBER.fullmatch(key)) is not None:
        return int(level[1])
    words = key.split()
    for stop in range(min(len(words), 5), 0, -1):
        found = _BY_HEADING.get(" ".join(words[:stop]))
        if found is not None and (stop == len(words) or stop > 1 or len(words[0]) > 3):
            return found
    return None


def _rank(heading: str) -> int | None:
    found = _meaning(heading)
    return found if isinstance(found, int) else None


def split_number(text: str) -> tuple[str, str]:
    """« 1.2 Autonomie » as its number and the rest; no number: all of it."""
    match = _NUMBERED.fullmatch(text.strip())
    return (match[1], match[2].strip()) if match else ("", text)


def number_parts(number: str) -> tuple[str, ...]:
    """« 1.2 », « A2 » part by part; a nought at the end (« 1.0 ») is none."""
    parts = re.findall(r"\d+|[a-z]+", number.lower())
    while len(parts) > 1 and parts[-1] == "0":
        parts.pop()
    return tuple(part.lstrip("0") or "0" for part in parts)


def propose(grids: Sequence[Grid]) -> CodebookLayout:
    """The most likely layout of the tables of a file."""
    tables = [_table(grid) for grid in grids]
    with_header = [table for table in tables if table.header]
    named = [
        table
        for grid, table in zip(grids, tables, strict=True)
        if table.header and table.levels() and not _is_of_something_else(grid, table)
    ]
    if named:
        tables = [replace(table, used=table in named) for table in tables]
    elif with_header:
        tables = [replace(table, used=table.header > 0) for table in tables]
    used = [table for table in tables if table.used]
    families = len(used) > 1 and all(not _PLAIN_NAME.fullmatch(table.name.strip()) for table in used)
    return CodebookLayout(tuple(tables), families)


def _is_of_something_else(grid: Grid, table: TableLayout) -> bool:
    """Whether a table only mentions codes, most of them again and again: one of codings."""
    if table.hierarchy is not Hierarchy.FLAT:
        return False
    rows = [cells for line, cells in grid.rows if line > table.header]
    names = [name_key(text) for text in _texts(rows, table.levels()[-1]) if text]
    return len(names) > 4 and len(set(names)) < 0.6 * len(names)


def _table(grid: Grid) -> TableLayout:
    header, cells = _header(grid)
    names = _distinct([cell.text for cell in cells], grid.width)
    rows = [cells for line, cells in grid.rows if line > header]
    columns = tuple(_parts(names, rows) if header else _without_header(names, rows))
    return TableLayout(grid.name, header, columns, _hierarchy(columns, rows))


def _header(grid: Grid) -> tuple[int, tuple[Cell, ...]]:
    """The line of the headings and its cells: the one, among the first, in which most cells are known."""
    best = 0
    found: tuple[int, tuple[Cell, ...]] = (0, ())
    for line, cells in grid.rows[:_FIRST_LINES]:
        known = {_meaning(cell.text) for cell in cells if cell.text and len(cell.text) <= 120} - {None}
        if len(known) > best:
            best, found = len(known), (line, cells)
    return found


def _distinct(names: list[str], width: int) -> list[str]:
    """Names of columns made distinct; one without a name is called by its letter, as spreadsheets do."""
    seen: dict[str, int] = {}
    result = []
    for place in range(width):
        name = " ".join(names[place].split()) if place < len(names) else ""
        name = name or _("Colonne {letter}").format(letter=_letters(place))
        seen[name] = seen.get(name, 0) + 1
        result.append(f"{name} {seen[name]}" if seen[name] > 1 else name)
    return result


def _letters(place: int) -> str:
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def _parts(names: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> list[tuple[str, Part]]:
    meant = [_meaning(name) for name in names]
    held: list[Part] = []
    for meaning in meant:
        part = Part.LEVEL if isinstance(meaning, int) else meaning or Part.LEFT
        held.append(Part.LEFT if part in held and part not in SEVERAL else part)
    _identifiers(meant, held, rows)
    levels = [place for place, part in enumerate(held) if part is Part.LEVEL]
    if len(levels) == 1:
        held[levels[0]] = Part.NAME
    elif len(levels) == 2 and Part.PARENT not in held:
        above, below = sorted(levels, key=lambda place: (meant[place], place))
        if meant[below] == _NAMES and _all_names(_texts(rows, above), _texts(rows, below)):
            held[above], held[below] = Part.PARENT, Part.NAME
    elif Part.PARENT in held:  # of several that could be names, the lowest
        name = max(levels, key=lambda place: (meant[place], -place), default=None)
        for place in levels:
            held[place] = Part.NAME if place == name else Part.LEFT
    return list(zip(names, held, strict=True))


def _identifiers(meant: Sequence[Part | int | None], held: list[Part], rows: Sequence[tuple[Cell, ...]]) -> None:
    """A column « Code » beside one of names holds numbers or abbreviations, unless it is a level above them."""
    if Part.NUMBER in held or _NAMES not in meant or _CODES not in meant:
        return
    codes, names = meant.index(_CODES), meant.index(_NAMES)
    short = [text for text in _texts(rows, codes) if text]
    if short and sum(" " not in text and len(text) <= 12 for text in short) >= _MOST * len(short):
        held[codes] = Part.NUMBER
    else:
        held[names] = Part.DEFINITION if Part.DEFINITION not in held else Part.LEFT


def _texts(rows: Sequence[tuple[Cell, ...]], place: int) -> list[str]:
    return [cells[place].text if place < len(cells) else "" for cells in rows]


def _all_names(above: Sequence[str], names: Sequence[str]) -> bool:
    known = {name_key(name) for name in names if name}
    return all(name_key(text) in known for text in above if text)


def _without_header(names: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> list[tuple[str, Part]]:
    """The first column that holds something names the codes, the first one of long cells defines them."""
    held = [Part.LEFT] * len(names)
    filled = [place for place in range(len(names)) if any(_texts(rows, place))]
    if filled:
        held[filled[0]] = Part.NAME
    for place in filled[1:]:
        texts = [text for text in _texts(rows, place) if text]
        if sum(map(len, texts)) / len(texts) >= 25 and Part.DEFINITION not in held:
            held[place] = Part.DEFINITION
    return list(zip(names, held, strict=True))


def _hierarchy_of(columns: Sequence[tuple[str, Part]], known: Hierarchy) -> Hierarchy:
    """How the tree is drawn where columns were given other parts."""
    held = [part for _name, part in columns]
    if Part.LEVEL in held:
        return Hierarchy.LEVELS
    if Part.PARENT in held:
        return Hierarchy.PARENT
    return Hierarchy.FLAT if known in (Hierarchy.LEVELS, Hierarchy.PARENT) else known


def _hierarchy(columns: Sequence[tuple[str, Part]], rows: Sequence[tuple[Cell, ...]]) -> Hierarchy:
    held = [part for _name, part in columns]
    if Part.LEVEL in held or Part.PARENT in held:
        return _hierarchy_of(columns, Hierarchy.FLAT)
    if Part.NUMBER in held:
        numbers = [text for text in _texts(rows, held.index(Part.NUMBER)) if text]
        if _draw_a_tree(numbers):
            return Hierarchy.NUMBERS
    if Part.NAME in held:
        place = held.index(Part.NAME)
        named = [cells[place] for cells in rows if place < len(cells) and cells[place].text]
        if numbered([cell.text for cell in named]):
            return Hierarchy.NUMBERS
        if len({cell.depth for cell in named}) > 1:
            return Hierarchy.INDENT
    return Hierarchy.FLAT


def numbered(names: Sequence[str]) -> bool:
    """Whether names begin with numbers that draw a tree."""
    found = [number for number in (split_number(name)[0] for name in names) if number]
    return len(found) >= max(2, _MOST * len(names)) and _draw_a_tree(found)


def _draw_a_tree(numbers: Sequence[str]) -> bool:
    if not numbers or sum(_NUMBER.fullmatch(number) is not None for number in numbers) < _MOST * len(numbers):
        return False
    return len({len(number_parts(number)) for number in numbers}) > 1
