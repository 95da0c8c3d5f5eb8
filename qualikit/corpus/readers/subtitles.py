"""What subtitles share, .vtt and .srt: cues with their times, whoever wrote them, without losing what stands in them.

The WebVTT grammar (W3C, « WebVTT: The Web Video Text Tracks Format ») drops a cue whose time is badly written and what
follows an empty line inside a cue. Players may; a transcript may not: here every line of words is kept.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from qualikit.corpus.marks import Form, find_marks
from qualikit.corpus.readers import ReadText
from qualikit.corpus.readers.text import decode, replaced
from qualikit.corpus.readers.utterances import Utterance, transcript
from qualikit.corpus.speakers import detect
from qualikit.corpus.times import read_clock
from qualikit.errors import EmptyDocument, UnreadableFile
from qualikit.i18n import _, ngettext
from qualikit.text import normalise

MAX_BYTES = 32 * 2**20
"""Some millions of words with their times."""
EVERY_CUE = 0.6
"""Share of cues that begin with « Name: » from which that is how the file says who speaks."""

_TIME = r"(?:\d{1,4}:)?\d{1,3}:\d{1,2}(?:[.,]\d{1,9})?"
_ARROW = r"(?:-{1,3}>|[–—]>|→)"
_TIMING = re.compile(rf"[^\S\n]*({_TIME})[^\S\n]*{_ARROW}[^\S\n]*({_TIME})(?!\d)(.*)")
_ARROW_ANYWHERE = re.compile(r"[-–—]>|→")
_TWO_TIMES = re.compile(rf"[^\S\n]*{_TIME}[^\w\n]{{1,9}}{_TIME}")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*+)?\s++([^<>\n]*+)>|</v\s*+>")
_TAG = re.compile(
    r"</?(?:c|i|b|u|s|ruby|rt|v|lang|font|span|em|strong)(?:[.\s][^<>\n]*)?/?>|<(?:\d{1,4}:){1,2}\d{1,2}(?:\.\d{1,9})?>",
    re.I,
)
_BREAK = re.compile(r"<br\s*/?>", re.I)
_ASS = re.compile(r"\{\\[^{}\n]*\}")


@dataclass
class Cue:
    """One subtitle: its times in seconds where they could be read, its lines as written."""

    start: float | None
    stop: float | None
    lines: list[str] = field(default_factory=list)


def read_subtitles(data: bytes, file_name: str, blocks: Sequence[str] = ()) -> ReadText:
    """The transcript of a file of subtitles. ``blocks``: first words of the blocks that are not cues (« NOTE »).

    Raises UnreadableFile, EmptyDocument.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFile(
            _("« {name} » est trop gros pour des sous-titres ({size} Mo).").format(
                name=file_name, size=len(data) // 2**20
            ),
            _("Découpez-le en plusieurs fichiers."),
        )
    if not data.strip():
        raise EmptyDocument(_("« {name} » est vide.").format(name=file_name), _("Redemandez le fichier d'origine."))
    decoded, encoding, damaged = decode(data, file_name)
    heading, cues = _cues(normalise(decoded).split("\n"), blocks)
    if not any(cue.start is not None for cue in cues):
        raise UnreadableFile(
            _("« {name} » ne contient pas de sous-titres : aucune heure n'y annonce une parole.").format(
                name=file_name
            ),
            _("Si c'est un texte, donnez-lui l'extension .txt."),
        )
    unread = sum(1 for cue in cues if cue.start is None)
    warnings = [replaced()] if damaged else []
    if unread:
        warnings.append(
            ngettext(
                "{n} sous-titre a une heure illisible : ses paroles sont gardées, sans heure.",
                "{n} sous-titres ont une heure illisible : leurs paroles sont gardées, sans heure.",
                unread,
            ).format(n=unread)
        )
    pieces = [piece for cue in cues for piece in _voices(cue)]
    if all(piece.label is None for piece in pieces):
        pieces = list(_announced(pieces))
    pieces = [replace(piece, text=piece.text.replace("\n", " ")) for piece in pieces]
    return transcript(pieces, file_name, warnings=warnings, title=heading, encoding=encoding)


