// Where one reads, remembered text by text.

const STILL = 1200; // ms of stillness before it is kept

export class ReadingPlace {
  constructor(coder) {
    this.coder = coder;
  }

  /** Remember where reading is. Measured now (once the page is gone it cannot be), kept when the text stands still. */
  keep() {
    if (!this.#measure()) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keepNow(), STILL);
  }

  #measure() {
    const { coder } = this;
    const place = coder.root.isConnected && coder.received ? coder.view.readingPlace() : null;
    if (place) this.measured = [coder.index.toPoints(place[0]), place[1]];
    return place !== null;
  }

  keepNow() {
    clearTimeout(this.timer);
    this.timer = null;
    this.#measure();
    if (String(this.measured) === String(this.kept)) return;
    this.kept = this.measured;
    this.coder.operations.preference(this.coder.prefKey("place"), this.measured);
  }

  /** The page goes away. */
  leave() {
    this.coder.bounds.settle();
    if (this.timer) this.keepNow();
  }
}
