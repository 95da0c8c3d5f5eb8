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
from functools import lru_cache
from typing import TYPE_CHECKING

from qualikit.corpus.readers.package import Package, Relationship, relationship_id
from qualikit.corpus.readers.symbols import symbol

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_WORD_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
}
_NO_TEXT_INSIDE = (
    "del moveFrom rPr tblPr tblGrid trPr tcPr sectPr sdtPr sdtEndPr customXmlPr smartTagPr tblPrEx numPr "
    "instrText delText delInstrText fldData binData"
)
_NOT_TEXT = frozenset(_NO_TEXT_INSIDE.split())
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": ""}
_OFF = {"0", "false", "off", "none"}


@dataclass
class Walk:
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
    notes: list[tuple[str, str]] = field(default_factory=list)
    """``("footnote" | "endnote", identifier)`` in the order met; the n-th is announced by ``[n]``."""

    def __post_init__(self) -> None:
        self.pieces: list[str] = []
        self.bold: list[tuple[int, int]] = []
        self.length = 0
        self._gap = ""
        self._trim = False
        self._boxes: list[Element] = []
        self._paragraph_bold = False

    # -- writing ---------------------------------------------------------------------------------------------------

    def write(self, text: str, bold: bool = False) -> None:
        """Add text where the walk stands."""
        if self._trim:
            text = text.lstrip()
        if not text:
            return
        self._trim = False
        if self._gap and self.length:
            self.pieces.append(self._gap)
            self.length += len(self._gap)
        self._gap = ""
        if bold:
            if self.bold and self.bold[-1][1] == self.length:
                self.bold[-1] = (self.bold[-1][0], self.length + len(text))
            else:
                self.bold.append((self.length, self.length + len(text)))
        self.pieces.append(text)
        self.length += len(text)

    def end_line(self) -> None:
        """What comes next begins a line."""
        self._gap += "\n"

    # -- reading ---------------------------------------------------------------------------------------------------

    def enter(self, element: Element) -> None:
        """Everything inside an element, in order."""
        for child in element:
            self.visit(child)

    def visit(self, element: Element) -> None:  # noqa: PLR0912 - one branch a kind of element is the plainest
        """One element and all it holds."""
        space, name = _split(element)
        if space in _WORD_NAMESPACES:
            if name == "p":
                self._paragraph(element)
            elif name == "r":
                self._run(element)
            elif name in _NOT_TEXT:
                self.deleted += name in {"del", "moveFrom"}
            elif name == "t":
                self.write(_text(element), self._paragraph_bold)
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
            elif name not in {"pPr", "footnotePr", "endnotePr"}:
                self.enter(element)
        elif name == "AlternateContent":
            self._alternate(element)
        elif name == "t":  # equations (m:t) and drawings (a:t)
            self.write(_text(element))
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
        properties = _child(element, "pPr")
        joined = False
        self._paragraph_bold = False
        if properties is not None:
            for item in properties:
                name = _split(item)[1]
                if name == "pStyle":
                    self._paragraph_bold = self.styles.get(_value(item) or "", False)
                # A deleted paragraph mark, or an initial set in a frame of its own, runs on into the next paragraph.
                elif name == "rPr":
                    joined = joined or any(_split(mark)[1] in {"del", "moveFrom"} for mark in item)
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
            space, name = _split(child)
            if space not in _WORD_NAMESPACES:
                self.visit(child)
            elif name == "t":
                self.write(_text(child), bold)
            elif name == "rPr":
                bold = self._run_properties(child)
            elif name in _MARKS:
                self.write(_MARKS[name], bold)
            elif name == "sym":
                self.write(symbol(attribute(child, "font") or "", attribute(child, "char") or ""), bold)
            elif name in {"footnoteReference", "endnoteReference"}:
                self.notes.append((name.removesuffix("Reference"), attribute(child, "id") or ""))
                self.write(f"[{len(self.notes)}]")
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
            name = _split(item)[1]
            if name == "b":
                direct = _is_on(item)
            elif name == "rStyle":
                styled = self.styles.get(_value(item) or "", False)
            elif name == "vanish":
                self.hidden += _is_on(item)
        # Bold is a toggle: a style in bold inside a paragraph in bold is set in roman (ECMA-376, 17.7.3).
        return direct if direct is not None else self._paragraph_bold ^ styled

    def _table(self, table: Element) -> None:
        for row in _within(table, "tr"):
            row_gap, row_start = self._gap, self.length
            for cell in _within(row, "tc"):
                cell_gap, cell_start = self._gap, self.length
                self.enter(cell)
                self._gap = (self._gap.rstrip("\n") if self.length > cell_start else cell_gap) + "\t"
            self._gap = self._gap.rstrip("\t") + "\n" if self.length > row_start else row_gap

    def _ruby(self, ruby: Element) -> None:
        base, reading = _child(ruby, "rubyBase"), _child(ruby, "rt")
        if base is not None:
            self.enter(base)
        if reading is not None:
            self.write("(")
            self.enter(reading)
            self.write(")")

    def _alternate(self, element: Element) -> None:
        choices = [child for child in element if _split(child)[1] == "Choice"]
        fallback = [child for child in element if _split(child)[1] == "Fallback"]
        for option in choices + fallback:
            if _has_text(option):
                self.enter(option)
                return

    def _chunk(self, element: Element) -> None:
        target = self.relationships.get(relationship_id(element) or "")
        text = None
        if target is not None and not target.external and target.target in self.package:
            text = self.read_chunk(self.package.read(target.target), target.target)
        if text is None:
            self.unread += 1
        else:
            self.write(text)
            self.end_line()

    def _drawing_part(self, identifier: str | None) -> None:
        """Words of a diagram or a chart, which live in a part of their own."""
        target = self.relationships.get(identifier or "")
        if target is None or target.external or target.target not in self.package:
            return
        for line in _drawing_lines(self.package.xml(target.target)):
            if not self._gap:
                self.end_line()
            self.write(line)

    def write_note(self, number: int, note: Element) -> None:
        """A note in its place after the text."""
        self.write(f"[{number}] ")
        self._trim = True
        self.enter(note)
        self._trim = False


