"""Any sequence of operations by two coders leaves what a simple model of it says, and never a quote that lies."""

from __future__ import annotations

import tempfile
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from qualikit.checking import check
from qualikit.coding import Codings
from qualikit.coding.names import name_key
from qualikit.store import Store, new_id
from qualikit.text import text_hash
from tests.coding.conftest import add_document

TEXT = "Où ça\u00a0? Là 🌧️🌧️, et l'été 👩‍🦽 aussi. Ça va, ça va.\nA\u030a\u0323 oui"
CODERS = ("Camille", "Sacha")
NAMES = ("Météo", "meteo", "Réseau", "lien  social", "Lien social", "  ")

# Few, so that codings meet on the same passage; now and then any at all.
SPOTS = [(0, 2), (11, 13), (5, 6), (0, len(TEXT)), (len(TEXT) - 7, len(TEXT)), (4, 4), (9, 3), (-1, 3), (3, 999)]
anywhere = st.tuples(st.integers(-2, len(TEXT) + 3), st.integers(-2, len(TEXT) + 3))
places = st.sampled_from(SPOTS[:3]) | st.sampled_from(SPOTS[:5]) | st.sampled_from(SPOTS) | anywhere
coders = st.sampled_from(CODERS)
picks = st.integers(0, 1000)
seldom = st.sampled_from([False, False, False, False, True])


