// The codes as a tree: their order, the pinned ones, and where a code may be put.

/** Codes in the order of the tree, each with its depth and its path: « Impacts › Autonomie ». */
export function ordered(codes) {
  const children = new Map();
  const known = new Set(codes.map((code) => code.id));
  for (const code of codes) {
    const parent = known.has(code.parent) ? code.parent : null;
    if (!children.has(parent)) children.set(parent, []);
    children.get(parent).push(code);
  }
  const list = [];
  const seen = new Set();
  const visit = (parent, depth, path) => {
    for (const code of children.get(parent) ?? []) {
      if (seen.has(code.id)) continue;
      seen.add(code.id);
      const here = path ? `${path} › ${code.name}` : code.name;
      list.push(Object.assign(code, { depth, path: here, leaf: !children.has(code.id) }));
      visit(code.id, depth + 1, here);
    }
  };
  visit(null, 0, "");
  return list;
}

/** A shortcut that is one of the nine digits. */
export const isDigit = (shortcut) => /^[1-9]$/.test(shortcut ?? "");

/** The nine pinned codes: those the coder chose, else those with a digit as shortcut, else the first that are leaves. */
export function pinnedCodes(list, chosen) {
  const byId = new Map(list.map((code) => [code.id, code]));
  if (Array.isArray(chosen)) return Array.from({ length: 9 }, (_, i) => (byId.has(chosen[i]) ? chosen[i] : null));
  const pinned = Array(9).fill(null);
  for (const code of list) {
    const place = Number(code.shortcut) - 1;
    if (isDigit(code.shortcut) && !pinned[place]) pinned[place] = code.id;
  }
  if (pinned.some(Boolean)) return pinned;
  list.filter((code) => code.leaf).slice(0, 9).forEach((code, i) => (pinned[i] = code.id));
  return pinned;
}

/** One pin put in the place of another; those between make room. */
export function movedPin(pinned, from, to) {
  const moved = [...pinned];
  const [id] = moved.splice(from, 1);
  moved.splice(to, 0, id);
  return moved;
}

const parentIn = (list, code) => (list.some((other) => other.id === code.parent) ? code.parent : null);

/** The codes under one, at any depth. */
export function below(list, id) {
  const start = list.findIndex((code) => code.id === id);
  const found = [];
  for (let i = start + 1; i < list.length && list[i].depth > list[start].depth; i += 1) found.push(list[i]);
  return found;
}

/**
 * Where a code goes that is dropped on another: `zone` "before", "after" or "inside". {parent, before}: before that
 * sibling, or the last when `before` is null; null where it cannot go.
 */
export function dropPlace(list, id, over, zone, open = true) {
  const target = list.find((code) => code.id === over);
  if (!target || over === id || below(list, id).some((code) => code.id === over)) return null;
  const children = list.filter((code) => code.parent === over && code.id !== id);
  if (zone === "inside") return { parent: over, before: null };
  if (zone === "after" && open && children.length) return { parent: over, before: children[0].id };
  const parent = parentIn(list, target);
  if (zone === "before") return { parent, before: over };
  const siblings = list.filter((code) => parentIn(list, code) === parent && code.id !== id);
  return { parent, before: siblings[siblings.findIndex((code) => code.id === over) + 1]?.id ?? null };
}

/** Where a code goes by one step: "up", "down", "in" (under the one before it), "out" (after the one it is under). */
export function stepPlace(list, id, step) {
  const code = list.find((other) => other.id === id);
  const parent = parentIn(list, code);
  const siblings = list.filter((other) => parentIn(list, other) === parent);
  const at = siblings.indexOf(code);
  if (step === "up") return at > 0 ? { parent, before: siblings[at - 1].id } : null;
  if (step === "down") return at < siblings.length - 1 ? { parent, before: siblings[at + 2]?.id ?? null } : null;
  if (step === "in") return at > 0 ? { parent: siblings[at - 1].id, before: null } : null;
  return parent === null ? null : dropPlace(list, id, parent, "after", false);
}
