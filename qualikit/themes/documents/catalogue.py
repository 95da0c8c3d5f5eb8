"""The documents that a project can give. To add one: a line in ``DOCUMENTS``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from qualikit.errors import UnknownPlugin
from qualikit.i18n import _
from qualikit.themes.documents.options import Options

if TYPE_CHECKING:
    from qualikit.themes.themes import Themes


@dataclass(frozen=True)
class Deliverable:
    """One document. ``extension`` in lower case, with the dot; ``holds``: what is in it, a sentence; ``of``: of one
    territory, which must be said, of one if wanted, or of the whole; ``quotes``: verbatims can be chosen; ``write``
    puts it at a place as it is, unlooked at."""

    name: str
    extension: str
    label: Callable[[], str]
    holds: Callable[[], str]
    write: Callable[[Themes, Options, Path], object]
    of: Literal["territory", "any", "whole"] = "whole"
    quotes: bool = False


def _synthesis(themes: Themes, options: Options, path: Path) -> None:
    from qualikit.themes.documents.gathering import gather
    from qualikit.themes.exporters.word.synthesis import synthesis_file

    path.write_bytes(synthesis_file(themes.reading(gather, options), options))


def _matrix(themes: Themes, options: Options, path: Path) -> None:
    themes.export(themes.matrix(columns=options.by), path, verbatims=options.verbatims, title=options.title or None)


def _comparison(themes: Themes, options: Options, path: Path) -> None:
    themes.export_comparison(path, options.by, options.groups or None, title=options.title, date=options.date)


def _consensus(themes: Themes, options: Options, path: Path) -> None:
    # Theme by theme: a family gathers what is said of several things.
    themes.export_consensus(path, themes.consensus(nested=False), title=options.title)


def _verbatims(themes: Themes, options: Options, path: Path) -> None:
    from qualikit.themes.documents.book import gather_book
    from qualikit.themes.exporters.word.verbatims import verbatims_file

    path.write_bytes(verbatims_file(themes.reading(gather_book, options), options))


def _annex(themes: Themes, options: Options, path: Path) -> None:
    from qualikit.themes.documents.tables import gather_annex
    from qualikit.themes.exporters.annex import annex_file

    path.write_bytes(annex_file(themes.reading(gather_annex, options), options))


DOCUMENTS: tuple[Deliverable, ...] = (
    Deliverable(
        "synthesis", ".docx", lambda: _("Synthèse thématique"),
        lambda: _(
            "Le corpus et qui a été entendu, puis thème par thème : votre synthèse, accords et désaccords, "
            "verbatims ; une note de méthode."
        ),
        _synthesis, of="territory", quotes=True,
    ),
    Deliverable(
        "matrix", ".docx", lambda: _("Matrice thématique"),
        lambda: _("Les thèmes par territoire : les chiffres d'abord, puis synthèses et verbatims de chaque case."),
        _matrix, quotes=True,
    ),
    Deliverable(
        "comparison", ".docx", lambda: _("Comparaison des territoires"),
        lambda: _(
            "Ce dont les territoires parlent, leurs mots, leurs passages face à face, "
            "et ce que le hasard suffirait à expliquer."
        ),
        _comparison,
    ),
    Deliverable(
        "consensus", ".docx", lambda: _("Grilles de consensus"),
        lambda: _(
            "Pour chaque focus group, qui est d'accord sur quoi, qui ne l'est pas, qui se tait, "
            "et leurs mots face à face."
        ),
        _consensus,
    ),
    Deliverable(
        "verbatims", ".docx", lambda: _("Recueil de verbatims"),
        lambda: _("Les passages cités, par thème, sous un numéro qui ne change pas ; une table pour les retrouver."),
        _verbatims, of="any", quotes=True,
    ),
    Deliverable(
        "annex", ".xlsx", lambda: _("Annexe en tableaux"),
        lambda: _(
            "Tout le projet dans un classeur Excel : documents, participants, codes, codages, matrice, synthèses, "
            "verbatims, mémos."
        ),
        _annex,
    ),
)  # fmt: skip
"""In the order in which they are shown."""


def deliverable(name: str) -> Deliverable:
    """The document of that name. Raises UnknownPlugin, which lists them."""
    for each in DOCUMENTS:
        if each.name == name:
            return each
    raise UnknownPlugin(
        _("Il n'y a pas de document « {name} ».").format(name=name),
        _("Il y a : {names}.").format(names=", ".join(each.name for each in DOCUMENTS)),
    )
