"""Participants over all documents: listed, made one, told apart, described."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualikit.cli.common import CODER, JSON, PROJECT, command, group, opened
from qualikit.cli.output import emit_json, say, table
from qualikit.errors import ImportRefused
from qualikit.i18n import _, ngettext

if TYPE_CHECKING:
    from qualikit.corpus.alike import Alike
    from qualikit.corpus.describing import People
    from qualikit.corpus.merging import MergePlan
    from qualikit.corpus.people import Person

participants = group()

NAME = Annotated[
    str,
    typer.Argument(
        metavar=_("NOM"), help=_("Le nom ou l'étiquette ; « document::nom » entre des homonymes."), show_default=False
    ),
]
NAMES = Annotated[
    list[str],
    typer.Argument(
        metavar=_("NOMS"),
        help=_("Les noms ou les étiquettes ; « document::nom » entre des homonymes."),
        show_default=False,
    ),
]


def _find(people: People, name: str) -> Person:
    document, _sign, bare = name.rpartition("::")
    return people.find(bare, document or None)


@command(
    participants,
    "list",
    _("Liste ceux qui parlent, avec leurs documents, leurs tours et leurs mots."),
    "qualikit participants list evaluation.qualikit --json",
)
def list_participants(project: PROJECT, json: JSON = False) -> None:
    from qualikit.corpus.model import role_label

    with opened(project) as found:
        people = found.corpus.people.all()
    if json:
        emit_json([_described(person) for person in people])
        return
    header = [_("Nom"), _("Rôle"), _("Type d'acteur"), _("Territoire"), _("Documents"), _("Tours"), _("Mots")]
    rows = [
        [
            person.name,
            role_label(person.role),
            ", ".join(person.actors),
            ", ".join(person.territories),
            ", ".join(place.title for place in person.places),
            person.turns,
            person.words,
        ]
        for person in people
    ]
    say(table(header, rows))


def _described(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "role": person.role.value,
        "labels": list(person.labels),
        "territories": list(person.territories),
        "actors": list(person.actors),
        "attributes": dict(person.attributes),
        "documents": [
            {
                "title": place.title,
                "labels": list(place.labels),
                "turns": place.turns,
                "words": place.words,
            }
            for place in person.places
        ],
        "turns": person.turns,
        "words": person.words,
    }


@command(
    participants,
    "alike",
    _("Propose les personnes de plusieurs documents qui n'en font peut-être qu'une : une note sur 100, et pourquoi."),
    "qualikit participants alike evaluation.qualikit",
)
def alike(project: PROJECT, json: JSON = False) -> None:
    with opened(project) as found:
        proposals = found.corpus.people.alike()
    if json:
        emit_json([_proposal(each) for each in proposals])
    elif not proposals:
        say(_("Personne ne semble porter deux noms."))
    for each in () if json else proposals:
        names = " = ".join(f"{person.name} ({person.places[0].title})" for person in each.people)
        say(f"{each.score:3}  {names} : {', '.join(each.why)}")


def _proposal(each: Alike) -> dict[str, Any]:
    return {
        "score": each.score,
        "why": list(each.why),
        "people": [
            {"id": person.id, "name": person.name, "documents": [place.title for place in person.places]}
            for person in each.people
        ],
    }


@command(
    participants,
    "merge",
    _(
        "Réunit plusieurs participants en une personne, dans tous les documents. Celle qui reste est la première "
        "nommée ; les attributs qu'elle n'a pas lui viennent des autres."
    ),
    'qualikit participants merge evaluation.qualikit "Mme Roux" "Madame Roux" --dry-run\n'
    'qualikit participants merge evaluation.qualikit "Entretien CCAS::Directrice" "FG Laval::P3" --name "Mme Roux"',
)
def merge(
    project: PROJECT,
    names: NAMES,
    name: Annotated[str | None, typer.Option(metavar=_("NOM"), help=_("Le nom de la personne réunie."))] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Montrer ce qui serait fait, sans rien enregistrer."))
    ] = False,
    coder: CODER = None,
) -> None:
    with opened(project, coder) as found:
        service = found.corpus.people
        people = [_find(service, each) for each in names]
        work = service.plan_merge if dry_run else service.merge
        say(merged(work(people, into=people[0], name=name)))


def merged(plan: MergePlan) -> str:
    """What a merge does, in sentences."""
    from qualikit.corpus.merging import conflict_words

    n = len(plan.titles)
    lines = [
        _("{names} : une seule personne, « {name} », dans {documents}.").format(
            names=", ".join(f"« {person.name} »" for person in (plan.kept, *plan.gone)),
            name=plan.name,
            documents=ngettext("{n} document", "{n} documents", n).format(n=n),
        ),
        *(conflict_words(conflict) for conflict in plan.conflicts),
    ]
    if plan.together:
        lines.append(_("Elles se parlent dans : {titles}.").format(titles=", ".join(plan.together)))
    return "\n".join(lines)


@command(
    participants,
    "split",
    _("Fait une personne à part de ce que quelqu'un dit dans certains documents, ou sous certaines étiquettes."),
    'qualikit participants split evaluation.qualikit "Mme Roux" --document "FG Laval" --name "Mme Roux (Laval)"',
)
def split(
    project: PROJECT,
    participant: NAME,
    document: Annotated[
        list[str] | None, typer.Option(metavar=_("TITRE"), help=_("Le document ; peut être répété."))
    ] = None,
    label: Annotated[
        list[str] | None, typer.Option(metavar=_("ÉTIQUETTE"), help=_("L'étiquette ; peut être répété."))
    ] = None,
    name: Annotated[str | None, typer.Option(metavar=_("NOM"), help=_("Le nom de la nouvelle personne."))] = None,
    coder: CODER = None,
) -> None:
    if not document and not label:
        raise ImportRefused(
            _("Rien ne dit ce qui est à quelqu'un d'autre."), _("Donnez un document (--document), ou une étiquette.")
        )
    with opened(project, coder) as found:
        person = _find(found.corpus.people, participant)
        places = document or [place.document_id for place in person.places]
        made = found.corpus.people.split(person, places, labels=label or None, name=name)
    turns = ngettext("{n} tour de parole", "{n} tours de parole", made.turns).format(n=made.turns)
    say(_("« {name} » est une personne à part : {turns}.").format(name=made.name, turns=turns))


@command(
    participants,
    "rename",
    _("Renomme un participant."),
    'qualikit participants rename evaluation.qualikit P3 "Usagère 3"',
)
def rename(
    project: PROJECT,
    participant: NAME,
    new: Annotated[str, typer.Argument(metavar=_("NOUVEAU"), help=_("Son nouveau nom."), show_default=False)],
    coder: CODER = None,
) -> None:
    with opened(project, coder) as found:
        found.corpus.people.describe([_find(found.corpus.people, participant)], name=new)
    say(_("« {old} » s'appelle « {new} ».").format(old=participant, new=new))


@command(
    participants,
    "role",
    _("Donne un rôle à des participants : moderator, participant ou observer, ou le mot français."),
    "qualikit participants role evaluation.qualikit animation Animatrice Chercheuse",
)
def role(
    project: PROJECT,
    role: Annotated[str, typer.Argument(metavar=_("RÔLE"), help=_("Le rôle."), show_default=False)],
    names: NAMES,
    coder: CODER = None,
) -> None:
    from qualikit.corpus.naming import parse_role

    with opened(project, coder) as found:
        people = [_find(found.corpus.people, name) for name in names]
        _say_changed(found.corpus.people.describe(people, role=parse_role(role)))


@command(
    participants,
    "set",
    _("Donne une valeur d'attribut à des participants ; une valeur vide la retire."),
    "qualikit participants set evaluation.qualikit acteur usager P1 P2 P3",
)
def set_attribute(
    project: PROJECT,
    attribute: Annotated[
        str, typer.Argument(metavar=_("ATTRIBUT"), help=_("L'attribut : acteur, territoire…"), show_default=False)
    ],
    value: Annotated[str, typer.Argument(metavar=_("VALEUR"), help=_("Sa valeur."), show_default=False)],
    names: NAMES,
    coder: CODER = None,
) -> None:
    with opened(project, coder) as found:
        people = [_find(found.corpus.people, name) for name in names]
        _say_changed(found.corpus.people.describe(people, attributes={attribute: value}))


def _say_changed(n: int) -> None:
    say(ngettext("{n} personne décrite.", "{n} personnes décrites.", n).format(n=n))
