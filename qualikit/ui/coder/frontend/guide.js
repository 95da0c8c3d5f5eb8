// The questions of the interview guide in the text: a line above the turn in which each is put, keys to mark and to go.

import { answeredAt, beginning, inOrder } from "./asked.js";
import { h } from "./dom.js";
import { newId } from "./operations.js";

export class Guide {
  constructor(coder) {
    this.coder = coder;
    this.questions = [];
    this.byId = new Map();
    this.marks = []; // in the order of the text: {id, start, end, s, e, question, begin, label, section}
    this.lines = new Map(); // block → element
    this.signature = "";
  }

  receive({ questions = [] }) {
    this.questions = questions.map(([id, section, text], i) => ({ id, section, text, number: i + 1, label: `${i + 1}. ${text}` }));
    this.byId = new Map(this.questions.map((question) => [question.id, question]));
  }

  /** Bring the lines above the turns up to the marks as they are now; true when anything changed. */
  draw() {
    const { codings, doc } = this.coder;
    const known = [...codings.marks.values()].filter((mark) => this.byId.has(mark.question));
    const signature = JSON.stringify([known, this.questions]);
    if (signature === this.signature) return false;
    this.signature = signature;
    this.marks = inOrder(doc.turns, known).map((mark) => {
      const { label, section } = this.byId.get(mark.question);
      return { ...mark, label, section };
    });
    const wanted = new Map();
    for (const mark of this.marks) {
      const i = this.#block(mark.begin);
      wanted.set(i, [...(wanted.get(i) ?? []), mark]);
    }
    for (const [i, line] of this.lines) if (!wanted.has(i)) this.#clear(i, line);
    for (const [i, marks] of wanted) this.#write(i, marks);
    return true;
  }

  /** The first row of the turn, or the row of the place. */
  #block(begin) {
    const { view } = this.coder;
    let i = view.blockAt(begin);
    // A turn begins with its label, which no row shows: the row at that place may be the last of the turn before.
    if (view.blocks[i].e <= begin && i + 1 < view.blocks.length) i += 1;
    return i;
  }

  #clear(i, line) {
    line.remove();
    this.lines.delete(i);
    this.coder.view.rows[i].classList.remove("qkc-marked");
  }

  #write(i, marks) {
    this.lines.get(i)?.remove();
    const row = this.coder.view.rows[i];
    // The words are the style sheet's: nothing of them is selected, copied or counted with the text.
    const line = h("div.qkc-questions", {}, marks.map((mark) =>
      h(mark.waiting ? "div.qkc-question.qkc-waiting" : "div.qkc-question", {
        role: "heading",
        "aria-level": "3",
        "aria-label": mark.label,
        title: mark.section ? `${mark.section}\n${mark.label}` : mark.label,
        "data-label": mark.label,
        "data-mark": mark.id,
      })));
    row.classList.add("qkc-marked");
    row.style.setProperty("--qkc-asked", String(marks.length));
    row.prepend(line);
    this.lines.set(i, line);
  }

  /** What the inspector says of a place: {id, label, section, here}, or null where the guide has no say. */
  at(place) {
    if (place === null || !this.marks.length) return null;
    const { doc, words } = this.coder;
    const marks = answeredAt(doc.turns, this.marks, place);
    if (!marks.length) return { id: null, label: words.say("under_no_question"), section: "", here: false };
    const [{ id, section, begin }] = marks;
    const label = marks.map((mark) => mark.label).join("\n");
    return { id: marks.length === 1 ? id : null, label, section, here: begin === beginning(doc.turns, place) };
  }

  /** The passage in which a question is marked: what is selected, else the turn, else the row that nobody speaks. */
  #span() {
    const { selector, view, doc, current, codings, at } = this.coder;
    if (selector.span) return selector.span;
    const place = at ?? codings.byId.get(current)?.s ?? selector.lastPlace();
    const block = view.blocks[view.blockAt(place)];
    const turn = doc.turns[block.turn];
    return turn?.speaker && turn.speechEnd > turn.speechStart ? [turn.speechStart, turn.speechEnd] : [block.s, block.e];
  }

  /** A palette of the questions: the one chosen is marked, or marked no more. */
  choose() {
    const { words, status, palette, doc, commands } = this.coder;
    if (!this.questions.length) {
      status.note(words.say("no_guide"));
      return;
    }
    const span = this.#span();
    const begin = beginning(doc.turns, span[0]);
    const here = this.marks.filter((mark) => mark.begin === begin);
    palette.open({
      title: words.say("mark_question"),
      hint: words.say("mark_question_hint"),
      foot: words.say("mark_question_keys"),
      none: "no_question_match",
      there: "marked_already",
      plain: true,
      list: this.questions.map((question) => ({
        id: question.id,
        name: question.label,
        path: `${question.section} › `,
        depth: question.section ? 1 : 0,
        definition: this.marks.some((mark) => mark.question === question.id) ? words.say("marked_elsewhere") : null,
      })),
      pinned: [],
      active: new Set(here.map((mark) => mark.question)),
      choose: ({ id }) => {
        const there = here.find((mark) => mark.question === id);
        if (there) this.unmark(there.id);
        else this.mark(span, this.byId.get(id));
      },
      pin: () => [],
      left: () => commands.back(),
    });
  }

  mark([s, e], question) {
    const { index, operations } = this.coder;
    const id = newId();
    const [start, end] = [index.toPoints(s), index.toPoints(e)];
    const mark = { id, start, end, question: question.id };
    operations.guide(
      { uuid: id, op: "mark", start, end, quote: index.slice(s, e), question: question.id },
      { changes: [{ mark }], inverse: [{ unmark: id }], describe: question.label },
    );
  }

  unmark(id) {
    const there = this.marks.find((mark) => mark.id === id);
    if (!there) return;
    const { start, end, question, label } = there;
    this.coder.operations.guide(
      { op: "unmark", id },
      { changes: [{ unmark: id }], inverse: [{ mark: { id, start, end, question } }], describe: label },
    );
  }

  /** To the next question marked in the text, or the one before. */
  go(step, from) {
    const { words, status, doc } = this.coder;
    const begin = beginning(doc.turns, from);
    const next = step > 0 ? this.marks.find((mark) => mark.begin > begin) : this.marks.findLast((mark) => mark.begin < begin);
    if (next) this.show(next);
    else status.note(words.say(this.marks.length ? "no_more_question" : "no_question_marked"));
  }

  /** Lead to a mark and stand there. */
  show(mark) {
    const { selector, view, doc } = this.coder;
    const turn = doc.turns.find(({ start, speaker }) => speaker && start === mark.begin);
    const place = turn ? turn.speechStart : mark.s;
    view.reveal(place, true);
    selector.clear();
    this.coder.standAt(place);
  }

  clicked(id) {
    const mark = this.marks.find((other) => other.id === id);
    if (mark) this.show(mark);
  }
}
