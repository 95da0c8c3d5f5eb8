"""The texts looked at again once names are replaced: what is still there, and what could tell who somebody is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import sqlalchemy as sa

from qualikit.corpus import prose, queries
from qualikit.corpus.pseudonyms import lists, patterns
from qualikit.corpus.pseudonyms.matching import Matcher
from qualikit.corpus.pseudonyms.model import Context, Decision, Entry, Kind
from qualikit.corpus.pseudonyms.words import keys_of, words_of
from qualikit.i18n import _, ngettext
from qualikit.text import fold

AROUND = 40  # characters shown on either side
SHOWN = 200  # places listed of each sort

Find = Callable[[str], Iterable[tuple[int, int]]]
Progress = Callable[[int, int, str], bool | None]

_AGE = re.compile(r"\b(?:[89]\d|1[01]\d)\s+ans\b")


@dataclass(frozen=True)
class Residue:
    """What a scan found. ``known``: names of the key still there; ``hidden``: the same inside longer words or in lower
    case; ``shaped``: numbers and addresses; ``new``: names that the language model sees and nobody decided on;
    ``pending``: names that wait for a decision; ``indirect``: trades and ages that may point at one person."""

    documents: int = 0
    words: int = 0
    known: tuple[Context, ...] = ()
    hidden: tuple[Context, ...] = ()
    shaped: tuple[Context, ...] = ()
    new: tuple[Context, ...] = ()
    pending: tuple[Entry, ...] = ()
    kept: tuple[Entry, ...] = ()
    indirect: tuple[tuple[str, str, int], ...] = ()
    """Words, territory or title of the document, how often."""
    model: bool = False
    """Whether the language model read the texts too."""
    stopped: bool = False
    """Not everything was read."""

    @property
    def clean(self) -> bool:
        """Nothing is left that a machine can see."""
        return not (self.stopped or self.known or self.hidden or self.shaped or self.new or self.pending)

    def sentences(self) -> list[str]:
        """The risk that remains, in plain words: what was looked for, what is left, what no machine can tell."""
        read = ngettext("{n} document relu", "{n} documents relus", self.documents).format(n=self.documents)
        what = _("les noms de la clé sous toutes leurs formes, les numéros et les adresses")
        if self.model:
            what = _("{what}, et les autres noms que reconnaît le modèle de langue").format(what=what)
        said = [_("{read}. Ont été cherchés : {what}.").format(read=read, what=what)]
        for found, sentence in (
            (
                self.known,
                ngettext(
                    "{n} nom de la clé est encore écrit.", "{n} noms de la clé sont encore écrits.", len(self.known)
                ),
            ),
            (
                self.hidden,
                ngettext(
                    "{n} mot contient un nom de la clé, ou s'écrit comme lui en minuscules : à lire.",
                    "{n} mots contiennent un nom de la clé, ou s'écrivent comme lui en minuscules : à lire.",
                    len(self.hidden),
                ),
            ),
            (
                self.shaped,
                ngettext("{n} numéro ou adresse reste.", "{n} numéros ou adresses restent.", len(self.shaped)),
            ),
            (
                self.new,
                ngettext(
                    "{n} autre nom possible n'a pas encore été vu.",
                    "{n} autres noms possibles n'ont pas encore été vus.",
                    len(self.new),
                ),
            ),
            (
                self.pending,
                ngettext("{n} nom attend votre décision.", "{n} noms attendent votre décision.", len(self.pending)),
            ),
        ):
            if found:
                said.append(sentence.format(n=len(found)))
        if self.clean:
            said.append(_("Rien n'a été trouvé."))
        if self.kept:
            said.append(
                ngettext(
                    "{n} nom est gardé, par votre décision ou parce que l'étude porte sur lui.",
                    "{n} noms sont gardés, par votre décision ou parce que l'étude porte sur eux.",
                    len(self.kept),
                ).format(n=len(self.kept))
            )
        said.append(
            _(
                "Ce n'est pas une anonymisation : un métier rare, un âge, un récit singulier, rapprochés d'un lieu, "
                "peuvent suffire à reconnaître quelqu'un. Relisez les passages signalés, et ceux que vous citez."
            )
        )
        return said


@dataclass
class _Scan:
    known: list[Context] = field(default_factory=list)
    hidden: list[Context] = field(default_factory=list)
    shaped: list[Context] = field(default_factory=list)
    new: list[Context] = field(default_factory=list)
    indirect: Counter[tuple[str, str]] = field(default_factory=Counter)


def scan(
    connection: sa.Connection,
    entries: Sequence[Entry],
    matcher: Matcher,
    fresh: Find | None = None,
    progress: Progress | None = None,
) -> Residue:
    """Read every current text, and everything else that was written, looking for what should not be there. ``fresh``:
    places of names in a text that no list knows (the language model). ``progress(done, total, title)`` is called before
    each document; returning False stops there."""
    found, count, words = _Scan(), 0, 0
    replaced = [entry for entry in entries if entry.decision is Decision.REPLACE]
    invented = {key for entry in replaced for key in keys_of(entry.pseudonym)}
    inside = _inside(replaced, invented)
    rows = connection.execute(queries.select_documents()).all()
    for row in rows:
        if progress is not None and progress(count, len(rows), row.title) is False:
            return Residue(documents=count, words=words, model=fresh is not None, stopped=True)
        count, words = count + 1, words + row.words
        text = queries.text_version(connection, row.version_id and row.id).text
        _read(found, text, row.title, matcher, inside)
        for start, stop in fresh(text) if fresh else ():
            if not set(keys_of(text[start:stop])) <= invented:
                found.new.append(context(text, row.title, start, stop))
        for what in _pointing(text):
            found.indirect[what, row.territory or row.title] += 1
    for one in prose.written(connection):
        for string in one.strings:
            _read(found, string, prose.place_words(one.table), matcher, inside, short=True)
    for string in prose.facts(connection).values():
        _read(found, string, _("nom du projet ou de la grille"), matcher, inside, short=True)
    return Residue(
        documents=count,
        words=words,
        known=tuple(found.known[:SHOWN]),
        hidden=tuple(found.hidden[:SHOWN]),
        shaped=tuple(found.shaped[:SHOWN]),
        new=tuple(found.new[:SHOWN]),
        pending=tuple(entry for entry in entries if entry.decision is Decision.PENDING),
        kept=tuple(entry for entry in entries if entry.decision is Decision.KEEP),
        indirect=tuple(
            (what, where, times) for (what, where), times in sorted(found.indirect.items(), key=lambda p: -p[1])[:40]
        ),
        model=fresh is not None,
    )


def scan_texts(texts: Iterable[tuple[str, str]], entries: Sequence[Entry], matcher: Matcher) -> Residue:
    """The same of texts that are about to leave: where each stands, in words, and what it says."""
    found, words = _Scan(), 0
    replaced = [entry for entry in entries if entry.decision is Decision.REPLACE]
    inside = _inside(replaced, {key for entry in replaced for key in keys_of(entry.pseudonym)})
    for where, text in dict.fromkeys(texts):  # what is said twice is looked at once
        words += len(text.split())
        _read(found, text, where, matcher if entries else None, inside)
    return Residue(
        words=words,
        known=tuple(found.known[:SHOWN]),
        hidden=tuple(found.hidden[:SHOWN]),
        shaped=tuple(found.shaped[:SHOWN]),
    )


def _read(
    found: _Scan, text: str, title: str, matcher: Matcher | None, inside: re.Pattern[str] | None, *, short: bool = False
) -> None:
    places = matcher.find(text, short=short) if matcher is not None else []
    for match in places:
        if match.entry.decision is Decision.REPLACE:
            found.known.append(context(text, title, match.start, match.stop))
    if inside is not None:
        for word in words_of(text):
            if inside.search(word.key) and not any(m.start < word.stop and word.start < m.stop for m in places):
                found.hidden.append(context(text, title, word.start, word.stop))
    kept = [(match.start, match.stop) for match in places]
    for shape in patterns.find(text):
        inside_kept = any(shape.start < stop and start < shape.stop for start, stop in kept)
        if shape.score >= 0.8 and not inside_kept:
            found.shaped.append(context(text, title, shape.start, shape.stop))
            kept.append((shape.start, shape.stop))


def _inside(replaced: Sequence[Entry], invented: set[str]) -> re.Pattern[str] | None:
    """Finds the words of names of people inside other words; names of fewer than four letters would be everywhere."""
    words = {
        key
        for entry in replaced
        if entry.kind is Kind.PERSON
        for form in (*entry.firsts, *entry.lasts)
        for key in keys_of(form)
        if len(key) > 3 and key not in lists.TITLES and key not in invented
    }
    if not words:
        return None
    whole = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    longer = "|".join(sorted((re.escape(word) for word in words if len(word) > 5), key=len, reverse=True))
    return re.compile(rf"^(?:{whole})s?$" + (rf"|(?:{longer})" if longer else ""))


def _pointing(text: str) -> Iterator[str]:
    """« la directrice », « le maire », « 92 ans »: few people of a place are that."""
    words = words_of(text)
    for before, word in pairwise(words):
        if word.key in lists.OCCUPATIONS and before.key in {"le", "la", "l", "notre", "mon", "ma", "son", "sa"}:
            yield f"l’{word.text.lower()}" if before.key == "l" else f"{before.text.lower()} {word.text.lower()}"
    for age in _AGE.finditer(text):
        yield fold(age.group())


def context(text: str, title: str, start: int, stop: int, replacement: str = "") -> Context:
    """A place with the words around it, on one line."""
    left = " ".join(text[max(0, start - AROUND) : start].split("\n")[-1:])
    right = text[stop : stop + AROUND].split("\n", maxsplit=1)[0]
    return Context(title, left, text[start:stop], right, replacement)
