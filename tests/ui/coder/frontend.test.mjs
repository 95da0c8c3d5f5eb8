// What the browser's side computes without a browser. Run by test_frontend.py with node's own test runner.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const modules = process.env.QUALIKIT_FRONTEND;
const load = (name) => import(`${modules}/${name}.js`);
const { TextIndex } = await load("offsets");
const words = await load("words");
const { cutBlocks } = await load("blocks");
const { Codings } = await load("codings");
const { Outbox } = await load("outbox");
const { matching, nameKey } = await load("fold");
const { chord, digit, Keymap } = await load("keys");
const { contrast, mix, parse, tints } = await load("colours");
const { assignAll, BREATH, freeLane } = await load("lanes");

test("two names of one code are the same as Python finds them", () => {
  assert.equal(nameKey("Marché  public"), nameKey("marche public"));
  assert.equal(nameKey(" L’Œuvre\u00a0"), nameKey("l'oeuvre"));
  assert.notEqual(nameKey("marche"), nameKey("marches"));
});

test("code points and UTF-16 go over into each other around emoji and rare letters", () => {
  const cases = JSON.parse(readFileSync(process.env.QUALIKIT_OFFSETS, "utf8"));
  assert.ok(cases.length > 3);
  for (const { text, pairs } of cases) {
    const index = new TextIndex(text);
    for (const [point, unit] of pairs) {
      assert.equal(index.toUtf16(point), unit);
      assert.equal(index.toPoints(unit), point);
    }
    assert.equal(index.length, pairs.at(-1)[0]);
  }
});

test("an offset in the middle of a pair is taken back to its start", () => {
  const index = new TextIndex("a🚲b");
  assert.equal(index.toPoints(2), 1);
  assert.equal(index.toPoints(3), 2);
});

const snapped = (text, part, exact = false) => {
  const at = text.indexOf(part);
  const span = words.snap(text, at, at + part.length, exact);
  return span && text.slice(...span);
};

test("a selection becomes whole words without the spaces at its ends", () => {
  assert.equal(snapped("Les médiatrices viennent.", "édiatri"), "médiatrices");
  assert.equal(snapped("Les médiatrices viennent.", " médiatrices "), "médiatrices");
  assert.equal(snapped("C'est l'été, aujourd'hui.", "té"), "l'été");
  assert.equal(snapped("un rendez-vous utile", "dez"), "rendez-vous");
  assert.equal(snapped("les usager·e·s d'ici", "sager·e"), "usager·e·s");
  assert.equal(snapped("oui\u00a0!", "oui\u00a0"), "oui");
  assert.equal(snapped("un   deux", "   "), null);
  assert.equal(snapped("1 200,50 euros", "200"), "200");
});

test("punctuation is taken when it was taken, and only then", () => {
  assert.equal(snapped("Il pleut. Rien.", "pleut."), "pleut.");
  assert.equal(snapped("Il pleut. Rien.", "leut"), "pleut");
});

test("graphemes are never cut, not even when exact", () => {
  const text = "Ici 👩🏽‍🔧 et e\u0301te\u0301 🇫🇷🇧🇪 fin";
  const at = text.indexOf("👩");
  assert.equal(text.slice(...words.snap(text, at + 2, at + 3, true)), "👩🏽‍🔧");
  const accent = text.indexOf("e\u0301");
  assert.equal(text.slice(...words.snap(text, accent, accent + 1, true)), "e\u0301");
  const flag = text.indexOf("🇧");
  assert.equal(text.slice(...words.snap(text, flag, flag + 2, true)), "🇧🇪");
});

test("exact selection stays inside a word", () => {
  assert.equal(snapped("médiatrices", "édiatri", true), "édiatri");
});

