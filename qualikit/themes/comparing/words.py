"""How the groups say it: words that one uses more than the others, and whether that can be told from chance."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sa

from qualikit.i18n import _, ngettext, number
from qualikit.themes.comparing import lemmas, wording
from qualikit.themes.comparing.groups import Cast
from qualikit.themes.comparing.mapping import Plane, plane_of
from qualikit.themes.comparing.model import LEVEL, Comparison, Group, Test, Unit, What
from qualikit.themes.statistics.correction import benjamini_hochberg
from qualikit.themes.statistics.keyness import log_likelihood, log_odds
from qualikit.themes.statistics.permutation import likelihood_spread, permute
from qualikit.themes.statistics.specificities import specificities

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

Measure = Literal["specificity", "log_likelihood", "log_odds"]
MEASURES: tuple[Measure, ...] = ("specificity", "log_likelihood", "log_odds")
Cells = Literal[2, 4]

LEAST_USES = 5
"""A word said less often in all is not looked at: nothing could be told of it."""
MOST_WORDS = 2_000
"""Words looked at: those that most people say."""
ALONE = 2 / 3
"""One person who says so much of a group's uses carries the word."""
MOST_ON_MAP = 40
_SEVERAL = 2
_NAMED = 30
_FORMS = 10
"""Forms that a search for a word names: those said most."""


def measure_label(measure: Measure, cells: Cells = 4) -> str:
    """Name of a measure for the user."""
    return {
        "specificity": _("Spécificité"),
        "log_likelihood": _("Log-vraisemblance"),
        "log_odds": _("Rapport de cotes pondéré"),
    }[measure]


@dataclass(frozen=True)
class Use:
    """One word in one group: said ``uses`` times by ``people`` of ``people_total``; ``rate`` per 10,000 words.

    The three measures set the group beside all the others together, positive where it says the word more:
    ``specificity`` is log10 of how unlikely so many are (Lafon), ``log_likelihood`` G², ``log_odds`` the z-score of the
    weighted log-odds ratio. ``top``: share of the uses that the one who says it most says.
    """

    uses: int
    people: int
    people_total: int
    rate: float
    specificity: float
    log_likelihood: float
    log_odds: float
    top: float

    @property
    def alone(self) -> bool:
        """True where one person carries the word in this group."""
        return self.uses > 0 and self.top >= ALONE


@dataclass(frozen=True)
class Word:
    """One dictionary form across the groups, in their order. ``forms``: as it is said, the most frequent first;
    ``group`` is the place of the group that it sets apart."""

    lemma: str
    forms: tuple[str, ...]
    uses: tuple[Use, ...]
    group: int
    p: float
    p_corrected: float

    @property
    def own(self) -> Use:
        """The word in the group that it sets apart."""
        return self.uses[self.group]

    @property
    def told(self) -> bool:
        """True where the difference can be told from chance."""
        return self.p_corrected <= LEVEL

    @property
    def query(self) -> str:
        """What finds its uses on the page Chercher."""
        return " OU ".join(f'"{form}"' for form in dict.fromkeys(form.lower() for form in self.forms))

    @property
    def shown(self) -> str:
        """The dictionary form as it is read: a name keeps its capital."""
        return self.lemma.capitalize() if self.forms[0][:1].isupper() else self.lemma


