"""OpenDocument: the same text as Word would give, whatever LibreOffice hides in its files."""

from __future__ import annotations

import pytest

from qualikit.corpus.readers import readers
from qualikit.errors import EmptyDocument, UnreadableFile
from tests.corpus import odt_file, word_file
from tests.corpus.odt_file import b, content, odt, p, part, table


def read(data: bytes):
    return readers.get("odt").read(data, "essai.odt")


def text(body: str) -> str:
    return read(odt(body)).text


def note(words: str) -> str:
    return f"<text:note><text:note-citation>1</text:note-citation><text:note-body>{words}</text:note-body></text:note>"


def annotation(words: str, name: str = "", author: str = "Camille", more: str = "") -> str:
    named = f' office:name="{name}"' if name else ""
    return f"<office:annotation{named} {more}><dc:creator>{author}</dc:creator>{p(words)}</office:annotation>"


class DescribeText:
    def it_keeps_lines_spaces_and_tabs(self):
        body = p('a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d') + p() + p("\n   e   f\n")
        assert text(body) == "a   b\tc\nd\n\ne f "

    def it_reads_titles_lists_links_sections_and_fields(self):
        body = "<text:h>Titre</text:h><text:list><text:list-item><text:number>1.</text:number>" + p("un")
        body += "</text:list-item></text:list><text:section>" + p(
            "<text:a>lien</text:a> <text:title>Mon titre</text:title>"
        )
        assert text(body + "</text:section>") == "Titre\nun\nlien Mon titre"

    def it_keeps_no_break_spaces_and_composes_accents(self):
        assert text(p("Oui\u00a0: e\u0301te\u0301\u202f!")) == "Oui\u00a0: été\u202f!"

    def it_puts_notes_at_the_end_under_their_marks(self):
        assert (
            text(p("Un" + note(p("en bas"))) + p("Deux" + note(p("encore"))))
            == "Un[1]\nDeux[2]\n\n[1] en bas\n[2] encore"
        )

    def it_makes_a_row_a_line_and_parts_cells_with_tabs(self):
        body = table((p("a"), p("b") + p("c")), (p(), p("d"))) + p("fin")
        assert text(body) == "a\tb\nc\n\td\nfin"

    def it_does_not_write_thousands_of_empty_cells(self):
        row = '<table:table-row><table:table-cell table:number-columns-repeated="999999999"/></table:table-row>'
        assert text(f"<table:table>{row}</table:table>" + p("fin")) == "fin"

    def it_puts_text_boxes_after_their_paragraph(self):
        box = f"<draw:frame><draw:text-box>{p('dedans')}{table((p('x'), p('y')))}</draw:text-box></draw:frame>"
        assert text(p(f"avant {box}après") + p("suite")) == "avant après\ndedans\nx\ty\nsuite"

    def it_leaves_out_what_describes_a_picture(self):
        picture = "<draw:frame><draw:image/><svg:title>Photo</svg:title><svg:desc>Une place</svg:desc></draw:frame>"
        assert text(p(f"Voir {picture}ici")) == "Voir ici"

    def it_says_where_text_is_bold(self):
        found = read(
            odt(p("e\u0301 " + b("Karim") + " dit") + f'<text:p text:style-name="P">{"tout"}</text:p>', BOLD_PARAGRAPH)
        )
        assert [span.of(found.text) for span in found.bold] == ["Karim", "tout"]

    def it_reads_the_flat_form(self):
        found = readers.get("odt").read(content(p("Aubagne"), root="document"), "essai.fodt")
        assert found.text == "Aubagne"


BOLD_PARAGRAPH = (
    odt_file.BOLD
    + '<style:style style:name="Q" style:family="paragraph"><style:text-properties fo:font-weight="bold"/>'
    '</style:style><style:style style:name="P" style:family="paragraph" style:parent-style-name="Q"/>'
)


