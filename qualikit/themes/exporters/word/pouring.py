"""A document's text poured into a firm's template: styles matched by name, widths fitted, header and footer kept."""

from __future__ import annotations

import re
from datetime import date as Date
from typing import TYPE_CHECKING, Any

from qualikit.themes.exporters.word.template import Template

if TYPE_CHECKING:
    from docx.document import Document

_STYLED = re.compile(r'(<w:(?:pStyle|rStyle|tblStyle) w:val=")([^"]+)(")')
_WIDE = re.compile(r'(<w:(?:tblW|gridCol|tcW) w:w=")(\d+)(")')
_DRAWN = re.compile(r'((?:<wp:extent|<a:ext) cx=")(\d+)(" cy=")(\d+)(")')
_OWN_TITLE = re.compile(r'<w:p><w:pPr><w:pStyle w:val="(?:Title|Subtitle)"/></w:pPr>.*?</w:p>', re.DOTALL)
_APART = 100_000
"""Added to the numbers of the template's own bookmarks, so that none is one of the text's."""


def poured(
    template: Template,
    body: str,
    styles: list[Any],
    *,
    title: str,
    project: str,
    date: Date,
    portrait: bool,
    width: int,
) -> tuple[Document, str, Any, bool]:
    """The document, the text as it goes into it, the element before which it comes, and whether the template brings
    its own header and footer. ``width``: of the text as it was written, in twips. Raises TemplateRefused."""
    document, place, titled = template.document(title=title, project=project, date=date)
    _renumber(document)
    _unlink(document)
    if titled:
        body = _OWN_TITLE.sub("", body, count=2)
    section = _section(document, place)
    _turn(section, portrait)
    available = _text_width(section)
    _reach(styles, width, available or width)
    ids = _match(document, styles)
    body = _STYLED.sub(lambda found: f"{found[1]}{ids.get(found[2], found[2])}{found[3]}", body)
    if available and abs(available - width) > 20:
        body = _fitted(body, available / width)
    from docx.oxml.ns import qn

    edged = any(section.findall(qn(f"w:{edge}Reference")) for edge in ("header", "footer"))
    return document, body, place, edged


def _reach(styles: list[Any], width: int, available: int) -> None:
    """Have the styles that end at the right margin end at the template's."""
    from docx.oxml.ns import qn

    for style in styles:
        for stop in style.iter(qn("w:tab")):
            if stop.get(qn("w:pos")) == str(width):
                stop.set(qn("w:pos"), str(available))


def _match(document: Document, styles: list[Any]) -> dict[str, str]:
    """Bring in the styles that the template lacks; for each of ours, the id under which it is there."""
    from docx.oxml.ns import qn

    here = document.styles.element
    by_name = {_named(style): style.get(qn("w:styleId")) for style in here.findall(qn("w:style"))}
    taken = set(by_name.values())
    ids: dict[str, str] = {}
    fresh = []
    for style in styles:
        own = style.get(qn("w:styleId"))
        known = by_name.get(_named(style))
        if known is None:
            known = own if own not in taken else f"{own}qualikit"
            fresh.append(style)
        ids[own] = known
    for style in fresh:
        style.set(qn("w:styleId"), ids[style.get(qn("w:styleId"))])
        if any(
            default.get(qn("w:type")) == style.get(qn("w:type")) for default in here if default.get(qn("w:default"))
        ):
            style.attrib.pop(qn("w:default"), None)
        for tag in ("basedOn", "next", "link"):
            for pointer in style.findall(qn(f"w:{tag}")):
                pointer.set(qn("w:val"), ids.get(pointer.get(qn("w:val")), pointer.get(qn("w:val"))))
        here.append(style)
    return ids


def _named(style: Any) -> tuple[str, str]:
    from docx.oxml.ns import qn

    name = style.find(qn("w:name"))
    return style.get(qn("w:type")), (name.get(qn("w:val")) if name is not None else "").lower()


def _section(document: Document, place: Any) -> Any:
    """The properties of the section into which the text comes."""
    from docx.oxml.ns import qn

    body = document.element.body
    for element in (place, *place.itersiblings()):
        inner = element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if inner is not None:
            return inner
    return body.sectPr


def _turn(section: Any, portrait: bool) -> None:
    from docx.oxml.ns import qn

    page = section.find(qn("w:pgSz"))
    if page is None:
        return
    short, long = sorted((int(page.get(qn("w:w"))), int(page.get(qn("w:h")))))
    across, down = (short, long) if portrait else (long, short)
    page.set(qn("w:w"), str(across))
    page.set(qn("w:h"), str(down))
    page.set(qn("w:orient"), "portrait" if portrait else "landscape")


def _text_width(section: Any) -> int:
    from docx.oxml.ns import qn

    page, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if page is None or margins is None:
        return 0
    sides = sum(int(margins.get(qn(f"w:{side}")) or 0) for side in ("left", "right", "gutter"))
    return max(int(page.get(qn("w:w"))) - sides, 0)


def _fitted(body: str, factor: float) -> str:
    body = _WIDE.sub(lambda found: f"{found[1]}{round(int(found[2]) * factor)}{found[3]}", body)
    if factor >= 1:
        return body
    return _DRAWN.sub(
        lambda found: f"{found[1]}{round(int(found[2]) * factor)}{found[3]}{round(int(found[4]) * factor)}{found[5]}",
        body,
    )


def _renumber(document: Document) -> None:
    from docx.oxml.ns import qn

    for mark in document.element.body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
        mark.set(qn("w:id"), str(int(mark.get(qn("w:id")) or 0) + _APART))


def _unlink(document: Document) -> None:
    """Without the tie to a file of the firm's server: it would be looked for, and says where it is."""
    from docx.oxml.ns import qn

    for tie in document.settings.element.findall(qn("w:attachedTemplate")):
        document.settings.element.remove(tie)
    for part in (found.target_part for found in document.part.rels.values() if found.reltype.endswith("/settings")):
        for id, relationship in list(part.rels.items()):
            if relationship.reltype.endswith("/attachedTemplate"):
                del part.rels[id]
