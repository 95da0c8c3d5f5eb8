"""A Word document opened again: whether it is sound, and what it says."""

from __future__ import annotations

from pathlib import Path

import docx
from docx.document import Document
from docx.oxml.ns import qn


def sound(path: Path) -> Document:
    """The document, opened, once what Word would complain of was looked for."""
    document = docx.Document(str(path))
    body = document.element.body
    known = {style.style_id for style in document.styles}
    used = {node.get(qn("w:val")) for tag in ("pStyle", "rStyle", "tblStyle") for node in body.iter(qn(f"w:{tag}"))}
    assert used <= known
    names = [(style.type, style.name.lower()) for style in document.styles]
    assert len(names) == len(set(names))
    marks = [node.get(qn("w:name")) for node in body.iter(qn("w:bookmarkStart"))]
    ids = [node.get(qn("w:id")) for node in body.iter(qn("w:bookmarkStart"))]
    ends = [node.get(qn("w:id")) for node in body.iter(qn("w:bookmarkEnd"))]
    assert len(marks) == len(set(marks))
    assert len(ids) == len(set(ids))
    assert sorted(ids) == sorted(ends)
    assert {node.get(qn("w:anchor")) for node in body.iter(qn("w:hyperlink"))} <= set(marks)
    for table in body.iter(qn("w:tbl")):
        widths = len(list(table.tblGrid.iter(qn("w:gridCol"))))
        assert all(sum(cell.grid_span for cell in row.tc_lst) == widths for row in table.tr_lst)
    return document


def words(document: Document) -> str:
    """All that is written, with ordinary spaces, a paragraph a line."""
    paragraphs = document.element.body.iter(qn("w:p"))
    said = "\n".join("".join(node.text or "" for node in each.iter(qn("w:t"))) for each in paragraphs)
    return said.replace("\u00a0", " ").replace("\u202f", " ").replace("\u200b", "")


def headings(document: Document) -> list[tuple[int, str]]:
    """Level and words of each heading."""
    return [
        (int(each.style.name[-1]), each.text) for each in document.paragraphs if each.style.name.startswith("Heading")
    ]
