// The list of passages: only the cards near the window are in the page; what is in them comes page by page.

import { parse, tints } from "../colours.js";
import { eachFrame, h, Words } from "../dom.js";
import { chord, typing } from "../keys.js";
import { Palette } from "../palette.js";
import { ordered } from "../tree_order.js";
import { Actions } from "./actions.js";
import { card } from "./card.js";
import { Heights } from "./heights.js";
import { pagesFor, Rows } from "./rows.js";

const CARD = 96; // px, as in reading.css
const HEADING = 38;
const PATIENCE = 4000; // ms without an answer before asking again
const SPARE = 8; // cards kept on each side of the window
const COMMANDS = {
  ArrowDown: "next", j: "next", ArrowUp: "previous", k: "previous", PageDown: "nextGroup", PageUp: "previousGroup",
  Home: "first", End: "last", Enter: "open", " ": "tick", c: "recode", m: "memo", v: "verbatim", x: "remove",
  Delete: "remove", s: "alike", o: "coder", Escape: "clear", "Ctrl+z": "undo", "Ctrl+Shift+z": "redo", "Ctrl+y": "redo", "Ctrl+a": "tickAll",
}; // prettier-ignore

export class List {
  constructor(parent, data, store) {
    Object.assign(this, { data, store, total: data.total });
    this.words = new Words(data.labels);
    this.rows = new Rows();
    this.heights = new Heights(data.total, data.groups, { card: CARD, heading: HEADING });
    this.codes = new Map();
    this.tints = new Map();
    this.codeIds = data.codeIds;
    this.ticked = new Set();
    this.open = new Set();
    this.shown = new Map(); // place → element
    this.actions = new Actions({ outbox: store.outbox, words: this.words, changed: () => this.refold() });
    this.palette = new Palette({ words: this.words, painter: this });
    this.palette.pinned = [];
    this.at = Math.min(Math.max(0, data.at ?? 0), Math.max(0, data.total - 1));
    this.#assemble(parent);
  }

