"""Word: nothing of the text is lost, nothing that is not text is read, nothing in the file can harm."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest

from qualikit.corpus.readers import readers
from qualikit.errors import EmptyDocument, UnreadableFile
from tests.corpus.word_file import STRICT, p, part, r, relationships, table, word
from tests.corpus.zip_file import archive


def read(data: bytes):
    return readers.get("docx").read(data, "essai.docx")


def text(body: str, parts=None) -> str:
    return read(word(body, parts)).text


def older_box(content: str) -> str:
    return (
        f"<mc:Fallback><w:pict><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    )


def box(content: str) -> str:
    return f"<wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp>"


class TestLines:
    def test_a_paragraph_is_a_line_and_an_empty_one_a_blank_line(self):
        assert text(p("Un") + p() + p("Deux")) == "Un\n\nDeux"

    def test_runs_split_inside_a_word_are_one_word(self):
        assert text(p("[Cher", "cheur", "] (0:", "01)")) == "[Chercheur] (0:01)"

    def test_breaks_and_tabs(self):
        run = "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:t>c</w:t><w:tab/><w:t>d</w:t><w:ptab/><w:t>e</w:t></w:r>"
        assert text(p(run)) == "a\nb\nc\td\te"

    def test_a_page_break_is_a_line_break(self):
        assert text(p('<w:r><w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t></w:r>')) == "a\nb"

    def test_no_break_hyphens_stay_and_optional_hyphens_leave_the_word_whole(self):
        run = "<w:r><w:t>Crépy</w:t><w:noBreakHyphen/><w:t>en</w:t><w:softHyphen/><w:t>core</w:t></w:r>"
        assert text(p(run)) == "Crépy\u2011encore"

    def test_no_break_spaces_stay(self):
        assert text(p("Oui\u00a0: «\u202fnon\u202f»")) == "Oui\u00a0: «\u202fnon\u202f»"

    def test_a_line_end_inside_a_text_element_is_a_space(self):
        assert text(p("un\ndeux")) == "un deux"

    def test_accents_are_composed(self):
        assert text(p("e\u0301te\u0301")) == "été"

    def test_an_initial_in_a_frame_runs_on_into_its_paragraph(self):
        assert text(p("D", properties='<w:framePr w:dropCap="drop" w:lines="3"/>') + p("ans la rue")) == "Dans la rue"

    def test_list_items_keep_their_words_and_get_no_number(self):
        item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        assert text(p("Premier", properties=item) + p("Second", properties=item)) == "Premier\nSecond"


class TestNothingLost:
    @pytest.mark.parametrize(
        "wrapped",
        [
            f"<w:ins>{r('dedans')}</w:ins>",
            f"<w:moveTo>{r('dedans')}</w:moveTo>",
            f"<w:hyperlink>{r('dedans')}</w:hyperlink>",
            f'<w:fldSimple w:instr="DATE">{r("dedans")}</w:fldSimple>',
            f"<w:smartTag>{r('dedans')}</w:smartTag>",
            f"<w:customXml>{r('dedans')}</w:customXml>",
            f"<w:sdt><w:sdtPr/><w:sdtContent>{r('dedans')}</w:sdtContent></w:sdt>",
            f"<w:dir>{r('dedans')}</w:dir>",
            f"<w:bdo>{r('dedans')}</w:bdo>",
            f"<w:ins><w:hyperlink><w:sdt><w:sdtContent>{r('dedans')}</w:sdtContent></w:sdt></w:hyperlink></w:ins>",
            f"<w:nouveaute2040>{r('dedans')}</w:nouveaute2040>",
            "<m:oMath><m:r><m:t>dedans</m:t></m:r></m:oMath>",
        ],
    )
    def test_text_wrapped_inside_a_line(self, wrapped):
        assert text(p("avant ", wrapped, " après")) == "avant dedans après"

    @pytest.mark.parametrize("wrapper", ["w:sdt", "w:ins", "w:customXml", "w:moveTo", "w:nouveaute2040"])
    def test_whole_paragraphs_wrapped(self, wrapper):
        inside = f"<w:sdtContent>{p('dedans')}</w:sdtContent>" if wrapper == "w:sdt" else p("dedans")
        assert text(p("avant") + f"<{wrapper}>{inside}</{wrapper}>" + p("après")) == "avant\ndedans\naprès"

    def test_the_result_of_a_field_is_text_and_its_instruction_is_not(self):
        field = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("le site")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
        assert text(p("voir ", field)) == "voir le site"

    def test_a_field_that_never_ends_takes_nothing_with_it(self):
        assert text(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "un") + p("deux")) == "un\ndeux"

    def test_answers_of_old_form_fields(self):
        ticked = (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/>'
            "</w:checkBox></w:ffData></w:fldChar></w:r>"
        )
        chosen = (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
            '<w:listEntry w:val="Aubagne"/><w:listEntry w:val="Laval"/></w:ddList></w:ffData></w:fldChar></w:r>'
        )
        assert text(p(ticked, " site : ", chosen)) == "☒ site : Laval"

    def test_signs_of_symbol_fonts(self):
        signs = (
            '<w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Wingdings" w:char="F0FE"/>'
            '<w:sym w:font="X" w:char="F0FF"/>'
        )
        assert text(p(f"<w:r>{signs}</w:r>")) == "α☑□"

    def test_the_reading_of_a_ruby_follows_its_base(self):
        ruby = f"<w:r><w:ruby><w:rt>{r('とう')}</w:rt><w:rubyBase>{r('東')}</w:rubyBase></w:ruby></w:r>"
        assert text(p(ruby)) == "東(とう)"

    def test_strict_documents(self):
        assert read(word(p("Strict") + table((p("a"), p("b"))), namespace=STRICT)).text == "Strict\na\tb"

    def test_a_diagram_and_a_chart_give_their_words(self):
        diagram = b'<x xmlns:a="urn:a"><a:p><a:r><a:t>Accueil</a:t></a:r></a:p></x>'
        places = b"<c:pt><c:v>Laval</c:v></c:pt><c:pt><c:v>Aubagne</c:v></c:pt>"
        chart = b'<x xmlns:c="urn:c"><c:strCache>' + places + b"</c:strCache></x>"
        body = p('<w:r><w:drawing><dgm:relIds r:dm="d"/><c:chart r:id="c"/></w:drawing></w:r>')
        found = text(p("Avant") + body, {"d": ("diagramData", diagram), "c": ("chart", chart)})
        assert found == "Avant\nAccueil\nLaval\tAubagne"

    def test_a_page_embedded_as_a_chunk(self):
        page = "<html><head><title>x</title></head><body><p>Bonjour <b>à</b> tous</p><p>Fin</p></body></html>".encode()
        assert text(p("Avant") + '<w:altChunk r:id="h"/>', {"h": ("aFChunk", page)}) == "Avant\nBonjour à tous\nFin"

    def test_a_chunk_that_cannot_be_read_is_said(self):
        found = read(word(p("Avant") + '<w:altChunk r:id="h"/>', {"h": ("aFChunk", b"{\\rtf1 secret}")}))
        assert found.text == "Avant"
        assert "inséré" in found.warnings[0]

    def test_an_empty_document_embedded_adds_nothing(self):
        assert text(p("Avant") + '<w:altChunk r:id="h"/>', {"h": ("aFChunk", word(p()))}) == "Avant"

    def test_hidden_text_is_kept_and_said(self):
        found = read(word(p("vu ", r("caché", "<w:vanish/>"))))
        assert found.text == "vu caché"
        assert "masqué" in found.warnings[0]


class TestRevisions:
    def test_insertions_stay_deletions_go_and_it_is_said(self):
        deleted = "<w:del><w:r><w:delText>ancien</w:delText></w:r></w:del>"
        found = read(word(p("un ", f"<w:ins>{r('nouveau')}</w:ins>", deleted, " mot")))
        assert found.text == "un nouveau mot"
        assert "modifications suivies" in found.warnings[0]

    def test_moved_text_is_read_where_it_went(self):
        body = p(f"<w:moveFrom>{r('déplacé')}</w:moveFrom>", "reste") + p(f"<w:moveTo>{r('déplacé')}</w:moveTo>")
        assert text(body) == "reste\ndéplacé"

    def test_a_deleted_paragraph_mark_joins_two_paragraphs(self):
        assert text(p("début ", properties="<w:rPr><w:del/></w:rPr>") + p("fin")) == "début fin"

    def test_a_plain_document_has_nothing_to_say(self):
        assert read(word(p("simple"))).warnings == ()


class TestTables:
    def test_a_row_is_a_line_and_cells_are_parted_by_tabs(self):
        assert text(p("Avant") + table((p("a"), p("b")), (p("c"), p("d"))) + p("Après")) == "Avant\na\tb\nc\td\nAprès"

    def test_paragraphs_of_a_cell_are_not_glued(self):
        assert text(table((p("un") + p("deux"), p("trois")))) == "un\ndeux\ttrois"

    def test_empty_cells_keep_the_columns_and_empty_rows_leave_no_trace(self):
        rows = table((p(), p("b"), p()), (p(), p(), p()), (p("x"), p(), p("z")))
        assert text(p("Avant") + rows) == "Avant\n\tb\nx\t\tz"

    def test_a_table_inside_a_cell(self):
        assert text(table((p("a") + table((p("b"), p("c"))) + p(), p("d")))) == "a\nb\tc\td"

    @pytest.mark.parametrize(
        "wrapper", ["<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>", "<w:customXml>{}</w:customXml>"]
    )
    def test_rows_and_cells_inside_content_controls(self, wrapper):
        cell = wrapper.format(f"<w:tc>{p('b')}</w:tc>")
        row = wrapper.format(f"<w:tr><w:tc>{p('a')}</w:tc>{cell}</w:tr>")
        assert text(f"<w:tbl>{row}</w:tbl>") == "a\tb"


class TestTextBoxes:
    def test_given_twice_for_two_ages_of_word_they_are_read_once(self):
        choice = f'<mc:Choice Requires="wps"><w:drawing>{box(p("encadré"))}</w:drawing></mc:Choice>'
        fallback = older_box(p("encadré"))
        body = p("ligne", f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>", " suite") + p(
            "après"
        )
        assert text(body) == "ligne suite\nencadré\naprès"

    def test_the_older_is_read_where_the_newer_has_no_text(self):
        choice = '<mc:Choice Requires="x"/>'
        body = p(f"<w:r><mc:AlternateContent>{choice}{older_box(p('vieux'))}</mc:AlternateContent></w:r>")
        assert text(body) == "vieux"

    def test_a_drawing_without_fallback(self):
        assert text(p("a", f"<w:r><w:drawing>{box(p('b') + p('c'))}</w:drawing></w:r>")) == "a\nb\nc"

    def test_a_box_inside_a_box_and_a_table_inside_it(self):
        inner = p("dedans", f"<w:r><w:drawing>{box(table((p('x'), p('y'))))}</w:drawing></w:r>")
        assert text(p("dehors", f"<w:r><w:drawing>{box(inner)}</w:drawing></w:r>")) == "dehors\ndedans\nx\ty"

    def test_wordart_of_old(self):
        assert (
            text(p('<w:r><w:pict><v:shape><v:textpath string="Fête du vélo"/></v:shape></w:pict></w:r>'))
            == "Fête du vélo"
        )


NOTES = {
    "f": (
        "footnotes",
        part(
            "footnotes",
            f'<w:footnote w:type="separator" w:id="-1">{p("trait")}</w:footnote>'
            f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>", " rire général")}</w:footnote>',
        ),
    ),
    "e": ("endnotes", part("endnotes", f'<w:endnote w:id="2">{p("fin de bande")}</w:endnote>')),
}


class TestNotes:
    def test_notes_come_after_the_text_under_the_mark_that_calls_them(self):
        body = p("Oui", '<w:r><w:footnoteReference w:id="2"/></w:r>', ".") + p(
            "Non", '<w:r><w:endnoteReference w:id="2"/></w:r>'
        )
        assert text(body, NOTES) == "Oui[1].\nNon[2]\n\n[1] rire général\n[2] fin de bande"

    def test_a_note_whose_mark_was_deleted_is_left_out(self):
        body = p("Oui", '<w:del><w:r><w:footnoteReference w:id="2"/></w:r></w:del>')
        assert text(body, NOTES) == "Oui"


class TestBeside:
    def test_headers_and_footers_are_kept_apart_and_said(self):
        header = part("hdr", p("Évaluation 2023") + p("3"))
        found = read(word(p("texte"), {"h": ("header", header), "g": ("footer", header)}))
        assert found.text == "texte"
        assert found.margins == ("Évaluation 2023",)
        assert "Évaluation 2023" in found.warnings[0]

    def test_comments_are_kept_apart(self):
        comments = part("comments", f'<w:comment w:id="0" w:author="Lou">{p("à vérifier")}</w:comment>')
        found = read(word(p("texte", '<w:r><w:commentReference w:id="0"/></w:r>'), {"c": ("comments", comments)}))
        assert found.text == "texte"
        assert [(c.author, c.text) for c in found.comments] == [("Lou", "à vérifier")]

    def test_title_and_date_that_the_file_gives_itself(self):
        made = docx.Document()
        made.add_paragraph("texte")
        made.core_properties.title = "Entretien 4"
        out = io.BytesIO()
        made.save(out)
        found = read(out.getvalue())
        assert found.title == "Entretien 4"
        assert re.match(r"\d{4}-\d\d-\d\d", found.date)


class TestBold:
    def bold(self, body, parts=None):
        found = read(word(body, parts))
        return [span.of(found.text) for span in found.bold]

    def test_runs_in_bold_where_they_fall_in_the_text(self):
        assert self.bold(p("a ", r("Ani", "<w:b/>"), r("matrice", "<w:b/>"), " b") + p(r("P1", "<w:b/>"))) == [
            "Animatrice",
            "P1",
        ]

    def test_bold_turned_off(self):
        assert self.bold(p(r("non", '<w:b w:val="0"/>'), r("non", '<w:b w:val="false"/>'))) == []

    def test_accents_composed_before_do_not_shift_what_follows(self):
        assert self.bold(p("e\u0301te\u0301 ", r("Rene\u0301", "<w:b/>"), " ici ", r("P1", "<w:b/>"))) == ["René", "P1"]

    def test_bold_by_style_its_parent_and_the_toggle_of_both(self):
        styles = part(
            "styles",
            '<w:style w:styleId="Nom"><w:rPr><w:b/></w:rPr></w:style>'
            '<w:style w:styleId="Fils"><w:basedOn w:val="Nom"/></w:style>'
            '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
            '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>',
        )
        parts = {"s": ("styles", styles)}
        assert self.bold(p(r("P1", '<w:rStyle w:val="Fils"/>'), " non"), parts) == ["P1"]
        assert self.bold(
            p(r("maigre", '<w:rStyle w:val="Nom"/>'), "gras", properties='<w:pStyle w:val="Nom"/>'), parts
        ) == ["gras"]
        assert self.bold(p(r("boucle", '<w:rStyle w:val="A"/>')), parts) == []


class TestSecondOpinion:
    def test_mammoth_finds_no_word_that_is_not_here(self, tmp_path):
        import mammoth

        made = docx.Document()
        made.add_heading("Focus group de Laval", 1)
        for number in range(30):
            made.add_paragraph(f"P{number} : on est venus à pied, {number} fois, c'est à côté\u00a0!")
        cells = made.add_table(2, 2).rows
        for row in cells:
            for index, cell in enumerate(row.cells):
                cell.text = f"cellule {index}\nligne"
        made.add_paragraph("Un point", style="List Bullet")
        out = io.BytesIO()
        made.save(out)
        theirs = re.sub(
            r"<[^>]+>", " ", mammoth.convert_to_html(io.BytesIO(out.getvalue())).value.replace("&#x27;", "'")
        )
        assert re.findall(r"\w+", read(out.getvalue()).text) == re.findall(r"\w+", theirs)

    def test_interviews_word_for_word_as_mammoth_reads_them(self, shared):
        import mammoth

        for path in sorted((shared / "data" / "interviews_artisans").glob("*.docx")):
            theirs = mammoth.extract_raw_text(io.BytesIO(path.read_bytes())).value
            assert read(path.read_bytes()).text.split() == theirs.split(), path.name


class TestRefused:
    def refusal(self, data: bytes) -> str:
        with pytest.raises(UnreadableFile) as caught:
            read(data)
        assert caught.value.todo
        return caught.value.what

    def test_password(self):
        ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
        assert "mot de passe" in self.refusal(ole + "EncryptedPackage".encode("utf-16-le"))
        assert "ancien format" in self.refusal(ole)

    @pytest.mark.parametrize(
        ("start", "name"), [(b"%PDF-1.7", "PDF"), (b"{\\rtf1", "RTF"), (b"bonjour", "n'est pas un document Word")]
    )
    def test_other_formats_under_the_name_of_word(self, start, name):
        assert name in self.refusal(start)

    def test_another_archive_under_the_name_of_word(self):
        assert "n'est pas un document Word" in self.refusal(archive({"xl/workbook.xml": b"<x/>"}))

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_entities(self, encoding):
        hostile = (
            f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
            "<w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
        )
        parts = {"_rels/.rels": relationships({"r": ("officeDocument", "d.xml")}), "d.xml": hostile.encode(encoding)}
        assert "déclare un type de document ou des entités" in self.refusal(archive(parts))

    @pytest.mark.parametrize("name", ["Entretien.docm", "Entretien.docx", "Modèle.dotm"])
    @pytest.mark.parametrize("where", ["word/vbaProject.bin", "word\\VBAPROJECT.BIN"])
    def test_macros_whatever_the_extension(self, name, where):
        data = word(p("Bonjour"))
        with zipfile.ZipFile(made := io.BytesIO(data), "a") as file:
            file.writestr(where, b"\xd0\xcf\x11\xe0")
        with pytest.raises(UnreadableFile, match="contient des macros") as caught:
            readers.get("docx").read(made.getvalue(), name)
        assert ".docx" in caught.value.todo

    def test_macros_under_another_name(self):
        assert "contient des macros" in self.refusal(word(p("Bonjour"), {"m": ("vbaProject", b"\xd0\xcf\x11\xe0")}))

    def test_a_document_that_could_have_macros_and_has_none_is_read(self):
        assert readers.get("docx").read(word(p("Bonjour")), "Entretien.docm").text == "Bonjour"

    def test_a_part_that_swells_without_end(self):
        bomb = part("document", "<w:body>" + " " * (80 * 2**20) + "</w:body>")
        parts = {"_rels/.rels": relationships({"r": ("officeDocument", "d.xml")}), "d.xml": bomb}
        assert "refusé" in self.refusal(archive(parts))

    def test_elements_nested_without_end(self):
        deep = 5_000
        assert "endommagé" in self.refusal(word("<w:sdt>" * deep + "</w:sdt>" * deep))

    def test_text_repeated_by_reference_is_read_once(self):
        marks = ['<w:r><w:footnoteReference w:id="2"/></w:r>'] * 3
        chunks = '<w:altChunk r:id="h"/>' * 3
        parts = {**NOTES, "h": ("aFChunk", b"<p>encore</p>")}
        assert text(p(*marks) + chunks, parts) == "[1][1][1]\nencore\n\n[1] rire général"

    def test_a_page_of_empty_lines_is_not_kept_whole(self):
        assert len(text(p("a") + "<w:p/>" * 5_000 + p("b"))) < 1_000

    def test_documents_nested_without_end_stop(self):
        inner = word(p("fond"))
        for _level in range(8):
            inner = word(p("étage") + '<w:altChunk r:id="x"/>', {"x": ("aFChunk", inner)})
        assert read(inner).text == "étage\nétage\nétage\nétage"

    def test_nothing_to_read(self):
        with pytest.raises(EmptyDocument):
            read(b"")
        with pytest.raises(EmptyDocument):
            read(word(p() + p(" ")))
