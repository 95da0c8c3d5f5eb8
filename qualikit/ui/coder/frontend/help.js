// The keys, as a sheet over the page; each can be given another.

import { h } from "./dom.js";
import { chord, unfinished, unfit } from "./keys.js";

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
  here: [["cycle", "cycleBack", "cycle"], ["remove", "remove"], ["recode", "recode"], ["memo", "memo"], ["markQuestion", "markQuestion"]],
  bounds: [
    ["boundEnd", "extendLeft", "extendRight"],
    ["boundStart", "startLeft", "startRight"],
    ["boundCharacter", "exactLeft", "exactRight"],
    ["adjust", "adjust"],
    ["mouseGrip"],
  ],
  go: [
    ["codings", "previousCoding", "nextCoding"],
    ["uncoded", "previousUncoded", "nextUncoded"],
    ["questions", "previousQuestion", "nextQuestion"],
    ["find", "find"],
    ["hits", "previousHit", "nextHit"],
    ["documents", "previousDocument", "nextDocument"],
    ["ends", "textStart", "textEnd"],
    ["filter", "filter"],
    ["zones", "nextZone", "previousZone"],
  ],
  tree: [["treeMenu"], ["treeRename"], ["treeMove"], ["treeRetire"]],
  suggest: [
    ["suggestions", "previousSuggestion", "nextSuggestion"],
    ["suggestHere", "suggestHere"],
    ["accept", "accept"],
    ["refuse", "refuse"],
    ["acceptOther", "acceptOther"],
    ["others", "others"],
  ],
  history: [["undo", "undo"], ["redo", "redo"]],
  help: [["help", "help"]],
};
const NAMED = { pinned: "1–9", mouseTurn: "mouse_speaker", mouseExact: "Alt+mouse", mouseGrip: "mouse_grip", treeMenu: "Shift+F10", treeRename: "F2", treeMove: "Alt+arrows", treeRetire: "Delete" };

/** The sentence that a command goes by. */
function lineOf(command) {
  for (const lines of Object.values(LINES)) {
    for (const [name, ...commands] of lines) if (commands.includes(command)) return name;
  }
  return command;
}

