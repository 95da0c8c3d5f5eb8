// The text cut into what is laid out: one block a line of speech, each one text node, so that places in the page and
// places in the text go over into each other by subtraction. Nothing of the text is left out but the speakers' labels
// (shown in the margin) and the white space between lines.

import { trim } from "./words.js";

const LONGEST = 1800; // a line longer than this is cut between sentences: the browser skips blocks far from the screen

function pieces(text, start, end) {
  const cut = [];
  let from = start;
  while (end - from > LONGEST) {
    const window = text.slice(from, from + LONGEST);
    const sentence = Math.max(...[". ", "? ", "! ", "… ", ".\u00a0"].map((mark) => window.lastIndexOf(mark)));
    let length = sentence > LONGEST / 3 ? sentence + 2 : window.lastIndexOf(" ") + 1;
    if (length < LONGEST / 3) length = LONGEST;
    const unit = text.charCodeAt(from + length);
    if (unit >= 0xdc00 && unit <= 0xdfff) length -= 1;
    cut.push([from, from + length]);
    from += length;
  }
  cut.push([from, end]);
  return cut;
}

function lines(text, start, end) {
  const found = [];
  let from = start;
  while (from < end) {
    let to = text.indexOf("\n", from);
    if (to < 0 || to > end) to = end;
    const kept = trim(text, from, to);
    if (kept) found.push(...pieces(text, kept[0], kept[1]));
    from = to + 1;
  }
  return found;
}

/**
 * Blocks of a text, in order: {s, e, turn, first, line}. Offsets in UTF-16; `turn` is the index in `turns` or -1.
 * @param turns [{start, end, speechStart, speechEnd}] in UTF-16, sorted
 */
export function cutBlocks(text, turns) {
  const blocks = [];
  const put = (start, end, turn) => {
    let first = true;
    for (const [s, e] of lines(text, start, end)) {
      const previous = blocks.at(-1);
      const sameLine = previous && !text.slice(previous.e, s).includes("\n") && !first;
      blocks.push({ s, e, turn, first, line: !sameLine });
      first = false;
    }
    return !first;
  };
  let at = 0;
  turns.forEach((turn, i) => {
    if (turn.start > at) put(at, turn.start, -1);
    if (!put(turn.speechStart, turn.speechEnd, i) && turn.end > turn.start && turn.speaker) {
      // Said nothing: the label still shows that the turn is there.
      blocks.push({ s: turn.speechStart, e: turn.speechStart, turn: i, first: true, line: true });
    }
    if (turn.end > turn.speechEnd) put(turn.speechEnd, turn.end, i);
    at = Math.max(at, turn.end);
  });
  if (at < text.length) put(at, text.length, -1);
  return blocks;
}
