// What Streamlit calls: once at each mount, and again whenever the data or the theme has changed.

import { Coder } from "./coder.js";
import { storeFor } from "./store.js";

let styles;

/** The style sheet, once for the page; laid out only when it is there, so that nothing jumps. */
function styled() {
  styles ??= new Promise((done) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL("./coder.css", import.meta.url).href;
    link.addEventListener("load", done);
    link.addEventListener("error", done);
    document.head.append(link);
  });
  return styles;
}

styled(); // not only when a text comes: it is on its way while the modules are read

async function mountText(parent, data, trigger) {
  const began = performance.now();
  await styled();
  const store = storeFor(data.docKey);
  // The theme alone may have changed; or the language, or what is known of the document.
  const { text, turns, ...about } = data;
  const signature = JSON.stringify(about);
  if (parent.qualikit?.signature === signature) {
    parent.qualikit.themed();
  } else {
    parent.qualikit?.destroy();
    const coder = new Coder(parent, data, store, began);
    coder.signature = signature;
    parent.qualikit = coder;
    store.coder = coder;
    if (store.state) coder.receive(store.state, { acked: [], refused: [] });
  }
  parent.qualikit.open = (step) => trigger("open", step);
  return () => {
    const coder = parent.qualikit;
    parent.qualikit = null;
    store.unmount(coder);
    coder?.destroy();
  };
}

function mountCodings(parent, data, emit) {
  if (!parent.querySelector(".qkc-feed")) {
    const feed = document.createElement("div");
    feed.className = "qkc-feed";
    parent.append(feed);
    // Nothing to see. Not by a :has() rule, which the browser would try again at every change of the page.
    feed.closest('[data-testid="stElementContainer"]')?.style.setProperty("display", "none");
  }
  const store = storeFor(data.docKey);
  store.receive(data, emit);
  return () => store.leave(emit);
}

export default function mount({ data, parentElement, setStateValue, setTriggerValue }) {
  if (data?.kind === "text") return mountText(parentElement, data, setTriggerValue);
  if (data?.kind === "codings") return mountCodings(parentElement, data, setStateValue);
  throw new Error(`unknown mount: ${data?.kind}`);
}
