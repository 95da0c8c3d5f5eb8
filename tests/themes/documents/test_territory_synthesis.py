"""The thematic synthesis of a territory: what it says, out of how many, and where each number leads."""

from __future__ import annotations

import re

import pytest
from docx.oxml.ns import qn

from qualikit.errors import ExportFailed, MatrixError
from tests.themes.documents.readback import headings, sound, words


@pytest.fixture
def written(project, tmp_path):
    def write(territory="Aubagne", **options):
        return sound(project.themes.export_synthesis(tmp_path / "synthese.docx", territory, **options))

    return write


def test_its_parts_are_the_codebook_s_own(written):
    assert headings(written()) == [
        (1, "Contexte et corpus"),
        (1, "Vue d'ensemble"),
        (1, "Freins"),
        (2, "Météo"),
        (1, "Lien social"),
        (1, "Note de méthode"),
    ]


def test_it_says_who_was_heard_and_how_much(written):
    said = words(written())
    assert "1 document qui concerne Aubagne" in said
    assert "3 personnes y prennent la parole" not in said  # M. Muet speaks too
    assert "4 personnes y prennent la parole" in said
    assert "L'animation et les observateurs ne sont pas comptés" in said


def test_a_theme_has_its_figures_with_their_denominators(written):
    said = words(written())
    assert "3 personnes sur 4 · 1 document sur 1 · 3 passages" in said
    assert "Sans aucun passage dans ce territoire : Matériel." in said
    assert "Rien n'a été relevé à ce sujet dans ce territoire." in said  # Lien social


def test_positions_are_counted_among_those_who_were_heard_and_silence_is_not_agreement(written):
    document = written()
    assert (
        "Sur 4 personnes entendues dans le territoire, 1 est d'accord et 1 n'est pas d'accord. "
        "2 autres ne disent pas leur position, ce qui n'est pas un accord."
    ) in words(document)
    sides = next(table for table in document.tables if table.cell(0, 0).text == "D'accord")
    assert "Quand il pleut, personne ne vient" in sides.cell(1, 0).text
    assert "la pluie ne me gêne pas" in sides.cell(1, 1).text


def test_the_other_territory_has_figures_of_its_own(written):
    said = words(written("Laval"))
    assert "2 personnes y prennent la parole" in said
    assert "personne ne vient" not in said
    assert "1 personne sur 2 · 1 document sur 1 · 1 passage" in said


class DescribeSyntheses:
    def it_renders_markdown_in_styles(self, project, written):
        text = "Un **constat** net : *souvent*.\n\n- d'abord\n- ensuite\n\n## Nuance\nFin !"
        project.themes.set_synthesis("Météo", "territory", "Aubagne", text)
        document = written()
        items = [p.text for p in document.paragraphs if p.style.name == "qualikit Liste"]
        assert items[:2] == ["–\td'abord", "–\tensuite"]
        assert "Nuance" in [p.text for p in document.paragraphs if p.style.name == "qualikit Intertitre"]
        strong = [run.text for p in document.paragraphs for run in p.runs if run.style.name == "Strong"]
        assert strong == ["constat"]
        said = "\n".join(p.text for p in document.paragraphs)
        assert "net\u00a0: " in said
        assert "Fin\u00a0!" in said

    def it_turns_a_citation_into_a_number_that_leads_to_the_passage(self, project, written, coding_of):
        id = coding_of("Ça dépend des jours", "Météo")
        project.themes.set_synthesis("Météo", "territory", "Aubagne", f"Tout dépend [@{id}].")
        document = written(verbatims="none")
        links = [
            node for node in document.element.body.iter(qn("w:hyperlink")) if "_Passage" in node.get(qn("w:anchor"))
        ]
        number = "".join(node.text for node in links[0].iter(qn("w:t")))
        assert (1, "Autres passages cités") in headings(document)
        quoted = next(p for p in document.paragraphs if "Ça dépend des jours" in p.text)
        assert quoted._p.find(qn("w:bookmarkStart")).get(qn("w:name")) == links[0].get(qn("w:anchor"))
        assert f"{number} Mme Fabre, FG Aubagne, tour 4" in words(document)

    def it_says_where_a_citation_leads_nowhere(self, project, written, coding_of):
        id = coding_of("Ça dépend des jours", "Météo")
        project.themes.set_synthesis("Météo", "territory", "Aubagne", f"Tout dépend [@{id}].")
        project.coding.remove(id)
        said = words(written())
        assert "Tout dépend [passage retiré]." in said
        assert "1 renvoi d'une synthèse mène à un passage qui n'est plus codé." in said

    def it_marks_what_is_not_validated(self, project, written):
        project.themes.set_synthesis("Météo", "territory", "Aubagne", "Il pleut.")
        said = words(written())
        assert "Brouillon, pas encore validé." in said
        assert "1 synthèse sur 1 n'est pas encore validée." in said


