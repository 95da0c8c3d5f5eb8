// What the list of passages computes without a browser.

import assert from "node:assert/strict";
import test from "node:test";

const from = (name) => import(`${process.env.QUALIKIT_FRONTEND}/reading/${name}.js`);
const { Heights } = await from("heights");
const { before, pagesFor, Rows } = await from("rows");

test("cards stand one under another, each group under its heading", () => {
  const heights = new Heights(5, [["A", 0, 2], ["B", 2, 3]], { card: 100, heading: 40 });
  assert.deepEqual([0, 1, 2, 3, 4].map((place) => heights.top(place)), [40, 140, 280, 380, 480]);
  assert.equal(heights.height, 580);
  assert.deepEqual([0, 39, 40, 139, 140, 239, 240, 280, 579, 9999].map((y) => heights.at(y)), [0, 0, 0, 0, 1, 1, 2, 2, 4, 4]);
  assert.deepEqual([0, 1, 2, 4].map((place) => [heights.group(place), heights.begins(place)]), [[0, true], [0, false], [1, true], [1, false]]);
});

test("an open card pushes down those after it, until it is closed", () => {
  const heights = new Heights(4, [["A", 0, 4]], { card: 100, heading: 0 });
  heights.set(1, 250);
  assert.deepEqual([0, 1, 2, 3].map((place) => heights.top(place)), [0, 100, 350, 450]);
  assert.equal(heights.at(349), 1);
  heights.set(1, 100);
  assert.equal(heights.height, 400);
  heights.set(3, 300);
  assert.equal(heights.height, 600);
});

test("every place of 50,000 is found again from where it stands", () => {
  const groups = Array.from({ length: 500 }, (_, i) => [`G${i}`, i * 100, 100]);
  const heights = new Heights(50_000, groups, { card: 96, heading: 38 });
  for (let place = 0; place < 50_000; place += 997) assert.equal(heights.at(heights.top(place)), place);
  assert.equal(new Heights(0, [], { card: 96, heading: 38 }).height, 0);
});

test("waiting operations are seen on the rows, and taken back with them", () => {
  const rows = new Rows();
  rows.receive([[0, { id: "a", code: "x", chosen: false }]]);
  rows.refold([{ changes: [{ id: "a", code: "y" }] }, { changes: [{ id: "a", chosen: true }] }]);
  assert.deepEqual(rows.at(0), { id: "a", code: "y", chosen: true, pending: true });
  rows.refold([]);
  assert.deepEqual(rows.at(0), { id: "a", code: "x", chosen: false });
  rows.settle([{ changes: [{ id: "a", code: "z" }] }, {}]);
  assert.equal(rows.at(0).code, "z");
  rows.receive([[0, { id: "a", code: "x", chosen: false }]]);
  assert.equal(rows.at(1), undefined);
  assert.deepEqual(before({ id: "a", code: "x", chosen: true }, ["code"]), { id: "a", code: "x" });
});

test("the pages asked for are those in sight", () => {
  assert.deepEqual(pagesFor(0, 12, 391, 30), [0, 0]);
  assert.deepEqual(pagesFor(25, 62, 391, 30), [0, 2]);
  assert.deepEqual(pagesFor(380, 400, 391, 30), [12, 13]);
});

test("what an undo took back, Python alone knows: the pages are asked for again", () => {
  const rows = new Rows();
  rows.receive([[0, { id: "a", code: "m" }], [40, { id: "b", code: "m" }]]);
  rows.settle([{ op: "recode", changes: [{ id: "b", code: "n" }] }]);
  assert.equal(rows.at(40).code, "n");
  rows.settle([{ op: "undo", changes: [{ id: "b", code: "m" }] }]);
  assert.equal(rows.at(40), undefined);
});
