"""A project: one evaluation, with its corpus, its codings, its themes and its history."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any

from qualikit.coding import Codings
from qualikit.corpus import Corpus
from qualikit.history import History
from qualikit.settings import default_coder
from qualikit.store import Store
from qualikit.store.files import with_suffix
from qualikit.themes import Themes


class Project:
    """One evaluation, as one coder sees it.

    >>> with Project.create("evaluation.qualikit", coder="Camille") as project:  # doctest: +SKIP
    ...     project.corpus.import_files(["entretien.docx"])
    ...     project.coding.codebook
    ...     project.themes.matrix(rows="code", columns="territory").to_frame()
    ...     project.history.undo()
    """

    def __init__(self, store: Store, coder: str | None = None) -> None:
        self.store = store
        self.coder = coder or default_coder()
        """Name of the one who works: every change is recorded under it."""

    @classmethod
    def create(cls, place: str | Path, *, name: str | None = None, coder: str | None = None) -> Project:
        """A new, empty project. ``name`` defaults to the file's. Raises ProjectExists, ReadOnlyProject."""
        return cls(Store.create(place, name or with_suffix(Path(place)).stem), coder)

    @classmethod
    def open(cls, place: str | Path, *, coder: str | None = None) -> Project:
        """An existing project. Raises ProjectMissing, ForeignFile, DamagedProject, NewerProject, ReadOnlyProject."""
        return cls(Store.open(place), coder)

    @property
    def name(self) -> str:
        return self.store.name

    @property
    def path(self) -> Path | None:
        """The project file; None for a database on a server."""
        return self.store.path

    @property
    def revision(self) -> int:
        """Grows with every change: the cache key of everything derived."""
        return self.store.revision()

    @cached_property
    def corpus(self) -> Corpus:
        """What was said, by whom, where."""
        return Corpus(self.store, self.coder)

    @cached_property
    def coding(self) -> Codings:
        """Who read what as what."""
        return Codings(self.store, self.coder)

    @cached_property
    def themes(self) -> Themes:
        """What it means."""
        return Themes(self.store, self.coder)

    @cached_property
    def history(self) -> History:
        """What was done, and undo."""
        return History(self.store, self.coder)

    def check(self) -> list[str]:
        """Verify the whole project: the file itself, references, every text's hash, every turn's place, every coding's
        quote. Returns what is wrong, one sentence each; empty when all is well."""
        from qualikit.checking import check

        return check(self.store)

    def preference(self, key: str, default: Any = None) -> Any:
        """What this coder set under ``key``."""
        return self.store.preference(self.coder, key, default)

    def set_preference(self, key: str, value: Any) -> None:
        """Remember a JSON value for this coder: where they were, what they pinned."""
        self.store.set_preference(self.coder, key, value)

    def close(self) -> None:
        self.store.close()

    def __enter__(self) -> Project:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Project {self.name!r} at {self.path or self.store.engine.url!r}>"
