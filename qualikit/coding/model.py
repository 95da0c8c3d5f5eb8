"""What the coding is made of: frozen values, made and compared without a database. Ids are UUIDs as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from qualikit.coding.names import name_key
from qualikit.i18n import _
from qualikit.text import Span


class CodeKind(StrEnum):
    """What a code says of a passage: what it is about, or how the speaker stands."""

    THEME = "theme"
    POSITION = "position"


class Position(StrEnum):
    """The value of a position code."""

    AGREEMENT = "agreement"
    DISAGREEMENT = "disagreement"
    NUANCE = "nuance"


class Origin(StrEnum):
    """How a coding came to be: by hand, by accepting a suggestion, from a file."""

    HAND = "hand"
    SUGGESTION = "suggestion"
    IMPORT = "import"


def position_label(position: Position) -> str:
    """Name of the position for the user."""
    return {
        Position.AGREEMENT: _("Accord"),
        Position.DISAGREEMENT: _("Désaccord"),
        Position.NUANCE: _("Nuance"),
    }[position]


@dataclass(frozen=True)
class Code:
    """One code of the codebook. ``position`` is its place among its siblings; ``shortcut`` one digit. One that is not
    ``active`` is retired: it keeps its codings and takes no new ones."""

    id: str
    name: str
    parent_id: str | None = None
    position: int = 0
    definition: str = ""
    use: str = ""
    avoid: str = ""
    keywords: tuple[str, ...] = ()
    example: str = ""
    color: str = "#808080"
    shortcut: str | None = None
    kind: CodeKind = CodeKind.THEME
    value: Position | None = None
    active: bool = True


@dataclass(frozen=True)
class Codebook:
    """A tree of codes as a value. ``codes`` are in reading order: each before its children, siblings by position.

    Made with :meth:`of`, which puts them in that order. Names are unique, case and accents aside.
    """

    codes: tuple[Code, ...] = ()
    name: str = ""
    description: str = ""

    @classmethod
    def of(cls, codes: Iterable[Code], name: str = "", description: str = "") -> Codebook:
        """The tree of these codes, given in any order. One whose parent is missing, or that would be its own ancestor
        (two coders' undos can cross), stands at the root: no code is ever out of sight."""
        by_id = {code.id: code for code in codes}
        children: dict[str | None, list[Code]] = {}
        for code in sorted(by_id.values(), key=lambda code: (code.position, code.name)):
            children.setdefault(code.parent_id if code.parent_id in by_id else None, []).append(code)
        ordered: list[Code] = []
        placed: set[str] = set()

        def walk(start: Code, parent: str | None) -> None:
            waiting = [(start, parent)]
            while waiting:
                code, parent = waiting.pop()
                if code.id not in placed:
                    placed.add(code.id)
                    ordered.append(replace(code, parent_id=parent))
                    waiting += [(child, code.id) for child in reversed(children.get(code.id, []))]

        for root in children.get(None, []):
            walk(root, None)
        for code in by_id.values():  # only those in a circle are left
            if code.id not in placed:
                walk(code, None)
        return cls(tuple(ordered), name, description)

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def __contains__(self, id: object) -> bool:
        return id in self._by_id

    @cached_property
    def _by_id(self) -> dict[str, Code]:
        return {code.id: code for code in self.codes}

    @cached_property
    def _by_key(self) -> dict[str, Code]:
        return {name_key(code.name): code for code in self.codes}

    @cached_property
    def _children(self) -> dict[str | None, tuple[Code, ...]]:
        found: dict[str | None, tuple[Code, ...]] = {}
        for code in self.codes:
            found[code.parent_id] = (*found.get(code.parent_id, ()), code)
        return found

    @cached_property
    def in_use(self) -> Codebook:
        """The codes that are not retired, as a tree of their own."""
        if all(code.active for code in self.codes):
            return self
        return Codebook.of((code for code in self.codes if code.active), self.name, self.description)

    def get(self, id: str) -> Code | None:
        """The code of that id, or None."""
        return self._by_id.get(id)

    def by_name(self, name: str) -> Code | None:
        """The code of that name, case and accents aside, or None."""
        return self._by_key.get(name_key(name))

    def roots(self) -> tuple[Code, ...]:
        """The codes that stand under no other."""
        return self._children.get(None, ())

    def children(self, id: str | None) -> tuple[Code, ...]:
        """The codes right under that one; None: the roots."""
        return self._children.get(id, ())

    def descendants(self, id: str) -> tuple[Code, ...]:
        """All codes under that one, in reading order, itself not among them."""
        return tuple(below for child in self.children(id) for below in (child, *self.descendants(child.id)))

    def ancestors(self, id: str) -> tuple[Code, ...]:
        """The codes above that one, from the root down."""
        parent = self._by_id[id].parent_id
        return () if parent is None else (*self.ancestors(parent), self._by_id[parent])

    def path(self, id: str) -> str:
        """« Impacts › Autonomie »."""
        return " › ".join(code.name for code in (*self.ancestors(id), self._by_id[id]))

    def depth(self, id: str) -> int:
        """0 for a root."""
        return len(self.ancestors(id))


@dataclass(frozen=True)
class Coding:
    """One code on ``[start, stop)`` of one text (code points) by one coder: ``text[start:stop] == quote``.

    ``created`` is ISO 8601 in UTC.
    """

    id: str
    document_id: str
    text_version_id: str
    start: int
    stop: int
    quote: str
    code_id: str
    coder: str
    origin: Origin
    created: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.stop)


@dataclass(frozen=True)
class Memo:
    """A note by one coder. ``target_kind`` is ``"coding"``, ``"document"`` or ``"code"``; times are ISO 8601 in UTC."""

    id: str
    target_kind: str
    target_id: str
    coder: str
    text: str
    created: str
    updated: str


@dataclass(frozen=True)
class Usage:
    """What hangs on a code, itself or with those under it: what removing it would take along."""

    codings: int
    by_coder: Mapping[str, int]
    """Codings of each coder."""
    documents: int
    """Documents that these codings are in."""
    children: int
    """Codes under it, at any depth."""
    memos: int
    others: Mapping[str, int]
    """Rows of other rooms (syntheses, verbatims), by table."""


@dataclass(frozen=True)
class Refusal:
    """An operation that was not done, and why, in words for the user."""

    uuid: str
    reason: str


@dataclass(frozen=True)
class OperationResult:
    """What became of a batch: every operation is in one of the two, by its uuid."""

    acked: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