test("the keyboard stops at the ends of words, whatever stands between them", () => {
  const text = "L'été, «\u00a0rendez-vous\u00a0» 🚲 !";
  const stops = [];
  for (let at = 0; at < text.length; at = words.nextWord(text, at, true)) stops.push(at);
  assert.deepEqual(stops.slice(1).map((stop) => text.slice(0, stop)).slice(0, 2), ["L'été", "L'été, «\u00a0rendez-vous"]);
  assert.equal(words.nextWord(text, text.length, false), text.indexOf("rendez"));
  assert.equal(words.nextWord(text, 2, false), 0);
});

test("an in vivo code is named on one line of at most sixty characters, cut between words", () => {
  assert.equal(words.inVivoName("  un vrai\n rendez-vous "), "un vrai rendez-vous");
  const name = words.inVivoName("je viens tous les mardis parce que la médiatrice connaît mon prénom et mes enfants");
  assert.ok(Array.from(name).length <= 60);
  assert.match(name, /^je viens tous les mardis .*…$/);
});

const TEXT = "Titre\n\nA : Oui 🚲.\nEncore.\nB : Non.\nreste";
const TURNS = [
  { start: 7, end: 27, speechStart: 11, speechEnd: 26, speaker: "A" },
  { start: 27, end: 36, speechStart: 31, speechEnd: 35, speaker: "B" },
];

test("every line is a block; labels and white space are not; nothing else is left out", () => {
  const blocks = cutBlocks(TEXT, TURNS);
  assert.deepEqual(blocks.map(({ s, e }) => TEXT.slice(s, e)), ["Titre", "Oui 🚲.", "Encore.", "Non.", "reste"]);
  assert.deepEqual(blocks.map((block) => block.turn), [-1, 0, 0, 1, -1]);
});

test("a very long line is cut between sentences, without losing a character", () => {
  const text = "Une phrase assez longue pour compter. ".repeat(400).trim();
  const blocks = cutBlocks(text, []);
  assert.ok(blocks.length > 5);
  assert.equal(blocks.map(({ s, e }) => text.slice(s, e)).join(""), text);
  assert.ok(blocks.slice(0, -1).every(({ e }) => text.slice(0, e).endsWith(". ")));
  const unbroken = "é".repeat(5000);
  assert.equal(cutBlocks(unbroken, []).map(({ s, e }) => unbroken.slice(s, e)).join(""), unbroken);
});

test("lanes: no two stripes that share a line share a lane, and a lane never moves", () => {
  const codings = Array.from({ length: 200 }, (_, i) => ({ s: (i * 37) % 900, e: ((i * 37) % 900) + 20 + (i % 70) }));
  assignAll(codings);
  for (const a of codings) {
    for (const b of codings) {
      if (a !== b && a.lane === b.lane) assert.ok(a.s - BREATH >= b.e || b.s - BREATH >= a.e);
    }
  }
  const before = codings.map((coding) => coding.lane);
  const fresh = { s: 400, e: 500 };
  fresh.lane = freeLane(fresh, codings);
  assert.deepEqual(codings.map((coding) => coding.lane), before);
});

const codes = [{ id: "c1", name: "Un" }, { id: "c2", name: "Deux" }];

function someCodings() {
  const index = new TextIndex(TEXT);
  return new Codings(index, cutBlocks(TEXT, TURNS));
}

test("what waits is put on top of what Python says, and taken off when Python has it", () => {
  const codings = someCodings();
  codings.receive({ codings: [["a", 11, 16, "c1", "moi", 0]], codes }, []);
  const waiting = [{ uuid: "b", changes: [{ put: { id: "b", start: 11, end: 16, code: "c2", coder: "moi", flags: 0 } }] }];
  const touched = codings.refold(waiting);
  assert.deepEqual(touched.added.map((coding) => coding.id), ["b"]);
  assert.deepEqual([...touched.blocks], [1]);
  assert.equal(codings.byId.get("b").waiting, true);
  assert.equal(codings.byId.get("b").e, codings.byId.get("b").s + 6, "the bicycle counts two units");
  const state = { codings: [["a", 11, 16, "c1", "moi", 0], ["b", 11, 16, "c2", "moi", 0]], codes };
  const lane = codings.byId.get("b").lane;
  codings.receive(state, []);
  assert.ok(!codings.byId.get("b").waiting);
  assert.equal(codings.byId.get("b").lane, lane);
  assert.equal(codings.byCode.get("c2"), 1);
});

