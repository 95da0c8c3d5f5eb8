"""Codings as CSV: what goes out goes back in, and a bad row is refused alone."""

from __future__ import annotations

import csv

import pytest
import sqlalchemy as sa

from qualikit.coding import Codings
from qualikit.corpus.tables import documents
from qualikit.errors import ExportFailed, SheetError
from qualikit.history import History
from qualikit.store import Store
from tests.coding.conftest import TEXT, add_document

HEADER = ["document", "start", "stop", "quote", "code", "coder", "origin", "created"]
PLEUT = "Quand il pleut 🌧️ on ne vient pas.\nMme"


@pytest.fixture
def coded(store, camille, sacha, document):
    """Codings over lines, emoji, overlaps; two coders; a title and a code that a spreadsheet would run."""
    camille.add_code("Météo")
    camille.add_code('-Autre; "code"')
    dash = add_document(store, '=Note, "du" mardi', "- Oui.\n=Non\n  @fin \n" + "x" * 200_000)
    start = TEXT.index("il pleut")
    camille.add(document, start, start + 60, "Météo")
    sacha.add(document, start, start + 60, "Météo")
    sacha.add(document, start + 10, start + 20, '-autre; "code"')
    for place in [(0, 6), (7, 11), (11, 17), (0, 200_000)]:
        camille.add(dash, *place, "Météo")


@pytest.fixture
def table(camille, tmp_path):
    """Bring in rows under the usual header, or another."""

    def table(rows, header=HEADER, delimiter=",", encoding="utf-8"):
        path = tmp_path / "codages.csv"
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows([header, *rows])
        return camille.import_codings(path)

    return table


def row(words="pleut", **changes):
    start = TEXT.index(words)
    values = dict(
        zip(HEADER, ["FG Aubagne", start, start + len(words), words, "Météo", "Sacha", "hand", ""], strict=True)
    )
    return list((values | changes).values())


def content(codings):
    return [
        (coding.start, coding.stop, coding.quote, coding.code_id, coding.coder, coding.origin, coding.created)
        for coding in codings.codings()
    ]


