"""Small projects written by hand: who says what, where, and who codes it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from qualikit.coding.names import name_key
from qualikit.coding.tables import codes, codings
from qualikit.corpus.tables import documents, participants, source_files, text_versions, turns
from qualikit.store import Store, new_id, now
from qualikit.text import text_hash
from qualikit.themes import Themes

SOURCE = sha256(b"x").hexdigest()


class World:
    """A project file and the names by which a test speaks of what is in it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.themes = Themes(store, "Camille")
        self.ids: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        self.versions: dict[str, str] = {}

    def insert(self, table: sa.Table, *rows: Mapping[str, Any], coder: str = "Camille") -> None:
        with self.store.write(coder) as transaction, transaction.event("test", "préparation") as change:
            change.insert(table, *rows)

    def person(self, name: str, role: str = "participant", **attributes: str) -> str:
        id = new_id()
        self.insert(participants, {"id": id, "name": name, "role": role, "attributes": attributes})
        self.ids[name] = id
        return id

    def document(
        self,
        title: str,
        said: Sequence[tuple[str | None, str]],
        *,
        territory: str | None = None,
        source: str = "focus_group",
        **attributes: str,
    ) -> str:
        """A transcript: one line a turn, « Nom : paroles »; None speaks for nobody, without a label."""
        if not self.ids.get("source"):
            self.insert_source()
        document, version = new_id(), new_id()
        text, rows = "", []
        for index, (who, words) in enumerate(said):
            label = f"{who} : " if who else ""
            start = len(text)
            text += f"{label}{words}\n"
            speech = start + len(label)
            rows.append(
                {
                    "id": new_id(),
                    "text_version_id": version,
                    "index": index,
                    "start": start,
                    "stop": len(text),
                    "speech_start": speech,
                    "speech_stop": speech + len(words),
                    "label": who,
                    "participant_id": self.ids[who] if who else None,
                }
            )
        self.insert(
            documents,
            {
                "id": document,
                "title": title,
                "source_kind": source,
                "territory": territory,
                "attributes": attributes,
                "file_name": "x.txt",
                "sha256": SOURCE,
                "reader": "txt",
                "reader_version": "1",
                "text_version_id": version,
                "created": now(),
                "removed": False,
            },
        )
        self.insert(
            text_versions,
            {
                "id": version,
                "document_id": document,
                "number": 1,
                "reason": "import",
                "text": text,
                "text_hash": text_hash(text),
                "words": 1,
                "created": now(),
            },
        )
        self.insert(turns, *rows)
        self.ids[title], self.texts[title], self.versions[title] = document, text, version
        return document

    def insert_source(self) -> None:
        with self.store.write("Camille") as transaction:
            row = {"sha256": SOURCE, "name": "x.txt", "content": b"x"}
            transaction.connection.execute(sa.insert(source_files).values(row))
        self.ids["source"] = SOURCE

    def code(self, name: str, parent: str | None = None, definition: str = "", *, position: str | None = None) -> str:
        id = new_id()
        self.insert(
            codes,
            {
                "id": id,
                "parent_id": self.ids[parent] if parent else None,
                "position": len(self.ids),
                "name": name,
                "folded": name_key(name),
                "definition": definition,
                "use": "",
                "avoid": "",
                "keywords": [],
                "example": "",
                "color": "#2244FF",
                "kind": "position" if position else "theme",
                "value": position,
                "active": True,
            },
        )
        self.ids[name] = id
        return id

    def coding(self, title: str, quote: str | tuple[int, int], code: str, coder: str = "Camille") -> str:
        """A coding of these very words, or of that place, of a document."""
        text = self.texts[title]
        start, stop = quote if isinstance(quote, tuple) else (text.index(quote), text.index(quote) + len(quote))
        id = new_id()
        with self.store.write(coder) as transaction, transaction.event("test", "préparation") as change:
            change.insert(
                codings,
                {
                    "id": id,
                    "document_id": self.ids[title],
                    "text_version_id": self.versions[title],
                    "start": start,
                    "stop": stop,
                    "quote": text[start:stop],
                    "code_id": self.ids[code],
                    "coder_id": transaction.coder_id,
                    "origin": "hand",
                    "created": now(),
                },
            )
        return id


@pytest.fixture(scope="session")
def empty_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty project file, made once: copying it is much faster than making another."""
    store = Store.create(tmp_path_factory.mktemp("themes") / "vide", "Évaluation Aubagne et Laval")
    store.close()
    assert store.path is not None
    return store.path


@pytest.fixture
def new_world(empty_project: Path, tmp_path: Path):
    """Makes as many worlds as a test asks for."""
    made: list[World] = []

    def make() -> World:
        path = tmp_path / f"{len(made)}.qualikit"
        shutil.copy(empty_project, path)
        made.append(World(Store.open(path)))
        return made[-1]

    yield make
    for world in made:
        world.store.close()


@pytest.fixture
def world(new_world: Callable[[], World]) -> World:
    return new_world()


@pytest.fixture
def two_groups(world: World) -> World:
    """A focus group in Aubagne, one in Laval, a note without a speaker, and a small tree of codes; nothing coded."""
    world.person("Animatrice", "moderator")
    world.person("Observateur", "observer")
    for name in ("Mme Roux", "M. Diallo", "M. Muet", "Mme Le Gall", "M. Petit"):
        world.person(name)
    world.document(
        "FG Aubagne",
        [
            ("Animatrice", "Et la météo, la pluie, ça compte ?"),
            ("Mme Roux", "Quand il pleut personne ne vient."),
            ("M. Diallo", "Le vélo est en panne une fois sur deux."),
            ("Mme Roux", "La pluie encore la pluie."),
            ("M. Muet", ""),
        ],
        territory="Aubagne",
    )
    world.document(
        "FG Laval",
        [
            ("Animatrice", "Et ici ?"),
            ("Mme Le Gall", "Ici il fait froid mais on vient."),
            ("M. Petit", "Le vélo tient bon."),
            ("Observateur", "Le vélo est neuf."),
        ],
        territory="Laval",
    )
    world.document(
        "Note Aubagne",
        [(None, "Pluie fine, trois personnes sous l'auvent.")],
        territory="Aubagne",
        source="observation",
    )
    world.code("Freins", definition="Ce qui gêne.")
    world.code("Météo", parent="Freins")
    world.code("Matériel", parent="Freins")
    world.code("Lien social")
    return world


@pytest.fixture(scope="session")
def sample_themes(tmp_path_factory: pytest.TempPathFactory):
    """The themes of the sample evaluation, to be read only."""
    from qualikit import Project, sample

    with Project.open(sample.build(tmp_path_factory.mktemp("exemple")), coder="Camille") as project:
        yield project.themes
