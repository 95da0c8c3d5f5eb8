"""Files that each reader must read, and how to break them: one entry for every name in the registry.

A new reader adds itself to ``SPECIMENS``; the contract suite fails for one that is registered and has none.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.corpus.word_file import archive, p, part, r, relationships, table, word


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


SPECIMENS = {"docx": _docx(), "txt": _text()}
