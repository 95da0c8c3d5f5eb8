"""Charts: from a value of this room to a picture. One file a kind of chart, each a function that gives an
``altair.Chart``; altair and vl-convert are loaded where they are needed, and nothing is fetched.

Colours go from light to dark in one hue, so that they are told apart in grey and by the colour-blind; figures are
written in the chart.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from qualikit.errors import ExportFailed
from qualikit.i18n import _, language

if TYPE_CHECKING:
    import altair as alt

FORMATS = ("png", "svg")
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
LIGHT, DARK = ("#f4f7fa", "#79abd0", "#0b3a5e"), ("#1d2933", "#3f7fae", "#b5dcf7")
"""From little to much, on a light and on a dark page."""
INK, PALE, PAPER = "#1c2530", "#e8edf2", "#ffffff"
SCALE = 2.0
"""Pixels of a PNG for one of the chart."""
TWIPS = 15 / SCALE
"""Width of a pixel of a PNG in a document where the chart's letters are as large as the text's."""
_NUMBERS: dict[str, Any] = {"decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", "\u00a0€"]}


def picture(
    chart: alt.Chart | alt.LayerChart | alt.VConcatChart, format: str, *, width: int | None = None, scale: float = SCALE
) -> bytes:
    """The chart as a ``png`` or ``svg`` file: the same chart gives the same bytes, without a network.

    ``width``: of what is plotted, in pixels, unless the chart says it; ``scale``: pixels of a PNG for one of the chart.
    Raises ExportFailed for another format.
    """
    import vl_convert

    if format not in FORMATS:
        raise ExportFailed(
            _("Une image ne s'écrit pas au format « {format} ».").format(format=format),
            _("Il y a : {names}.").format(names=", ".join(FORMATS)),
        )
    spec = chart.configure(font=FONT, background=PAPER).to_dict()
    if width is not None:
        spec.setdefault("width", width)
    about: dict[str, Any] = {"vl_version": _version(), "allowed_base_urls": []}
    if language() == "fr":
        about["format_locale"] = _NUMBERS
    if format == "svg":
        return _renumbered(vl_convert.vegalite_to_svg(spec, **about)).encode()
    return bytes(vl_convert.vegalite_to_png(spec, scale=scale, **about))


def _renumbered(svg: str) -> str:
    """The same picture with its inner names numbered from 0: the library goes on counting from one to the next."""
    numbers: dict[str, str] = {}

    def name(match: re.Match[str]) -> str:
        return match[1] + match[2] + numbers.setdefault(match[2] + match[3], str(len(numbers)))

    return re.sub(r'(id="|url\(#)(gradient_|clip)(\d+)', name, svg)


def _version() -> str:
    """The Vega-Lite that altair writes, as vl-convert names it: « 5.20 »."""
    import altair as alt

    return ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
