"""A file as the document that it would be: a value that the page and the command line show, correct and save."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date as Date
from functools import cached_property
from pathlib import PurePath
from typing import Any, Self

from qualikit.corpus import guess
from qualikit.corpus.labels import Heard, Merge, guess_roles, said_role, variants
from qualikit.corpus.marks import Form
from qualikit.corpus.model import Role, SourceKind, Turn, clean_title
from qualikit.corpus.readers import ReadText, reader_for
from qualikit.corpus.speakers import Candidate, SpeakerRule, detect
from qualikit.corpus.table_layout import Layout, Part, TableLayout
from qualikit.corpus.table_rows import expand_rows, read_rows, read_table
from qualikit.corpus.turns import split_turns
from qualikit.i18n import _
from qualikit.text import count_words

TABLE = "table"
"""Name of the reader that takes a layout."""


@dataclass(frozen=True)
class Speaker:
    """One person heard in the file: the labels that lead to them, their name, role, number of turns and of words."""

    labels: tuple[str, ...]
    name: str
    role: Role
    turns: int
    words: int


@dataclass(frozen=True, kw_only=True)
class Outline:
    """What was understood of a file, without its text: enough to show it in a line among a thousand others."""

    file_name: str
    sha256: str
    title: str
    source_kind: SourceKind | None
    territory: str | None
    date: Date | None
    rule: SpeakerRule
    words: int
    """Words of the text, labels included."""
    remarks: tuple[str, ...] = ()
    """What the reader has to say, in whole sentences."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Label → name, where the user gave another than the label."""
    roles: Mapping[str, Role] = field(default_factory=dict)
    """Name → role, where the user gave one."""
    speakers: tuple[Speaker, ...] = ()
    silent: int = 0
    """Turns that somebody announces and nobody fills."""
    comments: int = 0
    """Remarks in the margin of the file."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    layout: TableLayout | None = None
    """Of a table: what its columns were taken for."""
    documents: int = 1
    """How many documents the file holds: a table may hold several."""

    @cached_property
    def merges(self) -> tuple[Merge, ...]:
        """Names that look like one person spelt several ways: offers, to be taken with ``merged``."""
        return variants({speaker.name: speaker.turns for speaker in self.speakers})

    @property
    def lacks_kind(self) -> bool:
        """Nobody has said what kind of source it is; a table of several documents may say it of each."""
        said = self.documents > 1 and self.layout is not None and self.layout.column(Part.SOURCE) is not None
        return self.source_kind is None and not said

    @property
    def doubts(self) -> tuple[str, ...]:
        """What the user should decide, in whole sentences."""
        return tuple(_doubts(self))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the user should look at, in whole sentences: remarks and doubts."""
        return (*self.remarks, *self.doubts)

    @property
    def choices(self) -> dict[str, Any]:
        """What :func:`preview` is given to understand the same bytes in the same way again."""
        return {
            "rule": self.rule,
            "merge": self.names,
            "roles": self.roles,
            "title": self.title,
            "source_kind": self.source_kind,
            "territory": self.territory or "",
            "date": self.date or "",
            "layout": self.layout,
        }

    def described(
        self,
        *,
        title: str | None = None,
        source_kind: SourceKind | str | None = None,
        territory: str | None = None,
        date: Date | str | None = None,
    ) -> Self:
        """With another title, kind, territory (empty for none) or date. Raises ImportRefused for what is no date."""
        changed = self
        if title is not None and (clean := clean_title(title)):
            changed = replace(changed, title=clean)
        if source_kind is not None:
            changed = replace(changed, source_kind=SourceKind(source_kind))
        if territory is not None:
            changed = replace(changed, territory=territory.strip() or None)
        if date is not None:
            changed = replace(changed, date=guess.parse_date(date))
        return changed


