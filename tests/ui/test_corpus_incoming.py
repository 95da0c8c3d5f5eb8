"""A file that waits: ready, or what somebody must decide first."""

from dataclasses import replace

from qualikit.corpus.files import SourceFile
from qualikit.corpus.preview import preview
from qualikit.ui.pages.corpus_incoming import Incoming


def incoming(text, name="Entretien Laval.txt"):
    return Incoming(SourceFile(name, text.encode), preview(text.encode(), name).outline())


TALK = "Chercheur : Bonjour ?\nMme Roux : Oui.\nChercheur : Et le vélo ?\nMme Roux : Il roule.\n"


def test_a_file_without_doubts_is_ready():
    one = incoming(TALK)
    assert one.doubts == ()
    assert one.ready


def test_a_file_of_no_known_kind_waits_until_it_has_one():
    one = incoming("Quelques lignes.\n", "sans titre.txt")
    assert "type de source" in one.doubts[0]
    one.outline = one.outline.described(source_kind="observation")
    assert one.ready


def test_a_table_that_says_the_kind_of_each_row_needs_none_of_its_own():
    answer = "Le bus passe trop rarement le soir dans mon quartier."
    rows = "".join(f"{n};Entretien;{answer} {n}\n" for n in range(3))
    one = incoming(f"ID;Type de source;Avis\n{rows}", "avis.csv")
    assert one.outline.documents == 3
    assert one.ready
    assert not incoming(f"ID;Avis\n{rows.replace('Entretien;', '')}", "avis.csv").ready


def test_a_doubt_holds_the_file_back_until_it_is_settled_or_left():
    one = incoming(TALK.replace("Chercheur", "Jeanne Lacaze"))
    (doubt,) = one.doubts
    assert "Qui anime" in doubt
    assert not one.ready
    whole = preview(one.file.read(), one.file_name, **one.outline.choices)
    corrected = Incoming(one.file, whole.with_role("Jeanne Lacaze", "moderator").outline())
    assert corrected.ready
    one.settled.add(doubt)
    assert one.ready


def test_what_the_reader_remarks_does_not_hold_a_file_back():
    one = incoming(TALK)
    one.outline = replace(one.outline, remarks=("Des images ont été laissées.",))
    assert one.ready


def test_a_file_with_a_problem_is_never_ready():
    one = incoming(TALK)
    one.problem = "Déjà dans le projet."
    assert not one.ready
    assert not Incoming(SourceFile("abîmé.docx", bytes), problem="illisible").ready
