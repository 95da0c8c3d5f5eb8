"""The pages as an evaluator walks through them: files in, codes on, matrix out."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coder_bed import Desk
from pages_bed import APP, OPTIONS, ROOT, Visit, env

from qualikit import Project, sample
from qualikit.corpus.model import Role

pytestmark = pytest.mark.browser

MATERIAL = ROOT / "transcripts_sample"
INTERVIEWS = ROOT.parent / "shared" / "data" / "interviews_artisans"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample.build(tmp_path_factory.mktemp("exemple"))


@pytest.fixture
def full(built: Path, tmp_path: Path) -> Path:
    """The sample evaluation, this test's own."""
    return Path(shutil.copy(built, tmp_path / "exemple.qualikit"))


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A project with nothing in it."""
    with Project.create(tmp_path / "neuf.qualikit", name="Évaluation neuve", coder="Camille"):
        return tmp_path / "neuf.qualikit"


@pytest.fixture
def visit(run_app: Callable[..., Any], browser_page: Any, tmp_path: Path) -> Callable[..., Visit]:
    """``visit(project)`` serves the application on a project, or on none, and opens it in a tab."""

    def open_(place: Path | None = None, path: str = "") -> Visit:
        app = run_app(APP, env(place, settings=tmp_path / "reglages"), OPTIONS)
        return Visit(browser_page, app.url).open(path)

    return open_


def opened(place: Path) -> Project:
    """The project as another process reads it."""
    return Project.open(place, coder="Camille")


# -- empty


def test_empty_pages_say_what_they_are_for_and_offer_the_next_step(visit, bare):
    tab = visit(bare)
    tab.wait("Une évaluation toute neuve")
    tab.click("Importer des documents").wait("Le corpus est vide")
    tab.wait("Choisir des fichiers")  # its words are put into French a moment after the widget is there
    tab.go("Grille").wait("La grille est vide")
    tab.go("Matrice").wait("Aucun passage n'est encore codé")
    tab.go("Coder").wait("Rien à coder encore")
    assert tab.page.evaluate("document.documentElement.lang") == "fr"
    words = tab.open("corpus").wait("Choisir des fichiers").words()
    for english in ("Drag and drop", "Browse files", "per file", "Deploy", "Upload"):
        assert english not in words


def test_a_new_evaluation_is_made_from_the_first_page(visit, tmp_path):
    tab = visit()
    tab.wait("Nouvelle évaluation")
    tab.write("Nom de l'évaluation", "Triporteur : an 2").write("Dossier", str(tmp_path / "projets"))
    tab.click("Créer").wait("Le corpus est vide")
    place = tmp_path / "projets" / "Triporteur - an 2.qualikit"
    with opened(place) as project:
        assert project.name == "Triporteur : an 2"
    tab.page.reload()
    assert tab.settled().page.locator(".qk-project").inner_text() == "Triporteur : an 2"


def test_what_is_not_a_project_is_refused_in_words_and_left_alone(visit, tmp_path, full):
    stranger = tmp_path / "autre.qualikit"
    stranger.write_text("pas un projet")
    tab = visit()
    tab.write("Fichier ou dossier", str(stranger)).click("Ouvrir")
    tab.wait("n'est pas un projet qualikit")
    assert stranger.read_text() == "pas un projet"
    tab.write("Fichier ou dossier", str(full.parent)).click("exemple", inside=".st-key-choice-open")
    tab.wait("Ce qu'il contient")
    assert tab.page.locator(".qk-project").inner_text() == "Évaluation d'exemple"


# -- the corpus


# Two named people, neither of whom asks anything: who leads the interview cannot be told.
DUET = """Entretien fictif.

Jeanne Lacaze : Le triporteur passe le mardi, et on voit du monde à chaque fois.

Solène Aubertin : Le jeudi aussi, mais il y a moins de gens qu'on voudrait.

Jeanne Lacaze : C'est vrai quand il pleut, sinon on ne peut pas se plaindre.

Solène Aubertin : On a aussi des personnes qui reviennent, et cela compte.

Jeanne Lacaze : Elles reviennent parce qu'elles sont bien reçues.

