// Tints on the text by the CSS Custom Highlight API: the page's elements never change, so the reader's selection stays.
// Only blocks near the screen hold ranges.

import { tints } from "./colours.js";

// At most this many tints lie over each other: colours.js keeps the ink readable on three. Codings in further
// lanes are underlined in their colour.
const TINTED_LANES = 3;

const FORCED = "background-color:Canvas;color:CanvasText;text-decoration:underline 2px CanvasText";

const supported = () => typeof CSS !== "undefined" && "highlights" in CSS && typeof Highlight !== "undefined";

export class Painter {
  constructor(view, codings) {
    this.view = view;
    this.codings = codings;
    this.names = new Map(); // code id → number in the style sheet
    this.highlights = new Map(); // code id → {tint, line}: two Highlights
    this.painted = new Map(); // block → [[Highlight, range]]
    this.layers = []; // who else paints on a block: ranges(block) → [[Highlight, range]]
    this.tints = new Map(); // code id → {stripe, tint}
    this.sheet = document.createElement("style");
    document.head.append(this.sheet);
    this.marks = {};
    for (const [mark, priority] of [["current", 5000], ["selection", 6000]]) this.marks[mark] = this.#highlight(mark, priority);
    this.shown = { current: null, selection: null };
  }

  #highlight(name, priority) {
    if (!supported()) return new Set();
    const highlight = new Highlight();
    highlight.priority = priority;
    CSS.highlights.set(`qkc-${name}`, highlight);
    return highlight;
  }

  /** The page's and the ink's colours, and the codes' own, into tints and a style sheet. */
  colour(codes, { page, ink, palest }) {
    const rules = [];
    for (const code of codes.values()) {
      if (!this.names.has(code.id)) {
        const number = this.names.size;
        this.names.set(code.id, number);
        this.highlights.set(code.id, {
          tint: this.#highlight(`code-${number}`, number),
          line: this.#highlight(`code-${number}-line`, 1000 + number),
        });
      }
      const made = tints(code.color, page, ink, palest);
      this.tints.set(code.id, made);
      const name = `qkc-code-${this.names.get(code.id)}`;
      rules.push(
        `::highlight(${name}){background-color:${made.tint}}`,
        `::highlight(${name}-line){text-decoration:underline 2px ${made.stripe}}`,
        // In forced colours every highlight would look like a selection: an underline says that something is coded here.
        `@media (forced-colors:active){${[name, `${name}-line`].map((one) => `::highlight(${one}){${FORCED}}`).join("")}}`,
      );
    }
    const text = rules.join("\n");
    if (this.sheet.textContent !== text) this.sheet.textContent = text;
  }

  block(i) {
    this.#clear(i);
    if (!this.view.near.has(i)) return;
    const ranges = [];
    for (const coding of this.codings.byBlock[i]) {
      const highlight = this.highlights.get(coding.code)?.[coding.lane < TINTED_LANES ? "tint" : "line"];
      const range = highlight && this.view.rangeIn(i, coding.s, coding.e);
      if (!range) continue;
      highlight.add(range);
      ranges.push([highlight, range]);
    }
    for (const layer of this.layers) ranges.push(...layer.ranges(i));
    if (ranges.length) this.painted.set(i, ranges);
  }

  #clear(i) {
    for (const [highlight, range] of this.painted.get(i) ?? []) highlight.delete(range);
    this.painted.delete(i);
  }

  blocks(came, left = []) {
    left.forEach((i) => this.#clear(i));
    for (const i of came) this.block(i);
    if (came.length) this.#repaintMarks();
  }

  /** Show the selection or the current coding: `mark` is "selection" or "current", span is [s, e] or null. */
  mark(mark, span) {
    this.shown[mark] = span;
    const highlight = this.marks[mark];
    highlight.clear();
    if (!span) return;
    for (const [, range] of this.view.ranges(span[0], span[1])) highlight.add(range);
  }

  #repaintMarks() {
    for (const mark of Object.keys(this.marks)) if (this.shown[mark]) this.mark(mark, this.shown[mark]);
  }

  destroy() {
    for (const { tint, line } of this.highlights.values()) [tint, line].forEach((highlight) => highlight.clear());
    for (const highlight of Object.values(this.marks)) highlight.clear();
    if (supported()) {
      // When another text is opened, its coder may already stand under the same names: only our own are taken away.
      const own = new Set([...Object.values(this.marks), ...[...this.highlights.values()].flatMap(({ tint, line }) => [tint, line])]);
      for (const [name, highlight] of [...CSS.highlights]) if (own.has(highlight)) CSS.highlights.delete(name);
    }
    this.sheet.remove();
  }
}