@dataclass(frozen=True, kw_only=True)
class WordComparison(Comparison):
    """Groups compared by the words of their people, moderators and words of grammar left out. ``cells``: the form of
    the log-likelihood, two cells or four."""

    words: tuple[Word, ...]
    cells: Cells
    test: Test
    what: What = field(init=False, default="words")

    @property
    def is_empty(self) -> bool:
        return not self.words

    @property
    def said(self) -> str:
        """What sets the groups apart, in a sentence."""
        told = [word for word in self.words if word.told]
        if not self.test.possible:
            return _("Les mots propres à chaque groupe se lisent ci-dessous ; aucun ne peut être comparé au hasard.")
        if not told:
            return _(
                "Aucun mot ne distingue ces groupes plus que le hasard ne le ferait, une fois corrigé pour leur "
                "nombre : ce qui suit sont des pistes, à vérifier dans les textes."
            )
        return ngettext(
            "{n} mot distingue ces groupes plus que le hasard ne le ferait : {names}.",
            "{n} mots distinguent ces groupes plus que le hasard ne le ferait : {names}.",
            len(told),
        ).format(n=len(told), names=", ".join(word.shown for word in told[:_NAMED]) + ("…" if told[_NAMED:] else ""))

    def word(self, lemma: str) -> Word:
        """The word of that dictionary form. Raises KeyError."""
        for word in self.words:
            if lemma in (word.lemma, word.shown):
                return word
        raise KeyError(lemma)

    def verdict(self, word: Word) -> str:
        """Whether its difference can be told from chance, in a few words."""
        if self.test.possible and sum(use.people for use in word.uses) < _SEVERAL:
            return _("dit par une seule personne")
        return wording.verdict(word.p_corrected, self.test)

    def typical(self, group: int, measure: Measure = "specificity", most: int | None = None) -> list[Word]:
        """The words that a group (its place) says more than the others, the most typical first."""
        theirs = [word for word in self.words if getattr(word.uses[group], measure) > 0]
        return sorted(theirs, key=lambda word: (-getattr(word.uses[group], measure), word.lemma))[:most]

    def columns(self) -> Sequence[str]:
        return (
            "word", "forms", "group", "uses", "words_total", "per_10000", "people", "people_total", "specificity",
            "log_likelihood", "log_odds_z", "one_person", "typical", "p", "p_corrected", "verdict",
        )  # fmt: skip

    def to_records(self) -> Iterator[dict[str, Any]]:
        """One dictionary a word and group; what is said of the word as a whole stands in each."""
        for word in self.words:
            for place, (group, use) in enumerate(zip(self.groups, word.uses, strict=True)):
                yield {
                    "word": word.shown,
                    "forms": ", ".join(word.forms),
                    "group": group.label,
                    "uses": use.uses,
                    "words_total": group.words,
                    "per_10000": round(use.rate, 2),
                    "people": use.people,
                    "people_total": use.people_total,
                    "specificity": round(use.specificity, 3),
                    "log_likelihood": round(use.log_likelihood, 3),
                    "log_odds_z": round(use.log_odds, 3),
                    "one_person": use.alone,
                    "typical": place == word.group,
                    "p": _rounded(word.p),
                    "p_corrected": _rounded(word.p_corrected),
                    "verdict": self.verdict(word),
                }

    def correspondence(self) -> Plane | None:
        """Words and groups on one map, from how often each group says each word: of the words looked at, those that
        most set groups apart without one person carrying them."""
        shared = [word for word in self.words if not word.own.alone]
        shown = sorted(shared, key=lambda word: (-word.own.specificity, word.lemma))[:MOST_ON_MAP]
        counts = [[use.uses for use in word.uses] for word in shown]
        return plane_of(counts, [word.shown for word in shown], [group.label for group in self.groups])


def _rounded(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 5)


def speeches_of(connection: sa.Connection, cast: Cast) -> list[lemmas.Speech]:
    """What the people of the groups say, document by document."""
    import numpy as np

    heard = np.unique(cast.facts.voice_document[cast.voice >= 0]).tolist()
    return lemmas.speeches(connection, [cast.facts.documents[place][:2] for place in heard])


