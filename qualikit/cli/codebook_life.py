"""The life of the codebook: its log, its versions, its manual, its use, saturation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualikit.cli.codebooks import codebook
from qualikit.cli.common import CODER, JSON, PROJECT, TEMPLATE, command, opened
from qualikit.cli.leaving import ALLOW_NAMES, leaving
from qualikit.cli.output import emit_json, say, table
from qualikit.cli.secrets import PASSPHRASE_FILE
from qualikit.i18n import _

if TYPE_CHECKING:
    from qualikit.coding.codebooks.comparing import CodeChange

__all__ = ["codebook"]

CODE = Annotated[str | None, typer.Option(metavar=_("CODE"), help=_("Seulement ce code."))]
TO = Annotated[Path | None, typer.Option(metavar=_("FICHIER"), help=_("Écrire le tableau : .xlsx ou .csv."))]
VERSION = Annotated[str, typer.Argument(metavar=_("VERSION"), help=_("Numéro ou nom."), show_default=False)]


@command(
    codebook,
    "log",
    _("Montre qui a changé quoi dans la grille, quand et pourquoi. --why donne le motif d'un changement."),
    'qualikit codebook log evaluation.qualikit\nqualikit codebook log evaluation.qualikit --why 12 "Vu en équipe"',
)
def log(
    project: PROJECT,
    code: CODE = None,
    changed_by: Annotated[
        str | None, typer.Option(metavar=_("NOM"), help=_("Seulement les changements de cette personne."))
    ] = None,
    why: Annotated[
        tuple[int, str] | None,
        typer.Option(metavar=_("NUMÉRO MOTIF"), help=_("Noter pourquoi ce changement a été fait.")),
    ] = None,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    with opened(project, coder) as found:
        if why is not None:
            found.coding.note_change(*why)
        changes = found.coding.codebook_log(code=code, coder=changed_by)
    if json:
        emit_json(
            [
                {
                    "seq": change.seq,
                    "at": change.at.isoformat(),
                    "coder": change.coder,
                    "action": change.action,
                    "label": change.label,
                    "undone": change.undone,
                    "note": change.note,
                    "codes": [_change_json(each) for each in change.codes],
                }
                for change in changes
            ]
        )
        return
    if not changes:
        say(_("La grille n'a pas encore changé."))
    for change in changes:
        when = f"{change.at.astimezone():%d/%m/%Y %H:%M}"
        undone = f" ({_('annulé depuis')})" if change.undone else ""
        say(f"{change.seq}  {when}  {change.coder}  {change.label}{undone}")
        if change.note:
            say("    " + _("Motif : {note}").format(note=change.note))
        for each in change.codes:
            for line in _told(each):
                say(f"    {line}")


@command(
    codebook,
    "freeze",
    _("Garde la grille de maintenant comme version, avec un nom et la raison."),
    'qualikit codebook freeze evaluation.qualikit "Après le pilote" --note "Relue à deux"',
)
def freeze(
    project: PROJECT,
    name: Annotated[str, typer.Argument(metavar=_("NOM"), help=_("Le nom de la version."), show_default=False)] = "",
    note: Annotated[str, typer.Option(metavar=_("TEXTE"), help=_("Pourquoi."))] = "",
    coder: CODER = None,
) -> None:
    with opened(project, coder) as found:
        version = found.coding.save_version(name, note)
    say(_("Version {n} gardée : {name}.").format(n=version.number, name=version.name))


@command(
    codebook,
    "versions",
    _("Liste les versions de la grille. --export en écrit une."),
    "qualikit codebook versions evaluation.qualikit\n"
    "qualikit codebook versions evaluation.qualikit --export 1 grille-pilote.xlsx",
)
def versions(
    project: PROJECT,
    export: Annotated[
        tuple[str, Path] | None,
        typer.Option(metavar=_("VERSION GRILLE"), help=_("Écrire cette version : .yaml, .csv ou .xlsx.")),
    ] = None,
    json: JSON = False,
) -> None:
    with opened(project) as found:
        if export is not None:
            found.coding.export_version(export[0], export[1].expanduser())
            say(_("Version écrite : {path}").format(path=export[1]))
            return
        known = found.coding.versions()
    if json:
        emit_json(
            [
                {
                    "number": version.number,
                    "name": version.name,
                    "note": version.note,
                    "codes": len(version.codebook),
                    "coder": version.coder,
                    "created": version.created.isoformat(),
                }
                for version in known
            ]
        )
        return
    if not known:
        say(_("Aucune version n'a encore été gardée."))
        return
    rows = [
        [v.number, v.name, f"{v.created.astimezone():%d/%m/%Y %H:%M}", v.coder, len(v.codebook), v.note] for v in known
    ]
    say(table([_("N°"), _("Version"), _("Date"), _("Qui"), _("Codes"), _("Pourquoi")], rows))


@command(
    codebook,
    "compare",
    _("Montre ce qui a changé entre deux versions, ou depuis une version : {gone} et {come}.").format(
        gone=_("[-ce qui part-]"), come="{+" + _("ce qui vient") + "+}"
    ),
    "qualikit codebook compare evaluation.qualikit 1\nqualikit codebook compare evaluation.qualikit 1 2",
)
def compare(
    project: PROJECT,
    before: VERSION,
    after: Annotated[
        str | None,
        typer.Argument(metavar=_("VERSION"), help=_("L'autre ; sinon la grille de maintenant."), show_default=False),
    ] = None,
    json: JSON = False,
) -> None:
    with opened(project) as found:
        changes = found.coding.compare(before, after)
    if json:
        emit_json([_change_json(each) for each in changes])
        return
    if not changes:
        say(_("Les deux grilles sont les mêmes."))
    for change in changes:
        for line in _told(change):
            say(line)


@command(
    codebook,
    "revert",
    _("Ramène la grille à une version, sans supprimer aucun codage."),
    "qualikit codebook revert evaluation.qualikit 1 --dry-run",
)
def revert(
    project: PROJECT,
    version: VERSION,
    retire: Annotated[
        bool, typer.Option("--retire/--keep", help=_("Mettre en retrait, ou garder, les codes ajoutés depuis."))
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Montrer ce qui changerait, sans rien écrire."))] = False,
    coder: CODER = None,
) -> None:
    with opened(project, coder) as found:
        act = found.coding.foresee_restoration if dry_run else found.coding.restore_version
        done = act(version, retire=retire)
    for sentence in done.sentences():
        say(sentence)
    for change in done.changes:
        for line in _told(change):
            say(line)


@command(
    codebook,
    "manual",
    _("Écrit la grille comme manuel de codage, en Word : règles, exemples pris dans le corpus, versions."),
    "qualikit codebook manual evaluation.qualikit manuel.docx --examples 2",
)
def manual(
    project: PROJECT,
    file: Annotated[Path, typer.Argument(metavar=_("MANUEL"), help=_("Le fichier .docx."), show_default=False)],
    examples: Annotated[int, typer.Option(min=0, max=9, metavar=_("N"), help=_("Exemples par code, au plus."))] = 1,
    counts: Annotated[
        bool, typer.Option("--counts/--no-counts", help=_("Dire combien chaque code est employé."))
    ] = True,
    named: Annotated[
        bool, typer.Option("--named", help=_("Dire de chaque exemple qui parle et dans quel document."))
    ] = False,
    version: Annotated[
        str | None, typer.Option(metavar=_("VERSION"), help=_("Imprimer cette version, par numéro ou nom."))
    ] = None,
    title: Annotated[str, typer.Option(metavar=_("TITRE"), help=_("Titre du manuel."))] = "",
    template: TEMPLATE = None,
    allow_names: ALLOW_NAMES = False,
    passphrase_file: PASSPHRASE_FILE = None,
) -> None:
    with opened(project) as found, leaving(found, passphrase_file, allow_names=allow_names, to=file):
        written = found.themes.export_manual(
            file.expanduser(),
            title=title,
            examples=examples,
            counts=counts,
            named=named,
            version=version,
            template=template,
        )
    say(_("Manuel écrit : {path}").format(path=written))


@command(
    codebook,
    "usage",
    _("Compte les codages de chaque code, par codeur et par jour, semaine ou mois."),
    "qualikit codebook usage evaluation.qualikit --by week --to emploi.xlsx",
)
def usage(
    project: PROJECT,
    by: Annotated[str, typer.Option(metavar="day|week|month", help=_("La période."))] = "week",
    to: TO = None,
    json: JSON = False,
) -> None:
    with opened(project) as found:
        frame = found.coding.usage_frame(by)
    columns = [_("Code"), _("Codeur"), _("Période"), _("Codages"), _("Documents")]
    rows = [
        (row["code"], row["coder"], row["period"].isoformat(), row["codings"], row["documents"])
        for row in frame.to_dict("records")
    ]
    if json:
        emit_json([dict(zip(("code", "coder", "period", "codings", "documents"), row, strict=True)) for row in rows])
    elif to is not None:
        _write(to, _("Emploi"), columns, rows)
    elif not rows:
        say(_("Aucun codage n'est encore posé."))
    else:
        say(table(columns, rows))


@command(
    codebook,
    "saturation",
    _(
        "Compte les codes nouveaux dans chaque document, dans l'ordre où ils ont été lus, à côté d'ordres tirés au "
        "sort."
    ),
    "qualikit codebook saturation evaluation.qualikit --order date",
)
def saturation(
    project: PROJECT,
    order: Annotated[
        str, typer.Option(metavar="read|date|title", help=_("L'ordre des documents : lecture, date, titre."))
    ] = "read",
    coded_by: Annotated[
        str | None, typer.Option(metavar=_("NOM"), help=_("Seulement les codages de cette personne."))
    ] = None,
    code: Annotated[
        list[str] | None, typer.Option(metavar=_("CODE"), help=_("Seulement ce code et ceux sous lui. Se répète."))
    ] = None,
    permutations: Annotated[int, typer.Option(min=1, max=100_000, metavar=_("N"), help=_("Ordres tirés."))] = 1_000,
    seed: Annotated[int, typer.Option(min=0, metavar=_("N"), help=_("Graine du tirage."))] = 2024,
    to: TO = None,
    json: JSON = False,
) -> None:
    with opened(project) as found:
        curve = found.coding.saturation(order, coder=coded_by, codes=code, permutations=permutations, seed=seed)
    if json:
        emit_json(
            {
                "order": curve.order,
                "codes": curve.known,
                "codes_total": curve.codes_total,
                "documents": len(curve.steps),
                "documents_total": curve.documents_total,
                "since_last_new": curve.since_last_new,
                "once": list(curve.once),
                "permutations": curve.permutations,
                "seed": curve.seed,
                "steps": curve.to_frame().to_dict("records"),
            }
        )
        return
    columns = [_("N°"), _("Document"), _("Codes"), _("Nouveaux"), _("Connus"), _("Attendus"), _("De"), _("À")]
    rows = [
        (s.place, s.document.title, s.codes, len(s.new), s.known, f"{s.expected:.1f}", f"{s.low:.0f}", f"{s.high:.0f}")
        for s in curve.steps
    ]
    if to is not None:
        _write(to, _("Saturation"), columns, rows)
        return
    if rows:
        say(table(columns, rows))
        say()
    for sentence in curve.sentences():
        say(sentence)


def _write(to: Path, name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    from qualikit.sheets import write_tables

    write_tables(to.expanduser(), [(name, columns, rows)])
    say(_("Tableau écrit : {path}").format(path=to))


def _change_json(change: CodeChange) -> dict[str, Any]:
    return {
        "code": change.name,
        "path": change.path or change.name,
        "deeds": [deed.value for deed in change.deeds],
        "fields": {each.field: [each.before, each.after] for each in change.fields},
    }


def _told(change: CodeChange) -> Iterator[str]:
    from qualikit.coding.codebooks.comparing import deed_label

    deeds = ", ".join(deed_label(deed) for deed in change.deeds)
    yield f"{change.path or change.name} : {deeds}"
    marks = {"same": "{}", "out": "[-{}-]", "in": "{{+{}+}}"}
    for each in change.fields:
        if each.before and each.after:
            words = "".join(marks[kind].format(text) for kind, text in each.pieces)
        else:
            words = each.after or _("(vide)")
        yield f"    {each.label} : {' '.join(words.split())}"
