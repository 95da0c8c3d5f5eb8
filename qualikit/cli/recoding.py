"""The codebook changed: codes merged, split, moved, renamed, coloured, retired; each says first what it touches."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualikit.cli.common import CODER, JSON, PROJECT, command, group, opened
from qualikit.cli.output import emit_json, say
from qualikit.i18n import _

if TYPE_CHECKING:
    from qualikit.coding import Codings
    from qualikit.coding.impact import Impact

recoding = group()

CODE = Annotated[str, typer.Argument(metavar=_("CODE"), help=_("Le nom du code."), show_default=False)]
DRY_RUN = Annotated[bool, typer.Option("--dry-run", help=_("Montrer ce qui serait touché, sans rien changer."))]


def _done(
    project: str,
    coder: str | None,
    dry_run: bool,
    json: bool,
    preview: Callable[[Codings], Impact],
    deed: Callable[[Codings], Any],
) -> None:
    """Say what is touched, and do it unless this is a rehearsal."""
    with opened(project, coder) as found:
        impact = preview(found.coding)
        if not dry_run:
            deed(found.coding)
    if json:
        emit_json(
            {
                "act": impact.act,
                "details": list(impact.details),
                "codings": impact.codings,
                "coders": impact.coders,
                "documents": impact.documents,
                "children": impact.children,
                "joined": impact.joined,
                "shares": dict(impact.shares),
                "done": not dry_run,
            }
        )
        return
    say(str(impact))
    if dry_run:
        say(_("Rien n'a été modifié."))


@command(
    recoding,
    "merge",
    _(
        "Fusionne des codes dans un autre, qui garde son nom : les codages de tous les codeurs, les mémos et les "
        "synthèses y vont."
    ),
    'qualikit codebook merge evaluation.qualikit "Pluie" "Neige" --into "Météo" --dry-run',
)
def merge(
    project: PROJECT,
    codes: Annotated[
        list[str], typer.Argument(metavar=_("CODES…"), help=_("Les codes à fusionner."), show_default=False)
    ],
    into: Annotated[str, typer.Option(metavar=_("CODE"), help=_("Le code qui reste."))],
    dry_run: DRY_RUN = False,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    _done(
        project, coder, dry_run, json,
        lambda coding: coding.preview_merge(codes, into),
        lambda coding: coding.merge_codes(codes, into),
    )  # fmt: skip


@command(
    recoding,
    "split",
    _(
        "Fait plusieurs codes d'un seul : un par territoire, par document ou par codeur, ou ceux que l'on nomme, avec "
        "les numéros des codages de chacun (« codings export --json » les donne)."
    ),
    'qualikit codebook split evaluation.qualikit "Météo" --by territory\n'
    'qualikit codebook split evaluation.qualikit "Météo" --part "Pluie=0197…,0198…" --part "Chaleur"',
)
def split(
    project: PROJECT,
    code: CODE,
    by: Annotated[
        str | None, typer.Option(metavar="territory|document|coder", help=_("Un nouveau code pour chacun."))
    ] = None,
    part: Annotated[
        list[str] | None, typer.Option(metavar=_("NOM=CODAGES"), help=_("Un nouveau code et ses codages."))
    ] = None,
    under: Annotated[bool, typer.Option("--under", help=_("Ranger les nouveaux codes sous le code."))] = False,
    dry_run: DRY_RUN = False,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    parts: Any = by if by is not None else _parts(part or [])
    _done(
        project, coder, dry_run, json,
        lambda coding: coding.preview_split(code, parts, under=under),
        lambda coding: coding.split_code(code, parts, under=under),
    )  # fmt: skip


def _parts(given: list[str]) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = {}
    for each in given:
        name, _sign, ids = each.rpartition("=") if "=" in each else (each, "", "")
        parts.setdefault(name.strip(), []).extend(id.strip() for id in ids.split(",") if id.strip())
    return parts


@command(
    recoding,
    "move",
    _("Range un code sous un autre, ou au premier niveau ; ceux qui sont dessous viennent avec lui."),
    'qualikit codebook move evaluation.qualikit "Pluie" --under "Météo" --position 1',
)
def move(
    project: PROJECT,
    code: CODE,
    under: Annotated[
        str | None, typer.Option(metavar=_("CODE"), help=_("Sous quel code ; sinon, au premier niveau."))
    ] = None,
    position: Annotated[int | None, typer.Option(min=1, help=_("Son rang, à partir de 1 ; sinon, le dernier."))] = None,
    dry_run: DRY_RUN = False,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    place = None if position is None else position - 1
    _done(
        project, coder, dry_run, json,
        lambda coding: coding.preview_move(code, under),
        lambda coding: coding.move_code(code, under, place),
    )  # fmt: skip


@command(
    recoding,
    "rename",
    _("Renomme un code."),
    'qualikit codebook rename evaluation.qualikit "Météo" "Le temps qu\'il fait"',
)
def rename(
    project: PROJECT,
    code: CODE,
    new: Annotated[str, typer.Argument(metavar=_("NOUVEAU"), help=_("Le nouveau nom."), show_default=False)],
    dry_run: DRY_RUN = False,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    _done(
        project, coder, dry_run, json,
        lambda coding: coding.preview_update(code, name=new),
        lambda coding: coding.update_code(code, name=new),
    )  # fmt: skip


@command(
    recoding,
    "color",
    _("Change la couleur d'un code."),
    'qualikit codebook color evaluation.qualikit "Météo" "#0099DD"',
)
def color(
    project: PROJECT,
    code: CODE,
    color: Annotated[
        str, typer.Argument(metavar=_("COULEUR"), help=_("« # » et six chiffres ou lettres."), show_default=False)
    ],
    dry_run: DRY_RUN = False,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    _done(
        project, coder, dry_run, json,
        lambda coding: coding.preview_update(code, color=color),
        lambda coding: coding.update_code(code, color=color),
    )  # fmt: skip


@command(
    recoding,
    "retire",
    _("Retire un code de la grille, avec ceux qui sont dessous : il garde ses codages et n'en prend plus."),
    'qualikit codebook retire evaluation.qualikit "Météo"',
)
def retire(project: PROJECT, code: CODE, dry_run: DRY_RUN = False, coder: CODER = None, json: JSON = False) -> None:
    _done(
        project, coder, dry_run, json,
        lambda coding: coding.preview_active(code, False),
        lambda coding: coding.retire_code(code),
    )  # fmt: skip


@command(
    recoding,
    "restore",
    _("Remet en service un code retiré, avec ceux qui sont dessus et dessous."),
    'qualikit codebook restore evaluation.qualikit "Météo"',
)
def restore(project: PROJECT, code: CODE, dry_run: DRY_RUN = False, coder: CODER = None, json: JSON = False) -> None:
    _done(
        project, coder, dry_run, json,
        lambda coding: coding.preview_active(code, True),
        lambda coding: coding.restore_code(code),
    )  # fmt: skip
