"""The two sides of a matrix: what its rows and its columns stand for, and in which of them each unit counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualikit.coding.model import Codebook
from qualikit.themes.dimensions import Dimension, headings
from qualikit.themes.facts import Facts
from qualikit.themes.model import Row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Axis:
    """``lines``: one for each value, without the total, whose place is after theirs.

    Units fall into groups that count alike: ``group`` of each; the lines of a group are the ``lengths`` numbers of
    ``flat`` from ``firsts`` on. ``of_voice`` and ``of_document`` (its own words; -1: none) are the lines in which
    something could be said; None where the value is the coding's own, so that every voice could have said it.
    ``own``: the line of each unit that is its code itself, not one above it; -1: none; None where no line is a code.
    """

    kind: Dimension
    lines: tuple[Row, ...]
    group: Ints
    flat: Ints
    firsts: Ints
    lengths: Ints
    of_voice: Ints | None = None
    of_document: Ints | None = None
    own: Ints | None = None

    @property
    def size(self) -> int:
        """How many lines there are, the total included."""
        return len(self.lines) + 1


def rows_of(codebook: Codebook, chosen: set[str] | None, levels: int | None = None) -> list[Row]:
    """The codes as rows, in reading order; ``chosen``: only these ids, each under the nearest chosen one above it.
    ``levels``: only so many levels of that tree."""
    kept = [code for code in codebook if chosen is None or code.id in chosen]
    above: dict[str, tuple[str, ...]] = {
        code.id: tuple(a.id for a in codebook.ancestors(code.id) if chosen is None or a.id in chosen) for code in kept
    }
    kept = [code for code in kept if levels is None or len(above[code.id]) < levels]
    parents = {above[code.id][-1] for code in kept if above[code.id]}
    return [
        Row(
            key=code.id,
            name=code.name,
            depth=len(above[code.id]),
            path=(*(ancestor.name for ancestor in codebook.ancestors(code.id)), code.name),
            parent_id=above[code.id][-1] if above[code.id] else None,
            children=code.id in parents,
            color=code.color,
            definition=code.definition,
        )
        for code in kept
    ]


def axis(facts: Facts, kind: Dimension, codes: Sequence[Row], *, nested: bool = True) -> Axis:
    """The lines of a dimension; ``codes`` are those of the codebook that are shown."""
    if kind.name == "code":
        return _of_codes(facts, kind, codes, nested)
    if kind.name == "coder":
        return _of_coders(facts, kind)
    return _of_what_is_said(facts, kind)


def _of_codes(facts: Facts, kind: Dimension, rows: Sequence[Row], nested: bool) -> Axis:
    import numpy as np

    group = facts.code[facts.unit_coding]
    flat, lengths, own = lines_by_code(facts.codebook, rows, nested)
    firsts = np.cumsum(lengths) - lengths
    return Axis(kind, tuple(rows), group, flat, firsts, lengths, own=own[group])


def lines_by_code(codebook: Codebook, rows: Sequence[Row], nested: bool) -> tuple[Ints, Ints, Ints]:
    """For the codes in order: the lines each counts in, end to end; how many they are; the code's own line, or -1.

    The total is the last; codes that are in no line are not in it either.
    """
    import numpy as np

    place = {row.key: number for number, row in enumerate(rows)}
    flat: list[int] = []
    lengths: list[int] = []
    for code in codebook:
        above = codebook.ancestors(code.id) if nested else ()
        found = [place[each.id] for each in (*above, code) if each.id in place]
        found += [len(rows)] if found else []
        flat += found
        lengths.append(len(found))
    own = [place.get(code.id, -1) for code in codebook]
    return np.array(flat, dtype=np.int64), np.array(lengths, dtype=np.int64), np.array(own, dtype=np.int64)


def _of_coders(facts: Facts, kind: Dimension) -> Axis:
    import numpy as np

    lines = tuple(Row(name, name, path=(name,)) for name in facts.coders)
    flat, firsts, lengths = _with_total(np.arange(len(lines)), len(lines))
    return Axis(kind, lines, facts.coder[facts.unit_coding], flat, firsts, lengths)


def _of_what_is_said(facts: Facts, kind: Dimension) -> Axis:
    import numpy as np

    voice = [
        kind.value_of(facts.documents[document], facts.people[person])
        for document, person in zip(facts.voice_document.tolist(), facts.voice_person.tolist(), strict=True)
    ]
    own = [kind.value_of(document, None) for document in facts.documents]
    counted = np.ones(len(own), dtype=np.bool_) if facts.own is None else facts.own
    unvoiced = np.unique(facts.document[facts.unit_coding[facts.unit_voice < 0]]).tolist()
    values = set(voice) | {own[number] for number in unvoiced}
    if kind.documents_have_it:
        values |= {value for value, there in zip(own, counted.tolist(), strict=True) if there}
    homes = _homes(facts) if kind.name == "participant" else {}
    labels = headings(kind, values, facts.documents, facts.people, homes, facts.orders.get(kind.name, ()))
    place = {value: number for number, value in enumerate(labels)}
    of_voice = np.array([place[value] for value in voice], dtype=np.int64)
    of_document = np.array([place.get(value, -1) for value in own], dtype=np.int64)
    of_document[~counted] = -1
    voiced = facts.unit_voice >= 0
    group = np.where(voiced, facts.unit_voice, len(voice) + facts.document[facts.unit_coding])
    flat, firsts, lengths = _with_total(np.concatenate([of_voice, of_document]), len(labels))
    lines = tuple(Row(value, label, path=(label,)) for value, label in labels.items())
    return Axis(kind, lines, group, flat, firsts, lengths, of_voice, of_document)


def _with_total(line: Ints, total: int) -> tuple[Ints, Ints, Ints]:
    """Groups that count in one line each, and in the total."""
    import numpy as np

    flat = np.stack([line, np.full(len(line), total, dtype=np.int64)], axis=1).ravel()
    return flat, np.arange(len(line)) * 2, np.full(len(line), 2, dtype=np.int64)


def _homes(facts: Facts) -> dict[str, str]:
    """Title of the first document in which each person speaks."""
    pairs = zip(facts.voice_person.tolist(), facts.voice_document.tolist(), strict=True)
    return {facts.people[person].id: facts.documents[document].title for person, document in reversed(list(pairs))}