test("codes that have not changed stay the same objects, with what the tree wrote on them", () => {
  const codings = someCodings();
  const sent = () => JSON.parse(JSON.stringify(codes));
  codings.receive({ codings: [], codes: sent() }, []);
  codings.codes.get("c1").path = "Un";
  codings.receive({ codings: [], codes: sent() }, []);
  assert.equal(codings.codes.get("c1").path, "Un");
  codings.receive({ codings: [], codes: [{ id: "c1", name: "Autre" }] }, []);
  assert.deepEqual([...codings.codes.values()], [{ id: "c1", name: "Autre" }]);
});

test("a refused operation leaves no trace", () => {
  const codings = someCodings();
  codings.receive({ codings: [["a", 11, 16, "c1", "moi", 0]], codes }, []);
  codings.refold([{ uuid: "x", changes: [{ drop: "a" }] }]);
  assert.equal(codings.byId.size, 0);
  assert.equal(codings.byCode.get("c1"), 0);
  codings.refold([]);
  assert.deepEqual([...codings.byId.keys()], ["a"]);
  assert.equal(codings.over(12).length, 1);
});

test("codings under a place come shortest first; a place at an end is outside", () => {
  const codings = someCodings();
  codings.receive({ codings: [["long", 11, 25, "c1", "moi", 0], ["short", 11, 14, "c2", "moi", 0]], codes }, []);
  assert.deepEqual(codings.over(12).map((coding) => coding.id), ["short", "long"]);
  assert.deepEqual(codings.over(14).map((coding) => coding.id), ["long"]);
});

function storage() {
  const kept = new Map();
  return {
    kept,
    get length() { return kept.size; },
    key: (i) => [...kept.keys()][i],
    getItem: (key) => kept.get(key),
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  };
}

function clock() {
  const timers = new Map();
  let next = 1;
  return {
    setTimeout: (f, delay) => (timers.set(next, { f, delay }), next++),
    clearTimeout: (id) => timers.delete(id),
    fire() {
      const due = [...timers.values()];
      timers.clear();
      due.forEach(({ f }) => f());
    },
    get delays() { return [...timers.values()].map(({ delay }) => delay); },
  };
}

function outbox(kept = storage()) {
  const sent = [];
  const timers = clock();
  const box = new Outbox({ docKey: "d", storage: kept, timers, send: (batch) => (sent.push(batch.map((o) => o.uuid)), true) });
  return { box, sent, timers, kept };
}

test("one batch is in flight at a time; what comes meanwhile goes with the next, whole and in order", () => {
  const { box, sent } = outbox();
  box.settle({ epoch: "e" });
  box.add({ uuid: "1", op: "add" });
  box.add({ uuid: "2", op: "add" });
  box.add({ uuid: "3", op: "add" });
  assert.deepEqual(sent, [["1"]]);
  box.settle({ acked: ["1"], epoch: "e" });
  assert.deepEqual(sent, [["1"], ["2", "3"]]);
  box.settle({ acked: ["1", "2", "3"], epoch: "e" });
  assert.equal(box.size, 0);
});

test("what was not acknowledged is found again after a reload, in order, and sent at the first answer", () => {
  const first = outbox();
  first.box.settle({ epoch: "e" });
  ["1", "2"].forEach((uuid) => first.box.add({ uuid, op: "add" }));
  const second = outbox(first.kept);
  assert.deepEqual(second.box.waiting.map((o) => o.uuid), ["1", "2"]);
  second.box.settle({ epoch: "e" });
  assert.deepEqual(second.sent, [["1", "2"]]);
  second.box.settle({ acked: ["1"], refused: [{ uuid: "2", reason: "non" }], epoch: "e" });
  assert.equal(first.kept.kept.size, 0);
});

