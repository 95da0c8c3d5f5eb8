// The margin on the right: one stripe per coding, in its lane, with the code's name where the coding begins.

import { h } from "./dom.js";
import { listed } from "./voice.js";

export const PITCH = 8; // pixels from one lane to the next
const SAME_LINE = 14; // pixels: codings that begin on one line of text share one line of names

/** Where passages begin and end in the row of a block, in pixels from its top: {coding, begins, top, bottom}. */
export function bounds(view, i, codings) {
  const block = view.blocks[i];
  const row = view.rows[i].getBoundingClientRect();
  const line = view.nodes[i].parentElement.getBoundingClientRect();
  const edge = (unit, side) => {
    const range = document.createRange();
    const node = view.nodes[i];
    const at = Math.max(0, Math.min(unit - block.s, node.length - 1));
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const rects = range.getClientRects();
    const rect = rects[side === "top" ? 0 : rects.length - 1] ?? line;
    return rect[side] - row.top;
  };
  return codings.map((coding) => ({
    coding,
    begins: coding.s >= block.s,
    top: coding.s < block.s ? 0 : coding.s === block.s ? line.top - row.top : edge(coding.s, "top"),
    bottom: coding.e > block.e ? row.height : coding.e === block.e ? line.bottom - row.top : edge(coding.e - 1, "bottom"),
  }));
}

export class Margin {
  constructor({ view, codings, painter, words }) {
    Object.assign(this, { view, codings, painter, words });
    this.lanes = 6;
    this.labels = 2; // names on one line before « +n »
    this.current = null;
    this.margins = new Map(); // block → {element, parts}
  }

  /** Draw again the margins of the blocks: all is measured first, then all is written. */
  draw(blocks) {
    const plans = [];
    for (const i of blocks) {
      if (!this.view.near.has(i)) this.#remove(i);
      else plans.push([i, this.#measure(i)]);
    }
    for (const [i, plan] of plans) this.#write(i, plan);
  }

  drop(blocks) {
    for (const i of blocks) this.#remove(i);
  }

  #remove(i) {
    this.margins.get(i)?.element.remove();
    this.margins.delete(i);
  }

  #measure(i) {
    const codings = [...this.codings.byBlock[i], ...(this.suggesting?.inBlock(i) ?? [])];
    if (!codings.length) return null;
    const bars = bounds(this.view, i, codings);
    return bars.sort((a, b) => a.coding.lane - b.coding.lane);
  }

  /** Only what has changed is made anew: putting an element into a long page costs more than measuring it. */
  #write(i, bars) {
    if (!bars) {
      this.#remove(i);
      return;
    }
    let margin = this.margins.get(i);
    if (!margin) {
      margin = { element: h("div.qkc-margin", { role: "img", "aria-roledescription": this.words.say("told_margin") }), parts: new Map() };
      this.view.rows[i].append(margin.element);
      this.margins.set(i, margin);
    }
    const kept = new Map();
    const put = (key, signature, make) => {
      const old = margin.parts.get(key);
      margin.parts.delete(key);
      const part = old?.signature === signature ? old : { signature, element: make() };
      if (!old) margin.element.append(part.element);
      else if (part !== old) old.element.replaceWith(part.element);
      kept.set(key, part);
    };
    const lines = new Map(); // top → codings that begin there
    let hidden = 0;
    for (const bar of bars) {
      const { coding, top, bottom } = bar;
      const place = [coding.lane, Math.round(top), Math.round(bottom), this.#looks(coding)].join();
      if (coding.lane < this.lanes) put(coding.id, place, () => this.#stripe(bar));
      else hidden += 1;
      if (bar.begins) {
        const line = [...lines.keys()].find((other) => Math.abs(other - top) < SAME_LINE) ?? Math.round(top);
        if (!lines.has(line)) lines.set(line, []);
        lines.get(line).push(coding);
      }
    }
    for (const [top, codings] of lines) {
      const shown = codings.slice(0, this.labels).map((coding) => this.#looks(coding));
      put(`line ${top}`, [codings.length, this.labels, ...shown].join(), () => this.#names(i, top, codings));
    }
    if (hidden && !lines.size) {
      put("hidden", String(hidden), () => h("div.qkc-names", { style: { top: "2px" } }, this.#more(i, hidden)));
    }
    this.#say(margin.element, bars);
    const used = Math.min(this.lanes, 1 + Math.max(...bars.map((bar) => bar.coding.lane)));
    margin.element.style.setProperty("--qkc-used", `${used * PITCH}px`);
    for (const { element } of margin.parts.values()) element.remove();
    margin.parts = kept;
  }

  /** For those who listen, after the words of the line: the names of what is coded in it. */
  #say(element, bars) {
    const names = listed(bars.map(({ coding }) => this.codings.codes.get(coding.code)?.name ?? "?"));
    if (element.getAttribute("aria-label") !== names) element.setAttribute("aria-label", names);
  }

  /** What a coding's stripe and name look like: the same words mean the same picture. */
  #looks(coding) {
    const code = this.codings.codes.get(coding.code);
    return [coding.id, code?.name, code?.path, this.painter.tints.get(coding.code)?.stripe, Boolean(coding.waiting)].join("|");
  }

  #attributes(coding) {
    const code = this.codings.codes.get(coding.code);
    const name = code?.path || code?.name || "";
    const current = coding.suggestion ? this.suggesting.current : this.current;
    const classes = [
      coding.suggestion && "qkc-suggested",
      coding.waiting && "qkc-waiting",
      coding.id === current && "qkc-current",
    ].filter(Boolean);
    return {
      [coding.suggestion ? "data-suggestion" : "data-coding"]: coding.id,
      title: coding.suggestion ? this.words.say("suggestion_of", { name }) : name,
      style: { "--qkc-c": this.painter.tints.get(coding.code)?.stripe ?? "#888" },
      classes,
    };
  }

  #stripe({ coding, top, bottom }) {
    const { classes, style, ...rest } = this.#attributes(coding);
    const place = { top: `${top + 1}px`, height: `${Math.max(6, bottom - top - 2)}px`, left: `${coding.lane * PITCH}px` };
    return h(["span.qkc-stripe", ...classes].join("."), { ...rest, style: { ...style, ...place } });
  }

  #names(i, top, codings) {
    const line = h("div.qkc-names", { style: { top: `${top}px` } });
    for (const coding of codings.slice(0, this.labels)) {
      const { classes, ...rest } = this.#attributes(coding);
      const name = this.codings.codes.get(coding.code)?.name ?? "?";
      const word = coding.suggestion ? h("small", {}, this.words.say("suggestion")) : null;
      line.append(h(["span.qkc-name", ...classes].join("."), rest, word, name));
    }
    if (codings.length > this.labels) line.append(this.#more(i, codings.length - this.labels));
    return line;
  }

  #more(i, n) {
    return h("span.qkc-more", { "data-block": i, title: this.words.count("more_here", n) }, `+${n}`);
  }
}
