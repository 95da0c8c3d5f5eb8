// The text on the screen: rows of [speaker | line | margin], and the way between places in it and offsets of the text.

import { clock, eachFrame, h } from "./dom.js";
import { countBelow } from "./offsets.js";

const NEAR = 0.8; // blocks within this many screens above and below are painted
const SPACE = 48; // pixels kept above and below what is brought onto the screen
// Characters in a page of rows, which the browser lays out when it comes near the screen. Not each row by itself: the
// browser watches each such element, and thousands of them cost 10 ms a frame.
const PAGE = 3000;
const PADDINGS = [14, 4, 0]; // above a row: the first of a turn, another line, one that goes on (coder.css)

function hasTime(turn) {
  return turn.time !== null && turn.time !== undefined;
}

/** First number in [low, high) for which it holds, high when none; it must hold from there on. */
function firstOf(low, high, holds) {
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

export class TextView {
  /**
   * @param onNear called with two lists of block numbers: those that came near the screen, those that left
   * @param onLayout called when lines may have moved (a font has come, the window has changed)
   */
  constructor({ document: doc, index, blocks, words, onNear, onLayout }) {
    this.doc = doc;
    this.index = index;
    this.blocks = blocks;
    this.words = words;
    this.starts = blocks.map((block) => block.s);
    this.near = new Set();
    this.caret = h("div.qkc-caret", { "aria-hidden": "true", hidden: true });
    this.column = h("div.qkc-column");
    this.scroller = h(
      "div.qkc-scroll",
      { tabindex: "0", role: "document", "aria-label": doc.title, "aria-describedby": "qkc-keys-hint" },
      this.column,
    );
    this.#build();
    this.onNear = onNear;
    this.readers = [];
    this.look = eachFrame(() => this.#look());
    const scrolled = () => {
      this.scrolled = true;
      this.look();
    };
    this.scroller.addEventListener("scroll", scrolled, { passive: true });
    this.layout = eachFrame(onLayout);
    this.observer = new ResizeObserver(() => {
      this.look(); // rows take their true height as they come near
      this.layout();
    });
    this.observer.observe(this.column);
    this.observer.observe(this.scroller);
  }

  #build() {
    const all = document.createDocumentFragment();
    this.pages = []; // {element, first: number of its first row}
    let page = null;
    this.rows = [];
    this.nodes = [];
    this.blocks.forEach((block, i) => {
      const turn = this.doc.turns[block.turn];
      const node = document.createTextNode(this.index.slice(block.s, block.e));
      const line = h("p.qkc-text", {}, node);
      const row = h("div.qkc-block", { "data-i": i });
      const person = turn && this.doc.participants[turn.participant];
      if (block.first && block.turn >= 0) row.classList.add("qkc-first");
      if (!block.line) row.classList.add("qkc-joined");
      if (person && person.role !== "participant") row.classList.add("qkc-aside");
      if (block.first && (turn?.speaker || (turn && hasTime(turn)))) row.append(this.#who(turn, block.turn));
      row.append(line);
      this.rows.push(row);
      this.nodes.push(node);
      if (!page || block.e - this.blocks[page.first].s > PAGE) {
        page = { element: h("div.qkc-page"), first: i };
        this.pages.push(page);
        all.append(page.element);
      }
      page.element.append(row);
    });
    this.column.append(all, this.caret);
  }

  #who(turn, i) {
    const time = hasTime(turn) ? h("span.qkc-time", {}, clock(turn.time)) : null;
    if (!turn.speaker) return h("div.qkc-who", {}, time);
    const name = h(
      "span.qkc-speaker",
      { "data-turn": i, title: this.words.say("take_turn", { name: turn.speaker }) },
      turn.speaker,
    );
    return h("div.qkc-who", {}, name, time);
  }

  /** Say about how tall each page will be, so that the scroll bar tells the truth about what was never laid out. */
  estimate() {
    const line = this.nodes[0]?.parentElement;
    if (!line) return;
    const style = getComputedStyle(line);
    const context = document.createElement("canvas").getContext("2d");
    context.font = style.font;
    const sample = this.index.text.slice(0, 2000).replace(/\s+/g, " ");
    const perLine = Math.max(10, line.clientWidth / (context.measureText(sample).width / Math.max(1, sample.length)));
    const height = parseFloat(style.lineHeight) || 28;
    this.pages.forEach((page, n) => {
      const blocks = this.blocks.slice(page.first, this.#after(n));
      const tall = blocks.reduce((sum, block) => {
        // Lines break between words: each holds about four characters less than its width.
        const lines = Math.max(1, Math.ceil((block.e - block.s) / Math.max(10, perLine - 4)));
        return sum + lines * height + (!block.line ? PADDINGS[2] : PADDINGS[block.first && block.turn >= 0 ? 0 : 1]);
      }, 0);
      page.element.style.containIntrinsicBlockSize = `auto ${Math.round(tall)}px`;
    });
  }

  /** Number of the row after the last one of the page. */
  #after(n) {
    return this.pages[n + 1]?.first ?? this.rows.length;
  }

  /** First row whose bottom is below `y` on the screen: its page first, since the rows of far pages are not laid out. */
  #rowBelow(y) {
    const below = (element) => element.getBoundingClientRect().bottom > y;
    const n = firstOf(0, this.pages.length, (i) => below(this.pages[i].element));
    if (n === this.pages.length) return this.rows.length;
    return firstOf(this.pages[n].first, this.#after(n), (i) => below(this.rows[i]));
  }

  /** Call f in each frame in which the text has scrolled, before rows are painted: what measures there costs no layout. */
  onScroll(f) {
    this.readers.push(f);
  }

  #look() {
    const screen = this.scroller.getBoundingClientRect();
    if (!screen.height) return;
    const first = this.#rowBelow(screen.top - NEAR * screen.height);
    const last = Math.min(this.#rowBelow(screen.bottom + NEAR * screen.height), this.rows.length - 1);
    const came = [];
    for (let i = first; i <= last; i += 1) if (!this.near.has(i)) came.push(i);
    const left = [...this.near].filter((i) => i < first || i > last);
    came.forEach((i) => this.near.add(i));
    left.forEach((i) => this.near.delete(i));
    if (this.scrolled) this.readers.forEach((f) => f());
    this.scrolled = false;
    if (came.length || left.length) this.onNear(came, left);
  }

  /** Number of the block that holds the UTF-16 offset (the one before, between two blocks). */
  blockAt(unit) {
    return Math.max(0, countBelow(this.starts, unit + 1) - 1);
  }

  /** UTF-16 offset of a place in the page. An end never reaches into the next line, nor a start back into the last. */
  unitAt(node, offset, asEnd = false) {
    if (node.nodeType === Node.TEXT_NODE && node.parentElement?.classList.contains("qkc-text")) {
      const i = Number(node.parentElement.parentElement.dataset.i);
      const block = this.blocks[i];
      const unit = block.s + offset;
      if (asEnd && offset === 0 && i > 0) return this.blocks[i - 1].e;
      if (!asEnd && unit >= block.e && i + 1 < this.blocks.length && block.e > block.s) return this.blocks[i + 1].s;
      return unit;
    }
    const range = document.createRange();
    range.setStart(node, offset);
    const i = firstOf(0, this.nodes.length, (n) => range.comparePoint(this.nodes[n], 0) >= 0);
    if (asEnd || i === this.nodes.length) return this.blocks[Math.max(0, i - 1)].e;
    return this.blocks[i].s;
  }

  /** The place in the page of a UTF-16 offset: [text node, offset in it]. */
  placeOf(unit, asEnd = false) {
    let i = this.blockAt(unit);
    if (asEnd && unit === this.blocks[i].s && i > 0) i -= 1;
    const block = this.blocks[i];
    return [this.nodes[i], Math.max(0, Math.min(unit, block.e) - block.s)];
  }

  /** The offset brought into the text that is shown: out of labels and line ends, forward or back. */
  shown(unit, forward) {
    const i = this.blockAt(unit);
    const block = this.blocks[i];
    if (unit >= block.s && unit <= block.e) return unit;
    if (unit < block.s) return block.s;
    return forward && i + 1 < this.blocks.length ? this.blocks[i + 1].s : block.e;
  }

  /** Parts of [s, e) in the given blocks: [[block number, StaticRange]…]. */
  ranges(s, e, among = this.near) {
    const found = [];
    for (let i = this.blockAt(s); i < this.blocks.length && this.blocks[i].s < e; i += 1) {
      if (!among.has(i)) continue;
      const range = this.rangeIn(i, s, e);
      if (range) found.push([i, range]);
    }
    return found;
  }

  rangeIn(i, s, e) {
    const block = this.blocks[i];
    const from = Math.max(s, block.s) - block.s;
    const to = Math.min(e, block.e) - block.s;
    if (from >= to) return null;
    const node = this.nodes[i];
    return new StaticRange({ startContainer: node, startOffset: from, endContainer: node, endOffset: to });
  }

  /** Rectangle on the screen of the character at the offset (the last one's right edge at the end of a line). */
  rectAt(unit) {
    const [node, offset] = this.placeOf(unit);
    const range = document.createRange();
    if (offset < node.length) {
      range.setStart(node, offset);
      range.setEnd(node, offset + 1);
      const rect = range.getClientRects()[0];
      if (rect) return { left: rect.left, top: rect.top, bottom: rect.bottom };
    }
    range.setStart(node, Math.max(0, offset - 1));
    range.setEnd(node, offset);
    const rects = range.getClientRects();
    const rect = rects[rects.length - 1] ?? this.rows[this.blockAt(unit)].getBoundingClientRect();
    return { left: rect.right, top: rect.top, bottom: rect.bottom };
  }

  /** The offset nearest to a point of the screen, in the line at that height; null outside the text. */
  unitUnder(x, y, asEnd = false) {
    const i = Math.min(this.#rowBelow(y), this.rows.length - 1);
    if (i < 0) return null;
    const line = this.nodes[i].parentElement.getBoundingClientRect();
    const within = (value, low, high) => Math.max(low + 1, Math.min(value, high - 1));
    const [left, top] = [within(x, line.left, line.right), within(y, line.top, line.bottom)];
    const place = document.caretPositionFromPoint?.(left, top);
    const range = place ? null : document.caretRangeFromPoint?.(left, top);
    const [node, offset] = place ? [place.offsetNode, place.offset] : [range?.startContainer, range?.startOffset];
    return node && this.column.contains(node) ? this.unitAt(node, offset, asEnd) : null;
  }

  /** Where a passage begins or ends on the screen: {x, top, bottom} of the edge of its first or last character. */
  edgeAt(unit, edge) {
    const [node, offset] = this.placeOf(unit, edge === "end");
    const range = document.createRange();
    // Two units: half a surrogate pair has no rectangle.
    range.setStart(node, edge === "start" ? offset : Math.max(0, offset - 2));
    range.setEnd(node, edge === "start" ? Math.min(node.length, offset + 2) : offset);
    const rects = range.getClientRects();
    const rect = (edge === "start" ? rects[0] : rects[rects.length - 1]) ?? node.parentElement.getBoundingClientRect();
    return { x: edge === "start" ? rect.left : rect.right, top: rect.top, bottom: rect.bottom };
  }

  /** Move the bar that shows where the keyboard is; null hides it. */
  showCaret(unit) {
    this.caret.hidden = unit === null;
    if (unit === null) return;
    const rect = this.rectAt(unit);
    const origin = this.column.getBoundingClientRect();
    this.caret.style.transform = `translate(${rect.left - origin.left}px, ${rect.top - origin.top}px)`;
    this.caret.style.height = `${rect.bottom - rect.top}px`;
  }

  /** Scroll as little as it takes to have the offset on the screen; in the middle when it was far. */
  reveal(unit, far = false) {
    const i = this.blockAt(unit);
    if (!far && this.near.has(i)) {
      this.putting = null;
      this.#bringIn(unit);
      return;
    }
    this.#put(() => {
      const view = this.scroller.getBoundingClientRect();
      const row = this.rows[i].getBoundingClientRect();
      this.scroller.scrollTop += (row.top + row.bottom - view.top - view.bottom) / 2;
      this.#bringIn(unit);
    });
  }

  /** Scroll there only when the offset is not on the screen. */
  bring(unit) {
    if (!this.near.has(this.blockAt(unit)) || !this.shows(unit)) this.reveal(unit, true);
  }

  #bringIn(unit) {
    const view = this.scroller.getBoundingClientRect();
    const rect = this.rectAt(unit);
    if (rect.top < view.top + SPACE) this.scroller.scrollTop += rect.top - view.top - SPACE;
    else if (rect.bottom > view.bottom - SPACE) this.scroller.scrollTop += rect.bottom - view.bottom + SPACE;
  }

  /** Where reading is: [UTF-16 offset of the topmost line, how far it stands below the edge in pixels]. */
  readingPlace() {
    const { top } = this.scroller.getBoundingClientRect();
    const i = Math.min(this.#rowBelow(top + 1), this.rows.length - 1);
    if (i < 0) return null;
    return [this.blocks[i].s, Math.round(this.rows[i].getBoundingClientRect().top - top)];
  }

  /** True when the offset's line is on the screen. */
  shows(unit) {
    const view = this.scroller.getBoundingClientRect();
    const rect = this.rectAt(unit);
    return rect.bottom > view.top && rect.top < view.bottom;
  }

  /** What is on the screen, in whole rows: UTF-16 offsets, the second one left out; null without a text. */
  onScreen() {
    const { top, bottom } = this.scroller.getBoundingClientRect();
    const first = this.#rowBelow(top + 1);
    if (first >= this.rows.length) return null;
    const last = Math.max(first, Math.min(this.#rowBelow(bottom - 1), this.rows.length - 1));
    return [this.blocks[first].s, this.blocks[last].e];
  }

  /** An offset in a line at the top of the screen, low enough to be whole. */
  readingUnit() {
    return this.unitAtHeight(this.scroller.getBoundingClientRect().top + SPACE);
  }

  /** The offset that stands at a height of the screen, by the share of its row above it. */
  unitAtHeight(y) {
    const i = Math.min(this.#rowBelow(y), this.rows.length - 1);
    if (i < 0) return 0;
    const row = this.rows[i].getBoundingClientRect();
    const share = Math.max(0, Math.min(1, (y - row.top) / Math.max(1, row.height)));
    const { s, e } = this.blocks[i];
    return Math.round(s + share * (e - s));
  }

  /** Go back to a reading place. */
  restore([unit, below]) {
    const row = this.rows[this.blockAt(unit)];
    if (!row) return;
    this.#put(() => {
      const top = this.scroller.getBoundingClientRect().top;
      this.scroller.scrollTop += row.getBoundingClientRect().top - top - below;
    });
  }

  /** Scroll now, and in the next two frames: the first time lays out blocks whose height was only estimated.
   *  Where one was asked to go last wins: a passage called for is not left for the place where reading stopped. */
  #put(scroll) {
    this.putting = scroll;
    const again = () => this.putting === scroll && scroll();
    scroll();
    requestAnimationFrame(again);
    requestAnimationFrame(() => requestAnimationFrame(again));
  }

  destroy() {
    this.look.cancel();
    this.layout.cancel();
    this.observer.disconnect();
  }
}
