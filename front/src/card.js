// @ts-check
/** @import { Asked, View } from "./protocol" */
/** @import { Card, Name, One, Quiz } from "./types" */
import { make, text, unseen } from "./elements.js";
import { footer } from "./footer.js";
import { hear } from "./hear.js";
import { inputOf, taskOf } from "./kinds/index.js";

/**
 * One question: its input, its buttons, and what the kernel said about it.
 * @param {Quiz} quiz
 * @param {Asked} asked
 * @param {Name} name
 * @returns {Card}
 */
export function card(quiz, asked, name) {
  const legend = make("legend", { class: "crib-stem" }, heading(asked, name), text(asked.stem));
  const task = make("p", { class: "crib-task", id: `${quiz.uid}-task-${asked.id}` }, taskOf(asked));
  const node = make("fieldset", {
    class: "crib-question",
    "data-question": asked.id,
    "data-kind": asked.kind,
    "data-state": "untouched",
    "aria-describedby": task.id,
  });
  const one = begin(quiz, asked, node, task);
  node.append(legend, task);
  if (asked.back) node.append(back(asked.back));
  node.append(one.input.node, one.verdict, one.hintList);
  node.append(...[footer(one), one.said].filter((each) => each != null));
  quiz.watch?.begin(node);
  return { node, hear: (message) => hear(one, message) };
}

/**
 * @param {Quiz} quiz
 * @param {Asked} asked
 * @param {HTMLFieldSetElement} node
 * @param {HTMLElement} task
 */
function begin(quiz, asked, node, task) {
  const verdict = { class: "crib-verdict", tabindex: "-1", role: "group", "aria-label": "Verdict", hidden: true };
  /** @type {Omit<One, "input">} */
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
    words: 0,
  };
  const one = /** @type {One} */ (bare); // its input speaks of it, and is made last
  one.input = inputOf(one);
  return one;
}

/** @param {string} html */
const back = (html) => make("details", { class: "crib-back" }, make("summary", {}, "Turn the card"), text(html));

/**
 * @param {Asked} asked
 * @param {Name} name
 */
function heading(asked, name) {
  const [words, spoken] = asked.back ? ["Flash card", ". "] : name;
  const scenario = asked.exam ? make("span", { class: "crib-chip" }, "Exam scenario") : null;
  return make("span", { class: "crib-heading" }, words, unseen(spoken), scenario);
}

/**
 * @param {View} data
 * @param {number} place
 * @returns {Name}
 */
export const numbered = ({ questions }, place) =>
  questions.length > 1 ? [`Question ${place}`, ` of ${questions.length}. `] : ["Question", ". "];
