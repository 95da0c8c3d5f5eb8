"""What is written in the cells of the matrix: what is left to write, texts, drafts, validation, history."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualikit.cli.common import CODER, JSON, PROJECT, command, group, opened
from qualikit.cli.output import emit_json, say, table
from qualikit.errors import NotFound
from qualikit.i18n import _, ngettext

if TYPE_CHECKING:
    from qualikit.project import Project
    from qualikit.themes.model import Synthesis

cells = group()

CODE = Annotated[str, typer.Argument(metavar=_("CODE"), help=_("Le thème."), show_default=False)]
COLUMN = Annotated[
    str | None,
    typer.Argument(
        metavar=_("COLONNE"), help=_("La colonne, par son nom (Aubagne) ; sans elle, l'ensemble."), show_default=False
    ),
]
BY = Annotated[
    str,
    typer.Option(
        "--by", metavar="territory|source|actor|document|participant", help=_("Ce dont la colonne est une valeur.")
    ),
]


@command(
    cells,
    "list",
    _("Liste les cases de la matrice où quelque chose est codé ou écrit, et où en est leur synthèse."),
    "qualikit cells list evaluation.qualikit --left",
)
def list_(
    project: PROJECT,
    by: BY = "territory",
    left: Annotated[bool, typer.Option("--left", help=_("Seulement ce qui reste à écrire ou à revoir."))] = False,
    json: JSON = False,
) -> None:
    from qualikit.themes.syntheses.board import Status, status_label

    with opened(project) as found:
        board = found.themes.synthesis_board(by)
    kept = [cell for cell in board.used if not left or cell in board.left or cell in board.moved]
    if json:
        emit_json([cell.to_record() for cell in kept])
        return
    lines = [
        [
            cell.row.name,
            cell.column.label,
            status_label(cell.status) if cell.wanted or cell.synthesis else "·",
            cell.cell.passages,
            f"{cell.cell.people}/{cell.cell.people_total}",
            cell.said,
        ]
        for cell in kept
    ]
    if lines:
        say(table([_("Thème"), _("Colonne"), _("Synthèse"), _("Passages"), _("Personnes"), _("À savoir")], lines))
        say()
    counts = board.counts()
    total = ngettext("{n} case codée", "{n} cases codées", len(board.wanted)).format(n=len(board.wanted))
    say(
        _("À écrire : {todo} · brouillons : {draft} · validées : {validated}, sur {cells}").format(
            todo=counts[Status.TODO], draft=counts[Status.DRAFT], validated=counts[Status.VALIDATED], cells=total
        )
    )


@command(
    cells,
    "show",
    _("Affiche la synthèse d'une case, avec ses références ; sans colonne, celle de l'ensemble."),
    'qualikit cells show evaluation.qualikit "Météo" Aubagne',
)
def show(project: PROJECT, code: CODE, column: COLUMN = None, by: BY = "territory", json: JSON = False) -> None:
    with opened(project) as found:
        written = found.themes.synthesis(code, by, _value(found, by, column))
    if json:
        emit_json(_record(written) if written is not None else None)
    elif written is None:
        say(_("Cette case n'a pas encore de synthèse."))
    else:
        say(written.whole)
        say()
        say(_state(written))


@command(
    cells,
    "write",
    _(
        "Écrit la synthèse d'une case, lue dans un fichier ou à l'entrée (« - »). Une synthèse validée redevient un "
        "brouillon."
    ),
    'qualikit cells write evaluation.qualikit "Météo" Aubagne --from texte.md',
)
def write(
    project: PROJECT,
    code: CODE,
    column: COLUMN = None,
    source: Annotated[
        str, typer.Option("--from", metavar=_("FICHIER"), help=_("Le fichier du texte, en UTF-8 ; « - » : l'entrée."))
    ] = "-",
    by: BY = "territory",
    coder: CODER = None,
) -> None:
    text = _read(source)
    with opened(project, coder) as found:
        written = found.themes.set_synthesis(code, by, _value(found, by, column), text)
    say(_state(written) if written is not None else _("Synthèse retirée."))


@command(
    cells,
    "draft",
    _(
        "Propose un brouillon de synthèse : comptes, positions, passages les plus représentatifs et les plus "
        "différents, chaque phrase avec sa source. Rien n'est écrit sans « --write »."
    ),
    'qualikit cells draft evaluation.qualikit "Météo" Aubagne --write',
)
def draft(
    project: PROJECT,
    code: CODE,
    column: COLUMN = None,
    by: BY = "territory",
    keep: Annotated[
        bool, typer.Option("--write", help=_("L'écrire dans la case, après ce qui s'y trouve déjà."))
    ] = False,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    with opened(project, coder) as found:
        value = _value(found, by, column)
        proposed = found.themes.draft_synthesis(code, by, value)
        if keep:
            found.themes.add_draft(code, by, value)
        (cited,) = found.themes.cited(proposed.text)
    if json:
        emit_json({"text": proposed.text, "lines": [{"text": e.text, "codings": e.coding_ids} for e in proposed.lines]})
    else:
        say(cited.whole)


@command(
    cells,
    "validate",
    _("Dit qu'une synthèse est validée, ou, avec « --reopen », qu'elle est de nouveau un brouillon."),
    'qualikit cells validate evaluation.qualikit "Météo" Aubagne --coder Dominique',
)
def validate(
    project: PROJECT,
    code: CODE,
    column: COLUMN = None,
    by: BY = "territory",
    reopen: Annotated[bool, typer.Option("--reopen", help=_("Un brouillon de nouveau."))] = False,
    coder: CODER = None,
) -> None:
    with opened(project, coder) as found:
        written = found.themes.validate_synthesis(code, by, _value(found, by, column), on=not reopen)
    if written is not None:
        say(_state(written))


@command(
    cells,
    "history",
    _("Liste ce que la synthèse d'une case a été : qui, quand, quoi. « --restore » en ramène une version."),
    'qualikit cells history evaluation.qualikit "Météo" Aubagne\n'
    'qualikit cells history evaluation.qualikit "Météo" Aubagne --restore 214',
)
def history(
    project: PROJECT,
    code: CODE,
    column: COLUMN = None,
    by: BY = "territory",
    restore: Annotated[
        int | None, typer.Option("--restore", metavar=_("N"), help=_("Écrire de nouveau ce que disait cette version."))
    ] = None,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    with opened(project, coder) as found:
        value = _value(found, by, column)
        if restore is not None:
            written = found.themes.bring_back_synthesis(code, by, value, restore)
            say(_state(written) if written is not None else _("Synthèse retirée."))
            return
        past = found.themes.synthesis_history(code, by, value)
        shown = found.themes.cited(*(version.text for version in past.versions))
    if json:
        keys = ("seq", "at", "coder", "action", "label", "status", "text")
        emit_json([{key: getattr(version, key) for key in keys} for version in past.versions])
        return
    for version, cited in zip(past.versions, shown, strict=True):
        say(f"{version.seq}  {version.when:%d/%m/%Y %H:%M}  {version.coder}  {version.label}")
        say(f"    {cited.text.replace(chr(10), chr(10) + '    ')}" if version.text else f"    {_('(vide)')}")
    if past.hidden:
        say(past.hidden_said)
    if not past.versions:
        say(_("Cette case n'a pas d'historique."))


def _value(found: Project, by: str, column: str | None) -> str:
    """What is kept of a column that is named. Raises MatrixError, which lists those there are."""
    from qualikit.themes.model import TOTAL

    return TOTAL if column is None else found.themes.matrix(columns=by).column(column).value


def _read(source: str) -> str:
    if source == "-":
        return sys.stdin.read()
    path = Path(source).expanduser()
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NotFound(
            _("Le fichier « {name} » ne se lit pas.").format(name=path.name),
            _("Donnez un fichier de texte en UTF-8."),
        ) from error


def _state(written: Synthesis) -> str:
    """« Brouillon, écrit par Camille. »"""
    if written.status == "validated":
        text = _("Synthèse validée par {by}, écrite par {coder}.").format(by=written.validated_by, coder=written.coder)
    else:
        text = _("Brouillon, écrit par {coder}.").format(coder=written.coder)
    if written.broken:
        lost = ngettext(
            "{n} citation ne mène plus à un passage.", "{n} citations ne mènent plus à un passage.", written.broken
        )
        text += " " + lost.format(n=written.broken)
    return text


def _record(written: Synthesis) -> dict[str, object]:
    return {
        "text": written.text,
        "numbered": written.numbered,
        "references": [
            {"number": each.number, "coding": each.passage.coding_id, "quote": each.passage.quote,
             "reference": each.passage.reference}
            for each in written.references
        ],
        "status": written.status,
        "coder": written.coder,
        "updated": written.updated,
        "validated": written.validated,
        "validated_by": written.validated_by,
        "broken": written.broken,
    }  # fmt: skip
