"""The sample evaluation, built once in the user's own folder and found again after."""

from __future__ import annotations

from pathlib import Path

from qualikit import settings


def sample_project() -> Path:
    """The sample's project file: the one used last, or a new one where « qualikit demo » puts it."""
    from qualikit.sample import FILE, build

    for path in settings.recent_projects():
        if path.name == FILE:
            return path
    return build(Path.home() / "qualikit-demo")
