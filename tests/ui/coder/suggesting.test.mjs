// What the browser computes of suggestions and of the others' work, without a browser. Run by test_frontend.py.

import assert from "node:assert/strict";
import { test } from "node:test";

const modules = process.env.QUALIKIT_FRONTEND;
const load = (name) => import(`${modules}/${name}.js`);
const { columns, following, pieces, quoted } = await load("suggesting");
const { initials } = await load("others");
const { Codings } = await load("codings");
const { Operations } = await load("operations");
const { TextIndex } = await load("offsets");

test("the words that a reason quotes are found, whatever the space inside the guillemets", () => {
  assert.deepEqual(quoted("contient «\u00a0panne\u00a0» et « vélos » (famille de « vélo »), mots-clés de X"), ["panne", "vélos", "vélo"]);
  assert.deepEqual(quoted("rien"), []);
});

test("only whole words are marked, the longest first, and nothing of the text is lost", () => {
  const text = "Le vélo-cargo et les vélos, (panne) ; dépannés 🚲.";
  const cut = pieces(text, ["vélo", "vélo-cargo", "panne", "("]);
  assert.equal(cut.map((piece) => piece.text).join(""), text);
  assert.deepEqual(cut.filter((piece) => piece.marked).map((piece) => piece.text), ["vélo-cargo", "panne"]);
  assert.deepEqual(pieces("abc", []), [{ text: "abc", marked: false }]);
});

test("the next one is that after the current one, or the first after the place", () => {
  const list = [{ id: "a", s: 10 }, { id: "b", s: 20 }, { id: "c", s: 20 }];
  assert.equal(following(list, "b", 0, 1).id, "c");
  assert.equal(following(list, "b", 0, -1).id, "a");
  assert.equal(following(list, null, 12, 1).id, "b");
  assert.equal(following(list, null, 12, -1).id, "a");
  assert.equal(following(list, "c", 0, 1), undefined);
  assert.equal(following([], null, 0, 1), undefined);
});

test("suggestions on the same words stand in columns of their own, after those of codings", () => {
  const lanes = columns([{ s: 0, e: 9 }, { s: 0, e: 9 }, { s: 9, e: 12 }], 2).map((each) => each.lane);
  assert.deepEqual(lanes, [2, 3, 2]);
});

test("two letters stand for a coder", () => {
  assert.deepEqual(["Marc Duval", "marc", "Anne-Lise de La Tour", "🚲", ""].map(initials), ["MD", "ma", "AT", "🚲", "?"]);
});

const bench = () => {
  const index = new TextIndex("Le vélo 🚲 est en panne. Il pleut.");
  const codings = new Codings(index, [{ s: 0, e: index.text.length }]);
  const waiting = [];
  const outbox = { add: (operation) => (waiting.push(operation), operation) };
  const operations = new Operations({ doc: { id: "d", textHash: "h" }, codings, outbox, changed: () => codings.refold(waiting) });
  const codes = [{ id: "m", name: "Matériel" }, { id: "d", name: "Divers" }];
  const suggestions = [["s1", 0, 23, "m", 0.9, "strong", "contient « panne »"]];
  codings.receive({ codings: [], codes, suggestions }, waiting);
  return { codings, operations, waiting, codes, suggestions };
};

test("a suggestion whose code became another one is known by the new one", () => {
  const { codings, codes, suggestions } = bench();
  const [[id, start, end, , score, level, reason]] = suggestions;
  codings.receive({ codings: [], codes: [...codes, { id: "p", name: "Panne" }], suggestions: [[id, start, end, "p", score, level, reason]] }, []);
  assert.equal(codings.suggestions.get(id).code, "p");
});

test("accepting paints a coding and takes the suggestion away; undo gives it back; redo takes it again", () => {
  const { codings, operations, waiting, codes } = bench();
  const one = codings.suggestions.get("s1");
  operations.accept(one, codes[0]);
  assert.equal(codings.byId.size, 1);
  assert.equal(codings.suggestions.size, 0);
  assert.deepEqual([waiting[0].op, waiting[0].id, "code" in waiting[0]], ["accept", "s1", false]);
  operations.undo();
  assert.equal(codings.byId.size, 0);
  assert.equal(codings.suggestions.get("s1").e, one.e);
  operations.redo();
  assert.equal(codings.byId.size, 1);
  assert.equal(codings.suggestions.size, 0);
});

test("another code goes with the operation; a refusal makes no coding", () => {
  const { codings, operations, waiting, codes, suggestions } = bench();
  operations.accept(codings.suggestions.get("s1"), codes[1]);
  assert.equal(waiting[0].code, "d");
  assert.deepEqual([...codings.byId.values()].map((coding) => coding.code), ["d"]);
  waiting.length = 0;
  codings.receive({ codings: [], codes, suggestions }, waiting);
  operations.reject(codings.suggestions.get("s1"));
  assert.deepEqual([codings.byId.size, codings.suggestions.size], [0, 0]);
  // Python refused: what waited is gone, its state stands.
  waiting.length = 0;
  codings.receive({ codings: [], codes, suggestions }, waiting);
  assert.equal(codings.suggestions.size, 1);
});

test("coding by hand what is suggested to the letter settles it, and undo brings both back", () => {
  const { codings, operations, codes } = bench();
  const { s, e } = codings.suggestions.get("s1");
  operations.add([s, e], codes[1]);
  assert.equal(codings.suggestions.size, 1);
  operations.add([s, e], codes[0]);
  assert.equal(codings.suggestions.size, 0);
  operations.undo();
  assert.deepEqual([codings.byId.size, codings.suggestions.size], [1, 1]);
});
