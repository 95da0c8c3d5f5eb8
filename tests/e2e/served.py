"""A Streamlit server in a process forked from one that has imported what every server imports: it starts at once.

``qualikit.ui.main`` and what registers components are imported by the server itself: they need it to be running.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from collections.abc import Mapping, Sequence

import pandas  # noqa: F401
import streamlit
import streamlit.web.bootstrap
import streamlit.web.cli
import streamlit.web.server

import qualikit.coding
import qualikit.corpus
import qualikit.project
import qualikit.sample
import qualikit.store
import qualikit.themes
import qualikit.ui.state

for room in (qualikit.store, qualikit.corpus, qualikit.coding, qualikit.themes):
    for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
        if ".migrations." not in module.name:
            importlib.import_module(module.name)


def serve(arguments: Sequence[str], folder: str, env: Mapping[str, str], log: str) -> None:
    """``streamlit`` with these arguments, as if it had been started in that folder with that environment."""
    told = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(told, 1)
    os.dup2(told, 2)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = ["streamlit", *arguments]
    streamlit.web.cli.main(list(arguments), prog_name="streamlit")
