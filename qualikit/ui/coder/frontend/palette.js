// The palette: type a few letters of a code, Enter. For applying a code, for changing that of a coding, for a new one.

import { h, swatch } from "./dom.js";
import { matching, nameKey } from "./fold.js";

export class Palette {
  constructor({ words, painter }) {
    Object.assign(this, { words, painter });
    this.input = h("input.qkc-query", {
      type: "text",
      role: "combobox",
      "aria-expanded": "true",
      "aria-controls": "qkc-found",
      autocomplete: "off",
      spellcheck: "false",
      oninput: () => this.#find(),
      onkeydown: (event) => this.#key(event),
    });
    this.found = h("div.qkc-found", { role: "listbox", id: "qkc-found", "aria-label": words.say("codes") });
    this.heading = h("div.qkc-title");
    this.foot = h("p.qkc-foot");
    this.dialog = h("dialog.qkc-palette", { "aria-label": words.say("palette") }, this.heading, this.input, this.found, this.foot);
    this.dialog.addEventListener("mousedown", (event) => event.target === this.dialog && this.close());
    this.dialog.addEventListener("close", () => this.#leave());
    this.dialog.addEventListener("cancel", (event) => event.stopPropagation());
    this.found.addEventListener("click", (event) => {
      const row = event.target.closest("[data-row]");
      if (row) this.#choose(Number(row.dataset.row));
    });
  }

  get isOpen() {
    return this.dialog.open;
  }

  /**
   * @param {object} options list: codes in order; pinned; active: ids already there; title; choose(code);
   *   create(name) when a new code may be made; hint, foot, none, there: what is said in place of the words for
   *   codes; plain: rows have no colour; pin(id, place); left(): called when it closes
   */
  open(options) {
    const usual = { create: null, active: new Set(), recent: [], plain: false, none: "no_match", there: "already_there" };
    const { hint, foot, ...own } = options;
    Object.assign(this, usual, own);
    this.heading.textContent = options.title;
    this.input.value = "";
    this.input.setAttribute("aria-label", options.title);
    this.input.placeholder = hint ?? this.words.say("palette_hint");
    this.foot.textContent = foot ?? this.words.say("palette_keys");
    this.#find();
    this.dialog.showModal();
    this.input.focus();
  }

  close() {
    if (!this.dialog.open) return;
    this.dialog.close();
    this.#leave(); // now, not when the browser says so: the next key may already be on its way
  }

  #leave() {
    const { left } = this;
    this.left = null;
    left?.();
  }

  #find() {
    const query = this.input.value.trim();
    let codes = matching(this.list, query);
    if (!query && this.recent.length) {
      const recent = this.recent.map((id) => this.list.find((code) => code.id === id)).filter(Boolean);
      codes = [...recent, ...codes.filter((code) => !recent.includes(code))];
    }
    this.rows = codes.slice(0, 200).map((code) => ({ code }));
    const known = this.list.some((code) => nameKey(code.name) === nameKey(query));
    if (query && !known && this.create) this.rows.push({ name: query });
    this.at = 0;
    this.found.replaceChildren(...this.rows.map((row, i) => this.#row(row, i)));
    if (!this.rows.length) this.found.append(h("div.qkc-none", { role: "option", "aria-disabled": "true" }, this.words.say(this.none)));
    this.#show();
  }

  #row({ code, name }, i) {
    const attributes = { role: "option", "data-row": i, id: `qkc-row-${i}`, "aria-selected": "false" };
    if (!code) return h("div.qkc-row.qkc-new", attributes, "+ ", this.words.say("create_code", { name }));
    const place = this.pinned.indexOf(code.id);
    const on = this.active.has(code.id);
    return h(
      on ? "div.qkc-row.qkc-on" : "div.qkc-row",
      { ...attributes, title: code.definition ?? null },
      this.plain ? null : swatch(code, this.painter.tints),
      h("span.qkc-label", {}, code.name),
      h("small", {}, code.depth ? code.path.replace(/ › [^›]*$/, "") : ""),
      on ? h("span.qkc-there", {}, this.words.say(this.there)) : null,
      place >= 0 ? h("kbd", {}, String(place + 1)) : null,
    );
  }

  #show() {
    [...this.found.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === this.at)));
    this.found.children[this.at]?.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", `qkc-row-${this.at}`);
  }

  #key(event) {
    event.stopPropagation();
    const last = this.rows.length - 1;
    const place = event.altKey && /^Digit[1-9]$/.test(event.code) ? Number(event.code[5]) - 1 : -1;
    if (event.key === "ArrowDown") this.at = Math.min(last, this.at + 1);
    else if (event.key === "ArrowUp") this.at = Math.max(0, this.at - 1);
    else if (event.key === "PageDown") this.at = Math.min(last, this.at + 8);
    else if (event.key === "PageUp") this.at = Math.max(0, this.at - 8);
    else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      this.#choose(this.at);
      return;
    } else if (place >= 0 && this.rows[this.at]?.code) {
      this.pinned = this.pin(this.rows[this.at].code.id, place);
      const { at } = this;
      this.#find();
      this.at = at;
    } else return;
    event.preventDefault();
    this.#show();
  }

  #choose(i) {
    const row = this.rows[i];
    if (!row) return;
    this.close();
    if (row.code) this.choose(row.code);
    else this.create(row.name);
  }
}
