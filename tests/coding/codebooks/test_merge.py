"""A codebook brought into a project that has one: completed, never emptied."""

from __future__ import annotations

import pytest

from qualikit.coding.codebooks import load_codebook
from qualikit.errors import CodebookError
from qualikit.history import History
from tests.coding.codebooks.test_yaml import told
from tests.conftest import ROOT

SHIPPED = ROOT / "codebooks" / "evaluation.yaml"


@pytest.fixture
def bring(camille, tmp_path):
    def bring(text, name="g.yaml"):
        (tmp_path / name).write_text(text, "utf-8")
        return camille.import_codebook(tmp_path / name)

    return bring


def shape(codings):
    return [codings.codebook.path(code.id) for code in codings.codebook]


class TestIntoAnEmptyProject:
    def test_everything_is_added_in_one(self, store, camille):
        report = camille.import_codebook(SHIPPED)
        assert (len(report.added), report.updated, report.unchanged) == (len(camille.codebook), (), ())
        assert told(camille.codebook) == told(load_codebook(SHIPPED))
        assert camille.codebook.name.startswith("Évaluation d'un programme")
        label = History(store, "Camille").undo().label
        assert label == f"grille importée\u00a0: {len(report.added)} codes ajoutés, 0 mis à jour"
        assert len(camille.codebook) == 0

    def test_again_changes_nothing(self, store, camille):
        camille.import_codebook(SHIPPED)
        before = store.revision()
        report = camille.import_codebook(SHIPPED)
        assert (report.added, report.updated, len(report.unchanged)) == ((), (), len(camille.codebook))
        assert store.revision() == before

    @pytest.mark.parametrize("ending", ["yaml", "csv", "xlsx"])
    def test_out_and_in_again_changes_nothing(self, store, camille, tmp_path, ending):
        camille.import_codebook(SHIPPED)
        camille.update_code("Météo", definition="=Pluie\n-froid", shortcut="0")
        before = store.revision()
        camille.export_codebook(tmp_path / f"g.{ending}")
        report = camille.import_codebook(tmp_path / f"g.{ending}")
        assert (report.added, report.updated) == ((), ())
        assert store.revision() == before

    def test_an_escape_that_is_no_character_does_no_harm(self, camille, bring):
        bring('codes:\n  - name: "a\\uD800"\n    definition: "\\x00\\uDC00b"\n')
        assert [(code.name, code.definition) for code in camille.codebook] == [("a\ufffd", "\ufffdb")]

    def test_a_file_in_error_brings_nothing(self, store, camille, bring):
        before = store.revision()
        with pytest.raises(CodebookError):
            bring("codes:\n  - name: A\n  - name: a\n")
        assert (len(camille.codebook), store.revision()) == (0, before)


class TestIntoACodebook:
    @pytest.fixture(autouse=True)
    def known(self, camille):
        camille.add_code("Impacts", definition="Ce qui change.", color="#112233")
        camille.add_code("Autonomie", "Impacts", keywords=["seul"])
        camille.add_code("Droits", "Impacts")
        camille.add_code("Météo", shortcut="1")

    def test_the_same_name_is_completed_and_keeps_what_the_file_does_not_say(self, camille, bring):
        before = camille.code("Impacts")
        report = bring("codes:\n  - name: IMPACTS\n    use: Un effet.\n    definition:\n")
        after = camille.code(before.id)
        assert (after.name, after.use, after.definition, after.color) == (
            "IMPACTS",
            "Un effet.",
            "Ce qui change.",
            "#112233",
        )
        assert (report.added, report.updated, report.unchanged) == ((), ("IMPACTS",), ())

    def test_codings_stay_on_their_codes(self, camille, document, bring):
        coding = camille.add(document, 0, 10, "Autonomie")
        bring("codes:\n  - name: autonomie\n    definition: Seul.\n")
        assert camille.codings() == [coding]
        assert camille.code(coding.code_id).definition == "Seul."

    def test_new_ones_come_after_the_one_before_them_in_the_file(self, camille, bring):
        report = bring(
            "codes:\n  - name: Impacts\n    children:\n      - name: Autonomie\n      - name: Lien\n  - name: Neuf\n"
        )
        assert report.added == ("Lien", "Neuf")
        assert shape(camille) == [
            *("Impacts", "Impacts › Autonomie", "Impacts › Lien", "Impacts › Droits", "Neuf", "Météo"),
        ]

    def test_the_order_of_the_file_is_followed_and_the_others_keep_their_place(self, camille, bring):
        camille.add_code("Fin")
        bring("codes:\n  - name: Fin\n  - name: Impacts\n")
        assert shape(camille) == ["Fin", "Météo", "Impacts", "Impacts › Autonomie", "Impacts › Droits"]

    def test_a_code_moves_where_the_file_puts_it(self, camille, bring):
        report = bring("codes:\n  - name: Droits\n    children:\n      - name: Météo\n")
        assert shape(camille) == ["Impacts", "Impacts › Autonomie", "Droits", "Droits › Météo"]
        assert report.updated == ("Droits", "Météo")

    def test_a_sheet_without_parents_moves_nothing(self, camille, bring):
        before = shape(camille)
        report = bring("nom;définition\nDroits;Aides obtenues\nMétéo;\n", "g.csv")
        assert shape(camille) == before
        assert (report.updated, report.unchanged) == (("Droits",), ("Météo",))

    def test_a_sheet_may_name_a_parent_that_only_the_project_has(self, camille, bring):
        bring("name,parent\nImage,impacts\n", "g.csv")
        assert camille.codebook.path(camille.code("Image").id) == "Impacts › Image"

    def test_what_would_put_a_code_under_itself_is_refused(self, camille, bring):
        before = shape(camille)
        with pytest.raises(CodebookError, match="sous lui-même"):
            bring("name,parent\nImpacts,Autonomie\n", "g.csv")
        assert shape(camille) == before

    def test_shortcuts_are_exchanged_and_taken(self, camille, bring):
        camille.update_code("Droits", shortcut="2")
        bring("name,shortcut\nMétéo,2\nDroits,1\n", "g.csv")
        assert (camille.code("Météo").shortcut, camille.code("Droits").shortcut) == ("2", "1")
        bring("name,shortcut\nNeuf,1\n", "g.csv")
        assert (camille.code("Neuf").shortcut, camille.code("Droits").shortcut) == ("1", None)

    def test_undo_takes_back_all_of_it(self, store, camille, bring):
        before = camille.codebook
        bring(
            "codes:\n  - name: Météo\n    shortcut: 3\n  - name: Neuf\n    shortcut: 1\n  - name: Impacts\n    use: x\n"
        )
        History(store, "Camille").undo()
        assert camille.codebook == before
        History(store, "Camille").redo()
        assert camille.code("Neuf").shortcut == "1"


