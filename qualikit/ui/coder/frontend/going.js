// Where the keys lead: to codings, turns, questions, other documents, and to places that other pages ask for.

import { countBelow } from "./offsets.js";

export class Going {
  constructor(coder) {
    this.coder = coder;
  }

  #from() {
    const { coder } = this;
    return coder.codings.byId.get(coder.current)?.s ?? coder.selector.span?.[0] ?? coder.at ?? coder.selector.lastPlace();
  }

  nextCoding(step = 1) {
    const { coder } = this;
    const list = coder.codings.inOrder();
    if (!list.length) {
      coder.status.note(coder.words.say("no_coding_yet"));
      return;
    }
    let at = list.findIndex((coding) => coding.id === coder.current);
    if (at >= 0) at += step;
    else {
      const before = countBelow(list.map((coding) => coding.s), this.#from());
      at = step > 0 ? before : before - 1;
    }
    const coding = list[at];
    if (!coding) {
      coder.status.note(coder.words.say("no_more_coding"));
      return;
    }
    coder.selector.clear();
    coder.select(coding.id, { reveal: true });
  }

  previousCoding() {
    this.nextCoding(-1);
  }

  nextUncoded(step = 1) {
    const { coder } = this;
    const { turns } = coder.doc;
    let i = coder.selector.turnHere() + step;
    for (; i >= 0 && i < turns.length; i += step) {
      const turn = turns[i];
      if (turn.speechEnd <= turn.speechStart) continue;
      if (coder.doc.participants[turn.participant]?.role === "moderator") continue;
      if (!coder.codings.over(turn.speechStart, turn.speechEnd).length) break;
    }
    if (!turns[i]) {
      coder.status.note(coder.words.say("no_more_uncoded"));
      return;
    }
    coder.view.reveal(turns[i].speechStart, true);
    coder.selector.takeTurn(i);
  }

  previousUncoded() {
    this.nextUncoded(-1);
  }

  nextQuestion(step = 1) {
    this.coder.guide.go(step, this.#from());
  }

  previousQuestion() {
    this.nextQuestion(-1);
  }

  /** Where a memo of the list stands: its coding, else its place on the right. */
  goToMemo(target) {
    const { coder } = this;
    if (coder.codings.byId.has(target)) {
      coder.selector.clear();
      coder.select(target, { reveal: true });
      coder.commands.back();
      return;
    }
    const turn = coder.doc.turns.findIndex(({ participant }) => participant === target);
    if (turn >= 0) this.goToTurn(turn);
    else if (coder.codings.codes.has(target)) {
      coder.commands.clear();
      coder.shownCode = target;
      coder.look();
    }
    coder.inspector.edit(target);
  }

  /** Stand at the beginning of a turn. */
  goToTurn(turn) {
    this.#stand(this.coder.doc.turns[turn].speechStart);
  }

  textStart() {
    this.#stand(0);
  }

  textEnd() {
    this.#stand(this.coder.index.text.length);
  }

  #stand(place) {
    const { coder } = this;
    coder.view.reveal(place, true);
    coder.selector.clear();
    coder.standAt(place);
  }

  nextDocument() {
    this.#document(1);
  }

  previousDocument() {
    this.#document(-1);
  }

  /** Open the document after (before) this one; Python says which they are. */
  #document(step) {
    const { coder } = this;
    const title = coder.doc.beside?.[step > 0 ? 1 : 0];
    if (!title) {
      coder.status.note(coder.words.say(step > 0 ? "no_next_document" : "no_previous_document"));
      return;
    }
    coder.bounds.settle();
    coder.place.keepNow();
    coder.status.note(coder.words.say("opening", { title }));
    coder.open(step);
  }

  /** Show a place that another page asked for: {coding} or {start, end} in code points; `find`: words to look for. */
  goTo({ coding, start, end, find }) {
    const { coder } = this;
    if (find) coder.find.bring(find);
    if (coding && coder.codings.byId.has(coding)) {
      coder.selector.clear();
      coder.select(coding, { reveal: true });
    } else if (Number.isInteger(start)) {
      const s = coder.index.toUtf16(start);
      coder.view.reveal(s, true);
      coder.selector.take(s, coder.index.toUtf16(end ?? start + 1));
    }
  }
}
