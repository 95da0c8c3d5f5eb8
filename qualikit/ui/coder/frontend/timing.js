// Performance entries for whoever measures: see docs/coder.md for their names.

import { afterPaint } from "./dom.js";

const KEPT = 500; // measures: the browser itself keeps all of them for as long as the page lives

export class Timing {
  constructor(began) {
    this.began = began;
    this.keyAt = null;
    this.pending = new Map(); // uuid → time of the key
    this.measured = 0;
    this.done = { opened: false, first: false };
  }

  /** The first blocks are painted; with the codings when they came first. */
  firstPaint(withCodings) {
    this.painting = true;
    if (this.done.first || !withCodings) return;
    this.#open();
  }

  /** Python's first state is in. */
  opened(codings) {
    this.codings = codings;
    if (this.painting && !this.done.first) this.#open();
  }

  #open() {
    this.done.first = true;
    afterPaint(() => {
      performance.mark("qualikit:painted", { detail: { codings: this.codings } });
      performance.measure("qualikit:open", { start: this.began, end: performance.now() });
    });
  }

  key(event) {
    this.keyAt = event.timeStamp;
  }

  sent(uuid) {
    if (this.keyAt !== null) this.pending.set(uuid, this.keyAt);
  }

  painted() {
    const start = this.keyAt;
    if (start === null) return;
    this.keyAt = null;
    afterPaint(() => this.#measure("key-to-paint", { start, end: performance.now() }));
  }

  #measure(name, about) {
    this.measured += 1;
    if (this.measured % KEPT === 0) ["key-to-paint", "key-to-saved"].forEach((old) => performance.clearMeasures(`qualikit:${old}`));
    performance.measure(`qualikit:${name}`, about);
  }

  saved(operations) {
    const end = performance.now();
    for (const { uuid } of operations) {
      const start = this.pending.get(uuid);
      if (start === undefined) continue;
      this.pending.delete(uuid);
      this.#measure("key-to-saved", { start, end, detail: { uuid } });
    }
  }
}
