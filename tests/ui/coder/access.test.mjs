// What those who listen are told, and letters typed in a tree. Run by test_frontend.py with node's own test runner.

import assert from "node:assert/strict";
import { test } from "node:test";

const load = (name) => import(`${process.env.QUALIKIT_FRONTEND}/${name}.js`);
const { gist, listed, Voice } = await load("voice");
const { typedTo } = await load("tree_keys");
const { Words } = await load("dom");

test("a line is told by its first words, a long selection by its first and last", () => {
  const text = Array.from({ length: 40 }, (_, i) => `mot${i + 1}`).join(" ");
  assert.equal(gist("  deux\nmots "), "deux mots");
  assert.ok(gist(text).startsWith("mot1 mot2") && gist(text).endsWith("mot12…"));
  assert.equal(gist(text, { ends: true }), "mot1 mot2 mot3 mot4 mot5 mot6… mot35 mot36 mot37 mot38 mot39 mot40");
});

test("each code on a passage is named once, and many are not all named", () => {
  assert.equal(listed(["Météo", "Autonomie", "Météo"]), "Météo, Autonomie");
  assert.equal(listed(["a", "b", "c", "d", "e"]), "a, b, c, d…");
  assert.equal(listed([]), "");
});

test("letters lead to the next name that begins with them, accents aside, round the end", () => {
  const labels = ["Impacts", "Autonomie", "Accès aux droits", "Météo", "Matériel"];
  assert.equal(typedTo(labels, 0, "m"), 3);
  assert.equal(typedTo(labels, 3, "m"), 4);
  assert.equal(typedTo(labels, 4, "a"), 1);
  assert.equal(typedTo(labels, 2, "acc"), 2);
  assert.equal(typedTo(labels, 0, "ME"), 3);
  assert.equal(typedTo(labels, 0, "z"), -1);
  assert.equal(typedTo([], -1, "a"), -1);
});

/** A voice over codings of a coder that has no page. */
function voice(...codings) {
  globalThis.document = { createElement: () => ({ setAttribute() {}, append() {} }) };
  const codes = new Map([["m", { id: "m", name: "Météo" }], ["a", { id: "a", name: "Autonomie" }]]);
  const words = new Words({
    lang: "fr", told_added: "{name} posé", told_removed: "{name} retiré", told_recoded: "{before} remplacé par {name}", told_undo: "Annulé",
  });
  return new Voice({ words, codings: { codes, byId: new Map(codings.map((coding) => [coding.id, coding])) } });
}

test("what an operation did is told from what it changes, whatever it is called", () => {
  const told = voice({ id: "1", code: "m" });
  told.did({ op: "add", changes: [{ put: { id: "2", code: "a" } }] });
  told.did({ op: "remove", changes: [{ drop: "1" }] });
  told.did({ op: "accept", changes: [{ put: { id: "3", code: "a" } }] });
  assert.deepEqual(told.deeds, ["Autonomie posé", "Météo retiré", "Autonomie posé"]);
});

test("a code in place of another is told with both, an undone one as undone", () => {
  const told = voice({ id: "1", code: "m" });
  told.did({ op: "recode", changes: [{ put: { id: "1", code: "a" } }] });
  assert.deepEqual(told.deeds, ["Météo remplacé par Autonomie"]);
  told.deeds = [];
  told.did({ op: "undo", changes: [{ drop: "1" }] });
  assert.deepEqual(told.deeds, ["Annulé", "Météo retiré"]);
});

test("a new code is told by its name before Python knows it; what changes nothing here is not told", () => {
  const told = voice();
  told.did({ op: "new_code", changes: [{ code: { id: "new:1", name: "petit à petit" } }, { put: { id: "1", code: "new:1" } }] });
  told.did({ op: "undo", changes: [] });
  told.did({ op: "pref" });
  assert.deepEqual(told.deeds, ["petit à petit posé"]);
});
