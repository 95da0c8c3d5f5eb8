// The codes: pinned ones with their digits, then the whole tree, with a filter and the number of codings here.

import { h, swatch } from "./dom.js";
import { matching } from "./fold.js";

/** Codes in the order of the tree, each with its depth and its path: « Impacts › Autonomie ». */
export function ordered(codes) {
  const children = new Map();
  const known = new Set(codes.map((code) => code.id));
  for (const code of codes) {
    const parent = known.has(code.parent) ? code.parent : null;
    if (!children.has(parent)) children.set(parent, []);
    children.get(parent).push(code);
  }
  const list = [];
  const seen = new Set();
  const visit = (parent, depth, path) => {
    for (const code of children.get(parent) ?? []) {
      if (seen.has(code.id)) continue;
      seen.add(code.id);
      const here = path ? `${path} › ${code.name}` : code.name;
      list.push(Object.assign(code, { depth, path: here, leaf: !children.has(code.id) }));
      visit(code.id, depth + 1, here);
    }
  };
  visit(null, 0, "");
  return list;
}

/** The nine pinned codes: those the coder chose, else those with a digit as shortcut, else the first that are leaves. */
export function pinnedCodes(list, chosen) {
  const byId = new Map(list.map((code) => [code.id, code]));
  if (Array.isArray(chosen)) return Array.from({ length: 9 }, (_, i) => (byId.has(chosen[i]) ? chosen[i] : null));
  const pinned = Array(9).fill(null);
  for (const code of list) {
    const place = /^[1-9]$/.test(code.shortcut ?? "") ? Number(code.shortcut) - 1 : -1;
    if (place >= 0 && !pinned[place]) pinned[place] = code.id;
  }
  if (pinned.some(Boolean)) return pinned;
  list.filter((code) => code.leaf).slice(0, 9).forEach((code, i) => (pinned[i] = code.id));
  return pinned;
}

export class Tree {
  /** @param act {use(code), pin(code), unpin(place), filter(text), fold(ids), leave()} */
  constructor({ words, painter, act, filter = "", folded = [] }) {
    Object.assign(this, { words, painter, act });
    this.folded = new Set(folded);
    this.list = [];
    this.pinned = Array(9).fill(null);
    this.active = new Set(); // codes on the selection
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
    this.element = h(
      "nav.qkc-codes",
      { "aria-label": words.say("codes") },
      h("h2.qkc-title", {}, words.say("pinned_codes")),
      this.pins,
      h("div.qkc-head", {}, this.filter),
      this.tree,
    );
    // Pressing on a code must not take the selection away from the text.
    this.element.addEventListener("mousedown", (event) => {
      if (event.target !== this.filter) event.preventDefault();
    });
    this.element.addEventListener("click", (event) => this.#clicked(event));
    this.tree.addEventListener("keydown", (event) => this.#walk(event));
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

  set({ list, pinned }) {
    this.list = list;
    this.pinned = pinned;
    this.render();
  }

  /** Light up the codes of the selection and put the numbers right, without making anything anew. */
  update({ active, counts }) {
    this.active = active;
    this.counts = counts;
    for (const row of this.element.querySelectorAll("[data-code]")) this.#state(row);
  }

  #state(row) {
    const on = this.active.has(row.dataset.code);
    if (row.classList.contains("qkc-on") !== on) {
      row.classList.toggle("qkc-on", on);
      row.setAttribute(row.getAttribute("role") === "treeitem" ? "aria-checked" : "aria-pressed", String(on));
    }
    const count = String(this.counts.get(row.dataset.code) || "");
    const place = row.querySelector(".qkc-count");
    if (place && place.textContent !== count) place.textContent = count;
  }

  render() {
    this.pins.replaceChildren(...this.#pinRows());
    const query = this.filter.value;
    const found = query.trim() ? matching(this.list, query) : this.list.filter((code) => !this.#hidden(code));
    this.tree.replaceChildren(...found.map((code) => this.#row(code, Boolean(query.trim()))));
    if (!found.length) this.tree.append(h("p.qkc-none", {}, this.words.say(this.list.length ? "no_match" : "no_codes")));
    const first = this.tree.querySelector("[role=treeitem]");
    if (first) first.tabIndex = 0;
    this.update({ active: this.active, counts: this.counts });
  }

  #hidden(code) {
    let parent = code.parent;
    const byId = (this.byId ??= new Map());
    if (byId.size !== this.list.length) this.byId = new Map(this.list.map((c) => [c.id, c]));
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
          { type: "button", "data-code": id, "aria-pressed": "false", title: this.#about(code), tabindex: "-1" },
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

  #about(code) {
    return [code.path, code.definition].filter(Boolean).join("\n");
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
        : h("span.qkc-topin", { "data-pin": code.id, title: this.words.say("pin") }, "+"),
      h("span.qkc-count"),
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
        title: this.#about(code),
        style: { "--depth": flat ? 0 : code.depth },
      },
      ...parts,
    );
  }

  #clicked(event) {
    const on = (selector) => event.target.closest(selector);
    if (on("[data-unpin]")) this.act.unpin(Number(on("[data-unpin]").dataset.unpin));
    else if (on("[data-fold]")) this.#fold(on("[data-fold]").dataset.fold);
    else if (on("[data-pin]")) this.act.pin(on("[data-pin]").dataset.pin);
    else if (on("[data-code]")) {
      const code = this.list.find((c) => c.id === on("[data-code]").dataset.code);
      if (code) this.act.use(code);
    }
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
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    const rows = [...this.tree.querySelectorAll("[role=treeitem]")];
    const at = rows.indexOf(row);
    const code = this.list.find((c) => c.id === row.dataset.code);
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
