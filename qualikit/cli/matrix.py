"""Matrices and codes that meet: read in the terminal, or written for Word, Excel, CSV, as pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualikit.cli.common import CODER, JSON, PROJECT, TEMPLATE, command, group, opened
from qualikit.cli.leaving import ALLOW_NAMES, leaving
from qualikit.cli.output import emit_json, say, table
from qualikit.cli.reading import ACTOR, ATTRIBUTE, DOCUMENT, PARTICIPANT, SINCE, SOURCE, TERRITORY, UNTIL
from qualikit.cli.secrets import PASSPHRASE_FILE
from qualikit.i18n import _, ngettext

if TYPE_CHECKING:
    from qualikit.project import Project
    from qualikit.themes.cooccurrence import Cooccurrence
    from qualikit.themes.matrix import Matrix
    from qualikit.themes.model import Cell
    from qualikit.themes.reading.query import Query

matrix = group()


SIDES = "code|territory|source|actor|document|participant|coder|month|quarter|year|ATTRIBUT"
WHERE = Annotated[
    str | None,
    typer.Option(metavar=_("NOM"), help=_("Seulement ce que rassemble cette recherche gardée (voir query).")),
]
CODE = Annotated[list[str] | None, typer.Option(metavar=_("CODE"), help=_("Seulement ce code ; peut être répété."))]
LEVELS = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help=_("Seulement tant de niveaux de la grille ; 1 : les familles.")),
]
NESTED = Annotated[bool, typer.Option("--nested", help=_("Compter chaque code avec ceux qui sont sous lui."))]
ONE_CODER = Annotated[str | None, typer.Option(metavar=_("NOM"), help=_("Seulement les codages de cette personne."))]


def _where(
    name: str | None,
    project: Project,
    *,
    attribute: list[str] | None,
    since: str | None,
    until: str | None,
    **lists: list[str] | None,
) -> Query | None:
    """The saved query with the conditions given in their place; every coder's codings unless it says otherwise."""
    from dataclasses import replace

    from qualikit.cli.reading import attributes_asked, day
    from qualikit.themes.reading.query import Query

    given: dict[str, Any] = {key: tuple(values) for key, values in lists.items() if values}
    if attribute:
        given["attributes"] = attributes_asked(attribute)
    given |= {key: day(value) for key, value in (("said_from", since), ("said_until", until)) if value}
    if name is None and not given:
        return None
    kept = project.themes.queries.get(name).query if name is not None else Query(everyone=True)
    return replace(kept, **given)