@dataclass(frozen=True, kw_only=True)
class Preview(Outline):
    """What a file would be as a document. Every change gives a new preview; nothing is saved.

    ``read`` is what the reader gave; ``turns`` are all the turns, by ``rule``; ``speakers`` in the order in which they
    are first heard; ``alternatives`` the other rules that the text might follow.
    """

    data: bytes = field(repr=False)
    reader: str
    reader_version: str
    read: ReadText = field(repr=False)
    alternatives: tuple[Candidate, ...] = field(repr=False)
    turns: tuple[Turn, ...] = field(repr=False)

    @property
    def text(self) -> str:
        return self.read.text

    def outline(self) -> Outline:
        """The same without the text and all that goes with it."""
        return Outline(**{each.name: getattr(self, each.name) for each in fields(Outline)})

    def with_layout(self, layout: TableLayout) -> Preview:
        """The same table, its columns taken for something else. Raises ReadError."""
        if self.read.table is None:
            return self
        again = preview(self.data, self.file_name, read=read_rows(self.read.table.sheet, self.file_name, layout))
        return replace(
            again,
            title=self.title,
            source_kind=self.source_kind or again.source_kind,
            territory=self.territory or again.territory,
            date=self.date or again.date,
        )

    def parts(self) -> Iterator[Preview]:
        """A preview for each document that the file holds: itself, or, of a table with several, each as a file of its
        own. What the table says of a document wins over what was said of all. Raises ReadError."""
        if self.read.table is None or self.documents == 1:
            yield self
            return
        for file in expand_rows(self.read.table.sheet, self.file_name, self.layout):
            part = preview(file.data, file.name, layout=self.layout)
            known = part.read.table.known if part.read.table else {}
            part = replace(
                part,
                title=file.title,
                source_kind=known.get("source_kind", self.source_kind),
                territory=known.get("territory", self.territory),
                date=known.get("date", self.date),
            )
            if part.rule.form is self.rule.form is Form.GIVEN:
                part = part.with_rule(part.rule.with_labels(set(part.rule.labels) & set(self.rule.labels)))
            part = part.merged({label: name for label, name in self.names.items() if label in part.rule.labels})
            for name, role in self.roles.items():
                part = part.with_role(name, role)
            yield part

    def with_rule(self, rule: SpeakerRule) -> Preview:
        """The same file, its speakers told apart by another rule."""
        turns = split_turns(self.text, rule, self.read.bold, self.read.turns)
        return _heard(replace(self, rule=rule, turns=turns))

    def merged(self, into: Mapping[str, str]) -> Preview:
        """Several labels for one person: ``{"Checheur": "Chercheur"}``, from names or labels to a name."""
        names = dict(self.names)
        for speaker in self.speakers:
            for label in speaker.labels:
                target = into.get(label, into.get(speaker.name))
                if target is not None and target.strip():
                    names[label] = " ".join(target.split())
        roles = {name: role for name, role in self.roles.items() if name not in into}
        return _heard(replace(self, names=names, roles=roles))

    def renamed(self, name: str, new: str) -> Preview:
        """A person under another name; under the name of another, they become one. A name that says a role gives it to
        whoever had none but that of a participant."""
        role = next((speaker.role for speaker in self.speakers if speaker.name == name), None)
        after = self.merged({name: new})
        taken = any(speaker.name == " ".join(new.split()) for speaker in self.speakers)
        if role is None or taken:
            return after
        role = (said_role(new) or role) if role is Role.PARTICIPANT else role
        return after.with_role(" ".join(new.split()), role)

    def with_role(self, name: str, role: Role | str) -> Preview:
        """A person in another role."""
        return _heard(replace(self, roles={**self.roles, name: Role(role)}))


