// What those who listen are told: the words they have come to and who says them, what is coded there, what a key did.
// Colours and stripes say the same to those who see.

import { h } from "./dom.js";

const STILL = 150; // ms: keys in quick succession are told once
const WORDS = 12; // of a line or a selection
const NAMES = 4; // of codes on one passage

/** The first words of a text; of a long selection its last ones too. */
export function gist(text, { ends = false } = {}) {
  const words = text.trim().split(/\s+/);
  if (words.length <= WORDS) return words.join(" ");
  const last = ends ? ` ${words.slice(-WORDS / 2).join(" ")}` : "";
  return `${words.slice(0, ends ? WORDS / 2 : WORDS).join(" ")}…${last}`;
}

/** « Météo, Autonomie » — each name once, in the order given. */
export function listed(names) {
  const once = [...new Set(names)];
  return once.length > NAMES ? `${once.slice(0, NAMES).join(", ")}…` : once.join(", ");
}

export class Voice {
  constructor(coder) {
    this.coder = coder;
    this.element = h("div.qkc-unseen.qkc-voice", { role: "status", "aria-live": "polite", "aria-atomic": "true" });
    this.told = { place: "", codings: "", turn: null };
    this.deeds = [];
  }

  /** A key has done something; called before it is painted, so that what was there is known. */
  did({ op, changes = [] }) {
    const { codings, words } = this.coder;
    const name = (id) => codings.codes.get(id)?.name ?? changes.find((change) => change.code?.id === id)?.code.name ?? "";
    const deeds = [];
    for (const { put, drop } of changes) {
      const before = codings.byId.get(put?.id ?? drop);
      if (put && !before) deeds.push(words.say("told_added", { name: name(put.code) }));
      else if (put && before.code !== put.code) deeds.push(words.say("told_recoded", { before: name(before.code), name: name(put.code) }));
      else if (drop && before) deeds.push(words.say("told_removed", { name: name(before.code) }));
    }
    if (deeds.length && (op === "undo" || op === "redo")) deeds.unshift(words.say(`told_${op}`));
    this.deeds.push(...deeds);
  }

  /** The selection, the place or what is coded there may have changed. */
  look() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#tell(), STILL);
  }

  #tell() {
    const parts = [...this.deeds];
    const place = this.#place();
    const codings = this.#codings();
    if (!parts.length && place.key !== this.told.place) parts.push(place.text);
    if (codings !== this.told.codings) parts.push(codings);
    this.told = { place: place.key, codings, turn: place.turn ?? this.told.turn };
    this.deeds = [];
    const text = parts.filter(Boolean).join(". ");
    if (text) this.element.textContent = text;
  }

  #place() {
    const { selector, codings, current, index, view, words, doc } = this.coder;
    const coding = codings.byId.get(current);
    const at = this.coder.at ?? coding?.s ?? null;
    if (selector.span) return { key: String(selector.span), text: words.say("told_selected", { words: gist(index.slice(...selector.span), { ends: true }) }) };
    if (at === null) return { key: "", text: "" };
    const block = view.blocks[view.blockAt(at)];
    const speaker = block.turn === this.told.turn ? "" : doc.turns[block.turn]?.speaker;
    const line = gist(index.slice(Math.max(at, block.s), this.coder.at === null ? coding.e : block.e));
    return { key: this.coder.at === null ? coding.id : String(at), text: speaker ? `${speaker}\u00a0: ${line}` : line, turn: block.turn };
  }

  #codings() {
    const { here, codings, current, words } = this.coder;
    if (!here.length) return "";
    const name = (coding) => codings.codes.get(coding?.code)?.name ?? "";
    const one = codings.byId.get(current);
    const said = words.say("told_coded", { names: one ? name(one) : listed(here.map(name)) });
    return here.length > 1 ? `${said}, ${words.count("told_here", here.length)}` : said;
  }

  destroy() {
    clearTimeout(this.timer);
  }
}
