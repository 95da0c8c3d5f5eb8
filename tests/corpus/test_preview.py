"""A preview is a value: every correction gives another, and nothing is saved."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from qualikit.corpus.marks import Form
from qualikit.corpus.model import Role, SourceKind
from qualikit.corpus.preview import Preview, preview
from qualikit.corpus.speakers import NOBODY
from qualikit.errors import ImportRefused
from tests.corpus.transcripts import talk
from tests.corpus.word_file import p, word

NAME = "FG_Aubagne_2023-11-14.txt"
TEXT = (
    "Focus group\n\n"
    + talk("[{n}] ({t} - {t})\n{s}\n", ["Chercheur", "Interviewé", "Odile"], 20)
    + ("\n[Checheur] (75:00 - 75:02)\nMerci.\n")
)


@pytest.fixture
def made() -> Preview:
    return preview(TEXT.encode(), NAME)


def names(made: Preview) -> dict[str, Role]:
    return {speaker.name: speaker.role for speaker in made.speakers}


def test_everything_is_proposed(made):
    assert made.title == "FG_Aubagne_2023-11-14"
    assert (made.source_kind, made.territory, made.date) == (SourceKind.FOCUS_GROUP, "Aubagne", date(2023, 11, 14))
    assert made.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert (made.data, made.reader) == (TEXT.encode(), "txt")
    assert made.rule.form is Form.BRACKETS
    assert names(made)["Chercheur"] is Role.MODERATOR
    assert made.text == TEXT.strip("\n")


def test_speakers_have_their_turns_and_their_words(made):
    turns = [turn for turn in made.turns if turn.label == "Odile"]
    (odile,) = [speaker for speaker in made.speakers if speaker.name == "Odile"]
    assert odile.turns == len(turns)
    assert odile.labels == ("Odile",)
    assert 0 < odile.words < made.words


def test_labels_alike_are_said_and_offered_and_merged(made):
    assert "2 étiquettes se ressemblent\u00a0: Chercheur, Checheur." in made.warnings
    (offer,) = made.merges
    after = made.merged(dict.fromkeys(offer.labels, offer.into))
    assert list(names(after)) == ["Chercheur", "Interviewé", "Odile"]
    assert after.speakers[0].labels == ("Chercheur", "Checheur")
    assert after.speakers[0].turns == made.speakers[0].turns + 1
    assert after.merges == ()
    assert len(made.speakers) == 4, "the first preview has not moved"


def test_renaming_keeps_the_role_and_joins_under_a_name_that_exists(made):
    after = made.renamed("Chercheur", "Claire")
    assert names(after)["Claire"] is Role.MODERATOR
    assert names(made.with_role("Odile", "observer").renamed("Odile", "Mme O."))["Mme O."] is Role.OBSERVER
    joined = made.renamed("Odile", "Interviewé")
    assert "Odile" not in names(joined)
    assert dict(names(joined))["Interviewé"] is Role.PARTICIPANT


def test_a_role_put_right(made):
    after = made.with_role("Odile", Role.OBSERVER)
    assert names(after)["Odile"] is Role.OBSERVER
    assert names(made)["Odile"] is Role.PARTICIPANT


def test_another_rule(made):
    nobody = made.with_rule(NOBODY)
    assert [turn.label for turn in nobody.turns] == [None]
    assert nobody.speakers == ()
    assert any("Aucun locuteur" in warning for warning in nobody.warnings)
    assert nobody.with_rule(made.rule) == made
    assert NOBODY in [candidate.rule for candidate in made.alternatives]


def test_what_is_given_is_not_guessed():
    given = preview(
        TEXT.encode(),
        NAME,
        rule=NOBODY,
        title="Séance 1",
        source_kind="interview",
        territory="Laval",
        date="05/03/2024",
    )
    assert (given.rule, given.title, given.source_kind) == (NOBODY, "Séance 1", SourceKind.INTERVIEW)
    assert (given.territory, given.date) == ("Laval", date(2024, 3, 5))
    merged = preview(TEXT.encode(), NAME, merge={"Checheur": "Chercheur"}, roles={"Odile": "observer"})
    assert names(merged) == {"Chercheur": Role.MODERATOR, "Interviewé": Role.PARTICIPANT, "Odile": Role.OBSERVER}


def test_a_name_that_says_a_role_gives_it():
    text = talk("{n} : {s}", ["SPEAKER_00", "SPEAKER_01", "SPEAKER_02"])
    made = preview(text.encode(), "FG.txt")
    assert set(names(made).values()) == {Role.PARTICIPANT}
    assert names(made.renamed("SPEAKER_01", "Animatrice"))["Animatrice"] is Role.MODERATOR
    assert names(made.renamed("SPEAKER_01", "Claire"))["Claire"] is Role.PARTICIPANT


def test_descriptions_are_put_right_and_emptied(made):
    assert made.described(territory="", title=" ").territory is None
    assert made.described(date="14 mai 2024").date == date(2024, 5, 14)
    with pytest.raises(ImportRefused):
        made.described(date="le mois prochain")


def test_a_document_says_nothing_of_speakers():
    made = preview(b"Convention de partenariat\nArticle 1 : objet.\n", "Convention.md")
    assert made.source_kind is SourceKind.DOCUMENT
    assert made.warnings == ()


def test_nobody_leads(made):
    text = talk("{n} : {s}", ["Karim", "Jeanne", "Odile"])
    assert any("Qui anime" in warning for warning in preview(text.encode(), "FG.txt").warnings)


def test_names_of_files_from_anywhere():
    for name in ["C:\\Mes documents\\Entretien  é.txt", "/tmp/Entretien  é.txt", "Entretien  e\u0301.txt"]:
        assert preview(b"Bonjour", name).file_name == "Entretien  é.txt"
        assert preview(b"Bonjour", name).title == "Entretien é"


def test_a_word_table_of_two_columns_is_a_conversation():
    rows = "".join(
        f"<w:tr><w:tc>{p(name)}</w:tc><w:tc>{p('On est venus à pied.')}{p('Voilà.')}</w:tc></w:tr>"
        for name in ["Animatrice", "P1", "P2"] * 5
    )
    made = preview(word(p("Focus group") + f"<w:tbl>{rows}</w:tbl>"), "FG Laval.docx")
    assert [(s.name, s.turns, s.words) for s in made.speakers] == [("Animatrice", 5, 30), ("P1", 5, 30), ("P2", 5, 30)]


def test_a_hundred_thousand_words():
    text = talk("{n} : {s}", ["Animatrice", "P1", "P2", "P3"], 8_000)
    made = preview(text.encode(), "FG.txt")
    assert made.words > 100_000
    assert sum(speaker.turns for speaker in made.speakers) == 8_000
    assert "".join(made.text[turn.start : turn.stop] for turn in made.turns) == made.text


def test_real_interviews(shared):
    kinds = set()
    for path in sorted((shared / "data" / "interviews_artisans").glob("*.docx")):
        made = preview(path.read_bytes(), path.name)
        kinds.add(made.source_kind)
        assert made.date is not None
        assert made.date.strftime("%y.%m.%d") in made.title
        assert [speaker.role for speaker in made.speakers] == [Role.MODERATOR, Role.PARTICIPANT]
    assert kinds == {SourceKind.INTERVIEW}


@pytest.mark.parametrize("deed", ["nothing", "merged", "renamed", "another rule", "nobody", "described", "emptied"])
def test_its_outline_is_enough_to_understand_the_file_again_as_it_was_corrected(made, deed):
    (offer,) = made.merges
    corrected = {
        "nothing": lambda: made,
        "merged": lambda: made.merged(dict.fromkeys(offer.labels, offer.into)),
        "renamed": lambda: made.renamed("Odile", "Mme Roux").with_role("Mme Roux", Role.OBSERVER),
        "another rule": lambda: made.with_rule(made.rule.with_labels(["Chercheur", "Odile"])),
        "nobody": lambda: made.with_rule(NOBODY),
        "described": lambda: made.described(title="Groupe 1", source_kind="interview", territory="Laval"),
        "emptied": lambda: made.described(territory="", date=""),
    }[deed]()
    outline = corrected.outline()
    again = preview(made.data, NAME, folder="Rennes/2020-01-01", **outline.choices)
    assert again.outline() == outline
    assert (again.turns, again.warnings) == (corrected.turns, corrected.warnings)