class Coding(RuleBasedStateMachine):
    """The model: codings by id, codes by key, and one stack of states a coder, since only codings that nobody else
    touches are undone here."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store.create(Path(self.folder.name) / "p", "P")
        self.coding = {name: Codings(self.store, name) for name in CODERS}
        self.document = add_document(self.store, text=TEXT)
        self.other = add_document(self.store, "Autre", TEXT[::-1])
        self.placed: dict[str, tuple[str, int, int, str]] = {}  # id → coder, start, stop, code key
        self.done: dict[str, list[tuple[dict, dict]]] = {name: [] for name in CODERS}
        self.undone: dict[str, list[tuple[dict, dict]]] = {name: [] for name in CODERS}
        self.sent: list[tuple[str, dict, bool]] = []

    @initialize()
    def two_codes(self) -> None:
        # By somebody else: the coders' stacks hold their codings alone.
        setting_up = Codings(self.store, "Lou")
        for name in ("Météo", "Réseau", "Lien social"):
            setting_up.add_code(name)

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    def send(self, coder: str, **fields: object) -> bool:
        operation = {"uuid": new_id(), "doc": self.document, "textHash": text_hash(TEXT), **fields}
        result = self.coding[coder].apply(self.document, [operation])
        done = result.acked == (operation["uuid"],)
        assert done or [refusal.uuid for refusal in result.refused] == [operation["uuid"]]
        assert done or all(refusal.reason for refusal in result.refused)
        self.sent.append((coder, operation, done))
        return done

    def change(self, coder: str, after: dict[str, tuple[str, int, int, str] | None]) -> None:
        """Note what a coder changed: ids with what they are now."""
        before = {id: self.placed.get(id) for id in after}
        self.done[coder].append((before, after))
        self.undone[coder].clear()
        self.put(after)

    def put(self, state: dict[str, tuple[str, int, int, str] | None]) -> None:
        for id, value in state.items():
            if value is None:
                self.placed.pop(id, None)
            else:
                self.placed[id] = value

    def code_id(self, key: str) -> str:
        found = self.coding["Camille"].codebook.by_name(key)
        assert found is not None
        return found.id

    def pick(self, number: int, stranger: bool) -> tuple[str, str]:
        """A coding that is there, and its coder or, for a ``stranger``, the other one."""
        id = list(self.placed)[number % len(self.placed)]
        coder = self.placed[id][0]
        return id, next(name for name in CODERS if (name != coder) == stranger)

    @staticmethod
    def fits(start: int, stop: int) -> bool:
        return 0 <= start < stop <= len(TEXT) and bool(TEXT[start:stop].strip())

    @rule(coder=coders, place=places, key=st.sampled_from(["meteo", "reseau"]), lie=seldom)
    def add(self, coder: str, place: tuple[int, int], key: str, lie: bool) -> None:
        start, stop = place
        quote = TEXT[max(0, start) : max(0, stop)] + ("!" if lie else "")
        done = self.send(coder, op="add", start=start, end=stop, code=self.code_id(key), quote=quote)
        assert done == (self.fits(start, stop) and not lie)
        if done and (coder, start, stop, key) not in self.placed.values():
            self.change(coder, {self.sent[-1][1]["uuid"]: (coder, start, stop, key)})

    @rule(coder=coders, place=places, name=st.sampled_from(NAMES))
    def new_code(self, coder: str, place: tuple[int, int], name: str) -> None:
        start, stop = place
        done = self.send(
            coder, op="new_code", start=start, end=stop, name=name, quote=TEXT[max(0, start) : max(0, stop)]
        )
        key = name_key(name)
        assert done == (self.fits(start, stop) and bool(key))
        if done and (coder, start, stop, key) not in self.placed.values():
            self.change(coder, {self.sent[-1][1]["uuid"]: (coder, start, stop, key)})

    @precondition(lambda self: self.placed)
    @rule(number=picks, stranger=seldom)
    def remove(self, number: int, stranger: bool) -> None:
        id, coder = self.pick(number, stranger)
        allowed = id in self.placed and self.placed[id][0] == coder
        assert self.send(coder, op="remove", id=id) == allowed
        if allowed:
            self.change(coder, {id: None})

    @precondition(lambda self: self.placed)
    @rule(number=picks, stranger=seldom, key=st.sampled_from(["meteo", "reseau"]))
    def recode(self, number: int, stranger: bool, key: str) -> None:
        id, coder = self.pick(number, stranger)
        owner, start, stop, before = self.placed.get(id, ("", 0, 0, ""))
        after = (coder, start, stop, key)
        allowed = owner == coder and (before == key or after not in self.placed.values())
        assert self.send(coder, op="recode", id=id, code=self.code_id(key)) == allowed
        if allowed and before != key:
            self.change(coder, {id: after})

    @precondition(lambda self: self.placed)
    @rule(number=picks, stranger=seldom, place=places)
    def rebound(self, number: int, stranger: bool, place: tuple[int, int]) -> None:
        id, coder = self.pick(number, stranger)
        start, stop = place
        owner, *_old, key = self.placed.get(id, ("", 0, 0, ""))
        after = (coder, start, stop, key)
        same = self.placed.get(id) == after
        allowed = owner == coder and self.fits(start, stop) and (same or after not in self.placed.values())
        quote = TEXT[max(0, start) : max(0, stop)]
        assert self.send(coder, op="rebound", id=id, start=start, end=stop, quote=quote) == allowed
        if allowed and not same:
            self.change(coder, {id: after})

    @precondition(lambda self: any(self.done.values()))
    @rule(coder=coders)
    def undo(self, coder: str) -> None:
        assert self.send(coder, op="undo") == bool(self.done[coder])
        if self.done[coder]:
            step = self.done[coder].pop()
            self.undone[coder].append(step)
            self.put(step[0])

    @precondition(lambda self: any(self.undone.values()))
    @rule(coder=coders)
    def redo(self, coder: str) -> None:
        assert self.send(coder, op="redo") == bool(self.undone[coder])
        if self.undone[coder]:
            step = self.undone[coder].pop()
            self.done[coder].append(step)
            self.put(step[1])

    @rule(number=picks)
    def send_again(self, number: int) -> None:
        if not self.sent:
            return
        coder, operation, done = self.sent[number % len(self.sent)]
        before = self.store.revision()
        result = self.coding[coder].apply(self.document, [operation])
        assert bool(result.acked) == done
        assert self.store.revision() == before

    @invariant()
    def the_project_is_what_the_model_says(self) -> None:
        service = self.coding["Camille"]
        book = service.codebook
        found = {}
        for coding in service.codings():
            assert TEXT[coding.start : coding.stop] == coding.quote
            code = book.get(coding.code_id)
            assert code is not None
            found[coding.id] = (coding.coder, coding.start, coding.stop, name_key(code.name))
        assert found == self.placed

    @invariant()
    def the_file_is_sound(self) -> None:
        assert not [problem for problem in check(self.store) if "codage" in problem or "table" in problem]


TestAnySequence = Coding.TestCase
TestAnySequence.settings = settings(
    max_examples=25,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
