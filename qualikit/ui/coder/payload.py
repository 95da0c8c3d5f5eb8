"""What the browser coder is sent: a text with its turns, and the whole state of one coder's work on it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from qualikit.coding.assistants import Level
from qualikit.coding.colors import PALETTE, color_name
from qualikit.coding.model import Code
from qualikit.coding.removal import Use
from qualikit.corpus.model import Document, Participant, Role, attribute_label, role_label, source_kind_label
from qualikit.corpus.naming import own_value
from qualikit.i18n import _, language, ngettext
from qualikit.project import Project
from qualikit.text import text_hash
from qualikit.ui.coder.labels import labels

PREFERENCES = ("pinned", "filter", "folded", "suggestions", "others", "sections", "keys")
"""What a coder sets once for all texts; the reading place is kept text by text."""

HAS_MEMO = 1

UNUSED = Use(0, 0, 0)


def text_payload(project: Project, document_id: str) -> dict[str, Any]:
    """The text, its turns and those who speak. Raises NotFound.

    ``docKey`` names the place, the text and the coder: what one of them left waiting in the browser never goes to
    another. Turns are ``[start, stop, speech_start, speech_stop, speaker, time, participant id]``.
    """
    document = project.corpus.document(document_id)
    text = project.corpus.text(document)
    people = {person.id: person for person in project.corpus.participants(document)}
    digest = text_hash(text)
    place = str(project.path or project.store.engine.url)
    return {
        "docKey": ":".join((hashlib.sha256(place.encode()).hexdigest()[:12], document.id, digest[:16], project.coder)),
        "id": document.id,
        "title": document.title,
        "text": text,
        "textHash": digest,
        "turns": [
            [
                turn.start,
                turn.stop,
                turn.speech_start,
                turn.speech_stop,
                people[turn.participant_id].name if turn.participant_id in people else turn.label,
                turn.time,
                turn.participant_id,
            ]
            for turn in project.corpus.turns(document)
        ],
        "participants": {person.id: _person(person, document) for person in people.values()},
        "facts": _facts(document),
        "palette": [[color, color_name(color)] for color in PALETTE],
        "labels": {"lang": language(), **labels()},
    }


def asks_for_others(project: Project) -> bool:
    """Whether this coder asked to see the others' work."""
    return project.preference("coder.others") is True


def state_payload(project: Project, document_id: str, asked: bool | None = None) -> dict[str, Any]:
    """The coder's own codings and memos on a text, what is suggested to them, and the codebook.

    Others' work does not show (blind coding) unless this coder asked for it (``asked``; None: as they last said): then
    ``others`` has their codings, ``otherMemos`` their memos.
    ``blind`` says, without a word on what, that there are some and that they do not show.
    """
    coder = project.coder
    memos = {memo.target_id: memo.text for memo in project.coding.memos(document=document_id, coder=coder, around=True)}
    undo, redo = project.history.next()
    uses = project.coding.uses()
    asked = asks_for_others(project) if asked is None else asked
    counts = project.coding.usage_counts("coder", document=document_id)
    others = any(name != coder for name in counts)
    waiting = project.coding.suggestions(document_id)
    worth = _worth(project) if waiting else {}
    return {
        "rev": project.revision,
        "coder": coder,
        "codings": [
            [coding.id, coding.start, coding.stop, coding.code_id, coder, HAS_MEMO if coding.id in memos else 0]
            for coding in project.coding.codings(document=document_id, coder=coder)
        ],
        "codes": [_code(code, uses.get(code.id, UNUSED)) for code in project.coding.codebook],
        "memos": memos,
        "otherMemos": _others_memos(project, document_id) if asked else [],
        "questions": [[each.id, each.section, each.text] for each in project.corpus.guide.questions()],
        "marks": [
            [mark.id, mark.start, mark.stop, mark.question_id]
            for mark in project.corpus.guide.marks(document=document_id)
        ],
        "suggestions": [
            [
                each.id,
                each.start,
                each.stop,
                each.code_id,
                each.score,
                each.level.value,
                each.reason,
                worth.get((each.assistant, each.level), ""),
            ]
            for each in waiting
        ],
        "blind": others and not asked,
        "others": [
            [coding.id, coding.start, coding.stop, coding.code_id, coding.coder, 0]
            for coding in (project.coding.codings(document=document_id) if others and asked else ())
            if coding.coder != coder
        ],
        "history": {"undo": undo, "redo": redo},
    }


def _worth(project: Project) -> dict[tuple[str, Level], str]:
    """What a suggestion of an assistant is worth here, by level, in words; of those that were answered often enough."""
    return {
        key: ngettext("{accepted} acceptée sur {n} ici", "{accepted} acceptées sur {n} ici", accepted).format(
            accepted=accepted, n=n
        )
        for key, (accepted, n) in project.coding.accepted_by_level().items()
    }


def _others_memos(project: Project, document_id: str) -> list[list[str]]:
    """``[target, text, coder]`` of what others wrote."""
    every = project.coding.memos(document=document_id, around=True)
    return [[memo.target_id, memo.text, memo.coder] for memo in every if memo.coder != project.coder]


def preferences(project: Project, document_id: str) -> dict[str, Any]:
    """What this coder set in the browser, under the names that the browser uses. Not part of the project's revision."""
    keys = [*(f"coder.{name}" for name in PREFERENCES), f"coder.place.{document_id}"]
    found = {key: project.preference(key) for key in keys}
    return {key: value for key, value in found.items() if value is not None}


def presence_payload(project: Project) -> list[dict[str, str]]:
    """Who else is coding now, and what. Not part of the project's revision."""
    return [
        {"coder": each.coder, "document": each.document_id, "title": each.title, "at": each.at}
        for each in project.coding.others_here()
    ]


def _code(code: Code, use: Use) -> dict[str, Any]:
    return {
        "id": code.id,
        "name": code.name,
        "parent": code.parent_id,
        "color": code.color,
        "shortcut": code.shortcut,
        "definition": code.definition,
        "use": code.use,
        "avoid": code.avoid,
        "keywords": list(code.keywords),
        "example": code.example,
        "active": code.active,
        "uses": list(use),
    }


def _person(person: Participant, document: Document) -> Mapping[str, Any]:
    """``inherited``: what is said of the document and, of whoever has none of their own, of those who speak in it."""
    own = own_value(person.attributes, "territory")
    inherited = [[_("Territoire"), document.territory]] if document.territory and not own else []
    return {
        "inherited": inherited if person.role is Role.PARTICIPANT else [],
        "name": person.name,
        "role": person.role.value,
        "roleLabel": role_label(person.role),
        "facts": [[attribute_label(name), value] for name, value in person.attributes.items() if value],
    }


def _facts(document: Document) -> list[list[str]]:
    date = f"{document.date:%d/%m/%Y}" if document.date else ""
    facts = [
        [_("Source"), source_kind_label(document.source_kind)],
        [_("Territoire"), document.territory or ""],
        [_("Date"), date],
        *([attribute_label(name), value] for name, value in document.attributes.items()),
    ]
    return [fact for fact in facts if fact[1]]
