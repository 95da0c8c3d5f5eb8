// The passages as the reader must see them now: Python's last word with the waiting operations on top.
//
// A change is {id, ...what is different}: code, chosen, memo, gone. Each operation carries the changes it makes and
// those that take it back, as in the coder.

export class Rows {
  constructor() {
    this.byPlace = new Map();
    this.waiting = new Map(); // id → what waiting operations change
  }

  receive(pages) {
    for (const [place, row] of pages) this.byPlace.set(place, row);
  }

  /** Operations that Python has done: what they changed is so, on pages too that are not sent again. What an undo took
   *  back, Python alone knows: every page is asked for again. */
  settle(operations) {
    if (operations.some(({ op }) => op === "undo" || op === "redo")) this.byPlace.clear();
    const done = new Map();
    for (const { id, ...set } of operations.flatMap((operation) => operation.changes ?? [])) done.set(id, { ...done.get(id), ...set });
    if (!done.size) return;
    for (const [place, row] of this.byPlace) if (done.has(row.id)) this.byPlace.set(place, { ...row, ...done.get(row.id) });
  }

  refold(operations) {
    this.waiting = new Map();
    for (const operation of operations) {
      for (const { id, ...set } of operation.changes ?? []) {
        this.waiting.set(id, { ...this.waiting.get(id), ...set });
      }
    }
  }

  /** The passage at a place, or undefined when it has not come yet. */
  at(place) {
    const row = this.byPlace.get(place);
    const changed = row && this.waiting.get(row.id);
    return changed ? { ...row, ...changed, pending: true } : row;
  }
}

/** What of a row an operation may change: to take it back. */
export function before(row, names) {
  return { id: row.id, ...Object.fromEntries(names.map((name) => [name, row[name]])) };
}

/** First and last page to ask for, for the places in sight. */
export function pagesFor(first, last, total, size) {
  const most = Math.max(0, Math.ceil(total / size) - 1);
  return [Math.max(0, Math.floor(first / size)), Math.min(most, Math.floor(last / size))];
}
