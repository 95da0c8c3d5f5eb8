"""Any sentence-transformers model that is on this machine. The one file that loads torch.

A model is a folder, or a name that was downloaded on request (:func:`download`, the only place here that asks the
network for anything). Weights are read as safetensors only and no code that comes with a model is run: a model from
elsewhere can be wrong, it cannot do anything else.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualikit.coding.encoders import not_installed
from qualikit.errors import MissingDependency
from qualikit.i18n import _

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EXTRA = "qualikit[transformers]"
BATCH = 32

_lock = threading.Lock()


class TransformersKind:
    """Takes a model: a folder, or a name."""

    name = "sentence-transformers"

    def load(self, model: str) -> TransformersEncoder:
        return TransformersEncoder(model)


class TransformersEncoder:
    """One model."""

    name = "sentence-transformers"

    def __init__(self, model: str) -> None:
        self.model = model

    @property
    def spec(self) -> str:
        return f"{self.name}:{self.model}"

    @property
    def version(self) -> str:
        """Changes with the folder's weights; a name stays what was downloaded under it."""
        weights = Path(self.model).expanduser() / "model.safetensors"
        try:
            found = weights.stat()
        except OSError:
            return "1"
        return f"1-{found.st_size:x}-{int(found.st_mtime):x}"

    @property
    def label(self) -> str:
        return Path(self.model).name or self.name

    def missing(self) -> str:
        if find_spec("sentence_transformers") is None:
            return not_installed(_("la bibliothèque « sentence-transformers »"), f"pip install '{EXTRA}'")
        if not self.model:
            return _("Il faut dire quel modèle : son dossier, ou son nom après « sentence-transformers: ».")
        if not _is_here(self.model):
            return _(
                "Le modèle « {model} » n'est pas sur cet ordinateur : « qualikit encoder --download {model} » le "
                "télécharge, ou donnez son dossier."
            ).format(model=self.model)
        return ""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        if missing := self.missing():
            raise MissingDependency(missing)
        if not texts:
            return np.zeros((0, 1), dtype=np.float32)
        with _lock:
            rows = self._loaded.encode(
                list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(rows, dtype=np.float32)

    @cached_property
    def _loaded(self) -> Any:
        return _load(self.model, offline=True)


def download(model: str) -> None:
    """Fetch a model by name from the Hugging Face hub, because the user asked for it. Raises MissingDependency."""
    if find_spec("sentence_transformers") is None:
        raise MissingDependency(TransformersEncoder(model).missing())
    _load(model, offline=False)


def _load(model: str, *, offline: bool) -> Any:
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(
            str(Path(model).expanduser()) if Path(model).expanduser().is_dir() else model,
            device="cpu",
            local_files_only=offline,
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True},
        )
    except Exception as error:  # a hub, a file or a format that fails says so in its own ways
        raise MissingDependency(
            _("Le modèle « {model} » n'a pas pu être lu : {reason}.").format(
                model=model, reason=str(error).split("\n")[0][:200]
            ),
            _("Il faut un modèle « sentence-transformers » dont les poids sont en « safetensors »."),
        ) from error


def _is_here(model: str) -> bool:
    if Path(model).expanduser().is_dir():
        return True
    from huggingface_hub import try_to_load_from_cache

    return isinstance(try_to_load_from_cache(_full_name(model), "config.json"), str)


def _full_name(model: str) -> str:
    return model if "/" in model else f"sentence-transformers/{model}"
