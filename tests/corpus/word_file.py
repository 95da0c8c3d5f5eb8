"""Word files written part by part, to put in them what no library writes."""

from __future__ import annotations

from tests.corpus.zip_file import archive

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_NAMESPACES = (
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def part(root: str, content: str, namespace: str = W) -> bytes:
    """The XML of a part: ``w:document``, ``w:footnotes``…"""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{head}<w:{root} xmlns:w="{namespace}" {_NAMESPACES}>{content}</w:{root}>'.encode()


def relationships(targets: dict[str, tuple[str, str]]) -> bytes:
    """``{id: (kind, target)}`` as a relationships part."""
    lines = "".join(
        f'<Relationship Id="{id}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for id, (kind, target) in targets.items()
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{namespace}">{lines}</Relationships>'.encode()


def word(body: str, parts: dict[str, bytes | tuple[str, bytes]] | None = None, namespace: str = W) -> bytes:
    """A Word file with that body. ``parts``: id → ``(kind, content)``, reached from the document by that identifier."""
    files = {
        "_rels/.rels": relationships({"r1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>", namespace),
    }
    related = {}
    for id, (kind, content) in (parts or {}).items():
        extension = {"aFChunk": "html"}.get(kind, "xml")
        related[id] = (kind, f"{kind}_{id}.{extension}")
        files[f"word/{kind}_{id}.{extension}"] = content
    files["word/_rels/document.xml.rels"] = relationships(related)
    return archive(files)


def p(*runs: str, properties: str = "") -> str:
    """A paragraph; what does not begin with ``<`` is made a run."""
    inside = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: tuple[str, ...]) -> str:
    """A table of cells given as their XML."""
    lines = "".join(f"<w:tr>{''.join(f'<w:tc><w:tcPr/>{cell}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{lines}</w:tbl>"
