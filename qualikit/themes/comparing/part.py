"""Groups compared, of a project's themes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from qualikit.themes.part import Part

if TYPE_CHECKING:
    from qualikit.themes.comparing.codes import CodeComparison
    from qualikit.themes.comparing.model import Comparison, Group
    from qualikit.themes.comparing.passages import PassageComparison
    from qualikit.themes.comparing.words import WordComparison


class ComparingPart(Part):
    """Groups held against one another."""

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

    def group_voices(self, by: str, group: str) -> tuple[list[str], list[str]]:
        """Ids of the documents and of the people to which a search is narrowed for what a group says; none: to any.
        Raises MatrixError."""
        from qualikit.themes.comparing.service import voices_of

        return voices_of(self._store, by, group)

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
