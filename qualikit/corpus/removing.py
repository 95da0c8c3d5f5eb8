"""People and documents taken out for good: what they said, what was made of it, what remembers it.

Not undone: it is what a person may ask for (GDPR, article 17). The history keeps that it was done, when, by whom and
how much, never what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from qualikit.corpus import prose, queries
from qualikit.corpus.model import Participant, TextVersion, Turn
from qualikit.corpus.tables import documents, participants, source_files, text_versions, turns
from qualikit.errors import NotFound
from qualikit.i18n import _, ngettext
from qualikit.rebasing import Edit, Rebasing, edited
from qualikit.store import QUIET, SPANS, Change, Store, Transaction, erasing, metadata
from qualikit.text import Span, count_words, fold, text_hash

if TYPE_CHECKING:
    from qualikit.corpus.pseudonyms.key import Key
    from qualikit.corpus.pseudonyms.matching import Matcher
    from qualikit.corpus.pseudonyms.model import Entry

_RUN = 6
"""Words in a row of somebody that count as a quotation of them, wherever they stand."""
_WHOLE = 3
"""Words from which a text that is all they said in a turn is a quotation too: « oui » is anybody's."""


@dataclass(frozen=True)
class Removal:
    """What a removal takes, or took: people of that name, documents where they speak, turns, words said, codings that
    stand on these words alone, mentions by others, original files."""

    people: int = 0
    documents: tuple[str, ...] = ()
    turns: int = 0
    words: int = 0
    codings: int = 0
    mentions: int = 0
    originals: int = 0
    names: tuple[str, ...] = field(default=(), repr=False)

    def sentences(self) -> list[str]:
        """What goes, one sentence each."""
        spoken = ngettext("{n} tour de parole", "{n} tours de parole", self.turns).format(n=self.turns)
        where = ngettext("{n} document", "{n} documents", len(self.documents)).format(n=len(self.documents))
        said = [
            _("{turns} dans {documents} : les paroles sont remplacées par « {mark} ».").format(
                turns=spoken, documents=where, mark=words_mark()
            )
        ]
        if self.codings:
            said.append(
                ngettext(
                    "{n} codage sur ces seules paroles est supprimé, avec ses mémos.",
                    "{n} codages sur ces seules paroles sont supprimés, avec leurs mémos.",
                    self.codings,
                ).format(n=self.codings)
            )
        if self.mentions:
            said.append(
                ngettext(
                    "{n} mention de son nom ailleurs devient « {mark} ».",
                    "{n} mentions de son nom ailleurs deviennent « {mark} ».",
                    self.mentions,
                ).format(n=self.mentions, mark=person_mark())
            )
        if self.mentions:
            names = ", ".join(f"« {name} »" for name in self.names)
            said.append(_("Noms cherchés : {names}.").format(names=names))
        if self.originals:
            said.append(
                ngettext(
                    "{n} fichier d'origine est supprimé : il contient ses paroles ou son nom.",
                    "{n} fichiers d'origine sont supprimés : ils contiennent ses paroles ou son nom.",
                    self.originals,
                ).format(n=self.originals)
            )
        return said


def words_mark() -> str:
    """What stands instead of what somebody said."""
    return _("[paroles retirées]")


def person_mark() -> str:
    """What stands instead of somebody's name."""
    return _("[personne retirée]")


# -- a person


def foresee(
    connection: sa.Connection, name: str, key: Key | None = None, *, also: Iterable[str] = (), mentions: bool = True
) -> Removal:
    """What :func:`remove_person` would take. Raises NotFound."""
    plan = _Plan.of(connection, name, key, also=also, mentions=mentions)
    words = codings = 0
    for version, edits in plan.versions(connection):
        words += sum(len(version.text[turn.speech_start : turn.speech_stop].split()) for turn in edits.turns)
        codings += _reviewed(_inside(connection, version.id, edits.turns))
    return plan.removal(words, codings)


