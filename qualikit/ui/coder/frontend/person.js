// Who speaks: what is known of them, how much they say, the way to their other turns.

import { h } from "./dom.js";
import { countWords } from "./words.js";

export function facts(pairs) {
  return h("dl.qkc-facts", {}, pairs.filter(([, value]) => value).flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}

/** Turns (their numbers) and words of each participant, and the words of all. */
export function speech(doc, index) {
  const spoken = new Map();
  let all = 0;
  doc.turns.forEach((turn, i) => {
    if (!turn.speaker) return;
    const key = turn.participant ?? turn.speaker;
    const sum = spoken.get(key) ?? { turns: [], words: 0 };
    const words = countWords(index.slice(turn.speechStart, turn.speechEnd));
    sum.turns.push(i);
    sum.words += words;
    all += words;
    spoken.set(key, sum);
  });
  return { spoken, all };
}

export class Person {
  constructor({ words, doc, index, memos }) {
    Object.assign(this, { words, doc, memos });
    this.speech = speech(doc, index);
    this.percent = new Intl.NumberFormat(words.lang, { style: "percent" });
  }

  /** Turns of whoever speaks in turn `i`, as numbers. */
  turnsOf(i) {
    const turn = this.doc.turns[i];
    return this.speech.spoken.get(turn?.participant ?? turn?.speaker)?.turns ?? [];
  }

  parts(i) {
    const turn = this.doc.turns[i];
    if (!turn?.speaker) return [];
    const { words, memos } = this;
    const id = turn.participant;
    const person = this.doc.participants[id] ?? {};
    const { turns, words: said } = this.speech.spoken.get(id ?? turn.speaker);
    const share = this.percent.format(said / Math.max(1, this.speech.all));
    const inherited = (person.inherited ?? []).map(([name, value]) => [name, words.say("inherited", { value })]);
    return [
      h("p.qkc-name-line", {}, h("strong", {}, person.name ?? turn.speaker), person.roleLabel ? ` · ${person.roleLabel}` : ""),
      facts([...(person.facts ?? []), ...inherited]),
      h("p.qkc-meta", {}, `${words.count("words", said)} · ${words.say("share", { share })}`),
      h("div.qkc-steps", {},
        this.#step("previousOwn", "‹", "previous_turn", turns[0] === i),
        h("span.qkc-meta", {}, words.say("own_turn_of", { n: turns.indexOf(i) + 1, total: words.count("turns", turns.length) })),
        this.#step("nextOwn", "›", "next_turn", turns.at(-1) === i),
        id ? h("button.qkc-act", { type: "button", "data-act": "memo", "data-id": id }, words.say("memo")) : null,
      ),
      ...(id ? memos.parts(id) : []),
    ];
  }

  #step(act, sign, label, disabled) {
    const name = this.words.say(label);
    return h("button.qkc-act.qkc-step", { type: "button", "data-act": act, "aria-label": name, title: name, disabled }, sign);
  }
}
