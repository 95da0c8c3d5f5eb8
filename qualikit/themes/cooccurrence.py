"""Which codes meet: in the same words, the same turn, a few turns apart, the same document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qualikit.coding.names import name_key
from qualikit.errors import MatrixError
from qualikit.i18n import _, ngettext
from qualikit.store import Store
from qualikit.themes.axes import lines_by_code, rows_of
from qualikit.themes.counting import distinct, unique
from qualikit.themes.facts import Facts
from qualikit.themes.model import Row
from qualikit.themes.narrowing import Scope, asked_codes, read_narrowed
from qualikit.themes.reading.query import FARTHEST, NEAR_TURNS, Relation
from qualikit.themes.reading.relations import Places, related
from qualikit.themes.statistics.meeting import meeting_pairs
from qualikit.themes.wording import listed

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]

RELATIONS = (Relation.OVERLAPPING, Relation.TURN, Relation.NEAR, Relation.DOCUMENT)
VALUES = ("passages", "turns", "jaccard", "documents", "pairs")


def relation_label(relation: Relation) -> str:
    """How two codes meet, for the user."""
    return {
        Relation.OVERLAPPING: _("par des mots communs"),
        Relation.TURN: _("dans un même tour de parole"),
        Relation.NEAR: _("à quelques tours de parole"),
        Relation.DOCUMENT: _("dans un même document"),
    }[relation]


def value_label(value: str) -> str:
    """The value for the user."""
    return {
        "passages": _("Passages"),
        "turns": _("Tours de parole"),
        "jaccard": _("Indice de Jaccard"),
        "documents": _("Documents"),
        "pairs": _("Paires de codages"),
    }[value]


@dataclass(frozen=True, eq=False)
class Counted:
    """Codings, each with every row that it counts in, and where they are."""

    facts: Facts
    places: Places
    coding: Ints
    row: Ints

    def coding_ids(self, one: int, other: int, relation: Relation, distance: int) -> list[str]:
        """Ids of those of one row that stand so to one of the other."""
        import numpy as np

        masks = []
        for row in (one, other):
            mask = np.zeros(len(self.facts.code), dtype=np.bool_)
            mask[self.coding[self.row == row]] = True
            masks.append(mask)
        found = related(self.places, masks[0], masks[1], relation, distance)
        return [self.facts.coding_ids[place] for place in np.flatnonzero(found).tolist()]


@dataclass(frozen=True, eq=False)
class Cooccurrence:
    """How often each of n codes meets each other; arrays are n, or n × n by ``rows``.

    - ``met``: passages of the row's code that meet one of the column's, out of ``passages`` of the row's. Codings of
      one code that overlap are one passage, whoever made them.
    - ``turns_both``: distinct turns that hold words of both, out of those that hold words of either: Jaccard's index
      (1901), whatever the relation. ``turns``: those of each.
    - ``documents_both``, ``documents``: the same for documents.
    - ``pairs``: pairs of codings, one of each code, that stand so.

    ``apart``: False where one of the two is the other, or holds it (``nested``): nothing is said of these.
    """

    rows: tuple[Row, ...]
    relation: Relation
    distance: int
    passages: Ints
    met: Ints
    turns: Ints
    turns_both: Ints
    documents: Ints
    documents_both: Ints
    pairs: Ints
    apart: Mask
    codings: int
    documents_total: int
    coders: tuple[str, ...] = ()
    nested: bool = False
    said: str = ""
    counted: Counted | None = field(default=None, repr=False)
    """Which codings they are, for reading the passages."""

    @property
    def jaccard(self) -> NDArray[np.float64]:
        """Turns with both out of turns with either, from 0 to 1; 0 where there is none."""
        import numpy as np

        either = self.turns[:, None] + self.turns[None, :] - self.turns_both
        shares: NDArray[np.float64] = np.divide(self.turns_both, either, out=np.zeros(either.shape), where=either > 0)
        return shares

    @property
    def is_empty(self) -> bool:
        """True where no two codes meet."""
        return not self.pairs.any()

    def place(self, code: str | Row) -> int:
        """The place in ``rows`` of a code, by id or name. Raises MatrixError."""
        if isinstance(code, Row):
            code = code.key
        for number, row in enumerate(self.rows):
            if row.key == code or name_key(row.name) == name_key(code):
                return number
        raise MatrixError(_("La matrice n'a pas de ligne « {name} ».").format(name=code), _("Vérifiez ce nom."))

    def coding_ids(self, one: str | Row, other: str | Row) -> list[str]:
        """Ids of the codings of the first code that meet one of the second, in the order of the documents. Raises
        MatrixError."""
        here, there = self.place(one), self.place(other)
        if self.counted is None or not self.apart[here, there]:
            return []
        return self.counted.coding_ids(here, there, self.relation, self.distance)

    def figure(self, one: int, other: int, value: str) -> tuple[float, int | None] | None:
        """A figure and what it is out of; None where the two are one code, or one above the other."""
        if not self.apart[one, other]:
            return None
        if value == "passages":
            return int(self.met[one, other]), int(self.passages[one])
        if value in ("turns", "documents"):
            each, both = getattr(self, value), getattr(self, f"{value}_both")[one, other]
            return int(both), int(each[one] + each[other] - both)
        if value == "jaccard":
            return float(self.jaccard[one, other]), None
        return int(self.pairs[one, other]), None

    def to_records(self) -> Iterator[dict[str, Any]]:
        """One dictionary for two codes that could meet, in the order of the codebook, those that never do included."""
        jaccard = self.jaccard
        for one in range(len(self.rows)):
            for other in range(one + 1, len(self.rows)):
                if self.apart[one, other]:
                    turns, documents = self.figure(one, other, "turns"), self.figure(one, other, "documents")
                    assert turns is not None
                    assert documents is not None
                    yield {
                        "code": self.rows[one].name,
                        "other": self.rows[other].name,
                        "passages": int(self.met[one, other]),
                        "passages_total": int(self.passages[one]),
                        "other_passages": int(self.met[other, one]),
                        "other_passages_total": int(self.passages[other]),
                        "turns": turns[0],
                        "turns_total": turns[1],
                        "jaccard": round(float(jaccard[one, other]), 4),
                        "documents": documents[0],
                        "documents_total": documents[1],
                        "pairs": int(self.pairs[one, other]),
                    }

    def to_frame(self, value: str = "passages") -> pd.DataFrame:
        """Codes by codes, one of ``VALUES``; missing where the two are not apart. Raises MatrixError."""
        import pandas as pd

        checked(value)
        counts = {"passages": self.met, "turns": self.turns_both, "documents": self.documents_both, "pairs": self.pairs}
        names = [row.name for row in self.rows]
        if value == "jaccard":
            frame = pd.DataFrame(self.jaccard, index=names, columns=names)
        else:
            frame = pd.DataFrame(counts[value], index=names, columns=names).astype("Int64")
        return frame.where(self.apart).rename_axis(index="code", columns="other")

    @property
    def how(self) -> str:
        """« dans le même tour de parole »."""
        return {
            Relation.OVERLAPPING: _("dont les mots se recouvrent"),
            Relation.TURN: _("dans le même tour de parole"),
            Relation.NEAR: ngettext(
                "à {n} tour de parole au plus", "à {n} tours de parole au plus", self.distance
            ).format(n=self.distance),
            Relation.DOCUMENT: _("dans le même document"),
        }[self.relation]

    @property
    def title(self) -> str:
        return _("Cooccurrences des codes, {how}").format(how=self.how)

    @property
    def explanation(self) -> str:
        """What is counted and out of how many, in a paragraph for the reader."""
        counted = ngettext("{n} codage", "{n} codages", self.codings).format(n=self.codings)
        inside = ngettext("{n} document", "{n} documents", self.documents_total).format(n=self.documents_total)
        by = ngettext("codeur : {names}", "codeurs : {names}", len(self.coders)).format(names=listed(self.coders))
        said = [_("{codings} dans {documents} ({coders}).").format(codings=counted, documents=inside, coders=by)]
        if self.said:
            said.append(_("Seulement : {conditions}.").format(conditions=self.said))
        said += [
            _standing(self.relation, self.distance),
            _(
                "Passages : ceux du code de la ligne qui rencontrent un passage du code de la colonne, sur tous ceux "
                "du code de la ligne ; des codages du même code qui se recouvrent n'en font qu'un."
            ),
            _(
                "Tours de parole : ceux qui contiennent des mots des deux codes, sur ceux qui contiennent des mots de "
                "l'un ou de l'autre ; leur rapport est l'indice de Jaccard, de 0 à 1."
            ),
        ]
        if self.nested:
            said.append(
                _(
                    "Un code compte aussi les codes rangés sous lui ; rien n'est dit d'un code et de ceux qu'il "
                    "contient."
                )
            )
        return " ".join(said)


def _standing(relation: Relation, distance: int) -> str:
    return {
        Relation.OVERLAPPING: _("Deux passages se rencontrent quand ils ont des mots communs."),
        Relation.TURN: _("Deux passages se rencontrent quand un tour de parole contient des mots des deux."),
        Relation.NEAR: ngettext(
            "Deux passages se rencontrent quand il y a {n} tour de parole de l'un à l'autre, au plus.",
            "Deux passages se rencontrent quand il y a {n} tours de parole de l'un à l'autre, au plus.",
            distance,
        ).format(n=distance),
        Relation.DOCUMENT: _("Deux passages se rencontrent quand ils sont dans le même document."),
    }[relation]


def checked(value: str) -> str:
    """That value. Raises MatrixError, which lists them."""
    if value not in VALUES:
        raise MatrixError(
            _("Une cooccurrence ne montre pas « {name} ».").format(name=value),
            _("Il y a : {names}.").format(names=", ".join(VALUES)),
        )
    return value


def checked_relation(name: str) -> Relation:
    """The relation of that name. Raises MatrixError, which lists them."""
    if name not in RELATIONS:
        raise MatrixError(
            _("Deux codes ne se rencontrent pas par « {name} ».").format(name=name),
            _("Il y a : {names}.").format(names=", ".join(RELATIONS)),
        )
    return Relation(name)


def cooccur(
    store: Store,
    me: str,
    scope: Scope,
    *,
    relation: str = Relation.OVERLAPPING,
    distance: int = NEAR_TURNS,
) -> Cooccurrence:
    """See :meth:`qualikit.themes.Themes.cooccurrence`."""
    how = checked_relation(relation)
    if not 0 <= distance <= FARTHEST:
        raise MatrixError(
            _("« à {n} tours au plus » n'est pas possible.").format(n=distance),
            _("Donnez un nombre entre 0 et {most}.").format(most=FARTHEST),
        )
    narrowed = read_narrowed(store, me, scope)
    facts, places = narrowed.facts, narrowed.reader.places
    first, last = places.first[narrowed.places], places.last[narrowed.places]
    rows = rows_of(facts.codebook, asked_codes(facts.codebook, scope.codes), scope.levels)
    where_is = Places(facts.document, facts.start, facts.stop, first, last)
    return _counted(facts, where_is, rows, how, distance, nested=scope.nested, said=narrowed.said)


def _counted(
    facts: Facts, places: Places, rows: list[Row], relation: Relation, distance: int, *, nested: bool, said: str
) -> Cooccurrence:
    import numpy as np

    n = len(rows)
    coding, row = _in_rows(facts, rows, nested)
    apart = _apart(facts, rows, nested)
    turns, turns_both = _turns(places, coding, row, n)
    held = np.zeros((len(facts.documents), n), dtype=np.int64)
    held[facts.document[coding], row] = 1
    if relation is Relation.DOCUMENT:
        met, pairs = _in_documents(facts, coding, row, held, n)
    else:
        met, pairs = _meeting(facts, places, coding, row, relation, distance, n)
    return Cooccurrence(
        rows=tuple(rows),
        relation=relation,
        distance=distance if relation is Relation.NEAR else 0,
        passages=distinct(row, facts.passages[coding], n),
        met=met * apart,
        turns=turns,
        turns_both=turns_both * apart,
        documents=held.sum(0),
        documents_both=(held.T @ held) * apart,
        pairs=pairs * apart,
        apart=apart,
        codings=len(np.unique(coding)),
        documents_total=int((held.sum(1) > 0).sum()),
        coders=tuple(facts.coders),
        nested=nested,
        said=said,
        counted=Counted(facts, places, coding, row),
    )


def _in_rows(facts: Facts, rows: list[Row], nested: bool) -> tuple[Ints, Ints]:
    """Each coding with each row that it counts in, in the order of the codings."""
    import numpy as np

    flat, lengths, _own = lines_by_code(facts.codebook, rows, nested)
    firsts, held = np.cumsum(lengths) - lengths, np.maximum(lengths - 1, 0)  # without the total
    times = held[facts.code]
    coding = np.repeat(np.arange(len(facts.code)), times)
    within = np.arange(len(coding)) - np.repeat(np.cumsum(times) - times, times)
    return coding, flat[firsts[facts.code][coding] + within]


def _apart(facts: Facts, rows: list[Row], nested: bool) -> Mask:
    """Pairs of codes of which neither is the other or, where codes count those under them, stands above it."""
    import numpy as np

    found = ~np.eye(len(rows), dtype=np.bool_)
    place = {row.key: number for number, row in enumerate(rows)}
    if nested:
        for row in rows:
            for above in facts.codebook.ancestors(row.key):
                if above.id in place:
                    found[place[row.key], place[above.id]] = found[place[above.id], place[row.key]] = False
    return found


def _turns(places: Places, coding: Ints, row: Ints, n: int) -> tuple[Ints, Ints]:
    """How many distinct turns hold words of each code, and of both of two."""
    import numpy as np

    spoken = np.maximum(places.last - places.first + 1, 0)[coding]
    which = np.repeat(np.arange(len(coding)), spoken)
    within = np.arange(len(which)) - np.repeat(np.cumsum(spoken) - spoken, spoken)
    line = places.document * (int(places.last.max(initial=0)) + 1)
    turn = (line + places.first)[coding[which]] + within
    held = unique(turn * max(n, 1) + row[which])
    turn, row = held // max(n, 1), held % max(n, 1)
    one, other = meeting_pairs(turn, np.zeros_like(turn), np.ones_like(turn))
    return np.bincount(row, minlength=n), _both_ways(row[one], row[other], n)


def _both_ways(one: Ints, other: Ints, n: int) -> Ints:
    import numpy as np

    found = np.bincount(one * n + other, minlength=n * n).reshape(n, n) if n else np.zeros((0, 0), dtype=np.int64)
    return found + found.T


def _meeting(
    facts: Facts, places: Places, coding: Ints, row: Ints, relation: Relation, distance: int, n: int
) -> tuple[Ints, Ints]:
    """Passages of each code that meet each other code, and pairs of codings."""
    import numpy as np

    left, right = coding_pairs(places, relation, distance)
    different = facts.code[left] != facts.code[right]
    left, right = left[different], right[different]
    times = np.bincount(coding, minlength=len(facts.code))
    firsts = np.cumsum(times) - times
    high, wide = times[left], times[right]
    pair = np.repeat(np.arange(len(left)), high * wide)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(high * wide) - high * wide, high * wide)
    one = row[firsts[left][pair] + within // wide[pair]]
    other = row[firsts[right][pair] + within % wide[pair]]
    passage = facts.passages
    met = distinct(
        np.concatenate([one * n + other, other * n + one]),
        np.concatenate([passage[left][pair], passage[right][pair]]),
        n * n,
    )
    return met.reshape(n, n), _both_ways(one, other, n)


def coding_pairs(places: Places, relation: Relation, distance: int = 0) -> tuple[Ints, Ints]:
    """Every pair of codings that stand so (not in the same document: those are counted without being paired)."""
    import numpy as np

    if relation is Relation.OVERLAPPING:
        return meeting_pairs(places.document, places.start, places.stop)
    spoken = np.flatnonzero(places.last >= places.first)
    reach = distance if relation is Relation.NEAR else 0
    left, right = meeting_pairs(places.document[spoken], places.first[spoken], places.last[spoken] + 1 + reach)
    return spoken[left], spoken[right]


def _in_documents(facts: Facts, coding: Ints, row: Ints, held: Ints, n: int) -> tuple[Ints, Ints]:
    """The same for documents: what each holds of each code, multiplied."""
    import numpy as np

    size = len(facts.documents) * n
    cell = facts.document[coding] * n + row
    codings = np.bincount(cell, minlength=size).reshape(-1, n) if n else held
    passages = distinct(cell, facts.passages[coding], size).reshape(-1, n) if n else held
    return passages.T @ held, codings.T @ codings
