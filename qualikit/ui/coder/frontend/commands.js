// What each key, click and menu does; those that lead elsewhere are in going.js.

import { nextColour } from "./colours.js";
import { nameKey } from "./fold.js";
import { Going } from "./going.js";
import { moved } from "./span_bounds.js";
import { inVivoName } from "./words.js";

const isNew = (code) => code.id.startsWith("new:"); // painted, not yet known to Python

export class Commands {
  constructor(coder) {
    this.coder = coder;
    this.going = new Going(coder);
    this.last = null; // name of the last code used: one just made changes its id when Python answers
    this.recent = [];
  }

  run({ name, digit }, event) {
    // A key held down must not code and uncode.
    const repeats = new Set(["undo", "redo"]);
    if (event.repeat && !repeats.has(name) && !/^(word|line|extend|exact|start|next|previous|cycle)/.test(name)) return;
    if (name === "pinned") this.pinned(digit);
    else if (this[name]) this[name]();
    else this.going[name]?.();
  }

  // Coding

  /** Put the code on what is selected, or take it away when it is there. */
  use(code) {
    const { coder } = this;
    const target = coder.target();
    if (!code) return;
    if (target && code.active === false) {
      coder.status.note(coder.words.say("retired_takes_none", { name: code.name }));
      return;
    }
    if (!target) {
      coder.shownCode = code.id;
      coder.look();
      return;
    }
    this.#used(code);
    const { index } = coder;
    const there = coder.codings.exactly(index.toPoints(target[0]), index.toPoints(target[1]), code.id);
    if (there) {
      // The passage stays in hand, so that the same key puts the code back.
      if (!coder.selector.span) coder.selector.take(target[0], target[1]);
      coder.operations.remove(there);
    } else if (isNew(code)) coder.operations.newCode(target, code.name, code.color, code);
    else coder.operations.add(target, code);
  }

