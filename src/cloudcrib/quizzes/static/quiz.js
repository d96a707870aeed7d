// Generated from front/src by `make front`: edit there.
// Sources: e3e7c5343b4e0f504d764e4c7dfc175ea63b777a86a2d0bb59ff6caf3986d2c1
// Below: db3adc047a2b01a80e43ade9eaa522c3fa1f590c16dccd7294b5340c05347a0e
// src/elements.js
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (name === "html")
      node.innerHTML = String(value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, String(value));
  }
  node.append(...children.filter((child) => child != null));
  return node;
}
var icon = (sign) => make("span", { class: "crib-sign", "aria-hidden": "true" }, sign);
var unseen = (words) => make("span", { class: "crib-unseen" }, words);
var text = (html) => make("div", { class: "crib-text", html });
var badge = () => make("span", { class: "crib-badge" });
var reason = () => make("div", { class: "crib-why", hidden: true });
var button = (words, press, kind = "") => make("button", { type: "button", class: `crib-button ${kind}`, onclick: press }, words);
var same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

// src/arrange.js
function arrange(one, spoken = false) {
  const { buttons, node, verdict } = one;
  if (!buttons) return;
  const said = node.dataset.verdict;
  const focused = node.contains(document.activeElement) ? document.activeElement : null;
  const done = said === "CORRECT" || said === "REVEALED";
  buttons.check.hidden = Boolean(said);
  buttons.again.hidden = !said;
  buttons.again.classList.toggle("crib-primary", !done);
  buttons.hint.hidden = done;
  buttons.reveal.hidden = !said || done;
  if (buttons.another) buttons.another.hidden = !said;
  if (one.sure) one.sure.node.hidden = Boolean(said);
  if (!focused) return;
  if (spoken && (focused.closest("[hidden]") || focused === buttons.reveal)) verdict.focus({ preventScroll: true });
  if (!spoken && focused instanceof HTMLElement && focused.hidden) buttons.check.focus({ preventScroll: true });
}
function clear(one) {
  const { choice, node } = one;
  if (!node.dataset.verdict) return;
  delete node.dataset.verdict;
  node.dataset.state = choice == null || choice.length === 0 ? "untouched" : "answered";
  node.classList.remove("crib-revealed");
  one.verdict.hidden = true;
  one.input.mark(null);
  arrange(one);
}

// src/said.js
function say(one, sentence, kind = "say") {
  one.said.dataset.kind = kind;
  one.said.replaceChildren(sentence);
}
function recorded(one, { said, remark }) {
  one.said.dataset.kind = "recorded";
  const none = remark ? "No answer yet." : "Nothing recorded yet.";
  const html = said ? `<strong>Recorded:</strong> ${said}` : none;
  const asks = remark && (remark.offers.length || !said) ? remarks(one, remark) : [];
  one.said.replaceChildren(make("span", { class: "crib-recorded", html }), " ", ...asks);
}
function remarked(one, remark) {
  one.said.dataset.kind = "remark";
  one.said.replaceChildren(...remarks(one, remark));
}
var remarks = (one, { text: text2, offers }) => [
  make("span", { class: "crib-remark" }, text2),
  ...offers.map((offer) => button(offer, () => one.input.fill?.(offer), "crib-offer"))
];

// src/acts.js
var SLOW = 2500;
var KEPT = ["order", "match", "number"];
function changed(one, choice) {
  one.choice = choice;
  clear(one);
  if (one.said.dataset.kind === "refused") say(one, "");
  ask(one, { type: "choose", choice, confidence: one.confidence });
}
function check(one, chosen = null) {
  one.input.flush?.();
  const choice = chosen ?? one.choice;
  const seconds = one.quiz.watch?.seconds(one.node) ?? null;
  ask(one, { type: "check", choice, confidence: one.confidence, seconds });
}
function again(one) {
  one.confidence = null;
  one.sure?.show(null);
  if (KEPT.includes(one.asked.kind)) clear(one);
  else {
    one.input.show(null);
    changed(one, []);
  }
  focusInput(one.node);
}
function onTop(one, message) {
  one.quiz.wanted = nameOf(message.type === "apart" ? message.ask : one.asked.id);
  ask(one, message);
}
function ask(one, message) {
  clearTimeout(one.waiting);
  const slow = "No answer from the kernel yet. It may be busy; if it was restarted, run this cell again.";
  one.waiting = setTimeout(() => say(one, slow), SLOW);
  try {
    const count = one.words + Number("choice" in message);
    one.quiz.send({ id: one.asked.id, word: [one.quiz.uid, count], ...message });
    one.words = count;
  } catch {
    say(one, "The kernel is gone. Run this cell again.");
  }
}
var nameOf = (id) => id.split("~")[0] ?? id;
function focusInput(node) {
  const input = node.querySelector("input, select, .crib-move");
  input?.focus();
}

