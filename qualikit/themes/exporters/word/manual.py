"""The coding manual as a Word document: contents, a heading and a table for each code, the versions of the codebook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date
from itertools import count
from typing import BinaryIO

from qualikit.coding.model import CodeKind, position_label
from qualikit.i18n import _, ngettext
from qualikit.themes.exporters.cleaning import quotation
from qualikit.themes.exporters.word.markup import (
    CM,
    MARGIN,
    PAGE_HEIGHT,
    TableCell,
    TableRow,
    bookmarked,
    caption,
    colored,
    contents,
    page_break,
    paragraph,
    run,
    table,
)
from qualikit.themes.exporters.word.overview import HEADER_SHADE
from qualikit.themes.exporters.word.package import word_file
from qualikit.themes.manual import Entry, Example, Manual

_DEEPEST = 6
"""Word has nine levels of headings; a codebook deeper than that is printed on the last of these."""
_LABEL_WIDTH = int(3.6 * CM)
_WIDTH = PAGE_HEIGHT - 2 * MARGIN  # of the text, the page being upright
_LONG_ROW = 1_500


def write_manual(manual: Manual, target: BinaryIO, *, title: str = "", date: Date | None = None) -> None:
    """Write the manual: A4 upright, everything in named styles, the tree as headings."""
    title = title or _("Manuel de codage")
    date = date or Date.today()
    marks: list[tuple[int, str, str]] = []
    numbers, tables = count(1), count(1)
    body: list[str] = []

    def heading(level: int, words: str) -> None:
        number = next(numbers)
        marks.append((level, words, f"_Code{number}"))
        body.append(bookmarked(f"Heading{level}", f"_Code{number}", number, words))

    for entry in manual.entries:
        heading(min(entry.depth + 1, _DEEPEST), entry.code.name)
        body += _code(manual, entry)
    if manual.retired:
        heading(1, _("Codes en retrait"))
        retired = _("Ces codes gardent leurs codages et n'en reçoivent plus de nouveaux.")
        body.append(paragraph("qualikitExplication", run(retired)))
        for entry in manual.retired:
            heading(2, entry.path)
            body += _code(manual, entry)
    if manual.versions:
        heading(1, _("Versions de la grille"))
        body.append(_versions(manual, tables))
    head = [
        paragraph("Title", run(title)),
        paragraph(
            "Subtitle", run(" · ".join(part for part in (manual.project, _version(manual), f"{date:%d/%m/%Y}") if part))
        ),
        *(paragraph("Normal", run(text)) for text in manual.codebook.description.split("\n") if text),
        paragraph("qualikitExplication", run(_presentation(manual))),
        contents(marks, _DEEPEST) if marks else "",
        page_break(),
    ]
    markup = "".join([*head, *body])
    target.write(word_file(markup, title=title, project=manual.project, date=date, portrait=True, with_contents=True))


def _version(manual: Manual) -> str:
    if manual.current is None:
        return _("grille en cours") if manual.versions else ""
    return _("version {n}, {name}").format(n=manual.current.number, name=manual.current.name)


def _presentation(manual: Manual) -> str:
    n = len(manual.entries)
    said = [ngettext("Cette grille a {n} code.", "Cette grille a {n} codes.", n).format(n=n)]
    if manual.retired:
        away = len(manual.retired)
        retired = ngettext("{n} autre est en retrait.", "{n} autres sont en retrait.", away)
        said.append(retired.format(n=away))
    if manual.counted:
        said.append(
            _(
                "Les codages comptés pour un code sont les siens, de tous les codeurs, sans ceux des codes rangés "
                "sous lui."
            )
        )
    return " ".join(said)


def _code(manual: Manual, entry: Entry) -> Iterator[str]:
    code = entry.code
    facts = []
    if code.kind is CodeKind.POSITION and code.value is not None:
        facts.append(_("Position : {value}").format(value=position_label(code.value).lower()))
    if code.shortcut:
        facts.append(_("Raccourci {key}").format(key=code.shortcut))
    if manual.counted:
        facts.append(manual.use_of(entry))
    # The colour is named as well: a manual is often printed in grey.
    yield paragraph("qualikitFiche", colored("■ ", code.color), run(" · ".join([code.color, *facts])))
    rows = [
        (_("Définition"), [paragraph("qualikitTexte", run(line)) for line in _lines(code.definition)]),
        (_("Quand l'employer"), [paragraph("qualikitTexte", run(line)) for line in _lines(code.use)]),
        (_("Quand ne pas l'employer"), [paragraph("qualikitTexte", run(line)) for line in _lines(code.avoid)]),
        (_("Mots-clés"), [paragraph("qualikitTexte", run(", ".join(code.keywords)))] if code.keywords else []),
        (
            _("Exemple") if len(entry.examples) == 1 else _("Exemples"),
            [part for example in entry.examples for part in _example(example)],
        ),
    ]
    lines = [
        TableRow(
            [TableCell(paragraph("qualikitEntete", run(label)), shade=HEADER_SHADE), TableCell("".join(paragraphs))],
            whole=sum(map(len, paragraphs)) < _LONG_ROW,
        )
        for label, paragraphs in rows
        if paragraphs
    ]
    if lines:
        yield table([_LABEL_WIDTH, _WIDTH - _LABEL_WIDTH], lines, title=code.name, first_row=False)
    else:
        yield paragraph("qualikitExplication", run(_("Ce code n'a pas encore de définition.")))


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _example(example: Example) -> Iterator[str]:
    words = quotation(example.quote)
    quoted = words if words.startswith("«") else _("« {quote} »").format(quote=words)
    yield paragraph("qualikitVerbatim", run(quoted))
    if example.reference:
        yield paragraph("qualikitReference", run(f"— {example.reference}"))


def _versions(manual: Manual, tables: Iterator[int]) -> str:
    widths = [int(1.2 * CM), int(4 * CM), int(2.6 * CM), int(2.8 * CM)]
    widths.append(_WIDTH - sum(widths))
    headings = (_("N°"), _("Version"), _("Date"), _("Qui"), _("Pourquoi"))
    rows = [
        TableRow(
            [TableCell(paragraph("qualikitEntete", run(words)), shade=HEADER_SHADE) for words in headings], header=True
        )
    ]
    for version in manual.versions:
        cells = (
            str(version.number),
            version.name,
            f"{version.created.astimezone():%d/%m/%Y}",
            version.coder,
            version.note,
        )
        rows.append(TableRow([TableCell(paragraph("qualikitTexte", run(words))) for words in cells]))
    title = _("Versions de la grille")
    return caption(tables, title) + table(widths, rows, title=title)
