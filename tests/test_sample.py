"""The sample evaluation built from what ships: whole, once, and its user's from then on."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from qualikit import Project, sample
from qualikit.errors import QualikitError, ReadOnlyProject
from qualikit.i18n import use_language
from qualikit.shipped import app, codebooks, transcripts_sample
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return sample.build(tmp_path_factory.mktemp("exemple"))


@pytest.fixture
def project(built):
    with Project.open(built) as opened:
        yield opened


class DescribeTheSample:
    def it_is_a_sound_project(self, project):
        assert project.name == "Évaluation d'exemple"
        assert project.check() == []

    def it_is_whole_in_english_too(self, tmp_path):
        use_language("en")
        try:
            path = sample.build(tmp_path)
        finally:
            use_language("fr")
        with Project.open(path) as project:
            assert project.name == "Sample evaluation"
            assert len(project.corpus.documents()) == 9

    def it_holds_every_document_with_its_description(self, project):
        found = [
            (each.title, each.document.source_kind.value, each.document.territory)
            for each in project.corpus.documents()
        ]
        assert found == [
            ("Entretien_CCAS_Laval", "interview", "Laval"),
            ("Entretien_France_services_Aubagne", "interview", "Aubagne"),
            ("Entretien_coordination_reseau", "interview", "National"),
            ("Entretien_mediatrice_Aubagne", "interview", "Aubagne"),
            ("FG_usagers_Aubagne_2023-11-14", "focus_group", "Aubagne"),
            ("FG_usagers_Laval_2024-02-06", "focus_group", "Laval"),
            ("Note_observation_Aubagne_2023-10-10", "observation", "Aubagne"),
            ("Note_observation_Laval_2024-03-05", "observation", "Laval"),
            ("Rapport_activite_2023", "activity_report", "National"),
        ]
        assert all(each.document.date for each in project.corpus.documents())

    @pytest.mark.parametrize("group", ["FG_usagers_Aubagne_2023-11-14", "FG_usagers_Laval_2024-02-06"])
    def it_has_eight_people_and_one_who_moderates_in_each_group(self, project, group):
        roles = [person.role.value for person in project.corpus.participants(group)]
        assert sorted(roles) == ["moderator"] + ["participant"] * 8

    def it_knows_the_kind_of_actor_of_all_who_take_part(self, project):
        people = [person for person in project.corpus.participants() if person.role.value == "participant"]
        assert {person.attributes.get("actor") for person in people} == {
            "usager",
            "médiateur",
            "partenaire",
            "coordination",
        }

    def it_was_coded_by_two_who_do_not_always_agree(self, project):
        frame = project.coding.to_frame()
        assert set(frame["coder"]) == set(sample.CODERS)
        assert set(frame["origin"]) == {"hand"}
        assert (frame.groupby("coder").size() > 50).all()
        places = frame.groupby("coder")[["document", "start", "stop", "code"]].apply(
            lambda rows: set(map(tuple, rows.to_numpy()))
        )
        one, other = places
        assert one & other
        assert one - other
        assert other - one

    def it_shows_something_in_the_matrix_of_each_territory(self, project):
        matrix = project.themes.matrix(rows="code", columns="territory")
        labels = {column.label for column in matrix.columns}
        assert {"Aubagne", "Laval"} <= labels
        assert all(matrix.cell("Impacts", territory).codings > 0 for territory in ("Aubagne", "Laval"))

    def it_has_syntheses_under_the_names_of_their_authors(self, project):
        written = project.themes.syntheses()
        assert {each.coder for each in written} == set(sample.CODERS)
        found = project.themes.synthesis("Confidentialité", "territory", "Laval")
        assert found is not None
        assert found.coder == "Sacha"
        assert found.text.startswith("Le local à vélos règle l'essentiel")


class DescribeBuilding:
    def it_leaves_no_trace_but_the_project(self, built):
        assert [path.name for path in built.parent.iterdir()] == [sample.FILE]

    def it_leaves_a_sample_that_is_there_as_its_user_has_it(self, built, tmp_path):
        mine = tmp_path / sample.FILE
        shutil.copy(built, mine)
        with Project.open(mine, coder="Dominique") as project:
            project.corpus.update_document("Rapport_activite_2023", territory="Bordeaux")
        assert sample.build(tmp_path) == mine
        with Project.open(mine) as project:
            assert project.corpus.document("Rapport_activite_2023").territory == "Bordeaux"

    def it_leaves_nothing_when_it_fails(self, tmp_path, monkeypatch):
        material = tmp_path / "material"
        shutil.copytree(transcripts_sample(), material)
        with (material / "codages_exemple.csv").open("a", encoding="utf-8") as file:
            file.write("Rapport_activite_2023,0,5,autre chose,Impacts,Camille,hand,\n")
        monkeypatch.setattr(sample, "transcripts_sample", lambda: material)
        with pytest.raises(QualikitError, match=r"codages_exemple\.csv"):
            sample.build(tmp_path / "exemple")
        assert list((tmp_path / "exemple").iterdir()) == []

    def it_says_that_the_folder_cannot_be_made(self, tmp_path):
        (tmp_path / "fichier").write_text("x")
        with pytest.raises(ReadOnlyProject, match="ne peut pas être créé dans le dossier"):
            sample.build(tmp_path / "fichier")

    def it_is_built_once_by_two_who_start_together(self, tmp_path):
        command = [sys.executable, "-m", "qualikit", "demo", "--build-only", "--dir", str(tmp_path / "à deux")]
        both = [
            subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) for _one in range(2)
        ]
        answers = [process.communicate(timeout=120)[0].decode("utf-8").strip() for process in both]
        assert [process.returncode for process in both] == [0, 0]
        assert answers == [str(tmp_path / "à deux" / sample.FILE)] * 2
        assert [path.name for path in (tmp_path / "à deux").iterdir()] == [sample.FILE]
        with Project.open(tmp_path / "à deux" / sample.FILE) as project:
            assert project.check() == []


class DescribeShipped:
    def it_is_beside_the_package_in_a_checkout(self):
        assert codebooks() == ROOT / "codebooks"
        assert transcripts_sample() == ROOT / "transcripts_sample"
        assert app() == ROOT / "app.py"

    def it_is_inside_an_installed_package(self, tmp_path, monkeypatch):
        from qualikit import shipped

        package = tmp_path / "site-packages" / "qualikit"
        (package / "_shipped" / "codebooks").mkdir(parents=True)
        monkeypatch.setattr(shipped, "__file__", str(package / "shipped.py"))
        assert codebooks() == package / "_shipped" / "codebooks"
