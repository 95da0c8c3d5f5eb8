// The codes: pinned ones with their digits, then the whole tree, with a filter and the number of codings here and in
// the project; those that are retired apart, at the end.

import { h, swatch } from "./dom.js";
import { matching } from "./fold.js";

export class Tree {
  /**
   * @param act {use(code), pin(code), unpin(place), filter(text), fold(ids), leave(), menu(row, id), key(row, id, event):
   *   true when the key was for it}
   */
  constructor({ words, painter, act, filter = "", folded = [] }) {
    Object.assign(this, { words, painter, act });
    this.folded = new Set(folded);
    this.list = [];
    this.pinned = Array(9).fill(null);
    this.active = new Set(); // codes on the selection
    this.retired = [];
    this.uses = new Map(); // code → [codings, coders, documents] in the project
    this.counts = new Map();
    this.filter = h("input.qkc-filter", {
      type: "search",
      placeholder: words.say("filter_codes"),
      "aria-label": words.say("filter_codes"),
      spellcheck: "false",
      oninput: () => this.#filtered(),
      onkeydown: (event) => this.#typed(event),
    });
    this.filter.value = filter;
    this.pins = h("ol.qkc-pins", { "aria-label": words.say("pinned_codes") });
    this.tree = h("div.qkc-tree", { role: "tree", "aria-label": words.say("all_codes") });
    this.old = h("div.qkc-tree", { role: "tree", "aria-label": words.say("retired_codes"), hidden: true });
    this.oldHead = h("button.qkc-oldhead", { type: "button", "aria-expanded": "false", hidden: true, onclick: () => this.#showOld() });
    this.box = h("div.qkc-treebox", {}, this.tree, this.oldHead, this.old);
    this.element = h(
      "nav.qkc-codes",
      { "aria-label": words.say("codes") },
      h("h2.qkc-title", {}, words.say("pinned_codes")),
      this.pins,
      h(
        "div.qkc-head",
        {},
        this.filter,
        h("button.qkc-add", { type: "button", "data-add": true, title: words.say("add_code"), "aria-label": words.say("add_code") }, "+"),
      ),
      this.box,
    );
    // Pressing on a code must not take the selection away from the text.
    this.element.addEventListener("mousedown", (event) => {
      if (event.target !== this.filter) event.preventDefault();
    });
    this.element.addEventListener("click", (event) => this.#clicked(event));
    this.element.addEventListener("contextmenu", (event) => this.#asked(event));
    this.box.addEventListener("keydown", (event) => this.#walk(event));
  }

  #filtered() {
    this.act.filter(this.filter.value);
    this.render();
  }

  #typed(event) {
    event.stopPropagation();
    if (event.key === "Escape") {
      event.preventDefault();
      this.filter.value = "";
      this.#filtered();
      this.act.leave();
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      this.tree.querySelector("[role=treeitem]")?.focus();
    } else if (event.key === "Enter") {
      event.preventDefault();
      const first = matching(this.list, this.filter.value)[0];
      if (first && this.filter.value.trim()) this.act.use(first);
    }
  }

  /** The keys in force have changed. */
  rekey() {
    const label = this.words.say("filter_codes");
    this.filter.placeholder = label;
    this.filter.setAttribute("aria-label", label);
    this.render();
  }

  set({ list, pinned, retired = [] }) {
    Object.assign(this, { list, pinned, retired, byId: null });
    this.render();
  }

  /** The code of that id, in use or retired. */
  find(id) {
    return this.list.find((code) => code.id === id) ?? this.retired.find((code) => code.id === id);
  }

  /** The row of a code in the tree; its pin where the tree hides it. */
  rowOf(id) {
    const named = `[data-code="${CSS.escape(id)}"]`;
    return this.box.querySelector(named) ?? this.element.querySelector(named);
  }

  focus(id) {
    const row = this.rowOf(id);
    if (row) row.focus();
    else this.filter.focus();
  }

  #showOld(open = this.old.hidden) {
    this.old.hidden = !open;
    this.oldHead.setAttribute("aria-expanded", String(open));
  }

  /** Light up the codes of the selection and put the numbers right, without making anything anew. */
  update({ active, counts, uses = this.uses }) {
    Object.assign(this, { active, counts, uses });
    for (const row of this.element.querySelectorAll("[data-code]")) this.#state(row);
  }

  #state(row) {
    const on = this.active.has(row.dataset.code);
    if (row.classList.contains("qkc-on") !== on) {
      row.classList.toggle("qkc-on", on);
      row.setAttribute(row.getAttribute("role") === "treeitem" ? "aria-checked" : "aria-pressed", String(on));
    }
    const id = row.dataset.code;
    const here = this.counts.get(id) || 0;
    const whole = Math.max(here, this.uses.get(id)?.[0] ?? 0);
    const pinned = row.classList.contains("qkc-pin");
    const count = pinned ? String(here || "") : whole ? `${here} · ${this.words.number.format(whole)}` : "";
    const place = row.querySelector(".qkc-count");
    if (!place || place.textContent === count) return;
    place.textContent = count;
    place.title = count && this.words.say("count_here", { here, whole: this.words.number.format(whole) });
  }

  render() {
    const held = this.box.contains(document.activeElement) ? document.activeElement.dataset.code : null;
    this.pins.replaceChildren(...this.#pinRows());
    const query = this.filter.value;
    const found = query.trim() ? matching(this.list, query) : this.list.filter((code) => !this.#hidden(code));
    this.tree.replaceChildren(...found.map((code) => this.#row(code, Boolean(query.trim()))));
    if (!found.length) this.tree.append(h("p.qkc-none", {}, this.words.say(this.list.length ? "no_match" : "no_codes")));
    this.oldHead.hidden = !this.retired.length;
    this.oldHead.textContent = this.words.count("retired", this.retired.length);
    if (!this.retired.length) this.#showOld(false);
    this.old.replaceChildren(...this.retired.map((code) => this.#row(code, false)));
    for (const tree of [this.tree, this.old]) {
      const first = tree.querySelector("[role=treeitem]");
      if (first) first.tabIndex = 0;
    }
    if (held) this.rowOf(held)?.focus();
    this.update({ active: this.active, counts: this.counts });
  }

  #hidden(code) {
    let parent = code.parent;
    this.byId ??= new Map(this.list.map((c) => [c.id, c]));
    while (parent) {
      if (this.folded.has(parent)) return true;
      parent = this.byId.get(parent)?.parent;
    }
    return false;
  }

  #pinRows() {
    const byId = new Map(this.list.map((code) => [code.id, code]));
    const rows = this.pinned.map((id, place) => {
      const code = byId.get(id);
      if (!code) return null;
      return h(
        "li",
        {},
        h(
          "button.qkc-pin",
          { type: "button", "data-code": id, "data-place": place, "aria-pressed": "false", title: code.path, tabindex: "-1" },
          h("kbd", {}, String(place + 1)),
          swatch(code, this.painter.tints),
          h("span.qkc-label", {}, code.name),
          h("span.qkc-count"),
        ),
        h("button.qkc-unpin", { type: "button", "data-unpin": place, tabindex: "-1", title: this.words.say("unpin") }, "×"),
      );
    });
    return rows.some(Boolean) ? rows.filter(Boolean) : [h("li.qkc-none", {}, this.words.say("pin_hint"))];
  }

  #row(code, flat) {
    const place = this.pinned.indexOf(code.id);
    const open = !this.folded.has(code.id);
    const parts = [
      code.leaf || flat
        ? h("span.qkc-twist")
        : h("span.qkc-twist", { "data-fold": code.id, "aria-hidden": "true" }, open ? "▾" : "▸"),
      swatch(code, this.painter.tints),
      h("span.qkc-label", {}, code.name, flat && code.depth ? h("small", {}, code.path.replace(/ › [^›]*$/, "")) : null),
      place >= 0
        ? h("kbd", {}, String(place + 1))
        : code.active === false
          ? null
          : h("span.qkc-topin", { "data-pin": code.id, "aria-hidden": "true", title: this.words.say("pin") }, "+"),
      h("span.qkc-count"),
      h("span.qkc-dots", { "data-menu": code.id, "aria-hidden": "true", title: this.words.say("code_menu") }, "⋯"),
    ];
    return h(
      "div.qkc-code",
      {
        role: "treeitem",
        tabindex: "-1",
        "data-code": code.id,
        "aria-checked": "false",
        "aria-level": String(code.depth + 1),
        "aria-expanded": code.leaf || flat ? null : String(open),
        style: { "--depth": flat ? 0 : code.depth },
      },
      ...parts,
    );
  }

  #clicked(event) {
    const on = (selector) => event.target.closest(selector);
    if (on("[data-menu]")) this.act.menu(on("[data-code]"), on("[data-menu]").dataset.menu);
    else if (on("[data-add]")) this.act.add(on("[data-add]"));
    else if (on("[data-unpin]")) this.act.unpin(Number(on("[data-unpin]").dataset.unpin));
    else if (on("[data-fold]")) this.#fold(on("[data-fold]").dataset.fold);
    else if (on("[data-pin]")) this.act.pin(on("[data-pin]").dataset.pin);
    else if (on("[data-code]")) {
      const code = this.find(on("[data-code]").dataset.code);
      if (code) this.act.use(code);
    }
  }

  /** The right button, or the menu key where the browser makes an event of it. */
  #asked(event) {
    const row = event.target.closest("[data-code]");
    if (!row) return;
    event.preventDefault();
    this.act.menu(row, row.dataset.code);
  }

  isOpen(id) {
    return !this.folded.has(id);
  }

  unfold(id) {
    if (this.folded.has(id)) this.#fold(id, true);
  }

  #fold(id, open = this.folded.has(id)) {
    if (open) this.folded.delete(id);
    else this.folded.add(id);
    const focused = this.tree.contains(document.activeElement);
    this.act.fold([...this.folded]);
    this.render();
    if (focused) this.tree.querySelector(`[data-code="${CSS.escape(id)}"]`)?.focus();
  }

  #walk(event) {
    const row = event.target.closest("[role=treeitem]");
    if (!row) return;
    if (this.act.key(row, row.dataset.code, event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const rows = [...this.box.querySelectorAll("[role=treeitem]")].filter((one) => one.offsetParent);
    const at = rows.indexOf(row);
    const code = this.find(row.dataset.code);
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 };
    if (event.key in moves) (rows[moves[event.key]] ?? (at === 0 ? this.filter : row)).focus();
    else if (event.key === "Enter" || event.key === " ") this.act.use(code);
    else if (event.key === "ArrowRight" && !code.leaf) this.#fold(code.id, true);
    else if (event.key === "ArrowLeft" && !code.leaf) this.#fold(code.id, false);
    else if (event.key === "+") this.act.pin(code.id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
