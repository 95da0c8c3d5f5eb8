"""A Streamlit server in a process forked from one that has imported what every server imports: it starts at once.

``qualikit.ui.main`` and what registers components are imported by the server itself: they need it to be running.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

import pandas  # noqa: F401
import streamlit
import streamlit.web.bootstrap
import streamlit.web.cli
import streamlit.web.server

import qualikit.project
import qualikit.sample
import qualikit.ui.state  # noqa: F401


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
