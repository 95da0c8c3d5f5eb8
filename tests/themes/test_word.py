"""The Word document, opened again: what a client sees, and what an evaluator can restyle."""

from __future__ import annotations

import zipfile
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn

from qualikit.i18n import use_language
from qualikit.themes.exporters import ExportOptions, export_matrix, exporters

LONG = "Une très longue réponse, qui n'en finit pas. " * 60


@pytest.fixture
def coded(two_groups):
    two_groups.coding("FG Aubagne", "Quand il pleut", "Météo")
    two_groups.coding("FG Aubagne", "Le vélo est en panne", "Matériel")
    two_groups.coding("FG Laval", "il fait froid", "Météo")
    two_groups.themes.choose_verbatim(two_groups.coding("FG Aubagne", "encore la pluie", "Météo"))
    two_groups.themes.set_synthesis("Météo", "territory", "Laval", "Le froid n'arrête personne.\nOn vient quand même.")
    return two_groups


def opened(world, tmp_path, *, columns="territory", **options):
    return docx.Document(str(world.themes.export(world.themes.matrix(columns=columns), tmp_path / "m.docx", **options)))


def texts(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_the_overview_has_its_figures_with_their_denominators(coded, tmp_path):
    table = texts(opened(coded, tmp_path).tables[0])
    assert table[0] == ["Thème", *["Aubagne"] * 3, *["Laval"] * 3, *["Ensemble"] * 3]
    assert table[1] == ["Thème", *["Personnes", "Documents", "Codages"] * 3]
    assert table[2] == ["Freins", "2/2", "1/2", "3", "1/2", "1/1", "1", "3/4", "2/3", "4"]
    assert table[3] == ["Météo", "1/2", "1/2", "2", "1/2", "1/1", "1", "2/4", "2/3", "3"]
    assert table[5] == ["Lien social", *["–"] * 9]
    assert table[6][0] == "Ensemble"


def test_each_theme_has_its_table_with_synthesis_and_verbatims(coded, tmp_path):
    document = opened(coded, tmp_path)
    weather = next(table for table in document.tables if "Synthèse" in texts(table)[0])
    rows = texts(weather)
    assert rows[0] == ["Territoire", "Ce qui est compté", "Synthèse", "Verbatims"]
    assert rows[1][:3] == ["Aubagne", "1 personne sur 2\n1 document sur 2\n2 codages", ""]
    assert rows[1][3].replace("\u00a0", " ") == "« encore la pluie »\n— Mme Roux, FG Aubagne, tour 4"
    assert rows[2][2] == "Le froid n'arrête personne.\nOn vient quand même."
    assert rows[2][3].endswith("— Mme Le Gall, FG Laval, tour 2 · choix automatique")
    headings = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert headings == [
        ("Heading 1", "Vue d'ensemble"),
        ("Heading 1", "Thème par thème"),
        ("Heading 2", "Freins"),
        ("Heading 3", "Météo"),
        ("Heading 3", "Matériel"),
    ]


def test_in_english_it_is_english_from_the_title_to_the_quotation_marks(coded, tmp_path):
    use_language("en")
    try:
        document = opened(coded, tmp_path, verbatims="chosen")
    finally:
        use_language("fr")
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == ["Overview", "Theme by theme"]
    weather = next(texts(table) for table in document.tables if "Synthesis" in texts(table)[0])
    assert weather[0] == ["Territory", "What is counted", "Synthesis", "Quotations"]
    assert weather[1][1:] == [
        "1 person out of 2\n1 document out of 2\n2 codings",
        "",
        "“encore la pluie”\n— Mme Roux, FG Aubagne, turn 4",
    ]
    assert not [p.text for p in document.paragraphs if {"«", "»"} & set(p.text)]


def test_a_pick_is_announced_only_where_there_is_one(coded, tmp_path):
    def announced(**options):
        return any("À confirmer ou à remplacer" in p.text for p in opened(coded, tmp_path, **options).paragraphs)

    assert announced()
    assert not announced(verbatims="chosen")
    assert not announced(verbatims="none")
    without = opened(coded, tmp_path, verbatims="none")
    assert all("Verbatims" not in texts(table)[0] for table in without.tables)


def test_headers_repeat_and_short_rows_stay_whole(coded, tmp_path):
    coded.person("Bavard")
    coded.document("Long", [("Bavard", LONG)], territory="Laval")
    coded.themes.choose_verbatim(coded.coding("Long", LONG, "Lien social"))
    document = opened(coded, tmp_path)
    headed = [[row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] for table in document.tables]
    assert headed[0][:3] == [True, True, False]
    assert all(rows[0] and not any(rows[2:]) for rows in headed)
    social = next(table for table in document.tables if LONG.strip() in texts(table)[-1][-1])
    whole = [row._tr.trPr.find(qn("w:cantSplit")) is not None for row in social.rows]
    assert whole == [True, True, False]


def test_everything_is_in_a_named_style(coded, tmp_path):
    document = opened(coded, tmp_path)
    known = {style.style_id for style in document.styles}
    used = {
        node.get(qn("w:val"))
        for tag in ("pStyle", "rStyle", "tblStyle")
        for node in document.element.iter(qn(f"w:{tag}"))
    }
    assert used <= known
    assert all(p.find(qn("w:pPr")) is not None for p in document.element.body.iter(qn("w:p")))
    names = {style.name for style in document.styles}
    assert {"Title", "Heading 1", "Caption", "qualikit Tableau", "qualikit Verbatim", "qualikit Synthèse"} <= names
    assert {table.style.name for table in document.tables} == {"qualikit Tableau"}
    # The tree can be told without colours: each depth has its own style, set farther in.
    styles = [row.cells[0].paragraphs[0].style for row in document.tables[0].rows[2:5]]
    assert [style.name for style in styles] == ["qualikit Code 1", "qualikit Code 2", "qualikit Code 2"]
    assert styles[1].paragraph_format.left_indent > 0
    # Nothing is set by hand that a style could not change.
    assert not list(document.element.body.iter(qn("w:sz"), qn("w:b"), qn("w:color"), qn("w:rFonts")))


def test_captions_are_numbered_by_word(coded, tmp_path):
    captions = [p for p in opened(coded, tmp_path).paragraphs if p.style.name == "Caption"]
    assert len(captions) == 3
    for number, caption in enumerate(captions, 1):
        field = caption._p.find(qn("w:fldSimple"))
        assert field.get(qn("w:instr")).split() == ["SEQ", "Tableau", "\\*", "ARABIC"]
        assert "".join(node.text for node in field.iter(qn("w:t"))) == str(number)


def test_page_language_properties_header_and_footer(coded, tmp_path):
    matrix = coded.themes.matrix()
    path = export_matrix(
        exporters.get("docx"),
        matrix,
        tmp_path / "m.docx",
        ExportOptions("Évaluation", "Titre choisi", date(2024, 3, 5)),
    )
    document = docx.Document(str(path))
    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (29.7, 21.0)
    assert section._sectPr.find(qn("w:pgSz")).get(qn("w:orient")) == "landscape"
    about = document.core_properties
    assert (about.title, about.subject, about.language) == ("Titre choisi", "Évaluation", "fr-FR")
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    language = next(document.styles.element.iter(qn("w:lang")))
    assert language.get(qn("w:val")) == "fr-FR"
    assert section.header.paragraphs[0].text == "Évaluation\tTitre choisi"
    fields = [node.get(qn("w:instr")).strip() for node in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert document.paragraphs[1].text == "Évaluation · 05/03/2024"
    names = zipfile.ZipFile(path).namelist()
    assert not [name for name in names if "thumbnail" in name or "customXml" in name]


def test_the_explanation_stands_before_the_figures(coded, tmp_path):
    document = opened(coded, tmp_path)
    assert document.paragraphs[2].text == coded.themes.matrix().explanation


@pytest.mark.parametrize(("columns", "most"), [(12, 7), (25, 11)])
def test_many_columns_are_shared_out_over_tables_that_fit_the_page(world, tmp_path, columns, most):
    world.code("Avis")
    for number in range(columns):
        world.person(f"Participante {number}")
        world.document(f"Entretien_{number}", [(f"Participante {number}", "Je crois bien.")], territory="Laval")
        world.coding(f"Entretien_{number}", "Je crois", "Avis")
    document = opened(world, tmp_path, columns="document" if most == 7 else "participant", verbatims="none")
    overviews = [table for table in document.tables if texts(table)[0][0] == "Thème"]
    assert len(overviews) == -(-columns // (most - 1))
    labels = [label for table in overviews for label in texts(table)[0][1:-1]]
    assert len(labels) == columns
    for table in document.tables:
        widths = [int(node.get(qn("w:w"))) for node in table._tbl.tblGrid.iter(qn("w:gridCol"))]
        assert sum(widths) <= 14570 + len(widths)
        assert min(widths) >= 900  # 1.6 cm
        for row in table._tbl.tr_lst:
            assert sum(cell.grid_span for cell in row.tc_lst) == len(widths)


def test_two_to_six_columns_hold_in_one_table(world, tmp_path):
    world.code("Avis")
    world.person("P1")
    for number in range(6):
        world.document(f"D{number}", [("P1", "Je crois bien.")], territory=f"Territoire {number}")
        world.coding(f"D{number}", "Je crois", "Avis")
        document = opened(world, tmp_path, verbatims="none")
        assert sum(texts(table)[0][0] == "Thème" for table in document.tables) == 1


def test_with_doubles_the_passages_stand_beside_the_codings(coded, tmp_path):
    coded.coding("FG Aubagne", "il pleut personne", "Météo", coder="Sacha")
    table = texts(opened(coded, tmp_path).tables[0])
    assert table[1][3] == "Codages (passages)"
    assert table[3][3] == "3 (2)"


def test_where_nobody_speaks_people_are_without_object(two_groups, tmp_path):
    two_groups.coding("Note Aubagne", "Pluie fine", "Météo")
    table = texts(opened(two_groups, tmp_path, columns="source").tables[0])
    assert table[3][4:7] == ["s.\u00a0o.", "1/1", "1"]


def test_a_synthesis_of_the_whole_has_a_line_of_its_own(coded, tmp_path):
    coded.themes.set_synthesis("Météo", "territory", "∑", "Partout, le temps décide.")
    weather = next(table for table in opened(coded, tmp_path).tables if "Synthèse" in texts(table)[0])
    assert texts(weather)[-1][0] == "Ensemble"
    assert texts(weather)[-1][2] == "Partout, le temps décide."


def test_words_that_look_like_markup_stay_words(world, tmp_path):
    words = '<b>gras</b> & « guillemets » "droits" 🙂'
    world.person("P1")
    world.document("D & <fils>", [("P1", words)], territory="L'Île-d'Yeu & co")
    world.code("Avis <divers>")
    world.coding("D & <fils>", words, "Avis <divers>")
    table = opened(world, tmp_path).tables[-1]
    assert words in texts(table)[1][-1]
    assert texts(table)[1][0] == "L'Île-d'Yeu & co"
