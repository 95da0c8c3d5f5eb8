"""The themes of a project: matrices, syntheses, verbatims, and their export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from qualikit.store import Store
from qualikit.themes.matrix import Matrix
from qualikit.themes.model import Passage, Synthesis

Choice = Literal["auto", "chosen", "all", "none"]


class Themes:
    """What the codings mean, as one coder sees it. Codes are named by id or by name."""

    def __init__(self, store: Store, coder: str) -> None:
        self._store = store
        self._coder = coder

    def matrix(
        self,
        rows: str = "code",
        columns: str = "territory",
        *,
        coder: str | None = None,
        codes: Sequence[str] | None = None,
        sources: Sequence[str] | None = None,
        documents: Sequence[str] | None = None,
        nested: bool = True,
    ) -> Matrix:
        """Themes by territory, source, actor, document or participant. Raises MatrixError."""
        raise NotImplementedError

    def passages(self, matrix: Matrix, row: str, column: str) -> list[Passage]:
        """The passages of one cell, in the order of the documents. Raises MatrixError."""
        raise NotImplementedError

    def synthesis(self, code: str, dimension: str, value: str) -> Synthesis | None:
        """The text written for that theme and column, or None. Raises NotFound, MatrixError."""
        raise NotImplementedError

    def set_synthesis(self, code: str, dimension: str, value: str, text: str) -> Synthesis | None:
        """Write, or with an empty text take away, the synthesis of a theme and column. Raises NotFound, MatrixError."""
        raise NotImplementedError

    def syntheses(self) -> list[Synthesis]:
        """Every synthesis of the project."""
        raise NotImplementedError

    def choose_verbatim(self, coding_id: str) -> None:
        """Choose a coding to be quoted in the report. Raises NotFound."""
        raise NotImplementedError

    def unchoose_verbatim(self, coding_id: str) -> None:
        """Take that choice back."""
        raise NotImplementedError

    def verbatims(self) -> list[Passage]:
        """Every passage chosen to be quoted, in the order of the documents."""
        raise NotImplementedError

    def export(
        self, matrix: Matrix, path: str | Path, *, verbatims: Choice = "auto", title: str | None = None
    ) -> Path:
        """Write a matrix to a file; the extension says in which format. Raises UnknownPlugin, ExportFailed."""
        raise NotImplementedError
