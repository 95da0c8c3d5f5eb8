"""Tables as transcripts: one row a turn, one row a document."""

from __future__ import annotations

import io
from datetime import date, time, timedelta

import openpyxl
import pytest

from qualikit import Project
from qualikit.corpus.model import Role, SourceKind
from qualikit.corpus.preview import preview
from qualikit.corpus.table_layout import Part, Rows, TableLayout
from qualikit.corpus.table_rows import expand
from qualikit.errors import EmptyDocument, ImportRefused, UnreadableFile

TURNS = (
    "Heure;Locuteur;Propos\n"
    '0:05;Enquêtrice;"Vous venez souvent ?"\n'
    '0:12;Karim;"Chaque mardi.\n- ou presque ;"\n'
    "0:20;Enquêtrice;Et pourquoi ?\n"
    "1:00:02;Karim;Pour lui.\n"
)
BUS = "Il passe trop rarement dans mon quartier, surtout le soir."
SURVEY = (
    "ID;Territoire;Type d'acteur;Date;Que pensez-vous du bus ?;Que changer ?\n"
    f"1;Laval;Usager;05/03/2024;{BUS};- Plus de passages le samedi et le dimanche matin.\n"
    "2;Rennes;Élue;06/03/2024;J'ai mis du temps à comprendre les horaires affichés.;\n"
    "3;Laval;Usager;;;\n"
)


def said(found):
    return [(turn.label, turn.time, turn.speech.of(found.text)) for turn in found.turns]


def workbook(*rows, others=()):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name in others:
        book.create_sheet(name)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p.qualikit", coder="Camille") as project:
        yield project


class DescribeOneRowATurn:
    def it_reads_who_says_what_and_when(self):
        found = preview(TURNS.encode(), "Entretien Laval.csv")
        assert said(found) == [
            ("Enquêtrice", 5.0, "Vous venez souvent ?"),
            ("Karim", 12.0, "Chaque mardi.\n- ou presque ;"),
            ("Enquêtrice", 20.0, "Et pourquoi ?"),
            ("Karim", 3602.0, "Pour lui."),
        ]
        assert found.text.startswith("Enquêtrice : Vous venez souvent ?\nKarim : Chaque mardi.")
        assert [(one.name, one.role) for one in found.speakers] == [
            ("Enquêtrice", Role.MODERATOR),
            ("Karim", Role.PARTICIPANT),
        ]
        assert found.title == "Entretien Laval"

    def it_reads_the_same_from_excel_with_its_times(self):
        data = workbook(
            ["Heure", "Locuteur", "Propos"],
            [time(0, 0, 5), "Enquêtrice", "Vous venez souvent ?"],
            [timedelta(hours=1, seconds=2), "Karim", "Pour lui."],
            others=["Notes"],
        )
        found = preview(data, "Entretien.xlsx")
        assert [(label, at) for label, at, _words in said(found)] == [("Enquêtrice", 5.0), ("Karim", 3602.0)]
        assert any("Notes" in warning for warning in found.warnings)

    def it_reads_what_whisper_writes_in_milliseconds(self):
        data = "start\tend\ttext\n0\t2500\tOn attendait,\n2500\t4000\tsous la pluie.\n9000\t9800\tVoilà.\n"
        assert said(preview(data.encode(), "enregistrement.tsv")) == [
            (None, 0.0, "On attendait, sous la pluie."),
            (None, 9.0, "Voilà."),
        ]

    def it_makes_a_document_of_each_session(self):
        rows = "".join(f"Groupe {n // 4};{'AB'[n % 2]};Oui, voilà, c'est bien ça.\n" for n in range(8))
        found = preview(f"Groupe;Locuteur;Texte\n{rows}".encode(), "groupes.csv")
        assert found.documents == 2
        parts = list(found.parts())
        assert [part.title for part in parts] == ["Groupe 0", "Groupe 1"]
        assert all(len(part.turns) == 4 for part in parts)

    def it_carries_what_was_said_of_people_to_each_document(self):
        rows = "".join(f"Groupe {n // 4};{'AB'[n % 2]};Oui, voilà, c'est bien ça.\n" for n in range(8))
        found = preview(f"Groupe;Locuteur;Texte\n{rows}".encode(), "groupes.csv").renamed("A", "Anne")
        for part in found.with_role("Anne", "moderator").parts():
            assert [(one.name, one.role.value) for one in part.speakers] == [
                ("Anne", "moderator"),
                ("B", "participant"),
            ]


