"""RTF: words in every way in which it writes them, nothing that was deleted, nothing that can harm."""

from __future__ import annotations

import pytest

from qualikit.corpus.readers import readers
from qualikit.errors import EmptyDocument, UnreadableFile

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times New Roman{\*\falt Times};}"
    r"{\f1\fnil\fcharset2 Symbol;}{\f2\fcharset204 Arial Cyr;}{\f3\fcharset128 MS Mincho;}}"
    r"{\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 Normal;}{\s1\b Titre;}}{\*\generator Word;}"
)


def rtf(body: str, head: str = HEAD) -> bytes:
    return f"{head}{body}}}".encode("latin-1")


def read(body: str):
    return readers.get("rtf").read(rtf(body), "essai.rtf")


def text(body: str) -> str:
    return read(body).text


class DescribeWords:
    @pytest.mark.parametrize(
        ("body", "words"),
        [
            (r"\'e9t\'e9 \'9c\'80", "été œ€"),
            ("\xe9t\xe9", "été"),
            (r"\u233\'e9t\u233? ", "été "),
            (r"{\uc0\u233 t\u233 }", "été"),
            (r"\uc2 \u233\'c3\'a9t\u233\'c3\'a9\uc1 x", "étéx"),
            (r"\u8217\'92\u-10179?\u-8630?\u-10179 ?x", "’🙊\ufffdx"),
            (r"a\~b\_c\-d\emdash e\lquote f\rdblquote", "a\u00a0b\u2011cd—e‘f”"),
            (r"{\f2\'cf\'f0} \f0\'e9", "Пр é"),
            (r"{\f3\'93\'fa\'96\'7b}", "日本"),
            (r"{\f1\'b7} puce {\f1 \u-3913 ?}", "• puce •"),
            (r"e\u769?te\u769?", "été"),
            (r"accolades \{ \} et \\", "accolades { } et \\"),
            (r"\u-9999999 ?a\u9999999999 ?b{\pict\bin9999999999 }", "ab"),
            ("un\r\n mot cou\r\npé", "un mot coupé"),
        ],
    )
    def it_reads_letters_however_they_are_written(self, body, words):
        assert text(body) == words.strip(" ") or text(body) == words

    def it_takes_the_page_of_a_mac(self):
        assert readers.get("rtf").read(rtf(r"\'8et\'8e", r"{\rtf1\mac"), "essai.rtf").text == "été"

    def it_makes_lines(self):
        assert text(r"un\par deux\line trois\par\par quatre\page cinq\tab six\sect fin\par") == (
            "un\ndeux\ntrois\n\nquatre\ncinq\tsix\nfin"
        )

    def it_says_where_text_is_bold(self):
        found = read(r"{\b Karim :} bonjour \b tous\b0 . {\b a\plain b}\par")
        assert [span.of(found.text) for span in found.bold] == ["Karim :", "tous", "a"]

    def it_does_not_carry_what_a_group_sets_out_of_it(self):
        found = read(r"{\b{\f2 un}}\f0 deux\'e9")
        assert (found.text, [span.of(found.text) for span in found.bold]) == ("undeuxé", ["un"])

    def it_takes_the_unicode_of_words_given_twice(self):
        assert text(r"{\upr{ancien}{\*\ud{\u233?t\u233?}}}") == "été"


class DescribeTables:
    def it_makes_a_row_a_line(self):
        row = r"\trowd\cellx1\cellx2\intbl {}\cell {}\cell\row"
        body = r"avant\par" + row.format("a", r"b\par c") + row.format("", "d") + row.format("", "") + r"\pard fin\par"
        assert text(body) == "avant\na\tb\nc\n\td\nfin"

    def it_reads_a_table_inside_a_cell(self):
        body = r"\trowd\intbl un\par\itap2 x\nestcell y\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}"
        assert text(body + r"\itap1 deux\cell trois\cell\row\pard fin") == "un\nx\ty\ndeux\ttrois\nfin"

    def it_tells_the_turns_of_a_table_of_speakers(self):
        rows = "".join(
            rf"\trowd\intbl {name}\cell {words}\cell\row "
            for name, words in [("Nom", "Propos"), *[("A", "Un."), ("B", "Deux.")] * 2]
        )
        found = read(rows + r"\pard Fin.\par")
        assert [(turn.label, turn.speech.of(found.text)) for turn in found.turns] == [
            ("A", "Un."), ("B", "Deux."), ("A", "Un."), ("B", "Deux."), (None, "Fin."),
        ]  # fmt: skip


