// The left side at work: menus, keys and the mouse on codes, brought to what is done to them (tree_acts).

import { CodeActs } from "./tree_acts.js";
import { Card } from "./tree_card.js";
import { Drag } from "./tree_drag.js";
import { movedPin, stepPlace } from "./tree_order.js";
import { Pop } from "./tree_pop.js";

const STEPS = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };

export class TreeDesk {
  constructor(coder) {
    this.coder = coder;
    this.acts = new CodeActs(coder);
  }

  /** What the tree calls; before the tree is there. */
  actions() {
    return {
      menu: (row, id) => this.menu(row, id),
      add: (button) => this.add(button, null),
      key: (row, id, event) => this.key(row, id, event),
    };
  }

  /** Once the coder stands on the page. */
  start() {
    const { tree, root, words, codings } = this.coder;
    this.pop = new Pop(root, words);
    this.card = new Card({ root, words, uses: (id) => codings.uses.get(id) ?? [0, 0, 0] });
    for (const one of [tree.tree, tree.old]) this.card.watch(one, (id) => tree.find(id));
    this.drag = new Drag({
      element: tree.element,
      tree: tree.tree,
      box: tree.box,
      words,
      act: {
        list: () => this.coder.list,
        isOpen: (id) => tree.isOpen(id),
        open: (id) => tree.unfold(id),
        move: (id, where) => {
          if (this.acts.move(id, where)) tree.focus(id); // the mouse left the keyboard nowhere
        },
        movePin: (from, to) => this.coder.commands.setPins(movedPin(this.coder.pinned, from, to)),
        began: () => this.card.hide(),
      },
    });
    tree.box.addEventListener("scroll", () => this.card.hide(), { passive: true });
  }

  get isOpen() {
    return Boolean(this.pop?.isOpen);
  }

