"""Files brought into a project, each with what was recognised in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualikit.cli.common import CODER, JSON, PROJECT, command, group, opened
from qualikit.cli.output import complain, emit_json, say
from qualikit.errors import ImportRefused, QualikitError
from qualikit.i18n import _, ngettext

if TYPE_CHECKING:
    from qualikit.corpus.model import Document
    from qualikit.corpus.preview import Preview

importing = group()


@command(
    importing,
    "import",
    _(
        "Importe des fichiers et montre ce qui y a été reconnu. Un fichier refusé n'empêche pas les autres d'entrer. "
        "D'un dossier, tous les fichiers qui se lisent sont pris."
    ),
    _(
        "qualikit import evaluation.qualikit entretiens/*.docx\n"
        'qualikit import evaluation.qualikit groupe.docx --territory Laval --source "focus group"'
    ),
)
def import_files(
    project: PROJECT,
    files: Annotated[
        list[Path],
        typer.Argument(metavar=_("FICHIERS"), help=_("Les fichiers, ou un dossier."), show_default=False),
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
    coder: CODER = None,
    json: JSON = False,
) -> None:
    from qualikit.corpus.guess import TERRITORIES
    from qualikit.corpus.naming import source_kind

    known: dict[str, Any] = {"territory": territory, "title": title, "date": date}
    if source is not None:
        known["source_kind"] = source_kind(source)
    paths = list(_files(files))
    if title is not None and len(paths) > 1:
        raise ImportRefused(
            _("Un seul titre ne peut pas être donné à {n} fichiers.").format(n=len(paths)),
            _("Importez-les un par un, ou sans --title."),
        )
    results = []
    with opened(project, coder) as found:
        known["territories"] = tuple(dict.fromkeys((*TERRITORIES, *found.corpus.territories())))
        for path in paths:
            try:
                preview = found.corpus.preview(path, **known)
                document = found.corpus.save(preview)
            except QualikitError as error:
                results.append({"file": str(path), "imported": False, "code": error.code, "error": str(error)})
                if not json:
                    complain(f"✗ {path.name}\n  {error}")
            else:
                results.append({"file": str(path), "imported": True, **_recognised(document, preview)})
                if not json:
                    say("\n".join(_told(document, preview)))
    refused = sum(not result["imported"] for result in results)
    if json:
        emit_json(results)
    else:
        say(_tally(len(results) - refused, refused))
    if refused:
        raise typer.Exit(1)


def _files(given: list[Path]) -> Iterator[Path]:
    """The files named, and in a folder those that can be read, but not what Word leaves beside an open file."""
    from qualikit.corpus.readers import extensions

    known = extensions()
    for path in map(Path.expanduser, given):
        if not path.is_dir():
            yield path
            continue
        inside = [
            file
            for file in sorted(path.iterdir())
            if file.is_file() and file.suffix.lower() in known and not file.name.startswith((".", "~$"))
        ]
        if not inside:
            raise ImportRefused(
                _("Le dossier « {name} » ne contient aucun fichier que qualikit sache lire.").format(name=path),
                _("Formats lus : {extensions}.").format(extensions=", ".join(known)),
            )
        yield from inside


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
    if preview.speakers:
        yield "  " + _("Locuteurs, par {rule} :").format(rule=preview.rule.words())
    for one in preview.speakers:
        turns = ngettext("{n} tour de parole", "{n} tours de parole", one.turns).format(n=one.turns)
        yield f"    {one.name} ({role_label(one.role)}), {turns}"
    for warning in preview.warnings:
        yield f"  ! {warning}"


def _tally(imported: int, refused: int) -> str:
    done = ngettext("{n} fichier importé", "{n} fichiers importés", imported).format(n=imported)
    if not refused:
        return f"{done}."
    return f"{done}, {ngettext('{n} refusé', '{n} refusés', refused).format(n=refused)}."
