// What an assistant proposes: shown with dashes and the word « suggestion », gone through, accepted or refused. It
// counts as nothing until it is accepted.

import { h } from "./dom.js";
import { countBelow } from "./offsets.js";
import { excerpt } from "./words.js";

const EXCERPT = 260;

/** The words that a reason quotes, in its order. */
export function quoted(reason) {
  return [...reason.matchAll(/«\s*(.+?)\s*»/gu)].map((match) => match[1]);
}

/** The text in pieces, with `marked` those that say one of the words, whole. */
export function pieces(text, words) {
  const wanted = [...new Set(words)].sort((a, b) => b.length - a.length);
  if (!wanted.length) return [{ text, marked: false }];
  const escaped = wanted.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join("|")})(?![\\p{L}\\p{N}])`, "gu");
  const found = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > at) found.push({ text: text.slice(at, match.index), marked: false });
    found.push({ text: match[0], marked: true });
    at = match.index + match[0].length;
  }
  if (at < text.length) found.push({ text: text.slice(at), marked: false });
  return found;
}

/** The next one (step 1) or the one before (-1) of a list in order: of the current one, else of a place. */
export function following(list, current, place, step) {
  const at = list.findIndex((each) => each.id === current);
  if (at >= 0) return list[at + step];
  const before = countBelow(list.map((each) => each.s), place);
  return list[step > 0 ? before : before - 1];
}

/** Columns for those that share a block, after its codings: the first that is free where each stands. */
export function columns(suggestions, base) {
  const ends = [];
  return suggestions.map((each) => {
    let column = ends.findIndex((end) => end <= each.s);
    if (column < 0) column = ends.length;
    ends[column] = each.e;
    return { ...each, lane: base + column };
  });
}

export class Suggesting {
  constructor(coder) {
    this.coder = coder;
    this.current = null; // id of the one that keys act on
    this.here = []; // those at the selection, the click or the current one
    this.shown = new Map();
    this.byBlock = new Map();
    this.decided = new Set(); // by this page: one that comes back is taken in hand again
    this.hidden = false;
    this.highlight = this.#highlight();
    this.button = h("button.qkc-act.qkc-suggestions", { type: "button", onclick: () => this.toggle() });
    coder.status.element.insertBefore(this.button, coder.status.element.lastElementChild);
    coder.painter.layers.push(this);
    coder.margin.suggesting = this;
    coder.inspector.layers.push(this);
    coder.inspector.sections.passage.body.addEventListener("click", (event) => {
      const card = event.target.closest("li[data-suggestion]");
      if (card && !event.target.closest("[data-act]")) this.select(card.dataset.suggestion);
    });
  }

  #highlight() {
    if (typeof Highlight === "undefined" || !CSS.highlights) return new Set();
    const highlight = new Highlight();
    highlight.priority = 4000;
    CSS.highlights.set("qkc-suggestion", highlight);
    return highlight;
  }

  /** Show those that no coding answers, after codings have changed; what is to be painted again goes into `touched`. */
  refresh(touched) {
    const { codings } = this.coder;
    const next = new Map();
    for (const each of codings.suggestions.values()) {
      const [first, last] = codings.blockSpan(each.s, each.e);
      let near = touched.all || each.answered === undefined;
      for (let i = first; !near && i <= last; i += 1) near = touched.blocks.has(i);
      if (near) each.answered = codings.over(each.s, each.e).some((coding) => coding.code === each.code);
      if (!this.hidden && !each.answered) next.set(each.id, each);
    }
    let back = null;
    for (const each of this.shown.values()) if (!next.has(each.id)) this.#touch(touched, each);
    for (const each of next.values()) {
      if (this.shown.has(each.id)) continue;
      this.#touch(touched, each);
      if (this.decided.delete(each.id)) back = each.id;
    }
    this.shown = next;
    this.byBlock = new Map();
    for (const each of this.inOrder()) {
      const [first, last] = codings.blockSpan(each.s, each.e);
      for (let i = first; i <= last; i += 1) {
        if (!this.byBlock.has(i)) this.byBlock.set(i, []);
        this.byBlock.get(i).push(each);
      }
    }
    if (back) this.select(back, { look: false });
    this.#count();
  }

  #touch(touched, each) {
    const [first, last] = this.coder.codings.blockSpan(each.s, each.e);
    for (let i = first; i <= last; i += 1) touched.blocks.add(i);
  }

  #count() {
    const { words } = this.coder;
    const n = this.coder.codings.suggestions.size;
    this.button.hidden = !n;
    this.button.textContent = this.hidden ? words.say("suggestions_hidden") : words.count("suggestions", this.shown.size);
    this.button.title = words.say(this.hidden ? "show_suggestions" : "hide_suggestions");
    this.button.setAttribute("aria-pressed", String(!this.hidden));
  }

  inOrder() {
    return [...this.shown.values()].sort((a, b) => a.s - b.s || b.score - a.score || (a.id < b.id ? -1 : 1));
  }

  over(s, e = s) {
    const [first, last] = this.coder.codings.blockSpan(s, Math.max(e, s + 1));
    const found = new Set();
    for (let i = first; i <= last; i += 1) {
      for (const each of this.byBlock.get(i) ?? []) {
        if (s === e ? each.s <= s && s < each.e : each.s < e && s < each.e) found.add(each);
      }
    }
    return [...found];
  }

  // What the painter and the margin ask of a block

  ranges(i) {
    const found = [];
    for (const each of this.byBlock.get(i) ?? []) {
      const range = this.coder.view.rangeIn(i, each.s, each.e);
      if (!range) continue;
      this.highlight.add(range);
      found.push([this.highlight, range]);
    }
    return found;
  }

  inBlock(i) {
    const here = this.byBlock.get(i);
    if (!here) return [];
    const base = Math.max(-1, ...[...this.coder.codings.byBlock[i]].map((coding) => coding.lane)) + 1;
    return columns(here, base);
  }

  // What the keys act on

  get one() {
    return this.shown.get(this.current) ?? null;
  }

  /** After the selection, the click or the current coding has changed. */
  look({ span, at, coding }) {
    const one = this.one;
    if (!one) this.current = null;
    if (span) this.here = this.over(span[0], span[1]);
    else if (one) this.here = this.over(one.s, one.e);
    else if (at !== null) this.here = this.over(at);
    else this.here = coding ? this.over(coding.s, coding.e) : [];
    const { column } = this.coder.view;
    if (this.outlined === this.current) return;
    this.outlined = this.current;
    column.querySelectorAll(".qkc-suggested.qkc-current").forEach((e) => e.classList.remove("qkc-current"));
    if (this.current) {
      const own = `.qkc-margin [data-suggestion="${CSS.escape(this.current)}"]`;
      column.querySelectorAll(own).forEach((e) => e.classList.add("qkc-current"));
    }
  }

  select(id, { reveal = false, look = true } = {}) {
    const { coder } = this;
    const one = this.shown.get(id);
    if (!one) return;
    coder.selector.clear();
    coder.listed = null;
    coder.current = null;
    this.current = id;
    if (reveal) coder.view.reveal(one.s, true);
    if (look) coder.look();
  }

  /** A click on a stripe or a name: true where it was one of ours. */
  clicked(event) {
    const mark = event.target.closest("[data-suggestion]");
    if (mark) this.select(mark.dataset.suggestion);
    return Boolean(mark);
  }

  go(step) {
    const { coder } = this;
    const say = (key) => coder.status.note(coder.words.say(key));
    if (this.hidden) return say("suggestions_hidden_now");
    const list = this.inOrder();
    if (!list.length) return say("no_suggestion");
    const coding = coder.codings.byId.get(coder.current);
    const place = coding?.s ?? coder.selector.span?.[0] ?? coder.at ?? coder.selector.lastPlace();
    const next = following(list, this.current, place, step);
    if (next) return this.select(next.id, { reveal: true });
    // Round the end: what lies on the other side is not to be looked for by hand.
    const first = list[step > 0 ? 0 : list.length - 1];
    if (first.id === this.current) return say("no_more_suggestion");
    say(step > 0 ? "from_the_start" : "from_the_end");
    return this.select(first.id, { reveal: true });
  }

  /** Ask for suggestions on what is on the screen, as they were asked for last. */
  askHere() {
    const { coder } = this;
    const screen = coder.view.onScreen();
    if (!screen) return;
    if (this.hidden) this.toggle();
    coder.store.ask("suggest", screen.map((unit) => coder.index.toPoints(unit)).join("-"));
    coder.status.note(coder.words.say("suggesting_here"));
  }

  #chosen(id) {
    const one = id ? this.shown.get(id) : this.one ?? (this.here.length === 1 ? this.here[0] : null);
    if (!one) this.coder.status.note(this.coder.words.say("no_suggestion_here"));
    return one;
  }

  accept(id = null) {
    const one = this.#chosen(id);
    const code = one && this.coder.codings.codes.get(one.code);
    if (code) this.#decide(one, () => this.coder.operations.accept(one, code));
  }

  refuse(id = null) {
    const one = this.#chosen(id);
    if (one) this.#decide(one, () => this.coder.operations.reject(one));
  }

  acceptOther(id = null) {
    const { coder } = this;
    const one = this.#chosen(id);
    if (!one) return;
    coder.palette.open({
      title: coder.words.say("accept_title", { name: coder.codings.codes.get(one.code)?.name ?? "" }),
      list: coder.list.filter((code) => code.id !== one.code && code.active !== false && !code.id.startsWith("new:")),
      pinned: coder.pinned,
      recent: coder.commands.recent,
      choose: (code) => this.#decide(one, () => coder.operations.accept(one, code)),
      create: null,
      pin: (code, place) => coder.commands.pin(code, place),
      left: () => coder.commands.back(),
    });
  }

  /** Do it, and go to the next one; at the end, stay where the last one was. */
  #decide(one, act) {
    const list = this.inOrder();
    const next = list[list.findIndex((each) => each.id === one.id) + 1];
    this.decided.add(one.id);
    this.current = null;
    // The button that was clicked goes with its card: the keyboard must not go with it.
    if (this.coder.inspector.element.contains(document.activeElement)) this.coder.commands.back();
    act();
    if (next && this.shown.has(next.id)) this.select(next.id, { reveal: true });
    else {
      this.coder.at = one.s;
      this.coder.look();
      this.coder.status.note(this.coder.words.say("no_more_suggestion"));
    }
  }

  /** As kept for this coder: shown unless they said no. */
  prefer(value) {
    const hidden = value === false;
    if (hidden === this.hidden) return;
    this.hidden = hidden;
    this.coder.repaint();
  }

  toggle() {
    this.coder.operations.preference(this.coder.prefKey("suggestions"), this.hidden);
    this.prefer(this.hidden);
  }

  // In the inspector

  signature() {
    const keys = this.coder.words.say("{key_accept} {key_refuse} {key_acceptOther}");
    return [this.current, keys, this.here.map((each) => [each.id, this.coder.codings.codes.get(each.code)?.name])];
  }

  cards() {
    const { words } = this.coder;
    return [
      this.here.length ? h("h3.qkc-sub", {}, words.count("suggestions", this.here.length)) : null,
      this.here.length ? h("ol.qkc-proposed", {}, this.here.map((each) => this.#card(each))) : null,
    ].filter(Boolean);
  }

  #card(one) {
    const { words, codings, painter } = this.coder;
    const code = codings.codes.get(one.code);
    const act = (name, label) =>
      h("button.qkc-act", { type: "button", "data-act": name, "data-id": one.id }, words.say(label), h("kbd", {}, words.say(`{key_${name}}`)));
    const text = excerpt(codings.index.slice(one.s, one.e), EXCERPT);
    const isCurrent = one.id === this.current;
    return h(
      isCurrent ? "li.qkc-card.qkc-proposal.qkc-current" : "li.qkc-card.qkc-proposal",
      { "data-suggestion": one.id, "aria-current": isCurrent ? "true" : null },
      h("p.qkc-meta", {}, [words.say(`suggestion_${one.level}`), one.worth].filter(Boolean).join(" · ")),
      h("div.qkc-card-head", {},
        h("span.qkc-swatch", { "aria-hidden": "true", style: { "--qkc-c": painter.tints.get(one.code)?.stripe ?? "#888" } }),
        h("strong", { title: code?.path ?? "" }, code?.name ?? "?")),
      h("p.qkc-excerpt", {}, "«\u00a0",
        pieces(text, quoted(one.reason)).map((piece) => (piece.marked ? h("u", {}, piece.text) : piece.text)),
        "\u00a0»"),
      h("p.qkc-rule", {}, one.reason),
      h("div.qkc-acts", {}, act("accept", "accept"), act("refuse", "refuse"), act("acceptOther", "accept_other")),
    );
  }

  destroy() {
    this.highlight.clear();
    if (typeof CSS !== "undefined" && CSS.highlights?.get("qkc-suggestion") === this.highlight) CSS.highlights.delete("qkc-suggestion");
  }
}
