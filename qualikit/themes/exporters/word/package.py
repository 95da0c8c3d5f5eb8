"""The Word file around the text: page, styles, settings, header and footer, properties."""

from __future__ import annotations

from datetime import date as Date
from datetime import datetime, time
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from qualikit.i18n import _
from qualikit.themes.exporters.cleaning import xml_text
from qualikit.themes.exporters.word.markup import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, TEXT_WIDTH, field, paragraph, run
from qualikit.themes.exporters.word.pictures import Pictures

if TYPE_CHECKING:
    from docx.document import Document

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_UNWANTED = ("/thumbnail", "/stylesWithEffects", "/customXml", "/numbering")
"""Ends of the relationships to parts of the library's template that say nothing of this document."""

_UPDATE = '<w:updateFields w:val="true"/>'
_SETTINGS = """
<w:zoom w:percent="100"/>
<w:defaultTabStop w:val="567"/>
<w:characterSpacingControl w:val="doNotCompress"/>
<w:compat>
  <w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
  <w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" w:uri="http://schemas.microsoft.com/office/word"
    w:val="1"/>
</w:compat>
<w:themeFontLang w:val="fr-FR"/>
<w:decimalSymbol w:val=","/>
<w:listSeparator w:val=";"/>
"""


def word_file(
    body: str,
    *,
    title: str,
    project: str,
    date: Date,
    portrait: bool = False,
    with_contents: bool = False,
    pictures: Pictures | None = None,
) -> bytes:
    """A document that holds this markup, in French, A4 (landscape unless ``portrait``), without a trace of who made it:
    the same text of the same day gives the same bytes. ``with_contents``: Word offers to fill the page numbers of its
    table of contents when it opens it. ``pictures``: those that the markup draws."""
    import docx

    document = docx.Document()
    _drop_unwanted(document)
    width, height = (PAGE_HEIGHT, PAGE_WIDTH) if portrait else (PAGE_WIDTH, PAGE_HEIGHT)
    # Headers and contents end at the right margin.
    _replace(document.styles.element, _styles().replace(f'w:pos="{TEXT_WIDTH}"', f'w:pos="{width - 2 * MARGIN}"'))
    _replace(
        document.settings.element,
        _SETTINGS.replace("<w:defaultTabStop", f"{_UPDATE}<w:defaultTabStop") if with_contents else _SETTINGS,
    )
    section = document.sections[0]._sectPr
    for child in _parsed(pictures.put_in(document, body) if pictures else body):
        section.addprevious(child)
    _replace(
        section,
        f'<w:pgSz w:w="{width}" w:h="{height}" w:orient="{"portrait" if portrait else "landscape"}"/>'
        f'<w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" w:bottom="{MARGIN}" w:left="{MARGIN}"'
        ' w:header="567" w:footer="567" w:gutter="0"/>',
    )
    page = f"{run(_('Page') + ' ')}{field('PAGE', '1')}{run(' / ')}{field('NUMPAGES', '1')}"
    _replace(document.sections[0].header._element, paragraph("Header", run(f"{project}\t{title}")))
    _replace(document.sections[0].footer._element, paragraph("Footer", run(f"{date:%d/%m/%Y}\t"), page))
    about = document.core_properties
    about.title, about.subject, about.language = xml_text(title)[:255], xml_text(project)[:255], "fr-FR"
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.created = about.modified = datetime.combine(date, time())
    made = BytesIO()
    document.save(made)
    return _undated(made)


def _undated(made: BytesIO) -> bytes:
    """The same archive with entries that bear no hour."""
    again = BytesIO()
    with ZipFile(made) as source, ZipFile(again, "w") as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name), source.read(name), ZIP_DEFLATED)
    return again.getvalue()


@cache
def _styles() -> str:
    return files(__package__).joinpath("styles.xml").read_text("utf-8")


def _parsed(markup: str) -> list[Any]:
    from docx.oxml import parse_xml

    return list(parse_xml(f'<w:body xmlns:w="{_W}">{markup}</w:body>'))


def _replace(element: Any, markup: str) -> None:
    """Put this markup in the place of all that an element holds, but for the references it makes to other parts."""
    for child in list(element):
        element.remove(child)
    element.extend(_parsed(markup))


def _drop_unwanted(document: Document) -> None:
    for part in (document.part.package, document.part):
        for id, relationship in list(part.rels.items()):
            if relationship.reltype.endswith(_UNWANTED):
                del part.rels[id]
