// Questions of the guide and memos, as the browser folds them and finds its way among them.

import assert from "node:assert/strict";
import { test } from "node:test";

const load = (name) => import(`${process.env.QUALIKIT_FRONTEND}/${name}.js`);
const { answeredAt, beginning, inOrder } = await load("asked");
const { Codings } = await load("codings");
const { TextIndex } = await load("offsets");
const { Operations } = await load("operations");

const TURNS = [
  { start: 0, end: 10, speaker: "A" },
  { start: 10, end: 20, speaker: "B" },
  { start: 20, end: 30, speaker: null },
  { start: 30, end: 40, speaker: "A" },
];

test("a question is answered from its turn to the next one that is marked", () => {
  const marks = inOrder(TURNS, [{ id: "b", s: 34 }, { id: "a", s: 4 }, { id: "c", s: 2 }]);
  assert.deepEqual(marks.map(({ id, begin }) => [id, begin]), [["c", 0], ["a", 0], ["b", 30]]);
  const at = (place) => answeredAt(TURNS, marks, place).map(({ id }) => id);
  assert.deepEqual(at(9), ["c", "a"]);
  assert.deepEqual(at(25), ["c", "a"]);
  assert.deepEqual(at(31), ["b"]);
  assert.deepEqual(answeredAt(TURNS, inOrder(TURNS, [{ id: "b", s: 34 }]), 12), []);
  assert.equal(beginning(TURNS, 24), 24); // nobody speaks there
  assert.equal(beginning([], 7), 7);
});

const TEXT = "A : un 🚲 ici\nB : oui";

function desk(state = {}) {
  const codings = new Codings(new TextIndex(TEXT), [{ s: 0, e: 13 }, { s: 14, e: TEXT.length }]);
  codings.receive({ codings: [], codes: [], ...state }, []);
  const sent = [];
  const outbox = { add: (operation) => (sent.push(operation), operation) };
  const doc = { id: "doc", textHash: "h", participants: { p: {} } };
  const operations = new Operations({ doc, codings, outbox, changed: () => codings.refold(sent) });
  return { codings, operations, sent };
}

test("marks wait, are taken back and come again like codings", () => {
  const { codings, operations, sent } = desk({ marks: [["m1", 9, 13, "q1"]] });
  assert.equal(codings.marks.get("m1").s, 10); // after the bicycle, two units of UTF-16
  operations.guide({ uuid: "m2", op: "mark", start: 0, end: 3, question: "q2" }, {
    changes: [{ mark: { id: "m2", start: 0, end: 3, question: "q2" } }],
    inverse: [{ unmark: "m2" }],
  });
  assert.deepEqual([...codings.marks.keys()], ["m1", "m2"]);
  assert.equal(codings.marks.get("m2").waiting, true);
  operations.undo();
  assert.deepEqual([...codings.marks.keys()], ["m1"]);
  operations.redo();
  assert.deepEqual([...codings.marks.keys()], ["m1", "m2"]);
  assert.deepEqual(sent.map(({ op }) => op), ["mark", "undo", "redo"]);
  codings.refold([]); // refused: Python's last word stands
  assert.deepEqual([...codings.marks.keys()], ["m1"]);
});

test("a memo says what it is on", () => {
  const { codings, operations, sent } = desk({ codes: [{ id: "c", name: "Météo" }], otherMemos: [["doc", "vu", "Alix"]] });
  for (const target of ["doc", "p", "c", "coding"]) operations.memo(target, "*vu*");
  assert.deepEqual(sent.map(({ id, on }) => [id, on]), [
    [undefined, undefined], ["p", "participant"], ["c", "code"], ["coding", "coding"],
  ]);
  assert.equal(codings.memos.p, "*vu*");
  assert.deepEqual(codings.otherMemos, [["doc", "vu", "Alix"]]);
});
