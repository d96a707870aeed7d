// @ts-check
// What the kernel says of one question.
/** @import { Feedback, FromKernel, Hint, State } from "./protocol" */
/** @import { One } from "./types" */
import { arrange, clear } from "./arrange.js";
import { make, same, text, unseen } from "./elements.js";
import { recorded, remarked, say } from "./said.js";
import { showVerdict } from "./verdict.js";

/**
 * @param {One} one
 * @param {FromKernel} message
 */
export function hear(one, message) {
  if ("heard" in message && overtaken(one, message)) return;
  clearTimeout(one.waiting); // whatever it says, it has answered
  if (message.type === "state") state(one, message);
  if (message.type === "feedback") feedback(one, message);
  if (message.type === "hint") hint(one, message);
  if (message.type === "say") say(one, message.text);
}

/**
 * The kernel speaks of an earlier choice than the learner has made here by now; what it says of the later one is on its way.
 * @param {One} one
 * @param {State | Feedback} message
 */
const overtaken = (one, { heard }) => (heard[one.quiz.uid] ?? 0) < one.words;

/**
 * @param {One} one
 * @param {State} message
 */
function state(one, message) {
  if (!same(one.choice, message.choice)) clear(one);
  one.choice = message.choice;
  one.confidence = message.confidence ?? null;
  one.input.show(message.choice);
  one.sure?.show(one.confidence);
  if (!one.node.dataset.verdict) one.node.dataset.state = message.said ? "answered" : "untouched";
  const { kind } = one.said.dataset;
  if (kind === "refused") return arrange(one); // said after the choice that this speaks of
  if (!one.quiz.study) recorded(one, message);
  else if (message.remark) remarked(one, message.remark);
  else if (kind === "remark" || (kind === "say" && one.asked.kind !== "order")) one.said.replaceChildren();
  arrange(one);
}

/**
 * @param {One} one
 * @param {Feedback} message
 */
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

/**
 * @param {One} one
 * @param {Hint} message
 */
function hint(one, { number, total, html }) {
  one.hints = number;
  const name = make("span", { class: "crib-hint-name" }, `Hint ${number} of ${total}`);
  const words = text(html);
  one.hintList.hidden = false;
  one.hintList.append(make("li", { class: "crib-hint" }, name, words));
  say(one, "");
  one.said.append(unseen(`Hint ${number}: ${words.textContent}`));
  if (!one.buttons) return;
  one.buttons.hint.textContent = number < total ? "Next hint" : "No more hints";
  one.buttons.hint.setAttribute("aria-disabled", String(number >= total));
}
