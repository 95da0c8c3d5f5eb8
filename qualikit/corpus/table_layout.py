"""What the columns of a table hold, when its rows are what was said: proposed from their names and content, changed at
will."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from qualikit.corpus.times import read_clock
from qualikit.errors import ImportRefused, UnreadableFile
from qualikit.i18n import _, in_every_language
from qualikit.sheets import Sheet
from qualikit.text import fold


class Rows(StrEnum):
    """What one row of a table is."""

    TURNS = "turn"
    DOCUMENTS = "document"


class Part(StrEnum):
    """What one column of a table holds."""

    TEXT = "text"
    SPEAKER = "speaker"
    START = "start"
    STOP = "stop"
    DOCUMENT = "document"
    TERRITORY = "territory"
    DATE = "date"
    SOURCE = "source"
    ATTRIBUTE = "attribute"
    LEFT = "left"


SEVERAL = frozenset({Part.TEXT, Part.ATTRIBUTE, Part.LEFT})
"""What several columns may hold; of the others there is one each."""


def rows_label(rows: Rows) -> str:
    """What a row is, for the user."""
    return {Rows.TURNS: _("une prise de parole"), Rows.DOCUMENTS: _("un document")}[rows]


def part_label(part: Part) -> str:
    """What a column holds, for the user."""
    return {
        Part.TEXT: _("Texte"),
        Part.SPEAKER: _("Qui parle"),
        Part.START: _("Début"),
        Part.STOP: _("Fin"),
        Part.DOCUMENT: _("Titre du document"),
        Part.TERRITORY: _("Territoire"),
        Part.DATE: _("Date"),
        Part.SOURCE: _("Type de source"),
        Part.ATTRIBUTE: _("Attribut"),
        Part.LEFT: _("Ne pas garder"),
    }[part]


@dataclass(frozen=True)
class TableLayout:
    """How a table is read: what a row is, and what each column holds, in the order of the table."""

    rows: Rows
    parts: tuple[tuple[str, Part], ...]

    def columns(self, part: Part) -> tuple[str, ...]:
        """The columns that hold this."""
        return tuple(column for column, held in self.parts if held is part)

    def column(self, part: Part) -> str | None:
        """The column that holds this, or None."""
        return next(iter(self.columns(part)), None)

    def with_rows(self, rows: Rows | str) -> TableLayout:
        """The same columns, a row being something else."""
        return replace(self, rows=Rows(rows))

    def with_part(self, column: str, part: Part | str) -> TableLayout:
        """A column for something else; the one that held it before is left out. Raises ImportRefused for a column that
        is not there."""
        part = Part(part)
        if column not in dict(self.parts):
            raise ImportRefused(
                _("Le tableau n'a pas de colonne « {column} ».").format(column=column),
                _("Ses colonnes sont : {columns}.").format(columns=", ".join(dict(self.parts))),
            )
        parts = []
        for name, held in self.parts:
            given_up = held is part and part not in SEVERAL
            parts.append((name, part if name == column else Part.LEFT if given_up else held))
        return replace(self, parts=tuple(parts))


Layout = TableLayout | Callable[[TableLayout], TableLayout]
"""A layout, or what makes it from the one proposed."""


def parse_part(word: str) -> Part:
    """The part that a word stands for, in any language or as it is called here. Raises ImportRefused."""
    words = {part.value: part for part in Part} | dict.fromkeys(("titre", "title"), Part.DOCUMENT)
    words |= {"locuteur": Part.SPEAKER, "end": Part.STOP, "ignorer": Part.LEFT, "ignore": Part.LEFT}
    for part in Part:
        words |= dict.fromkeys(map(fold, in_every_language(partial(part_label, part))), part)
    if (found := words.get(fold(word.strip()))) is not None:
        return found
    expected = ", ".join(part_label(part).lower() for part in Part)
    raise ImportRefused(
        _("« {word} » n'est pas ce qu'une colonne peut tenir.").format(word=word),
        _("Une colonne tient : {expected}.").format(expected=expected),
    )


def parse_rows(word: str) -> Rows:
    """What a row is, from a word for it. Raises ImportRefused."""
    words = {"turn": Rows.TURNS, "tour": Rows.TURNS, "parole": Rows.TURNS, "document": Rows.DOCUMENTS}
    if (found := words.get(fold(word.strip()))) is not None:
        return found
    raise ImportRefused(
        _("Une ligne ne peut pas être « {word} ».").format(word=word), _("Une ligne est un tour, ou un document.")
    )


_WORDS: Mapping[Part, tuple[str, ...]] = {
    Part.TEXT: ("texte", "text", "parole", "paroles", "propos", "discours", "transcription", "transcript", "verbatim",
        "contenu", "content", "message", "reponse", "reponses", "answer", "response", "commentaire", "commentaires",
        "comment", "comments", "utterance", "enonce", "avis", "tour de parole"),
    Part.SPEAKER: ("locuteur", "locutrice", "intervenant", "intervenante", "interlocuteur", "orateur", "speaker",
        "qui parle", "qui", "who", "etiquette", "speaker name", "nom du locuteur", "participant", "auteur", "author",
        "from", "de"),
    Part.START: ("debut", "start", "start time", "temps", "time", "heure", "timecode", "time code", "tc", "timestamp",
        "horodatage", "begin", "in", "temps debut", "heure de debut", "minutage"),
    Part.STOP: ("fin", "stop", "end", "end time", "out", "temps fin", "heure de fin"),
    Part.DOCUMENT: ("document", "titre", "title", "fichier", "file", "nom fichier", "nom du fichier", "filename",
        "entretien", "interview", "session", "focus group", "groupe", "group", "conversation", "reunion", "meeting",
        "id", "identifiant", "id reponse",
        "response id", "repondant", "repondante", "respondent", "participant", "personne", "nom", "name",
        "code", "numero", "n"),
    Part.TERRITORY: ("territoire", "territory", "commune", "ville", "site", "city"),
    Part.DATE: ("date", "jour", "date de l'entretien", "date de reponse", "horodateur", "submitdate"),
    Part.SOURCE: ("type de source", "source", "type of source"),
}  # fmt: skip
_ROW_NUMBERS = {"id", "numero", "n", "identifiant", "index", "ligne", "line", "row"}
_FILES = {"fichier", "file", "nom fichier", "nom du fichier", "filename", "etiquette", "label"}
_CODE_NAMES, _CODEBOOK = {"name", "nom", "code", "intitule", "libelle"}, {"definition", "parent", "include", "inclure",
    "exclude", "exclure", "mots-cles", "mots cles", "keywords"}  # fmt: skip
_QUOTES = {"quote", "citation", "extrait", "passage"}
_SAMPLE = 300
_NAME = 100
"""Characters of the name of a column that may say what it holds: past them it is a question, or no name."""
LONG_WORDS, LONG_CHARACTERS = 5, 25
"""Mean length of the cells of a column that holds what people said or wrote."""
SOME_WORDS, MANY_WORDS = 1.5, 30
"""Mean length, in words, of the cells of a column that says it holds answers, and of texts beside names of files."""
REPEATED = 0.6
"""Share of distinct values below which a column of names is of people who speak in turn."""


@dataclass(frozen=True)
class _Column:
    """What the first cells of a column are like: means over those that are filled, shares."""

    name: str
    key: str
    words: float
    characters: float
    distinct: float
    count: int
    filled: float
    times: float

    @property
    def is_long(self) -> bool:
        return self.words >= LONG_WORDS and self.characters >= LONG_CHARACTERS and self.distinct > 0.5


def propose(sheet: Sheet) -> TableLayout:
    """The most likely layout of a table, whatever it is."""
    columns = [_look(sheet, name) for name in sheet.columns]
    held: dict[str, Part] = {}
    for part, words in _WORDS.items():
        free = [column for column in columns if column.name not in held and _fits(column, part)]
        found = next((column for word in words for column in free if column.key == word), None)
        if found is not None:
            held[found.name] = part
    rows = Rows.TURNS if {Part.SPEAKER, Part.START} & set(held.values()) else Rows.DOCUMENTS
    if rows is Rows.TURNS:
        _one_text(columns, held)
    else:
        _answers(columns, held)
    numbers = {name for name, part in held.items() if part is Part.DOCUMENT and _key(name) in _ROW_NUMBERS}
    if rows is Rows.TURNS:  # there the number is of the turn
        held.update(dict.fromkeys(numbers, Part.LEFT))
    others = Part.LEFT if rows is Rows.TURNS else Part.ATTRIBUTE
    return TableLayout(rows, tuple((column.name, held.get(column.name, others)) for column in columns))


def refusal(sheet: Sheet, layout: TableLayout, file_name: str) -> UnreadableFile | None:
    """Why a table is none of what was said, and where it goes instead; None where it may be read."""
    names = {_key(column) for column in sheet.columns}
    spoken = layout.rows is Rows.TURNS and bool(layout.columns(Part.TEXT))
    if "code" in names and names & _QUOTES:
        return UnreadableFile(
            _("« {name} » est un tableau de codages.").format(name=file_name),
            _("Importez-le avec la commande « qualikit codings import »."),
        )
    if names & _CODE_NAMES and names & _CODEBOOK and not spoken:
        return UnreadableFile(
            _("« {name} » est une grille de codage.").format(name=file_name), _("Importez-la sur la page Grille.")
        )
    if layout.columns(Part.TEXT):
        return None
    if layout.column(Part.DOCUMENT) or names & _FILES:
        return UnreadableFile(
            _("« {name} » décrit des documents sans donner leur texte : c'est un tableau d'attributs.").format(
                name=file_name
            ),
            _("Importez-le avec « Importer un tableau d'attributs », en haut de la page Corpus."),
        )
    return UnreadableFile(
        _("« {name} » n'a pas de colonne de texte : rien n'y a été dit ni écrit par quelqu'un.").format(name=file_name),
        _("Ses colonnes sont : {columns}.").format(columns=", ".join(sheet.columns) or "—"),
    )


def _one_text(columns: Sequence[_Column], held: dict[str, Part]) -> None:
    """In a table of turns, the text is the column of that name, or the longest."""
    if Part.TEXT in held.values():
        return
    free = [column for column in columns if column.name not in held and column.words >= 1]
    if free:
        held[max(free, key=lambda column: column.characters).name] = Part.TEXT


def _answers(columns: Sequence[_Column], held: dict[str, Part]) -> None:
    """In a table of documents every column of long cells is text, each an answer, where one at least is mostly filled;
    a remark here and there, or beside the names of files, is none."""
    files = any(column.key in _FILES for column in columns)
    said = [column for column in columns if held.get(column.name, Part.TEXT) is Part.TEXT]
    named = [column for column in said if column.name in held and column.words >= SOME_WORDS and not files]
    main = [column for column in said if column.is_long and column.filled >= 0.5]
    if files:
        main = [column for column in main if column.words >= MANY_WORDS]
    found = named + [column for column in said if column.is_long] if named or main else []
    held.update(dict.fromkeys((column.name for column in found), Part.TEXT))
    for column in said:
        if column not in found:
            held.pop(column.name, None)


def _look(sheet: Sheet, name: str) -> _Column:
    cells = [row[name] for _line, row in sheet.rows[:_SAMPLE] if row[name]]
    count = max(1, len(cells))
    return _Column(
        name,
        _key(name),
        sum(len(cell.split()) for cell in cells) / count,
        sum(map(len, cells)) / count,
        len(set(cells)) / count,
        len(cells),
        len(cells) / max(1, min(_SAMPLE, len(sheet.rows))),
        sum(read_clock(cell) is not None for cell in cells) / count,
    )


def _fits(column: _Column, part: Part) -> bool:
    """Whether what a column holds may be what its name says."""
    if part in {Part.START, Part.STOP}:
        return column.filled > 0 and column.times >= 0.8
    if part is Part.SPEAKER:
        few = column.distinct <= REPEATED or column.count < 6
        return not column.is_long and column.characters <= 60 and few
    return part is Part.TEXT or not column.is_long


def _key(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", fold(name[:_NAME]).replace("°", " ")))
