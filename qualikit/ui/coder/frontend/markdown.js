// Markdown as people write it in a memo, read into blocks and made into elements: paragraphs, headings, lists, quotes,
// code, emphasis. Nothing else is read, no markup is let through: what a memo holds becomes text nodes.

import { h } from "./dom.js";

const DEEPEST = 6; // lists and quotes inside each other

const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const FENCE = /^\s*(```|~~~)/;
const QUOTE = /^\s{0,3}>\s?/;
const ITEM = /^(\s*)(?:([-*+•–])|(\d{1,4})[.)])\s+(.*)$/;

/**
 * Blocks of a text: {tag: "p" | "h", level, spans} · {tag: "ul" | "ol", start, items: [[block…]…]} ·
 * {tag: "blockquote", blocks} · {tag: "pre", text}. `spans`: see `inline`.
 */
export function blocks(text, depth = 0) {
  return read(text.replace(/\r\n?/g, "\n").split("\n"), depth);
}

function read(lines, depth) {
  const found = [];
  let paragraph = [];
  const end = () => {
    if (paragraph.length) found.push({ tag: "p", spans: inline(paragraph.join("\n")) });
    paragraph = [];
  };
  for (let i = 0; i < lines.length; ) {
    const line = lines[i];
    const fence = FENCE.exec(line);
    const heading = HEADING.exec(line);
    if (!line.trim()) {
      end();
      i += 1;
    } else if (fence) {
      end();
      let to = i + 1;
      while (to < lines.length && !lines[to].trim().startsWith(fence[1])) to += 1;
      found.push({ tag: "pre", text: lines.slice(i + 1, to).join("\n") });
      i = to + 1;
    } else if (heading) {
      end();
      found.push({ tag: "h", level: heading[1].length, spans: inline(heading[2]) });
      i += 1;
    } else if (QUOTE.test(line) && depth < DEEPEST) {
      end();
      let to = i;
      while (to < lines.length && QUOTE.test(lines[to])) to += 1;
      found.push({ tag: "blockquote", blocks: read(lines.slice(i, to).map((each) => each.replace(QUOTE, "")), depth + 1) });
      i = to;
    } else if (ITEM.test(line) && depth < DEEPEST) {
      end();
      const [list, to] = readList(lines, i, depth);
      found.push(list);
      i = to;
    } else {
      paragraph.push(line.trim());
      i += 1;
    }
  }
  end();
  return found;
}

/** The list that begins at a line, and the line after it. What is indented below an item is part of it. */
function readList(lines, from, depth) {
  const [, indent, , number] = ITEM.exec(lines[from]);
  const list = { tag: number ? "ol" : "ul", start: number ? Number(number) : 1, items: [] };
  let i = from;
  while (i < lines.length) {
    const item = ITEM.exec(lines[i]);
    if (!item || item[1].length !== indent.length || Boolean(item[3]) !== Boolean(number)) break;
    const inside = [item[4]];
    i += 1;
    while (i < lines.length && lines[i].trim() && /^\s/.test(lines[i]) && lines[i].search(/\S/) > indent.length) {
      inside.push(lines[i].slice(Math.min(lines[i].search(/\S/), indent.length + 2)));
      i += 1;
    }
    list.items.push(read(inside, depth + 1));
  }
  return [list, i];
}

const INLINE = [
  ["escape", /\\([\\`*_[\]()#>!~-])/y],
  ["code", /`([^`\n]+)`/y],
  ["strong", /\*\*(?=\S)((?:[^*]|\*(?!\*))+?)(?<=\S)\*\*/y],
  ["strong", /__(?=\S)((?:[^_]|_(?!_))+?)(?<=\S)__(?![\p{L}\p{N}])/uy],
  ["em", /\*(?=\S)([^*\n]+?)(?<=\S)\*/y],
  ["em", /_(?=\S)([^_\n]+?)(?<=\S)_(?![\p{L}\p{N}])/uy],
  ["link", /!?\[([^\]\n]*)\]\(([^)\s]*)\)/y],
];

/** Spans of a line: text, or {tag: "strong" | "em", spans}, {tag: "code", text}, {tag: "link", text, to}, {tag: "br"}. */
export function inline(text) {
  const found = [];
  let plain = "";
  const end = () => {
    if (plain) found.push(plain);
    plain = "";
  };
  for (let i = 0; i < text.length; ) {
    if (text[i] === "\n") {
      end();
      found.push({ tag: "br" });
      i += 1;
      continue;
    }
    const hit = marked(text, i);
    if (!hit) {
      plain += text[i];
      i += 1;
      continue;
    }
    const [kind, match] = hit;
    if (kind === "escape") plain += match[1];
    else {
      end();
      if (kind === "code") found.push({ tag: "code", text: match[1] });
      else if (kind === "link") found.push({ tag: "link", text: match[1] || match[2], to: match[2] });
      else found.push({ tag: kind, spans: inline(match[1]) });
    }
    i += match[0].length;
  }
  end();
  return found;
}

function marked(text, i) {
  if (!"\\`*_[!".includes(text[i])) return null;
  // « prix_du_matin » is one word.
  const inWord = text[i] === "_" && i > 0 && /[\p{L}\p{N}]/u.test(text[i - 1]);
  for (const [kind, pattern] of INLINE) {
    if (inWord && pattern.source.startsWith("_")) continue;
    pattern.lastIndex = i;
    const match = pattern.exec(text);
    if (match) return [kind, match];
  }
  return null;
}

/** The words without their marks, for a line of a list. */
export function plainWords(text) {
  const words = (spans) =>
    spans.map((span) => (typeof span === "string" ? span : span.spans ? words(span.spans) : span.tag === "br" ? " " : span.text)).join("");
  const each = (block) => {
    if (block.tag === "pre") return block.text;
    if (block.spans) return words(block.spans);
    return (block.blocks ?? block.items.flat()).map(each).join(" ");
  };
  return blocks(text).map(each).join(" ").replace(/\s+/g, " ").trim();
}

/** Elements that show a text. Links are words, not ways out of the page. */
export function rendered(text) {
  return blocks(text).map(element);
}

function element(block) {
  if (block.tag === "pre") return h("pre.qkc-md-code", {}, block.text);
  if (block.tag === "blockquote") return h("blockquote", {}, block.blocks.map(element));
  if (block.tag === "h") return h("p.qkc-md-heading", { "data-level": block.level }, block.spans.map(span));
  if (block.tag === "p") return h("p", {}, block.spans.map(span));
  const start = block.tag === "ol" && block.start !== 1 ? block.start : null;
  return h(`${block.tag}.qkc-md-list`, { start }, block.items.map((item) => h("li", {}, item.map(inItem))));
}

/** A paragraph alone in an item needs none of its own. */
function inItem(block) {
  return block.tag === "p" ? h("span", {}, block.spans.map(span)) : element(block);
}

function span(part) {
  if (typeof part === "string") return part;
  if (part.tag === "br") return h("br");
  if (part.tag === "code") return h("code", {}, part.text);
  if (part.tag === "link") return h("span.qkc-md-link", { title: part.to }, part.text);
  return h(part.tag, {}, part.spans.map(span));
}
