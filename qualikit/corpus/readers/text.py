"""Plain text and Markdown, whatever the encoding it was saved in. Markdown keeps its marks: they are its text."""

from __future__ import annotations

import codecs
import re
from itertools import islice

from qualikit.corpus.readers import ReadText
from qualikit.corpus.readers.beside import other_format
from qualikit.corpus.readers.meetings import meeting_turns
from qualikit.errors import EmptyDocument, UnreadableFile
from qualikit.i18n import _
from qualikit.text import normalise

_MARKS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins alike
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
_ELSE = ["utf_8", "cp1252", "mac_roman", "utf_16"]
"""What French text is saved in. Left free, charset-normalizer reads French Windows text as Central European."""
_SAMPLE = 200_000
MAX_BYTES = 8 * 2**20
"""More than a million words."""
DAMAGE = 0.001
"""Share of undecodable places below which a text is still UTF-8, slightly damaged, rather than something else."""
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1d]")
CONTROLS = 0.02
"""Share of control characters above which it is not text."""


class TextReader:
    """Reader of .txt and .md files."""

    name = "txt"
    version = "2"
    extensions = (".txt", ".text", ".md", ".markdown")

    @property
    def label(self) -> str:
        return _("Texte brut")

    def read(self, data: bytes, file_name: str) -> ReadText:
        """The text as it is. Raises ``EmptyDocument``, or ``UnreadableFile`` for what is not text."""
        if len(data) > MAX_BYTES:
            raise UnreadableFile(
                _("« {name} » est trop gros pour un texte ({size} Mo).").format(
                    name=file_name, size=len(data) // 2**20
                ),
                _("Découpez-le en plusieurs fichiers."),
            )
        decoded, encoding, damaged = decode(data, file_name)
        text = normalise(decoded).strip("\n")
        if not text.strip():
            raise EmptyDocument(
                _("« {name} » ne contient aucun texte.").format(name=file_name), _("Redemandez le fichier d'origine.")
            )
        warnings: tuple[str, ...] = ()
        if damaged:
            warnings = (_("Quelques caractères illisibles ont été remplacés par « � »."),)
        return ReadText(text=text, turns=meeting_turns(text), warnings=warnings, encoding=encoding)


def decode(data: bytes, file_name: str) -> tuple[str, str, bool]:
    """Text, name of its encoding, whether some of it could not be read. Raises UnreadableFile for what is no text."""
    other = other_format(file_name, _("un texte"), data[:16])
    if other is not None:
        raise other
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            return _checked(text, file_name), encoding, "\ufffd" in text
    encoding = _utf16_without_mark(data)
    if encoding:
        text = data.decode(encoding, "replace")
        return _checked(text, file_name), encoding, "\ufffd" in text
    if b"\x00" in data:
        raise _not_text(file_name)
    try:
        return _checked(data.decode("utf-8"), file_name), "utf-8", False
    except UnicodeDecodeError:
        pass
    repaired = data.decode("utf-8", "replace")
    accents = sum(1 for c in repaired if c > "\x7f")
    holes = repaired.count("\ufffd")
    if holes <= max(1, DAMAGE * len(repaired)) and accents > 4 * holes:
        return _checked(repaired, file_name), "utf-8", True
    encoding = _guess(data)
    text = data.decode(encoding, "replace")
    return _checked(text, file_name), encoding, "\ufffd" in text


def replaced() -> str:
    """What to tell the user of a text that was damaged."""
    return _("Quelques caractères illisibles ont été remplacés par « � ».")


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    # Long files are judged on the lines that tell encodings apart, those with accents.
    sample = data
    if len(data) > _SAMPLE:
        telling = islice((line for line in data.splitlines(keepends=True) if not line.isascii()), 2_000)
        sample = b"".join(telling)[:_SAMPLE]
    best = from_bytes(sample, cp_isolation=_ELSE).best()
    return "cp1252" if best is None or best.encoding.startswith("utf") else best.encoding


def _utf16_without_mark(data: bytes) -> str:
    """Name of the UTF-16 whose every second byte is zero in European text; empty where this is something else."""
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2:
        return ""
    half = len(sample) // 2
    low, high = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if high > 0.7 and low < 0.05:
        return "utf-16-le"
    return "utf-16-be" if low > 0.7 and high < 0.05 else ""


def _checked(text: str, file_name: str) -> str:
    controls = len(_CONTROLS.findall(text))
    if "\x00" in text or controls > CONTROLS * len(text) or text.count("\ufffd") > 0.1 * len(text):
        raise _not_text(file_name)
    return text


def _not_text(file_name: str) -> UnreadableFile:
    return UnreadableFile(
        _("« {name} » n'est pas un texte : son contenu ne se lit pas.").format(name=file_name),
        _("Ouvrez-le avec le logiciel qui l'a fait et enregistrez-le en texte (UTF-8) ou au format .docx."),
    )
