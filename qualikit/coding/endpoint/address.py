"""Where a language model is: read from what the user wrote, refused where words could be read on the way. Pure."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from qualikit.errors import EndpointRefused
from qualikit.i18n import _

LONGEST = 190
"""Characters of a URL; what the project's table holds."""

_ENDS = ("/chat/completions", "/v1")  # what people paste with the base
_NEAR = [
    ipaddress.ip_network(each)
    for each in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
]
"""This machine, and addresses that no router of the Internet forwards."""
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?")


@dataclass(frozen=True)
class Address:
    """``url`` is the base without « /v1 », ``host`` what consent names (its port too, where one is written)."""

    url: str
    host: str

    @property
    def asked(self) -> str:
        """Where questions are sent."""
        return f"{self.url}/v1/chat/completions"


def address_of(written: str) -> Address:
    """The address in what somebody wrote, with « /v1 » or without. Raises EndpointRefused: not an address, one with a
    name and password in it, or plain http to a machine that is neither this one nor one of its private network."""
    url = written.strip()
    if len(url) > LONGEST or not url.isprintable() or " " in url:
        raise _not_one(written)
    try:
        parts = urlsplit(url)
        name, port = parts.hostname or "", parts.port
        ascii_name = name if ":" in name else name.encode("idna").decode("ascii")
        near = _is_near(ascii_name)
    except ValueError as error:  # UnicodeError is one
        raise _not_one(written) from error
    if ":" in ascii_name:
        shown = f"[{ascii_name}]"
        named = ascii_name.replace(":", "").isalnum()  # no zone
    else:
        shown = ascii_name
        named = _HOST.fullmatch(ascii_name) is not None
    strange = parts.username is not None or parts.password is not None or parts.query or parts.fragment
    if parts.scheme not in {"http", "https"} or strange or not named:
        raise _not_one(written)
    if parts.scheme == "http" and not near:
        raise EndpointRefused(
            _("« {host} » n'est pas joint de façon chiffrée : ce qui est dit pourrait être lu en chemin.").format(
                host=ascii_name
            ),
            _("Écrivez une adresse en https, ou l'adresse d'une machine de votre réseau (192.168…, localhost)."),
        )
    host = shown if port is None else f"{shown}:{port}"
    path = parts.path.rstrip("/")
    for end in _ENDS:
        path = path.removesuffix(end).rstrip("/")
    return Address(f"{parts.scheme}://{host}{path}", host)


def _is_near(name: str) -> bool:
    """Whether plain http may be used. Names of a local network are not looked up: that would already ask a network."""
    if name == "localhost":
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return any(address in network for network in _NEAR)


def _not_one(written: str) -> EndpointRefused:
    return EndpointRefused(
        _("« {url} » n'est pas l'adresse d'un modèle de langue.").format(url=" ".join(written.split())[:LONGEST]),
        _("Écrivez-la sans mot de passe, par exemple http://localhost:11434 ou https://modele.exemple.fr."),
    )
