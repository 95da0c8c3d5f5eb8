// The codings as the evaluator must see them now: Python's last word with the waiting operations on top.
//
// A change is one of {put: coding}, {drop: id}, {move: {id, start, end}}, {memo: [target, text]}, one of the codes (code_changes),
// {settle: id of a suggestion}, {propose: suggestion as Python sends it}, and {mark: mark}, {unmark: id} of questions.
// Each operation carries the changes it makes and those that take it back, so that painting, refusing, undoing and
// redoing are one mechanism.

import { foldCode, isCodeChange } from "./code_changes.js";
import { assignAll, freeLane } from "./lanes.js";
import { countBelow } from "./offsets.js";

const MEMO = 1; // flags of a coding, as Python sends them

const same = (a, b) => a.start === b.start && a.end === b.end && a.code === b.code && a.flags === b.flags;

export class Codings {
  /** @param blocks [{s, e}] sorted, UTF-16; @param index TextIndex */
  constructor(index, blocks) {
    this.index = index;
    this.starts = blocks.map((block) => block.s);
    this.blocks = blocks;
    this.byId = new Map();
    this.byBlock = blocks.map(() => new Set());
    this.byCode = new Map(); // code id → number of codings here
    this.server = new Map();
    this.serverCodes = new Map();
    this.serverMemos = {};
    this.serverSuggestions = new Map();
    this.suggestions = new Map(); // what is proposed and not decided
    this.codesText = ""; // the codes as Python sent them last: the same text means the same codes
    this.codes = new Map();
    this.uses = new Map(); // code id → [codings, coders, documents] in the project
    this.changedCodes = ""; // what waits of changes to the codes: the same text means the same codes
    this.memos = {};
    this.otherMemos = []; // [target, text, coder]
    this.serverMarks = new Map();
    this.marks = new Map(); // where questions of the guide are put: id → {id, start, end, s, question}
  }

  /** First and last block that the UTF-16 interval touches. */
  blockSpan(s, e) {
    const first = Math.max(0, countBelow(this.starts, s + 1) - 1);
    const last = Math.max(first, countBelow(this.starts, e) - 1);
    return [first, last];
  }

  coding(id, start, end, code, coder = null, flags = 0) {
    return { id, start, end, s: this.index.toUtf16(start), e: this.index.toUtf16(end), code, coder, flags };
  }

  suggestion([id, start, end, code, score, level, reason, worth = ""]) {
    const { index } = this;
    return { id, start, end, s: index.toUtf16(start), e: index.toUtf16(end), code, score, level, reason, worth, suggestion: true };
  }

  /** The suggestion of that code on exactly that passage, or undefined. */
  proposed(start, end, code) {
    return [...this.suggestions.values()].find((each) => each.start === start && each.end === end && each.code === code);
  }

