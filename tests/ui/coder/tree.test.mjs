// The tree of codes without a browser: where a code may be put, what is painted before Python has answered.

import assert from "node:assert/strict";
import { test } from "node:test";

const from = (name) => import(`${process.env.QUALIKIT_FRONTEND}/${name}`);
const { foldCode, placeOf, positionBefore } = await from("code_changes.js");
const { dropPlace, movedPin, ordered, pinnedCodes, stepPlace } = await from("tree_order.js");
const { CodeActs } = await from("tree_acts.js");
const { Codings } = await from("codings.js");
const { Operations } = await from("operations.js");
const { TextIndex } = await from("offsets.js");

const TREE = [["a", null], ["b", "a"], ["c", "b"], ["d", "a"], ["e", null], ["f", null]];
const codesOf = (tree) => tree.map(([id, parent]) => ({ id, name: id.toUpperCase(), parent, color: "#CC1155", keywords: [], active: true }));
const mapOf = (tree) => new Map(codesOf(tree).map((code) => [code.id, code]));
const shape = (codes) => ordered([...codes.values()].map((code) => ({ ...code }))).map((code) => "-".repeat(code.depth) + code.id).join(" ");

test("codes come in the order of the tree, and none in a circle is lost to another", () => {
  const list = ordered(codesOf(TREE));
  assert.deepEqual(list.map((code) => code.id), ["a", "b", "c", "d", "e", "f"]);
  assert.equal(list[2].path, "A › B › C");
  assert.deepEqual(pinnedCodes(list, null).slice(0, 4), ["c", "d", "e", "f"]);
});

test("a code is dropped before, after or under another, never under itself", () => {
  const list = ordered(codesOf(TREE));
  assert.deepEqual(dropPlace(list, "f", "d", "before"), { parent: "a", before: "d" });
  assert.deepEqual(dropPlace(list, "f", "b", "inside"), { parent: "b", before: null });
  assert.deepEqual(dropPlace(list, "f", "d", "after"), { parent: "a", before: null });
  assert.deepEqual(dropPlace(list, "f", "a", "after", true), { parent: "a", before: "b" });
  assert.deepEqual(dropPlace(list, "f", "a", "after", false), { parent: null, before: "e" });
  for (const over of ["a", "b", "c", "d"]) assert.equal(dropPlace(list, "a", over, "inside"), null);
});

test("by the keyboard a code goes up, down, in and out, and says where it cannot", () => {
  const list = ordered(codesOf(TREE));
  assert.deepEqual(stepPlace(list, "e", "up"), { parent: null, before: "a" });
  assert.deepEqual(stepPlace(list, "e", "down"), { parent: null, before: null });
  assert.deepEqual(stepPlace(list, "d", "in"), { parent: "b", before: null });
  assert.deepEqual(stepPlace(list, "d", "out"), { parent: null, before: "e" });
  assert.deepEqual(["up", "out", "in"].map((step) => stepPlace(list, "a", step)), [null, null, null]);
  assert.equal(stepPlace(list, "f", "down"), null);
});

test("moving and putting back gives the same tree, wherever the code goes", () => {
  const codes = mapOf(TREE);
  const before = shape(codes);
  const list = ordered(codesOf(TREE));
  for (const id of codes.keys()) {
    for (const over of codes.keys()) {
      for (const zone of ["before", "after", "inside"]) {
        const where = dropPlace(list, id, over, zone);
        if (!where) continue;
        const place = { id, parent: where.parent, position: positionBefore(codes, id, where.parent, where.before) };
        const moved = foldCode(codes, { place });
        assert.equal(moved.get(id).parent, where.parent);
        assert.equal(shape(foldCode(moved, { place: placeOf(codes, id) })), before, `${id} ${zone} ${over}`);
      }
    }
  }
  assert.equal(codes.get("a").parent, null);
});

test("pins make room for the one that is moved", () => {
  assert.deepEqual(movedPin(["a", "b", "c", null], 2, 0), ["c", "a", "b", null]);
  assert.deepEqual(movedPin(["a", "b", "c", null], 0, 2), ["b", "c", "a", null]);
});

