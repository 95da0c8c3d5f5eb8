// What is under the cursor: its codings, each with what can be done to it; who speaks; the document.

import { h, swatch } from "./dom.js";
import { countWords } from "./words.js";

const EXCERPT = 140;

export class Inspector {
  /** @param act {select(id), remove(id), recode(id), memo(target, text), draft(target, text), drafts() } */
  constructor({ words, painter, codings, doc, act }) {
    Object.assign(this, { words, painter, codings, doc, act });
    this.passage = h("section.qkc-passage", { "aria-live": "polite" });
    this.person = h("section.qkc-person");
    this.paper = h("section.qkc-paper");
    this.element = h("aside.qkc-inspector", { "aria-label": words.say("here") }, this.passage, this.person, this.paper);
    this.element.addEventListener("click", (event) => this.#clicked(event));
    this.layers = []; // what else stands at a passage: {signature(), cards()}
    this.editing = new Set(); // targets whose memo is open
    this.signature = "";
    this.spoken = this.#speech();
  }

  /** Turns and words of each participant of this document. */
  #speech() {
    const spoken = new Map();
    for (const turn of this.doc.turns) {
      const sum = spoken.get(turn.participant) ?? { turns: 0, words: 0 };
      sum.turns += 1;
      sum.words += countWords(this.codings.index.slice(turn.speechStart, turn.speechEnd));
      spoken.set(turn.participant, sum);
    }
    return spoken;
  }

  /** @param state {span, here: [coding], current: id, turn, code} code: shown when nothing is selected */
  show(state) {
    this.state = state;
    const parts = [
      state.span,
      state.current,
      state.code?.id,
      state.here.map((c) => [c.id, c.code, c.flags, c.s, c.e, this.codings.memos[c.id], this.codings.codes.get(c.code)?.name]),
      [...this.editing],
      this.layers.map((layer) => layer.signature()),
    ];
    const signature = JSON.stringify(parts);
    const busy = this.passage.contains(document.activeElement) && document.activeElement.matches("textarea");
    if (signature !== this.signature && !busy) {
      this.signature = signature;
      this.#passage(state);
    }
    if (this.turn !== state.turn) {
      this.turn = state.turn;
      this.#person(state.turn);
    }
    this.#paper();
  }

