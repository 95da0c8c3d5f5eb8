"""RTF to text, one token after the other: groups on a stack, no recursion, pictures passed over whole."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from qualikit.corpus.readers.symbols import symbol
from qualikit.corpus.readers.writing import Writing
from qualikit.text import normalise

MAX_DEPTH = 2_000
"""Groups inside groups: Word itself stops at a few dozen."""
MAX_TOKENS = 2_000_000
"""Twenty times what Word writes for a conversation of 100,000 words."""


class TooMuch(Exception):
    """The file nests or repeats more than any document does."""


_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\", re.DOTALL
)
_SIGNS = {
    "tab": "\t", "line": "\n", "page": "\n", "column": "\n", "softline": "\n", "emdash": "—", "endash": "–",
    "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": "\u2003",
    "enspace": "\u2002", "qmspace": "\u2005", "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"_": "\u2011", b"-": "", b"\n": "\n", b"\r": "\n", b"\t": "\t"}
_LITERAL = frozenset([b"\\", b"{", b"}"])
_SILENT_WORDS = (
    "colortbl stylesheet pict objdata objclass objname nonshppict shprslt fldinst datafield xe tc rxe txe "
    "listtext pntext pntxta pntxtb ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn filetbl listtable "
    "listoverridetable revtbl rsidtbl generator operator author doccomm keywords subject comment manager "
    "company category hlinkbase buptim revtim printim bkmkstart bkmkend themedata colorschememapping "
    "latentstyles datastore template sp sn sv shpinst do mmathPict background formfield listpicture pgdsctbl "
    "userprops xmlnstbl wgrffmtfilter private atnicn atntime atndate atnparent nonesttables info falt panose "
    "docvar passwordhash protusertbl svb fname"
)
_SILENT = frozenset(_SILENT_WORDS.split())
"""Groups in which nothing was said."""
_ENTERED_WORDS = (
    "annotation atnid atnauthor atnref atrfstart atrfend footnote shptxt shppict moMath moMathPara mr ud "
    "nesttableprops fldrslt"
)
_ENTERED = frozenset(_ENTERED_WORDS.split())
"""Groups that may be passed over, by those who do not know them; these hold something."""
_MARGINS = frozenset(["header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"])
_COLLECTED = frozenset(["atrfstart", "atrfend", "atnid", "atnauthor", "atnref", "title", "creatim"])
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    254: "cp437", 255: "cp850",
}  # fmt: skip
_SYMBOL_CHARSET = 2


@dataclass(slots=True)
class _State:
    """What holds inside a group, and is as before after it."""

    into: str = "text"
    """``text``, ``silent``, ``fonts``, ``when``, or the name under which the words are collected."""
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    codec: str = ""
    font: str = ""
    """Name of a font of signs."""
    after_unicode: int = 1
    in_table: bool = False
    opens: str = ""
    """What ends with the group."""

    def inside(self) -> _State:
        """The state at the beginning of a group inside this one."""
        return _State(
            self.into, self.bold, self.hidden, self.deleted, self.codec, self.font, self.after_unicode, self.in_table
        )


class _Words(Writing):
    """Words of one place: the text, a note, a margin. Cells are ended, never begun: where one began is remembered."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: list[_Words] = []
        self._row: list[tuple[int, int]] = []
        self._rows: list[list[tuple[int, int]]] = []
        self._row_from = self._cell_from = self._inner_row_from = self._inner_from = self.place

    def end_paragraph(self, *, in_table: bool) -> None:
        self.end_line()
        self.write_boxes()
        self._inner_row_from = self._inner_from = self.place
        if not in_table:
            self.end_table()

    def end_table(self) -> None:
        if self._rows:
            self.tables.append(self._rows)
        self._row, self._rows = [], []
        self._row_from = self._cell_from = self.place

    def cell(self) -> None:
        self.write_boxes()
        self._row.append(self.end_cell(self._cell_from))
        self._cell_from = self._inner_row_from = self._inner_from = self.place

    def row(self) -> None:
        self.end_row(self._row_from)
        if self._row and self.length > self._row_from[0]:
            self._rows.append(self._row)
        self._row = []
        self._row_from = self._cell_from = self._inner_row_from = self._inner_from = self.place

    def inner_cell(self) -> None:
        """A cell of a table inside a cell."""
        self.end_cell(self._inner_from)
        self._inner_from = self.place

    def inner_row(self) -> None:
        self.end_row(self._inner_row_from)
        self._inner_row_from = self._inner_from = self.place

    def write_boxes(self) -> None:
        """Text boxes come after the paragraph that holds them."""
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.take(box)
            self.end_line()

    def take(self, other: _Words) -> None:
        """The words of another place, here."""
        other.write_boxes()
        words, place = "".join(other.pieces), 0
        for start, stop in other.bold:
            self.write(words[place:start])
            self.write(words[start:stop], bold=True)
            place = stop
        self.write(words[place:])


