"""Passages gathered by code, in the terminal, as JSON, in a file; and the queries that have a name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualikit.cli.common import CODER, JSON, PROJECT, command, group, opened
from qualikit.cli.leaving import ALLOW_NAMES, leaving
from qualikit.cli.output import emit_json, say
from qualikit.cli.secrets import PASSPHRASE_FILE
from qualikit.errors import SearchError
from qualikit.i18n import _, ngettext

if TYPE_CHECKING:
    from qualikit.project import Project
    from qualikit.themes.reading.finding import Found
    from qualikit.themes.reading.query import Query

reading = group()
query = group()

NAME = Annotated[str, typer.Argument(metavar=_("NOM"), help=_("Le nom de la recherche."), show_default=False)]


def _some(metavar: str, help: str) -> Any:
    return typer.Option(metavar=metavar, help=help)


WRITTEN = Annotated[
    str | None,
    typer.Option(
        "--query",
        metavar=_("RECHERCHE"),
        help=_(
            "Des codes et comment ils se tiennent : « Météo ET Freins » (qui se recouvrent), ET/tour, ET/dans, "
            "ET/identique, ET/document, PROCHE/3 (à trois tours), OU, SAUF, parenthèses ; =Météo : ce code seul, "
            "sans ceux qui sont dessous."
        ),
    ),
]
TERRITORY = Annotated[list[str] | None, _some(_("TERRITOIRE"), _("Seulement ce territoire ; peut être répété."))]
SOURCE = Annotated[list[str] | None, _some(_("SOURCE"), _("Seulement ce type de source ; peut être répété."))]
ACTOR = Annotated[list[str] | None, _some(_("ACTEUR"), _("Seulement ce type d'acteur ; peut être répété."))]
PARTICIPANT = Annotated[list[str] | None, _some(_("NOM"), _("Seulement ce que dit cette personne ; peut être répété."))]
DOCUMENT = Annotated[list[str] | None, _some(_("TITRE"), _("Seulement ce document ; peut être répété."))]
ATTRIBUTE = Annotated[
    list[str] | None, _some(_("NOM=VALEUR"), _("Seulement cette valeur d'un attribut ; peut être répété."))
]
CODED_BY = Annotated[
    list[str] | None,
    _some(_("NOM"), _("Les codages de cette personne ; peut être répété. Sinon, les vôtres.")),
]
EVERYONE = Annotated[bool, typer.Option("--all-coders", help=_("Les codages de tous les codeurs."))]
ORIGIN = Annotated[
    list[str] | None, _some("hand|suggestion|import", _("Seulement les codages venus ainsi ; peut être répété."))
]
SINCE = Annotated[str | None, _some(_("DATE"), _("Documents datés de ce jour ou d'après (2024-03-31)."))]
UNTIL = Annotated[str | None, _some(_("DATE"), _("Documents datés de ce jour ou d'avant."))]
MEMO = Annotated[
    bool | None, typer.Option("--with-memo/--without-memo", help=_("Avec, ou sans, un mémo."), show_default=False)
]
VERBATIM = Annotated[
    bool | None,
    typer.Option(
        "--verbatim/--not-verbatim", help=_("Choisis, ou non, comme verbatims du rapport."), show_default=False
    ),
]


def _asked(
    written: str | None,
    *,
    source: Sequence[str] | None,
    attribute: Sequence[str] | None,
    origin: Sequence[str] | None,
    since: str | None,
    until: str | None,
    **lists: Any,
) -> Query:
    """The query that the options make. Raises SearchError, ImportRefused."""
    from qualikit.corpus.naming import source_kind
    from qualikit.themes.reading.parsing import parse
    from qualikit.themes.reading.query import Query

    plain: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in lists.items() if value is not None
    }
    return Query(
        codes=parse(written) if written is not None else None,
        sources=tuple(source_kind(word) for word in source or ()),
        attributes=attributes_asked(attribute or ()),
        origins=tuple(_origin(name) for name in origin or ()),
        said_from=day(since),
        said_until=day(until),
        **plain,
    )


def attributes_asked(given: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """« métier=verre », several times, as a query has it. Raises SearchError."""
    found: dict[str, list[str]] = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals or not name.strip():
            raise SearchError(
                _("« {given} » ne dit pas un attribut et sa valeur.").format(given=each),
                _("Écrivez par exemple : --attribute genre=femme."),
            )
        found.setdefault(name.strip(), []).append(value.strip())
    return tuple((name, tuple(values)) for name, values in found.items())


def _origin(name: str) -> Any:
    from qualikit.coding.model import Origin

    if name not in list(Origin):
        raise SearchError(
            _("« {name} » n'est pas une origine de codage.").format(name=name),
            _("Il y a : {names}.").format(names=", ".join(Origin)),
        )
    return Origin(name)


def day(written: str | None) -> Any:
    """The date that is written, or None. Raises SearchError."""
    from datetime import date

    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise SearchError(
            _("« {day} » n'est pas une date.").format(day=written), _("Écrivez par exemple 2024-03-31.")
        ) from error


@command(
    reading,
    "passages",
    _(
        "Rassemble les passages d'un ou de plusieurs codes, où qu'ils soient. Les codages lus sont les vôtres, "
        "sauf si vous en demandez d'autres."
    ),
    _(
        'qualikit passages evaluation.qualikit --query "Dysfonctionnements ET Météo" --territory Laval\n'
        'qualikit passages evaluation.qualikit --query "Impacts PROCHE/3 Freins" --to passages.docx\n'
        'qualikit passages evaluation.qualikit --name "Météo à Laval" --json'
    ),
)
def passages(
    project: PROJECT,
    written: WRITTEN = None,
    name: Annotated[
        str | None, typer.Option(metavar=_("NOM"), help=_("Une recherche gardée dans le projet, par son nom."))
    ] = None,
    territory: TERRITORY = None,
    source: SOURCE = None,
    actor: ACTOR = None,
    participant: PARTICIPANT = None,
    document: DOCUMENT = None,
    attribute: ATTRIBUTE = None,
    coded_by: CODED_BY = None,
    all_coders: EVERYONE = False,
    origin: ORIGIN = None,
    since: SINCE = None,
    until: UNTIL = None,
    memo: MEMO = None,
    verbatim: VERBATIM = None,
    by: Annotated[
        str,
        typer.Option(metavar="document|territory|participant|code|source|actor", help=_("Regrouper les passages.")),
    ] = "document",
    to: Annotated[
        Path | None, typer.Option(metavar=_("FICHIER"), help=_("Écrire les passages : .docx, .xlsx ou .csv."))
    ] = None,
    title: Annotated[str | None, typer.Option(metavar=_("TITRE"), help=_("Titre du fichier Word."))] = None,
    allow_names: ALLOW_NAMES = False,
    passphrase_file: PASSPHRASE_FILE = None,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    from dataclasses import fields, replace

    from qualikit.themes.reading.exporting import counted, export, records

    asked = _asked(
        written, territories=territory, source=source, actors=actor, participants=participant, documents=document,
        attribute=attribute, coders=coded_by, everyone=all_coders, origin=origin, since=since, until=until, memo=memo,
        verbatim=verbatim,
    )  # fmt: skip
    with opened(project, coder) as found:
        if name is not None:
            kept = found.themes.queries.get(name).query
            given = {each.name: getattr(asked, each.name) for each in fields(asked)}
            plain = {each.name: each.default for each in fields(asked)}
            asked = replace(kept, **{key: value for key, value in given.items() if value != plain[key]})
        gathered = found.themes.passages(asked)
        if to is not None:
            with leaving(found, passphrase_file, allow_names=allow_names, to=to):
                path = export(gathered, to.expanduser(), title=title or name or "", by=by, project=found.name)
            if not json:
                n = len(gathered)
                say(ngettext("{n} passage écrit : {path}", "{n} passages écrits : {path}", n).format(n=n, path=path))
        if json:
            order, _groups = gathered.arranged(by)
            emit_json(list(records(gathered, gathered.cards(order.tolist(), around=0))))
        elif to is None:
            say(f"{gathered.said}\n{counted(gathered)}")
            say(_readable(gathered, by) if len(gathered) else _why_none(gathered))


def _readable(found: Found, by: str) -> str:
    order, groups = found.arranged(by)
    lines: list[str] = []
    for each in groups:
        lines += ["", f"{each.label} ({each.size})"]
        for card in found.cards(order[each.first : each.first + each.size].tolist(), around=0):
            star = "★ " if card.chosen else ""
            lines.append(f"  {star}« {' '.join(card.passage.quote.split())} »")
            lines.append(f"    {card.passage.reference} · {card.passage.code} · {', '.join(card.coders)}")
    return "\n".join(lines)


def _why_none(found: Found) -> str:
    """Which condition leaves nothing."""
    steps = [f"  {step.said} : {step.passages}" for step in found.steps]
    return "\n".join(["", _("Aucun passage. Ce qui reste après chaque condition :"), *steps])


# -- queries with a name


@command(
    query,
    "save",
    _("Garde une recherche de passages sous un nom, pour tous ceux qui travaillent sur le projet."),
    _('qualikit query save evaluation.qualikit "Météo à Laval" --query "Météo" --territory Laval'),
)
def save(
    project: PROJECT,
    name: NAME,
    written: WRITTEN = None,
    territory: TERRITORY = None,
    source: SOURCE = None,
    actor: ACTOR = None,
    participant: PARTICIPANT = None,
    document: DOCUMENT = None,
    attribute: ATTRIBUTE = None,
    coded_by: CODED_BY = None,
    all_coders: EVERYONE = False,
    origin: ORIGIN = None,
    since: SINCE = None,
    until: UNTIL = None,
    memo: MEMO = None,
    verbatim: VERBATIM = None,
    replace: Annotated[bool, typer.Option("--replace", help=_("Remplacer la recherche de ce nom."))] = False,
    coder: CODER = None,
) -> None:
    asked = _asked(
        written, territories=territory, source=source, actors=actor, participants=participant, documents=document,
        attribute=attribute, coders=coded_by, everyone=all_coders, origin=origin, since=since, until=until, memo=memo,
        verbatim=verbatim,
    )  # fmt: skip
    with opened(project, coder) as found:
        kept = found.themes.queries.save(name, asked, replacing=replace)
    say(_("Recherche « {name} » gardée : {said}.").format(name=kept.name, said=kept.said))


@command(query, "list", _("Liste les recherches gardées."), "qualikit query list evaluation.qualikit")
def list_(project: PROJECT, json: JSON = False) -> None:
    with opened(project) as found:
        kept = found.themes.queries.list()
    if json:
        emit_json([{"name": each.name, "said": each.said, "coder": each.coder} for each in kept])
    elif kept:
        say("\n".join(f"{each.name} : {each.said}" for each in kept))
    else:
        say(_("Aucune recherche n'est gardée."))


@command(
    query,
    "show",
    _("Montre une recherche gardée : en une phrase, et telle qu'elle s'écrit."),
    _('qualikit query show evaluation.qualikit "Météo à Laval"'),
)
def show(project: PROJECT, name: NAME, json: JSON = False) -> None:
    with opened(project) as found:
        kept = found.themes.queries.get(name)
        written = _as_written(found, kept.query)
    if json:
        emit_json({"name": kept.name, "said": kept.said, "coder": kept.coder, "query": kept.query.to_json()})
    else:
        say("\n".join(filter(None, [kept.name, kept.said, written])))


def _as_written(project: Project, asked: Query) -> str:
    from qualikit.themes.reading.sentence import written

    return written(asked.codes, {code.id: code.name for code in project.coding.codebook})


@command(
    query,
    "remove",
    _("Supprime une recherche gardée ; les passages restent."),
    _('qualikit query remove evaluation.qualikit "Météo à Laval"'),
)
def remove(project: PROJECT, name: NAME, coder: CODER = None) -> None:
    with opened(project, coder) as found:
        kept = found.themes.queries.get(name)
        found.themes.queries.remove(kept.id)
    say(_("Recherche « {name} » supprimée.").format(name=kept.name))
