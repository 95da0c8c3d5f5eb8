"""One code made several."""

from __future__ import annotations

import pytest

from qualikit.errors import CodebookError
from qualikit.history import History
from tests.coding.conftest import add_document
from tests.coding.test_merging import everything, put


def plain(words):
    return str(words).replace("\u00a0", " ").replace("\u202f", " ")


class DescribeSplitting:
    def it_shares_the_codings_out_in_one_event(self, store, camille, sacha, document):
        camille.add_code("Avant")
        code = camille.add_code("Météo", color="#CC1155")
        camille.add_code("Après")
        one, other = put(camille, document, "il pleut", code), put(sacha, document, "l'hiver", code)
        stays = put(camille, document, "La météo", code)
        before = everything(store)
        rain, winter = camille.split_code(code, {"Pluie": [one.id], "Hiver": [other.id]})
        assert [each.name for each in camille.codebook] == ["Avant", "Météo", "Pluie", "Hiver", "Après"]
        assert {each.id: each.code_id for each in camille.codings()} == {
            one.id: rain.id,
            other.id: winter.id,
            stays.id: code.id,
        }
        assert len({code.color, rain.color, winter.color}) == 3
        History(store, "Camille").undo()
        assert everything(store) == before
        History(store, "Camille").redo()
        assert len(camille.codebook) == 5

    def it_puts_the_new_codes_under_the_code_when_asked(self, camille, document):
        code = camille.add_code("Météo")
        camille.add_code("Ciel", parent=code)
        camille.split_code(code, {"Pluie": []}, under=True)
        book = camille.codebook
        assert [book.path(each.id) for each in book] == ["Météo", "Météo › Pluie", "Météo › Ciel"]

    def it_keeps_what_a_position_says(self, camille):
        code = camille.add_code("Accord", value="agreement")
        assert {each.value for each in camille.split_code(code, {"Plein": [], "Partiel": []})} == {code.value}

    @pytest.mark.parametrize(
        ("by", "names"),
        [("document", ["Météo – FG Aubagne", "Météo – FG Laval"]), ("coder", ["Météo – Camille", "Météo – Sacha"]),
         ("territory", ["Météo – sans territoire"])],
    )  # fmt: skip
    def it_shares_out_by_what_a_passage_comes_from(self, store, camille, sacha, document, by, names):
        other = add_document(store, "FG Laval")
        code = camille.add_code("Météo")
        put(camille, document, "il pleut", code)
        put(sacha, other, "il pleut", code)
        assert [each.name for each in camille.split_code(code, by)] == names
        assert camille.codings(code=code) == []

    @pytest.mark.parametrize(
        "parts", [{}, {"meteo": []}, {"Pluie": [], "pluie": []}, {" ": []}, {"Pluie": ["autre"]}], ids=str
    )
    def it_refuses_what_cannot_be(self, camille, parts):
        camille.add_code("Météo")
        with pytest.raises(CodebookError):
            camille.split_code("Météo", parts)
        assert len(camille.codebook) == 1

    def it_refuses_a_coding_given_twice_or_moved_since(self, camille, document):
        code, other = camille.add_code("Météo"), camille.add_code("Autre")
        mine, foreign = put(camille, document, "il pleut", code), put(camille, document, "il pleut", other)
        with pytest.raises(CodebookError, match="deux codes"):
            camille.split_code(code, {"Pluie": [mine.id], "Hiver": [mine.id]})
        with pytest.raises(CodebookError, match="ne portent plus"):
            camille.split_code(code, {"Pluie": [foreign.id]})
        with pytest.raises(CodebookError, match="comment répartir"):
            camille.split_code(code, "humeur")  # type: ignore[arg-type]

    def it_says_first_what_goes_where(self, camille, document):
        code = camille.add_code("Météo")
        one = put(camille, document, "il pleut", code)
        put(camille, document, "l'hiver", code)
        impact = camille.preview_split(code, {"Pluie": [one.id]})
        assert plain(impact) == (
            "Scinder « Météo » : sur 2 codages de 1 codeur dans 1 document, 1 va à « Pluie », 1 reste sur « Météo »."
        )
        assert impact.shares == {"Pluie": 1}


