"""A few values that took long to make, kept in this process while they are asked for."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

from qualikit.store import erasing

T = TypeVar("T")


class Latest(Generic[T]):
    """The ``most`` values that were asked for last, by key; all are forgotten when something is erased for good."""

    def __init__(self, most: int = 3) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._values: OrderedDict[str, T] = OrderedDict()
        self._forgotten = 0
        erasing.ON_FORGETTING.append(self.clear)

    def get(self, key: str, make: Callable[[], T]) -> T:
        """The value of that key, made where it is not there. One made while all were forgotten is not kept: it may
        hold what was erased."""
        with self._lock:
            forgotten = self._forgotten
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        made = make()
        with self._lock:
            if self._forgotten == forgotten:
                self._values[key] = made
                while len(self._values) > self._most:
                    self._values.popitem(last=False)
        return made

    def clear(self) -> None:
        with self._lock:
            self._forgotten += 1
            self._values.clear()
