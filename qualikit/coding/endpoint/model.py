"""What is known of a project's language model: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qualikit.i18n import _


class Outcome(StrEnum):
    """What came of one call."""

    SENT = "sent"  # nothing more is known: it was cut short
    OK = "ok"
    REFUSED = "refused"  # an answer that is none
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    HTTP = "http"  # the server says no
    REDIRECT = "redirect"
    TOO_BIG = "too_big"


def outcome_label(outcome: Outcome) -> str:
    """The outcome in the user's words."""
    return {
        Outcome.SENT: _("interrompu"),
        Outcome.OK: _("réponse lue"),
        Outcome.REFUSED: _("réponse refusée"),
        Outcome.TIMEOUT: _("pas de réponse à temps"),
        Outcome.UNREACHABLE: _("injoignable"),
        Outcome.HTTP: _("refus du serveur"),
        Outcome.REDIRECT: _("renvoi vers une autre adresse, refusé"),
        Outcome.TOO_BIG: _("réponse trop longue, refusée"),
    }[outcome]


@dataclass(frozen=True)
class Consent:
    """Who allowed words to be sent to ``host``, and when (ISO 8601). ``here``: said on this machine, for what is set
    now; otherwise it allows nothing."""

    id: str
    host: str
    coder: str
    created: str
    here: bool


@dataclass(frozen=True)
class Setting:
    """The language model of a project: base URL, name of the model, host that consent has to name."""

    url: str
    host: str
    model: str
    consent: Consent | None = None

    @property
    def allowed(self) -> bool:
        """Whether it may be asked from this machine."""
        return self.consent is not None and self.consent.here


@dataclass(frozen=True)
class Call:
    """One call: SHA-256 (hex) and number of characters of what was sent, what came of it, how many items of the answer
    were ``kept`` and ``refused``, by which coder, when (ISO 8601)."""

    id: str
    created: str
    host: str
    model: str
    prompt_hash: str
    characters: int
    outcome: Outcome
    kept: int = 0
    refused: int = 0
    coder: str = ""
