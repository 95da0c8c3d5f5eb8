"""The language model that a project may ask: set, allowed by the name of its host, forbidden, looked back on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualikit.cli.common import CODER, JSON, PROJECT, command, group, opened
from qualikit.cli.output import complain, emit_json, say, table
from qualikit.i18n import _

if TYPE_CHECKING:
    from qualikit.coding.endpoint.model import Call, Setting

endpoint = group()


@command(
    endpoint,
    "endpoint",
    _(
        "Règle le modèle de langue que « qualikit suggest --assistant endpoint » interroge. Rien n'est envoyé tant que "
        "vous n'avez pas donné votre accord en nommant l'hôte. Sans option, dit ce qui est réglé."
    ),
    "qualikit endpoint evaluation.qualikit --url http://localhost:11434 --model mistral-small\n"
    "qualikit endpoint evaluation.qualikit --consent localhost:11434\n"
    "qualikit endpoint evaluation.qualikit --calls",
)
def set_endpoint(
    project: PROJECT,
    url: Annotated[
        str | None, typer.Option("--url", metavar=_("ADRESSE"), help=_("L'adresse du serveur, avec ou sans « /v1 »."))
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", metavar=_("NOM"), help=_("Le modèle, comme le serveur le nomme."))
    ] = None,
    consent: Annotated[
        str | None,
        typer.Option(
            "--consent", metavar=_("HÔTE"), help=_("Donner votre accord pour envoyer des extraits à cet hôte.")
        ),
    ] = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help=_("Retirer l'accord."))] = False,
    calls: Annotated[bool, typer.Option("--calls", help=_("Lister les appels faits, sans leur contenu."))] = False,
    coder: CODER = None,
    json: JSON = False,
) -> None:
    if consent is not None and withdraw:
        raise typer.BadParameter(_("--consent et --withdraw ne vont pas ensemble."))
    with opened(project, coder) as found:
        service = found.coding.endpoint
        known = service.setting
        if url is not None or model is not None:
            if known is None and (url is None or model is None):
                raise typer.BadParameter(_("donnez l'adresse et le nom : --url et --model."))
            service.set(url or (known.url if known else ""), model or (known.model if known else ""))
        if withdraw:
            service.withdraw()
        if consent is not None:
            service.consent(consent)
        setting = service.setting
        made = service.calls() if calls else []
        names = found.corpus.pseudonyms.has_key
    if json:
        emit_json([_call(each) for each in made] if calls else _setting(setting))
    elif calls:
        _tell_calls(made)
    else:
        _tell(setting, names)


def _setting(setting: Setting | None) -> dict[str, Any]:
    consent = setting.consent if setting else None
    return {
        "url": setting.url if setting else None,
        "host": setting.host if setting else None,
        "model": setting.model if setting else None,
        "consent": {"coder": consent.coder, "created": consent.created, "here": consent.here} if consent else None,
        "allowed": bool(setting and setting.allowed),
    }


def _tell(setting: Setting | None, names: bool) -> None:
    if setting is None:
        say(_("Aucun modèle de langue n'est réglé : rien ne sort de cet ordinateur."))
        return
    say(_("Modèle : {model}, sur {host} ({url})").format(model=setting.model, host=setting.host, url=setting.url))
    if setting.consent is None:
        say(_("Pas d'accord : rien n'est envoyé. Pour le donner : --consent {host}").format(host=setting.host))
        return
    said = _("Accord de {coder}, le {day}").format(coder=setting.consent.coder, day=setting.consent.created[:10])
    say(said)
    if not setting.consent.here:
        say(
            _(
                "Il n'a pas été donné sur cette machine : rien n'est envoyé d'ici. Pour le donner : --consent {host}"
            ).format(host=setting.host)
        )
    elif names:
        say(_("Les noms à remplacer le sont avant l'envoi : la clé des pseudonymes est demandée à chaque fois."))
    else:
        complain(_("Ce projet n'a pas de pseudonymes : les noms dits dans les textes partent tels quels."))


def _call(call: Call) -> dict[str, Any]:
    return {
        "created": call.created,
        "host": call.host,
        "model": call.model,
        "prompt_hash": call.prompt_hash,
        "characters": call.characters,
        "outcome": call.outcome.value,
        "kept": call.kept,
        "refused": call.refused,
        "coder": call.coder,
    }


def _tell_calls(made: list[Call]) -> None:
    from qualikit.coding.endpoint.model import outcome_label

    if not made:
        say(_("Aucun appel : rien n'a été envoyé."))
        return
    header = [
        _("quand"),
        _("hôte"),
        _("modèle"),
        _("caractères"),
        _("résultat"),
        _("retenues"),
        _("refusées"),
        _("par"),
    ]
    rows = [
        [
            each.created[:19].replace("T", " "),
            each.host,
            each.model,
            each.characters,
            outcome_label(each.outcome),
            each.kept,
            each.refused,
            each.coder,
        ]
        for each in made
    ]
    say(table(header, rows))
