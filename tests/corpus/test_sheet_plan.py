"""A sheet reviewed before it is applied, and written so that it reads back."""

from __future__ import annotations

import pytest

from qualikit import Project
from qualikit.errors import SheetError

TALK = "Animatrice : Qui commence ?\n\nMme Roux : Moi.\n\nAnimatrice : Allez-y.\n\nMme Roux : Voilà, c'est dit.\n"


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p", coder="Camille") as project:
        for n in (1, 2, 3):
            project.corpus.save(project.corpus.preview(f"{n}.\n{TALK}".encode(), f"Entretien_{n:02}_relu.txt"))
        yield project


@pytest.fixture
def sheet(tmp_path):
    def write(text: str):
        path = tmp_path / "attributs.csv"
        path.write_text(text, "utf-8-sig")
        return path

    return write


def title(plan, row):
    return plan.targets[row.chosen].label if row.chosen else None


class DescribeReviewing:
    @pytest.fixture
    def plan(self, project, sheet):
        return project.corpus.attributes.plan(
            sheet(
                "Entretien;Territoire;Métier;Date\n"
                "Entretien_01_relu;Laval;élue;\n"
                "Entretien 2;Aubagne;agent;05/03/2024\n"
                'entretien n°2;Laval;"agent\nde nuit";05/03/2024\n'
                "Entretien 9;Rennes;;\n"
                ";Rennes;;\n"
            )
        )

    def it_finds_the_column_by_what_stands_in_it(self, plan):
        assert plan.key == "Entretien"

    def it_proposes_and_applies_nothing_that_is_only_near(self, plan):
        assert [title(plan, row) for row in plan.rows] == [
            "Entretien_01_relu", "Entretien_02_relu", "Entretien_02_relu", None, None,
        ]  # fmt: skip
        assert [row.line for row in plan.ready] == [2]
        assert [row.line for row in plan.waiting] == [3, 4]
        assert [target.label for target in plan.untouched] == ["Entretien_03_relu"]
        assert all(90 <= row.score <= 99 for row in plan.waiting)
        assert all(row.option.why for row in plan.waiting)

    def it_shows_what_changes_and_where_rows_contradict_each_other(self, plan):
        plan = plan.accepting(90)
        assert list(plan.doubles.values()) == [(3, 4)]
        changes = {(plan.targets[each.target].label, each.field): each for each in plan.changes}
        territory = changes["Entretien_02_relu", "territory"]
        assert (territory.before, territory.after, territory.others) == ("", "Aubagne", ("Laval",))
        job = changes["Entretien_02_relu", "attribute Métier"]
        assert (job.after, job.joined, job.others) == ("agent ; agent ; de nuit", True, ())

    def it_is_a_value_that_each_choice_makes_anew(self, plan):
        other = next(target.id for target in plan.targets.values() if target.label == "Entretien_03_relu")
        chosen = plan.choosing(6, other)
        assert title(chosen, chosen.rows[3]) == "Entretien_03_relu"
        assert [row.line for row in chosen.ready] == [2, 6]
        assert [row.line for row in plan.ready] == [2]
        assert [row.line for row in chosen.choosing(2, None).ready] == [6]
        assert [row.line for row in chosen.accepting(100).ready] == [2, 6]  # what was chosen by hand stays
        assert [row.line for row in plan.accepting(90).doubting(3).ready] == [2, 4]

    def it_leaves_a_column_out(self, project, plan):
        project.corpus.attributes.apply(plan.accepting(90).without("Métier"))
        assert project.corpus.document("Entretien_01_relu").attributes == {}

    def it_applies_as_one_action_and_reports_the_rest(self, project, plan):
        report = project.corpus.attributes.apply(plan.accepting(90))
        assert report.applied == 3
        assert [row.line for row in report.refused] == [6, 7]
        second = project.corpus.document("Entretien_02_relu")
        assert (second.territory, second.attributes) == ("Aubagne", {"Métier": "agent ; agent ; de nuit"})
        assert project.corpus.attributes.get("Métier").documents == 2
        project.history.undo()
        assert project.corpus.territories() == []
        assert project.corpus.document("Entretien_02_relu").attributes == {}

    def it_passes_over_what_is_gone_since(self, project, plan):
        project.corpus.remove_document("Entretien_01_relu")
        assert project.corpus.attributes.apply(plan).applied == 1
        assert project.corpus.territories() == []

    def it_takes_near_names_from_a_score_on_in_one_call(self, project, sheet):
        report = project.corpus.import_attributes(sheet("Document;Territoire\nentretien 3;Laval\n"), accept=90)
        assert (report.applied, project.corpus.document("Entretien_03_relu").territory) == (1, "Laval")


