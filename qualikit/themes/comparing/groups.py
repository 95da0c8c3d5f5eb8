"""Which groups are compared, and who is in each: people, sessions, and what they said under which code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from qualikit.coding.model import Codebook
from qualikit.corpus.model import SourceKind, attribute_label, source_kind_label
from qualikit.corpus.naming import attribute_key, own_value
from qualikit.errors import MatrixError
from qualikit.i18n import _, ngettext
from qualikit.text import fold
from qualikit.themes.comparing.model import Group, Unit
from qualikit.themes.consensus.stances import is_theme
from qualikit.themes.dimensions import DIMENSIONS, Dimension, Person, Source, headings
from qualikit.themes.facts import Facts
from qualikit.themes.model import UNSPECIFIED, Row
from qualikit.themes.reading.reader import Reader

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]

MOST_GROUPS = 12


def dimension_named(by: str, facts: Facts) -> Dimension:
    """The dimension of that name, or the attribute of documents or participants. Raises MatrixError, which lists
    them."""
    name = attribute_key(by)
    if name in DIMENSIONS and DIMENSIONS[name].people:
        return DIMENSIONS[name]
    known = attributes_of(facts)
    wanted = next((each for each in known if fold(each) == fold(name)), None)
    if wanted is None:
        names = [each.name for each in DIMENSIONS.values() if each.people] + known
        raise MatrixError(
            _("Des groupes ne peuvent pas être comparés par « {name} ».").format(name=by),
            _("Il y a : {names}.").format(names=", ".join(names)),
        )

    def value_of(document: Source, person: Person | None) -> str:
        own = own_value(person.attributes, wanted) if person else ""
        return own or own_value(document.attributes, wanted)

    return Dimension(
        wanted, lambda: attribute_label(wanted), lambda: _("Non renseigné"), value_of, documents_have_it=True
    )


def attributes_of(facts: Facts) -> list[str]:
    """The attributes that a document or a participant bears, ours apart, by name."""
    described = [*(each.attributes for each in facts.documents), *(each.attributes for each in facts.people)]
    names = {attribute_key(name) for each in described for name, value in each.items() if value}
    return sorted(names - {"territory", "actor"}, key=fold)


def themes_of(book: Codebook, chosen: set[str] | None) -> set[str]:
    """Ids of the codes that groups are compared by: those that say what is talked about. Positions, and what holds
    nothing but positions, say how people stand."""
    return {code.id for code in book if (chosen is None or code.id in chosen) and is_theme(book, code)}


@dataclass(frozen=True)
class Cast:
    """Who stands where. ``voice`` and ``document`` give the group of each voice and of each document's own words, -1
    outside; ``codings`` tells the codings that count."""

    reader: Reader
    kind: Dimension
    groups: tuple[Group, ...]
    voice: Ints
    document: Ints
    codings: Mask
    left_out: str
    """Who is not compared, in a sentence; empty where nobody is left out."""

    def under(self, rows: Sequence[Row]) -> Iterator[Mask]:
        """For each row, which codes count in it: itself and those under it."""
        import numpy as np

        book = self.facts.codebook
        place = {code.id: number for number, code in enumerate(book.codes)}
        for row in rows:
            under = np.zeros(len(book.codes), dtype=np.bool_)
            under[[place[row.code_id], *(place[code.id] for code in book.descendants(row.code_id))]] = True
            yield under

    @property
    def coders(self) -> tuple[str, ...]:
        """Those whose codings count in the groups."""
        import numpy as np

        facts = self.facts
        return tuple(facts.coders[number] for number in np.unique(facts.coder[self.coded[0]]).tolist())

    @property
    def facts(self) -> Facts:
        return self.reader.facts

    @cached_property
    def people(self) -> tuple[Ints, Ints]:
        """Group and person of each unit that is a person in a group."""
        import numpy as np

        inside = self.voice >= 0
        many = len(self.facts.people) + 1
        pairs = np.unique(self.voice[inside] * many + self.facts.voice_person[inside])
        return pairs // many, pairs % many

    @cached_property
    def sessions(self) -> tuple[Ints, Ints]:
        """Group and document of each unit that is a session in a group."""
        import numpy as np

        many = len(self.facts.documents) + 1
        inside = self.voice >= 0
        own = np.flatnonzero(self.document >= 0)
        pairs = np.unique(
            np.concatenate(
                [self.voice[inside] * many + self.facts.voice_document[inside], self.document[own] * many + own]
            )
        )
        return pairs // many, pairs % many

    def unit(self, unit: Unit, group: Ints, voice: Ints, document: Ints) -> Ints:
        """The number of the unit of each (group, voice or -1, document), -1 where there is none."""
        import numpy as np

        of_group, of_thing = self.people if unit == "people" else self.sessions
        many = len(self.facts.people if unit == "people" else self.facts.documents) + 1
        thing = document
        if unit == "people":
            thing = np.full(len(group), -1, dtype=np.int64)
            thing[voice >= 0] = self.facts.voice_person[voice[voice >= 0]]
        known = of_group * many + of_thing
        wanted = np.where((group >= 0) & (thing >= 0), group * many + thing, -1)
        place = np.searchsorted(known, wanted)
        place[wanted < 0] = -1
        return place

    @cached_property
    def coded(self) -> tuple[Ints, Ints, Ints]:
        """What counts: coding, voice (-1: nobody's) and group of each, in the order of the codings. Words that nobody
        who counts says are those of a note; in a text with voices they are a moderator's, and count nowhere."""
        import numpy as np

        facts = self.facts
        voiced = facts.unit_voice >= 0
        spoken = np.zeros(len(facts.documents), dtype=np.bool_)
        spoken[facts.voice_document] = True
        group = np.where(
            voiced,
            self.voice[np.maximum(facts.unit_voice, 0)] if len(self.voice) else -1,
            self.document[facts.document[facts.unit_coding]],
        )
        ours = voiced | ~spoken[facts.document[facts.unit_coding]]
        kept = np.flatnonzero((group >= 0) & ours & self.codings[facts.unit_coding])
        return facts.unit_coding[kept], facts.unit_voice[kept], group[kept]

    def strata(self, unit: Unit) -> tuple[list[str], tuple[str, ...]]:
        """The kind of each unit, within which alone units change places, and the names of these kinds; none where it is
        what is compared, or where no kind is known."""
        facts = self.facts
        if unit == "people":
            if self.kind.name == "actor":
                return [], ()
            own = self._actors()
            of = [own.get((group, person), "") for group, person in zip(*map(_listed, self.people), strict=True)]
        else:
            if self.kind.name == "source":
                return [], ()
            of = [facts.documents[document].kind for document in self.sessions[1].tolist()]
        names = sorted(set(of) - {""}, key=fold)
        if not names or len(set(of)) < 2:
            return [], ()
        if unit == "sessions":
            shown = sorted((source_kind_label(SourceKind(name)) for name in names), key=fold)
        else:
            shown = [*names, *([_("type inconnu")] if "" in of else [])]
        return of, tuple(shown)

    def _actors(self) -> dict[tuple[int, int], str]:
        """Kind of actor of each person in a group: their own, or that of the first document that says one."""
        actor = DIMENSIONS["actor"]
        found: dict[tuple[int, int], str] = {}
        facts = self.facts
        voices = zip(self.voice.tolist(), facts.voice_document.tolist(), facts.voice_person.tolist(), strict=True)
        for group, document, person in voices:
            if group >= 0 and not found.get((group, person)):
                found[group, person] = actor.value_of(facts.documents[document], facts.people[person])
        return found

    @property
    def doubles(self) -> int:
        """How many people speak in several of the groups."""
        import numpy as np

        return int((np.bincount(self.people[1]) > 1).sum()) if len(self.people[1]) else 0

    @property
    def in_focus_groups(self) -> bool:
        """Whether several of the people compared were heard together."""
        import numpy as np

        heard = self.facts.voice_document[self.voice >= 0]
        return bool(len(heard) and np.bincount(heard).max() > 1)

    def notes(self) -> list[str]:
        """What holds whatever is compared."""
        found = [self.left_out] if self.left_out else []
        if self.doubles:
            found.append(
                ngettext(
                    "{n} personne parle dans plusieurs groupes : elle compte dans chacun, et le test la prend pour "
                    "autant de personnes.",
                    "{n} personnes parlent dans plusieurs groupes : elles comptent dans chacun, et le test les prend "
                    "pour autant de personnes.",
                    self.doubles,
                ).format(n=self.doubles)
            )
        return found


def _listed(numbers: Ints) -> list[int]:
    return [int(number) for number in numbers]


def read_cast(
    reader: Reader,
    by: str,
    groups: Sequence[str] | None,
    *,
    coder: str | None = None,
    sources: Sequence[str] | None = None,
) -> Cast:
    """Who is compared with whom. ``groups``: values or names, case and accents aside; None: all that anybody speaks
    in, but for those without a value. Raises MatrixError."""
    import numpy as np

    facts = reader.facts
    kind = dimension_named(by, facts)
    if coder is not None and coder not in facts.coders:
        raise MatrixError(
            _("« {name} » n'a rien codé dans ce projet.").format(name=coder),
            _("Il y a : {names}.").format(names=", ".join(facts.coders) or "–"),
        )
    there = np.array([sources is None or each.kind in sources for each in facts.documents], dtype=np.bool_)
    of_voice = [
        kind.value_of(facts.documents[document], facts.people[person]) if there[document] else None
        for document, person in zip(facts.voice_document.tolist(), facts.voice_person.tolist(), strict=True)
    ]
    of_document = [kind.value_of(each, None) if there[place] else None for place, each in enumerate(facts.documents)]
    values = {value for value in (*of_voice, *of_document) if value is not None}
    labels = headings(kind, values, facts.documents, facts.people, {}, facts.orders.get(kind.name, ()))
    chosen = _chosen(kind, labels, groups, {value for value in of_voice if value})
    place = {value: number for number, value in enumerate(chosen)}
    voice = np.array([place.get(value, -1) if value is not None else -1 for value in of_voice], dtype=np.int64)
    document = np.array([place.get(value, -1) if value is not None else -1 for value in of_document], dtype=np.int64)
    codings = there[facts.document] if len(facts.document) else np.zeros(0, dtype=np.bool_)
    if coder is not None:
        codings = codings & (facts.coder == facts.coders.index(coder))
    made = Cast(
        reader,
        kind,
        tuple(Group(value, labels[value], 0, 0) for value in chosen),
        voice,
        document,
        codings,
        _left_out(facts, kind, of_voice, groups),
    )
    people, sessions = (np.bincount(each[0], minlength=len(chosen)) for each in (made.people, made.sessions))
    counted = tuple(
        replace(group, people=int(people[number]), sessions=int(sessions[number]))
        for number, group in enumerate(made.groups)
    )
    return replace(made, groups=counted)


def _chosen(kind: Dimension, labels: dict[str, str], groups: Sequence[str] | None, heard: set[str]) -> list[str]:
    if groups is None:
        found = [value for value in labels if value in heard and value != UNSPECIFIED]
        return found[:MOST_GROUPS]
    names = {fold(name): value for value, label in labels.items() for name in (value, label)}
    chosen = []
    for name in groups:
        value = names.get(fold(" ".join(name.split())))
        if value is None:
            raise MatrixError(
                _("« {name} » n'est pas une valeur de « {by} ».").format(name=name, by=kind.label()),
                _("Il y a : {names}.").format(names=", ".join(labels.values()) or "–"),
            )
        if value not in chosen:
            chosen.append(value)
    if len(chosen) > MOST_GROUPS:
        raise MatrixError(
            _("Il y a trop de groupes pour une comparaison."),
            _("Choisissez-en {n} au plus.").format(n=MOST_GROUPS),
        )
    return chosen


def _left_out(facts: Facts, kind: Dimension, of_voice: Sequence[str | None], groups: Sequence[str] | None) -> str:
    if groups is not None:
        return ""
    people = {int(facts.voice_person[place]) for place, value in enumerate(of_voice) if value == UNSPECIFIED}
    if not people:
        return ""
    return ngettext(
        "{n} personne n'est pas comparée : {why}.", "{n} personnes ne sont pas comparées : {why}.", len(people)
    ).format(n=len(people), why=kind.without().lower())
