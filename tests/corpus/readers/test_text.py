"""Plain text: French in whatever encoding it was saved in, and nothing that is not text."""

from __future__ import annotations

import pytest

from qualikit.corpus.readers import readers
from qualikit.errors import EmptyDocument, UnreadableFile

FRENCH = (
    "Mme Élodie : où êtes-vous né ? À Crépy, l'été dernier… ça coûte 12 €, « déjà » payé à Noël.\n"
    "P1 : Hélas, très peu.\n"
)


def read(data: bytes, name: str = "essai.txt"):
    return readers.get("txt").read(data, name)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"]
)
def test_french_in_the_encodings_it_is_saved_in(encoding):
    assert read((FRENCH * 3).encode(encoding)).text == (FRENCH * 3).strip("\n")


def test_a_long_windows_text_whose_accents_come_late():
    text = "oui non peut-etre\n" * 40_000 + "déjà vu à l'été, très tôt, ça ira, où est-il né\n" * 20
    assert read(text.encode("cp1252")).text == text.strip("\n")


def test_the_encoding_is_said():
    assert read(FRENCH.encode()).encoding == "utf-8"
    assert read((FRENCH * 3).encode("cp1252")).encoding == "cp1252"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_are_one(end):
    assert read(f"un{end}{end}deux{end}".encode()).text == "un\n\ndeux"


def test_utf8_with_a_wound_stays_utf8_and_says_so():
    data = bytearray((FRENCH * 20).encode())
    data[200:201] = b"\xff"
    found = read(bytes(data))
    assert "Élodie" in found.text
    assert "remplacés" in found.warnings[0]


def test_emoji_and_characters_outside_the_basic_plane():
    assert read("P1 : 🚲👵🏽 d'accord 𝒜".encode()).text == "P1 : 🚲👵🏽 d'accord 𝒜"


def test_markdown_keeps_its_marks():
    assert read(b"**I :** *Bonjour*\n", "essai.md").text == "**I :** *Bonjour*"


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_nothing_to_read(data):
    with pytest.raises(EmptyDocument):
        read(data)


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04abc",
        b"%PDF-1.4\n",
        b"{\\rtf1 a}",
        b"\xd0\xcf\x11\xe0\xa1\xb1",
        b"MZ\x00\x03bonjour",
        bytes(range(256)) * 40,
    ],
)
def test_what_is_not_text_is_refused(data):
    with pytest.raises(UnreadableFile) as caught:
        read(data)
    assert "n'est pas un texte" in caught.value.what
