// One store per text, shared by the two mounts of the component: the text's, which owns the page, and the codings',
// which brings Python's state and takes the outbox away. Whichever comes first waits here for the other.

import { Outbox } from "./outbox.js";

const stores = new Map();

function memory() {
  const kept = new Map();
  return {
    get length() {
      return kept.size;
    },
    key: (i) => [...kept.keys()][i] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  };
}

let ofThePage = null;

/** The browser's storage, or one that lasts as long as the page where it refuses. */
export function storage() {
  try {
    window.localStorage.setItem("qualikit:probe", "1");
    window.localStorage.removeItem("qualikit:probe");
    return window.localStorage;
  } catch {
    return (ofThePage ??= memory());
  }
}

export class Store {
  constructor(docKey) {
    this.docKey = docKey;
    this.work = docKey.split(":").filter((_part, i) => i !== 2).join(":"); // a memo begun outlives a correction of the text
    this.storage = storage();
    this.state = null; // Python's last state
    this.emit = null; // setStateValue of the codings' mount
    this.gone = null; // token of the place that another page asked for last
    this.coder = null; // the page, once the text is there
    this.outbox = new Outbox({
      docKey,
      storage: this.storage,
      send: (operations) => this.#send(operations),
      changed: () => this.coder?.outboxChanged(),
    });
  }

  #send(operations) {
    if (!this.emit) return false;
    this.emit("outbox", operations);
    return true;
  }

  /** Python's whole state has come. */
  receive(state, emit) {
    const returning = this.emit === null;
    this.emit = emit;
    this.state = state;
    const left = this.outbox.settle(state);
    if (returning && this.outbox.size) this.outbox.flush();
    this.coder?.receive(state, left);
  }

  /** Ask Python for something that is no work to be saved: another page. */
  ask(what, value) {
    this.emit?.("asked", { what, value, token: `${this.state?.epoch}:${Date.now()}` });
  }

  /** The codings' mount is gone: what waits stays in storage until the text is opened again. */
  leave(emit) {
    if (this.emit !== emit) return;
    this.emit = null;
    this.outbox.close();
    this.#rest();
  }

  /** The text, or the list, is gone. */
  unmount(coder) {
    if (this.coder === coder) this.coder = null;
    this.#rest();
  }

  /** With nobody left to show it to, Python's last state need not be held: a new one comes first. */
  #rest() {
    if (!this.coder && !this.emit) this.state = null;
  }

  draft(target) {
    return this.storage.getItem(`qualikit:draft:${this.work}:${target}`);
  }

  setDraft(target, text) {
    const key = `qualikit:draft:${this.work}:${target}`;
    try {
      if (text === null) this.storage.removeItem(key);
      else this.storage.setItem(key, text);
    } catch {
      // A full disk: the draft lives on in its field.
    }
  }
}

export function storeFor(docKey) {
  if (!stores.has(docKey)) stores.set(docKey, new Store(docKey));
  return stores.get(docKey);
}
