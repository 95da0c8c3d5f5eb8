// What a code means, beside its row: shown under the pointer and on the focus, put away with Esc.

import { h } from "./dom.js";

const PATIENCE = 450; // ms of rest on a row before its card opens
const GRACE = 200; // ms to reach the card with the pointer

export class Card {
  constructor({ root, words, uses }) {
    Object.assign(this, { root, words, uses });
    this.element = h("div.qkc-codecard", { role: "tooltip", id: "qkc-code-card", hidden: true });
    this.element.addEventListener("pointerenter", () => clearTimeout(this.timer));
    this.element.addEventListener("pointerleave", () => this.#later(null, GRACE));
    root.append(this.element);
    this.shown = null;
  }

  /** Listen to the rows of a tree; `find(id)` gives the code. */
  watch(tree, find) {
    const row = (event) => event.target.closest?.("[role=treeitem]");
    tree.addEventListener("pointerover", (event) => row(event) && this.#later([row(event), find], PATIENCE));
    tree.addEventListener("pointerleave", () => this.#later(null, GRACE));
    tree.addEventListener("focusin", (event) => row(event)?.matches(":focus-visible") && this.#later([row(event), find], PATIENCE));
    tree.addEventListener("focusout", () => this.hide());
  }

  #later(what, delay) {
    clearTimeout(this.timer);
    if (what?.[0].dataset.code === this.shown) return;
    this.timer = setTimeout(() => (what ? this.#show(...what) : this.hide()), delay);
  }

  #show(row, find) {
    const code = find(row.dataset.code);
    if (!code || !row.isConnected) return;
    this.hide();
    const { words } = this;
    const rule = (key, text) => (text ? h("p", {}, h("b", {}, words.say(key)), " ", text) : null);
    const [codings, coders, documents] = this.uses(code.id);
    this.element.replaceChildren(
      ...[
        h("strong", {}, code.path ?? code.name),
        code.active === false ? h("p.qkc-meta", {}, words.say("code_is_retired")) : null,
        h(code.definition ? "p" : "p.qkc-meta", {}, code.definition || words.say("no_definition")),
        rule("code_use", code.use),
        rule("code_avoid", code.avoid),
        rule("code_example", code.example),
        rule("code_keywords", (code.keywords ?? []).join(", ")),
        h("p.qkc-meta", {}, codings ? words.say("whose", { codings: words.count("codings", codings), coders: words.count("of_coders", coders), documents: words.count("in_documents", documents) }) : words.say("not_used")),
      ].filter(Boolean),
    );
    this.element.hidden = false;
    const box = row.getBoundingClientRect();
    const { offsetHeight: height, offsetWidth: width } = this.element;
    const left = box.right + 6 + width > window.innerWidth ? Math.max(4, window.innerWidth - width - 4) : box.right + 6;
    Object.assign(this.element.style, { left: `${left}px`, top: `${Math.max(4, Math.min(box.top, window.innerHeight - height - 4))}px` });
    row.setAttribute("aria-describedby", this.element.id);
    this.row = row;
    this.shown = code.id;
  }

  /** True when there was a card to put away. */
  hide() {
    clearTimeout(this.timer);
    const there = this.shown !== null;
    this.row?.removeAttribute("aria-describedby");
    this.row = null;
    this.shown = null;
    this.element.hidden = true;
    return there;
  }

  destroy() {
    clearTimeout(this.timer);
  }
}
