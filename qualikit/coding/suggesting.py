"""Asking an assistant for suggestions, and keeping them: nothing that a coder decided is touched."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

import sqlalchemy as sa

from qualikit.coding import queries
from qualikit.coding.assistants import Assistant, Example, Level, Material, Proposal, Segment, reaches, stored_name
from qualikit.coding.assistants.pieces import pieces
from qualikit.coding.encoders import named, ready
from qualikit.coding.examples import examples_of
from qualikit.coding.model import Codebook
from qualikit.coding.spoken import pieces_of, segments_of
from qualikit.coding.tables import decisions, suggestions
from qualikit.coding.vectors import VectorProgress, encoder_key, vectors
from qualikit.corpus.model import Document
from qualikit.corpus.queries import document_from, select_documents
from qualikit.corpus.tables import documents
from qualikit.errors import EndpointFailed
from qualikit.i18n import _, ngettext
from qualikit.store import Store, Transaction, new_id, now
from qualikit.text import Span

if TYPE_CHECKING:
    from qualikit.coding.endpoint.asking import Endpoint


class SuggestionProgress(Protocol):
    """Called before each step and at the end: how many are done, of how many, the document at hand. False stops."""

    def __call__(self, done: int, total: int, name: str = "", /) -> bool: ...


@dataclass(frozen=True)
class SuggestionReport:
    """What asking gave: suggestions ``added``, gone because they are not proposed any more (``removed``), left or
    renewed (``kept``), in ``documents`` documents. ``stopped``: before the end; only those were read; ``trouble`` says
    what stopped it, where that was not the user. ``refused``: answers, or parts of them, that could not be taken."""

    documents: int = 0
    added: int = 0
    kept: int = 0
    removed: int = 0
    stopped: bool = False
    refused: int = 0
    trouble: str = ""

    def __str__(self) -> str:
        parts = [ngettext("{n} nouvelle suggestion", "{n} nouvelles suggestions", self.added).format(n=self.added)]
        if self.kept:
            parts.append(ngettext("{n} était déjà là", "{n} étaient déjà là", self.kept).format(n=self.kept))
        if self.removed:
            gone = ngettext("{n} n'a plus lieu d'être", "{n} n'ont plus lieu d'être", self.removed)
            parts.append(gone.format(n=self.removed))
        read = ngettext("{n} document lu", "{n} documents lus", self.documents).format(n=self.documents)
        end = _(" ; arrêté avant la fin") if self.stopped else ""
        said = [f"{', '.join(parts)} ({read}){end}."]
        if self.refused:
            refused = ngettext("{n} réponse n'a pas été retenue.", "{n} réponses n'ont pas été retenues.", self.refused)
            said.append(refused.format(n=self.refused))
        return " ".join([*said, self.trouble]).strip()


class _Stopped(Exception):
    pass


def suggest(
    store: Store,
    coder: str,
    assistant: Assistant,
    document_ids: Collection[str] | None = None,
    code_ids: Collection[str] | None = None,
    *,
    moderators: bool = False,
    least: Level = Level.WEAK,
    within: Span | None = None,
    progress: SuggestionProgress | None = None,
    endpoint: Callable[[], Endpoint] | None = None,
) -> SuggestionReport:
    """Ask for suggestions on documents (None: all) and keep them, as one event.

    The assistant reads the whole corpus first: what is rare there says more. Asked again, its suggestions that nobody
    decided on are replaced; where it proposes the same, nothing changes. What a moderator says is left out unless
    ``moderators``. ``least``: those below that level are not kept. ``within``: only what is said on that part of each
    text, widened to whole passages. Stopped, what was read by then is kept.
    ``endpoint`` gives assistants that ask one the language model of the project. Raises EndpointRefused.
    """
    with store.read() as connection:
        book = queries.codebook(connection)
        known = examples_of(connection, coder)
        found = [document_from(row) for row in connection.execute(select_documents())]
    wanted = [document for document in found if document_ids is None or document.id in document_ids]
    step, steps, title = 0, len(found) + len(wanted), ""

    def still() -> None:
        if progress is not None and not progress(step, steps, title):
            raise _Stopped

    def encoding(_done: int, _total: int, _name: str = "", /) -> bool:
        still()
        return True

    def going(name: str) -> None:
        nonlocal step, title
        title = name
        still()
        step += 1

    def sentences_of(document: Document) -> list[Segment]:
        if moderators:
            return segments_of(store, document, moderators=True)
        return [each for piece in pieces_of(store, document) for each in piece.sentences]

    def corpus() -> Iterator[Segment]:
        for document in found:
            going(document.title)
            yield from sentences_of(document)

    parts: dict[str, Span] = {}  # by text version: what was asked about, where that is not the whole

    active = Codebook.of((code for code in book if code.active), book.name, book.description)
    read: dict[str, list[Proposal]] = {}  # by text version
    stopped, trouble = False, ""
    suggester = None
    try:
        made = material(store, active, corpus(), known, progress=encoding)
        suggester = assistant.prepare(replace(made, code_ids=code_ids, still=still, endpoint=endpoint))
        step = len(found)  # whether or not it read the corpus
        for document in wanted:
            going(document.title)
            segments = sentences_of(document)
            if within is not None:
                segments, parts[str(document.text_version_id)] = _near(segments, within)
            read[str(document.text_version_id)] = [
                proposal
                for proposal in suggester.suggest(segments)
                if (code_ids is None or proposal.code_id in code_ids) and reaches(proposal.score, least)
            ]
    except _Stopped:
        stopped = True
    except EndpointFailed as error:
        if not read:
            raise
        stopped, trouble = True, str(error)
    else:
        if progress is not None:
            progress(steps, steps)
    with store.write(coder) as transaction:
        unsure = frozenset(getattr(suggester, "incomplete", ()))
        added, kept, removed = _keep(transaction, assistant, read, code_ids, unsure, None if within is None else parts)
    refused = int(getattr(suggester, "refused", 0))
    return SuggestionReport(len(read), added, kept, removed, stopped, refused, trouble)


def _near(segments: Iterable[Segment], within: Span) -> tuple[list[Segment], Span]:
    """The segments of the passages that have words in a part of a text, and where these stand."""
    near = [sentence for piece in pieces(segments) if piece.touches(within) for sentence in piece.sentences]
    return near, Span(near[0].start, near[-1].stop) if near else within


def material(
    store: Store,
    book: Codebook,
    corpus: Iterable[Segment],
    known: Sequence[Example],
    encoder: str | None = None,
    progress: VectorProgress | None = None,
) -> Material:
    """What an assistant gets ready with; vectors by the encoder that this machine is set to, or by another one."""
    found = ready() if encoder is None else named(encoder)
    rows = None if found is None else partial(vectors, store, found, progress=progress)
    return Material(book, corpus, known, rows, "" if found is None else encoder_key(found))


def _keep(
    transaction: Transaction,
    assistant: Assistant,
    read: dict[str, list[Proposal]],
    code_ids: Collection[str] | None,
    incomplete: Collection[str] = (),
    parts: Mapping[str, Span] | None = None,
) -> tuple[int, int, int]:
    """Make the suggestions of these texts what the assistant says now; how many came, stayed, went. On those that are
    ``incomplete`` none goes, nor outside of the ``parts`` where only these were read."""
    connection = transaction.connection
    current = set(
        connection.execute(sa.select(documents.c.text_version_id).where(sa.not_(documents.c.removed))).scalars()
    )
    codes = {code.id for code in queries.codebook(connection) if code.active}
    texts = [version for version in read if version in current]  # corrected while it was read: not of that text
    wanted = {
        (version, proposal.segment.start, proposal.segment.stop, proposal.code_id): proposal
        for version in texts
        for proposal in read[version]
        if proposal.code_id in codes
    }
    there, decided = _there(connection, stored_name(assistant, transaction.coder_id), texts, code_ids)
    fields: dict[tuple[Any, ...], dict[str, Any]] = {
        key: {
            "score": proposal.score,
            "reason": proposal.reason,
            "assistant_version": assistant.version,
            "parameters": {**assistant.parameters, **proposal.parameters},
        }
        for key, proposal in wanted.items()
    }
    gone = [
        id
        for key, id in there.items()
        if key not in wanted
        and id not in decided
        and key[0] not in incomplete
        and (parts is None or (key[0] in parts and parts[key[0]].overlaps(Span(key[1], key[2]))))
    ]
    fresh = [key for key in wanted if key not in there]
    renewed = {there[key]: fields[key] for key in wanted if key in there and there[key] not in decided}
    at = now()
    with transaction.event(
        "suggestions.ask", _("suggestions par {name} demandées").format(name=assistant.label), quiet=True
    ) as change:
        change.delete(suggestions, *gone)
        change.update_many(suggestions, renewed)
        change.insert(
            suggestions,
            *(
                {
                    "id": new_id(),
                    "document_id": wanted[key].segment.document_id,
                    "text_version_id": key[0],
                    "start": key[1],
                    "stop": key[2],
                    "quote": wanted[key].segment.words,
                    "code_id": key[3],
                    "assistant": stored_name(assistant, transaction.coder_id),
                    "created": at,
                    **fields[key],
                }
                for key in fresh
            ),
        )
    return len(fresh), len(renewed), len(gone)


def withdraw(transaction: Transaction, document_id: str | None, assistant: str | None) -> int:
    """Take away suggestions that nobody has answered; how many."""
    own = f"/{transaction.coder_id}"
    query = sa.select(suggestions.c.id).where(
        suggestions.c.id.not_in(sa.select(decisions.c.suggestion_id)),
        sa.or_(suggestions.c.assistant.not_like("%/%"), suggestions.c.assistant.endswith(own)),
    )
    if document_id is not None:
        query = query.where(suggestions.c.document_id == document_id)
    if assistant is not None:
        query = query.where(suggestions.c.assistant.in_([assistant, assistant + own]))
    gone = transaction.connection.execute(query).scalars().all()
    with transaction.event("suggestions.withdraw", _("suggestions sans réponse retirées"), quiet=True) as change:
        change.delete(suggestions, *gone)
    return len(gone)


def _there(
    connection: sa.Connection, assistant: str, texts: Sequence[str], code_ids: Collection[str] | None
) -> tuple[dict[tuple[Any, ...], str], set[str]]:
    """The assistant's suggestions on these texts by place and code, and those among them that somebody decided on."""
    there: dict[tuple[Any, ...], str] = {}
    for some in queries.parts(texts):
        query = sa.select(suggestions).where(
            suggestions.c.text_version_id.in_(some), suggestions.c.assistant == assistant
        )
        for row in connection.execute(query):
            if code_ids is None or row.code_id in code_ids:
                there[row.text_version_id, row.start, row.stop, row.code_id] = row.id
    decided = set(connection.execute(sa.select(decisions.c.suggestion_id).distinct()).scalars())
    return there, decided & set(there.values())