class DescribeRetiring:
    def it_keeps_codings_and_takes_no_new_ones(self, store, camille, sacha, document, op):
        above = camille.add_code("Temps")
        code = camille.add_code("Météo", parent=above)
        mine = put(camille, document, "il pleut", code)
        other = put(camille, document, "l'hiver", camille.add_code("Autre"))
        assert camille.retire_code(above).active is False
        assert [each.name for each in camille.codebook.in_use] == ["Autre"]
        assert camille.codings(code=code) == [mine]
        for operation in (
            op("add", "La météo", code=code.id),
            op("new_code", "La météo", name="meteo"),
            {**op("recode"), "id": other.id, "code": code.id},
            {**op("recode_many"), "ids": [other.id], "code": code.id},
            op("code_add", name="Neige", parent=code.id),
            op("code_move", id=other.code_id, parent=code.id),
        ):
            (refusal,) = camille.apply(document, [operation]).refused
            assert "est retiré de la grille" in plain(refusal.reason)
        assert camille.apply(document, [op("add", "il pleut", code=code.id)]).refused == ()  # it is there already
        assert camille.apply(document, [{**op("remove"), "id": mine.id}]).refused == ()
        History(store, "Camille").undo()
        History(store, "Camille").undo()
        assert len(camille.codebook.in_use) == 3

    def it_takes_back_with_a_code_those_above_and_under_it(self, camille):
        camille.add_code("Temps")
        camille.add_code("Météo", parent="Temps")
        camille.add_code("Pluie", parent="Météo")
        camille.add_code("Saisons", parent="Temps")
        camille.retire_code("Temps")
        camille.restore_code("Météo")
        assert [each.name for each in camille.codebook.in_use] == ["Temps", "Météo", "Pluie"]

    def it_says_first_what_it_touches(self, camille, sacha, document):
        code = camille.add_code("Météo")
        camille.add_code("Pluie", parent=code)
        put(camille, document, "il pleut", "Pluie")
        put(sacha, document, "il pleut", "Météo")
        assert plain(camille.preview_active(code, False)) == (
            "Retirer « Météo » de la grille : 1 code avec lui, 2 codages de 2 codeurs dans 1 document sont gardés, "
            "aucun nouveau codage n'est possible."
        )
        assert plain(camille.preview_update(code, name="Temps")) == (
            "Renommer « Météo » en « Temps » : 1 codage de 1 codeur dans 1 document le porte."
        )
        assert "Ranger « Pluie » sous" not in plain(camille.preview_move("Pluie"))
        with pytest.raises(CodebookError):
            camille.preview_update(code, name="pluie")
        with pytest.raises(CodebookError):
            camille.preview_move(code, "Pluie")

    def it_refuses_rows_of_a_file_for_a_retired_code_and_takes_the_others(self, camille, document, tmp_path):
        kept = put(camille, document, "il pleut", camille.add_code("Météo"))
        camille.add_code("Hiver")
        camille.export_codings(tmp_path / "codages.csv")
        camille.retire_code("Météo")
        with (tmp_path / "codages.csv").open("a", encoding="utf-8") as file:
            file.write("FG Aubagne,,,La météo,Météo,Camille,,\nFG Aubagne,,,l'hiver,Hiver,Camille,,\n")
        report = camille.import_codings(tmp_path / "codages.csv")
        assert (report.already, report.added, [row.line for row in report.refused]) == (1, 1, [3])
        assert "est retiré de la grille" in plain(report.refused[0].reason)
        assert kept in camille.codings()


@pytest.mark.parametrize("ending", [".yaml", ".csv", ".xlsx"])
def test_files_keep_codes_retired_and_leave_alone_those_of_which_they_say_nothing(camille, store, tmp_path, ending):
    camille.add_code("Météo")
    camille.add_code("Vieux")
    camille.retire_code("Vieux")
    camille.export_codebook(tmp_path / f"grille{ending}")
    camille.restore_code("Vieux")
    report = camille.import_codebook(tmp_path / f"grille{ending}")
    assert report.updated == ("Vieux",)
    assert [code.name for code in camille.codebook.in_use] == ["Météo"]
    (tmp_path / "court.csv").write_text("nom,état\nMétéo,retiré\nVieux,\n", "utf-8")
    camille.import_codebook(tmp_path / "court.csv")
    assert len(camille.codebook.in_use) == 0
    (tmp_path / "faux.csv").write_text("nom,état\nMétéo,fatigué\n", "utf-8")
    with pytest.raises(CodebookError, match="fatigué"):
        camille.import_codebook(tmp_path / "faux.csv")


class DescribeOperationsOnTheCodebook:
    def it_decides_each_once_and_undoes_it_like_a_coding(self, store, camille, document, op):
        weather = camille.add_code("Météo")
        mine = put(camille, document, "il pleut", weather)
        start = everything(store)
        rain = op("code_add", name="Pluie", parent=weather.id, position=0)
        part = {"id": "a0000000-0000-4000-8000-000000000000", "name": "Averse", "codings": [mine.id]}
        operations = [
            rain,
            op("code_update", id=rain["uuid"], name="La pluie", color="#0099DD", shortcut="4"),
            op("code_move", id=rain["uuid"], parent=None, position=0),
            op("code_split", id=weather.id, parts=[part]),
            op("code_merge", id=part["id"], into=rain["uuid"]),
            op("code_update", id=weather.id, active=False),
        ]
        for _again in range(2):
            assert camille.apply(document, operations).refused == ()
        book = camille.codebook
        assert [(code.name, code.shortcut, code.active) for code in book] == [
            ("La pluie", "4", True),
            ("Météo", None, False),
        ]
        assert [each.code_id for each in camille.codings()] == [rain["uuid"]]
        assert camille.apply(document, [op("undo") for _each in operations]).refused == ()
        assert everything(store) == start

    def it_refuses_with_the_reason(self, camille, document, op):
        code = camille.add_code("Météo")
        camille.add_code("Pluie", parent=code)
        gone = "b0000000-0000-4000-8000-000000000000"
        bad = [
            op("code_add", name="meteo"),
            op("code_add", name="X", parent=gone),
            op("code_update", id=gone, name="X"),
            op("code_update", id=code.id, color="bleu"),
            op("code_move", id=code.id, parent=camille.code("Pluie").id),
            op("code_merge", id=code.id, into=code.id),
            op("code_split", id=code.id, parts=[{"id": gone, "name": "Pluie"}]),
            op("code_split", id=code.id, parts="Pluie"),
            op("code_split", id=code.id, parts=[{"id": gone, "name": "Un"}, {"id": gone, "name": "Deux"}]),
        ]
        refused = camille.apply(document, bad).refused
        assert [each.uuid for each in refused] == [each["uuid"] for each in bad]
        assert all(each.reason for each in refused)
        assert len(camille.codebook) == 2
