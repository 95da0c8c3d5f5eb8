// What each key does in the coder. Letters by what they print; digits by their place, since AZERTY prints them
// with Shift only. Users may give a command other keys: {command: [keys]}, kept as a preference.

export const DEFAULT_KEYS = [
  { command: "palette", keys: ["Enter", "k"], group: "code" },
  { command: "repeat", keys: ["r"], group: "code" },
  { command: "inVivo", keys: ["v"], group: "code" },
  { command: "clear", keys: ["Escape"], group: "select" },
  { command: "turn", keys: ["t"], group: "select" },
  { command: "wordRight", keys: ["ArrowRight"], group: "select" },
  { command: "wordLeft", keys: ["ArrowLeft"], group: "select" },
  { command: "lineDown", keys: ["ArrowDown"], group: "select" },
  { command: "lineUp", keys: ["ArrowUp"], group: "select" },
  { command: "textStart", keys: ["Ctrl+Home"], group: "go" },
  { command: "textEnd", keys: ["Ctrl+End"], group: "go" },
  { command: "extendRight", keys: ["Shift+ArrowRight"], group: "select" },
  { command: "extendLeft", keys: ["Shift+ArrowLeft"], group: "select" },
  { command: "extendDown", keys: ["Shift+ArrowDown"], group: "select" },
  { command: "extendUp", keys: ["Shift+ArrowUp"], group: "select" },
  { command: "exactRight", keys: ["Alt+Shift+ArrowRight"], group: "select" },
  { command: "exactLeft", keys: ["Alt+Shift+ArrowLeft"], group: "select" },
  { command: "startRight", keys: ["Alt+ArrowRight"], group: "bounds" },
  { command: "startLeft", keys: ["Alt+ArrowLeft"], group: "bounds" },
  { command: "adjust", keys: ["b"], group: "bounds" },
  { command: "cycle", keys: ["n"], group: "here" },
  { command: "cycleBack", keys: ["Shift+n"], group: "here" },
  { command: "remove", keys: ["Delete", "Backspace"], group: "here" },
  { command: "recode", keys: ["c"], group: "here" },
  { command: "memo", keys: ["m"], group: "here" },
  { command: "nextCoding", keys: ["Alt+ArrowDown"], group: "go" },
  { command: "previousCoding", keys: ["Alt+ArrowUp"], group: "go" },
  { command: "nextUncoded", keys: ["u"], group: "go" },
  { command: "previousUncoded", keys: ["Shift+u"], group: "go" },
  { command: "markQuestion", keys: ["q"], group: "here" },
  { command: "nextQuestion", keys: ["j"], group: "go" },
  { command: "previousQuestion", keys: ["Shift+j"], group: "go" },
  { command: "find", keys: ["/"], group: "go" },
  { command: "nextHit", keys: ["g"], group: "go" },
  { command: "previousHit", keys: ["Shift+g"], group: "go" },
  { command: "nextDocument", keys: ["d"], group: "go" },
  { command: "previousDocument", keys: ["Shift+d"], group: "go" },
  { command: "filter", keys: ["f"], group: "go" },
  { command: "nextSuggestion", keys: ["s"], group: "suggest" },
  { command: "previousSuggestion", keys: ["Shift+s"], group: "suggest" },
  { command: "suggestHere", keys: ["i"], group: "suggest" },
  { command: "accept", keys: ["a"], group: "suggest" },
  { command: "refuse", keys: ["x"], group: "suggest" },
  { command: "acceptOther", keys: ["e"], group: "suggest" },
  { command: "others", keys: ["o"], group: "suggest" },
  { command: "nextZone", keys: ["F6"], group: "go" },
  { command: "previousZone", keys: ["Shift+F6"], group: "go" },
  { command: "undo", keys: ["Ctrl+z"], group: "history" },
  { command: "redo", keys: ["Ctrl+Shift+z", "Ctrl+y"], group: "history" },
  { command: "help", keys: ["?", "F1"], group: "help" },
];

/** « Ctrl+Shift+z » for an event; Cmd counts as Ctrl. A printed sign such as « ? » is named without its Shift. */
export function chord(event) {
  const printed = event.key.length === 1;
  const letter = printed && /\p{L}/u.test(event.key);
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("Ctrl");
  if (event.altKey) parts.push("Alt");
  if (event.shiftKey && (!printed || letter)) parts.push("Shift");
  parts.push(letter ? event.key.toLowerCase() : event.key);
  return parts.join("+");
}

/** 1 to 9 for a digit key, of the row or of the pad, whatever the layout prints; 0 for any other key. */
export function digit(event) {
  const found = /^(?:Digit|Numpad)([1-9])$/.exec(event.code ?? "");
  if (!found || event.ctrlKey || event.metaKey) return 0;
  // On the pad without Num Lock these keys are arrows.
  if (event.code.startsWith("Numpad") && event.key.length > 1) return 0;
  return Number(found[1]);
}

