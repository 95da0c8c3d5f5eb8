// What is under the cursor: its codings, the question it answers, who speaks, the document, its memos.

import { Cards, quoted } from "./cards.js";
import { h } from "./dom.js";
import { Memos } from "./memo.js";
import { MemoList } from "./memo_list.js";
import { facts, Person } from "./person.js";
import { Section } from "./sections.js";
import { countWords } from "./words.js";

export class Inspector {
  /**
   * @param act {select(id), remove(id), recode(id), adjust(id), unmark(id), goToMemo(target), turn(number), memo(target, text),
   *   draft(target, text), draftOf(target), fold(keys), leave()}
   */
  constructor({ words, painter, codings, doc, act }) {
    Object.assign(this, { words, codings, doc, act });
    const section = (key) => new Section(key, `qkc-${key}`, () => this.#folded());
    this.sections = Object.fromEntries(["passage", "question", "person", "paper", "memos"].map((key) => [key, section(key)]));
    this.element = h(
      "aside.qkc-inspector",
      { "aria-label": words.say("here") },
      Object.values(this.sections).map(({ element }) => element),
    );
    this.element.addEventListener("click", (event) => this.#clicked(event));
    this.layers = []; // what else stands at a passage: {signature(), cards()}
    this.memos = new Memos({ words, codings, act, changed: () => this.show(this.state) });
    this.cards = new Cards({ words, painter, codings, memos: this.memos });
    this.person = new Person({ words, doc, index: codings.index, memos: this.memos });
    this.list = new MemoList({ words, codings, doc });
    this.signatures = new Map();
  }

  /** Sections that were left folded, by name. */
  setFolded(keys) {
    for (const section of Object.values(this.sections)) section.fold(keys.includes(section.key));
  }

  #folded() {
    this.act.fold(Object.values(this.sections).filter(({ folded }) => folded).map(({ key }) => key));
  }

  /** @param state {span, here: [coding], current: id, turn, code, asked} code: shown when nothing is selected; asked: the
   *    mark of the question that the passage answers, {id, label, section, here} or null */
  show(state) {
    this.state = state;
    const { span, here, current, turn, code, asked } = state;
    const { memos, codings, doc } = this;
    const looks = here.map((c) => [c.id, c.code, c.flags, c.s, c.e, codings.codes.get(c.code)?.name, memos.signature(c.id)]);
    this.#draw("passage", [span, current, code, code && memos.signature(code.id), looks, this.layers.map((layer) => layer.signature())], () => this.#passage(state));
    this.#draw("question", asked, () => this.#question(asked));
    const speaker = doc.turns[turn]?.participant;
    this.#draw("person", [turn, speaker && memos.signature(speaker)], () => [this.words.say("who_speaks"), this.person.parts(turn)]);
    this.#draw("paper", [codings.byId.size, memos.signature(doc.id)], () => this.#paper());
    const codes = [...codings.byId.values()].map((c) => (codings.memos[c.id] ? [c.id, c.s, codings.codes.get(c.code)?.name] : ""));
    this.#draw("memos", [codings.memos, codes.filter(Boolean)], () => {
      const n = this.words.number.format(this.list.all().length);
      return [this.words.say("memos_n", { n }), this.list.parts()];
    });
  }

  /** A section is made anew only when it would look different, and never while one types in it. */
  #draw(key, looks, make) {
    const section = this.sections[key];
    const signature = JSON.stringify(looks);
    if (this.signatures.get(key) === signature || section.busy) return;
    this.signatures.set(key, signature);
    const [title, parts] = make();
    section.show(title, ...parts);
  }

  #passage({ span, here, current, code }) {
    const { words } = this;
    const { index } = this.codings;
    const title = span
      ? `${words.say("selection")} · ${words.count("words", countWords(index.slice(...span)))}`
      : words.say("here");
    const parts = span ? [h("p.qkc-excerpt", {}, quoted(index, ...span))] : [];
    if (here.length) {
      if (span) parts.push(h("h3.qkc-sub", {}, words.count("codings", here.length)));
      const told = ({ s, e }) => span?.[0] === s && span[1] === e;
      const cards = here.map((coding) => this.cards.coding(coding, coding.id === current, told(coding)));
      parts.push(h("ol.qkc-here", {}, cards));
    } else if (code && !span) parts.push(this.cards.code(code));
    const more = this.layers.flatMap((layer) => layer.cards());
    if (more.length) parts.push(...more);
    else if (!here.length && (!code || span)) parts.push(h("p.qkc-none", {}, words.say(span ? "no_coding_here" : "nothing_selected")));
    const of = span ?? (here.length ? [here[0].s, here[0].e] : null);
    if (of) parts.push(h("div.qkc-acts", {}, h("button.qkc-act", { type: "button", "data-act": "alike", "data-id": of.join("-") }, words.say("alike"))));
    return [title, parts];
  }

  #question(asked) {
    const { words } = this;
    if (!asked) return ["", []];
    const unmark = { type: "button", "data-act": "unmark", "data-id": asked.id };
    return [
      words.say("question"),
      [
        asked.section ? h("p.qkc-meta", {}, asked.section) : null,
        h("p.qkc-name-line", {}, asked.label),
        asked.here && asked.id ? h("div.qkc-acts", {}, h("button.qkc-act", unmark, words.say("unmark"))) : null,
      ],
    ];
  }

  #paper() {
    const { words, codings, doc, memos } = this;
    const write = { type: "button", "data-act": "memo", "data-id": doc.id };
    return [
      words.say("document"),
      [
        h("p.qkc-name-line", {}, h("strong", {}, doc.title)),
        facts(doc.facts ?? []),
        h("p.qkc-meta", {}, words.count("codings", codings.byId.size)),
        ...memos.parts(doc.id),
        h("div.qkc-acts", {}, h("button.qkc-act", write, words.say(memos.text(doc.id) ? "edit_memo" : "document_memo"))),
      ],
    ];
  }

  /** Write the memo on something that is shown: its section opens. */
  edit(target) {
    this.memos.open(target);
    this.show(this.state);
    const field = this.element.querySelector(`textarea[data-target="${CSS.escape(target)}"]`);
    const section = Object.values(this.sections).find(({ body }) => body.contains(field));
    if (section?.folded) {
      section.fold(false);
      this.#folded();
    }
    field?.focus();
  }

  #clicked(event) {
    const button = event.target.closest("[data-act]");
    const card = event.target.closest("li[data-id]");
    if (button) {
      const { act, id } = button.dataset;
      if (act === "memo") this.edit(id);
      else if (act === "previousOwn" || act === "nextOwn") this.#step(act === "nextOwn" ? 1 : -1);
      else this.act[act](id);
    } else if (card && !event.target.closest("textarea")) this.act.select(card.dataset.id);
  }

  /** The next turn, or the one before, of whoever speaks. */
  #step(step) {
    const turns = this.person.turnsOf(this.state.turn);
    const turn = turns[turns.indexOf(this.state.turn) + step];
    if (turn !== undefined) this.act.turn(turn);
  }
}
