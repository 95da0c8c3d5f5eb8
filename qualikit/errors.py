"""Every error that qualikit raises on purpose.

    QualikitError
    ├── StoreError                the project file or database
    │   ├── ProjectMissing            nothing at that place
    │   ├── ProjectExists             something is already there
    │   ├── ForeignFile               the file is not a qualikit project
    │   ├── DamagedProject            a qualikit project that is cut short or corrupt
    │   ├── NewerProject              written by a later qualikit
    │   ├── ReadOnlyProject           cannot be written to
    │   ├── ProjectBusy               another process kept it locked for too long
    │   └── BackupFailed              the copy asked for could not be made
    ├── NotFound                  a document, code, coder… that the project does not have
    ├── UnknownPlugin             no reader, exporter… of that name or for that file
    ├── ReadError                 a file brought from the field
    │   ├── UnreadableFile            damaged, mislabelled, encrypted or hostile
    │   └── EmptyDocument             nothing in it to read
    ├── ImportRefused             the document, as previewed, cannot be saved
    │   └── DuplicateDocument         the same file is already in the project
    ├── CorrectionRefused         a correction of a text that cannot be made as asked
    ├── SheetError                a table (CSV, Excel) that lacks a column or a row
    ├── CodebookError             a codebook file or a change to the codebook
    ├── CodingRefused             a coding that does not match the text
    ├── GuideRefused              a question of the interview guide, or its place, that cannot be so
    ├── SearchError               a search that cannot be read
    ├── UndoRefused               the rows have moved on since, or nothing to undo
    ├── KeyRefused                the key of the pseudonyms: not there, not one, another passphrase
    ├── OriginalErased            the file a document came from was deleted for good
    ├── MatrixError               rows, columns or filters that do not exist
    ├── SynthesisRefused          a synthesis that cannot be validated as it is
    │   └── SynthesisMoved            somebody else wrote it in the meantime
    ├── ExportFailed              the document asked for could not be written
    │   ├── TemplateRefused           a template that is not Word, has macros, or marks that do not exist
    │   └── NamesLeft                 it would hold names that were to be replaced
    ├── EndpointRefused           a language model that may not be asked: not set, not allowed, or not safely reached
    │   └── EndpointFailed            it was asked and does not answer as one
    ├── MissingDependency         an optional library is not installed
    └── ApplicationNotStarted     the browser application could not start

Each carries ``code`` (stable, for logs and tests), ``what`` (what happened) and
``todo`` (what to do about it), both in plain words in the user's language.
``str(error)`` is the two sentences: what a page or the command line shows.
"""

from __future__ import annotations


class QualikitError(Exception):
    """Base of all. ``what`` and ``todo`` are whole sentences for the user, already translated."""

    code = "error"

    def __init__(self, what: str, todo: str = "") -> None:
        self.what = what
        self.todo = todo
        super().__init__(f"{what} {todo}".strip())


class StoreError(QualikitError):
    code = "store"


class ProjectMissing(StoreError):
    code = "store.missing"


class ProjectExists(StoreError):
    code = "store.exists"


class ForeignFile(StoreError):
    code = "store.foreign"


class DamagedProject(StoreError):
    code = "store.damaged"


class NewerProject(StoreError):
    code = "store.newer"


class ReadOnlyProject(StoreError):
    code = "store.read_only"


class ProjectBusy(StoreError):
    code = "store.busy"


class BackupFailed(StoreError):
    code = "store.backup"


class NotFound(QualikitError):
    code = "not_found"


class UnknownPlugin(QualikitError):
    code = "plugin.unknown"


class ReadError(QualikitError):
    code = "read"


class UnreadableFile(ReadError):
    code = "read.unreadable"


class EmptyDocument(ReadError):
    code = "read.empty"


class ImportRefused(QualikitError):
    code = "import.refused"


class DuplicateDocument(ImportRefused):
    code = "import.duplicate"


class CorrectionRefused(QualikitError):
    code = "correction"


class SheetError(QualikitError):
    code = "sheet"


class CodebookError(QualikitError):
    """``line`` is the 1-based line of the file at fault, where one is known."""

    code = "codebook"

    def __init__(self, what: str, todo: str = "", line: int | None = None) -> None:
        super().__init__(what, todo)
        self.line = line


class CodingRefused(QualikitError):
    code = "coding.refused"


class GuideRefused(QualikitError):
    code = "guide"


class SearchError(QualikitError):
    code = "search"


class UndoRefused(QualikitError):
    code = "history.refused"


class KeyRefused(QualikitError):
    code = "key.refused"


class OriginalErased(QualikitError):
    code = "original.erased"


class MatrixError(QualikitError):
    code = "matrix"


class SynthesisRefused(QualikitError):
    code = "synthesis_refused"


class SynthesisMoved(SynthesisRefused):
    code = "synthesis_moved"


class ExportFailed(QualikitError):
    code = "export"


class TemplateRefused(ExportFailed):
    code = "export.template"


class NamesLeft(ExportFailed):
    code = "export.names"


class EndpointRefused(QualikitError):
    code = "endpoint.refused"


class EndpointFailed(EndpointRefused):
    code = "endpoint.failed"


class MissingDependency(QualikitError):
    code = "dependency"


class ApplicationNotStarted(QualikitError):
    code = "application"