class DescribeChanges:
    def it_keeps_what_was_added_and_leaves_what_was_deleted(self):
        tracked = (
            f"<text:tracked-changes><text:changed-region><text:deletion>{p('parti')}</text:deletion></text:changed-region>"
            "<text:changed-region><text:insertion/></text:changed-region></text:tracked-changes>"
        )
        found = read(odt(tracked + p("Reste <text:change/><text:change-start/>ajout<text:change-end/>")))
        assert found.text == "Reste ajout"
        assert "modifications suivies" in found.warnings[0]


class DescribeComments:
    def it_says_what_they_are_about(self):
        body = p("Il a " + annotation("Météo", "n1") + "plu" + '<office:annotation-end office:name="n1"/> fort.')
        found = read(odt(body))
        assert found.text == "Il a plu fort."
        (one,) = found.comments
        assert (one.author, one.text, one.span.of(found.text)) == ("Camille", "Météo", "plu")

    def it_takes_the_line_for_one_without_a_passage(self):
        found = read(odt(p("Un.") + p("Deux " + annotation("x") + "trois.")))
        assert found.comments[0].span.of(found.text) == "Deux trois."

    def it_goes_across_paragraphs(self):
        body = p("a " + annotation("x", "n") + "b") + p('c<office:annotation-end office:name="n"/> d')
        found = read(odt(body))
        assert found.comments[0].span.of(found.text) == "b\nc"

    def it_puts_answers_under_what_they_answer(self):
        body = p(
            annotation("Météo", "n1", more='loext:resolved="true"')
            + "Il pleut"
            + '<office:annotation-end office:name="n1"/>'
            + annotation("D'accord", "n2", "Sacha", 'loext:parent-name="n1"')
        )
        (one,) = read(odt(body)).comments
        assert one.resolved
        assert [(answer.author, answer.text) for answer in one.replies] == [("Sacha", "D'accord")]


class DescribeBeside:
    def it_keeps_headers_apart(self):
        styles = part(
            "document-styles",
            f"<office:master-styles><style:master-page><style:header>{p('Territoire : Laval')}</style:header>"
            "</style:master-page></office:master-styles>",
        )
        found = read(odt(p("Un"), parts={"styles.xml": styles}))
        assert found.text == "Un"
        assert found.margins == ("Territoire : Laval",)
        assert "Territoire : Laval" in found.warnings[0]

    def it_reads_title_and_date(self):
        meta = part(
            "document-meta",
            "<office:meta><dc:title>Entretien</dc:title><meta:creation-date>2024-03-05T10:00:00</meta:creation-date></office:meta>",
        )
        found = read(odt(p("Un"), parts={"meta.xml": meta}))
        assert (found.title, found.date) == ("Entretien", "2024-03-05T10:00:00")

    def it_tells_the_turns_of_a_table_of_speakers(self):
        rows = [(p("Locuteur"), p("Propos"))] + [(p("AB"[n % 2]), p(f"Mot {n}.")) for n in range(4)]
        found = read(odt(table(*rows)))
        assert [turn.label for turn in found.turns] == ["A", "B", "A", "B"]


class DescribeRefusals:
    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (odt(p("x"), parts={"META-INF/manifest.xml": b"<m><manifest:encryption-data/></m>"}), "mot de passe"),
            (
                odt(p("x"), parts={"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
                "n'est pas un document LibreOffice",
            ),
            (word_file.word(word_file.p("x")), "n'est pas un document LibreOffice"),
            (b"%PDF-1.4", "c'est un PDF"),
            (odt("", parts={"content.xml": content(p("&x;"), head='<!DOCTYPE d [<!ENTITY x "ha">]>')}), "refusé"),
            (content(p("&x;"), root="document", head='<!DOCTYPE d [<!ENTITY x "ha">]>'), "refusé"),
            (odt(p("x" * 2**24) * 5), "refusé"),
            (odt("<text:section>" * 3000 + p("x") + "</text:section>" * 3000), "endommagé"),
        ],
    )
    def it_says_why(self, data, words):
        with pytest.raises(UnreadableFile, match=words):
            read(data)

    def it_says_that_there_is_nothing(self):
        with pytest.raises(EmptyDocument):
            read(odt(p() + p(" ")))