def remove_person(
    store: Store,
    coder: str,
    name: str,
    key: Key | None = None,
    *,
    also: Iterable[str] = (),
    mentions: bool = True,
) -> Removal:
    """Take out for good everybody of that name, or the participant of that id: their words in every text, their
    codings, their row, their place in the key, the original files, what the history, the caches and the backups
    remember. ``mentions``: their name, where others say it, goes as well; ``also``: other names by which they are
    called. Raises NotFound, ProjectBusy."""
    with store.write(coder) as transaction:
        connection = transaction.connection
        plan = _Plan.of(connection, name, key, also=also, mentions=mentions)
        spoken = _Spoken()
        words = codings = 0
        for version, edits in plan.versions(connection):
            words += sum(len(version.text[turn.speech_start : turn.speech_stop].split()) for turn in edits.turns)
            spoken.add(version.text[turn.speech_start : turn.speech_stop] for turn in edits.turns)
            codings += _take_out(connection, version, edits, plan.unnamed)
        _forget_sources(connection, plan.touched)
        connection.execute(sa.update(text_versions).values(note=None))  # on corrections: it may quote them
        _rewrite_prose(transaction, plan, spoken)
        connection.execute(
            sa.update(turns).where(turns.c.participant_id.in_(plan.ids)).values(participant_id=None, label=None)
        )
        erasing.cascade(connection, participants, plan.ids)
        erasing.forget_history(transaction)
        done = plan.removal(words, codings)
        erasing.close_history(
            transaction,
            "person.remove",
            _("une personne a été retirée à sa demande ({turns}, {codings})").format(
                turns=ngettext("{n} tour de parole", "{n} tours de parole", done.turns).format(n=done.turns),
                codings=ngettext("{n} codage", "{n} codages", done.codings).format(n=done.codings),
            ),
        )
        erasing.leave_note(transaction)
    if key is not None:
        key.put([], without=plan.entries)
    erasing.finish(store)
    return done


@dataclass
class _Edits:
    """What changes in one text: the turns that go, and every edit in order."""

    turns: list[Turn]
    edits: list[Edit]


@dataclass(frozen=True)
class _Speaks:
    """A text in which turns are theirs, and what they say in it."""

    version_id: str
    text: str
    spans: list[Span]


def _given_to_others(text: str, others: Iterable[Turn], elsewhere: Iterable[_Speaks]) -> list[Edit]:
    """What takes out of turns of others, in an earlier text, the words that a correction gave to who goes."""
    places: list[tuple[int, int]] = []
    for speaks in elsewhere:
        rebasing = Rebasing.between(speaks.text, text)
        places += [(rebasing.start(span.start), rebasing.stop(span.stop)) for span in speaks.spans]
    edits: list[Edit] = []
    for turn in others:
        done = turn.speech_start
        for start, stop in sorted(places):
            first, last = max(start, done), min(stop, turn.speech_stop)
            if words := text[first:last].strip():
                place = text.index(words, first)
                edits.append(Edit(place, place + len(words), words_mark()))
                done = last
    return edits


