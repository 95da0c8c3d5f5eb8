"""How long a long coded document takes to be corrected: compared, its passages rebased, saved, undoable."""

from __future__ import annotations

import csv
import random
import re
import time
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import projects
from benchmarks.data import spans, transcript
from benchmarks.harness import Row, Run, benchmark, middle, seconds

if TYPE_CHECKING:
    from qualikit import Project

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


@benchmark("correction", "a document of 20,000 words with 1,000 codings corrected, beside difflib that only compares")
def correction(run: Run) -> Iterable[Row]:
    count = run.size(1_000, 20)
    source = transcript(run.size(20_000, 500))
    passages = spans(source.text, count)
    for name, corrected in _corrections(source.text).items():

        def ours(corrected: str = corrected) -> float:
            from qualikit import Project

            folder = run.subfolder("correction")
            path, document = projects.one_document(folder, source, codings=0)
            with Project.open(path, coder=projects.CODER) as project:
                project.coding.import_codings(_as_csv(project, document, passages, folder / "codings.csv"))
                before = project.coding.codings(document)
                start = time.perf_counter()
                made = project.corpus.correct(document, new_text=corrected)
                took = time.perf_counter() - start
                text = project.corpus.text(document)
                standing, aside = project.coding.codings(document), project.coding.set_aside(document)
                if text != corrected or not len(standing) + len(aside) == len(made.followed) == len(before) == count:
                    raise RuntimeError("not all is there")
                if any(text[each.start : each.stop] != each.quote for each in standing):
                    raise RuntimeError("a coding does not match its text")
            return took

        def theirs(corrected: str = corrected) -> float:
            return seconds(lambda: _naive(source.text, corrected, passages))

        yield Row(
            f"correction/{name}" if name else "correction",
            run.ours(f"correction/{name}", lambda: middle(ours, run.repeat)),
            "s",
            "difflib, word by word, and the spans moved by what it finds; nothing saved, no turns, no undo",
            run.attempt("difflib", lambda: middle(theirs, 1)),
        )


def _corrections(text: str) -> dict[str, str]:
    """One typing mistake; fifty over the whole text; a paragraph put elsewhere."""
    dice = random.Random(7)
    words = [match.span() for match in re.finditer(r"\b[^\W\d_]{5,}\b", text)]
    several = text
    for _start, stop in sorted(dice.sample(words, min(50, len(words) // 4)), reverse=True):
        several = several[: stop - 2] + text[stop - 1] + text[stop - 2] + several[stop:]
    middle_word = words[len(words) // 2]
    lines = text.split("\n")
    third = len(lines) // 3
    moved = [*lines[:third], *lines[third + 4 : 2 * third], *lines[third : third + 4], *lines[2 * third :]]
    return {
        "": text[: middle_word[0]] + "x" + text[middle_word[0] :],
        "fifty": several,
        "moved": "\n".join(moved),
    }


def _as_csv(project: Project, document: str, passages: Sequence[tuple[int, int]], file: Path) -> Path:
    """The passages as a table of codings: brought in at once, where one by one they would take longer than the rest."""
    title, codes = project.corpus.document(document).title, [code.name for code in project.coding.codebook]
    with file.open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines)
        table.writerow(["document", "start", "stop", "code"])
        table.writerows([title, *passage, codes[number % len(codes)]] for number, passage in enumerate(passages))
    return file


def _naive(old: str, new: str, passages: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where difflib finds the passages that did not change."""
    a, b = TOKEN.findall(old), TOKEN.findall(new)
    starts_a, starts_b = _starts(a), _starts(b)
    blocks = SequenceMatcher(None, a, b).get_matching_blocks()
    firsts = [starts_a[block.a] for block in blocks]
    found = []
    for start, stop in passages:
        block = blocks[max(0, bisect_right(firsts, start) - 1)]
        if starts_a[block.a] <= start and stop <= starts_a[block.a + block.size]:
            shift = starts_b[block.b] - starts_a[block.a]
            found.append((start + shift, stop + shift))
    return found


def _starts(words: Sequence[str]) -> list[int]:
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word))
    return starts
