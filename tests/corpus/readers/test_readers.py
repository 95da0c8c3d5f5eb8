"""Which reader for which file, and what is said where there is none."""

from __future__ import annotations

import pytest

from qualikit.corpus.readers import extensions, reader_for
from qualikit.errors import UnknownPlugin


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("a.docx", "docx"),
        ("FG LAVAL.DOCX", "docx"),
        ("a.b.docm", "docx"),
        ("a.txt", "txt"),
        ("a.MD", "txt"),
        ("a.odt", "odt"),
        ("a.RTF", "rtf"),
        ("a.pdf", "pdf"),
        ("a.htm", "html"),
    ],
)
def test_by_extension(name, reader):
    assert reader_for(name).name == reader


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("a.doc", ".docx"),
        ("a.pages", ".docx"),
        ("a.m4a", "transcription"),
        ("a.ods", "tableur"),
    ],
)
def test_a_miss_says_what_to_do_and_what_is_read(name, advice):
    with pytest.raises(UnknownPlugin) as caught:
        reader_for(name)
    assert advice in caught.value.todo
    assert ".docx" in caught.value.todo
    assert ".txt" in caught.value.todo


def test_no_extension():
    with pytest.raises(UnknownPlugin, match="pas d'extension"):
        reader_for("dossier.d/LISEZMOI")


def test_what_a_file_picker_offers():
    assert {".docx", ".txt", ".md"} <= set(extensions())