  key(row, id, event) {
    if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) this.menu(row, id);
    else if (event.key === "Escape") return this.card.hide();
    else if (event.altKey && !event.ctrlKey && !event.shiftKey && STEPS[event.key]) this.step(id, STEPS[event.key]);
    else if (event.key === "F2") this.rename(row, id);
    else if (event.key === "Delete") this.retire(row, id);
    else return false;
    return true;
  }

  step(id, step) {
    const { tree } = this.coder;
    if (tree.find(id)?.active === false) return;
    if (this.acts.step(id, step)) {
      for (let parent = tree.find(id)?.parent; parent; parent = tree.find(parent)?.parent) tree.unfold(parent);
      tree.focus(id);
    }
  }

  menu(row, id) {
    const { words, list, tree } = this.coder;
    const code = tree.find(id);
    if (!code || id.startsWith("new:")) return;
    this.card.hide();
    const back = () => tree.focus(id);
    const key = (name) => words.labels[`key_${name}`] ?? name;
    const move = (step, sign) => ({
      label: words.say(`move_${step}`),
      key: `${key("Alt")}+${sign}`,
      off: !stepPlace(list, id, step),
      act: () => this.step(id, step),
    });
    const used = code.active !== false;
    const items = [
      { label: words.say("rename"), key: "F2", act: () => this.rename(row, id) },
      { label: words.say("colour"), act: () => this.colour(row, id) },
      used ? { label: words.say("add_under"), act: () => this.add(row, id) } : undefined,
      null,
      ...(used ? [move("up", "↑"), move("down", "↓"), move("in", "→"), move("out", "←"), null] : []),
      { label: words.say("merge"), off: list.length < (used ? 2 : 1), act: () => this.merge(row, id) },
      used ? { label: words.say("split"), act: () => this.split(row, id) } : undefined,
      used
        ? { label: words.say("retire"), key: key("Delete"), act: () => this.retire(row, id) }
        : { label: words.say("restore"), act: () => this.acts.setActive(id, true) },
      null,
      { label: words.say("open_codebook"), act: () => this.coder.store.ask("codebook", id) },
    ];
    this.pop.menu(row, words.say("menu_of", { name: code.name }), items, back);
  }

  #here(id) {
    return this.coder.tree.rowOf(id) ?? this.coder.tree.filter;
  }

  rename(_row, id) {
    const { words, tree } = this.coder;
    const code = tree.find(id);
    const field = { title: words.say("rename_title", { name: code.name }), value: code.name, verb: words.say("rename") };
    this.pop.write(this.#here(id), { ...field, act: (name) => this.acts.rename(id, name) }, () => tree.focus(id));
  }

  add(row, parent) {
    const { words, tree } = this.coder;
    const above = parent && tree.find(parent);
    const title = above ? words.say("add_under_title", { name: above.name }) : words.say("add_code");
    const act = (name) => {
      const made = this.acts.add(name, parent);
      if (parent) tree.unfold(parent);
      if (made) tree.focus(made);
    };
    this.pop.write(row.isConnected ? row : this.#here(parent), { title, hint: words.say("name_hint"), verb: words.say("add"), act }, () =>
      parent ? tree.focus(parent) : tree.filter.focus(),
    );
  }

  colour(_row, id) {
    const { words, tree, doc } = this.coder;
    const code = tree.find(id);
    const title = words.say("colour_title", { name: code.name });
    const chosen = { title, palette: doc.palette, current: code.color, act: (color) => this.acts.update(id, { color }) };
    this.pop.colours(this.#here(id), chosen, () => tree.focus(id));
  }

  /** « 212 codages de 3 codeurs dans 14 documents », or that there are none. */
  #whose(id) {
    const { words } = this.coder;
    const [codings, coders, documents] = this.acts.touched(id);
    if (!codings) return words.say("not_used");
    return words.say("whose", {
      codings: words.count("codings", codings),
      coders: words.count("of_coders", coders),
      documents: words.count("in_documents", documents),
    });
  }

  retire(_row, id) {
    const { words, tree } = this.coder;
    const code = tree.find(id);
    if (code.active === false) return;
    const family = this.acts.family(id);
    const lines = [words.say("retire_keeps", { whose: this.#whose(id) })];
    if (family) lines.push(words.count("with_family", family));
    const ask = { title: words.say("retire_title", { name: code.name }), lines, verb: words.say("retire") };
    this.pop.ask(this.#here(id), { ...ask, act: () => this.acts.setActive(id, false) }, () => tree.focus(id));
  }

  merge(_row, id) {
    const { coder } = this;
    const { words, tree, palette } = coder;
    const code = tree.find(id);
    let chosen = null;
    palette.open({
      title: words.say("merge_title", { name: code.name }),
      foot: words.say("choose_keys"),
      list: coder.list.filter((other) => other.id !== id && !other.id.startsWith("new:")),
      pinned: coder.pinned,
      choose: (into) => (chosen = into),
      pin: () => coder.pinned,
      left: () => queueMicrotask(() => (chosen ? this.#mergeInto(id, chosen) : tree.focus(id))),
    });
  }

  #mergeInto(id, into) {
    const { words, tree } = this.coder;
    const code = tree.find(id);
    const lines = [words.say("merge_moves", { whose: this.#whose(id) })];
    const children = tree.list.filter((other) => other.parent === id && other.id !== into.id).length;
    if (children) lines.push(words.count("children_follow", children, { name: into.name }));
    const title = words.say("merge_ask", { name: code.name, into: into.name });
    const act = () => {
      this.acts.merge(id, into.id);
      tree.focus(into.id);
    };
    this.pop.ask(this.#here(id), { title, lines, verb: words.say("merge_verb"), act }, () => tree.focus(id));
  }

  split(_row, id) {
    const { words, tree } = this.coder;
    const code = tree.find(id);
    this.pop.write(
      this.#here(id),
      {
        title: words.say("split_title", { name: code.name }),
        hint: words.say("split_hint"),
        lines: [words.say("split_keeps", { whose: this.#whose(id), name: code.name })],
        verb: words.say("split_verb"),
        several: true,
        act: (text) => this.acts.split(id, text.split("\n")),
      },
      () => tree.focus(id),
    );
  }

  destroy() {
    this.pop?.close(false);
    this.card?.destroy();
    this.drag?.destroy();
  }
}
