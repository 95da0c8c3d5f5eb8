"""How many rows a table of somebody's database holds, as another process sees it."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from types import TracebackType

from benchmarks.harness import Unavailable


class Rows:
    """A second connection to a SQLite file, that only looks."""

    def __init__(self, database: Path, table: str) -> None:
        self._connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10)
        self._query = f"SELECT COUNT(*) FROM {table}"

    def count(self) -> int:
        return int(self._connection.execute(self._query).fetchone()[0])

    def grown(self, known: int, patience: float) -> float:
        """Epoch milliseconds of the moment there are more than ``known`` rows. Raises Unavailable."""
        end = time.monotonic() + patience
        while self.count() <= known:
            if time.monotonic() > end:
                raise Unavailable(f"nothing new in the file after {patience:.0f} s")
            time.sleep(0.002)  # the cores are for those who are measured
        return time.time() * 1000

    def __enter__(self) -> Rows:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
