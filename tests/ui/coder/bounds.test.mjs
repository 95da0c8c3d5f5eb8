// Moving bounds, finding words, keys of one's own, the overview's rows: what is computed without a browser.

import assert from "node:assert/strict";
import { test } from "node:test";

const modules = process.env.QUALIKIT_FRONTEND;
const load = (name) => import(`${modules}/${name}.js`);
const { moved, placed } = await load("span_bounds");
const { cutBlocks } = await load("blocks");
const { Codings } = await load("codings");
const { Operations } = await load("operations");
const { TextIndex } = await load("offsets");
const { findHits, Folded, understand } = await load("hits");
const { DEFAULT_KEYS, Keymap, readOwn, unfit } = await load("keys");
const { runs, stretch, ticks } = await load("overview_rows");

/** A text of labelled lines as the coder cuts it. */
function laidOut(text) {
  const turns = [];
  let at = 0;
  for (const line of text.split("\n")) {
    const speech = line.indexOf(" : ") + 3;
    turns.push({ start: at, end: at + line.length, speechStart: at + speech, speechEnd: at + line.length, speaker: "x" });
    at += line.length + 1;
  }
  return { text, blocks: cutBlocks(text, turns) };
}

const TALK = laidOut("Ana : Il pleut, souvent. L'été, non\u00a0!\nBob : Le vélo 👩🏽‍🔧 e\u0301tait là.\nAna : Oui.");

function walker({ text, blocks }, words) {
  let span = [text.indexOf(words), text.indexOf(words) + words.length];
  return (edge, unit, forward) => {
    span = moved(text, blocks, span, edge, unit, forward);
    return text.slice(...span);
  };
}

test("the end goes from word to word, and takes the punctuation that closes a line", () => {
  const step = walker(TALK, "pleut");
  assert.equal(step("end", "word", true), "pleut, souvent");
  assert.equal(step("end", "word", true), "pleut, souvent. L'été");
  assert.equal(step("end", "word", true), "pleut, souvent. L'été, non");
  assert.equal(step("end", "word", true), "pleut, souvent. L'été, non\u00a0!");
  assert.equal(step("end", "word", false), "pleut, souvent. L'été, non");
  assert.equal(step("end", "word", false), "pleut, souvent. L'été");
});

test("the start goes from word to word without leaving the passage empty", () => {
  const step = walker(TALK, "L'été, non");
  assert.equal(step("start", "word", false), "souvent. L'été, non");
  assert.equal(step("start", "word", true), "L'été, non");
  assert.equal(step("start", "word", true), "non");
  assert.equal(step("start", "word", true), "non");
});

test("bounds cross turns, and never stop in a speaker's label", () => {
  const { text } = TALK;
  const step = walker(TALK, "non\u00a0!");
  assert.equal(step("end", "word", true), "non\u00a0!\nBob : Le");
  assert.equal(step("end", "word", false), "non\u00a0!");
  const back = walker(TALK, "Le vélo");
  assert.equal(back("start", "word", false), "non\u00a0!\nBob : Le vélo");
  assert.equal(back("start", "word", true), "Le vélo");
  const first = walker(TALK, "Il pleut");
  assert.equal(first("start", "word", false), "Il pleut");
  const last = walker(TALK, "Oui.");
  assert.equal(last("end", "grapheme", true), "Oui.");
  assert.ok(text.includes("Bob : "));
});

test("by character a bound never cuts a grapheme nor rests on a space", () => {
  const step = walker(TALK, "vélo");
  assert.equal(step("end", "grapheme", true), "vélo ");
  assert.equal(step("end", "grapheme", true), "vélo 👩🏽‍🔧");
  step("end", "grapheme", true);
  assert.equal(step("end", "grapheme", true), "vélo 👩🏽‍🔧 e\u0301");
  assert.equal(step("end", "grapheme", false), "vélo 👩🏽‍🔧");
  assert.equal(step("end", "grapheme", false), "vélo");
  assert.equal(step("start", "grapheme", true), "élo");
});

