// The line under the text: saved or not yet, what went wrong, the keys one needs most.

import { h } from "./dom.js";

const QUIET = 600; // ms during which nothing is said: most answers come sooner
const WORRY = 5000; // ms without an answer before saying that what waits is safe

export class Status {
  constructor(words, act) {
    this.words = words;
    this.saved = h("span.qkc-saved", { role: "status" });
    this.notes = h("div.qkc-notes", { role: "log", "aria-live": "assertive" });
    const button = (name, sign) =>
      h("button.qkc-act", { type: "button", title: words.say(`do_${name}`), "aria-label": words.say(`do_${name}`), onclick: act[name] }, sign);
    this.undo = button("undo", "↶");
    this.redo = button("redo", "↷");
    this.element = h(
      "footer.qkc-status",
      {},
      this.undo,
      this.redo,
      this.saved,
      (this.hint = h("span.qkc-hint", { id: "qkc-keys-hint" }, ...this.#hint())),
      (this.keys = h("button.qkc-act", { type: "button", "aria-label": words.say("keys"), onclick: act.help }, "?")),
    );
    this.element.addEventListener("mousedown", (event) => event.preventDefault());
    this.since = null;
  }

  #hint() {
    const { words } = this;
    const pairs = [["palette", "hint_palette"], ["repeat", "hint_repeat"], ["inVivo", "hint_vivo"]];
    const keys = pairs.map(([command, label]) => [words.keymap?.keys(command)[0], label]).filter(([key]) => key);
    return [["1–9", "hint_pinned"], ...keys].flatMap(([key, label]) => [
      h("kbd", {}, words.chord(key)),
      h("span", {}, ` ${words.say(label)} `),
    ]);
  }

  /** The keys in force have changed. */
  rekey() {
    this.hint.replaceChildren(...this.#hint());
    this.#titles();
  }

  #titles() {
    const { words } = this;
    const title = (name, what) => `${what ? words.say(`${name}_what`, { what }) : words.say(`do_${name}`)} (${words.say(`{key_${name}}`)})`;
    this.undo.title = title("undo", this.undoes);
    this.redo.title = title("redo", this.redoes);
    this.keys.title = `${words.say("keys")} (${words.say("{key_help}")})`;
  }

  /** @param waiting number of operations not saved yet; stored: false when the browser keeps nothing */
  show({ waiting, stored, undo, redo }) {
    const { words } = this;
    clearTimeout(this.timer);
    Object.assign(this, { undoes: undo, redoes: redo });
    this.#titles();
    if (!waiting) {
      if (this.since !== null) this.savedAt = new Date();
      this.since = null;
      this.saved.classList.remove("qkc-worry");
      this.saved.textContent = this.savedAt ? words.say("saved_at", { time: words.time(this.savedAt) }) : "";
      return;
    }
    this.since ??= performance.now();
    const elapsed = performance.now() - this.since;
    const worry = elapsed >= WORRY;
    this.saved.classList.toggle("qkc-worry", worry);
    if (worry) this.saved.textContent = words.count(stored ? "kept_here" : "not_saved", waiting);
    else if (elapsed >= QUIET) this.saved.textContent = words.say("saving");
    if (!worry) {
      this.timer = setTimeout(() => this.show({ waiting, stored, undo, redo }), elapsed < QUIET ? QUIET - elapsed : WORRY - elapsed);
    }
  }

  savedNow() {
    this.savedAt = new Date();
  }

  /** A sentence over the text. Refusals stay until they are closed; a hint goes away, or gives way to the next one, and
   *  lets the mouse through to the words under it. */
  note(text, { stays = false } = {}) {
    if ([...this.notes.children].some((note) => note.dataset.text === text)) return;
    const note = h(stays ? "div.qkc-note.qkc-refused" : "div.qkc-note", { "data-text": text }, h("span", {}, text));
    const close = () => note.remove();
    if (stays) {
      note.append(h("button.qkc-act", { type: "button", "aria-label": this.words.say("close"), onclick: close }, "×"));
      note.addEventListener("mousedown", (event) => event.preventDefault());
    } else {
      this.notes.querySelectorAll(":scope > :not(.qkc-refused)").forEach((other) => other.remove());
      setTimeout(close, 4000);
    }
    this.notes.append(note);
  }

  destroy() {
    clearTimeout(this.timer);
  }
}
