"""What the corpus is made of, counted with every denominator."""

from __future__ import annotations

import datetime

import pytest

from qualikit import Project

GROUP = "Animatrice : Un deux ?\n\nMme Roux : Un deux trois.\n\nM. Petit : Un.\n\nObservateur : Un deux trois quatre.\n"
TALK = "Chercheuse : Un ?\n\nDirectrice : Un deux trois quatre cinq.\n\nChercheuse : Deux ?\n\nDirectrice : Oui.\n"


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p", coder="Camille") as project:
        corpus = project.corpus
        corpus.save(corpus.preview(GROUP.encode(), "FG Laval 2024-02-06.txt", source_kind="focus_group"))
        corpus.save(
            corpus.preview(TALK.encode(), "Entretien Aubagne.txt", source_kind="interview", territory="Aubagne")
        )
        corpus.save(corpus.preview(b"Une note sans personne.", "Note.txt", source_kind="observation"))
        corpus.people.describe(["Mme Roux", "M. Petit"], attributes={"acteur": "usager"})
        corpus.people.describe(["Directrice"], attributes={"acteur": "partenaire"})
        yield project


def it_counts_documents_by_territory_and_source_with_the_empty_cells(project):
    documents = project.corpus.composition().documents
    assert documents.rows == ("Aubagne", "Laval", "")
    assert len(documents.columns) == 5  # every kind of source, used or not
    assert documents.at("Laval", "focus_group") == 1
    assert documents.at("Laval", "interview") == 0
    assert (documents.row_total(""), documents.column_total("interview"), documents.total) == (1, 1, 3)


def it_shares_the_words_among_participants_and_among_all(project):
    made = project.corpus.composition()
    group = next(session for session in made.sessions if session.title.startswith("FG"))
    assert (group.participants, group.moderators, group.observers, group.words) == (4, 2, 4, 10)
    assert group.moderators_share == 0.2
    roux = next(voice for voice in group.voices if voice.name == "Mme Roux")
    assert (roux.turns, roux.words, roux.of_participants, roux.of_all) == (1, 3, 0.75, 0.3)
    assert next(voice for voice in group.voices if voice.name == "Animatrice").of_participants is None
    assert sum(voice.of_all for voice in made.voices) == pytest.approx(1)
    assert sum(voice.of_participants or 0 for voice in made.voices) == pytest.approx(1)


def it_shows_who_was_not_heard(project):
    project.corpus.attributes.describe("acteur", choices=["élu", "usager", "partenaire"])
    project.corpus.attributes.describe("territoire", choices=["Laval", "Aubagne", "Rennes"])
    made = project.corpus.composition()
    assert made.heard.rows == ("élu", "usager", "partenaire")
    assert made.heard.columns == ("Laval", "Aubagne", "Rennes")
    assert (made.heard.at("usager", "Laval"), made.people) == (2, 3)
    assert ("élu", "Laval") in made.unheard
    assert ("usager", "Laval") not in made.unheard
    assert (made.visited("Laval"), made.visited("Rennes")) == (1, 0)  # nobody heard, or nobody asked


def it_counts_one_person_once_in_a_cell_whatever_the_documents(project):
    people = project.corpus.people
    people.describe(["Directrice"], attributes={"acteur": "usager", "territoire": "Laval"})
    people.merge(["Mme Roux", "Directrice"], into="Mme Roux")
    made = project.corpus.composition()
    assert made.heard.at("usager", "Laval") + made.heard.at("usager", "Aubagne") >= 2
    assert next(voice for voice in made.voices if voice.name == "Mme Roux").documents == 2


def it_says_the_dates_covered_and_how_many_are_dated(project):
    *_others, whole = project.corpus.composition().dates
    day = datetime.date(2024, 2, 6)
    assert (whole.first, whole.last, whole.dated, whole.documents) == (day, day, 1, 3)


def it_gives_its_tables_to_pandas_and_excel(project, tmp_path):
    import openpyxl

    from qualikit.sheets import write_tables

    made = project.corpus.composition()
    frames = made.to_frames()
    assert list(frames) == [
        "Documents", "Qui a été entendu", "Personnes", "Personnes par document", "Part de l'animation", "Dates",
    ]  # fmt: skip
    assert frames["Part de l'animation"]["Mots dits"].sum() == sum(session.words for session in made.sessions)
    write_tables(tmp_path / "c.xlsx", made.to_sheets())
    assert openpyxl.load_workbook(tmp_path / "c.xlsx").sheetnames == list(frames)


def it_takes_an_empty_corpus(tmp_path):
    with Project.create(tmp_path / "vide", coder="Camille") as project:
        made = project.corpus.composition()
        assert (made.people, made.sessions, made.documents.total, made.unheard) == (0, (), 0, ())
        assert made.to_frames()["Documents"].shape == (1, 7)


def it_counts_again_only_what_changed_hands(project, monkeypatch):
    from qualikit.corpus import speaking

    project.corpus.composition()
    read = []
    original = speaking._heard
    monkeypatch.setattr(speaking, "_heard", lambda text, said: read.append(text) or original(text, said))
    project.corpus.people.describe(["Mme Roux"], name="Jeanne")
    project.corpus.composition()
    assert read == []
    project.corpus.people.merge(["Jeanne", "M. Petit"])
    assert max(voice.words for voice in project.corpus.composition().voices) == 6
    assert len(read) == 1