class TestOutAndIn:
    def test_the_file_is_what_it_says(self, camille, coded, tmp_path):
        assert camille.export_codings(tmp_path / "c.csv") == 7
        data = (tmp_path / "c.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf" + ",".join(HEADER).encode())
        with (tmp_path / "c.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
        for found in rows:
            if found["document"] == "FG Aubagne":
                assert TEXT[int(found["start"]) : int(found["stop"])] == found["quote"]

    def test_again_adds_nothing(self, store, camille, coded, tmp_path):
        camille.export_codings(tmp_path / "c.csv")
        before = store.revision()
        report = camille.import_codings(tmp_path / "c.csv")
        assert (report.added, report.already, report.refused) == (0, 7, ())
        assert store.revision() == before

    def test_all_of_it_comes_back_as_it_was(self, store, camille, sacha, coded, tmp_path):
        before = content(camille)
        camille.export_codings(tmp_path / "c.csv")
        for coding in camille.codings():
            {"Camille": camille, "Sacha": sacha}[coding.coder].remove(coding.id)
        assert camille.codings() == []
        report = camille.import_codings(tmp_path / "c.csv")
        assert (report.added, report.already, report.refused) == (7, 0, ())
        assert content(camille) == before

    def test_through_a_french_spreadsheet(self, store, camille, coded, tmp_path):
        camille.export_codings(tmp_path / "c.csv")
        with (tmp_path / "c.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        with (tmp_path / "d.csv").open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows([reversed(cells) for cells in rows])
        report = camille.import_codings(tmp_path / "d.csv")
        assert (report.already, report.refused) == (7, ())

    def test_into_a_copy_of_the_project_by_a_new_coder(self, camille, coded, tmp_path):
        camille.export_codings(tmp_path / "c.csv")
        other = Store.create(tmp_path / "autre", "Autre")
        add_document(other)
        lou = Codings(other, "Lou")
        lou.add_code("Météo")
        report = lou.import_codings(tmp_path / "c.csv")
        assert report.added == 2
        assert len(report.refused) == 5
        assert sorted(lou.coders()) == ["Camille", "Lou", "Sacha"]
        assert {coding.coder for coding in lou.codings()} == {"Camille", "Sacha"}
        other.close()

    def test_nowhere_to_write(self, camille, coded, tmp_path):
        with pytest.raises(ExportFailed):
            camille.export_codings(tmp_path / "rien" / "c.csv")


class TestRows:
    @pytest.fixture(autouse=True)
    def known(self, camille, document):
        camille.add_code("Météo")

    def test_need_only_document_place_and_code(self, camille, table):
        start = TEXT.index("pleut")
        report = table([["METEO", start + 5, start, "FG Aubagne"]], ["code", "stop", "start", "document"])
        (coding,) = camille.codings()
        assert (report.added, coding.quote, coding.coder, coding.origin) == (1, "pleut", "Camille", "import")
        assert coding.created

    def test_or_a_quote_that_stands_once(self, camille, table):
        report = table(
            [["FG Aubagne", "👩‍🦽 Et", "Météo"], ["FG Aubagne", "vien", "Météo"]], ["document", "citation", "code"]
        )
        assert [coding.quote for coding in camille.codings()] == ["👩‍🦽 Et"]
        assert (report.added, report.refused[0].line) == (1, 3)
        assert "plusieurs fois" in report.refused[0].reason

    def test_in_french_with_semicolons(self, camille, table):
        start = TEXT.index("pleut")
        header = ["Codeur", "Document", "Début", "Fin", "Code", "Origine"]
        report = table([["Lou", "FG Aubagne", start, start + 5, "Météo", "suggestion"]], header, ";", "cp1252")
        (coding,) = camille.codings()
        assert (report.added, coding.coder, coding.origin) == (1, "Lou", "suggestion")

    def test_keep_their_origin_and_moment_when_they_make_sense(self, camille, table):
        moment = "2024-03-18T09:05:56.000000+00:00"
        table(
            [
                row("pleut", created=moment),
                row("hiver", created="2024-03-18T10:05:56+01:00", origin="suggestion"),
                row("viens", created="lundi", origin="magie"),
            ]
        )
        first, second, third = camille.codings()
        assert (first.created, first.origin) == (moment, "hand")
        assert (second.created, second.origin) == (moment, "suggestion")
        assert (third.created[:4] >= "2025", third.origin) == (True, "import")

    def test_are_each_taken_once(self, camille, table):
        report = table([row(), row(), row(coder="Camille"), row(quote="")])
        assert (report.added, report.already, report.refused) == (2, 2, ())

    def test_accents_may_be_decomposed_and_ends_blank(self, camille, table):
        words = "\u00c9videmment, caf\u00e9"
        report = table([row(words, quote="  E\u0301videmment, cafe\u0301\r\n")])
        assert (report.added, report.refused) == (1, ())
        assert camille.codings()[0].quote == words

    def test_numbers_may_be_as_a_spreadsheet_writes_them(self, table):
        start = TEXT.index("pleut")
        assert table([row(start=f"{start}.0", stop=f" {start + 5}.00 ")]).added == 1

    def test_of_the_text_before_a_correction_find_their_words(self, store, document, camille, table):
        """Codings sent by a colleague who has not seen the correction."""
        from qualikit.corpus import Corpus

        Corpus(store, "Camille").correct(document, new_text="Fait à Aubagne.\n" + TEXT)

        assert table([row("hiver")]).added == 1
        [coding] = camille.codings()
        assert (coding.quote, coding.start) == ("hiver", TEXT.index("hiver") + 16)

    @pytest.mark.parametrize(
        ("changes", "why"),
        [
            ({"quote": "neige"}, "ne correspond pas au texte, où se lit à cet endroit «\u00a0pleut\u00a0»"),
            ({"code": "Metéos"}, "Vouliez-vous dire «\u00a0Météo\u00a0»"),
            ({"code": ""}, "n'est pas nommé"),
            ({"document": "FG Laval"}, "FG Laval"),
            ({"document": "FG Aubagn"}, "Vouliez-vous dire «\u00a0FG Aubagne\u00a0»"),
            ({"document": ""}, "n'est pas nommé"),
            ({"start": "abc"}, "abc"),
            ({"start": "-4"}, "position"),
            ({"start": "1.5"}, "position"),
            ({"start": "10", "stop": "10", "quote": ""}, "vide"),
            ({"start": "20", "stop": "10"}, "vide"),
            ({"stop": len(TEXT) + 1}, "sort du texte"),
            ({"stop": "9" * 12}, "sort du texte"),
            ({"start": TEXT.index(" on"), "stop": TEXT.index(" on") + 1, "quote": ""}, "blancs"),
            ({"start": "", "stop": "", "quote": ""}, "manque"),
            ({"start": "", "stop": "", "quote": "absent"}, "n'est pas dans le texte"),
            ({"coder": "x" * 201}, "trop long"),
        ],
    )
    def test_that_do_not_match_are_refused_one_by_one(self, camille, table, changes, why):
        report = table([row("hiver"), row(**changes), row("viens")])
        assert report.added == 2
        ((line, reason),) = [(refused.line, refused.reason) for refused in report.refused]
        assert line == 3
        assert why in reason
        assert [coding.quote for coding in camille.codings()] == ["hiver", "viens"]

    def test_of_a_title_that_two_documents_have(self, store, camille, table):
        add_document(store)
        report = table([row()])
        assert "plusieurs documents" in report.refused[0].reason

    def test_of_a_document_taken_away(self, store, camille, document, table):
        with store.write("Camille") as transaction, transaction.event("document.remove", "retiré") as change:
            change.delete(documents, document)
        assert "il n'y a pas de document" in table([row()]).refused[0].reason

    def test_are_numbered_by_the_line_where_they_begin(self, camille, table):
        words = "non plus.\nM. Ortega"
        report = table([row(words), row(quote="neige"), row("viens", code="?")])
        assert report.added == 1
        assert [refused.line for refused in report.refused] == [4, 5]

    def test_refused_ones_make_no_coder(self, camille, table):
        table([row(coder="Personne", quote="neige")])
        assert "Personne" not in camille.coders()


class TestTheWhole:
    def test_is_undone_in_one(self, store, camille, document, table):
        camille.add_code("Météo")
        before = content(camille)
        assert table([row("pleut"), row("hiver"), row("viens")]).added == 3
        assert History(store, "Camille").undo().label == "3 codages importés"
        assert content(camille) == before
        History(store, "Camille").redo()
        assert len(camille.codings()) == 3

    def test_with_only_a_header_is_nothing(self, store, camille, table):
        before = store.revision()
        assert table([]).added == 0
        assert store.revision() == before

    @pytest.mark.parametrize(
        ("header", "missing"), [(["start", "stop", "code"], "document"), (["document", "quote"], "code")]
    )
    def test_needs_its_columns(self, table, header, missing):
        with pytest.raises(SheetError, match=missing):
            table([["1"] * len(header)], header)

    def test_needs_places_or_quotes(self, table):
        with pytest.raises(SheetError, match="passages"):
            table([["FG Aubagne", "Météo", "3"]], ["document", "code", "start"])

    def test_five_thousand_rows_over_many_documents(self, store, camille, tmp_path):
        camille.add_code("Météo")
        text = "il pleut 🌧️ ici. " * 200
        for number in range(20):
            add_document(store, f"D{number}", text)
        with (tmp_path / "c.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADER)
            for number in range(5000):
                start = number // 20
                writer.writerow(
                    [f"D{number % 20}", start, start + 30, text[start : start + 30], "Météo", f"C{number % 3}", "", ""]
                )
        assert camille.import_codings(tmp_path / "c.csv").added == 5000
        with store.read() as connection:
            events = connection.execute(sa.text("select count(*) from events where action = 'codings.import'"))
            assert events.scalar() == 1