test("what waited on the text before it was corrected goes to Python under the new text, and paints nothing there", () => {
  const kept = storage();
  const open = (docKey) => {
    const sent = [];
    const box = new Outbox({ docKey, storage: kept, timers: clock(), send: (batch) => (sent.push(...batch), true) });
    return { box, sent };
  };
  const before = open("place:doc:old:Camille: la vraie").box;
  before.add({ uuid: "1", op: "add", textHash: "old", changes: [{ put: {} }], inverse: [], describe: "Météo" });
  open("place:doc:old:Sacha").box.add({ uuid: "2", op: "add" });
  open("place:other:old:Camille: la vraie").box.add({ uuid: "3", op: "add" });

  const after = open("place:doc:new:Camille: la vraie");
  assert.deepEqual(after.box.waiting.map((o) => [o.uuid, o.changes, o.describe]), [["1", [], "Météo"]]);
  after.box.settle({ epoch: "e" });
  assert.deepEqual(after.sent, [{ uuid: "1", op: "add", textHash: "old" }]);
  const left = after.box.settle({ refused: [{ uuid: "1", reason: "corrigé" }], epoch: "e" });
  assert.equal(left.refused[0].reason, "corrigé");
  assert.equal(kept.kept.size, 2);
});

test("a server that started again gets what was in flight to the old one", () => {
  const { box, sent } = outbox();
  box.settle({ epoch: "old" });
  box.add({ uuid: "1", op: "add" });
  box.settle({ epoch: "old" });
  assert.equal(sent.length, 1);
  box.settle({ epoch: "new" });
  assert.deepEqual(sent, [["1"], ["1"]]);
});

test("silence is answered by sending again, later and later", () => {
  const { box, sent, timers } = outbox();
  box.settle({ epoch: "e" });
  box.add({ uuid: "1", op: "add" });
  const delays = [];
  for (let i = 0; i < 5; i += 1) {
    delays.push(...timers.delays);
    timers.fire();
  }
  assert.equal(sent.length, 6);
  assert.deepEqual(delays, [4000, 8000, 16000, 30000, 30000]);
});

test("preferences wait for company, and the last one of a kind replaces those not sent", () => {
  const { box, sent, kept } = outbox();
  box.settle({ epoch: "e" });
  box.add({ uuid: "p1", op: "pref", key: "k", value: 1 });
  box.add({ uuid: "p2", op: "pref", key: "k", value: 2 });
  assert.deepEqual(sent, []);
  assert.equal(kept.kept.size, 1);
  box.add({ uuid: "1", op: "add" });
  assert.deepEqual(sent, [["p2", "1"]]);
  assert.equal(box.unsaved.length, 1);
});

test("what only the browser needs is not sent", () => {
  const batches = [];
  const box = new Outbox({ docKey: "d", storage: storage(), timers: clock(), send: (batch) => batches.push(batch) });
  box.add({ uuid: "1", op: "remove", id: "x", changes: [{ drop: "x" }], inverse: [], describe: "Un" });
  assert.deepEqual(batches[0], [{ uuid: "1", op: "remove", id: "x" }]);
});

test("a browser that refuses to store still sends, and says so", () => {
  const refusing = { length: 0, key: () => null, setItem: () => { throw new Error("full"); }, removeItem: () => {} };
  const { box, sent } = outbox(refusing);
  box.add({ uuid: "1", op: "add" });
  assert.deepEqual(sent, [["1"]]);
  assert.equal(box.stored, false);
});

