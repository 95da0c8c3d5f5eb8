"""What a file says of itself in its name and first lines: kind of source, territory, date; None when unsure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date as Date

from qualikit.corpus.model import Role, SourceKind
from qualikit.errors import ImportRefused
from qualikit.i18n import _
from qualikit.text import fold

TERRITORIES = ("Aubagne", "Laval", "Bordeaux", "Rennes")
FIRST_YEAR, LAST_YEAR = 2015, 2039
"""Of a date written with two figures for the year."""
_HEAD_LINES, _HEAD_LENGTH = 12, 600
_BEFORE, _AFTER = 730, 7
"""Days within which an interview precedes the making of its file, or follows it (a file made ready beforehand)."""

_KINDS = [
    (
        SourceKind.FOCUS_GROUP,
        r"focus ?groups?|fg ?\d*|groupes? (?:de discussion|focalise|de parole|d usagers)|table ronde",
    ),
    (
        SourceKind.OBSERVATION,
        r"observations?|notes? de terrain|carnets? de (?:terrain|bord)|journal de terrain|immersions?|obs ?\d*",
    ),
    (
        SourceKind.ACTIVITY_REPORT,
        r"(?:rapports?|bilans?|comptes? rendus?|cr|tableaux?) (?:annuels? |mensuels? |trimestriels? )?d activites?"
        r"|rapports? (?:annuels?|mensuels?|trimestriels?)",
    ),
    (SourceKind.INTERVIEW, r"entretiens?|interviews?|itw ?\d*|ent ?\d+"),
    (
        SourceKind.DOCUMENT,
        r"conventions?|livrables?|cahier des charges|fiches?|deliberation|appel a projets?|note de cadrage",
    ),
]
_MONTHS = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()  # noqa: SIM905
_DATES = re.compile(
    r"(?<!\d)(?:(?P<y4>(?:19|20)\d\d)(?P<s1>[-_./ ]?)(?P<m1>\d\d)(?P=s1)(?P<d1>\d\d)"
    r"|(?P<d2>\d{1,2})[-_./ ](?P<m2>\d{1,2})[-_./ ](?P<y5>(?:19|20)\d\d)"
    rf"|(?P<d3>\d{{1,2}})(?:er)?[ _-](?P<month>{'|'.join(_MONTHS)})[ _-](?P<y6>(?:19|20)\d\d)"
    r"|(?P<a>\d\d)(?P<s2>[-_./])(?P<b>\d\d)(?P=s2)(?P<c>\d\d))(?!\d)"
)


def head(text: str) -> str:
    """The first lines: where a transcript says what it is."""
    return "\n".join(text[:_HEAD_LENGTH].split("\n")[:_HEAD_LINES])


def guess_kind(names: Sequence[str], text: str, roles: Sequence[Role] = ()) -> SourceKind | None:
    """Kind of source, from the names of the file (most telling first), then its first lines, then who speaks in it."""
    for place in (*names, head(text)):
        flat = " ".join(re.sub(r"[\W_]+", " ", fold(place)).split())
        found = [kind for kind, pattern in _KINDS if re.search(rf"(?:^|(?<= ))(?:{pattern})(?:$|(?= ))", flat)]
        if found:
            return found[0]
    moderators = sum(1 for role in roles if role is Role.MODERATOR)
    speakers = sum(1 for role in roles if role is Role.PARTICIPANT)
    if moderators and speakers:
        return SourceKind.FOCUS_GROUP if speakers >= 4 else SourceKind.INTERVIEW if speakers == 1 else None
    return None


def guess_territory(names: Sequence[str], text: str, territories: Sequence[str] = TERRITORIES) -> str | None:
    """The one territory that is named; None where there is none, or more than one in the same place."""
    for place in (*names, head(text)):
        flat = re.sub(r"[\W_]+", " ", fold(place))
        found = [
            territory
            for territory in territories
            if re.search(rf"(?<![a-z]){re.escape(re.sub(r'[^a-z0-9]+', ' ', fold(territory)))}(?![a-z])", flat)
        ]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def guess_date(names: Sequence[str], text: str, created: str | None = None) -> Date | None:
    """The date that the name of the file says, or its first lines.

    ``24.10.03`` may be read from either end: the reading that falls between 2015 and 2039 is taken, or, where both do,
    the one that suits the day the file was ``created`` (ISO 8601); neither where that does not settle it.
    """
    around = read_date(created or "")
    for place in (*names, head(text)):
        for match in _DATES.finditer(fold(place)):
            readings = list(_readings(match))
            if len(readings) > 1 and around is not None:
                readings = [day for day in readings if -_AFTER <= (around - day).days <= _BEFORE]
            if len(readings) == 1:
                return readings[0]
    return None


def dates_in(text: str) -> Iterator[tuple[int, int, frozenset[Date]]]:
    """Where dates stand in a folded text, each with the days that it may be."""
    at = 0
    while (match := _DATES.search(text, at)) is not None:
        days = frozenset(_readings(match))
        if days:
            yield match.start(), match.end(), days
        at = match.end() if days else match.start() + 1


def read_date(text: str) -> Date | None:
    """A date written whole (``2023-11-14``, ``14/11/2023``, ``14 novembre 2023``), with nothing before it."""
    match = _DATES.match(fold(text.strip()))
    readings = list(_readings(match)) if match and not match.group("a") else []
    return readings[0] if readings else None


def parse_date(date: Date | str) -> Date | None:
    """A date that somebody typed; None where they typed nothing. Raises ImportRefused for what is no date."""
    if isinstance(date, Date) or not date.strip():
        return date if isinstance(date, Date) else None
    found = read_date(date)
    if found is None:
        raise ImportRefused(_("« {date} » n'est pas une date.").format(date=date), _("Écrivez-la ainsi : 05/03/2024."))
    return found


def _readings(match: re.Match[str]) -> Iterator[Date]:
    part = match.groupdict()
    if part["y4"]:
        numbers = [(part["y4"], part["m1"], part["d1"])]
    elif part["y5"]:
        numbers = [(part["y5"], part["m2"], part["d2"])]
    elif part["y6"]:
        numbers = [(part["y6"], str(_MONTHS.index(part["month"]) + 1), part["d3"])]
    else:
        numbers = [(f"20{part['a']}", part["b"], part["c"]), (f"20{part['c']}", part["b"], part["a"])]
    found = []
    for year, month, day in numbers:
        try:
            found.append(Date(int(year), int(month), int(day)))
        except ValueError:
            continue
    if len(numbers) > 1:
        found = [day for day in dict.fromkeys(found) if FIRST_YEAR <= day.year <= LAST_YEAR]
    yield from found