Solène Aubertin : Et parce que c'est à côté de chez elles.
"""


def test_files_dropped_together_are_checked_corrected_and_saved(visit, bare, tmp_path):
    files = sorted((INTERVIEWS if INTERVIEWS.is_dir() else MATERIAL).glob("*.docx"))
    doubtful = tmp_path / "Entretien à deux.txt"
    doubtful.write_text(DUET, "utf-8")
    broken = tmp_path / "abîmé.docx"
    broken.write_bytes(b"PK\x03\x04 coupe")
    twin = shutil.copy(files[0], tmp_path / "copie.docx")
    tab = visit(bare, "corpus")
    tab.drop(*files, broken, doubtful, twin)
    tab.wait("fichiers à enregistrer")
    tab.wait("« abîmé.docx » est endommagé")  # its sentence, and the rest goes on
    tab.wait("C'est le même fichier que")
    tab.wait("Qui anime n'a pas été reconnu")
    meant = "Chercheur" if INTERVIEWS.is_dir() else "Chercheuse"
    tab.click(f"Réunir sous « {meant} »")
    tab.page.get_by_role("button", name=re.compile("^Enregistrer l")).click()
    tab.wait("documents enregistrés").wait("Qui anime n'a pas été reconnu")  # what is in doubt waits in place
    with opened(bare) as project:
        saved = project.corpus.documents()
        assert {doc.document.file_name for doc in saved} >= {file.name for file in files}
        assert doubtful.name not in {doc.document.file_name for doc in saved}
        if INTERVIEWS.is_dir():
            assert len(saved) == 12
            assert {person.name for person in project.corpus.participants()} == {"Chercheur", "Interviewe"}
    # Correct the one in doubt: open its line, say who asks the questions.
    tab.click("Voir")
    asker = tab.page.locator(".st-key-incoming-open [data-testid=stSelectbox]").nth(1)
    tab.choose(asker, "Animation")
    tab.page.get_by_role("button", name=re.compile("^Enregistrer l")).click()
    tab.settled().wait("document enregistré")
    with opened(bare) as project:
        people = project.corpus.participants("Entretien à deux")
        assert [person.role for person in people] == [Role.MODERATOR, Role.PARTICIPANT]
        assert project.check() == []
    tab.drop(files[0]).wait("Déjà dans le projet")


def test_reading_many_files_can_be_stopped_and_what_was_read_stays(visit, bare, tmp_path):
    line = "Animatrice : Et le vélo, vous en pensez quoi ?\nMme Roux : Il roule, il pleut, on attend.\n"
    files = []
    for number in range(40):
        files.append(tmp_path / f"Entretien {number:02}.txt")
        files[-1].write_text(f"Entretien {number}\n" + line * 4000, "utf-8")
    tab = visit(bare, "corpus")
    tab.page.locator("input[type=file]").first.set_input_files([str(file) for file in files])
    tab.page.get_by_text(re.compile("Lecture de .* sur 40")).wait_for()
    tab.click("Arrêter").wait("Lecture arrêtée")
    tab.wait("à enregistrer")
    read = int(re.search(r"(\d+) fichiers? à enregistrer", tab.words()).group(1))
    assert 0 < read < len(files)
    tab.click("Tout retirer de la liste").wait("Le corpus est vide")


def test_files_that_cannot_be_read_are_not_announced_as_to_be_saved(visit, bare, tmp_path):
    (tmp_path / "vide.docx").touch()
    (tmp_path / "vide.txt").touch()
    tab = visit(bare, "corpus")
    tab.drop(tmp_path / "vide.docx", tmp_path / "vide.txt").wait("2 fichiers mis de côté")
    tab.wait("« vide.docx » est un fichier vide")
    assert not tab.page.get_by_role("button", name=re.compile("^Enregistrer")).count()


def test_a_name_read_wrongly_is_put_right_before_saving(visit, bare):
    tab = visit(bare, "corpus")
    tab.drop(MATERIAL / "Entretien_CCAS_Laval.txt").click("Voir")
    names = tab.page.locator(".st-key-incoming-open [data-testid=stTextInput] input")
    assert [names.nth(place).input_value() for place in range(2)] == ["Q", "R"]
    rule = tab.page.locator(".st-key-incoming-open [data-testid=stSelectbox]").first
    tab.choose(rule, "pas de locuteurs").wait("Personne n'est annoncé")
    tab.choose(rule, "un nom suivi de deux-points au début de la ligne (2 étiquettes)").wait("28 tours de parole")
    names.nth(1).fill("Directrice du CCAS")
    names.nth(1).blur()
    tab.settled()
    assert "Directrice du CCAS" in tab.page.locator(".qk-transcript").inner_text()
    territory = tab.page.locator("[class*='st-key-incoming-territory'] input").first
    assert territory.input_value() == "Laval"
    tab.page.get_by_role("button", name=re.compile("^Enregistrer l")).click()
    tab.settled().wait("1 document sur 1")
    with opened(bare) as project:
        assert {person.name: person.role for person in project.corpus.participants()} == {
            "Q": Role.MODERATOR,
            "Directrice du CCAS": Role.PARTICIPANT,
        }


def test_the_columns_of_a_table_are_chosen_before_its_documents_are_saved(visit, bare, tmp_path):
    table = tmp_path / "Enquête.csv"
    rows = "".join(f"{n};Laval;Le bus passe trop rarement le soir dans mon quartier, {n}.;Bref.\n" for n in range(3))
    table.write_text(f"ID;Commune;Que pensez-vous du bus ?;Remarque\n{rows}", "utf-8")
    tab = visit(bare, "corpus")
    tab.drop(table).wait("3 documents")
    kind = tab.page.locator("[class*=st-key-incoming-] [data-testid=stSelectbox]").first
    tab.choose(kind, "Document").click("Voir")
    tab.wait("Les 3 documents, tels qu'ils seront lus")
    tab.write_cell(".st-key-incoming-open", 3, 200, "Texte")  # « Remarque » was taken for an attribute
    tab.wait("Chaque colonne de texte y est une réponse")
    tab.page.get_by_role("button", name=re.compile("^Enregistrer l")).click()
    tab.settled().wait("3 documents enregistrés")
    with opened(bare) as project:
        assert [doc.title for doc in project.corpus.documents()] == ["Enquête 0", "Enquête 1", "Enquête 2"]
        assert project.corpus.text("Enquête 1").endswith("\n\nRemarque\nBref.")
        assert project.corpus.territories() == ["Laval"]
    tab.click("Annuler")
    with opened(bare) as project:
        assert project.corpus.documents() == []


def test_times_stand_in_the_margin_though_nobody_is_named(visit, bare, tmp_path):
    cues = "\n\n".join(f"00:{n:02}:05.000 --> 00:{n:02}:20.000\nPhrase numéro {n}, dite seule." for n in range(3))
    (tmp_path / "Observation.vtt").write_text(f"WEBVTT\n\n{cues}\n", "utf-8")
    with opened(bare) as project:
        project.corpus.import_files([tmp_path / "Observation.vtt"])
        project.coding.add_code("Météo")
    desk = Desk(visit(bare, "coder").page)
    desk.page.locator(".qkc-time").nth(2).wait_for()
    assert desk.page.locator(".qkc-time").all_inner_texts() == ["0:05", "1:05", "2:05"]
    assert desk.page.locator(".qkc-speaker").count() == 0


def test_territories_and_titles_are_edited_as_in_a_sheet_and_undone(visit, full):
    tab = visit(full, "corpus")
    tab.write_cell("body", 0, 540, "Mayenne").wait("Annuler : « Entretien_CCAS_Laval » décrit")
    tab.write_cell("body", 1, 200, "France services d'Aubagne")
    tab.wait("Annuler : « Entretien_France_services_Aubagne » décrit")
    with opened(full) as project:
        found = {doc.title: doc.document.territory for doc in project.corpus.documents()}
    assert found["Entretien_CCAS_Laval"] == "Mayenne"
    assert found["France services d'Aubagne"] == "Aubagne"
    tab.click("Annuler : ").click("Annuler : ")
    with opened(full) as project:
        found = {doc.title: doc.document.territory for doc in project.corpus.documents()}
    assert found["Entretien_CCAS_Laval"] == "Laval"
    assert "Entretien_France_services_Aubagne" in found


def test_a_document_is_removed_after_what_goes_with_it_is_said(visit, full):
    with opened(full) as project:
        chosen = project.corpus.document("Entretien_CCAS_Laval")
        codings = len(project.coding.codings(document=chosen.id))
    tab = visit(full, f"corpus?document={chosen.id}")
    tab.click("Retirer…").wait(f"{codings} codages de 2 codeurs ne seront plus visibles")
    tab.page.get_by_role("button", name="Retirer", exact=True).locator("visible=true").last.click()
    tab.settled().wait("8 documents sur 8")
    tab.click("Annuler : ").wait("9 documents sur 9")


def test_a_sheet_of_attributes_reports_its_lines(visit, full, tmp_path):
    table = tmp_path / "attributs.csv"
    table.write_text("Document;Territoire;Quartier\nEntretien_CCAS_Laval;Laval;Centre\nInconnu;Laval;Nord\n", "utf-8")
    tab = visit(full, "corpus")
    tab.page.get_by_role("button", name="Importer un tableau d'attributs").click()
    tab.settled().drop(table, place=-1)
    tab.wait("1 document sur 9 trouve sa ligne").click("Appliquer 1 ligne")
    tab.wait("1 ligne appliquée, 1 laissée de côté").wait("aucun document ne s'appelle « Inconnu »")
    tab.write("Chercher un titre", "CCAS").wait("aucun document ne s'appelle")  # stays until it is closed
    tab.click("Fermer")
    assert "laissée" not in tab.words()
    with opened(full) as project:
        assert project.corpus.document("Entretien_CCAS_Laval").attributes["Quartier"] == "Centre"


# -- the codebook


def test_the_codebook_comes_in_is_edited_and_goes_out(visit, bare, tmp_path):
    tab = visit(bare, "grille")
    tab.click("Partir de la grille livrée").wait("codes ajoutés")
    with opened(bare) as project:
        shipped = len(project.coding.codebook)
    assert shipped > 25
    tab.page.locator(".st-key-code-tree").get_by_role("button", name="Météo").click()
    tab.settled().write("Définition", "Le temps qu'il fait, et ce qu'il empêche.")
    tab.page.locator(".st-key-child_code button").first.click()
    tab.settled().page.locator(".st-key-new_code_name_child input").fill("Canicule")
    tab.page.get_by_role("button", name="Ajouter", exact=True).locator("visible=true").last.click()
    tab.settled().page.locator(".qk-code-head h2", has_text="Canicule").wait_for()
    with opened(bare) as project:
        book = project.coding.codebook
        weather, heat = book.by_name("Météo"), book.by_name("Canicule")
        assert weather.definition == "Le temps qu'il fait, et ce qu'il empêche."
        assert heat.parent_id == weather.id
    own = tmp_path / "codes.csv"
    own.write_text("name,parent,definition\nVerglas,Météo,Quand ça glisse\n", "utf-8")
    tab.page.get_by_role("button", name="Importer").first.click()
    tab.settled().drop(own).wait("1 code à ajouter")
    tab.click("Importer cette grille").wait("1 code ajouté")
    tab.page.get_by_role("button", name="Exporter").first.click()
    with tab.page.expect_download() as download:
        tab.page.get_by_role("button", name="CSV").click()
    exported = Path(download.value.path()).read_text("utf-8-sig")
    assert all(name in exported for name in ("Météo", "Canicule", "Verglas"))


def test_removing_a_code_says_what_goes_with_it_and_undo_brings_it_back(visit, full):
    with opened(full) as project:
        usage = project.coding.usage("Météo")
    tab = visit(full, "grille")
    tab.page.locator(".st-key-code-tree").get_by_role("button", name="Météo").click()
    tab.settled().click("Supprimer…").wait(f"{usage.codings} codages de 2 codeurs")
    tab.page.get_by_role("button", name="Supprimer", exact=True).locator("visible=true").last.click()
    tab.settled().wait("Code supprimé")
    with opened(full) as project:
        assert project.coding.codebook.by_name("Météo") is None
    tab.click("Annuler : code Météo supprimé")
    with opened(full) as project:
        assert project.coding.usage("Météo") == usage


# -- coding, and what comes of it


def test_a_passage_coded_in_the_coder_is_read_in_the_themes_and_leads_back(visit, full):
    with opened(full) as project:
        chosen = project.corpus.document("Note_observation_Laval_2024-03-05")
        before = project.themes.matrix().cell("Météo", "Laval").codings
        words = re.search(r"[a-zé]{9,}", project.corpus.text(chosen)[300:]).group()
        shortcut = project.coding.code("Aller vers").shortcut
    tab = visit(full, f"coder?document={chosen.id}")
    desk = Desk(tab.page).ready()
    desk.drag(words).press("Enter")
    tab.page.keyboard.type("Météo")
    desk.press("Enter", shortcut).settled()
    tab.wait("Annuler : code Aller vers posé")  # at the top too, without a click
    tab.go("Matrice")
    tab.page.get_by_role("button", name=re.compile(f"^Météo, Laval, {before + 1} codages")).click()
    tab.settled()
    card = tab.page.locator("[class*='st-key-passage-']", has_text="Note_observation_Laval")
    assert words in card.inner_text()
    card.get_by_role("link", name="Voir dans le texte").click()
    tab.settled()
    assert f"document={chosen.id}" in tab.page.url
    Desk(tab.page).ready()
    assert tab.page.evaluate(
        """words => [...document.querySelectorAll('.qkc-text')].some(p => {
          const box = p.getBoundingClientRect();
          return p.textContent.includes(words) && box.top < innerHeight && box.bottom > 0;
        })""",
        words,
    )
    tab.click("Retour aux passages")
    tab.page.locator("[class*='st-key-passage-']", has_text=words).first.wait_for()  # the cell is still open


def test_a_passage_called_for_is_shown_rather_than_the_place_where_reading_stopped(visit, full):
    with opened(full) as project:
        chosen = project.corpus.document("FG_usagers_Laval_2024-02-06")
        text = project.corpus.text(chosen)
    start = text.index("La pluie")
    tab = visit(full, f"coder?document={chosen.id}")
    Desk(tab.page).ready()
    one_scroll_bar = tab.page.get_by_test_id("stMain").evaluate("e => e.scrollHeight <= e.clientHeight")
    assert one_scroll_bar
    tab.page.locator(".qkc-scroll").evaluate("e => e.scrollTo(0, e.scrollHeight)")
    Desk(tab.page).place_kept()
    tab.open(f"coder?document={chosen.id}&debut={start}&fin={start + 8}")
    desk = Desk(tab.page).ready()
    # The text takes its place in the frames after its first drawing.
    tab.page.wait_for_function(
        """() => {
          const [range] = CSS.highlights.get("qkc-selection") ?? [];
          if (!range) return false;
          const words = new Range();
          words.setStart(range.startContainer, range.startOffset);
          words.setEnd(range.endContainer, range.endOffset);
          const box = words.getBoundingClientRect(), view = document.querySelector(".qkc-scroll").getBoundingClientRect();
          return box.top > view.top && box.bottom < view.bottom;
        }"""
    )
    assert desk.selected() == "La pluie"


def test_the_coder_goes_from_document_to_document_without_leaving(visit, full):
    tab = visit(full, "coder")
    Desk(tab.page).ready()
    assert tab.page.get_by_test_id("stExpandSidebarButton").is_visible()  # the navigation is folded away
    first = tab.page.locator(".st-key-coder-line input").input_value()
    tab.click("Document suivant")
    keys = tab.page.locator(".qkc-scroll:focus")
    keys.wait_for()  # without a click in the transcript
    Desk(tab.page).ready()
    second = tab.page.locator(".st-key-coder-line input").input_value()
    assert first != second
    tab.click("Annuler : ").wait("Annulé : ")
    keys.wait_for()
    tab.page.reload()
    tab.settled()
    assert tab.page.locator(".st-key-coder-line input").input_value() == second


def test_a_synthesis_is_saved_as_it_is_left_and_is_there_after_a_reload(visit, full):
    tab = visit(full, "matrice")
    tab.page.get_by_role("button", name=re.compile("^Météo, Aubagne")).click()
    tab.settled().write("Synthèse", "La pluie vide la place ; le triporteur reste au garage.")
    tab.page.locator(".qkw-saved", has_text="par Camille").wait_for()
    tab.page.reload()
    tab.settled()
    tab.page.get_by_role("button", name=re.compile("^Météo, Aubagne, .*synthèse écrite")).click()
    tab.settled()
    from playwright.sync_api import expect

    expect(tab.page.get_by_label("Synthèse", exact=True)).to_contain_text("le triporteur reste au garage")
    with opened(full) as project:
        assert project.themes.synthesis("Météo", "territory", "Aubagne").text.startswith("La pluie vide la place")


def test_the_matrix_goes_to_word_with_what_was_chosen(visit, full):
    import docx

    tab = visit(full, "matrice")
    tab.page.get_by_role("button", name=re.compile("^Météo, Laval")).click()
    tab.settled()
    card = tab.page.locator("[class*='st-key-passage-']").first
    quote = card.locator(".qk-quote").inner_text()
    card.get_by_text("Retenir comme verbatim").click()
    tab.settled().wait("1 retenu")
    tab.page.get_by_role("button", name="Exporter").click()
    with tab.page.expect_download() as download:
        tab.page.get_by_role("button", name="Word").click()
    assert download.value.suggested_filename.endswith(".docx")
    document = docx.Document(download.value.path())
    table = document.tables[0]
    assert "Aubagne" in " ".join(cell.text for row in table.rows[:3] for cell in row.cells)
    everything = "\n".join(element.text or "" for element in document.element.body.iter() if element.tag.endswith("}t"))
    assert "Météo" in everything
    assert quote.split(".")[0][:40] in everything.replace("\n", "")


def test_the_matrix_is_read_across_actors_and_for_one_coder(visit, full):
    tab = visit(full, "matrice")
    tab.page.locator(".st-key-matrice_columns input").fill("acteur")  # what stands there is written over
    tab.page.get_by_role("option", name="Type d'acteur").click()
    tab.settled()
    tab.page.get_by_role("button", name=re.compile("^Météo, usager")).wait_for()
    tab.page.get_by_role("button", name="Filtres").click()
    tab.settled()
    tab.choose(tab.page.locator(".st-key-matrice_coders [data-testid=stMultiSelect]"), "Sacha")
    tab.page.keyboard.press("Escape")  # a list of several stays open, and the rest of the page is out of reach
    tab.wait("codeur : Sacha")
    tab.go("Corpus").go("Matrice").wait("codeur : Sacha")  # the choice outlives a change of page


@pytest.mark.parametrize("drawn", ["Carte de chaleur", "Bulles"])
def test_a_cell_opens_from_the_picture_of_the_matrix(visit, full, drawn):
    tab = visit(full, "matrice")
    page = tab.page
    page.get_by_text(drawn, exact=True).first.click()
    tab.settled()
    page.locator("[data-testid=stVegaLiteChart] svg [aria-label*='Météo']").first.click(
        force=True
    )  # its figure lies on it
    page.locator(".st-key-matrice-cell h2", has_text="Météo").wait_for()


# -- everywhere


def test_english_is_a_switch_that_lasts(visit, full):
    tab = visit(full)
    tab.click("English")
    assert tab.page.evaluate("document.documentElement.lang") == "en"
    tab.page.get_by_role("button", name="Français").wait_for()
    tab.page.reload()
    tab.settled().page.get_by_role("button", name="Français").wait_for()
    tab.click("Français")
    assert tab.page.evaluate("document.documentElement.lang") == "fr"


def test_two_tabs_are_two_coders(visit, full, browser_context):
    tab = visit(full)
    other = Visit(browser_context.new_page(), tab.url).open("?codeur=Sacha")
    assert "Sacha" in other.page.locator("[class*='st-key-who-']").inner_text()
    tab.page.reload()
    tab.settled()
    assert "Camille" in tab.page.locator("[class*='st-key-who-']").inner_text()
    other.page.close()


def test_somebody_else_takes_the_tab_over_in_the_middle_of_coding(visit, full):
    tab = visit(full, "coder")
    Desk(tab.page).ready()
    tab.page.locator("[class*='st-key-who-'] button").first.click()
    field = tab.page.get_by_role("combobox", name="Qui code ici").or_(tab.page.get_by_label("Qui code ici ?"))
    field.locator("visible=true").first.fill("Dominique")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**codeur=Dominique**")
    tab.settled()
    assert "Dominique" in tab.page.locator("[class*='st-key-who-']").inner_text()
    tab.page.locator(".qkc-coder[data-key$=':Dominique']").wait_for()  # until then the keys are the first coder's
    desk = Desk(tab.page).ready()
    with opened(full) as project:
        words = re.search(r"[a-zé]{9,}", project.corpus.text(project.corpus.documents()[0].document)).group()
    desk.drag(words).press("1").settled()
    with opened(full) as project:
        assert project.coding.usage_counts("coder")["Dominique"] == 1


def test_figures_of_the_project_lead_to_their_documents(visit, full):
    tab = visit(full)
    tab.page.get_by_role("button", name=re.compile("^Aubagne, Entretien, 2 documents")).click()
    tab.settled().wait("2 documents sur 9")


def test_a_backup_is_made_on_request(visit, full):
    tab = visit(full)
    tab.wait("1 copie").click("Sauvegarder maintenant").wait("2 copies")
    copies = list((full.parent / f"{full.stem} - sauvegardes").glob("*.qualikit"))
    assert len(copies) == 2  # the first was made when the project was opened
    with Project.open(copies[0]) as copy:
        assert copy.check() == []
