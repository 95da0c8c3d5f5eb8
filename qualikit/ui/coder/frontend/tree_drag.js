// A code taken by the mouse and put elsewhere: before, after or under another one; a pin put on another digit.

import { h } from "./dom.js";
import { dropPlace } from "./tree_order.js";

const STILL = 5; // pixels: less is a click
const OPEN_AFTER = 600; // ms over a folded code before it opens
const EDGE = 28; // pixels at the ends of the tree where it scrolls

export class Drag {
  /**
   * @param element the whole left side; tree: the rows; box: what scrolls
   * @param act {list(), isOpen(id), open(id), move(id, where), movePin(from, to), began()}
   */
  constructor({ element, tree, box, words, act }) {
    Object.assign(this, { element, tree, box, words, act });
    this.mark = h("div.qkc-drop", { hidden: true });
    this.ghost = h("div.qkc-ghost", { hidden: true, "aria-hidden": "true" });
    element.append(this.mark, this.ghost);
    element.addEventListener("pointerdown", (event) => this.#down(event));
    this.moving = (event) => this.#move(event);
    this.up = (event) => this.#up(event);
    this.key = (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      this.#end();
    };
  }

  #down(event) {
    if (event.button !== 0 || event.target.closest("[data-fold], [data-pin], [data-menu], [data-unpin], input")) return;
    const row = event.target.closest("[role=treeitem]");
    const pin = event.target.closest(".qkc-pin");
    if (!(row && this.tree.contains(row)) && !pin) return;
    this.from = { x: event.clientX, y: event.clientY, id: (row ?? pin).dataset.code, pin: pin ? Number(pin.dataset.place) : null };
    window.addEventListener("pointermove", this.moving);
    window.addEventListener("pointerup", this.up);
    window.addEventListener("pointercancel", this.up);
  }

  #move(event) {
    const { x, y } = this.from;
    if (!this.dragging) {
      if (Math.hypot(event.clientX - x, event.clientY - y) < STILL) return;
      this.dragging = true;
      this.act.began();
      this.ghost.textContent = this.act.list().find((code) => code.id === this.from.id)?.name ?? "";
      this.ghost.hidden = false;
      this.element.classList.add("qkc-dragging");
      window.addEventListener("keydown", this.key, true);
    }
    Object.assign(this.ghost.style, { left: `${event.clientX + 12}px`, top: `${event.clientY + 8}px` });
    this.#scroll(event.clientY);
    this.#over(document.elementFromPoint(event.clientX, event.clientY), event.clientY);
  }

  #scroll(y) {
    const { top, bottom } = this.box.getBoundingClientRect();
    if (y < top + EDGE) this.box.scrollTop -= 8;
    else if (y > bottom - EDGE) this.box.scrollTop += 8;
  }

  #over(under, y) {
    this.where = null;
    this.to = null;
    this.mark.hidden = true;
    if (this.from.pin !== null) {
      const pin = under?.closest(".qkc-pin");
      if (pin && Number(pin.dataset.place) !== this.from.pin) {
        this.to = Number(pin.dataset.place);
        this.#draw(pin, "inside");
      }
      return;
    }
    const row = under?.closest("[role=treeitem]");
    if (!row || !this.tree.contains(row)) return this.#waitOn(null);
    const box = row.getBoundingClientRect();
    const share = (y - box.top) / box.height;
    const zone = share < 0.3 ? "before" : share > 0.7 ? "after" : "inside";
    const open = this.act.isOpen(row.dataset.code);
    this.where = dropPlace(this.act.list(), this.from.id, row.dataset.code, zone, open);
    this.#waitOn(zone === "inside" && !open ? row.dataset.code : null);
    if (this.where) this.#draw(row, zone);
  }

  #waitOn(id) {
    if (id === this.waitingOn) return;
    clearTimeout(this.timer);
    this.waitingOn = id;
    if (id) this.timer = setTimeout(() => this.act.open(id), OPEN_AFTER);
  }

  #draw(row, zone) {
    const box = row.getBoundingClientRect();
    const depth = parseFloat(getComputedStyle(row).getPropertyValue("--depth")) || 0;
    const left = box.left + (zone === "inside" ? 0 : 4 + depth * 14);
    const style = { left: `${left}px`, width: `${box.right - left}px` };
    if (zone === "inside") Object.assign(style, { top: `${box.top}px`, height: `${box.height}px` });
    else Object.assign(style, { top: `${(zone === "before" ? box.top : box.bottom) - 2}px`, height: "4px" });
    Object.assign(this.mark.style, style);
    this.mark.classList.toggle("qkc-inside", zone === "inside");
    this.mark.hidden = false;
  }

  #up(event) {
    const { dragging, where, to, from } = this;
    this.#end();
    if (!dragging) return;
    // The click that ends a drag must not code.
    const swallow = (click) => click.stopPropagation();
    window.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => window.removeEventListener("click", swallow, { capture: true }), 0);
    if (event.type === "pointercancel") return;
    if (where) this.act.move(from.id, where);
    else if (to !== null) this.act.movePin(from.pin, to);
  }

  #end() {
    clearTimeout(this.timer);
    window.removeEventListener("pointermove", this.moving);
    window.removeEventListener("pointerup", this.up);
    window.removeEventListener("pointercancel", this.up);
    window.removeEventListener("keydown", this.key, true);
    this.element.classList.remove("qkc-dragging");
    this.mark.hidden = true;
    this.ghost.hidden = true;
    Object.assign(this, { dragging: false, where: null, to: null, waitingOn: null });
  }

  destroy() {
    this.#end();
  }
}
