// One passage: its words between those around them, who says them, where, and what was made of them.

import { h, swatch } from "../dom.js";

const oneLine = (text) => text.replace(/\s+/gu, " ");

/** @param list what draws it: words, codes, tints, doc titles, acts */
export function card(list, place, row, { open, ticked, group }) {
  const { words } = list;
  const article = h("article.qkr-card", {
    role: "article",
    tabindex: "-1",
    "data-place": place,
    "aria-posinset": place + 1,
    "aria-setsize": list.total,
    "aria-busy": row ? null : "true",
  });
  if (!row) {
    const code = list.codes.get(list.codeIds[list.data.code[place]]);
    article.append(h("p.qkr-quote.qkr-later", {}, "…"), h("p.qkr-source", {}, swatch(code, list.tints), ` ${code?.name ?? ""} · ${list.data.titles[list.data.document[place]] ?? ""}`));
    return article;
  }
  article.classList.toggle("qkr-open", open);
  article.classList.toggle("qkr-gone", Boolean(row.gone));
  article.classList.toggle("qkr-chosen", Boolean(row.chosen));
  article.classList.toggle("qkr-pending", Boolean(row.pending));
  const code = list.codes.get(row.code);
  article.setAttribute("aria-label", [oneLine(row.quote).slice(0, 200), row.source, code?.name, row.chosen && words.say("is_verbatim"), row.gone && words.say("is_gone")].filter(Boolean).join(". "));
  const tick = h("input.qkr-tick", { type: "checkbox", tabindex: "-1", "aria-label": words.say("tick") });
  tick.checked = ticked;
  article.append(tick, open ? whole(row) : closed(row), about(list, row, code), tools(list, row));
  if (open) article.append(...more(list, row));
  return article;
}

function closed(row) {
  // What fits before the passage, from a word on.
  const all = oneLine(row.before);
  const start = all.length > 90 ? `…${all.slice(-90).replace(/^\S*\s/u, "")}` : all;
  return h(
    "div.qkr-text",
    {},
    h("p.qkr-quote", {}, h("span.qkr-around", {}, start), h("mark", {}, oneLine(row.quote)), h("span.qkr-around", {}, oneLine(row.after).slice(0, 400))),
  );
}

function whole(row) {
  return h("div.qkr-text", {}, h("p.qkr-whole", {}, h("span.qkr-around", {}, row.cut ? `…${row.before.replace(/^\S*\s/u, "")}` : row.before), h("mark", {}, row.quote), h("span.qkr-around", {}, row.after)));
}

function about(list, row, code) {
  const { words } = list;
  return h(
    "p.qkr-source",
    {},
    h("span.qkr-code", {}, swatch(code, list.tints), h("b", {}, code?.name ?? "")),
    h("span", {}, row.source),
    row.coders.length > 1 || !row.mine ? h("span", {}, row.coders.join(", ")) : null,
    row.chosen ? h("span.qkr-star", {}, `★ ${words.say("is_verbatim")}`) : null,
    row.memo ? h("span.qkr-has-memo", { title: row.memo }, `✎ ${words.say("memo")}`) : null,
    row.codes.length ? h("span.qkr-also", {}, words.say("also", { names: row.codes.map((id) => list.codes.get(id)?.name).filter(Boolean).join(", ") })) : null,
    row.gone ? h("strong.qkr-lost", {}, words.say("is_gone")) : null,
  );
}

function tools(list, row) {
  const { words } = list;
  const button = (act, sign, label = words.say(`do_${act}`)) =>
    h("button.qkr-tool", { type: "button", tabindex: "-1", "data-act": act, title: label, "aria-label": label }, sign);
  return h(
    "div.qkr-tools",
    {},
    button("recode", "⇄"),
    button("memo", "✎"),
    h("button.qkr-tool", { type: "button", tabindex: "-1", "data-act": "verbatim", "aria-pressed": String(Boolean(row.chosen)), title: words.say("do_verbatim"), "aria-label": words.say("do_verbatim") }, row.chosen ? "★" : "☆"),
    button("remove", "×"),
    button("alike", "≈"),
    button("coder", "↗"),
  );
}

function more(list, row) {
  const { words } = list;
  const parts = row.beside.map(([code, quote]) =>
    h("p.qkr-beside", {}, swatch(list.codes.get(code), list.tints), h("b", {}, list.codes.get(code)?.name ?? ""), ` « ${oneLine(quote)} »`),
  );
  for (const [coder, text] of row.memos) parts.push(h("p.qkr-memo", {}, h("b", {}, `${coder} `), text));
  if (row.memo) parts.push(h("p.qkr-memo", {}, h("b", {}, `${words.say("memo")} `), row.memo));
  return parts;
}
