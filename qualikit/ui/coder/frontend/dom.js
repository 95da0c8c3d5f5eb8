// Making elements without innerHTML: what an evaluator's file contains is never read as markup.

/** h("button.qkc-x.qkc-y", {type: "button", onclick: f}, "text", child…) */
export function h(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag || "div");
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "style") Object.entries(value).forEach(([property, v]) => element.style.setProperty(property, v));
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** The words of the interface, as Python sent them. */
export class Words {
  constructor(labels = {}) {
    this.labels = labels;
    this.lang = labels.lang ?? "fr";
    // Made once: toLocaleString makes its own at every call, and that is milliseconds.
    this.plural = new Intl.PluralRules(this.lang);
    this.number = new Intl.NumberFormat(this.lang);
    this.hour = new Intl.DateTimeFormat(this.lang, { hour: "2-digit", minute: "2-digit" });
  }

  /** The sentence named `key`, with {names} filled in; {key_filter} is the key in force for the command « filter ». */
  say(key, values = {}) {
    const text = this.labels[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? this.#key(name) ?? whole);
  }

  #key(name) {
    if (!this.keymap || !name.startsWith("key_")) return undefined;
    const [key] = this.keymap.keys(name.slice(4));
    return key ? this.chord(key) : "—";
  }

  /** The parts of a key as they are printed on a keyboard: « Maj », « N ». */
  chordParts(key) {
    const parts = key === "+" || key.endsWith("++") ? [...key.slice(0, -1).split("+").filter(Boolean), "+"] : key.split("+");
    return parts.map((part) => this.labels[`key_${part}`] ?? (part.length === 1 ? part.toLocaleUpperCase(this.lang) : part));
  }

  chord(key) {
    return this.chordParts(key).join("+");
  }

  /** The sentence for a number: `key_one` or `key_other`. */
  count(key, n, values = {}) {
    const form = this.plural.select(n) === "one" ? "one" : "other";
    return this.say(`${key}_${form}`, { n: this.number.format(n), ...values });
  }

  time(date) {
    return this.hour.format(date);
  }
}

/** 75.2 → « 1:15 », 3675 → « 1:01:15 ». */
export function clock(seconds) {
  const whole = Math.floor(seconds);
  const [h1, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n) => String(n).padStart(2, "0");
  return h1 ? `${h1}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Call f once, at the next frame, however often it is asked for. */
export function eachFrame(f) {
  let asked = 0;
  const run = () => {
    asked = 0;
    f();
  };
  const ask = () => {
    asked ||= requestAnimationFrame(run);
  };
  ask.cancel = () => {
    cancelAnimationFrame(asked);
    asked = 0;
  };
  return ask;
}

/** Call f when the frame being prepared is on the screen, or nearly: rAF, then the first task after it. */
export function afterPaint(f) {
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = f;
    channel.port2.postMessage(null);
  });
}

/** A colour square and a name, as everywhere in the coder. */
export function swatch(code, tints) {
  return h("span.qkc-swatch", { "aria-hidden": "true", style: { "--qkc-c": tints.get(code?.id)?.stripe ?? "#888" } });
}
