// The front end of a quiz: shows questions, tells the kernel each choice, shows what the kernel answers.
// Right or wrong is never decided here; this file sees neither keys nor reasons before the kernel sends them.

const SLOW = 2500; // milliseconds without an answer from the kernel before the learner is told
const TYPING = 350; // milliseconds of rest before a typed number is recorded
const IDLE = 120_000; // milliseconds that count as thought without any sign of the learner
let views = 0;

/** An element with attributes, listeners (`onclick`) and children. */
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "html") node.innerHTML = value; // rendered by richtext.py, which lets no raw HTML through
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

const icon = (sign) => make("span", { class: "crib-sign", "aria-hidden": "true" }, sign);
const unseen = (text) => make("span", { class: "crib-unseen" }, text);
const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
const button = (words, press, kind = "") => make("button", { type: "button", class: `crib-button ${kind}`, onclick: press }, words);

function render({ model, el }) {
  const data = model.get("data");
  const uid = `crib-${++views}-${Math.random().toString(36).slice(2, 8)}`;
  const quiz = { data, uid, study: data.mode === "study", send: (message) => model.send(message), watch: data.mode === "study" ? stopwatch() : null };
  const cards = new Map(data.questions.map((asked, place) => [asked.id, card(quiz, asked, numbered(data, place + 1))]));
  const extras = new Map(); // questions asked on top, which no notebook records
  const bar = data.questions.length > 1 ? progress(cards) : null;
  const notice = make("p", { class: "crib-notice", role: "status" });
  const root = make("section", { class: "crib-quiz", "data-mode": data.mode, "aria-label": label(data) });
  root.append(...[bar?.node, notice, ...[...cards.values()].map((each) => each.node)].filter(Boolean));
  el.replaceChildren(root);

  const hear = (message) => {
    if (message.type === "state") notice.textContent = message.notice || "";
    if (message.type === "more") more(quiz, cards, extras, message);
    (cards.get(message.id) ?? extras.get(message.id))?.hear(message);
    bar?.update();
  };
  model.on("msg:custom", hear);
  const release = ownKeys(root);
  quiz.send({ type: "ready" });
  return () => {
    model.off("msg:custom", hear);
    release();
    quiz.watch?.end();
  };
}

/** Measures how long each question was in sight while the page was in front; leaving it for a coffee counts for two minutes. */
function stopwatch() {
  const clocks = new Map(); // by the question's element: what has passed, since when it runs, whether it is in sight
  let sign = performance.now();
  const settle = (clock, now = performance.now()) => {
    if (clock.since != null) clock.passed += Math.max(0, Math.min(now, sign + IDLE) - clock.since);
    clock.since = clock.seen && document.visibilityState === "visible" ? now : null;
  };
  const alive = () => {
    const now = performance.now();
    if (now - sign > IDLE) clocks.forEach((clock) => settle(clock, now));
    sign = now;
  };
  const turned = () => {
    clocks.forEach((clock) => settle(clock));
    sign = performance.now();
  };
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting, intersectionRatio: part, intersectionRect, rootBounds } of entries) {
        const clock = clocks.get(target);
        if (!clock) continue;
        const fills = rootBounds && intersectionRect.height >= rootBounds.height / 2;
        clock.seen = isIntersecting && (part >= 0.5 || fills);
        settle(clock);
      }
    },
    { threshold: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] },
  );
  const signs = ["pointermove", "pointerdown", "keydown", "wheel"];
  signs.forEach((name) => window.addEventListener(name, alive, { capture: true, passive: true }));
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
      return clock.passed / 1000;
    },
    again(node) {
      const clock = clocks.get(node);
      if (!clock) return;
      settle(clock);
      clock.passed = 0;
    },
    end() {
      observer.disconnect();
      signs.forEach((name) => window.removeEventListener(name, alive, { capture: true }));
      document.removeEventListener("visibilitychange", turned);
    },
  };
}