/** A coder without a page: codes, codings, and an outbox that keeps what it is given. */
function desk(rows, tree = TREE) {
  const index = new TextIndex("un deux trois quatre");
  const codings = new Codings(index, [{ s: 0, e: 20 }]);
  const waiting = [];
  const said = [];
  const operations = new Operations({
    doc: { id: "doc", textHash: "h" },
    codings,
    outbox: { add: (operation) => (waiting.push(operation), operation) },
    changed: () => codings.refold(waiting),
  });
  operations.coder = "Camille";
  const codes = codesOf(tree).map((code) => ({ ...code, uses: [2, 1, 1] }));
  const state = { codings: rows, codes, memos: { "1": "un mémo" } };
  codings.receive(state, waiting);
  const coder = {
    codings,
    operations,
    doc: { palette: [["#CC1155", "Framboise"], ["#2244FF", "Bleu vif"]] },
    list: ordered([...codings.codes.values()]),
    words: { say: (key) => key },
    status: { note: (text) => said.push(text) },
    select: () => {},
  };
  const undo = () => {
    waiting.push({ changes: waiting.at(-1).inverse });
    codings.refold(waiting);
  };
  return { acts: new CodeActs(coder), codings, waiting, said, undo };
}

const seen = ({ codings }) => JSON.stringify([[...codings.byId.values()].map((c) => [c.id, c.code]).sort(), shape(codings.codes), codings.memos["2"] ?? ""]);

test("what is done to codes is painted at once, and taken back whole", () => {
  const rows = [["1", 0, 2, "b", "Camille", 1], ["2", 0, 2, "e", "Camille", 0], ["3", 3, 7, "b", "Camille", 0]];
  const deeds = {
    merge: (acts) => acts.merge("b", "e"),
    "merge into one below": (acts) => acts.merge("a", "c"),
    move: (acts) => acts.move("b", { parent: null, before: "f" }),
    rename: (acts) => acts.rename("b", "  Autre   nom "),
    retire: (acts) => acts.setActive("a", false),
    split: (acts) => acts.split("b", ["Un", "", "Deux", "Un"]),
    add: (acts) => acts.add("Nouveau", "e"),
  };
  for (const [name, deed] of Object.entries(deeds)) {
    const bench = desk(rows);
    const before = seen(bench);
    const codes = JSON.stringify([...bench.codings.codes]);
    deed(bench.acts);
    assert.equal(bench.waiting.length, 1, name);
    assert.notEqual(JSON.stringify([...bench.codings.codes]), codes, name);
    bench.undo();
    assert.equal(seen(bench), before, name);
  }
});

test("codes that become one share their codings; a double is one, its memo kept", () => {
  const bench = desk([["1", 0, 2, "b", "Camille", 1], ["2", 0, 2, "e", "Camille", 0], ["3", 3, 7, "b", "Camille", 0]]);
  bench.acts.merge("b", "e");
  assert.deepEqual([...bench.codings.byId.values()].map((c) => [c.id, c.code]).sort(), [["2", "e"], ["3", "e"]]);
  assert.equal(bench.codings.memos["2"], "un mémo");
  assert.equal(shape(bench.codings.codes), "a -d e -c f");
  const { op, id, into } = bench.waiting[0];
  assert.deepEqual({ op, id, into }, { op: "code_merge", id: "b", into: "e" });
});

test("retiring takes the family, coming back takes those above", () => {
  const bench = desk([]);
  bench.acts.setActive("a", false);
  assert.deepEqual([...bench.codings.codes.values()].filter((c) => c.active).map((c) => c.id), ["e", "f"]);
  bench.acts.setActive("b", true);
  assert.deepEqual([...bench.codings.codes.values()].filter((c) => c.active).map((c) => c.id), ["a", "b", "c", "e", "f"]);
});

test("nothing is sent for what changes nothing", () => {
  const bench = desk([]);
  assert.equal(bench.acts.rename("b", " "), false);
  assert.equal(bench.acts.rename("b", "B"), false);
  assert.equal(bench.acts.move("b", { parent: "a", before: "d" }), false);
  assert.equal(bench.acts.add("  ", null), null);
  bench.acts.split("b", [" ", ""]);
  assert.equal(bench.waiting.length, 0);
});

test("the number of uses of a code is no reason to draw the codes again", () => {
  const { codings } = desk([]);
  const text = codings.codesText;
  const codes = codesOf(TREE).map((code) => ({ ...code, uses: [9, 2, 3] }));
  codings.receive({ codings: [], codes, memos: {} }, []);
  assert.equal(codings.codesText, text);
  assert.deepEqual(codings.uses.get("a"), [9, 2, 3]);
});
