"""A firm's own Word file: its styles, page, header and marks; what cannot be one is refused with a sentence."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm, RGBColor

from qualikit.errors import TemplateRefused
from qualikit.themes.exporters.word.template import Template
from tests.themes.documents.readback import sound, words


@pytest.fixture
def firm(tmp_path):
    """Makes a template with these paragraphs."""

    def make(*paragraphs, header="", name="modele.docx"):
        document = docx.Document()
        document.styles["Heading 1"].font.color.rgb = RGBColor(0x8A, 0x1C, 0x2B)
        document.sections[0].left_margin = Cm(5)
        if header:
            document.sections[0].header.paragraphs[0].text = header
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
        document.save(str(tmp_path / name))
        return tmp_path / name

    return make


@pytest.fixture
def written(project, tmp_path):
    def write(template, **options):
        return sound(project.themes.export_synthesis(tmp_path / "s.docx", "Aubagne", template=template, **options))

    return write


def test_the_firm_s_styles_are_kept_and_the_missing_ones_added(firm, written):
    document = written(firm("Texte d'exemple du modèle"))
    assert document.styles["Heading 1"].font.color.rgb == RGBColor(0x8A, 0x1C, 0x2B)
    assert "qualikit Citation" in [style.name for style in document.styles]
    assert "Texte d'exemple" not in words(document)
    assert "Synthèse thématique : Aubagne" in words(document)


def test_marks_are_filled_in_and_the_text_comes_where_it_is_asked(firm, written):
    document = written(
        firm("Remis par le cabinet", "{{titre}}", "{{ contenu }}", "Fin, {{projet}}", header="{{titre}} · {{annee}}"),
        title="Aubagne & l'Huveaune",
    )
    lines = [line for line in words(document).splitlines() if line]
    assert lines[:2] == ["Remis par le cabinet", "Aubagne & l'Huveaune"]
    assert lines[2] != "Aubagne & l'Huveaune"  # the template says the title: it is not said twice
    assert lines[-1] == "Fin, Essai"
    header = document.sections[0]._sectPr.headerReference_lst[0].rId
    said = document.part.rels[header].target_part.element.xpath("string(.)")
    assert said.startswith("Aubagne & l'Huveaune · 20")


def test_a_style_of_the_same_name_under_another_id_is_the_one_that_serves(firm, written, tmp_path):
    french = docx.Document()
    heading = french.styles["Heading 1"]
    heading.element.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}styleId", "Titre1")
    french.styles.add_style("qualikit Citation", WD_STYLE_TYPE.PARAGRAPH).font.color.rgb = RGBColor(1, 2, 3)
    french.save(str(tmp_path / "fr.docx"))
    document = written(tmp_path / "fr.docx")
    assert {p.style.style_id for p in document.paragraphs if p.text == "Note de méthode"} == {"Titre1"}
    assert document.styles["qualikit Citation"].font.color.rgb == RGBColor(1, 2, 3)


def test_tables_fit_the_firm_s_page(firm, written):
    document = written(firm())
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for table in document.tables:
        assert sum(column.width for column in table.columns) <= room + Cm(0.1)


def test_the_matrix_the_manual_and_the_book_take_it_too(project, firm, tmp_path):
    template = firm("Cabinet Exemple", "{{contenu}}")
    themes = project.themes
    matrix = sound(themes.export(themes.matrix(), tmp_path / "m.docx", template=template))
    assert matrix.sections[0].page_width > matrix.sections[0].page_height
    for path in (
        themes.export_manual(tmp_path / "n.docx", template=template),
        themes.export_verbatims(tmp_path / "v.docx", template=template),
    ):
        document = sound(path)
        assert document.paragraphs[0].text == "Cabinet Exemple"
        assert document.sections[0].page_width < document.sections[0].page_height
    assert "Cabinet" not in words(sound(themes.export(themes.matrix(), tmp_path / "m.docx")))


def test_the_same_template_gives_the_same_bytes_twice(project, firm, tmp_path):
    template = firm("{{titre}}", "{{contenu}}", header="{{projet}}")
    one, two = (project.themes.export_verbatims(tmp_path / f"{n}.docx", template=template).read_bytes() for n in (1, 2))
    assert one == two


def test_one_saved_by_word_as_a_template_serves(firm, written, tmp_path):
    with zipfile.ZipFile(firm("{{contenu}}")) as source, zipfile.ZipFile(tmp_path / "m.dotx", "w") as target:
        for part in source.namelist():
            data = source.read(part)
            target.writestr(part, data.replace(b"document.main+xml", b"template.main+xml") if "Types" in part else data)
    assert "Contexte et corpus" in words(written(tmp_path / "m.dotx"))


class DescribeRefusals:
    def it_names_the_marks_that_do_not_exist_and_those_that_do(self, firm):
        with pytest.raises(TemplateRefused) as refused:
            Template.read(firm("{{client}}", "{{titre}}", header="{{Projet}}"))
        said = str(refused.value)
        assert "{{Projet}}, {{client}}" in said
        assert "{{titre}}, {{projet}}, {{date}}, {{jour}}, {{annee}}, {{contenu}}" in said

    @pytest.mark.parametrize("text", ["{{titre", "{% for x in y %}", "{{ titre. }}", "{{titre|nothing}}"])
    def it_says_that_a_mark_is_badly_written(self, firm, text):
        with pytest.raises(TemplateRefused, match="mal écrite"):
            Template.read(firm("{{contenu}}", text))

    @pytest.mark.parametrize("paragraphs", [("Ici {{contenu}}",), ("{{contenu}}", "{{contenu}}")])
    def it_wants_the_text_s_mark_alone_and_once(self, firm, paragraphs):
        with pytest.raises(TemplateRefused, match="seul dans son paragraphe"):
            Template.read(firm(*paragraphs))

    def it_runs_nothing_that_a_template_holds(self, firm):
        with pytest.raises(TemplateRefused):
            Template.read(firm("{{ titre.__class__.__mro__[1].__subclasses__() }}"))

    @pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04broken"])
    def it_says_that_a_file_is_not_word(self, data):
        with pytest.raises(TemplateRefused, match="n'est pas un document Word"):
            Template.read(data, "modele.docx")

    def it_refuses_a_workbook(self, project, tmp_path):
        with pytest.raises(TemplateRefused, match="n'est pas un document Word"):
            Template.read(project.themes.export_annex(tmp_path / "a.xlsx"))

    def it_refuses_macros(self, firm):
        made = io.BytesIO()
        with zipfile.ZipFile(firm("x")) as source, zipfile.ZipFile(made, "w") as target:
            for part in source.namelist():
                target.writestr(part, source.read(part))
            target.writestr("word/vbaProject.bin", b"\0")
        with pytest.raises(TemplateRefused, match="macros"):
            Template.read(made.getvalue(), "modele.docm")

    def it_says_that_there_is_no_such_file_and_writes_nothing(self, project, tmp_path):
        with pytest.raises(TemplateRefused, match=r"absent\.docx"):
            project.themes.export_verbatims(tmp_path / "v.docx", template=tmp_path / "absent.docx")
        assert not (tmp_path / "v.docx").exists()