/** Puts a question below the one it came from; another draw of the same question gives way to it. */
function more(quiz, cards, extras, { id, after, title, asked }) {
  if (extras.has(id) && asked.another) return; // this draw is shown already
  const name = id.split("~")[0];
  const old = [...extras].filter(([other]) => other.split("~")[0] === name);
  const from = cards.get(after) ?? extras.get(after) ?? [...cards.values()].at(-1);
  const made = card(quiz, asked, [title, ". "]);
  made.node.classList.add("crib-more");
  from.node.after(made.node);
  from.hear({ type: "more" });
  for (const [other, each] of old) {
    each.node.remove();
    extras.delete(other);
  }
  extras.set(id, made);
  if (quiz.wanted === name || quiz.wanted === after.split("~")[0]) made.node.querySelector("input, select, .crib-move")?.focus();
  quiz.wanted = null;
}

const label = (data) => (data.questions.length > 1 ? `Quiz of ${data.questions.length} questions` : "Quiz question");

/** JupyterLab takes arrows and letters as commands for the notebook unless the widget claims them. */
function ownKeys(root) {
  const claim = (event) => {
    if (!root.contains(event.target)) return;
    const forNotebook = event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key === "Enter");
    // On the focused element itself: JupyterLab's selectors match there before they climb to the root.
    event.target.toggleAttribute("data-lm-suppress-shortcuts", !forNotebook && event.key !== "Escape");
  };
  window.addEventListener("keydown", claim, true);
  return () => window.removeEventListener("keydown", claim, true);
}

/** How many questions have an answer, in words and as a row of marks. */
function progress(cards) {
  const words = make("span", { class: "crib-count" });
  const marks = [...cards.values()].map(() => make("span", { class: "crib-dot" }));
  const update = () => {
    const given = [...cards.values()].map((each) => each.node.dataset.state);
    const answered = given.filter((state) => state !== "untouched").length;
    words.textContent = `${answered} of ${given.length} answered`;
    marks.forEach((mark, place) => (mark.dataset.state = given[place]));
  };
  update();
  return { node: make("div", { class: "crib-bar" }, words, make("span", { class: "crib-dots", "aria-hidden": "true" }, ...marks)), update };
}

/** One question: its input, its buttons, and what the kernel said about it. */
function card(quiz, asked, name) {
  const back = asked.back ? make("details", { class: "crib-back" }, make("summary", {}, "Turn the card"), make("div", { class: "crib-text", html: asked.back })) : null;
  const legend = make("legend", { class: "crib-stem" }, heading(asked, asked.back ? ["Flash card", ". "] : name), make("div", { class: "crib-text", html: asked.stem }));
  const task = make("p", { class: "crib-task", id: `${quiz.uid}-task-${asked.id}` }, asked.back ? "Say it to yourself, turn the card, and be honest." : TASKS[asked.kind](asked));
  const node = make("fieldset", { class: "crib-question", "data-question": asked.id, "data-kind": asked.kind, "data-state": "untouched" });
  node.setAttribute("aria-describedby", task.id);
  const one = { quiz, asked, node, task, choice: null, confidence: null, hints: 0, words: 0, waiting: null };
  one.said = make("div", { class: "crib-said", role: "status" });
  one.input = INPUTS[asked.kind](one);
  one.verdict = make("div", { class: "crib-verdict", tabindex: "-1", role: "group", "aria-label": "Verdict", hidden: true });
  one.hintList = make("ol", { class: "crib-hints", "aria-label": "Hints", hidden: true });
  node.append(...[legend, task, back, one.input.node, one.verdict, one.hintList, footer(one), one.said].filter(Boolean));
  quiz.watch?.begin(node);
  return { node, hear: (message) => HEAR[message.type]?.(one, message) };
}

const numbered = ({ questions }, place) => (questions.length > 1 ? [`Question ${place}`, ` of ${questions.length}. `] : ["Question", ". "]);

function heading(asked, [words, spoken]) {
  const scenario = asked.exam ? make("span", { class: "crib-chip" }, "Exam scenario") : null;
  return make("span", { class: "crib-heading" }, words, unseen(spoken), scenario);
}

const TASKS = {
  "choose-one": () => "Choose one.",
  "choose-many": (asked) => `0 of ${asked.choose} chosen.`,
  number: (asked) => (asked.unit ? `Type a number, in ${asked.unit}.` : "Type a number."),
  order: () => "Put these in order: drag, use the arrow buttons, or press the arrow keys on one.",
  match: () => "Find the partner of each; one may serve several, or none.",
};

