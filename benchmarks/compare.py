"""Groups compared: how fast, and how often the tests raise a false alarm where there is no difference."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from benchmarks import projects
from benchmarks.harness import Row, Run, benchmark, median, seconds

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np

PANDAS = "pandas: codings joined to the turns of their document, those that overlap kept, people counted; no test"
LOOP = "the same tail summed term by term in a loop, form by form, on a tenth of them, times ten"
NAIVE = "log-likelihood of the words alone, at 5 %"


@benchmark("compare", "groups compared by codes, words and passages, over 1,000 documents and 50,000 codings")
def compare(run: Run) -> Iterable[Row]:
    documents, codings = run.size(1_000, 8), run.size(50_000, 160)
    path = run.ours("compare", lambda: projects.many_documents(run.subfolder("compare"), documents, codings))
    if path is None:
        for what in ("codes", "passages", "words", "words/first"):
            yield Row(f"compare/{what}", None, "s", PANDAS, None)
        return
    theirs = run.attempt(PANDAS, lambda: _pandas(path))
    from qualikit import Project

    with Project.open(path, coder=projects.CODER) as project:
        first = run.ours("words/first", lambda: seconds(lambda: project.themes.compare(what="words")))
        for what in ("codes", "passages", "words"):
            took = run.ours(what, lambda what=what: median(lambda: project.themes.compare(what=what), run.repeat))
            yield Row(f"compare/{what}", took, "s", PANDAS, theirs)
        yield Row("compare/words/first", first, "s", "the same again, every text having been read", took)


def _pandas(path: Path) -> float:
    import sqlite3
    from contextlib import closing

    import pandas as pd

    def count() -> None:
        codings = pd.read_sql("SELECT document_id, text_version_id, start, stop, code_id FROM codings", connection)
        turns = pd.read_sql(
            "SELECT t.text_version_id, speech_start, speech_stop, p.id AS person FROM turns t JOIN participants p"
            " ON p.id = t.participant_id WHERE p.role = 'participant'",
            connection,
        )
        documents = pd.read_sql("SELECT id AS document_id, territory FROM documents", connection)
        joined = codings.merge(turns, on="text_version_id").merge(documents, on="document_id")
        heard = joined[(joined.speech_start < joined.stop) & (joined.start < joined.speech_stop)]
        heard.groupby(["code_id", "territory"]).person.nunique()

    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return median(count, 1)


@benchmark("specificities", "Lafon's specificities of 20,000 forms in 10 parts of a million words")
def specificities(run: Run) -> Iterable[Row]:
    import numpy as np

    from qualikit.themes.statistics.specificities import specificities as ours

    forms = run.size(20_000, 200)
    rng = np.random.default_rng(1)
    share = 1 / (np.arange(forms) + 2.7)
    table = rng.multinomial(forms * 50, share / share.sum(), size=10).T // 10
    took = run.ours("specificities", lambda: median(lambda: ours(table), run.repeat))
    some = np.arange(0, forms, 10)
    theirs = run.attempt(LOOP, lambda: 10 * seconds(lambda: _plain(table, some)))
    yield Row("specificities", took, "s", LOOP, theirs)


def _plain(table: np.ndarray, some: np.ndarray) -> list[float]:
    """Lafon's formula as it is read: the hypergeometric tail, term by term."""
    total, parts = int(table.sum()), table.sum(0).tolist()

    def term(k: int, form: int, part: int) -> float:
        return math.exp(
            math.lgamma(form + 1) - math.lgamma(k + 1) - math.lgamma(form - k + 1)
            + math.lgamma(total - form + 1) - math.lgamma(part - k + 1) - math.lgamma(total - form - part + k + 1)
            - math.lgamma(total + 1) + math.lgamma(part + 1) + math.lgamma(total - part + 1)
        )  # fmt: skip

    found = []
    for row in some.tolist():
        form = int(table[row].sum())
        for part, size in enumerate(parts):
            k = int(table[row, part])
            high = k > (form + 1) * (size + 1) // (total + 2)
            values = range(k, min(form, size) + 1) if high else range(max(0, form + size - total), k + 1)
            tail = sum(term(each, form, size) for each in values)
            found.append((-1 if high else 1) * math.log10(tail) if tail > 0 else math.inf)
    return found


@benchmark("false-alarms", "words told from chance where two groups of speakers do not differ, at 5 %")
def false_alarms(run: Run) -> Iterable[Row]:
    for speakers in (6, 8, 12):
        name = f"false-alarms/{speakers}"
        found = run.ours(name, lambda speakers=speakers: _simulate(speakers, run.size(60, 2)))
        yield Row(name, found and found[0], "rate", NAIVE, found and found[1])


def _simulate(speakers: int, times: int, words: int = 150) -> tuple[float, float]:
    """The share of words raised by permutation of speakers, and by log-likelihood: each speaker has a rate of their
    own for each word (gamma), which they say at that rate (Poisson), whatever their group; some talk much more than
    others."""
    import numpy as np

    from qualikit.themes.statistics.keyness import log_likelihood
    from qualikit.themes.statistics.permutation import likelihood_spread, permute

    rng = np.random.default_rng(speakers)
    groups = np.repeat([0, 1], speakers)
    raised: list[bool] = []
    naive: list[bool] = []
    for _time in range(times):
        said = rng.lognormal(np.log(1_500), 0.5, size=2 * speakers)
        mean = rng.choice([0.0005, 0.001, 0.002, 0.005], size=words)
        rate = mean * rng.gamma(1.0, 1.0, size=(2 * speakers, words))
        counts = rng.poisson(said[:, None] * rate).astype(float)
        used = counts.sum(0) >= 5
        counts = counts[:, used]
        p = permute(counts, groups, said, statistic=likelihood_spread).p_values
        first, second = counts[groups == 0].sum(0), counts[groups == 1].sum(0)
        totals = said[groups == 0].sum(), said[groups == 1].sum()
        raised += (p <= 0.05).tolist()
        naive += (log_likelihood(first, second, totals) > 3.841).tolist()
    return float(np.mean(raised)), float(np.mean(naive))
