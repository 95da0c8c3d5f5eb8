"""What is handed in, of a project's themes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from qualikit.errors import ExportFailed
from qualikit.i18n import _
from qualikit.store import Store
from qualikit.themes.crossing import MatrixPart

if TYPE_CHECKING:
    from qualikit.corpus.pseudonyms.key import Key
    from qualikit.themes.documents.leaving import NamesFound
    from qualikit.themes.documents.options import Options
    from qualikit.themes.documents.readiness import Readiness
    from qualikit.themes.exporters.word.template import Template
    from qualikit.themes.themes import Themes


Gathered = TypeVar("Gathered")


class DocumentsPart(MatrixPart):
    """Files that leave, read for names before they do."""

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
        return making.export(
            self._store, self._coder, cast("Themes", self), document, target, asked, key=key, allow_names=allow_names
        )

    def names_left(self, key: Key | None = None) -> NamesFound:
        """Names of the ``key`` (open), numbers and addresses in all that an export may quote."""
        from qualikit.themes.documents.leaving import names_in_project

        return names_in_project(self._store, self._coder, key)

    @contextmanager
    def refusing_names(self, key: Key | None = None, *, allow: bool = False) -> Iterator[None]:
        """Every file that is exported meanwhile is looked at before it is written: names of the ``key`` (open),
        numbers, addresses. Where one is found, it is not written, unless ``allow`` says so. Raises NamesLeft."""
        from qualikit.themes.documents.leaving import refusing_names

        with refusing_names(self._store, self._coder, key, allow=allow):
            yield

    def reading(self, gather: Callable[[Store, str, Themes, Options], Gathered], options: Options) -> Gathered:
        """What a document says, gathered with these options."""
        return gather(self._store, self._coder, cast("Themes", self), options)

    def readiness(self) -> Readiness:
        """What to know before handing in: themes without a synthesis, drafts, texts without a code, pseudonyms."""
        from qualikit.themes.documents.readiness import readiness

        return readiness(self._store, self._coder, cast("Themes", self))