def live_characters(root: Element) -> int:
    """Characters, white space apart, in the text elements of the document that are neither deleted nor given twice.

    Counted by a way of its own (one flat pass, then the ancestors of what it finds), to be compared with the walk.
    """
    seen: dict[Element, bool] = {}

    def live(element: Element | None) -> bool:
        if element is None:
            return True
        if element not in seen:
            name = _split(element)[1]
            dead = name in {"del", "moveFrom"} or (name == "Fallback" and _other_choice_has_text(element))
            seen[element] = not dead and live(element.getparent())
        return seen[element]

    return sum(characters(element.text) for element in root.iter("{*}t") if element.text and live(element.getparent()))


def characters(text: str) -> int:
    """Number of characters, white space apart."""
    return len("".join(text.split()))


def _other_choice_has_text(fallback: Element) -> bool:
    parent = fallback.getparent()
    return parent is not None and any(_split(other)[1] == "Choice" and _has_text(other) for other in parent)


def _has_text(element: Element) -> bool:
    for found in element.iter("{*}t", "{*}relIds", "{*}chart", "{*}textpath", "{*}sym"):
        if _split(found)[1] != "t" or found.text:
            return True
    return False


def _drawing_lines(root: Element) -> Iterator[str]:
    for element in root.iter("{*}p", "{*}strCache"):
        if _split(element)[1] == "p":
            line = "".join(text.text or "" for text in element.iter("{*}t"))
        else:
            line = "\t".join(value.text or "" for value in element.iter("{*}v"))
        if line.strip():
            yield line


def _within(element: Element, name: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also those wrapped in content controls, custom XML or insertions."""
    for child in element:
        space, child_name = _split(child)
        if space not in _WORD_NAMESPACES:
            if child_name == "AlternateContent":
                options = [option for option in child if _has_text(option)]
                yield from (found for option in options[:1] for found in _within(option, name))
        elif child_name == name:
            yield child
        elif child_name not in _NOT_TEXT and child_name not in {"p", "tbl", "tr", "tc"}:
            yield from _within(child, name)


def _form_field(mark: Element) -> str:
    """What a form field of old shows where its answer is not written as text: a box ticked or not, a choice."""
    data = _child(mark, "ffData")
    if data is None:
        return ""
    box, choices = _child(data, "checkBox"), _child(data, "ddList")
    if box is not None:
        state = _child(box, "checked")
        return "☒" if _is_on(state if state is not None else _child(box, "default")) else "☐"
    if choices is not None:
        entries = [_value(entry) or "" for entry in choices if _split(entry)[1] == "listEntry"]
        index = _value(_child(choices, "result")) or _value(_child(choices, "default")) or "0"
        return entries[int(index)] if index.isdecimal() and int(index) < len(entries) else ""
    return ""


def _text(element: Element) -> str:
    text = element.text or ""
    if len(element):  # an entity or a processing instruction inside: keep what stands around it
        text += "".join(child.tail or "" for child in element)
    return text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ") if "\n" in text or "\r" in text else text


def _split(element: Element) -> tuple[str, str]:
    tag = element.tag
    # A comment, an entity, a processing instruction has a function for a tag.
    return _split_tag(tag) if isinstance(tag, str) else ("", "")


@lru_cache(maxsize=4096)
def _split_tag(tag: str) -> tuple[str, str]:
    space, _brace, name = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
    return space, name


def _child(element: Element, name: str) -> Element | None:
    return next(element.iterchildren(f"{{*}}{name}"), None)


def attribute(element: Element, name: str) -> str | None:
    """Value of a ``w:`` attribute, in either dialect of the format."""
    for namespace in _WORD_NAMESPACES:
        value = element.get(f"{{{namespace}}}{name}")
        if value is not None:
            return value
    return element.get(name)


def _value(element: Element | None) -> str | None:
    return None if element is None else attribute(element, "val")


def _is_on(element: Element | None) -> bool:
    return element is not None and (_value(element) or "1") not in _OFF


def bold_styles(root: Element) -> dict[str, bool]:
    """Style identifier → True where the style, or one it is based on, sets text in bold (absent otherwise)."""
    own: dict[str, bool | None] = {}
    based: dict[str, str | None] = {}
    for style in root.iter("{*}style"):
        identifier = attribute(style, "styleId")
        if identifier is None:
            continue
        properties = _child(style, "rPr")
        mark = None if properties is None else _child(properties, "b")
        own[identifier] = None if mark is None else _is_on(mark)
        based[identifier] = _value(_child(style, "basedOn"))
    found = {}
    for identifier in own:
        current: str | None = identifier
        for _step in range(len(own)):
            if current is None or current not in own or own[current] is not None:
                break
            current = based[current]
        if current is not None and own.get(current):
            found[identifier] = True
    return found
