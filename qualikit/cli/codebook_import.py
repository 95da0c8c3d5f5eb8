"""How a codebook's file is read, asked for on the command line and told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualikit.cli.tables import parted
from qualikit.errors import CodebookError
from qualikit.i18n import _, ngettext

if TYPE_CHECKING:
    from qualikit.coding.codebooks.layout import CodebookLayout, Layout
    from qualikit.coding.codebooks.merge import CodebookReport
    from qualikit.coding.codebooks.preview import CodebookPreview

DRY_RUN = Annotated[bool, typer.Option("--dry-run", help=_("Montrer ce qui serait fait, sans rien écrire."))]
COLUMNS = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar=_("CONTENU=COLONNE"),
        help=_(
            "Ce que tient une colonne : nom, niveau, parent, numéro, définition, inclure, exclure, mots-clés, "
            "exemple, couleur, nature, sens, raccourci, état, ou ignorer. Se répète."
        ),
    ),
]
HIERARCHY = Annotated[
    str | None,
    typer.Option(
        metavar="levels|parent|numbers|indent|flat",
        help=_("Comment l'arbre est dessiné : colonnes de niveaux, code parent, numéros, retraits, ou pas d'arbre."),
    ),
]
TABLES = Annotated[
    list[str] | None,
    typer.Option("--table", metavar=_("NOM"), help=_("Seulement cette feuille, ou ce tableau. Se répète.")),
]
FAMILIES = Annotated[
    bool | None,
    typer.Option(
        "--families/--no-families",
        help=_("Faire ou non de chaque feuille, ou tableau, une branche de l'arbre qui porte son nom."),
        show_default=False,
    ),
]
OUTLINE = Annotated[
    bool | None,
    typer.Option(
        "--outline/--tables",
        help=_("D'un document Word, lire les titres et les listes, ou les tableaux."),
        show_default=False,
    ),
]
WITHOUT = Annotated[
    list[str] | None,
    typer.Option("--without", metavar=_("CODE"), help=_("Ne pas prendre ce code, ni ceux sous lui. Se répète.")),
]


def layout(
    columns: Sequence[str] | None,
    hierarchy: str | None,
    tables: Sequence[str] | None,
    families: bool | None,
    outline: bool | None,
    without: Sequence[str] | None,
) -> Layout | None:
    """What changes the proposed reading as the options say; None where they say nothing. Raises CodebookError."""
    from qualikit.coding.codebooks.layout import parse_hierarchy, parse_part

    if not (columns or hierarchy or tables or without) and families is None and outline is None:
        return None
    drawn = parse_hierarchy(hierarchy) if hierarchy else None
    pairs = parted(columns or (), parse_part, CodebookError, _("Écrivez par exemple : --column définition=Description"))

    def changed(proposed: CodebookLayout) -> CodebookLayout:
        found = proposed.with_tables(tables) if tables else proposed
        for part, name in pairs:
            found = found.with_part(name, part)
        if drawn is not None:
            found = found.with_hierarchy(drawn)
        if families is not None:
            found = replace(found, families=families)
        if outline is not None:
            found = replace(found, outline=outline)
        return replace(found, without=tuple(without or ()))

    return changed


def as_json(report: CodebookReport) -> dict[str, Any]:
    """What an import did, for JSON."""
    return {
        "added": list(report.added),
        "updated": list(report.updated),
        "unchanged": list(report.unchanged),
        "ignored": list(report.ignored),
        "warnings": [{"line": line, "text": text} for line, text in report.warnings],
    }


def told(report: CodebookReport) -> Iterator[str]:
    """What an import did, in sentences."""
    added, updated, unchanged = len(report.added), len(report.updated), len(report.unchanged)
    yield (
        ", ".join(
            (
                ngettext("{n} code ajouté", "{n} codes ajoutés", added).format(n=added),
                ngettext("{n} complété", "{n} complétés", updated).format(n=updated),
                ngettext("{n} inchangé", "{n} inchangés", unchanged).format(n=unchanged),
            )
        )
        + "."
    )
    if report.ignored:
        yield _("Colonnes laissées de côté : {names}.").format(names=", ".join(report.ignored))
    for line, text in report.warnings:
        yield _("Ligne {line} : {what}").format(line=line, what=text) if line else text


def told_reading(preview: CodebookPreview) -> Iterator[str]:
    """What each table was taken for, and the tree that results."""
    from qualikit.coding.codebooks.layout import Part, hierarchy_label, part_label

    if preview.layout is not None and preview.layout.outline:
        yield _("Lu d'après les titres et les listes du document.")
    elif preview.layout is not None:
        for table in preview.layout.tables:
            name = table.name or preview.file_name
            if not table.used:
                yield _("« {name} » : laissé de côté.").format(name=name)
                continue
            held = [f"{part_label(part)} = {column}" for column, part in table.columns if part is not Part.LEFT]
            drawn = hierarchy_label(table.hierarchy)
            yield _("« {name} » : {columns}. Arbre : {drawn}.").format(
                name=name, columns=" · ".join(held), drawn=drawn.lower()
            )
    added, updated = set(preview.report.added), set(preview.report.updated)
    known = {code.name: code for code in preview.book}
    for name in preview.named:
        code = known.get(name)
        if code is not None:
            sign = "+" if name in added else "~" if name in updated else " "
            yield f"{sign} {'  ' * preview.book.depth(code.id)}{name}"


def reading_json(preview: CodebookPreview) -> dict[str, Any]:
    """What each table was taken for, and the tree, for JSON."""
    tables = preview.layout.tables if preview.layout is not None and not preview.layout.outline else ()
    known = {code.name: code for code in preview.book}
    return {
        "problem": preview.problem or None,
        "tables": [
            {
                "name": table.name,
                "used": table.used,
                "header": table.header,
                "hierarchy": table.hierarchy.value,
                "columns": {column: part.value for column, part in table.columns},
            }
            for table in tables
        ],
        "codes": [preview.book.path(known[name].id) for name in preview.named if name in known],
    }
