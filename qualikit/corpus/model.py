"""What the corpus is made of: frozen values, made and compared without a database. Ids are UUIDs as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from enum import StrEnum

from qualikit.i18n import _
from qualikit.text import Span, normalise, text_hash


class SourceKind(StrEnum):
    """Where a document comes from; the value is what is stored."""

    FOCUS_GROUP = "focus_group"
    INTERVIEW = "interview"
    OBSERVATION = "observation"
    DOCUMENT = "document"
    ACTIVITY_REPORT = "activity_report"


class Role(StrEnum):
    """What a person does in a conversation. Moderators and observers never count among those who gave an opinion."""

    MODERATOR = "moderator"
    PARTICIPANT = "participant"
    OBSERVER = "observer"


def source_kind_label(kind: SourceKind) -> str:
    """Name of the kind of source for the user."""
    return {
        SourceKind.FOCUS_GROUP: _("Focus group"),
        SourceKind.INTERVIEW: _("Entretien"),
        SourceKind.OBSERVATION: _("Note d'observation"),
        SourceKind.DOCUMENT: _("Document"),
        SourceKind.ACTIVITY_REPORT: _("Rapport d'activité"),
    }[kind]


def role_label(role: Role) -> str:
    """Name of the role for the user."""
    return {
        Role.MODERATOR: _("Animation"),
        Role.PARTICIPANT: _("Participant"),
        Role.OBSERVER: _("Observation"),
    }[role]


def attribute_label(name: str) -> str:
    """Name of an attribute for the user: ours in their words, the others as they were given."""
    return {"actor": _("Type d'acteur"), "territory": _("Territoire")}.get(name, name)


def clean_title(title: str) -> str:
    """A title as documents bear it: on one line, composed, so that it is found again however it is typed."""
    return " ".join(normalise(title).split())


@dataclass(frozen=True)
class Participant:
    """A person of the corpus. Several labels of several documents may lead to one."""

    id: str
    name: str
    role: Role = Role.PARTICIPANT
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Turn:
    """What one person says before the next one speaks: ``[start, stop)`` of the text, in code points.

    ``[start, speech_start)`` holds the label as written (name, time, colon) and ``[speech_start, speech_stop)``
    the words said, without the white space around them. ``label`` is the name that was read, ``None`` for
    what nobody says: the text before the first label, or a document without speakers. Times are in seconds
    from the start of the recording. The turns of a document follow each other without a gap.
    """

    index: int
    start: int
    stop: int
    speech_start: int
    speech_stop: int
    label: str | None = None
    participant_id: str | None = None
    time: float | None = None
    time_stop: float | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.speech_start <= self.speech_stop <= self.stop:
            raise ValueError(f"not a turn: {self.start}, {self.speech_start}, {self.speech_stop}, {self.stop}")

    @property
    def span(self) -> Span:
        return Span(self.start, self.stop)

    @property
    def speech(self) -> Span:
        return Span(self.speech_start, self.speech_stop)


@dataclass(frozen=True)
class TextVersion:
    """One immutable state of a document's text: NFC, ``\\n`` between lines, no-break spaces kept."""

    id: str
    document_id: str
    text: str
    number: int = 1

    @property
    def hash(self) -> str:
        """SHA-256 of the text (see ``qualikit.text.text_hash``)."""
        return text_hash(self.text)


@dataclass(frozen=True)
class Document:
    """A transcript, a note, a report. ``sha256`` is that of the file it came from, whose bytes are kept."""

    id: str
    title: str
    source_kind: SourceKind = SourceKind.DOCUMENT
    territory: str | None = None
    date: Date | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    file_name: str = ""
    sha256: str = ""
    reader: str = ""
    reader_version: str = ""
    rule: str | None = None
    """How its speakers were told apart, as ``SpeakerRule.to_json`` writes it."""
    text_version_id: str | None = None
