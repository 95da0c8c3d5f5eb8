"""A language model that may be asked: each question is written down before it leaves, and what came of it after."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from qualikit.coding.endpoint.address import Address
from qualikit.coding.endpoint.answers import NoAnswer, content_of
from qualikit.coding.endpoint.hiding import Hide, as_they_are
from qualikit.coding.endpoint.model import Call, Outcome
from qualikit.coding.endpoint.sending import NotAnswered, post
from qualikit.errors import EndpointFailed
from qualikit.i18n import _
from qualikit.store import new_id, now

TIMEOUT_S = 60.0
PATIENCE = 3
"""Calls in a row without an answer after which nothing more is asked."""
_TOKENS = 2_000

Send = Callable[[str, bytes, str, float], bytes]
"""URL, body, key, seconds → the answer; raises NotAnswered."""


def _forget(_call: Call) -> None:
    """For callers that keep no record."""


@dataclass(eq=False)
class Endpoint:
    """What an assistant asks. ``hide`` is passed over all words of the project before they go into a question;
    ``record`` is given each call before it is made, and again with its outcome; it may raise to keep it from being
    made."""

    address: Address
    model: str
    hide: Hide = as_they_are
    record: Callable[[Call], None] = _forget
    key: str = field(default="", repr=False)
    timeout: float = TIMEOUT_S
    send: Send = post
    calls: int = 0
    passages: int = 0
    """How many calls were made, about how many passages."""
    _silent: int = 0

    def ask(self, messages: Sequence[dict[str, str]]) -> tuple[Call, str | None]:
        """The call, and what the model says, None where that is no answer. The caller ends it with :meth:`close`.

        Raises EndpointFailed where the very first call is not answered, or ``PATIENCE`` in a row.
        """
        question = {
            "model": self.model,
            "messages": list(messages),
            "temperature": 0,
            "max_tokens": _TOKENS,
            "stream": False,
        }
        body = json.dumps(question).encode()
        characters = sum(len(message["content"]) for message in messages)
        digest = sha256(body).hexdigest()
        call = Call(new_id(), now(), self.address.host, self.model, digest, characters, Outcome.SENT)
        self.record(call)
        self.calls += 1
        try:
            content = content_of(self.send(self.address.asked, body, self.key, self.timeout))
        except NoAnswer:
            self._silent = 0
            return self.close(call, Outcome.REFUSED, refused=1), None
        except NotAnswered as error:
            call = self.close(call, error.outcome, refused=1)
            self._silent += 1
            if self.calls == 1 or self._silent >= PATIENCE:
                raise self._failed(error) from error
            return call, None
        self._silent = 0
        return call, content

    def close(self, call: Call, outcome: Outcome, *, kept: int = 0, refused: int = 0) -> Call:
        """Write down what came of a call."""
        done = replace(call, outcome=outcome, kept=kept, refused=refused)
        self.record(done)
        return done

    def _failed(self, error: NotAnswered) -> EndpointFailed:
        host = self.address.host
        if error.outcome is Outcome.TIMEOUT:
            return EndpointFailed(
                _("Le modèle sur {host} n'a pas répondu en {n} secondes.").format(host=host, n=round(self.timeout)),
                _("Essayez un modèle plus petit, ou donnez plus de secondes dans {name}.").format(
                    name="QUALIKIT_ENDPOINT_TIMEOUT"
                ),
            )
        if error.outcome is Outcome.REDIRECT:
            return EndpointFailed(
                _("{host} renvoie vers une autre adresse : rien n'y a été envoyé.").format(host=host),
                _("Demandez l'adresse exacte du modèle, et donnez votre accord pour elle."),
            )
        if error.outcome is Outcome.HTTP:
            return EndpointFailed(
                _("{host} refuse la question (réponse {status}).").format(host=host, status=error.status),
                _("Vérifiez le nom du modèle, et la clé dans la variable {name} si le serveur en demande une.").format(
                    name="QUALIKIT_ENDPOINT_KEY"
                ),
            )
        if error.outcome is Outcome.TOO_BIG:
            return EndpointFailed(
                _("{host} répond par bien plus que ce qui lui est demandé.").format(host=host),
                _("Vérifiez que c'est l'adresse d'un modèle de langue."),
            )
        return EndpointFailed(
            _("Il n'y a pas de modèle de langue qui réponde sur {host}.").format(host=host),
            _("Vérifiez qu'il est en marche et que l'adresse est la bonne."),
        )
