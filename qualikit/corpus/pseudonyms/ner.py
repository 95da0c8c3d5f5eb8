"""The language model's opinion: entities of a text. The one file that loads its networks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from qualikit.corpus.pseudonyms.lexicon import MODEL, missing
from qualikit.corpus.pseudonyms.model import Kind

BATCH = 64
LONGEST = 1_500  # characters read in one piece: a longer one costs memory and finds nothing more

_KINDS = {"PER": Kind.PERSON, "LOC": Kind.PLACE, "ORG": Kind.ORGANISATION, "MISC": Kind.OTHER}
_PIECE = re.compile(r"[^\n]+")


@cache
def _model() -> Any:
    """The recogniser alone: the rest of the model says nothing about names. Raises MissingDependency."""
    import warnings

    import spacy

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return spacy.load(
                MODEL, exclude=["tok2vec", "morphologizer", "parser", "attribute_ruler", "lemmatizer", "senter"]
            )
    except OSError as error:
        raise missing() from error


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text with their places, long ones cut at a space."""
    for line in _PIECE.finditer(text):
        start, stop = line.span()
        while stop - start > LONGEST:
            cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
            cut = cut if cut > 0 else start + LONGEST
            yield start, text[start:cut]
            start = cut
        if text[start:stop].strip():
            yield start, text[start:stop]


def entities(texts: Iterable[tuple[int, str]]) -> Iterator[tuple[int, int, Kind]]:
    """Start, stop and kind of each entity of pieces of a text, in batches."""
    # The model is not safe between threads while it runs; each call takes its own turn.
    model = _model()
    pairs = ((piece, start) for start, piece in texts)
    for doc, start in model.pipe(pairs, as_tuples=True, batch_size=BATCH):
        for entity in doc.ents:
            yield start + entity.start_char, start + entity.end_char, _KINDS.get(entity.label_, Kind.OTHER)
