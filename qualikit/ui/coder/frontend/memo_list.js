// All memos of the document, in the order of the text, with the way to where each stands.

import { h } from "./dom.js";
import { fold } from "./fold.js";
import { plainWords } from "./markdown.js";

const LINE = 110; // characters of a memo in the list
const SEARCHED = 4; // memos from which a search is of use

export class MemoList {
  constructor({ words, codings, doc }) {
    Object.assign(this, { words, codings, doc });
    this.query = "";
    this.field = h("input.qkc-filter", {
      type: "search",
      placeholder: words.say("find_memos"),
      "aria-label": words.say("find_memos"),
      oninput: () => {
        this.query = this.field.value;
        this.#fill();
      },
      onkeydown: (event) => event.stopPropagation(),
    });
    this.list = h("ol.qkc-memos");
  }

  /** {target, where, text, at}: on the document, then in the order of the text, then on people and codes. */
  all() {
    const { codings, doc, words } = this;
    const found = [];
    for (const [target, text] of Object.entries(codings.memos)) {
      if (!text) continue;
      const coding = codings.byId.get(target);
      const person = doc.participants[target];
      const code = codings.codes.get(target);
      if (target === doc.id) found.push({ target, text, where: words.say("memo_on_document"), at: -1 });
      else if (coding) found.push({ target, text, where: codings.codes.get(coding.code)?.name ?? "?", at: coding.s });
      else if (person) found.push({ target, text, where: words.say("memo_on_person", { name: person.name }), at: Infinity });
      else if (code && codings.byCode.get(target)) {
        found.push({ target, text, where: words.say("memo_on_code", { name: code.name }), at: Infinity });
      }
    }
    return found.sort((a, b) => a.at - b.at || (a.where < b.where ? -1 : 1));
  }

  parts() {
    const memos = this.all();
    this.#fill(memos);
    if (!memos.length) return [h("p.qkc-none", {}, this.words.say("no_memos"))];
    return [memos.length >= SEARCHED || this.query ? this.field : null, this.list];
  }

  #fill(memos = this.all()) {
    const wanted = fold(this.query).split(/\s+/).filter(Boolean);
    const shown = memos.filter(({ text, where }) => wanted.every((word) => fold(`${where} ${text}`).includes(word)));
    this.list.replaceChildren(...shown.map((memo) => this.#row(memo)));
    if (!shown.length) this.list.append(h("li.qkc-none", {}, this.words.say("no_memo_found")));
  }

  #row({ target, where, text }) {
    const line = plainWords(text);
    return h("li", {},
      h("button.qkc-memo-line", { type: "button", "data-act": "goToMemo", "data-id": target },
        h("strong", {}, where), " ", line.length > LINE ? `${line.slice(0, LINE).trimEnd()}…` : line),
    );
  }
}