@dataclass
class Note:
    """A comment in the margin: ``mark`` is where it stands, ``about`` names its passage, if it has one."""

    author: str
    words: Writing
    mark: str
    about: str = ""


_TABLES = {"cell": _Words.cell, "row": _Words.row, "nestcell": _Words.inner_cell, "nestrow": _Words.inner_row}
_SET = "par sect b v deleted revised intbl pard plain f deff ansicpg mac pc pca u uc fcharset fonttbl upr ud result"
_ELSEWHERE = _MARGINS | {"footnote", "annotation", "shptxt"}
_KNOWN = _SILENT | _ELSEWHERE | _COLLECTED | set(_SIGNS) | set(_TABLES) | set(_SET.split())


@dataclass
class RtfWalk:
    """One passage through a file."""

    inserted: int = 0
    deleted: int = 0
    hidden: int = 0
    title: str = ""
    created: str | None = None
    main: _Words = field(default_factory=_Words)
    comments: list[Note] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._state = _State(codec="cp1252")
        self._stack: list[_State] = []
        self._outputs: list[_Words] = [self.main]
        self._notes: list[_Words] = []
        self._margins: list[_Words] = []
        self._bytes = bytearray()
        self._skip = 0
        self._high = 0
        self._codec = "cp1252"
        self._fonts: dict[int, tuple[str, str]] = {}
        self._font, self._font_charset, self._font_name = 0, 0, ""
        self._star = False
        self._words: dict[str, str] = {}
        self._when: dict[str, int] = {}
        self._default_font = 0

    @property
    def out(self) -> _Words:
        return self._outputs[-1]

    # -- tokens

    def read(self, data: bytes) -> bool:
        """Walk through the bytes; False where the file stops before its end. Raises ``TooMuch``."""
        place, length, count = 0, len(data), 0
        match = _TOKEN.match
        while place < length:
            found = match(data, place)
            if found is None:
                break
            place = found.end()
            count += 1
            if count > MAX_TOKENS:
                raise TooMuch
            kind = found.lastindex
            if kind == 6:
                self._literal(found[6])
            elif kind in {1, 2}:
                word = found[1].decode("ascii")
                value = int(found[2]) if found[2] else None
                if word == "bin":
                    place = min(place + max(value or 0, 0), length)
                    self._skip = max(self._skip - 1, 0)
                else:
                    self._word(word, value)
            elif kind == 3:
                self._byte(int(found[3], 16))
            elif kind == 4:
                self._sign(found[4])
            elif kind == 5 and found[5] == b"{":
                self._open()
            elif kind == 5 and not self._close():
                return True
        self._flush()
        return False

    def _open(self) -> None:
        self._flush()
        self._skip = 0
        if len(self._stack) >= MAX_DEPTH:
            raise TooMuch
        self._stack.append(self._state)
        self._state = self._state.inside()
        self._star = False

    def _close(self) -> bool:
        """End a group; False where it was the last."""
        self._flush()
        self._skip = 0
        ended = self._state
        if not self._stack:
            return False
        if ended.opens:
            self._end(ended)
        self._state = self._stack.pop()
        return bool(self._stack)

    def _literal(self, data: bytes) -> None:
        if self._skip:
            taken = min(self._skip, len(data))
            self._skip -= taken
            data = data[taken:]
        if self._state.into != "silent":
            self._bytes += data

    def _byte(self, value: int) -> None:
        if self._skip:
            self._skip -= 1
        elif self._state.into != "silent":
            self._bytes.append(value)

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._star = True
        elif self._skip:
            self._skip -= 1
        elif sign in _LITERAL:
            self._bytes += sign if self._state.into != "silent" else b""
        elif sign in {b"\n", b"\r"}:
            self._paragraph()
        else:
            self._say(_SYMBOLS.get(sign, ""))

    def _flush(self) -> None:
        """The bytes that waited become words: some letters take two."""
        if not self._bytes:
            return
        data, self._bytes = bytes(self._bytes), bytearray()
        if self._state.font:
            words = "".join(symbol(self._state.font, f"{0xF000 + byte:X}") if byte > 31 else "" for byte in data)
        else:
            words = data.decode(self._state.codec or self._codec, "replace")
        self._put(words)

    def _say(self, words: str) -> None:
        self._flush()
        self._put(words)

    def _put(self, words: str) -> None:
        state = self._state
        if self._high:
            self._high, words = 0, "\ufffd" + words
        if state.into == "text":
            if state.deleted:
                self.deleted += 1
            else:
                self.hidden += state.hidden and not words.isspace()
                self.out.write(words, state.bold)
        elif state.into == "fonts":
            self._font_name += words
        elif state.into != "silent":
            self._words[state.into] = self._words.get(state.into, "") + words

    # -- words

    def _word(self, word: str, value: int | None) -> None:  # noqa: PLR0912 - one branch a word is the plainest
        self._flush()
        star, self._star = self._star, False
        if not (star or self._skip or word in _KNOWN):
            if self._state.into == "when":
                self._when[word] = value or 0
            return
        state = self._state
        if self._skip and word not in {"u", "uc"}:
            self._skip -= 1
            return
        if word == "u":
            self._unicode(value or 0)
        elif word == "uc":
            self._state.after_unicode = min(max(value if value is not None else 1, 0), 8)
        elif state.into == "fonts":
            self._font_word(word, value)
        elif word in _ELSEWHERE:
            self._begin(word)
        elif word in _COLLECTED:
            self._state.into = "when" if word == "creatim" else word
            self._state.opens = word
            self._words.pop(word, None)
        elif word == "fonttbl":
            self._state.into = "fonts"
            self._state.opens = "fonts"
        elif word == "upr":  # the same words twice: the second time in Unicode
            self._state.into = "silent"
        elif word in {"ud", "result"}:
            self._state.into = "text"
        elif word in _SILENT or (star and word not in _ENTERED):
            self._state.into = "silent"
        elif state.into == "text":
            self._set(word, value)

    def _set(self, word: str, value: int | None) -> None:  # noqa: PLR0912 - one branch a word is the plainest
        if word in _SIGNS:
            self._put(_SIGNS[word])
        elif word in {"par", "sect"}:
            self._paragraph()
        elif word in _TABLES:
            _TABLES[word](self.out)
        elif word in {"intbl", "pard"}:
            self._state.in_table = word == "intbl"
        elif word == "b":
            self._state.bold = value != 0
        elif word == "v":
            self._state.hidden = value != 0
        elif word == "deleted":
            self._state.deleted = value != 0
        elif word == "revised":
            self.inserted += value != 0
        elif word == "plain":
            font = self._fonts.get(self._default_font, ("", ""))
            self._state.bold = False
            self._state.hidden = False
            self._state.deleted = False
            self._state.codec = font[0]
            self._state.font = font[1]
        elif word == "f":
            font = self._fonts.get(value or 0, ("", ""))
            self._state.codec = font[0]
            self._state.font = font[1]
        elif word == "deff":
            self._default_font = value or 0
        elif word in {"ansicpg", "mac", "pc", "pca"}:
            self._codec = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}.get(word, f"cp{value}")
            try:
                codecs.lookup(self._codec)
            except LookupError:
                self._codec = "utf-8" if value == 65001 else "mac_roman" if value == 10000 else "cp1252"
            self._state.codec = ""

    def _font_word(self, word: str, value: int | None) -> None:
        if word == "f":
            self._keep_font()
            self._font, self._font_charset, self._font_name = value or 0, 0, ""
        elif word == "fcharset":
            self._font_charset = value or 0
        elif word in _SILENT:
            self._state.into = "silent"

    def _keep_font(self) -> None:
        name = self._font_name.strip().strip(";")
        signs = name if self._font_charset == _SYMBOL_CHARSET and name.lower() in {"symbol", "wingdings"} else ""
        self._fonts[self._font] = (_CHARSETS.get(self._font_charset, ""), signs)

    def _unicode(self, value: int) -> None:
        point = value + 65536 if value < 0 else value
        self._skip = self._state.after_unicode
        if 0xD800 <= point < 0xDC00:
            self._high = point
            return
        if 0xDC00 <= point < 0xE000:
            high, self._high = self._high, 0
            if not high:
                return
            point = 0x10000 + ((high - 0xD800) << 10) + (point - 0xDC00)
        if 0 <= point <= 0x10FFFF:
            self._high = 0
            words = symbol(self._state.font, f"{point:X}") if 0xF000 <= point <= 0xF0FF else chr(point)
            self._put(words)

    # -- lines, tables, notes, comments

    def _paragraph(self) -> None:
        if self._state.deleted:
            self.deleted += 1
            return
        self.out.end_paragraph(in_table=self._state.in_table)

    def _begin(self, word: str) -> None:
        """Words that stand elsewhere: in a note, a margin, a comment, a box."""
        if word == "footnote":
            self._notes.append(_Words())
            self.out.write(f"[{len(self._notes)}]")
            made = self._notes[-1]
        elif word == "annotation":
            made = _Words()
            mark = f"?{len(self.comments)}"
            self.out.point(mark)
            author = self._words.pop("atnauthor", "") or self._words.pop("atnid", "")
            self.comments.append(Note(author, made, mark))
        else:
            made = _Words()
            (self._margins if word in _MARGINS else self.out.boxes).append(made)
        self._outputs.append(made)
        self._state.into = "text"
        self._state.opens = "words"
        self._state.deleted = False
        self._state.in_table = False

    def _end(self, ended: _State) -> None:
        """The end of a group that was begun for something."""
        words = self._words.get(ended.opens, "").strip()
        if ended.opens == "words":
            self._outputs.pop()
        elif ended.opens == "fonts":
            self._keep_font()
        elif ended.opens == "atrfstart":
            self.out.begin_range(words)
        elif ended.opens == "atrfend":
            self.out.end_range(words)
        elif ended.opens == "atnref" and self.comments:
            self.comments[-1].about = words
        elif ended.opens == "title":
            self.title = words
        elif ended.opens == "creatim" and self._when.get("yr"):
            when = self._when
            self.created = f"{when['yr']:04}-{when.get('mo', 1):02}-{when.get('dy', 1):02}"

    def write_notes(self) -> None:
        """Notes after the text, after a blank line, in the order of their marks."""
        self.main.write_boxes()
        if self._notes:
            if not self.main.place[1].endswith("\n"):
                self.main.end_line()
            self.main.end_line()
        for number, note in enumerate(self._notes, 1):
            self.main.write_note(number, partial(self.main.take, note))
            self.main.end_line()

    def margin_lines(self) -> Iterator[str]:
        """Lines of the headers and footers."""
        for margin in self._margins:
            yield from (line.strip() for line in normalise("".join(margin.pieces)).split("\n"))
