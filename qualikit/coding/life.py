"""The life of the codebook: files in and out, who changed it and why, its versions, what use is made of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualikit.coding import queries
from qualikit.coding.model import Code, Codebook
from qualikit.coding.part import Part, found_code

if TYPE_CHECKING:
    import pandas as pd

    from qualikit.coding.codebooks import CodebookReport
    from qualikit.coding.codebooks.comparing import CodeChange
    from qualikit.coding.codebooks.history import CodebookChange
    from qualikit.coding.codebooks.layout import Layout
    from qualikit.coding.codebooks.preview import CodebookPreview
    from qualikit.coding.codebooks.versions import CodebookVersion, Restoration
    from qualikit.coding.saturation import Saturation


class CodebookLife(Part):
    """What :class:`qualikit.coding.Codings` offers around the codebook."""

    # -- files

    def preview_codebook(self, path: str | Path, layout: Layout | None = None) -> CodebookPreview:
        """What importing a file would do, nothing being written: what each column is taken for, the tree that results,
        what is added and completed, warnings with their lines. ``layout`` changes the proposed reading.

        Raises CodebookError, SheetError, ReadError.
        """
        from qualikit.coding.codebooks.preview import preview

        with self._store.read() as connection:
            return preview(Path(path), queries.codebook(connection), layout)

    def import_codebook(self, path: str | Path, layout: Layout | None = None) -> CodebookReport:
        """Bring in a codebook (YAML, CSV, Excel, Word), in one event: codes of the same name are completed, new ones
        added, none removed. ``layout``: how its tables are read, where that is not what is proposed.

        Raises CodebookError, SheetError, ReadError.
        """
        from qualikit.coding.codebooks import merge, read_codebook

        file = read_codebook(Path(path), layout)
        with self._store.write(self._coder) as transaction:
            return merge(transaction, file)

    def export_codebook(self, path: str | Path) -> None:
        """Write the codebook: the ending says how (``.yaml``, ``.csv``, ``.xlsx``). Raises ExportFailed."""
        from qualikit.coding.codebooks import save_codebook

        with self._store.read() as connection:
            book = queries.codebook(connection)
        save_codebook(book, Path(path), name=self._store.name)

    # -- who changed what, and why

    def codebook_log(self, *, code: str | Code | None = None, coder: str | None = None) -> list[CodebookChange]:
        """Every change of the codebook, the latest first, with what each did to which code, whether it was undone and
        why it was made; each argument narrows. Versions that were named are in it too."""
        from qualikit.coding.codebooks.history import read_log

        with self._store.read() as connection:
            log = read_log(connection)
            id = None if code is None else found_code(queries.codebook(connection), code).id
        return [
            change
            for change in log
            if (coder is None or change.coder == coder) and (id is None or any(c.code_id == id for c in change.codes))
        ]

    def note_change(self, seq: int, text: str) -> None:
        """Say why the change of that number (of :meth:`codebook_log`) was made; an empty text takes it away.

        Raises NotFound.
        """
        from qualikit.coding.codebooks.history import write_note

        with self._store.write(self._coder) as transaction:
            write_note(transaction, seq, text)

    # -- versions

    def save_version(self, name: str = "", note: str = "") -> CodebookVersion:
        """Keep the codebook of now as a version; ``note`` says why. Raises CodebookError where it is empty."""
        from qualikit.coding.codebooks.versions import find_version, save

        with self._store.write(self._coder) as transaction:
            return find_version(transaction.connection, save(transaction, name, note))

    def versions(self) -> list[CodebookVersion]:
        """The versions of the codebook, the first one first."""
        from qualikit.coding.codebooks.versions import read_versions

        with self._store.read() as connection:
            return read_versions(connection)

    def version(self, which: int | str) -> CodebookVersion:
        """The version of that number or name. Raises NotFound."""
        from qualikit.coding.codebooks.versions import find_version

        with self._store.read() as connection:
            return find_version(connection, which)

    def compare(self, before: int | str, after: int | str | None = None) -> tuple[CodeChange, ...]:
        """What changed from one version to another (None: to the codebook of now), code by code. Raises NotFound."""
        from qualikit.coding.codebooks.comparing import compare

        one = self.version(before).codebook
        with self._store.read() as connection:
            other = queries.codebook(connection)
        return compare(one, other if after is None else self.version(after).codebook)

    def export_version(self, which: int | str, path: str | Path) -> None:
        """Write a version as :meth:`export_codebook` writes the codebook of now. Raises NotFound, ExportFailed."""
        from qualikit.coding.codebooks import save_codebook

        version = self.version(which)
        save_codebook(version.codebook, Path(path), name=f"{self._store.name}, {version.name}")

    def foresee_restoration(self, which: int | str, *, retire: bool = False) -> Restoration:
        """What :meth:`restore_version` would do. Raises NotFound."""
        from qualikit.coding.codebooks.versions import foresee

        version = self.version(which)
        with self._store.read() as connection:
            return foresee(queries.codebook(connection), version, retire=retire)

    def restore_version(self, which: int | str, *, retire: bool = False) -> Restoration:
        """Bring names, definitions, order and colours of a version back, in one event. No coding goes: codes added
        since stay, in use or, with ``retire``, retired. Raises NotFound."""
        from qualikit.coding.codebooks.versions import restore

        version = self.version(which)
        with self._store.write(self._coder) as transaction:
            return restore(transaction, version, retire=retire)

    # -- use

    def usage_frame(self, by: str = "week") -> pd.DataFrame:
        """Codings made, by code, coder and ``day``, ``week`` or ``month``: see
        :func:`qualikit.coding.usage.usage_frame`. Raises CodebookError."""
        from qualikit.coding.usage import checked_period, usage_frame

        period = checked_period(by)
        with self._store.read() as connection:
            return usage_frame(connection, queries.codebook(connection), period)

    def saturation(
        self,
        order: str = "read",
        *,
        coder: str | None = None,
        codes: Sequence[str | Code] | None = None,
        permutations: int = 1_000,
        seed: int = 2024,
    ) -> Saturation:
        """New codes per document in the order in which they were read (``read``: the first coding of each, by
        ``coder`` where one is named), of their ``date`` or ``title``, beside what other orders give: their exact mean,
        and the bounds of nine in ten of ``permutations`` random ones. ``codes``: only these and those under them.

        Raises CodebookError, NotFound.
        """
        from qualikit.coding.saturation import checked_order
        from qualikit.coding.usage import read_saturation

        wanted = checked_order(order)
        with self._store.read() as connection:
            book: Codebook = queries.codebook(connection)
            return read_saturation(
                connection,
                book,
                order=wanted,
                coder=coder,
                wanted=[found_code(book, code) for code in codes or ()],
                permutations=permutations,
                seed=seed,
            )