@dataclass
class _Plan:
    """Who goes, by which names, from which documents."""

    ids: list[str]
    names: tuple[str, ...]
    entries: frozenset[str]
    matcher: Matcher | None
    nearby: Matcher | None
    """Finds besides, where they speak, the names that others have elsewhere."""
    spoken: dict[str, int] = field(default_factory=dict)
    """Title of each document where they speak → turns."""
    touched: set[str] = field(default_factory=set)
    mentioned: int = 0
    originals: int = 0

    @classmethod
    def of(cls, connection: sa.Connection, name: str, key: Key | None, *, also: Iterable[str], mentions: bool) -> _Plan:
        rows = connection.execute(sa.select(participants)).all()
        one = next((row for row in rows if row.id == name), None)
        called = one.name if one is not None else name
        entries = [entry for entry in key.entries if _is_called(entry, called)] if key is not None else []
        wanted = {fold(name.strip()), *(fold(one) for entry in entries for one in (*entry.forms, entry.pseudonym))}
        labels = connection.execute(
            sa.select(turns.c.participant_id, turns.c.label).where(turns.c.participant_id.is_not(None)).distinct()
        ).all()
        bearing = {row.participant_id for row in labels if row.label and fold(row.label) in wanted}
        ids = [row.id for row in rows if fold(row.name) in wanted or row.id in bearing] if one is None else [one.id]
        # « P3 » is somebody else in another document: there, it tells of nobody who goes.
        borne = {fold(row.name) for row in rows if row.id not in ids}
        borne |= {fold(row.label) for row in labels if row.participant_id not in ids and row.label}
        if fold(called) in borne:
            entries = []
        if not ids and not entries:
            raise NotFound(
                _("Personne ne s'appelle « {name} » dans le projet.").format(name=name),
                _("Les noms se lisent sur la page Corpus, ou avec « qualikit turns »."),
            )
        names = {row.name for row in rows if row.id in ids}
        names |= {row.label for row in labels if row.participant_id in ids and row.label}
        names |= {form for entry in entries for form in (*entry.forms, entry.pseudonym) if form}
        names |= {" ".join(one.split()) for one in also if one.strip()}
        matcher = nearby = None
        if mentions:
            own = {name for name in names if fold(name) not in borne}
            full, gone = _fuller(connection, own), {entry.id for entry in entries}
            names |= full
            matcher, nearby = (_matcher(sorted(these), key, gone) for these in (own | full, names))
        return cls(ids, tuple(sorted(names)), frozenset(entry.id for entry in entries), matcher, nearby)

    def versions(self, connection: sa.Connection) -> Iterable[tuple[TextVersion, _Edits]]:
        """Every text of every document, present or taken away, in which something changes."""
        speaks = self._where_they_speak(connection)
        query = sa.select(text_versions.c.id, documents.c.title, documents.c.text_version_id).join(
            documents, documents.c.id == text_versions.c.document_id
        )
        for id, title, current in connection.execute(query.order_by(text_versions.c.id)).all():
            row = connection.execute(sa.select(text_versions).where(text_versions.c.id == id)).one()
            every = queries.turns_of(connection, id)
            gone = [turn for turn in every if turn.participant_id in self.ids]
            edits = [_silence(row.text, turn) for turn in gone]
            if id != current:
                elsewhere = [other for other in speaks.get(row.document_id, ()) if other.version_id != id]
                others = [turn for turn in every if turn.participant_id not in self.ids]
                edits += _given_to_others(row.text, others, elsewhere)
            places = [(edit.start, edit.stop) for edit in edits]
            found = 0
            matcher = self.nearby if row.document_id in speaks else self.matcher
            for match in matcher.find(row.text) if matcher is not None else ():
                if match.entry.id == _GONE and not any(
                    match.start < stop and start < match.stop for start, stop in places
                ):
                    edits.append(Edit(match.start, match.stop, person_mark()))
                    found += 1
            if not edits:
                continue
            self.touched.add(row.document_id)
            if id == current:
                self.mentioned += found
                if gone:
                    self.spoken[title] = self.spoken.get(title, 0) + len(gone)
            yield (
                TextVersion(id, row.document_id, row.text, row.number),
                _Edits(gone, sorted(edits, key=lambda e: e.start)),
            )
        files = sa.select(sa.func.count(source_files.c.sha256.distinct())).join(
            documents, documents.c.sha256 == source_files.c.sha256
        )
        there = files.where(documents.c.id.in_(self.touched), source_files.c.content.is_not(None))
        self.originals = int(connection.execute(there).scalar_one())

    def _where_they_speak(self, connection: sa.Connection) -> dict[str, list[_Speaks]]:
        """The texts of each document in which turns are theirs."""
        found: dict[str, list[_Speaks]] = {}
        theirs = sa.select(turns.c.text_version_id).where(turns.c.participant_id.in_(self.ids))
        texts = sa.select(text_versions.c.id, text_versions.c.document_id, text_versions.c.text)
        for row in connection.execute(texts.where(text_versions.c.id.in_(theirs))).all():
            said = [turn for turn in queries.turns_of(connection, row.id) if turn.participant_id in self.ids]
            spans = [Span(turn.speech_start, turn.speech_stop) for turn in said]
            found.setdefault(row.document_id, []).append(_Speaks(row.id, row.text, spans))
        return found

    def unnamed(self, text: str) -> str:
        """A title, a label, a memo without the name."""
        gone = self.matcher.find(text, short=True) if self.matcher is not None else ()
        edits = [Edit(match.start, match.stop, person_mark()) for match in gone if match.entry.id == _GONE]
        return edited(text, edits)

    def removal(self, words: int, codings: int) -> Removal:
        return Removal(
            people=max(1, len(self.ids)),
            documents=tuple(sorted(self.spoken)),
            turns=sum(self.spoken.values()),
            words=words,
            codings=codings,
            mentions=self.mentioned,
            originals=self.originals,
            names=self.names,
        )


