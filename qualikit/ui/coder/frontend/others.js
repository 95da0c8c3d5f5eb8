// The work of the other coders, on request: hatched stripes in lanes of their own with their initials, read-only. And
// who is here now. Coding is blind unless this coder asks to see.

import { eachFrame, h } from "./dom.js";
import { quoted } from "./cards.js";
import { assignAll } from "./lanes.js";
import { bounds } from "./margin.js";

const LANES = 3;
const PITCH = 18; // pixels: room for two initials

/** « Marc Duval » → « MD », « Marc » → « Ma »: two letters as a rule. */
export function initials(name) {
  const words = name.split(/[\s\-_.]+/u).filter(Boolean);
  const first = (word, n) => [...word].slice(0, n).join("");
  if (!words.length) return "?";
  return words.length > 1 ? first(words[0], 1).toUpperCase() + first(words.at(-1), 1).toUpperCase() : first(words[0], 2);
}

export class Others {
  constructor(coder) {
    this.coder = coder;
    this.byId = new Map();
    this.byBlock = new Map();
    this.here = [];
    this.drawn = new Map(); // block → element
    this.text = "";
    this.presence = [];
    this.wide = false;
    this.section = h("section.qkc-team", { "aria-label": coder.words.say("team") });
    coder.inspector.element.append(this.section);
    coder.inspector.layers.push(this);
    this.settle = eachFrame(() => coder.repaint());
    this.section.addEventListener("click", (event) => event.target.closest("button") && this.toggle());
  }

  get on() {
    return this.coder.kept("others") === true;
  }

  receive({ others = [], presence = [], blind = false }) {
    this.presence = presence;
    this.blind = blind;
    const text = JSON.stringify(others);
    if (text !== this.text) {
      this.text = text;
      const { codings } = this.coder;
      this.byId = new Map(others.map(([id, start, end, code, coder]) => [id, codings.coding(id, start, end, code, coder)]));
      this.#lay();
    }
    this.#team();
  }

