"""The documents that the rows of a sheet are about, found by names that match only nearly."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import date as Date
from pathlib import PurePath

from qualikit.corpus import near_titles
from qualikit.corpus.guess import read_date
from qualikit.corpus.model import Document
from qualikit.corpus.naming import DATE, SOURCE, TERRITORY
from qualikit.corpus.pairing import EXACT, SHOWN, Pair, pair
from qualikit.corpus.sheet_plan import About, Option, SheetPlan, Target
from qualikit.corpus.sheet_rows import Known, attribute_fields, cell, columns_of, planned
from qualikit.i18n import _
from qualikit.sheets import Sheet
from qualikit.text import normalise

COMPARED = 25
"""Documents that one row is compared with in full: those that share most with it."""
SAMPLE = 40
"""Rows by which an unnamed column is recognised as that of the documents."""
LEAST = 4
"""Characters of a cell that may speak for its column."""
SURE = 75
"""Score from which a match speaks for the column it stands in."""


def about_documents(sheet: Sheet, file_name: str, by: str, known: Known) -> SheetPlan:
    """The plan of a sheet whose column ``by`` names documents."""
    ours = {"source_kind": sheet.column(*SOURCE), "territory": sheet.column(*TERRITORY), "date": sheet.column(*DATE)}
    columns = columns_of(sheet, ours, {by})
    names = [cell(row[by]) for _number, row in sheet.rows]
    days = [read_date(row[ours["date"]]) if ours["date"] else None for _number, row in sheet.rows]
    options, proposed = match_documents(names, days, known.documents)
    rows = [
        planned(number, name, row, columns, known, options[place], proposed[place])
        for place, ((number, row), name) in enumerate(zip(sheet.rows, names, strict=True))
    ]
    return SheetPlan(file_name, About.DOCUMENTS, by, columns, tuple(rows), _document_targets(known))


def _document_targets(known: Known) -> dict[str, Target]:
    return {
        document.id: Target(
            document.id,
            document.title,
            values={
                "source_kind": document.source_kind.value,
                "territory": document.territory or "",
                "date": document.date.isoformat() if document.date else "",
                **attribute_fields(document.attributes),
            },
        )
        for document in known.documents
    }


def match_documents(
    names: Sequence[str], days: Sequence[Date | None], known: Sequence[Document]
) -> tuple[list[tuple[Option, ...]], list[Option | None]]:
    """For each name, with the day that its row says, the documents it may mean, best first, and the one proposed."""
    exact: dict[str, set[int]] = defaultdict(set)
    titles: list[list[near_titles.Signature]] = []
    for place, document in enumerate(known):
        for written in (document.title, document.file_name, PurePath(document.file_name).stem):
            exact[normalise(written).strip()].add(place)
        forms = {near_titles.signature(document.title), near_titles.signature(document.file_name)}
        titles.append([_dated(form, document.date) for form in forms])
    rows = [_dated(near_titles.signature(name), day) for name, day in zip(names, days, strict=True)]
    weights = near_titles.Weights([forms[0] for forms in titles], set(rows))
    near = _Near(titles)
    candidates: list[list[Pair]] = []
    for name, row in zip(names, rows, strict=True):
        if name and name in exact:
            candidates.append([Pair(place, EXACT, _("même nom")) for place in sorted(exact[name])])
            continue
        found = []
        for place in near.to(row) if name else ():
            best = max((near_titles.match(row, form, weights) for form in titles[place]), key=lambda one: one.score)
            if best.score >= SHOWN:
                found.append(Pair(place, best.score, best.why))
        candidates.append(found)
    families: list[Hashable] = [
        row.base if near_titles.keys(row) else name for name, row in zip(names, rows, strict=True)
    ]
    return ranked_options(candidates, pair(candidates, families), [document.id for document in known])


def _dated(found: near_titles.Signature, day: Date | None) -> near_titles.Signature:
    return replace(found, dates=frozenset({day}), told=False) if day is not None and not found.dates else found


class _Near:
    """The documents that share most with a name, without comparing it with all of them."""

    def __init__(self, titles: Sequence[Sequence[near_titles.Signature]]) -> None:
        self._all = range(len(titles))
        self._bearers: dict[object, set[int]] = defaultdict(set)
        for place, forms in enumerate(titles):
            for form in forms:
                for key in near_titles.keys(form):
                    self._bearers[key].add(place)

    def to(self, row: near_titles.Signature) -> Iterable[int]:
        if len(self._all) <= COMPARED:
            return self._all
        shared: Counter[int] = Counter()
        # The rarest first: once they name enough, what everybody has would only be long to read.
        for bearers in sorted((self._bearers.get(key, set()) for key in near_titles.keys(row)), key=len):
            if len(shared) >= COMPARED and len(bearers) > COMPARED:
                break
            for place in bearers:
                shared[place] += len(self._all) // len(bearers)
        return [place for place, _weight in shared.most_common(COMPARED)]


def ranked_options(
    candidates: Sequence[Sequence[Pair]], chosen: Sequence[Pair | None], ids: Sequence[str]
) -> tuple[list[tuple[Option, ...]], list[Option | None]]:
    """For each row its options, the proposed one first, and the proposed one."""

    def option(found: Pair) -> Option:
        return Option(ids[found.target], found.score, found.why)

    options = []
    for pairs, best in zip(candidates, chosen, strict=True):
        first = [best] if best is not None else []
        rest = sorted((each for each in pairs if each != best), key=lambda each: (-each.score, each.target))
        options.append(tuple(option(each) for each in [*first, *rest][:8]))
    return options, [option(best) if best is not None else None for best in chosen]


def looks_like_documents(sheet: Sheet, known: Known, but: str | None) -> str | None:
    """The column whose cells are, for a third at least, surely names of documents."""
    best: tuple[float, str] | None = None
    rows = [row for _number, row in sheet.rows[:SAMPLE]]
    for column in sheet.columns:
        # One letter or a number alone is like too many things to say what its column is.
        names = [name if len(name) >= LEAST else "" for name in (cell(row[column]) for row in rows)]
        if column == but or not any(names):
            continue
        _every, proposed = match_documents(names, [None] * len(names), known.documents)
        sure = sum(1 for option in proposed if option is not None and option.score >= SURE) / len(rows)
        if sure >= 1 / 3 and (best is None or sure > best[0]):
            best = (sure, column)
    return best[1] if best else None
