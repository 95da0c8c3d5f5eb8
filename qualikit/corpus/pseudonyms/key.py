"""The key: which name became which pseudonym, in a file of its own beside the project, locked with a passphrase.

    line 1      JSON: format, version, the derivation's salt and cost, the cipher's nonce
    the rest    AES-256-GCM of JSON {style, entries}, with line 1 as associated data

The passphrase becomes the cipher's key through scrypt (RFC 7914). Nothing in the project file says who is who.
"""

from __future__ import annotations

import base64
import json
import math
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qualikit.corpus.pseudonyms.model import Entry, Style
from qualikit.errors import KeyRefused
from qualikit.i18n import _

FORMAT, VERSION = "qualikit-key", 1
COST = 2**16
"""scrypt's n: 64 MB and a fifth of a second for each passphrase tried."""
_MOST = 2**20  # a file that asks for more would stop the machine
SHORTEST = 12
"""Characters below which a passphrase is refused."""


@dataclass
class Key:
    """An open key. What is changed in it is on the disk once :meth:`save` has returned."""

    path: Path
    secret: bytes = field(repr=False)
    """The cipher's key, derived from the passphrase."""
    salt: bytes = field(repr=False)
    cost: int = COST
    style: Style = Style.NAMES
    entries: tuple[Entry, ...] = ()

    @classmethod
    def create(cls, path: Path, passphrase: str, style: Style = Style.NAMES) -> Key:
        """A new, empty key. Raises KeyRefused where there is one, or the passphrase is too weak."""
        if path.exists():
            raise KeyRefused(
                _("Ce projet a déjà une clé : « {name} ».").format(name=path.name),
                _("Ouvrez-la avec sa phrase de passe ; une nouvelle perdrait ce que l'ancienne sait."),
            )
        refuse_weak(passphrase)
        salt = os.urandom(16)
        key = cls(path, _derived(passphrase, salt, COST), salt, COST, style)
        key.save()
        return key

    @classmethod
    def open(cls, path: Path, passphrase: str) -> Key:
        """The key at that place. Raises KeyRefused: none there, not one, or another passphrase."""
        header, sealed = _read(path)
        salt, nonce = base64.b64decode(header["salt"]), base64.b64decode(header["nonce"])
        secret = _derived(passphrase, salt, int(header["n"]))
        key = cls(path, secret, salt, int(header["n"]))
        key._load(_opened(secret, nonce, sealed, _line(header)))
        return key

    def reload(self) -> None:
        """Take what another window has saved meanwhile. Raises KeyRefused where the passphrase has changed."""
        header, sealed = _read(self.path)
        self._load(_opened(self.secret, base64.b64decode(header["nonce"]), sealed, _line(header)))

    def _load(self, content: dict[str, Any]) -> None:
        self.style = Style(content["style"])
        self.entries = tuple(map(Entry.from_json, content["entries"]))

    def save(self) -> None:
        """Write the whole key beside itself, then put it in its place: a crash leaves the old one or the new one."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(12)
        header = {
            "format": FORMAT,
            "version": VERSION,
            "kdf": "scrypt",
            "n": self.cost,
            "r": 8,
            "p": 1,
            "salt": base64.b64encode(self.salt).decode(),
            "cipher": "AES-256-GCM",
            "nonce": base64.b64encode(nonce).decode(),
        }
        line = _line(header)
        content = {"style": self.style.value, "entries": [entry.to_json() for entry in self.entries]}
        sealed = AESGCM(self.secret).encrypt(nonce, json.dumps(content, ensure_ascii=False).encode(), line)
        partial = self.path.with_name(self.path.name + ".partiel")
        try:
            with open(partial, "wb", opener=_private) as file:
                file.write(line + b"\n" + sealed)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(self.path)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise KeyRefused(
                _("La clé « {name} » n'a pas pu être écrite.").format(name=self.path.name),
                _("Vérifiez la place libre et les droits du dossier du projet. L'ancienne clé est intacte."),
            ) from error

    def change_passphrase(self, passphrase: str) -> None:
        """Lock the key with another passphrase from now on. Raises KeyRefused where it is too weak, or where
        the key is no longer there or was locked with another one meanwhile."""
        refuse_weak(passphrase)
        self.reload()
        self.salt, self.cost = os.urandom(16), COST
        self.secret = _derived(passphrase, self.salt, self.cost)
        self.save()

    def put(self, entries: Iterable[Entry], without: Iterable[str] = ()) -> None:
        """Have these entries, each in the place of the one of its id, and not those of the ids ``without``; kept on the
        disk, on top of what another window has saved there: what it took out does not come back."""
        before = {entry.id for entry in self.entries}
        self.reload()
        there = {entry.id for entry in self.entries}
        fresh = {entry.id: entry for entry in entries if entry.id in there or entry.id not in before}
        gone = set(without)
        known = [fresh.pop(entry.id, entry) for entry in self.entries if entry.id not in gone]
        self.entries = (*known, *fresh.values())
        self.save()

    def entry(self, id: str) -> Entry:
        """The entry of that id. Raises KeyRefused."""
        for entry in self.entries:
            if entry.id == id:
                return entry
        raise KeyRefused(_("Ce nom n'est plus dans la clé."), _("Rechargez la page."))


def strength(passphrase: str) -> float:
    """A rough count of bits: four for each character of a new kind or word, less for repetitions. Says what is too
    weak, promises nothing of what is not."""
    distinct = len(set(passphrase))
    kinds = sum(
        bool(re.search(kind, passphrase)) for kind in (r"[a-z]", r"[A-Z]", r"\d", r"[^\w\s]", r"\s|[^\x00-\x7f]")
    )
    if not distinct:
        return 0.0
    alphabet = min(distinct * 2, 10 + 16 * kinds)
    return len(passphrase) * math.log2(max(2, alphabet)) * min(1.0, distinct / len(passphrase) + 0.4)


def strength_words(passphrase: str) -> str:
    """What the strength means, in a sentence."""
    bits = strength(passphrase)
    if len(passphrase) < SHORTEST or bits < 45:
        return _("Trop faible : prenez quatre ou cinq mots sans lien entre eux.")
    if bits < 75:
        return _("Acceptable : un mot de plus la rendrait solide.")
    return _("Solide.")


def refuse_weak(passphrase: str) -> None:
    """Raises KeyRefused for a passphrase that would be guessed."""
    if len(passphrase) < SHORTEST or strength(passphrase) < 45:
        raise KeyRefused(
            _("Cette phrase de passe est trop faible : elle serait devinée."),
            _("Prenez quatre ou cinq mots sans lien entre eux, douze caractères au moins."),
        )


def _derived(passphrase: str, salt: bytes, cost: int) -> bytes:
    import unicodedata

    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    # Composed: a Mac and a PC type the same accent differently.
    typed = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(typed)


def _read(path: Path) -> tuple[dict[str, Any], bytes]:
    try:
        line, _newline, sealed = path.read_bytes().partition(b"\n")
    except OSError as error:
        raise KeyRefused(
            _("La clé « {name} » n'est pas là, ou ne peut pas être lue.").format(name=path.name),
            _("Remettez-la à côté du projet, ou cherchez les noms pour en faire une."),
        ) from error
    try:
        header = json.loads(line)
        if header["format"] != FORMAT or not header["version"] >= 1:
            raise ValueError
        if header["version"] > VERSION:
            raise KeyRefused(
                _("La clé « {name} » a été écrite par une version plus récente de qualikit.").format(name=path.name),
                _("Installez cette version, puis recommencez."),
            )
        n = header["n"]
        sound = isinstance(n, int) and 2 <= n <= _MOST and n & (n - 1) == 0 and header["r"] == 8 and header["p"] == 1
        if not sound or not base64.b64decode(header["salt"]) or len(base64.b64decode(header["nonce"])) != 12:
            raise ValueError
    except (ValueError, KeyError, TypeError, UnicodeDecodeError, RecursionError) as error:
        raise _not_a_key(path) from error
    return header, sealed


def _opened(secret: bytes, nonce: bytes, sealed: bytes, line: bytes) -> dict[str, Any]:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return dict(json.loads(AESGCM(secret).decrypt(nonce, sealed, line)))
    except (InvalidTag, ValueError) as error:
        raise KeyRefused(
            _("La phrase de passe n'ouvre pas cette clé, ou le fichier a été altéré."),
            _("Vérifiez majuscules et accents. Une phrase de passe perdue ne se retrouve pas."),
        ) from error


def _line(header: dict[str, Any]) -> bytes:
    return json.dumps(header, sort_keys=True).encode()


def _not_a_key(path: Path) -> KeyRefused:
    return KeyRefused(
        _("« {name} » n'est pas une clé de qualikit, ou elle est abîmée.").format(name=path.name),
        _("Le fichier n'a pas été touché. Reprenez-en une copie."),
    )


def _private(path: str, flags: int) -> int:
    """The key is for its owner's eyes, where the system can say so."""
    return os.open(path, flags, 0o600)