  #quote(s, e) {
    const quote = this.codings.index.slice(s, Math.min(e, s + EXCERPT)).replace(/\s+/g, " ");
    return `«\u00a0${quote}${e - s > EXCERPT ? "…" : ""}\u00a0»`;
  }

  #passage({ span, here, current, code }) {
    const { words } = this;
    const parts = [];
    if (span) {
      const n = countWords(this.codings.index.slice(...span));
      parts.push(h("h2.qkc-title", {}, words.say("selection"), " · ", words.count("words", n)));
      parts.push(h("p.qkc-excerpt", {}, this.#quote(...span)));
    } else parts.push(h("h2.qkc-title", {}, words.say("here")));
    if (here.length) {
      if (span) parts.push(h("h3.qkc-sub", {}, words.count("codings", here.length)));
      parts.push(h("ol.qkc-here", {}, here.map((coding) => this.#card(coding, coding.id === current))));
    } else if (code) parts.push(...this.#code(code));
    const more = this.layers.flatMap((layer) => layer.cards());
    if (more.length) parts.push(...more);
    else if (!here.length && !code) parts.push(h("p.qkc-none", {}, words.say(span ? "no_coding_here" : "nothing_selected")));
    this.passage.replaceChildren(...parts);
  }

  #code(code) {
    const lines = [["definition", code.definition], ["use", code.use], ["avoid", code.avoid]];
    return [
      h("div.qkc-card", {},
        h("div.qkc-card-head", {}, swatch(code, this.painter.tints), h("strong", {}, code.name)),
        code.depth ? h("p.qkc-meta", {}, code.path) : null,
        ...lines.filter(([, text]) => text).map(([key, text]) =>
          h("p.qkc-rule", {}, key === "definition" ? null : h("b", {}, this.words.say(`code_${key}`), " "), text)),
      ),
    ];
  }

  #card(coding, isCurrent) {
    const { words } = this;
    const code = this.codings.codes.get(coding.code);
    const act = (name, label) =>
      h("button.qkc-act", { type: "button", "data-act": name, "data-id": coding.id }, words.say(label));
    const memo = this.codings.memos[coding.id] ?? "";
    const open = this.editing.has(coding.id) || this.act.draftOf(coding.id) !== null;
    return h(
      isCurrent ? "li.qkc-card.qkc-current" : "li.qkc-card",
      { "data-id": coding.id, "aria-current": isCurrent ? "true" : null },
      h("div.qkc-card-head", {}, swatch(code, this.painter.tints), h("strong", { title: code?.path ?? "" }, code?.name ?? "?")),
      h("p.qkc-excerpt", {}, this.#quote(coding.s, coding.e)),
      open
        ? this.#editor(coding.id, memo)
        : memo && h("p.qkc-memo", { "data-act": "memo", "data-id": coding.id }, memo),
      h("div.qkc-acts", {}, act("recode", "recode"), act("memo", "memo"), act("remove", "remove")),
    );
  }

  #editor(target, memo) {
    const draft = this.act.draftOf(target);
    const area = h("textarea.qkc-memo-edit", {
      rows: "3",
      placeholder: this.words.say("memo_hint"),
      "aria-label": this.words.say("memo"),
      "data-target": target,
    });
    area.value = draft ?? memo;
    area.addEventListener("input", () => this.act.draft(target, area.value));
    area.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) area.blur();
      else if (event.key === "Escape") {
        event.preventDefault();
        area.value = memo;
        this.act.draft(target, null);
        area.blur();
      }
    });
    area.addEventListener("blur", () => this.#close(target, area.value, memo));
    return h("div", {}, area, h("p.qkc-meta", {}, this.words.say("memo_keys")));
  }

  #close(target, text, memo) {
    this.editing.delete(target);
    this.act.draft(target, null);
    if (text.trim() !== memo.trim()) this.act.memo(target, text.trim());
    this.signature = "";
    this.paperSignature = "";
    // After the blur: what takes the focus must not be replaced under the user's hand.
    setTimeout(() => this.show(this.state));
    this.act.leave();
  }

  edit(target) {
    this.editing.add(target);
    this.signature = "";
    this.paperSignature = "";
    this.show(this.state);
    this.element.querySelector(`textarea[data-target="${CSS.escape(target)}"]`)?.focus();
  }

  #facts(facts) {
    return h("dl.qkc-facts", {}, facts.filter(([, value]) => value).flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
  }

  #person(i) {
    const turn = this.doc.turns[i];
    if (!turn?.speaker) {
      this.person.replaceChildren();
      return;
    }
    const { words } = this;
    const person = this.doc.participants[turn.participant] ?? { facts: [] };
    const sum = this.spoken.get(turn.participant) ?? { turns: 0, words: 0 };
    this.person.replaceChildren(
      h("h2.qkc-title", {}, words.say("who_speaks")),
      h("p.qkc-name-line", {}, h("strong", {}, person.name ?? turn.speaker), person.roleLabel ? ` · ${person.roleLabel}` : ""),
      this.#facts(person.facts ?? []),
      h("p.qkc-meta", {}, `${words.count("turns", sum.turns)} · ${words.count("words", sum.words)}`),
    );
  }

  #paper() {
    const { words, codings, doc } = this;
    const memo = codings.memos[doc.id] ?? "";
    const signature = JSON.stringify([codings.byId.size, memo, this.editing.has(doc.id)]);
    const busy = this.paper.contains(document.activeElement) && document.activeElement.matches("textarea");
    if (signature === this.paperSignature || busy) return;
    this.paperSignature = signature;
    const open = this.editing.has(doc.id) || this.act.draftOf(doc.id) !== null;
    this.paper.replaceChildren(...[
      h("h2.qkc-title", {}, words.say("document")),
      h("p.qkc-name-line", {}, h("strong", {}, doc.title)),
      this.#facts(doc.facts ?? []),
      h("p.qkc-meta", {}, words.count("codings", codings.byId.size)),
      open ? this.#editor(doc.id, memo) : memo ? h("p.qkc-memo", { "data-act": "memo", "data-id": doc.id }, memo) : null,
      h("div.qkc-acts", {}, h("button.qkc-act", { type: "button", "data-act": "memo", "data-id": doc.id }, words.say(memo ? "edit_memo" : "document_memo"))),
    ].filter(Boolean));
  }

  #clicked(event) {
    const button = event.target.closest("[data-act]");
    const card = event.target.closest("li[data-id]");
    if (button) {
      const { act, id } = button.dataset;
      if (act === "memo") this.edit(id);
      else this.act[act](id);
    } else if (card && !event.target.closest("textarea")) this.act.select(card.dataset.id);
  }
}
