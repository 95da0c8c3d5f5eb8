"""What is counted, narrowed: to documents, coders, and by the conditions of a query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualikit.coding.model import Codebook
from qualikit.corpus.model import SourceKind
from qualikit.errors import MatrixError
from qualikit.i18n import _
from qualikit.store import Store
from qualikit.themes.axes import lines_by_code, rows_of
from qualikit.themes.facts import Facts
from qualikit.themes.reading import filters
from qualikit.themes.reading.finding import find
from qualikit.themes.reading.query import Query
from qualikit.themes.reading.reader import Reader, reader_of
from qualikit.themes.reading.saved import Queries
from qualikit.themes.reading.sentence import sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Scope:
    """What a matrix or the codes that meet are asked of; the fields are the arguments of :meth:`Themes.matrix`."""

    coder: str | None = None
    codes: Sequence[str] | None = None
    levels: int | None = None
    sources: Sequence[str | SourceKind] | None = None
    documents: Sequence[str] | None = None
    where: Query | str | None = None
    nested: bool = True


@dataclass(frozen=True)
class Narrowed:
    """What is counted: ``places`` are those of its codings in ``reader.facts``; ``said``: the conditions, in words."""

    facts: Facts
    reader: Reader
    places: Ints
    said: str = ""


def read_narrowed(store: Store, me: str, scope: Scope) -> Narrowed:
    """The facts that count, and the conditions in a sentence.

    ``scope.where``: a query, or the name of a saved one. Its conditions on where and by whom something is said narrow
    those who could have said it too; the others, on codes, coders, origins, memos and verbatims, narrow the codings
    alone. Raises MatrixError, NotFound, SearchError.
    """
    import numpy as np

    reader = reader_of(store)
    facts = reader.facts
    coder = scope.coder
    query, name = _asked(store, me, scope.where)
    if coder is None and scope.sources is None and scope.documents is None and query is None:
        return Narrowed(facts, reader, np.arange(len(facts.coding_ids)))
    codings = np.ones(len(facts.coding_ids), dtype=np.bool_)
    own = _documents(facts, scope.sources, scope.documents)
    voices = own[facts.voice_document]
    if coder is not None:
        _refuse_unknown(_("codeur"), [coder], _coders(store))
        by = np.array([each == coder for each in facts.coders], dtype=np.bool_)
        codings &= by[facts.coder] if len(by) else False
    said = ""
    if query is not None:
        codings &= _gathered(reader, store, query, me)
        for _part, speech in filters.speech(reader, query):
            voices, own = voices & speech.voices, own & speech.documents
        said = sentence(query, reader.names)
        said = _("{name} : {conditions}").format(name=name, conditions=said) if name else said
    kept, places = narrowed(facts, codings, voices, own)
    return Narrowed(kept, reader, places, said)


def _asked(store: Store, me: str, where: Query | str | None) -> tuple[Query | None, str]:
    if isinstance(where, str):
        kept = Queries(store, me).get(where)
        return kept.query, kept.name
    return (None if where == Query(everyone=True) else where), ""


def _gathered(reader: Reader, store: Store, query: Query, me: str) -> Mask:
    import numpy as np

    found = np.zeros(len(reader.facts.coding_ids), dtype=np.bool_)
    found[find(store, query, me).rows] = True
    return found


def _documents(facts: Facts, sources: Sequence[str | SourceKind] | None, documents: Sequence[str] | None) -> Mask:
    import numpy as np

    kept = np.ones(len(facts.documents), dtype=np.bool_)
    if documents is not None:
        known = {source.title for source in facts.documents} | {source.id for source in facts.documents}
        _refuse_unknown(_("document"), documents, known)
        kept &= np.array([each.id in documents or each.title in documents for each in facts.documents], dtype=np.bool_)
    if sources is not None:
        kinds = _kinds(sources)
        kept &= np.array([each.kind in kinds for each in facts.documents], dtype=np.bool_)
    return kept


def _kinds(sources: Sequence[str | SourceKind]) -> set[str]:
    for source in sources:
        if source not in list(SourceKind):
            raise MatrixError(
                _("« {name} » n'est pas un type de source.").format(name=source),
                _("Il y a : {names}.").format(names=", ".join(SourceKind)),
            )
    return {SourceKind(source).value for source in sources}


def _coders(store: Store) -> set[str]:
    import sqlalchemy as sa

    from qualikit.store import coders

    with store.read() as connection:
        return set(connection.execute(sa.select(coders.c.name)).scalars())


def _refuse_unknown(kind: str, asked: Sequence[str], known: set[str]) -> None:
    for name in asked:
        if name not in known:
            raise MatrixError(
                _("Il n'y a pas de {kind} « {name} » dans le projet.").format(kind=kind, name=name),
                _("Vérifiez le nom."),
            )


def narrowed(facts: Facts, codings: Mask, voices: Mask, own: Mask) -> tuple[Facts, Ints]:
    """The facts of these codings, these voices and these documents' own words, and the places that the codings had. A
    coding of two people's words counts for those of them who are kept."""
    import numpy as np

    voiced = facts.unit_voice >= 0
    stands = codings[facts.unit_coding]
    stands[voiced] &= voices[facts.unit_voice[voiced]]
    stands[~voiced] &= own[facts.document[facts.unit_coding[~voiced]]]
    kept = np.zeros(len(codings), dtype=np.bool_)
    kept[facts.unit_coding[stands]] = True
    there = own.copy()
    there[facts.voice_document[voices]] = True
    number, document, voice = (np.cumsum(mask) - 1 for mask in (kept, there, voices))
    places = np.flatnonzero(kept)
    by, coder = np.unique(facts.coder[places], return_inverse=True)
    unit_voice = facts.unit_voice[stands]
    kept_facts = replace(
        facts,
        documents=[facts.documents[place] for place in np.flatnonzero(there).tolist()],
        coders=[facts.coders[place] for place in by.tolist()],
        voice_document=document[facts.voice_document[voices]],
        voice_person=facts.voice_person[voices],
        coding_ids=[facts.coding_ids[place] for place in places.tolist()],
        document=document[facts.document[places]],
        code=facts.code[places],
        coder=coder,
        start=facts.start[places],
        stop=facts.stop[places],
        unit_coding=number[facts.unit_coding[stands]],
        unit_voice=np.where(unit_voice >= 0, voice[unit_voice], -1),
        own=own[there],
    )
    return kept_facts, places


def of_codes(facts: Facts, chosen: set[str], *, nested: bool = True) -> Facts:
    """The facts of the codings of these codes, and of those under them unless told otherwise."""
    import numpy as np

    _flat, lengths, _own = lines_by_code(facts.codebook, rows_of(facts.codebook, chosen), nested)
    every = np.ones(len(facts.voice_document), dtype=np.bool_)
    own = np.ones(len(facts.documents), dtype=np.bool_) if facts.own is None else facts.own
    return narrowed(facts, (lengths > 0)[facts.code], every, own)[0]


def asked_codes(tree: Codebook, codes: Sequence[str] | None) -> set[str] | None:
    """Ids of the codes asked for by id or name. Raises MatrixError."""
    if codes is None:
        return None
    found = set()
    for name in codes:
        code = tree.get(name) or tree.by_name(name)
        if code is None:
            raise MatrixError(
                _("Il n'y a pas de code « {name} » dans la grille.").format(name=name), _("Vérifiez le nom du code.")
            )
        found.add(code.id)
    return found
