"""What is handed in: the synthesis of a territory, the book of verbatims, the annex in tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from qualikit.cli.common import CODER, JSON, PROJECT, TEMPLATE, command, group, opened
from qualikit.cli.leaving import ALLOW_NAMES, opened_key
from qualikit.cli.output import emit_json, say
from qualikit.cli.secrets import PASSPHRASE_FILE
from qualikit.i18n import _

handing_in = group()

QUOTED = Annotated[
    str,
    typer.Option(
        metavar="auto|chosen|all|none",
        help=_("Passages cités : choisis et complétés, seulement choisis, tous, aucun."),
    ),
]
NAMED = Annotated[
    bool | None,
    typer.Option(
        "--names/--numbers",
        help=_("Les personnes sous leur nom dans le projet, ou sous un numéro."),
        show_default=False,
    ),
]
DOCX = Annotated[
    Path, typer.Option(metavar=_("FICHIER"), help=_("Écrire dans ce fichier : .docx."), show_default=False)
]
HEADED = Annotated[str, typer.Option(metavar=_("TITRE"), help=_("Titre du fichier écrit."))]


@command(
    handing_in,
    "synthesis",
    _(
        "Écrit la synthèse thématique d'un territoire : corpus, thème par thème vos synthèses, accords et désaccords, "
        "verbatims, note de méthode."
    ),
    "qualikit synthesis evaluation.qualikit --territory Aubagne --to aubagne.docx",
)
def synthesis(
    project: PROJECT,
    territory: Annotated[str, typer.Option(metavar=_("TERRITOIRE"), help=_("Lequel."), show_default=False)],
    to: DOCX,
    template: TEMPLATE = None,
    verbatims: QUOTED = "auto",
    named: NAMED = None,
    title: HEADED = "",
    allow_names: ALLOW_NAMES = False,
    passphrase_file: PASSPHRASE_FILE = None,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    from qualikit.themes.verbatims import checked

    options = {"territory": territory, "verbatims": checked(verbatims), "named": named, "title": title}
    _write(project, "synthesis", to, template, allow_names, passphrase_file, coder, json, options)


@command(
    handing_in,
    "verbatims",
    _("Écrit le recueil de verbatims : les passages cités, par thème, sous un numéro qui ne change pas."),
    "qualikit verbatims evaluation.qualikit --to verbatims.docx\n"
    "qualikit verbatims evaluation.qualikit --territory Laval --verbatims all --numbers --to laval.docx",
)
def book(
    project: PROJECT,
    to: DOCX,
    territory: Annotated[
        str, typer.Option(metavar=_("TERRITOIRE"), help=_("Seulement ce territoire."), show_default=False)
    ] = "",
    template: TEMPLATE = None,
    verbatims: QUOTED = "auto",
    named: NAMED = None,
    title: HEADED = "",
    allow_names: ALLOW_NAMES = False,
    passphrase_file: PASSPHRASE_FILE = None,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    from qualikit.themes.verbatims import checked

    options = {"territory": territory, "verbatims": checked(verbatims), "named": named, "title": title}
    _write(project, "verbatims", to, template, allow_names, passphrase_file, coder, json, options)


@command(
    handing_in,
    "annex",
    _("Écrit tout le projet en tableaux dans un classeur Excel : une ligne par chose, une colonne par fait."),
    "qualikit annex evaluation.qualikit --to annexe.xlsx",
)
def annex(
    project: PROJECT,
    to: Annotated[
        Path, typer.Option(metavar=_("FICHIER"), help=_("Écrire dans ce fichier : .xlsx."), show_default=False)
    ],
    named: NAMED = None,
    title: HEADED = "",
    allow_names: ALLOW_NAMES = False,
    passphrase_file: PASSPHRASE_FILE = None,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    _write(project, "annex", to, None, allow_names, passphrase_file, coder, json, {"named": named, "title": title})


def _write(
    project: str,
    name: str,
    to: Path,
    template: Path | None,
    allow_names: bool,
    passphrase_file: Path | None,
    coder: str | None,
    json: bool,
    options: dict[str, Any],
) -> None:
    with opened(project, coder) as found:
        key = None if allow_names else opened_key(found, passphrase_file)
        path = found.themes.export_document(
            name, to.expanduser(), template=template, key=key, allow_names=allow_names, **options
        )
    if json:
        emit_json({"document": name, "path": str(path)})
    else:
        say(_("Document écrit : {path}").format(path=path))
