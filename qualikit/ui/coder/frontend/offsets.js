// Code points (Python's offsets) ⇄ UTF-16 units (the browser's), for one text.

const PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;

/** Number of values of the sorted array that are strictly below x. */
export function countBelow(sorted, x) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

export class TextIndex {
  constructor(text) {
    this.text = text;
    this.pairs = []; // UTF-16 positions of the characters outside the basic plane
    this.pairPoints = []; // the same, in code points
    PAIR.lastIndex = 0;
    for (let found = PAIR.exec(text); found; found = PAIR.exec(text)) {
      this.pairPoints.push(found.index - this.pairs.length);
      this.pairs.push(found.index);
    }
    this.length = text.length - this.pairs.length;
  }

  /** UTF-16 offset of a code-point offset; outside the text it is brought back to the nearest end. */
  toUtf16(point) {
    const inside = Math.max(0, Math.min(point, this.length));
    return inside + countBelow(this.pairPoints, inside);
  }

  /** Code-point offset of a UTF-16 offset; in the middle of a pair, that of the pair's start. */
  toPoints(unit) {
    const inside = Math.max(0, Math.min(unit, this.text.length));
    const before = countBelow(this.pairs, inside);
    if (before && this.pairs[before - 1] + 1 === inside) return this.pairs[before - 1] - (before - 1);
    return inside - before;
  }

  /** The text between two UTF-16 offsets. */
  slice(start, end) {
    return this.text.slice(start, end);
  }
}
