"""Colours of codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from qualikit.i18n import _
from qualikit.text import fold

PALETTE = (
    "#CC1155",
    "#2244FF",
    "#0099DD",
    "#BB8800",
    "#BB1199",
    "#0066DD",
    "#449988",
    "#DD7755",
    "#666611",
    "#AA88BB",
    "#994477",
    "#DD0022",
)
"""Found by search: contrast of at least 3 to 1 on white and on the dark page (#0E1117), each as far as can be (CIELAB)
from those before it for normal, deuteranope and protanope eyes (Machado, Oliveira and Fernandes 2009). The first eight
stay well apart; after that the name on the stripe tells, as it always does."""


def color_name(color: str) -> str:
    """What a colour of the palette is called, for those who do not see it."""
    names = (
        _("Framboise"), _("Bleu vif"), _("Bleu ciel"), _("Ocre"), _("Magenta"), _("Bleu"), _("Vert d'eau"), _("Corail"),
        _("Olive"), _("Mauve"), _("Prune"), _("Rouge"),
    )  # fmt: skip
    return dict(zip(PALETTE, names, strict=True)).get(color, color)


_PLAIN = {
    "rouge": "#DD0022",
    "red": "#DD0022",
    "rose": "#CC1155",
    "pink": "#CC1155",
    "bleu": "#0066DD",
    "blue": "#0066DD",
    "vert": "#449988",
    "green": "#449988",
    "jaune": "#BB8800",
    "yellow": "#BB8800",
    "orange": "#DD7755",
    "violet": "#994477",
    "purple": "#994477",
    "kaki": "#666611",
}
"""The palette's nearest to what people write in a sheet."""


def named_color(words: str) -> str | None:
    """The colour of the palette that these words name (« Framboise », « bleu »), or None."""
    key = fold(words).strip()
    own = {fold(color_name(color)): color for color in PALETTE}
    return own.get(key) or _PLAIN.get(key)


_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")


def clean_color(color: str) -> str | None:
    """``#RRGGBB`` in capitals, or None for what is not a colour. ``#RGB`` is opened."""
    color = color.strip()
    if re.fullmatch(r"#[0-9A-Fa-f]{3}", color):
        color = "#" + "".join(digit * 2 for digit in color[1:])
    return color.upper() if _COLOR.fullmatch(color) else None


def next_color(used: Iterable[str]) -> str:
    """The first colour of the palette that is not in use; when all are, the least used."""
    count = Counter(used)
    return min(PALETTE, key=lambda color: count[color])
