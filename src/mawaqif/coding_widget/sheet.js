// The page of the coding sheet. Article text is only ever set as text. Offsets count characters, as in Python, not the
// halves of a surrogate pair.

const KEYS = { a: "accept", r: "reject", u: "withdraw", n: "add", e: "respan", s: "split", m: "merge" };
const NUDGES = { q: ["start", -1], w: ["start", 1], o: ["end", -1], p: ["end", 1] };
const PATIENCE = 8000;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

function make(tag, options = {}, ...children) {
  const { className, text, on = {}, ...attributes } = options;
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== false) node.setAttribute(name, value);
  for (const [name, handler] of Object.entries(on)) node.addEventListener(name, handler);
  node.append(...children.filter((child) => child !== null));
  return node;
}

function countCharacters(text) {
  return Array.from(text).length;
}

// The key as it is on a Latin keyboard: whoever writes Arabic notes need not change the keyboard to give orders.
function latin(event) {
  if (event.key.length !== 1 || event.key.charCodeAt(0) < 128) return event.key;
  const found = /^(?:Key|Digit|Numpad)(\w)$/.exec(event.code || "");
  return found ? found[1].toLowerCase() : event.key;
}

function render({ model, el }) {
  const fixed = model.get("fixed");
  const words = fixed.words;
  const own = `mw${Math.random().toString(36).slice(2)}`;
  let sent = 0;
  let timer = null;
  let passed = ""; // the text of the passage
  let picked = null; // what is selected in it, from and to, in halves of surrogate pairs; a caret where both are the same
  let byPointer = false;

  // A text that takes a caret and a selection, by keyboard too, and no change.
  const passage = make("div", {
    className: "mw-passage", lang: "ar", dir: "rtl", tabindex: "0", contenteditable: "true", spellcheck: "false", inputmode: "none",
    role: "textbox", "aria-multiline": "true", "aria-readonly": "true", "aria-label": words.passage, "aria-describedby": `${own}-hint` });
  const hint = make("div", { className: "mw-hint", id: `${own}-hint`, text: words.hint });
  const pickedLine = make("div", { className: "mw-picked", role: "status", "aria-live": "polite" });
  const status = make("div", { className: "mw-status", role: "status", "aria-live": "polite" });
  const head = make("div", { className: "mw-head" });
  const about = make("div", { className: "mw-about" }); // in the sheet's direction: its lines begin with names of any
  const speaker = make("input", { type: "text", dir: "auto", list: `${own}-speakers`, placeholder: words.speaker_hint, id: `${own}-speaker` });
  const speakers = make("datalist", { id: `${own}-speakers` }, ...fixed.speakers.map((one) => make("option", { value: one.name })));
  const issue = make("select", { id: `${own}-issue` }, ...fixed.issues.map((one) => make("option", { value: one.id, text: one.name })));
  const modality = make("select", { id: `${own}-modality` }, ...fixed.modalities.map((one) => make("option", { value: one.id, text: one.name })));
  const unsure = make("input", { type: "checkbox", id: `${own}-unsure` });
  const note = make("textarea", { rows: "2", dir: "auto", id: `${own}-note` });
  const scale = make("fieldset", { className: "mw-scale" }, make("legend", { text: words.stance }));
  const steps = [...fixed.scale.map((p) => ({ ...p, key: String(p.value + 3) })), { value: null, label: words.no_position, definition: "", key: "0" }];
  for (const step of steps) {
    const radio = make("input", { type: "radio", name: `${own}-stance`, value: step.value === null ? "none" : String(step.value) });
    const sign = step.value === null ? "" : step.value > 0 ? `+${step.value}` : step.value < 0 ? `\u2212${-step.value}` : "0";
    scale.append(
      make("label", { className: "mw-step" }, radio,
        make("kbd", { text: step.key }),
        make("span", { className: "mw-words" },
          make("b", { text: step.label }), sign ? make("bdi", { className: "mw-sign", dir: "ltr", text: sign }) : null,
          step.definition ? make("small", { text: step.definition }) : null)));
  }

  function field(label, control) {
    return make("div", { className: "mw-field" }, make("label", { for: control.id, text: label }), control);
  }

  function button(name, key, className = "") {
    return make("button", { type: "button", className: `mw-button ${className}`, "data-action": name, on: { click: () => order(name) } },
      words[name], key ? make("kbd", { text: key }) : null);
  }

  const buttons = make("div", { className: "mw-buttons" },
    button("save", "\u23CE", "mw-main"), button("accept", "a"), button("reject", "r"), button("withdraw", "u"));
  const tools = make("div", { className: "mw-buttons mw-tools" },
    button("add", "n"), button("respan", "e"), button("split", "s"), button("merge", "m"));
  const nudges = make("div", { className: "mw-nudges", role: "group", "aria-label": words.bounds }, ...["start", "end"].map((side) =>
    make("span", { className: "mw-nudge" }, words[side], ...Object.keys(NUDGES).filter((key) => NUDGES[key][0] === side).map((key) => {
      const label = words[`${side}_${NUDGES[key][1] < 0 ? "earlier" : "later"}`];
      return make("button", {
        type: "button", className: "mw-button", "data-nudge": key, "aria-label": label, title: label, on: { click: () => nudge(key) } },
        NUDGES[key][1] < 0 ? "\u2212" : "+", make("kbd", { text: key }));
    }))));
  const previous = make("button", { type: "button", className: "mw-button", on: { click: () => go(-1) } }, words.previous, make("kbd", { text: "k" }));
  const next = make("button", { type: "button", className: "mw-button", on: { click: () => go(1) } }, words.next, make("kbd", { text: "j" }));
  const form = make("div", { className: "mw-form" },
    field(words.speaker, speaker), speakers, field(words.issue, issue), scale, field(words.modality, modality),
    field(words.note, note), make("label", { className: "mw-check" }, unsure, words.unsure), buttons);
  const left = make("div", { className: "mw-left" }, passage, hint, pickedLine, nudges, tools, about);
  const root = make("section", {
    className: "mw-sheet", dir: fixed.language === "ar" ? "rtl" : "ltr", lang: fixed.language, tabindex: "0",
    "data-lm-suppress-shortcuts": "true", "aria-label": fixed.question },
    make("div", { className: "mw-question", text: fixed.question }),
    make("div", { className: "mw-bar" }, head, make("span", { className: "mw-go" }, previous, next)),
    make("div", { className: "mw-body" }, left, form), status);
  el.append(make("div", { className: "mw-box" }, root));

  // --- showing -------------------------------------------------------------------------------------------------------

  function show() {
    const shown = model.get("shown");
    const item = shown.item;
    passed = item ? item.pieces.map((piece) => piece.text).join("") : "";
    head.replaceChildren();
    passage.replaceChildren();
    about.replaceChildren();
    for (const control of left.querySelectorAll("button")) control.disabled = !item;
    for (const control of form.querySelectorAll("input, select, textarea, button")) control.disabled = !item;
    pick(null);
    if (!item) {
      passage.textContent = words.nothing;
      return;
    }
    const done = item.decision ? words[`done_${item.decision}`] : words.open;
    head.append(
      make("b", { text: `${words.statement} ${shown.at + 1} ${words.of} ${shown.total}` }),
      make("span", { className: `mw-tag mw-${item.decision || "open"}`, text: done }),
      make("span", { className: "mw-count", text: `${shown.decided} ${words.decided}` }),
      make("bdi", { className: "mw-title", dir: "auto", text: item.title }));
    showPassage();
    if (!item.pieces.length) passage.textContent = words.missing;
    if (shown.is_blind) about.append(make("div", { text: words.blind }));
    item.about.forEach((line, place) => {
      const codes = item.offers[place];
      const take = codes ? make("button", { type: "button", className: "mw-button mw-take", on: { click: () => fillCodes(codes) } }, words.take) : null;
      about.append(make("div", { className: "mw-told" }, make("span", { text: line }), take));
    });
    fill(item);
    root.querySelector("[data-action=accept]").disabled = !item.can_accept;
    const marked = passage.querySelector(".mw-statement");
    if (marked) passage.scrollTop = Math.max(0, marked.offsetTop - passage.clientHeight / 3);
    if (document.activeElement === passage) putCaret();
  }

  function showPassage() {
    passage.replaceChildren();
    for (const piece of model.get("shown").item.pieces) {
      passage.append(make("span", { className: piece.marks.map((mark) => `mw-${mark}`).join(" "), text: piece.text }));
    }
  }

  function fill(item) {
    // What nobody has coded is left open: a coder who sees nothing predicted must choose, not agree with a default.
    fillCodes(item.codes, item.is_coded);
    note.value = item.note;
    unsure.checked = item.certainty === "unsure";
  }

  function fillCodes(codes, isCoded = true) {
    const known = fixed.speakers.find((one) => one.id === codes.speaker_id);
    speaker.value = known ? known.name : codes.speaker_name;
    issue.value = isCoded ? codes.issue : "";
    modality.value = isCoded ? codes.modality : "";
    const value = codes.stance === null ? "none" : String(codes.stance);
    for (const radio of scale.querySelectorAll("input")) radio.checked = isCoded && radio.value === value;
    onIssue();
  }

  function read() {
    const name = speaker.value.trim();
    const known = fixed.speakers.find((one) => one.name === name || one.name.split(" \u00b7 ").includes(name) || one.id === name);
    const radio = scale.querySelector("input:checked");
    const step = !radio || radio.value === "none" || issue.value === "other" ? null : Number(radio.value);
    return { speaker_id: known ? known.id : "", speaker_name: known ? "" : name, issue: issue.value, stance: step, modality: modality.value };
  }

  // --- orders --------------------------------------------------------------------------------------------------------

  function tell(text, isError = false) {
    status.textContent = text;
    status.classList.toggle("mw-error", isError);
  }

  function send(message) {
    sent += 1;
    clearTimeout(timer);
    timer = setTimeout(() => tell(words.lost, true), PATIENCE);
    model.send({ number: sent, ...message });
  }

  function go(step) {
    send({ action: "go", to: model.get("shown").at + step });
  }

  function order(action) {
    if (document.activeElement === passage) onSelection(); // the browser tells of a selection a moment late
    const message = { action, codes: read(), note: note.value, certainty: unsure.checked ? "unsure" : "sure" };
    if (["add", "respan", "split"].includes(action)) {
      if (!picked) return tell(words.select_first, true);
      [message.start, message.end] = picked.map(toArticle);
    }
    const needsCodes = ["save", "add", "respan", "split", "merge"].includes(action);
    const hasStep = issue.value === "other" || scale.querySelector("input:checked");
    if (needsCodes && !(issue.value && modality.value && hasStep)) return tell(words.choose, true);
    tell(words.saving);
    send(message);
  }

  // --- selecting -----------------------------------------------------------------------------------------------------

  function pick(range) {
    picked = range;
    const taken = range ? passed.slice(...range).trim() : "";
    const parts = taken.split(/\s+/);
    const shown = parts.length > 8 ? `${parts.slice(0, 4).join(" ")} \u2026 ${parts.slice(-4).join(" ")}` : taken;
    pickedLine.replaceChildren(...(taken ? [`${words.selected}: `, make("bdi", { dir: "rtl", lang: "ar", text: shown })] : []));
    paint(taken ? toRange(...range) : null);
  }

  // What is selected stays to be seen while its codes are chosen, where the browser can show it.
  function paint(range) {
    if (typeof Highlight === "undefined" || !CSS.highlights) return;
    const all = CSS.highlights.get("mw-picked") || new Highlight();
    if (passage.painted) all.delete(passage.painted);
    if (range) all.add(range);
    passage.painted = range;
    CSS.highlights.set("mw-picked", all);
  }

  function toRange(start, end) {
    const range = document.createRange();
    const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
    let before = 0;
    let begun = false;
    for (let node = walker.nextNode(); node; before += node.length, node = walker.nextNode()) {
      if (!begun && start <= before + node.length) {
        range.setStart(node, start - before);
        begun = true;
      }
      if (begun && end <= before + node.length) {
        range.setEnd(node, end - before);
        break;
      }
    }
    return range;
  }

  function select(start, end) {
    const range = toRange(start, end);
    const selection = document.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    const box = range.getBoundingClientRect();
    const frame = passage.getBoundingClientRect();
    if (box.top < frame.top) passage.scrollTop -= frame.top - box.top + 8;
    else if (box.bottom > frame.bottom) passage.scrollTop += Math.min(box.bottom - frame.bottom + 8, box.top - frame.top);
    pick([start, end]);
  }

  function spanOfStatement() {
    const { span, start } = model.get("shown").item;
    const characters = Array.from(passed);
    return span.map((at) => characters.slice(0, at - start).join("").length);
  }

  // Whoever comes by keyboard finds the selection as it was left, or the caret before the statement.
  function putCaret(kept = null) {
    if (!model.get("shown").item || !passed) return;
    if (kept) select(...kept);
    else select(spanOfStatement()[0], spanOfStatement()[0]);
  }

  function nudge(key) {
    if (!model.get("shown").item || !passed) return;
    if (document.activeElement === passage) onSelection();
    const [side, step] = NUDGES[key];
    let [start, end] = picked && picked[0] < picked[1] ? picked : spanOfStatement();
    const found = Array.from(passed.matchAll(WORD), (word) => (side === "start" ? word.index : word.index + word[0].length));
    const at = side === "start" ? start : end;
    const next = step < 0 ? found.filter((one) => one < at).pop() : found.find((one) => one > at);
    if (next === undefined) return;
    if (side === "start") start = next;
    else end = next;
    if (start < end) select(start, end);
  }

  function place(node, offset) {
    const range = document.createRange();
    range.selectNodeContents(passage);
    range.setEnd(node, offset);
    return range.toString().length;
  }

  function toArticle(at) {
    return model.get("shown").item.start + countCharacters(passed.slice(0, at));
  }

  function onSelection() {
    const selection = document.getSelection();
    if (!selection || !selection.rangeCount || !model.get("shown").item) return;
    const range = selection.getRangeAt(0);
    if (passage.contains(range.startContainer) && passage.contains(range.endContainer)) {
      pick([place(range.startContainer, range.startOffset), place(range.endContainer, range.endOffset)]);
    }
  }

  function onKey(event) {
    event.stopPropagation(); // the notebook has commands of its own on these keys
    const typing = event.target.matches("input[type=text], textarea, select");
    const key = latin(event);
    if (event.key === "Enter" && !event.shiftKey && !event.target.matches("button, textarea") && (!typing || event.ctrlKey || event.metaKey || event.target === speaker)) {
      event.preventDefault();
      order("save");
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      order("save");
    } else if (event.key === "Escape" && (typing || event.target === passage)) {
      root.focus();
    } else if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      if (key === "j") go(1);
      else if (key === "k") go(-1);
      else if (KEYS[key] && !root.querySelector(`[data-action=${KEYS[key]}]`).disabled) order(KEYS[key]);
      else if (NUDGES[key]) nudge(key);
      else if (/^[0-5]$/.test(key)) {
        const value = key === "0" ? "none" : String(Number(key) - 3);
        if (!scale.disabled) scale.querySelector(`input[value="${value}"]`).checked = true;
      } else return;
      event.preventDefault();
    }
  }

  function onAnswer(answer) {
    if (answer.number !== sent) return;
    clearTimeout(timer);
    if (answer.error) tell(answer.error, true);
    else tell(answer.done ? `${words.saved} ${answer.time} (${words[`done_${answer.done}`]})` : "");
  }

  function onIssue() {
    scale.disabled = issue.value === "other";
  }

  root.addEventListener("keydown", onKey);
  passage.addEventListener("beforeinput", (event) => event.preventDefault());
  passage.addEventListener("input", () => { // what a composing keyboard wrote cannot be prevented: the text is set again
    const kept = picked;
    if (model.get("shown").item) showPassage();
    putCaret(kept && kept.every((at) => at <= passed.length) ? kept : null);
  });
  passage.addEventListener("dragstart", (event) => event.preventDefault());
  passage.addEventListener("pointerdown", () => { byPointer = true; });
  passage.addEventListener("blur", () => { byPointer = false; });
  passage.addEventListener("focus", () => {
    const kept = picked; // the browser is about to put a caret of its own
    if (!byPointer) setTimeout(() => document.activeElement === passage && document.getSelection().isCollapsed && putCaret(kept));
    byPointer = false;
  });
  issue.addEventListener("change", onIssue);
  document.addEventListener("selectionchange", onSelection);
  model.on("change:shown", show);
  model.on("msg:custom", onAnswer);
  show();
  return () => {
    clearTimeout(timer);
    paint(null);
    document.removeEventListener("selectionchange", onSelection);
    model.off("change:shown", show);
    model.off("msg:custom", onAnswer);
  };
}

export default { render };
