"""What a change of the codebook would touch, in the words of the interface, before it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qualikit.coding.model import Usage
from qualikit.i18n import _, ngettext


@dataclass(frozen=True)
class Impact:
    """``act`` says what would be done, ``details`` what that touches, each a phrase for the user. ``codings``,
    ``coders`` and ``documents`` count what the codings of the code amount to, those of all coders."""

    act: str
    details: tuple[str, ...] = ()
    codings: int = 0
    coders: int = 0
    documents: int = 0
    children: int = 0
    joined: int = 0
    """Codings that become one with another."""
    shares: Mapping[str, int] = field(default_factory=dict)
    """When a code is split: name of each code → codings that it gets."""

    def __str__(self) -> str:
        """« Fusionner « A » dans « B » : 212 codages de 3 codeurs dans 14 documents déplacés, 6 doublons réunis. »"""
        return _("{act} : {details}.").format(act=self.act, details=", ".join(self.details or (nothing_touched(),)))


def nothing_touched() -> str:
    return _("aucun codage n'est touché")


def whose(codings: int, coders: int, documents: int) -> str:
    """« 212 codages de 3 codeurs dans 14 documents »."""
    return " ".join(
        (
            ngettext("{n} codage", "{n} codages", codings).format(n=codings),
            ngettext("de {n} codeur", "de {n} codeurs", coders).format(n=coders),
            ngettext("dans {n} document", "dans {n} documents", documents).format(n=documents),
        )
    )


def whose_of(usage: Usage) -> str:
    """The same for what hangs on a code."""
    return whose(usage.codings, len(usage.by_coder), usage.documents)


def quoted(name: str) -> str:
    return _("« {name} »").format(name=name)


def listed(names: list[str]) -> str:
    """« A », « B » et « C »."""
    quotes = [quoted(name) for name in names]
    if len(quotes) < 2:
        return "".join(quotes)
    return _("{first} et {last}").format(first=", ".join(quotes[:-1]), last=quotes[-1])
