"""Pseudonyms as page, command line and Python see them: search, decide, apply, look again, let the key go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from qualikit.corpus import queries
from qualikit.corpus.pseudonyms import scanning
from qualikit.corpus.pseudonyms.applying import Applied, apply, other_texts
from qualikit.corpus.pseudonyms.key import Key
from qualikit.corpus.pseudonyms.leaving import Leaving, Left, foreseen, hand_over, last_left, leave
from qualikit.corpus.pseudonyms.lexicon import Common, common_words
from qualikit.corpus.pseudonyms.matching import Matcher, never
from qualikit.corpus.pseudonyms.model import Context, Counted, Decision, Entry, Kind, OtherTexts, Style
from qualikit.corpus.pseudonyms.proposing import decide, merged, proposed
from qualikit.corpus.pseudonyms.rewriting import edits, replacement
from qualikit.corpus.pseudonyms.scanning import Residue
from qualikit.corpus.pseudonyms.searching import Progress, Search, search
from qualikit.corpus.pseudonyms.words import keys_of, words_of
from qualikit.errors import KeyRefused, MissingDependency
from qualikit.i18n import _
from qualikit.store import Store
from qualikit.store.erasing import key_file


class Pseudonyms:
    """What is done to the names of a project. Every method that takes a :class:`Key` needs it open."""

    def __init__(self, store: Store, coder: str) -> None:
        self._store = store
        self._coder = coder

    # -- the key

    @property
    def place(self) -> Path:
        """Where the key is, or would be. Raises KeyRefused for a project on a server, which has nothing beside it."""
        if self._store.path is None:
            raise KeyRefused(
                _("La clé se range à côté du fichier du projet, et celui-ci n'a pas de fichier."),
                _("Faites les pseudonymes dans un projet sur cette machine."),
            )
        return key_file(self._store.path)

    @property
    def has_key(self) -> bool:
        return self._store.path is not None and self.place.exists()

    def create_key(self, passphrase: str, style: Style | str = Style.NAMES) -> Key:
        """A new key beside the project. Raises KeyRefused."""
        return Key.create(self.place, passphrase, Style(style))

    def open_key(self, passphrase: str) -> Key:
        """The key beside the project. Raises KeyRefused."""
        return Key.open(self.place, passphrase)

    # -- finding

    def find(
        self,
        key: Key,
        names: Iterable[str] = (),
        progress: Progress | None = None,
        documents: Sequence[str] | None = None,
    ) -> Search:
        """Look for names and add them to the key, each with what is proposed; what was decided stands. ``names``: some
        that the evaluator knows. Raises MissingDependency, KeyRefused."""
        found = search(self._store, names, progress, documents)
        key.reload()
        before = {entry.id for entry in key.entries}
        together = merged(key.entries, found.entries)
        decided = [entry if entry.id in before else entry.having(decision=decide(entry)) for entry in together]
        key.put(proposed(decided, key.style, found.present))
        return found

    # -- deciding

    def decide(self, key: Key, ids: Iterable[str], decision: Decision | str) -> None:
        """Replace, keep, or leave pending. Raises KeyRefused."""
        chosen = [key.entry(id).having(decision=Decision(decision)) for id in ids]
        fresh = {entry.id: entry for entry in chosen}
        together = [fresh.get(entry.id, entry) for entry in key.entries]
        key.put(proposed(together, key.style, self._present()) if fresh else [])

    def rename(self, key: Key, id: str, pseudonym: str) -> Entry:
        """Give an entry the pseudonym that the evaluator wants. Raises KeyRefused: empty, another person's, or a name
        that somebody really has."""
        pseudonym = " ".join(pseudonym.split())
        entry = key.entry(id)
        self._refuse_taken(key, entry, pseudonym)
        renamed = entry.having(pseudonym=pseudonym, decision=Decision.REPLACE)
        key.put([renamed])
        return renamed

    def _refuse_taken(self, key: Key, entry: Entry, pseudonym: str) -> None:
        if not pseudonym:
            raise KeyRefused(_("Un pseudonyme ne peut pas être vide."), _("Choisissez « Garder » pour laisser le nom."))
        for other in key.entries:
            if other.id == entry.id or entry.kind is not Kind.PERSON or other.kind is not Kind.PERSON:
                continue
            if other.pseudonym == pseudonym and other.decision is Decision.REPLACE:
                raise KeyRefused(
                    _("« {name} » est déjà le pseudonyme de quelqu'un d'autre.").format(name=pseudonym),
                    _("Choisissez-en un autre, ou réunissez les deux s'il s'agit de la même personne."),
                )
        real = {
            keys
            for other in key.entries
            if other.kind is Kind.PERSON
            for form in other.forms
            if (keys := keys_of(form))
        }
        if entry.kind is Kind.PERSON and keys_of(pseudonym) in real:
            raise KeyRefused(
                _("« {name} » est le vrai nom de quelqu'un du corpus.").format(name=pseudonym),
                _("Choisissez un nom que personne ne porte."),
            )

    def merge(self, key: Key, ids: Sequence[str]) -> Entry:
        """Make one of several entries: the first one's kind and pseudonym, all their forms. Raises KeyRefused."""
        first, *others = [key.entry(id) for id in ids]
        forms, firsts, lasts = list(first.forms), list(first.firsts), list(first.lasts)
        for other in others:
            forms += other.forms
            firsts += other.firsts
            lasts += other.lasts
        together = first.having(
            forms=tuple(dict.fromkeys(sorted(forms, key=lambda form: -len(form)))),
            firsts=tuple(dict.fromkeys(firsts)),
            lasts=tuple(dict.fromkeys(lasts)),
        )
        key.put([together], without=[other.id for other in others])
        return together

    def split(self, key: Key, id: str, form: str) -> Entry:
        """Make an entry of its own of one form of another. Raises KeyRefused."""
        from qualikit.corpus.pseudonyms.names import parse
        from qualikit.store import new_id

        entry = key.entry(id)
        if form not in entry.forms or len(entry.forms) < 2:
            raise KeyRefused(_("Cette forme ne peut pas être mise à part."))
        name = parse(form)
        person = entry.kind is Kind.PERSON
        alone = Entry(
            id=new_id(), kind=entry.kind, forms=(form,), firsts=name.firsts if person else (),
            lasts=name.lasts if person else (), gender=name.gender, decision=entry.decision, score=entry.score,
            source=entry.source,
        )  # fmt: skip
        left = entry.having(forms=tuple(other for other in entry.forms if other != form))
        together = [left if other.id == id else other for other in key.entries]
        key.put(proposed([*together, alone], key.style, self._present()))
        return key.entry(alone.id)

    def add(self, key: Key, form: str, kind: Kind | str = Kind.PERSON) -> Entry:
        """A name that no search found. Raises KeyRefused."""
        from qualikit.corpus.pseudonyms.names import parse
        from qualikit.store import new_id

        form, kind = " ".join(form.split()), Kind(kind)
        if not form:
            raise KeyRefused(_("Écrivez le nom à remplacer."))
        name = parse(form)
        entry = Entry(
            id=new_id(), kind=kind, forms=(form,), firsts=name.firsts if kind is Kind.PERSON else (),
            lasts=name.lasts if kind is Kind.PERSON else (), gender=name.gender, decision=Decision.REPLACE, score=1.0,
            source="given",
        )  # fmt: skip
        together = merged(key.entries, [entry])
        key.put(proposed(together, key.style, self._present()))
        return next((one for one in key.entries if form in one.forms), key.entries[-1])

    def restyle(self, key: Key, style: Style | str) -> None:
        """Other pseudonyms for all people, for before any is applied: after that, one person would have two."""
        present = self._present()
        key.reload()
        key.style = Style(style)
        bare = [entry.having(pseudonym="") if entry.kind is Kind.PERSON else entry for entry in key.entries]
        key.entries = tuple(proposed(bare, key.style, present))
        key.save()

    def _present(self) -> frozenset[str]:
        words: set[str] = set()
        with self._store.read() as connection:
            for row in connection.execute(queries.select_documents()).all():
                words.update(word.key for word in words_of(queries.text_version(connection, row.id).text))
        return frozenset(words)

    # -- looking

    @cached_property
    def _common(self) -> Common:
        try:
            return common_words()
        except MissingDependency:  # names that are also words are then replaced wherever they stand
            return never

    def matcher(self, key: Key) -> Matcher:
        return Matcher(key.entries, self._common)

    def counts(self, key: Key) -> list[Counted]:
        """Every entry with how often it stands in the texts and titles, people first, the most frequent first."""
        per: dict[str, dict[str, int]] = {}
        matcher = self.matcher(key)
        with self._store.read() as connection:
            for row in connection.execute(queries.select_documents()).all():
                text = queries.text_version(connection, row.id).text
                for match in (*matcher.find(text), *matcher.find(row.title, short=True)):
                    documents = per.setdefault(match.entry.id, {})
                    documents[row.title] = documents.get(row.title, 0) + 1
        order = list(Kind)
        counted = [Counted(e, sum(per.get(e.id, {}).values()), per.get(e.id, {})) for e in key.entries]
        return sorted(counted, key=lambda c: (order.index(c.entry.kind), -c.count, c.entry.name))

    def contexts(self, key: Key, id: str, limit: int = 50) -> list[Context]:
        """The places of one entry in texts and titles, with the words around and what would stand there."""
        entry, found = key.entry(id), list[Context]()
        matcher = self.matcher(key)
        with self._store.read() as connection:
            for row in connection.execute(queries.select_documents()).all():
                text = queries.text_version(connection, row.id).text
                for words, where, short in ((row.title, _("Titre"), True), (text, row.title, False)):
                    for match in matcher.find(words, short=short):
                        if match.entry.id == id:
                            new = replacement(entry, words[match.start : match.stop]) if entry.pseudonym else ""
                            found.append(scanning.context(words, where, match.start, match.stop, new))
                            if len(found) == limit:
                                return found
        return found

    def preview(self, key: Key, limit: int = 40) -> list[Context]:
        """What applying would change in the texts, as it would read: the first places of each document."""
        found: list[Context] = []
        matcher = self.matcher(key)
        with self._store.read() as connection:
            rows = connection.execute(queries.select_documents()).all()
            each = max(3, limit // max(1, len(rows)))
            for row in rows:
                text = queries.text_version(connection, row.id).text
                for edit in edits(text, matcher.find(text))[:each]:
                    found.append(scanning.context(text, row.title, edit.start, edit.stop, edit.text))
        return found[:limit]

    def preview_others(self, key: Key, limit: int = 200) -> OtherTexts:
        """What applying would change besides the texts: titles, names of participants, attributes; how many others."""
        with self._store.read() as connection:
            return other_texts(connection, self.matcher(key), limit)

    # -- doing

    def apply(self, key: Key, progress: Progress | None = None) -> Applied:
        """Replace in every document, and in everything else that was written, what the key says to replace: one event,
        undone in one as long as the key is there."""
        with self._store.write(self._coder) as transaction:
            return apply(transaction, self.matcher(key), progress)

    def scan(self, key: Key, *, model: bool = False, progress: Progress | None = None) -> Residue:
        """Look at everything again. ``model``: with the language model too, which takes longer.
        ``progress(done, total, title)`` is called before each document; returning False stops there, and nothing is
        said of what was read. Raises MissingDependency."""
        fresh = None
        if model:
            from qualikit.corpus.pseudonyms.candidates import Known
            from qualikit.corpus.pseudonyms.searching import unknown_names

            seen = {keys_of(form) for entry in key.entries for form in (*entry.forms, *entry.firsts, *entry.lasts)}
            seen |= {keys_of(entry.pseudonym) for entry in key.entries}
            fresh = unknown_names(common_words(), Known(), seen)
        with self._store.read() as connection:
            return scanning.scan(connection, key.entries, self.matcher(key), fresh, progress)

    def scan_texts(self, key: Key | None, texts: Iterable[tuple[str, str]]) -> Residue:
        """Look at texts that are about to leave, each with where it stands: names of the key, numbers, addresses.
        Without a key, numbers and addresses only."""
        entries = key.entries if key is not None else ()
        return scanning.scan_texts(texts, entries, self.matcher(key) if key is not None else Matcher(()))

    # -- letting go

    def foreseen(self) -> Leaving:
        """What would go with the key, in figures."""
        with self._store.read() as connection:
            return foreseen(connection, self._store.path)

    def left(self) -> Left | None:
        """When and by whom a key was last removed; None: never."""
        with self._store.read() as connection:
            return last_left(connection)

    def remove_key(self, key: Key | None, *, force: bool = False) -> Leaving:
        """Delete the key, and with it for good: the original files, earlier texts and what is set aside on them, the
        rows of the history, backups. ``key``: open, to make sure first that none of its names is left (KeyRefused,
        unless ``force``); None where it is lost."""
        if key is not None:
            self.refuse_residue(key, force=force)
        return leave(self._store, self._coder)

    def hand_over(self, key: Key | None, place: Path, *, force: bool = False) -> Path:
        """A copy to give away, at that place, as :meth:`remove_key` would leave the project; this one stays."""
        if key is not None:
            self.refuse_residue(key, force=force)
        return hand_over(self._store, self._coder, place)

    def refuse_residue(self, key: Key, *, force: bool = False) -> None:
        """Raises KeyRefused where a name that was to be replaced still stands."""
        left = self.scan(key)
        if left.known and not force:
            names = ", ".join(dict.fromkeys(f"« {one.match} »" for one in left.known[:5]))
            raise KeyRefused(
                _("Des noms de la clé sont encore dans le projet : {names}.").format(names=names),
                _("Appliquez d'abord les pseudonymes, puis contrôlez le résultat."),
            )

    def names_of(self, key: Key) -> Mapping[str, str]:
        """Fullest real form → pseudonym, of those to be replaced."""
        return {entry.name: entry.pseudonym for entry in key.entries if entry.decision is Decision.REPLACE}
