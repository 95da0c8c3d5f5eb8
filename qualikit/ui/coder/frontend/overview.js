// The whole document at a glance beside its scroll bar, from the left: who speaks (participants wide, moderators narrow),
// codings, suggestions (hollow), hits (points at the edge); over them the selection and what is on the screen. The lower
// layer is drawn when what it shows has changed; scrolling moves the upper one only.

import { clock, eachFrame, h } from "./dom.js";
import { runs, stretch, ticks } from "./overview_rows.js";
import { excerpt } from "./words.js";

const WIDTH = 26;
const VOICE = [0, 6]; // left edge and width of each column
const LANES = [[8, 3], [11, 3], [14, 3]];
const HINTS = [18, 3];
const HITS = [22, 4];
const LISTED = 3; // codes named in the tip
const EXCERPT = 60;

export class Overview {
  constructor(coder) {
    this.coder = coder;
    const { view } = coder;
    this.canvas = h("canvas.qkc-overview", { width: WIDTH, "aria-hidden": "true" });
    this.tip = h("div.qkc-tip", { "aria-hidden": "true", hidden: true });
    this.element = h("div.qkc-whole", {}, this.canvas, this.tip);
    this.base = document.createElement("canvas");
    this.stale = true;
    this.frame = eachFrame(() => this.#draw());
    this.point = eachFrame(() => this.#point());
    this.canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      this.canvas.setPointerCapture(event.pointerId);
      this.#pointed(event);
    });
    this.canvas.addEventListener("pointermove", (event) => this.#pointed(event));
    this.canvas.addEventListener("pointerleave", () => this.#leave());
    view.onScroll(() => this.#draw());
  }

  /** What is shown has changed: codings, hits, colours. */
  draw() {
    this.stale = true;
    this.frame();
  }

  /** The selection has moved: the lower layer stays. */
  mark() {
    this.frame();
  }

  /** Everything drawn now: for whoever measures. */
  now() {
    this.stale = true;
    this.#draw();
  }

  get #length() {
    return Math.max(1, this.coder.index.text.length);
  }

  #draw() {
    const { canvas } = this;
    const height = canvas.clientHeight;
    if (!height) return;
    const scale = window.devicePixelRatio || 1;
    const rows = Math.round(height * scale);
    if (canvas.height !== rows || this.scale !== scale) {
      canvas.height = rows;
      canvas.width = Math.round(WIDTH * scale);
      this.scale = scale;
      this.stale = true;
    }
    const ink = getComputedStyle(canvas).color;
    if (this.ink !== ink) this.stale = true;
    this.ink = ink;
    if (this.stale) this.#redraw(height, scale);
    this.stale = false;
    const context = canvas.getContext("2d");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.drawImage(this.base, 0, 0);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    this.#selection(context, height);
    const [top, bottom] = this.#screen().map((unit) => (unit / this.#length) * height);
    context.strokeStyle = ink;
    context.lineWidth = 1;
    context.strokeRect(0.5, Math.round(top) + 0.5, WIDTH - 1, Math.max(6, Math.round(bottom - top)) - 1);
  }

  #redraw(height, scale) {
    const { base, coder, ink } = this;
    base.width = Math.round(WIDTH * scale);
    base.height = Math.round(height * scale);
    const context = base.getContext("2d");
    context.setTransform(scale, 0, 0, scale, 0, 0);
    const rows = Math.max(1, Math.round(height));
    const column = ([left, width], items, fill, least) => {
      for (const [from, to, value] of runs(items, this.#length, rows, least)) fill(left, from, width, to - from, value);
    };
    const solid = (left, top, width, tall, colour) => {
      context.fillStyle = colour;
      context.fillRect(left, top, width, tall);
    };
    // Who speaks is told by the width of the band, turns by the gap between them.
    context.fillStyle = ink;
    column(VOICE, this.#voices(), (left, top, width, tall, turn) => {
      const narrow = this.#aside(turn);
      context.globalAlpha = narrow ? 0.75 : 0.45;
      context.fillRect(narrow ? left + 2 : left, top, narrow ? 2 : width, tall > 2 ? tall - 1 : tall);
    });
    context.globalAlpha = 1;
    const lanes = LANES.map(() => []);
    for (const coding of coder.codings.byId.values()) {
      const value = coder.painter.tints.get(coding.code)?.stripe ?? "#888";
      lanes[coding.lane % lanes.length].push({ s: coding.s, e: coding.e, value });
    }
    lanes.forEach((items, i) => column([LANES[i][0], LANES[i][1] - 0.5], items, solid, 2));
    context.strokeStyle = ink;
    column(HINTS, this.#suggestions(), (left, top, width, tall) => context.strokeRect(left + 0.5, top + 0.5, width - 1, Math.max(2, tall - 1)), 3);
    // Points made of two rectangles: filling a path costs several times as much.
    context.fillStyle = ink;
    for (const row of ticks(coder.find.starts, this.#length, rows)) {
      context.fillRect(HITS[0], row, HITS[1], 1);
      context.fillRect(HITS[0] + 2, row - 1, 2, 3);
    }
  }

  #voices() {
    return this.coder.doc.turns
      .map((turn, i) => ({ s: turn.speechStart, e: turn.speechEnd, value: i }))
      .filter(({ s, e, value }) => e > s && this.coder.doc.turns[value].speaker);
  }

  #aside(i) {
    const { doc } = this.coder;
    const role = doc.participants[doc.turns[i]?.participant]?.role;
    return Boolean(role) && role !== "participant";
  }

  /** The suggestions that are shown in the text. */
  #suggestions() {
    return [...this.coder.suggesting.shown.values()].map(({ s, e, code }) => ({ s, e, value: code }));
  }

