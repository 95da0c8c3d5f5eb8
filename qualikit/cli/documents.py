"""The documents of a project: listed, printed, turn by turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualikit.cli.common import JSON, PROJECT, TITLE, command, group, opened
from qualikit.cli.output import emit, emit_json, say, table
from qualikit.i18n import _
from qualikit.text import normalise

if TYPE_CHECKING:
    from qualikit.corpus.model import Participant, Turn
    from qualikit.corpus.queries import DocumentSummary

documents = group()


@command(documents, "documents", _("Liste les documents."), "qualikit documents evaluation.qualikit --json")
def list_documents(project: PROJECT, json: JSON = False) -> None:
    from qualikit.corpus.model import source_kind_label

    with opened(project) as found:
        summaries = found.corpus.documents()
    if json:
        emit_json([_described(summary) for summary in summaries])
        return
    if not summaries:
        say(_("Aucun document. Pour en importer : qualikit import {project} FICHIERS").format(project=project))
        return
    header = [_("Titre"), _("Source"), _("Territoire"), _("Date"), _("Mots"), _("Tours"), _("Personnes")]
    rows = [
        [
            summary.title,
            source_kind_label(summary.document.source_kind),
            summary.document.territory,
            summary.document.date,
            summary.words,
            summary.turns,
            summary.participants,
        ]
        for summary in summaries
    ]
    say(table(header, rows))


def _described(summary: DocumentSummary) -> dict[str, Any]:
    document = summary.document
    return {
        "id": document.id,
        "title": document.title,
        "source": document.source_kind.value,
        "territory": document.territory,
        "date": document.date.isoformat() if document.date else None,
        "words": summary.words,
        "turns": summary.turns,
        "participants": summary.participants,
        "attributes": dict(document.attributes),
        "file": document.file_name,
    }


@command(
    documents,
    "text",
    _("Affiche le texte d'un document, tel quel."),
    _('qualikit text evaluation.qualikit "Entretien CCAS" > entretien.txt'),
)
def text(project: PROJECT, title: TITLE) -> None:
    with opened(project) as found:
        content = found.corpus.text(normalise(title))
    emit(content.encode())


@command(
    documents,
    "turns",
    _("Liste les tours de parole d'un document."),
    _('qualikit turns evaluation.qualikit "Entretien CCAS" --json'),
)
def turns(project: PROJECT, title: TITLE, json: JSON = False) -> None:
    with opened(project) as found:
        document = found.corpus.document(normalise(title))
        content = found.corpus.text(document)
        spoken = found.corpus.turns(document)
        people = {person.id: person for person in found.corpus.participants(document)}
    if json:
        emit_json([_turn(turn, people.get(turn.participant_id or "")) for turn in spoken])
        return
    rows = []
    for turn in spoken:
        person = people.get(turn.participant_id or "")
        said = " ".join(turn.speech.of(content).split())
        rows.append(
            [
                turn.index,
                _times(turn),
                person.name if person else "—",
                said if len(said) <= 72 else f"{said[:71]}…",
            ]
        )
    say(table([_("N°"), _("Temps"), _("Qui"), _("Paroles")], rows))


def _turn(turn: Turn, person: Participant | None) -> dict[str, Any]:
    return {
        "index": turn.index,
        "speaker": person.name if person else None,
        "role": person.role.value if person else None,
        "label": turn.label,
        "start": turn.start,
        "stop": turn.stop,
        "speech_start": turn.speech_start,
        "speech_stop": turn.speech_stop,
        "time": turn.time,
        "time_stop": turn.time_stop,
    }


def _times(turn: Turn) -> str:
    from qualikit.corpus.times import clock

    return " – ".join(clock(time) for time in (turn.time, turn.time_stop) if time is not None)
