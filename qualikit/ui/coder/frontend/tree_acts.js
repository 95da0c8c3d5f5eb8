// What is done to codes from the tree: each an operation with what it paints and what takes that back.

import { nextColour } from "./colours.js";
import { placeOf, plain, positionBefore, siblings } from "./code_changes.js";
import { newId } from "./operations.js";
import { below, stepPlace } from "./tree_order.js";

const tuple = ({ id, start, end, code, coder, flags }) => ({ id, start, end, code, coder, flags });

export class CodeActs {
  constructor(coder) {
    this.coder = coder;
  }

  get #codes() {
    return this.coder.codings.codes;
  }

  /** True when it was asked for: of a code that Python has not answered for yet, nothing can be asked. */
  #send(operation, changes, inverse, name) {
    const ids = [operation.id, operation.into, operation.parent];
    if (ids.some((id) => id?.startsWith("new:"))) {
      this.#say("code_on_its_way");
      return false;
    }
    this.coder.operations.codebook(operation, { changes, inverse, describe: name });
    return true;
  }

  #say(key, values) {
    this.coder.status.note(this.coder.words.say(key, values));
  }

  /** Change fields of a code; true when there was something to change. */
  update(id, fields) {
    const code = this.#codes.get(id);
    const changed = Object.keys(fields).filter((name) => code && code[name] !== fields[name]);
    if (!changed.length) return false;
    const before = Object.fromEntries(changed.map((name) => [name, code[name]]));
    return this.#send({ op: "code_update", id, ...fields }, [{ edit: { id, ...fields } }], [{ edit: { id, ...before } }], code.name);
  }

  rename(id, name) {
    const clean = name.replace(/\s+/g, " ").trim();
    return clean ? this.update(id, { name: clean }) : false;
  }

  /** Retire a code with those under it, or take it back with those under and above it. */
  setActive(id, active) {
    const codes = this.#codes;
    const family = new Set([id]);
    for (let grew = true; grew; ) {
      grew = false;
      for (const code of codes.values()) {
        if (family.has(code.parent) && !family.has(code.id)) grew = Boolean(family.add(code.id));
      }
    }
    if (active) {
      for (let above = codes.get(id)?.parent; above && !family.has(above); above = codes.get(above)?.parent) family.add(above);
    }
    const concerned = [...family].filter((one) => codes.has(one) && (codes.get(one).active !== false) !== active);
    const sent = this.#send(
      { op: "code_update", id, active },
      concerned.map((one) => ({ edit: { id: one, active } })),
      concerned.map((one) => ({ edit: { id: one, active: !active } })),
      codes.get(id).name,
    );
    if (sent) this.#say(active ? "code_restored" : "code_retired", { name: codes.get(id).name });
  }

  /** Put a code somewhere: {parent, before} as tree_order.js gives it; true when it moved. */
  move(id, where) {
    if (!where) return false;
    const codes = this.#codes;
    const now = placeOf(codes, id);
    const position = positionBefore(codes, id, where.parent, where.before);
    if (now.parent === where.parent && now.position === position) return false;
    const place = { id, parent: where.parent, position };
    if (!this.#send({ op: "code_move", ...place }, [{ place }], [{ place: now }], codes.get(id).name)) return false;
    const above = codes.get(where.parent)?.name;
    this.#say(above ? "code_moved_under" : "code_moved", { name: codes.get(id).name, above });
    return true;
  }

  step(id, step) {
    return this.move(id, stepPlace(this.coder.list, id, step));
  }

  add(name, parent) {
    const clean = name.replace(/\s+/g, " ").trim();
    if (!clean) return null;
    const uuid = newId();
    const code = this.#made(uuid, clean, parent);
    return this.#send({ uuid, op: "code_add", name: clean, parent }, [{ code }], [{ uncode: uuid }], clean) ? uuid : null;
  }

  /** A code that Python has not seen; it finds its colour itself, and this page guesses the same. */
  #made(id, name, parent, beside = []) {
    const color = nextColour([...this.#codes.values(), ...beside], this.coder.doc.palette);
    return { id, name, parent, color, shortcut: null, definition: "", use: "", avoid: "", example: "", keywords: [], active: true };
  }

  /** What a code with those it is made one with would touch: [codings, coders, documents] over the whole project. */
  touched(id) {
    return this.coder.codings.uses.get(id) ?? [0, 0, 0];
  }

  merge(id, into) {
    const { codings } = this.coder;
    const codes = this.#codes;
    const [code, kept] = [codes.get(id), codes.get(into)];
    if (!code || !kept || id === into) return;
    const changes = [];
    const inverse = [{ code: plain(code) }, { place: placeOf(codes, id) }];
    const above = this.#above(into);
    if (above.includes(id)) {
      changes.push({ place: { ...placeOf(codes, id), id: into } });
      inverse.unshift({ place: placeOf(codes, into) });
    }
    for (const child of siblings(codes, id).filter((one) => one.id !== into)) {
      changes.push({ place: { id: child.id, parent: into, position: null } });
      inverse.push({ place: placeOf(codes, child.id) });
    }
    const taken = this.#takenOver(code, kept);
    for (const coding of codings.byId.values()) {
      if (coding.code !== id) continue;
      const twin = codings.exactly(coding.start, coding.end, into);
      changes.push(twin ? { drop: coding.id } : { put: { ...tuple(coding), code: into } });
      inverse.push({ put: tuple(coding) });
      const [memo, there] = [codings.memos[coding.id], twin && codings.memos[twin.id]];
      if (twin && memo) {
        changes.push({ memo: [twin.id, there ? `${there}\n\n${memo}` : memo] });
        inverse.push({ memo: [twin.id, there ?? ""] });
      }
    }
    changes.push({ uncode: id });
    if (Object.keys(taken).length) {
      changes.push({ edit: { id: into, ...taken } });
      inverse.push({ edit: { id: into, ...Object.fromEntries(Object.keys(taken).map((name) => [name, kept[name]])) } });
    }
    if (this.#send({ op: "code_merge", id, into }, changes, inverse, code.name)) this.#say("code_merged", { name: code.name, into: kept.name });
  }

  #above(id) {
    const found = [];
    for (let code = this.#codes.get(id); code?.parent && !found.includes(code.parent); code = this.#codes.get(code.parent)) found.push(code.parent);
    return found;
  }

  #takenOver(code, kept) {
    const taken = {};
    for (const name of ["definition", "use", "avoid", "example"]) if (!kept[name] && code[name]) taken[name] = code[name];
    const keywords = [...new Set([...(kept.keywords ?? []), ...(code.keywords ?? [])])];
    if (keywords.length !== (kept.keywords ?? []).length) taken.keywords = keywords;
    if (!kept.shortcut && code.shortcut) taken.shortcut = code.shortcut;
    return taken;
  }

  /** New codes beside a code, its codings still on it; the first of its codings here becomes the current one. */
  split(id, names) {
    const codes = this.#codes;
    const code = codes.get(id);
    const clean = [...new Set(names.map((name) => name.replace(/\s+/g, " ").trim()).filter(Boolean))];
    if (!clean.length) return;
    const { parent, position } = placeOf(codes, id);
    const parts = clean.map((name) => ({ id: newId(), name, codings: [] }));
    const made = [];
    for (const part of parts) made.push(this.#made(part.id, part.name, parent, made));
    const changes = made.flatMap((one, i) => [{ code: one }, { place: { id: one.id, parent, position: position + 1 + i } }]);
    if (!this.#send({ op: "code_split", id, parts }, changes, made.map((one) => ({ uncode: one.id })).reverse(), code.name)) return;
    const first = this.coder.codings.inOrder().find((coding) => coding.code === id);
    if (first) this.coder.select(first.id, { reveal: true });
    this.#say(first ? "code_split_next" : "code_split_done", { name: code.name });
  }

  /** How many codes go with this one. */
  family(id) {
    return below(this.coder.list, id).length;
  }
}