  #selection(context, height) {
    const { shown } = this.coder.painter;
    const span = shown.selection ?? shown.current;
    if (!span) return;
    const top = (span[0] / this.#length) * height;
    const tall = Math.max(3, ((span[1] - span[0]) / this.#length) * height);
    context.fillStyle = this.ink;
    context.fillRect(0, top, WIDTH, 1.5);
    context.fillRect(0, top + tall - 1.5, WIDTH, 1.5);
    context.fillRect(6.5, top, 1.5, tall);
  }

  /** The text on the screen: [first, last] UTF-16 offset. */
  #screen() {
    const { view } = this.coder;
    const box = view.scroller.getBoundingClientRect();
    return [view.unitAtHeight(box.top), view.unitAtHeight(box.bottom)];
  }

  // Pointing

  #pointed(event) {
    this.pointer = { y: event.clientY, go: (event.buttons & 1) === 1 };
    this.point();
  }

  #point() {
    const { pointer, coder } = this;
    if (!pointer) return;
    const box = this.canvas.getBoundingClientRect();
    const y = Math.max(0, Math.min(box.height, pointer.y - box.top));
    const [from, at, to] = stretch(y, box.height, this.#length);
    if (pointer.go) coder.view.reveal(at, true);
    this.tip.replaceChildren(...this.#words(from, at, to));
    this.tip.hidden = false;
    this.tip.style.top = `${Math.max(0, Math.min(y - 12, box.height - this.tip.offsetHeight))}px`;
  }

  #leave() {
    this.pointer = null;
    this.point.cancel();
    this.tip.hidden = true;
  }

  #words(from, at, to) {
    const { coder } = this;
    const { words, doc, view, codings } = coder;
    const turns = doc.turns.length;
    const i = view.blocks[view.blockAt(at)]?.turn ?? -1;
    const turn = doc.turns[i];
    const lines = [];
    if (turn) {
      const time = turn.time === null || turn.time === undefined ? "" : ` · ${clock(turn.time)}`;
      const person = doc.participants[turn.participant];
      const role = person && person.role !== "participant" ? ` (${person.roleLabel.toLocaleLowerCase(words.lang)})` : "";
      lines.push(h("strong", {}, (person?.name ?? turn.speaker ?? "") + role));
      const number = words.say("turn_of", { n: words.number.format(i + 1), total: words.number.format(turns) });
      lines.push(h("span", {}, `${number}${time}`));
    }
    const here = codings.over(from, to);
    if (here.length) {
      const names = [...new Set(here.map((coding) => codings.codes.get(coding.code)?.name ?? "?"))];
      const shown = names.slice(0, LISTED).join(", ") + (names.length > LISTED ? "…" : "");
      lines.push(h("span", {}, `${words.count("codings", here.length)}${words.lang === "fr" ? "\u00a0" : ""}: ${shown}`));
    }
    const hits = coder.find.hits.filter(([s, e]) => s < to && from < e).length;
    if (hits) lines.push(h("span", {}, words.count("hits", hits)));
    const hints = this.#suggestions().filter(({ s, e }) => s < to && from < e).length;
    if (hints) lines.push(h("span", {}, words.count("suggestions", hints)));
    const place = view.shown(at, true);
    const line = view.blocks[view.blockAt(place)];
    const beginning = excerpt(coder.index.slice(place, line.e), EXCERPT);
    if (beginning) lines.push(h("em", {}, `${place > line.s ? "…" : ""}${beginning}`));
    return lines;
  }

  destroy() {
    this.frame.cancel();
    this.point.cancel();
  }
}
