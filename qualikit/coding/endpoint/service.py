"""The language model of a project as page, command line and Python see it: set, allowed, forbidden, looked back on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import sqlalchemy as sa

from qualikit import settings
from qualikit.coding.endpoint.address import Address, address_of
from qualikit.coding.endpoint.asking import TIMEOUT_S, Endpoint
from qualikit.coding.endpoint.hiding import Hide, as_they_are, hider
from qualikit.coding.endpoint.model import Call, Consent, Outcome, Setting
from qualikit.coding.tables import endpoint_calls, endpoint_consents, endpoints
from qualikit.errors import EndpointRefused
from qualikit.i18n import _, ngettext
from qualikit.store import Change, Store, coders, new_id, now

if TYPE_CHECKING:
    import pandas as pd

    from qualikit.corpus.pseudonyms.key import Key

KEY, TIMEOUT = "QUALIKIT_ENDPOINT_KEY", "QUALIKIT_ENDPOINT_TIMEOUT"
"""Variables of the environment: the server's key, which is kept nowhere, and the seconds that a call may take."""

_HERE = "endpoint_consents"
"""Setting of this machine: {id of a consent given on it: URL it was given for}."""
_LONGEST_MODEL, _LONGEST_HOST = 120, 120


class LanguageModel:
    """What a project may ask of a language model, as one coder sees it. Every change is one event."""

    def __init__(self, store: Store, coder: str) -> None:
        self._store = store
        self._coder = coder

    # -- set and allowed

    @property
    def setting(self) -> Setting | None:
        """Which model is set, and who allowed it to be asked; None: none is."""
        with self._store.read() as connection:
            return _setting(connection)

    def set(self, url: str, model: str) -> Setting:
        """Have the project use the model of that name at that base URL (with or without « /v1 »). Where the host, or
        how it is reached, is another one, consent is withdrawn. Nothing is sent. Raises EndpointRefused."""
        address, model = address_of(url), " ".join(model.split())
        if not model or not model.isprintable() or len(model) > _LONGEST_MODEL or len(address.host) > _LONGEST_HOST:
            raise EndpointRefused(
                _("« {model} » n'est pas le nom d'un modèle.").format(model=model[:_LONGEST_MODEL]),
                _("Écrivez-le comme le serveur le nomme, par exemple « mistral-small »."),
            )
        with self._store.write(self._coder) as transaction:
            before = _setting(transaction.connection)
            label = _("modèle de langue réglé : {model} sur {host}").format(model=model, host=address.host)
            values = {"url": address.url, "model": model, "coder_id": transaction.coder_id, "updated": now()}
            with transaction.event("endpoint.set", label) as change:
                known = transaction.connection.execute(sa.select(endpoints.c.id)).scalars().all()
                if before is None or (before.url, before.model) != (address.url, model):
                    change.delete(endpoints, *known)
                    change.insert(endpoints, {"id": new_id(), **values})
                if before is not None and before.url != address.url:
                    _forbid(change)
            return _require(_setting(transaction.connection))

    def consent(self, host: str) -> Setting:
        """Allow words of this project to be sent from this machine to that host, which must be named as it is set.
        Raises EndpointRefused."""
        with self._store.write(self._coder) as transaction:
            setting = _require(_setting(transaction.connection))
            if host.strip().lower() != setting.host:
                raise EndpointRefused(
                    _("L'accord doit nommer l'hôte qui est réglé : {host}.").format(host=setting.host),
                    _("Vérifiez que c'est bien à lui que vous voulez envoyer des extraits, puis écrivez son nom."),
                )
            if setting.allowed:
                return setting
            id = new_id()
            with transaction.event(
                "endpoint.consent", _("accord donné pour envoyer des extraits à {host}").format(host=setting.host)
            ) as change:
                _forbid(change)
                row = {"id": id, "host": setting.host, "coder_id": transaction.coder_id, "created": now()}
                change.insert(endpoint_consents, row)
        _remember(id, setting.url)
        return self._allowed()

    def withdraw(self) -> None:
        """Nothing is sent any more, from any machine. Without consent, nothing changes."""
        with (
            self._store.write(self._coder) as transaction,
            transaction.event("endpoint.withdraw", _("accord retiré pour envoyer des extraits")) as change,
        ):
            _forbid(change)

    # -- what was sent

    def calls(self) -> list[Call]:
        """Every call that was made, the first one first."""
        query = sa.select(endpoint_calls, coders.c.name.label("coder")).join(coders).order_by(
            endpoint_calls.c.created, endpoint_calls.c.id
        )  # fmt: skip
        with self._store.read() as connection:
            return [_call(row) for row in connection.execute(query)]

    def calls_frame(self) -> pd.DataFrame:
        """One row a call: created, host, model, prompt_hash, characters, outcome, kept, refused, coder, id."""
        import pandas as pd

        columns = ["created", "host", "model", "prompt_hash", "characters", "outcome", "kept", "refused", "coder", "id"]
        rows = [[str(getattr(call, name)) if name == "outcome" else getattr(call, name) for name in columns]
                for call in self.calls()]  # fmt: skip
        return pd.DataFrame.from_records(rows, columns=columns)

    # -- asking

    @contextmanager
    def asking(self, key: Key | None = None) -> Iterator[Callable[[], Endpoint]]:
        """What gives an assistant its :class:`Endpoint`, once; at the end, what was asked is in the history.

        ``key``: the open key of the pseudonyms, where the project has one. What it gives raises EndpointRefused: no
        model is set, none is allowed from here, or the names to replace cannot be read.
        """
        made: list[Endpoint] = []

        def ready() -> Endpoint:
            if not made:
                setting = self._allowed()
                made.append(
                    Endpoint(
                        Address(setting.url, setting.host),
                        setting.model,
                        hide=self._hide(key),
                        record=lambda call: self._record(call, setting),
                        key=os.environ.get(KEY, "").strip(),
                        timeout=_timeout(),
                    )
                )
            return made[0]

        try:
            yield ready
        finally:
            for endpoint in made:
                self._note(endpoint)

    def _allowed(self) -> Setting:
        """The setting, where it may be used from here. Raises EndpointRefused."""
        setting = _require(self.setting)
        if setting.allowed:
            return setting
        if setting.consent is not None:
            raise EndpointRefused(
                _("L'accord pour envoyer des extraits à {host} n'a pas été donné sur cette machine.").format(
                    host=setting.host
                ),
                _("Si vous le voulez, donnez-le ici aussi : qualikit endpoint PROJET --consent {host}").format(
                    host=setting.host
                ),
            )
        raise EndpointRefused(
            _("Personne n'a donné son accord pour envoyer des extraits de ce projet à {host}.").format(
                host=setting.host
            ),
            _("Si vous le voulez : qualikit endpoint PROJET --consent {host}").format(host=setting.host),
        )

    def _hide(self, key: Key | None) -> Hide:
        from qualikit.corpus.pseudonyms.service import Pseudonyms

        names = Pseudonyms(self._store, self._coder)
        if not names.has_key:
            return as_they_are
        if key is None:
            raise EndpointRefused(
                _("Des noms sont à remplacer avant d'envoyer quoi que ce soit, et leur clé est fermée."),
                _("Ouvrez la clé des pseudonymes avec sa phrase de passe, puis demandez de nouveau."),
            )
        key.reload()
        return hider(names.matcher(key))

    def _record(self, call: Call, setting: Setting) -> None:
        """Write a call down; before it is made, only where it is still allowed."""
        with self._store.write(self._coder) as transaction:
            connection = transaction.connection
            if call.outcome is not Outcome.SENT:
                values = {"outcome": call.outcome.value, "kept": call.kept, "refused": call.refused}
                connection.execute(sa.update(endpoint_calls).where(endpoint_calls.c.id == call.id).values(values))
                return
            now_set = _setting(connection)
            if now_set is None or not now_set.allowed or now_set.url != setting.url:
                raise EndpointRefused(
                    _("L'accord pour envoyer des extraits à {host} vient d'être retiré.").format(host=setting.host)
                )
            connection.execute(
                sa.insert(endpoint_calls).values(
                    id=call.id,
                    host=call.host,
                    model=call.model,
                    prompt_hash=call.prompt_hash,
                    characters=call.characters,
                    outcome=call.outcome.value,
                    kept=0,
                    refused=0,
                    coder_id=transaction.coder_id,
                    created=call.created,
                )
            )

    def _note(self, endpoint: Endpoint) -> None:
        if not endpoint.calls:
            return
        passages = ngettext("{n} passage", "{n} passages", endpoint.passages).format(n=endpoint.passages)
        calls = ngettext("{n} appel", "{n} appels", endpoint.calls).format(n=endpoint.calls)
        label = _("extraits envoyés à {host} ({model}) : {passages}, {calls}").format(
            host=endpoint.address.host, model=endpoint.model, passages=passages, calls=calls
        )
        with self._store.write(self._coder) as transaction:
            # What has left does not come back: undo passes it over.
            transaction.note("endpoint.ask", label, aside=True)


