"""What reading a sheet of attributes would do: which row is about what, which values change. To be reviewed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from qualikit.corpus.model import Role, SourceKind, attribute_label, role_label, source_kind_label
from qualikit.corpus.pairing import EXACT, PROPOSED
from qualikit.i18n import _
from qualikit.text import natural

ATTRIBUTE = "attribute "
SURE = 90
"""Score from which a near name is offered as the one that was meant: to be looked at, and taken with the others."""
"""What begins the field of an attribute: « attribute Quartier »."""


class About(StrEnum):
    """What the rows of a sheet describe."""

    DOCUMENTS = "documents"
    PARTICIPANTS = "participants"


@dataclass(frozen=True)
class Target:
    """A document, or a participant with ``where`` they speak; ``values``: field → what it is now."""

    id: str
    label: str
    where: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def full(self) -> str:
        """Its name, and where that is."""
        return f"{self.label} ({self.where})" if self.where else self.label


@dataclass(frozen=True)
class Option:
    """What a row may be about: score from 0 to 100, and why."""

    target: str
    score: int
    why: str


@dataclass(frozen=True)
class PlannedRow:
    """One row: the name it says, its values by field, what it may be about, best first.

    ``chosen`` is the id it is taken for, or None; ``accepted``, whether that is settled: an exact name is, a near one
    once it is confirmed. ``problem``: why the row cannot be applied whatever it is about.
    """

    line: int
    name: str
    values: Mapping[str, str]
    options: tuple[Option, ...] = ()
    chosen: str | None = None
    accepted: bool = False
    problem: str = ""

    @property
    def option(self) -> Option | None:
        """The chosen one, with its score and why."""
        return next((option for option in self.options if option.target == self.chosen), None)

    @property
    def score(self) -> int:
        """Of the chosen one; of one chosen by hand that nothing proposed, 0."""
        return self.option.score if self.option is not None else 0


@dataclass(frozen=True)
class ValueChange:
    """One value that changes: ``before`` and ``after`` as they are kept, empty for none; ``lines`` that say so.

    ``others``: what further rows say of the same, not taken; ``joined``: several rows' words one after another.
    """

    target: str
    field: str
    before: str
    after: str
    lines: tuple[int, ...]
    others: tuple[str, ...] = ()
    joined: bool = False


@dataclass(frozen=True)
class SheetPlan:
    """The whole sheet. Every change gives a new plan; nothing is written before it is applied.

    ``key``: the column that names what the rows are about; ``columns``: column → field; ``left``: columns that
    are not taken.
    """

    file_name: str
    about: About
    key: str
    columns: Mapping[str, str]
    rows: tuple[PlannedRow, ...]
    targets: Mapping[str, Target] = field(repr=False)
    left: frozenset[str] = frozenset()

    # -- reviewing

    def choosing(self, line: int, target: str | None) -> SheetPlan:
        """With the row of that line about another target, or about none; either way it is settled."""
        return self._with(
            replace(row, chosen=target, accepted=target is not None) if row.line == line else row for row in self.rows
        )

    def doubting(self, line: int) -> SheetPlan:
        """With the row of that line left as a proposal."""
        return self._with(replace(row, accepted=False) if row.line == line else row for row in self.rows)

    def accepting(self, score: int) -> SheetPlan:
        """With every proposal of that score or better confirmed, and no other; what was chosen by hand stays."""
        return self._with(
            replace(row, accepted=row.score >= score) if row.option is not None and not self._by_hand(row) else row
            for row in self.rows
        )

    def taking(self, columns: Iterable[str]) -> SheetPlan:
        """With these columns alone; the others are left where they are, to be taken again."""
        return replace(self, left=frozenset(self.columns) - set(columns))

    def without(self, column: str) -> SheetPlan:
        """With a column left out."""
        return replace(self, left=self.left | {column})

    def _with(self, rows: Iterable[PlannedRow]) -> SheetPlan:
        return replace(self, rows=tuple(rows))

    @staticmethod
    def _by_hand(row: PlannedRow) -> bool:
        return bool(row.accepted and row.options and row.chosen != row.options[0].target)

    # -- what it comes to

    @property
    def ready(self) -> tuple[PlannedRow, ...]:
        """Rows that will be applied."""
        return tuple(row for row in self.rows if row.accepted and row.chosen in self.targets and not row.problem)

    @property
    def waiting(self) -> tuple[PlannedRow, ...]:
        """Rows with a proposal that nobody has confirmed."""
        return tuple(row for row in self.rows if row.chosen is not None and not row.accepted and not row.problem)

    @property
    def unmatched(self) -> tuple[PlannedRow, ...]:
        """Rows about nothing that is in the project, as far as one can tell."""
        return tuple(row for row in self.rows if row.chosen is None and not row.problem)

    @property
    def refused(self) -> tuple[PlannedRow, ...]:
        """Rows with a value that cannot be."""
        return tuple(row for row in self.rows if row.problem)

    @property
    def untouched(self) -> tuple[Target, ...]:
        """What no row is about, proposals included."""
        taken = {row.chosen for row in self.rows}
        left = [target for target in self.targets.values() if target.id not in taken]
        return tuple(sorted(left, key=lambda target: (natural(target.where), natural(target.label))))

    @property
    def doubles(self) -> Mapping[str, tuple[int, ...]]:
        """Targets that several ready rows are about, with the lines of these rows."""
        found: dict[str, list[int]] = {}
        for row in self.ready:
            found.setdefault(str(row.chosen), []).append(row.line)
        return {target: tuple(lines) for target, lines in found.items() if len(lines) > 1}

    @property
    def changes(self) -> tuple[ValueChange, ...]:
        """Values that the ready rows change, target by target. Empty cells change nothing."""
        by_target: dict[str, list[PlannedRow]] = {}
        for row in self.ready:
            by_target.setdefault(str(row.chosen), []).append(row)
        taken = [name for column, name in self.columns.items() if column not in self.left]
        found = []
        for id, rows in by_target.items():
            for name in taken:
                change = _change(self.targets[id], name, rows)
                if change is not None:
                    found.append(change)
        return tuple(found)


def _change(target: Target, name: str, rows: Sequence[PlannedRow]) -> ValueChange | None:
    said: dict[str, list[int]] = {}
    for row in rows:
        if value := row.values.get(name, ""):
            said.setdefault(value, []).append(row.line)
    if not said:
        return None
    words = list(said)
    joined = (
        len(words) > 1 and name.startswith(ATTRIBUTE) and name.removeprefix(ATTRIBUTE) not in {"territory", "actor"}
    )
    after = " ; ".join(words) if joined else words[0]
    before = target.values.get(name, "")
    others = () if joined else tuple(words[1:])
    if after == before and not others:
        return None
    return ValueChange(
        target.id, name, before, after, tuple(n for lines in said.values() for n in lines), others, joined
    )


def question(plan: SheetPlan, row: PlannedRow) -> str:
    """Why a row was not applied, and what it may be about."""
    if row.problem:
        return row.problem
    if not row.name:
        return _("cette ligne ne nomme rien.")
    if plan.about is About.DOCUMENTS:
        several = [option for option in row.options if option.score == EXACT]
        if len(several) > 1:
            return _("plusieurs documents s'appellent « {name} ».").format(name=row.name)
        said = _("aucun document ne s'appelle « {name} ».").format(name=row.name)
    else:
        said = _("personne ne s'appelle « {name} ».").format(name=row.name)
    if row.chosen in plan.targets and row.chosen is not None:
        said += " " + _("Est-ce « {title} » ? ({score} sur 100 : {why})").format(
            title=plan.targets[row.chosen].full, score=row.score, why=row.option.why if row.option else ""
        )
    elif row.options and row.options[0].score >= PROPOSED:
        near = " », « ".join(plan.targets[option.target].full for option in row.options[:3] if option.score >= PROPOSED)
        said += " " + _("À choisir entre : « {titles} ».").format(titles=near)
    return said


def field_label(name: str) -> str:
    """Name of a field for the user."""
    ours = {
        "source_kind": _("Type de source"),
        "territory": _("Territoire"),
        "date": _("Date"),
        "name": _("Nom"),
        "role": _("Rôle"),
    }
    return ours.get(name) or attribute_label(name.removeprefix(ATTRIBUTE))


def value_label(name: str, value: str) -> str:
    """A value as the user reads it."""
    if name == "source_kind" and value:
        return source_kind_label(SourceKind(value))
    if name == "role" and value:
        return role_label(Role(value))
    return value
