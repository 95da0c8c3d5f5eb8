// Memos where they stand: shown as they are meant, written as Markdown, others' apart.

import { h } from "./dom.js";
import { rendered } from "./markdown.js";

export class Memos {
  /** @param act {memo(target, text), draft(target, text), draftOf(target), leave()}; @param changed called to draw again */
  constructor({ words, codings, act, changed }) {
    Object.assign(this, { words, codings, act, changed });
    this.editing = new Set(); // targets whose memo is open
    this.given = new Map(); // target → what was written when Escape was pressed: it is there again when one comes back
  }

  text(target) {
    return this.codings.memos[target] ?? "";
  }

  isOpen(target) {
    return this.editing.has(target) || this.act.draftOf(target) !== null;
  }

  open(target) {
    this.editing.add(target);
  }

  /** What makes a memo look as it does: the same words mean the same picture. */
  signature(target) {
    return [this.text(target), this.isOpen(target), this.others(target)];
  }

  others(target) {
    return this.codings.otherMemos.filter((memo) => memo[0] === target);
  }

  /** The memo on something, or its field while it is written, and under it what others wrote, where that is shown. */
  parts(target) {
    const text = this.text(target);
    const own = this.isOpen(target)
      ? this.#editor(target, text)
      : text && h("div.qkc-memo.qkc-md", { "data-act": "memo", "data-id": target, title: this.words.say("edit_memo") }, rendered(text));
    const others = this.others(target).map(([, written, coder]) =>
      h("div.qkc-memo.qkc-md.qkc-memo-other", {}, h("p.qkc-meta", {}, this.words.say("memo_by", { coder })), rendered(written)),
    );
    return [own, ...others].filter(Boolean);
  }

  #editor(target, memo) {
    const { words } = this;
    const area = h("textarea.qkc-memo-edit", {
      rows: "4",
      placeholder: words.say("memo_hint"),
      "aria-label": words.say("memo"),
      "data-target": target,
    });
    area.value = this.act.draftOf(target) ?? this.given.get(target) ?? memo;
    area.addEventListener("input", () => this.act.draft(target, area.value));
    area.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) area.blur();
      else if (event.key === "Escape") {
        event.preventDefault();
        if (area.value.trim() !== memo.trim()) this.given.set(target, area.value);
        area.value = memo;
        this.act.draft(target, null);
        area.blur();
      }
    });
    area.addEventListener("blur", () => this.#close(target, area.value, memo));
    return h("div", {}, area, h("p.qkc-meta", {}, words.say("memo_help")), h("p.qkc-meta", {}, words.say("memo_keys")));
  }

  #close(target, text, memo) {
    this.editing.delete(target);
    this.act.draft(target, null);
    if (text.trim() !== memo.trim()) {
      this.given.delete(target);
      this.act.memo(target, text.trim());
    }
    // After the blur: what takes the focus must not be replaced under the user's hand.
    setTimeout(this.changed);
    this.act.leave();
  }
}
