"""Made-up transcripts: seeded, so that every run and every machine measures the same text. Nobody said any of it."""

from __future__ import annotations

import html
import io
import random
import zipfile
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

MODERATOR = "Enquêtrice"
SPEAKERS = ("Mme Aubert", "M. Keller", "Mme Diallo", "M. Lefèvre", "Mme Nguyen", "M. Haddad", "Mme Petit", "M. Roussel")
TERRITORIES = ("Aubagne", "Laval", "Bordeaux", "Rennes")

_OPENINGS = ("alors", "ben", "disons que", "en fait", "pour moi", "voilà", "c'est vrai que", "moi je trouve que", "euh")
_SUBJECTS = (
    "la médiatrice", "le vélo-cargo", "la mairie", "mon fils", "le formulaire", "l'association", "le triporteur",
    "ma voisine", "le guichet", "l'équipe", "le site de la caisse", "la tablette", "le réseau du quartier",
)  # fmt: skip
_VERBS = (
    "aide", "rassure", "complique", "change", "attend", "explique", "montre", "bloque", "remplace", "accompagne",
    "inquiète", "débloque", "oublie", "retrouve",
)  # fmt: skip
_OBJECTS = (
    "les gens du quartier", "la déclaration", "mes papiers", "l'adresse électronique", "les anciens", "tout le monde",
    "le mot de passe", "les rendez-vous", "une démarche sur deux", "la place du marché", "les habitués",
)  # fmt: skip
_ENDINGS = (
    "depuis l'été", "quand il pleut", "sans qu'on demande", "devant l'école", "au pied de la tour", "à chaque fois",
    "même le samedi", "parce qu'on n'ose pas", "et ça, c'est précieux", "mais pas toujours", "avec de la patience",
)  # fmt: skip
_QUESTIONS = (
    "Et vous, comment cela se passe ?", "Vous pouvez donner un exemple ?", "Qui voit les choses autrement ?",
    "Qu'est-ce qui a manqué, d'après vous ?",
)  # fmt: skip


@dataclass(frozen=True)
class Transcript:
    """Turns, one a line, ``label : speech``."""

    turns: tuple[tuple[str, str], ...]

    @cached_property
    def lines(self) -> tuple[str, ...]:
        return tuple(f"{label} : {speech}" for label, speech in self.turns)

    @cached_property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def words(self) -> int:
        return len(self.text.split())

    @cached_property
    def html(self) -> str:
        """The same text as paragraphs, without white space between them: what Taguette is given."""
        return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in self.lines)

    def byte_offset(self, offset: int) -> int:
        """Where a code point of :attr:`text` is in the UTF-8 text of :attr:`html`: what Taguette counts in."""
        starts, sizes = self._lines_in_bytes
        line = bisect_right(starts, offset) - 1
        inside = self.lines[line][: offset - starts[line]]
        return sizes[line] + len(inside.encode())

    @cached_property
    def _lines_in_bytes(self) -> tuple[list[int], list[int]]:
        starts, sizes, characters, size = [], [], 0, 0
        for line in self.lines:
            starts.append(characters)
            sizes.append(size)
            characters += len(line) + 1
            size += len(line.encode())
        return starts, sizes

    def write_text(self, path: Path) -> Path:
        path.write_text(self.text + "\n", encoding="utf-8")
        return path

    def write_docx(self, path: Path) -> Path:
        """A Word file as transcribers make them: bold label, speech in a few runs."""
        body = "".join(map(_paragraph, *zip(*self.turns, strict=True)))
        with (
            zipfile.ZipFile(io.BytesIO(_blank_docx())) as blank,
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made,
        ):
            for part in blank.infolist():
                content = blank.read(part)
                if part.filename == "word/document.xml":
                    content = content.replace(b"<w:body>", b"<w:body>" + body.encode(), 1)
                made.writestr(part.filename, content)
        return path