// src/footer.js
function footer(one) {
  if (!one.quiz.study) return one.asked.kind === "order" ? keep(one) : null;
  if (one.asked.back) return null;
  one.buttons = {
    check: button("Check", () => check(one), "crib-primary"),
    again: button("Try again", () => again(one), "crib-primary"),
    hint: button("Hint", () => nextHint(one)),
    reveal: button("Show the answer", () => ask(one, { type: "reveal" }))
  };
  if (one.asked.another) {
    one.buttons.another = button("Another one like this", () => onTop(one, { type: "another" }));
  }
  one.sure = one.quiz.data.confidence ? confidence(one) : null;
  const foot = make("div", { class: "crib-foot" }, ...Object.values(one.buttons), one.sure?.node);
  arrange(one);
  return foot;
}
function nextHint(one) {
  if (one.buttons?.hint.getAttribute("aria-disabled") !== "true") ask(one, { type: "hint", seen: one.hints });
}
function keep(one) {
  const record = () => changed(one, one.input.current?.() ?? []);
  return make("div", { class: "crib-foot" }, button("Record this order", record));
}
function confidence(one) {
  const name = `${one.quiz.uid}-sure-${one.asked.id}`;
  const sure = (value) => {
    one.confidence = value;
    if (one.choice != null) ask(one, { type: "choose", choice: one.choice, confidence: value });
  };
  const row = (value, words) => {
    const input = make("input", { type: "radio", name, value, onchange: () => sure(value) });
    return { input, label: make("label", {}, input, make("span", {}, words)) };
  };
  const rows = [row("guess", "Guess"), row("think", "Think so"), row("sure", "Sure")];
  const labels = rows.map(({ label: label2 }) => label2);
  return {
    node: make("fieldset", { class: "crib-confidence" }, make("legend", {}, "How sure are you?"), ...labels),
    show(value) {
      for (const { input } of rows) input.checked = input.value === value;
    }
  };
}

// src/verdict.js
var SIGNS = { CORRECT: "✓", PARTIAL: "◐", INCORRECT: "✗", REVEALED: "→" };
function showVerdict(one, message) {
  const { verdict, title, detail, solution, general, read } = message;
  const head = make(
    "p",
    { class: "crib-title" },
    icon(SIGNS[verdict]),
    make("strong", {}, title),
    detail && ` ${detail}`
  );
  const parts = [
    solution && make("p", { html: solution }),
    general && make("p", { html: general }),
    read && make("p", { class: "crib-read", html: read }),
    message.again && returned(one, message.again)
  ];
  one.verdict.replaceChildren(head, ...parts.filter((part) => part instanceof Node));
  one.verdict.hidden = false;
}
function returned(one, { html, ask: other }) {
  const press = () => onTop(one, { type: "apart", ask: other });
  const asks = other ? button("Ask me what tells them apart", press) : null;
  return make("div", { class: "crib-again" }, make("p", { html }), asks);
}

