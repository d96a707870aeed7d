// @ts-check
// The front end of a quiz: shows questions, tells the kernel each choice, shows what the kernel answers.
// Right or wrong is never decided here; this code sees neither keys nor reasons before the kernel sends them.
/** @import { FromKernel, View } from "./protocol" */
/** @import { Card, Model, Quiz } from "./types" */
import { card, numbered } from "./card.js";
import { make } from "./elements.js";
import { ownKeys } from "./keyboard.js";
import { more } from "./more.js";
import { progress } from "./progress.js";
import { stopwatch } from "./stopwatch.js";

let views = 0;

/**
 * Shows a quiz; gives the way to end it.
 * @param {{ model: Model, el: HTMLElement }} widget
 */
function render({ model, el }) {
  const quiz = begin(model);
  const { data } = quiz;
  const cards = new Map(data.questions.map((asked, place) => [asked.id, card(quiz, asked, numbered(data, place + 1))]));
  /** @type {Map<string, Card>} */
  const extras = new Map();
  const bar = data.questions.length > 1 ? progress(cards) : null;
  const notice = make("p", { class: "crib-notice", role: "status" });
  const root = make("section", { class: "crib-quiz", "data-mode": data.mode, "aria-label": label(data) });
  root.append(...(bar ? [bar.node] : []), notice, ...[...cards.values()].map((each) => each.node));
  el.replaceChildren(root);

  /** @param {FromKernel} message */
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

/**
 * @param {Model} model
 * @returns {Quiz}
 */
function begin(model) {
  const data = model.get("data");
  const study = data.mode === "study";
  const uid = `crib-${++views}-${Math.random().toString(36).slice(2, 8)}`;
  return { data, uid, study, send: (message) => model.send(message), watch: study ? stopwatch() : null, wanted: null };
}

/** @param {View} data */
const label = ({ questions }) => (questions.length > 1 ? `Quiz of ${questions.length} questions` : "Quiz question");

export default { render };
