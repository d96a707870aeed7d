// @ts-check
/** @import { Confidence } from "./protocol" */
/** @import { One, Sure } from "./types" */
import { again, ask, changed, check, onTop } from "./acts.js";
import { arrange } from "./arrange.js";
import { button, make } from "./elements.js";

/**
 * The buttons of a question.
 * @param {One} one
 */
export function footer(one) {
  if (!one.quiz.study) return one.asked.kind === "order" ? keep(one) : null;
  if (one.asked.back) return null;
  one.buttons = {
    check: button("Check", () => check(one), "crib-primary"),
    again: button("Try again", () => again(one), "crib-primary"),
    hint: button("Hint", () => nextHint(one)),
    reveal: button("Show the answer", () => ask(one, { type: "reveal" })),
  };
  if (one.asked.another) {
    one.buttons.another = button("Another one like this", () => onTop(one, { type: "another" }));
  }
  one.sure = one.quiz.data.confidence ? confidence(one) : null;
  const foot = make("div", { class: "crib-foot" }, ...Object.values(one.buttons), one.sure?.node);
  arrange(one);
  return foot;
}

/**
 * After the last hint the button stays in reach and does nothing.
 * @param {One} one
 */
function nextHint(one) {
  if (one.buttons?.hint.getAttribute("aria-disabled") !== "true") ask(one, { type: "hint", seen: one.hints });
}

/**
 * In a release the order that is shown may be the answer, and somebody must be able to say so.
 * @param {One} one
 */
function keep(one) {
  const record = () => changed(one, one.input.current?.() ?? []);
  return make("div", { class: "crib-foot" }, button("Record this order", record));
}

/**
 * @param {One} one
 * @returns {Sure}
 */
function confidence(one) {
  const name = `${one.quiz.uid}-sure-${one.asked.id}`;
  /** @param {Confidence} value */
  const sure = (value) => {
    one.confidence = value;
    if (one.choice != null) ask(one, { type: "choose", choice: one.choice, confidence: value });
  };
  /**
   * @param {Confidence} value
   * @param {string} words
   */
  const row = (value, words) => {
    const input = make("input", { type: "radio", name, value, onchange: () => sure(value) });
    return { input, label: make("label", {}, input, make("span", {}, words)) };
  };
  const rows = [row("guess", "Guess"), row("think", "Think so"), row("sure", "Sure")];
  const labels = rows.map(({ label }) => label);
  return {
    node: make("fieldset", { class: "crib-confidence" }, make("legend", {}, "How sure are you?"), ...labels),
    show(value) {
      for (const { input } of rows) input.checked = input.value === value;
    },
  };
}