def _paragraph(label: str, speech: str) -> str:
    middle = speech.find(" ", len(speech) // 2)
    runs = (f"<w:rPr><w:b/></w:rPr>{_words(f'{label} :')}", _words(f" {speech[:middle]}"), _words(speech[middle:]))
    return f"<w:p>{''.join(f'<w:r>{run}</w:r>' for run in runs)}</w:p>"


def _words(text: str) -> str:
    return f'<w:t xml:space="preserve">{html.escape(text, quote=False)}</w:t>'


@cache
def _blank_docx() -> bytes:
    """An empty Word file with all its parts, as python-docx makes it: filled by hand, a thousand take a minute."""
    import docx

    made = io.BytesIO()
    docx.Document().save(made)
    return made.getvalue()


def corpus(folder: Path, count: int, words: int) -> list[Path]:
    """``count`` files of transcripts in folders by territory: Word files and plain texts, as many of each."""
    files = []
    for number in range(count):
        place = folder / TERRITORIES[number % len(TERRITORIES)]
        place.mkdir(parents=True, exist_ok=True)
        source = transcript(words, seed=number)
        if number // len(TERRITORIES) % 2:
            files.append(source.write_text(place / f"Entretien {number:04}.txt"))
        else:
            files.append(source.write_docx(place / f"Entretien {number:04}.docx"))
    return files


def transcript(words: int, seed: int = 1) -> Transcript:
    """A conversation of at least ``words`` words (in the sense of ``str.split``), less than a turn more."""
    rng = random.Random(seed)
    turns: list[tuple[str, str]] = []
    total, before = 0, MODERATOR
    while total < words:
        if len(turns) % 9 == 0:
            label, speech = MODERATOR, rng.choice(_QUESTIONS)
        else:
            label = rng.choice([speaker for speaker in SPEAKERS if speaker != before])
            speech = " ".join(_sentence(rng) for _ in range(rng.randint(1, 7)))
        turns.append((label, speech))
        before = label
        total += len(label.split()) + 1 + len(speech.split())
    return Transcript(tuple(turns))


def _sentence(rng: random.Random) -> str:
    parts = [rng.choice(_SUBJECTS), rng.choice(_VERBS), rng.choice(_OBJECTS), rng.choice(_ENDINGS)]
    if rng.random() < 0.5:
        parts.insert(0, rng.choice(_OPENINGS))
    sentence = " ".join(parts)
    return sentence[0].upper() + sentence[1:] + rng.choice((".", ".", ".", " !", "…"))


_COMMON = """
de la le et à les des est en un une que on il du pas pour dans ce qui je ça sur au plus avec nous mais ou par se sont
vous elle y tout bien ne aussi avait comme faire fait peut quand même leur deux très si être a ont sans donc là alors
"""
_SYLLABLES = """
ba ca da fa ga la ma na pa ra ta va bé dé lé mé né pré ré té vé bi di fi li mi ni ri si ti vi bo co do fo lo mo no po
ro so to vo bu cu lu mu pu ru tu su chau jeu cou pou tour mon con gran quar plan trans
"""
_SUFFIXES = """
tion tions ment ments eur euse eurs ique iques té tés er é és ée age ages
"""


class Vocabulary:
    """French-looking words with the frequencies of a language: the word of rank ``r`` as often as ``1 / (r + 2.7)``
    (Zipf–Mandelbrot), the first ones those of spoken French."""

    def __init__(self, size: int = 60_000, seed: int = 1) -> None:
        import numpy as np

        rng = random.Random(seed)
        syllables, suffixes = _SYLLABLES.split(), _SUFFIXES.split()
        words = dict.fromkeys(_COMMON.split())
        while len(words) < size:
            root = "".join(rng.choices(syllables, k=rng.randint(1, 3)))
            words.update(dict.fromkeys(root + ending for ending in rng.sample(suffixes, 3)))
        self.words = list(words)[:size]
        weights = 1 / (np.arange(size) + 2.7)
        self._up_to = np.cumsum(weights / weights.sum())
        self._words = np.array(self.words, dtype=object)

    def transcript(self, words: int, seed: int) -> Transcript:
        """A conversation of ``words`` words drawn one by one, in turns of forty on average."""
        import numpy as np

        rng = np.random.default_rng(seed)
        drawn = self._words[np.searchsorted(self._up_to, rng.random(words)).clip(max=len(self.words) - 1)].tolist()
        turns: list[tuple[str, str]] = []
        place = 0
        while place < words:
            length = 1 + int(rng.exponential(40))
            label = MODERATOR if len(turns) % 9 == 0 else SPEAKERS[int(rng.integers(len(SPEAKERS)))]
            turns.append((label, " ".join(drawn[place : place + length]).capitalize() + "."))
            place += length
        return Transcript(tuple(turns))


def spans(text: str, count: int, seed: int = 1, longest: int = 20) -> list[tuple[int, int]]:
    """``count`` different passages of 4 to ``longest`` whole words, anywhere, overlapping as they fall, in order."""
    rng = random.Random(seed)
    starts, stops, position = [], [], 0
    for word in text.split():
        position = text.index(word, position)
        starts.append(position)
        position += len(word)
        stops.append(position)
    found: set[tuple[int, int]] = set()
    while len(found) < count:
        first = rng.randrange(len(starts) - longest)
        found.add((starts[first], stops[first + rng.randint(3, longest - 1)]))
    return sorted(found)
