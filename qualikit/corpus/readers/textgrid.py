"""Praat's TextGrid: a tier a speaker, an interval an utterance.

Praat's manual (« TextGrid file formats ») defines the text formats, long and short, as one: only numbers and flags that
stand free and texts in quotes count, in their order; « xmin = » and the like are for people. They are read so here, and
what is damaged costs the interval that holds it, not the rest of the tier.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from qualikit.corpus.readers import ReadText
from qualikit.corpus.readers.text import decode, replaced
from qualikit.corpus.readers.utterances import Utterance, transcript
from qualikit.corpus.times import MAX_HOURS
from qualikit.errors import EmptyDocument, UnreadableFile
from qualikit.i18n import _, ngettext
from qualikit.text import fold

MAX_BYTES = 32 * 2**20
_TOKEN = re.compile(
    r'"(?P<text>(?:[^"]++|"")*+)(?:"|\Z)|(?<!\S)(?P<number>[+-]?\d{1,15}(?:\.\d{0,40})?(?:[eE][+-]?\d{1,3})?)(?!\S)'
    r"|(?<!\S)![^\n]*"
)
_FINER = {
    "phones",
    "phonemes",
    "phone",
    "syllables",
    "syllabes",
    "syll",
    "words",
    "word",
    "mots",
    "tokens",
    "ipa",
    "api",
}
"""Last words of the names of tiers that say again, word by word or sound by sound, what another tier says."""
_NOBODY = {
    "",
    "transcription",
    "transcript",
    "texte",
    "text",
    "ortho",
    "orthographe",
    "utterances",
    "phrases",
    "sentences",
}
"""Names of a tier that name nobody."""


@dataclass
class Tier:
    """A tier with its intervals: (start, stop, words)."""

    name: str
    is_points: bool
    intervals: list[tuple[float, float, str]] = field(default_factory=list)


class TextGridReader:
    """Reader of .TextGrid files, long or short."""

    name = "textgrid"
    version = "1"
    extensions = (".textgrid",)

    @property
    def label(self) -> str:
        return _("TextGrid de Praat")

    def read(self, data: bytes, file_name: str) -> ReadText:
        """The turns with their times, by the time they start. Raises ``UnreadableFile``, ``EmptyDocument``."""
        if not data.strip():
            raise EmptyDocument(_("« {name} » est vide.").format(name=file_name), _("Redemandez le fichier d'origine."))
        if data.startswith(b"ooBinaryFile"):
            raise UnreadableFile(
                _("« {name} » est un TextGrid binaire, qui ne se lit pas ici.").format(name=file_name),
                _("Dans Praat, enregistrez-le avec « Save as text file… »."),
            )
        if len(data) > MAX_BYTES:
            raise UnreadableFile(
                _("« {name} » est trop gros pour un TextGrid ({size} Mo).").format(
                    name=file_name, size=len(data) // 2**20
                ),
                _("Découpez-le en plusieurs fichiers."),
            )
        decoded, encoding, damaged = decode(data, file_name)
        tiers, lost = _tiers(decoded)
        if not tiers:
            raise UnreadableFile(
                _("« {name} » n'est pas un TextGrid de Praat, ou il est abîmé.").format(name=file_name),
                _("Dans Praat, enregistrez-le de nouveau avec « Save as text file… »."),
            )
        spoken, warnings = _spoken(tiers)
        if lost:
            warnings.append(
                ngettext(
                    "{n} endroit du fichier est abîmé : comparez avec l'original.",
                    "{n} endroits du fichier sont abîmés : comparez avec l'original.",
                    lost,
                ).format(n=lost)
            )
        if damaged:
            warnings.append(replaced())
        pieces = [
            Utterance(" ".join(words.split()), label, start, stop)
            for label, tier in [(_label(tier), tier) for tier in spoken]
            for start, stop, words in tier.intervals
        ]
        pieces.sort(key=lambda piece: piece.time or 0.0)  # one tier after the other: their order in time is no surprise
        return transcript(pieces, file_name, warnings=warnings, encoding=encoding)


def _label(tier: Tier) -> str | None:
    name = " ".join(tier.name.split())
    return None if fold(name) in _NOBODY else name[:100]


def _tiers(text: str) -> tuple[list[Tier], int]:
    """The tiers, and in how many places something else stood than what should."""
    found: list[str | float] = []
    for match in _TOKEN.finditer(text):
        if match["number"] is not None:
            found.append(float(match["number"]))
        elif match["text"] is not None:
            found.append(match["text"].replace('""', '"'))
    kinds = "".join("t" if isinstance(token, str) else "n" for token in found)
    tiers: list[Tier] = []
    place, lost, astray = 0, 0, False
    while place < len(found):
        here = found[place]
        if here in {"IntervalTier", "TextTier"} and kinds.startswith("ttnnn", place):
            tiers.append(Tier(str(found[place + 1]), here == "TextTier"))
            place, astray = place + 5, False
        elif tiers and kinds.startswith("nt" if tiers[-1].is_points else "nnt", place):
            wide = 2 if tiers[-1].is_points else 3
            start, stop, words = float(found[place]), float(found[place + wide - 2]), str(found[place + wide - 1])
            if 0 <= start <= stop < MAX_HOURS * 3600:
                tiers[-1].intervals.append((start, stop, words))
            elif words.strip():
                lost += 1
            place, astray = place + wide, False
        else:
            lost += bool(tiers) and not astray
            place, astray = place + 1, True
    return tiers, lost


def _spoken(tiers: Sequence[Tier]) -> tuple[list[Tier], list[str]]:
    """The tiers that hold what is said, and what to tell of the others."""
    warnings = []
    points = [tier.name for tier in tiers if tier.is_points and any(words.strip() for *_times, words in tier.intervals)]
    if points:
        warnings.append(
            _("Les points ne sont pas des paroles, ils ont été laissés : {names}.").format(names=", ".join(points))
        )
    spoken = [tier for tier in tiers if not tier.is_points]
    finer = [tier for tier in spoken if (re.findall(r"\w+", fold(tier.name).replace("_", " ")) or [""])[-1] in _FINER]
    if finer and len(finer) < len(spoken):
        spoken = [tier for tier in spoken if tier not in finer]
        names = ", ".join(tier.name for tier in finer)
        warnings.append(
            _("Ces lignes redisent mot à mot les autres, elles ont été laissées : {names}.").format(names=names)
        )
    return spoken, warnings