class DescribePeople:
    def it_finds_people_by_near_labels_within_their_document(self, project, sheet):
        plan = project.corpus.attributes.plan(
            sheet(
                "Document;Étiquette;Acteur\nEntretien 1;Mme  ROUX;usager\nEntretien 2;Madame Roux;élue\nEntretien 8;X;a\n"
            )
        ).accepting(80)
        project.corpus.attributes.apply(plan)
        assert project.corpus.people.find("Mme Roux", "Entretien_01_relu").actors == ("usager",)
        assert project.corpus.people.find("Mme Roux", "Entretien_02_relu").actors == ("élue",)
        assert [row.line for row in plan.refused] == [4]

    def it_finds_people_by_name_without_a_document_and_asks_between_namesakes(self, project, sheet):
        project.corpus.people.describe(
            [project.corpus.people.find("Mme Roux", "Entretien_01_relu")], name="Jeanne Lacaze"
        )
        plan = project.corpus.attributes.plan(sheet("Nom;Acteur\nLacaze Jeanne;usager\nMme Roux;élue\n"))
        first, second = plan.rows
        assert (title(plan, first), first.score) == ("Jeanne Lacaze", 95)
        assert second.chosen is None
        assert len(second.options) == 3  # and her label in the first, whatever her name is now

    def it_knows_a_column_of_names_beside_the_documents(self, project, sheet):
        plan = project.corpus.attributes.plan(sheet("Document;Nom;Acteur\nEntretien_01_relu;Mme Roux;usager\n"))
        assert plan.about == "participants"
        plan = project.corpus.attributes.plan(sheet("Document;Nom\nEntretien_01_relu;Ville de Laval\n"))
        assert (plan.about, dict(plan.columns)) == ("documents", {"Nom": "attribute Nom"})


class DescribeTheRoundTrip:
    @pytest.mark.parametrize("ending", ["xlsx", "csv"])
    @pytest.mark.parametrize("about", ["documents", "participants"])
    def it_reads_back_what_it_wrote_without_a_change(self, project, tmp_path, ending, about):
        corpus = project.corpus
        corpus.update_document(
            "Entretien_01_relu", title="=Titre; « à » l'étroit", territory="Laval", date="05/03/2024",
            source_kind="focus_group", attributes={"Quartier": "-Centre, 2e", "Note": "+33"},
        )  # fmt: skip
        corpus.attributes.describe("Âge", kind="number")
        corpus.people.describe(
            [corpus.people.all()[0]], attributes={"acteur": "élu·e 🌧", "Âge": "74,5"}, name="O'Brien"
        )
        path = tmp_path / f"table.{ending}"

        rows = corpus.attributes.export(path, about)

        plan = corpus.attributes.plan(path)
        assert (plan.about, len(plan.ready), plan.changes) == (about, rows, ())

    def it_carries_what_was_filled_in(self, project, tmp_path):
        import openpyxl

        path = tmp_path / "table.xlsx"
        project.corpus.attributes.export(path)
        book = openpyxl.load_workbook(path)
        book.active["C2"] = "Laval"
        book.save(path)
        assert project.corpus.import_attributes(path).applied == 3
        assert project.corpus.document("Entretien_01_relu").territory == "Laval"

    def it_refuses_another_format(self, project, tmp_path):
        with pytest.raises(SheetError, match=r"xlsx ou \.csv"):
            project.corpus.attributes.export(tmp_path / "table.ods")


def test_the_sheet_of_real_interviews_is_applied_and_reads_back(shared, tmp_path):
    folder = shared / "data" / "interviews_artisans"
    with Project.create(tmp_path / "p", coder="Camille") as project:
        project.corpus.import_files(sorted(folder.glob("*.docx")))
        plan = project.corpus.attributes.plan(folder / "recap_entretien.csv")
        assert plan.key == "Nom Fichier"
        assert (plan.ready, plan.untouched) == ((), ())
        report = project.corpus.attributes.apply(plan.accepting(90))
        assert (report.applied, len(report.refused)) == (15, 50)
        assert all(document.document.attributes["Matériau"] for document in project.corpus.documents())
        assert not any("\n" in text for doc in project.corpus.documents() for text in doc.document.attributes.values())
        project.corpus.attributes.export(tmp_path / "retour.xlsx")
        assert project.corpus.attributes.plan(tmp_path / "retour.xlsx").changes == ()
