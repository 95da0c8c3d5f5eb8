"""The key: locked, whole after a crash, never in clear, and saying in French what is wrong with it."""

from __future__ import annotations

import json
import os

import pytest

from qualikit.corpus.pseudonyms import key as keys
from qualikit.corpus.pseudonyms.key import Key, strength_words
from qualikit.corpus.pseudonyms.model import Entry, Kind, Style
from qualikit.errors import KeyRefused

PASSPHRASE = "girafe violon sept nuages"
ENTRY = Entry("1", Kind.PERSON, ("Fatima Bénali", "Fatima"), ("Fatima",), ("Bénali",), pseudonym="Samira Morel")


@pytest.fixture
def cheap(monkeypatch):
    """The same derivation, less dear."""
    monkeypatch.setattr(keys, "COST", 2**10)


@pytest.fixture
def key(tmp_path, cheap) -> Key:
    made = Key.create(tmp_path / "essai.cle", PASSPHRASE, Style.NUMBERS)
    made.cost = 2**10
    made.put([ENTRY])
    return made


class DescribeAKey:
    def it_is_found_again_as_it_was(self, key):
        again = Key.open(key.path, PASSPHRASE)
        assert again.entries == (ENTRY,)
        assert again.style is Style.NUMBERS

    def it_holds_no_name_in_clear(self, key):
        data = key.path.read_bytes()
        for word in ("Fatima", "Bénali", "Samira", PASSPHRASE):
            assert word.encode() not in data

    def it_is_for_its_owner_alone(self, key):
        assert os.name == "nt" or key.path.stat().st_mode & 0o077 == 0

    def it_opens_however_the_accents_were_typed(self, tmp_path, cheap):
        Key.create(tmp_path / "a.cle", "éléphant violon sept nuages")
        assert Key.open(tmp_path / "a.cle", "éléphant violon sept nuages")

    @pytest.mark.parametrize("wrong", ["", "girafe violon sept nuage", "GIRAFE VIOLON SEPT NUAGES"])
    def it_refuses_another_passphrase(self, key, wrong):
        with pytest.raises(KeyRefused, match="n'ouvre pas cette clé"):
            Key.open(key.path, wrong)

    def it_refuses_a_weak_one_and_says_how_to_do_better(self, tmp_path):
        for weak in ("", "azerty", "aaaaaaaaaaaaaaaaaaaa", "motdepasse1"):
            with pytest.raises(KeyRefused, match="trop faible"):
                Key.create(tmp_path / "b.cle", weak)
        assert not (tmp_path / "b.cle").exists()
        assert strength_words("girafe violon sept nuages") == "Solide."

    def it_never_writes_over_another(self, key):
        with pytest.raises(KeyRefused, match="a déjà une clé"):
            Key.create(key.path, PASSPHRASE)

    def it_takes_another_passphrase(self, key):
        key.change_passphrase("cinq autres mots très différents")
        assert Key.open(key.path, "cinq autres mots très différents").entries == (ENTRY,)
        with pytest.raises(KeyRefused):
            Key.open(key.path, PASSPHRASE)

    def it_stays_whole_where_writing_fails(self, key, monkeypatch):
        monkeypatch.setattr(os, "fsync", lambda _file: (_ for _ in ()).throw(OSError(28, "plein")))
        with pytest.raises(KeyRefused, match="n'a pas pu être écrite"):
            key.put([ENTRY.having(pseudonym="Autre")])
        assert Key.open(key.path, PASSPHRASE).entries == (ENTRY,)
        assert [file.name for file in key.path.parent.iterdir()] == ["essai.cle"]

    @pytest.mark.parametrize("place", [0, 20, 120, -1])
    def it_notices_a_single_changed_byte(self, key, place):
        data = bytearray(key.path.read_bytes())
        data[place] ^= 1
        key.path.write_bytes(bytes(data))
        with pytest.raises(KeyRefused):
            Key.open(key.path, PASSPHRASE)

    @pytest.mark.parametrize("data", [b"", b"{}", b"{}\nabc", b"\xff\xfe\n", b"PK\x03\x04", b"[" * 100_000])
    def it_refuses_what_is_not_one(self, tmp_path, data):
        (tmp_path / "x.cle").write_bytes(data)
        with pytest.raises(KeyRefused, match="n'est pas une clé"):
            Key.open(tmp_path / "x.cle", PASSPHRASE)

    def it_refuses_a_cost_that_would_stop_the_machine(self, key):
        line, _newline, sealed = key.path.read_bytes().partition(b"\n")
        header = {**json.loads(line), "n": 2**40}
        key.path.write_bytes(json.dumps(header).encode() + b"\n" + sealed)
        with pytest.raises(KeyRefused, match="n'est pas une clé"):
            Key.open(key.path, PASSPHRASE)

    def it_is_not_written_again_once_it_was_removed(self, key):
        key.path.unlink()
        with pytest.raises(KeyRefused, match="n'est pas là"):
            key.change_passphrase("autre girafe violon sept nuages")
        assert not key.path.exists()

    def it_keeps_what_another_window_wrote_under_another_passphrase(self, key):
        other = Key.open(key.path, PASSPHRASE)
        key.put([Entry("2", Kind.PLACE, ("Laval",), pseudonym="une ville")])

        other.change_passphrase("autre girafe violon sept nuages")

        assert [entry.id for entry in Key.open(key.path, "autre girafe violon sept nuages").entries] == ["1", "2"]

    def it_takes_what_another_window_wrote(self, key):
        other = Key.open(key.path, PASSPHRASE)
        other.put([ENTRY.having(id="2", pseudonym="Lise")])
        key.reload()
        assert [entry.id for entry in key.entries] == ["1", "2"]
