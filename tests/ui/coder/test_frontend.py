"""What the coder's JavaScript computes without a browser, by node's own test runner where there is a node."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from qualikit.text import Utf16Index
from qualikit.ui.coder.registration import FRONTEND

TEXTS = [
    "",
    "été",
    "un 🚲 et deux 🚲🚲, fin",
    "👩🏽‍🔧 e\u0301 𝒜\r\n\u00a0𝒜",
    "🚲" * 50 + "x" * 50,
]


@pytest.mark.parametrize("tests", sorted(path.name for path in Path(__file__).parent.glob("*.test.mjs")))
def test_the_frontend_computes_what_python_computes(tmp_path: Path, tests: str) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node on this machine")
    version = subprocess.run([node, "--version"], check=True, capture_output=True, text=True).stdout
    if int(version[1:].split(".")[0]) < 20:
        pytest.skip("node is older than 20")
    offsets = tmp_path / "offsets.json"
    cases = [
        {"text": text, "pairs": [[point, Utf16Index(text).to_utf16(point)] for point in range(len(text) + 1)]}
        for text in TEXTS
    ]
    offsets.write_text(json.dumps(cases), "utf-8")
    # The modules are served as they are: node needs to be told that they are modules.
    modules = tmp_path / "frontend"
    shutil.copytree(FRONTEND, modules)
    (modules / "package.json").write_text('{"type": "module"}', "utf-8")
    run = subprocess.run(
        [node, "--test", str(Path(__file__).with_name(tests))],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "QUALIKIT_FRONTEND": modules.as_uri(), "QUALIKIT_OFFSETS": str(offsets)},
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_import_between_modules_names_what_a_file_that_ships_gives() -> None:
    import re

    for module in FRONTEND.rglob("*.js"):
        for names, path in re.findall(r'import \{([^}]*)\} from "(\.\.?/[^"]+)"', module.read_text("utf-8")):
            assert (module.parent / path).is_file(), f"{module.name} imports {path}"
            given = set(re.findall(r"export (?:class|const|function) (\w+)", (module.parent / path).read_text("utf-8")))
            asked = {name.split(" as ")[0].strip() for name in names.split(",")} - {""}
            assert asked <= given, f"{module.name} asks {path} for {asked - given}"
        assert "innerHTML" not in re.sub(r"//.*", "", module.read_text("utf-8")), module.name


def test_every_word_the_frontend_says_is_sent_to_it() -> None:
    import re

    from qualikit.ui.coder.labels import labels

    known = labels()
    for module in FRONTEND.glob("*.js"):
        source = module.read_text("utf-8")
        for name in re.findall(r'\.say\("(\w+)"', source):
            assert name in known, f"{module.name} says {name}"
        for name in re.findall(r'\.count\("(\w+)"', source):
            assert {f"{name}_one", f"{name}_other"} <= known.keys(), f"{module.name} counts {name}"


def test_no_two_parts_of_the_coder_say_different_words_by_one_name() -> None:
    import inspect

    from qualikit.ui.coder import labels, labels_codebook

    parts = [
        part()
        for name, part in inspect.getmembers(labels, inspect.isfunction)
        if name.startswith("_") and part.__module__ == labels.__name__
    ]
    parts.append(labels_codebook.codebook_labels())
    assert sum(map(len, parts)) == len(labels.labels())


def test_every_word_the_list_of_passages_says_is_sent_to_it() -> None:
    import re

    from qualikit.ui.reading.labels import labels

    known = labels()
    for module in [*(FRONTEND / "reading").glob("*.js"), FRONTEND / "palette.js"]:
        source = module.read_text("utf-8")
        for name in re.findall(r'\.say\("(\w+)"', source):
            assert name in known or (module.name, name) == ("palette.js", "create_code"), f"{module.name} says {name}"
        for name in re.findall(r'\.count\("(\w+)"', source):
            assert {f"{name}_one", f"{name}_other"} <= known.keys(), f"{module.name} counts {name}"
