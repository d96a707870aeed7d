// @ts-check
/** @import { One } from "./types" */
import { make } from "./elements.js";

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
 * @param {string} said
 */
export function recorded(one, said) {
  one.said.dataset.kind = "recorded";
  const html = said ? `<strong>Recorded:</strong> ${said}` : "Nothing recorded yet.";
  one.said.replaceChildren(make("span", { class: "crib-recorded", html }));
}
