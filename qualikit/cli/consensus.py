"""Consensus grids: read in the terminal or written in a file; positions and cells set by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualikit.cli.common import CODER, JSON, PROJECT, TEMPLATE, command, group, opened
from qualikit.cli.leaving import ALLOW_NAMES, leaving
from qualikit.cli.output import emit_json, say, table
from qualikit.cli.secrets import PASSPHRASE_FILE
from qualikit.i18n import _

if TYPE_CHECKING:
    from qualikit.themes.consensus.grid import Grid
    from qualikit.themes.consensus.model import Cell

consensus = group()

PERSON = Annotated[str, typer.Argument(metavar=_("PARTICIPANT"), help=_("Son nom."), show_default=False)]


@command(
    consensus,
    "consensus",
    _(
        "Affiche ou écrit les grilles de consensus : thèmes en lignes, participants en colonnes, qui est d'accord, "
        "qui ne l'est pas, qui ne dit rien. Sans document nommé : les focus groups."
    ),
    _(
        "qualikit consensus evaluation.qualikit\n"
        'qualikit consensus evaluation.qualikit --document "FG usagers Aubagne" --to consensus.docx\n'
        "qualikit consensus evaluation.qualikit --questions --json"
    ),
)
def show(
    project: PROJECT,
    document: Annotated[
        list[str] | None, typer.Option(metavar=_("TITRE"), help=_("Seulement ce document ; peut être répété."))
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option(metavar=_("SOURCE"), help=_("Les documents de ce type de source ; peut être répété.")),
    ] = None,
    questions: Annotated[
        bool, typer.Option("--questions", help=_("Les questions du guide d'entretien à la place des thèmes."))
    ] = False,
    code: Annotated[
        list[str] | None, typer.Option(metavar=_("CODE"), help=_("Seulement ce thème ; peut être répété."))
    ] = None,
    coded_by: Annotated[
        str | None, typer.Option(metavar=_("NOM"), help=_("Seulement les codages de cette personne."))
    ] = None,
    flat: Annotated[bool, typer.Option("--flat", help=_("Lire chaque code sans ceux qui sont sous lui."))] = False,
    to: Annotated[
        Path | None,
        typer.Option(metavar=_("FICHIER"), help=_("Écrire les grilles dans ce fichier : .docx, .xlsx ou .csv.")),
    ] = None,
    quotes: Annotated[int, typer.Option(min=0, help=_("Passages cités pour chaque côté d'un thème."))] = 3,
    title: Annotated[str | None, typer.Option(metavar=_("TITRE"), help=_("Titre du fichier écrit."))] = None,
    template: TEMPLATE = None,
    allow_names: ALLOW_NAMES = False,
    passphrase_file: PASSPHRASE_FILE = None,
    json: JSON = False,
) -> None:
    from qualikit.corpus.naming import source_kind

    kinds = [source_kind(word) for word in source] if source else None
    with opened(project) as found:
        grid = found.themes.consensus(
            *(document or ()), sources=kinds, questions=questions, codes=code or None, coder=coded_by, nested=not flat
        )
        from qualikit.themes.exporters.word.template import using

        with using(template), leaving(found, passphrase_file, allow_names=allow_names, to=to):
            written = (
                found.themes.export_consensus(to.expanduser(), grid, title=title or "", quotes=quotes) if to else None
            )
    if json:
        emit_json(_described(grid))
    elif written is not None:
        say(_("Grilles de consensus écrites : {path}").format(path=written))
    else:
        say(_readable(grid))


@command(
    consensus,
    "position",
    _(
        "Dit à la main ce qu'un participant soutient dans un passage codé, à la place de ce que disent les codages de "
        "position. Les identifiants des codages se lisent dans « qualikit consensus --json »."
    ),
    _(
        'qualikit position evaluation.qualikit 018f… "Mme Roux" agreement --strong\n'
        'qualikit position evaluation.qualikit 018f… "Mme Roux" --remove'
    ),
)
def position(
    project: PROJECT,
    coding: Annotated[str, typer.Argument(metavar=_("CODAGE"), help=_("L'identifiant du codage."), show_default=False)],
    participant: PERSON,
    value: Annotated[
        str | None,
        typer.Argument(metavar="agreement|disagreement|nuance|none", help=_("La position."), show_default=False),
    ] = None,
    strong: Annotated[
        bool, typer.Option("--strong", help=_("Une déclaration ou un exemple porte la position (SE, SD)."))
    ] = False,
    remove: Annotated[bool, typer.Option("--remove", help=_("Retirer ce qui a été dit à la main."))] = False,
    coder: CODER = None,
) -> None:
    if (value is None) is not remove:
        raise typer.BadParameter(_("donnez une position, ou --remove."), param_hint="VALUE")
    with opened(project, coder) as found:
        if remove:
            found.themes.remove_position(coding, participant)
        else:
            found.themes.set_position(coding, participant, value, strong=strong)
    say(_("Position retirée.") if remove else _("Position enregistrée."))


@command(
    consensus,
    "consensus-cell",
    _("Corrige une case à la main, avec sa raison, ou la confirme ; elle le reste quoi qu'on code ensuite."),
    _(
        'qualikit consensus-cell evaluation.qualikit "FG Laval" "Météo" "M. Petit" A '
        '--reason "Se rallie à la fin"\n'
        'qualikit consensus-cell evaluation.qualikit "FG Laval" "Météo" "M. Petit" --release'
    ),
)
def cell(
    project: PROJECT,
    document: Annotated[str, typer.Argument(metavar=_("TITRE"), help=_("Le document."), show_default=False)],
    row: Annotated[
        str,
        typer.Argument(
            metavar=_("CODE"), help=_("Le thème ; avec --question, la question, par son numéro."), show_default=False
        ),
    ],
    participant: PERSON,
    value: Annotated[
        str | None, typer.Argument(metavar="A|SE|D|SD|N|AD|NR", help=_("Ce que dit la case."), show_default=False)
    ] = None,
    reason: Annotated[str, typer.Option(metavar=_("RAISON"), help=_("Pourquoi, en une phrase."))] = "",
    release: Annotated[bool, typer.Option("--release", help=_("Retirer la correction."))] = False,
    question: Annotated[
        bool, typer.Option("--question", help=_("La case d'une question du guide d'entretien."))
    ] = False,
    coder: CODER = None,
) -> None:
    if (value is None) is not release:
        raise typer.BadParameter(_("donnez ce que dit la case, ou --release."), param_hint="VALUE")
    with opened(project, coder) as found:
        if release:
            found.themes.release_cell(document, row, participant, questions=question)
        else:
            found.themes.correct_cell(document, row, participant, str(value), reason, questions=question)
    say(_("Correction retirée.") if release else _("Case enregistrée."))


def _readable(grid: Grid) -> str:
    from qualikit.themes.consensus import wording

    parts = []
    for each in grid.groups:
        rows = [row for row in grid.rows if (tally := grid.tally(row, each)) is not None and tally.answered]
        first = _("Question") if grid.kind == "questions" else _("Thème")
        lines = []
        for row in rows:
            tally = grid.tally(row, each)
            assert tally is not None
            letters = [_letters(grid.cell(row, person, each)) for person in each.participants]
            counts = f"{tally.agree} · {tally.torn} · {tally.disagree} · {tally.silent}/{tally.present}"
            lines.append(["  " * row.depth + row.name, *letters, counts, wording.share(tally)])
        heads = [first, *(person.name for person in each.participants), _("A · N · D · NR"), _("Majorité")]
        body = table(heads, lines) if lines else _("Aucune position n'est codée dans ce document.")
        parts.append(f"{each.label}\n{body}")
    if len(grid.groups) > 1:
        told = [found for found in grid.contrasts() if found.kind != "unknown"]
        parts += (
            ["\n".join(f"{found.row.name} : {wording.contrast(found, grid.groups)}" for found in told)] if told else []
        )
    key = " ; ".join(f"{letter} : {said}" for letter, said in [*wording.legend(), *wording.marks()])
    return "\n\n".join([*parts, key, " ".join(wording.about(grid))])


def _letters(found: Cell) -> str:
    from qualikit.themes.consensus import wording

    return f"{found.letter}{wording.signs(found)}"


def _described(grid: Grid) -> dict[str, Any]:
    from qualikit.themes.consensus import wording

    return {
        "kind": grid.kind,
        "coders": list(grid.coders),
        "documents": [
            {
                "document": each.title,
                "territory": each.territory,
                "participants": [person.name for person in each.participants],
                "without_theme": list(grid.unplaced.get(each.id, ())),
            }
            for each in grid.groups
        ],
        "cells": [
            {**record, "passages": passages}
            for record, passages in zip(grid.to_records(), _passages(grid), strict=True)
        ],
        "themes": list(grid.tally_records()),
        "side_by_side": [
            {
                "theme": found.row.name,
                "kind": found.kind,
                "said": wording.contrast(found, grid.groups),
                "groups": [wording.standing(tally) for tally in found.tallies],
            }
            for found in grid.contrasts()
        ],
        "method": wording.method(grid),
    }


def _passages(grid: Grid) -> list[list[dict[str, Any]]]:
    """What supports each cell, in the order of the records."""
    return [
        _supports(grid.cell(row, person, each))
        for each in grid.groups
        for row in grid.rows
        if grid.was_asked(row, each)
        for person in each.participants
    ]


def _supports(found: Cell) -> list[dict[str, Any]]:
    return [
        {
            "turn": support.turn,
            "start": support.start,
            "stop": support.stop,
            "quote": support.quote,
            "codings": list(support.coding_ids),
            "shared": support.shared,
            "positions": [
                {
                    "value": stance.value.value if stance.value else "none",
                    "strong": stance.strong,
                    "coding": stance.coding_id,
                    "coder": stance.coder,
                    "by_hand": stance.by_hand,
                }
                for stance in support.stances
            ],
        }
        for support in found.supports
    ]
