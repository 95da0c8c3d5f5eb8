"""Any sentence-transformers model that is on this machine. The one file that loads torch.

A model is a folder, or a name that was downloaded on request (:func:`download`, the only place here that asks the
network for anything). Weights are read as safetensors only and no code that comes with a model is run: a model from
elsewhere can be wrong, it cannot do anything else. The library itself runs the code of a folder that says it has some
(up to its version 6), so such a folder is refused before the library sees it.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator, Sequence
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
_WANTED = ["*.json", "*.safetensors", "*.txt", "*.model"]
"""Files of a model that are downloaded: settings, weights, vocabularies."""
_PARTS = ("modules.json", "router_config.json")
"""Files that name the classes a model is made of."""
_OURS = "sentence_transformers."

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
        """Changes with the folder's weights, in one file or several; a name stays what was downloaded under it."""
        folder = Path(self.model).expanduser()
        try:
            weights = sorted(folder.rglob("*.safetensors")) if folder.is_dir() else []
            found = [(each.stat().st_size, int(each.stat().st_mtime)) for each in weights]
        except OSError:
            return "1"
        if not found:
            return "1"
        if len(found) == 1:
            return f"1-{found[0][0]:x}-{found[0][1]:x}"
        return f"1-{hashlib.sha256(repr(found).encode()).hexdigest()[:16]}"

    @property
    def label(self) -> str:
        return Path(self.model).name or self.name

    def missing(self) -> str:
        if find_spec("sentence_transformers") is None:
            return not_installed(_("la bibliothèque « sentence-transformers »"), f"pip install '{EXTRA}'")
        if not self.model:
            return _("Il faut dire quel modèle : son dossier, ou son nom après « sentence-transformers: ».")
        folder = _folder(self.model)
        if folder is None:
            return _(
                "Le modèle « {model} » n'est pas sur cet ordinateur : « qualikit encoder --download {model} » le "
                "télécharge, ou donnez son dossier."
            ).format(model=self.model)
        return _unfit(folder)

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
        folder = _folder(self.model)
        assert folder is not None  # looked at by missing
        return _load(self.model, folder)


def download(model: str) -> None:
    """Fetch a model by name from the Hugging Face hub, because the user asked for it. Raises MissingDependency."""
    if find_spec("sentence_transformers") is None:
        raise MissingDependency(TransformersEncoder(model).missing())
    from huggingface_hub import snapshot_download

    try:
        folder = Path(snapshot_download(_full_name(model), allow_patterns=_WANTED))
    except Exception as error:  # a hub that fails says so in its own ways
        raise _unread(model, error) from error
    if unfit := _unfit(folder):
        raise MissingDependency(unfit)
    _load(model, folder)


def _load(model: str, folder: Path) -> Any:
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(
            str(folder),
            device="cpu",
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True},
        )
    except Exception as error:  # a file or a format that fails says so in its own ways
        raise _unread(model, error) from error


def _unread(model: str, error: Exception) -> MissingDependency:
    return MissingDependency(
        _("Le modèle « {model} » n'a pas pu être lu : {reason}.").format(
            model=model, reason=str(error).split("\n")[0][:200].rstrip(".")
        ),
        _("Il faut un modèle « sentence-transformers » dont les poids sont en « safetensors »."),
    )


def _unfit(folder: Path) -> str:
    """Why a model that is here is not to be loaded; empty where it may be."""
    if not any(folder.rglob("*.safetensors")):
        return _(
            "Le modèle « {model} » n'a pas de poids en « safetensors », le seul format qui soit lu : d'autres peuvent "
            "contenir un programme."
        ).format(model=folder.name)
    if any(not kind.startswith(_OURS) for kind in _classes(folder)):
        return _("Le modèle « {model} » demande d'exécuter un programme qui vient avec lui : il n'est pas lu.").format(
            model=folder.name
        )
    return ""


def _classes(folder: Path) -> Iterator[str]:
    """The classes that a model says it is made of; "?" for what cannot be read."""
    for path in folder.rglob("*.json"):
        if path.name not in _PARTS:
            continue
        try:
            said = json.loads(path.read_text("utf-8"))
            if path.name == _PARTS[1]:
                yield from map(str, said["types"].values())
                continue
            for each in said:  # a part that lies outside of the folder was not looked at
                outside = ".." in Path(each["path"]).parts or Path(each["path"]).is_absolute()
                yield "?" if outside else str(each["type"])
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            yield "?"


def _folder(model: str) -> Path | None:
    """Where a model is on this machine: the folder itself, or what was downloaded under that name."""
    folder = Path(model).expanduser()
    if folder.is_dir():
        return folder
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    try:
        found = try_to_load_from_cache(_full_name(model), "config.json")
    except HFValidationError:  # no name that a model could have: the path of a folder that has gone
        return None
    return Path(found).parent if isinstance(found, str) else None


def _full_name(model: str) -> str:
    return model if "/" in model else f"sentence-transformers/{model}"
