// The keys, as a sheet over the page.

import { h } from "./dom.js";
import { DEFAULT_KEYS } from "./keys.js";

// What is said of the keys, by group: a sentence and the commands it speaks of; "mouse" lines name no command.
const LINES = {
  code: [["pinned"], ["palette", "palette"], ["repeat", "repeat"], ["inVivo", "inVivo"]],
  select: [
    ["words", "wordLeft", "wordRight"],
    ["lines", "lineUp", "lineDown"],
    ["extendWords", "extendLeft", "extendRight"],
    ["extendLines", "extendUp", "extendDown"],
    ["extendCharacters", "exactLeft", "exactRight"],
    ["turn", "turn"],
    ["mouseTurn"],
    ["mouseExact"],
    ["clear", "clear"],
  ],
  here: [["cycle", "cycle", "cycleBack"], ["remove", "remove"], ["recode", "recode"], ["memo", "memo"], ["markQuestion", "markQuestion"]],
  go: [["codings", "previousCoding", "nextCoding"], ["uncoded", "previousUncoded", "nextUncoded"], ["questions", "previousQuestion", "nextQuestion"], ["filter", "filter"], ["zones", "nextZone", "previousZone"]],
  tree: [["treeMenu"], ["treeRename"], ["treeMove"], ["treeRetire"]],
  suggest: [
    ["suggestions", "previousSuggestion", "nextSuggestion"],
    ["accept", "accept"],
    ["refuse", "refuse"],
    ["acceptOther", "acceptOther"],
    ["others", "others"],
  ],
  history: [["undo", "undo"], ["redo", "redo"]],
  help: [["help", "help"]],
};
const NAMED = { pinned: "1–9", mouseTurn: "mouse_speaker", mouseExact: "Alt+mouse", treeMenu: "Shift+F10", treeRename: "F2", treeMove: "Alt+arrows", treeRetire: "Delete" };

export class Help {
  constructor(words, keys = DEFAULT_KEYS) {
    this.words = words;
    this.keys = new Map(keys.map((entry) => [entry.command, entry.keys]));
    this.dialog = h(
      "dialog.qkc-help",
      { "aria-label": words.say("keys"), tabindex: "-1" },
      h("h2", {}, words.say("keys")),
      h("div.qkc-keys", {}, Object.entries(LINES).map(([group, lines]) => this.#group(group, lines))),
      h("p.qkc-foot", {}, words.say("keys_foot")),
      h("button.qkc-act", { type: "button", onclick: () => this.dialog.close() }, words.say("close")),
    );
    this.dialog.addEventListener("mousedown", (event) => event.target === this.dialog && this.dialog.close());
    this.dialog.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "?") this.dialog.close();
    });
  }

  #group(group, lines) {
    return h("section", {}, h("h3", {}, this.words.say(`keys_${group}`)), h("dl", {}, ...lines.flatMap((line) => this.#line(line))));
  }

  /** Two commands of one line are shown side by side, two keys of one command with « ou ». */
  #line([name, ...commands]) {
    const keys = commands.length > 1 ? commands.map((command) => this.keys.get(command)[0]) : this.keys.get(commands[0]);
    const between = commands.length > 1 ? "  " : ` ${this.words.say("or")} `;
    const shown = (keys ?? [NAMED[name]]).map((key, i) => [i ? between : "", this.#chord(key)]);
    return [h("dt", {}, ...shown.flat(2)), h("dd", {}, this.words.say(`do_${name}`))];
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
    this.dialog.focus({ preventScroll: true });
    this.dialog.scrollTop = 0; // in a low window it would begin at its button
  }
}
