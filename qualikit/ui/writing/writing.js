// A text that cites passages. Citations are marks [@id] in what is saved, numbers in what is seen; the text is saved as it
// is written, and kept in this browser until Python has said that it is.

const MARK = /\[@([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\]/g;
const PAUSE = 900, LONGEST = 4000, AGAIN = 8000; // milliseconds: after a key; while keys go on; without an answer
const desks = new Map(); // by key of the component: what outlives a redrawing

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") made.className = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
const chip = (id) => `<span class="qkw-cite" contenteditable="false" draggable="true" data-id="${id}">\u2060</span>`;
const html = (text) => escaped(text).replace(MARK, (_mark, id) => chip(id)).replaceAll("\n", "<br>");

function written(node) {
  let text = "";
  const walk = (parent) => {
    for (const child of parent.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) text += child.data;
      else if (child.nodeName === "BR") text += "\n";
      else if (child.dataset?.id) text += `[@${child.dataset.id}]`;
      else {
        if (/^(DIV|P|LI)$/.test(child.nodeName) && text && !text.endsWith("\n")) text += "\n";
        walk(child);
      }
    }
  };
  walk(node);
  return text.replaceAll("\u2060", "").replaceAll("\r", "");
}

class Desk {
  constructor(root) {
    this.root = root;
    this.editor = element("div", { class: "qkw-editor", contenteditable: "true", role: "textbox", "aria-multiline": "true", spellcheck: "true" });
    this.state = element("span", { class: "qkw-state", role: "status" });
    this.notes = element("ol", { class: "qkw-notes", tabindex: "0" });
    this.list = element("div", { class: "qkw-list", role: "list" });
    this.filter = element("input", { class: "qkw-filter", type: "search", oninput: () => this.narrow() });
    this.count = element("span", { class: "qkw-count" });
    this.current = null;
    this.caret = null;
    this.flight = null;
    this.listen();
    window.addEventListener("pagehide", () => this.send());
  }

  // -- what Python gives

  take(data, setStateValue) {
    this.set = setStateValue;
    const fresh = !this.data || this.data.doc !== data.doc || this.data.epoch !== data.epoch;
    const asked = JSON.stringify([data.passages, data.others, data.words.lang, data.alone]);
    const before = this.data;
    this.data = data;
    if (asked !== this.asked) {
      this.asked = asked;
      this.frame();
    }
    if (fresh) this.open(before && before.doc === data.doc);
    else if (this.flight && before.run !== data.run) this.post(); // the server was started again
    else this.answer();
    this.renumber();
    this.say();
  }

  open(decided) {
    clearTimeout(this.timer);
    clearTimeout(this.lost);
    this.flight = this.refused = null;
    this.base = this.data.text;
    this.fill(this.data.text);
    this.known = this.text();
    if (decided) localStorage.removeItem(this.store());
    const kept = JSON.parse(localStorage.getItem(this.store()) ?? "null");
    if (kept && kept.text !== this.data.text) { // left unsaved by a page that was closed
      this.fill(kept.text);
      this.base = kept.base;
      this.send();
    } else localStorage.removeItem(this.store());
  }

  answer() {
    const { text, answer } = this.data;
    if (this.flight && answer?.n === this.flight.n) {
      const sent = this.flight.text;
      this.flight = null;
      clearTimeout(this.lost);
      this.refused = answer.refused;
      if (!answer.refused) {
        this.base = text;
        this.known = sent;
        if (this.text() === sent) localStorage.removeItem(this.store());
        else this.later(0);
      }
    } else if (!this.flight && !this.dirty() && text !== this.base) { // undone, brought back, proposed, or somebody else's
      this.base = text;
      this.refused = null;
      this.fill(text);
      this.known = this.text();
    }
  }

  // -- the text

  text() { return written(this.editor).trimEnd(); }
  dirty() { return this.text() !== this.known; }
  store() { return `qualikit:writing:${this.data.doc}`; }

  fill(text) {
    this.editor.innerHTML = `${html(text)}<br>`;
    this.caret = null;
  }

  changed() {
    if (this.editor.lastChild?.nodeName !== "BR") this.editor.append(element("br")); // a caret can stand after a citation
    this.renumber();
    if (this.dirty()) localStorage.setItem(this.store(), JSON.stringify({ text: this.text(), base: this.base }));
    this.since ??= Date.now();
    this.later(Math.max(0, Math.min(PAUSE, this.since + LONGEST - Date.now())));
    this.say();
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  send() {
    clearTimeout(this.timer);
    if (this.flight || !this.dirty() || !this.set) return;
    this.since = null;
    this.flight = { n: `${Date.now()}-${Math.random().toString(36).slice(2, 8)}`, text: this.text() };
    this.post();
    this.say();
  }

  post() {
    this.set("written", { doc: this.data.doc, run: this.data.run, base: this.base, ...this.flight });
    this.lost = setTimeout(() => { if (this.flight) this.post(); }, AGAIN);
  }

  // -- citations

  place(id) { return this.data.places[id] ?? null; }

  renumber() {
    const numbers = new Map();
    for (const cite of this.editor.querySelectorAll(".qkw-cite")) {
      const place = this.place(cite.dataset.id);
      if (place && !numbers.has(place)) numbers.set(place, numbers.size + 1);
      cite.dataset.n = place ? numbers.get(place) : "?";
      cite.classList.toggle("qkw-broken", !place);
      const passage = place && this.passage(place);
      cite.title = passage ? `« ${passage.quote} »\n${passage.source}` : this.data.words.broken;
    }
    const order = JSON.stringify([...numbers]);
    if (order === this.order) return;
    this.order = order;
    this.notes.replaceChildren(...[...numbers].map(([place]) => {
      const passage = this.passage(place);
      return element("li", {}, element("span", { class: "qkw-quote" }, `« ${passage.quote} »`), " ", element("small", {}, passage.source));
    }));
    this.notes.hidden = numbers.size === 0;
    for (const card of this.list.children) {
      const number = numbers.get(card.dataset.place);
      card.classList.toggle("qkw-cited", number !== undefined);
      const button = card.querySelector(".qkw-do");
      button.textContent = number === undefined ? this.data.words.cite : `${this.data.words.cite} [${number}]`;
    }
  }

  passage(place) { return this.known_passages.get(place); }

  cite(id, range = this.caret) {
    const selection = window.getSelection();
    this.editor.focus({ preventScroll: true });
    if (range && this.editor.contains(range.startContainer)) {
      selection.removeAllRanges();
      selection.addRange(range);
    } else if (!this.editor.contains(selection.anchorNode) || !range) {
      const end = document.createRange();
      end.selectNodeContents(this.editor);
      if (this.editor.lastChild?.nodeName === "BR") end.setEndBefore(this.editor.lastChild);
      end.collapse(false);
      selection.removeAllRanges();
      selection.addRange(end);
    }
    selection.collapseToEnd();
    this.insert((this.touches(selection) ? "\u00a0" : "") + chip(id));
    this.point([...this.list.children].find((card) => card.dataset.place === this.place(id)) ?? null);
    this.changed();
    this.remember();
  }

  // Whether a word stands right before the caret.
  touches(selection) {
    const { anchorNode, anchorOffset } = selection;
    if (anchorNode.nodeType === Node.TEXT_NODE && anchorOffset) return /[^\s(\[\u2060]/.test(anchorNode.data[anchorOffset - 1]);
    const before = anchorNode.nodeType === Node.TEXT_NODE ? anchorNode.previousSibling : anchorNode.childNodes[anchorOffset - 1];
    return before?.nodeType === Node.TEXT_NODE && /[^\s(\[\u2060]$/.test(before.data);
  }

  // What is typed next must not fall into a citation that was just put in.
  insert(made) {
    const before = new Set(this.editor.querySelectorAll(".qkw-cite"));
    document.execCommand("insertHTML", false, made);
    const last = made.endsWith("</span>") ? [...this.editor.querySelectorAll(".qkw-cite")].filter((each) => !before.has(each)).at(-1) : null;
    const selection = window.getSelection();
    if (last) {
      const after = document.createRange();
      after.setStartAfter(last);
      selection.removeAllRanges();
      selection.addRange(after);
    }
  }

  remember() {
    const selection = window.getSelection();
    if (selection.rangeCount && this.editor.contains(selection.anchorNode)) this.caret = selection.getRangeAt(0).cloneRange();
  }

  // -- what is drawn

  frame() {
    const { words, passages, others, alone } = this.data;
    this.known_passages = new Map([...passages, ...others].map((each) => [each.place, each]));
    this.order = null;
    this.root.lang = words.lang;
    this.editor.setAttribute("aria-label", words.text);
    this.editor.dataset.hint = words.hint;
    this.notes.setAttribute("aria-label", words.notes);
    this.filter.placeholder = words.filter;
    this.filter.setAttribute("aria-label", words.filter);
    this.list.replaceChildren(...passages.map((each) => this.card(each)));
    this.list.setAttribute("aria-label", words.passages);
    const page = element("section", { class: "qkw-page" }, this.editor, this.notes, element("p", { class: "qkw-foot" }, this.state, alone ? null : element("span", { class: "qkw-keys" }, words.keys)));
    const beside = alone ? null : element("section", { class: "qkw-beside" },
      element("div", { class: "qkw-tools" }, this.count, this.filter), this.list);
    this.root.className = alone ? "qkw qkw-alone" : "qkw";
    this.root.replaceChildren(...[beside, page].filter(Boolean));
    this.narrow();
  }

  card(passage) {
    const { words } = this.data;
    const card = element("div", { class: "qkw-card", role: "listitem", tabindex: "0", draggable: "true", "data-place": passage.place, "data-id": passage.id },
      passage.later ? element("span", { class: "qkw-later" }, words.later) : null,
      element("blockquote", {}, passage.quote),
      element("p", { class: "qkw-source" }, passage.source, element("span", { class: "qkw-more" }, ` · ${passage.more}`)),
      ...passage.memos.map((memo) => element("p", { class: "qkw-memo" }, memo)),
      element("p", { class: "qkw-acts" },
        element("button", { type: "button", class: "qkw-do", onmousedown: (event) => event.preventDefault(), onclick: () => this.cite(passage.id) }, words.cite),
        element("button", { type: "button", class: "qkw-open", onclick: () => this.go(passage) }, words.open)));
    card.addEventListener("focusin", () => this.point(card));
    card.addEventListener("dragstart", (event) => {
      event.dataTransfer.setData("text/plain", `[@${passage.id}]`);
      event.dataTransfer.effectAllowed = "copy";
    });
    card.addEventListener("keydown", (event) => {
      if (event.target !== card || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "Enter" || event.key === "c") { event.preventDefault(); this.cite(passage.id); }
      else if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); this.step(event.key === "ArrowDown" ? 1 : -1)?.focus(); }
      else if (event.key === "o") this.go(passage);
    });
    return card;
  }

  go(passage) {
    this.send();
    this.set("opened", { document: passage.document, start: passage.start, stop: passage.stop, at: Date.now() });
  }

  shown() { return [...this.list.children].filter((card) => !card.hidden); }

  point(card) {
    this.current?.classList.remove("qkw-current");
    this.current = card;
    card?.classList.add("qkw-current");
    card?.scrollIntoView({ block: "nearest" });
  }

  step(by) {
    const cards = this.shown();
    const next = cards[Math.min(Math.max(cards.indexOf(this.current) + by, 0), cards.length - 1)] ?? null;
    if (next) this.point(next);
    return next;
  }

  narrow() {
    const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
    const wanted = fold(this.filter.value.trim());
    for (const card of this.list.children) card.hidden = wanted !== "" && !fold(card.textContent).includes(wanted);
    const shown = this.shown().length;
    const { words } = this.data;
    this.count.textContent = (shown === 1 ? words.one : words.many).replace("{n}", shown);
    if (!this.current || this.current.hidden || !this.current.isConnected) this.current = null;
  }

  say() {
    const { words, saved } = this.data;
    const [text, kind] = this.refused ? [this.refused, "qkw-refused"] : this.flight ? [words.saving, ""] : this.dirty() ? [words.waiting, ""] : [saved, "qkw-saved"];
    this.state.textContent = text;
    this.state.className = `qkw-state ${kind}`;
    this.editor.classList.toggle("qkw-empty", this.text() === "");
  }

  // -- what the writer does

  listen() {
    const { editor } = this;
    editor.addEventListener("input", () => this.changed());
    editor.addEventListener("blur", () => { this.remember(); this.send(); });
    for (const kind of ["keyup", "mouseup"]) editor.addEventListener(kind, () => this.remember());
    editor.addEventListener("beforeinput", (event) => {
      if (event.inputType === "insertParagraph") {
        event.preventDefault();
        document.execCommand("insertLineBreak");
      } else if (event.inputType === "formatBold" || event.inputType === "formatItalic") {
        event.preventDefault(); // the text is Markdown
        const sign = event.inputType === "formatBold" ? "**" : "*";
        const holder = element("div", {}, window.getSelection().getRangeAt(0).cloneContents());
        document.execCommand("insertHTML", false, html(`${sign}${written(holder)}${sign}`));
      } else if (event.inputType.startsWith("format")) event.preventDefault();
    });
    editor.addEventListener("copy", (event) => this.copy(event, false));
    editor.addEventListener("cut", (event) => this.copy(event, true));
    editor.addEventListener("paste", (event) => {
      event.preventDefault();
      this.insert(html(event.clipboardData.getData("text/plain").replaceAll("\r", "")));
    });
    editor.addEventListener("dragstart", (event) => {
      this.dragged = event.target.closest?.(".qkw-cite");
      if (this.dragged) event.dataTransfer.setData("text/plain", `[@${this.dragged.dataset.id}]`);
    });
    editor.addEventListener("dragover", (event) => event.preventDefault());
    editor.addEventListener("drop", (event) => {
      const text = event.dataTransfer.getData("text/plain");
      const id = [...text.matchAll(MARK)][0]?.[1];
      if (!id) return; // words moved within the text: the browser's own
      event.preventDefault();
      const range = this.at(event.clientX, event.clientY);
      this.dragged?.remove();
      this.dragged = null;
      this.cite(id, range);
    });
    editor.addEventListener("click", (event) => {
      const cite = event.target.closest?.(".qkw-cite");
      const place = cite && this.place(cite.dataset.id);
      const card = place && [...this.list.children].find((each) => each.dataset.place === place);
      if (card) this.point(card);
    });
    editor.addEventListener("keydown", (event) => {
      if (!event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); this.step(event.key === "ArrowDown" ? 1 : -1); }
      else if (event.key === "Enter" && this.current) { event.preventDefault(); this.remember(); this.cite(this.current.dataset.id); }
    });
  }

  copy(event, cut) {
    const selection = window.getSelection();
    if (selection.isCollapsed) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", written(element("div", {}, selection.getRangeAt(0).cloneContents())));
    if (cut) document.execCommand("delete");
  }

  at(x, y) {
    const found = document.caretPositionFromPoint?.(x, y);
    if (found) {
      const range = document.createRange();
      range.setStart(found.offsetNode, found.offset);
      return this.editor.contains(found.offsetNode) && !found.offsetNode.parentElement?.closest(".qkw-cite") ? range : null;
    }
    const range = document.caretRangeFromPoint?.(x, y) ?? null;
    return range && this.editor.contains(range.startContainer) ? range : null;
  }
}

export default function writing({ data, key, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".qkw");
  let desk = desks.get(key);
  if (!desk || desk.root !== root) {
    desk?.send();
    desk = new Desk(root);
    desks.set(key, desk);
  }
  desk.take(data, setStateValue);
}
