"""What the columns of a table are taken for."""

from __future__ import annotations

import pytest

from qualikit.corpus.table_layout import Part, Rows, propose
from qualikit.errors import ImportRefused
from qualikit.sheets import read_sheet

LONG = "Il passe trop rarement dans mon quartier, surtout le soir et le dimanche."


def layout(header, *rows):
    return propose(read_sheet("\n".join(["\t".join(header), *("\t".join(row) for row in rows)]).encode(), "t.csv"))


def turns(header, start="0:0{n}"):
    rows = [[start.format(n=n), ("Claire", "Karim")[n % 2], f"Oui, la fois numéro {n}."] for n in range(8)]
    return layout(header, *rows)


class DescribeATableOfTurns:
    @pytest.mark.parametrize(
        "header",
        [
            ("Heure", "Locuteur", "Propos"),
            ("Début", "Qui parle", "Texte"),
            ("Start time", "Speaker", "Text"),
            ("Timecode", "Intervenant", "Verbatim"),
            ("TC", "Nom du locuteur", "Ce qui est dit"),
        ],
    )
    def it_is_recognised_by_the_names_of_its_columns(self, header):
        found = turns(header)
        assert found.rows is Rows.TURNS
        assert [part for _column, part in found.parts] == [Part.START, Part.SPEAKER, Part.TEXT]

    def it_does_not_take_for_a_time_what_is_none(self):
        assert turns(("Heure", "Locuteur", "Propos"), start="le soir {n}").column(Part.START) is None

    def it_leaves_the_numbers_of_the_turns(self):
        found = layout(("N°", "Locuteur", "Propos"), *[[str(n), "AB"[n % 2], "Oui, voilà."] for n in range(8)])
        assert dict(found.parts)["N°"] is Part.LEFT

    def it_takes_a_column_of_sessions_for_the_documents(self):
        rows = [[f"Groupe {n // 4}", "AB"[n % 2], "Oui, voilà, c'est ça."] for n in range(8)]
        assert layout(("Groupe", "Speaker", "Text"), *rows).column(Part.DOCUMENT) == "Groupe"


class DescribeATableOfDocuments:
    def it_takes_every_long_column_for_an_answer_and_the_short_ones_for_attributes(self):
        header = ("ID", "Territoire", "Âge", "Que pensez-vous du bus ?", "Et du vélo ?", "Date")
        found = layout(
            header, *[[str(n), "Laval", "34", f"{LONG} {n}", f"{LONG} {n}{n}", "05/03/2024"] for n in range(6)]
        )
        assert found.rows is Rows.DOCUMENTS
        assert [part for _column, part in found.parts] == [
            Part.DOCUMENT, Part.TERRITORY, Part.ATTRIBUTE, Part.TEXT, Part.TEXT, Part.DATE,
        ]  # fmt: skip

    def it_takes_people_who_answer_once_for_titles_and_not_for_speakers(self):
        found = layout(("Participant", "Réponse"), *[[f"R{n}", f"{LONG} {n}"] for n in range(9)])
        assert found.rows is Rows.DOCUMENTS
        assert found.column(Part.DOCUMENT) == "Participant"

    def it_keeps_an_answer_that_few_gave(self):
        rows = [[str(n), f"{LONG} {n}", f"{LONG} encore" if n == 3 else ""] for n in range(9)]
        assert layout(("ID", "Avis", "Autre chose à dire ?"), *rows).columns(Part.TEXT) == (
            "Avis",
            "Autre chose à dire ?",
        )


class DescribeChangingIt:
    def it_gives_a_column_another_part_and_leaves_the_one_that_had_it(self):
        found = turns(("Heure", "Locuteur", "Propos")).with_part("Heure", Part.SPEAKER)
        assert found.column(Part.SPEAKER) == "Heure"
        assert dict(found.parts)["Locuteur"] is Part.LEFT

    def it_lets_several_columns_be_text(self):
        found = turns(("Heure", "Locuteur", "Propos")).with_part("Locuteur", "text")
        assert found.columns(Part.TEXT) == ("Locuteur", "Propos")

    def it_knows_only_its_columns(self):
        with pytest.raises(ImportRefused, match="Heure, Locuteur, Propos"):
            turns(("Heure", "Locuteur", "Propos")).with_part("Durée", Part.STOP)