class DescribeWhatIsNotText:
    def it_leaves_what_was_deleted_and_keeps_what_was_added(self):
        found = read(r"Reste{\deleted\revauthdel1  parti\par}{\revised  ajout}.\par")
        assert found.text == "Reste ajout."
        assert "modifications suivies" in found.warnings[0]

    def it_keeps_hidden_text_and_says_so(self):
        found = read(r"vu {\v cach\'e9}\par")
        assert found.text == "vu caché"
        assert "masqué" in found.warnings[0]

    def it_passes_over_pictures_fields_lists_and_what_it_does_not_know(self):
        body = (
            r"a{\pict\pngblip 89504e47}{\pict\bin9 }{}\}{{\par}b{\field{\*\fldinst HYPERLINK x}{\fldrslt lien}}"
            r"{\listtext 1.\tab}{\*\inconnu texte}{\*\bkmkstart m}{\object{\*\objdata 0102}{\result objet}}"
            r"{\shp{\*\shpinst{\sp{\sn n}{\sv 1}}{\shptxt\pard dans la bo\'eete\par}}{\shprslt vieux}}c\par d"
        )
        assert text(body) == "ablienobjetc\ndans la boîte\nd"

    def it_keeps_headers_apart(self):
        found = read(r"{\header Territoire : Laval\par}{\footerf 3}corps")
        assert (found.text, found.margins) == ("corps", ("Territoire : Laval",))

    def it_puts_notes_at_the_end_under_their_marks(self):
        note = r"{\super\chftn}{\footnote\pard{\super\chftn } %s\par}"
        assert (
            text(r"Un" + note % r"{\b en bas}" + r"\par Deux" + note % "encore")
            == "Un[1]\nDeux[2]\n\n[1] en bas\n[2] encore"
        )

    def it_reads_title_and_date(self):
        found = read(r"{\info{\title Entretien \'e0 Laval}{\author X}{\creatim\yr2024\mo3\dy5\hr10}}corps")
        assert (found.title, found.date) == ("Entretien à Laval", "2024-03-05")


class DescribeComments:
    def it_says_what_they_are_about(self):
        body = (
            r"Il a {\*\atrfstart 7}plu{\*\atrfend 7}{\*\atnid CD}{\*\atnauthor Camille Durand}\chatn"
            r"{\*\annotation{\*\atnref 7}{\*\atndate 1743506858}\pard M\'e9t\'e9o\par} fort.\par"
        )
        found = read(body)
        assert found.text == "Il a plu fort."
        (one,) = found.comments
        assert (one.author, one.text, one.span.of(found.text)) == ("Camille Durand", "Météo", "plu")

    def it_takes_the_line_for_one_without_a_passage(self):
        found = read(r"Un.\par Deux {\*\atnid CD}\chatn{\*\annotation x}trois.\par")
        (one,) = found.comments
        assert (one.author, one.span.of(found.text)) == ("CD", "Deux trois.")


class DescribeRefusals:
    @pytest.mark.parametrize(
        "body", ["{" * 50_000, r"\b0" * 2_100_000, r"{\footnote" * 3_000], ids=["nested", "endless", "notes in notes"]
    )
    def it_refuses_what_was_made_to_harm(self, body):
        with pytest.raises(UnreadableFile, match="refusé"):
            read(body)

    def it_passes_over_a_picture_of_megabytes(self):
        assert text(r"{\pict " + "ff" * 5_000_000 + "}fin") == "fin"

    def it_keeps_what_came_before_a_cut_and_says_so(self):
        found = readers.get("rtf").read(rtf(r"un\par deux")[:-3], "essai.rtf")
        assert found.text.startswith("un\nde")
        assert "s'arrête avant sa fin" in found.warnings[0]

    @pytest.mark.parametrize("data", [b"PK\x03\x04", b"%PDF-1.4", b"du texte", b"\x00" * 50])
    def it_refuses_other_formats(self, data):
        with pytest.raises(UnreadableFile, match="n'est pas un document RTF"):
            readers.get("rtf").read(data, "essai.rtf")

    def it_says_that_there_is_nothing(self):
        with pytest.raises(EmptyDocument):
            read(r"\par {\pict 00}")
