// @ts-check
/** @import { Asked } from "../protocol" */
/** @import { Input, One } from "../types" */
import { choose } from "./choose.js";
import { match } from "./match.js";
import { number } from "./number.js";
import { order } from "./order.js";

/**
 * What a learner answers a question with.
 * @param {One} one
 * @returns {Input}
 */
export function inputOf(one) {
  const { asked } = one;
  switch (asked.kind) {
    case "choose-one":
    case "choose-many":
      return choose(one, asked);
    case "number":
      return number(one, asked);
    case "order":
      return order(one, asked);
    case "match":
      return match(one, asked);
  }
}

/**
 * What is to be done, in words.
 * @param {Asked} asked
 */
export function taskOf(asked) {
  if (asked.back) return "Say it to yourself, turn the card, and say whether you knew it.";
  switch (asked.kind) {
    case "choose-one":
      return "Choose one.";
    case "choose-many":
      return `0 of ${asked.choose} chosen.`;
    case "number":
      return asked.unit ? `Type a number, in ${asked.unit}.` : "Type a number.";
    case "order":
      return "Put these in order: drag, use the arrow buttons, or press the arrow keys on one.";
    case "match":
      return "Find the partner of each; one may serve several, or none.";
  }
}
