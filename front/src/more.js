// @ts-check
/** @import { More } from "./protocol" */
/** @import { Card, Quiz } from "./types" */
import { focusInput, nameOf } from "./acts.js";
import { card } from "./card.js";

/**
 * Puts a question below the one it came from, a sibling or a draw of it; another draw of the same question gives way.
 * @param {Quiz} quiz
 * @param {Map<string, Card>} cards
 * @param {Map<string, Card>} extras questions asked on top, which no notebook records
 * @param {More} message
 */
export function more(quiz, cards, extras, message) {
  const { id, after, title, asked } = message;
  if (extras.has(id) && asked.another) return; // this draw is shown already
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
