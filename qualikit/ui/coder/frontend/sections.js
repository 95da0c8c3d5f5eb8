// Parts of the right side that fold, and stay as they were left.

import { h } from "./dom.js";

export class Section {
  /** @param key its name among the preferences; @param toggled called when it is folded or opened by hand */
  constructor(key, className, toggled) {
    this.key = key;
    this.button = h("button.qkc-fold", { type: "button", "aria-expanded": "true" });
    this.body = h("div.qkc-fold-body");
    this.element = h(`section.qkc-section.${className}`, { hidden: true }, h("h2.qkc-title", {}, this.button), this.body);
    this.button.addEventListener("click", () => {
      this.fold(!this.folded);
      toggled(this);
    });
  }

  get folded() {
    return this.body.hidden;
  }

  fold(folded) {
    this.body.hidden = folded;
    this.button.setAttribute("aria-expanded", String(!folded));
  }

  /** Show these under this title; nothing at all hides the section. */
  show(title, ...parts) {
    const shown = parts.flat().filter(Boolean);
    this.element.hidden = !shown.length;
    this.button.replaceChildren(title);
    this.body.replaceChildren(...shown);
  }

  /** True while something is being typed in it: it must not be replaced under the user's hand. */
  get busy() {
    return this.body.contains(document.activeElement) && document.activeElement.matches("textarea, input");
  }
}