// ---- choosing, typing, ordering, matching: each gives {node, show(choice), mark(parts)} ----

function options(one) {
  const type = one.asked.kind === "choose-one" ? "radio" : "checkbox";
  const rows = one.asked.options.map((option) => {
    const input = make("input", { type, name: `${one.quiz.uid}-${one.asked.id}`, value: option.id, onchange: () => pick(input) });
    const why = make("div", { class: "crib-why", hidden: true });
    const text = make("div", { class: "crib-text", html: option.html });
    const row = make("div", { class: "crib-option" }, make("label", {}, input, text, make("span", { class: "crib-badge" })), why);
    return { id: option.id, input, row, why };
  });
  const chosen = () => rows.filter((row) => row.input.checked).map((row) => row.id);
  const paint = () => {
    rows.forEach((row) => (row.row.dataset.chosen = row.input.checked));
    if (type === "checkbox") one.task.textContent = `${chosen().length} of ${one.asked.choose} chosen.`;
  };
  const pick = (input) => {
    if (chosen().length > one.asked.choose && type === "checkbox") {
      input.checked = false;
      return say(one, `Choose ${one.asked.word}: untick another one first.`, "refused");
    }
    paint();
    if (one.asked.back) check(one, chosen());
    else changed(one, chosen());
  };
  const show = (choice) => {
    rows.forEach((row) => (row.input.checked = (choice ?? []).includes(row.id)));
    paint();
  };
  return { node: make("div", { class: "crib-options" }, ...rows.map((row) => row.row)), show, mark: (parts) => markRows(rows, parts) };
}

