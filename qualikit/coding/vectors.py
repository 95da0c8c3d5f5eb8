"""Vectors of a project's texts: read where they are kept, computed where they are not, in batches.

Batches go to any ``concurrent.futures.Executor``: that of an engine such as Dask's spreads them over machines.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from qualikit.coding.encoders import Encoder, encode_batch
from qualikit.errors import ProjectBusy, ReadOnlyProject
from qualikit.store import Store
from qualikit.store.vectors import last_erasure, put_vectors, read_vectors, usual_size

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.float32]

BATCH = 64
"""Texts in one piece of work."""
_AT_ONCE = 512
"""Texts in one transaction: what was computed by then stays when one stops."""
_AHEAD = 16
"""Batches handed to an executor before the first is waited for."""

_LONGEST = 1.1
"""Square of the length that a vector of length 1 may have, rounded to 16 bits."""


class VectorProgress(Protocol):
    """Called before each batch and at the end: how many texts are done, of how many. False stops."""

    def __call__(self, done: int, total: int, name: str = "", /) -> bool: ...


class Stopped(Exception):
    """Progress said to stop; what was computed is kept."""


def vectors(
    store: Store,
    encoder: Encoder,
    texts: Sequence[str],
    *,
    executor: Executor | None = None,
    progress: VectorProgress | None = None,
) -> Rows:
    """One row of length 1 a text, in their order. Raises MissingDependency, Stopped."""
    import numpy as np

    hashes = [text_key(text) for text in texts]
    key = encoder_key(encoder)
    wanted = list(dict.fromkeys(hashes))
    with store.read() as connection:
        kept = read_vectors(connection, key, wanted)
        known = _sound(kept, usual_size(connection, key))
        erased = last_erasure(connection)
    waiting = {hash: text for hash, text in zip(hashes, texts, strict=True) if hash not in known}
    fresh: dict[str, Rows] = {}
    try:
        for computed in _computed(encoder, waiting, executor, progress):
            known.update(computed)
            fresh.update(computed)
            if len(fresh) >= _AT_ONCE:
                _keep(store, key, fresh, erased)
                fresh = {}
    finally:  # stopped too: what was computed stays
        _keep(store, key, fresh, erased)
    if not hashes:
        return np.zeros((0, 1), dtype=np.float32)
    if waiting and len({len(row) for row in known.values()}) > 1:  # a file whose rows are all of a size that is wrong
        size = len(known[next(iter(waiting))])
        wrong = {hash: text for hash, text in zip(hashes, texts, strict=True) if len(known[hash]) != size}
        for computed in _computed(encoder, wrong, executor, progress):
            known.update(computed)
            _keep(store, key, computed, erased)
    return np.stack([known[hash] for hash in hashes])


def index(
    store: Store,
    encoder: Encoder,
    texts: Iterable[str],
    total: int,
    *,
    executor: Executor | None = None,
    progress: VectorProgress | None = None,
) -> int:
    """Compute what is not kept yet of so many texts, some at a time: memory does not grow with their number. How many
    were looked at; fewer than all where progress said to stop."""
    done = 0
    source = iter(texts)
    while some := list(islice(source, _AT_ONCE)):
        try:
            vectors(store, encoder, some, executor=executor, progress=_further(progress, done, total))
        except Stopped:
            return done
        done += len(some)
        if progress is not None and not progress(done, total) and done < total:
            return done
    return done


def _further(progress: VectorProgress | None, done: int, total: int) -> VectorProgress | None:
    """Progress of a part, told as that of the whole."""
    if progress is None:
        return None

    def told(part: int, _of: int, name: str = "", /) -> bool:
        return progress(done + part, total, name)

    return told


def text_key(text: str) -> str:
    """The name of a text among vectors: SHA-256 of its words."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def encoder_key(encoder: Encoder) -> str:
    """The name of an encoder among vectors; a long path is shortened to its hash."""
    spec = f"{encoder.spec} {encoder.version}"
    return spec if len(spec) <= 200 else f"{encoder.name} {hashlib.sha256(spec.encode()).hexdigest()}"


def _computed(
    encoder: Encoder, waiting: dict[str, str], executor: Executor | None, progress: VectorProgress | None
) -> Iterator[dict[str, Rows]]:
    items = list(waiting.items())
    batches = [items[start : start + BATCH] for start in range(0, len(items), BATCH)]

    def look(batch: int) -> None:
        if progress is not None and not progress(batch * BATCH, len(items)):
            raise Stopped

    for batch, rows in _encoded(encoder, batches, executor, look):
        yield {hash: row for (hash, _text), row in zip(batch, rows, strict=True)}
    if progress is not None and items:
        progress(len(items), len(items))


def _encoded(
    encoder: Encoder,
    batches: Sequence[list[tuple[str, str]]],
    executor: Executor | None,
    look: Callable[[int], None],
) -> Iterator[tuple[list[tuple[str, str]], Rows]]:
    if executor is None:
        for number, batch in enumerate(batches):
            look(number)
            yield batch, encoder.encode([text for _hash, text in batch])
        return
    ahead: deque[tuple[list[tuple[str, str]], Future[Rows]]] = deque()
    source = iter(batches)
    try:
        for number in range(len(batches)):
            for batch in islice(source, _AHEAD - len(ahead)):
                ahead.append((batch, executor.submit(encode_batch, encoder.spec, [text for _hash, text in batch])))
            look(number)
            batch, future = ahead.popleft()
            yield batch, future.result()
    finally:
        for _batch, future in ahead:
            future.cancel()


def _keep(store: Store, key: str, fresh: dict[str, Rows], erased: int) -> None:
    """Keep vectors, unless something was deleted for good since their texts were read."""
    if not fresh:
        return
    import numpy as np

    try:
        with store.maintain() as connection:
            if last_erasure(connection) != erased:
                return
            put_vectors(connection, key, {hash: row.astype(np.float16).tobytes() for hash, row in fresh.items()})
    except (ReadOnlyProject, ProjectBusy):
        return  # they can be computed again; what was asked for is not refused for their sake


def _sound(kept: Mapping[str, bytes], size: int) -> dict[str, Rows]:
    """Those of the vectors kept that are vectors: whoever can write into the file could put anything there."""
    import numpy as np

    found = {}
    for hash, row in kept.items():
        if len(row) != size or size % 2:
            continue
        made = np.frombuffer(row, dtype=np.float16).astype(np.float32)
        with np.errstate(all="ignore"):
            if made @ made < _LONGEST:  # not so either where a number is none
                found[hash] = made
    return found