// src/hear.js
function hear(one, message) {
  if ("heard" in message && overtaken(one, message)) return;
  clearTimeout(one.waiting);
  if (message.type === "state") state(one, message);
  if (message.type === "feedback") feedback(one, message);
  if (message.type === "hint") hint(one, message);
  if (message.type === "say") say(one, message.text);
}
var overtaken = (one, { heard }) => (heard[one.quiz.uid] ?? 0) < one.words;
function state(one, message) {
  if (!same(one.choice, message.choice)) clear(one);
  one.choice = message.choice;
  one.confidence = message.confidence ?? null;
  one.input.show(message.choice);
  one.sure?.show(one.confidence);
  if (!one.node.dataset.verdict) one.node.dataset.state = message.said ? "answered" : "untouched";
  const { kind } = one.said.dataset;
  if (kind === "refused") return arrange(one);
  if (!one.quiz.study) recorded(one, message);
  else if (message.remark) remarked(one, message.remark);
  else if (kind === "remark" || kind === "say" && one.asked.kind !== "order") one.said.replaceChildren();
  arrange(one);
}
function feedback(one, message) {
  const revealed = message.verdict === "REVEALED";
  if (!revealed) one.quiz.watch?.again(one.node);
  one.said.replaceChildren();
  one.input.mark(message.parts);
  if (revealed) one.node.classList.add("crib-revealed");
  showVerdict(one, message);
  one.node.dataset.verdict = message.verdict;
  one.node.dataset.state = revealed ? "answered" : message.verdict.toLowerCase();
  arrange(one, true);
}
function hint(one, { number: number2, total, html }) {
  one.hints = number2;
  const name = make("span", { class: "crib-hint-name" }, `Hint ${number2} of ${total}`);
  const words = text(html);
  one.hintList.hidden = false;
  one.hintList.append(make("li", { class: "crib-hint" }, name, words));
  say(one, "");
  one.said.append(unseen(`Hint ${number2}: ${words.textContent}`));
  if (!one.buttons) return;
  one.buttons.hint.textContent = number2 < total ? "Next hint" : "No more hints";
  one.buttons.hint.setAttribute("aria-disabled", String(number2 >= total));
}

// src/kinds/marks.js
var markOf = ({ taken, right }) => taken ? right ? "right" : "wrong" : right ? "missed" : "other";
function markRows(rows, parts) {
  for (const { id, row, why } of rows) {
    const part = parts?.find((each) => each.id === id);
    row.dataset.mark = part ? markOf(part) : "";
    const badge2 = part ? [icon(part.right ? "✓" : "✗"), unseen(part.right ? " Right. " : " Wrong. ")] : [];
    row.querySelector(".crib-badge")?.replaceChildren(...badge2);
    why.innerHTML = part?.why ?? "";
    why.hidden = !part?.why;
  }
}

// src/kinds/choose.js
function judge(one, chosen) {
  const back2 = one.node.querySelector("details");
  if (back2) back2.open = true;
  check(one, chosen);
}
function choose(one, asked) {
  const many = asked.kind === "choose-many";
  const rowOf = ({ id, html }) => {
    const name = `${one.quiz.uid}-${asked.id}`;
    const pressed = () => pick(input);
    const input = make("input", { type: many ? "checkbox" : "radio", name, value: id, onchange: pressed });
    const why = reason();
    const row = make("div", { class: "crib-option" }, make("label", {}, input, text(html), badge()), why);
    return { id, input, row, why };
  };
  const rows = asked.options.map(rowOf);
  const chosen = () => rows.filter(({ input }) => input.checked).map(({ id }) => id);
  const paint = () => {
    for (const { row, input } of rows) row.dataset.chosen = String(input.checked);
    if (many) one.task.textContent = `${chosen().length} of ${asked.choose} chosen.`;
  };
  const pick = (input) => {
    if (many && chosen().length > asked.choose) {
      input.checked = false;
      return say(one, `Choose ${asked.word}: untick another one first.`, "refused");
    }
    paint();
    if (asked.back) judge(one, chosen());
    else changed(one, chosen());
  };
  return {
    node: make("div", { class: "crib-options" }, ...rows.map(({ row }) => row)),
    show(choice) {
      for (const { id, input } of rows) input.checked = Array.isArray(choice) && choice.includes(id);
      paint();
    },
    mark: (parts) => markRows(rows, parts)
  };
}