_GONE = "gone"


def _is_called(entry: Entry, name: str) -> bool:
    """Whether an entry of the key is the person of that name; « Mme Benali » is not « M. Benali »."""
    from qualikit.corpus.pseudonyms.lists import TITLES
    from qualikit.corpus.pseudonyms.model import Gender, Kind
    from qualikit.corpus.pseudonyms.names import gender_of_titles
    from qualikit.corpus.pseudonyms.words import keys_of

    def bare(text: str) -> tuple[str, ...]:
        return tuple(key for key in keys_of(text) if key not in TITLES)

    titled = gender_of_titles(keys_of(name))
    other = Gender.UNKNOWN not in (titled, entry.gender) and titled is not entry.gender
    words = bare(name)
    return (
        entry.kind is Kind.PERSON
        and bool(words)
        and not other
        and words in {bare(form) for form in (*entry.forms, entry.pseudonym)}
    )


def _fuller(connection: sa.Connection, names: Iterable[str]) -> set[str]:
    """The names with a given name before them as the texts have it: who is known as « Mme Benali » may be « Fatima »
    elsewhere, and only « Fatima Benali » tells."""
    from qualikit.corpus.pseudonyms.lists import TITLES
    from qualikit.corpus.pseudonyms.names import is_given, parse
    from qualikit.corpus.pseudonyms.words import joined, keys_of, words_of

    lasts = {keys for name in names for last in parse(name).lasts if (keys := keys_of(last))}
    found: set[str] = set()
    if not lasts:
        return found
    for text in connection.execute(sa.select(text_versions.c.text)).scalars():
        words = words_of(text)
        for number in range(1, len(words)):
            before, word = words[number - 1], words[number]
            for keys in lasts:
                these = words[number : number + len(keys)]
                fits = word.key == keys[0] and tuple(one.key for one in these) == keys
                if fits and is_given(before.text) and before.key not in TITLES and joined(text, before, word):
                    found.add(text[before.start : these[-1].stop])
    return found


def _matcher(names: Sequence[str], key: Key | None, gone: set[str]) -> Matcher:
    """Finds the names of who goes, and those of the others where they are longer or the same."""
    from qualikit.corpus.pseudonyms.candidates import is_name
    from qualikit.corpus.pseudonyms.lexicon import common_words
    from qualikit.corpus.pseudonyms.matching import Matcher, never
    from qualikit.corpus.pseudonyms.model import Decision, Entry, Kind
    from qualikit.corpus.pseudonyms.names import parse
    from qualikit.corpus.pseudonyms.words import keys_of
    from qualikit.errors import MissingDependency

    told = [name for name in names if is_name(keys_of(name)) or any(letter.isdigit() for letter in name)]
    parsed = [parse(name) for name in told if is_name(keys_of(name))]
    forms = [name for name in told if keys_of(name)]
    person = Entry(
        id=_GONE, kind=Kind.PERSON, forms=tuple(forms),
        firsts=tuple(dict.fromkeys(first for name in parsed for first in name.firsts)),
        lasts=tuple(dict.fromkeys(last for name in parsed for last in name.lasts)),
        decision=Decision.REPLACE,
    )  # fmt: skip
    others = [entry for entry in key.entries if entry.id not in gone] if key is not None else []
    try:
        common = common_words()
    except MissingDependency:
        common = never
    return Matcher([person, *others], common)


