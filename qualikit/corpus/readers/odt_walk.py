"""OpenDocument XML to text: every element it does not know is entered, the few that are not text are named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from qualikit.corpus.readers import Comment
from qualikit.corpus.readers.elements import split
from qualikit.corpus.readers.writing import MAX_GAP, Writing
from qualikit.text import Span, normalise

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NO_TEXT_INSIDE = (
    "tracked-changes forms sequence-decls variable-decls user-field-decls dde-connection-decls event-listeners "
    "alphabetical-index-auto-mark-file binary-data desc note-citation number table-columns ruby-text"
)
_NOT_TEXT = frozenset(_NO_TEXT_INSIDE.split())
_BLOCKS = frozenset(["p", "h", "list", "table", "section"])
_AROUND = ("drawing:1.0", "svg-compatible:1.0", "table:1.0", "office:1.0", "form:1.0", "dr3d:1.0")
"""Ends of the names of those vocabularies whose elements hold blanks between other elements, not words."""
MAX_REPEATED = 50
"""Copies of one cell or row that are written: spreadsheets repeat empty ones by the thousand."""
MAX_PARENTS = 32


_HEAVY = frozenset(["bold", "600", "700", "800", "900"])


@dataclass(frozen=True)
class Style:
    """What a style does to its text; ``bold`` is None where it does not say."""

    bold: bool | None = None
    hidden: bool = False


_PLAIN = Style()


@dataclass
class OdtWalk(Writing):
    """One passage through a document."""

    styles: Mapping[tuple[str, str], Style] = field(default_factory=dict)
    """Family and name of a style → what it does to its text."""
    inserted: int = 0
    deleted: int = 0
    hidden: int = 0
    unread: int = 0

    def __post_init__(self) -> None:
        self._notes: list[Element] = []
        self._comments: list[tuple[str, Element]] = []
        self._bold = False
        self._line_open = False
        self._tables_open = 0
        self._boxes: list[Element] = []

    def enter(self, element: Element) -> None:
        """Everything inside an element, its own text and that between its children included."""
        in_line = self._line_open and not split(element)[0].endswith(_AROUND)
        if in_line:
            self._text(element.text)
        for child in element:
            self.visit(child)
            if in_line:
                self._text(child.tail)

    def _text(self, text: str | None) -> None:
        if not text:
            return
        words = _collapsed(text)
        # A blank at the beginning of a line, or after another, is not one: the format says it with text:s.
        if words[0] == " " and (self._gap.endswith("\n") or not self.length or self._after_blank()):
            words = words[1:]
        self.write(words, self._bold)

    def _after_blank(self) -> bool:
        return bool(self.pieces) and not self._gap and self.pieces[-1].endswith((" ", "\n"))

    def visit(self, element: Element) -> None:  # noqa: PLR0912 - one branch a kind of element is the plainest
        """One element and all it holds."""
        space, name = split(element)
        if name == "tracked-changes":
            self.inserted += sum(1 for _found in element.iter("{*}insertion"))
            self.deleted += sum(1 for _found in element.iter("{*}deletion"))
        elif name in _NOT_TEXT or (name == "title" and space.endswith(_AROUND)):
            pass
        elif name in _BLOCKS and self._line_open:
            self._boxes.append(element)  # text boxes and shapes come after the paragraph that holds them
        elif name in {"p", "h"}:
            self._paragraph(element)
        elif name == "s":
            self.write(" " * min(_count(element, "c"), MAX_GAP), self._bold)
        elif name == "tab":
            self.write("\t", self._bold)
        elif name == "line-break":
            self.write("\n", self._bold)
        elif name == "span":
            self._styled(element, "text")
        elif name == "note":
            self._notes.append(element)
            self.write(f"[{len(self._notes)}]")
        elif name == "annotation":
            self._annotation(element)
        elif name == "annotation-end":
            self.end_range(_named(element, "name"))
        elif name == "table":
            self._table(element)
        elif name in {"hidden-text", "hidden-paragraph"}:
            self.hidden += 1
            self.write(_named(element, "string-value") or element.text or "")
        elif name.endswith("-source"):  # from what an index is made, where a section comes from
            self.unread += name == "section-source"
        elif name == "ruby":
            self._ruby(element)
        else:
            self.enter(element)

    def _paragraph(self, element: Element) -> None:
        outer_boxes, self._boxes = self._boxes, []
        before = self.length
        self._line_open = True
        self._styled(element, "paragraph")
        self._line_open = False
        if self.length > before or not self._boxes:
            self.end_line()
        boxes, self._boxes = self._boxes, outer_boxes
        for box in boxes:
            self.visit(box)

    def _styled(self, element: Element, family: str) -> None:
        outer = self._bold
        style = self.styles.get((family, _named(element, "style-name")), _PLAIN)
        self.hidden += style.hidden
        self._bold = (outer and family == "text") if style.bold is None else style.bold
        self.enter(element)
        self._bold = outer

    def _table(self, table: Element) -> None:
        self._tables_open += 1
        rows = []
        for row in _within(table, "table-row"):
            row_place, cells = self.place, []
            for cell in _within(row, "table-cell", "covered-table-cell"):
                times = min(_count(cell, "number-columns-repeated"), MAX_REPEATED)
                for _time in range(times if len(cell) == 0 else 1):
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
        self.enter(ruby)
        reading = next(ruby.iterchildren("{*}ruby-text"), None)
        if reading is not None:
            self.write(f"({''.join(str(words) for words in reading.itertext())})")

    # -- notes and comments

    def write_notes(self) -> None:
        """Notes after the text, after a blank line, in the order of their marks; a note may bear a mark of its own."""
        if self._notes:
            self.end_line()
        for number, note in enumerate(self._notes, 1):
            for body in note.iterchildren("{*}note-body"):
                self.write_note(number, partial(self.enter, body))

    def _annotation(self, element: Element) -> None:
        id = _named(element, "name") or f"?{len(self._comments)}"
        self._comments.append((id, element))
        self.point(id)
        self.begin_range(id)

    def comments_about(self, spans: Mapping[str, Span]) -> tuple[Comment, ...]:
        """The comments in the order of the text, answers under what they answer."""
        found: dict[str, Comment] = {}
        answers: list[tuple[str, str]] = []
        for id, element in self._comments:
            words = OdtWalk(styles=self.styles)
            for child in element:
                if split(child)[1] in {"p", "h", "list"}:
                    words.visit(child)
            text = normalise("".join(words.pieces)).strip()
            author = (element.findtext("{*}creator") or "").strip()
            if text and id not in found:
                found[id] = Comment(author, text, spans.get(id), resolved=_named(element, "resolved") == "true")
                if _named(element, "parent-name"):
                    answers.append((id, _named(element, "parent-name")))
        parents = dict(answers)
        for id, parent in answers:
            for _step in range(MAX_PARENTS):
                if parent not in parents:
                    break
                parent = parents[parent]  # noqa: PLW2901 - up to the one that began the thread
            if parent in found and parent != id:
                answer = found.pop(id)
                found[parent] = replace(found[parent], replies=(*found[parent].replies, answer))
        return tuple(found.values())


def text_styles(parts: Iterable[Element]) -> dict[tuple[str, str], Style]:
    """Family and name of a style → what it, or the one it is based on, does to its text."""
    own: dict[tuple[str, str], Style] = {}
    based: dict[tuple[str, str], str] = {}
    for root in parts:
        for style in root.iter("{*}style"):
            key = (_named(style, "family"), _named(style, "name"))
            properties = next(style.iterchildren("{*}text-properties"), None)
            weight = "" if properties is None else _named(properties, "font-weight")
            hidden = properties is not None and _named(properties, "display") == "none"
            own[key] = Style(weight in _HEAVY if weight else None, hidden)
            based[key] = _named(style, "parent-style-name")
    found = {}
    for key, style_of in own.items():
        current = key
        for _step in range(MAX_PARENTS):
            if current not in own or own[current].bold is not None:
                break
            current = (current[0], based[current])
        found[key] = Style(own[current].bold if current in own else None, style_of.hidden)
    return found


def margin_lines(parts: Iterable[Element]) -> tuple[str, ...]:
    """Lines of the headers and footers of every kind of page, each once."""
    lines: dict[str, None] = {}
    for root in parts:
        for page in root.iter("{*}master-page"):
            for margin in page:
                walk = OdtWalk()
                walk.enter(margin)
                lines.update(dict.fromkeys(line.strip() for line in normalise("".join(walk.pieces)).split("\n")))
    return tuple(line for line in lines if any(c.isalpha() for c in line))


def _within(element: Element, *names: str) -> Iterable[Element]:
    """Rows of a table or cells of a row, also those in groups and headings."""
    for child in element:
        name = split(child)[1]
        if name in names:
            yield child
        elif name in {"table-rows", "table-header-rows", "table-row-group"}:
            yield from _within(child, *names)


def _named(element: Element, name: str) -> str:
    """Value of an attribute, whatever its namespace: LibreOffice moves them from one to another over the years."""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), "")


def _count(element: Element, name: str) -> int:
    value = _named(element, name)
    return int(value) if value.isdecimal() and len(value) < 10 else 1


def _collapsed(text: str) -> str:
    """Blanks of the XML made one, no-break ones kept."""
    if "\n" not in text and "\t" not in text and "\r" not in text and "  " not in text:
        return text
    words = " ".join(word for word in text.replace("\n", " ").replace("\t", " ").replace("\r", " ").split(" ") if word)
    return (" " if text[0] in " \n\t\r" else "") + words + (" " if words and text[-1] in " \n\t\r" else "")
