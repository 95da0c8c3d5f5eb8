// The codings at a passage, each a card with what can be done to it; a code alone, when nothing is selected.

import { h, swatch } from "./dom.js";
import { excerpt } from "./words.js";

/** The words of a passage, on one line, cut when they are long. */
export function quoted(index, s, e) {
  return `«\u00a0${excerpt(index.slice(s, e))}\u00a0»`;
}

export class Cards {
  constructor({ words, painter, codings, memos }) {
    Object.assign(this, { words, painter, codings, memos });
  }

  /** @param told the words of its passage are shown already, above */
  coding(coding, isCurrent, told = false) {
    const { words } = this;
    const code = this.codings.codes.get(coding.code);
    const act = (name) => h("button.qkc-act", { type: "button", "data-act": name, "data-id": coding.id }, words.say(name));
    return h(
      isCurrent ? "li.qkc-card.qkc-current" : "li.qkc-card",
      { "data-id": coding.id, "aria-current": isCurrent ? "true" : null },
      h("div.qkc-card-head", {}, swatch(code, this.painter.tints), h("strong", { title: code?.path ?? "" }, code?.name ?? "?")),
      told ? null : h("p.qkc-excerpt", {}, quoted(this.codings.index, coding.s, coding.e)),
      this.memos.parts(coding.id),
      h("div.qkc-acts", {}, ["recode", "adjust", "memo", "remove"].map(act)),
    );
  }

  code(code) {
    const { words } = this;
    const lines = [["definition", code.definition], ["use", code.use], ["avoid", code.avoid]];
    const memo = { type: "button", "data-act": "memo", "data-id": code.id };
    return h("div.qkc-card", {},
      h("div.qkc-card-head", {}, swatch(code, this.painter.tints), h("strong", {}, code.name)),
      code.depth ? h("p.qkc-meta", {}, code.path) : null,
      lines.filter(([, text]) => text).map(([key, text]) =>
        h("p.qkc-rule", {}, key === "definition" ? null : h("b", {}, words.say(`code_${key}`), " "), text)),
      this.memos.parts(code.id),
      // One made a moment ago has no place yet for a memo.
      code.id.startsWith("new:") ? null : h("div.qkc-acts", {}, h("button.qkc-act", memo, words.say("code_memo"))),
    );
  }
}