class DescribeOneRowADocument:
    def it_makes_a_document_of_each_row_that_says_something(self):
        found = preview(SURVEY.encode(), "enquête.csv", source_kind="document")
        assert found.documents == 2
        assert "1 ligne sans texte" in found.warnings[0].replace("\u00a0", " ")
        one, other = found.parts()
        assert (
            one.text
            == f"Que pensez-vous du bus ?\n{BUS}\n\nQue changer ?\n- Plus de passages le samedi et le dimanche matin."
        )
        assert other.text == "Que pensez-vous du bus ?\nJ'ai mis du temps à comprendre les horaires affichés."
        assert (one.title, one.territory, one.date) == ("enquête 1", "Laval", date(2024, 3, 5))
        assert (one.source_kind, dict(one.attributes)) == (SourceKind.DOCUMENT, {"actor": "Usager"})
        assert one.file_name == "enquête - enquête 1.csv"

    def it_gives_a_row_the_same_bytes_in_another_table_and_equal_rows_different_ones(self):
        more = SURVEY.replace("1;Laval", f"0;Laval;Usager;;{BUS};\n1;Laval", 1)
        assert {file.data for file in expand(SURVEY.encode(), "a.csv")} < {
            file.data for file in expand(more.encode(), "b.csv")
        }
        twice = expand(f"Avis\n{BUS}\n{BUS}\n{BUS}\n".encode(), "avis.csv")
        assert len({file.data for file in twice}) == 3
        assert [preview(file.data, file.name).text for file in twice] == [BUS] * 3

    def it_reads_only_what_the_layout_says(self):
        found = preview(SURVEY.encode(), "enquête.csv")
        layout = found.layout.with_part("Que changer ?", Part.LEFT).with_part("Date", Part.ATTRIBUTE)
        one = next(found.with_layout(layout).parts())
        assert one.text == BUS
        assert one.date is None
        assert one.attributes["Date"] == "05/03/2024"

    def it_keeps_what_was_described_when_the_layout_changes(self):
        found = preview(SURVEY.encode(), "enquête.csv").described(title="Enquête", source_kind="interview")
        again = found.with_layout(found.layout.with_rows("turn"))
        assert (again.title, again.source_kind, again.documents) == ("Enquête", SourceKind.INTERVIEW, 2)


class DescribeSaving:
    def it_saves_all_documents_as_one_action_undone_in_one(self, project):
        found = project.corpus.preview(SURVEY.encode(), "enquête.csv", source_kind="document")
        report = project.corpus.save_all(found)
        assert [document.title for document in report.saved] == ["enquête 1", "enquête 2"]
        assert project.corpus.document("enquête 1").attributes == {"actor": "Usager"}
        assert b"Rennes" not in project.corpus.original("enquête 1")
        project.history.undo()
        assert project.corpus.documents() == []

    def it_takes_only_the_new_rows_of_a_table_that_has_grown(self, project, tmp_path):
        project.corpus.save_all(project.corpus.preview(SURVEY.encode(), "enquête.csv"))
        grown = tmp_path / "enquête mars.csv"
        grown.write_text(SURVEY + f"4;Laval;Usager;;{BUS} Et cher.;\n", "utf-8")
        report = project.corpus.import_files([grown])
        assert [document.title for document in report.saved] == ["enquête mars 4"]
        assert len(report.refused) == 2

    def it_stops_where_it_is_asked_to(self, project):
        found = project.corpus.preview(SURVEY.encode(), "enquête.csv")
        report = project.corpus.save_all(found, lambda done, total, name: done < 1)
        assert (len(report.saved), report.stopped) == (1, True)

    def it_does_not_save_several_documents_as_one(self, project):
        with pytest.raises(ImportRefused, match="2 documents"):
            project.corpus.save(project.corpus.preview(SURVEY.encode(), "enquête.csv"))

    def it_keeps_the_times(self, project):
        project.corpus.save(project.corpus.preview(TURNS.encode(), "Entretien.csv"))
        assert [turn.time for turn in project.corpus.turns("Entretien")] == [5.0, 12.0, 20.0, 3602.0]


class DescribeWhatIsNoTranscript:
    @pytest.mark.parametrize(
        ("table", "where"),
        [
            (
                "Nom Fichier;Métier;Observation\nE1.docx;Verrier;en deux parties\nE2.docx;Tisserand;\n",
                "tableau d'attributs",
            ),
            (
                "name,parent,definition\nMétéo,Freins,« Il pleut » et tout ce qui tient au temps qu'il fait dehors.\n",
                "page Grille",
            ),
            ("document,start,stop,quote,code\nE1,0,4,Oui oui,Météo\n", "codings import"),
            ("Mois;Visites\n1;3,5\n2;4\n", "pas de colonne de texte"),
        ],
    )
    def it_says_where_it_goes(self, table, where):
        with pytest.raises(UnreadableFile) as caught:
            preview(table.encode(), "tableau.csv")
        assert where in str(caught.value)

    def it_reads_it_all_the_same_where_a_layout_says_so(self):
        data = b"Mois;Visites\nmars;Trois personnes.\n"
        with pytest.raises(UnreadableFile):
            preview(data, "t.csv")
        given = TableLayout(Rows.DOCUMENTS, (("Visites", Part.TEXT),))
        assert preview(data, "t.csv", layout=given).text == "Trois personnes."
        assert (
            preview(data, "t.csv", layout=lambda proposed: proposed.with_part("Visites", "text")).text
            == "Trois personnes."
        )

    def it_asks_for_a_column_of_text(self):
        found = preview(TURNS.encode(), "Entretien.csv")
        with pytest.raises(EmptyDocument, match="colonne"):
            found.with_layout(found.layout.with_part("Propos", Part.LEFT))

    def it_refuses_an_old_or_locked_workbook(self):
        with pytest.raises(UnreadableFile, match="mot de passe"):
            preview(b"\xd0\xcf\x11\xe0" + bytes(600), "t.xlsx")