def preview(
    data: bytes,
    file_name: str,
    *,
    folder: str = "",
    rule: SpeakerRule | None = None,
    merge: Mapping[str, str] | None = None,
    title: str | None = None,
    source_kind: SourceKind | str | None = None,
    territory: str | None = None,
    date: Date | str | None = None,
    roles: Mapping[str, Role | str] | None = None,
    territories: Sequence[str] = guess.TERRITORIES,
    layout: Layout | None = None,
    read: ReadText | None = None,
) -> Preview:
    """Read a file and propose everything about it; what is given is not guessed.

    ``folder``: where the file stood (``"Terrain/Aubagne"``), which may say its territory, kind or date, the nearest
    first; ``merge``: label → name; ``roles``: name → role; ``territories``: those that may be recognised in its name;
    ``layout``: what the columns of a table hold, or a function that changes what is proposed; ``read``: what the reader
    gave, where it has read already.
    Raises ReadError, UnknownPlugin.
    """
    file_name = unicodedata.normalize("NFC", PurePath(file_name.replace("\\", "/")).name)
    reader = reader_for(file_name)
    if read is None and layout is not None and reader.name == TABLE:
        read = read_table(data, file_name, layout)
    elif read is None:
        read = reader.read(data, file_name)
    known = read.table.known if read.table else {}
    proposal = detect(read)
    chosen = rule or proposal.best.rule
    others = tuple(c for c in (proposal.best, *proposal.alternatives) if c.rule != chosen)
    turns = split_turns(read.text, chosen, read.bold, read.turns)
    stem = clean_title(PurePath(file_name).stem)
    made = Preview(
        file_name=file_name,
        sha256=hashlib.sha256(data).hexdigest(),
        data=data,
        reader=reader.name,
        reader_version=reader.version,
        read=read,
        title=known.get("title") or stem or file_name,
        source_kind=None,
        territory=None,
        date=None,
        rule=chosen,
        words=count_words(read.text),
        remarks=read.warnings,
        comments=len(read.comments),
        alternatives=others,
        turns=turns,
        attributes=known.get("attributes", {}),
        layout=read.table.layout if read.table else None,
        documents=read.table.documents if read.table else 1,
    )
    made = _heard(made)
    if merge:
        made = made.merged(merge)
    for name, role in (roles or {}).items():
        made = made.with_role(name, role)
    places = [stem, *reversed(folder.split("/")), read.title or "", *read.margins]
    made = replace(
        made,
        source_kind=known.get("source_kind")
        or guess.guess_kind(places, read.text, [speaker.role for speaker in made.speakers]),
        territory=known.get("territory") or guess.guess_territory(places, read.text, territories),
        date=known.get("date") or guess.guess_date(places, read.text, read.date),
    )
    return made.described(title=title, source_kind=source_kind, territory=territory, date=date)


def _heard(made: Preview) -> Preview:
    """The preview with its speakers counted again."""
    by_label: dict[str, list[str]] = {}
    text = made.text
    for turn in made.turns:
        if turn.label is not None:
            by_label.setdefault(turn.label, []).append(text[turn.speech_start : turn.speech_stop])
    heard = {
        label: Heard(len(said), count_words("\n".join(said)), sum("?" in speech for speech in said))
        for label, said in by_label.items()
    }
    guessed = guess_roles(heard)
    people: dict[str, list[str]] = {}
    for label in by_label:
        people.setdefault(made.names.get(label, label), []).append(label)
    speakers = []
    for name, labels in people.items():
        role = next((guessed[label] for label in labels if guessed[label] is not Role.PARTICIPANT), Role.PARTICIPANT)
        counted = [heard[label] for label in labels]
        speakers.append(
            Speaker(
                tuple(labels),
                name,
                made.roles.get(name, role),
                sum(one.turns for one in counted),
                sum(one.words for one in counted),
            )
        )
    silent = sum(1 for turn in made.turns if turn.label is not None and turn.speech_start == turn.speech_stop)
    return replace(made, speakers=tuple(speakers), silent=silent)


def _doubts(made: Outline) -> Iterator[str]:
    for merge in made.merges:
        if len(merge.labels) > 1:
            names = ", ".join(merge.labels)
            yield _("{n} étiquettes se ressemblent : {names}.").format(n=len(merge.labels), names=names)
        else:
            yield _("« {label} » est peut-être « {into} », mal écrit.").format(label=merge.labels[0], into=merge.into)
    spoken = {SourceKind.FOCUS_GROUP, SourceKind.INTERVIEW}
    if made.rule.form is Form.NONE and made.source_kind in spoken:
        yield _("Aucun locuteur n'a été reconnu : le texte entier forme un seul passage.")
    elif made.rule.form is Form.GIVEN and not made.speakers and made.source_kind in spoken:
        yield _("Le fichier ne dit pas qui parle : ses passages n'ont pas de locuteur.")
    elif (
        len(made.speakers) > 1
        and made.source_kind in spoken
        and all(speaker.role is Role.PARTICIPANT for speaker in made.speakers)
    ):
        yield _("Qui anime n'a pas été reconnu : indiquez-le, ses paroles ne comptent pas parmi les avis.")
    if made.silent > 1:
        yield _("{n} prises de parole sont vides.").format(n=made.silent)
    elif made.silent:
        yield _("Une prise de parole est vide.")
