"""Cells of CSV files that a spreadsheet must not run."""

from __future__ import annotations

import csv
import re

_RUNS = re.compile(r"'*[=+\-@\t\r]")

# A whole document may be one coding: the csv module's own limit on a cell is 131,072 characters.
csv.field_size_limit(2**31 - 1)


def safe_cell(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would take for a formula (``=``, ``+``, ``-``, ``@``)."""
    return f"'{text}" if _RUNS.match(text) else text


def plain_cell(text: str) -> str:
    """What :func:`safe_cell` was given."""
    return text[1:] if text.startswith("'") and _RUNS.match(text) else text