// src/kinds/match.js
var LONGEST = 60;
var SHOWN = 48;
function match(one, { left, right, id }) {
  const lettered = right.some((each) => each.html.includes("<pre") || each.plain.length > LONGEST);
  const option = (each, place) => {
    const words = lettered ? `${String.fromCharCode(65 + place)} · ${each.plain.slice(0, SHOWN)}` : each.plain;
    return make("option", { value: each.id }, words);
  };
  const rowOf = (each, place) => {
    const name = `${one.quiz.uid}-${id}-${place}`;
    const pick = () => changed(one, chosen());
    const select = make("select", { "data-left": each.id, "aria-labelledby": name, onchange: pick });
    select.append(make("option", { value: "" }, "Choose…"), ...right.map(option));
    const words = make("div", { class: "crib-text", id: name, html: each.html });
    const arrow = make("span", { class: "crib-arrow", "aria-hidden": "true" }, "→");
    const why = reason();
    const line = make("div", { class: "crib-pair" }, words, arrow, select, badge());
    return { id: each.id, select, why, row: make("div", { class: "crib-match" }, line, why) };
  };
  const rows = left.map(rowOf);
  const chosen = () => Object.fromEntries(rows.filter((row) => row.select.value).map((row) => [row.id, row.select.value]));
  const inFull = right.map((each) => make("li", { html: each.html }));
  const key = lettered ? make("ol", { class: "crib-rights", type: "A" }, ...inFull) : null;
  return {
    node: make("div", { class: "crib-matches" }, ...rows.map(({ row }) => row), key),
    show(choice) {
      const found = choice == null || typeof choice === "string" || Array.isArray(choice) ? {} : choice;
      for (const row of rows) row.select.value = found[row.id] ?? "";
    },
    mark: (parts) => markRows(rows, parts)
  };
}

// src/kinds/number.js
var TYPING = 350;
function number(one, asked) {
  const input = make("input", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    maxlength: 64,
    "aria-label": asked.unit ? `Your answer, in ${asked.unit}` : "Your answer"
  });
  const flush = listen(one, input);
  const why = reason();
  const unit = asked.unit ? make("span", { class: "crib-unit", "aria-hidden": "true" }, asked.unit) : null;
  const row = make("div", { class: "crib-figure" }, make("div", { class: "crib-field" }, input, unit, badge()), why);
  return {
    node: row,
    flush,
    fill(text2) {
      input.value = text2;
      flush();
      input.focus();
    },
    show(choice) {
      const typing = document.activeElement === input && choice != null && choice.length !== 0;
      if (!typing) input.value = typeof choice === "string" ? choice : "";
    },
    mark: (parts) => markRows([{ id: "", row, why }], parts)
  };
}
function listen(one, input) {
  let rest;
  const record = () => {
    clearTimeout(rest);
    if (input.value !== (one.choice ?? "")) changed(one, input.value);
  };
  input.addEventListener("input", () => {
    clearTimeout(rest);
    clear(one);
    rest = setTimeout(record, TYPING);
  });
  input.addEventListener("change", record);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.ctrlKey) return;
    event.preventDefault();
    record();
    if (one.quiz.study) check(one);
  });
  return record;
}

// src/kinds/drag.js
function draggable(list, node, tell) {
  node.addEventListener("pointerdown", (start) => {
    const { pointerId } = start;
    if (start.button !== 0 || !start.isPrimary) return;
    if (start.target instanceof Element && start.target.closest("button, a")) return;
    start.preventDefault();
    node.setPointerCapture(pointerId);
    node.classList.add("crib-dragged");
    tell.begin();
    let dropped = false;
    const drag = (event) => {
      if (event.pointerId === pointerId && passTo(list, node, event.clientY)) tell.moved();
    };
    const drop = (event) => {
      dropped ||= event.pointerId === pointerId;
    };
    const end = (event) => {
      if (event.pointerId !== pointerId) return;
      node.removeEventListener("pointermove", drag);
      node.removeEventListener("pointerup", drop);
      node.removeEventListener("lostpointercapture", end);
      node.classList.remove("crib-dragged");
      tell.end(dropped);
    };
    node.addEventListener("pointermove", drag);
    node.addEventListener("pointerup", drop);
    node.addEventListener("lostpointercapture", end);
  });
}
function passTo(list, node, height) {
  const others = [...list.children].filter((other) => other !== node);
  const above = others.filter((other) => middle(other) <= height).length;
  const before = [...list.children].indexOf(node);
  for (const other of others.slice(before, above)) list.insertBefore(other, node);
  for (const other of others.slice(above, before).reverse()) list.insertBefore(other, node.nextSibling);
  return above !== before;
}
function middle(node) {
  const { top, height } = node.getBoundingClientRect();
  return top + height / 2;
}

