// What is done to passages: each request with what it changes on the screen and what takes that back.

import { newId } from "../operations.js";
import { UndoStack } from "../undo_stack.js";
import { before } from "./rows.js";

export class Actions {
  /** @param changed called once an operation is in the outbox, to paint it */
  constructor({ outbox, words, changed }) {
    Object.assign(this, { outbox, words, changed });
    this.stack = new UndoStack();
  }

  #send(operation, { changes = [], inverse = [], describe = "" } = {}, undoable = true) {
    if (undoable) this.stack.push({ changes, inverse });
    this.outbox.add({ uuid: newId(), ...operation, changes, inverse, describe });
    this.changed();
  }

  recode(rows, code) {
    const some = rows.filter((row) => row.code !== code.id);
    if (!some.length) return;
    const ids = some.map((row) => row.id);
    this.#send(ids.length === 1 ? { op: "recode", id: ids[0], code: code.id } : { op: "recode_many", ids, code: code.id }, {
      changes: ids.map((id) => ({ id, code: code.id })),
      inverse: some.map((row) => before(row, ["code"])),
      describe: code.name,
    });
  }

  remove(rows) {
    const ids = rows.filter((row) => !row.gone).map((row) => row.id);
    if (!ids.length) return;
    this.#send(ids.length === 1 ? { op: "remove", id: ids[0] } : { op: "remove_many", ids }, {
      changes: ids.map((id) => ({ id, gone: true })),
      inverse: ids.map((id) => ({ id, gone: false })),
      describe: this.words.say("remove"),
    });
  }

  choose(rows, on) {
    const some = rows.filter((row) => row.chosen !== on);
    if (!some.length) return;
    const ids = some.flatMap((row) => (on ? [row.id] : row.verbatims?.length ? row.verbatims : [row.id]));
    this.#send(
      { op: "verbatim", ids, on },
      { changes: some.map((row) => ({ id: row.id, chosen: on })), inverse: some.map((row) => before(row, ["chosen"])), describe: this.words.say("verbatim") },
    );
  }

  memo(row, text) {
    if ((row.memo ?? "") === text) return;
    this.#send({ op: "memo", id: row.id, text }, { changes: [{ id: row.id, memo: text }], inverse: [before(row, ["memo"])], describe: this.words.say("memo") });
  }

  undo() {
    this.#send({ op: "undo" }, { changes: this.stack.undo() }, false);
  }

  redo() {
    this.#send({ op: "redo" }, { changes: this.stack.redo() }, false);
  }

  forget() {
    this.stack.forget();
  }
}
