// What people write in memos, read as Markdown: blocks and spans, without a browser.

import assert from "node:assert/strict";
import { test } from "node:test";

const { blocks, inline, plainWords } = await import(`${process.env.QUALIKIT_FRONTEND}/markdown.js`);

const p = (...spans) => ({ tag: "p", spans });

test("paragraphs are parted by empty lines, and a line end stays one", () => {
  assert.deepEqual(blocks("Un\r\ndeux\n\ntrois"), [p("Un", { tag: "br" }, "deux"), p("trois")]);
  assert.deepEqual(blocks(""), []);
  assert.deepEqual(blocks(" \n\n"), []);
});

test("emphasis, code and links are read, and what only looks like them is text", () => {
  assert.deepEqual(inline("du *léger*, du **fort**, `a*b`"), [
    "du ", { tag: "em", spans: ["léger"] }, ", du ", { tag: "strong", spans: ["fort"] }, ", ", { tag: "code", text: "a*b" },
  ]);
  assert.deepEqual(inline("**tout *ici* **"), ["**tout ", { tag: "em", spans: ["ici"] }, " **"]);
  assert.deepEqual(inline("**a *b* c**"), [{ tag: "strong", spans: ["a ", { tag: "em", spans: ["b"] }, " c"] }]);
  for (const text of ["3 * 4 * 5", "prix_du_matin", "un * seul", "_", "**", "[sans suite]", "a\u00a0: 2*"]) {
    assert.deepEqual(inline(text), [text], text);
  }
  assert.deepEqual(inline("\\*rien\\*"), ["*rien*"]);
  assert.deepEqual(inline("[le site](javascript:alert(1)"), [{ tag: "link", text: "le site", to: "javascript:alert(1" }]);
  assert.deepEqual(inline("![](x.png)"), [{ tag: "link", text: "x.png", to: "x.png" }]);
});

test("lists hold what is indented under their items", () => {
  assert.deepEqual(blocks("- un\n- deux\n  - trois\n\nfin"), [
    { tag: "ul", start: 1, items: [[p("un")], [p("deux"), { tag: "ul", start: 1, items: [[p("trois")]] }]] },
    p("fin"),
  ]);
  assert.deepEqual(blocks("3. trois\n4. quatre"), [{ tag: "ol", start: 3, items: [[p("trois")], [p("quatre")]] }]);
  assert.equal(blocks("avant\n- un").length, 2);
});

test("headings, quotes and code are blocks", () => {
  assert.deepEqual(blocks("## Piste ##\n> dit-elle\n> encore\n```\n*brut*\n```"), [
    { tag: "h", level: 2, spans: ["Piste"] },
    { tag: "blockquote", blocks: [p("dit-elle", { tag: "br" }, "encore")] },
    { tag: "pre", text: "*brut*" },
  ]);
  assert.deepEqual(blocks("```\nsans fin"), [{ tag: "pre", text: "sans fin" }]);
  assert.deepEqual(blocks("#mot"), [p("#mot")]);
});

test("markup is text", () => {
  assert.deepEqual(blocks("<img src=x onerror=alert(1)>"), [p("<img src=x onerror=alert(1)>")]);
});

test("no depth and no length is too much", () => {
  assert.ok(blocks(`${"> ".repeat(400)}fin`).length);
  assert.ok(blocks(Array.from({ length: 400 }, (_, i) => `${" ".repeat(i)}- x`).join("\n")).length);
  assert.ok(inline("*".repeat(5000)).length);
  assert.ok(inline("_a ".repeat(3000)).length);
});

test("a memo in one line has no marks", () => {
  assert.equal(plainWords("# Titre\n- *un*\n- [deux](x)\n\n> `trois` 🚲"), "Titre un deux trois 🚲");
});
