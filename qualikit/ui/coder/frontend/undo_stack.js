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

  /** The changes that take the last deed back; none where it is not known. */
  undo() {
    const last = this.done.pop();
    if (last) this.undone.push(last);
    return last?.inverse ?? [];
  }

  redo() {
    const last = this.undone.pop();
    if (last) this.done.push(last);
    return last?.changes ?? [];
  }

  /** Nothing sure is known any more: after a refusal, or something done elsewhere. */
  forget() {
    this.done = [];
    this.undone = [];
  }
}
