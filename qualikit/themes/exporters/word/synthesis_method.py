"""The method note at the end of a synthesis: what was counted and how, and what these figures cannot say."""

from __future__ import annotations

from qualikit.coding.assistants.labels import assistant_label
from qualikit.i18n import _, ngettext
from qualikit.themes.documents.gathering import TerritorySynthesis
from qualikit.themes.documents.options import Options
from qualikit.themes.exporters.word.markup import paragraph, run
from qualikit.themes.wording import listed

_FEW = 12


def method(made: TerritorySynthesis, options: Options) -> str:
    """The note."""
    body = [paragraph("qualikitIntertitre", run(_("Comment c'est compté")))]
    body += [_item(words) for words in _how(made, options)]
    body.append(paragraph("qualikitIntertitre", run(_("Ce que ces chiffres ne disent pas"))))
    body += [_item(words) for words in _limits(made)]
    return "".join(body)


def _item(words: str) -> str:
    return paragraph("qualikitPuce", run("–\t"), run(words))


def _how(made: TerritorySynthesis, options: Options) -> list[str]:
    whole = made.whole
    by = ngettext("codeur : {names}", "codeurs : {names}", len(made.coders)).format(names=listed(made.coders))
    said = [
        _("{codings} codages du territoire, soit {passages} passages ; {by}.").format(
            codings=whole.codings, passages=whole.passages, by=by
        )
        if made.coders
        else _("Aucun codage."),
        _(
            "Personnes : participants dont les propres paroles sont codées, sur les {n} qui prennent la parole dans le "
            "territoire ; chacun compte une fois par thème. L'animation et les observateurs ne comptent pas."
        ).format(n=made.column.people),
        _("Documents : ceux où le thème est codé, sur les {n} du territoire.").format(n=made.column.sessions),
        _("Un passage codé de la même façon par deux personnes est compté une fois ; un thème compte aussi les siens."),
        _(
            "Accords et désaccords : positions codées dans le tour de parole même où la personne parle du thème. Qui "
            "en prend plusieurs est dit partagé."
        ),
        _(
            "Le nombre entre crochets est celui du passage : il reste le même d'un export à l'autre et dans le recueil "
            "de verbatims."
        ),
    ]
    said += _assisted(made)
    if options.verbatims == "auto" and made.automatic:
        said.append(
            _(
                "« Choix automatique » : personne n'a encore choisi de verbatim pour ce thème ; deux passages au plus "
                "y sont mis, de personnes et de documents différents autant que possible."
            )
        )
    return said


def _assisted(made: TerritorySynthesis) -> list[str]:
    """What part assistants had in it: the reader must be able to know."""
    began = made.origins
    suggested = sum(began.suggested.values())
    if not began.codings:
        return []
    if not suggested and not began.refused:
        return [_("Aucun de ces codages ne vient d'une suggestion de la machine.")]
    by = [
        _("{n} par {assistant} (version {version})").format(n=n, assistant=assistant_label(name), version=version)
        for (name, version), n in sorted(began.suggested.items(), key=lambda pair: -pair[1])
    ]
    said = ngettext(
        "{n} codage sur {total} est une suggestion qu'une personne a acceptée",
        "{n} codages sur {total} sont des suggestions qu'une personne a acceptées",
        suggested,
    ).format(n=suggested, total=began.codings)
    refused = ngettext("{n} suggestion a été refusée", "{n} suggestions ont été refusées", began.refused).format(
        n=began.refused
    )
    listing = f" ({' ; '.join(by)})" if by else ""
    return [f"{said}{listing}, {refused}. " + _("Rien n'est codé sans qu'une personne l'ait décidé.")]


def _limits(made: TerritorySynthesis) -> list[str]:
    said = [
        _("Un thème que personne n'aborde n'est pas un thème sans importance : il n'a peut-être pas été demandé."),
        _("Se taire n'est pas être d'accord : seules les positions exprimées sont comptées."),
    ]
    if made.column.people < _FEW:
        said.append(
            ngettext(
                "{n} personne entendue : ces comptes décrivent ce groupe et ne se généralisent pas au territoire.",
                "{n} personnes entendues : ces comptes décrivent ce groupe et ne se généralisent pas au territoire.",
                made.column.people,
            ).format(n=made.column.people)
        )
    if len(made.coders) == 1:
        said.append(_("Une seule personne a codé : l'accord entre codeurs n'a pas été mesuré."))
    if made.uncoded:
        said.append(_("Documents où rien n'est codé : {titles}.").format(titles=listed(made.uncoded)))
    if made.context.unplaced:
        n = made.context.unplaced
        said.append(
            ngettext(
                "{n} document du projet n'a pas de territoire et n'est pas compté ici.",
                "{n} documents du projet n'ont pas de territoire et ne sont pas comptés ici.",
                n,
            ).format(n=n)
        )
    written = [theme for theme in made.themes if theme.text]
    drafts = sum(theme.status != "validated" for theme in written)
    if drafts:
        said.append(
            ngettext(
                "{n} synthèse sur {total} n'est pas encore validée.",
                "{n} synthèses sur {total} ne sont pas encore validées.",
                drafts,
            ).format(n=drafts, total=len(written))
        )
    missing = [theme.row.name for theme in made.themes if theme.cell.own_codings and not theme.text]
    if missing:
        said.append(_("Thèmes sans synthèse : {names}.").format(names=listed(tuple(missing))))
    if made.gone:
        said.append(
            ngettext(
                "{n} renvoi d'une synthèse mène à un passage qui n'est plus codé.",
                "{n} renvois des synthèses mènent à des passages qui ne sont plus codés.",
                made.gone,
            ).format(n=made.gone)
        )
    return said