def _silence(text: str, turn: Turn) -> Edit:
    """Label and speech give way to the mark; the white space after them stays, so that lines stay lines."""
    stop = turn.stop
    while stop > turn.start and text[stop - 1].isspace():
        stop -= 1
    return Edit(turn.start, stop, words_mark())


def _inside(connection: sa.Connection, version_id: str, gone: Sequence[Turn]) -> list[tuple[sa.Table, str]]:
    """Passages of a text that hold nothing but words of these turns."""
    spans = [turn.span for turn in gone]
    found = []
    for table in passages_tables():
        for row in connection.execute(
            sa.select(table.c.id, table.c.start, table.c.stop).where(table.c.text_version_id == version_id)
        ):
            covered = sum(max(0, min(row.stop, span.stop) - max(row.start, span.start)) for span in spans)
            if covered >= row.stop - row.start:
                found.append((table, row.id))
    return found


def _reviewed(rows: Sequence[tuple[sa.Table, str]]) -> int:
    return sum(1 for table, _id in rows if not table.info.get(QUIET))


def _take_out(connection: sa.Connection, version: TextVersion, change: _Edits, named: Callable[[str], str]) -> int:
    """Change one text where it stands; its passages and turns with it. How many codings went."""
    gone = _inside(connection, version.id, change.turns)
    for table, id in gone:
        erasing.cascade(connection, table, [id])
    rebasing = Rebasing.of(version.text, change.edits)
    text, silent = rebasing.new, {turn.index for turn in change.turns}
    for turn in queries.turns_of(connection, version.id):
        start, stop = rebasing.start(turn.start), rebasing.start(turn.stop)
        values: dict[str, Any] = {"start": start, "stop": stop}
        if turn.index in silent:
            end = start + len(words_mark())
            values |= {"speech_start": start, "speech_stop": end, "label": None, "participant_id": None}
        else:
            said = min(max(start, rebasing.start(turn.speech_start)), stop)
            values |= {"speech_start": said, "speech_stop": min(max(said, rebasing.stop(turn.speech_stop)), stop)}
            values["label"] = turn.label and named(turn.label)
        this = (turns.c.text_version_id == version.id) & (turns.c.index == turn.index)
        connection.execute(sa.update(turns).where(this).values(**values))
    for table in passages_tables():
        rows = connection.execute(sa.select(table).where(table.c.text_version_id == version.id)).mappings().all()
        for row in rows:
            _move(connection, table, dict(row), rebasing)
    connection.execute(
        sa.update(text_versions)
        .where(text_versions.c.id == version.id)
        .values(text=text, text_hash=text_hash(text), words=count_words(text))
    )
    return _reviewed(gone)


def _move(connection: sa.Connection, table: sa.Table, row: dict[str, Any], rebasing: Rebasing) -> None:
    """Give a passage its new place; one that has none, or has become the same as another, goes."""
    span = rebasing.rebase(Span(row["start"], row["stop"]))
    if span is None:
        erasing.cascade(connection, table, [row["id"]])
        return
    place = {"start": span.start, "stop": span.stop, "quote": span.of(rebasing.new)}
    try:
        with connection.begin_nested():
            connection.execute(sa.update(table).where(table.c.id == row["id"]).values(**place))
    except sa.exc.IntegrityError:
        erasing.cascade(connection, table, [row["id"]])


def passages_tables() -> list[sa.Table]:
    """Tables of any room whose rows are passages of a text version, each with its quote."""
    return [table for table in metadata.sorted_tables if SPANS in table.info]


def _forget_sources(connection: sa.Connection, document_ids: Iterable[str]) -> None:
    for id in document_ids:
        digest = sa.select(documents.c.sha256).where(documents.c.id == id).scalar_subquery()
        connection.execute(sa.update(source_files).where(source_files.c.sha256 == digest).values(content=None, name=""))


