"""The themes of a project: matrices, syntheses, verbatims, and their export."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from qualikit.coding.model import OperationResult, Position
from qualikit.corpus.model import SourceKind
from qualikit.errors import ExportFailed, SynthesisMoved
from qualikit.i18n import _
from qualikit.store import Store
from qualikit.themes import syntheses, verbatims
from qualikit.themes.cooccurrence import Cooccurrence
from qualikit.themes.matrix import Matrix
from qualikit.themes.model import TOTAL, Column, Passage, Row, Synthesis
from qualikit.themes.passages import chosen_ids, read_passages
from qualikit.themes.reading.finding import Found, find
from qualikit.themes.reading.parsing import parse
from qualikit.themes.reading.query import Query
from qualikit.themes.reading.saved import Queries
from qualikit.themes.syntheses import aside
from qualikit.themes.syntheses.board import Board, read_board
from qualikit.themes.syntheses.citations import Cited, read_cited
from qualikit.themes.syntheses.drafts import Draft, draft
from qualikit.themes.syntheses.history import SynthesisHistory, bring_back, read_history
from qualikit.themes.verbatims import Choice

if TYPE_CHECKING:
    from qualikit.coding.suggestions import Suggestion
    from qualikit.corpus.pseudonyms.key import Key
    from qualikit.themes.comparing.codes import CodeComparison
    from qualikit.themes.comparing.model import Comparison, Group
    from qualikit.themes.comparing.passages import PassageComparison
    from qualikit.themes.comparing.words import WordComparison
    from qualikit.themes.consensus.grid import Grid
    from qualikit.themes.consensus.model import Held
    from qualikit.themes.documents.leaving import NamesFound
    from qualikit.themes.documents.options import Options
    from qualikit.themes.documents.readiness import Readiness
    from qualikit.themes.exporters.word.template import Template
    from qualikit.themes.making import Choices

Gathered = TypeVar("Gathered")


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

        return make(
            self._store, self._coder, rows, columns, value=value, coder=coder, codes=codes, levels=levels,
            sources=sources, documents=documents, where=where, nested=nested,
        )  # fmt: skip

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

        return cooccur(
            self._store, self._coder, relation=relation, distance=distance, coder=coder, codes=codes, levels=levels,
            sources=sources, documents=documents, where=where, nested=nested,
        )  # fmt: skip

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

    @overload
    def compare(
        self, by: str = ..., groups: Sequence[str] | None = ..., what: Literal["codes"] = ..., **asked: Any
    ) -> CodeComparison: ...

    @overload
    def compare(
        self, by: str = ..., groups: Sequence[str] | None = ..., *, what: Literal["words"], **asked: Any
    ) -> WordComparison: ...

    @overload
    def compare(
        self, by: str = ..., groups: Sequence[str] | None = ..., *, what: Literal["passages"], **asked: Any
    ) -> PassageComparison: ...

    @overload
    def compare(
        self, by: str = ..., groups: Sequence[str] | None = ..., what: str = ..., **asked: Any
    ) -> Comparison: ...

    def compare(
        self, by: str = "territory", groups: Sequence[str] | None = None, what: str = "codes", **asked: Any
    ) -> Comparison:
        """Groups compared by ``what``: the ``codes`` that their people raised, the ``words`` they use, the ``passages``
        of each theme side by side.

        ``by``: ``territory``, ``source``, ``actor``, ``document`` or any attribute; ``groups``: its values, case and
        accents aside (None: all that anybody speaks in). Also, by name: ``coder``, ``sources`` narrow what counts;
        ``codes`` (with those under them) what is looked at; ``unit``: ``"people"`` or ``"sessions"``, what is counted
        and dealt anew between the groups; ``cells``: 4 or 2, the form of the log-likelihood. Words are made ready the
        first time, some thousand a second. Raises MatrixError, ImportRefused, MissingDependency.
        """
        from qualikit.themes.comparing.service import compare

        return compare(self._store, by, groups, what, **asked)  # type: ignore[arg-type]

    def comparable(self) -> list[tuple[str, str]]:
        """By what groups can be compared: the name and the user's word of each."""
        from qualikit.themes.comparing.service import ways

        return ways(self._store)

    def comparable_groups(self, by: str = "territory") -> list[Group]:
        """The groups that a comparison can be made of, with the people and documents of each. Raises MatrixError."""
        from qualikit.themes.comparing.service import groups_of

        return groups_of(self._store, by)

    def unread_words(self, by: str = "territory", groups: Sequence[str] | None = None, **asked: Any) -> int:
        """How many characters a comparison of words would have to read first: some thousand words a second."""
        from qualikit.themes.comparing.service import unread_words

        return unread_words(self._store, by, groups, **asked)

    def read_words(
        self,
        by: str = "territory",
        groups: Sequence[str] | None = None,
        progress: Callable[[int, int, str], bool] | None = None,
        **asked: Any,
    ) -> bool:
        """Make ready the words that a comparison needs, for as long as this process runs; ``progress`` is called before
        each text, and stops by giving False: then this is False."""
        from qualikit.themes.comparing.service import read_words

        return read_words(self._store, by, groups, progress, **asked)

    def export_comparison(
        self, path: str | Path, by: str = "territory", groups: Sequence[str] | None = None, **asked: Any
    ) -> Path:
        """Write a comparison as Word (all three parts and how they were made), Excel (tidy sheets) or CSV (one part).

        By name: ``what``: one part or several (Word and Excel: all; CSV: ``"codes"``); ``title``, ``date``; and what
        :meth:`compare` takes. Raises ExportFailed and what :meth:`compare` raises.
        """
        from qualikit.themes.exporters.comparison import export_comparison

        return export_comparison(self._store, Path(path), by, groups, **asked)

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
    ) -> None:
        """Set a cell of a consensus grid by hand, with a reason, or confirm what it says: it stays so whatever is coded
        later. ``row`` is a theme or, of a grid of ``questions``, a question of the guide. Raises NotFound,
        MatrixError."""
        from qualikit.themes.consensus import correcting

        with self._store.write(self._coder) as transaction:
            correcting.correct_cell(transaction, document, row, participant, value, reason, questions=questions)

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

    def export_manual(
        self,
        path: str | Path,
        *,
        title: str = "",
        examples: int = 1,
        counts: bool = True,
        named: bool = False,
        version: int | str | None = None,
        template: str | Path | Template | None = None,
    ) -> Path:
        """Write the codebook as a coding manual in Word: rules, examples, versions. It stands here because it
        quotes the corpus.

        ``examples``: how many a code has at most, its own, then passages chosen for the report, then those that read
        best, whoever coded them; ``named``: with who speaks and the document, else only the kind of source and the
        territory. ``counts``: how much each code is used. ``version``: number or name of the version to print.
        ``template``: a firm's own Word file. Raises NotFound, ExportFailed, TemplateRefused.
        """
        from qualikit.themes.exporters import put_whole
        from qualikit.themes.exporters.word.manual import write_manual
        from qualikit.themes.exporters.word.template import using
        from qualikit.themes.manual import gather

        target = Path(path)
        if target.suffix.lower() != ".docx":
            raise ExportFailed(
                _("Un manuel de codage ne s'écrit pas dans un fichier « {name} ».").format(name=target.name),
                _("Donnez un nom qui se termine par .docx."),
            )
        matrix = self.matrix()
        with self._store.read() as connection:
            manual = gather(
                connection, self._store.name, matrix, examples=examples, counted=counts, named=named, version=version
            )
        with using(template):
            return put_whole(target, lambda file: write_manual(manual, file, title=title))

    def export_synthesis(self, path: str | Path, territory: str, **options: Any) -> Path:
        """Write the thematic synthesis of one territory in Word. Options as in :meth:`export_document`."""
        return self.export_document("synthesis", path, territory=territory, **options)

    def export_verbatims(self, path: str | Path, **options: Any) -> Path:
        """Write the book of verbatims in Word: by theme, each passage under the number that it keeps."""
        return self.export_document("verbatims", path, **options)

    def export_annex(self, path: str | Path, **options: Any) -> Path:
        """Write the whole project as tidy tables in Excel."""
        return self.export_document("annex", path, **options)

    def export_document(
        self,
        name: str,
        path: str | Path,
        *,
        template: str | Path | Template | None = None,
        key: Key | None = None,
        allow_names: bool = False,
        **options: Any,
    ) -> Path:
        """Write one of the documents that are handed in (``themes.documents.DOCUMENTS``), whole or not at all.

        ``template``: a firm's own Word file. ``key``: open, to look for real names before anything is written;
        ``allow_names``: write all the same. ``options``: those of ``themes.documents.options.Options``. The same
        project of the same day gives the same bytes. Raises UnknownPlugin, MatrixError, ExportFailed, NamesLeft.
        """
        from qualikit.themes.documents import deliverable, making
        from qualikit.themes.documents.options import Options
        from qualikit.themes.exporters.word.template import Template

        ground = template if template is None or isinstance(template, Template) else Template.read(template)
        asked = Options(**{**options, "template": ground})
        document, target = deliverable(name), Path(path)
        return making.export(self._store, self._coder, self, document, target, asked, key=key, allow_names=allow_names)

    def names_left(self, key: Key | None = None) -> NamesFound:
        """Names of the ``key`` (open), numbers and addresses in all that an export may quote."""
        from qualikit.themes.documents.leaving import names_in_project

        return names_in_project(self._store, self._coder, key)

    @contextmanager
    def refusing_names(self, key: Key | None = None, *, allow: bool = False) -> Iterator[None]:
        """Every file that is exported meanwhile is looked at before it is written: names of the ``key`` (open),
        numbers, addresses. Where one is found, it is not written, unless that is ``allow``\\ed. Raises NamesLeft."""
        from qualikit.themes.documents.leaving import refusing_names

        with refusing_names(self._store, self._coder, key, allow=allow):
            yield

    def reading(self, gather: Callable[[Store, str, Themes, Options], Gathered], options: Options) -> Gathered:
        """What a document says, gathered with these options."""
        return gather(self._store, self._coder, self, options)

    def readiness(self) -> Readiness:
        """What to know before handing in: themes without a synthesis, drafts, texts without a code, pseudonyms."""
        from qualikit.themes.documents.readiness import readiness

        return readiness(self._store, self._coder, self)

    def with_verbatims(self, matrix: Matrix, choice: Choice = "auto") -> Matrix:
        """The matrix with the verbatims that an export with that choice quotes. Raises MatrixError."""
        with self._store.read() as connection:
            return verbatims.put_for_export(connection, matrix, verbatims.checked(choice))


def _several(ids: str | Sequence[str]) -> list[str]:
    return [ids] if isinstance(ids, str) else list(ids)
