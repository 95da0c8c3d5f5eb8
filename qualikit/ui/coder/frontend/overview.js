// The whole text at a glance beside its scroll bar: where there are codings, of which colour, and what is on the screen.

import { eachFrame, h } from "./dom.js";

const WIDTH = 12;

export class Overview {
  constructor({ view, codings, painter, words }) {
    Object.assign(this, { view, codings, painter });
    this.canvas = h("canvas.qkc-overview", { width: WIDTH, "aria-hidden": "true", title: words.say("overview") });
    this.draw = eachFrame(() => this.#draw());
    this.canvas.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.#go(event);
      this.canvas.setPointerCapture(event.pointerId);
    });
    this.canvas.addEventListener("pointermove", (event) => event.buttons && this.#go(event));
    view.scroller.addEventListener("scroll", this.draw, { passive: true });
  }

  #go(event) {
    const box = this.canvas.getBoundingClientRect();
    const share = (event.clientY - box.top) / box.height;
    const { scroller } = this.view;
    scroller.scrollTop = share * scroller.scrollHeight - scroller.clientHeight / 2;
  }

  #draw() {
    const { canvas } = this;
    const height = canvas.clientHeight;
    if (!height) return;
    const scale = window.devicePixelRatio || 1;
    if (canvas.height !== Math.round(height * scale)) {
      canvas.height = Math.round(height * scale);
      canvas.width = WIDTH * scale;
    }
    const context = canvas.getContext("2d");
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, WIDTH, height);
    const length = Math.max(1, this.codings.index.text.length);
    for (const coding of this.codings.byId.values()) {
      context.fillStyle = this.painter.tints.get(coding.code)?.stripe ?? "#888";
      const y = (coding.s / length) * height;
      context.fillRect((coding.lane % 3) * 4, y, 3, Math.max(2, ((coding.e - coding.s) / length) * height));
    }
    const { scroller } = this.view;
    const top = (scroller.scrollTop / scroller.scrollHeight) * height;
    const seen = Math.max(6, (scroller.clientHeight / scroller.scrollHeight) * height);
    context.strokeStyle = getComputedStyle(canvas).color;
    context.strokeRect(0.5, top + 0.5, WIDTH - 1, seen - 1);
  }

  destroy() {
    this.draw.cancel();
  }
}
