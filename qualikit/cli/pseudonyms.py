"""Names found and replaced by pseudonyms, the key that knows who is who, people and documents taken out for good."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualikit.cli.common import CODER, JSON, PROJECT, TITLE, command, group, opened
from qualikit.cli.output import complain, emit_json, say, table
from qualikit.cli.secrets import PASSPHRASE_FILE, YES, confirmed, passphrase
from qualikit.i18n import _, ngettext
from qualikit.text import normalise

if TYPE_CHECKING:
    from qualikit.corpus.pseudonyms.key import Key
    from qualikit.project import Project

pseudonyms, key, person, documents = group(), group(), group(), group()

STYLE = Annotated[
    str,
    typer.Option(
        "--style",
        metavar="names|numbers|codes",
        help=_("Comment appeler les personnes : noms inventés, « Personne 1 », ou « P01 »."),
    ),
]


def _key(found: Project, file: Path | None) -> Key:
    return found.corpus.pseudonyms.open_key(passphrase(file))


def _progress(done: int, total: int, title: str) -> None:
    if title:
        complain(f"{done + 1}/{total} {title}")


# -- names


@command(
    pseudonyms,
    "find",
    _(
        "Cherche les noms dans tous les documents et les met dans la clé, chacun avec ce qui est proposé. La clé est "
        "créée si elle n'existe pas. Ce qui a déjà été décidé ne change pas."
    ),
    _('qualikit pseudonyms find evaluation.qualikit --name "Fatima Benali" --name "Les Tilleuls"'),
)
def find(
    project: PROJECT,
    name: Annotated[
        list[str] | None, typer.Option("--name", metavar=_("NOM"), help=_("Un nom que vous connaissez déjà."))
    ] = None,
    style: STYLE = "names",
    passphrase_file: PASSPHRASE_FILE = None,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    from qualikit.corpus.pseudonyms.model import Style

    if style not in list(Style):
        raise typer.BadParameter(_("--style : names, numbers ou codes."))
    with opened(project, coder) as found:
        service = found.corpus.pseudonyms
        if service.has_key:
            opened_key = _key(found, passphrase_file)
        else:
            opened_key = service.create_key(passphrase(passphrase_file, new=True), style)
            complain(
                _("Clé créée : {name}. Une phrase de passe perdue ne se retrouve pas.").format(name=service.place.name)
            )
        complain(_("Le modèle de langue se charge…"))
        result = service.find(opened_key, name or (), _progress)
        counted = service.counts(opened_key)
    for title in result.lower:
        complain(
            _(
                "« {title} » est écrit sans majuscules : un nom sur trois environ peut y échapper. "
                "Donnez les noms que vous connaissez avec --name."
            ).format(title=title)
        )
    if json:
        emit_json([_described(one) for one in counted])
    else:
        _tell(counted)


def _described(one: Any) -> dict[str, Any]:
    entry = one.entry
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "forms": list(entry.forms),
        "pseudonym": entry.pseudonym,
        "decision": entry.decision.value,
        "count": one.count,
        "documents": dict(one.documents),
        "score": entry.score,
        "source": entry.source,
    }


def _tell(counted: list[Any]) -> None:
    from qualikit.corpus.pseudonyms.model import decision_label, kind_label

    if not counted:
        say(_("Aucun nom. Pour les chercher : qualikit pseudonyms find"))
        return
    header = [_("Nom"), _("Autres formes"), _("Sorte"), _("Fois"), _("Décision"), _("Pseudonyme")]
    rows = [
        [
            one.entry.name,
            ", ".join(one.entry.forms[1:]),
            kind_label(one.entry.kind),
            one.count,
            decision_label(one.entry.decision),
            one.entry.pseudonym,
        ]
        for one in counted
    ]
    say(table(header, rows))


@command(
    pseudonyms,
    "list",
    _("Liste les noms de la clé, ce qui en est décidé et leurs pseudonymes."),
    "qualikit pseudonyms list evaluation.qualikit",
)
def list_names(project: PROJECT, passphrase_file: PASSPHRASE_FILE = None, json: JSON = False) -> None:
    with opened(project) as found:
        counted = found.corpus.pseudonyms.counts(_key(found, passphrase_file))
    if json:
        emit_json([_described(one) for one in counted])
    else:
        _tell(counted)


NAMES = Annotated[list[str], typer.Argument(metavar=_("NOMS"), help=_("Des noms de la clé."), show_default=False)]


@command(
    pseudonyms,
    "decide",
    _("Décide de noms de la clé : les remplacer (replace), les garder (keep), ou attendre (pending)."),
    _('qualikit pseudonyms decide evaluation.qualikit keep "Pôle emploi" "Les Tilleuls"'),
)
def decide(
    project: PROJECT,
    decision: Annotated[str, typer.Argument(metavar="replace|keep|pending", show_default=False)],
    names: NAMES,
    passphrase_file: PASSPHRASE_FILE = None,
) -> None:
    from qualikit.corpus.pseudonyms.model import Decision

    if decision not in list(Decision):
        raise typer.BadParameter(_("la décision est replace, keep ou pending."))
    with opened(project) as found:
        open_key = _key(found, passphrase_file)
        found.corpus.pseudonyms.decide(open_key, [_entry(open_key, name) for name in names], decision)
    say(ngettext("{n} nom décidé.", "{n} noms décidés.", len(names)).format(n=len(names)))


@command(
    pseudonyms,
    "rename",
    _("Donne à un nom de la clé le pseudonyme que vous voulez."),
    _('qualikit pseudonyms rename evaluation.qualikit "Fatima Benali" "Samira Morel"'),
)
def rename(
    project: PROJECT,
    name: Annotated[str, typer.Argument(metavar=_("NOM"), show_default=False, help=_("Un nom de la clé."))],
    pseudonym: Annotated[str, typer.Argument(metavar=_("PSEUDONYME"), show_default=False, help=_("Le pseudonyme."))],
    passphrase_file: PASSPHRASE_FILE = None,
) -> None:
    with opened(project) as found:
        open_key = _key(found, passphrase_file)
        found.corpus.pseudonyms.rename(open_key, _entry(open_key, name), pseudonym)
    say(_("Pseudonyme changé."))


def _entry(open_key: Key, name: str) -> str:
    """Id of the entry that has the name among its forms. Raises NotFound."""
    from qualikit.errors import NotFound
    from qualikit.text import fold

    for entry in open_key.entries:
        if fold(name) in {fold(form) for form in entry.forms}:
            return entry.id
    raise NotFound(
        _("« {name} » n'est pas dans la clé.").format(name=name),
        _("Cherchez-le avec « qualikit pseudonyms find --name »."),
    )


@command(
    pseudonyms,
    "apply",
    _("Remplace les noms dans tous les textes, titres, étiquettes, mémos… Une seule action, qui s'annule en une fois."),
    "qualikit pseudonyms apply evaluation.qualikit",
)
def apply(project: PROJECT, passphrase_file: PASSPHRASE_FILE = None, coder: CODER = None, json: JSON = False) -> None:
    with opened(project, coder) as found:
        done = found.corpus.pseudonyms.apply(_key(found, passphrase_file))
    if json:
        emit_json({"documents": done.documents, "replaced": done.replaced, "others": done.others, "aside": done.aside})
        return
    words = ngettext("{n} nom remplacé", "{n} noms remplacés", done.replaced).format(n=done.replaced)
    where = ngettext("{n} document", "{n} documents", done.documents).format(n=done.documents)
    others = ngettext("{n} autre texte", "{n} autres textes", done.others).format(n=done.others)
    say(_("{words} dans {where} ; {others} (titres, participants, mémos…).").format(
        words=words, where=where, others=others
    ))  # fmt: skip


@command(
    pseudonyms,
    "check",
    _("Relit tout le projet et dit ce qui pourrait encore désigner quelqu'un."),
    "qualikit pseudonyms check evaluation.qualikit --model",
)
def check(
    project: PROJECT,
    model: Annotated[
        bool, typer.Option("--model", help=_("Relire aussi avec le modèle de langue, ce qui est plus long."))
    ] = False,
    passphrase_file: PASSPHRASE_FILE = None,
    json: JSON = False,
) -> None:
    with opened(project) as found:
        residue = found.corpus.pseudonyms.scan(_key(found, passphrase_file), model=model)
    left = (*residue.known, *residue.hidden, *residue.shaped, *residue.new)
    if json:
        emit_json(
            {
                "clean": residue.clean,
                "sentences": residue.sentences(),
                "places": [{"document": c.document, "left": c.left, "match": c.match, "right": c.right} for c in left],
                "indirect": [{"words": what, "where": where, "times": n} for what, where, n in residue.indirect],
            }
        )
    else:
        for sentence in residue.sentences():
            say(sentence)
        for one in left:
            say(f"  {one.document} : …{one.left}[{one.match}]{one.right}…")
    if residue.known:
        raise typer.Exit(1)


# -- the key


@command(
    key, "status", _("Dit où est la clé, et ce qui partirait avec elle."), "qualikit key status evaluation.qualikit"
)
def status(project: PROJECT, json: JSON = False) -> None:
    with opened(project) as found:
        service = found.corpus.pseudonyms
        gone = service.foreseen()
        if json:
            emit_json({"key": str(service.place) if service.has_key else None, "goes": gone.sentences()})
            return
        if service.has_key:
            say(_("Clé : {path}").format(path=service.place))
        else:
            say(_("Ce projet n'a pas de clé."))
    say(_("Avec la clé partiraient :"))
    for sentence in gone.sentences():
        say(f"  {sentence}")


@command(key, "passphrase", _("Change la phrase de passe de la clé."), "qualikit key passphrase evaluation.qualikit")
def change_passphrase(
    project: PROJECT,
    passphrase_file: PASSPHRASE_FILE = None,
    new_passphrase_file: Annotated[
        Path | None,
        typer.Option("--new-passphrase-file", metavar=_("FICHIER"), help=_("La nouvelle, lue dans un fichier.")),
    ] = None,
) -> None:
    with opened(project) as found:
        open_key = _key(found, passphrase_file)
        open_key.change_passphrase(passphrase(new_passphrase_file, new=True, variable="QUALIKIT_NEW_PASSPHRASE"))
    say(_("La phrase de passe est changée. L'ancienne n'ouvre plus rien."))


LOST = Annotated[
    bool,
    typer.Option("--lost", help=_("La phrase de passe est perdue : ne pas contrôler qu'aucun nom de la clé ne reste.")),
]


@command(
    key,
    "remove",
    _(
        "Retire la clé pour de bon, et avec elle les fichiers d'origine, les textes antérieurs, le contenu de "
        "l'historique et les sauvegardes. Ce qui reste peut être confié à d'autres."
    ),
    "qualikit key remove evaluation.qualikit",
)
def remove_key(
    project: PROJECT, passphrase_file: PASSPHRASE_FILE = None, lost: LOST = False, yes: YES = False, coder: CODER = None
) -> None:
    with opened(project, coder) as found:
        service = found.corpus.pseudonyms
        open_key = None if lost or not service.has_key else _key(found, passphrase_file)
        for sentence in service.foreseen().sentences():
            complain(sentence)
        if not confirmed(yes, _("Retirer la clé pour de bon ?")):
            raise typer.Exit(1)
        service.remove_key(open_key)
    say(_("La clé est retirée. Rien dans le projet ne dit plus qui est qui."))


@command(
    key,
    "copy",
    _("Écrit une copie à remettre : le projet tel qu'il serait sans sa clé. Le vôtre garde tout."),
    "qualikit key copy evaluation.qualikit a_remettre.qualikit",
)
def hand_over(
    project: PROJECT,
    place: Annotated[Path, typer.Argument(metavar=_("COPIE"), help=_("La copie à écrire."), show_default=False)],
    passphrase_file: PASSPHRASE_FILE = None,
    lost: LOST = False,
    coder: CODER = None,
) -> None:
    with opened(project, coder) as found:
        service = found.corpus.pseudonyms
        open_key = None if lost or not service.has_key else _key(found, passphrase_file)
        written = service.hand_over(open_key, place)
    say(_("Copie écrite : {path}").format(path=written))


# -- people and documents


@command(
    person,
    "remove",
    _(
        "Retire une personne à sa demande, pour de bon : ses paroles, les codages qui portent dessus, sa fiche, sa "
        "place dans la clé, les fichiers d'origine, l'historique et les sauvegardes. Il reste qu'elle a été retirée."
    ),
    _('qualikit person remove evaluation.qualikit "Mme Benali"'),
)
def remove_person(
    project: PROJECT,
    name: Annotated[
        str,
        typer.Argument(
            metavar=_("NOM"),
            help=_("Le nom ou l'étiquette ; « document::nom » entre des homonymes."),
            show_default=False,
        ),
    ],
    also: Annotated[
        list[str] | None,
        typer.Option("--also", metavar=_("NOM"), help=_("Un autre nom de la personne, comme un prénom ou un surnom.")),
    ] = None,
    mentions: Annotated[
        bool,
        typer.Option(
            "--mentions/--no-mentions",
            help=_("Remplacer aussi son nom quand d'autres le disent."),
            show_default=False,
        ),
    ] = True,
    passphrase_file: PASSPHRASE_FILE = None,
    yes: YES = False,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    with opened(project, coder) as found:
        open_key = _key(found, passphrase_file) if found.corpus.pseudonyms.has_key else None
        who = normalise(name)
        document, _sign, bare = who.rpartition("::")
        if document:
            who = found.corpus.people.find(bare, document).id
        before = found.corpus.foresee_removal(who, open_key, also=also or (), mentions=mentions)
        for sentence in before.sentences():
            complain(sentence)
        if not confirmed(yes, _("Retirer cette personne pour de bon ?")):
            raise typer.Exit(1)
        done = found.corpus.remove_person(who, open_key, also=also or (), mentions=mentions)
    if json:
        emit_json(
            {
                "documents": len(done.documents),
                "turns": done.turns,
                "words": done.words,
                "codings": done.codings,
                "mentions": done.mentions,
                "originals": done.originals,
            }
        )
    else:
        say(_("La personne est retirée. Rien dans le projet ne garde ses paroles."))


@command(
    documents,
    "erase",
    _(
        "Supprime un document pour de bon : fichier, texte, codages, historique, sauvegardes. Ne s'annule pas ; pour "
        "seulement le mettre de côté, retirez-le sur la page Corpus."
    ),
    _('qualikit erase evaluation.qualikit "Entretien CCAS"'),
)
def erase(project: PROJECT, title: TITLE, yes: YES = False, coder: CODER = None, json: JSON = False) -> None:
    with opened(project, coder) as found:
        document = found.corpus.document(normalise(title))
        if not confirmed(yes, _("Supprimer « {title} » pour de bon ?").format(title=document.title)):
            raise typer.Exit(1)
        gone = found.corpus.erase_document(document)
    if json:
        emit_json(gone)
    else:
        say(_("Le document est supprimé pour de bon."))
