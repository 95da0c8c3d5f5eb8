"""What qualikit remembers on this machine, outside any project: who works here, recent projects, the language."""

from __future__ import annotations

import getpass
import json
import os
from pathlib import Path
from typing import Any

RECENT_KEPT = 12


def home() -> Path:
    """The folder of the settings; ``QUALIKIT_HOME`` moves it."""
    if moved := os.environ.get("QUALIKIT_HOME"):
        return Path(moved)
    from platformdirs import user_config_path

    return Path(user_config_path("qualikit", appauthor=False))


def _read() -> dict[str, Any]:
    try:
        found = json.loads((home() / "settings.json").read_text("utf-8"))
    except (OSError, ValueError):  # none yet, or spoilt: settings are never worth an error
        return {}
    return found if isinstance(found, dict) else {}


def setting(key: str, default: Any = None) -> Any:
    """A value set earlier on this machine."""
    return _read().get(key, default)


def remember(key: str, value: Any) -> None:
    """Set a value for this machine. Silent where the folder cannot be written: settings are a comfort."""
    settings = {**_read(), key: value}
    try:
        home().mkdir(parents=True, exist_ok=True)
        partial = home() / f"settings.{os.getpid()}.json"
        partial.write_text(json.dumps(settings, ensure_ascii=False, indent=1), "utf-8")
        partial.replace(home() / "settings.json")
    except OSError:
        return


def known_coder() -> str:
    """The coder's name where somebody gave one: ``QUALIKIT_CODER``, or earlier on this machine; else empty."""
    return str(os.environ.get("QUALIKIT_CODER") or setting("coder") or "")


def default_coder() -> str:
    """The coder's name: the one known, or the machine's user."""
    if name := known_coder():
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "codeur"


def recent_projects() -> list[Path]:
    """Project files opened on this machine that are still there, the latest first."""
    return [path for path in map(Path, setting("recent", [])) if path.exists()]


def remember_project(path: Path) -> None:
    """Put a project file at the head of the recent ones."""
    others = [str(known) for known in recent_projects() if known != path]
    remember("recent", [str(path), *others][:RECENT_KEPT])
