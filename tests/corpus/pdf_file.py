"""PDF files written line by line, small enough to be read by eye."""

from __future__ import annotations

Line = tuple[float, float, str]
"""Distance from the left and from the bottom of an A4 page, in points, and words; those after ``*`` are in bold."""

_MAP = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def\n"
    b"1 begincodespacerange <00> <FF> endcodespacerange\n"
    b"2 beginbfchar <80> <D83DDEB2> <81> <0065> endbfchar 1 beginbfrange <20> <7E> <0020> endbfrange\n"
    b"1 beginbfrange <A0> <FF> <00A0> endbfrange endcmap end end"
)


def pdf(*pages: list[Line], size: int = 11, info: str = "") -> bytes:
    """A file with these pages."""
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    def stream(body: bytes) -> int:
        return add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body))

    catalogue, tree = add(b""), add(b"")
    unicode = stream(_MAP)
    fonts = [
        add(
            b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding /ToUnicode %d 0 R >>"
            % (name, unicode)
        )
        for name in (b"Helvetica", b"Helvetica-Bold")
    ]
    kids = []
    for lines in pages:
        drawn = b"".join(_drawn(*line, size) for line in lines)
        content = stream(b"BT\n" + drawn + b"ET")
        kids.append(
            add(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
                b"/Resources << /Font << /F1 %d 0 R /F2 %d 0 R >> >> >>" % (tree, content, *fonts)
            )
        )
    about = add(f"<< {info} >>".encode("latin-1"))
    objects[catalogue - 1] = b"<< /Type /Catalog /Pages %d 0 R >>" % tree
    objects[tree - 1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    end = b"trailer << /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return made + head + end % (len(objects) + 1, catalogue, about, len(made))


def _drawn(left: float, base: float, words: str, size: int) -> bytes:
    plain, _star, bold = words.partition("*")
    parts = [(b"F1", plain), (b"F2", bold)] if bold else [(b"F1", plain)]
    if words.startswith("*") and "*" in words[1:]:
        _empty, bold, plain = words.split("*", 2)
        parts = [(b"F2", bold), (b"F1", plain)]
    shown = b"".join(b"/%s %d Tf (%s) Tj\n" % (font, size, _escaped(text)) for font, text in parts if text)
    return b"1 0 0 1 %.1f %.1f Tm\n" % (left, base) + shown


def _escaped(text: str) -> bytes:
    data = text.replace("🚲", "\x80").encode("latin-1")
    return data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def column(*lines: str, top: float = 760, pitch: float = 14, left: float = 70) -> list[Line]:
    """Lines one under the other; an empty one is a blank line."""
    return [(left, top - number * pitch, line) for number, line in enumerate(lines) if line]
