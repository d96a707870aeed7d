// @ts-check
/** @import { Card } from "./types" */
import { make } from "./elements.js";

/**
 * How many questions have an answer, in words and as a row of marks.
 * @param {Map<string, Card>} cards
 */
export function progress(cards) {
  const words = make("span", { class: "crib-count" });
  const marks = [...cards.values()].map((card) => ({ card, mark: make("span", { class: "crib-dot" }) }));
  const update = () => {
    for (const { card, mark } of marks) mark.dataset.state = card.node.dataset.state;
    const answered = marks.filter(({ mark }) => mark.dataset.state !== "untouched").length;
    words.textContent = `${answered} of ${marks.length} answered`;
  };
  update();
  const dots = make("span", { class: "crib-dots", "aria-hidden": "true" }, ...marks.map(({ mark }) => mark));
  return { node: make("div", { class: "crib-bar" }, words, dots), update };
}
