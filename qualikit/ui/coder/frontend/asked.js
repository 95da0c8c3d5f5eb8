// Under which question of the guide a place of the text stands: computed without the page, as Python does
// (qualikit/corpus/guide/stretches.py).

import { countBelow } from "./offsets.js";

/** Where a question put at `place` begins to be answered: its turn, or the place where nobody speaks. UTF-16. */
export function beginning(turns, place) {
  const turn = turns[countBelow(turns.map(({ start }) => start), place + 1) - 1];
  return turn?.speaker ? turn.start : place;
}

/** Marks in the order of the text, each with where it begins: [{…mark, begin}]. */
export function inOrder(turns, marks) {
  return marks
    .map((mark) => ({ ...mark, begin: beginning(turns, mark.s) }))
    .sort((a, b) => a.begin - b.begin || a.s - b.s || (a.id < b.id ? -1 : 1));
}

/** The marks whose question is answered at `place`: those of the last marked turn at or before it. */
export function answeredAt(turns, ordered, place) {
  const at = beginning(turns, place);
  const before = ordered.filter(({ begin }) => begin <= at);
  const last = before.at(-1)?.begin;
  return before.filter(({ begin }) => begin === last);
}
