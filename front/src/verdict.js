// @ts-check
/** @import { Again, Feedback } from "./protocol" */
/** @import { One } from "./types" */
import { onTop } from "./acts.js";
import { button, icon, make } from "./elements.js";

const SIGNS = { CORRECT: "✓", PARTIAL: "◐", INCORRECT: "✗", REVEALED: "→" };

/**
 * @param {One} one
 * @param {Feedback} message
 */
export function showVerdict(one, message) {
  const { verdict, title, detail, solution, general, read } = message;
  const head = make(
    "p",
    { class: "crib-title" },
    icon(SIGNS[verdict]),
    make("strong", {}, title),
    detail && ` ${detail}`,
  );
  const parts = [
    solution && make("p", { html: solution }),
    general && make("p", { html: general }),
    read && make("p", { class: "crib-read", html: read }),
    message.again && returned(one, message.again),
  ];
  one.verdict.replaceChildren(head, ...parts.filter((part) => part instanceof Node));
  one.verdict.hidden = false;
}

/**
 * A mistake that has come back: a word about it, and the question that tells two ideas apart.
 * @param {One} one
 * @param {Again} again
 */
function returned(one, { html, ask: other }) {
  const press = () => onTop(one, { type: "apart", ask: other });
  const asks = other ? button("Ask me what tells them apart", press) : null;
  return make("div", { class: "crib-again" }, make("p", { html }), asks);
}
