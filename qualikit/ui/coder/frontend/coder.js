// The coder: puts the parts together and holds what they share (the selection, the current coding, the last code).

import { cutBlocks } from "./blocks.js";
import { Bounds } from "./bounds.js";
import { Codings } from "./codings.js";
import { mix, parse } from "./colours.js";
import { Commands } from "./commands.js";
import { h, Words } from "./dom.js";
import { Find } from "./find.js";
import { Frame } from "./frame.js";
import { Guide } from "./guide.js";
import { Help } from "./help.js";
import { Inspector } from "./inspector.js";
import { Keymap, typing } from "./keys.js";
import { Margin } from "./margin.js";
import { TextIndex } from "./offsets.js";
import { Operations } from "./operations.js";
import { Others } from "./others.js";
import { Overview } from "./overview.js";
import { Painter } from "./paint.js";
import { Palette } from "./palette.js";
import { ReadingPlace } from "./reading_place.js";
import { Selector } from "./selection.js";
import { Status } from "./status.js";
import { Suggesting } from "./suggesting.js";
import { TextView } from "./text_view.js";
import { Timing } from "./timing.js";
import { Tree } from "./tree.js";
import { TreeDesk } from "./tree_desk.js";
import { TreeKeys } from "./tree_keys.js";
import { isDigit, ordered, pinnedCodes } from "./tree_order.js";
import { Voice } from "./voice.js";
import { Zones } from "./zones.js";

function inUtf16(data, index) {
  const turns = data.turns.map(([start, end, speechStart, speechEnd, speaker, time, participant]) => ({
    start: index.toUtf16(start),
    end: index.toUtf16(end),
    speechStart: index.toUtf16(speechStart),
    speechEnd: index.toUtf16(speechEnd),
    speaker,
    time,
    participant,
  }));
  return { ...data, turns };
}

export class Coder {
  constructor(parent, data, store, began) {
    this.docKey = data.docKey;
    this.store = store;
    this.timing = new Timing(began);
    this.words = new Words(data.labels);
    this.index = new TextIndex(data.text);
    this.doc = inUtf16(data, this.index);
    const blocks = cutBlocks(data.text, this.doc.turns);
    this.codings = new Codings(this.index, blocks);
    this.operations = new Operations({
      doc: this.doc,
      codings: this.codings,
      outbox: store.outbox,
      before: () => this.bounds.settle(),
      changed: (operation) => {
        if (operation.op === "pref") return;
        this.timing.sent(operation.uuid);
        this.voice.did(operation);
        this.refold();
      },
    });
    this.commands = new Commands(this);
    this.place = new ReadingPlace(this);
    this.treeDesk = new TreeDesk(this);
    this.guide = new Guide(this);
    this.keymap = new Keymap();
    this.words.keymap = this.keymap;
    this.prefs = {};
    this.list = []; // codes in the order of the tree
    this.here = []; // codings at the selection or the click
    this.current = null; // id of the one that keys act on
    this.inHand = false; // it was chosen, not merely passed by the keyboard: its bounds can be moved
    this.shownCode = null;
    this.at = null;
    this.#assemble(parent, blocks);
  }

