"""The contract between Python and the browser coder, without a browser: AppTest shows what is sent."""

from __future__ import annotations

import json
import sqlite3
import sys
import tomllib
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from qualikit.coding import reliability
from qualikit.coding.model import OperationResult, Refusal
from qualikit.errors import ProjectBusy
from qualikit.project import Project
from qualikit.ui.coder import mount, preferences, state_payload, text_payload
from qualikit.ui.coder.payload import presence_payload
from qualikit.ui.coder.registration import FRONTEND, NAME, PACKAGE, READING

TALK = "Anne : Bonjour 🚲 !\nPaul : Il pleut, je reste.\n" + "Anne : Ah bon ?\nPaul : Oui, je reste.\n" * 3
A, B, C = (f"{n}0000000-0000-4000-8000-000000000000" for n in "abc")


@pytest.fixture
def project(tmp_path: Path) -> Any:
    source = tmp_path / "Entretien.txt"
    source.write_text(TALK, "utf-8")
    with Project.create(tmp_path / "p.qualikit", name="p", coder="Camille") as opened:
        opened.corpus.import_files([source])
        opened.coding.add_code("Impacts", definition="Ce qui change.")
        opened.coding.add_code("Météo", parent="Impacts", shortcut="2", keywords=("pluie",))
        yield opened


def document_of(project: Project) -> str:
    return project.corpus.documents()[0].id


def test_the_text_goes_down_with_turns_in_code_points(project: Project) -> None:
    down = text_payload(project, document_of(project))
    assert down["text"] == project.corpus.text("Entretien")
    said = [down["text"][start:stop] for _start, _stop, start, stop, *_ in down["turns"]]
    assert said[:3] == ["Bonjour 🚲 !", "Il pleut, je reste.", "Ah bon ?"]
    assert [turn[4] for turn in down["turns"]] == ["Anne", "Paul"] * 4
    assert all(turn[6] in down["participants"] for turn in down["turns"])
    json.dumps(down)


def test_the_document_key_tells_projects_texts_and_coders_apart(project: Project, tmp_path: Path) -> None:
    document = document_of(project)
    key = text_payload(project, document)["docKey"]
    assert project.path is not None
    with Project.open(project.path, coder="Alix") as other:
        assert text_payload(other, document)["docKey"] != key
    copy = tmp_path / "copie.qualikit"
    with closing(sqlite3.connect(project.path)) as here, closing(sqlite3.connect(copy)) as there:
        here.backup(there)
    with Project.open(copy, coder="Camille") as archived:
        assert text_payload(archived, document)["docKey"] != key


def test_the_whole_state_goes_down_with_this_coders_work_only(project: Project) -> None:
    document = document_of(project)
    own = project.coding.add(document, 27, 35, "Météo")
    project.coding.write_memo("à voir", coding=own.id)
    assert project.path is not None
    with Project.open(project.path, coder="Alix") as other:
        other.coding.add(document, 0, 4, "Impacts")
    state = state_payload(project, document)
    assert state["codings"] == [[own.id, 27, 35, own.code_id, "Camille", 1]]
    assert state["memos"] == {own.id: "à voir"}
    assert [(code["name"], code["parent"] is None, code["shortcut"]) for code in state["codes"]] == [
        ("Impacts", True, None),
        ("Météo", False, "2"),
    ]
    assert [(code["active"], code["uses"]) for code in state["codes"]] == [(True, [1, 1, 1]), (True, [1, 1, 1])]
    assert state["history"]["undo"]
    json.dumps(state)


def test_preferences_come_back_under_the_browsers_names(project: Project) -> None:
    document = document_of(project)
    project.coding.apply(
        document,
        [
            {"uuid": A, "op": "pref", "key": "coder.filter", "value": "mét"},
            {"uuid": B, "op": "pref", "key": f"coder.place.{document}", "value": [12, -4]},
            {"uuid": C, "op": "pref", "key": "coder.place.autre", "value": [1, 1]},
        ],
    )
    assert preferences(project, document) == {"coder.filter": "mét", f"coder.place.{document}": [12, -4]}


