"""Making the component known to Streamlit, from this very folder.

Modules that import each other must be served as files, and Streamlit serves files only for components it has found in
the manifest of an installed distribution. Its own search (``qualikit/pyproject.toml``, read when the server starts)
finds an installed wheel and an editable install. It finds nothing in a checkout that is only on ``sys.path``, and with
another copy installed it may pair the Python of one with the JavaScript of the other. So the manifest is handed over
again at the first mount, with the folder that this module is in; where Streamlit has changed so that this cannot be
done, its own search remains.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, cast

NAME = "qualikit.coder"
READING = "qualikit.reading"
"""The list of passages: served from the same folder, since it is made of the same parts."""
PACKAGE = Path(__file__).resolve().parents[2]
FRONTEND = Path(__file__).resolve().parent / "frontend"

_ENTRIES = {NAME: "index.js", READING: "reading/index.js"}

Renderer = Callable[..., Any]

_lock = threading.Lock()


def renderer(name: str = NAME) -> Renderer:
    """What mounts the component of that name; call it inside a script run."""
    with _lock:
        _serve_from_here(name)
        return _component(name)


def frontend_files() -> list[str]:
    """Addresses of the component's modules and style sheet, below the one where Streamlit serves components.

    They are served when this returns: a browser does not ask twice for a module that was not there.
    """
    with _lock:
        _serve_from_here(NAME)
    return _files()


@cache
def _files() -> list[str]:
    return [f"{NAME}/{file.name}" for file in sorted(FRONTEND.iterdir()) if file.suffix in {".js", ".css"}]


@cache
def _component(name: str) -> Renderer:
    import streamlit as st

    # Not isolated in a shadow root: the reader's selection, Selection.modify and the browser's own search work in the
    # page's tree only. Every rule of the style sheet starts from a class of ours instead.
    return cast(Renderer, st.components.v2.component(name, js=_ENTRIES[name], isolate_styles=False))


def _serve_from_here(name: str) -> None:
    try:
        from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
        from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

        manager = get_bidi_component_manager()
        if manager.get_component_asset_root(name) == FRONTEND:
            return
        package, component = name.split(".")
        config = ComponentConfig(name=component, asset_dir=FRONTEND.relative_to(PACKAGE).as_posix())
        manager.register_from_manifest(ComponentManifest(package, "0", [config]), PACKAGE)
    except (ImportError, AttributeError, TypeError):
        return