function number(one) {
  let rest = null;
  const input = make("input", { type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false", maxlength: 64 });
  input.setAttribute("aria-label", one.asked.unit ? `Your answer, in ${one.asked.unit}` : "Your answer");
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
  const why = make("div", { class: "crib-why", hidden: true });
  const unit = one.asked.unit ? make("span", { class: "crib-unit", "aria-hidden": "true" }, one.asked.unit) : null;
  const field = make("div", { class: "crib-field" }, input, unit, make("span", { class: "crib-badge" }));
  const row = make("div", { class: "crib-figure" }, field, why);
  const show = (choice) => {
    if (document.activeElement !== input || choice == null || choice.length === 0) input.value = typeof choice === "string" ? choice : "";
  };
  return { node: row, show, flush: record, mark: (parts) => markRows([{ id: "", row, why }], parts) };
}

function order(one) {
  const list = make("ol", { class: "crib-order" });
  const rows = one.asked.items.map((item) => orderRow(one, item, (row, by) => move(row, by)));
  list.append(...rows.map((row) => row.row));
  const ids = () => [...list.children].map((node) => node.dataset.item);
  const paint = () => [...list.children].forEach((node, place, all) => placeRow(rows.find((row) => row.row === node), place, all.length));
  const settle = () => {
    paint();
    if (!same(ids(), one.choice)) changed(one, ids());
  };
  const move = (row, by) => {
    const all = [...list.children];
    const to = all.indexOf(row.row) + by;
    if (to < 0 || to >= all.length) return;
    const focused = document.activeElement;
    list.insertBefore(row.row, by < 0 ? all[to] : all[to].nextSibling);
    focused?.focus();
    settle();
    say(one, `${row.plain}: now ${to + 1} of ${all.length}.`);
  };
  const show = (choice) => {
    const wanted = Array.isArray(choice) && choice.length ? choice : one.asked.items.map((item) => item.id);
    if (!same(wanted, ids())) list.append(...wanted.map((id) => rows.find((row) => row.id === id)?.row).filter(Boolean));
    paint();
  };
  rows.forEach((row) => draggable(list, row.row, settle));
  paint();
  return { node: list, show, current: ids, mark: (parts) => markRows(rows, parts) };
}

function orderRow(one, item, move) {
  const row = { id: item.id, plain: item.plain };
  const arrow = (by, sign, words) => make("button", { type: "button", class: "crib-move", value: item.id, "aria-label": `Move ${words}: ${item.plain}`, onclick: () => move(row, by) }, icon(sign));
  row.up = arrow(-1, "↑", "up");
  row.down = arrow(1, "↓", "down");
  row.place = make("span", { class: "crib-place", "aria-hidden": "true" });
  row.why = make("div", { class: "crib-why", hidden: true });
  const line = make("div", { class: "crib-line" }, row.place, make("div", { class: "crib-text", html: item.html }), make("span", { class: "crib-badge" }), row.up, row.down, make("span", { class: "crib-grip", "aria-hidden": "true" }));
  row.row = make("li", { class: "crib-item", "data-item": item.id }, line, row.why);
  row.row.addEventListener("keydown", (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    move(row, by);
  });
  return row;
}

/** Numbers a row; at the ends an arrow stays in reach of the keyboard and only says that it does nothing. */
function placeRow(row, place, all) {
  row.place.textContent = place + 1;
  row.up.setAttribute("aria-disabled", place === 0);
  row.down.setAttribute("aria-disabled", place === all - 1);
}

function draggable(list, node, settle) {
  node.addEventListener("pointerdown", (start) => {
    if (start.button !== 0 || start.target.closest("button, a")) return;
    start.preventDefault();
    node.setPointerCapture(start.pointerId);
    node.classList.add("crib-dragged");
    const drag = (event) => {
      const others = [...list.children].filter((other) => other !== node);
      const after = others.find((other) => event.clientY < other.getBoundingClientRect().top + other.offsetHeight / 2);
      if ((after ?? null) !== node.nextElementSibling) list.insertBefore(node, after ?? null);
    };
    const drop = () => {
      node.classList.remove("crib-dragged");
      node.removeEventListener("pointermove", drag);
      settle();
    };
    node.addEventListener("pointermove", drag);
    node.addEventListener("pointerup", drop, { once: true });
    node.addEventListener("pointercancel", drop, { once: true });
  });
}

function pairs(one) {
  const { left, right, id } = one.asked;
  const lettered = right.some((each) => each.html.includes("<pre") || each.plain.length > 60);
  const letter = (place) => String.fromCharCode(65 + place);
  const words = (each, place) => (lettered ? `${letter(place)} · ${each.plain.slice(0, 48)}` : each.plain);
  const rows = left.map((each, place) => {
    const select = make("select", { "data-left": each.id, "aria-labelledby": `${one.quiz.uid}-${id}-${place}`, onchange: () => changed(one, chosen()) });
    select.append(make("option", { value: "" }, "Choose…"), ...right.map((other, at) => make("option", { value: other.id }, words(other, at))));
    const text = make("div", { class: "crib-text", id: `${one.quiz.uid}-${id}-${place}`, html: each.html });
    const why = make("div", { class: "crib-why", hidden: true });
    const line = make("div", { class: "crib-pair" }, text, make("span", { class: "crib-arrow", "aria-hidden": "true" }, "→"), select, make("span", { class: "crib-badge" }));
    return { id: each.id, select, why, row: make("div", { class: "crib-match" }, line, why) };
  });
  const chosen = () => Object.fromEntries(rows.filter((row) => row.select.value).map((row) => [row.id, row.select.value]));
  const show = (choice) => rows.forEach((row) => (row.select.value = choice?.[row.id] ?? ""));
  const key = lettered ? make("ol", { class: "crib-rights", type: "A" }, ...right.map((each) => make("li", { html: each.html }))) : null;
  return { node: make("div", { class: "crib-matches" }, ...rows.map((row) => row.row), key), show, mark: (parts) => markRows(rows, parts) };
}

const INPUTS = { "choose-one": options, "choose-many": options, number, order, match: pairs };

const MARKS = [["other", "missed"], ["wrong", "right"]]; // by: was it chosen, is it right

/** Puts a badge and a reason on each row that the kernel spoke about, and takes them off the others. */
function markRows(rows, parts) {
  for (const row of rows) {
    const part = parts?.find((each) => each.id === row.id);
    const badge = row.row.querySelector(".crib-badge");
    row.row.dataset.mark = part ? MARKS[Number(part.taken)][Number(part.right)] : "";
    badge.replaceChildren(...(part ? [icon(part.right ? "✓" : "✗"), unseen(part.right ? " Right. " : " Wrong. ")] : []));
    row.why.innerHTML = part?.why ?? "";
    row.why.hidden = !part?.why;
  }
}

// ---- what the learner does ----

function footer(one) {
  one.buttons = {};
  if (!one.quiz.study) {
    if (one.asked.kind !== "order") return null;
    one.buttons.keep = button("Record this order", () => changed(one, one.input.current()));
    return make("div", { class: "crib-foot" }, one.buttons.keep);
  }
  if (one.asked.back) return null;
  one.buttons.check = button("Check", () => check(one), "crib-primary");
  one.buttons.again = button("Try again", () => again(one), "crib-primary");
  one.buttons.hint = button("Hint", () => ask(one, { type: "hint", seen: one.hints }));
  one.buttons.reveal = button("Show the answer", () => ask(one, { type: "reveal" }));
  if (one.asked.another) one.buttons.another = button("Another one like this", () => onTop(one, { type: "another" }));
  one.sure = one.quiz.data.confidence ? confidence(one) : null;
  const foot = make("div", { class: "crib-foot" }, ...Object.values(one.buttons), one.sure?.node);
  arrange(one);
  return foot;
}

function confidence(one) {
  const name = `${one.quiz.uid}-sure-${one.asked.id}`;
  const row = (value, words) => {
    const input = make("input", { type: "radio", name, value, onchange: () => sure(value) });
    return make("label", {}, input, make("span", {}, words));
  };
  const sure = (value) => {
    one.confidence = value;
    if (one.choice != null) ask(one, { type: "choose", choice: one.choice, confidence: value });
  };
  const node = make("fieldset", { class: "crib-confidence" }, make("legend", {}, "How sure are you?"), row("guess", "Guess"), row("think", "Think so"), row("sure", "Sure"));
  const show = (value) => node.querySelectorAll("input").forEach((input) => (input.checked = input.value === value));
  return { node, show };
}

/** A new choice: the old verdict no longer speaks about it. */
function changed(one, choice) {
  one.choice = choice;
  clear(one);
  if (one.said.dataset.kind === "refused") say(one, "");
  ask(one, { type: "choose", choice, confidence: one.confidence });
}

/** Asks for a question on top; when it comes, it gets the focus. */
function onTop(one, message) {
  one.quiz.wanted = (message.ask ?? one.asked.id).split("~")[0];
  ask(one, message);
}

function check(one, chosen = null) {
  one.input.flush?.();
  const choice = chosen ?? one.choice ?? one.input.current?.() ?? null;
  ask(one, { type: "check", choice, confidence: one.confidence, seconds: one.quiz.watch?.seconds(one.node) });
}

function again(one) {
  one.confidence = null;
  one.sure?.show(null);
  const kept = one.asked.kind === "order" || one.asked.kind === "match" || one.asked.kind === "number";
  if (kept) clear(one);
  else {
    one.input.show(null);
    changed(one, []);
  }
  one.node.querySelector("input, select, .crib-move")?.focus();
}

function ask(one, message) {
  clearTimeout(one.waiting);
  one.waiting = setTimeout(() => say(one, "No answer from the kernel yet. It may be busy; if it was restarted, run this cell again."), SLOW);
  try {
    one.quiz.send({ id: one.asked.id, word: [one.quiz.uid, ++one.words], ...message });
  } catch {
    say(one, "The kernel is gone. Run this cell again.");
  }
}

// ---- what the kernel says ----

const HEAR = {
  state(one, message) {
    if (overtaken(one, message.heard)) return;
    clearTimeout(one.waiting);
    if (!same(one.choice, message.choice)) clear(one);
    one.choice = message.choice;
    one.confidence = message.confidence ?? null;
    one.input.show(message.choice);
    one.sure?.show(one.confidence);
    if (!one.node.dataset.verdict) one.node.dataset.state = message.said ? "answered" : "untouched";
    if (one.said.dataset.kind === "refused") return arrange(one); // said after the choice that this speaks of
    if (!one.quiz.study) recorded(one, message.said);
    else if (one.said.dataset.kind === "say" && one.asked.kind !== "order") one.said.replaceChildren();
    arrange(one);
  },
  feedback(one, message) {
    clearTimeout(one.waiting);
    if (message.verdict !== "REVEALED") one.quiz.watch?.again(one.node);
    one.said.replaceChildren();
    one.input.mark(message.parts);
    if (message.verdict === "REVEALED") one.node.classList.add("crib-revealed");
    showVerdict(one, message);
    one.node.dataset.verdict = message.verdict;
    one.node.dataset.state = message.verdict === "REVEALED" ? "answered" : message.verdict.toLowerCase();
    arrange(one, true);
  },
  hint(one, message) {
    clearTimeout(one.waiting);
    one.hints = message.number;
    one.hintList.hidden = false;
    one.hintList.append(make("li", { class: "crib-hint" }, make("span", { class: "crib-hint-name" }, `Hint ${message.number} of ${message.total}`), make("div", { class: "crib-text", html: message.html })));
    say(one, "");
    one.said.append(unseen(`Hint ${message.number}: ${one.hintList.lastChild.lastChild.textContent}`));
    one.buttons.hint.textContent = message.number < message.total ? "Next hint" : "No more hints";
    one.buttons.hint.setAttribute("aria-disabled", message.number >= message.total);
  },
  say(one, message) {
    clearTimeout(one.waiting);
    say(one, message.text);
  },
  more: (one) => clearTimeout(one.waiting),
};

/** The kernel speaks of an earlier choice than the learner has made by now. */
const overtaken = (one, heard) => heard?.[0] === one.quiz.uid && heard[1] < one.words;

function recorded(one, said) {
  one.said.dataset.kind = "recorded";
  one.said.replaceChildren(make("span", { class: "crib-recorded", html: said ? `<strong>Recorded:</strong> ${said}` : "Nothing recorded yet." }));
}

function say(one, text, kind = "say") {
  one.said.dataset.kind = kind;
  one.said.replaceChildren(text);
}

function showVerdict(one, message) {
  const signs = { CORRECT: "✓", PARTIAL: "◐", INCORRECT: "✗", REVEALED: "→" };
  const head = make("p", { class: "crib-title" }, icon(signs[message.verdict]), make("strong", {}, message.title), message.detail ? ` ${message.detail}` : "");
  const parts = [message.solution && make("p", { html: message.solution }), message.general && make("p", { html: message.general }), message.read && make("p", { class: "crib-read", html: message.read }), message.again && returned(one, message.again)];
  one.verdict.replaceChildren(head, ...parts.filter(Boolean));
  one.verdict.hidden = false;
}

/** A mistake that has come back: a word about it, and the question that tells two ideas apart. */
function returned(one, { html, ask: other }) {
  const press = () => onTop(one, { type: "apart", ask: other });
  return make("div", { class: "crib-again" }, make("p", { html }), other ? button("Ask me what tells them apart", press) : null);
}

function clear(one) {
  if (!one.node.dataset.verdict) return;
  delete one.node.dataset.verdict;
  one.node.dataset.state = one.choice == null || one.choice.length === 0 ? "untouched" : "answered";
  one.node.classList.remove("crib-revealed");
  one.verdict.hidden = true;
  one.input.mark(null);
  arrange(one);
}

/** Shows the buttons that make sense now; focus goes to the verdict when the button that had it goes away. */
function arrange(one, spoken = false) {
  if (!one.buttons?.check) return;
  const verdict = one.node.dataset.verdict;
  const focused = one.node.contains(document.activeElement) ? document.activeElement : null;
  const done = verdict === "CORRECT" || verdict === "REVEALED";
  one.buttons.check.hidden = Boolean(verdict);
  one.buttons.again.hidden = !verdict;
  one.buttons.again.classList.toggle("crib-primary", !done);
  one.buttons.hint.hidden = done;
  one.buttons.reveal.hidden = !verdict || done;
  if (one.buttons.another) one.buttons.another.hidden = !verdict;
  if (one.sure) one.sure.node.hidden = Boolean(verdict);
  if (spoken && focused && (focused.hidden || focused.closest("[hidden]") || focused === one.buttons.reveal)) one.verdict.focus({ preventScroll: true });
  if (!spoken && focused?.hidden) one.buttons.check.focus({ preventScroll: true });
}

export default { render };