  #assemble(parent) {
    const { words } = this;
    this.sheet = h("div.qkr-sheet", {});
    this.scroller = h("div.qkr-scroller", { role: "feed", tabindex: "0", "aria-label": words.say("passages"), "aria-busy": "false" }, this.sheet);
    this.bar = h("div.qkr-bar", { role: "status" });
    this.notes = h("div.qkr-notes", { role: "log", "aria-live": "assertive" });
    this.root = h("div.qkc-coder.qkr", { lang: words.lang }, this.scroller, this.notes, h("footer.qkr-foot", {}, this.bar, h("span.qkr-hint", {}, words.say("reading_keys"))), this.palette.dialog, this.#memoDialog());
    parent.append(this.root);
    this.themed();
    this.draw = eachFrame(() => this.#draw());
    this.scroller.addEventListener("scroll", this.draw, { passive: true });
    this.root.addEventListener("keydown", (event) => this.#key(event));
    this.sheet.addEventListener("click", (event) => this.#click(event));
    this.fit = () => {
      const top = this.root.getBoundingClientRect().top + window.scrollY;
      this.root.style.height = `${Math.max(300, Math.min(window.innerHeight - 60, window.innerHeight - top - 16))}px`;
      this.draw();
    };
    this.leaving = new AbortController();
    window.addEventListener("resize", this.fit, { signal: this.leaving.signal });
    this.fit();
    this.sheet.style.height = `${this.heights.height + 8}px`; // there is nowhere to scroll to without it
    this.scroller.scrollTop = Math.max(0, this.heights.top(this.at) - 60);
    this.#draw();
    this.#say();
  }

  #memoDialog() {
    const { words } = this;
    this.memoText = h("textarea.qkr-memo-text", { rows: 6, "aria-label": words.say("memo"), placeholder: words.say("memo_hint") });
    this.memoText.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#keepMemo();
    });
    this.memo = h("dialog.qkc-palette.qkr-memo-dialog", { "aria-label": words.say("memo") }, h("div.qkc-title", {}, words.say("memo")), this.memoText, h("p.qkc-foot", {}, words.say("memo_keys")), h("button.qkc-act", { type: "button", onclick: () => this.#keepMemo() }, words.say("keep")));
    this.memo.addEventListener("close", () => this.focus());
    this.memo.addEventListener("cancel", (event) => event.stopPropagation());
    return this.memo;
  }

  themed() {
    const style = getComputedStyle(this.root);
    const page = parse(style.getPropertyValue("--st-background-color"), "#ffffff");
    const ink = parse(style.getPropertyValue("--st-text-color"), "#1f2330");
    const dark = page[0] * 0.3 + page[1] * 0.6 + page[2] * 0.1 < 128;
    this.root.classList.toggle("qkc-dark", dark);
    for (const code of this.codes.values()) this.tints.set(code.id, tints(code.color, page, ink));
    if (this.sheet.childElementCount) this.redraw();
  }

  /** Python's state has come; `left` is what it settled of the outbox. */
  receive(state, left) {
    if (state.codesKey !== this.codesKey) {
      this.codesKey = state.codesKey;
      this.list = ordered(state.codes.map((code) => ({ ...code })));
      this.codes = new Map(this.list.map((code) => [code.id, code]));
      this.themed();
    }
    // Something was done elsewhere (the line at the top takes back): what undo takes back is not what this list did last.
    if (this.history && !left.acked.length && state.history?.undo !== this.history.undo) this.actions.forget();
    this.history = state.history ?? {};
    this.rows.settle(left.acked);
    this.rows.receive(state.rows);
    for (const { operation, reason } of left.refused) {
      this.actions.forget();
      this.note(operation.describe ? this.words.say("refused_what", { what: operation.describe, reason }) : this.words.say("refused", { reason }));
    }
    if (state.trouble && state.trouble !== this.trouble) this.note(state.trouble);
    this.trouble = state.trouble;
    this.refold();
  }

  outboxChanged() {
    this.#say();
  }

  refold() {
    this.rows.refold(this.store.outbox.waiting);
    this.redraw();
    this.#say();
  }

  redraw() {
    const focused = this.root.contains(document.activeElement) && document.activeElement.closest?.(".qkr-card");
    this.sheet.replaceChildren();
    this.shown.clear();
    this.#draw();
    if (focused) this.focus();
  }

  #draw() {
    const { heights, scroller } = this;
    if (!this.total || !this.root.isConnected) return;
    this.sheet.style.height = `${heights.height + 8}px`;
    const first = Math.max(0, heights.at(scroller.scrollTop) - SPARE);
    const last = Math.min(this.total - 1, heights.at(scroller.scrollTop + scroller.clientHeight) + SPARE);
    for (const [place, parts] of this.shown) {
      if (place >= first && place <= last && parts.ready === Boolean(this.rows.at(place))) continue;
      parts.elements.forEach((element) => element.remove());
      this.shown.delete(place);
    }
    for (let place = first; place <= last; place += 1) if (!this.shown.has(place)) this.#show(place);
    this.#want(first, last);
  }

  #show(place) {
    const { heights } = this;
    const row = this.rows.at(place);
    const element = card(this, place, row, { open: this.open.has(place), ticked: this.ticked.has(place) });
    element.style.top = `${heights.top(place)}px`;
    if (place === this.at) {
      element.tabIndex = 0;
      element.classList.add("qkr-current");
    }
    const elements = [element];
    if (heights.begins(place)) {
      const [label, , size] = this.data.groups[heights.group(place)];
      const heading = h("div.qkr-heading", { role: "heading", "aria-level": "2" }, label, h("small", {}, ` ${this.words.count("passages", size)}`));
      heading.style.top = `${heights.top(place) - HEADING}px`;
      elements.unshift(heading);
    }
    // In the order of the passages: a screen reader goes through the page, not by where things stand.
    const after = [...this.shown.keys()].filter((other) => other > place).sort((a, b) => a - b)[0];
    const anchor = after === undefined ? null : this.shown.get(after).elements[0];
    for (const each of elements) this.sheet.insertBefore(each, anchor);
    this.shown.set(place, { elements, ready: Boolean(row) });
  }

  /** Ask Python for the pages in sight that have not come. */
  #want(first, last) {
    let missing = false;
    for (let place = first; place <= last; place += 1) missing ||= !this.rows.byPlace.has(place);
    this.scroller.setAttribute("aria-busy", String(missing));
    if (!missing) return;
    const [from, to] = pagesFor(first, last, this.total, this.data.size);
    const asked = `${from}-${to}`;
    if (asked === this.asked) return;
    this.asked = asked;
    clearTimeout(this.asking);
    // A list that is being thrown is asked for where it stops.
    this.asking = setTimeout(() => {
      this.store.want([from, to]);
      this.asking = setTimeout(() => {
        this.asked = null; // no answer: the question may have been lost
        this.#draw();
      }, PATIENCE);
    }, 60);
  }

