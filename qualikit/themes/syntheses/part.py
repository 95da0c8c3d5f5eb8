"""What is written of each theme, of a project's themes."""

from __future__ import annotations

from qualikit.errors import SynthesisMoved
from qualikit.themes import syntheses
from qualikit.themes.crossing import MatrixPart
from qualikit.themes.matrix import Matrix
from qualikit.themes.model import TOTAL, Synthesis
from qualikit.themes.syntheses import aside
from qualikit.themes.syntheses.board import Board, read_board
from qualikit.themes.syntheses.citations import Cited, read_cited
from qualikit.themes.syntheses.drafts import Draft, draft
from qualikit.themes.syntheses.history import SynthesisHistory, bring_back, read_history


class SynthesesPart(MatrixPart):
    """What evaluators write, and its first drafts."""

    def synthesis(self, code: str, dimension: str, value: str) -> Synthesis | None:
        """The text written for that theme and column, or None. Raises NotFound, MatrixError."""
        with self._store.read() as connection:
            code_id, _name = syntheses.find_code(connection, code)
            return syntheses.read_synthesis(connection, code_id, *syntheses.place(dimension, value))

    def set_synthesis(
        self, code: str, dimension: str, value: str, text: str, *, instead_of: str | None = None
    ) -> Synthesis | None:
        """Write, or with an empty text take away, the synthesis of a theme and column (``TOTAL``: of the whole). What
        was validated is a draft again. Passages are cited with :func:`qualikit.themes.syntheses.citations.mark`.

        ``instead_of``: the text that its writer had before them. Where somebody wrote another in the meantime nothing
        is replaced: SynthesisMoved is raised, and the text is kept for :meth:`synthesis_aside`.
        Raises NotFound, MatrixError.
        """
        try:
            with self._store.write(self._coder) as transaction:
                syntheses.write_synthesis(transaction, code, dimension, value, text, instead_of=instead_of)
        except SynthesisMoved:
            self.keep_synthesis_aside(code, dimension, value, text)
            raise
        return self.synthesis(code, dimension, value)

    def synthesis_aside(self, code: str, dimension: str, value: str) -> str:
        """What this coder wrote for that cell and could not be saved, or nothing. Raises NotFound, MatrixError."""
        return aside.kept(self._store, self._coder, self._cell(code, dimension, value))

    def keep_synthesis_aside(self, code: str, dimension: str, value: str, text: str) -> None:
        """Keep a text for this coder beside what stands in that cell; an empty one takes away what was kept."""
        aside.keep(self._store, self._coder, self._cell(code, dimension, value), text)

    def validate_synthesis(
        self, code: str, dimension: str, value: str, *, on: bool = True, text: str | None = None
    ) -> Synthesis | None:
        """Say that a synthesis is validated, by this coder and now, or a draft again. ``text``: what was read before
        it was found right. Raises NotFound, SynthesisRefused, SynthesisMoved, MatrixError."""
        with self._store.write(self._coder) as transaction:
            syntheses.validate_synthesis(transaction, code, dimension, value, on=on, text=text)
        return self.synthesis(code, dimension, value)

    def synthesis_history(self, code: str, dimension: str, value: str) -> SynthesisHistory:
        """Who wrote what in that cell, and when, the latest first. Raises NotFound, MatrixError."""
        with self._store.read() as connection:
            return read_history(connection, code, dimension, value)

    def bring_back_synthesis(self, code: str, dimension: str, value: str, seq: int) -> Synthesis | None:
        """Write again what a version of the history said. Raises NotFound, MatrixError."""
        with self._store.write(self._coder) as transaction:
            bring_back(transaction, code, dimension, value, seq)
        return self.synthesis(code, dimension, value)

    def synthesis_board(self, dimension: str = "territory", *, matrix: Matrix | None = None) -> Board:
        """Every cell with what is written in it, what is left to write, and what came after it was validated; of a
        matrix, or of every code by that dimension. Raises MatrixError."""
        counted = matrix if matrix is not None else self.matrix(columns=dimension)
        with self._store.read() as connection:
            return read_board(connection, counted)

    def draft_synthesis(self, code: str, dimension: str, value: str, *, typical: int = 3, different: int = 2) -> Draft:
        """A first draft of that cell: counts, positions, and what is said most and most differently, each sentence with
        its passages. Nothing is written. Raises NotFound, MatrixError."""
        counted = self.matrix(columns=dimension if value != TOTAL else "territory")
        with self._store.read() as connection:
            row = counted.row(syntheses.find_code(connection, code)[0])
            column = counted.column(value)
            return draft(connection, counted, row, column, typical=typical, different=different)

    def add_draft(self, code: str, dimension: str, value: str) -> Synthesis | None:
        """Write the draft of that cell where nothing is written, or after what is, as one action. Raises NotFound,
        MatrixError."""
        proposed = self.draft_synthesis(code, dimension, value)
        with self._store.write(self._coder) as transaction:
            syntheses.propose(transaction, code, dimension, value, proposed.text)
        return self.synthesis(code, dimension, value)

    def cited(self, *texts: str) -> list[Cited]:
        """The texts as they are shown: their citations numbered in the order in which they first stand, from one text
        to the next."""
        with self._store.read() as connection:
            return read_cited(connection, texts)

    def syntheses(self) -> list[Synthesis]:
        """Every synthesis of the project, those of columns that are no more among them."""
        with self._store.read() as connection:
            return syntheses.read_syntheses(connection)

    def _cell(self, code: str, dimension: str, value: str) -> tuple[str, str, str]:
        with self._store.read() as connection:
            code_id, _name = syntheses.find_code(connection, code)
        return (code_id, *syntheses.place(dimension, value))