def _setting(connection: sa.Connection) -> Setting | None:
    row = connection.execute(sa.select(endpoints).order_by(endpoints.c.updated.desc())).first()
    if row is None:
        return None
    address = address_of(row.url)
    query = sa.select(endpoint_consents, coders.c.name.label("coder")).join(coders)
    given = connection.execute(query.where(endpoint_consents.c.host == address.host)).first()
    consent = None
    if given is not None:
        # The row alone proves nothing: the project may come from elsewhere, and name a host that its reader never saw.
        here = _given_here().get(given.id) == address.url
        consent = Consent(given.id, given.host, given.coder, given.created, here)
    return Setting(address.url, address.host, row.model, consent)


def _require(setting: Setting | None) -> Setting:
    if setting is None:
        raise EndpointRefused(
            _("Aucun modèle de langue n'est réglé pour ce projet."),
            _("Donnez son adresse et son nom : qualikit endpoint PROJET --url ADRESSE --model NOM"),
        )
    return setting


def _forbid(change: Change) -> None:
    """Take every consent away, in the project and on this machine: undoing it does not bring it back unasked."""
    gone = change.connection.execute(sa.select(endpoint_consents.c.id)).scalars().all()
    if gone:
        change.delete(endpoint_consents, *gone)
        left = {id: url for id, url in _given_here().items() if id not in gone}
        settings.remember(_HERE, left)


def _given_here() -> dict[str, str]:
    found = settings.setting(_HERE, {})
    return found if isinstance(found, dict) else {}


def _remember(id: str, url: str) -> None:
    """Keep on this machine that consent was given on it. Raises EndpointRefused where nothing can be kept."""
    settings.remember(_HERE, {**_given_here(), id: url})
    if _given_here().get(id) != url:
        raise EndpointRefused(
            _("Votre accord n'a pas pu être gardé sur cette machine : rien ne sera envoyé."),
            _("Vérifiez que le dossier « {folder} » peut être écrit.").format(folder=settings.home()),
        )


def _timeout() -> float:
    try:
        return min(3600.0, max(1.0, float(os.environ.get(TIMEOUT, ""))))
    except ValueError:
        return TIMEOUT_S


def _call(row: sa.Row[*tuple[object, ...]]) -> Call:
    found = row._mapping
    return Call(
        found["id"],
        found["created"],
        found["host"],
        found["model"],
        found["prompt_hash"],
        found["characters"],
        Outcome(found["outcome"]),
        found["kept"],
        found["refused"],
        found["coder"],
    )
