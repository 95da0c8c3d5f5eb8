"""The interview guide: its questions, where each is put in the texts, what is answered."""

from qualikit.corpus.guide.service import Guide

__all__ = ["Guide"]