  row(place = this.at) {
    return this.rows.at(place);
  }

  /** The passages that an act is about: those ticked, else the current one. */
  targets() {
    const places = this.ticked.size ? [...this.ticked] : [this.at];
    return places.map((place) => this.rows.at(place) ?? this.#outlined(place)).filter((row) => row && !row.gone);
  }

  /** What is known of a passage whose card has not come. */
  #outlined(place) {
    const id = this.data.ids?.[place];
    return id ? { id, code: this.codeIds[this.data.code[place]] } : undefined;
  }

  go(place, { focus = true } = {}) {
    const before = this.at;
    this.at = Math.max(0, Math.min(this.total - 1, place));
    const { scroller, heights } = this;
    const top = heights.top(this.at) - (heights.begins(this.at) ? HEADING : 0);
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    this.#reveal(this.at);
    for (const each of [before, this.at]) this.#again(each);
    this.#draw();
    if (focus) this.focus();
  }

  #again(place) {
    const parts = this.shown.get(place);
    if (!parts) return;
    parts.elements.forEach((element) => element.remove());
    this.shown.delete(place);
    this.#show(place);
  }

  focus() {
    const element = this.shown.get(this.at)?.elements.at(-1) ?? this.scroller;
    element.focus({ preventScroll: true });
  }

  toggle(place) {
    if (!this.row(place)) return;
    if (this.open.has(place)) {
      this.open.delete(place);
      this.heights.set(place, CARD);
    } else {
      this.open.add(place);
      this.#again(place);
      this.heights.set(place, Math.max(CARD, (this.shown.get(place)?.elements.at(-1).offsetHeight ?? CARD) + 8));
    }
    this.redraw();
    this.#reveal(place);
    this.focus();
  }

  /** All of a card in sight, or its beginning where it is longer than the window. */
  #reveal(place) {
    const { scroller, heights } = this;
    const [top, bottom] = [heights.top(place), heights.bottom(place)];
    const low = Math.min(top, bottom - scroller.clientHeight);
    if (scroller.scrollTop < low || top < scroller.scrollTop) scroller.scrollTop = top < scroller.scrollTop ? top : low;
    this.#draw();
  }

  tick(place) {
    if (!this.row(place)) return;
    if (this.ticked.has(place)) this.ticked.delete(place);
    else this.ticked.add(place);
    this.#again(place);
    this.#say();
    this.focus();
  }

  #tickAll() {
    if (!this.data.ids) {
      this.note(this.words.say("too_many_to_tick"));
      return;
    }
    for (let place = 0; place < this.total; place += 1) if (!this.rows.at(place)?.gone) this.ticked.add(place);
    this.redraw();
    this.#say();
  }

  #untick() {
    this.ticked.clear();
    this.redraw();
    this.#say();
  }

  /** Go to the passage in its text, or to those like it. */
  #leave(to) {
    const row = this.row();
    if (row) this.store.go({ id: row.id, document: row.doc, start: row.start, stop: row.stop, at: Date.now(), place: this.at, to });
  }

  run(name) {
    const acts = {
      next: () => this.go(this.at + 1),
      previous: () => this.go(this.at - 1),
      nextGroup: () => this.go(this.data.groups[this.heights.group(this.at) + 1]?.[1] ?? this.total - 1),
      previousGroup: () => {
        const group = this.heights.group(this.at);
        this.go(this.heights.firsts[this.heights.begins(this.at) ? Math.max(0, group - 1) : group] ?? 0);
      },
      first: () => this.go(0),
      last: () => this.go(this.total - 1),
      open: () => this.toggle(this.at),
      tick: () => this.tick(this.at),
      tickAll: () => this.#tickAll(),
      clear: () => this.#untick(),
      recode: () => this.#recode(),
      memo: () => this.#memo(),
      verbatim: () => {
        const rows = this.targets();
        if (rows.length) this.actions.choose(rows, !rows.every((row) => row.chosen));
      },
      remove: () => {
        this.actions.remove(this.targets());
        this.#untick();
      },
      coder: () => this.#leave("coder"),
      alike: () => this.#leave("alike"),
      undo: () => this.actions.undo(),
      redo: () => this.actions.redo(),
    };
    acts[name]();
  }

  #recode() {
    const rows = this.targets();
    if (!rows.length) return;
    const title = rows.length > 1 ? this.words.count("recode_many", rows.length) : this.words.say("recode_title", { name: this.codes.get(rows[0].code)?.name ?? "" });
    this.palette.open({
      list: this.list.filter((code) => code.active !== false),
      pinned: [],
      pin: () => [],
      title,
      choose: (code) => {
        this.actions.recode(rows, code);
        this.#untick();
      },
      left: () => this.focus(),
    });
  }

  #memo() {
    const row = this.row();
    if (!row) return;
    this.memoFor = row;
    this.memoText.value = this.store.draft(row.id) ?? row.memo ?? "";
    this.memo.showModal();
    this.memoText.focus();
    this.memoText.oninput = () => this.store.setDraft(row.id, this.memoText.value);
  }

  #keepMemo() {
    this.store.setDraft(this.memoFor.id, null);
    this.actions.memo(this.memoFor, this.memoText.value.trim());
    this.memo.close();
  }

  #key(event) {
    // Streamlit listens to bare letters on the page (« c » clears its cache, « r » runs again): none may reach it.
    event.stopPropagation();
    if (typing(event.target) && !event.target.classList.contains("qkr-tick")) return;
    if (this.palette.isOpen || this.memo.open) return;
    if (event.target.closest("button, input") && (event.key === "Enter" || event.key === " ")) return;
    const name = COMMANDS[chord(event)];
    if (!name || !this.total) return;
    event.preventDefault();
    this.run(name);
  }

  #click(event) {
    const article = event.target.closest(".qkr-card");
    if (!article) return;
    const place = Number(article.dataset.place);
    const act = event.target.closest("[data-act]")?.dataset.act;
    const box = event.target.closest(".qkr-tick");
    if (place !== this.at) this.go(place, { focus: false });
    if (box) this.tick(place);
    else if (act) this.run(act);
    else if (!String(window.getSelection())) this.toggle(place);
  }

  #say() {
    const { words, store } = this;
    const waiting = store.outbox.unsaved.length;
    const parts = [];
    if (this.ticked.size) parts.push(words.count("ticked", this.ticked.size));
    if (waiting) this.savedAt = null;
    else if (this.worked) this.savedAt ??= new Date();
    this.worked ||= waiting > 0;
    parts.push(waiting ? words.say("saving") : this.savedAt ? words.say("saved_at", { time: words.time(this.savedAt) }) : "");
    this.bar.textContent = parts.filter(Boolean).join(" · ");
  }

  note(text) {
    const note = h("div.qkc-note.qkc-refused", {}, h("span", {}, text), h("button.qkc-act", { type: "button", "aria-label": this.words.say("close"), onclick: () => note.remove() }, "×"));
    this.notes.replaceChildren(note);
  }

  destroy() {
    this.leaving.abort();
    this.draw.cancel();
    clearTimeout(this.asking);
    this.root.remove();
  }
}
