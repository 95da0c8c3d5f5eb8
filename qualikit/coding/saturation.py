"""Saturation: how many codes are new in each document, in the order in which they were read, beside other orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qualikit.errors import CodebookError
from qualikit.i18n import _, ngettext
from qualikit.text import natural

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

Order = Literal["read", "date", "title"]
ORDERS: tuple[Order, ...] = ("read", "date", "title")
PERMUTATIONS, SEED = 1_000, 2024
LOW, HIGH = 0.05, 0.95
"""Quantiles of the envelope: of the random orders, nine in ten lie between them at each document."""
_AT_ONCE = 4_000_000  # numbers held together while orders are drawn


@dataclass(frozen=True)
class CodedDocument:
    """A document with codings: when the first one was made (ISO 8601 in UTC), what it is dated."""

    id: str
    title: str
    first_coded: str
    date: str | None = None


@dataclass(frozen=True)
class Step:
    """One more document: its codes, those that no document before it had, and how many are known by then.

    ``expected`` is the mean number of codes over all orders of the documents, ``low`` and ``high`` bound nine in ten of
    the random ones.
    """

    place: int
    document: CodedDocument
    codes: int
    new: tuple[str, ...]
    known: int
    expected: float
    low: float
    high: float


@dataclass(frozen=True)
class Saturation:
    """New codes document by document.

    ``codes_total``: the codes looked at, in service or with codings; ``documents_total``: the documents of the corpus,
    those without codings, which are in no step, included. ``once``: codes that stand in one document only.
    """

    order: Order
    steps: tuple[Step, ...]
    codes_total: int
    documents_total: int
    once: tuple[str, ...]
    coder: str | None
    permutations: int
    seed: int

    @property
    def known(self) -> int:
        """Codes met in all."""
        return self.steps[-1].known if self.steps else 0

    @property
    def since_last_new(self) -> int:
        """Documents read since the last one that had a new code."""
        return next((back for back, step in enumerate(reversed(self.steps)) if step.new), 0)

    @property
    def last_new(self) -> Step | None:
        """The last document that had a new code."""
        return next((step for step in reversed(self.steps) if step.new), None)

    def sentences(self) -> list[str]:
        """What it says, each figure with what it is out of."""
        if not self.steps:
            return [_("Aucun document ne porte encore de codage.")]
        read, last = len(self.steps), self.last_new
        assert last is not None
        found = ngettext("{n} code sur {total} est employé", "{n} codes sur {total} sont employés", self.known).format(
            n=self.known, total=self.codes_total
        )
        where = ngettext("dans {n} document codé sur {total}", "dans {n} documents codés sur {total}", read).format(
            n=read, total=self.documents_total
        )
        said = [f"{found} {where}."]
        back = self.since_last_new
        if back:
            since = ngettext(
                "{n} document lu depuis le dernier code nouveau (« {name} », dans « {title} »).",
                "{n} documents lus depuis le dernier code nouveau (« {name} », dans « {title} »).",
                back,
            )
        else:
            since = _("Le dernier document lu apporte encore un code nouveau (« {name} », dans « {title} »).")
        said.append(since.format(n=back, name=last.new[-1], title=last.document.title))
        once = ngettext(
            "{n} code sur {total} ne se trouve que dans un seul document.",
            "{n} codes sur {total} ne se trouvent que dans un seul document.",
            len(self.once),
        )
        said.append(once.format(n=len(self.once), total=self.known))
        return said

    def to_frame(self) -> pd.DataFrame:
        """One row a document: place, document, date, first_coded, codes, new, new_codes, known, expected, low, high,
        codes_total."""
        import pandas as pd

        return pd.DataFrame.from_records(
            [
                {
                    "place": step.place,
                    "document": step.document.title,
                    "date": step.document.date,
                    "first_coded": step.document.first_coded,
                    "codes": step.codes,
                    "new": len(step.new),
                    "new_codes": ", ".join(step.new),
                    "known": step.known,
                    "expected": step.expected,
                    "low": step.low,
                    "high": step.high,
                    "codes_total": self.codes_total,
                }
                for step in self.steps
            ],
            columns=[
                "place", "document", "date", "first_coded", "codes", "new", "new_codes", "known", "expected", "low",
                "high", "codes_total",
            ],
        )  # fmt: skip


def checked_order(order: str) -> Order:
    """The order of that name. Raises CodebookError, which lists them."""
    found = next((each for each in ORDERS if each == order), None)
    if found is None:
        raise CodebookError(
            _("Les documents ne peuvent pas être rangés par « {order} ».").format(order=order),
            _("Il y a : read (ordre de lecture), date, title (titre)."),
        )
    return found


def in_order(documents: Sequence[CodedDocument], order: Order) -> list[CodedDocument]:
    """The documents in the order in which they were read (first coding), of their dates, or of their titles; those that
    have no date come last."""
    by_title = sorted(documents, key=lambda document: (natural(document.title), document.id))
    if order == "read":
        return sorted(by_title, key=lambda document: document.first_coded)
    if order == "date":
        return sorted(by_title, key=lambda document: (document.date is None, document.date or ""))
    return by_title


def saturation(
    documents: Sequence[CodedDocument],
    codes: Sequence[tuple[str, str]],
    pairs: Sequence[tuple[str, str]],
    *,
    order: Order = "read",
    documents_total: int,
    coder: str | None = None,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> Saturation:
    """New codes in each document. ``codes``: (id, name) of those looked at; ``pairs``: (document id, code id), a pair
    as often as one likes."""
    import numpy as np

    ordered = in_order(documents, order)
    rows = {document.id: place for place, document in enumerate(ordered)}
    columns = {id: place for place, (id, _name) in enumerate(codes)}
    present = np.zeros((len(ordered), len(codes)), dtype=bool)
    kept = [(rows[document], columns[code]) for document, code in pairs if document in rows and code in columns]
    if kept:
        where = np.array(kept)
        present[where[:, 0], where[:, 1]] = True
    met = first_places(present)
    expected, (low, high) = expected_curve(present), envelope(present, permutations, seed)
    names = [name for _id, name in codes]
    steps, known = [], 0
    for place, document in enumerate(ordered):
        new = tuple(names[code] for code in np.flatnonzero(met == place).tolist())
        known += len(new)
        steps.append(
            Step(
                place + 1, document, int(present[place].sum()), new, known,
                float(expected[place]), float(low[place]), float(high[place]),
            )
        )  # fmt: skip
    once = tuple(names[code] for code in np.flatnonzero(present.sum(axis=0) == 1).tolist())
    return Saturation(order, tuple(steps), len(codes), documents_total, once, coder, permutations, seed)


def first_places(present: Bools) -> Ints:
    """For each code (column), the first document (row) that has it; the number of documents where none has."""
    import numpy as np

    found: Ints = np.where(present.any(axis=0), present.argmax(axis=0) if len(present) else 0, len(present))
    return found


def expected_curve(present: Bools) -> Floats:
    """Mean number of codes known after 1, 2… N documents, over all N! orders, exactly:
    E(k) = sum over codes of 1 - C(N - n, k) / C(N, k), n being the number of documents that have the code.

    Sample-based rarefaction: Shinozaki (1963); Colwell, Mao and Chang (2004), « Interpolating, extrapolating, and
    comparing incidence-based species accumulation curves », Ecology 85(10), equation 5; the same combinatorics for
    individuals in Hurlbert (1971), Ecology 52(4).
    """
    import numpy as np

    total = len(present)
    counts = present.sum(axis=0)
    counts = counts[counts > 0]
    if not total:
        return np.zeros(0)
    # C(N - n, k) / C(N, k) is the product over j < k of (N - n - j) / (N - j): no factorial that overflows.
    steps = np.arange(total)
    missed = np.cumprod(np.clip((total - counts[:, None] - steps) / (total - steps), 0, None), axis=1)
    curve: Floats = (1 - missed).sum(axis=0)
    return curve


def envelope(present: Bools, permutations: int = PERMUTATIONS, seed: int = SEED) -> tuple[Floats, Floats]:
    """At 1, 2… N documents, the number of codes below which 5 in 100 of ``permutations`` random orders stay, and that
    above which 5 in 100 rise. The same ``seed`` gives the same figures."""
    import numpy as np

    curves = curves_of(present, permutations, seed)
    if not curves.size:
        return np.zeros(len(present)), np.zeros(len(present))
    low, high = np.quantile(curves, (LOW, HIGH), axis=0)
    return low, high


def curves_of(present: Bools, permutations: int, seed: int) -> Ints:
    """Codes known after each document, one row for each random order."""
    import numpy as np

    total = len(present)
    code, document = np.nonzero(present.T)  # pairs code by code
    curves = np.zeros((permutations, total), dtype=np.int64)
    if not len(code):
        return curves
    begins = np.flatnonzero(np.diff(code, prepend=-1))
    random = np.random.default_rng(seed)
    together = max(1, _AT_ONCE // max(len(code), total))
    for start in range(0, permutations, together):
        some = min(together, permutations - start)
        ranks = random.permuted(np.tile(np.arange(total), (some, 1)), axis=1)
        # Each code is met at the least rank of the documents that have it.
        first = np.minimum.reduceat(ranks[:, document], begins, axis=1)
        flat = first + total * np.arange(some)[:, None]
        new = np.bincount(flat.ravel(), minlength=some * total).reshape(some, total)
        curves[start : start + some] = np.cumsum(new, axis=1)
    return curves
