// Words found in a text: whole words or their beginnings, accents and case aside; expressions between quotation marks as
// they are written. What is typed in the page Chercher is understood too; its operators ask for whole turns, of which this
// field shows the words.

import { countBelow } from "./offsets.js";
import { fold } from "./fold.js";

const MOST = 20000; // hits beyond these are not counted: nobody goes from one to the next
const OPERATORS = /^(?:ET|AND|OU|OR|(?:PROCHE|NEAR)(?:\/\d+)?)$/;
const EXCEPT = /^(?:SAUF|NOT)$/;
const ELIDED = /^(?:[ldjmtsnc]|qu|jusqu|lorsqu|puisqu|quoiqu)['’ʼ](?=.)/iu;
const INVISIBLE = /[\u00ad\u200b\u2060]/;

/** A text folded once, with the place in it of each folded character. */
export class Folded {
  constructor(text) {
    this.text = text;
    const known = new Map();
    const parts = [];
    this.places = [];
    let at = 0;
    for (const sign of text) {
      let folded = known.get(sign);
      if (folded === undefined) {
        folded = INVISIBLE.test(sign) ? "" : fold(sign).replace(/ʼ/gu, "'");
        known.set(sign, folded);
      }
      parts.push(folded);
      for (let i = 0; i < folded.length; i += 1) this.places.push(at);
      at += sign.length;
    }
    this.folded = parts.join("");
  }

  /** Places in the text of [from, to) of the folded one. */
  span(from, to) {
    let end = to;
    while (end < this.places.length && this.places[end] === this.places[end - 1]) end += 1;
    return [this.places[from], this.places[end] ?? this.text.length];
  }
}

/** What is typed, as expressions: [{words: [folded…], exact, prefix}]. */
export function understand(typed) {
  const found = [];
  const parts = typed.matchAll(/(-|=)?(?:"([^"]*)"?|«([^»]*)»?|“([^”]*)”?|([^\s"«»“”()]+))/gu);
  let except = false;
  for (const [, sign, one, two, three, bare] of parts) {
    const quoted = one ?? two ?? three;
    if (quoted === undefined && OPERATORS.test(bare)) continue;
    if (quoted === undefined && EXCEPT.test(bare)) {
      except = true;
      continue;
    }
    const out = except || sign === "-";
    except = false;
    if (out) continue;
    const text = quoted ?? bare.replace(/^=/, "").replace(ELIDED, "");
    const words = fold(text).replace(/[\u00ad\u200b\u2060]/g, "").match(/[\p{L}\p{N}]+/gu);
    if (words) found.push({ words, exact: quoted !== undefined ? !text.trim().endsWith("*") : sign === "=" });
  }
  return found;
}

/** One word's beginning: the plural that was typed finds the singular too. A single letter is a whole word. */
function beginning(word) {
  if (word.length < 2) return word;
  const stem = word.length > 4 ? word.replace(/[sx]$/, "") : word;
  return `${stem}[\\p{L}\\p{N}]*`;
}

function pattern(expressions) {
  const alternatives = expressions.map(({ words, exact }) =>
    words.map((word, i) => (exact || i < words.length - 1 ? word : beginning(word))).join("[^\\p{L}\\p{N}\\n]+"));
  // The longest first: an expression wins over one of its words.
  alternatives.sort((a, b) => b.length - a.length);
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.join("|")})(?![\\p{L}\\p{N}])`, "gu");
}

/**
 * Hits of what is typed: [[s, e]…] in UTF-16, in order, none over another.
 * @param folded a Folded text; @param blocks the stretches that are shown: hits in labels do not count
 */
export function findHits(folded, blocks, typed) {
  const expressions = understand(typed);
  if (!expressions.length) return [];
  const starts = blocks.map((block) => block.s);
  const found = [];
  for (const match of folded.folded.matchAll(pattern(expressions))) {
    const [s, e] = folded.span(match.index, match.index + match[0].length);
    const i = countBelow(starts, s + 1) - 1;
    let last = i;
    while (blocks[last + 1] && !blocks[last + 1].line && blocks[last].e < e) last += 1; // a long line, cut in two
    if (i < 0 || e > blocks[last].e) continue;
    found.push([s, e]);
    if (found.length >= MOST) break;
  }
  return found;
}
