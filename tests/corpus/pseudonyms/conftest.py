"""A project of two documents in which people are named in many ways; fictional, as everything here."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualikit import Project
from qualikit.corpus.pseudonyms.key import Key
from qualikit.corpus.pseudonyms.model import Kind
from tests.corpus.pseudonyms.people import GROUP, INTERVIEW, PASSPHRASE


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the two documents, and a project of them, coded, whose memo, code and attribute name people; its
    key lies apart. No search was made, so no language model was needed."""
    import docx

    folder = tmp_path_factory.mktemp("voisins")
    word = docx.Document()
    for line in GROUP.split("\n\n"):
        word.add_paragraph(line.strip())
    word.save(str(folder / "Groupe Bénali.docx"))
    (folder / "Entretien Aïcha.txt").write_text(INTERVIEW, "utf-8")
    with Project.create(folder / "essai", name="Voisins de Fatima Bénali", coder="Camille") as made:
        made.corpus.import_files([folder / "Groupe Bénali.docx", folder / "Entretien Aïcha.txt"], territory="Aubagne")
        made.coding.add_code("Météo", example="Quand il pleut, personne ne vient au triporteur")
        made.coding.add_code("Ce que dit Fatima")
        text = made.corpus.text("Groupe Bénali")
        for words, code in (
            ("Quand il pleut, personne ne vient", "Météo"),
            ("Moi c'est Fatima", "Ce que dit Fatima"),
            ("petit à petit, ils osent", "Météo"),
            ("Merci Fatima Bénali. Et vous, monsieur Kerouédan ?§M. Kerouédan : Les gens du quartier", "Météo"),
        ):
            place = re.search(re.escape(words).replace("§", r"\s+"), text)
            assert place is not None
            made.coding.add("Groupe Bénali", *place.span(), code)
        person = next(one for one in made.corpus.participants() if one.name == "Mme Bénali")
        made.corpus.update_participant(person, attributes={"Voisine de": "Aïcha", "actor": "Usager"})
        made.coding.write_memo("Fatima rit en le disant.", document="Groupe Bénali")
        made.set_preference("brouillon", "Aïcha a dit à Fatima Bénali")
        _make_key(made)
    (folder / "essai.cle").rename(folder / "cle apart")
    return folder


def _make_key(project: Project) -> None:
    service = project.corpus.pseudonyms
    key = service.create_key(PASSPHRASE)
    for name, kind in (
        ("Fatima Bénali", Kind.PERSON),
        ("M. Kerouédan", Kind.PERSON),
        ("Aïcha", Kind.PERSON),
        ("Roquefeuil-les-Pins", Kind.PLACE),
        ("06 12 34 56 78", Kind.PHONE),
        ("fatima.benali@exemple.fr", Kind.MAIL),
    ):
        service.add(key, name, kind)
    service.rename(key, key.entries[0].id, "Samira Morel")
    service.rename(key, key.entries[2].id, "Zohra")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the project is, with nothing else beside it."""
    (tmp_path / "projet").mkdir()
    return tmp_path / "projet"


@pytest.fixture
def project(built: Path, folder: Path) -> Iterator[Project]:
    """This test's own, without a key."""
    shutil.copy(built / "essai.qualikit", folder)
    with Project.open(folder / "essai", coder="Camille") as opened:
        yield opened


@pytest.fixture
def key(built: Path, project: Project) -> Key:
    """Its key, open."""
    shutil.copy(built / "cle apart", project.corpus.pseudonyms.place)
    return project.corpus.pseudonyms.open_key(PASSPHRASE)
