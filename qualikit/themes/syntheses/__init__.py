"""Syntheses: what an evaluator writes for a theme in a column, the passages it cites, its state and its history."""

from qualikit.themes.syntheses.writing import (
    WHOLE,
    column_label,
    find_code,
    place,
    propose,
    read_syntheses,
    read_synthesis,
    validate_synthesis,
    write_synthesis,
)

__all__ = [
    "WHOLE",
    "column_label",
    "find_code",
    "place",
    "propose",
    "read_syntheses",
    "read_synthesis",
    "validate_synthesis",
    "write_synthesis",
]
