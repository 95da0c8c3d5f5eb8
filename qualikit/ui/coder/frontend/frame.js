// The coder takes the height that is left under it in the window, and its margin the width that the text leaves.

import { eachFrame } from "./dom.js";
import { PITCH } from "./margin.js";

const LEAST = 420; // pixels: below that the page scrolls
const LEAST_ZOOMED = 240; // in a low window, or one zoomed in
const LOW = 560;
const NARROW = 860; // pixels: below that the zones at the sides lie over the text
const BELOW = 8;

export class Frame {
  constructor(root, view, changed) {
    Object.assign(this, { root, view, changed, lanes: 6, labels: 2 });
    this.fit = eachFrame(() => this.#fit());
    window.addEventListener("resize", this.fit);
    this.observer = new ResizeObserver(this.fit);
    this.observer.observe(view.scroller);
    this.observer.observe(root.parentElement);
    this.#fit();
  }

  #fit() {
    const { root, view } = this;
    let scrolled = 0;
    for (let parent = root.parentElement; parent; parent = parent.parentElement) scrolled += parent.scrollTop;
    const top = root.getBoundingClientRect().top + scrolled;
    const least = window.innerHeight < LOW ? LEAST_ZOOMED : LEAST;
    const height = Math.max(least, Math.floor(window.innerHeight - top - BELOW));
    if (root.style.height !== `${height}px`) root.style.height = `${height}px`;
    root.classList.toggle("qkc-narrow", root.clientWidth < NARROW);
    const width = view.scroller.clientWidth;
    if (width === this.width) return;
    this.width = width;
    const margin = parseFloat(getComputedStyle(view.column).getPropertyValue("--qkc-margin")) || 120;
    const room = this.#marginWidth() || margin;
    this.lanes = Math.max(3, Math.min(14, Math.floor((room * 0.4) / PITCH)));
    this.labels = room > 260 ? 3 : room > 150 ? 2 : 1;
    view.estimate();
    this.changed(this);
  }

  #marginWidth() {
    const template = getComputedStyle(this.view.rows[0] ?? this.view.column).gridTemplateColumns.split(" ");
    return parseFloat(template.at(-1));
  }

  destroy() {
    window.removeEventListener("resize", this.fit);
    this.fit.cancel();
    this.observer.disconnect();
  }
}