class TestCodesOutOfUse:
    @pytest.fixture
    def family(self, camille, bring):
        bring("code;parent\nA;\nB;A\nC;B\n", "g.csv")
        return camille

    def in_use(self, codings):
        return sorted(code.name for code in codings.codebook if code.active)

    def test_a_new_code_brings_back_what_it_is_put_under(self, family, bring):
        family.retire_code("A")
        report = bring("code;parent\nNeuf;B\n", "g.csv")
        assert self.in_use(family) == ["A", "B", "Neuf"]
        assert [sentence for _line, sentence in report.warnings] == [
            f"Le code «\u00a0{name}\u00a0» est remis en service\u00a0: des codes en service sont rangés sous lui."
            for name in "AB"
        ]

    def test_a_code_that_the_file_retires_takes_those_under_it_along(self, family, bring):
        report = bring("code;parent;status\nA;;retired\nB;A;\nC;B;\n", "g.csv")
        assert self.in_use(family) == []
        assert len(report.warnings) == 2

    def test_unless_the_file_says_that_they_are_in_use(self, family, bring):
        bring("code;parent;status\nA;;retired\nB;A;active\nC;B;retired\n", "g.csv")
        assert self.in_use(family) == ["A", "B"]


class TestSheetsAsPeopleWriteThem:
    def test_colours_in_words(self, camille, bring):
        report = bring("code;couleur\nA;Framboise\nB;bleu\nC;arc-en-ciel\n", "g.csv")
        colours = {code.name: code.color for code in camille.codebook}
        assert colours["A"] == "#CC1155"
        assert colours["B"] == "#0066DD"
        assert colours["C"] not in {"#CC1155", "#0066DD"}
        assert [line for line, _sentence in report.warnings] == [4]

    def test_a_cell_that_lists_several_codes(self, camille, bring):
        report = bring(
            'axe;code;définition\nPertinence;"- Besoins couverts\n- Ciblage";"- les besoins\n- la cible"\n', "g.csv"
        )
        assert [camille.codebook.path(code.id) for code in camille.codebook] == [
            "Pertinence",
            "Pertinence › Besoins couverts",
            "Pertinence › Ciblage",
        ]
        assert camille.codebook.by_name("Ciblage").definition == "la cible"
        assert len(report.warnings) == 1

    def test_what_replaces_what_was_there_is_said_before(self, camille, bring, tmp_path):
        bring("code;parent;definition\nA;;\nB;;\nLabel;A;ce qui est dit du label\n", "g.csv")
        (tmp_path / "autre.csv").write_text("code;parent;definition\nLabel;B;doublon\nB;;nouvelle\n", "utf-8")
        changes = {change.name: change for change in camille.preview_codebook(tmp_path / "autre.csv").changes}
        assert [(each.field, each.before, each.after) for each in changes["Label"].fields] == [
            ("parent_id", "A", "B"),
            ("definition", "ce qui est dit du label", "doublon"),
        ]
        assert [each.before for each in changes["B"].fields] == [""]