// src/kinds/order.js
function order(one, asked) {
  const list = make("ol", { class: "crib-order" });
  const rows = asked.items.map((item) => itemRow(item, (by) => move(item, by)));
  const byId = new Map(rows.map((each) => [each.id, each]));
  const current = () => [...list.children].map((node) => node.getAttribute("data-item") ?? "");
  const paint = () => {
    for (const [place, id] of current().entries()) placeRow(byId.get(id), place, rows.length);
  };
  const put = (order2) => {
    if (!same(order2, current())) list.append(...order2.flatMap((id) => byId.get(id)?.row ?? []));
    paint();
  };
  const settle = () => {
    paint();
    if (!same(current(), one.choice)) changed(one, current());
  };
  const hand = inHand({ current, put, paint, settle });
  const move = (item, by) => {
    const to = current().indexOf(item.id) + by;
    if (!shift(list, byId.get(item.id)?.row, to, by)) return;
    settle();
    say(one, `${item.plain}: now ${to + 1} of ${rows.length}.`);
  };
  list.append(...rows.map(({ row }) => row));
  for (const { row } of rows) draggable(list, row, hand);
  paint();
  return {
    node: list,
    current,
    show(choice) {
      const wanted = Array.isArray(choice) && choice.length > 0 ? choice : asked.items.map(({ id }) => id);
      if (hand.holds()) return hand.later(wanted);
      put(wanted);
    },
    mark: (parts) => markRows(rows, parts)
  };
}
function inHand({ current, put, paint, settle }) {
  let before = null;
  let after = null;
  return {
    holds: () => before !== null,
    /** @param {string[]} order */
    later: (order2) => {
      after = order2;
    },
    begin: () => {
      before = current();
      after = null;
    },
    moved: paint,
    /** @param {boolean} dropped */
    end: (dropped) => {
      const [begun, told] = [before ?? [], after];
      before = null;
      if (dropped && !same(current(), begun)) return settle();
      put(told ?? begun);
    }
  };
}
function shift(list, node, to, by) {
  const there = list.children[to];
  if (!node || !there) return false;
  const focused = document.activeElement;
  list.insertBefore(node, by < 0 ? there : there.nextSibling);
  if (focused instanceof HTMLElement) focused.focus();
  return true;
}
function itemRow({ id, html, plain }, move) {
  const arrow = (by, sign, words) => {
    const label2 = `Move ${words}: ${plain}`;
    const attributes = { type: "button", class: "crib-move", value: id, "aria-label": label2, onclick: () => move(by) };
    return make("button", attributes, icon(sign));
  };
  const up = arrow(-1, "↑", "up");
  const down = arrow(1, "↓", "down");
  const place = make("span", { class: "crib-place", "aria-hidden": "true" });
  const grip = make("span", { class: "crib-grip", "aria-hidden": "true" });
  const why = reason();
  const line = make("div", { class: "crib-line" }, place, text(html), badge(), up, down, grip);
  const row = make("li", { class: "crib-item", "data-item": id }, line, why);
  row.addEventListener("keydown", (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    move(by);
  });
  return { id, row, why, up, down, place };
}
function placeRow(row, place, all) {
  if (!row) return;
  row.place.textContent = String(place + 1);
  row.up.setAttribute("aria-disabled", String(place === 0));
  row.down.setAttribute("aria-disabled", String(place === all - 1));
}

