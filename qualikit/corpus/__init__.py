"""The room of the corpus: what was said, by whom, where."""

from qualikit.corpus.corpus import Corpus

__all__ = ["Corpus"]
