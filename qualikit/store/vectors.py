"""Vectors of texts, kept so that none is computed twice: derived, dropped whenever that is simpler.

A vector is known by its encoder and by the hash of its text, and is stored as the bytes of its numbers: reading one
runs nothing. Neither migrations nor the project's history know of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from qualikit.store.schema import UNDO_FROM, info

_TOGETHER = 500
_LOOKED_AT = 101
_derived = sa.MetaData()

_vectors = sa.Table(
    "text_vectors",
    _derived,
    sa.Column("encoder", sa.String(200), primary_key=True),
    sa.Column("hash", sa.String(64), primary_key=True),
    sa.Column("vector", sa.LargeBinary, nullable=False),
)


def read_vectors(connection: sa.Connection, encoder: str, hashes: Sequence[str]) -> dict[str, bytes]:
    """The vectors that are kept, by the hash of their texts."""
    if not _is_there(connection):
        return {}
    found: dict[str, bytes] = {}
    for start in range(0, len(hashes), _TOGETHER):
        query = sa.select(_vectors.c.hash, _vectors.c.vector).where(
            _vectors.c.encoder == encoder, _vectors.c.hash.in_(hashes[start : start + _TOGETHER])
        )
        found.update({hash: bytes(vector) for hash, vector in connection.execute(query)})
    return found


def put_vectors(connection: sa.Connection, encoder: str, rows: Mapping[str, bytes]) -> None:
    """Keep vectors by the hash of their texts, inside a writing transaction, in place of those that differ."""
    _derived.create_all(connection)
    known = read_vectors(connection, encoder, list(rows))
    fresh = [{"encoder": encoder, "hash": hash, "vector": row} for hash, row in rows.items() if known.get(hash) != row]
    wrong = [each["hash"] for each in fresh if each["hash"] in known]
    for start in range(0, len(wrong), _TOGETHER):
        some = _vectors.c.hash.in_(wrong[start : start + _TOGETHER])
        connection.execute(sa.delete(_vectors).where(_vectors.c.encoder == encoder, some))
    if fresh:
        connection.execute(sa.insert(_vectors), fresh)


def usual_size(connection: sa.Connection, encoder: str) -> int:
    """Bytes of an encoder's vectors, as most of some hundred have them; 0: none is kept."""
    if not _is_there(connection):
        return 0
    query = sa.select(sa.func.length(_vectors.c.vector)).where(_vectors.c.encoder == encoder).limit(_LOOKED_AT)
    sizes = Counter(connection.execute(query).scalars())
    return int(sizes.most_common(1)[0][0]) if sizes else 0


def last_erasure(connection: sa.Connection) -> int:
    """Number of the event by which something was last deleted for good; 0: nothing was."""
    return int(connection.execute(sa.select(info.c.value).where(info.c.key == UNDO_FROM)).scalar() or 0)


def erase_vectors(connection: sa.Connection) -> None:
    """Take all of them out of the project, inside a writing transaction: they say something of texts that went away."""
    _derived.drop_all(connection)


def _is_there(connection: sa.Connection) -> bool:
    query = (
        "SELECT count(*) FROM sqlite_master WHERE name = 'text_vectors'"
        if connection.dialect.name == "sqlite"
        else "SELECT count(to_regclass('text_vectors'))"
    )
    return bool(connection.exec_driver_sql(query).scalar())
