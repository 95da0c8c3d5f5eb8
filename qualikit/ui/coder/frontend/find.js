// Finding words in the text: a slim field over it, the hits marked, a key from one to the next. A hit becomes the
// selection, so that the next key codes it. The words outlive the page: another document shows its hits of them.

import { eachFrame, h } from "./dom.js";
import { findHits, Folded } from "./hits.js";
import { countBelow } from "./offsets.js";

const PREFIX = "qualikit:find:";

export class Find {
  constructor(coder) {
    this.coder = coder;
    const { words } = coder;
    this.hits = [];
    this.starts = [];
    this.painted = new Map(); // block → ranges
    const [place, , , who] = coder.docKey.split(":");
    this.name = `${PREFIX}${place}:${who}`;
    this.highlight = this.#highlight();
    this.field = h("input.qkc-find-field", {
      type: "search",
      placeholder: words.say("find_hint"),
      "aria-label": words.say("find"),
      spellcheck: "false",
      autocomplete: "off",
      onkeydown: (event) => this.#key(event),
    });
    this.soon = eachFrame(() => this.#typed());
    this.field.addEventListener("input", this.soon);
    this.count = h("span.qkc-find-count", { role: "status", "aria-live": "polite" });
    const button = (label, sign, act) =>
      h("button.qkc-act", { type: "button", title: words.say(label), "aria-label": words.say(label), onclick: act }, sign);
    this.buttons = [
      button("previous_hit", "↑", () => this.go(-1)),
      button("next_hit", "↓", () => this.go(1)),
    ];
    this.element = h(
      "div.qkc-find",
      { role: "search", hidden: true },
      this.field,
      this.count,
      ...this.buttons,
      h("span.qkc-find-keys", {}),
      button("close", "×", () => this.close()),
    );
    this.element.addEventListener("mousedown", (event) => event.target !== this.field && event.preventDefault());
    this.rekey();
  }

  #highlight() {
    if (typeof Highlight === "undefined" || !("highlights" in CSS)) return new Set();
    const highlight = new Highlight();
    highlight.priority = 4000;
    CSS.highlights.set("qkc-hit", highlight);
    return highlight;
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /** The keys in force, in the line. */
  rekey() {
    const { words } = this.coder;
    this.element.querySelector(".qkc-find-keys").textContent = words.say("find_keys");
    this.buttons[0].title = words.say("previous_hit");
    this.buttons[1].title = words.say("next_hit");
  }

  /** The words of the last search in this tab, as they were left. */
  restore() {
    const [typed, isOpen] = this.#kept();
    this.field.value = typed;
    if (typed && isOpen) this.#open();
  }

  #kept() {
    try {
      const kept = JSON.parse(window.sessionStorage.getItem(this.name) ?? "null");
      if (Array.isArray(kept) && typeof kept[0] === "string") return [kept[0], kept[1] === true];
    } catch {
      // Storage refused, or written by something else: nothing was searched.
    }
    return ["", false];
  }

