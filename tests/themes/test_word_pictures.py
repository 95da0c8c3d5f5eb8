"""Pictures in Word documents, and documents that are the same twice."""

from __future__ import annotations

import struct
import time
import zlib
from datetime import date
from io import BytesIO

import docx
import pytest

from qualikit.themes.exporters.word.markup import CM, paragraph, run
from qualikit.themes.exporters.word.package import word_file
from qualikit.themes.exporters.word.pictures import Pictures


def png(width: int, height: int) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x80" * width for _row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def written(pictures: Pictures, body: str) -> bytes:
    return word_file(body, title="Essai", project="Projet", date=date(2024, 5, 3), pictures=pictures)


def test_a_picture_stands_in_the_text_and_says_what_it_shows():
    pictures = Pictures()
    body = paragraph("Normal", run("avant")) + pictures.draw(png(40, 20), alt="Carte « 3 < 4 »", width=8 * CM)
    document = docx.Document(BytesIO(written(pictures, body)))

    (shape,) = document.inline_shapes
    assert (shape.width.cm, shape.height.cm) == (pytest.approx(8, abs=0.01), pytest.approx(4, abs=0.01))
    (described,) = document.element.xpath(".//wp:docPr")
    assert described.get("descr") == "Carte « 3 < 4 »"
    assert document.paragraphs[-1].style.name == "qualikit Image"


def test_the_same_picture_twice_is_kept_once():
    pictures = Pictures()
    body = "".join(pictures.draw(png(4, 4), alt="", width=CM) for _time in range(2)) + pictures.draw(
        png(5, 4), alt="", width=CM
    )
    document = docx.Document(BytesIO(written(pictures, body)))
    assert len(document.inline_shapes) == 3
    assert len([part for part in document.part.package.iter_parts() if part.content_type == "image/png"]) == 2


def test_what_is_no_picture_is_refused():
    with pytest.raises(ValueError, match="not a PNG"):
        Pictures().draw(b"GIF89a", alt="", width=CM)


def test_the_same_text_of_the_same_day_gives_the_same_bytes(monkeypatch):
    first = written(Pictures(), paragraph("Normal", run("Bonjour")))
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3600)
    assert written(Pictures(), paragraph("Normal", run("Bonjour"))) == first
