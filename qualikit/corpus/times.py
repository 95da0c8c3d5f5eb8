"""Times of a recording: seconds from its start, read as people and programs write them, and written for people."""

from __future__ import annotations

import re

MAX_HOURS = 1000
"""A recording that would be longer is a mistake in the file."""

_CLOCK = re.compile(r"(?:(?P<h>\d{1,4}):)?(?P<m>\d{1,4}):(?P<s>\d{1,2}(?:[.,:]\d{1,9})?)")
_SPOKEN = re.compile(
    r"(?:(?P<h>\d{1,4}) ?h ?)?(?:(?P<m>\d{1,4}) ?(?:min|mn|m|') ?)?(?:(?P<s>\d{1,5}(?:[.,]\d+)?) ?(?:s|''|\")?)?"
)
_MINUTES = re.compile(r"(h ?\d{1,2})$")  # « 1h02 »


def clock(seconds: float) -> str:
    """« 4:05 », « 1:02:09 »."""
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def read_clock(text: str) -> float | None:
    """Seconds of ``1:02:03``, ``75:10`` (past the hour), ``00:01:02,500``, ``2 min 05``, ``12.5``; None for anything
    else. ``0:01:02:12`` counts frames, which are left out."""
    written = " ".join(text.split()).strip("[]()#<>")
    match = _CLOCK.fullmatch(written)
    if match and (match["h"] or ":" not in match["s"]):
        rest = match["s"].partition(":")[0].replace(",", ".")
    elif (match := _SPOKEN.fullmatch(_MINUTES.sub(r"\1 min", written))) and any(match.groups()):
        rest = (match["s"] or "0").replace(",", ".")
    else:
        return None
    found = int(match["h"] or 0) * 3600 + int(match["m"] or 0) * 60 + float(rest)
    return found if found < MAX_HOURS * 3600 else None
