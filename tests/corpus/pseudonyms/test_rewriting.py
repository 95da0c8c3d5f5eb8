"""Names found again in any form, and replaced so that the sentence still agrees."""

from __future__ import annotations

import pytest

from qualikit.corpus.pseudonyms.matching import Matcher
from qualikit.corpus.pseudonyms.model import Decision, Entry, Gender, Kind
from qualikit.corpus.pseudonyms.rewriting import edits, rewritten


def person(*forms: str, firsts=(), lasts=(), pseudonym: str, whole: bool = False, gender=Gender.WOMAN) -> Entry:
    return Entry("1", Kind.PERSON, forms, firsts, lasts, gender, pseudonym, whole, Decision.REPLACE)


FATIMA = person("Fatima Benali", firsts=("Fatima",), lasts=("Benali",), pseudonym="Samira Morel")
AICHA = person("Aïcha", firsts=("Aïcha",), pseudonym="Samira")
ROSE = person("Rose Petit", firsts=("Rose",), lasts=("Petit",), pseudonym="Jeanne Morel")
COMMON = {"rose", "petit", "à"}.__contains__


def said(text: str, *entries: Entry) -> str:
    return rewritten(text, Matcher(entries, COMMON).find(text))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Fatima Benali est là.", "Samira Morel est là."),
        ("BENALI Fatima", "MOREL Samira"),
        ("Mme Benali, madame BENALI, Mme Bénali", "Mme Morel, madame MOREL, Mme Morel"),
        ("fatima a dit", "samira a dit"),
        ("FATIMA BENALI", "SAMIRA MOREL"),
        ("Benali_entretien.docx", "Morel_entretien.docx"),
        ("Fatima-Benali", "Samira Morel"),
        ("Les Benaliens", "Les Benaliens"),
        ("Fatima\nBenali", "Samira\nMorel"),
    ],
)
def test_each_name_goes_for_its_own(before, after):
    assert said(before, FATIMA) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("chez la sœur d'Aïcha", "chez la sœur de Samira"),
        ("avant qu’Aïcha parte", "avant que Samira parte"),
        ("jusqu'Aicha", "jusque Samira"),
        ("D'AÏCHA", "De SAMIRA"),
        ("aujourd'hui Aïcha", "aujourd'hui Samira"),
    ],
)
def test_elision_opens_before_a_consonant(before, after):
    assert said(before, AICHA) == after


def test_elision_comes_before_a_vowel():
    assert said("la fille de Fatima, que Fatima", person("Fatima", firsts=("Fatima",), pseudonym="Aline")) == (
        "la fille d'Aline, qu'Aline"
    )


def test_a_number_takes_the_title_with_it():
    numbered = person("Fatima Benali", firsts=("Fatima",), lasts=("Benali",), pseudonym="Personne 3", whole=True)
    assert said("Mme Benali : oui. Bonjour monsieur Benali.", numbered) == "Personne 3 : oui. Bonjour Personne 3."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Petit à petit, une rose.", "Petit à petit, une rose."),
        ("Rose aussi. Mme Petit, la Rose", "Jeanne aussi. Mme Morel, la Jeanne"),
        ("Petit : bonjour", "Morel : bonjour"),
    ],
)
def test_a_name_that_is_also_a_word_is_replaced_only_where_it_is_meant(before, after):
    assert said(before, ROSE) == after


def test_what_is_kept_protects_what_is_inside():
    street = Entry("2", Kind.PLACE, ("rue Fatima Benali",), decision=Decision.KEEP)
    assert said("rue Fatima Benali, chez Fatima", FATIMA, street) == "rue Fatima Benali, chez Samira"


def test_a_name_of_two_words_is_two_edits_so_that_a_passage_may_begin_between_them():
    text = "Moi, Fatima Benali."
    found = edits(text, Matcher([FATIMA]).find(text))
    assert [(text[edit.start : edit.stop], edit.text) for edit in found] == [("Fatima", "Samira"), ("Benali", "Morel")]


def test_the_text_around_is_not_touched_by_a_character():
    text = "🙂 Fatima\u00a0: oui !\r\n« Benali » l\u2019a dit.\n\nFatima"
    assert said(text, FATIMA) == text.replace("Fatima", "Samira").replace("Benali", "Morel")
