"""What a language model answers, read without trust: each item holds word for word, or is refused. Pure.

A transcript may hold sentences written for the model rather than for a reader. What they could make it say goes through
here like the rest: codes that were asked about, words that are in the passage, a reason that is shown as plain text.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qualikit.coding.endpoint.hiding import plain_spaces
from qualikit.text import Span, fold, normalise

REASON = 200
"""Characters of a reason."""
_MOST_ITEMS = 50
_LONGEST = 50_000
_SURE = {"sûr": True, "sur": True, "sure": True, "incertain": False, "unsure": False}
_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_FENCED = re.compile(r"\A\s*```(?:json)?\s*(.*?)\s*```\s*\Z", re.DOTALL)


@dataclass(frozen=True)
class Item:
    """A code for a span of the passage as it was sent."""

    code_id: str
    span: Span
    sure: bool
    reason: str


class NoAnswer(Exception):
    """What came is not an answer to the question."""


def content_of(answer: bytes) -> str:
    """What the model said, in the server's answer. Raises NoAnswer."""
    found = _json(_decoded(answer))
    try:
        content = found["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError) as error:
        raise NoAnswer from error
    if not isinstance(content, str) or len(content) > _LONGEST:
        raise NoAnswer
    return content


def read(content: str, passage: str, codes: Mapping[str, str]) -> tuple[list[Item], int]:
    """The items that hold, and how many do not. ``codes``: ids by the number or the folded name they may be called by;
    ``passage`` as it was sent. Raises NoAnswer."""
    content = _THOUGHT.sub("", content, count=1)
    if fenced := _FENCED.fullmatch(content):
        content = fenced.group(1)
    found = _json(content.strip())
    items = found.get("codes") if isinstance(found, dict) else None
    if not isinstance(items, list):
        raise NoAnswer
    kept = [_item(each, passage, codes) for each in items[:_MOST_ITEMS]]
    good = [each for each in kept if each is not None]
    return good, len(items) - len(good)


def _item(said: Any, passage: str, codes: Mapping[str, str]) -> Item | None:
    if not isinstance(said, dict):
        return None
    values = [said.get(name) for name in ("code", "citation", "certitude", "raison")]
    if not all(isinstance(value, str) for value in values):
        return None
    code, quote, certainty, why = (str(value) for value in values)
    code_id = codes.get(code.strip()) or codes.get(fold(code).strip()) or codes.get(code.partition(":")[0].strip())
    sure = _SURE.get(certainty.strip().lower())
    reason = plain(why)
    quote = plain_spaces(normalise(quote)).strip()
    start = passage.find(quote) if any(map(str.isalnum, quote)) else -1
    if code_id is None or sure is None or not reason or start < 0:
        return None
    return Item(code_id, Span(start, start + len(quote)), sure, reason)


def plain(text: str) -> str:
    """Words for a line of the page: no control or direction sign, no line break, no more than ``REASON`` characters."""
    visible = "".join(
        " " if sign.isspace() else sign for sign in text if sign.isspace() or unicodedata.category(sign)[0] != "C"
    )
    words = " ".join(normalise(visible).split()).translate({ord(sign): None for sign in "{}<>"})
    return words if len(words) <= REASON else f"{words[: REASON - 1].rstrip()}…"


def _decoded(answer: bytes) -> str:
    try:
        return answer.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NoAnswer from error


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:  # also numbers of too many figures, lists in lists in lists
        raise NoAnswer from error
