"""What an evaluator writes in Markdown, in the styles of a Word document: paragraphs, headings, lists, quotations,
bold, italics, links. What is not Markdown stays as it was written; a single line end is one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from qualikit.i18n import typography
from qualikit.themes.exporters.word.markup import paragraph, run

CITED = re.compile(r"\[@([0-9A-Za-z-]+)\]")
"""A passage cited by the id of a coding."""

_ITEM = re.compile(r"\s*(?:([-*+•])|(\d{1,3})[.)])\s+(.*)")
_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*")
_RULE = re.compile(r"\s*([-*_])(?:\s*\1){2,}\s*")
_INLINE = re.compile(
    r"\\(?P<plain>[\\`*_{}\[\]()#+.!>-])|\[@(?P<cited>[0-9A-Za-z-]+)\]|\*\*(?P<strong>\S(?:.*?\S)?)\*\*|"
    r"(?<!\w)__(?P<firm>\S(?:.*?\S)?)__(?!\w)|\*(?P<emphasis>[^\s*](?:[^*]*[^\s*])?)\*|"
    r"(?<!\w)_(?P<italic>[^\s_](?:[^_]*[^\s_])?)_(?!\w)|\[(?P<words>[^\]\[]+)\]\((?P<link>[^()\s]+)\)",
    re.DOTALL,
)

Cite = Callable[[str], str]
"""From the id of a coding to the markup that stands for it in the text."""


def rendered(text: str, cite: Cite, body: str = "qualikitCorps") -> str:
    """The markup of a text; ``body``: the style of its paragraphs."""
    return "".join(_blocks(text, cite, body))


def _blocks(text: str, cite: Cite, body: str) -> Iterator[str]:
    gathered: list[str] = []

    def told() -> Iterator[str]:
        if gathered:
            yield paragraph(body, *_runs("\n".join(gathered), cite))
            gathered.clear()

    for line in text.split("\n"):
        if not line.strip() or _RULE.fullmatch(line):
            yield from told()
        elif heading := _HEADING.fullmatch(line.strip()):
            yield from told()
            yield paragraph("qualikitIntertitre", *_runs(heading[1], cite))
        elif item := _ITEM.fullmatch(line):
            yield from told()
            mark = "–" if item[1] else f"{item[2]}."
            yield paragraph("qualikitPuce", run(f"{mark}\t"), *_runs(item[3], cite))
        elif line.lstrip().startswith(">"):
            yield from told()
            yield paragraph("qualikitCitation", *_runs(line.lstrip().lstrip("> "), cite))
        else:
            gathered.append(line.strip())
    yield from told()


def _runs(text: str, cite: Cite, style: str = "") -> Iterator[str]:
    place = 0
    for found in _INLINE.finditer(text):
        if found.start() > place:
            yield run(typography(text[place : found.start()]), style)
        place = found.end()
        if plain := found["plain"]:
            yield run(plain, style)
        elif cited := found["cited"]:
            yield cite(cited)
        elif strong := found["strong"] or found["firm"]:
            yield from _runs(strong, cite, "Strong")
        elif emphasis := found["emphasis"] or found["italic"]:
            yield from _runs(emphasis, cite, "Emphasis")
        else:
            yield run(typography(f"{found['words']} ({found['link']})"), style)
    if place < len(text):
        yield run(typography(text[place:]), style)
