// What the overview draws, computed without a canvas: stretches of text brought to rows of pixels. However many codings
// there are, a column never holds more stretches than it has rows.

/**
 * Stretches as runs of one column: [[from, to, value]…], rows half-open; the last stretch over a row is seen.
 * @param items [{s, e, value}]; @param length of the text; @param rows of the column; @param least rows of a stretch
 */
export function runs(items, length, rows, least = 1) {
  const cells = new Array(rows).fill(null);
  const scale = rows / Math.max(1, length);
  for (const { s, e, value } of items) {
    const from = Math.min(rows - 1, Math.floor(s * scale));
    const to = Math.min(rows, Math.max(from + least, Math.round(e * scale)));
    for (let row = from; row < to; row += 1) cells[row] = value;
  }
  const found = [];
  for (let row = 0; row < rows; row += 1) {
    if (cells[row] === null) continue;
    const last = found.at(-1);
    if (last && last[1] === row && last[2] === cells[row]) last[1] = row + 1;
    else found.push([row, row + 1, cells[row]]);
  }
  return found;
}

/** Rows that hold at least one of the places (offsets), in order, each once. */
export function ticks(places, length, rows) {
  const scale = rows / Math.max(1, length);
  return [...new Set(places.map((place) => Math.min(rows - 1, Math.floor(place * scale))))].sort((a, b) => a - b);
}

/** What is at a height of the bar: the stretch [s, e] of text that `around` pixels on each side stand for. */
export function stretch(y, height, length, around = 2) {
  const at = (pixels) => Math.max(0, Math.min(length, Math.round((pixels / Math.max(1, height)) * length)));
  return [at(y - around), at(y), Math.max(at(y) + 1, at(y + around))];
}
