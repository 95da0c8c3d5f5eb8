// What is selected, by mouse and by keyboard, as whole words of the text. The page's own selection follows it, so that
// copying copies what is shown, but the truth is here: it survives a click in the tree and the palette.

import { nextGrapheme, nextWord, snap } from "./words.js";

export class Selector {
  /**
   * @param {(span: [number, number] | null, at: number | null, byKey?: boolean) => void} changed UTF-16 span, place of
   *   the click or (byKey) of the keyboard
   */
  constructor(view, changed) {
    this.view = view;
    this.changed = changed;
    this.span = null; // [s, e], snapped
    this.anchor = null; // where it was begun, unsnapped
    this.focus = null; // where it has come to
    this.dragging = false;
    this.exact = false;
    this.abort = new AbortController();
    const { signal } = this.abort;
    const { scroller } = view;
    scroller.addEventListener("pointerdown", (event) => this.#down(event), { signal });
    document.addEventListener("pointerup", (event) => this.#up(event), { signal });
    document.addEventListener("selectionchange", () => this.#follow(), { signal });
    scroller.addEventListener("dblclick", (event) => this.#turn(event), { signal });
  }

  get text() {
    return this.view.index.text;
  }

  #down(event) {
    if (event.button !== 0) return;
    this.pressed = event.target.closest(".qkc-text") !== null;
    this.dragging = true;
    this.exact = event.altKey;
    this.view.showCaret(null);
  }

  #native() {
    const selection = document.getSelection();
    if (!selection?.rangeCount || !this.view.column.contains(selection.anchorNode)) return null;
    if (!this.view.column.contains(selection.focusNode)) return null;
    return selection;
  }

  #read(selection) {
    // Not its ranges: in Firefox there are several when Ctrl was held, and the ends are those of the last one made.
    const from = [selection.anchorNode, selection.anchorOffset];
    const to = [selection.focusNode, selection.focusOffset];
    const range = document.createRange();
    range.setStart(...from);
    const backward = range.comparePoint(...to) < 0;
    const [start, end] = backward ? [to, from] : [from, to];
    const s = this.view.unitAt(...start);
    const e = Math.max(s, this.view.unitAt(...end, true));
    return backward ? [e, s] : [s, e];
  }

  #follow() {
    const selection = this.#native();
    if (!selection || selection.isCollapsed || (!this.dragging && !this.following)) return;
    [this.anchor, this.focus] = this.#read(selection);
    this.#set(snap(this.text, this.anchor, this.focus, this.exact));
  }

  #up(event) {
    if (!this.dragging) return;
    this.dragging = false;
    const selection = this.#native();
    if (!selection) return;
    if (selection.isCollapsed) {
      if (!this.pressed || event.target.closest?.(".qkc-margin")) return;
      const at = this.view.unitAt(selection.anchorNode, selection.anchorOffset);
      this.anchor = at;
      this.focus = at;
      this.span = null;
      this.changed(null, at);
      return;
    }
    [this.anchor, this.focus] = this.#read(selection);
    this.exact ||= event.altKey;
    this.#set(snap(this.text, this.anchor, this.focus, this.exact));
    this.#sync();
  }

  #turn(event) {
    const name = event.target.closest("[data-turn]");
    if (!name) return;
    event.preventDefault();
    this.takeTurn(Number(name.dataset.turn));
  }

  /** Select all that one person says before the next one speaks. */
  takeTurn(i) {
    const turn = this.view.doc.turns[i];
    if (turn) this.take(turn.speechStart, turn.speechEnd, true);
  }

  /** Where the reader last was: the last click or key while it is on the screen, else the first line there. */
  lastPlace() {
    if (this.focus !== null && this.view.near.has(this.view.blockAt(this.focus))) return this.focus;
    return this.view.readingPlace()?.[0] ?? 0;
  }

  /** The turn where the selection, or the last click, is. */
  turnHere() {
    const at = this.span?.[0] ?? this.lastPlace();
    return this.view.blocks[this.view.blockAt(at)]?.turn ?? -1;
  }

  /** Select [s, e), in UTF-16. */
  take(s, e, exact = true) {
    this.anchor = s;
    this.focus = e;
    this.exact = exact;
    this.#set(snap(this.text, s, e, exact));
    this.#sync();
  }

  #set(span) {
    if (span?.[0] === this.span?.[0] && span?.[1] === this.span?.[1]) return;
    this.span = span;
    this.changed(span, null);
  }

  /** Make the page's selection the one that is shown. */
  #sync() {
    if (!this.span) return;
    const [s, e] = this.span;
    const from = this.view.placeOf(s);
    const to = this.view.placeOf(e, true);
    const backward = this.focus < this.anchor;
    const [base, extent] = backward ? [to, from] : [from, to];
    document.getSelection().setBaseAndExtent(base[0], base[1], extent[0], extent[1]);
  }

  clear() {
    this.span = null;
    this.view.showCaret(null);
    if (this.#native()) document.getSelection().removeAllRanges();
    this.changed(null, null);
  }

  /** Where the keyboard begins: where it was, but at what is read now when the text was scrolled away from there. */
  #start(extend) {
    const goesOn = extend && this.span;
    if (this.focus !== null && (goesOn || this.view.shows(this.focus))) return;
    if (this.focus === null) this.anchor = this.view.readingPlace()?.[0] ?? 0;
    else this.anchor = this.view.readingUnit();
    this.focus = this.anchor;
    this.span = null;
  }

  /** Move the keyboard's place, or (extend) the end of the selection: unit is "word", "grapheme" or "line". */
  move(unit, forward, extend) {
    this.#start(extend);
    const began = this.anchor;
    if (!extend && this.span) this.focus = forward ? this.span[1] : this.span[0];
    this.focus = unit === "line" ? this.#line(forward) : this.#step(unit, forward);
    this.anchor = extend ? began : this.focus;
    this.exact = unit === "grapheme";
    this.view.reveal(this.focus);
    this.view.showCaret(this.focus);
    if (extend) {
      this.#set(snap(this.text, this.anchor, this.focus, this.exact));
      this.#sync();
    } else {
      this.span = null;
      document.getSelection().setPosition(...this.view.placeOf(this.focus));
      this.changed(null, this.focus, true);
    }
  }

  #step(unit, forward) {
    const block = this.view.blocks[this.view.blockAt(this.focus)];
    const place = this.view.shown(this.focus, forward);
    // One line at a time: labels are not places.
    const line = this.text.slice(block.s, block.e);
    const within = place - block.s;
    if (place >= block.s && place <= block.e) {
      const next = (unit === "word" ? nextWord : nextGrapheme)(line, within, forward);
      if (next !== within) return block.s + next;
    }
    const i = this.view.blockAt(this.focus) + (forward ? 1 : -1);
    const other = this.view.blocks[i];
    if (!other) return place;
    return forward ? other.s : other.e;
  }

  #line(forward) {
    const selection = document.getSelection();
    selection.setPosition(...this.view.placeOf(this.focus));
    selection.modify("move", forward ? "forward" : "backward", "line");
    if (!this.#native()) return this.focus;
    const at = this.view.unitAt(selection.focusNode, selection.focusOffset);
    // Between two blocks the browser may stay where it is, or stop in a speaker's name.
    const stuck = forward ? at <= this.focus : at >= this.focus;
    if (!stuck) return at;
    const other = this.view.blocks[this.view.blockAt(this.focus) + (forward ? 1 : -1)];
    if (!other) return this.focus;
    return forward ? other.s : other.e;
  }

  destroy() {
    this.abort.abort();
  }
}
