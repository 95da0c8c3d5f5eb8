"""Queries with a name, kept in the project for all who work on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from qualikit.coding import queries as coding_queries
from qualikit.coding.names import NAME_MAX, clean_name, name_key, nearest
from qualikit.corpus.tables import documents, participants
from qualikit.errors import NotFound, SearchError
from qualikit.i18n import _
from qualikit.store import Store, coders, new_id, now
from qualikit.text import fold
from qualikit.themes.reading.parsing import resolved
from qualikit.themes.reading.query import Query
from qualikit.themes.reading.sentence import sentence
from qualikit.themes.tables import queries


@dataclass(frozen=True)
class SavedQuery:
    """A query and its name; ``coder`` gave it. ``updated`` is ISO 8601 in UTC."""

    id: str
    name: str
    query: Query
    coder: str
    updated: str
    said: str
    """The query in a sentence."""


class Queries:
    """The queries that were given a name. Each change is one event of this coder's. Names differ by more than case and
    accents; a query is named by its name or its id. Raises NotFound for one that there is not."""

    def __init__(self, store: Store, coder: str) -> None:
        self._store = store
        self._coder = coder

    def list(self) -> list[SavedQuery]:
        """All of them, by name."""
        with self._store.read() as connection:
            names = _names(connection)
            return [_saved(row, names) for row in connection.execute(_select().order_by(queries.c.folded))]

    def get(self, name: str) -> SavedQuery:
        """That query."""
        with self._store.read() as connection:
            return _saved(_found(connection, name), _names(connection))

    def save(self, name: str, query: Query, *, replacing: bool = False) -> SavedQuery:
        """Keep a query under a name. Codes, people and documents are kept by their ids: they may be renamed.

        Raises SearchError for a name that is empty or taken (unless ``replacing``), and for a code that is not there.
        """
        name = _checked(name)
        with self._store.write(self._coder) as transaction:
            connection = transaction.connection
            definition = _settled(connection, query).to_json()
            row = connection.execute(_select().where(queries.c.folded == name_key(name))).first()
            if row is None:
                with transaction.event("query.save", _("recherche « {name} » gardée").format(name=name)) as change:
                    at = now()
                    change.insert(
                        queries,
                        {
                            "id": new_id(),
                            "name": name,
                            "folded": name_key(name),
                            "definition": definition,
                            "coder_id": transaction.coder_id,
                            "created": at,
                            "updated": at,
                        },
                    )
            elif not replacing:
                raise _taken(row.name)
            elif (row.name, row.definition) != (name, definition):
                with transaction.event("query.update", _("recherche « {name} » modifiée").format(name=name)) as change:
                    values = {"name": name, "folded": name_key(name), "definition": definition, "updated": now()}
                    change.update(queries, row.id, **values)
        return self.get(name)

    def rename(self, name: str, to: str) -> SavedQuery:
        """Give a query another name. Raises SearchError for one that is empty or taken."""
        to = _checked(to)
        with self._store.write(self._coder) as transaction:
            row = _found(transaction.connection, name)
            same = transaction.connection.execute(_select().where(queries.c.folded == name_key(to))).first()
            if same is not None and same.id != row.id:
                raise _taken(same.name)
            if row.name != to:
                label = _("recherche « {name} » renommée « {to} »").format(name=row.name, to=to)
                with transaction.event("query.rename", label) as change:
                    change.update(queries, row.id, name=to, folded=name_key(to), updated=now())
        return self.get(row.id)

    def remove(self, name: str) -> None:
        """Forget a query; what it gathers stays."""
        with self._store.write(self._coder) as transaction:
            row = _found(transaction.connection, name)
            label = _("recherche « {name} » supprimée").format(name=row.name)
            with transaction.event("query.remove", label) as change:
                change.delete(queries, row.id)


def _select() -> sa.Select[Any]:
    return sa.select(queries, coders.c.name.label("coder")).join(coders, coders.c.id == queries.c.coder_id)


def _found(connection: sa.Connection, name: str) -> Any:
    where = (queries.c.id == name) | (queries.c.folded == name_key(name))
    row = connection.execute(_select().where(where)).first()
    if row is None:
        near = nearest(name, connection.execute(sa.select(queries.c.name)).scalars())
        raise NotFound(
            _("Aucune recherche ne se nomme « {name} ».").format(name=name[:80]),
            _("Vouliez-vous dire « {near} » ?").format(near=near) if near else "",
        )
    return row


def _saved(row: Any, names: dict[str, str]) -> SavedQuery:
    query = Query.from_json(row.definition)
    return SavedQuery(row.id, row.name, query, row.coder, row.updated, sentence(query, names))


def _checked(name: str) -> str:
    name = clean_name(name)
    if not name:
        raise SearchError(_("La recherche n'a pas de nom."), _("Donnez-lui un nom qui dise ce qu'elle rassemble."))
    if len(name) > NAME_MAX:
        raise SearchError(_("Ce nom est trop long."), _("Donnez un nom de {n} caractères au plus.").format(n=NAME_MAX))
    return name


def _taken(name: str) -> SearchError:
    return SearchError(
        _("Une recherche se nomme déjà « {name} ».").format(name=name),
        _("Donnez un autre nom, ou remplacez-la."),
    )


def _names(connection: sa.Connection) -> dict[str, str]:
    """Names of codes, people and documents, by id."""
    book = coding_queries.codebook(connection)
    return {
        **{code.id: code.name for code in book},
        **dict(coding_queries.document_titles(connection)),
        **{row.id: row.name for row in connection.execute(sa.select(participants.c.id, participants.c.name))},
    }


def _settled(connection: sa.Connection, query: Query) -> Query:
    """The query with ids for what it calls by name. A name that several bear, or nobody, stays as it is."""
    codes = None if query.codes is None else resolved(query.codes, coding_queries.codebook(connection))
    people = [tuple(row) for row in connection.execute(sa.select(participants.c.id, participants.c.name))]
    titles = [tuple(row) for row in connection.execute(sa.select(documents.c.id, documents.c.title))]
    return replace(
        query, codes=codes, participants=_ids(query.participants, people), documents=_ids(query.documents, titles)
    )


def _ids(names: tuple[str, ...], known: list[tuple[Any, ...]]) -> tuple[str, ...]:
    by_name: dict[str, list[str]] = {}
    for id, name in known:
        by_name.setdefault(fold(name), []).append(id)
    return tuple(dict.fromkeys(id for name in names for id in by_name.get(fold(name), [name])))
