"""The people that the rows of a sheet are about, by label or by name, within a document or over all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace

from qualikit.corpus import near_people
from qualikit.corpus.labels import key as label_key
from qualikit.corpus.model import Participant
from qualikit.corpus.naming import ACTOR, NAME, ROLE, TERRITORY
from qualikit.corpus.pairing import EXACT, SHOWN, Pair, pair
from qualikit.corpus.sheet_documents import SURE, match_documents, ranked_options
from qualikit.corpus.sheet_plan import ATTRIBUTE, About, Option, SheetPlan, Target
from qualikit.corpus.sheet_rows import Known, attribute_fields, cell, columns_of, planned
from qualikit.i18n import _
from qualikit.sheets import Sheet


def about_people(sheet: Sheet, file_name: str, by: str | None, label: str, known: Known) -> SheetPlan:
    """The plan of a sheet whose column ``label`` names people, and ``by``, where there is one, their documents."""
    name = sheet.column(*NAME)
    ours = {
        "name": name if name != label else None,
        "role": sheet.column(*ROLE),
        ATTRIBUTE + "actor": sheet.column(*ACTOR),
        ATTRIBUTE + "territory": sheet.column(*TERRITORY),
    }
    columns = columns_of(sheet, ours, {by, label})
    homes = _homes(sheet, by, known)
    found = _found(sheet, (by, label, ours["name"]), homes, known)
    rows = []
    for place, (number, row) in enumerate(sheet.rows):
        options, best = found[place]
        made = planned(number, cell(row[label]), row, columns, known, options, best)
        if by is not None and not made.problem and not options:
            made = replace(made, problem=_missing(cell(row[by]), made.name, homes[place], known))
        rows.append(made)
    return SheetPlan(file_name, About.PARTICIPANTS, label, columns, tuple(rows), _people_targets(known))


def _found(
    sheet: Sheet, columns: tuple[str | None, str, str | None], homes: Sequence[Option | None], known: Known
) -> dict[int, tuple[tuple[Option, ...], Option | None]]:
    """For each row the people it may be about, and the one proposed: those of its document, or of all."""
    by, label, name = columns
    people = {person.id: person for person in known.people}
    everywhere: dict[str, set[str]] = defaultdict(set)
    for people_there in known.labels.values():
        for id, labels in people_there.items():
            everywhere[id] |= labels
    groups: dict[str, list[int]] = defaultdict(list)
    for place, home in enumerate(homes):
        groups[home.target if home is not None else ""].append(place)
    found: dict[int, tuple[tuple[Option, ...], Option | None]] = {}
    for target, places in groups.items():
        there = everywhere if by is None else known.labels.get(target, {})
        said = [cell(sheet.rows[place][1][label]) for place in places]
        called = [cell(sheet.rows[place][1][name]) if name else "" for place in places]
        for place, options, best in zip(places, *_match_people(said, called, there, people), strict=True):
            home = homes[place]
            if home is not None and home.score < EXACT:
                options = tuple(_through(option, home) for option in options)  # noqa: PLW2901
                best = _through(best, home) if best else None  # noqa: PLW2901
            found[place] = (options, best)
    return found


def _missing(document: str, label: str, home: Option | None, known: Known) -> str:
    if home is None:
        return _("aucun document ne s'appelle « {name} ».").format(name=document)
    title = next(each.title for each in known.documents if each.id == home.target)
    return _("personne ne parle sous l'étiquette « {label} » dans « {title} ».").format(label=label, title=title)


def _through(option: Option, home: Option) -> Option:
    """Somebody of a document that is itself only nearly named."""
    why = _("{why} ; document : {home}").format(why=option.why, home=home.why)
    return Option(option.target, min(option.score, home.score), why)


def _homes(sheet: Sheet, by: str | None, known: Known) -> list[Option | None]:
    if by is None:
        return [None] * len(sheet.rows)
    names = [cell(row[by]) for _number, row in sheet.rows]
    distinct = list(dict.fromkeys(names))
    _all, proposed = match_documents(distinct, [None] * len(distinct), known.documents)
    home = dict(zip(distinct, proposed, strict=True))
    return [home[name] for name in names]


def _match_people(
    said: Sequence[str], called: Sequence[str], there: Mapping[str, set[str]], people: Mapping[str, Participant]
) -> tuple[list[tuple[Option, ...]], list[Option | None]]:
    ids = [id for id in there if id in people]
    by_word: dict[str, set[int]] = defaultdict(set)
    for place, id in enumerate(ids):
        for written in {people[id].name, *there[id]}:
            for key in _word_keys(written):
                by_word[key].add(place)
    candidates: list[list[Pair]] = []
    for name, new in zip(said, called, strict=True):
        found = []
        for place in sorted({place for key in _word_keys(name) for place in by_word.get(key, ())}):
            likes = [near_people.likeness(name, written) for written in {people[ids[place]].name, *there[ids[place]]}]
            best = max(likes, key=lambda one: one.score)
            if best.score >= SHOWN:
                found.append(Pair(place, best.score, best.why))
        # One label of two people: the one who bears the name that the row gives.
        if new and sum(1 for each in found if each.score == EXACT) > 1:
            same = [each for each in found if people[ids[each.target]].name == new]
            found = same or found
        candidates.append(found)
    families: list[Hashable] = [label_key(name) for name in said]
    return ranked_options(candidates, pair(candidates, families), ids)


def _word_keys(name: str) -> set[str]:
    """Words, and of long ones what a slip of the pen leaves: the first letter and the last two."""
    words = near_people.tokens(name)
    return {*words, *(f"{word[0]}…{word[-2:]}" for word in words if len(word) >= 6), *(word[0] for word in words)}


def names_people(sheet: Sheet, by: str, person: str, known: Known) -> bool:
    """True where most cells of a column of names are people of the row's document."""
    homes = _homes(sheet, by, known)
    names = {each.id: each.name for each in known.people}
    asked = hits = 0
    for (_number, row), home in zip(sheet.rows, homes, strict=True):
        if home is None or not row[person]:
            continue
        asked += 1
        there = known.labels.get(home.target, {})
        written = {spelt for id, labels in there.items() for spelt in (*labels, names.get(id, ""))}
        hits += any(near_people.likeness(row[person], spelt).score >= SURE for spelt in written)
    return hits * 2 > asked


def _people_targets(known: Known) -> dict[str, Target]:
    titles = {document.id: document.title for document in known.documents}
    where: dict[str, list[str]] = defaultdict(list)
    for home, there in known.labels.items():
        for id in there:
            where[id].append(titles[home])
    return {
        person.id: Target(
            person.id,
            person.name,
            ", ".join(sorted(where[person.id])[:2]) + ("…" if len(where[person.id]) > 2 else ""),
            {"name": person.name, "role": person.role.value, **attribute_fields(person.attributes)},
        )
        for person in known.people
    }
