"""Consensus grids, of a project's themes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualikit.coding.model import Position
from qualikit.corpus.model import SourceKind
from qualikit.themes.part import Part

if TYPE_CHECKING:
    from qualikit.coding.suggestions import Suggestion
    from qualikit.themes.consensus.grid import Grid
    from qualikit.themes.consensus.model import Held


class ConsensusPart(Part):
    """Who agrees on what, and who does not."""

    def consensus(
        self,
        *documents: str,
        sources: Sequence[str | SourceKind] | None = None,
        questions: bool | Sequence[str | int] = False,
        codes: Sequence[str] | None = None,
        coder: str | None = None,
        nested: bool = True,
    ) -> Grid:
        """What each participant holds of each theme: agreement, disagreement, nuance, both, nothing.

        ``documents``: titles or ids; else those of these kinds of source; else the focus groups, and where there is
        none the documents in which two participants speak at least. ``questions``: questions of the interview guide in
        the place of themes, all or these (number, text or id). ``codes``: these themes, said or not; else those that
        are coded there. ``coder``: only that coder's codings. ``nested=False``: a code without those under it.

        Raises NotFound, MatrixError.
        """
        from qualikit.themes.consensus import service

        return service.grid(
            self._store, documents, sources=sources, questions=questions, codes=codes, coder=coder, nested=nested
        )

    def set_position(
        self, codings: str | Sequence[str], participant: str, value: Position | str | None, *, strong: bool = False
    ) -> None:
        """Say what a participant holds in a passage, in the place of what is coded there: see
        :func:`qualikit.themes.consensus.positions.set_position`. Raises NotFound, CodingRefused."""
        from qualikit.themes.consensus import positions

        with self._store.write(self._coder) as transaction:
            positions.set_position(transaction, _several(codings), participant, value, strong=strong)

    def remove_position(self, codings: str | Sequence[str], participant: str) -> None:
        """Take back what was set there by hand. Raises NotFound, CodingRefused."""
        from qualikit.themes.consensus import positions

        with self._store.write(self._coder) as transaction:
            positions.remove_position(transaction, _several(codings), participant)

    def correct_cell(
        self,
        document: str,
        row: str,
        participant: str,
        value: Held | str,
        reason: str = "",
        *,
        questions: bool = False,
        seen: Held | str | None = None,
    ) -> None:
        """Set a cell of a consensus grid by hand, with a reason, or confirm what it says: it stays so whatever is coded
        later. ``row`` is a theme or, of a grid of ``questions``, a question of the guide. ``seen``: what its passages
        say in the grid that was looked at (:attr:`Cell.derived`), where that is of one coder or not nested; that can be
        confirmed without a reason. Raises NotFound, MatrixError."""
        from qualikit.themes.consensus import correcting

        with self._store.write(self._coder) as transaction:
            correcting.correct_cell(
                transaction, document, row, participant, value, reason, questions=questions, seen=seen
            )

    def release_cell(self, document: str, row: str, participant: str, *, questions: bool = False) -> None:
        """Take the correction of a cell back: its passages say it again. Raises NotFound, MatrixError."""
        from qualikit.themes.consensus import correcting

        with self._store.write(self._coder) as transaction:
            correcting.release_cell(transaction, document, row, participant, questions=questions)

    def position_proposals(
        self, grid: Grid, code: str, participant: str, document: str | None = None
    ) -> list[Suggestion]:
        """Positions that an assistant proposes in the turns behind a cell, to be accepted or refused with
        ``coding.decide``. Raises NotFound."""
        from qualikit.themes.consensus.proposals import proposals

        group = grid.group(document)
        with self._store.read() as connection:
            return proposals(connection, self._coder, group, grid.cell(code, participant, group))

    def export_consensus(self, path: str | Path, grid: Grid | None = None, *, title: str = "", quotes: int = 3) -> Path:
        """Write consensus grids, one or by default those of the focus groups; the extension says how (``docx``,
        ``xlsx``, ``csv``). ``quotes``: passages quoted for each side of a theme, 0 for none. Raises ExportFailed."""
        from qualikit.themes.consensus.exporting import export

        found = self.consensus() if grid is None else grid
        return export(found, Path(path), project=self._store.name, title=title, quotes=quotes)


def _several(ids: str | Sequence[str]) -> list[str]:
    return [ids] if isinstance(ids, str) else list(ids)
