"""What every benchmark shares: a registry of names, repetitions, and rows that never hide a failure."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

T = TypeVar("T")

FIELDS = ("name", "value", "unit", "baseline", "baseline_value", "ratio")


@dataclass(frozen=True)
class Row:
    """One figure of ours beside one of somebody else's, from the same run. None: it could not be measured."""

    name: str
    value: float | None
    unit: str
    baseline: str
    """What ``baseline_value`` is the figure of, in words that hide nothing."""
    baseline_value: float | None
    more_is_better: bool = False

    @property
    def ratio(self) -> float | None:
        """How many times better ours is: over 1, qualikit is ahead."""
        if not self.value or not self.baseline_value:
            return None
        if self.more_is_better:
            return self.value / self.baseline_value
        return self.baseline_value / self.value

    def to_json(self) -> dict[str, Any]:
        values = {field: getattr(self, field) for field in FIELDS}
        return {key: round(value, 6) if isinstance(value, float) else value for key, value in values.items()}


class Unavailable(Exception):
    """What was to be measured is not there, or did not finish: the reason is the message."""


class Unfinished(Unavailable):
    """It was given up after so many seconds: the least that it takes."""

    def __init__(self, message: str, after: float) -> None:
        super().__init__(message)
        self.after = after


@dataclass
class Run:
    """One call of the command: sizes, patience, a folder to work in, and what went wrong on the way."""

    folder: Path
    quick: bool = False
    repeat: int = 5
    timeout: float = 120.0
    """Seconds that a peer is given for one action."""
    peers: bool = True
    """False: Taguette is neither installed nor started; its figures are null."""
    failures: int = 0
    """Our own figures that could not be measured."""

    _kept: dict[str, Any] = field(default_factory=dict)

    def once(self, what: str, action: Callable[[], T]) -> T:
        """The action's result, measured the first time and kept: two benchmarks may read two figures of it."""
        if what not in self._kept:
            self._kept[what] = action()
        return cast(T, self._kept[what])

    def size(self, full: int, quick: int) -> int:
        return quick if self.quick else full

    def say(self, text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    def attempt(self, what: str, action: Callable[[], T]) -> T | None:
        """The action's result, or None with the reason on stderr: a failure is a null in the table, not a gap."""
        try:
            return action()
        except Exception as error:  # noqa: BLE001  whatever a peer dies of, the other figures are still wanted
            reason = str(error).strip() or type(error).__name__
            self.say(f"  {what}: not measured ({type(error).__name__}: {reason})")
            return None

    def ours(self, what: str, action: Callable[[], T]) -> T | None:
        """Like :meth:`attempt`, for qualikit's own figures: a failure is counted and becomes the exit status."""
        result = self.attempt(what, action)
        self.failures += result is None
        return result

    def least(self, baseline: str, action: Callable[[], float]) -> tuple[str, float | None]:
        """A peer's name and figure; where it was given up, a name that says so and the time that it was given."""
        unfinished: list[Unfinished] = []

        def measured() -> float:
            try:
                return action()
            except Unfinished as error:
                unfinished.append(error)
                raise

        figure = self.attempt(baseline, measured)
        if unfinished:
            after = unfinished[0].after
            return f"{baseline}: given up after {after:.0f} s, the least it takes", after
        return baseline, figure

    def subfolder(self, name: str) -> Path:
        """A fresh folder of that name; numbered where there is one."""
        number, folder = 1, self.folder / name
        while folder.exists():
            number, folder = number + 1, self.folder / f"{name}-{number}"
        folder.mkdir(parents=True)
        return folder


def seconds(action: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def middle(measure: Callable[[], float], repeat: int) -> float:
    """Median of ``repeat`` calls of something that measures."""
    return statistics.median(measure() for _ in range(repeat))


def median(action: Callable[[], object], repeat: int) -> float:
    """Median wall time of ``repeat`` calls."""
    return middle(lambda: seconds(action), repeat)


Function = Callable[[Run], Iterable[Row]]


@dataclass(frozen=True)
class Benchmark:
    """A named function that measures."""

    name: str
    about: str
    function: Function


BENCHMARKS: dict[str, Benchmark] = {}


def benchmark(name: str, about: str) -> Callable[[Function], Function]:
    """Register a function under the name that the command line takes."""

    def register(function: Function) -> Function:
        if name in BENCHMARKS:
            raise ValueError(f"two benchmarks are called {name}")
        BENCHMARKS[name] = Benchmark(name, about, function)
        return function

    return register


def run_all(names: Iterable[str], run: Run) -> Iterator[Row]:
    """The rows of each benchmark, as they come."""
    for name in names:
        run.say(f"{name} …")
        try:
            yield from BENCHMARKS[name].function(run)
        except Exception as error:  # noqa: BLE001  the benchmarks after this one are still wanted
            run.failures += 1
            run.say(f"  {name}: failed ({type(error).__name__}: {error})")
            yield Row(name, None, "s", "", None)
