"""How the Streamlit server is set: on this machine only, silent, with our colours.

One place for those who start it from Python; ``.streamlit/config.toml`` says the same to ``streamlit run app.py``
(a test compares the two).
"""

from __future__ import annotations

from typing import Any

OPTIONS: dict[str, Any] = {
    "server.address": "127.0.0.1",
    "server.fileWatcherType": "none",
    "server.maxUploadSize": 200,  # megabytes a file
    "browser.gatherUsageStats": False,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "runner.postScriptGC": False,  # a full collection after each run costs half a second on a large project
    "theme.baseRadius": "0.4rem",
    "theme.headingFontSizes": ["1.7rem", "1.3rem", "1.1rem", "1rem", "1rem", "0.9rem"],
    "theme.headingFontWeights": [600, 600, 600, 600, 600, 600],
    "theme.light.primaryColor": "#1d5c77",
    "theme.light.backgroundColor": "#ffffff",
    "theme.light.secondaryBackgroundColor": "#f3f5f4",
    "theme.light.textColor": "#1f2a30",
    "theme.light.linkColor": "#1d5c77",
    "theme.light.borderColor": "#d5dcda",
    "theme.light.sidebar.backgroundColor": "#f3f5f4",
    "theme.light.sidebar.secondaryBackgroundColor": "#e6ebe9",
    "theme.dark.primaryColor": "#2f7f9c",
    "theme.dark.backgroundColor": "#15191c",
    "theme.dark.secondaryBackgroundColor": "#1f262a",
    "theme.dark.textColor": "#e6eaea",
    "theme.dark.linkColor": "#83c5de",
    "theme.dark.borderColor": "#39444a",
    "theme.dark.sidebar.backgroundColor": "#1b2125",
    "theme.dark.sidebar.secondaryBackgroundColor": "#2a3338",
}


def flags() -> list[str]:
    """The options as arguments of ``streamlit run``."""
    return [f"--{name}={_written(value)}" for name, value in OPTIONS.items()]


def _written(value: Any) -> str:
    import json

    return value if isinstance(value, str) else json.dumps(value)
