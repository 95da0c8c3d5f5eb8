// Where words, characters and spaces begin and end: what a selection snaps to. All offsets in UTF-16 units.

const WORD = /[\p{L}\p{N}\p{M}_]/u;
const MARK = /[\p{M}\u200d\ufe0f]/u;
const SPACE = /\s/u;
// Inside a word only between two letters: apostrophes, hyphens, the median point of inclusive writing.
const JOINER = /['’ʼ\-‐‑·•\u00ad]/u;
const REACH = 200; // how far back a grapheme is looked for when no space is met

let graphemes;
function segmenter() {
  graphemes ??= new Intl.Segmenter("fr", { granularity: "grapheme" });
  return graphemes;
}

function before(text, i) {
  if (i <= 0) return "";
  const low = text.charCodeAt(i - 1);
  return low >= 0xdc00 && low <= 0xdfff && i > 1 ? text.slice(i - 2, i) : text[i - 1];
}

function after(text, i) {
  const point = text.codePointAt(i);
  return point === undefined ? "" : String.fromCodePoint(point);
}

const isWord = (c) => c !== "" && WORD.test(c);
const isJoiner = (c) => c !== "" && JOINER.test(c);
export const isSpace = (c) => c !== "" && SPACE.test(c);

/** True where the place i is inside one word: cutting there would break it. */
function insideWord(text, i) {
  const left = before(text, i);
  const right = after(text, i);
  if (isWord(left)) return isWord(right) || (isJoiner(right) && isWord(after(text, i + right.length)));
  return isJoiner(left) && isWord(right) && isWord(before(text, i - left.length));
}

/** True where a word begins (ends) at the place i. */
export const startsWord = (text, i) => isWord(after(text, i)) && !insideWord(text, i);
export const endsWord = (text, i) => isWord(before(text, i)) && !insideWord(text, i);

function graphemeAround(text, i) {
  if (i <= 0 || i >= text.length) return [i, i];
  let from = i;
  while (from > 0 && i - from < REACH && !(isSpace(text[from - 1]) && !MARK.test(after(text, from)))) from -= 1;
  if (/[\udc00-\udfff]/.test(text[from])) from -= 1;
  const to = Math.min(text.length, i + REACH);
  for (const { index, segment } of segmenter().segment(text.slice(from, to))) {
    const start = from + index;
    const end = start + segment.length;
    if (start === i) return [i, i];
    if (end > i) return [start, end];
  }
  return [i, i];
}

/** The place itself when it is between two graphemes, else the start (the end) of the one it cuts. */
export const graphemeStart = (text, i) => graphemeAround(text, i)[0];
export const graphemeEnd = (text, i) => graphemeAround(text, i)[1];

export function wordStart(text, i) {
  let at = i;
  while (at > 0 && insideWord(text, at)) at -= before(text, at).length;
  return at;
}

export function wordEnd(text, i) {
  let at = i;
  while (at < text.length && insideWord(text, at)) at += after(text, at).length;
  return at;
}

/** [start, end] without the spaces at its ends, or null when nothing is left. A space that carries an accent stays. */
export function trim(text, start, end) {
  let s = start;
  let e = end;
  while (s < e && isSpace(text[s]) && !(s + 1 < e && MARK.test(after(text, s + 1)))) s += 1;
  while (s < e && isSpace(text[e - 1])) e -= 1;
  return s < e ? [s, e] : null;
}

/** What a selection becomes: whole words (whole characters when exact), no space at its ends; null when empty. */
export function snap(text, start, end, exact = false) {
  if (start === end) return null;
  const kept = trim(text, Math.min(start, end), Math.max(start, end));
  if (!kept) return null;
  let [s, e] = kept;
  if (!exact) {
    s = wordStart(text, s);
    e = wordEnd(text, e);
  }
  return [graphemeStart(text, s), graphemeEnd(text, e)];
}

/** The next place the keyboard stops at: the end of a word going forward, its start going back. */
export function nextWord(text, i, forward) {
  let at = i;
  if (forward) {
    while (at < text.length && !isWord(after(text, at))) at += after(text, at).length;
    do at += after(text, at).length || 1;
    while (at < text.length && insideWord(text, at));
    return Math.min(at, text.length);
  }
  while (at > 0 && !isWord(before(text, at))) at -= before(text, at).length;
  do at -= before(text, at).length || 1;
  while (at > 0 && insideWord(text, at));
  return Math.max(at, 0);
}

/** The next place between two graphemes. */
export function nextGrapheme(text, i, forward) {
  if (forward) return i >= text.length ? text.length : graphemeEnd(text, Math.min(text.length, i + 1));
  return i <= 0 ? 0 : graphemeStart(text, i - 1);
}

export function countWords(text) {
  return (text.match(/[\p{L}\p{N}\p{M}_]+/gu) ?? []).length;
}

/** The beginning of a passage on one line, cut between characters as people see them. */
export function excerpt(quote, limit = 140) {
  const line = quote.slice(0, 4 * limit).replace(/\s+/gu, " ");
  return line.length > limit ? `${line.slice(0, graphemeStart(line, limit))}…` : line;
}

/** The name an in vivo code takes from its passage: one line, at most `limit` characters, cut between words. */
export function inVivoName(quote, limit = 60) {
  const line = quote.replace(/\s+/gu, " ").trim();
  const points = Array.from(line);
  if (points.length <= limit) return line;
  const cut = points.slice(0, limit - 1).join("");
  const space = cut.lastIndexOf(" ");
  return `${(space > limit / 3 ? cut.slice(0, space) : cut).replace(/[\s,;:.!?…]+$/u, "")}…`;
}
