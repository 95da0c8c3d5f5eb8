"""The part of the coding that learns from it: passages like one, what was missed, how reliable suggestions are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from qualikit.coding.model import Code
from qualikit.coding.part import Part, document_id_of
from qualikit.i18n import _, ngettext

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from qualikit.coding.assistants import Level
    from qualikit.coding.assisted import Assisted, Found, Waiting
    from qualikit.coding.blind import Blind, BlindPassage
    from qualikit.coding.groups import Group
    from qualikit.coding.reliability import AssistantTally, Origins, Reliability
    from qualikit.coding.vectors import VectorProgress
    from qualikit.corpus.pseudonyms.key import Key


class AssistingPart(Part):
    """What is learned from a coder's decisions. Each first call computes the vectors that are missing, and may take
    seconds or minutes; ``progress`` is told of it, and stops it where it says False
    (:class:`qualikit.coding.vectors.Stopped`)."""

    def assisted(self, progress: VectorProgress | None = None) -> Assisted:
        """The project as this coder sees it, ready to be asked; kept until it changes."""
        from qualikit.coding.assisted import assisted

        return assisted(self._store, self._coder, progress)

    def assistance_ready(self) -> bool:
        """Whether all of this answers at once: few passages have no vector yet."""
        from qualikit.coding.indexing import is_ready

        return is_ready(self._store, self._coder)

    def index(self, *, executor: Executor | None = None, progress: VectorProgress | None = None) -> tuple[int, int]:
        """Compute the vectors of all passages that have none; how many were looked at, of how many. ``executor``: where
        batches are computed, such as Dask's ``client.get_executor()``; None: here, one after the other."""
        from qualikit.coding.indexing import index_corpus

        return index_corpus(self._store, self._coder, progress, executor)

    def similar(
        self,
        text: str | None = None,
        *,
        coding: str | None = None,
        limit: int = 20,
        documents: Sequence[str] | None = None,
        territory: str | None = None,
        coded: bool | None = None,
        progress: VectorProgress | None = None,
    ) -> list[Found]:
        """The passages most like some words, or like a coding (by id), the likest first.

        ``documents`` by title or id, ``territory``: only there. ``coded``: only what this coder has coded, or has not.
        Raises NotFound, CodingRefused.
        """
        from qualikit.coding.codings import Codings

        seen = self.assisted(progress)
        own = None if coding is None else Codings(self._store, self._coder).coding(coding)
        words = text if own is None else own.quote
        with self._store.read() as connection:
            ids = None if documents is None else {document_id_of(connection, each) for each in documents}
        if territory is not None:
            there = {id for id, each in seen.documents.items() if each.territory == territory}
            ids = there if ids is None else ids & there
        return seen.similar(words or "", limit=limit, documents=ids, coded=coded, own=own)

    def missed(
        self, code: str | Code | None = None, limit: int = 50, progress: VectorProgress | None = None
    ) -> list[Found]:
        """Passages that look like a code (None: any) and do not bear it, the surest first."""
        from qualikit.coding.doubts import missed

        id = None if code is None else self.code(code).id
        return missed(self.assisted(progress), id, limit)

    def doubtful(
        self, code: str | Code | None = None, limit: int = 50, progress: VectorProgress | None = None
    ) -> list[Found]:
        """Codings of this coder's that do not look like their code, the least likely first."""
        from qualikit.coding.doubts import doubtful

        id = None if code is None else self.code(code).id
        return doubtful(self.assisted(progress), id, limit)

    def proposals_next(
        self, limit: int = 10, away: Collection[tuple[str, int]] = (), progress: VectorProgress | None = None
    ) -> list[Waiting]:
        """Passages that this coder has not coded, what teaches most first, each with the codes proposed for it; see
        :meth:`qualikit.coding.assisted.Assisted.queue`."""
        seen = self.assisted(progress)
        return [seen.waiting(number) for number in seen.queue(limit, away)]

    def answer(
        self, found: Found | Sequence[Found], code: str | Code | None = None, *, assistant: str = "meaning"
    ) -> int:
        """Accept a proposal, or several at once, as proposed or with another ``code``: one event; how many codings
        came. Raises CodingRefused, NotFound."""
        from qualikit.coding.assistants import assistants
        from qualikit.coding.proposing import answer, batch_label

        some = [found] if not isinstance(found, Sequence) else list(found)
        id = None if code is None else self.code(code).id
        names = {each.id: each.name for each in self.codebook}
        label = (
            batch_label(some)
            if len(some) != 1
            else _("suggestion acceptée : code {name}").format(name=names.get(id or some[0].code_id, "?"))
        )
        with self._store.write(self._coder) as transaction:
            return answer(transaction, assistants.get(assistant), some, id, label)

    def refuse(self, found: Found | Sequence[Found], *, assistant: str = "meaning") -> None:
        """Refuse a proposal, or several at once: one event."""
        from qualikit.coding.assistants import assistants
        from qualikit.coding.proposing import answer

        some = [found] if not isinstance(found, Sequence) else list(found)
        n = len(some)
        label = ngettext("{n} suggestion refusée", "{n} suggestions refusées", n).format(n=n)
        with self._store.write(self._coder) as transaction:
            answer(transaction, assistants.get(assistant), some, "", label)

    def batch(
        self,
        codes: Sequence[str | Code],
        assistant: str = "keywords",
        documents: Sequence[str] | None = None,
        *,
        least: str = "medium",
        progress: VectorProgress | None = None,
    ) -> list[Found]:
        """What an assistant would code with these codes, all at once, for :meth:`answer` to carry out: nothing is
        written. What this coder has coded so already, or refused, is left out. Raises NotFound, UnknownPlugin."""
        from qualikit.coding.assistants import Level, assistants
        from qualikit.coding.proposing import at_least

        ids = [self.code(each).id for each in codes]
        with self._store.read() as connection:
            wanted = None if documents is None else [document_id_of(connection, each) for each in documents]
        seen = self.assisted(progress)
        return at_least(seen.all_proposals(assistants.get(assistant), ids, wanted), Level(least))

    def gaps(self, progress: VectorProgress | None = None) -> list[Group]:
        """Groups of passages that no code speaks of."""
        from qualikit.coding.groups import groups

        return groups(self.assisted(progress))

    def name_group(self, name: str, group: Group, passages: int = 0) -> str:
        """Make a code of a group, with its typical words as keywords, and put it on its first ``passages``: one event;
        the id of the code. Raises CodebookError, CodingRefused."""
        from qualikit.coding.proposing import name_group

        with self._store.write(self._coder) as transaction:
            return name_group(transaction, name, group.words, group.passages, passages)

    def tallies(self, *, everybody: bool = False) -> tuple[AssistantTally, ...]:
        """What became of the suggestions that this coder (or ``everybody``) decided on, by assistant."""
        from qualikit.coding.reliability import tallies

        with self._store.read() as connection:
            return tallies(connection, None if everybody else self._coder)

    def blind(self) -> Blind:
        """How far this coder's blind sample is answered, and the agreement."""
        from qualikit.coding.blind import blind

        return blind(self._store, self._coder)

    def evaluate(self, *, everybody: bool = False, progress: VectorProgress | None = None) -> Reliability:
        """How well the assistants do on this project: decisions of this coder (or of ``everybody``), what would have
        been found at which threshold, agreement on the blind sample."""
        from qualikit.coding import blind, reliability

        coder = None if everybody else self._coder
        with self._store.read() as connection:
            found = reliability.tallies(connection, coder)
        scored, folds = reliability.thresholds(self.assisted(progress))
        return reliability.Reliability(coder, found, scored, folds, blind.blind(self._store, self._coder))

    def origins(self, documents: Sequence[str] | None = None) -> Origins:
        """How codings began (documents by id or title; None: all): by hand, or as suggestions of which assistant."""
        from qualikit.coding.reliability import origins

        with self._store.read() as connection:
            ids = None if documents is None else [document_id_of(connection, each) for each in documents]
            return origins(connection, ids)

    def accepted_by_level(self) -> dict[tuple[str, Level], tuple[int, int]]:
        """Of each assistant to whom this coder has answered often enough, by level: how many suggestions they accepted
        as proposed, of how many that they answered."""
        from qualikit.coding.reliability import accepted_by_level

        with self._store.read() as connection:
            return accepted_by_level(connection, self._coder)

    def draw_blind(
        self,
        seed: int | None = None,
        *,
        assistant: str = "meaning",
        key: Key | None = None,
        progress: VectorProgress | None = None,
    ) -> int:
        """Draw a blind sample of fifty passages for this coder, in place of the one before, and have the assistant read
        them; how many there are. ``key`` as in :meth:`suggest`. Raises UnknownPlugin, EndpointRefused, EndpointFailed.
        """
        from qualikit.coding import blind
        from qualikit.coding.assistants import assistants
        from qualikit.coding.endpoint.service import LanguageModel

        found = assistants.get(assistant)
        with LanguageModel(self._store, self._coder).asking(key) as endpoint:
            return blind.draw(self._store, self.assisted(progress), found, seed, endpoint, progress)

    def stop_blind(self) -> None:
        """Leave the sample with what was answered of it."""
        from qualikit.coding import blind

        blind.stop(self._store, self._coder)

    def blind_sample(self, progress: VectorProgress | None = None) -> list[BlindPassage]:
        """The passages of this coder's blind sample."""
        from qualikit.coding import blind

        return blind.blind_passages(self._store, self.assisted(progress))

    def answer_blind(self, number: int, codes: Sequence[str | Code]) -> None:
        """What this coder reads in a passage of the sample. Raises NotFound, CodingRefused."""
        from qualikit.coding import blind

        blind.answer(self._store, self._coder, number, [self.code(each).id for each in codes])
