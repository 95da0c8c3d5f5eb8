// What is done to the codes before Python has answered, as changes of the map of codes (id → code, siblings in order).
//
// A change is one of {code: code} (one more), {edit: {id, field: value…}}, {place: {id, parent, position}},
// {uncode: id}. Each gives a new map; codes themselves are never written on.

export const isCodeChange = (change) => Boolean(change.code || change.edit || change.place || change.uncode);

const parentOf = (codes, code) => (codes.has(code.parent) ? code.parent : null);

/** The codes right under `parent` (null: at the root), retired ones too, but for `id`. */
export function siblings(codes, parent, id = null) {
  return [...codes.values()].filter((code) => code.id !== id && parentOf(codes, code) === parent);
}

export function foldCode(codes, change) {
  if (change.code) {
    if (codes.has(change.code.id)) return codes;
    return new Map(codes).set(change.code.id, change.code);
  }
  if (change.edit) {
    const code = codes.get(change.edit.id);
    return code ? new Map(codes).set(code.id, { ...code, ...change.edit }) : codes;
  }
  if (change.place) return place(codes, change.place);
  const left = new Map(codes);
  left.delete(change.uncode);
  return left;
}

function place(codes, { id, parent, position }) {
  const code = codes.get(id);
  if (!code) return codes;
  const others = siblings(codes, parent, id);
  const before = others[position]?.id ?? null;
  const list = [];
  for (const other of codes.values()) {
    if (other.id === before) list.push({ ...code, parent });
    if (other.id !== id) list.push(other);
  }
  if (before === null) list.push({ ...code, parent });
  return new Map(list.map((each) => [each.id, each]));
}

/** Where a code stands now, as a change that puts it back there. */
export function placeOf(codes, id) {
  const code = codes.get(id);
  const parent = parentOf(codes, code);
  return { id, parent, position: siblings(codes, parent).findIndex((other) => other.id === id) };
}

/** Position among all siblings of the place before `before` (null: the last). */
export function positionBefore(codes, id, parent, before) {
  const others = siblings(codes, parent, id);
  const at = others.findIndex((other) => other.id === before);
  return at < 0 ? others.length : at;
}

/** What Python knows of a code: without what the tree writes on it. */
export function plain({ depth, path, leaf, ...code }) {
  return code;
}
