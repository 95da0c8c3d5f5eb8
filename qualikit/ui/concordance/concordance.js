// Hits as lines aligned on what was found. Which are ticked is painted here at once, then sent; a click on a line opens it.

const kept = new Map(); // per mount: where it was scrolled, what it showed, the line ticked last

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") made.className = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

export default function concordance({ data, key, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".concordance");
  const mine = kept.get(key) ?? { top: 0, page: null, last: null };
  kept.set(key, mine);
  if (mine.page !== data.page) Object.assign(mine, { top: 0, page: data.page, last: null });
  const focused = root.getRootNode().activeElement?.dataset?.key ?? null;
  const ticked = new Set(data.ticked);

  const boxes = new Map();
  const all = element("input", { type: "checkbox", "aria-label": data.words.all, title: data.words.all, onchange: () => tick(data.rows.map((row) => row.key), all.checked) });

  const paint = () => {
    for (const [name, box] of boxes) {
      box.checked = ticked.has(name);
      box.closest("tr").classList.toggle("checked", box.checked);
    }
    const number = data.rows.filter((row) => ticked.has(row.key)).length;
    all.checked = number > 0 && number === data.rows.length;
    all.indeterminate = number > 0 && number < data.rows.length;
  };

  const tick = (names, on) => {
    for (const name of names) if (on) ticked.add(name); else ticked.delete(name);
    paint();
    setStateValue("ticked", { page: data.page, keys: data.rows.map((row) => row.key).filter((name) => ticked.has(name)), at: Date.now() });
  };

  const line = (row, number) => {
    const box = element("input", { type: "checkbox", "data-key": row.key, "aria-label": `${data.words.tick} ${row.match}, ${row.document}` });
    box.addEventListener("click", (event) => {
      const from = event.shiftKey && mine.last !== null ? mine.last : number;
      mine.last = number;
      tick(data.rows.slice(Math.min(from, number), Math.max(from, number) + 1).map((each) => each.key), box.checked);
    });
    boxes.set(row.key, box);
    const open = element("button", { type: "button", title: data.words.open, onclick: () => setStateValue("opened", { key: row.key, at: Date.now() }) },
      element("span", { class: "left" }, element("span", {}, row.left)),
      element("span", { class: "right" }, element("mark", {}, row.match), row.right));
    return element("tr", {},
      element("td", { class: "check" }, box),
      element("td", { class: "line" }, open),
      element("td", { class: "who", title: row.who }, row.who),
      element("td", { class: "where", title: row.document }, row.document),
      element("td", { class: "place quiet", title: row.territory }, row.territory));
  };

  const head = element("tr", {},
    element("th", { class: "check", scope: "col" }, all),
    element("th", { class: "line", scope: "col" }, element("div", {}, element("span", {}, data.words.before), element("span", {}, data.words.found))),
    element("th", { class: "who", scope: "col" }, data.words.who),
    element("th", { class: "where", scope: "col" }, data.words.document),
    element("th", { class: "place", scope: "col" }, data.words.territory));
  const frame = element("div", { class: "frame", tabindex: "-1", onscroll: (event) => { mine.top = event.target.scrollTop; } },
    element("table", {}, element("caption", {}, data.words.caption), element("thead", {}, head), element("tbody", {}, ...data.rows.map(line))));
  root.replaceChildren(frame);
  paint();
  frame.scrollTop = mine.top;
  if (focused) root.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}
