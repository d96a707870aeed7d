// @ts-check
// What the learner does, as the kernel is told of it.
/** @import { Choice } from "./protocol" */
/** @import { One, Words } from "./types" */
import { clear } from "./arrange.js";
import { say } from "./said.js";

const SLOW = 2500; // milliseconds without an answer from the kernel before the learner is told
const KEPT = ["order", "match", "number"]; // what took work to enter stays when it is tried again

/**
 * A new choice: the old verdict no longer speaks about it.
 * @param {One} one
 * @param {Choice} choice
 */
export function changed(one, choice) {
  one.choice = choice;
  clear(one);
  if (one.said.dataset.kind === "refused") say(one, "");
  ask(one, { type: "choose", choice, confidence: one.confidence });
}

/**
 * @param {One} one
 * @param {Choice | null} chosen
 */
export function check(one, chosen = null) {
  one.input.flush?.();
  const choice = chosen ?? one.choice;
  const seconds = one.quiz.watch?.seconds(one.node) ?? null;
  ask(one, { type: "check", choice, confidence: one.confidence, seconds });
}

/** @param {One} one */
export function again(one) {
  one.confidence = null;
  one.sure?.show(null);
  if (KEPT.includes(one.asked.kind)) clear(one);
  else {
    one.input.show(null);
    changed(one, []);
  }
  focusInput(one.node);
}

/**
 * Asks for a question on top; when it comes, it gets the focus.
 * @param {One} one
 * @param {Words & { type: "another" | "apart" }} message
 */
export function onTop(one, message) {
  one.quiz.wanted = nameOf(message.type === "apart" ? message.ask : one.asked.id);
  ask(one, message);
}

/**
 * @param {One} one
 * @param {Words} message
 */
export function ask(one, message) {
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

/**
 * The question that a draw was made from: `vpc-slash-28~17` is one of `vpc-slash-28`.
 * @param {string} id
 */
export const nameOf = (id) => id.split("~")[0] ?? id;

/** @param {HTMLElement} node */
export function focusInput(node) {
  /** @type {HTMLElement | null} */
  const input = node.querySelector("input, select, .crib-move");
  input?.focus();
}
