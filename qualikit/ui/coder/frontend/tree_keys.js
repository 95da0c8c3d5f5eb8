// What a list shown as a tree does with the keyboard, whatever stands in it: one item is in the order of Tab, letters
// lead to the next item that begins with them, arrows go into a branch and out of it (ARIA's pattern of a tree).

import { fold } from "./fold.js";

const PATIENCE = 700; // ms within which letters belong together

/** Number of the item that the letters lead to, from the one at `at`; -1 when none begins with them. */
export function typedTo(labels, at, letters) {
  const wanted = fold(letters);
  const from = letters.length > 1 ? at : at + 1; // more letters may still mean the same item
  for (let step = 0; step < labels.length; step += 1) {
    const i = (from + step) % labels.length;
    if (fold(labels[i]).startsWith(wanted)) return i;
  }
  return -1;
}

export class TreeKeys {
  /** @param tree the element of role tree; unpin(code id) */
  constructor(tree, { unpin }) {
    Object.assign(this, { tree, unpin, letters: "", last: 0 });
    tree.addEventListener("focusin", (event) => this.#rove(event.target));
    tree.addEventListener("keydown", (event) => this.#key(event), true);
  }

  get items() {
    return [...this.tree.querySelectorAll("[role=treeitem]")];
  }

  #rove(target) {
    for (const item of this.items) item.tabIndex = item === target ? 0 : -1;
  }

  #key(event) {
    const item = event.target.closest("[role=treeitem]");
    if (item !== event.target || event.ctrlKey || event.altKey || event.metaKey) return;
    const { items } = this;
    const at = items.indexOf(item);
    const level = (other) => Number(other?.getAttribute("aria-level"));
    const open = item.getAttribute("aria-expanded");
    if (event.key === "ArrowRight" && open !== "false") {
      if (open === "true" && level(items[at + 1]) > level(item)) items[at + 1].focus();
    } else if (event.key === "ArrowLeft" && open !== "true") {
      items.slice(0, at).findLast((other) => level(other) < level(item))?.focus();
    } else if (event.key === "-") this.unpin(item.dataset.code);
    else if (event.key.length === 1 && /\p{L}/u.test(event.key)) this.#type(event, items, at);
    else {
      this.letters = "";
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #type(event, items, at) {
    const before = event.timeStamp - this.last < PATIENCE ? this.letters : "";
    this.letters = before === event.key ? event.key : before + event.key; // the same one again: the next such item
    this.last = event.timeStamp;
    const labels = items.map((item) => item.querySelector(".qkc-label")?.textContent ?? "");
    items[typedTo(labels, at, this.letters)]?.focus();
  }
}
