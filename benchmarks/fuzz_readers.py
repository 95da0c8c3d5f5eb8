"""Every reader on broken files: a document or the one error, never anything else, never long. Run by hand.

    python3 -m benchmarks.fuzz_readers                     a thousand variants of each format, then all into a project
    python3 -m benchmarks.fuzz_readers docx --variants 50
    python3 -m benchmarks.fuzz_readers --show docx 417     one variant, with the trace of what it does

Each file is read in another process, watched: a crash of a library or an endless loop is a line in the report.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing as mp
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

SECONDS = 10.0
"""Time within which a file is read or refused."""
GRACE = 5.0
"""Seconds more before a process is taken for lost: a slow answer tells more than none."""
READ, REFUSED = "read", "refused"


@dataclass
class Report:
    """What became of the variants of one format."""

    name: str
    outcomes: Counter[str] = field(default_factory=Counter)
    others: list[tuple[int, str]] = field(default_factory=list)
    """Number of each variant that gave neither a document nor the error, and what it gave."""
    slowest: float = 0.0
    slowest_number: int = 0
    saved: int = 0
    problems: list[str] = field(default_factory=list)
    """What was wrong with the project that they all were imported into."""

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "variants": sum(self.outcomes.values()),
            "read": self.outcomes[READ],
            "refused": self.outcomes[REFUSED],
            "else": self.others,
            "slowest_s": round(self.slowest, 3),
            "slowest_variant": self.slowest_number,
            "saved": self.saved,
            "project": self.problems,
        }


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when every variant of every format was read or refused, and the project is whole; 1 otherwise."""
    from qualikit.corpus.readers import readers

    parser = argparse.ArgumentParser(prog="python3 -m benchmarks.fuzz_readers", description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="FORMAT", help="which readers; all of them when none is named")
    parser.add_argument("--variants", type=int, default=1_000, help="broken files of each format (1000)")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="time that one file is given (10)")
    parser.add_argument("--workers", type=int, default=2, help="processes that read at the same time (2)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the report there as JSON")
    parser.add_argument("--show", nargs=2, metavar=("FORMAT", "NUMBER"), help="one variant, with what it does")
    options = parser.parse_args(arguments)
    if options.show:
        return _show(options.show[0], int(options.show[1]))
    reports = []
    print(f"{'':12}{'read':>8}{'refused':>9}{'else':>6}{'slowest':>10}{'saved':>8}  project")
    for name in options.names or readers.names():
        report = _fuzz(name, options.variants, options.seconds, options.workers)
        _into_project(report, options.variants, options.seconds)
        reports.append(report)
        print(
            f"{name:12}{report.outcomes[READ]:8}{report.outcomes[REFUSED]:9}{len(report.others):6}"
            f"{report.slowest:8.2f} s{report.saved:8}  {'; '.join(report.problems) or 'whole'}",
            flush=True,
        )
        for number, what in report.others[:10]:
            print(f"  {name} {number}: {what}", flush=True)
    if options.json:
        text = json.dumps([report.to_json() for report in reports], ensure_ascii=False, indent=2)
        options.json.write_text(text + "\n", encoding="utf-8")
    return int(any(report.others or report.problems for report in reports))


# -- file by file


def _fuzz(name: str, variants: int, seconds: float, workers: int) -> Report:
    report = Report(name)
    numbers = iter(range(variants))
    lock = threading.Lock()

    def work() -> None:
        watched = _Watched(seconds)
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                break
            outcome, took = watched.read(name, number)
            with lock:
                report.outcomes[outcome if outcome in {READ, REFUSED} else "else"] += 1
                if outcome not in {READ, REFUSED}:
                    report.others.append((number, outcome))
                if took > report.slowest:
                    report.slowest, report.slowest_number = took, number
        watched.stop()

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report.others.sort()
    return report


