"""Web pages: what a browser would show as text, in whatever encoding, and nothing else of them."""

from __future__ import annotations

import contextlib
import json

import pytest

from qualikit.corpus.preview import preview
from qualikit.corpus.readers import readers
from qualikit.errors import EmptyDocument, UnreadableFile


def read(page: str | bytes, name: str = "essai.html"):
    return readers.get("html").read(page.encode() if isinstance(page, str) else page, name)


def text(body: str) -> str:
    return read(f"<html><body>{body}</body></html>").text


class DescribeLines:
    def it_makes_a_block_a_line_and_collapses_blanks(self):
        assert (
            text("<p>un\n  mot</p>\n<div>deux<br>trois</div> <ul><li>a<li>b</ul>fin")
            == "un mot\ndeux\ntrois\na\nb\nfin"
        )

    def it_keeps_no_break_spaces_and_what_is_preformatted(self):
        assert (
            text("<p>Oui&nbsp;: «&#8239;non&#x202f;»</p><pre>a  b\n c</pre>")
            == "Oui\u00a0: «\u202fnon\u202f»\na  b\n c"
        )

    def it_parts_cells_with_tabs(self):
        assert text("<table><tr><td>a<td><p>b</p><p>c</p><tr><td><td>d</table>fin") == "a\tb\nc\n\td\nfin"

    def it_reads_words_around_inline_tags_whole(self):
        assert text("<p>Bon<b>jour</b> <i>à</i> <a href='#'>tous</a>.</p>") == "Bonjour à tous."

    def it_says_where_text_is_bold(self):
        found = read(
            "<body><p><b>Karim</b> dit <span style='font-weight: 700'>oui</span><b style='font-weight:normal'>.</b>"
        )
        assert [span.of(found.text) for span in found.bold] == ["Karim", "oui"]

    def it_tells_the_turns_of_a_table_of_speakers(self):
        rows = "".join(f"<tr><td>0{n}:10<td>{'AB'[n % 2]}<td>Mot {n}.</tr>" for n in range(4))
        found = read(f"<table><thead><tr><th>Heure<th>Locuteur<th>Propos</tr></thead><tbody>{rows}</tbody></table>")
        assert [(turn.label, turn.time) for turn in found.turns] == [
            ("A", 10.0),
            ("B", 70.0),
            ("A", 130.0),
            ("B", 190.0),
        ]


class DescribeWhatIsNotText:
    def it_leaves_out_scripts_styles_menus_and_what_is_hidden(self):
        page = (
            "<html><head><title>Entretien &amp; notes</title><style>p {}</style></head><body><nav>Accueil</nav>"
            "<div role='navigation'>Menu</div><script>if (a < b) { alert() }</script><!-- note -->"
            "<p style='display: none'>caché</p><p hidden>caché <b>aussi</b></p><svg><text>logo</text></svg><p>Corps</p>"
        )
        found = read(page)
        assert (found.text, found.title) == ("Corps", "Entretien & notes")


class DescribeEncodings:
    @pytest.mark.parametrize(
        "page",
        [
            "<meta charset=utf-8><p>été œ".encode(),
            "<p>été œ".encode(),
            "<p>été œ".encode("cp1252"),
            "<meta charset='iso-8859-1'><p>été œ".encode("cp1252"),
            "<meta http-equiv=Content-Type content='text/html; charset=windows-1252'><p>été œ".encode("cp1252"),
            "<meta charset=utf-8><p>été œ".encode("cp1252"),
            "<?xml version='1.0' encoding='iso-8859-15'?><html><p>été œ</p></html>".encode("iso-8859-15"),
            "<p>été œ".encode("utf-8-sig"),
            "<p>été œ".encode("utf-16"),
            b"<p>&eacute;t&#233; &#x153;</p>",
            "<meta charset=inconnu><p>été œ".encode(),
        ],
    )
    def it_reads_accents_whatever_the_page_says(self, page):
        assert read(page).text == "été œ"


class DescribeOtherMakers:
    def it_reads_what_otranscribe_keeps(self):
        page = '<p><span class="timestamp" data-timestamp="3.5">00:03</span> Karim&nbsp;: Bonjour.</p><p>Suite.</p>'
        found = read(json.dumps({"text": page, "media": "a.mp3"}), "essai.otr")
        assert found.text == "00:03 Karim\u00a0: Bonjour.\nSuite."

    def it_reads_a_saved_archive(self):
        archive = (
            b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
            b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
            b"<p>=C3=A9t=C3=A9</p>\r\n--x--\r\n"
        )
        assert read(archive, "essai.mhtml").text == "été"

    def it_hears_the_speakers_of_a_page_of_teams(self):
        body = "".join(
            f"<div><b>{'Durand, Camille' if n % 2 else 'Sacha'}</b>&nbsp;&nbsp; {n}:05</div><div>Mot {n}.</div>"
            for n in range(6)
        )
        found = preview(f"<html><body>{body}".encode(), "Entretien.html")
        assert [(one.name, one.turns) for one in found.speakers] == [("Sacha", 3), ("Durand, Camille", 3)]


class DescribeRefusals:
    @pytest.mark.parametrize(
        "data",
        [
            b"du texte",
            b"PK\x03\x04",
            b"%PDF-1.4",
            bytes(range(256)) * 40,
            b'{"text": 3}',
            b"MIME-Version: 1.0\r\n\r\nx",
        ],
    )
    def it_refuses_what_is_not_a_page(self, data):
        with pytest.raises(UnreadableFile):
            read(data)

    @pytest.mark.parametrize("page", ["<p> </p>", "<html><script>x</script></html>"])
    def it_says_that_there_is_nothing(self, page):
        with pytest.raises(EmptyDocument):
            read(page)

    def it_survives_tags_nested_without_end(self):
        assert "fin" in text("<div>" * 200 + "fin")
        for page in ("<div>" * 100_000 + "fin", "<b><table><tr><td>" * 20_000, "<p>" * 300_000):
            with contextlib.suppress(UnreadableFile, EmptyDocument):
                read(page)

    def it_opens_no_entity(self):
        page = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><html><body><p>&b;</p></body></html>'
        assert "haha" not in read(page).text
