// Going from zone to zone by keyboard (codes, text, what is under the cursor, the line below), and the keyboard never
// lost: where a zone is drawn anew or a sheet closes, the focus goes back to what had it.

import { h } from "./dom.js";

const NAMES = ["codes", "text", "here", "line"];

export class Zones {
  constructor(coder) {
    this.coder = coder;
    const { tree, view, inspector, status, words, root } = coder;
    this.parts = { codes: tree.element, text: view.scroller, here: inspector.element, line: status.element };
    this.held = null; // what had the focus last, outside the sheets: {zone, selector, kind, place, seen}
    this.opener = null; // what had it when a sheet opened
    // Where the window is narrow, the zones at the sides lie over the text while the focus is in them.
    const drawer = (zone) =>
      h("button.qkc-act.qkc-drawer", { type: "button", onclick: () => this.enter(this.current === zone ? "text" : zone) }, words.say(`zone_${zone}`));
    status.element.prepend(drawer("codes"), drawer("here"));
    root.addEventListener("focusin", (event) => this.#hold(event.target));
    root.addEventListener("keydown", (event) => this.#key(event), true);
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    document.addEventListener("pointerdown", (event) => !root.contains(event.target) && (this.held = null), { signal });
    document.addEventListener("focusin", (event) => !root.contains(event.target) && (this.held = null), { signal });
    for (const sheet of root.querySelectorAll("dialog")) sheet.addEventListener("close", () => setTimeout(() => this.#closed()));
    this.observer = new MutationObserver(() => {
      if (document.activeElement === document.body && this.held?.zone !== "text") this.#back();
    });
    for (const zone of ["codes", "here"]) this.observer.observe(this.parts[zone], { childList: true, subtree: true });
  }

  /** The zone that has the focus, or null. */
  get current() {
    return NAMES.find((name) => this.parts[name].contains(document.activeElement)) ?? null;
  }

  /** To the next zone (`step` 1) or the one before (-1). */
  go(step) {
    const at = NAMES.indexOf(this.current ?? "text");
    this.enter(NAMES[(at + step + NAMES.length) % NAMES.length]);
  }

  enter(zone) {
    const part = this.parts[zone];
    const within = {
      codes: "[role=treeitem][tabindex='0'], input",
      here: ".qkc-card.qkc-current button, button",
      line: "button:not(.qkc-drawer)",
    }[zone];
    const found = within && within.split(", ").map((selector) => part.querySelector(selector)).find(Boolean);
    (found ?? part).focus({ preventScroll: zone === "text" });
  }

  #key(event) {
    if (event.target.closest("dialog")) return;
    const { name } = this.coder.keymap.command(event) ?? {};
    if (name === "nextZone" || name === "previousZone") this.go(name === "nextZone" ? 1 : -1);
    else if (event.key === "Escape" && this.coder.root.classList.contains("qkc-narrow") && event.target.closest("button, [role=treeitem]")) this.enter("text");
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** A sheet has closed, and gives the keyboard to the text: back to the button that opened it, where a key did. */
  #closed() {
    const { opener } = this;
    this.opener = null;
    if (!opener?.seen || opener.zone === "text" || ![document.body, this.parts.text].includes(document.activeElement)) return;
    this.held = opener;
    this.#back();
  }

  #hold(target) {
    const zone = NAMES.find((name) => this.parts[name].contains(target));
    if (!zone) {
      this.opener ??= this.held;
      return; // a sheet, which gives the focus back
    }
    const { act, id, code } = target.dataset;
    const kind = act ? `[data-act="${act}"]` : target.getAttribute("role") === "treeitem" ? "[role=treeitem]" : target.localName;
    const mark = id ? `[data-id="${CSS.escape(id)}"]` : code ? `[data-code="${CSS.escape(code)}"]` : "";
    const place = [...this.parts[zone].querySelectorAll(kind)].indexOf(target);
    this.held = { zone, kind, selector: kind + mark, place, seen: target.matches(":focus-visible") };
  }

  /** The focus to what had it; where that is gone, to what took its place, else to the text. */
  #back() {
    if (!this.held) return;
    const { zone, kind, selector, place } = this.held;
    const part = this.parts[zone];
    const others = [...part.querySelectorAll(kind)];
    const found = zone === "text" ? part : part.querySelector(selector) ?? others[Math.min(place, others.length - 1)];
    (found ?? this.parts.text).focus({ preventScroll: true });
  }

  destroy() {
    this.leaving.abort();
    this.observer.disconnect();
  }
}