def test_numbered_people_are_named_nowhere(written):
    said = words(written(named=False))
    assert re.search(r"\] Personne \d+, Focus group, Aubagne, tour 2", said)
    assert not [name for name in ("Roux", "Diallo", "Fabre") if name in said]


def test_what_looks_like_markup_stays_words(project, written):
    project.themes.set_synthesis("Météo", "territory", "Aubagne", '<b>gras</b> & "droits" {{titre}} 🙂 [@pas-un-code]')
    assert '<b>gras</b> & "droits" {{titre}} 🙂 [passage retiré]' in words(written())


def test_the_same_project_gives_the_same_bytes_twice(project, tmp_path):
    one, two = (project.themes.export_synthesis(tmp_path / f"{n}.docx", "Aubagne").read_bytes() for n in (1, 2))
    assert one == two


def test_a_picture_is_described(project, tmp_path):
    for number in range(3):
        code = project.coding.add_code(f"Thème {number}").id
        start = project.corpus.text("FG Aubagne").index("Quand il pleut")
        project.coding.add("FG Aubagne", start, start + 14, code)
    document = sound(project.themes.export_synthesis(tmp_path / "s.docx", "Aubagne"))
    [picture] = document.element.body.iter(qn("wp:docPr"))
    assert picture.get("descr").startswith("Barres")
    assert "Météo (3/4)" in picture.get("descr")


def test_a_territory_that_is_not_there_and_a_file_that_is_not_word_are_refused(project, tmp_path):
    with pytest.raises(MatrixError, match="Aubagne, Laval"):
        project.themes.export_synthesis(tmp_path / "s.docx", "Rennes")
    with pytest.raises(ExportFailed, match=r"\.docx"):
        project.themes.export_synthesis(tmp_path / "s.pdf", "Aubagne")
    assert not list(tmp_path.glob("s.*"))


def test_a_project_without_codings_still_gives_a_document(project, tmp_path):
    for coding in project.coding.codings():
        project.coding.remove(coding.id)
    document = sound(project.themes.export_synthesis(tmp_path / "s.docx", "Aubagne"))
    assert "Aucun passage de ce territoire n'est encore codé." in words(document)


def test_a_retired_code_stands_only_where_something_is_coded_with_it(project, written):
    for name in ("Lien social", "Météo"):
        project.coding.retire_code(name)
    assert [words for _level, words in headings(written())] == [
        "Contexte et corpus",
        "Vue d'ensemble",
        "Freins",
        "Météo",
        "Note de méthode",
    ]


def test_who_is_of_another_territory_counts_there_wherever_they_speak(project, written):
    project.corpus.update_participant(
        next(one for one in project.corpus.participants() if one.name == "Mme Roux"), attributes={"territory": "Laval"}
    )
    said = words(written("Laval"))
    assert "Sur 3 personnes entendues dans le territoire, 1 est d'accord." in said
    assert "je viens quand même" not in said
    assert "Sur 3 personnes entendues dans le territoire, 1 n'est pas d'accord." in words(written("Aubagne"))