test("a bound that is dragged takes whole words, with Alt whole characters, and never passes the other", () => {
  const { text } = TALK;
  const span = [text.indexOf("pleut"), text.indexOf("pleut") + 5];
  const at = (words, plus = 0) => text.indexOf(words) + plus;
  const words = (edge, place, exact) => text.slice(...placed(text, span, edge, place, exact));
  assert.equal(words("end", at("souvent", 2), false), "pleut, souvent");
  assert.equal(words("end", at("souvent", 2), true), "pleut, so");
  assert.equal(words("start", at("Il", 1), false), "Il pleut");
  assert.equal(words("end", 0, false), "pleut");
  assert.equal(words("end", 0, true), "p");
  assert.equal(words("start", text.length, false), "pleut");
  assert.equal(words("start", text.length, true), "t");
  const emoji = at("👩🏽‍🔧");
  assert.equal(text.slice(...placed(text, [at("vélo"), at("vélo", 4)], "end", emoji + 3, true)), "vélo 👩🏽‍🔧");
});

test("bounds moved, recoded and taken back are one mechanism", () => {
  const text = "un deux trois";
  const index = new TextIndex(text);
  const codings = new Codings(index, [{ s: 0, e: text.length }]);
  codings.receive({ codings: [["a", 0, 2, "c", "Ana", 1]], codes: [{ id: "c", name: "C" }, { id: "d", name: "D" }] }, []);
  const waiting = [];
  const before = [];
  const operations = new Operations({
    doc: { id: "doc", textHash: "h" },
    codings,
    outbox: { add: (operation) => (waiting.push(operation), operation) },
    changed: () => codings.refold(waiting),
    before: () => before.push(waiting.length),
  });
  operations.rebound({ id: "a", from: [0, 2], span: [0, 7], code: "c" });
  const [sent] = waiting;
  assert.deepEqual([sent.op, sent.id, sent.start, sent.end, sent.quote], ["rebound", "a", 0, 7, "un deux"]);
  assert.deepEqual([codings.byId.get("a").end, codings.byId.get("a").flags], [7, 1]);
  operations.recode(codings.byId.get("a"), { id: "d" });
  operations.undo();
  operations.undo();
  const now = codings.byId.get("a");
  assert.deepEqual([now.start, now.end, now.code], [0, 2, "c"]);
  assert.ok(before.length >= 4); // whatever is sent, what moves is sent before it
  codings.refold([{ changes: [{ move: { id: "gone", start: 0, end: 2 } }] }]);
  assert.equal(codings.byId.has("gone"), false);
});

const hits = (layout, typed) =>
  findHits(new Folded(layout.text), layout.blocks, typed).map(([s, e]) => layout.text.slice(s, e));

test("words are found by their beginnings, accents and case aside", () => {
  assert.deepEqual(hits(TALK, "ETE"), ["été"]);
  assert.deepEqual(hits(TALK, "étai"), ["e\u0301tait"]);
  assert.deepEqual(hits(TALK, "pleu"), ["pleut"]);
  assert.deepEqual(hits(TALK, "leut"), []);
  assert.deepEqual(hits(TALK, "l'été"), ["été"]);
  assert.deepEqual(hits(TALK, "vélos"), ["vélo"]);
  assert.deepEqual(hits(TALK, ""), []);
  assert.deepEqual(hits(TALK, "  «»"), []);
  assert.deepEqual(hits(laidOut("A : œuvre ou cœur"), "oeu"), ["œuvre"]);
  assert.deepEqual(hits(laidOut("A : un y deux yaourts"), "y"), ["y"]);
  assert.deepEqual(hits(laidOut("A : mé\u00addiation"), "media"), ["mé\u00addiation"]);
});

test("names of speakers are no hits", () => {
  assert.deepEqual(hits(TALK, "Bob"), []);
});

test("expressions between quotation marks are found as they are written", () => {
  assert.deepEqual(hits(TALK, "« le vélo »"), ["Le vélo"]);
  assert.deepEqual(hits(TALK, '"le vel"'), []);
  assert.deepEqual(hits(TALK, '"le vel*"'), ["Le vélo"]);
  assert.deepEqual(hits(TALK, '"pleut souvent"'), ["pleut, souvent"]);
  assert.deepEqual(hits(TALK, "“l’été”"), ["L'été"]);
  assert.deepEqual(hits(TALK, '"non le'), []); // not from one turn to the next
  assert.deepEqual(hits(TALK, "=pleu"), []);
});

