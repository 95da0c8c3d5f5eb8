// What Streamlit calls for « Lire par code »: the list, which is drawn once for each query, and the feed, which brings
// Python's answers and takes away what was done and what is to be fetched.

import { Store } from "../store.js";
import { List } from "./list.js";

let styles;

function styled() {
  const sheet = (name) =>
    new Promise((done) => {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = new URL(name, import.meta.url).href;
      link.addEventListener("load", done);
      link.addEventListener("error", done);
      document.head.append(link);
    });
  styles ??= Promise.all([sheet("../coder.css"), sheet("./reading.css")]);
  return styles;
}

/** The coder's store, with what a list asks for besides. */
class ReadingStore extends Store {
  want(pages) {
    this.wanted = pages;
    this.wantSent = Boolean(this.emit);
    this.emit?.("want", { pages, at: Date.now() });
  }

  go(place) {
    this.emit?.("opened", place);
  }

  receive(state, emit) {
    super.receive(state, emit);
    if (this.wanted && !this.wantSent) this.want(this.wanted);
  }
}

const stores = new Map();

function storeFor(docKey) {
  if (!stores.has(docKey)) stores.set(docKey, new ReadingStore(docKey));
  return stores.get(docKey);
}

async function mountList(parent, data) {
  await styled();
  const store = storeFor(data.docKey);
  const signature = JSON.stringify(data);
  if (parent.qualikit?.signature === signature) parent.qualikit.themed();
  else {
    parent.qualikit?.destroy();
    const list = new List(parent, data, store);
    list.signature = signature;
    parent.qualikit = list;
    store.coder = list;
    if (store.state) list.receive(store.state, { acked: [], refused: [] });
  }
  return () => {
    const list = parent.qualikit;
    parent.qualikit = null;
    store.unmount(list);
    list?.destroy();
  };
}

export default function mount({ data, parentElement, setStateValue }) {
  if (data?.kind === "list") return mountList(parentElement, data);
  const store = storeFor(data.docKey);
  parentElement.closest('[data-testid="stElementContainer"]')?.style.setProperty("display", "none");
  store.receive(data, setStateValue);
  return () => store.leave(setStateValue);
}
