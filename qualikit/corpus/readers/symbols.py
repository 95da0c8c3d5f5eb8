"""Signs that Word writes as a place in a symbol font (``w:sym``) rather than as a character."""

from __future__ import annotations

_GREEK = dict(
    zip(
        "ABCDEFGHIKLMNOPQRSTUWXYZabcdefghiklmnopqrstuwxyz",
        "ΑΒΧΔΕΦΓΗΙΚΛΜΝΟΠΘΡΣΤΥΩΞΨΖαβχδεφγηικλμνοπθρστυωξψζ",
        strict=True,
    )
)
_SYMBOL = {0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB7: "•", 0xB9: "≠", 0xBB: "≈", 0xAE: "→", 0xAC: "←", 0xDE: "⇒"}
_WINGDINGS = {
    0x4A: "☺",
    0x4C: "☹",
    0x6C: "●",
    0x6E: "■",
    0x6F: "☐",
    0x71: "❑",
    0xA7: "▪",
    0xA8: "☐",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
UNKNOWN = "□"


def symbol(font: str, code: str) -> str:
    """The character for a hexadecimal code of a font; ``UNKNOWN`` where only the font knows what it looks like."""
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    private = 0xF000 <= point <= 0xF0FF
    place = point - 0xF000 if private else point
    if font.lower() == "symbol" and place <= 0xFF:
        return _SYMBOL.get(place) or _GREEK.get(chr(place)) or (chr(place) if 0x20 <= place < 0x7F else UNKNOWN)
    if font.lower() == "wingdings" and place <= 0xFF:
        return _WINGDINGS.get(place, UNKNOWN)
    if private or not 0x20 <= point <= 0x10FFFF or 0xD800 <= point <= 0xDFFF:
        return UNKNOWN
    return chr(point)
