// What this page did, as far as it knows: what undo and redo paint before Python, whose stack decides, has answered.

const REMEMBERED = 1000; // further back, the paint waits for the answer

export class UndoStack {
  constructor() {
    this.forget();
  }

  /** Something was done: {changes, inverse}. */
  push(done) {
    this.done.push(done);
    if (this.done.length > REMEMBERED) this.done.shift();
    this.undone = [];
  }

  /** What "undo" or "redo" would change: {changes}, undefined where it is not known. */
  next(way) {
    return { changes: way === "undo" ? this.done.at(-1)?.inverse : this.undone.at(-1)?.changes };
  }

  /** The changes that take the last deed back; none where it is not known. */
  undo() {
    const { changes } = this.next("undo");
    if (changes) this.undone.push(this.done.pop());
    return changes ?? [];
  }

  redo() {
    const { changes } = this.next("redo");
    if (changes) this.done.push(this.undone.pop());
    return changes ?? [];
  }

  /** Nothing sure is known any more: after a refusal, or something done elsewhere. */
  forget() {
    this.done = [];
    this.undone = [];
  }
}