// src/kinds/index.js
function inputOf(one) {
  const { asked } = one;
  switch (asked.kind) {
    case "choose-one":
    case "choose-many":
      return choose(one, asked);
    case "number":
      return number(one, asked);
    case "order":
      return order(one, asked);
    case "match":
      return match(one, asked);
  }
}
function taskOf(asked) {
  if (asked.back) return "Say it to yourself, turn the card, and say whether you knew it.";
  switch (asked.kind) {
    case "choose-one":
      return "Choose one.";
    case "choose-many":
      return `0 of ${asked.choose} chosen.`;
    case "number":
      return asked.unit ? `Type a number, in ${asked.unit}.` : "Type a number.";
    case "order":
      return "Put these in order: drag, use the arrow buttons, or press the arrow keys on one.";
    case "match":
      return "Find the partner of each; one may serve several, or none.";
  }
}

// src/card.js
function card(quiz, asked, name) {
  const legend = make("legend", { class: "crib-stem" }, heading(asked, name), text(asked.stem));
  const task = make("p", { class: "crib-task", id: `${quiz.uid}-task-${asked.id}` }, taskOf(asked));
  const node = make("fieldset", {
    class: "crib-question",
    "data-question": asked.id,
    "data-kind": asked.kind,
    "data-state": "untouched",
    "aria-describedby": task.id
  });
  const one = begin(quiz, asked, node, task);
  node.append(legend, task);
  if (asked.back) node.append(back(asked.back));
  node.append(one.input.node, one.verdict, one.hintList);
  node.append(...[footer(one), one.said].filter((each) => each != null));
  quiz.watch?.begin(node);
  return { node, hear: (message) => hear(one, message) };
}
function begin(quiz, asked, node, task) {
  const verdict = { class: "crib-verdict", tabindex: "-1", role: "group", "aria-label": "Verdict", hidden: true };
  const bare = {
    quiz,
    asked,
    node,
    task,
    said: make("div", { class: "crib-said", role: "status" }),
    verdict: make("div", verdict),
    hintList: make("ol", { class: "crib-hints", "aria-label": "Hints", hidden: true }),
    buttons: null,
    sure: null,
    choice: null,
    confidence: null,
    hints: 0,
    words: 0
  };
  const one = (
    /** @type {One} */
    bare
  );
  one.input = inputOf(one);
  return one;
}
var back = (html) => make("details", { class: "crib-back" }, make("summary", {}, "Turn the card"), text(html));
function heading(asked, name) {
  const [words, spoken] = asked.back ? ["Flash card", ". "] : name;
  const scenario = asked.exam ? make("span", { class: "crib-chip" }, "Exam scenario") : null;
  return make("span", { class: "crib-heading" }, words, unseen(spoken), scenario);
}
var numbered = ({ questions }, place) => questions.length > 1 ? [`Question ${place}`, ` of ${questions.length}. `] : ["Question", ". "];

// src/keyboard.js
function ownKeys(root) {
  const claim = (event) => {
    const { target } = event;
    if (!(target instanceof Element) || !root.contains(target)) return;
    const forNotebook = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey && event.key === "Enter";
    target.toggleAttribute("data-lm-suppress-shortcuts", !forNotebook && event.key !== "Escape");
  };
  window.addEventListener("keydown", claim, true);
  return () => window.removeEventListener("keydown", claim, true);
}

// src/more.js
function more(quiz, cards, extras, message) {
  const { id, after, title, asked } = message;
  if (extras.has(id) && asked.another) return;
  const name = nameOf(id);
  const old = [...extras].filter(([other]) => nameOf(other) === name);
  const from = cards.get(after) ?? extras.get(after) ?? [...cards.values()].at(-1);
  const made = card(quiz, asked, [title, ". "]);
  made.node.classList.add("crib-more");
  from?.node.after(made.node);
  from?.hear(message);
  for (const [other, each] of old) {
    each.node.remove();
    extras.delete(other);
  }
  extras.set(id, made);
  if (quiz.wanted === name || quiz.wanted === nameOf(after)) focusInput(made.node);
  quiz.wanted = null;
}

