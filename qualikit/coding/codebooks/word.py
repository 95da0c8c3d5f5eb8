"""Codebooks in Word: tables, or headings with paragraphs and lists under them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualikit.coding.codebooks.grids import Cell, Grid, filled
from qualikit.coding.codebooks.layout import Part, heading_key, number_parts, part_of_heading, split_number
from qualikit.coding.codebooks.tree import Draft, Found
from qualikit.coding.names import clean_name
from qualikit.corpus.readers.elements import WORD_NAMESPACES, attribute, child_named, split, value
from qualikit.corpus.readers.package import Package, Relationship
from qualikit.corpus.readers.word import Walk
from qualikit.errors import EmptyDocument, ReadError, UnreadableFile
from qualikit.i18n import _
from qualikit.text import fold, normalise

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_INDENT_STEP = 300
"""Twips, about half a centimetre: the least that counts as set in."""
_HEADING = re.compile(r"(?:heading|titre|title) (\d)")
_LIST = re.compile(r"(?:list|liste)\b.*?(\d)?$")
_LABEL = re.compile(r"\s*(.{2,60}?)\s*[:：]\s*(.*)", re.S)
_NAMED = re.compile(r"(.{1,90}?)\s*(?::|\s[–—-])\s+(\S.*)", re.S)
_NAME = 120
"""Longest paragraph that may be a code's name, in characters."""
_ABOUT = frozenset(
    (
        "sommaire",
        "table des matieres",
        "introduction",
        "mode d'emploi",
        "presentation",
        "versions de la grille",
        "codes en retrait",
        "historique",
        "historique des versions",
    )
)
"""Headings of a manual that name no code."""
_FIELDS = frozenset({Part.DEFINITION, Part.USE, Part.AVOID, Part.KEYWORDS, Part.EXAMPLE, Part.COLOR, Part.SHORTCUT})


@dataclass(frozen=True)
class Block:
    """A paragraph: its line (the number of the paragraph, from 1), the level of a heading from 1 (0: it is none), the
    depth in a list from 0 (None: it is in none)."""

    line: int
    text: str
    heading: int = 0
    item: int | None = None


@dataclass
class WordFile:
    """What a Word file holds, in its order."""

    blocks: list[Block | Grid] = field(default_factory=list)

    @property
    def grids(self) -> list[Grid]:
        return [block for block in self.blocks if isinstance(block, Grid)]