test("codes are found without accents or case, the closest name first", () => {
  const list = [
    { id: 1, name: "Accès aux droits", path: "Impacts › Accès aux droits" },
    { id: 2, name: "Cœur de cible" },
    { id: 3, name: "Météo", keywords: ["pluie"] },
    { id: 4, name: "Droits" },
  ];
  const found = (query) => matching(list, query).map((code) => code.id);
  assert.deepEqual(found("droit"), [4, 1]);
  assert.deepEqual(found("COEUR"), [2]);
  assert.deepEqual(found("impacts acces"), [1]);
  assert.deepEqual(found("pluie"), [3]);
  assert.deepEqual(found("("), []);
  assert.deepEqual(found(""), [1, 2, 3, 4]);
});

const pressed = (key, code, more = {}) => ({ key, code, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...more });

test("digits go by the place of the key, letters and signs by what is printed", () => {
  const keymap = new Keymap();
  assert.deepEqual(keymap.command(pressed("é", "Digit2")), { name: "pinned", digit: 2 });
  assert.deepEqual(keymap.command(pressed("2", "Digit2", { shiftKey: true })), { name: "pinned", digit: 2 });
  assert.deepEqual(keymap.command(pressed("7", "Numpad7")), { name: "pinned", digit: 7 });
  assert.equal(digit(pressed("Home", "Numpad7")), 0);
  assert.equal(keymap.command(pressed("1", "Digit1", { ctrlKey: true })), null);
  assert.deepEqual(keymap.command(pressed("?", "KeyM", { shiftKey: true })), { name: "help" });
  assert.deepEqual(keymap.command(pressed("Z", "KeyW", { ctrlKey: true, shiftKey: true })), { name: "redo" });
  assert.equal(chord(pressed("z", "KeyW", { metaKey: true })), "Ctrl+z");
  assert.equal(keymap.command(pressed("c", "KeyC", { ctrlKey: true })), null, "copying stays the browser's");
});

test("keys can be given other commands", () => {
  const keymap = new Keymap({ repeat: ["x"] });
  assert.deepEqual(keymap.command(pressed("x", "KeyX")), { name: "repeat" });
});

test("tints leave the ink readable under three codes, stripes stand out, in light and dark", () => {
  const themes = [
    { page: [255, 255, 255], ink: [31, 35, 48] },
    { page: [14, 17, 23], ink: [250, 250, 250] },
  ];
  for (const { page, ink } of themes) {
    const palest = mix(ink, page, 0.8);
    for (const colour of ["#ffff00", "#000080", "#ff0000", "#00a000", "#808080", "#101010", "#fefefe", "not a colour", null]) {
      const { stripe, tint } = tints(colour, page, ink, palest);
      assert.ok(contrast(parse(stripe), page) >= 3, `${colour} on ${page}: ${stripe}`);
      const alpha = Number(/([\d.]+)\)$/.exec(tint)[1]);
      const over = (n) => Array.from({ length: n }).reduce((under) => mix(parse(stripe), under, alpha), page);
      assert.ok(contrast(over(3), ink) >= 4.4, `${colour} on ${page}: ${tint}`);
      assert.ok(contrast(over(1), palest) >= 4.4, `${colour} on ${page}: ${tint}`);
    }
  }
});

test("an excerpt is cut between characters as people see them", async () => {
  const { excerpt } = await load("words");
  assert.equal(excerpt("court"), "court");
  assert.equal(excerpt("a\n b"), "a b");
  const text = "x".repeat(9) + "👩🏽‍🔧" + "fin";
  for (let limit = 1; limit < text.length; limit += 1) {
    const cut = excerpt(text, limit).replace("…", "");
    assert.ok(["x".repeat(Math.min(9, limit)), "x".repeat(9) + "👩🏽‍🔧", "x".repeat(9) + "👩🏽‍🔧" + "fin".slice(0, cut.length - 16)].includes(cut), cut);
  }
});

test("the next code takes the colour that the fewest have", async () => {
  const { nextColour } = await load("colours");
  const palette = [["#1", "un"], ["#2", "deux"]];
  assert.equal(nextColour([], palette), "#1");
  assert.equal(nextColour([{ color: "#1" }, { color: "#3" }], palette), "#2");
});