  #keep() {
    try {
      window.sessionStorage.setItem(this.name, JSON.stringify([this.field.value, this.isOpen]));
    } catch {
      // The words last as long as the page.
    }
  }

  /** Open the field; words selected in the text are put into it. */
  open() {
    const { span } = this.coder.selector;
    const chosen = span ? this.coder.index.slice(...span) : "";
    const isHit = span && this.hits.some(([s, e]) => s < span[1] && span[0] < e);
    if (chosen && chosen.length <= 60 && !chosen.includes("\n") && !isHit) {
      this.field.value = /\s/.test(chosen) ? `« ${chosen} »` : chosen;
    }
    this.#open();
    this.field.focus();
    this.field.select();
  }

  /** Words that another page brings: their hits are shown, the keyboard stays in the text. */
  bring(typed) {
    this.field.value = typed;
    this.#open();
  }

  #open() {
    this.element.hidden = false;
    this.#search();
    this.#keep();
  }

  close() {
    this.element.hidden = true;
    this.#set([]);
    this.#keep();
    this.coder.commands.back();
  }

  #typed() {
    this.#search();
    this.#keep();
    const near = this.#nearest(1);
    if (near >= 0) this.coder.view.reveal(this.hits[near][0]);
  }

  #search() {
    this.folded ??= new Folded(this.coder.index.text);
    this.#set(findHits(this.folded, this.coder.view.blocks, this.field.value));
  }

  #set(hits) {
    this.hits = hits;
    this.starts = hits.map(([s]) => s);
    this.near([...this.coder.view.near], [...this.painted.keys()]);
    this.coder.overview.draw();
    this.look();
  }

  /** Blocks came near the screen, others left it. */
  near(came, left = []) {
    for (const i of [...left, ...came]) {
      for (const range of this.painted.get(i) ?? []) this.highlight.delete(range);
      this.painted.delete(i);
    }
    if (!this.hits.length) return;
    const { view } = this.coder;
    for (const i of came) {
      if (!view.near.has(i)) continue;
      const { s, e } = view.blocks[i];
      const ranges = [];
      // The hit before may reach into a block cut from one long line.
      for (let n = Math.max(0, countBelow(this.starts, s) - 1); n < this.hits.length && this.hits[n][0] < e; n += 1) {
        const range = view.rangeIn(i, ...this.hits[n]);
        if (range) ranges.push(range);
      }
      ranges.forEach((range) => this.highlight.add(range));
      if (ranges.length) this.painted.set(i, ranges);
    }
  }

  /** The hit that the selection is on, or -1. */
  #here() {
    const { span } = this.coder.selector;
    if (!span) return -1;
    const i = countBelow(this.starts, span[1]) - 1;
    return i >= 0 && this.hits[i][1] > span[0] ? i : -1;
  }

  /** The first hit after (before) the place where one is. */
  #nearest(step) {
    const { selector, at } = this.coder;
    const place = selector.span?.[0] ?? at ?? selector.lastPlace();
    const before = countBelow(this.starts, place);
    const i = step > 0 ? before : before - 1;
    return this.hits.length ? (i + this.hits.length) % this.hits.length : -1;
  }

  /** Say how many there are, and which one is selected. */
  look() {
    if (!this.isOpen) return;
    const { words } = this.coder;
    const n = this.hits.length;
    const here = this.#here();
    const text = !this.field.value.trim() ? "" : here >= 0
      ? words.say("hit_of", { n: words.number.format(here + 1), total: words.number.format(n) })
      : words.count("hits", n);
    if (this.count.textContent !== text) this.count.textContent = text;
    this.element.classList.toggle("qkc-none-found", Boolean(this.field.value.trim()) && !n);
  }

  /** Select the next hit (step 1) or the one before (-1); the text begins again where it ends. */
  go(step) {
    const { coder } = this;
    if (!this.isOpen) {
      if (!this.field.value.trim()) {
        this.open();
        return;
      }
      this.#open();
    }
    if (!this.hits.length) {
      coder.status.note(coder.words.say("no_hit", { words: this.field.value.trim() }));
      return;
    }
    const here = this.#here();
    const next = here < 0 ? this.#nearest(step) : (here + step + this.hits.length) % this.hits.length;
    if (here >= 0 && (next - here) * step < 0) coder.status.note(coder.words.say(step > 0 ? "hits_again" : "hits_from_end"));
    coder.listed = null;
    const [s, e] = this.hits[next];
    coder.view.reveal(s);
    coder.selector.take(s, e, false);
    coder.commands.back();
    this.look();
  }

  #key(event) {
    event.stopPropagation();
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      this.soon.cancel();
      this.#search();
      this.#keep();
      if (this.field.value.trim() && this.hits.length) this.go(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    }
  }

  destroy() {
    this.soon.cancel();
    this.highlight.clear();
    // When another text is opened, its coder may already stand under the same name: only our own is taken away.
    if (typeof Highlight !== "undefined" && CSS.highlights?.get("qkc-hit") === this.highlight) CSS.highlights.delete("qkc-hit");
  }
}
