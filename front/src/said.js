// @ts-check
/** @import { Remark, State } from "./protocol" */
/** @import { One } from "./types" */
import { button, make } from "./elements.js";

/**
 * One sentence below the question.
 * @param {One} one
 * @param {string} sentence
 */
export function say(one, sentence, kind = "say") {
  one.said.dataset.kind = kind;
  one.said.replaceChildren(sentence);
}

/**
 * In a release the same place says what is recorded.
 * @param {One} one
 * @param {State} state
 */
export function recorded(one, { said, remark }) {
  one.said.dataset.kind = "recorded";
  const none = remark ? "No answer yet." : "Nothing recorded yet.";
  const html = said ? `<strong>Recorded:</strong> ${said}` : none;
  const asks = remark && (remark.offers.length || !said) ? remarks(one, remark) : [];
  one.said.replaceChildren(make("span", { class: "crib-recorded", html }), " ", ...asks);
}

/**
 * How a figure was understood, or why it was not.
 * @param {One} one
 * @param {Remark} remark
 */
export function remarked(one, remark) {
  one.said.dataset.kind = "remark";
  one.said.replaceChildren(...remarks(one, remark));
}

/**
 * A sentence, and a button for each thing that may have been meant.
 * @param {One} one
 * @param {Remark} remark
 */
const remarks = (one, { text, offers }) => [
  make("span", { class: "crib-remark" }, text),
  ...offers.map((offer) => button(offer, () => one.input.fill?.(offer), "crib-offer")),
];
