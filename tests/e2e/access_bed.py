"""What axe finds on a page, and a page of a browser set up as its user has it. For test_accessibility*.py."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

OUT_OF_REACH: dict[str, str] = {}
"""Rules of axe that Streamlit's own elements break and page.js cannot mend: a selector's beginning, and why."""


def axe_source() -> str:
    package = pytest.importorskip("axe_core_python", reason="axe-core-python is not installed")
    return (Path(package.__file__).parent / "axe.min.js").read_text("utf-8")


@contextmanager
def page_in(browser: Any, **how: Any) -> Iterator[Any]:
    """A page of a browser set up in some way."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 720}, "locale": "fr-FR", **how})
    context.set_default_timeout(90_000)
    try:
        yield context.new_page()
    finally:
        context.close()


def faults(page: Any, axe: str, *, rules: str = "") -> list[str]:
    """What axe finds on the page as it is: rule, element, reason. ``rules``: only those of that tag of axe's
    (``cat.color``: all that another theme can change)."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    # Streamlit fades what it has just drawn anew, and axe would see the colours of the moment.
    page.wait_for_function(
        "document.getAnimations().every(each => each.playState !== 'running' || each.effect.getTiming().iterations === Infinity)"
    )
    found = page.evaluate(
        "tag => axe.run(document, {resultTypes: ['violations'], ...(tag ? {runOnly: {type: 'tag', values: [tag]}} : {})})",
        rules,
    )
    return [
        f"{rule['id']}: {node['target']} {node['html'][:120]} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
        if not str(node["target"][0]).startswith(OUT_OF_REACH.get(rule["id"], "\0"))
    ]