def compare_words(
    cast: Cast, speeches: Sequence[lemmas.Speech], unit: Unit, *, cells: Cells = 4, least: int = LEAST_USES
) -> WordComparison:
    """Each word across the groups. ``speeches``: read before (:func:`lemmas.read`); ``least``: a word said less often
    is not looked at."""
    import numpy as np

    person, group, lemma, form, document = _tokens(cast, speeches)
    units, of_group, said = _units(cast, unit, group, person, document)
    size = len(cast.groups)
    words_total = np.bincount(group, minlength=size)
    exposure = np.bincount(units, minlength=said).astype(np.float64)
    full = lemma >= 0
    looked = _looked_at(lemma[full], person[full], least)
    place = np.searchsorted(looked, lemma)
    counted = full & (place < len(looked))
    counted[counted] = looked[place[counted]] == lemma[counted]
    by_unit = _count(units[counted], place[counted], (said, len(looked)))
    strata, names = cast.strata(unit)
    spoke = exposure > 0
    found = permute(
        by_unit[spoke],
        of_group[spoke],
        exposure[spoke],
        strata=np.array(strata)[spoke] if strata else None,
        statistic=likelihood_spread,
    )
    who, of_who = _people(cast, group, person)
    by_person = _count(who[counted], place[counted], (len(of_who), len(looked)))
    # Of a word that one person says, chance would only tell on whose side the others talk less.
    p_values = np.where(np.count_nonzero(by_person, axis=0) < _SEVERAL, np.nan, found.p_values)
    test = Test(
        unit,
        tuple(int(n) for n in np.bincount(of_group[spoke], minlength=size)),
        found.arrangements,
        found.exact,
        found.draws,
        found.least,
        found.possible,
        names,
        int(np.count_nonzero(~np.isnan(p_values))) if found.possible else len(looked),
        "benjamini_hochberg",
    )
    words = _lines(
        cast, looked, by_person, of_who, words_total, _forms(lemma[counted], form[counted]), cells,
        p_values, benjamini_hochberg(p_values),
    )  # fmt: skip
    groups = tuple(replace(each, words=int(words_total[n])) for n, each in enumerate(cast.groups))
    return WordComparison(
        by=cast.kind.name,
        by_label=cast.kind.label(),
        groups=groups,
        notes=tuple(_notes(cast, unit, groups, test, cells, least, len(looked))),
        words=tuple(words),
        cells=cells,
        test=test,
    )