def read_word(data: bytes, file_name: str) -> WordFile:
    """The paragraphs and tables of a Word file. Raises ReadError."""
    from lxml import etree

    if not data.startswith(b"PK"):
        raise UnreadableFile(
            _("« {name} » n'est pas un document Word récent.").format(name=file_name),
            _("Ouvrez-le dans votre traitement de texte et enregistrez-le au format .docx."),
        )
    package = Package(data, file_name)
    try:
        found = _Reader(package).read()
    except ReadError:
        raise
    except (etree.LxmlError, ValueError, LookupError, TypeError, RecursionError, OverflowError) as error:
        raise package.broken() from error
    if not found.blocks:
        raise EmptyDocument(_("« {name} » ne contient aucun texte.").format(name=file_name))
    return found


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        part = package.main_part()
        self.relationships: dict[str, Relationship] = package.relationships(part)
        self.root = package.xml(part)
        styles = next((r.target for r in self.relationships.values() if r.kind == "styles"), "")
        self.styles = _styles(package.xml(styles)) if styles in package else {}
        self.lines = 0

    def read(self) -> WordFile:
        found = WordFile()
        body = child_named(self.root, "body")
        over = ""
        for element in _blocks(body) if body is not None else ():
            if split(element)[1] == "tbl":
                grid = self._grid(element, over)
                over = ""
                if grid.rows:
                    found.blocks.append(grid)
            else:
                block = self._block(element)
                if block is not None:
                    found.blocks.append(block)
                    over = block.text if block.heading or len(block.text) <= _NAME else ""
        return found

    def _text(self, element: Element) -> str:
        walk = Walk(self.package, self.relationships)
        walk.enter(element)
        return normalise("".join(walk.pieces))

    def _block(self, element: Element) -> Block | None:
        self.lines += 1
        text = self._text(element)
        if not text.strip():
            return None
        properties = child_named(element, "pPr")
        style = self.styles.get(value(child_named(properties, "pStyle")) or "", "") if properties is not None else ""
        if style in ("title", "titre", "subtitle", "sous titre") or style.startswith(("toc", "tm ")):
            return None
        heading = _HEADING.match(style)
        level = int(heading[1]) if heading else 0
        if not level and properties is not None:
            outline = value(child_named(properties, "outlineLvl"))
            level = int(outline) + 1 if outline and outline.isdigit() and int(outline) < 9 else 0
        return Block(self.lines, text.strip(), level, None if level else self._item(properties, style, text))

    def _item(self, properties: Element | None, style: str, text: str) -> int | None:
        numbering = child_named(properties, "numPr") if properties is not None else None
        if numbering is not None:
            return int(value(child_named(numbering, "ilvl")) or 0)
        listed = _LIST.match(style)
        if listed and style.startswith(("list", "liste")) and style != "list paragraph":
            return int(listed[1] or 1) - 1
        bullet = re.match(r"([ \t\u00a0]*)[-–—•▪◦→*·][ \t\u00a0]+\S", text)
        if bullet:
            return self._depth(properties) + bullet[1].count("\t") + bullet[1].count(" ") // 2
        return None

    def _depth(self, properties: Element | None) -> int:
        """How far a paragraph is set in, by its list or its indent."""
        if properties is None:
            return 0
        numbering = child_named(properties, "numPr")
        if numbering is not None:
            return int(value(child_named(numbering, "ilvl")) or 0)
        indent = child_named(properties, "ind")
        left = (attribute(indent, "left") or attribute(indent, "start") or "0") if indent is not None else "0"
        return max(0, int(float(left))) // _INDENT_STEP

    def _grid(self, table: Element, over: str) -> Grid:
        return filled(over, self._rows(table))

    def _rows(self, table: Element) -> Iterator[tuple[int, list[Cell]]]:
        for line, row in enumerate(_named(table, "tr"), 1):
            cells: list[Cell] = []
            for element in _named(row, "tc"):
                cell = self._cell(element)
                cells += [cell, *[Cell(above=cell.above)] * (min(cell.span, 60) - 1)]
            yield line, cells

    def _cell(self, element: Element) -> Cell:
        properties = child_named(element, "tcPr")
        span, above, fill = 1, False, ""
        if properties is not None:
            span = int(value(child_named(properties, "gridSpan")) or 1)
            merge = child_named(properties, "vMerge")
            above = merge is not None and (value(merge) or "continue") == "continue"
            shade = child_named(properties, "shd")
            color = attribute(shade, "fill") if shade is not None else None
            fill = f"#{color}" if color and re.fullmatch(r"[0-9A-Fa-f]{6}", color) else ""
        paragraphs = [each for each in _blocks(element) if split(each)[1] == "p"]
        first = child_named(paragraphs[0], "pPr") if paragraphs else None
        raw = "\n".join(self._text(each).strip("\n") for each in _blocks(element))
        text = normalise(raw)
        inside = text.lstrip("\n")
        blanks = len(inside) - len(inside.lstrip(" \t\u00a0"))
        tabs = inside[:blanks].count("\t")
        return Cell(text.strip(), self._depth(first) + tabs + (blanks - tabs + 1) // 2, span, above, fill)


def _styles(root: Element) -> dict[str, str]:
    """Identifier of each style → its name, folded."""
    return {
        attribute(style, "styleId") or "": " ".join(fold(value(child_named(style, "name")) or "").split())
        for style in root.iter("{*}style")
    }


def _blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables, also those wrapped in content controls and the like."""
    for child in parent:
        space, name = split(child)
        if space not in WORD_NAMESPACES:
            continue
        if name in ("p", "tbl"):
            yield child
        elif name in ("sdt", "sdtContent", "customXml", "ins", "smartTag"):
            yield from _blocks(child)


def _named(parent: Element, name: str) -> Iterator[Element]:
    for child in parent:
        found = split(child)[1]
        if found == name:
            yield child
        elif found in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _named(child, name)


# -- headings, lists and paragraphs


def outline(file: WordFile) -> Found:
    """The codes that headings and lists name, with what the paragraphs under them say."""
    return _Outline(file).read()


class _Outline:
    def __init__(self, file: WordFile) -> None:
        self.blocks = _with_numbers(file.blocks)
        headings = [block for block in self.blocks if isinstance(block, Block) and block.heading]
        labelled = any(
            isinstance(block, Grid) or (block.item is None and not block.heading and _labelled(block.text)[0])
            for block in self.blocks
        )
        self.items_are_codes = not (headings and labelled)
        self.found = Found(says_parents=True, strict=False)
        self.over: list[tuple[int, Draft]] = []
        self.part = Part.DEFINITION
        """What a paragraph without a label says."""
        self.aside = 0
        """Level of the heading over what speaks of the codebook, not of a code; 0: nothing such is being read."""

    def read(self) -> Found:
        for block in self.blocks:
            if isinstance(block, Block) and block.heading and not 0 < self.aside < block.heading:
                self.aside = block.heading if heading_key(block.text) in _ABOUT else 0
            if self.aside:
                continue
            if isinstance(block, Grid):
                self._table(block)
            elif block.heading:
                self._code(block.line, split_number(block.text)[1], block.heading)
            elif block.item is not None and self.items_are_codes and not _labelled(block.text)[0]:
                self._item(block)
            else:
                self._said(block)
        return self.found

    def _code(self, line: int, name: str, level: int) -> Draft:
        while self.over and self.over[-1][0] >= level:
            self.over.pop()
        draft = Draft(line, clean_name(name), self.over[-1][1] if self.over else None)
        self.found.drafts.append(draft)
        self.over.append((level, draft))
        self.part = Part.DEFINITION
        return draft

    def _item(self, block: Block) -> None:
        text = re.sub(r"^[-–—•▪◦→*·][ \t\u00a0]+", "", block.text)
        named = _NAMED.fullmatch(text)
        name, rest = (named[1], named[2]) if named else (text, "")
        assert block.item is not None
        draft = self._code(block.line, split_number(name)[1], 10 + block.item)
        draft.say(Part.DEFINITION, rest.strip())

    def _said(self, block: Block) -> None:
        if not self.over:
            return  # what stands before the first code presents the codebook
        draft = self.over[-1][1]
        if block.text.startswith("■"):
            return  # the line of colour, shortcut and use that our own manual has
        text = re.sub(r"^[-–—•▪◦→*·][ \t\u00a0]+", "", block.text)
        part, rest = _labelled(text)
        if part is not None:
            self.part = part
            draft.say(part, rest)
        else:
            draft.say(self.part, text)

    def _table(self, grid: Grid) -> None:
        """A small table of labels and what they say of the code over it."""
        if not self.over:
            return
        draft = self.over[-1][1]
        for line, cells in grid.rows:
            part = part_of_heading(cells[0].text)
            text = "\n".join(cell.text for cell in cells[1:] if cell.text)
            if part in _FIELDS:
                draft.say(part, text)
            elif text:
                self.found.warn(line, _("« {label} » est laissé de côté.").format(label=cells[0].text))


def _labelled(text: str) -> tuple[Part | None, str]:
    """« Définition : … » as what it says and the rest; no label that is known: nothing, and all of it."""
    match = _LABEL.fullmatch(text)
    if match is None or len(match[1]) > 60:
        return None, text
    part = part_of_heading(match[1])
    return (part, match[2].strip()) if part in _FIELDS else (None, text)


def _with_numbers(blocks: list[Block | Grid]) -> list[Block | Grid]:
    """Where no paragraph is a heading, those that begin with 1, 1.1, 1.1.2 are."""
    paragraphs = [block for block in blocks if isinstance(block, Block)]
    if any(block.heading for block in paragraphs):
        return blocks
    numbers = {
        block.line: number_parts(number)
        for block in paragraphs
        if len(block.text) <= _NAME and (number := split_number(block.text)[0])
    }
    if len(numbers) < 3 or len({len(parts) for parts in numbers.values()}) < 2:
        return blocks
    return [
        Block(block.line, block.text, len(numbers[block.line]), None)
        if isinstance(block, Block) and block.line in numbers
        else block
        for block in blocks
    ]