class _Watched:
    """A process that reads one file after another, and is replaced when it dies or does not answer."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._start()

    def _start(self) -> None:
        context = mp.get_context("spawn")
        self._here, there = context.Pipe()
        self._process = context.Process(target=_reader, args=(there,), daemon=True)
        self._process.start()
        there.close()
        self._here.recv()  # it is ready: what it imports is not counted

    def read(self, name: str, number: int) -> tuple[str, float]:
        """What became of a variant, and in how many seconds."""
        self._here.send((name, number))
        try:
            if self._here.poll(self._seconds + GRACE):
                outcome, took = self._here.recv()
                return (outcome, took) if took <= self._seconds else (f"took {took:.1f} s", took)
            died = f"no answer after {self._seconds:.0f} s"
        except EOFError:
            self._process.join()
            died = f"the process died ({self._process.exitcode})"
        self.stop()
        self._start()
        return died, self._seconds

    def stop(self) -> None:
        self._process.kill()
        self._process.join()
        self._here.close()


def _reader(pipe: Connection) -> None:
    from tests.contracts.variants import variant

    _outcome("txt", variant("txt", 0))  # the libraries that every reader needs are loaded
    pipe.send("ready")
    while True:
        try:
            name, number = pipe.recv()
        except EOFError:
            return
        broken = variant(name, number)
        start = time.perf_counter()
        outcome = _outcome(name, broken)
        pipe.send((outcome, time.perf_counter() - start))


def _outcome(name: str, broken: Any) -> str:
    """« read », « refused », or in words what else it was."""
    from qualikit.corpus.preview import preview
    from qualikit.corpus.readers import readers
    from qualikit.errors import ReadError
    from tests.contracts.test_readers import check

    try:
        found = readers.get(name).read(broken.data, broken.file_name)
        check(found)
        preview(broken.data, broken.file_name)
    except ReadError as error:
        if not (error.what.endswith(".") and error.todo and broken.file_name in error.what):
            return f"refused without saying which file and what to do: {error}"
        return REFUSED
    except BaseException as error:  # noqa: BLE001  whatever it is, it is what is looked for
        return f"{broken.kind}: {type(error).__name__}: {str(error)[:200]}"
    return READ


# -- all of them into a project


def _into_project(report: Report, variants: int, seconds: float) -> None:
    """Import every variant as a user would; the project must be whole, with whole documents only."""
    context = mp.get_context("spawn")
    here, there = context.Pipe()
    with tempfile.TemporaryDirectory(prefix="qualikit-fuzz-") as folder:
        process = context.Process(target=_importer, args=(there, report.name, variants, folder), daemon=True)
        process.start()
        there.close()
        try:
            report.saved, report.problems = here.recv() if here.poll(60 + variants * seconds) else (0, ["no answer"])
        except EOFError:
            report.problems = ["the process died"]
        process.kill()
        process.join()


def _importer(pipe: Connection, name: str, variants: int, folder: str) -> None:
    pipe.send(import_all([name], variants, Path(folder)))


def import_all(names: Sequence[str], variants: int, folder: Path) -> tuple[int, list[str]]:
    """Number of documents that came of the variants, and what is wrong with the project that they are in."""
    from qualikit import Project

    with Project.create(folder / "fuzz.qualikit", coder="Essai") as project:
        report = project.corpus.import_files(_sources(names, variants))
        problems = project.check()
        problems += [
            f"{document.title}: its text is not that of its file"
            for document in report.saved
            if not _is_its_file(project, document)
        ]
        problems += [
            f"{refused.place}: {refused.error}" for refused in report.refused if "imprévue" in str(refused.error)
        ]
        if len(project.corpus.documents()) != len(report.saved):
            problems.append("there are documents that were not reported")
    return len(report.saved), problems


def _is_its_file(project: Any, document: Any) -> bool:
    from qualikit.errors import UnreadableFile

    try:
        found = project.corpus.preview(project.corpus.original(document), document.file_name)
    except UnreadableFile:  # the rows of one document of a table, which the layout of the whole made readable
        return bool(document.reader == "table")
    return bool(found.text == project.corpus.text(document))


def _sources(names: Sequence[str], variants: int) -> Iterator[Any]:
    from qualikit.corpus.sources import SourceFile
    from tests.contracts.variants import variant

    for name in names:
        for number in range(variants):
            broken = variant(name, number)
            yield SourceFile(broken.file_name, lambda name=name, number=number: variant(name, number).data)


def _show(name: str, number: int) -> int:
    from qualikit.corpus.preview import preview
    from tests.contracts.variants import variant

    broken = variant(name, number)
    print(f"{broken.kind}, {broken.file_name}, {len(broken.data)} bytes")
    try:
        print(preview(broken.data, broken.file_name).text[:2_000])
    except Exception:  # noqa: BLE001
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
