"""Where the files that come with qualikit are: the codebooks, the sample evaluation, the page that Streamlit starts."""

from __future__ import annotations

from pathlib import Path


def shipped(name: str) -> Path:
    """The shipped file or folder of that name: inside an installed package, or beside the package in a checkout."""
    package = Path(__file__).parent
    inside = package / "_shipped" / name
    return inside if inside.exists() else package.parent / name


def codebooks() -> Path:
    """The folder of the codebooks."""
    return shipped("codebooks")


def transcripts_sample() -> Path:
    """The folder of the sample evaluation."""
    return shipped("transcripts_sample")


def app() -> Path:
    """The script that Streamlit runs."""
    return shipped("app.py")
