"""Matrices, codes that meet, passages and verbatims, of a project's themes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, overload

from qualikit.coding.model import OperationResult
from qualikit.corpus.model import SourceKind
from qualikit.themes import verbatims
from qualikit.themes.cooccurrence import Cooccurrence
from qualikit.themes.matrix import Matrix
from qualikit.themes.model import TOTAL, Column, Passage, Row
from qualikit.themes.narrowing import Scope
from qualikit.themes.part import Part
from qualikit.themes.passages import chosen_ids, read_passages
from qualikit.themes.reading.finding import Found, find
from qualikit.themes.reading.parsing import parse
from qualikit.themes.reading.query import Query
from qualikit.themes.reading.saved import Queries
from qualikit.themes.verbatims import Choice

if TYPE_CHECKING:
    from qualikit.themes.exporters.word.template import Template
    from qualikit.themes.making import Choices


class MatrixPart(Part):
    """Two things crossed, what is in each cell."""

    def matrix(
        self,
        rows: str = "code",
        columns: str = "territory",
        *,
        value: str = "codings",
        coder: str | None = None,
        codes: Sequence[str] | None = None,
        levels: int | None = None,
        sources: Sequence[str | SourceKind] | None = None,
        documents: Sequence[str] | None = None,
        where: Query | str | None = None,
        nested: bool = True,
    ) -> Matrix:
        """Two of ``code``, ``territory``, ``source``, ``actor``, ``document``, ``participant``, ``coder``, ``month``,
        ``quarter``, ``year``, or an attribute by its name, one down and one across.

        ``value``: what cells show first, one of ``codings``, ``people``, ``sessions``, ``words``, ``presence``; words
        are counted only where they are asked for, since the texts are read for them. ``coder``: only that coder's
        codings. ``codes``: only these; ``levels``: only so many levels of their tree. ``sources``, ``documents``: only
        these kinds of source, these titles or ids; the denominators follow. ``where``: a query, or the name of a saved
        one; its conditions on where and by whom something is said narrow the denominators too, and a query reads
        one's own codings unless it says otherwise. ``nested=False``: a code without those under it.

        A person counts in a cell when a coding overlaps their own words, not just their label; a participant's own
        territory or attribute wins over the document's, so that a coding of two people's words can stand in two
        columns, and once in the total. Words that no participant says (a note, a moderator) count as coding and
        document, in the document's own column, and never as a person. A cell in which no voice and no document stands
        could hold nothing (``Cell.possible``): that is not nobody having said it.

        Raises MatrixError, NotFound, SearchError.
        """
        from qualikit.themes.making import make

        scope = Scope(coder, codes, levels, sources, documents, where, nested)
        return make(self._store, self._coder, rows, columns, scope, value=value)

    def sides(self) -> list[str]:
        """What the rows and columns of a matrix can be, the attributes of the project among them."""
        from qualikit.themes.making import sides

        return sides(self._store)

    def choices(self) -> Choices:
        """What a matrix can be narrowed to: the values there are."""
        from qualikit.themes.making import choices

        return choices(self._store)

    def cooccurrence(
        self,
        relation: str = "overlapping",
        *,
        distance: int = 3,
        coder: str | None = None,
        codes: Sequence[str] | None = None,
        levels: int | None = None,
        sources: Sequence[str | SourceKind] | None = None,
        documents: Sequence[str] | None = None,
        where: Query | str | None = None,
        nested: bool = False,
    ) -> Cooccurrence:
        """Which codes meet: ``overlapping`` (they share a character), ``turn`` (a turn has words of both), ``near``
        (``distance`` turns apart at most), ``document``. Codings of every coder are counted, those of one code that
        overlap as one passage; the rest as for :meth:`matrix`. ``nested``: a code with those under it.

        Raises MatrixError, NotFound, SearchError.
        """
        from qualikit.themes.cooccurrence import cooccur

        scope = Scope(coder, codes, levels, sources, documents, where, nested)
        return cooccur(self._store, self._coder, scope, relation=relation, distance=distance)

    def export_cooccurrence(
        self, found: Cooccurrence, path: str | Path, *, value: str = "passages", title: str | None = None
    ) -> Path:
        """Write it to a file; the extension says in which format (``docx``, ``xlsx``, ``csv``, ``png``, ``svg``).

        ``value``: what is drawn, of ``passages``, ``turns``, ``jaccard``, ``documents``, ``pairs``.
        Raises ExportFailed, MatrixError.
        """
        from qualikit.themes.exporters.cooccurrence import export_cooccurrence

        return export_cooccurrence(found, Path(path), value=value, title=title or "", project=self._store.name)

    @overload
    def passages(self, matrix: Matrix, row: Row | str, column: Column | str = TOTAL) -> list[Passage]: ...

    @overload
    def passages(self, matrix: Cooccurrence, row: Row | str, column: Row | str) -> list[Passage]: ...

    @overload
    def passages(self, matrix: Query | str) -> Found: ...

    def passages(
        self,
        matrix: Matrix | Cooccurrence | Query | str,
        row: Row | str = TOTAL,
        column: Column | Row | str = TOTAL,
    ) -> list[Passage] | Found:
        """The passages that a cell of a matrix counts, in the order of the documents; those of a code that meet
        another; or those that a query gathers, given as a value or as it is typed (« Météo ET Freins »). Raises
        MatrixError, SearchError, NotFound."""
        if isinstance(matrix, Cooccurrence):
            met = matrix.coding_ids(row, column)  # type: ignore[arg-type]
            with self._store.read() as connection:
                return read_passages(connection, met)
        if not isinstance(matrix, Matrix):
            query = Query(codes=parse(matrix)) if isinstance(matrix, str) else matrix
            return find(self._store, query, self._coder)
        ids = matrix.coding_ids(row, column)  # type: ignore[arg-type]
        with self._store.read() as connection:
            return read_passages(connection, ids)

    def passages_of(self, coding_ids: Sequence[str]) -> list[Passage]:
        """These codings with what is needed to quote them, in the order given; those that are gone are left out."""
        with self._store.read() as connection:
            return read_passages(connection, coding_ids)

    @property
    def queries(self) -> Queries:
        """The ways of gathering passages that were given a name."""
        return Queries(self._store, self._coder)

    def apply(self, operations: Sequence[object]) -> OperationResult:
        """Apply what is done to passages while they are read, as the browser sends it: see
        :func:`qualikit.themes.reading.operations.apply`."""
        from qualikit.themes.reading.operations import apply

        return apply(self._store, self._coder, operations)

    def choose_verbatim(self, coding_id: str) -> None:
        """Choose a coding to be quoted in the report. Raises NotFound."""
        with self._store.write(self._coder) as transaction:
            verbatims.choose(transaction, coding_id)

    def unchoose_verbatim(self, coding_id: str) -> None:
        """Take that choice back; nothing happens where there is none."""
        with self._store.write(self._coder) as transaction:
            verbatims.unchoose(transaction, coding_id)

    def verbatims(self) -> list[Passage]:
        """Every passage chosen to be quoted, in the order of the documents."""
        with self._store.read() as connection:
            return read_passages(connection, chosen_ids(connection))

    def export(
        self,
        matrix: Matrix,
        path: str | Path,
        *,
        verbatims: Choice = "auto",
        title: str | None = None,
        chart: str | None = None,
        template: str | Path | Template | None = None,
    ) -> Path:
        """Write a matrix to a file; the extension says in which format (``docx``, ``xlsx``, ``csv``; ``png`` and
        ``svg``: as a picture).

        ``chart``: ``heat`` or ``bubbles``, which Word and Excel then hold too, Word with what it shows in words.
        ``verbatims``: ``auto`` quotes the passages chosen and, where a cell has none, two that are marked as picked;
        ``chosen``, ``all`` and ``none`` say themselves. ``template``: a firm's own Word file, for Word. The file is
        written beside, then put in place whole. Raises UnknownPlugin, ExportFailed, MatrixError, TemplateRefused.
        """
        from qualikit.themes.charts.matrix import checked
        from qualikit.themes.exporters import ExportOptions, export_matrix, exporter_for
        from qualikit.themes.exporters.word.template import using

        exporter = exporter_for(str(path))
        drawn = checked(chart) if chart else ""
        matrix = self.with_verbatims(matrix, verbatims)
        about = ExportOptions(project=self._store.name, title=title or "", verbatims=verbatims, chart=drawn)
        with using(template):
            return export_matrix(exporter, matrix, Path(path), about)

    def with_verbatims(self, matrix: Matrix, choice: Choice = "auto") -> Matrix:
        """The matrix with the verbatims that an export with that choice quotes. Raises MatrixError."""
        with self._store.read() as connection:
            return verbatims.put_for_export(connection, matrix, verbatims.checked(choice))
