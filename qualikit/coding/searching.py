"""Searching the corpus narrowed by codes and coders, and coding what was found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack, cast

from qualikit.coding.model import Code
from qualikit.coding.part import Part, found_code
from qualikit.coding.retiring import refuse_retired
from qualikit.corpus import Corpus

if TYPE_CHECKING:
    from qualikit.coding.hits import CodingFilters, Extent, HitPassage, HitReport
    from qualikit.corpus.search.hits import Hit, HitCount
    from qualikit.corpus.search.indexing import IndexProgress
    from qualikit.corpus.search.narrowing import Filters


class SearchPart(Part):
    """Searching, where coding is known."""

    def search(
        self,
        query: str,
        *,
        after: Hit | tuple[int, int] | None = None,
        limit: int | None = 50,
        context: int = 70,
        progress: IndexProgress | None = None,
        **narrowed: Unpack[CodingFilters],
    ) -> list[Hit]:
        """What :meth:`qualikit.corpus.Corpus.search` finds, narrowed by codes and coders too: ``code``,
        ``without_code``, ``coded_by``, ``uncoded`` (see :class:`qualikit.coding.hits.CodingFilters`)."""
        filters = self._corpus_filters(narrowed)
        return Corpus(self._store, self._coder).search(
            query, after=after, limit=limit, context=context, progress=progress, **filters
        )

    def count_hits(self, query: str, *, at_most: int = 10_000, **narrowed: Unpack[CodingFilters]) -> HitCount:
        """How many hits :meth:`search` has in all, counted up to ``at_most``."""
        filters = self._corpus_filters(narrowed)
        return Corpus(self._store, self._coder).count_hits(query, at_most=at_most, **filters)

    def _corpus_filters(self, narrowed: CodingFilters) -> Filters:
        """Filters by codes and coders said as stretches of text: the corpus knows nothing of codings."""
        from qualikit.coding.hits import coded_spans
        from qualikit.corpus.search.narrowing import several

        ours = {"code", "without_code", "coded_by", "uncoded"}
        filters = cast("Filters", {name: value for name, value in narrowed.items() if name not in ours})
        codes, without = several(narrowed.get("code")), several(narrowed.get("without_code"))
        coders = several(narrowed.get("coded_by"))
        with self._store.read() as connection:
            if codes or coders:
                filters["within"] = coded_spans(connection, self._with_children(codes) if codes else None, coders)
            if without or narrowed.get("uncoded"):
                only = None if narrowed.get("uncoded") else self._with_children(without)
                filters["outside"] = coded_spans(connection, only)
        return filters

    def _with_children(self, codes: Sequence[str]) -> set[str]:
        book = self.codebook
        found = [found_code(book, code).id for code in codes]
        return {id for code in found for id in (code, *(below.id for below in book.descendants(code)))}

    def hit_passages(self, hits: Sequence[Hit], extent: Extent = "match") -> list[HitPassage]:
        """The passages that :meth:`code_hits` would code, each once, whether they bear a code or not."""
        from qualikit.coding.hits import passages_of

        with self._store.read() as connection:
            return passages_of(connection, hits, extent)[0]

    def code_hits(self, hits: Sequence[Hit], code: str | Code, *, extent: Extent = "match") -> HitReport:
        """Put a code on what a search found: on the words themselves, on their sentence (``"sentence"``), or on the
        whole turn, or paragraph of what nobody says (``"turn"``). One event, undone in one.

        Passages that bear the code are left as they are; hits whose text has changed since are refused one by one.
        """
        from qualikit.coding.hits import code_hits

        found = self.code(code)
        refuse_retired(found.name, found.active)
        with self._store.write(self._coder) as transaction:
            return code_hits(transaction, hits, found, extent)
