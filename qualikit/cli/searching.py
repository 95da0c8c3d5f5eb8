"""The corpus searched: hits with their contexts, in the terminal, as JSON, in a file; coded when asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualikit.cli.common import CODER, JSON, PROJECT, command, group, opened
from qualikit.cli.output import complain, emit_json, say
from qualikit.i18n import _, ngettext

if TYPE_CHECKING:
    from qualikit.coding.hits import HitReport
    from qualikit.corpus.search.hits import Hit
    from qualikit.project import Project

searching = group()

LONG = 300_000
"""Words to be indexed first that are worth a word on stderr: some seconds."""


def _some(metavar: str, help: str) -> Any:
    return typer.Option(metavar=metavar, help=help)


@command(
    searching,
    "search",
    _(
        "Cherche dans tous les textes. Un mot trouve sa famille, accents et majuscules mis à part (pluie : pluies). "
        '"au pied des tours" : ces mots tels quels ; =pluies : cette forme ; médiat* : ce qui commence ainsi ; '
        "ET, OU, SAUF et les parenthèses ; pluie PROCHE/5 vélo : à cinq mots au plus."
    ),
    _(
        'qualikit search evaluation.qualikit "pluie PROCHE/5 vélo" --territory Laval\n'
        'qualikit search evaluation.qualikit "médiat* SAUF numérique" --to resultats.xlsx\n'
        'qualikit search evaluation.qualikit "pluie OU neige" --code "Météo" --extent sentence'
    ),
)
def search(
    project: PROJECT,
    query: Annotated[str, typer.Argument(metavar=_("RECHERCHE"), help=_("Ce qui est cherché."), show_default=False)],
    territory: Annotated[
        list[str] | None, _some(_("TERRITOIRE"), _("Seulement ce territoire ; peut être répété."))
    ] = None,
    source: Annotated[
        list[str] | None, _some(_("SOURCE"), _("Seulement ce type de source ; peut être répété."))
    ] = None,
    actor: Annotated[list[str] | None, _some(_("ACTEUR"), _("Seulement ce type d'acteur ; peut être répété."))] = None,
    participant: Annotated[
        list[str] | None, _some(_("NOM"), _("Seulement ce que dit cette personne ; peut être répété."))
    ] = None,
    document: Annotated[list[str] | None, _some(_("TITRE"), _("Seulement ce document ; peut être répété."))] = None,
    without_moderators: Annotated[
        bool, typer.Option("--without-moderators", help=_("Sans ce que disent ceux qui animent ou observent."))
    ] = False,
    coded: Annotated[
        list[str] | None, _some(_("CODE"), _("Seulement dans les passages qui portent ce code ou un code sous lui."))
    ] = None,
    not_coded: Annotated[
        list[str] | None, _some(_("CODE"), _("Seulement hors des passages qui portent ce code ou un code sous lui."))
    ] = None,
    uncoded: Annotated[bool, typer.Option("--uncoded", help=_("Seulement hors de tout passage codé."))] = False,
    coded_by: Annotated[
        list[str] | None, _some(_("NOM"), _("Seulement dans les passages codés par cette personne."))
    ] = None,
    limit: Annotated[int, typer.Option(min=0, metavar="N", help=_("Combien au plus ; 0 : tous."))] = 50,
    to: Annotated[
        Path | None, typer.Option(metavar=_("FICHIER"), help=_("Écrire tous les résultats : .xlsx ou .csv."))
    ] = None,
    code: Annotated[
        str | None, typer.Option(metavar=_("CODE"), help=_("Poser ce code sur tous les résultats, en une action."))
    ] = None,
    extent: Annotated[
        str,
        typer.Option(
            metavar="match|sentence|turn", help=_("Ce qui est codé : les mots trouvés, leur phrase, le tour.")
        ),
    ] = "match",
    coder: CODER = None,
    json: JSON = False,
) -> None:
    from qualikit.coding.hits import extent_named
    from qualikit.corpus.search.concordance import export_hits

    wanted = extent_named(extent)
    narrowed: dict[str, Any] = {
        "territory": territory,
        "source": source,
        "actor": actor,
        "participant": participant,
        "document": document,
        "moderators": not without_moderators,
        "code": coded,
        "without_code": not_coded,
        "uncoded": uncoded,
        "coded_by": coded_by,
    }
    everything = to is not None or code is not None or not limit
    with opened(project, coder) as found:
        _warn_of_indexing(found)
        hits = found.coding.search(query, limit=None if everything else limit, **narrowed)
        written = export_hits(hits, to.expanduser()) if to else None
        report = found.coding.code_hits(hits, code, extent=wanted) if code is not None else None
        # Hits that fill the page may not be all there are.
        count = found.coding.count_hits(query, **narrowed) if len(hits) == limit and not json else None
    if json:
        emit_json([_described(hit) for hit in hits] if report is None else _told(report))
    elif written is not None or report is not None:
        if written is not None:
            said = ngettext("{n} résultat écrit : {path}", "{n} résultats écrits : {path}", len(hits))
            say(said.format(n=len(hits), path=written))
        if report is not None:
            say(str(report))
    else:
        say(_readable(hits))
        if count is not None and count.hits > len(hits):
            most = _("{n} sur {total}") if count.complete else _("{n} sur plus de {total}")
            say("\n" + most.format(n=len(hits), total=count.hits))
    if report is not None and report.refused:
        for refused in report.refused:
            complain(f"{refused.hit.title} : {refused.reason}")
        raise typer.Exit(1)


def _warn_of_indexing(project: Project) -> None:
    if project.corpus.unindexed_words() > LONG:
        complain(_("Première recherche depuis que des documents sont entrés : quelques secondes de préparation."))


def _described(hit: Hit) -> dict[str, Any]:
    return {
        "document": hit.title,
        "start": hit.start,
        "stop": hit.stop,
        "left": hit.left,
        "match": hit.match,
        "right": hit.right,
        "speaker": hit.speaker,
        "turn": hit.turn,
        "time": hit.time,
        "territory": hit.territory,
        "source": hit.source_kind.value,
        "document_id": hit.document,
    }


def _told(report: HitReport) -> dict[str, Any]:
    refused = [{**_described(each.hit), "reason": each.reason} for each in report.refused]
    return {"added": report.added, "already": report.already, "refused": refused}


def _readable(hits: Sequence[Hit]) -> str:
    """One line a hit, what was found under what was found; the document above its lines."""
    if not hits:
        return _("Rien n'a été trouvé.")
    from qualikit.corpus.search.concordance import on_one_line

    lefts = [on_one_line(hit.left).lstrip() for hit in hits]
    width = max(map(len, lefts))
    lines: list[str] = []
    before = None
    for hit, left in zip(hits, lefts, strict=True):
        if hit.document != before:
            lines += ["", hit.title] if before else [hit.title]
            before = hit.document
        who = f"  ({hit.speaker})" if hit.speaker else ""
        lines.append(f"  {left.rjust(width)}[{on_one_line(hit.match)}]{on_one_line(hit.right).rstrip()}{who}")
    return "\n".join(lines)
