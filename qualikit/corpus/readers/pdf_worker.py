"""The process that opens PDF files: it stands alone, so that what a file breaks is not the application.

pdfium is written in C++, is not safe to use from two threads, and what comes from the field may be damaged or hostile.
Started by its path; reads requests on standard input and answers on standard output, each announced by its length.
"""

from __future__ import annotations

import ctypes
import json
import os
import struct
import sys
from typing import Any

MAX_PAGES, MAX_CHARACTERS = 5_000, 20_000_000
MEMORY = 3 * 2**30
"""Bytes of address space."""
HEAVY = 600
"""Weight of a font from which it is bold."""


READY = b"ready   "


def main() -> None:
    """Answer until nobody asks any more."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a library prints is no answer
    import pypdfium2  # noqa: F401  ready before the time of the first request is counted

    _limit_memory()
    answers.write(READY)
    answers.flush()
    while head := requests.read(8):
        (length,) = struct.unpack("<Q", head)
        answer = json.dumps(_answer(requests.read(length))).encode()
        answers.write(struct.pack("<Q", len(answer)) + answer)
        answers.flush()


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _answer(data: bytes) -> dict[str, Any]:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        return {"error": "password" if "assword" in str(error) or "ecurity" in str(error) else "broken"}
    except (MemoryError, ValueError, OSError):
        return {"error": "broken"}
    try:
        count = len(document)
        if count > MAX_PAGES:
            return {"error": "large"}
        about = document.get_metadata_dict()
        pages, characters = [], 0
        for number in range(count):
            page = _page(document, number)
            characters += sum(len(line["text"]) for line in page["lines"])
            if characters > MAX_CHARACTERS:
                return {"error": "large"}
            pages.append(page)
        return {"pages": pages, "title": about.get("Title", ""), "created": about.get("CreationDate", "")}
    except (pdfium.PdfiumError, MemoryError, ValueError, OSError):
        return {"error": "broken"}
    finally:
        document.close()


def _page(document: Any, number: int) -> dict[str, Any]:
    """Its height, its lines in the order of reading, and whether it could be read at all."""
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    try:
        page = document[number]
        text = page.get_textpage()
    except pdfium.PdfiumError:
        return {"height": 0.0, "lines": [], "broken": True}
    try:
        made = []
        line: list[int] = []
        codes = [raw.FPDFText_GetUnicode(text, place) for place in range(text.count_chars())]
        for place, code in enumerate(codes):
            if code in {0x0A, 0x0D}:
                made += [_line(text, codes, line)] if line else []
                line = []
            else:
                line.append(place)
                if code in {0x02, 0xFFFE}:  # what pdfium makes of a hyphen that cuts a word
                    made.append(_line(text, codes, line))
                    line = []
        made += [_line(text, codes, line)] if line else []
        return {"height": float(page.get_height()), "lines": [one for one in made if one is not None], "broken": False}
    finally:
        text.close()
        page.close()


def _line(text: Any, codes: list[int], places: list[int]) -> dict[str, Any] | None:
    """One line: its words, where it begins and ends, its base line, size and bold runs, in points and code points."""
    from pypdfium2 import raw

    words = "".join(map(_sign, (codes[place] for place in places)))
    seen = [place for place, sign in zip(places, words, strict=True) if not sign.isspace()]
    if not seen:
        return None
    first, last = _box(text, seen[0]), _box(text, seen[-1])
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, seen[0], ctypes.byref(x), ctypes.byref(y))
    bold: list[int] = []
    heavy = False
    for number, sign in enumerate(words):
        if number == 0 or words[number - 1].isspace():  # a word is set in one weight
            heavy = not sign.isspace() and _is_heavy(text, places[number])
        bold += [number] if heavy and not sign.isspace() else []
    return {
        "text": words,
        "left": first[0],
        "right": last[1],
        "base": y.value,
        "size": raw.FPDFText_GetFontSize(text, seen[0]),
        "bold": bold,
    }


def _is_heavy(text: Any, place: int) -> bool:
    """Whether the font says that it is bold, in figures or in its name."""
    from pypdfium2 import raw

    if raw.FPDFText_GetFontWeight(text, place) >= HEAVY:
        return True
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, place, name, 128, ctypes.byref(flags))
    return any(word in name.value.lower() for word in (b"bold", b"black", b"heavy"))


def _sign(code: int) -> str:
    return "\u00ad" if code in {0x02, 0xFFFE} else chr(code) if code <= 0x10FFFF else "\ufffd"


def _box(text: Any, place: int) -> tuple[float, float]:
    from pypdfium2 import raw

    left, right, bottom, top = (ctypes.c_double() for _side in range(4))
    raw.FPDFText_GetCharBox(text, place, *map(ctypes.byref, (left, right, bottom, top)))
    return left.value, right.value


if __name__ == "__main__":
    main()
