// What each key does in the coder. Letters by what they print; digits by their place, since AZERTY prints them
// with Shift only. `remap` leaves room for the user's own keys: a list like DEFAULT_KEYS, looked up first.

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
  { command: "extendRight", keys: ["Shift+ArrowRight"], group: "select" },
  { command: "extendLeft", keys: ["Shift+ArrowLeft"], group: "select" },
  { command: "extendDown", keys: ["Shift+ArrowDown"], group: "select" },
  { command: "extendUp", keys: ["Shift+ArrowUp"], group: "select" },
  { command: "exactRight", keys: ["Alt+Shift+ArrowRight"], group: "select" },
  { command: "exactLeft", keys: ["Alt+Shift+ArrowLeft"], group: "select" },
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
  { command: "filter", keys: ["f"], group: "go" },
  { command: "nextSuggestion", keys: ["s"], group: "suggest" },
  { command: "previousSuggestion", keys: ["Shift+s"], group: "suggest" },
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

export class Keymap {
  constructor(remap = []) {
    this.commands = new Map();
    for (const { command, keys } of [...DEFAULT_KEYS, ...remap]) {
      for (const key of keys) this.commands.set(key, command);
    }
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
