"""The room of the themes: what the codings mean."""

from qualikit.themes.themes import Themes

__all__ = ["Themes"]