class _Spoken:
    """The words that go, to be found again where they were quoted."""

    def __init__(self) -> None:
        self.runs: set[tuple[str, ...]] = set()
        self.whole: set[tuple[str, ...]] = set()

    def add(self, speeches: Iterable[str]) -> None:
        from qualikit.corpus.pseudonyms.words import words_of

        for speech in speeches:
            keys = [word.key for word in words_of(speech)]
            if len(keys) >= _WHOLE:
                self.whole.add(tuple(keys))
            self.runs.update(tuple(keys[i : i + _RUN]) for i in range(len(keys) - _RUN + 1))

    def without(self, text: str) -> str:
        """The text, with what quotes them replaced by the mark."""
        from qualikit.corpus.pseudonyms.words import words_of

        words = words_of(text)
        keys = tuple(word.key for word in words)
        if keys and keys in self.whole:
            return words_mark()
        quoted = [False] * len(words)
        for i in range(len(words) - _RUN + 1):
            if keys[i : i + _RUN] in self.runs:
                quoted[i : i + _RUN] = [True] * _RUN
        edits, i = [], 0
        while i < len(words):
            j = i
            while j < len(words) and quoted[j]:
                j += 1
            if j > i:
                edits.append(Edit(words[i].start, words[j - 1].stop, words_mark()))
            i = j + 1
        return edited(text, edits)


def _rewrite_prose(transaction: Transaction, plan: _Plan, spoken: _Spoken) -> None:
    """Titles, memos, syntheses, examples: without their words, and without their name."""

    def clean(text: str) -> str:
        return plan.unnamed(spoken.without(text))

    # A change of its own, that is not recorded: what it was before must not stay in the history.
    for digest, name in transaction.connection.execute(sa.select(source_files.c.sha256, source_files.c.name)).all():
        if (after := clean(name)) != name:
            this = source_files.c.sha256 == digest
            transaction.connection.execute(sa.update(source_files).where(this).values(name=after))
    prose.rewrite_facts(transaction.connection, clean)
    prose.rewrite(Change(transaction.connection), clean, frozenset(queries.territories(transaction.connection)))


# -- a document


def erase_document(store: Store, coder: str, document_id: str) -> dict[str, int]:
    """Take a document out for good: file, texts, turns, codings, memos, those who spoke only there; the history keeps
    that it was done. How many rows went, by table. Raises NotFound, ProjectBusy."""
    with store.write(coder) as transaction:
        connection = transaction.connection
        digest = connection.execute(sa.select(documents.c.sha256).where(documents.c.id == document_id)).scalar()
        if digest is None:
            raise NotFound(_("Ce document n'est plus dans le projet."))
        gone = erasing.cascade(connection, documents, [document_id])
        if connection.execute(sa.select(documents.c.id).where(documents.c.sha256 == digest)).first() is None:
            connection.execute(sa.delete(source_files).where(source_files.c.sha256 == digest))
        heard = sa.select(turns.c.participant_id).where(turns.c.participant_id.is_not(None))
        unheard = (
            connection.execute(sa.select(participants.c.id).where(participants.c.id.not_in(heard))).scalars().all()
        )
        erasing.cascade(connection, participants, unheard)
        erasing.forget_history(transaction)
        codings = ngettext("{n} codage", "{n} codages", gone.get("codings", 0)).format(n=gone.get("codings", 0))
        erasing.close_history(
            transaction,
            "document.erase",
            _("un document a été supprimé pour de bon ({codings})").format(codings=codings),
        )
        erasing.leave_note(transaction)
    erasing.finish(store)
    return gone


def people_named(connection: sa.Connection) -> list[Participant]:
    """Those who may be asked for: everybody who has a row, by name, those of removed documents included."""
    rows = connection.execute(sa.select(participants).order_by(participants.c.name, participants.c.id))
    return [queries.participant_from(row) for row in rows]
