// Operations that Python has not acknowledged yet. They live in the browser's storage until it has: a reload, a lost
// connection or a server that starts again loses none. Sent whole, in order, one batch in flight at a time.

const FIRST_PATIENCE = 4000; // ms without an answer before sending again
const LONGEST_PATIENCE = 30000;
const PREFERENCE_DELAY = 2500; // preferences wait for company; codings never do

// Not for Python: what the browser needs to paint the operation and to take it back.
const OWN_FIELDS = new Set(["changes", "inverse", "at", "order", "describe"]);

function wire(operation) {
  return Object.fromEntries(Object.entries(operation).filter(([name]) => !OWN_FIELDS.has(name)));
}

const PREFIX = "qualikit:outbox:";

/** Whether two docKeys (place:document:text:coder) differ by their text alone: it was corrected in between. */
function otherText(one, other) {
  const [mine, theirs] = [one.split(":"), other.split(":")];
  if (mine.length < 4 || theirs.length !== mine.length) return false;
  return mine.every((part, i) => (i === 2 ? part !== theirs[i] : part === theirs[i]));
}

export class Outbox {
  /**
   * @param {object} options
   * @param {string} options.docKey names the text, the project and the coder
   * @param {Storage} options.storage localStorage, or what behaves like it
   * @param {(operations: object[]) => boolean} options.send true when the batch could be handed over
   * @param {() => void} [options.changed] called after the list of waiting operations has changed
   */
  constructor({ docKey, storage, send, changed = () => {}, timers = globalThis, now = () => Date.now() }) {
    this.docKey = docKey;
    this.prefix = `${PREFIX}${docKey}:`;
    this.storage = storage;
    this.send = send;
    this.changed = changed;
    this.timers = timers;
    this.now = now;
    this.epoch = null;
    this.inFlight = new Set();
    this.patience = FIRST_PATIENCE;
    this.timer = null;
    this.order = 0;
    this.stored = true; // false once the browser has refused to store
    this.waiting = this.#recall();
  }

  /**
   * What waits in the browser for this text; and what waited for the text before it was corrected, so that Python can
   * say of each what becomes of it. Places in that text mean nothing here: such an operation paints nothing.
   */
  #recall() {
    const found = [];
    try {
      const keys = Array.from({ length: this.storage.length }, (_, i) => this.storage.key(i));
      for (const key of keys.filter((k) => k?.startsWith(PREFIX))) {
        const docKey = key.slice(PREFIX.length, key.lastIndexOf(":"));
        const before = otherText(this.docKey, docKey);
        if (docKey !== this.docKey && !before) continue;
        try {
          const operation = JSON.parse(this.storage.getItem(key));
          if (!before) {
            found.push(operation);
            continue;
          }
          const moved = { ...operation, changes: [], inverse: [] };
          this.storage.setItem(this.prefix + moved.uuid, JSON.stringify(moved));
          this.storage.removeItem(key);
          found.push(moved);
        } catch {
          // A value cut short by a full disk: nothing can be made of it.
        }
      }
    } catch {
      this.stored = false;
    }
    return found.filter((o) => o?.uuid).sort((a, b) => a.at - b.at || a.order - b.order);
  }

  #store(operation) {
    try {
      this.storage.setItem(this.prefix + operation.uuid, JSON.stringify(operation));
    } catch {
      this.stored = false;
    }
  }

  #forget(uuid) {
    try {
      this.storage.removeItem(this.prefix + uuid);
    } catch {
      this.stored = false;
    }
  }

  get size() {
    return this.waiting.length;
  }

  /** Operations waiting that change something an evaluator sees as work (not preferences). */
  get unsaved() {
    return this.waiting.filter((operation) => operation.op !== "pref");
  }

  add(operation) {
    const kept = { ...operation, at: this.now(), order: (this.order += 1) };
    if (kept.op === "pref") {
      for (const older of this.waiting.filter((o) => o.op === "pref" && o.key === kept.key)) {
        if (this.inFlight.has(older.uuid)) continue;
        this.#forget(older.uuid);
        this.waiting.splice(this.waiting.indexOf(older), 1);
      }
    }
    this.waiting.push(kept);
    this.#store(kept);
    if (kept.op === "pref") this.#later(PREFERENCE_DELAY);
    else if (!this.inFlight.size) this.flush();
    this.changed();
    return kept;
  }

  /** Send everything that waits, now. */
  flush() {
    this.#stop();
    if (!this.waiting.length) return;
    const sent = this.send(this.waiting.map(wire));
    this.inFlight = sent ? new Set(this.waiting.map((o) => o.uuid)) : new Set();
    if (!sent) return; // nobody to carry it: the next mount will
    this.#later(this.patience);
    this.patience = Math.min(this.patience * 2, LONGEST_PATIENCE);
  }

  #later(delay) {
    if (this.timer !== null && delay !== this.patience) return;
    this.#stop();
    this.timer = this.timers.setTimeout(() => {
      this.timer = null;
      this.flush();
    }, delay);
  }

  #stop() {
    if (this.timer !== null) this.timers.clearTimeout(this.timer);
    this.timer = null;
  }

  /**
   * Python's answer. Returns what left the outbox: {acked: [operation], refused: [{operation, reason}]}.
   * A new epoch means a new server: what was in flight to the old one is sent again.
   */
  settle({ acked = [], refused = [], epoch = null }) {
    const done = new Set(acked);
    const no = new Map(refused.map((r) => [r.uuid, r.reason]));
    const left = { acked: [], refused: [] };
    this.waiting = this.waiting.filter((operation) => {
      const settled = done.has(operation.uuid) || no.has(operation.uuid);
      if (!settled) return true;
      this.#forget(operation.uuid);
      this.inFlight.delete(operation.uuid);
      if (no.has(operation.uuid)) left.refused.push({ operation, reason: no.get(operation.uuid) });
      else left.acked.push(operation);
      return false;
    });
    const restarted = epoch !== null && this.epoch !== null && epoch !== this.epoch;
    const first = this.epoch === null;
    if (epoch !== null) this.epoch = epoch;
    const heard = left.acked.length + left.refused.length > 0;
    if (heard) this.patience = FIRST_PATIENCE;
    if (restarted || first) this.inFlight = new Set();
    if (!this.waiting.length) this.#stop();
    else if (restarted || first || (heard && !this.inFlight.size && this.unsaved.length)) this.flush();
    else if (heard && !this.inFlight.size) this.#later(PREFERENCE_DELAY);
    if (heard) this.changed();
    return left;
  }

  /** The page goes away: stop the clock; what waits stays in storage. */
  close() {
    this.#stop();
    this.inFlight = new Set();
  }
}
