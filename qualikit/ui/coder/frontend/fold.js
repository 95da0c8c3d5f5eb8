// Comparing names as people type them: no case, no accents.

export function fold(text) {
  return text
    .replace(/œ/g, "oe")
    .replace(/Œ/g, "OE")
    .replace(/æ/g, "ae")
    .replace(/Æ/g, "AE")
    .replace(/’/g, "'")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/ς/g, "σ");
}

/** What two names of codes are compared by, as Python does: « Marché » and « marche » are one code. */
export function nameKey(name) {
  return fold(name).split(/\s+/).filter(Boolean).join(" ");
}

function rank(code, words) {
  const name = fold(code.name);
  const path = fold(code.path ?? "");
  const keywords = fold((code.keywords ?? []).join(" "));
  let total = 0;
  for (const word of words) {
    if (name.startsWith(word)) total += 0;
    else if (new RegExp(`(^|[^\\p{L}\\p{N}])${word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`, "u").test(name)) total += 1;
    else if (name.includes(word)) total += 2;
    else if (path.includes(word)) total += 4;
    else if (keywords.includes(word)) total += 6;
    else return -1;
  }
  return total;
}

/** Codes that answer to every word of the query, the closest first; all of them, in their order, for an empty query. */
export function matching(codes, query) {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (!words.length) return [...codes];
  return codes
    .map((code, order) => ({ code, order, rank: rank(code, words) }))
    .filter((hit) => hit.rank >= 0)
    .sort((a, b) => a.rank - b.rank || a.order - b.order)
    .map((hit) => hit.code);
}
