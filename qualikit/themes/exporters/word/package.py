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
from qualikit.themes.exporters.word.pouring import poured
from qualikit.themes.exporters.word.template import current

if TYPE_CHECKING:
    from docx.document import Document

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_UNWANTED = ("/thumbnail", "/stylesWithEffects", "/customXml", "/numbering")
"""Ends of the relationships to parts of the library's template that say nothing of this document."""

_FOREIGN = ("/thumbnail", "/stylesWithEffects")
"""The same of a firm's template, whose lists and colours are kept."""
_AFTER_UPDATE = {
    "hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids", "mathPr", "attachedSchema",
    "themeFontLang", "clrSchemeMapping", "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade",
    "captions", "readModeInkLockDown", "smartTagType", "schemaLibrary", "shapeDefaults", "doNotEmbedSmartTags",
    "decimalSymbol", "listSeparator",
}  # fmt: skip
"""Settings that come after that one (ECMA-376 part 1, CT_Settings)."""
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
    table of contents when it opens it. ``pictures``: those that the markup draws. In a firm's template where one is in
    use (``template.using``)."""
    import docx

    width, height = (PAGE_HEIGHT, PAGE_WIDTH) if portrait else (PAGE_WIDTH, PAGE_HEIGHT)
    # Headers and contents end at the right margin.
    styles = _styles().replace(f'w:pos="{TEXT_WIDTH}"', f'w:pos="{width - 2 * MARGIN}"')
    template = current()
    if template is not None:
        document, body, place, edged = poured(
            template,
            body,
            [style for style in _parsed(styles) if style.tag.endswith("}style")],
            title=title,
            project=project,
            date=date,
            portrait=portrait,
            width=width - 2 * MARGIN,
        )
        _drop_unwanted(document, _FOREIGN)
        if with_contents:
            _ask_for_update(document)
    else:
        document, edged = docx.Document(), False
        _drop_unwanted(document, _UNWANTED)
        _replace(document.styles.element, styles)
        _replace(
            document.settings.element,
            _SETTINGS.replace("<w:defaultTabStop", f"{_UPDATE}<w:defaultTabStop") if with_contents else _SETTINGS,
        )
        place = document.sections[0]._sectPr
        _replace(
            place,
            f'<w:pgSz w:w="{width}" w:h="{height}" w:orient="{"portrait" if portrait else "landscape"}"/>'
            f'<w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" w:bottom="{MARGIN}" w:left="{MARGIN}"'
            ' w:header="567" w:footer="567" w:gutter="0"/>',
        )
    _put(document, pictures.put_in(document, body) if pictures else body, place)
    if not edged:
        page = f"{run(_('Page') + ' ')}{field('PAGE', '1')}{run(' / ')}{field('NUMPAGES', '1')}"
        _replace(document.sections[-1].header._element, paragraph("Header", run(f"{project}\t{title}")))
        _replace(document.sections[-1].footer._element, paragraph("Footer", run(f"{date:%d/%m/%Y}\t"), page))
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


def _put(document: Document, markup: str, place: Any) -> None:
    """Have the body hold this markup before that element. What it held moves, which is little: moved one by one, the
    thousands of paragraphs of the text take quadratic time."""
    from docx.oxml import parse_xml

    before = document.element.body
    made = parse_xml(f'<w:body xmlns:w="{_W}">{markup}</w:body>')
    above = list(place.itersiblings(preceding=True))
    following = [place, *place.itersiblings()]
    document.element.replace(before, made)
    for element in above:  # from the nearest to the first
        made.insert(0, element)
    for element in following:
        made.append(element)


def _replace(element: Any, markup: str) -> None:
    """Put this markup in the place of all that an element holds, but for the references it makes to other parts."""
    for child in list(element):
        element.remove(child)
    element.extend(_parsed(markup))


def _ask_for_update(document: Document) -> None:
    """Have Word fill in the page numbers of the contents; the element has its place in the order of the schema."""
    settings = document.settings.element
    for child in list(settings):
        if child.tag == f"{{{_W}}}updateFields":
            settings.remove(child)
    [update] = _parsed(_UPDATE)
    following = next((child for child in settings if child.tag.rpartition("}")[2] in _AFTER_UPDATE), None)
    if following is None:
        settings.append(update)
    else:
        following.addprevious(update)


def _drop_unwanted(document: Document, unwanted: tuple[str, ...]) -> None:
    for part in (document.part.package, document.part):
        for id, relationship in list(part.rels.items()):
            if relationship.reltype.endswith(unwanted):
                del part.rels[id]
