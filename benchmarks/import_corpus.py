"""Bringing in a whole corpus at once: how fast beside the bare reading of its files, and in how much memory.

python3 -m benchmarks.import_corpus read|import FOLDER [PROJECT]     one measure, in a process of its own
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.data import corpus
from benchmarks.harness import Row, Run, Unavailable, benchmark

ROOT = Path(__file__).parents[1]
SHARE = 10
"""The corpus is brought in whole, and a tenth of it, to see whether memory grows with it."""


@benchmark("import-corpus", "1,000 transcripts of 10,000 words brought in at once: words per second, and memory")
def import_corpus(run: Run) -> Iterable[Row]:
    count, words = run.size(1_000, 20), run.size(10_000, 300)
    whole, part = run.subfolder("corpus"), run.subfolder("corpus-part")
    run.once("corpus", lambda: (corpus(whole, count, words), corpus(part, count // SHARE, words)))

    ours = run.ours("import-corpus", lambda: _measured("import", whole, run.subfolder("whole") / "p.qualikit"))
    bare = run.attempt("bare reading", lambda: _measured("read", whole))
    if ours and bare and (ours["files"], ours["words"]) != (bare["files"], bare["words"]):
        raise RuntimeError(f"what came in is not what is in the files: {ours}, {bare}")
    yield Row(
        "import-corpus",
        ours and ours["words"] / ours["seconds"],
        "words/s",
        "the readers alone on the same files: no speakers, no turns, nothing saved",
        bare and bare["words"] / bare["seconds"],
        more_is_better=True,
    )

    less = run.attempt("a tenth", lambda: _measured("import", part, run.subfolder("part") / "p.qualikit"))
    yield Row(
        "import-corpus/memory",
        ours and ours["peak"],
        "MB",
        f"the same, peak of the whole process, for {count // SHARE} of the {count} files",
        less and less["peak"],
    )


def _measured(what: str, folder: Path, *project: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.import_corpus", what, str(folder), *map(str, project)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unavailable(done.stderr.strip().splitlines()[-1] if done.stderr else "it died")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _read(folder: Path) -> tuple[int, int]:
    """Files and words, by the readers alone."""
    from qualikit.corpus.readers import reader_for
    from qualikit.corpus.sources import gather
    from qualikit.text import count_words

    files = gather([folder]).files
    return len(files), sum(count_words(reader_for(file.name).read(file.read(), file.name).text) for file in files)


def _import(folder: Path, project: Path) -> tuple[int, int]:
    """Files and words, brought into a new project, with the callback that draws a bar."""
    from qualikit import Project

    seen = 0

    def progress(_done: int, _total: int, _name: str) -> None:
        nonlocal seen
        seen += 1

    with Project.create(project, coder="Mesure") as opened:
        report = opened.corpus.import_files([folder], progress)
        if report.refused or seen != len(report.saved) + 1:
            raise RuntimeError(f"refused: {report.refused[:1]}, or progress not told")
        return len(report.saved), sum(document.words for document in opened.corpus.documents())


def main() -> None:
    import resource  # not on Windows

    what, folder, *project = sys.argv[1:]
    import qualikit.corpus.importing  # noqa: F401  in the application it is loaded already

    start = time.perf_counter()
    files, words = _import(Path(folder), Path(project[0])) if what == "import" else _read(Path(folder))
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    print(json.dumps({"files": files, "words": words, "seconds": took, "peak": peak}))


if __name__ == "__main__":
    main()
