// A table whose cells are buttons. Folding and sorting are the browser's own; a click on a cell goes to Python.

const kept = new Map(); // per mount: what is folded, how it is sorted, where it was scrolled

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") made.className = value;
    else if (key === "style") made.style.cssText = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

// Siblings are sorted among themselves, so that a tree stays a tree; totals stay last.
function sorted(data, sort) {
  if (!sort) return data.rows;
  const column = data.columns.findIndex((each) => each.key === sort.column);
  if (column < 0) return data.rows;
  const value = new Map(data.rows.map((row, index) => [row.key, data.cells[index][column]?.sort ?? -Infinity]));
  const known = new Set(data.rows.map((row) => row.key));
  const children = new Map();
  for (const row of data.rows) {
    const parent = known.has(row.parent) ? row.parent : null;
    children.set(parent, [...(children.get(parent) ?? []), row]);
  }
  const order = (a, b) => (a.total !== b.total ? (a.total ? 1 : -1) : 0) || sort.sign * compare(value.get(a.key), value.get(b.key));
  const walk = (parent) => (children.get(parent) ?? []).sort(order).flatMap((row) => [row, ...walk(row.key)]);
  return walk(null);
}

function compare(a, b) {
  return typeof a === "string" && typeof b === "string" ? -a.localeCompare(b, "fr", { numeric: true }) : a === b ? 0 : a < b ? -1 : 1;
}

function visible(rows, folded) {
  const parents = new Map(rows.map((row) => [row.key, row.parent]));
  return rows.filter((row) => {
    for (let above = row.parent; above; above = parents.get(above)) if (folded.has(above)) return false;
    return true;
  });
}

function tabbed(data, rows) {
  const line = (cells) => cells.map((text) => text.replaceAll(/\s+/g, " ")).join("\t");
  const index = new Map(data.rows.map((row, number) => [row.key, number]));
  const body = rows.map((row) =>
    line([`${"    ".repeat(row.depth)}${row.label}`.trimEnd(), ...data.cells[index.get(row.key)].map((cell) =>
      cell ? [cell.main, cell.sub].filter(Boolean).join(" · ") : "")]));
  return [line([data.corner, ...data.columns.map((column) => [column.label, column.sub].filter(Boolean).join(" · "))]), ...body].join("\n");
}

