"""What every reader promises, ours and anybody else's: a text to rely on, or one kind of error, whatever the bytes."""

from __future__ import annotations

import random
import unicodedata

import pytest

from qualikit.corpus.readers import ReadText, reader_for, readers
from qualikit.corpus.speakers import detect
from qualikit.corpus.turns import split_turns
from qualikit.errors import EmptyDocument, ReadError, UnknownPlugin, UnreadableFile
from tests.conftest import ROOT
from tests.contracts.specimens import SPECIMENS
from tests.contracts.variants import variant

NAMES = readers.names()


def read(name: str) -> ReadText:
    return readers.get(name).read(SPECIMENS[name].data, SPECIMENS[name].file_name)


def outcome(name: str, data: bytes) -> ReadText | None:
    """The text, or None for the one error allowed; any other makes the test fail."""
    refusal = None
    try:
        found = readers.get(name).read(data, SPECIMENS[name].file_name)
    except ReadError as error:
        refusal = error
    if refusal is not None:
        assert refusal.what.endswith(".")
        assert refusal.todo
        assert SPECIMENS[name].file_name in refusal.what
        return None
    check(found)
    return found


def check(found: ReadText) -> None:
    """What holds of every text that was read."""
    text = found.text
    assert text.strip()
    assert unicodedata.is_normalized("NFC", text)
    assert not set(text) & set("\r\x00\x0b\x0c\u2028\u2029\ufeff")
    text.encode("utf-8")
    assert all(0 <= span.start < span.stop <= len(text) for span in found.bold)
    assert all(one.stop <= other.start for one, other in zip(found.bold, found.bold[1:], strict=False))
    assert all(comment.span.stop <= len(text) for comment in found.comments if comment.span)
    turns = split_turns(text, detect(found).best.rule, found.bold, found.turns)
    assert "".join(text[turn.start : turn.stop] for turn in turns) == text
    assert [turn.index for turn in turns] == list(range(len(turns)))


@pytest.mark.parametrize("name", NAMES)
class TestEveryReader:
    def test_has_a_specimen_and_says_who_it_is(self, name):
        reader = readers.get(name)
        assert name in SPECIMENS
        assert reader.name == name
        assert reader.version
        assert reader.label
        assert reader.extensions
        assert all(extension == extension.lower() and extension.startswith(".") for extension in reader.extensions)

    def test_is_found_by_its_extensions(self, name):
        for extension in readers.get(name).extensions:
            assert reader_for(f"Entretien{extension.upper()}") is readers.get(name)

    def test_reads_its_specimen(self, name):
        found = read(name)
        check(found)
        assert SPECIMENS[name].contains in found.text
        assert "c'était" in found.text
        assert "🚲" in found.text

    def test_offsets_lead_back_to_the_words(self, name):
        found = read(name)
        turns = split_turns(found.text, detect(found).best.rule, found.bold, found.turns)
        spoken = [turn for turn in turns if turn.label]
        assert len(spoken) > 20
        for turn in spoken:
            assert found.text[turn.start : turn.speech_start].startswith(turn.label)
            assert found.text[turn.speech_start : turn.speech_stop].startswith("On est venus")

    def test_gives_the_same_for_the_same_bytes(self, name):
        assert read(name) == read(name)

    def test_nothing_in_the_file_is_an_empty_document(self, name):
        with pytest.raises(EmptyDocument):
            readers.get(name).read(b"", SPECIMENS[name].file_name)

    @pytest.mark.parametrize("twentieth", range(20))
    def test_cut_short(self, name, twentieth):
        data = SPECIMENS[name].data
        outcome(name, data[: len(data) * twentieth // 20])

    @pytest.mark.parametrize("seed", range(40))
    def test_with_bits_flipped(self, name, seed):
        chance = random.Random(seed)
        data = bytearray(SPECIMENS[name].data)
        for _flip in range(1 + seed // 4):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        outcome(name, bytes(data))

    @pytest.mark.parametrize("number", range(48))
    def test_broken_as_files_are_broken(self, name, number):
        """A small part of ``python3 -m benchmarks.fuzz_readers``, which says how each is broken."""
        broken = variant(name, number)
        assert variant(name, number) == broken
        outcome(name, broken.data)

    @pytest.mark.parametrize("seed", range(10))
    def test_bytes_of_chance(self, name, seed):
        assert outcome(name, random.Random(seed).randbytes(5_000)) is None

    @pytest.mark.parametrize("other", NAMES)
    def test_under_the_name_of_another_format(self, name, other):
        if other != name:
            outcome(name, SPECIMENS[other].data)

    def test_what_was_made_to_harm_is_refused(self, name):
        for bomb in SPECIMENS[name].bombs:
            with pytest.raises(UnreadableFile):
                readers.get(name).read(bomb, SPECIMENS[name].file_name)


def test_a_project_that_broken_files_are_imported_into_is_whole(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT))
    from benchmarks.fuzz_readers import import_all

    saved, problems = import_all(NAMES, 24, tmp_path)
    assert problems == []
    assert saved > len(NAMES)


def test_a_name_that_is_not_registered_lists_those_that_are():
    with pytest.raises(UnknownPlugin) as caught:
        readers.get("wordperfect")
    assert all(name in str(caught.value) for name in NAMES)
