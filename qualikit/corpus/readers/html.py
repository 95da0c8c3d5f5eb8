"""Web pages: saved pages, what Teams, Sonal, oTranscribe and word processors export, pages inside other documents.

What a browser would not show as text is left out: scripts, styles, menus, what is hidden.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualikit.corpus.readers import ReadText
from qualikit.corpus.readers.beside import empty_document, no_text, other_format
from qualikit.corpus.readers.writing import Place, Writing, finished
from qualikit.errors import UnreadableFile
from qualikit.i18n import _
from qualikit.text import normalise

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_BYTES = 64 * 2**20
_BLOCKS_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu ol optgroup option p pre search "
    "section summary ul"
)
_BLOCKS = frozenset(_BLOCKS_NAMES.split())
_SILENT_NAMES = (
    "script style head title nav template noscript svg math iframe object embed audio video canvas map "
    "datalist button select input progress meter frameset"
)
_SILENT = frozenset(_SILENT_NAMES.split())
_BOLD = frozenset(["b", "strong", "th"])
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|bolder|normal|lighter|\d{3})", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)|<\?xml[^>]*encoding\s*=\s*[\"']([\w-]+)", re.IGNORECASE)
_TAGS = re.compile(r"<(?:!doctype html|html|head|body|p|div|span|table|br|h[1-6]|ul|ol|b|pre)\b", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1d]")
SAMPLE = 200_000
CONTROLS = 0.001
"""Share of control characters above which it is no page."""
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


class HtmlReader:
    """Reader of web pages, of saved web archives and of what oTranscribe keeps."""

    name = "html"
    version = "1"
    extensions = (".html", ".htm", ".xhtml", ".mht", ".mhtml", ".otr")

    @property
    def label(self) -> str:
        return _("Page web")

    def read(self, data: bytes, file_name: str) -> ReadText:
        """The text. Raises ``UnreadableFile`` or ``EmptyDocument``, whatever the bytes."""
        from lxml import etree

        if not data.strip():
            raise empty_document(file_name)
        other = other_format(file_name, _("une page web"), data[:16])
        if other is not None:
            raise other
        if len(data) > MAX_BYTES:
            raise UnreadableFile(
                _("« {name} » est trop gros pour une page web ({size} Mo).").format(
                    name=file_name, size=len(data) // 2**20
                ),
                _("Découpez-la en plusieurs fichiers."),
            )
        try:
            page = archived(data) if _is_archive(data) else _kept(data) if data.lstrip()[:1] == b"{" else data
            root = None if page is None else parsed(page)
            if root is None or (page is data and not _is_page(data)):
                raise _not_a_page(file_name)
            walk = HtmlWalk()
            walk.read(root)
        except (etree.LxmlError, ValueError, LookupError, TypeError, AssertionError) as error:
            raise _not_a_page(file_name) from error
        written = finished(walk)
        if not written.text:
            raise no_text(file_name)
        title = root.findtext(".//title")
        return ReadText(
            text=written.text,
            bold=written.bold,
            turns=written.turns,
            title=" ".join(normalise(title).split()) or None if title else None,
        )


def page_text(data: bytes) -> str | None:
    """The text of a page that stands inside another document; None where it cannot be read."""
    from lxml import etree

    try:
        root = parsed(data)
    except (etree.LxmlError, ValueError):
        return None
    if root is None:
        return ""
    walk = HtmlWalk()
    walk.read(root)
    return finished(walk).text


def archived(data: bytes) -> bytes | None:
    """The page in a saved web archive (MHTML); None where there is none."""
    import email
    from email import policy

    message = email.message_from_bytes(data.lstrip(), policy=policy.compat32)
    for part in message.walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            payload = part.get_payload(decode=True)
            if not isinstance(payload, bytes):
                return None
            charset = part.get_content_charset()
            return payload.decode(charset, "replace").encode() if charset and not _said(payload) else payload
    return None


def parsed(data: bytes) -> Element | None:
    """The page as a tree, whatever the encoding it says or is in; None for a page with nothing in it.

    Raises ValueError where not all of it can be read.
    """
    from lxml import etree

    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=True)
    text = _decoded(data).replace("\x00", "")
    root = etree.fromstring(text.encode("utf-8", "replace"), parser) if text.strip() else None
    if any("depth" in entry.message for entry in parser.error_log):
        raise ValueError("what is nested deeper is lost without a word")
    return root


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    said = _said(data)
    for encoding in [said, "utf-8"] if said else ["utf-8"]:
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", "replace")


def _said(data: bytes) -> str:
    """The encoding that a page says it is in."""
    match = _CHARSET.search(data[:4_096])
    name = (match[1] or match[2]).decode("ascii").lower() if match else ""
    # Browsers read what calls itself Latin-1 as Windows writes it.
    return "cp1252" if name in {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"} else name


def _is_archive(data: bytes) -> bool:
    start = data.lstrip()[:2_000].lower()
    return start.startswith((b"mime-version:", b"from:", b"content-type: multipart")) or b"\nmime-version:" in start


def _kept(data: bytes) -> bytes | None:
    """The page in a file that oTranscribe keeps: JSON, with the page under ``text``."""
    try:
        words = json.loads(data).get("text")
    except (ValueError, AttributeError, RecursionError):
        return None
    return f"<body>{words}".encode("utf-8", "replace") if isinstance(words, str) and words.strip() else None


def _is_page(data: bytes) -> bool:
    """Some of the tags that any page has, and hardly a sign that no text has."""
    text = _decoded(data[:SAMPLE])
    return _TAGS.search(text) is not None and len(_CONTROLS.findall(text)) <= CONTROLS * len(text)


def _not_a_page(file_name: str) -> UnreadableFile:
    return UnreadableFile(
        _("« {name} » n'est pas une page web, malgré son extension, ou elle est abîmée.").format(name=file_name),
        _("Ouvrez-la dans un navigateur, copiez son texte dans un document et importez celui-ci."),
    )


@dataclass
class HtmlWalk(Writing):
    """One passage through a page."""

    def __post_init__(self) -> None:
        self._bold = [False]
        self._pre = self._silent = self._depth = 0
        self._places: list[Place] = []
        self._rows: list[list[tuple[int, int]]] = []
        self._cells: list[list[tuple[int, int]]] = []

    def read(self, root: Element) -> None:
        """Every element in order, without recursion: pages nest without end."""
        from lxml import etree

        for event, element in etree.iterwalk(root, events=("start", "end")):
            name = element.tag.lower() if isinstance(element.tag, str) else ""
            if event == "start":
                self._silent += bool(self._silent) or name in _SILENT or _is_hidden(element)
                self._bold.append(_is_bold(name, element, self._bold[-1]))
                self._pre += name == "pre"
                if not self._silent:
                    self._start(name)
                    self._say(element.text)
            else:
                if not self._silent:
                    self._end(name)
                self._pre -= name == "pre"
                self._bold.pop()
                self._silent -= bool(self._silent)
                if not self._silent:
                    self._say(element.tail)

    def _start(self, name: str) -> None:
        if name == "br":
            self.end_line()
        elif name in {"td", "th"}:
            self._places.append(self.place)
        elif name in _BLOCKS or name in {"table", "tr"}:
            self._new_line()
        if name == "table":
            self._depth += 1
        elif name == "tr":
            self._places.append(self.place)
            self._cells.append([])

    def _end(self, name: str) -> None:
        if name in {"td", "th"}:
            cell = self.end_cell(self._places.pop())
            if self._cells:
                self._cells[-1].append(cell)
        elif name == "tr":
            self.end_row(self._places.pop())
            row = self._cells.pop()
            if self._depth == 1 and row and row[-1][1] > row[0][0]:
                self._rows.append(row)
        elif name in _BLOCKS:
            self._new_line()
        elif name == "table":
            self._new_line()
            self._depth -= 1
            if not self._depth:
                self.tables.append(self._rows)
                self._rows = []

    def _say(self, text: str | None) -> None:
        if not text:
            return
        words = text if self._pre else _BLANKS.sub(" ", text)
        if words[0] == " " and not self._pre and (self._gap or not self.length or self.pieces[-1][-1] in " \n"):
            words = words[1:]
        self.write(words, self._bold[-1])

    def _new_line(self) -> None:
        """What comes next begins a line, if one was begun."""
        if self.length and not self._gap.endswith(("\n", "\t")):
            self.end_line()


def _is_hidden(element: Element) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or element.get("role") == "navigation" or (
        style is not None and _HIDDEN.search(style) is not None
    )  # fmt: skip


def _is_bold(name: str, element: Element, outer: bool) -> bool:
    style = element.get("style")
    weight = _WEIGHT.search(style) if style else None
    if weight:
        return weight[1].lower() in {"bold", "bolder", "600", "700", "800", "900"}
    return outer or name in _BOLD