export default function grid({ data, key, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".grid");
  const mine = kept.get(key) ?? { folded: new Set(), sort: null, top: 0, left: 0, focus: null };
  kept.set(key, mine);
  const parents = new Set(data.rows.map((row) => row.parent).filter(Boolean));

  const remember = (event) => Object.assign(mine, { top: event.target.scrollTop, left: event.target.scrollLeft });

  const redraw = () => {
    const place = { top: mine.top, left: mine.left };
    const hadFocus = root.getRootNode().activeElement?.dataset?.at ?? null;
    root.replaceChildren(tools(), frame());
    const frameNow = root.querySelector(".frame");
    frameNow.scrollTop = place.top;
    frameNow.scrollLeft = place.left;
    if (hadFocus) root.querySelector(`[data-at="${CSS.escape(hadFocus)}"]`)?.focus({ preventScroll: true });
  };

  const tools = () => {
    const bar = element("div", { class: "tools" });
    if (parents.size) {
      bar.append(
        element("button", { type: "button", onclick: () => { mine.folded = new Set(parents); redraw(); } }, data.words.fold_all),
        element("button", { type: "button", onclick: () => { mine.folded = new Set(); redraw(); } }, data.words.unfold_all));
    }
    const copy = element("button", { type: "button" }, data.words.copy);
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(tabbed(data, visible(sorted(data, mine.sort), mine.folded)));
      copy.textContent = data.words.copied;
      setTimeout(() => { copy.textContent = data.words.copy; }, 1500);
    });
    bar.append(copy);
    return bar;
  };

  const head = () => element("thead", {}, element("tr", {},
    element("th", { class: "corner", scope: "col" }, data.corner, data.under ? element("small", {}, data.under) : null),
    ...data.columns.map((column) => {
      const sign = mine.sort?.column === column.key ? mine.sort.sign : 0;
      const turn = () => {
        mine.sort = sign === 0 ? { column: column.key, sign: -1 } : sign === -1 ? { column: column.key, sign: 1 } : null;
        redraw();
      };
      return element("th", {
        scope: "col", class: [column.total && "total", column.text && "text", column.centred && "centred"].filter(Boolean).join(" "),
        "aria-sort": sign === 0 ? "none" : sign < 0 ? "descending" : "ascending",
      }, element("button", { type: "button", title: data.words.sort, onclick: turn },
        element("span", {}, column.label), element("span", { class: "arrow", "aria-hidden": "true" }, sign > 0 ? "↑" : "↓"),
        column.sub ? element("small", {}, column.sub) : null));
    })));

  const name = (row) => {
    const folded = mine.folded.has(row.key);
    const fold = element("button", {
      type: "button", class: parents.has(row.key) ? "fold" : "fold none", "aria-expanded": String(!folded),
      "aria-label": `${folded ? data.words.unfold : data.words.fold} ${row.label}`,
      onclick: () => { if (folded) mine.folded.delete(row.key); else mine.folded.add(row.key); redraw(); },
    });
    const swatch = row.color ? element("span", { class: "swatch", style: `background:${row.color}`, "aria-hidden": "true" }) : null;
    return element("th", { scope: "row", title: row.title || null },
      element("div", { class: "name", style: `--depth:${row.depth}` }, parents.size ? fold : null, swatch, element("span", { class: "label" }, row.label)));
  };

  const cell = (row, column, content) => {
    const at = `${row.key} ${column.key}`;
    const picked = data.picked && data.picked[0] === row.key && data.picked[1] === column.key;
    const classes = [column.total && "total", column.text && "text", column.centred && "centred", picked && "picked", content?.tone && `tone-${content.tone}`].filter(Boolean).join(" ");
    const inside = content === null ? ["·"] : [
      content.marks ? element("span", { class: "marks" }, content.marks) : null,
      element("span", {}, content.main),
      content.sub ? element("small", {}, content.sub) : null,
    ];
    const live = content !== null && content.live;
    const button = element(live ? "button" : "span", {
      class: `cell${content === null ? " void" : ""}`, type: live ? "button" : null, title: content?.title || data.nothing || null, "data-at": at,
      tabindex: live ? "0" : null, "aria-pressed": live && picked ? "true" : null,
      "aria-label": live ? `${row.label}, ${column.label}, ${content.title || [content.main, content.sub].join(" ")}` : null,
      onclick: live ? () => setStateValue("clicked", { row: row.key, column: column.key, at: Date.now() }) : null,
    }, ...inside);
    return element("td", { class: classes, style: content ? `--tint:${content.tint}` : null }, button);
  };

  const frame = () => {
    const index = new Map(data.rows.map((row, number) => [row.key, number]));
    const rows = visible(sorted(data, mine.sort), mine.folded);
    const body = element("tbody", { onkeydown: move }, ...rows.map((row) => element("tr", {
      class: [row.total && "total", parents.has(row.key) && row.depth === 0 && "root"].filter(Boolean).join(" "),
    }, name(row), ...data.columns.map((column, number) => cell(row, column, data.cells[index.get(row.key)][number])))));
    return element("div", { class: "frame", onscroll: remember, style: data.height ? `max-height:${data.height}` : null },
      element("table", {}, data.caption ? element("caption", {}, data.caption) : null, head(), body));
  };

  const move = (event) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    const from = event.target.closest("td");
    if (!step || !from) return;
    const rows = [...root.querySelectorAll("tbody tr")];
    let [line, place] = [rows.indexOf(from.parentElement), from.cellIndex];
    for (;;) { // past what cannot be clicked
      line += step[0];
      place += step[1];
      const next = rows[line]?.cells[place];
      if (!next || next.tagName !== "TD") return;
      const button = next.querySelector("button");
      if (button) {
        event.preventDefault();
        button.focus();
        return;
      }
    }
  };

  redraw();
  const picked = JSON.stringify(data.picked);
  if (data.picked && picked !== mine.picked) root.querySelector("td.picked")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  mine.picked = picked;
}