  #used(code) {
    this.last = code.name;
    if (!isNew(code)) this.recent = [code.id, ...this.recent.filter((id) => id !== code.id)].slice(0, 5);
  }

  pinned(digit) {
    const { coder } = this;
    const code = coder.codings.codes.get(coder.pinned[digit - 1]);
    if (!code) coder.status.note(coder.words.say("no_pin", { digit }));
    else if (!coder.target()) coder.status.note(coder.words.say("select_first"));
    else {
      // Digits that were the first codes of the tree stay what they are, whatever becomes of the tree.
      if (!coder.hasPins) this.setPins(coder.pinned);
      this.use(code);
    }
  }

  repeat() {
    const { coder } = this;
    const code = coder.list.find((other) => other.name === this.last);
    if (!coder.target()) coder.status.note(coder.words.say("select_first"));
    else if (!code) coder.status.note(coder.words.say("nothing_to_repeat"));
    else this.use(code);
  }

  palette() {
    const { coder } = this;
    const target = coder.target();
    if (!target) {
      coder.status.note(coder.words.say("select_first"));
      return;
    }
    coder.palette.open({
      title: coder.words.say("palette"),
      list: coder.list,
      pinned: coder.pinned,
      active: coder.active,
      recent: this.recent,
      choose: (code) => this.use(code),
      create: (name) => this.#create(target, name),
      pin: (id, place) => this.pin(id, place),
      left: () => this.back(),
    });
  }

  inVivo() {
    const { coder } = this;
    const target = coder.target();
    if (!target) coder.status.note(coder.words.say("select_first"));
    else this.#create(target, inVivoName(coder.index.slice(...target)));
  }

  #create(target, name) {
    const { coder } = this;
    const known = coder.list.find((code) => nameKey(code.name) === nameKey(name));
    if (known) {
      this.use(known);
      return;
    }
    this.last = name;
    coder.operations.newCode(target, name, nextColour(coder.codings.codes.values(), coder.doc.palette));
    coder.status.note(coder.words.say("code_created", { name }));
  }

  // The codings here

  cycle(step = 1) {
    const { coder } = this;
    const { here } = coder;
    if (!here.length) {
      coder.status.note(coder.words.say("no_coding_here"));
      return;
    }
    const at = here.findIndex((coding) => coding.id === coder.current);
    coder.select(here[(at + step + here.length) % here.length].id, { listed: coder.listed });
  }

  cycleBack() {
    this.cycle(this.coder.current === null ? 0 : -1);
  }

  #currentOrOnly() {
    const { coder } = this;
    const coding = coder.codings.byId.get(coder.current) ?? (coder.here.length === 1 ? coder.here[0] : null);
    if (!coding) coder.status.note(coder.words.say(coder.here.length ? "choose_coding" : "no_coding_here"));
    return coding;
  }

  remove(id = null) {
    const { coder } = this;
    const coding = id ? coder.codings.byId.get(id) : this.#currentOrOnly();
    if (!coding) return;
    coder.operations.remove(coding);
  }

  recode(id = null) {
    const { coder } = this;
    const coding = id ? coder.codings.byId.get(id) : this.#currentOrOnly();
    if (!coding) return;
    const name = coder.codings.codes.get(coding.code)?.name ?? "";
    coder.palette.open({
      title: coder.words.say("recode_title", { name }),
      list: coder.list.filter((code) => code.id !== coding.code && !isNew(code)),
      pinned: coder.pinned,
      recent: this.recent,
      choose: (code) => {
        coder.operations.recode(coding, code);
        coder.select(coding.id, { listed: coder.listed });
      },
      create: null,
      pin: (code, place) => this.pin(code, place),
      left: () => this.back(),
    });
  }

  /** The memo of the current coding; of the document when no coding is there. */
  memo() {
    const { coder } = this;
    const coding = coder.codings.byId.get(coder.current) ?? coder.here[0];
    coder.inspector.edit(coding?.id ?? coder.doc.id);
  }

  // Selecting

  clear() {
    const { coder } = this;
    if (coder.bounds.abandon()) return;
    if (coder.find.isOpen && !coder.target()) {
      coder.find.close();
      return;
    }
    coder.listed = null;
    coder.current = null;
    coder.shownCode = null;
    coder.selector.clear();
  }

  turn() {
    this.coder.selector.takeTurn(this.coder.selector.turnHere());
  }

  wordRight() { this.#move("word", true, false); }
  wordLeft() { this.#move("word", false, false); }
  lineDown() { this.#move("line", true, false); }
  lineUp() { this.#move("line", false, false); }
  extendRight() { this.#extend("word", true); }
  extendLeft() { this.#extend("word", false); }
  extendDown() { this.#move("line", true, true); }
  extendUp() { this.#move("line", false, true); }
  exactRight() { this.#extend("grapheme", true); }
  exactLeft() { this.#extend("grapheme", false); }
  startRight() { this.#start(true); }
  startLeft() { this.#start(false); }

  /** On a coding in hand its end (by character: the end moved last), else the selection's. */
  #extend(unit, forward) {
    const { bounds } = this.coder;
    const edge = unit === "word" ? "end" : bounds.edge;
    if (!bounds.step(edge, unit, forward)) this.#move(unit, forward, true);
  }

  #start(forward) {
    const { coder } = this;
    const { span } = coder.selector;
    if (coder.bounds.step("start", "word", forward)) return;
    if (!span) coder.status.note(coder.words.say("no_coding_in_hand"));
    else coder.selector.take(...moved(coder.index.text, coder.view.blocks, span, "start", "word", forward));
  }

  /** Take a coding in hand, to move its bounds. */
  adjust(id = null) {
    const { coder } = this;
    const { span } = coder.selector;
    const same = span ? coder.here.filter(({ s, e }) => s === span[0] && e === span[1]) : [];
    const coding = coder.codings.byId.get(id) ?? (same.length === 1 ? same[0] : this.#currentOrOnly());
    if (!coding) return;
    coder.selector.clear();
    coder.select(coding.id, { reveal: !coder.view.near.has(coder.view.blockAt(coding.s)) });
    coder.status.note(coder.words.say("adjust_keys"));
    this.back();
  }

  #move(unit, forward, extend) {
    this.coder.listed = null;
    this.coder.selector.move(unit, forward, extend);
  }

  // What the parts of the coder do

  nextSuggestion() { this.coder.suggesting.go(1); }
  previousSuggestion() { this.coder.suggesting.go(-1); }
  suggestHere() { this.coder.suggesting.askHere(); }
  accept() { this.coder.suggesting.accept(); }
  refuse() { this.coder.suggesting.refuse(); }
  acceptOther() { this.coder.suggesting.acceptOther(); }
  others() { this.coder.others.toggle(); }

  markQuestion() {
    this.coder.guide.choose();
  }

  find() {
    this.coder.find.open();
  }

  nextHit() {
    this.coder.find.go(1);
  }

  previousHit() {
    this.coder.find.go(-1);
  }

  filter() {
    this.coder.tree.filter.focus();
    this.coder.tree.filter.select();
  }

  // History and help

  undo() {
    this.#travel("undo");
  }

  redo() {
    this.#travel("redo");
  }

  /** What this page did is seen to come and go; what was done elsewhere (another day, the codebook) is said. */
  #travel(way) {
    const { operations, history, status, words, store } = this.coder;
    const { changes } = operations.stack.next(way);
    const elsewhere = !changes && !store.outbox.unsaved.length;
    const place = this.#placeOf(changes ?? []);
    operations[way]();
    if (elsewhere && history?.[way]) status.note(words.say(`${way}_done`, { what: history[way] }));
    if (place !== null) this.coder.view.bring(place);
  }

  /** Where in the text the changes are seen, in UTF-16; null for those that are not in it. */
  #placeOf(changes) {
    const { codings, index } = this.coder;
    for (const { put, move, drop, propose, settle } of changes) {
      const coding = put ?? move ?? codings.byId.get(drop) ?? codings.suggestions.get(settle);
      const start = coding?.start ?? propose?.[1];
      if (start !== undefined) return index.toUtf16(start);
    }
    return null;
  }

  help() {
    this.coder.help.open();
  }

  keepKeys(own) {
    const { coder } = this;
    coder.operations.preference(coder.prefKey("keys"), own);
    coder.rekey(own);
  }

  // Pins

  pin(id, place = null) {
    const { coder } = this;
    if (id.startsWith("new:")) return coder.pinned;
    const pinned = coder.pinned.map((other) => (other === id ? null : other));
    const free = place ?? pinned.indexOf(null);
    if (free < 0) {
      coder.status.note(coder.words.say("pins_full"));
      return coder.pinned;
    }
    pinned[free] = id;
    return this.setPins(pinned);
  }

  unpin(place) {
    const pinned = [...this.coder.pinned];
    pinned[place] = null;
    return this.setPins(pinned);
  }

  /** Which codes are pinned, in their order. */
  setPins(pinned) {
    this.coder.pinned = pinned;
    this.coder.operations.preference(this.coder.prefKey("pinned"), pinned);
    this.coder.refold(); // digits act on them from now on
    return pinned;
  }

  /** Give the keyboard back to the text. */
  back() {
    this.coder.view.scroller.focus({ preventScroll: true });
    this.coder.painter.mark("selection", this.coder.selector.span);
  }

  treeActions() {
    const preference = (key, value) => this.coder.operations.preference(this.coder.prefKey(key), value);
    return {
      use: (code) => this.use(code),
      pin: (id) => this.pin(id),
      unpin: (place) => this.unpin(place),
      fold: (ids) => preference("folded", ids),
      filter: (text) => preference("filter", text),
      leave: () => this.back(),
    };
  }

  inspectorActions() {
    const { store } = this.coder;
    return {
      select: (id) => this.coder.select(id, { listed: this.coder.listed }),
      remove: (id) => this.remove(id),
      recode: (id) => this.recode(id),
      accept: (id) => this.coder.suggesting.accept(id),
      refuse: (id) => this.coder.suggesting.refuse(id),
      acceptOther: (id) => this.coder.suggesting.acceptOther(id),
      alike: (span) => store.ask("alike", span.split("-").map((unit) => this.coder.index.toPoints(Number(unit))).join("-")),
      takeUp: (id) => this.coder.others.takeUp(id),
      // What was clicked may be made anew: the keyboard goes back to the text rather than nowhere.
      unmark: (id) => {
        this.coder.guide.unmark(id);
        this.back();
      },
      goToMemo: (target) => this.going.goToMemo(target),
      turn: (turn) => {
        this.going.goToTurn(turn);
        this.back();
      },
      fold: (keys) => this.coder.operations.preference(this.coder.prefKey("sections"), keys),
      adjust: (id) => this.adjust(id),
      memo: (target, text) => this.coder.operations.memo(target, text),
      draft: (target, text) => store.setDraft(target, text),
      draftOf: (target) => store.draft(target),
      leave: () => this.back(),
    };
  }
}