const isDigit = (event) => /^(?:Digit|Numpad)[0-9]$/.test(event.code ?? "") && !(event.shiftKey && !/^[0-9]$/.test(event.key));

// What a browser does itself with a key, whether or not a page lets it.
const BROWSER = new Set(["F3", "F5", "F6", "F7", "F10", "F11", "F12", "Alt+F4", "Alt+Home", "Alt+d", "Alt+ "]);
const BROWSER_CTRL = new Set("abcdefghijklmnopqrstuvwx".split(""));
const OWN_CTRL = new Set(["b", "e", "i", "m", "q"]); // of those, the ones that no browser needs while a text is read
const MODIFIERS = new Set(["Shift", "Control", "Alt", "AltGraph", "Meta", "OS", "CapsLock", "NumLock", "ScrollLock", "Fn"]);
const SCROLLING = new Set([" ", "Shift+ ", "PageUp", "PageDown", "Home", "End"]);

/** True while only a modifier is held: the key itself is still to come. */
export const unfinished = (event) => MODIFIERS.has(event.key);

/** Why a key cannot be given to a command: "dead", "digit", "focus", "scroll", "browser"; null when it can. */
export function unfit(event) {
  const key = chord(event);
  if (event.isComposing || ["Dead", "Process", "Unidentified"].includes(event.key)) return "dead";
  if (isDigit(event)) return event.ctrlKey || event.metaKey ? "browser" : "digit";
  if (event.key === "Tab" || event.key === "ContextMenu") return "focus";
  if (SCROLLING.has(key)) return "scroll";
  if (BROWSER.has(key) || event.metaKey) return "browser";
  if (event.ctrlKey && !event.altKey) {
    const last = key.split("+").at(-1);
    if (/^F\d+$|^(Page|Home|End|Tab|[-+=])/.test(last)) return "browser";
    if (BROWSER_CTRL.has(last) && !OWN_CTRL.has(last)) return "browser";
  }
  return null;
}

/** The user's own keys as they were kept, without what means nothing: {command: [keys]}. */
export function readOwn(kept) {
  const own = {};
  if (!kept || typeof kept !== "object" || Array.isArray(kept)) return own;
  for (const { command } of DEFAULT_KEYS) {
    const keys = kept[command];
    if (Array.isArray(keys) && keys.every((key) => typeof key === "string" && key)) own[command] = keys;
  }
  return own;
}

export class Keymap {
  /** @param own {command: [keys]}: what the user gave; the other commands keep theirs */
  constructor(own = {}) {
    this.own = readOwn(own);
    this.commands = new Map();
    // What was given wins over a key that another command has by default.
    const given = DEFAULT_KEYS.filter(({ command }) => command in this.own);
    for (const { command } of given) for (const key of this.own[command]) this.commands.set(key, command);
    for (const { command, keys } of DEFAULT_KEYS) {
      if (command in this.own) continue;
      for (const key of keys) if (!this.commands.has(key)) this.commands.set(key, command);
    }
  }

  /** The keys in force for a command. */
  keys(command) {
    const keys = this.own[command] ?? DEFAULT_KEYS.find((entry) => entry.command === command)?.keys ?? [];
    return keys.filter((key) => this.commands.get(key) === command);
  }

  /** The command that has that key, or null. */
  holder(key) {
    return this.commands.get(key) ?? null;
  }

  /**
   * The user's own keys once `command` has `key` in the place of `old` (null: beside those it has). Who had the key gets
   * the old one: nothing is left without.
   */
  given(command, old, key) {
    const own = { ...this.own };
    const swap = (keys, from, to) => [...new Set(keys.includes(from) ? keys.map((k) => (k === from ? to : k)) : [...keys, to])];
    const holder = this.holder(key);
    if (holder === command) return own;
    if (holder) own[holder] = old ? swap(this.keys(holder), key, old) : this.keys(holder).filter((k) => k !== key);
    own[command] = swap(this.keys(command), old, key);
    for (const { command: name, keys } of DEFAULT_KEYS) {
      if (name in own && own[name].join() === keys.join()) delete own[name];
    }
    return own;
  }

  /** The command of the event: {name: "pinned", digit} for a digit, {name} otherwise, or null. */
  command(event) {
    const name = this.commands.get(chord(event));
    if (name) return { name };
    const pressed = digit(event);
    return pressed && !event.altKey ? { name: "pinned", digit: pressed } : null;
  }
}

/** True where keys belong to what is being typed in, not to the coder. */
export function typing(target) {
  if (!target?.closest) return false;
  return Boolean(target.closest("input, textarea, select, [contenteditable=''], [contenteditable='true']"));
}
