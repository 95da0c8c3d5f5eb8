"""What has a shape: telephone numbers, addresses of every sort, numbers that name somebody. Written, and said aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualikit.corpus.pseudonyms.model import Found, Kind

_GAP = r"[\s.\-/\u00a0\u202f]?"
_NOT_IN_NUMBER = r"(?<![\d.,])"

_PHONE = re.compile(
    rf"(?<!\d)(?:(?:\+|00){_GAP}33{_GAP}(?:\(0\){_GAP})?|0)[1-9](?:{_GAP}\d{{2}}){{4}}(?!\d)"
    rf"|(?<!\w)\+\d{{2,3}}(?:{_GAP}\d){{7,11}}(?!\d)"
    rf"|(?<!\d)0[1-9](?:{_GAP}\d{{2}}){{2,3}}{_GAP}(?:\.\.\.|…)"
)
_UNIT = (
    r"(?:z[ée]ro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
    r"|dix[- ]sept|dix[- ]huit|dix[- ]neuf)"
)
_SAID = (
    rf"(?:(?:vingt|trente|quarante|cinquante|soixante|quatre[- ]vingts?|soixante[- ]dix)"
    rf"(?:[- ]et[- ]{_UNIT}|[- ]{_UNIT})?|{_UNIT}|\d{{2}})"
)
_BETWEEN = r"(?:,?\s+|-|,\s*)"
_PHONE_SAID = re.compile(
    rf"\b(?:z[ée]ro{_BETWEEN}(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf)|0[1-9])(?:{_BETWEEN}{_SAID}){{4,8}}\b",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_NAME_SAID = r"[\w]+(?:(?:\s+(?:point|tiret(?: du (?:bas|6|huit|six))?|underscore)\s+|[.\-_])[\w]+)*"
_ENDING = r"(?:fr|com|net|org|eu|gouv|info|be|ch|asso)"
_MAIL_SAID = re.compile(
    rf"\b{_NAME_SAID}\s*(?:\barobase\b|\barobas\b|@|\bchez\b(?=\s+(?:gmail|orange|free|wanadoo|hotmail|yahoo|laposte)))\s*"
    rf"[\w\-]+(?:\s+tiret\s+[\w]+)*(?:(?:\s+point\s+|\s*\.\s*)(?:[\w\-]+(?:\s+point\s+|\.))*{_ENDING})?\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"\bhttps?://[^\s<>»\")]+|\bwww\.[^\s<>»\")]+|(?<![\w@.])@[A-Za-z_][\w.]{2,}", re.IGNORECASE)
_NIR = re.compile(
    rf"{_NOT_IN_NUMBER}[12]{_GAP}\d{{2}}{_GAP}(?:0[1-9]|1[0-2]|[2-9]\d){_GAP}(?:\d{{2}}|2[AB]){_GAP}\d{{3}}"
    rf"{_GAP}\d{{3}}(?:{_GAP}\d{{2}})?(?!\d)"
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[\s\u00a0]?[\dA-Z]{4}){3,7}(?:[\s\u00a0]?[\dA-Z]{1,4})?\b", re.IGNORECASE)
_CARD = re.compile(r"(?<!\d)\d{4}(?:[\s\u00a0\-]?\d{4}){3}(?!\d)")
_PLATE = re.compile(r"\b[A-HJ-NP-TV-Z]{2}[\s\-]?\d{3}[\s\-]?[A-HJ-NP-TV-Z]{2}\b|\b\d{2,4}[\s\-][A-Z]{2,3}[\s\-]\d{2}\b")
_REFERENCE = re.compile(r"\b\d{2,4}[\-/][A-Z]{2,5}[\-/]\d{2,6}\b")
_FILE_NUMBER = re.compile(
    r"(?:num[ée]ro|n[°o]|matricule|identifiant)\s+(?:(?:d[e'’]\s?|fiscal|allocataire|dossier|client|s[ée]cu\w*|sociale?"
    r"|contrat|adh[ée]rent|étranger|[ée]lecteur|\w+)\s*){0,4}(?:[:,]|c'est|est)?\s*(?:le\s+)?"
    r"(\d[\d\s\u00a0.]{3,18}\d[A-Z]?|\d{5,}[A-Z]?)",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"(?<![\d.,])\d{8,15}(?![\d,])")

_S = r"[^\S\n]"
# Ways that are nothing else, and those whose word says other things too (« un cours », « une place »).
_STREETS = (
    r"(?:rue|ruelle|avenue|av\.|boulevard|bd\.?|impasse|all[ée]e|chemin|square|lotissement|venelle|faubourg|mont[ée]e)"
)
_OTHERS = (
    r"(?:place|quai|cours|route|passage|r[ée]sidence|esplanade|voie|rond-point|cit[ée]|b[âa]timent|tour|traverse|mail)"
)
_FIGURES = rf"(?:(?!(?:19|20)\d\d\b)\d{{1,4}}(?:{_S}?(?:bis|ter|quater|[A-D]\b))?)"
_SAID_NUMBER = (
    rf"(?:(?:num[ée]ro{_S}+)?(?:(?:vingt|trente|quarante|cinquante|soixante|quatre[- ]vingts?)"
    rf"(?:[- ](?:et[- ])?{_UNIT})?|{_UNIT})(?:{_S}(?:bis|ter))?)"
)
_LINK_WORD = rf"(?:de{_S}+la|de{_S}+l['’]|du|des|de|d['’]|la|le|les|l['’]|et|à|aux|sur|sous|en)"
_CAP = r"[A-ZÀ-ÖØ-Þ0-9][\w'’\-]*"
_WAY_NAME = rf"(?:{_LINK_WORD}{_S}*)*{_CAP}(?:{_S}+(?:{_LINK_WORD}{_S}*)*{_CAP}){{0,4}}"
_TOWN = rf"(?:,?{_S}+(?:à{_S}+)?\d{{5}}(?:{_S}+{_CAP}(?:{_S}+{_CAP}){{0,2}})?)?"
_ADDRESS = re.compile(
    rf"\b(?:(?:{_FIGURES}|{_SAID_NUMBER}),?{_S}+(?i:{_STREETS})|{_FIGURES},?{_S}+(?i:{_OTHERS})){_S}+{_WAY_NAME}{_TOWN}"
)
_NOT_NAME = r"(?!(?:et|mais|donc|je|c['’]est|on|puis|il|elle|ils|elles|qui|que|où|avec|pour|voilà|alors)\b)"
_ADDRESS_LOWER = re.compile(
    rf"\b(?:{_FIGURES}|(?!une?\b){_SAID_NUMBER}),?{_S}+{_STREETS}{_S}+(?:{_LINK_WORD}{_S}*)*[^\W\d_]{{3,}}"
    rf"(?:(?:{_S}|-){_NOT_NAME}[^\W\d_]+)?(?:,?{_S}+\d{{5}}(?:{_S}+[^\W\d_]+)?)?",
    re.IGNORECASE,
)
_STREET = re.compile(rf"\b(?i:{_STREETS}|quai){_S}+{_WAY_NAME}{_TOWN}")
_POSTAL = re.compile(rf"(?<!\d)(?:0[1-9]|[1-8]\d|9[0-8])\d{{3}}{_S}+{_CAP}(?:(?:{_S}|-){_CAP}){{0,3}}")

_MONTH = r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre)"
_DAY = (
    rf"(?:\d{{1,2}}\s?[/.\-]\s?\d{{1,2}}\s?[/.\-]\s?(?:19|20)?\d{{2}}"
    rf"|(?:\d{{1,2}}|1er|premier|{_UNIT}|vingt(?:[- ](?:et[- ])?{_UNIT})?|trente(?:[- ]et[- ]un)?)"
    rf"\s+{_MONTH}(?:\s+(?:19|20)\d{{2}}|\s+(?:mille|mil)\s+neuf\s+cent\s+[\w\-]+(?:[\s\-]\w+)?)?)"
)
_BORN = re.compile(
    rf"\b(?:né[e]?s?|née?\(e\)|naissance|naquit|nee?)\b[^.\n\d]{{0,20}}?({_DAY}|(?:en|de)\s+(?:19|20)\d{{2}})",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?<!\d)\d{1,2}[/.\-]\d{1,2}[/.\-](?:19[0-9]{2}|200\d)(?!\d)")


def find(text: str) -> Iterator[Found]:
    """Everything of a known shape, in no particular order; the same words may be found twice."""
    for pattern, kind, score in (
        (_PHONE, Kind.PHONE, 0.95),
        (_PHONE_SAID, Kind.PHONE, 0.85),
        (_MAIL, Kind.MAIL, 0.99),
        (_MAIL_SAID, Kind.MAIL, 0.9),
        (_LINK, Kind.LINK, 0.9),
        (_ADDRESS, Kind.ADDRESS, 0.95),
        (_ADDRESS_LOWER, Kind.ADDRESS, 0.8),
        (_STREET, Kind.ADDRESS, 0.8),
        (_POSTAL, Kind.ADDRESS, 0.8),
        (_PLATE, Kind.NUMBER, 0.7),
        (_REFERENCE, Kind.NUMBER, 0.7),
        (_LONG_NUMBER, Kind.NUMBER, 0.6),
        (_DATE, Kind.DATE, 0.5),
    ):
        for match in pattern.finditer(text):
            yield _found(text, *match.span(), kind, score)
    for match in _NIR.finditer(text):
        yield _found(text, *match.span(), Kind.NUMBER, 0.99 if is_nir(match.group()) else 0.6)
    for match in _IBAN.finditer(text):
        if is_iban(match.group()):
            yield _found(text, *match.span(), Kind.NUMBER, 0.99)
    for match in _CARD.finditer(text):
        if _luhn(match.group()):
            yield _found(text, *match.span(), Kind.NUMBER, 0.95)
    for match in _FILE_NUMBER.finditer(text):
        yield _found(text, *match.span(1), Kind.NUMBER, 0.85)
    for match in _BORN.finditer(text):
        yield _found(text, *match.span(1), Kind.DATE, 0.9)


def _found(text: str, start: int, stop: int, kind: Kind, score: float) -> Found:
    while stop > start and text[stop - 1] in " \t.,;:-'’\u00a0":
        stop -= 1
    return Found(start, stop, text[start:stop], kind, score, "pattern")


def is_nir(text: str) -> bool:
    """Whether a social security number has the key that its thirteen figures ask for: 97 less their remainder by 97.

    Corsica's 2A and 2B count as 19 and 18 (INSEE, « Numéro d'inscription au répertoire »).
    """
    bare = re.sub(r"[\W_]", "", text).replace("2A", "19").replace("2B", "18")
    return len(bare) == 15 and bare.isdigit() and int(bare[13:]) == 97 - int(bare[:13]) % 97


def is_iban(text: str) -> bool:
    """Whether an account number has the remainder 1 by 97 that ISO 13616 asks for."""
    bare = re.sub(r"\s", "", text)
    if not 15 <= len(bare) <= 34:
        return False
    return int("".join(str(int(character, 36)) for character in bare[4:] + bare[:4])) % 97 == 1


def _luhn(text: str) -> bool:
    """The check of payment cards (ISO/IEC 7812-1)."""
    figures = [int(character) for character in text if character.isdigit()][::-1]
    return sum(figures[::2]) % 10 == (-sum(sum(divmod(2 * figure, 10)) for figure in figures[1::2])) % 10
