// The keys, as a sheet over the page.

import { h } from "./dom.js";
import { DEFAULT_KEYS } from "./keys.js";

const GROUPS = ["code", "select", "here", "go", "history", "help"];

export class Help {
  constructor(words, keys = DEFAULT_KEYS) {
    this.words = words;
    const lines = (group) => {
      const rows = keys.filter((entry) => entry.group === group).map((entry) => this.#line(entry.keys, entry.command));
      if (group === "code") rows.unshift(this.#line(["1 – 9"], "pinned"));
      if (group === "select") rows.push(this.#line(["mouse_speaker"], "mouse_turn"), this.#line(["Alt+mouse"], "mouse_exact"));
      return rows;
    };
    this.dialog = h(
      "dialog.qkc-help",
      { "aria-label": words.say("keys") },
      h("h2", {}, words.say("keys")),
      h("div.qkc-keys", {}, GROUPS.map((group) => h("section", {}, h("h3", {}, words.say(`keys_${group}`)), h("dl", {}, ...lines(group).flat())))),
      h("p.qkc-foot", {}, words.say("keys_foot")),
      h("button.qkc-act", { type: "button", onclick: () => this.dialog.close() }, words.say("close")),
    );
    this.dialog.addEventListener("mousedown", (event) => event.target === this.dialog && this.dialog.close());
    this.dialog.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "?") this.dialog.close();
    });
  }

  #line(keys, command) {
    const shown = keys.map((key, i) => [i ? ` ${this.words.say("or")} ` : "", this.#chord(key)]);
    return [h("dt", {}, ...shown.flat(2)), h("dd", {}, this.words.say(`do_${command}`))];
  }

  #chord(key) {
    const parts = key === "+" ? [key] : key.split("+");
    return parts.map((part, i) => [i ? "+" : "", h("kbd", {}, this.words.labels[`key_${part}`] ?? part.toUpperCase())]).flat();
  }

  get isOpen() {
    return this.dialog.open;
  }

  open() {
    this.dialog.showModal();
  }
}