export class Help {
  /** @param keep called with {command: [keys]} when the user has changed a key */
  constructor(words, keymap, keep) {
    Object.assign(this, { words, keymap, keep });
    this.asked = null; // {command, key}: the key that is being replaced
    this.before = null; // keys put aside when those of origin came back
    this.told = h("p.qkc-told", { role: "status", "aria-live": "assertive" });
    this.keys = h("div.qkc-keys");
    this.foot = h("div.qkc-acts");
    this.dialog = h(
      "dialog.qkc-help",
      { "aria-label": words.say("keys"), tabindex: "-1" },
      h("div.qkc-help-head", {},
        h("h2", {}, words.say("keys")),
        h("button.qkc-act", { type: "button", onclick: () => this.dialog.close() }, words.say("close")),
      ),
      this.told,
      this.keys,
      h("p.qkc-foot", {}, words.say("keys_foot")),
      this.foot,
    );
    this.dialog.addEventListener("mousedown", (event) => event.target === this.dialog && this.dialog.close());
    this.dialog.addEventListener("click", (event) => this.#clicked(event));
    this.dialog.addEventListener("cancel", (event) => {
      if (!this.asked) return;
      event.preventDefault();
      this.#ask(null);
    });
    this.dialog.addEventListener("close", () => this.#ask(null));
    // Before the browser and the dialog's own buttons: the key that is pressed is an answer.
    this.dialog.addEventListener("keydown", (event) => this.#key(event), true);
    this.dialog.addEventListener("keydown", (event) => event.stopPropagation());
    this.show(keymap);
  }

  /** Draw the keys in force. */
  show(keymap) {
    this.keymap = keymap;
    this.#draw();
  }

  #draw() {
    this.keys.replaceChildren(...Object.entries(LINES).map(([group, lines]) => this.#group(group, lines)));
    const changed = Object.keys(this.keymap.own).length > 0;
    const button = (act, label) => h("button.qkc-act", { type: "button", "data-act": act }, this.words.say(label));
    this.foot.replaceChildren(...[changed && button("origin", "keys_origin"), !changed && this.before && button("back", "keys_mine")].filter(Boolean));
  }

  #group(group, lines) {
    return h("section", {}, h("h3", {}, this.words.say(`keys_${group}`)), h("dl", {}, ...lines.flatMap((line) => this.#line(line))));
  }

  /** Two commands of one line are shown side by side, two keys of one command with « ou ». */
  #line([name, ...commands]) {
    const deed = this.words.say(`do_${name}`);
    if (!commands.length) return [h("dt", {}, this.#chord(NAMED[name])), h("dd", {}, deed)];
    const shown = [];
    for (const command of commands) {
      const keys = this.keymap.keys(command);
      const several = commands.length > 1;
      for (const key of several ? keys.slice(0, 1) : keys.length ? keys : [null]) {
        if (shown.length) shown.push(several ? " " : ` ${this.words.say("or")} `);
        shown.push(this.#button(command, key, deed));
      }
      if (several && !keys.length) shown.push(this.#button(command, null, deed));
    }
    return [h("dt", {}, ...shown), h("dd", {}, deed)];
  }

  #button(command, key, deed) {
    const asked = this.asked && this.asked.command === command && this.asked.key === key;
    const label = this.words.say("keys_change", { what: deed, key: key ? this.words.chord(key) : "—" });
    return h(
      asked ? "button.qkc-key.qkc-asked" : "button.qkc-key",
      { type: "button", title: label, "aria-label": label, "data-command": command, "data-key": key ?? "" },
      asked ? this.words.say("keys_press") : key ? this.#chord(key) : h("kbd", {}, "—"),
    );
  }

  #chord(key) {
    return this.words.chordParts(key).map((part, i) => [i ? "+" : "", h("kbd", {}, part)]).flat();
  }

  #clicked(event) {
    const key = event.target.closest("[data-command]");
    const act = event.target.closest("[data-act]")?.dataset.act;
    if (key) this.#ask({ command: key.dataset.command, key: key.dataset.key || null });
    else if (act === "origin") {
      this.before = this.keymap.own;
      this.#tell("keys_origin_done");
      this.keep({});
    } else if (act === "back") {
      const mine = this.before;
      this.before = null;
      this.#tell("keys_mine_done");
      this.keep(mine);
    } else if (act === "swap") this.#give(this.clash);
    else if (act === "leave") this.#ask(null);
  }

  /** Wait for the key that replaces this one; null: no longer. */
  #ask(asked) {
    this.asked = asked;
    this.clash = null;
    this.#draw();
    if (!asked) {
      this.#tell(null);
      return;
    }
    this.#tell("keys_wait", { what: this.words.say(`do_${lineOf(asked.command)}`) });
    this.keys.querySelector(".qkc-asked")?.focus();
  }

  #tell(label, values = {}, ...more) {
    this.told.replaceChildren(this.words.say(label ?? "keys_invite", values), ...more);
    this.told.classList.toggle("qkc-strong", label !== null);
  }

  #key(event) {
    if (!this.asked) {
      if (this.keymap.holder(chord(event)) === "help") this.dialog.close();
      return;
    }
    if (this.clash && ["Tab", "Enter", " "].includes(event.key)) return; // the two answers are buttons
    event.stopPropagation();
    event.preventDefault();
    if (unfinished(event)) return;
    if (event.key === "Escape") {
      this.#ask(null);
      return;
    }
    const key = chord(event);
    const shown = this.words.chord(key);
    const reason = unfit(event);
    const holder = this.keymap.holder(key);
    if (reason) this.#tell(`keys_unfit_${reason}`, { key: shown });
    else if (holder === this.asked.command) this.#ask(null);
    else if (holder) {
      this.clash = { ...this.asked, wanted: key };
      const button = (act, label) => h("button.qkc-act", { type: "button", "data-act": act }, this.words.say(label));
      const what = this.words.say(`do_${lineOf(holder)}`);
      this.#tell("keys_clash", { key: shown, what }, " ", button("swap", "keys_swap"), " ", button("leave", "keys_leave"));
      this.told.querySelector("button").focus();
    } else this.#give({ ...this.asked, wanted: key });
  }

  #give({ command, key, wanted }) {
    const own = this.keymap.given(command, key, wanted);
    this.before = null;
    this.asked = null;
    this.clash = null;
    this.keep(own);
    this.#tell("keys_done", { key: this.words.chord(wanted), what: this.words.say(`do_${lineOf(command)}`) });
    this.keys.querySelector(`[data-command="${command}"]`)?.focus();
  }

  get isOpen() {
    return this.dialog.open;
  }

  open() {
    this.#ask(null);
    this.dialog.showModal();
    this.dialog.focus({ preventScroll: true });
    this.dialog.scrollTop = 0; // in a low window it would begin at its button
  }
}