  /** Take Python's whole state, put the waiting operations on it. Returns what is to be painted again. */
  receive({ codings, codes, memos = {}, otherMemos = [], marks = [], suggestions = [] }, waiting) {
    this.server = new Map();
    for (const [id, start, end, code, coder, flags] of codings) {
      this.server.set(id, this.byId.get(id) && this.#unchanged(id, start, end, code, flags)
        ? this.byId.get(id)
        : this.coding(id, start, end, code, coder, flags ?? 0));
    }
    // How much a code is used changes with every coding: no reason to draw the codes again.
    this.uses = new Map(codes.map((code) => [code.id, code.uses]));
    const text = JSON.stringify(codes, (key, value) => (key === "uses" ? undefined : value));
    if (text !== this.codesText) {
      this.codesText = text;
      // Copies: the tree writes each code's path and depth on them.
      this.serverCodes = new Map(codes.map((code) => [code.id, { ...code }]));
    }
    this.serverMemos = memos;
    this.serverSuggestions = new Map(suggestions.map((row) => [row[0], this.#knownSuggestion(row)]));
    this.otherMemos = otherMemos;
    this.serverMarks = new Map(marks.map(([id, start, end, question]) => [id, this.#mark({ id, start, end, question })]));
    return this.refold(waiting);
  }

  #knownSuggestion(row) {
    const old = this.suggestions.get(row[0]);
    const same = old && [old.start, old.end, old.code, old.score, old.level, old.reason, old.worth].every((value, i) => value === row[i + 1]);
    return same ? old : this.suggestion(row);
  }

  #unchanged(id, start, end, code, flags) {
    const old = this.byId.get(id);
    return old.start === start && old.end === end && old.code === code && old.flags === (flags ?? 0) && !old.waiting;
  }

  /** Compute again from Python's last state and the operations that wait. */
  refold(waiting) {
    const next = new Map(this.server);
    this.codes = new Map(this.serverCodes);
    this.changedCodes = "";
    this.memos = { ...this.serverMemos };
    this.suggestions = new Map(this.serverSuggestions);
    this.marks = new Map(this.serverMarks);
    for (const operation of waiting) {
      for (const change of operation.changes ?? []) this.#fold(next, change);
    }
    return this.#replace(next);
  }

  #fold(next, change) {
    if (change.put) {
      const { id, start, end, code, coder, flags } = change.put;
      next.set(id, { ...this.coding(id, start, end, code, coder, flags), waiting: true });
    } else if (change.drop) {
      next.delete(change.drop);
    } else if (isCodeChange(change)) {
      this.codes = foldCode(this.codes, change);
      this.changedCodes += JSON.stringify(change);
    } else if (change.settle) {
      this.suggestions.delete(change.settle);
    } else if (change.propose) {
      const known = this.suggestions.get(change.propose[0]);
      if (!known) this.suggestions.set(change.propose[0], this.suggestion(change.propose));
    } else if (change.mark) {
      this.marks.set(change.mark.id, { ...this.#mark(change.mark), waiting: true });
    } else if (change.unmark) {
      this.marks.delete(change.unmark);
    } else if (change.move) {
      const { id, start, end } = change.move;
      const old = next.get(id);
      if (old) next.set(id, { ...this.coding(id, start, end, old.code, old.coder, old.flags), waiting: true });
    } else if (change.memo) {
      const [target, text] = change.memo;
      this.memos[target] = text;
      const coding = next.get(target);
      if (coding) next.set(target, { ...coding, flags: text ? coding.flags | MEMO : coding.flags & ~MEMO, waiting: true });
    }
  }

  #mark(mark) {
    return { ...mark, s: this.index.toUtf16(mark.start) };
  }

  #replace(next) {
    const touched = { blocks: new Set(), added: [], removed: [], all: false };
    if (!this.byId.size && next.size) {
      for (const coding of next.values()) this.#enter(coding);
      this.byId = next;
      assignAll([...next.values()]);
      touched.all = true;
      return touched;
    }
    for (const [id, old] of this.byId) {
      const now = next.get(id);
      if (now === old) continue;
      if (now) {
        now.lane = old.lane;
        if (same(now, old) && !now.waiting === !old.waiting) {
          next.set(id, old);
          continue;
        }
      } else touched.removed.push(old);
      this.#leave(old);
      this.#touch(touched, old);
      if (now) {
        this.#enter(now);
        this.#touch(touched, now);
        // Bounds that move keep their lane while there is room in it.
        if (now.s !== old.s || now.e !== old.e) now.lane = freeLane(now, this.near(now.s, now.e), old.lane);
      }
    }
    const fresh = [...next.values()].filter((coding) => !this.byId.has(coding.id));
    fresh.sort((a, b) => a.s - b.s || b.e - a.e);
    for (const coding of fresh) {
      this.#enter(coding);
      coding.lane = freeLane(coding, this.near(coding.s, coding.e));
      touched.added.push(coding);
      this.#touch(touched, coding);
    }
    this.byId = next;
    return touched;
  }

  #touch(touched, coding) {
    const [first, last] = this.blockSpan(coding.s, coding.e);
    for (let i = first; i <= last; i += 1) touched.blocks.add(i);
  }

  #enter(coding) {
    const [first, last] = this.blockSpan(coding.s, coding.e);
    for (let i = first; i <= last; i += 1) this.byBlock[i]?.add(coding);
    this.byCode.set(coding.code, (this.byCode.get(coding.code) ?? 0) + 1);
  }

  #leave(coding) {
    const [first, last] = this.blockSpan(coding.s, coding.e);
    for (let i = first; i <= last; i += 1) this.byBlock[i]?.delete(coding);
    this.byCode.set(coding.code, (this.byCode.get(coding.code) ?? 1) - 1);
  }

  /** Codings of the blocks that the interval touches, one block more on each side. */
  near(s, e) {
    const [first, last] = this.blockSpan(s, e);
    const found = new Set();
    for (let i = Math.max(0, first - 1); i <= Math.min(this.blocks.length - 1, last + 1); i += 1) {
      for (const coding of this.byBlock[i]) found.add(coding);
    }
    return found;
  }

  /** Codings over the interval (or the place, when s === e), the shortest first. */
  over(s, e = s) {
    const [first, last] = this.blockSpan(s, Math.max(e, s + 1));
    const found = new Set();
    for (let i = first; i <= last; i += 1) {
      for (const coding of this.byBlock[i] ?? []) {
        if (s === e ? coding.s <= s && s < coding.e : coding.s < e && s < coding.e) found.add(coding);
      }
    }
    return [...found].sort((a, b) => a.e - a.s - (b.e - b.s) || a.s - b.s || (a.id < b.id ? -1 : 1));
  }

  /** The coding of that code on exactly that passage, or undefined. */
  exactly(start, end, code) {
    const s = this.index.toUtf16(start);
    const [block] = this.blockSpan(s, s + 1);
    for (const coding of this.byBlock[block] ?? []) {
      if (coding.start === start && coding.end === end && coding.code === code) return coding;
    }
    return undefined;
  }

  inOrder() {
    return [...this.byId.values()].sort((a, b) => a.s - b.s || a.e - b.e || (a.id < b.id ? -1 : 1));
  }
}
