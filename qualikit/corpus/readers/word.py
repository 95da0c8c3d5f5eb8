"""WordprocessingML to text: the walk that loses nothing.

Libraries name what they read and drop the rest in silence. This walk does the opposite: it enters every element it
does not know, and names the few that are not text (what was deleted, the instructions of fields, properties). An
element invented tomorrow is read; at worst a word too many comes out, never one too few.

What comes out: a paragraph a line; a row of a table a line, its cells parted by tabs; a text box after the paragraph
that holds it; notes at the end, after a blank line, each announced by the ``[1]`` that stands in the text. The numbers
and bullets that Word computes for lists are not in the file and are not made up; headers and footers are not what was
said and stay out (``Walk.margins``); an optional hyphen is dropped, so that its word stays whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeGuard

from qualikit.corpus.readers.elements import WORD_NAMESPACES, attribute, child_named, is_on, split, text_of, value
from qualikit.corpus.readers.package import Package, Relationship, relationship_id
from qualikit.corpus.readers.symbols import symbol
from qualikit.corpus.readers.writing import Writing

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NO_TEXT_INSIDE = (
    "del moveFrom rPr tblPr tblGrid trPr tcPr sectPr sdtPr sdtEndPr customXmlPr smartTagPr tblPrEx numPr "
    "instrText delText delInstrText fldData binData"
)
_NOT_TEXT = frozenset(_NO_TEXT_INSIDE.split())
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": ""}


_COMMENT_MARKS = {
    "commentRangeStart": Writing.begin_range,
    "commentRangeEnd": Writing.end_range,
    "commentReference": Writing.point,
}


@dataclass
class Walk(Writing):
    """One passage through a document: what was written out, and what was met on the way."""

    package: Package
    relationships: dict[str, Relationship] = field(default_factory=dict)
    styles: dict[str, bool] = field(default_factory=dict)
    """Style identifier → sets its text in bold."""

    inserted: int = 0
    deleted: int = 0
    hidden: int = 0
    unread: int = 0
    """Parts that the document takes its text from and that could not be read."""
    read_chunk: Callable[[bytes, str], str | None] = field(default=lambda data, name: None)
    """Text of a part in another format that the document embeds (``w:altChunk``); None where it cannot be read."""
    notes: dict[tuple[str, str], int] = field(default_factory=dict)
    """``("footnote" | "endnote", identifier)`` → the number that announces it, in the order met."""

    def __post_init__(self) -> None:
        self._drawn: set[str] = set()
        self._boxes: list[Element] = []
        self._paragraph_bold = False
        self._tables_open = 0

    def enter(self, element: Element) -> None:
        """Everything inside an element, in order."""
        for child in element:
            self.visit(child)

    def visit(self, element: Element) -> None:  # noqa: PLR0912 - one branch a kind of element is the plainest
        """One element and all it holds."""
        space, name = split(element)
        if space in WORD_NAMESPACES:
            if name == "p":
                self._paragraph(element)
            elif name == "r":
                self._run(element)
            elif name in _NOT_TEXT:
                self.deleted += name in {"del", "moveFrom"}
            elif name == "t":
                self.write(text_of(element), self._paragraph_bold)
            elif name == "tbl":
                self._table(element)
            elif name == "ins":
                self.inserted += 1
                self.enter(element)
            elif name == "txbxContent":
                self._boxes.append(element)
            elif name == "altChunk":
                self._chunk(element)
            elif name == "subDoc":
                self.unread += 1
            elif name in _COMMENT_MARKS:
                _COMMENT_MARKS[name](self, attribute(element, "id") or "")
            elif name not in {"pPr", "footnotePr", "endnotePr"}:
                self.enter(element)
        elif name == "AlternateContent":
            self._alternate(element)
        elif name == "t":  # equations (m:t) and drawings (a:t)
            self.write(text_of(element))
        elif name == "p":  # a paragraph of a drawing
            self.enter(element)
            self.end_line()
        elif name == "textpath" and element.get("string"):  # WordArt of old
            self._boxes.append(element)
        elif name == "relIds":
            self._drawing_part(relationship_id(element, "dm"))
        elif name == "chart" and relationship_id(element):
            self._drawing_part(relationship_id(element))
        else:
            self.enter(element)

    def _paragraph(self, element: Element) -> None:
        outer_boxes, self._boxes = self._boxes, []
        outer_bold, before = self._paragraph_bold, self.length
        properties = child_named(element, "pPr")
        joined = False
        self._paragraph_bold = False
        if properties is not None:
            for item in properties:
                name = split(item)[1]
                if name == "pStyle":
                    self._paragraph_bold = self.styles.get(value(item) or "", False)
                # A deleted paragraph mark, or an initial set in a frame of its own, runs on into the next paragraph.
                elif name == "rPr":
                    joined = joined or any(split(mark)[1] in {"del", "moveFrom"} for mark in item)
                elif name == "framePr":
                    joined = joined or attribute(item, "dropCap") in {"drop", "margin"}
        for child in element:
            if child is not properties:
                self.visit(child)
        if not joined and (self.length > before or not self._boxes):
            self.end_line()
        boxes, self._boxes = self._boxes, outer_boxes
        for box in boxes:
            self._box(box)
        self._paragraph_bold = outer_bold

    def _box(self, box: Element) -> None:
        drawn = box.get("string")
        if drawn:
            self.write(drawn)
            self.end_line()
        else:
            self.enter(box)

    def _run(self, element: Element) -> None:
        bold = self._paragraph_bold
        for child in element:
            space, name = split(child)
            if space not in WORD_NAMESPACES:
                self.visit(child)
            elif name == "t":
                self.write(text_of(child), bold)
            elif name == "rPr":
                bold = self._run_properties(child)
            elif name in _MARKS:
                self.write(_MARKS[name], bold)
            elif name == "sym":
                self.write(symbol(attribute(child, "font") or "", attribute(child, "char") or ""), bold)
            elif name in {"footnoteReference", "endnoteReference"}:
                note = (name.removesuffix("Reference"), attribute(child, "id") or "")
                self.write(f"[{self.notes.setdefault(note, len(self.notes) + 1)}]")
            elif name == "fldChar":
                self.write(_form_field(child), bold)
            elif name == "ruby":
                self._ruby(child)
            else:
                self.visit(child)

    def _run_properties(self, properties: Element) -> bool:
        """Whether the run is in bold; counts the hidden ones."""
        direct, styled = None, False
        for item in properties:
            name = split(item)[1]
            if name == "b":
                direct = is_on(item)
            elif name == "rStyle":
                styled = self.styles.get(value(item) or "", False)
            elif name == "vanish":
                self.hidden += is_on(item)
        # Bold is a toggle: a style in bold inside a paragraph in bold is set in roman (ECMA-376, 17.7.3).
        return direct if direct is not None else self._paragraph_bold ^ styled

    def _table(self, table: Element) -> None:
        self._tables_open += 1
        rows = []
        for row in _within(table, "tr"):
            row_place, cells = self.place, []
            for cell in _within(row, "tc"):
                cell_place = self.place
                self.enter(cell)
                cells.append(self.end_cell(cell_place))
            self.end_row(row_place)
            if cells and self.length > row_place[0]:
                rows.append(cells)
        self._tables_open -= 1
        if not self._tables_open:
            self.tables.append(rows)

    def _ruby(self, ruby: Element) -> None:
        base, reading = child_named(ruby, "rubyBase"), child_named(ruby, "rt")
        if base is not None:
            self.enter(base)
        if reading is not None:
            self.write("(")
            self.enter(reading)
            self.write(")")

    def _alternate(self, element: Element) -> None:
        choices = [child for child in element if split(child)[1] == "Choice"]
        fallback = [child for child in element if split(child)[1] == "Fallback"]
        for option in choices + fallback:
            if _has_text(option):
                self.enter(option)
                return

    def _chunk(self, element: Element) -> None:
        target = self.relationships.get(relationship_id(element) or "")
        text = None
        if self._is_new(target):
            text = self.read_chunk(self.package.read(target.target), target.target)
        if text is None:
            self.unread += 1
        else:
            self.write(text)
            self.end_line()

    def _is_new(self, target: Relationship | None) -> TypeGuard[Relationship]:
        """True the first time that a part of this file is asked for: text repeated by reference is a trap."""
        if target is None or target.external or target.target not in self.package or target.target in self._drawn:
            return False
        self._drawn.add(target.target)
        return True

    def _drawing_part(self, identifier: str | None) -> None:
        """Words of a diagram or a chart, which live in a part of their own."""
        target = self.relationships.get(identifier or "")
        if not self._is_new(target):
            return
        for line in _drawing_lines(self.package.xml(target.target)):
            if not self._gap:
                self.end_line()
            self.write(line)


def live_characters(root: Element) -> int:
    """Characters, white space apart, in the text elements of the document that are neither deleted nor given twice.

    Counted by a way of its own (one flat pass, then the ancestors of what it finds), to be compared with the walk.
    """
    seen: dict[Element, bool] = {}

    def live(element: Element | None) -> bool:
        if element is None:
            return True
        if element not in seen:
            name = split(element)[1]
            dead = name in {"del", "moveFrom"} or (name == "Fallback" and _other_choice_has_text(element))
            seen[element] = not dead and live(element.getparent())
        return seen[element]

    return sum(characters(element.text) for element in root.iter("{*}t") if element.text and live(element.getparent()))


def characters(text: str) -> int:
    """Number of characters, white space apart."""
    return len("".join(text.split()))


def _other_choice_has_text(fallback: Element) -> bool:
    parent = fallback.getparent()
    return parent is not None and any(split(other)[1] == "Choice" and _has_text(other) for other in parent)


def _has_text(element: Element) -> bool:
    for found in element.iter("{*}t", "{*}relIds", "{*}chart", "{*}textpath", "{*}sym"):
        if split(found)[1] != "t" or found.text:
            return True
    return False


def _drawing_lines(root: Element) -> Iterator[str]:
    for element in root.iter("{*}p", "{*}strCache"):
        if split(element)[1] == "p":
            line = "".join(text.text or "" for text in element.iter("{*}t"))
        else:
            line = "\t".join(value.text or "" for value in element.iter("{*}v"))
        if line.strip():
            yield line


def _within(element: Element, name: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also those wrapped in content controls, custom XML or insertions."""
    for child in element:
        space, child_name = split(child)
        if space not in WORD_NAMESPACES:
            if child_name == "AlternateContent":
                options = [option for option in child if _has_text(option)]
                yield from (found for option in options[:1] for found in _within(option, name))
        elif child_name == name:
            yield child
        elif child_name not in _NOT_TEXT and child_name not in {"p", "tbl", "tr", "tc"}:
            yield from _within(child, name)


def _form_field(mark: Element) -> str:
    """What a form field of old shows where its answer is not written as text: a box ticked or not, a choice."""
    data = child_named(mark, "ffData")
    if data is None:
        return ""
    box, choices = child_named(data, "checkBox"), child_named(data, "ddList")
    if box is not None:
        state = child_named(box, "checked")
        return "☒" if is_on(state if state is not None else child_named(box, "default")) else "☐"
    if choices is not None:
        entries = [value(entry) or "" for entry in choices if split(entry)[1] == "listEntry"]
        index = value(child_named(choices, "result")) or value(child_named(choices, "default")) or "0"
        return entries[int(index)] if index.isdecimal() and int(index) < len(entries) else ""
    return ""
