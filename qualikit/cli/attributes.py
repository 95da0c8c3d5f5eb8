"""The attributes of documents and participants: sheets read and written, lists of values."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualikit.cli.common import CODER, JSON, PROJECT, command, group, opened
from qualikit.cli.output import complain, emit_json, say, table
from qualikit.i18n import _, ngettext

if TYPE_CHECKING:
    from qualikit.corpus.attributes import Attribute
    from qualikit.corpus.sheet_plan import SheetPlan
    from qualikit.corpus.values import ValueMove

attributes = group()

ATTRIBUTE = Annotated[
    str,
    typer.Argument(
        metavar=_("ATTRIBUT"), help=_("Son nom ; « territoire » et « acteur » sont les nôtres."), show_default=False
    ),
]
DRY_RUN = Annotated[bool, typer.Option("--dry-run", help=_("Montrer ce qui serait fait, sans rien enregistrer."))]


@command(
    attributes,
    "import",
    _(
        "Décrit documents ou participants d'après un tableau (CSV, Excel). Une colonne « Document » dit lesquels, par "
        "leur titre ou le nom de leur fichier ; avec une colonne « Étiquette », ou « Nom » sans document, ce sont les "
        "participants. Les noms qui ne sont qu'approchants sont proposés avec une note sur 100, et pris à partir de "
        "celle que dit --accept."
    ),
    "qualikit attributes import evaluation.qualikit attributs.csv --dry-run\n"
    "qualikit attributes import evaluation.qualikit attributs.csv --accept 90",
)
def import_attributes(
    project: PROJECT,
    sheet: Annotated[Path, typer.Argument(metavar=_("TABLEAU"), help=_("Le tableau."), show_default=False)],
    accept: Annotated[
        int,
        typer.Option(
            min=1, max=100, metavar=_("NOTE"), help=_("Prendre les noms approchants à partir de cette note sur 100.")
        ),
    ] = 100,
    leave: Annotated[
        list[str] | None,
        typer.Option("--leave", metavar=_("COLONNE"), help=_("Laisser cette colonne ; peut être répété.")),
    ] = None,
    dry_run: DRY_RUN = False,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    from qualikit.corpus.sheet_plan import SURE
    from qualikit.corpus.sheet_writing import summary

    with opened(project, coder) as found:
        plan = found.corpus.attributes.plan(sheet.expanduser()).accepting(accept)
        for column in leave or ():
            plan = plan.without(column)
        if dry_run:
            _show(plan, json)
            return
        report = found.corpus.attributes.apply(plan)
    if json:
        refused = [{"row": row.line, "reason": row.reason} for row in report.refused]
        emit_json({"applied": report.applied, "refused": refused})
    else:
        for row in report.refused:
            complain(_("Ligne {row} : {reason}").format(row=row.line, reason=row.reason))
        say(summary(report))
        near = len(plan.accepting(SURE).ready) - len(plan.ready)
        if near > 0:
            say(
                ngettext(
                    "{n} autre ligne a un nom approchant : --accept {score} la prend ; --dry-run la montre.",
                    "{n} autres lignes ont un nom approchant : --accept {score} les prend ; --dry-run les montre.",
                    near,
                ).format(n=near, score=SURE)
            )
    if report.refused:
        raise typer.Exit(1)


def _show(plan: SheetPlan, json: bool) -> None:
    from qualikit.corpus.sheet_plan import field_label, question, value_label

    if json:
        emit_json(_described(plan))
        return
    ready = {row.line for row in plan.ready}
    named = _naming(plan)
    rows = [
        [
            row.line,
            row.name,
            named(row.chosen) or "—",
            row.score or None,
            _("prête") if row.line in ready else question(plan, row) if row.chosen is None else _("à confirmer"),
        ]
        for row in plan.rows
    ]
    say(table([_("Ligne"), _("Dans le tableau"), _("Dans le projet"), _("Score sur 100"), _("État")], rows))
    say()
    changes = [
        [plan.targets[each.target].full, field_label(each.field), value_label(each.field, each.before) or "—",
         value_label(each.field, each.after)]
        for each in plan.changes
    ]  # fmt: skip
    if changes:
        say(table([_("Qui ou quoi"), _("Attribut"), _("Avant"), _("Après")], changes))
        say()
    for target in plan.untouched:
        say(_("Sans ligne : {name}").format(name=target.full))
    say(ngettext("{n} ligne serait appliquée.", "{n} lignes seraient appliquées.", len(ready)).format(n=len(ready)))


def _naming(plan: SheetPlan) -> Callable[[str | None], str | None]:
    return lambda id: plan.targets[id].full if id in plan.targets and id is not None else None


def _described(plan: SheetPlan) -> dict[str, Any]:
    from qualikit.corpus.sheet_plan import question

    ready = {row.line for row in plan.ready}
    named = _naming(plan)
    return {
        "about": plan.about.value,
        "key": plan.key,
        "rows": [
            {
                "row": row.line,
                "name": row.name,
                "target": named(row.chosen),
                "score": row.score,
                "why": row.option.why if row.option else "",
                "ready": row.line in ready,
                "reason": "" if row.line in ready else question(plan, row),
                "alternatives": [
                    {"target": plan.targets[option.target].full, "score": option.score, "why": option.why}
                    for option in row.options
                    if option.target != row.chosen
                ],
            }
            for row in plan.rows
        ],
        "changes": [
            {
                "target": plan.targets[each.target].full,
                "field": each.field.removeprefix("attribute "),
                "before": each.before,
                "after": each.after,
                "rows": list(each.lines),
                "set_aside": list(each.others),
            }
            for each in plan.changes
        ],
        "without_row": [target.full for target in plan.untouched],
    }


@command(
    attributes,
    "export",
    _("Écrit les attributs des documents, ou des participants, dans un tableau (.xlsx ou .csv) qui se relit tel quel."),
    "qualikit attributes export evaluation.qualikit attributs.xlsx\n"
    "qualikit attributes export evaluation.qualikit personnes.csv --participants",
)
def export_attributes(
    project: PROJECT,
    file: Annotated[Path, typer.Argument(metavar=_("FICHIER"), help=_("Le tableau à écrire."), show_default=False)],
    participants: Annotated[
        bool, typer.Option("--participants", help=_("Ceux des participants, et non des documents."))
    ] = False,
) -> None:
    with opened(project) as found:
        n = found.corpus.attributes.export(file.expanduser(), "participants" if participants else "documents")
    written = ngettext("{n} ligne écrite : {path}", "{n} lignes écrites : {path}", n)
    say(written.format(n=n, path=file))


@command(
    attributes,
    "list",
    _("Liste les attributs : leur nature, leurs valeurs dans l'ordre, combien les portent."),
    "qualikit attributes list evaluation.qualikit",
)
def list_attributes(project: PROJECT, json: JSON = False) -> None:
    from qualikit.corpus.attributes import kind_label

    with opened(project) as found:
        every = found.corpus.attributes.all()
    if json:
        emit_json([_attribute(each) for each in every])
        return
    rows = [
        [
            each.label,
            kind_label(each.kind),
            each.documents,
            each.participants,
            ", ".join(each.choices[:8]) + ("…" if len(each.choices) > 8 else ""),
        ]
        for each in every
    ]
    say(table([_("Attribut"), _("Nature"), _("Documents"), _("Participants"), _("Valeurs")], rows))


def _attribute(each: Attribute) -> dict[str, Any]:
    return {
        "name": each.name,
        "kind": each.kind.value,
        "documents": each.documents,
        "participants": each.participants,
        "values": [
            {
                "value": value.text,
                "documents": value.documents,
                "participants": value.participants,
                "listed": value.listed,
            }
            for value in each.values
        ],
    }


@command(
    attributes,
    "describe",
    _(
        "Dit ce qu'est un attribut : sa nature (text, number, date, choice) et la liste de ses valeurs, dans l'ordre "
        "où elles se lisent partout."
    ),
    "qualikit attributes describe evaluation.qualikit territoire --value Aubagne --value Laval --value Rennes\n"
    "qualikit attributes describe evaluation.qualikit Âge --kind number",
)
def describe(
    project: PROJECT,
    attribute: ATTRIBUTE,
    kind: Annotated[str | None, typer.Option(metavar="text|number|date|choice", help=_("Sa nature."))] = None,
    value: Annotated[
        list[str] | None, typer.Option("--value", metavar=_("VALEUR"), help=_("Une de ses valeurs ; à répéter."))
    ] = None,
    coder: CODER = None,
) -> None:
    from qualikit.corpus.attributes import Kind
    from qualikit.errors import ImportRefused

    if kind is not None and kind not in list(Kind):
        raise ImportRefused(
            _("« {word} » n'est pas une nature d'attribut.").format(word=kind),
            _("Il y a : {names}.").format(names=", ".join(Kind)),
        )
    with opened(project, coder) as found:
        made = found.corpus.attributes.describe(attribute, kind=kind, choices=value or None)
    say(_("Attribut décrit : {name}").format(name=made.label))


@command(
    attributes,
    "rename",
    _(
        "Renomme une valeur partout : documents, participants, synthèses. Sous le nom d'une valeur qui existe, les "
        "deux n'en font plus qu'une, et les synthèses d'une même case se suivent."
    ),
    'qualikit attributes rename evaluation.qualikit territoire "Aubagne centre" Aubagne --dry-run',
)
def rename(
    project: PROJECT,
    attribute: ATTRIBUTE,
    old: Annotated[str, typer.Argument(metavar=_("ANCIENNE"), help=_("La valeur."), show_default=False)],
    new: Annotated[str, typer.Argument(metavar=_("NOUVELLE"), help=_("Son nouveau nom."), show_default=False)],
    dry_run: DRY_RUN = False,
    coder: CODER = None,
) -> None:
    with opened(project, coder) as found:
        service = found.corpus.attributes
        move = service.plan_rename(attribute, old, new) if dry_run else service.rename(attribute, old, new)
    say(_moved(move))


def _moved(move: ValueMove) -> str:
    parts = [
        ngettext("{n} document", "{n} documents", move.documents).format(n=move.documents),
        ngettext("{n} participant", "{n} participants", move.participants).format(n=move.participants),
        *(each.noun for each in move.following),
    ]
    said = _("« {old} » → « {new} » : {parts}.").format(
        old=" », « ".join(move.old), new=move.new, parts=", ".join(parts)
    )
    if move.joined:
        said += " " + ngettext(
            "{n} texte est mis à la suite d'un autre.", "{n} textes sont mis à la suite d'un autre.", move.joined
        ).format(n=move.joined)
    return said


@command(
    attributes,
    "remove",
    _("Retire un attribut de tous les documents et participants qui le portent."),
    "qualikit attributes remove evaluation.qualikit Index",
)
def remove(project: PROJECT, attribute: ATTRIBUTE, coder: CODER = None) -> None:
    with opened(project, coder) as found:
        gone = found.corpus.attributes.remove(attribute)
    say(_("Attribut retiré : {name}").format(name=gone.label))