def test_suggestions_that_wait_for_this_coder_go_down(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    document = document_of(project)
    project.coding.update_code("Météo", keywords=["pleut"])
    project.coding.suggest("keywords")
    [[id, start, end, code, score, level, reason, worth]] = state_payload(project, document)["suggestions"]
    assert project.corpus.text("Entretien")[start:end] == "Il pleut, je reste."
    assert (code, level, 0 < score <= 1) == (project.coding.code("Météo").id, "medium", True)
    assert "pleut" in reason
    assert worth == ""
    project.coding.decide(id, accept=False)
    assert state_payload(project, document)["suggestions"] == []
    monkeypatch.setattr(reliability, "CALIBRATED", 1)
    project.coding.update_code("Impacts", keywords=["reste"])
    project.coding.suggest("keywords")
    other = next(row for row in state_payload(project, document)["suggestions"] if row[0] != id)
    project.coding.decide(other[0], accept=True)
    assert "1 acceptée sur 1 ici" in {row[7] for row in state_payload(project, document)["suggestions"]}


def test_nothing_of_the_others_goes_down_unless_this_coder_asks(project: Project) -> None:
    document = document_of(project)
    assert state_payload(project, document)["blind"] is False
    other = Project(project.store, "Alix")
    theirs = other.coding.add(document, 27, 35, "Impacts")
    other.coding.write_memo("secret", coding=theirs.id)
    state = state_payload(project, document)
    assert (state["blind"], state["others"], state["codings"]) == (True, [], [])
    assert theirs.id not in json.dumps(state)
    assert "Alix" not in json.dumps(state)
    assert "secret" not in json.dumps(state)
    project.set_preference("coder.others", True)
    state = state_payload(project, document)
    assert state["others"] == [[theirs.id, 27, 35, theirs.code_id, "Alix", 0]]
    assert (state["blind"], state["codings"]) == (False, [])
    assert state["otherMemos"] == [[theirs.id, "secret", "Alix"]]


def test_who_else_is_here_goes_down(project: Project) -> None:
    document = document_of(project)
    project.coding.be_here(document)
    assert presence_payload(project) == []
    [seen] = presence_payload(Project(project.store, "Alix"))
    assert (seen["coder"], seen["document"], seen["title"]) == ("Camille", document, "Entretien")


def script() -> None:
    """What a page does, with what the test put in session_state in the place of a project."""
    import streamlit as st

    from qualikit.ui.coder import mount_codings, mount_text

    document = {"docKey": "d", "text": "abc", "turns": [], "participants": {}}
    mount_text("text", document)
    st.session_state["worked"] = mount_codings(
        "codings", document, load=st.session_state["load"], apply=st.session_state["apply"]
    )


class Bench:
    """A page under test, with a record of what was applied."""

    def __init__(self) -> None:
        self.applied: list[list[str]] = []
        self.fails = False
        self.app = AppTest.from_function(script, default_timeout=60)
        self.app.session_state["load"] = lambda: {"rev": len(self.applied), "codings": []}
        self.app.session_state["apply"] = self.apply

    def apply(self, operations: Sequence[Any]) -> OperationResult:
        if self.fails:
            raise ProjectBusy("Le projet est occupé.", "Attendez.")
        self.applied.append([operation["uuid"] for operation in operations])
        no = tuple(Refusal(operation["uuid"], "non") for operation in operations if operation["op"] == "bad")
        return OperationResult(tuple(o["uuid"] for o in operations if o["op"] != "bad"), no)

    def run(self) -> Bench:
        self.app.run()
        assert not self.app.exception
        return self

    def sent(self, kind: str) -> dict[str, Any]:
        """The last JSON that the mount of that kind was given."""
        found = [json.loads(element.proto.json) for element in self.app.get("bidi_component")]
        return next(data for data in found if data["kind"] == kind)

    def outbox(self, *operations: Any) -> Bench:
        """The browser sends its outbox."""
        name = mount._widget("codings", {"docKey": "d"})
        self.app.session_state[name] = {"outbox": list(operations)}
        return self.run()


def test_both_mounts_are_sent_with_their_kind_and_version() -> None:
    bench = Bench().run()
    assert bench.sent("text") == {"v": 1, "kind": "text", "docKey": "d", "text": "abc", "turns": [], "participants": {}}
    state = bench.sent("codings")
    assert (state["v"], state["epoch"], state["acked"], state["refused"]) == (1, mount.EPOCH, [], [])


def test_what_the_browser_sent_is_applied_once_and_answered_each_time() -> None:
    bench = Bench().run()
    bench.outbox({"uuid": "a", "op": "add"}, {"uuid": "b", "op": "bad"})
    state = bench.sent("codings")
    assert (state["acked"], state["refused"]) == (["a"], [{"uuid": "b", "reason": "non"}])
    assert state["rev"] == 1, "the state is read after what was sent is durable"
    bench.outbox({"uuid": "a", "op": "add"}, {"uuid": "b", "op": "bad"}, {"uuid": "c", "op": "add"})
    assert bench.applied == [["a", "b"], ["c"]]
    assert sorted(bench.sent("codings")["acked"]) == ["a", "c"]


def test_a_new_session_of_an_old_browser_applies_its_outbox() -> None:
    bench = Bench().outbox({"uuid": "a", "op": "add"})
    assert bench.applied == [["a"]]
    assert bench.sent("codings")["acked"] == ["a"]


def test_a_project_that_cannot_be_written_keeps_the_operations_waiting_and_says_why() -> None:
    bench = Bench().run()
    bench.fails = True
    bench.outbox({"uuid": "a", "op": "add"})
    state = bench.sent("codings")
    assert (state["acked"], state["refused"], state["trouble"]) == ([], [], "Le projet est occupé. Attendez.")
    bench.fails = False
    bench.outbox({"uuid": "a", "op": "add"})
    assert bench.sent("codings")["acked"] == ["a"]
    assert bench.sent("codings")["trouble"] == ""


@pytest.mark.parametrize("nonsense", ["text", 3, [1], [{"op": "add"}], [{"uuid": 4}], None])
def test_an_outbox_that_makes_no_sense_is_left_alone(nonsense: Any) -> None:
    bench = Bench().run()
    bench.app.session_state[mount._widget("codings", {"docKey": "d"})] = {"outbox": nonsense}
    bench.run()
    assert bench.applied == []


def test_the_manifest_in_the_package_names_the_folder_that_is_served() -> None:
    manifest = tomllib.loads((PACKAGE / "pyproject.toml").read_text("utf-8"))
    components = manifest["tool"]["streamlit"]["component"]["components"]
    assert {f"{manifest['project']['name']}.{each['name']}" for each in components} == {NAME, READING}
    assert {PACKAGE / each["asset_dir"] for each in components} == {FRONTEND}
    assert (FRONTEND / "index.js").is_file()
    assert (FRONTEND / "reading" / "index.js").is_file()


def test_files_are_served_from_beside_this_python_whatever_streamlit_found() -> None:
    from streamlit.components.v2.component_manager import BidiComponentManager
    from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

    from qualikit.ui.coder import registration

    manager = BidiComponentManager()
    elsewhere = ComponentManifest("qualikit", "0", [ComponentConfig("coder", "ui/coder")])
    manager.register_from_manifest(elsewhere, PACKAGE)
    assert manager.get_component_asset_root(NAME) != FRONTEND
    with pytest.MonkeyPatch.context() as patch:
        finder = sys.modules["streamlit.components.v2.get_bidi_component_manager"]
        patch.setattr(finder, "get_bidi_component_manager", lambda: manager)
        registration._serve_from_here(NAME)
        registration._serve_from_here(READING)
    assert manager.get_component_asset_root(NAME) == FRONTEND
    assert manager.get_component_asset_root(READING) == FRONTEND