def _cues(lines: Sequence[str], blocks: Sequence[str]) -> tuple[str | None, list[Cue]]:
    """Title in the heading, and the cues. A line before a time is the number or the name of the cue."""
    heading = None
    cues: list[Cue] = []
    blank, skipping = True, False
    for place, line in enumerate(lines):
        timing = _TIMING.match(line)
        broken = timing is None and _is_time_place(lines, place) and _looks_timed(line)
        if timing or broken:
            _drop_name(cues, lines, place)
            start, stop = (read_clock(timing[1]), read_clock(timing[2])) if timing else (None, None)
            cues.append(Cue(start, stop))
            skipping = False
        elif not line.strip():
            skipping = False
        elif blank and line.split(maxsplit=1)[0].rstrip(":") in blocks:
            skipping = True
            if not cues and line.startswith("WEBVTT"):
                heading = line.removeprefix("WEBVTT").strip(" -–—") or None
        elif cues and not skipping:
            cues[-1].lines.append(line)
        blank = not line.strip()
    return heading, cues


def _looks_timed(line: str) -> bool:
    """Whether a line was a time before something happened to it."""
    arrow = _ARROW_ANYWHERE.search(line) is not None and any(c.isdigit() for c in line)
    return arrow or _TWO_TIMES.match(line) is not None


def _is_time_place(lines: Sequence[str], place: int) -> bool:
    """Whether a line stands where a time is expected: after an empty line, or after a number."""
    before = lines[place - 1].strip() if place else ""
    return not before or before.isdecimal()


def _drop_name(cues: list[Cue], lines: Sequence[str], place: int) -> None:
    """Take the name of a cue back from the words of the one before."""
    before = lines[place - 1].strip() if place else ""
    if not before or not cues or not cues[-1].lines:
        return
    after_blank = place < 2 or not lines[place - 2].strip()
    if before.isdecimal() or (after_blank and " " not in before):
        cues[-1].lines.pop()


def _voices(cue: Cue) -> Iterator[Utterance]:
    """What each voice says in a cue: ``<v Karim>``, closed or not; what stands before is nobody's."""
    raw = "\n".join(cue.lines)
    label, place = None, 0
    for match in [*_VOICE.finditer(raw), None]:
        said = _plain(raw[place : match.start() if match else len(raw)])
        if label and said.startswith(label):  # noScribe says the name again in the words
            said = re.sub(r"^\s*:\s*", "", said[len(label) :]) if said[len(label) :].lstrip()[:1] == ":" else said
        if said.strip():
            yield Utterance(said, label, cue.start, cue.stop)
        if match:
            label = html.unescape(match[1]).strip() or None if match[1] is not None else None
            place = match.end()


def _plain(raw: str) -> str:
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", _ASS.sub("", raw)))).strip()


def _announced(pieces: Sequence[Utterance]) -> Iterator[Utterance]:
    """The pieces, told apart by what they say themselves at their beginning: « Karim: … » (Zoom), « [Karim] … »."""
    lines = [(piece, line) for piece in pieces for line in piece.text.split("\n") if line.strip()]
    text = "\n".join(line for _piece, line in lines)
    rule = detect(ReadText(text)).best.rule if text.strip() else None
    form = rule.form if rule else Form.NONE
    labels = set(rule.labels) if rule else set()
    if form is Form.NONE:
        marks = find_marks(text, Form.COLON)
        form, labels = Form.COLON, {mark.label for mark in marks}
        counts = Counter(mark.label for mark in marks)
        if len(marks) < EVERY_CUE * len(pieces) or len(counts) > max(1, len(marks) // 2):
            yield from pieces
            return
    marked = {mark.start: mark for mark in find_marks(text, form) if mark.label in labels}
    label, start = None, 0
    for piece, line in lines:
        mark = marked.get(start)
        label = mark.label if mark else label
        said = line[mark.speech_start - start :] if mark else line
        if said.strip():
            yield replace(piece, text=said, label=label)
        start += len(line) + 1
