// What opens beside a row of the tree, none of it modal: the menu of a code, a question with its answer, a field, colours.

import { h } from "./dom.js";

const GAP = 2;

export class Pop {
  /** @param root the coder; closed(): called when what was open is gone, to give the focus back */
  constructor(root, words) {
    Object.assign(this, { root, words });
    this.element = null;
    this.outside = (event) => {
      if (this.element && !this.element.contains(event.target)) this.close(false);
    };
  }

  get isOpen() {
    return this.element !== null;
  }

  #open(element, row, back) {
    this.close(false);
    Object.assign(this, { element, back });
    this.root.append(element);
    this.#place(row);
    element.addEventListener("keydown", (event) => {
      event.stopPropagation(); // letters here are no commands, and Streamlit must not hear them either
      if (event.key === "Escape") {
        event.preventDefault();
        this.close();
      }
    });
    document.addEventListener("pointerdown", this.outside, true);
    element.querySelector("[data-first]")?.focus();
  }

  /** Under the row; where there is no room, beside it: the row stays in sight. */
  #place(row) {
    const box = row.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const under = box.bottom + GAP + height <= window.innerHeight - 4;
    const left = under ? box.left + 14 : box.right + GAP;
    const top = under ? box.bottom + GAP : window.innerHeight - height - 4;
    Object.assign(this.element.style, {
      left: `${Math.max(4, Math.min(left, window.innerWidth - width - 4))}px`,
      top: `${Math.max(4, Math.min(top, box.bottom + GAP))}px`,
    });
  }

  close(back = true) {
    if (!this.element) return;
    const { element } = this;
    this.element = null;
    document.removeEventListener("pointerdown", this.outside, true);
    element.remove();
    if (back) this.back?.();
  }

  /** @param items [{label, key, act, off}], null for a line between groups */
  menu(row, title, items, back) {
    const entries = items.filter((item) => item !== undefined);
    const list = entries.map((item, i) =>
      item === null
        ? h("hr", { role: "separator" })
        : h(
            "button.qkc-item",
            {
              type: "button",
              role: "menuitem",
              tabindex: "-1",
              "data-first": i === 0,
              "aria-disabled": item.off ? "true" : null,
              onclick: () => {
                if (item.off) return;
                this.close(false);
                item.act();
              },
            },
            h("span", {}, item.label),
            item.key ? h("kbd", {}, item.key) : null,
          ),
    );
    const element = h("div.qkc-pop.qkc-menu", { role: "menu", "aria-label": title }, ...list);
    element.addEventListener("keydown", (event) => {
      const buttons = [...element.querySelectorAll("button")];
      const at = buttons.indexOf(document.activeElement);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1 + buttons.length, Home: 0, End: buttons.length - 1 }[event.key];
      if (event.key === "Tab") this.close();
      else if (to === undefined) return;
      else buttons[to % buttons.length].focus();
      event.preventDefault();
    });
    this.#open(element, row, back);
  }

  /** What an act touches, the act, and Cancel. */
  ask(row, { title, lines = [], verb, act }, back) {
    this.#form(row, title, lines.map((line) => h("p", {}, line)), verb, act, back, true);
  }

  /** One line of text, there when it opens; `several`: one name a line. */
  write(row, { title, value = "", hint = "", lines = [], verb, act, several = false }, back) {
    const field = h(several ? "textarea.qkc-filter" : "input.qkc-filter", {
      ...(several ? { rows: 4 } : { type: "text", value }),
      "data-first": true,
      "aria-label": title,
      placeholder: hint,
      spellcheck: "false",
      onkeydown: (event) => {
        if (event.key !== "Enter" || event.isComposing || (several && !event.ctrlKey)) return;
        event.preventDefault();
        this.element.querySelector("[data-verb]").click();
      },
    });
    this.#form(row, title, [field, ...lines.map((line) => h("p", {}, line))], verb, () => act(field.value), back);
    field.select();
  }

  #form(row, title, parts, verb, act, back, ask = false) {
    const done = () => {
      this.close();
      act();
    };
    const element = h(
      "div.qkc-pop",
      { role: "group", "aria-label": title },
      h("strong", {}, title),
      ...parts,
      h(
        "div.qkc-answers",
        {},
        h("button.qkc-verb", { type: "button", "data-verb": true, "data-first": ask, onclick: done }, verb),
        h("button.qkc-act", { type: "button", onclick: () => this.close() }, this.words.say("cancel")),
      ),
    );
    this.#open(element, row, back);
  }

  /** The palette of colours, each with its name. */
  colours(row, { title, palette, current, act }, back) {
    const swatches = palette.map(([color, name], i) =>
      h(
        "button.qkc-colour",
        {
          type: "button",
          role: "radio",
          "aria-checked": String(color === current),
          "aria-label": name,
          title: name,
          tabindex: color === current || (i === 0 && !palette.some(([each]) => each === current)) ? "0" : "-1",
          "data-first": color === current || (i === 0 && !palette.some(([each]) => each === current)),
          style: { "--qkc-c": color },
          onclick: () => {
            this.close();
            act(color);
          },
        },
        color === current ? "✓" : "",
      ),
    );
    const grid = h("div.qkc-colours", { role: "radiogroup", "aria-label": title }, ...swatches);
    grid.addEventListener("keydown", (event) => {
      const at = swatches.indexOf(document.activeElement);
      const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 6, ArrowUp: -6 }[event.key];
      if (!step) return;
      event.preventDefault();
      swatches[(at + step + swatches.length) % swatches.length].focus();
    });
    this.#open(h("div.qkc-pop", {}, h("strong", {}, title), grid), row, back);
  }
}
