"""The archive around a Word file, opened without trust."""

from __future__ import annotations

import pytest

from qualikit.corpus.readers.package import Package
from qualikit.errors import UnreadableFile
from tests.corpus.word_file import p, part, relationships
from tests.corpus.zip_file import archive


def test_parts_are_found_whatever_the_slashes_and_the_case():
    package = Package(archive({"Word\\Document.xml": b"<x/>"}), "a.docx")
    assert "word/document.xml" in package
    assert package.read("/word/document.XML") == b"<x/>"


def test_the_document_may_live_elsewhere():
    parts = {
        "_rels/.rels": relationships({"r": ("officeDocument", "/ailleurs/doc2.xml")}),
        "ailleurs/doc2.xml": part("document", p("a")),
    }
    assert Package(archive(parts), "a.docx").main_part() == "ailleurs/doc2.xml"


def test_targets_are_taken_from_where_they_are_said_and_never_leave_the_archive():
    rels = relationships({"a": ("styles", "../../../etc/passwd"), "b": ("image", "media/%C3%A9.png")})
    found = Package(archive({"word/_rels/document.xml.rels": rels}), "a.docx").relationships("word/document.xml")
    assert found["a"].target == "etc/passwd"
    assert found["b"].target == "word/media/é.png"


def test_an_address_outside_is_kept_as_such():
    link = b'<Relationship Id="a" Type="t/hyperlink" Target="http://a.fr" TargetMode="External"/><Relationship/>'
    rels = b'<R xmlns="x">' + link + b"</R>"
    found = Package(archive({"_rels/.rels": rels}), "a.docx").relationships("")
    assert found["a"].external
    assert found["a"].target == "http://a.fr"


def test_what_a_small_archive_gives_in_all_is_bounded(monkeypatch):
    monkeypatch.setattr("qualikit.corpus.readers.package.MAX_TOTAL", 1_000)
    package = Package(archive({"a": b"x" * 600}), "a.docx")
    package.read("a")
    with pytest.raises(UnreadableFile):
        package.read("a")


def test_a_part_that_is_missing():
    with pytest.raises(UnreadableFile):
        Package(archive({"a": b"x"}), "a.docx").read("b")
