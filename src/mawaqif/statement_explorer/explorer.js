// Draws the explorer and sends what a person does to the kernel. Texts become text nodes, never HTML.

const SETTLE_MS = 180; // typing rests this long before the kernel is asked

function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  // JupyterLab takes single keys for its cells (D, D deletes one) unless the very element that has the focus says no.
  element.setAttribute("data-lm-suppress-shortcuts", "true");
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && name !== "list") element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

// Puts new children in an element; whoever had the keyboard in it keeps it.
function renew(element, children) {
  children = children.filter((child) => child !== null);
  const held = element.contains(document.activeElement) ? document.activeElement.dataset.hold : undefined;
  element.replaceChildren(...children);
  if (held) element.querySelector(`[data-hold="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
}

// Opens the passage of a point that is clicked in the chart of the output before. JupyterLab draws the chart when it
// comes to it, and anew when it likes, which forgets who listens: after every change it is listened to again.
function followChart(root, open) {
  const findId = (event) => [event.points[0].customdata].flat()[0];
  const findChart = () => {
    const own = root.closest(".jp-OutputArea-child");
    for (let other = own?.previousElementSibling; other; other = other.previousElementSibling) {
      const chart = other.querySelector(".js-plotly-plot");
      if (chart) return chart;
    }
    return null;
  };
  const point = (is) => findChart()?.querySelectorAll(".nsewdrag").forEach((area) => { area.style.cursor = is ? "pointer" : ""; });
  const heard = {
    plotly_click: (event) => { const id = findId(event); if (id) open(id); },
    plotly_hover: (event) => point(Boolean(findId(event))),
    plotly_unhover: () => point(false),
  };
  const meet = () => {
    const chart = findChart();
    if (!chart?.on) return;
    for (const [name, handler] of Object.entries(heard)) {
      chart.removeListener(name, handler);
      chart.on(name, handler);
    }
    root.dataset.chart = "met";
  };
  const watch = new MutationObserver(meet);
  let frame = 0;
  const begin = () => {
    const area = root.closest(".jp-OutputArea");
    if (area) watch.observe(area, { childList: true, subtree: true });
    else frame = requestAnimationFrame(begin); // not in the page yet
    meet();
  };
  begin();
  return () => { watch.disconnect(); cancelAnimationFrame(frame); };
}

// Opens the passage behind a number that is clicked in the table or text of the output before: `open` is told where the
// link leads, and where the others of its row or sentence do.
function followLinks(root, open) {
  const TO = 'a[href^="#s-"], a[href^="#evidence?n="]';
  const target = (link) => link.getAttribute("href").slice(1);
  const follow = (event) => {
    const own = root.closest(".jp-OutputArea-child"), link = event.target.closest?.(TO);
    const its = link?.closest(".jp-OutputArea-child");
    if (!own || !its || its === own || its !== own.previousElementSibling) return;
    event.preventDefault();
    event.stopPropagation();
    const beside = [...(link.closest("tr, li") ?? link.parentElement).querySelectorAll(TO)];
    root.beside = beside.length > 1 ? beside : [...its.querySelectorAll(TO)];
    its.querySelectorAll("a.is-open").forEach((other) => other.classList.remove("is-open"));
    link.classList.add("is-open");
    open(target(link), beside.map(target));
  };
  let area = null, frame = 0;
  const begin = () => {
    area = root.closest(".jp-OutputArea");
    if (!area) { frame = requestAnimationFrame(begin); return; } // not in the page yet
    area.addEventListener("click", follow, true);
    root.dataset.list = "met";
  };
  begin();
  return () => { area?.removeEventListener("click", follow, true); cancelAnimationFrame(frame); };
}

function render({ model, el }) {
  const { language, words, scale, of } = model.get("about");
  const isOfOutput = of !== "";
  const steps = Object.fromEntries(scale.map((step) => [step.key, step]));
  const paint = (key) => (steps[key] ? `--light:${steps[key].colour};--dark:${steps[key].on_dark}` : "");
  let timer = null;

  // --- asking --------------------------------------------------------------------------------------------------

  const ask = (changes) => {
    model.set("query", { ...model.get("query"), page: 0, ...changes });
    model.save_changes();
  };
  const askSoon = (changes) => {
    clearTimeout(timer);
    timer = setTimeout(() => ask(changes()), SETTLE_MS);
  };
  const open = (id) => {
    model.set("selected", id);
    model.save_changes();
  };
  const step = (by) => model.send({ kind: "step", by });
  const chosen = (facet) => model.get("query").facets?.[facet] ?? [];
  const choose = (changes) => ask({ facets: { ...model.get("query").facets, ...changes } });
  const toggle = (facet, key, is) =>
    choose({ [facet]: is ? [...chosen(facet), key] : chosen(facet).filter((other) => other !== key) });
  const badge = (key, label) =>
    make("span", { className: "mq-step", title: label },
      make("i", { className: "mq-swatch", style: paint(key) }),
      make("span", {}, ...split(label)));
  // A step's number, and its name, which is left out where there is no room.
  const split = (label) => {
    const [, number, name] = label.match(/^(\u200e?[+\u2212]?\d)( .*)$/) ?? [];
    return number ? [make("b", { textContent: number }), make("span", { className: "mq-says", textContent: name })] : [label];
  };

  // --- filters -------------------------------------------------------------------------------------------------

  const search = make("input", {
    type: "search", className: "mq-search", placeholder: words.search, "aria-label": words.search, dir: "auto",
    value: model.get("query").words ?? "", oninput: () => askSoon(() => ({ words: search.value })),
  });
  const day = (name) => make("input", {
    type: "date", value: model.get("query")[name] ?? "", oninput: (event) => askSoon(() => ({ [name]: event.target.value })),
  });
  const since = day("since"), until = day("until");
  const order = make("select", { onchange: () => ask({ order: order.value }) },
    ...Object.entries(words.orders).map(([value, textContent]) => make("option", { value, textContent })));
  order.value = model.get("query").order;
  const facets = Object.fromEntries(Object.entries(words.facets).map(([name, label]) => {
    const summary = make("summary"), list = make("div", { className: "mq-options" });
    list.setAttribute("role", "group");
    list.setAttribute("aria-label", fill(words.options, { label }));
    const box = make("details", { className: "mq-facet", name: "mq-facets" }, summary, list);
    return [name, { box, summary, list, label }];
  }));
  const shut = (except) => Object.values(facets).forEach(({ box }) => { if (box !== except) box.open = false; });
  Object.values(facets).forEach(({ box }) => box.addEventListener("toggle", () => { if (box.open) shut(box); }));
  const chips = make("div", { className: "mq-chips" });
  const clear = make("button", { type: "button", className: "mq-clear", textContent: words.clear, onclick: () => {
    search.value = since.value = until.value = "";
    ask({ facets: {}, words: "", since: "", until: "" });
  } });
  const filters = make("div", { className: "mq-filters" }, search,
    ...Object.values(facets).map(({ box }) => box),
    make("label", {}, words.since, since), make("label", {}, words.until, until), make("label", {}, words.order, order));

  function showFilters() {
    const view = model.get("view"), labels = [];
    for (const [name, { summary, list, label }] of Object.entries(facets)) {
      const picked = new Set(chosen(name));
      summary.textContent = picked.size ? `${label} (${picked.size})` : label;
      renew(list, view.facets[name].map((option) => {
        if (picked.has(option.key)) labels.push([name, option]);
        const tick = make("input", {
          type: "checkbox", checked: picked.has(option.key), "data-hold": `${name}-${option.key}`,
          onchange: (event) => toggle(name, option.key, event.target.checked),
        });
        return make("label", {}, tick, make("bdi", { textContent: option.label }),
          make("span", { className: "mq-count", textContent: option.count }));
      }));
    }
    renew(chips, labels.map(([name, option]) => make("button", {
      type: "button", className: "mq-chip", title: fill(words.remove, { label: option.label }),
      "aria-label": fill(words.remove, { label: option.label }), "data-hold": `chip-${name}-${option.key}`,
      onclick: () => toggle(name, option.key, false),
    }, make("bdi", { textContent: option.label }), " ×")));
    const { words: typed, since: from, until: to } = model.get("query");
    clear.hidden = !(labels.length || typed || from || to);
  }

  // --- chart ---------------------------------------------------------------------------------------------------

  const chart = make("div", { className: "mq-chart" });
  chart.setAttribute("role", "group");
  chart.setAttribute("aria-label", words.chart);
  const dotsOf = () => [...chart.querySelectorAll("button")];

  function showChart() {
    const rows = model.get("view").chart;
    const head = make("div", { className: "mq-row mq-head" }, make("span"),
      ...scale.map((s) => {
        return make("span", { title: s.label }, ...split(s.label));
      }));
    const body = rows.map((row) => make("div", { className: "mq-row" },
      make("bdi", { className: "mq-name", textContent: row.label, title: row.label }),
      ...row.cells.map((cell, place) => makeCell(row, cell, scale[place]))));
    renew(chart, rows.length ? [head, ...body] : [make("p", { textContent: words.no_chart })]);
    const [first] = dotsOf();
    if (first) (chart.querySelector(".is-open") ?? first).tabIndex = 0;
  }
  function makeCell(row, cell, s) {
    const label = fill(words.dot, { actor: row.label, step: s.label });
    const dots = cell.dots.map((dot) => make("button", {
      type: "button", tabIndex: -1, className: `mq-dot${dot.forecast ? " is-forecast" : ""}${dot.id === model.get("selected") ? " is-open" : ""}`,
      style: paint(s.key), title: label, "aria-label": label, "data-hold": `dot-${dot.id}`, "data-id": dot.id,
      onclick: () => open(dot.id),
    }));
    const rest = cell.n - cell.dots.length;
    const more = rest > 0 ? make("button", {
      type: "button", tabIndex: -1, className: "mq-more", textContent: `+${rest}`, "data-hold": `more-${row.key}-${s.key}`,
      "aria-label": fill(words.more, { n: rest, actor: row.label, step: s.label }),
      onclick: () => choose({ actor: [row.key], stance: [s.key] }),
    }) : null;
    return make("span", { className: "mq-cell", style: paint(s.key) }, ...dots, more);
  }
  // One stop for the keyboard; arrows go from dot to dot.
  chart.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const dots = dotsOf(), at = dots.indexOf(document.activeElement);
    if (!by || at < 0) return;
    event.preventDefault();
    const isTurned = language === "ar" && event.key.match(/Left|Right/);
    const next = dots[Math.min(Math.max(at + (isTurned ? -by : by), 0), dots.length - 1)];
    dots[at].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });

  // --- rows ----------------------------------------------------------------------------------------------------

  const found = make("p", { className: "mq-found" });
  found.setAttribute("role", "status");
  const body = make("tbody");
  const table = make("table", { className: "mq-table" },
    make("thead", {}, make("tr", {}, ...["speaker", "stance", "words", "article"].map((name) =>
      make("th", { scope: "col", className: `mq-${name}`, textContent: words[name] })))), body);
  const box = make("div", { className: "mq-rows" }, table);
  const pages = make("div", { className: "mq-pages" });

  function showRows() {
    const view = model.get("view"), selected = model.get("selected");
    found.textContent = view.total ? fill(words.found, { n: view.total, all: view.all }) : words.nothing;
    renew(body, view.rows.map((row) => {
      const line = make("tr", {
        tabIndex: -1, className: row.id === selected ? "is-open" : "", "data-id": row.id, "data-hold": `row-${row.id}`,
        onclick: () => open(row.id),
      },
      make("td", { className: "mq-speaker" }, make("bdi", { textContent: row.actor }), make("small", { textContent: row.camp })),
      make("td", { className: "mq-stance" }, badge(row.stance, row.step), make("small", { textContent: row.modality })),
      make("td", { className: "mq-words", lang: "ar", dir: "rtl" }, make("div", { textContent: row.quote })),
      make("td", { className: "mq-article" }, make("bdi", { textContent: row.article }), make("small", {}, make("bdi", { textContent: row.outlet }))));
      line.setAttribute("aria-selected", String(row.id === selected));
      return line;
    }));
    const stop = body.querySelector(".is-open") ?? body.firstElementChild;
    if (stop) stop.tabIndex = 0;
    const size = model.get("query").page_size, first = view.page * size;
    const turn = (name, to, isOff) => make("button", {
      type: "button", textContent: words[name], disabled: isOff, "data-hold": name, onclick: () => ask({ page: to }),
    });
    renew(pages, view.total > size ? [
      turn("before", view.page - 1, view.page === 0),
      make("span", { textContent: fill(words.pages, { first: first + 1, last: Math.min(first + size, view.total), n: view.total }) }),
      turn("after", view.page + 1, first + size >= view.total),
    ] : []);
  }

  // --- passage -------------------------------------------------------------------------------------------------

  const passage = make("section", { className: "mq-passage", tabIndex: -1 });
  passage.setAttribute("aria-live", "polite");

  function showPassage() {
    const told = model.get("passage");
    passage.dataset.id = told.id ?? "";
    if (!told.id) {
      renew(passage, [make("p", { className: "mq-hint", textContent: words[`choose${of && `_${of}`}`] })]);
      return;
    }
    const text = make("div", { className: "mq-text", lang: "ar", dir: "rtl", tabIndex: 0 },
      told.is_cut[0] ? "… " : null,
      ...told.pieces.map((piece) => piece.marks.length
        ? make("mark", { className: piece.marks.map((name) => `mq-is-${name}`).join(" "), textContent: piece.text,
          title: piece.marks.map((name) => words.mark_names[name]).join(", ") })
        : document.createTextNode(piece.text)),
      told.is_cut[1] ? " …" : null);
    text.setAttribute("role", "region");
    text.setAttribute("aria-label", told.article);
    const move = (name, by) => make("button", {
      type: "button", textContent: words[name], "data-hold": `move-${name}`, onclick: () => step(by),
    });
    const whole = make("button", {
      type: "button", textContent: model.get("is_whole") ? words.part : words.whole, "data-hold": "whole",
      onclick: () => { model.set("is_whole", !model.get("is_whole")); model.save_changes(); },
    });
    const total = model.get("view").total;
    const key = words.marks.split(/(\{\w+\})/).map((part) => {
      const name = part.match(/^\{(\w+)\}$/)?.[1];
      return name ? make("mark", { className: `mq-is-${name}`, textContent: words.mark_names[name] }) : part;
    });
    renew(passage, [
      make("header", {}, make("strong", {}, make("bdi", { textContent: told.actor })), badge(told.stance, told.step),
        make("span", { className: "mq-number", textContent: told.number ? `${told.number} / ${total}` : words.outside })),
      make("p", { className: "mq-source" }, make("bdi", { textContent: told.article }), " · ", make("bdi", { textContent: told.outlet })),
      text,
      make("p", { className: "mq-key" }, ...key),
      make("p", { className: "mq-about", textContent: `${told.modality} · ${words.coded}: ${told.coder}` }),
      told.gloss ? make("p", { className: "mq-about", lang: "en", dir: "ltr", textContent: told.gloss }) : null,
      make("div", { className: "mq-moves" }, move("previous", -1), move("next", 1), whole),
    ]);
    const mark = text.querySelector(".mq-is-statement");
    const columns = passage.parentElement;
    const isUnder = isOfOutput || (columns && passage.offsetTop > columns.offsetTop + 20); // the chart or the rows
    if (isUnder) passage.scrollIntoView({ block: "nearest" });
    if (mark) text.scrollTop = mark.offsetTop - text.clientHeight / 4;
  }

  // --- keyboard ------------------------------------------------------------------------------------------------

  const direction = { lang: language, dir: language === "ar" ? "rtl" : "ltr" };
  const root = isOfOutput ? make("div", { className: `mq-explorer mq-of-${of}`, ...direction }, make("div", {}, passage))
    : make("div", { className: "mq-explorer", ...direction },
    filters, make("div", { className: "mq-state" }, found, chips, clear),
    make("div", { className: "mq-columns" },
      make("div", { className: "mq-list" }, make("p", { className: "mq-caption", textContent: words.chart }), chart, box, pages),
      passage));
  root.addEventListener("keydown", (event) => {
    const isTyping = event.target.matches("input, select, textarea");
    if (event.key === "Escape") {
      const open = event.target.closest("details[open]");
      if (open) { open.open = false; open.querySelector("summary").focus(); event.preventDefault(); }
      return;
    }
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { j: 1, J: 1, k: -1, K: -1 }[event.key]
      ?? { KeyJ: 1, KeyK: -1 }[event.code]; // the same keys on an Arabic keyboard
    if (by) { event.preventDefault(); step(by); }
  });
  body.addEventListener("keydown", (event) => {
    const line = event.target.closest("tr");
    if (!line) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (line.classList.contains("is-open")) step(event.key === "ArrowDown" ? 1 : -1);
      else open(line.dataset.id);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      open(line.dataset.id);
    } else if (event.key === "PageDown" || event.key === "PageUp") {
      const button = pages.querySelector(`[data-hold=${event.key === "PageDown" ? "after" : "before"}]`);
      if (button && !button.disabled) { event.preventDefault(); button.click(); }
    }
  });
  root.addEventListener("focusout", (event) => {
    const box = event.target.closest("details");
    if (box && event.relatedTarget && !box.contains(event.relatedTarget)) box.open = false;
  });
  const shutOutside = (event) => { if (!event.target.closest?.(".mq-facet")) shut(null); };
  document.addEventListener("pointerdown", shutOutside);

  // --- what the kernel answers ---------------------------------------------------------------------------------

  let wasInRows = false; // whether the keyboard was in rows that have been replaced
  const showSelection = () => {
    const selected = model.get("selected"), isInRows = wasInRows || body.contains(document.activeElement);
    for (const line of body.children) {
      const is = line.dataset.id === selected;
      line.classList.toggle("is-open", is);
      line.setAttribute("aria-selected", String(is));
      line.tabIndex = is ? 0 : -1;
    }
    const stop = body.querySelector(".is-open") ?? body.firstElementChild;
    if (stop) stop.tabIndex = 0;
    if (isInRows) stop?.focus({ preventScroll: true }); // the keyboard goes with the open row, onto the next page too
    const open = body.querySelector(".is-open"), head = table.tHead.offsetHeight;
    if (open && open.offsetTop - head < box.scrollTop) box.scrollTop = open.offsetTop - head;
    if (open && open.offsetTop + open.offsetHeight > box.scrollTop + box.clientHeight) {
      box.scrollTop = open.offsetTop + open.offsetHeight - box.clientHeight;
    }
    wasInRows = false;
    dotsOf().forEach((dot) => dot.classList.toggle("is-open", dot.dataset.id === selected));
  };
  // In a list the number goes with the statement that is open; one that it only counts has none of its own.
  const showLink = () => {
    const own = (root.beside ?? []).find((link) => link.getAttribute("href") === `#s-${model.get("selected")}`);
    if (own) root.beside.forEach((link) => link.classList.toggle("is-open", link === own));
  };
  const showView = () => {
    if (isOfOutput) return;
    wasInRows = body.contains(document.activeElement);
    showFilters(); showChart(); showRows(); showSelection();
  };
  const showQuery = () => {
    const query = model.get("query");
    for (const [input, name] of [[search, "words"], [since, "since"], [until, "until"], [order, "order"]]) {
      if (document.activeElement !== input) input.value = query[name] ?? "";
    }
  };
  const bound = [["change:view", showView], ["change:query", showQuery], ["change:selected", of === "list" ? showLink : showSelection],
    ["change:passage", showPassage]];
  bound.forEach(([event, shown]) => model.on(event, shown));
  el.append(root);
  showView();
  showPassage();
  const opened = () => passage.focus({ preventScroll: true });
  const leave = of === "chart" ? followChart(root, (id) => { open(id); opened(); })
    : of === "list" ? followLinks(root, (to, beside) => { model.send({ kind: "open", to, of: beside }); opened(); }) : () => {};
  return () => {
    leave();
    bound.forEach(([event, shown]) => model.off(event, shown));
    document.removeEventListener("pointerdown", shutOutside);
  };
}

export default { render };