  #assemble(parent, blocks) {
    const { words, codings } = this;
    const view = new TextView({
      document: this.doc,
      index: this.index,
      blocks,
      words,
      onNear: (came, left) => this.#near(came, left),
      onLayout: () => {
        this.margin.draw([...view.near]);
        this.bounds?.draw();
      },
    });
    this.view = view;
    this.painter = new Painter(view, codings);
    this.margin = new Margin({ view, codings, painter: this.painter, words });
    this.overview = new Overview(this);
    this.find = new Find(this);
    this.palette = new Palette({ words, painter: this.painter });
    this.help = new Help(words, this.keymap, (own) => this.commands.keepKeys(own));
    this.status = new Status(words, {
      undo: () => this.commands.undo(),
      redo: () => this.commands.redo(),
      help: () => this.commands.help(),
    });
    this.tree = new Tree({
      words,
      painter: this.painter,
      act: { ...this.commands.treeActions(), ...this.treeDesk.actions() },
      filter: this.#kept("filter") ?? "",
      folded: this.#kept("folded") ?? [],
    });
    this.inspector = new Inspector({ words, painter: this.painter, codings, doc: this.doc, act: this.commands.inspectorActions() });
    this.suggesting = new Suggesting(this);
    this.others = new Others(this);
    this.voice = new Voice(this);
    this.bounds = new Bounds(this);
    this.reading = h("div.qkc-reading", {}, view.scroller, this.overview.element, this.status.notes);
    this.root = h(
      "div.qkc-coder",
      { lang: words.lang, tabindex: "-1", "data-key": this.docKey },
      h("h1.qkc-unseen", {}, this.doc.title),
      this.tree.element,
      h("div.qkc-centre", {}, this.find.element, this.reading, this.status.element),
      this.inspector.element,
      this.bounds.said,
      this.palette.dialog,
      this.help.dialog,
      this.voice.element,
    );
    parent.append(this.root);
    this.treeDesk.start();
    document.documentElement.lang = words.lang;
    this.root.addEventListener("keydown", (event) => this.#key(event));
    view.column.addEventListener("click", (event) => this.#clicked(event));
    new TreeKeys(this.tree.tree, { unpin: (id) => this.pinned?.includes(id) && this.commands.unpin(this.pinned.indexOf(id)) });
    this.zones = new Zones(this);
    this.selector = new Selector(view, (span, at, byKey) => this.#selected(span, at, byKey));
    this.frame = new Frame(this.root, view, (sizes) => this.#resized(sizes));
    this.themed();
    view.onScroll(() => this.root.isConnected && this.place.keep());
    this.leaving = new AbortController();
    window.addEventListener("pagehide", () => this.place.leave(), { signal: this.leaving.signal });
    const focused = document.activeElement;
    // The text that was open before still has the focus, and takes it away with it.
    if (!focused || focused === document.body || focused.closest(".qkc-coder")) view.scroller.focus({ preventScroll: true });
  }

  #kept(key) {
    const local = this.store.outbox.waiting.findLast?.((o) => o.op === "pref" && o.key === this.prefKey(key));
    if (local) return local.value;
    return this.prefs[this.prefKey(key)] ?? this.store.state?.prefs?.[this.prefKey(key)];
  }

  kept(key) {
    return this.#kept(key);
  }

  /** True when something says which codes are pinned: this coder, or the codebook by its shortcuts. */
  get hasPins() {
    return Array.isArray(this.#kept("pinned")) || this.list.some((code) => isDigit(code.shortcut));
  }

  prefKey(key) {
    return key === "place" ? `coder.place.${this.doc.id}` : `coder.${key}`;
  }

  /** The page's colours as Streamlit gives them now: light or dark, and the codes' tints with them. */
  themed() {
    const style = getComputedStyle(this.root);
    const page = parse(style.getPropertyValue("--st-background-color"), "#ffffff");
    const ink = parse(style.getPropertyValue("--st-text-color"), "#1f2330");
    this.colours = { page, ink, palest: mix(ink, page, 0.8) }; // the palest: what a moderator says
    const dark = page[0] * 0.3 + page[1] * 0.6 + page[2] * 0.1 < 128;
    const changed = this.root.classList.contains("qkc-dark") !== dark;
    this.root.classList.toggle("qkc-dark", dark);
    this.root.classList.toggle("qkc-light", !dark);
    this.painter.colour(this.codings.codes, this.colours);
    if (changed && this.list.length) this.#redrawAll();
  }

  /** Python's state has come; `left` is what it settled of the outbox. */
  receive(state, left) {
    const first = !this.received;
    this.received = true;
    this.prefs = state.prefs ?? {};
    // This coder did something elsewhere (asked for suggestions): what undo takes back is not what this page did last.
    const elsewhere = !first && !left.acked.length && state.history?.undo !== this.history?.undo;
    if (elsewhere) this.operations.forget();
    this.history = state.history ?? {};
    this.operations.rev = state.rev;
    this.operations.coder = state.coder ?? null;
    this.#keys();
    const touched = this.codings.receive(state, this.#pending());
    this.guide.receive(state);
    this.#codes();
    this.suggesting.prefer(this.#kept("suggestions"));
    this.#paint(touched);
    this.others.receive(state);
    for (const { operation, reason } of left.refused) {
      this.operations.forget();
      if (operation.op === "pref") continue;
      const what = operation.describe;
      this.status.note(what ? this.words.say("refused_what", { what, reason }) : this.words.say("refused", { reason }), { stays: true });
    }
    if (state.trouble && state.trouble !== this.trouble) this.status.note(state.trouble, { stays: true });
    this.trouble = state.trouble;
    if (left.acked.length) {
      this.timing.saved(left.acked);
      if (left.acked.some((o) => o.op !== "pref")) this.status.savedNow();
    }
    this.outboxChanged();
    if (first) this.#arrive();
    // Kept with the text: who comes back to it later comes back to where they were reading.
    if (state.goto && state.goto.token !== this.store.gone) {
      this.store.gone = state.goto.token;
      this.commands.going.goTo(state.goto);
    }
  }

  #arrive() {
    const place = this.#kept("place");
    if (Array.isArray(place)) this.view.restore([this.index.toUtf16(place[0]), place[1] ?? 0]);
    const filter = this.#kept("filter");
    if (typeof filter === "string" && filter) this.tree.filter.value = filter;
    for (const id of this.#kept("folded") ?? []) this.tree.folded.add(id);
    this.find.restore();
    this.tree.render();
    this.inspector.setFolded(this.#kept("sections") ?? []);
    this.timing.opened(this.codings.byId.size);
  }

  /** The user's own keys may have changed: here, in another tab, on another text. */
  #keys() {
    const own = this.#kept("keys") ?? {};
    if (JSON.stringify(own) !== (this.keysSignature ?? "{}")) this.rekey(own);
  }

  /** Keys in force from now on, wherever the interface names them. */
  rekey(own) {
    this.keysSignature = JSON.stringify(own);
    this.keymap = new Keymap(own);
    this.words.keymap = this.keymap;
    this.help.show(this.keymap);
    this.status.rekey();
    this.tree.rekey();
    this.find.rekey();
  }

  /** Codes may have changed: order, colours, pins. */
  #codes() {
    const { codes, codesText, changedCodes } = this.codings;
    const signature = [codesText, changedCodes, this.#kept("pinned")].join();
    if (signature === this.codesSignature) return;
    this.codesSignature = signature;
    this.list = ordered([...codes.values()].filter((code) => code.active !== false));
    this.retired = ordered([...codes.values()].filter((code) => code.active === false));
    this.pinned = pinnedCodes(this.list, this.#kept("pinned"));
    this.painter.colour(this.codings.codes, this.colours);
    this.tree.set({ list: this.list, pinned: this.pinned, retired: this.retired });
    if (this.received) this.#redrawAll();
  }

  /** What is painted on top of Python's state: what waits, and the bounds that move just now. */
  #pending() {
    const { draft } = this.bounds;
    return draft ? [...this.store.outbox.waiting, draft] : this.store.outbox.waiting;
  }

  /** An operation was added or left: paint what it changes. */
  refold() {
    const touched = this.codings.refold(this.#pending());
    this.#codes();
    this.#paint(touched);
    this.timing.painted();
  }

  #paint(touched) {
    this.suggesting.refresh(touched);
    const blocks = touched.all ? [...this.view.near] : [...touched.blocks].filter((i) => this.view.near.has(i));
    if (blocks.length) {
      this.painter.blocks(blocks);
      this.margin.draw(blocks);
      if (touched.all) this.others.draw(blocks);
    }
    const asked = this.guide.draw();
    if (asked || touched.all || touched.blocks.size) this.overview.draw();
    this.look();
  }

  /** All that is near the screen again: what is shown, or how wide, has changed. */
  repaint() {
    this.#paint({ all: true, blocks: new Set() });
  }

  #redrawAll() {
    const near = [...this.view.near];
    this.painter.blocks(near);
    this.margin.draw(near);
    this.others.draw(near);
    this.overview.draw();
  }

  #near(came, left) {
    this.painter.blocks(came, left);
    this.margin.drop(left);
    this.margin.draw(came);
    this.others.drop(left);
    this.others.draw(came);
    this.bounds?.draw();
    this.find.near(came, left);
    if (came.length) this.timing.firstPaint(this.received);
  }

  #resized({ lanes, labels }) {
    Object.assign(this.margin, { lanes, labels });
    this.margin.draw([...this.view.near]);
    this.overview.draw();
  }

  #selected(span, at, byKey = false) {
    this.at = at;
    this.shownCode = null;
    this.current = null;
    this.inHand = !byKey;
    this.suggesting.current = null;
    this.others.chosen = null;
    if (at !== null) {
      this.current = this.codings.over(at)[0]?.id ?? null;
      if (!this.current) this.suggesting.current = this.suggesting.over(at)[0]?.id ?? null;
    }
    this.painter.mark("selection", span);
    this.look();
  }

  /** What the keys act on: the selection, else the current coding's passage; null when there is neither. */
  target() {
    if (this.selector.span) return this.selector.span;
    const one = this.codings.byId.get(this.current) ?? this.suggesting.one;
    return one ? [one.s, one.e] : null;
  }

  /** Bring the three zones up to what is selected now. */
  look() {
    const span = this.selector?.span ?? null;
    const current = this.codings.byId.get(this.current);
    if (!current) this.current = null;
    if (span) this.here = this.codings.over(span[0], span[1]);
    else if (this.listed) this.here = this.listed.map((id) => this.codings.byId.get(id)).filter(Boolean);
    else if (this.at !== null) this.here = this.codings.over(this.at);
    else if (current) this.here = this.codings.over(current.s, current.e);
    else this.here = [];
    const where = { span, at: this.at, coding: current };
    this.suggesting.look(where);
    this.others.look(where);
    const target = this.target();
    const active = new Set();
    if (target) {
      const [s, e] = target;
      for (const coding of this.codings.over(s, e)) if (coding.s === s && coding.e === e) active.add(coding.code);
    }
    this.tree.update({ active, counts: this.codings.byCode, uses: this.codings.uses });
    this.active = active;
    const marked = current ?? this.suggesting.one;
    this.painter.mark("current", marked ? [marked.s, marked.e] : null);
    if (this.margin.current !== this.current) this.#outline(this.current);
    const place = span?.[0] ?? this.at ?? marked?.s ?? null;
    const turn = place === null ? -1 : this.view.blocks[this.view.blockAt(place)]?.turn ?? -1;
    const code = this.codings.codes.get(this.shownCode);
    this.inspector.show({ span, here: this.here, current: this.current, turn, code, asked: this.guide.at(place) });
    this.voice.look();
    this.bounds.look();
    this.find.look();
    this.overview.mark();
  }

  /** Make a place of the text the one where the keyboard is. */
  standAt(place) {
    this.selector.anchor = place;
    this.selector.focus = place;
    this.view.showCaret(place);
    this.#selected(null, place);
  }

  #outline(id) {
    const { column } = this.view;
    column.querySelectorAll(".qkc-margin .qkc-current").forEach((e) => e.classList.remove("qkc-current"));
    this.margin.current = id;
    if (id) column.querySelectorAll(`.qkc-margin [data-coding="${CSS.escape(id)}"]`).forEach((e) => e.classList.add("qkc-current"));
  }

