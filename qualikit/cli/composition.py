"""What the corpus is made of, printed or written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualikit.cli.common import JSON, PROJECT, command, group, opened
from qualikit.cli.output import emit_json, say, table
from qualikit.i18n import _

if TYPE_CHECKING:
    from qualikit.corpus.composition import Composition, Voice

composition = group()


@command(
    composition,
    "composition",
    _(
        "Montre de quoi le corpus est fait : documents par territoire et par source, qui a été entendu et qui ne l'a "
        "pas été, part de parole de chacun et de l'animation, dates."
    ),
    "qualikit composition evaluation.qualikit\nqualikit composition evaluation.qualikit --to corpus.xlsx",
)
def show(
    project: PROJECT,
    to: Annotated[
        Path | None, typer.Option(metavar=_("FICHIER"), help=_("Écrire les tableaux dans ce fichier .xlsx."))
    ] = None,
    json: JSON = False,
) -> None:
    from qualikit.sheets import write_tables

    with opened(project) as found:
        made = found.corpus.composition()
    if to is not None:
        write_tables(to.expanduser(), made.to_sheets())
    if json:
        emit_json(_described(made))
    elif to is not None:
        say(_("Composition écrite : {path}").format(path=to))
    else:
        say("\n\n".join(f"{name}\n{table(columns, _readable(rows))}" for name, columns, rows in made.to_sheets()))


def _readable(rows: list[list[Any]]) -> list[list[Any]]:
    return [
        [f"{cell:.0%}".replace("%", "\u202f%") if isinstance(cell, float) else cell for cell in row] for row in rows
    ]


def _described(made: Composition) -> dict[str, Any]:
    return {
        "documents": [
            {"territory": territory, "source": kind, "documents": made.documents.at(territory, kind)}
            for territory in made.documents.rows
            for kind in made.documents.columns
        ],
        "heard": [
            {"actor": actor, "territory": territory, "people": made.heard.at(actor, territory)}
            for actor in made.heard.rows
            for territory in made.heard.columns
        ],
        "people": made.people,
        "unheard": [{"actor": actor, "territory": territory} for actor, territory in made.unheard],
        "voices": [_voice(voice) for voice in made.voices],
        "sessions": [
            {
                "document": session.title,
                "territory": session.territory,
                "source": session.kind.value,
                "words": session.words,
                "words_participants": session.participants,
                "words_moderators": session.moderators,
                "words_observers": session.observers,
                "moderators_share": round(session.moderators_share, 4),
                "voices": [_voice(voice) for voice in session.voices],
            }
            for session in made.sessions
        ],
        "dates": [
            {
                "territory": each.territory,
                "first": each.first,
                "last": each.last,
                "dated": each.dated,
                "documents": each.documents,
            }
            for each in made.dates
        ],
    }


def _voice(voice: Voice) -> dict[str, Any]:
    own = voice.of_participants
    return {
        "name": voice.name,
        "role": voice.role.value,
        "documents": voice.documents,
        "turns": voice.turns,
        "words": voice.words,
        "share_of_participants": None if own is None else round(own, 4),
        "share": round(voice.of_all, 4),
    }
