"""The first page of a file as lines and tables: enough to draw what it looks like where no program prints it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LINES = 34
_ROWS, _COLUMNS = 14, 8
_LONG = 320  # characters of a paragraph


@dataclass(frozen=True)
class Line:
    """``kind``: title, subtitle, heading, contents, caption, text, picture; or table, whose ``rows`` it is."""

    kind: str
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Sketch:
    """What stands on the first page; ``landscape``: how the page lies."""

    lines: tuple[Line, ...] = ()
    landscape: bool = False


def sketch(data: bytes, ending: str) -> Sketch:
    """The first page of a Word document or the first sheet of a workbook, near enough."""
    if ending == ".xlsx":
        return Sketch(tuple(_sheet(data)), landscape=True)
    from lxml import etree

    safe = etree.XMLParser(resolve_entities=False, no_network=True)
    with ZipFile(BytesIO(data)) as archive:
        names = _style_names(etree.fromstring(archive.read("word/styles.xml"), safe))
        body = etree.fromstring(archive.read("word/document.xml"), safe)[0]
    lines: list[Line] = []
    for element in body:
        for line in _lines(element, names):
            if lines and line.kind == "break":
                return Sketch(tuple(lines), _landscape(body))
            if line.kind != "break":
                lines.append(line)
        if len(lines) >= _LINES:
            break
    return Sketch(tuple(lines[:_LINES]), _landscape(body))


def _lines(element: Any, names: dict[str, str]) -> Iterator[Line]:
    if element.tag == f"{_W}tbl":
        rows = []
        for row in element.iterfind(f"{_W}tr"):
            rows.append(tuple(" ".join(_words(cell).split()) for cell in row.iterfind(f"{_W}tc"))[:_COLUMNS])
            if len(rows) == _ROWS:
                break
        yield Line("table", rows=tuple(rows))
    if element.tag != f"{_W}p":
        return
    if element.find(f"{_W}pPr/{_W}pageBreakBefore") is not None or any(
        mark.get(f"{_W}type") == "page" for mark in element.iter(f"{_W}br")
    ):
        yield Line("break")
    if next(element.iter(f"{_W}drawing"), None) is not None:
        yield Line("picture")
    style = element.find(f"{_W}pPr/{_W}pStyle")
    name = names.get(style.get(f"{_W}val"), "") if style is not None else ""
    if text := _words(element).strip():
        kind, level = _kind(name)
        yield Line(kind, text if len(text) <= _LONG else f"{text[:_LONG]}…", level)


def _kind(name: str) -> tuple[str, int]:
    for prefix, kind in (("heading ", "heading"), ("toc ", "contents")):
        if name.startswith(prefix) and name[len(prefix) :].isdigit():
            return kind, int(name[len(prefix) :])
    return {"title": ("title", 0), "subtitle": ("subtitle", 0), "caption": ("caption", 0)}.get(name, ("text", 0))


def _words(element: Any) -> str:
    return "".join(node.text or "" for node in element.iter(f"{_W}t"))


def _style_names(styles: Any) -> dict[str, str]:
    found = {}
    for style in styles.iterfind(f"{_W}style"):
        name = style.find(f"{_W}name")
        found[style.get(f"{_W}styleId")] = (name.get(f"{_W}val") if name is not None else "").lower()
    return found


def _landscape(body: Any) -> bool:
    page = body.find(f".//{_W}sectPr/{_W}pgSz")
    return page is not None and int(page.get(f"{_W}w") or 0) > int(page.get(f"{_W}h") or 0)


def _sheet(data: bytes) -> Iterator[Line]:
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(data), read_only=True)
    rows = []
    for row in book.worksheets[0].iter_rows(max_row=_ROWS * 2, values_only=True):
        cells = tuple(re.sub(r"\s+", " ", str(cell)) if cell is not None else "" for cell in row[:_COLUMNS])
        if any(cells):
            rows.append(cells)
    filled = [(row, sum(map(bool, row))) for row in rows]
    if filled:
        yield Line("title", filled[0][0][0])
    table = tuple(row for row, cells in filled[1:] if cells > 1)
    yield from (Line("subtitle", row[0]) for row, cells in filled[1:2] if cells == 1)
    if table:
        yield Line("table", rows=table)
    yield from (Line("text", row[0]) for row, cells in filled[2:] if cells == 1)
