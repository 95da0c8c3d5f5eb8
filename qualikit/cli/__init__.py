"""The command line: one file a group of commands. :func:`main` is what ``qualikit`` runs."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0; 1 for a refusal, said on stderr; 2 for wrong usage."""
    from qualikit.cli.running import run

    return run(sys.argv[1:] if arguments is None else list(arguments))
