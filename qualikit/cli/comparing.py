"""Groups compared: read in the terminal, as JSON, or written for Word, Excel, CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualikit.cli.common import JSON, PROJECT, TEMPLATE, command, group, opened
from qualikit.cli.leaving import ALLOW_NAMES, leaving
from qualikit.cli.output import emit_json, say, table
from qualikit.cli.secrets import PASSPHRASE_FILE
from qualikit.i18n import _, decimal

if TYPE_CHECKING:
    from qualikit.project import Project
    from qualikit.themes.comparing.codes import CodeComparison
    from qualikit.themes.comparing.model import Comparison
    from qualikit.themes.comparing.passages import PassageComparison
    from qualikit.themes.comparing.words import WordComparison

comparing = group()

_WORDS = 20
"""Words of each group that the terminal shows."""


@command(
    comparing,
    "compare",
    _(
        "Compare des territoires, ou d'autres groupes : les codes dont leurs participants parlent, les mots qu'ils "
        "emploient, ce qu'ils disent de chaque thème. Chaque écart dit s'il se distingue du hasard, et pourquoi quand "
        "on ne peut pas le savoir."
    ),
    _(
        "qualikit compare evaluation.qualikit --groups Aubagne Laval --to comparaison.docx\n"
        "qualikit compare evaluation.qualikit --by source --what words --json"
    ),
)
def compare(
    project: PROJECT,
    more: Annotated[
        list[str] | None,
        typer.Argument(metavar=_("GROUPE"), help=_("D'autres groupes, après --groups."), show_default=False),
    ] = None,
    by: Annotated[
        str,
        typer.Option(
            metavar=_("ATTRIBUT"),
            help=_("Ce qui fait les groupes : territory, source, actor, document, ou un attribut du projet."),
        ),
    ] = "territory",
    groups: Annotated[
        list[str] | None,
        typer.Option(metavar=_("GROUPE…"), help=_("Les groupes comparés ; sinon, tous ceux où quelqu'un parle.")),
    ] = None,
    what: Annotated[
        str | None,
        typer.Option(
            metavar="codes|words|passages",
            help=_("Ce qui est comparé. Sinon : les codes dans le terminal, tout dans un fichier Word ou Excel."),
        ),
    ] = None,
    to: Annotated[
        Path | None, typer.Option(metavar=_("FICHIER"), help=_("Écrire la comparaison : .docx, .xlsx ou .csv."))
    ] = None,
    code: Annotated[
        list[str] | None,
        typer.Option(metavar=_("CODE"), help=_("Seulement ce code et ceux sous lui ; peut être répété.")),
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option(metavar=_("SOURCE"), help=_("Seulement ce type de source ; peut être répété.")),
    ] = None,
    coded_by: Annotated[
        str | None, typer.Option(metavar=_("NOM"), help=_("Seulement les codages de cette personne."))
    ] = None,
    unit: Annotated[
        str,
        typer.Option(
            metavar="people|sessions",
            help=_("Ce qui est compté et change de groupe dans le test : les personnes, ou les documents entiers."),
        ),
    ] = "people",
    cells: Annotated[
        int, typer.Option(metavar="4|2", help=_("La forme de la log-vraisemblance : à quatre cases, ou à deux."))
    ] = 4,
    title: Annotated[str | None, typer.Option(metavar=_("TITRE"), help=_("Titre du fichier écrit."))] = None,
    template: TEMPLATE = None,
    allow_names: ALLOW_NAMES = False,
    passphrase_file: PASSPHRASE_FILE = None,
    json: JSON = False,
) -> None:
    named = [*(groups or []), *(more or [])] or None
    asked: dict[str, Any] = {"coder": coded_by, "sources": source, "codes": code, "unit": unit, "cells": cells}
    with opened(project) as found:
        if what == "words" or (what is None and to is not None and to.suffix.lower() != ".csv"):
            _read_words(found, by, named, source, shown=not json)
        if to is not None:
            from qualikit.themes.exporters.word.template import using

            with using(template), leaving(found, passphrase_file, allow_names=allow_names, to=to):
                written = found.themes.export_comparison(
                    to.expanduser(), by, named, what=what, title=title or "", **asked
                )
        if json or to is None:
            made = found.themes.compare(by, named, what or "codes", **asked)
    if json:
        emit_json(list(made.to_records()))
    elif to is not None:
        say(_("Comparaison écrite : {path}").format(path=written))
    else:
        say(readable(made))


def _read_words(found: Project, by: str, groups: list[str] | None, sources: list[str] | None, *, shown: bool) -> None:
    """Read the words first, on a terminal with a bar: it can take minutes."""
    with _bar(shown=shown) as progress:
        found.themes.read_words(by, groups, progress, sources=sources)


@contextmanager
def _bar(*, shown: bool) -> Iterator[Callable[[int, int, str], bool] | None]:
    import sys

    if not shown or not sys.stderr.isatty():
        yield None
        return
    from rich import console, progress

    columns = (progress.BarColumn(), progress.MofNCompleteColumn(), progress.TimeRemainingColumn())
    line = progress.TextColumn("{task.description}", markup=False)
    with progress.Progress(*columns, line, console=console.Console(stderr=True), transient=True) as bar:
        task = bar.add_task(_("Les mots sont lus"), total=None)

        def advance(done: int, total: int, name: str) -> bool:
            bar.update(task, completed=done, total=total, description=name or _("Les mots sont lus"))
            return True

        yield advance


def readable(made: Comparison) -> str:
    """The comparison as the terminal shows it."""
    from qualikit.themes.comparing.codes import CodeComparison
    from qualikit.themes.comparing.passages import PassageComparison
    from qualikit.themes.comparing.words import WordComparison

    if isinstance(made, CodeComparison):
        body = _codes(made)
    elif isinstance(made, WordComparison):
        body = _words(made)
    elif isinstance(made, PassageComparison):
        body = _passages(made)
    return "\n\n".join(part for part in (body, *made.notes) if part)


def _codes(made: CodeComparison) -> str:
    from qualikit.themes.comparing.wording import p_value, points

    if made.is_empty:
        return _("Aucun code n'est posé dans ces groupes.")
    two = len(made.groups) == 2
    header = [_("Code"), *(group.label for group in made.groups), *([_("Écart")] if two else [])]
    header += [_("p corrigé"), _("Hasard")]
    rows = []
    for line in made.lines:
        cells = ["{}/{}".format(*raised.of(made.unit)) for raised in line.raised]
        if two:
            cells.append(points(line.difference) if line.difference is not None else "–")
        rows.append(["  " * line.row.depth + line.row.name, *cells, p_value(line.p_corrected), made.verdict(line)])
    return table(header, rows)


def _words(made: WordComparison) -> str:
    from qualikit.themes.comparing.wording import p_value

    if made.is_empty:
        return _("Trop peu de mots sont dits dans ces groupes pour les comparer.")
    parts = []
    for place, heard in enumerate(made.groups):
        rows = []
        for word in made.typical(place, most=_WORDS):
            use = word.uses[place]
            rows.append(
                [
                    f"{word.shown} ◇" if use.alone else word.shown,
                    use.uses,
                    f"{use.people}/{use.people_total}",
                    sum(other.uses for other in word.uses) - use.uses,
                    decimal(use.specificity, 1, signed=True),
                    decimal(use.log_likelihood, 1),
                    decimal(use.log_odds, 1),
                    p_value(word.p_corrected),
                    made.verdict(word),
                ]
            )
        header = [heard.label, _("Emplois"), _("Personnes"), _("Ailleurs"), _("Spécificité"), "G²", "z"]
        parts.append(table([*header, _("p corrigé"), _("Hasard")], rows))
    return "\n\n".join(parts)


def _passages(made: PassageComparison) -> str:
    from qualikit.themes.comparing.passages import SHARES, share_label

    if made.is_empty:
        return _("Aucun passage n'est codé dans ces groupes.")
    lines: list[str] = []
    for share in SHARES:
        for number, theme in enumerate(made.sharing(share)):
            if not number:
                lines += ["", share_label(share, len(made.groups)).upper()]
            lines += ["", theme.row.name]
            for heard, side in zip(made.groups, theme.sides, strict=True):
                about = f"{side.people}/{side.people_total}"
                lines.append(
                    "  " + " · ".join(part for part in (f"{heard.label} {about}", side.positions_said) if part)
                )
                for quote in side.quotes:
                    lines.append(f"    « {' '.join(quote.passage.quote.split())} »")
                    lines.append(f"      {quote.passage.reference}")
    return "\n".join(lines).strip()
