// The two ends of the coding in hand: grips that are dragged, keys that move one end. Presses in a row, or one drag, make
// one operation, sent when the keys stand still or the coding is left; each is painted at once.

import { eachFrame, h } from "./dom.js";
import { moved, placed } from "./span_bounds.js";
import { countWords } from "./words.js";

const STILLNESS = 700; // ms after the last key before the new bounds are sent
const EDGE = 36; // pixels from the edge of the screen where a drag begins to scroll
const FASTEST = 22; // pixels a frame
const SAID = 5; // words read out at the end that has moved

export class Bounds {
  constructor(coder) {
    this.coder = coder;
    this.moving = null; // {id, from, span, code}: bounds not sent yet
    this.edge = "end"; // the one moved last: by character, it goes on
    const grip = (edge) =>
      h("div", { class: `qkc-grip qkc-grip-${edge}`, "data-edge": edge, hidden: true, title: coder.words.say(`grip_${edge}`) });
    this.grips = { start: grip("start"), end: grip("end") };
    this.said = h("div.qkc-unseen.qkc-bound", { role: "status", "aria-live": "polite" });
    for (const element of Object.values(this.grips)) {
      element.addEventListener("pointerdown", (event) => this.#grab(event));
      element.addEventListener("pointermove", (event) => this.#drag(event));
      element.addEventListener("pointerup", () => this.#release());
      element.addEventListener("pointercancel", () => this.#release());
      element.addEventListener("mousedown", (event) => event.preventDefault());
      element.addEventListener("click", (event) => event.stopPropagation());
    }
    coder.view.column.append(this.grips.start, this.grips.end);
    this.draw = eachFrame(() => this.#draw());
    this.follow = eachFrame(() => this.#follow());
  }

  /** The coding whose bounds the keys move: the current one, chosen as such, while nothing else is selected. */
  get coding() {
    const { coder } = this;
    if (coder.selector.span || !coder.inHand) return null;
    return coder.codings.byId.get(coder.current) ?? null;
  }

  /** What is painted on top of the waiting operations: the bounds that move. */
  get draft() {
    if (!this.moving) return null;
    const { id, span } = this.moving;
    return { changes: [{ move: { id, ...this.coder.operations.points(span) } }] };
  }

  /** Move a bound by a key. False when there is no coding in hand. */
  step(edge, unit, forward) {
    const { coding, coder } = this;
    if (!coding) return false;
    this.edge = edge;
    const span = moved(coder.index.text, coder.view.blocks, [coding.s, coding.e], edge, unit, forward);
    this.#set(coding, span);
    coder.view.reveal(edge === "start" ? span[0] : Math.max(span[0], span[1] - 1));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(), STILLNESS);
    return true;
  }

  #set(coding, span) {
    if (span[0] === coding.s && span[1] === coding.e) return;
    this.moving ??= { id: coding.id, from: [coding.s, coding.e], code: coding.code };
    this.moving.span = span;
    this.coder.refold();
    this.#say(span);
  }

  #say([s, e]) {
    const { index, words } = this.coder;
    const quote = index.slice(s, e).replace(/\s+/gu, " ").split(" ");
    const part = (this.edge === "start" ? quote.slice(0, SAID) : quote.slice(-SAID)).join(" ");
    this.said.textContent = `${words.say(`bound_${this.edge}`, { words: part })} ${words.count("words", countWords(index.slice(s, e)))}`;
  }

  /** Send the bounds where they are now. */
  settle() {
    clearTimeout(this.timer);
    const { moving, coder } = this;
    if (!moving) return;
    this.moving = null;
    const back = moving.from[0] === moving.span[0] && moving.from[1] === moving.span[1];
    if (back || !coder.codings.byId.has(moving.id)) coder.refold();
    else coder.operations.rebound(moving);
  }

  /** Python's state or another coding in hand has come: bounds that belong to none are sent or let go. */
  look() {
    if (this.moving && this.moving.id !== this.coder.current && !this.grabbed) this.settle();
    this.draw();
  }

  #draw() {
    const { coding, coder } = this;
    const { view } = coder;
    for (const [edge, element] of Object.entries(this.grips)) {
      const unit = coding && (edge === "start" ? coding.s : coding.e);
      const shown = Boolean(coding) && view.near.has(view.blockAt(edge === "start" ? coding.s : coding.e - 1));
      element.hidden = !shown;
      if (!shown) continue;
      const rect = view.edgeAt(unit, edge);
      const origin = view.column.getBoundingClientRect();
      element.style.transform = `translate(${rect.x - origin.left}px, ${rect.top - origin.top}px)`;
      element.style.height = `${rect.bottom - rect.top}px`;
      element.classList.toggle("qkc-held", this.edge === edge);
    }
  }

  // Dragging

  #grab(event) {
    const { coding, coder } = this;
    if (event.button !== 0 || !coding) return;
    event.preventDefault();
    event.stopPropagation(); // the text must not begin a selection
    this.settle();
    this.edge = event.currentTarget.dataset.edge;
    this.grabbed = { x: event.clientX, y: event.clientY, exact: event.altKey };
    event.currentTarget.setPointerCapture(event.pointerId);
    coder.root.classList.add("qkc-stretching");
    coder.view.scroller.focus({ preventScroll: true });
  }

  #drag(event) {
    if (!this.grabbed) return;
    this.grabbed = { x: event.clientX, y: event.clientY, exact: event.altKey, moved: true };
    this.follow();
  }

  /** The bound goes to the pointer; at the edge of the screen the text goes under it. */
  #follow() {
    const { grabbed, coding, coder } = this;
    if (!grabbed || !coding) return;
    grabbed.moved = false;
    const { view } = coder;
    const screen = view.scroller.getBoundingClientRect();
    const beyond = Math.min(0, grabbed.y - screen.top - EDGE) || Math.max(0, grabbed.y - screen.bottom + EDGE);
    if (beyond) {
      view.scroller.scrollTop += Math.sign(beyond) * Math.min(FASTEST, 2 + Math.abs(beyond) / 3);
      this.follow();
    }
    const y = Math.min(Math.max(grabbed.y, screen.top + 4), screen.bottom - 4);
    const at = view.unitUnder(grabbed.x, y, this.edge === "end");
    if (at !== null) this.#set(coding, placed(coder.index.text, [coding.s, coding.e], this.edge, at, grabbed.exact));
  }

  #release() {
    if (!this.grabbed) return;
    if (this.grabbed.moved) this.#follow(); // let go before the frame that would have shown it
    this.grabbed = null;
    this.follow.cancel();
    this.coder.root.classList.remove("qkc-stretching");
    this.settle();
  }

  /** Let the drag go, the passage as it was before it. True when there was one. */
  abandon() {
    if (!this.grabbed) return false;
    this.grabbed = null;
    this.follow.cancel();
    this.coder.root.classList.remove("qkc-stretching");
    if (this.moving) this.moving.span = this.moving.from;
    this.settle();
    return true;
  }

  destroy() {
    this.settle();
    this.draw.cancel();
    this.follow.cancel();
  }
}