def _tokens(cast: Cast, speeches: Sequence[lemmas.Speech]) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Person, group, dictionary form, form and document of every word said in a group."""
    import numpy as np

    facts = cast.facts
    people = {each.id: number for number, each in enumerate(facts.people)}
    documents = {each.id: number for number, each in enumerate(facts.documents)}
    many = len(facts.people) + 1
    voices = facts.voice_document * many + facts.voice_person
    parts: list[tuple[Ints, ...]] = []
    for speech in speeches:
        words = lemmas.said(speech)
        document = documents[speech.document_id]
        speaker = np.array([people[id] for id in speech.people], dtype=np.int64)
        voice = np.searchsorted(voices, document * many + speaker)
        person, group = speaker[words.speech], cast.voice[voice][words.speech]
        kept = group >= 0
        parts.append(
            (
                person[kept],
                group[kept],
                words.lemma[kept].astype(np.int64),
                words.form[kept].astype(np.int64),
                np.full(int(kept.sum()), document, dtype=np.int64),
            )
        )
    nothing = np.zeros(0, dtype=np.int64)
    first, second, third, fourth, fifth = (
        np.concatenate([nothing, *(part[place] for part in parts)]) for place in range(5)
    )
    return first, second, third, fourth, fifth


def _units(cast: Cast, unit: Unit, group: Ints, person: Ints, document: Ints) -> tuple[Ints, Ints, int]:
    """The unit of each word, the group of each unit, how many units there are."""
    import numpy as np

    of_group, of_thing = cast.people if unit == "people" else cast.sessions
    thing = person if unit == "people" else document
    many = int(max(of_thing.max(initial=0), thing.max(initial=0))) + 1
    return np.searchsorted(of_group * many + of_thing, group * many + thing), of_group, len(of_group)


def _people(cast: Cast, group: Ints, person: Ints) -> tuple[Ints, Ints]:
    units, of_group, _n = _units(cast, "people", group, person, person)
    return units, of_group


def _count(units: Ints, words: Ints, shape: tuple[int, int]) -> Floats:
    import numpy as np

    size = shape[0] * shape[1]
    return np.bincount(units * shape[1] + words, minlength=size).astype(np.float64).reshape(shape)


def _looked_at(lemma: Ints, person: Ints, least: int) -> Ints:
    """The words said often enough, those of most people first where there are too many; by number."""
    import numpy as np

    uses = np.bincount(lemma)
    often = np.flatnonzero(uses >= max(1, least))
    if len(often) > MOST_WORDS:
        many = int(person.max(initial=0)) + 1
        speakers = np.bincount(np.unique(lemma * many + person) // many, minlength=len(uses))
        order = np.lexsort((-uses[often], -speakers[often]))
        often = np.sort(often[order[:MOST_WORDS]])
    return often


def _forms(lemma: Ints, form: Ints) -> dict[int, tuple[str, ...]]:
    """The forms of each dictionary form, the most frequent first."""
    import numpy as np

    known = lemmas.vocabulary()
    many = int(form.max(initial=0)) + 1
    pairs, uses = np.unique(lemma * many + form, return_counts=True)
    found: dict[int, list[str]] = {}
    for pair in pairs[np.lexsort((pairs, -uses))].tolist():
        found.setdefault(pair // many, []).append(known[pair % many])
    return {number: tuple(some[:_FORMS]) for number, some in found.items()}


def _lines(
    cast: Cast,
    looked: Ints,
    by_person: Floats,
    of_person: Ints,
    totals: Ints,
    forms: dict[int, tuple[str, ...]],
    cells: Cells,
    p_values: Floats,
    corrected: Floats,
) -> list[Word]:
    import numpy as np

    if not len(looked):
        return []
    size, known = len(cast.groups), lemmas.vocabulary()
    uses, speakers, top = (np.zeros((size, len(looked))) for _each in range(3))
    for group in range(size):
        theirs = by_person[of_person == group]
        if len(theirs):
            uses[group], speakers[group], top[group] = theirs.sum(0), (theirs > 0).sum(0), theirs.max(0)
    # All other words as one: the totals are those of everything that was said.
    table = np.vstack([uses.T, totals - uses.sum(1)])
    lafon = specificities(table)[:-1].T
    likelihood, odds = np.zeros_like(uses), np.zeros_like(uses)
    for group in range(size):
        others = table.sum(1) - table[:, group]
        likelihood[group] = log_likelihood(table[:, group], others, cells=cells, signed=True)[:-1]
        odds[group] = log_odds(table[:, group], others)[1][:-1]
    apart = lafon.argmax(0)
    found = [
        Word(
            known[number],
            forms[number],
            tuple(
                Use(
                    int(uses[group, place]),
                    int(speakers[group, place]),
                    cast.groups[group].people,
                    10_000 * float(uses[group, place]) / max(1, int(totals[group])),
                    float(lafon[group, place]),
                    float(likelihood[group, place]),
                    float(odds[group, place]),
                    float(top[group, place] / max(1.0, uses[group, place])),
                )
                for group in range(size)
            ),
            int(apart[place]),
            float(p_values[place]),
            float(corrected[place]),
        )
        for place, number in enumerate(looked.tolist())
    ]
    return sorted(found, key=lambda word: (-word.own.specificity, word.lemma))


def _notes(
    cast: Cast, unit: Unit, groups: Sequence[Group], test: Test, cells: Cells, least: int, looked: int
) -> list[str]:
    said = ", ".join(f"{group.label} {number(group.words)}" for group in groups)
    notes = [
        _(
            "Mots : ceux que disent les participants, ramenés à leur forme du dictionnaire par un modèle de langue, "
            "qui se trompe parfois ; l'animation et les mots de grammaire ou de parole (« le », « euh ») ne sont pas "
            "montrés. Mots dits, comme le modèle les découpe (une autre page peut en compter quelques-uns de plus ou "
            "de moins) : {said}. Sont regardés les {n} mots dits au moins {least} fois en tout ; ceux qu'une "
            "seule personne dit ne sont pas comparés au hasard."
        ).format(said=said, n=number(looked), least=least),
        *cast.notes(),
        test.said,
        _(
            "Spécificité : logarithme de la probabilité d'un emploi aussi fréquent si les mots étaient tirés au "
            "sort (Lafon, 1980). Log-vraisemblance : G² à {cells} cases ({source}), avec le signe du groupe. Rapport "
            "de cotes pondéré : cote z, avec l'ensemble des mots comme a priori (Monroe et autres, 2008). Ces trois "
            "mesures comptent des mots et non des personnes : elles classent, elles ne prouvent pas. Seule la valeur "
            "de p dit ce qui se distingue du hasard."
        ).format(
            cells=_("quatre") if cells == 4 else _("deux"),
            source="Dunning, 1993" if cells == 4 else "Rayson et Garside, 2000",
        ),
        _("◇ : mot porté par une personne, qui en dit au moins les deux tiers dans le groupe ; il dit peu du groupe."),
    ]
    if words := wording.dependence(unit, cast.in_focus_groups and test.possible):
        notes.append(words)
    return notes
