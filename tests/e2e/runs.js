// What the page has asked the server to run, and what the server has said it has run: counted on the socket, so that a
// test waits for these and never for a time. An asked run is counted in the very turn of the click that asked for it.
(() => {
  const RERUN = 11, NEW_SESSION = 4, SCRIPT_FINISHED = 6, EARLY_FOR_RERUN = 2; // fields of streamlit's BackMsg, ForwardMsg
  const FRAGMENT = 5; // of its ClientState
  const runs = { asked: 0, begun: 0, finished: 0 };
  // A run of a part that went with its page: the server drops it without a word. None has ever begun this late; those
  // asked for while the next page is being drawn are nearly always dropped.
  const DROPPED_MS = 5000, DROPPED_WHILE_LEAVING_MS = 1000;
  let parts = null; // until when to wait for the runs that have not begun, where all of them are of parts
  let patience = 0; // how long that is, counted from the last that ended: the server begins nothing before

  function* fields(bytes) { // the top level of a protobuf message: each field's number, and its value if it is an integer
    let at = 0;
    const integer = () => {
      let value = 0, scale = 1, byte;
      do {
        byte = bytes[at++];
        value += (byte & 127) * scale;
        scale *= 128;
      } while (byte & 128);
      return value;
    };
    while (at < bytes.length) {
      const tag = integer();
      const kind = tag % 8;
      const value = kind === 0 || kind === 2 ? integer() : undefined;
      yield [Math.floor(tag / 8), value, kind === 2 ? bytes.subarray(at, at + value) : null];
      at += kind === 2 ? value : kind === 1 ? 8 : kind === 5 ? 4 : 0;
    }
  }

  function heard(data) {
    for (const [field, value] of fields(new Uint8Array(data))) {
      if (field === NEW_SESSION) [runs.begun, parts] = [runs.asked, null];
      if (field === SCRIPT_FINISHED && value !== EARLY_FOR_RERUN) {
        runs.finished = runs.begun;
        if (parts !== null) parts = performance.now() + patience;
      }
    }
  }

  function asks(state) {
    const ofPart = [...fields(state)].some(([field, length]) => field === FRAGMENT && length > 0);
    patience = runs.begun > runs.finished ? DROPPED_WHILE_LEAVING_MS : DROPPED_MS;
    parts = ofPart && (parts !== null || runs.begun === runs.asked) ? performance.now() + patience : null;
    runs.asked += 1;
  }

  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (data) {
    if (!this.heard) {
      this.heard = true;
      this.addEventListener("message", (event) => event.data instanceof ArrayBuffer && heard(event.data));
    }
    if (typeof data !== "string") for (const [field, , state] of fields(new Uint8Array(data))) if (field === RERUN) asks(state);
    return send.call(this, data);
  };

  function forgetDropped() {
    if (parts !== null && runs.finished === runs.begun && performance.now() > parts)
      [runs.begun, runs.finished, parts] = [runs.asked, runs.asked, null];
  }

  const still = () =>
    runs.asked > 0 && runs.finished === runs.asked &&
    document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning" &&
    // what Streamlit says runs no more may still be drawn: a part whose code is being loaded stands as a grey bar
    !document.querySelector("[data-testid=stSkeleton]");

  let frames = 0;
  window.qkRuns = {
    runs,
    // Asked at each frame: whether, for three of them, nothing runs, nothing is left to draw, nothing more is asked for.
    settled() {
      forgetDropped();
      frames = still() ? frames + 1 : 0;
      if (frames < 3) return false;
      frames = 0;
      return true;
    },
  };
})();
