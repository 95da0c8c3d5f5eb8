"""Full text over ten million words: the first page of hits, with their contexts, beside SQL's LIKE on the same file."""

from __future__ import annotations

import random
import sqlite3
import statistics
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import projects
from benchmarks.data import SPEAKERS, TERRITORIES, Vocabulary
from benchmarks.harness import Row, Run, benchmark, seconds

LIKE = "SQL LIKE on the texts of the same file, accents and families of words aside, its first 50 places"
READ = "reading the same texts from the file and counting their words"
PAGE = 50


@dataclass(frozen=True)
class Query:
    """What is typed, what it is narrowed to, and the words that LIKE is given for it."""

    typed: str
    like: tuple[str, ...]
    filters: dict[str, Any] = field(default_factory=dict)


@benchmark("search", "the first page of 240 searches in 10 million words; building the index")
def search(run: Run) -> Iterable[Row]:
    documents, words = run.size(1_000, 4), run.size(10_000, 400)
    path = run.ours("search", lambda: projects.large_corpus(run.subfolder("search"), documents, words))
    names = ("search/index", "search/p50", "search/p95")
    if path is None:
        yield from (Row(name, None, "s", LIKE, None) for name in names)
        return
    before = path.stat().st_size
    built = run.ours(names[0], lambda: _build(path))
    read = run.attempt(READ, lambda: _read(path))
    if built is not None:
        run.say(f"  index: {(path.stat().st_size - before) / 1e6:.0f} MB beside {before / 1e6:.0f} MB")
    total = documents * words
    yield Row(names[0], built and total / built, "words/s", READ, read and total / read, more_is_better=True)

    asked = queries(run.size(240, 16))
    ours = run.ours("search", lambda: _ours(path, asked, run.say))
    theirs = run.attempt(LIKE, lambda: _like(path, asked))
    for name, share in zip(names[1:], (0.5, 0.95), strict=True):
        yield Row(name, ours and _share(ours, share), "s", LIKE, theirs and _share(theirs, share))


def queries(number: int, seed: int = 7) -> list[Query]:
    """Searches as people make them, of every kind in turn: frequent, middling and rare words, expressions, beginnings
    of words, several words, near ones, narrowed ones. The words are those of the vocabulary, by rank."""
    rng = random.Random(seed)
    words = Vocabulary().words

    def frequent() -> str:
        return words[rng.randrange(40)]

    def middling() -> str:
        return words[rng.randrange(100, 3_000)]

    def rare() -> str:
        return words[rng.randrange(10_000, len(words))]

    def made(kind: int) -> Query:
        one, other = middling(), middling()
        match kind:
            case 0:
                return Query(word := frequent(), (word,))
            case 1:
                return Query(one, (one,))
            case 2:
                return Query(word := rare(), (word,))
            case 3:
                return Query(f'"{(word := frequent())} {one}"', (f"{word} {one}",))
            case 4:
                return Query(f"{one[:4]}*", (one[:4],))
            case 5:
                return Query(f"{one} ET {other}", (one, other))
            case 6:
                return Query(f"{frequent()} PROCHE/5 {one}", (one,))
            case 7:
                return Query(one, (one,), {"territory": rng.choice(TERRITORIES)})
            case 8:
                return Query(f"{one} OU {other}", (one,), {"participant": rng.choice(SPEAKERS)})
            case 9:
                return Query(f"{one} SAUF {frequent()}", (one,), {"moderators": False})
            case 10:
                return Query(f"={one}", (one,))
            case _:
                return Query(word := frequent(), (word,), {"document": f"Entretien {rng.randrange(4):04}"})

    return [made(place % 12) for place in range(number)]


def _build(path: Path) -> float:
    from qualikit import Project

    with Project.open(path, coder=projects.CODER) as project:
        return seconds(lambda: project.corpus.search("mesure"))


def _read(path: Path) -> float:
    def count() -> None:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            for (text,) in connection.execute("SELECT text FROM text_versions"):
                len(text.split())

    return seconds(count)


def _ours(path: Path, asked: Sequence[Query], say: Callable[[str], None]) -> list[float]:
    from qualikit import Project

    with Project.open(path, coder=projects.CODER) as project:
        project.corpus.search("mesure", moderators=False)  # an application that was open has its modules loaded
        took = [seconds(lambda query=query: project.corpus.search(query.typed, **query.filters)) for query in asked]
    slowest = sorted(zip(took, (query.typed for query in asked), strict=True), reverse=True)[:3]
    say("  slowest: " + ", ".join(f"{typed} {time * 1000:.0f} ms" for time, typed in slowest))
    return took


def _like(path: Path, asked: Sequence[Query]) -> list[float]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return [seconds(lambda query=query: _like_page(connection, query)) for query in asked]


def _like_page(connection: sqlite3.Connection, query: Query) -> list[tuple[str, int]]:
    """Titles and places of the first hits: which texts hold the words, then where the first of them stands."""
    conditions = " AND ".join("v.text LIKE ?" for _word in query.like)
    values: list[Any] = [f"%{word}%" for word in query.like]
    for column, value in (("territory", query.filters.get("territory")), ("title", query.filters.get("document"))):
        if value is not None:
            conditions += f" AND d.{column} = ?"
            values.append(value)
    found: list[tuple[str, int]] = []
    rows = connection.execute(
        "SELECT d.title, v.text FROM documents d JOIN text_versions v ON v.id = d.text_version_id"
        f" WHERE {conditions} ORDER BY d.title",
        values,
    )
    for title, text in rows:
        place = text.find(query.like[0])
        while place >= 0:
            found.append((title, place))
            if len(found) == PAGE:
                return found
            place = text.find(query.like[0], place + 1)
    return found


def _share(figures: Sequence[float], share: float) -> float:
    """The figure below which that share of them is."""
    return statistics.quantiles(figures, n=100, method="inclusive")[round(share * 100) - 1]
