"""The room of the coding: who read what as what."""

from qualikit.coding.codings import Codings
from qualikit.coding.model import Code, Codebook, CodeKind, Coding, Memo, OperationResult, Origin, Position, Refusal

__all__ = [
    "Code",
    "CodeKind",
    "Codebook",
    "Coding",
    "Codings",
    "Memo",
    "OperationResult",
    "Origin",
    "Position",
    "Refusal",
]
