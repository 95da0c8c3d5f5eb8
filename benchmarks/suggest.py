"""Suggestions by the keywords of a codebook, beside a regular expression a keyword over the same sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable

from benchmarks.data import Vocabulary
from benchmarks.harness import Row, Run, benchmark, seconds
from qualikit.coding.assistants import Material, Segment
from qualikit.coding.assistants.keywords import KeywordAssistant
from qualikit.coding.model import Code, Codebook
from qualikit.text import Span, fold, sentences

NAIVE = "one regular expression a keyword on each folded sentence: no families of words, no rarity, no reason"
CODES, KEYWORDS = 40, 8


@benchmark("suggest", "320 keywords of 40 codes looked for in 100,000 words, with rarity and reasons")
def suggest(run: Run) -> Iterable[Row]:
    """Both read the sentences twice, once to count, once to propose; the slower one a tenth of them."""
    documents = run.size(10, 2)
    vocabulary = Vocabulary()
    texts = [vocabulary.transcript(run.size(10_000, 300), seed).text for seed in range(documents)]
    segments = [
        Segment(str(number), str(number), span.start, span.stop, span.of(text))
        for number, text in enumerate(texts)
        for span in sentences(text, Span(0, len(text)))
    ]
    some = [segment for segment in segments if segment.document_id == "0"]
    words = vocabulary.words[200 : 200 + CODES * KEYWORDS]
    book = Codebook.of(
        Code(str(n), f"Code {n}", position=n, keywords=tuple(words[n * KEYWORDS : (n + 1) * KEYWORDS]))
        for n in range(CODES)
    )

    def ours() -> None:
        KeywordAssistant().prepare(Material(book, segments)).suggest(segments)

    def naive() -> None:
        patterns = [re.compile(rf"\b{re.escape(fold(word))}\b") for word in words]
        for _reading in range(2):
            for segment in some:
                sentence = fold(segment.words)
                for pattern in patterns:
                    pattern.search(sentence)

    took = run.ours("suggest", lambda: seconds(ours))
    beside = run.attempt(NAIVE, lambda: seconds(naive))
    yield Row(
        "suggest",
        took and _words(segments) / took,
        "words/s",
        NAIVE,
        beside and _words(some) / beside,
        more_is_better=True,
    )


def _words(segments: Iterable[Segment]) -> int:
    return sum(len(segment.words.split()) for segment in segments)
