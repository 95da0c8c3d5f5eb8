"""Suggestions asked for and listed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualikit.cli.common import CODER, JSON, PROJECT, command, group, opened
from qualikit.cli.leaving import ALLOW_NAMES, leaving
from qualikit.cli.output import emit_json, say, table
from qualikit.cli.secrets import PASSPHRASE_FILE, passphrase
from qualikit.i18n import _

if TYPE_CHECKING:
    from qualikit.project import Project

suggesting = group()

DOCUMENTS = Annotated[
    list[str] | None,
    typer.Option("--document", metavar=_("TITRE"), help=_("Seulement ce document ; peut être répété.")),
]


@command(
    suggesting,
    "suggest",
    _(
        "Propose des codes, par exemple là où une phrase contient les mots-clés d'un code. Une suggestion ne compte "
        "pour rien tant que personne ne l'a acceptée. Demander de nouveau remplace celles auxquelles personne n'a "
        "répondu ; les réponses restent."
    ),
    "qualikit suggest evaluation.qualikit\n"
    'qualikit suggest evaluation.qualikit --document "Entretien médiatrice" --code Matériel --least medium\n'
    "qualikit suggest evaluation.qualikit --assistant endpoint",
)
def suggest(
    project: PROJECT,
    assistant: Annotated[
        str,
        typer.Option(metavar="meaning|neighbours|keywords|markers|endpoint", help=_("L'assistant à qui demander.")),
    ] = "meaning",
    document: DOCUMENTS = None,
    code: Annotated[
        list[str] | None, typer.Option(metavar=_("CODE"), help=_("Seulement ce code ; peut être répété."))
    ] = None,
    least: Annotated[
        str, typer.Option(metavar="weak|medium|strong", help=_("Le niveau à partir duquel les garder."))
    ] = "weak",
    moderators: Annotated[
        bool, typer.Option("--moderators", help=_("Lire aussi ce que disent ceux qui animent."))
    ] = False,
    to: Annotated[
        Path | None,
        typer.Option(metavar=_("FICHIER.csv"), help=_("Écrire dans un fichier celles qui attendent une réponse.")),
    ] = None,
    allow_names: ALLOW_NAMES = False,
    passphrase_file: PASSPHRASE_FILE = None,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    with opened(project, coder) as found:
        setting = found.coding.endpoint.setting if assistant == "endpoint" else None
        names, key = found.corpus.pseudonyms, None
        # Names are replaced before anything leaves; the passphrase is not asked for where nothing will.
        if setting is not None and setting.allowed and names.has_key:
            key = names.open_key(passphrase(passphrase_file))
        report = found.coding.suggest(
            assistant, document or None, code or None, moderators=moderators, least=least, key=key
        )
        rows = _rows(found, assistant, document, code, least) if json or to is not None else []
        if to is not None:
            from qualikit.sheets import csv_bytes
            from qualikit.themes.exporters import put_whole

            data = csv_bytes(COLUMNS, [[row[name] for name in COLUMNS] for row in rows])
            with leaving(found, passphrase_file, allow_names=allow_names, to=to):
                put_whole(to, lambda file: file.write(data))
    if json:
        emit_json(rows)
    else:
        say(str(report))


COLUMNS = ("document", "start", "stop", "quote", "code", "rank", "score", "strength", "reason")


def _rows(
    project: Project, assistant: str, documents: list[str] | None, codes: list[str] | None, least: str
) -> list[dict[str, Any]]:
    """What waits for this coder of what was asked: ``rank`` is that of the code among those proposed for words of the
    same passage."""
    from qualikit.coding.assistants import Level

    book = project.coding.codebook
    titles = {each.id: each.title for each in project.corpus.documents()}
    ids = None if not documents else {project.corpus.document(each).id for each in documents}
    wanted = None if not codes else {project.coding.code(each).id for each in codes}
    levels = list(Level)[: list(Level).index(Level(least)) + 1]
    listed = [
        each
        for each in project.coding.suggestions()
        if each.assistant == assistant and each.level in levels and (ids is None or each.document_id in ids)
    ]
    ranks = ranked([(each.document_id, each.start, each.stop, each.score) for each in listed])
    rows = []
    for each, rank in zip(listed, ranks, strict=True):
        known = book.get(each.code_id)
        if known is not None and (wanted is None or known.id in wanted):
            rows.append(
                {
                    "document": titles[each.document_id],
                    "start": each.start,
                    "stop": each.stop,
                    "quote": each.quote,
                    "code": known.name,
                    "rank": rank,
                    "score": each.score,
                    "strength": each.level.value,
                    "reason": each.reason,
                }
            )
    return rows


def ranked(listed: Sequence[tuple[str, int, int, float]]) -> list[int]:
    """The rank of each (document, start, stop, score), in the order of the texts, among those that overlap it."""
    ranks = [1] * len(listed)
    for number, (document, start, stop, score) in enumerate(listed):
        for other in range(number + 1, len(listed)):
            there, first, last, value = listed[other]
            if there != document or first >= stop:
                break
            if start < last:
                ranks[other if value <= score else number] += 1
    return ranks


@command(
    suggesting,
    "suggestions",
    _("Liste les suggestions qui attendent une réponse, ou celles qui en ont reçu une, avec leur raison."),
    "qualikit suggestions evaluation.qualikit --coder Camille\n"
    "qualikit suggestions evaluation.qualikit --status accepted",
)
def suggestions(
    project: PROJECT,
    document: Annotated[
        str | None, typer.Option(metavar=_("TITRE"), help=_("Seulement celles de ce document."))
    ] = None,
    status: Annotated[
        str,
        typer.Option(
            metavar="pending|accepted|rejected|corrected|all",
            help=_("En attente, acceptées, refusées, acceptées avec un autre code, ou toutes."),
        ),
    ] = "pending",
    coder: CODER = None,
    json: JSON = False,
) -> None:
    from qualikit.coding.assistants import level_label
    from qualikit.coding.suggestions import status_label

    with opened(project, coder) as found:
        listed = found.coding.suggestions(document, None if status == "all" else status)
        titles = {each.id: each.title for each in found.corpus.documents()}
        names = {code.id: code.name for code in found.coding.codebook}
    if json:
        emit_json(
            [
                {
                    "id": each.id,
                    "document": titles[each.document_id],
                    "start": each.start,
                    "stop": each.stop,
                    "quote": each.quote,
                    "code": names[each.code_id],
                    "level": each.level.value,
                    "score": each.score,
                    "reason": each.reason,
                    "assistant": each.assistant,
                    "version": each.assistant_version,
                    "status": each.status.value,
                    "chosen": names.get(each.chosen_id or ""),
                }
                for each in listed
            ]
        )
    elif not listed:
        say(_("Aucune suggestion. « qualikit suggest » en demande."))
    else:
        rows = [
            [
                titles[each.document_id],
                names[each.code_id],
                level_label(each.level),
                status_label(each.status),
                " ".join(each.quote.split()),
                each.reason,
            ]
            for each in listed
        ]
        header = [_("document"), _("code"), _("niveau"), _("réponse"), _("passage"), _("raison")]
        say(table(header, rows))