// src/progress.js
function progress(cards) {
  const words = make("span", { class: "crib-count" });
  const marks = [...cards.values()].map((card2) => ({ card: card2, mark: make("span", { class: "crib-dot" }) }));
  const update = () => {
    for (const { card: card2, mark } of marks) mark.dataset.state = card2.node.dataset.state;
    const answered = marks.filter(({ mark }) => mark.dataset.state !== "untouched").length;
    words.textContent = `${answered} of ${marks.length} answered`;
  };
  update();
  const dots = make("span", { class: "crib-dots", "aria-hidden": "true" }, ...marks.map(({ mark }) => mark));
  return { node: make("div", { class: "crib-bar" }, words, dots), update };
}

// src/stopwatch.js
var IDLE = 12e4;
var SIGNS2 = ["pointermove", "pointerdown", "keydown", "wheel"];
var STEPS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
function stopwatch() {
  const clocks = /* @__PURE__ */ new Map();
  let sign = performance.now();
  const settle = (clock, now = performance.now()) => {
    if (clock.since != null) clock.passed += Math.max(0, Math.min(now, sign + IDLE) - clock.since);
    clock.since = clock.seen && document.visibilityState === "visible" ? now : null;
  };
  const alive = () => {
    const now = performance.now();
    if (now - sign > IDLE) for (const clock of clocks.values()) settle(clock, now);
    sign = now;
  };
  const turned = () => {
    for (const clock of clocks.values()) settle(clock);
    sign = performance.now();
  };
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        const clock = clocks.get(entry.target);
        if (!clock) continue;
        clock.seen = inSight(entry);
        settle(clock);
      }
    },
    { threshold: STEPS }
  );
  for (const name of SIGNS2) window.addEventListener(name, alive, { capture: true, passive: true });
  document.addEventListener("visibilitychange", turned);
  return {
    begin(node) {
      clocks.set(node, { passed: 0, since: null, seen: false });
      observer.observe(node);
    },
    seconds(node) {
      const clock = clocks.get(node);
      if (!clock) return null;
      settle(clock);
      return clock.passed / 1e3;
    },
    again(node) {
      const clock = clocks.get(node);
      if (!clock) return;
      settle(clock);
      clock.passed = 0;
    },
    end() {
      observer.disconnect();
      for (const name of SIGNS2) window.removeEventListener(name, alive, { capture: true });
      document.removeEventListener("visibilitychange", turned);
    }
  };
}
function inSight({ isIntersecting, intersectionRatio, intersectionRect, rootBounds }) {
  const fills = rootBounds && intersectionRect.height >= rootBounds.height / 2;
  return isIntersecting && (intersectionRatio >= 0.5 || Boolean(fills));
}

// src/quiz.js
var views = 0;
function render({ model, el }) {
  const quiz = begin2(model);
  const { data } = quiz;
  const cards = new Map(data.questions.map((asked, place) => [asked.id, card(quiz, asked, numbered(data, place + 1))]));
  const extras = /* @__PURE__ */ new Map();
  const bar = data.questions.length > 1 ? progress(cards) : null;
  const notice = make("p", { class: "crib-notice", role: "status" });
  const root = make("section", { class: "crib-quiz", "data-mode": data.mode, "aria-label": label(data) });
  root.append(...bar ? [bar.node] : [], notice, ...[...cards.values()].map((each) => each.node));
  el.replaceChildren(root);
  const hear2 = (message) => {
    if (message.type === "state") notice.textContent = message.notice || "";
    if (message.type === "more") more(quiz, cards, extras, message);
    (cards.get(message.id) ?? extras.get(message.id))?.hear(message);
    bar?.update();
  };
  model.on("msg:custom", hear2);
  const release = ownKeys(root);
  quiz.send({ type: "ready" });
  return () => {
    model.off("msg:custom", hear2);
    release();
    quiz.watch?.end();
  };
}
function begin2(model) {
  const data = model.get("data");
  const study = data.mode === "study";
  const uid = `crib-${++views}-${Math.random().toString(36).slice(2, 8)}`;
  return { data, uid, study, send: (message) => model.send(message), watch: study ? stopwatch() : null, wanted: null };
}
var label = ({ questions }) => questions.length > 1 ? `Quiz of ${questions.length} questions` : "Quiz question";
var quiz_default = { render };
export {
  quiz_default as default
};
