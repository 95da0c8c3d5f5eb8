"""A guide is read as interviewers write it: lists under headings, in a text, in Word, in a sheet."""

from __future__ import annotations

import io

import pytest

from qualikit import Project
from qualikit.corpus.guide.model import GuideLine
from qualikit.corpus.guide.reading import guide_lines, read_guide
from qualikit.errors import GuideRefused, QualikitError, SheetError
from qualikit.sheets import csv_bytes, xlsx_bytes

GUIDE = """\
Guide d'entretien – médiateurs

Bonjour, je travaille pour un cabinet et cet entretien est confidentiel.

Thème 1 : Le quotidien
1. Racontez-moi une journée de tournée.
2. Avec qui travaillez-vous ?

II. Les effets
- Qu'est-ce qui a changé pour les habitants ?
- les difficultés
"""


def pairs(lines: list[GuideLine]) -> list[tuple[str, str]]:
    return [(line.section, line.text) for line in lines]


class DescribeAText:
    def it_takes_numbered_lines_and_bullets_under_their_headings_and_leaves_the_introduction(self):
        assert pairs(guide_lines(GUIDE)) == [
            ("Thème 1 : Le quotidien", "Racontez-moi une journée de tournée."),
            ("Thème 1 : Le quotidien", "Avec qui travaillez-vous ?"),
            ("Les effets", "Qu'est-ce qui a changé pour les habitants ?"),
            ("Les effets", "les difficultés"),
        ]

    def it_takes_a_numbered_line_above_a_list_for_a_heading(self):
        text = (
            "1. Le quotidien\n  1.1 Que faites-vous ?\n  1.2 Avec qui ?\r\n2) Les effets\n  a) Qu'est-ce qui change ?"
        )
        assert pairs(guide_lines(text)) == [
            ("Le quotidien", "Que faites-vous ?"),
            ("Le quotidien", "Avec qui ?"),
            ("Les effets", "Qu'est-ce qui change ?"),
        ]

    def it_takes_plain_lines_that_ask(self):
        assert pairs(guide_lines("# Accueil\nRacontez-nous votre arrivée.\nMerci d'être là.\nEt ensuite ?")) == [
            ("Accueil", "Racontez-nous votre arrivée."),
            ("Accueil", "Et ensuite ?"),
        ]

    @pytest.mark.parametrize("text", ["", "\n \n", "Bonjour.", "1.", "🚲"])
    def it_finds_nothing_where_nothing_is_asked(self, text):
        assert guide_lines(text) == []


class DescribeFiles:
    def it_reads_word_lists_whose_numbers_are_not_in_the_file(self):
        docx = pytest.importorskip("docx")
        made = docx.Document()
        made.add_heading("Guide d'entretien", 0)
        made.add_heading("Le quotidien", 1)
        made.add_paragraph("Racontez-moi votre journée.", style="List Number")
        made.add_paragraph("Et le soir\u00a0?", style="List Number")
        data = io.BytesIO()
        made.save(data)
        assert pairs(read_guide(data.getvalue(), "guide.docx")) == [
            ("Le quotidien", "Racontez-moi votre journée."),
            ("Le quotidien", "Et le soir ?"),
        ]

    def it_reads_sheets_whose_merged_headings_are_said_once(self):
        rows = [["Le quotidien", "Que faites-vous ?"], ["", "Avec qui ?"], ["Les effets", "=Quoi ?"]]
        for data, name in (
            (csv_bytes(["Rubrique", "Question"], rows), "guide.csv"),
            (xlsx_bytes([("Guide", ["Rubrique", "Question"], rows)]), "guide.xlsx"),
        ):
            assert pairs(read_guide(data, name)) == [
                ("Le quotidien", "Que faites-vous ?"),
                ("Le quotidien", "Avec qui ?"),
                ("Les effets", "=Quoi ?"),
            ]

    def it_reads_a_single_column_that_has_no_header(self):
        assert pairs(read_guide(b"Que faites-vous ?\nAvec qui ?\n", "guide.csv")) == [
            ("", "Que faites-vous ?"),
            ("", "Avec qui ?"),
        ]

    def it_says_what_is_missing(self):
        with pytest.raises(SheetError, match="Question"):
            read_guide(b"a;b\n1;2\n", "guide.csv")
        with pytest.raises(GuideRefused, match="Aucune question"):
            read_guide(b"Bonjour.\n", "guide.txt")
        with pytest.raises(QualikitError):
            read_guide(b"PK\x03\x04 coupe", "guide.docx")

    def it_is_read_through_the_project_and_nothing_is_saved(self, tmp_path):
        path = tmp_path / "guide.txt"
        path.write_text(GUIDE, "utf-8")
        with Project.create(tmp_path / "p") as project:
            assert len(project.corpus.guide.read(path)) == 4
            assert project.corpus.guide.questions() == []
