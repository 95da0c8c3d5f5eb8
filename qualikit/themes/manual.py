"""The coding manual as a value: each code with its rules, with passages of the corpus, and with the use made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from qualikit.coding import queries
from qualikit.coding.codebooks.versions import CodebookVersion, find_version, read_versions
from qualikit.coding.model import Code, Codebook
from qualikit.coding.tables import codings
from qualikit.corpus.model import source_kind_label
from qualikit.corpus.queries import present
from qualikit.corpus.tables import documents
from qualikit.i18n import _, ngettext
from qualikit.themes import picking
from qualikit.themes.model import Passage
from qualikit.themes.passages import chosen_ids, read_passages

if TYPE_CHECKING:
    from qualikit.themes.matrix import Matrix


@dataclass(frozen=True)
class Example:
    """A passage that shows what a code means; ``reference`` says where it comes from, empty for one that was written in
    the codebook."""

    quote: str
    reference: str = ""


@dataclass(frozen=True)
class Entry:
    """A code of the manual: how deep it stands (0: at the root), what it is an example of, how much it is used. Its own
    codings alone count, not those of the codes under it."""

    code: Code
    depth: int
    path: str
    examples: tuple[Example, ...]
    codings: int
    documents: int


@dataclass(frozen=True)
class Manual:
    """``entries`` in reading order, ``retired`` apart; ``documents``: how many the corpus has; ``current``: the version
    that this is, None where the codebook of now is none."""

    project: str
    codebook: Codebook
    entries: tuple[Entry, ...]
    retired: tuple[Entry, ...]
    documents: int
    versions: tuple[CodebookVersion, ...]
    current: CodebookVersion | None
    counted: bool

    def use_of(self, entry: Entry) -> str:
        """« 12 codages dans 5 documents sur 9 »."""
        if not entry.codings:
            return _("pas encore employé")
        said = ngettext("{n} codage", "{n} codages", entry.codings).format(n=entry.codings)
        where = ngettext("dans {n} document sur {total}", "dans {n} documents sur {total}", entry.documents)
        return f"{said} {where.format(n=entry.documents, total=self.documents)}"


def gather(
    connection: sa.Connection,
    project: str,
    matrix: Matrix,
    *,
    examples: int = 1,
    counted: bool = True,
    named: bool = False,
    version: int | str | None = None,
) -> Manual:
    """The manual of the codebook, or of a version of it. ``matrix``: of all codings, code by code. ``named``: examples
    say who speaks and in which document; else only the kind of source and the territory. Raises NotFound."""
    book = queries.codebook(connection)
    current = None
    versions = read_versions(connection)
    if version is not None:
        current = find_version(connection, version)
        book, versions = current.codebook, [each for each in versions if each.number <= current.number]
    elif versions and versions[-1].codebook.codes == book.codes:
        current = versions[-1]
    quoted = _examples(connection, book, matrix, examples, named)
    use = _use(connection)
    entries = [
        Entry(code, book.depth(code.id), book.path(code.id), quoted.get(code.id, ()), *use.get(code.id, (0, 0)))
        for code in book
    ]
    total = connection.execute(sa.select(sa.func.count()).select_from(documents).where(present)).scalar_one()
    return Manual(
        project,
        book,
        tuple(entry for entry in entries if entry.code.active),
        tuple(entry for entry in entries if not entry.code.active),
        int(total),
        tuple(versions),
        current,
        counted,
    )


def _use(connection: sa.Connection) -> dict[str, tuple[int, int]]:
    number, where = sa.func.count(), sa.func.count(codings.c.document_id.distinct())
    query = queries.select_codings(codings.c.code_id, number, where).order_by(None).group_by(codings.c.code_id)
    return {id: (int(n), int(documents)) for id, n, documents in connection.execute(query)}


def _examples(
    connection: sa.Connection, book: Codebook, matrix: Matrix, most: int, named: bool
) -> Mapping[str, tuple[Example, ...]]:
    """For each code, up to ``most``: its own example, passages chosen for the report, those that read best."""
    own = {code.id: [Example(code.example)] if code.example and most else [] for code in book}
    wanted: dict[str, list[str]] = {}
    chosen: dict[str, list[str]] = {}
    for passage in read_passages(connection, chosen_ids(connection)):
        chosen.setdefault(passage.code_id, []).append(passage.coding_id)
    counted = matrix.counted
    rows = {row.code_id: row for row in matrix.rows}
    for code in book:
        left = most - len(own[code.id])
        if left <= 0:
            continue
        ids = chosen.get(code.id, [])
        if len(ids) < left and counted is not None and code.id in rows:
            ids = [*ids, *picking.fair(counted, rows[code.id], matrix.total_column, left)]
        wanted[code.id] = list(dict.fromkeys(ids))[:left]
    every = [id for ids in wanted.values() for id in ids]
    passages = {passage.coding_id: passage for passage in read_passages(connection, every)}
    for code_id, ids in wanted.items():
        own[code_id] += [Example(passages[id].quote, _reference(passages[id], named)) for id in ids if id in passages]
    return {id: tuple(some) for id, some in own.items()}


def _reference(passage: Passage, named: bool) -> str:
    if named:
        return passage.reference
    return ", ".join(part for part in (source_kind_label(passage.source_kind), passage.territory or "") if part)
