// What the page has asked the server to run, and what the server has said it has run: counted on the socket, so that a
// test waits for these and never for a time. An asked run is counted in the very turn of the click that asked for it.
(() => {
  const RERUN = 11, NEW_SESSION = 4, SCRIPT_FINISHED = 6, EARLY_FOR_RERUN = 2; // fields of streamlit's BackMsg, ForwardMsg
  const runs = { asked: 0, begun: 0, finished: 0 };

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
      yield [Math.floor(tag / 8), value];
      at += kind === 2 ? value : kind === 1 ? 8 : kind === 5 ? 4 : 0;
    }
  }

  function heard(data) {
    for (const [field, value] of fields(new Uint8Array(data))) {
      if (field === NEW_SESSION) runs.begun = runs.asked;
      if (field === SCRIPT_FINISHED && value !== EARLY_FOR_RERUN) runs.finished = runs.begun;
    }
  }

  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (data) {
    if (!this.heard) {
      this.heard = true;
      this.addEventListener("message", (event) => event.data instanceof ArrayBuffer && heard(event.data));
    }
    if (typeof data !== "string") for (const [field] of fields(new Uint8Array(data))) if (field === RERUN) runs.asked += 1;
    return send.call(this, data);
  };

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
      frames = still() ? frames + 1 : 0;
      if (frames < 3) return false;
      frames = 0;
      return true;
    },
  };
})();