test("what is typed in the page Chercher gives its words", () => {
  const words = (typed) => understand(typed).map(({ words: found }) => found.join(" "));
  assert.deepEqual(words("pluie OU froid"), ["pluie", "froid"]);
  assert.deepEqual(words("(pluie ET vélo) SAUF neige"), ["pluie", "velo"]);
  assert.deepEqual(words("pluie PROCHE/5 « au pied »"), ["pluie", "au pied"]);
  assert.deepEqual(words("pluie -vélo médiat*"), ["pluie", "mediat"]);
  assert.deepEqual(words("rendez-vous"), ["rendez vous"]);
  assert.deepEqual(words(".*[a-z]+("), ["a z"]);
});

const pressed = (key, more = {}) => ({ key, code: "", ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...more });

test("a command takes the key it is given, and who had it takes the old one", () => {
  const own = new Keymap().given("repeat", "r", "t");
  assert.deepEqual(own, { repeat: ["t"], turn: ["r"] });
  const keymap = new Keymap(own);
  assert.deepEqual(keymap.command(pressed("t")), { name: "repeat" });
  assert.deepEqual(keymap.command(pressed("R")), { name: "turn" });
  assert.deepEqual(keymap.given("repeat", "t", "r"), {}); // as it was: nothing of one's own is left
  assert.deepEqual(new Keymap().given("palette", "k", "p"), { palette: ["Enter", "p"] });
  assert.deepEqual(new Keymap().given("repeat", "r", "r"), {});
});

test("keys kept by another version or by hand do no harm", () => {
  assert.deepEqual(readOwn(null), {});
  assert.deepEqual(readOwn([1, 2]), {});
  assert.deepEqual(readOwn({ repeat: "x", fly: ["y"], turn: [3], help: ["h"] }), { help: ["h"] });
  const keymap = new Keymap({ repeat: ["v"] });
  assert.deepEqual(keymap.command(pressed("v")), { name: "repeat" });
  assert.deepEqual(keymap.keys("inVivo"), []);
});

test("keys of the browser, digits and dead keys are not given away", () => {
  assert.equal(unfit(pressed("w", { ctrlKey: true })), "browser");
  assert.equal(unfit(pressed("F5")), "browser");
  assert.equal(unfit(pressed("Tab", { shiftKey: true })), "focus");
  assert.equal(unfit(pressed("é", { code: "Digit2" })), "digit");
  assert.equal(unfit(pressed("Dead")), "dead");
  assert.equal(unfit(pressed(" ")), "scroll");
  assert.equal(unfit(pressed("p")), null);
  assert.equal(unfit(pressed("P", { shiftKey: true })), null);
  assert.equal(unfit(pressed("F2")), null);
  assert.equal(unfit(pressed("/", { code: "Digit7", shiftKey: true })), null); // where « / » is printed above the 7
});

test("no two commands have the same key", () => {
  const all = DEFAULT_KEYS.flatMap(({ keys }) => keys);
  assert.equal(new Set(all).size, all.length);
});

test("a column of the overview holds no more runs than rows", () => {
  const many = Array.from({ length: 5000 }, (_, i) => ({ s: i * 20, e: i * 20 + 15, value: i % 3 }));
  assert.ok(runs(many, 100000, 300).length <= 300);
  assert.deepEqual(runs([{ s: 0, e: 50, value: "a" }, { s: 50, e: 100, value: "b" }], 100, 10), [[0, 5, "a"], [5, 10, "b"]]);
  assert.deepEqual(runs([{ s: 99, e: 100, value: "a" }], 100, 10, 2), [[9, 10, "a"]]);
  assert.deepEqual(runs([{ s: 0, e: 0, value: "a" }], 0, 5), [[0, 1, "a"]]);
  assert.deepEqual(ticks([5, 5, 95, 100], 100, 10), [0, 9]);
  assert.deepEqual(stretch(50, 100, 1000, 2), [480, 500, 520]);
  assert.deepEqual(stretch(0, 0, 0), [0, 0, 1]);
});

test("every key leads to something that the coder does", async () => {
  const [{ Commands }, { Going }] = [await load("commands"), await load("going")];
  const zones = ["nextZone", "previousZone"]; // anywhere in the coder, not in the text alone: zones.js
  for (const { command } of DEFAULT_KEYS) {
    assert.ok(zones.includes(command) || Commands.prototype[command] || Going.prototype[command], command);
  }
});
