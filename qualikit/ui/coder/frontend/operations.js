// What the coder asks of Python, each request with what it changes on the screen and what takes that back.

import { UndoStack } from "./undo_stack.js";

export function newId() {
  if (globalThis.crypto?.randomUUID) return crypto.randomUUID();
  // randomUUID exists on secure origins only; a team's server may be plain http.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

const tuple = ({ id, start, end, code, coder, flags }) => ({ id, start, end, code, coder, flags });

const row = ({ id, start, end, code, score, level, reason, worth }) => [id, start, end, code, score, level, reason, worth];

export class Operations {
  /**
   * @param doc {id, textHash}; before(): called first, for what has to be sent before it; changed(operation): called
   *   once it is in the outbox, to paint it
   */
  constructor({ doc, codings, outbox, changed, before = () => {} }) {
    Object.assign(this, { doc, codings, outbox, changed, before });
    this.rev = 0;
    this.coder = null;
    this.stack = new UndoStack();
  }

  #send(operation, { changes = [], inverse = [], describe = "" } = {}, undoable = true) {
    if (operation.op !== "pref") this.before();
    if (undoable) this.stack.push({ changes, inverse });
    const kept = this.outbox.add({
      uuid: newId(),
      doc: this.doc.id,
      rev: this.rev,
      textHash: this.doc.textHash,
      ...operation,
      changes,
      inverse,
      describe,
    });
    this.changed(kept);
  }

  /** A passage as Python counts it, with its words. */
  points([s, e]) {
    const { index } = this.codings;
    return { start: index.toPoints(s), end: index.toPoints(e), quote: index.slice(s, e) };
  }

  add(span, code) {
    const id = newId();
    const place = this.points(span);
    const put = { id, start: place.start, end: place.end, code: code.id, coder: this.coder, flags: 0 };
    // Coding by hand what is suggested to the letter accepts it.
    const proposed = this.codings.proposed(place.start, place.end, code.id);
    const [settle, propose] = proposed ? [[{ settle: proposed.id }], [{ propose: row(proposed) }]] : [[], []];
    this.#send(
      { uuid: id, op: "add", ...place, code: code.id },
      { changes: [...settle, { put }], inverse: [{ drop: id }, ...propose], describe: code.name },
    );
    return id;
  }

  /**
   * A new code named by the passage (or as the user typed), and the passage coded with it. `known`: one made a moment
   * ago that Python has not answered for; it will be found again by its name.
   */
  newCode(span, name, color, known = null) {
    const id = newId();
    const place = this.points(span);
    const code = known ?? { id: `new:${id}`, name, color, parent: null };
    const put = { id, start: place.start, end: place.end, code: code.id, coder: this.coder, flags: 0 };
    this.#send(
      { uuid: id, op: "new_code", name, ...place },
      { changes: [{ code }, { put }], inverse: [{ drop: id }], describe: name },
    );
    return id;
  }

  /** A coding of what was suggested, with its code or another. */
  accept(suggestion, code) {
    const id = newId();
    const { start, end } = suggestion;
    const put = { id, start, end, code: code.id, coder: this.coder, flags: 0 };
    const made = !this.codings.exactly(start, end, code.id);
    const other = code.id === suggestion.code ? {} : { code: code.id };
    this.#send(
      { uuid: id, op: "accept", id: suggestion.id, ...other },
      {
        changes: [{ settle: suggestion.id }, ...(made ? [{ put }] : [])],
        inverse: [...(made ? [{ drop: id }] : []), { propose: row(suggestion) }],
        describe: code.name,
      },
    );
  }

  reject(suggestion) {
    this.#send(
      { op: "reject", id: suggestion.id },
      {
        changes: [{ settle: suggestion.id }],
        inverse: [{ propose: row(suggestion) }],
        describe: this.#name(suggestion.code),
      },
    );
  }

  remove(coding) {
    this.#send(
      { op: "remove", id: coding.id },
      { changes: [{ drop: coding.id }], inverse: [{ put: tuple(coding) }], describe: this.#name(coding.code) },
    );
  }

  recode(coding, code) {
    if (coding.code === code.id) return;
    this.#send(
      { op: "recode", id: coding.id, code: code.id },
      {
        changes: [{ put: { ...tuple(coding), code: code.id } }],
        inverse: [{ put: tuple(coding) }],
        describe: this.#name(coding.code),
      },
    );
  }

  /** The passage of a coding: `from` and `span` are the old and the new [s, e), in UTF-16. */
  rebound({ id, from, span, code }) {
    const [before, after] = [this.points(from), this.points(span)];
    const move = ({ start, end }) => [{ move: { id, start, end } }];
    this.#send(
      { op: "rebound", id, ...after },
      { changes: move(after), inverse: move(before), describe: this.#name(code) },
    );
  }

  /** A question of the guide marked, or marked no more; `operation` has its fields, and the mark's id for uuid. */
  guide(operation, painted) {
    this.#send(operation, painted);
  }

  /** What a memo is on, by the id of it. */
  #kind(target) {
    if (this.doc.participants?.[target]) return "participant";
    return this.codings.codes.has(target) ? "code" : "coding";
  }

  /** A memo on a coding, a participant, a code or, with the document's id, on the document. An empty text takes it away. */
  memo(target, text) {
    const before = this.codings.memos[target] ?? "";
    const place = target === this.doc.id ? {} : { id: target, on: this.#kind(target) };
    this.#send(
      { op: "memo", ...place, text },
      { changes: [{ memo: [target, text] }], inverse: [{ memo: [target, before] }] },
    );
  }

  /** Something done to the codebook; `operation` has its fields, and its uuid where a code takes it for id. */
  codebook(operation, painted) {
    this.#send(operation, painted);
  }

  preference(key, value) {
    this.#send({ op: "pref", key, value }, {}, false);
  }

  /** Python's stack decides; what this page remembers of it is painted at once. */
  undo() {
    this.before();
    this.#send({ op: "undo" }, { changes: this.stack.undo() }, false);
  }

  redo() {
    this.before();
    this.#send({ op: "redo" }, { changes: this.stack.redo() }, false);
  }

  /** After a refusal nothing sure is known of the stack: the next undo waits for Python's answer. */
  forget() {
    this.stack.forget();
  }

  #name(code) {
    return this.codings.codes.get(code)?.name ?? "";
  }
}