  /** Lanes and blocks, all anew: colleagues' work changes seldom. */
  #lay() {
    const list = [...this.byId.values()];
    assignAll(list);
    this.byBlock = new Map();
    for (const each of list) {
      const [first, last] = this.coder.codings.blockSpan(each.s, each.e);
      for (let i = first; i <= last; i += 1) {
        if (!this.byBlock.has(i)) this.byBlock.set(i, []);
        this.byBlock.get(i).push(each);
      }
    }
    const wide = list.length > 0 && this.on;
    if (this.coder.root.classList.toggle("qkc-with-others", wide) !== this.wide) this.settle();
    this.wide = wide;
    this.draw([...this.coder.view.near]);
  }

  #team() {
    const { words, doc } = this.coder;
    const said = this.presence.map(({ coder, document, title }) =>
      words.say(document === doc.id ? "here_too" : "elsewhere", { coder, title }));
    const on = this.on;
    const status = on ? (this.byId.size ? "others_shown" : "no_others") : this.blind ? "blind" : null;
    const signature = JSON.stringify([on, status, said, this.byId.size, words.say("{key_others}")]);
    if (signature === this.teamSignature) return;
    this.teamSignature = signature;
    this.section.replaceChildren(...[
      h("h2.qkc-title", {}, words.say("team"), on && this.byId.size ? ` · ${words.count("others_codings", this.byId.size)}` : ""),
      ...said.map((sentence) => h("p.qkc-here-now", {}, sentence)),
      status && h("p.qkc-meta", {}, words.say(status)),
      h("div.qkc-acts", {},
        h("button.qkc-act", { type: "button", "aria-pressed": String(on) }, words.say(on ? "hide_others" : "see_others"), h("kbd", {}, words.say("{key_others}")))),
    ].filter(Boolean));
  }

  /** Asked of Python at once: nothing of theirs is in the browser before. */
  toggle() {
    const { coder } = this;
    if (this.section.contains(document.activeElement)) coder.commands.back();
    const on = !this.on;
    coder.operations.preference(coder.prefKey("others"), on);
    coder.store.outbox.flush();
    if (!on) {
      this.byId = new Map();
      this.text = "[]";
      this.#lay();
      coder.look();
    }
    this.#team();
  }

  over(s, e) {
    const [first, last] = this.coder.codings.blockSpan(s, Math.max(e, s + 1));
    const found = new Set();
    for (let i = first; i <= last; i += 1) {
      for (const each of this.byBlock.get(i) ?? []) if (s === e ? each.s <= s && s < each.e : each.s < e && s < each.e) found.add(each);
    }
    return [...found];
  }

  look({ span, at, coding }) {
    if (span) this.here = this.over(...span);
    else if (this.chosen && this.byId.has(this.chosen)) this.here = this.over(this.byId.get(this.chosen).s, this.byId.get(this.chosen).e);
    else if (at !== null) this.here = this.over(at, at);
    else this.here = coding ? this.over(coding.s, coding.e) : [];
  }

  clicked(event) {
    const mark = event.target.closest("[data-other]");
    if (!mark) return false;
    const { coder } = this;
    coder.selector.clear();
    this.chosen = mark.dataset.other;
    coder.look();
    return true;
  }

  /** The same code on the same passage, as a coding of one's own. */
  takeUp(id) {
    const { coder } = this;
    const other = this.byId.get(id);
    const code = other && coder.codings.codes.get(other.code);
    if (!code || coder.codings.exactly(other.start, other.end, code.id)) return;
    coder.commands.back();
    coder.operations.add([other.s, other.e], code);
    coder.status.note(coder.words.say("taken_up", { name: code.name }));
  }

  // Beside the text

  draw(blocks) {
    const { view } = this.coder;
    const plans = [];
    for (const i of blocks) {
      const here = this.byBlock.get(i);
      if (!here || !view.near.has(i)) this.#remove(i);
      else plans.push([i, bounds(view, i, here)]);
    }
    for (const [i, bars] of plans) {
      this.#remove(i);
      const element = h("div.qkc-others", {}, bars.filter((bar) => bar.coding.lane < LANES).map((bar) => this.#stripe(bar)));
      view.rows[i].append(element);
      this.drawn.set(i, element);
    }
  }

  drop(blocks) {
    for (const i of blocks) this.#remove(i);
  }

  #remove(i) {
    this.drawn.get(i)?.remove();
    this.drawn.delete(i);
  }

  #stripe({ coding, begins, top, bottom }) {
    const { codings, painter, words } = this.coder;
    const name = codings.codes.get(coding.code)?.name ?? "?";
    return h(
      "span.qkc-other",
      {
        "data-other": coding.id,
        title: `${name} · ${words.say("coding_of", { coder: coding.coder })}`,
        style: {
          "--qkc-c": painter.tints.get(coding.code)?.stripe ?? "#888",
          top: `${top + 1}px`,
          height: `${Math.max(16, bottom - top - 2)}px`,
          right: `${(LANES - 1 - coding.lane) * PITCH}px`,
        },
      },
      begins ? h("b", {}, initials(coding.coder)) : null,
    );
  }

  // In the inspector

  signature() {
    const { codings } = this.coder;
    return this.here.map((each) => [each.id, codings.codes.get(each.code)?.name, Boolean(codings.exactly(each.start, each.end, each.code))]);
  }

  cards() {
    const { words } = this.coder;
    return this.here.length
      ? [
          h("h3.qkc-sub", {}, words.count("others_codings", this.here.length)),
          h("ol.qkc-theirs", {}, this.here.map((each) => this.#card(each))),
        ]
      : [];
  }

  #card(other) {
    const { words, codings, painter } = this.coder;
    const code = codings.codes.get(other.code);
    const mine = codings.exactly(other.start, other.end, other.code);
    return h("li.qkc-card.qkc-their", {},
      h("p.qkc-meta", {}, words.say("coding_of", { coder: other.coder })),
      h("div.qkc-card-head", {},
        h("span.qkc-swatch", { "aria-hidden": "true", style: { "--qkc-c": painter.tints.get(other.code)?.stripe ?? "#888" } }),
        h("strong", { title: code?.path ?? "" }, code?.name ?? "?")),
      h("p.qkc-excerpt", {}, quoted(codings.index, other.s, other.e)),
      mine
        ? h("p.qkc-meta", {}, words.say("already_there"))
        : h("div.qkc-acts", {}, h("button.qkc-act", { type: "button", "data-act": "takeUp", "data-id": other.id }, words.say("take_up"))),
    );
  }

  destroy() {
    this.settle.cancel();
  }
}
