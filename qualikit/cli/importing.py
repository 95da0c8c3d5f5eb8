"""Files brought into a project, each with what was recognised in it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualikit.cli import tables
from qualikit.cli.comments import COMMENTS, SAME_CODE, Margin
from qualikit.cli.common import CODER, JSON, PROJECT, command, group, opened
from qualikit.cli.output import complain, emit_json, say
from qualikit.errors import ImportRefused, QualikitError
from qualikit.i18n import _, ngettext

if TYPE_CHECKING:
    from qualikit.corpus.importing import Outcome
    from qualikit.corpus.model import Document
    from qualikit.corpus.preview import Preview
    from qualikit.corpus.sources import Found

importing = group()

TOLD = 20
"""Files up to which all that was recognised in each is shown; past that, one line a file."""
NAMED = 5
INTERRUPTED = 130
"""What shells expect of a program that Ctrl+C has stopped."""


@command(
    importing,
    "import",
    _(
        "Importe des fichiers et montre ce qui y a été reconnu. Un fichier refusé n'empêche pas les autres d'entrer. "
        "D'un dossier ou d'une archive zip, tous les fichiers qui se lisent sont pris, ceux des sous-dossiers compris. "
        "Ctrl+C arrête entre deux fichiers ; ce qui est importé le reste."
    ),
    _(
        "qualikit import evaluation.qualikit entretiens/*.docx\n"
        "qualikit import evaluation.qualikit terrain/ envoi.zip\n"
        'qualikit import evaluation.qualikit groupe.docx --territory Laval --source "focus group"'
    ),
)
def import_files(
    project: PROJECT,
    files: Annotated[
        list[Path],
        typer.Argument(metavar=_("FICHIERS"), help=_("Les fichiers, dossiers ou archives zip."), show_default=False),
    ],
    territory: Annotated[
        str | None, typer.Option(metavar=_("NOM"), help=_("Leur territoire ; sinon celui que dit le nom du fichier."))
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            metavar=_("TYPE"),
            help=_("Leur type : focus group, entretien, note d'observation, document, rapport d'activité."),
        ),
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar=_("DATE"), help=_("Leur date, par exemple 05/03/2024 ou 2024-03-05."))
    ] = None,
    title: Annotated[
        str | None, typer.Option(metavar=_("TITRE"), help=_("Le titre, s'il n'y a qu'un fichier."))
    ] = None,
    rows: tables.ROWS = None,
    column: tables.COLUMNS = None,
    comments: COMMENTS = "ignore",
    same_code: SAME_CODE = None,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    from qualikit.corpus.guess import TERRITORIES
    from qualikit.corpus.importing import import_one
    from qualikit.corpus.naming import source_kind
    from qualikit.corpus.sources import gather

    known: dict[str, Any] = {"territory": territory, "title": title, "date": date}
    known["layout"] = tables.layout(rows, column)
    if source is not None:
        known["source_kind"] = source_kind(source)
    found = gather(files)
    if title is not None and len(found.files) > 1:
        raise ImportRefused(
            _("Un seul titre ne peut pas être donné à {n} fichiers.").format(n=len(found.files)),
            _("Importez-les un par un, ou sans --title."),
        )
    results: list[dict[str, Any]] = []

    def refuse(name: str, place: str, error: QualikitError) -> None:
        results.append({"file": place, "imported": False, "code": error.code, "error": str(error)})
        if not json:
            complain(f"✗ {name}\n  {error}")

    with opened(project, coder) as into, _interruptible() as interrupted, _bar(found, shown=not json) as advance:
        known["territories"] = tuple(dict.fromkeys((*TERRITORIES, *into.corpus.territories())))
        for refused in found.refused:
            refuse(refused.file_name, refused.place, refused.error)
        left, margin = len(found.files), Margin(into, comments, same_code)
        for file in found.files:
            if interrupted():
                break
            advance(file.name)
            outcome = import_one(into.corpus, file, known, margin.save)
            left -= 1
            if outcome.error is not None:
                refuse(file.name, file.place, outcome.error)
            else:
                results.append({"file": file.place, **_became(outcome), **(margin.about() if outcome.document else {})})
                if not json:
                    said = margin.told(project, outcome.document) if outcome.document else ()
                    say("\n".join([*_told_of(outcome, briefly=len(found.files) > TOLD), *said]))
    kept_out = sum(not result["imported"] for result in results)
    if json:
        emit_json(results)
    else:
        _conclude(len(results) - kept_out, kept_out, found.passed_over, left)
    if left:
        raise typer.Exit(INTERRUPTED)
    if kept_out:
        raise typer.Exit(1)


@contextmanager
def _interruptible() -> Iterator[Callable[[], bool]]:
    """Ctrl+C lets the file at hand be finished; a second one does not wait for it."""
    asked = False

    def ask(_signal: int, _frame: object) -> None:
        nonlocal asked
        asked = True
        signal.signal(signal.SIGINT, signal.default_int_handler)
        complain(_("Arrêt demandé : le fichier en cours est d'abord terminé."))

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _bar(found: Found, *, shown: bool) -> Iterator[Callable[[str], None]]:
    """On a terminal, a bar with the time left: call it before each file, with its name."""
    if not (shown and len(found.files) > 1 and sys.stdout.isatty() and sys.stderr.isatty()):
        yield lambda _name: None
        return
    from rich import progress

    columns = (progress.BarColumn(), progress.MofNCompleteColumn(), progress.TimeRemainingColumn())
    with progress.Progress(*columns, progress.TextColumn("{task.description}", markup=False), transient=True) as bar:
        task = bar.add_task("", total=len(found.files))
        begun = False

        def advance(name: str) -> None:
            nonlocal begun
            bar.update(task, advance=int(begun), description=name)
            begun = True

        yield advance


def _conclude(imported: int, refused: int, passed_over: Sequence[str], left: int) -> None:
    if passed_over:
        n = len(passed_over)
        names = ", ".join(passed_over[:NAMED]) + ("…" if n > NAMED else "")
        say(
            ngettext(
                "{n} fichier d'un autre format a été laissé de côté : {names}",
                "{n} fichiers d'un autre format ont été laissés de côté : {names}",
                n,
            ).format(n=n, names=names)
        )
    say(_tally(imported, refused))
    if left:
        say(
            ngettext(
                "Arrêté avant la fin : il restait {n} fichier.", "Arrêté avant la fin : il restait {n} fichiers.", left
            ).format(n=left)
            + " "
            + _("La même commande reprend : ce qui est déjà dans le projet est reconnu.")
        )


def _became(outcome: Outcome) -> dict[str, Any]:
    """What became of a file that was read, for JSON."""
    assert outcome.preview is not None
    if outcome.report is not None:
        return {"imported": bool(outcome.report.saved), **tables.recognised(outcome.report, outcome.preview)}
    assert outcome.document is not None
    return {"imported": True, **_recognised(outcome.document, outcome.preview)}


def _told_of(outcome: Outcome, *, briefly: bool) -> Iterator[str]:
    assert outcome.preview is not None
    if outcome.report is not None:
        return tables.told(outcome.report, outcome.preview)
    assert outcome.document is not None
    return (_told_briefly if briefly else _told)(outcome.document, outcome.preview)


def _recognised(document: Document, preview: Preview) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title,
        "source": document.source_kind.value,
        "territory": document.territory,
        "date": document.date.isoformat() if document.date else None,
        "words": preview.words,
        "turns": sum(speaker.turns for speaker in preview.speakers),
        "rule": preview.rule.words(),
        "speakers": [
            {"name": one.name, "role": one.role.value, "turns": one.turns, "labels": list(one.labels)}
            for one in preview.speakers
        ],
        "warnings": list(preview.warnings),
        **({"columns": tables.columns(preview)} if preview.layout else {}),
    }


def _told(document: Document, preview: Preview) -> Iterator[str]:
    from qualikit.corpus.model import role_label, source_kind_label

    yield f"✓ {preview.file_name}"
    yield "  " + _("Titre : {title}").format(title=document.title)
    yield "  " + " · ".join(
        part
        for part in (
            source_kind_label(document.source_kind),
            document.territory or _("sans territoire"),
            f"{document.date:%d/%m/%Y}" if document.date else _("sans date"),
            ngettext("{n} mot", "{n} mots", preview.words).format(n=preview.words),
        )
    )
    yield from tables.told_columns(preview)
    if preview.speakers:
        yield "  " + _("Locuteurs, par {rule} :").format(rule=preview.rule.words())
    for one in preview.speakers:
        turns = ngettext("{n} tour de parole", "{n} tours de parole", one.turns).format(n=one.turns)
        yield f"    {one.name} ({role_label(one.role)}), {turns}"
    for warning in preview.warnings:
        yield f"  ! {warning}"


def _told_briefly(document: Document, preview: Preview) -> Iterator[str]:
    from qualikit.corpus.model import source_kind_label

    facts = [source_kind_label(document.source_kind), document.territory]
    facts.append(ngettext("{n} mot", "{n} mots", preview.words).format(n=preview.words))
    facts.append(ngettext("{n} locuteur", "{n} locuteurs", len(preview.speakers)).format(n=len(preview.speakers)))
    yield f"✓ {preview.file_name} · " + " · ".join(fact for fact in facts if fact)
    for warning in preview.warnings:
        yield f"  ! {warning}"


def _tally(imported: int, refused: int) -> str:
    done = ngettext("{n} fichier importé", "{n} fichiers importés", imported).format(n=imported)
    if not refused:
        return f"{done}."
    return f"{done}, {ngettext('{n} refusé', '{n} refusés', refused).format(n=refused)}."