@command(
    matrix,
    "matrix",
    _(
        "Affiche ou écrit une matrice : les codes en lignes et les territoires en colonnes, ou tout autre croisement "
        "(types de source et d'acteur, documents, participants, codeurs, mois, trimestres, années, attributs)."
    ),
    _(
        "qualikit matrix evaluation.qualikit --rows code --columns territory --to matrice.docx\n"
        'qualikit matrix evaluation.qualikit --columns actor --code "Impacts" --flat\n'
        "qualikit matrix evaluation.qualikit --rows territory --columns quarter --value people --to chaleur.png"
    ),
)
def show(
    project: PROJECT,
    rows: Annotated[str, typer.Option(metavar=SIDES, help=_("Ce qui est en lignes."))] = "code",
    columns: Annotated[str, typer.Option(metavar=SIDES, help=_("Ce qui est en colonnes."))] = "territory",
    value: Annotated[
        str,
        typer.Option(
            metavar="codings|people|sessions|words|presence",
            help=_("Ce que montrent les cases : codages, personnes, documents, mots et leur part, dit ou non."),
        ),
    ] = "codings",
    to: Annotated[
        Path | None,
        typer.Option(
            metavar=_("FICHIER"), help=_("Écrire la matrice dans ce fichier : .docx, .xlsx, .csv, .png ou .svg.")
        ),
    ] = None,
    chart: Annotated[
        str | None,
        typer.Option(
            metavar="heat|bubbles", help=_("Dessiner une carte de chaleur ou des bulles, dans Word et Excel aussi.")
        ),
    ] = None,
    code: CODE = None,
    levels: LEVELS = None,
    territory: TERRITORY = None,
    source: SOURCE = None,
    actor: ACTOR = None,
    participant: PARTICIPANT = None,
    document: DOCUMENT = None,
    attribute: ATTRIBUTE = None,
    since: SINCE = None,
    until: UNTIL = None,
    where: WHERE = None,
    coded_by: ONE_CODER = None,
    flat: Annotated[bool, typer.Option("--flat", help=_("Compter chaque code sans ceux qui sont sous lui."))] = False,
    verbatims: Annotated[
        str,
        typer.Option(
            metavar="auto|chosen|all|none",
            help=_("Passages cités : choisis et complétés, seulement choisis, tous, aucun."),
        ),
    ] = "auto",
    title: Annotated[str | None, typer.Option(metavar=_("TITRE"), help=_("Titre du fichier écrit."))] = None,
    template: TEMPLATE = None,
    allow_names: ALLOW_NAMES = False,
    passphrase_file: PASSPHRASE_FILE = None,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    from qualikit.corpus.naming import source_kind
    from qualikit.themes.charts.matrix import checked as checked_chart
    from qualikit.themes.verbatims import checked

    quoted = checked(verbatims)
    drawn = checked_chart(chart) if chart else None
    kinds = [source_kind(word) for word in source] if source else None
    with opened(project, coder) as found:
        counted = found.themes.matrix(
            rows,
            columns,
            value=value,
            coder=coded_by,
            codes=code or None,
            levels=levels,
            sources=kinds,
            documents=document or None,
            where=_where(
                where, found, territories=territory, actors=actor, participants=participant, attribute=attribute,
                since=since, until=until,
            ),
            nested=not flat,
        )  # fmt: skip
        written = None
        if to is not None:
            with leaving(found, passphrase_file, allow_names=allow_names, to=to):
                written = found.themes.export(
                    counted, to.expanduser(), verbatims=quoted, title=title, chart=drawn, template=template
                )
    if json:
        emit_json(list(counted.to_records(totals=True)))
    elif written is not None:
        say(_("Matrice écrite : {path}").format(path=written))
    else:
        say(_readable(counted))


@command(
    matrix,
    "cooccurrence",
    _(
        "Affiche ou écrit les codes qui se rencontrent : dans les mêmes mots, le même tour de parole, à quelques "
        "tours, dans le même document. Les plus liés d'abord, par l'indice de Jaccard sur les tours de parole."
    ),
    _(
        "qualikit cooccurrence evaluation.qualikit --to cooccurrences.docx\n"
        "qualikit cooccurrence evaluation.qualikit --relation near --distance 2 --levels 1 --nested --json"
    ),
)
def cooccurrence(
    project: PROJECT,
    relation: Annotated[
        str,
        typer.Option(metavar="overlapping|turn|near|document", help=_("Comment deux codes se rencontrent.")),
    ] = "overlapping",
    distance: Annotated[
        int, typer.Option(metavar="N", help=_("Avec near : tant de tours de parole de l'un à l'autre, au plus."))
    ] = 3,
    value: Annotated[
        str,
        typer.Option(metavar="passages|turns|jaccard|documents|pairs", help=_("Ce qui est dessiné.")),
    ] = "passages",
    to: Annotated[
        Path | None,
        typer.Option(metavar=_("FICHIER"), help=_("Écrire dans ce fichier : .docx, .xlsx, .csv, .png ou .svg.")),
    ] = None,
    code: CODE = None,
    levels: LEVELS = None,
    nested: Annotated[
        bool, typer.Option("--nested", help=_("Compter chaque code avec ceux qui sont sous lui."))
    ] = False,
    territory: TERRITORY = None,
    source: SOURCE = None,
    actor: ACTOR = None,
    participant: PARTICIPANT = None,
    document: DOCUMENT = None,
    attribute: ATTRIBUTE = None,
    since: SINCE = None,
    until: UNTIL = None,
    where: WHERE = None,
    coded_by: ONE_CODER = None,
    title: Annotated[str | None, typer.Option(metavar=_("TITRE"), help=_("Titre du fichier écrit."))] = None,
    allow_names: ALLOW_NAMES = False,
    passphrase_file: PASSPHRASE_FILE = None,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    from qualikit.corpus.naming import source_kind
    from qualikit.themes.cooccurrence import checked

    checked(value)
    kinds = [source_kind(word) for word in source] if source else None
    with opened(project, coder) as found:
        met = found.themes.cooccurrence(
            relation,
            distance=distance,
            coder=coded_by,
            codes=code or None,
            levels=levels,
            sources=kinds,
            documents=document or None,
            where=_where(
                where, found, territories=territory, actors=actor, participants=participant, attribute=attribute,
                since=since, until=until,
            ),
            nested=nested,
        )  # fmt: skip
        with leaving(found, passphrase_file, allow_names=allow_names, to=to):
            written = found.themes.export_cooccurrence(met, to.expanduser(), value=value, title=title) if to else None
    if json:
        emit_json(list(met.to_records()))
    elif written is not None:
        say(_("Cooccurrences écrites : {path}").format(path=written))
    else:
        say(_pairs(met))


_SHOWN = 30
"""Pairs of codes in the terminal; all are in a file."""


def _pairs(met: Cooccurrence) -> str:
    records = sorted((record for record in met.to_records() if record["pairs"]), key=lambda record: -record["jaccard"])
    if not records:
        return "\n".join([_("Aucun code n'en rencontre un autre."), "", met.explanation])
    lines = [
        [
            record["code"],
            record["other"],
            f"{record['passages']}/{record['passages_total']}",
            f"{record['other_passages']}/{record['other_passages_total']}",
            f"{record['turns']}/{record['turns_total']}",
            f"{record['jaccard']:.2f}",
            f"{record['documents']}/{record['documents_total']}",
        ]
        for record in records[:_SHOWN]
    ]
    heads = [
        _("Code"), _("Autre code"), _("Passages du premier"), _("Passages du second"), _("Tours"), _("Jaccard"),
        _("Documents"),
    ]  # fmt: skip
    more = len(records) - len(lines)
    rest = [ngettext("Et {n} autre paire.", "Et {n} autres paires.", more).format(n=more)] if more > 0 else []
    return "\n".join([table(heads, lines), *rest, "", met.explanation])


def _readable(counted: Matrix) -> str:
    from qualikit.themes.values import value_label

    columns = [*counted.columns, counted.total_column]
    lines = [
        ["  " * row.depth + row.name, *(_figures(counted, counted.cell(row, column)) for column in columns)]
        for row in (*counted.rows, counted.total_row)
    ]
    heading = _("Code") if counted.rows_by == "code" else counted.corner
    body = table([heading, *(column.label for column in columns)], lines)
    key = _("Dans chaque case : les codages, puis les personnes sur celles qui pouvaient le dire.")
    if counted.value != "codings":
        key = _("Dans chaque case : {value}.").format(value=value_label(counted.value).lower())
    return f"{body}\n\n{key}\n{counted.explanation}"


def _figures(counted: Matrix, cell: Cell) -> str:
    from qualikit.themes.values import impossible
    from qualikit.themes.values import written as written_cell

    if not cell.possible:
        return impossible()
    if counted.value != "codings":
        return written_cell(cell, counted.value)
    return f"{cell.codings}  {cell.people}/{cell.people_total}" if cell.codings else "·"