  /** Make a coding the current one, and list with it those that share its passage. */
  select(id, { reveal = false, listed = null } = {}) {
    const coding = this.codings.byId.get(id);
    if (!coding) return;
    if (!this.selector.span && !listed && !this.here.some((c) => c.id === id)) this.at = null;
    if (listed) this.at = null;
    this.listed = listed;
    this.suggesting.current = null;
    this.others.chosen = null;
    this.current = id;
    this.inHand = true;
    this.shownCode = null;
    if (reveal) this.view.reveal(coding.s, true);
    this.look();
  }

  #clicked(event) {
    const question = event.target.closest("[data-mark]");
    if (question) {
      this.guide.clicked(question.dataset.mark);
      return;
    }
    const stripe = event.target.closest("[data-coding]");
    const more = event.target.closest("[data-block]");
    this.listed = null;
    if (this.suggesting.clicked(event) || this.others.clicked(event)) return;
    if (stripe) {
      const coding = this.codings.byId.get(stripe.dataset.coding);
      if (!coding) return;
      this.selector.clear();
      const listed = this.codings.over(coding.s, coding.e).map((c) => c.id);
      this.select(coding.id, { listed });
    } else if (more) {
      this.selector.clear();
      const listed = [...this.codings.byBlock[Number(more.dataset.block)]].sort((a, b) => a.s - b.s).map((c) => c.id);
      this.select(listed[0], { listed });
    } else if (!this.selector.span) this.look();
  }

  #key(event) {
    // Streamlit listens to bare letters on the page (« c » clears its cache, « r » runs again): none may reach it.
    event.stopPropagation();
    if (event.key === "Escape" && this.treeDesk.card.hide()) return;
    if (typing(event.target) || this.palette.isOpen || this.help.isOpen || this.treeDesk.isOpen) return;
    if (event.target.closest("button") && (event.key === "Enter" || event.key === " ")) return;
    const command = this.keymap.command(event);
    if (!command) return;
    event.preventDefault();
    this.timing.key(event);
    this.commands.run(command, event);
  }

  outboxChanged() {
    this.status.show({
      waiting: this.store.outbox.unsaved.length,
      stored: this.store.outbox.stored,
      ...this.history,
    });
  }

  destroy() {
    this.place.leave();
    this.leaving.abort();
    this.bounds.destroy();
    this.find.destroy();
    this.selector.destroy();
    this.view.destroy();
    this.painter.destroy();
    this.suggesting.destroy();
    this.others.destroy();
    this.overview.destroy();
    this.status.destroy();
    this.frame.destroy();
    this.treeDesk.destroy();
    this.zones.destroy();
    this.voice.destroy();
    this.root.remove();
  }
}
