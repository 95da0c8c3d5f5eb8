"""Files that each reader must read, and how to break them: one entry for every name in the registry.

A new reader adds itself to ``SPECIMENS``; the contract suite fails for one that is registered and has none.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from tests.corpus import odt_file, pdf_file
from tests.corpus.word_file import p, part, r, relationships, table, word
from tests.corpus.zip_file import archive


@dataclass(frozen=True)
class Specimen:
    """A file of the format, a word that its text must contain, and files made to harm whoever opens that format."""

    file_name: str
    data: bytes
    contains: str
    bombs: tuple[bytes, ...] = ()


def _docx() -> Specimen:
    talk = "".join(
        p(r(f"{name} :", "<w:b/>"), f" On est venus à pied, c'e\u0301tait très bien, {n} fois 🚲.")
        for n, name in enumerate(["Animatrice", "P1", "P2"] * 12)
    )
    body = p("Focus group d'Aubagne") + p() + talk + table((p("a") + p("b"), p("c")))
    bomb = archive(
        {
            "_rels/.rels": relationships({"r": ("officeDocument", "word/document.xml")}),
            "word/document.xml": part("document", "<w:p/>" * (3 * 2**22)),
        }
    )
    macros = word(body, {"m": ("vbaProject", b"\xd0\xcf\x11\xe0")})
    entities = archive(
        {
            "_rels/.rels": relationships({"r": ("officeDocument", "word/document.xml")}),
            "word/document.xml": b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><d>&e;</d>',
        }
    )
    return Specimen("Focus group Aubagne.docx", word(body), "Aubagne", (bomb, macros, entities))


def _text() -> Specimen:
    lines = [
        f"{name}\u00a0: On est venus à pied, c'e\u0301tait très bien, {n} fois 🚲." for n, name in enumerate("IE" * 15)
    ]
    return Specimen("Entretien Laval.txt", "\r\n".join(["Entretien, Laval", "", *lines]).encode(), "Laval")


def _pieces() -> list[tuple[str, float, str]]:
    """Who, when, what: for the formats that keep the time."""
    return [
        (("Chercheuse", "Karim")[n % 2], 4.0 * n, f"On est venus d'Aubagne, c'e\u0301tait très bien, {n} fois 🚲.")
        for n in range(30)
    ]


def _stamp(seconds: float, point: str) -> str:
    return f"00:{int(seconds) // 60:02}:{int(seconds) % 60:02}{point}000"


def _vtt() -> Specimen:
    cues = [f"{_stamp(t, '.')} --> {_stamp(t + 3, '.')}\n<v {who}>{said}</v>" for who, t, said in _pieces()]
    return Specimen("Entretien Aubagne.vtt", "\n\n".join(["WEBVTT", *cues, ""]).encode(), "Aubagne")


def _srt() -> Specimen:
    cues = [
        f"{n}\r\n{_stamp(t, ',')} --> {_stamp(t + 3, ',')}\r\n{who}: {said}\r\n"
        for n, (who, t, said) in enumerate(_pieces(), 1)
    ]
    return Specimen("Entretien Aubagne.srt", "\r\n".join(cues).encode("utf-8-sig"), "Aubagne")


def _whisper() -> Specimen:
    segments = [{"start": t, "end": t + 3, "text": f" {said}", "speaker": who} for who, t, said in _pieces()]
    deep = b"[" * 200_000
    return Specimen("Entretien.json", json.dumps({"segments": segments, "language": "fr"}).encode(), "Aubagne", (deep,))


def _textgrid() -> Specimen:
    tiers = []
    for number, name in enumerate(("Chercheuse", "Karim"), 1):
        said = [piece for piece in _pieces() if piece[0] == name]
        intervals = "".join(
            f'        intervals [{n}]:\n            xmin = {t}\n            xmax = {t + 3}\n            text = "{words}"\n'
            for n, (_who, t, words) in enumerate(said, 1)
        )
        tiers.append(
            f'    item [{number}]:\n        class = "IntervalTier"\n        name = "{name}"\n        xmin = 0\n'
            f"        xmax = 120\n        intervals: size = {len(said)}\n{intervals}"
        )
    head = 'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\nxmax = 120\ntiers? <exists>\nsize = 2\nitem []:\n'
    return Specimen("Entretien.TextGrid", (head + "".join(tiers)).encode("utf-16"), "Aubagne")


def _table() -> Specimen:
    lines = [f"{_stamp(t, ',')};{who};{said}" for who, t, said in _pieces()]
    data = "\r\n".join(["Heure;Locuteur;Propos", *lines, ""]).encode("utf-8-sig")
    return Specimen("Entretien Aubagne.csv", data, "Aubagne")


def _odt() -> Specimen:
    talk = "".join(
        odt_file.p(f"{odt_file.b(name + ' :')} On est venus à pied, c'e\u0301tait très bien, {n} fois 🚲.")
        for n, name in enumerate(["Animatrice", "P1", "P2"] * 12)
    )
    swollen = odt_file.odt(odt_file.p() * (3 * 2**22))
    entity = odt_file.content(odt_file.p("&x;"), head='<!DOCTYPE d [<!ENTITY x "ha">]>')
    opened = odt_file.odt("", parts={"content.xml": entity})
    data = odt_file.odt(odt_file.p("Focus group d'Aubagne") + odt_file.p() + talk)
    return Specimen("Focus group Aubagne.odt", data, "Aubagne", (swollen, opened, entity))


def _rtf() -> Specimen:
    talk = "".join(
        rf"{{\b {name} :}} On est venus \'e0 pied, c'e\u769?tait tr\'e8s bien, {n} fois \u-10179?\u-8526?.\par "
        for n, name in enumerate(["Animatrice", "P1", "P2"] * 12)
    )
    data = rf"{{\rtf1\ansi\ansicpg1252\deff0{{\fonttbl{{\f0 Arial;}}}}Focus group d'Aubagne\par\par {talk}}}".encode()
    return Specimen("Focus group Aubagne.rtf", data, "Aubagne", (rb"{\rtf1 " + b"{" * 100_000 + b"x",))


def _html() -> Specimen:
    talk = "".join(
        f"<p><b>{name} :</b> On est venus à pied, c'e\u0301tait tr&egrave;s bien, {n} fois &#128690;.</p>"
        for n, name in enumerate(["Animatrice", "P1", "P2"] * 12)
    )
    page = f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body><h1>Focus group d'Aubagne</h1>{talk}</body></html>"
    return Specimen("Focus group Aubagne.html", page.encode(), "Aubagne")


def _pdf() -> Specimen:
    talk = [
        f"{name} : On est venus à pied, c'était très bien, {n} fois 🚲."
        for n, name in enumerate(["Animatrice", "P1", "P2"] * 12)
    ]
    data = pdf_file.pdf(pdf_file.column("Focus group d'Aubagne", "", *talk))
    return Specimen("Focus group Aubagne.pdf", data, "Aubagne")


SPECIMENS = {
    "docx": _docx(),
    "html": _html(),
    "odt": _odt(),
    "pdf": _pdf(),
    "rtf": _rtf(),
    "srt": _srt(),
    "table": _table(),
    "textgrid": _textgrid(),
    "txt": _text(),
    "vtt": _vtt(),
    "whisper": _whisper(),
}
