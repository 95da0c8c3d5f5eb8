"""Every command, in the order of the work."""

from __future__ import annotations

from typing import Annotated

import typer

from qualikit.cli.application import application
from qualikit.cli.assisting import assisting
from qualikit.cli.attributes import attributes
from qualikit.cli.cells import cells
from qualikit.cli.codebook_life import codebook
from qualikit.cli.codings import codings
from qualikit.cli.comments import comments
from qualikit.cli.common import group
from qualikit.cli.comparing import comparing
from qualikit.cli.composition import composition
from qualikit.cli.consensus import consensus
from qualikit.cli.correcting import correcting
from qualikit.cli.doctor import doctor
from qualikit.cli.documents import documents
from qualikit.cli.endpoint import endpoint
from qualikit.cli.guide import guide
from qualikit.cli.handing_in import handing_in
from qualikit.cli.importing import importing
from qualikit.cli.matrix import matrix
from qualikit.cli.participants import participants
from qualikit.cli.projects import projects
from qualikit.cli.pseudonyms import documents as erasing
from qualikit.cli.pseudonyms import key, person, pseudonyms
from qualikit.cli.reading import query, reading
from qualikit.cli.recoding import recoding
from qualikit.cli.searching import searching
from qualikit.cli.suggesting import suggesting
from qualikit.i18n import _

commands = group(
    help=_("Codage qualitatif d'entretiens et de groupes d'usagers, sans réseau. Une évaluation est un fichier.")
)
"""The command ``qualikit``."""

for part in (projects, importing, documents, searching, correcting, comments):
    commands.add_typer(part)
commands.add_typer(attributes, name="attributes", help=_("Les attributs des documents et des participants."))
commands.add_typer(participants, name="participants", help=_("Ceux qui parlent, d'un document à l'autre."))
commands.add_typer(composition)
commands.add_typer(guide, name="guide", help=_("Le guide d'entretien : ses questions, où elles sont posées."))
commands.add_typer(pseudonyms, name="pseudonyms", help=_("Les noms, remplacés par des pseudonymes."))
commands.add_typer(key, name="key", help=_("La clé des pseudonymes, rangée à côté du projet."))
commands.add_typer(person, name="person", help=_("Une personne retirée à sa demande."))
commands.add_typer(erasing)
codebook.add_typer(recoding)
commands.add_typer(codebook, name="codebook", help=_("La grille de codage."))
commands.add_typer(codings, name="codings", help=_("Les codages."))
commands.add_typer(reading)
commands.add_typer(query, name="query", help=_("Les recherches de passages gardées sous un nom."))
for part in (suggesting, assisting, endpoint, matrix, consensus, comparing, handing_in):
    commands.add_typer(part)
commands.add_typer(cells, name="cells", help=_("Les synthèses écrites dans les cases de la matrice."))
for part in (application, doctor):
    commands.add_typer(part)


def _version(asked: bool) -> None:
    if asked:
        from qualikit import __version__
        from qualikit.cli.output import say

        say(f"qualikit {__version__}")
        raise typer.Exit()


@commands.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=_("Affiche la version."))
    ] = False,
    language: Annotated[
        str, typer.Option(metavar="fr|en", envvar="QUALIKIT_LANGUAGE", show_envvar=False, help=_("Langue : fr ou en."))
    ] = "fr",
) -> None:
    """``--language`` was read before any of this (see running.py): it stands here to be in the help."""
