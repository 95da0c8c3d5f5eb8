// Where a bound of a passage may go: from word to word, from character to character, or to where the pointer is. The other
// bound stays. All offsets in UTF-16; `blocks` are the stretches of text that are shown: labels are no places.

import { countBelow } from "./offsets.js";
import { endsWord, graphemeEnd, graphemeStart, isSpace, nextGrapheme, nextWord, startsWord, wordEnd, wordStart } from "./words.js";

const blockAt = (blocks, unit) => Math.max(0, countBelow(blocks.map((block) => block.s), unit + 1) - 1);

/** The block an end belongs to: between two blocks, the one before. */
function blockOfEnd(blocks, unit) {
  const i = blockAt(blocks, unit);
  return i > 0 && blocks[i].s === unit ? i - 1 : i;
}

/** Start of the next word of the line, or -1. */
function nextStart(line, at) {
  let i = at + 1;
  while (i < line.length && !startsWord(line, i)) i += 1;
  return i < line.length ? i : -1;
}

/** The last place before `at` where a word of the line ends, or -1. */
function previousEnd(line, at) {
  let i = at - 1;
  while (i > 0 && !endsWord(line, i)) i -= 1;
  return i > 0 ? i : -1;
}

function stepStart(text, blocks, at, unit, forward) {
  let i = blockAt(blocks, at);
  const block = blocks[i];
  const line = text.slice(block.s, block.e);
  const within = Math.min(Math.max(at - block.s, 0), line.length);
  if (unit === "grapheme") {
    const next = nextGrapheme(line, within, forward);
    if (next !== within && next < line.length) return block.s + next;
  } else if (forward) {
    const next = nextStart(line, within);
    if (next >= 0) return block.s + next;
  } else if (within > 0) {
    return block.s + nextWord(line, within, false);
  }
  for (i += forward ? 1 : -1; blocks[i]; i += forward ? 1 : -1) {
    if (blocks[i].e <= blocks[i].s) continue;
    if (forward) return blocks[i].s;
    const before = text.slice(blocks[i].s, blocks[i].e);
    return blocks[i].s + (unit === "word" ? nextWord(before, before.length, false) : nextGrapheme(before, before.length, false));
  }
  return at;
}

function stepEnd(text, blocks, at, unit, forward) {
  let i = blockOfEnd(blocks, at);
  const block = blocks[i];
  const line = text.slice(block.s, block.e);
  const within = Math.min(Math.max(at - block.s, 0), line.length);
  if (unit === "grapheme") {
    const next = nextGrapheme(line, within, forward);
    if (next !== within && next > 0) return block.s + next;
  } else if (forward) {
    if (within < line.length) return block.s + nextWord(line, within, true);
  } else {
    const next = previousEnd(line, within);
    if (next >= 0) return block.s + next;
  }
  for (i += forward ? 1 : -1; blocks[i]; i += forward ? 1 : -1) {
    if (blocks[i].e <= blocks[i].s) continue;
    if (!forward) return blocks[i].e;
    const after = text.slice(blocks[i].s, blocks[i].e);
    return blocks[i].s + (unit === "word" ? nextWord(after, 0, true) : nextGrapheme(after, 0, true));
  }
  return at;
}

/**
 * The passage [s, e) with one bound moved by one word or one character; the same passage where there is nowhere to go.
 * @param edge "start" or "end"; @param unit "word" or "grapheme"
 */
export function moved(text, blocks, [s, e], edge, unit, forward) {
  const at = edge === "start" ? s : e;
  let next = (edge === "start" ? stepStart : stepEnd)(text, blocks, at, unit, forward);
  // An end never stands after a space, nor a start before one: what is seen of it is the same.
  if (edge === "end") while (next > s && isSpace(text[next - 1]) && forward === false) next -= 1;
  else while (forward && next < e && isSpace(text[next])) next += 1;
  return edge === "start" ? [next < e ? next : s, e] : [s, next > s ? next : e];
}

/** The passage with one bound brought to a place of the text: to whole words, or (exact) to whole characters. */
export function placed(text, [s, e], edge, at, exact) {
  if (edge === "start") {
    let to = exact ? graphemeStart(text, at) : wordStart(text, at);
    while (to < e && isSpace(text[to])) to += 1;
    if (to >= e) to = exact ? graphemeStart(text, e - 1) : wordStart(text, e - 1);
    return [Math.min(to, e - 1), e];
  }
  let to = exact ? graphemeEnd(text, at) : wordEnd(text, at);
  while (to > s && isSpace(text[to - 1])) to -= 1;
  if (to <= s) to = exact ? graphemeEnd(text, s + 1) : wordEnd(text, s + 1);
  return [s, Math.max(to, s + 1)];
}
