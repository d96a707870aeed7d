// @ts-check
/** @import { AskedChoose, Thing } from "../protocol" */
/** @import { Input, One } from "../types" */
import { changed, check } from "../acts.js";
import { badge, make, reason, text } from "../elements.js";
import { say } from "../said.js";
import { markRows } from "./marks.js";

/**
 * Somebody says whether they knew a card; whoever did not look at its back sees it now.
 * @param {One} one
 * @param {string[]} chosen
 */
function judge(one, chosen) {
  const back = one.node.querySelector("details");
  if (back) back.open = true;
  check(one, chosen);
}

/**
 * Radio buttons or boxes to tick.
 * @param {One} one
 * @param {AskedChoose} asked
 * @returns {Input}
 */
export function choose(one, asked) {
  const many = asked.kind === "choose-many";
  /** @param {Thing} option */
  const rowOf = ({ id, html }) => {
    const name = `${one.quiz.uid}-${asked.id}`;
    const pressed = () => pick(input);
    const input = make("input", { type: many ? "checkbox" : "radio", name, value: id, onchange: pressed });
    const why = reason();
    const row = make("div", { class: "crib-option" }, make("label", {}, input, text(html), badge()), why);
    return { id, input, row, why };
  };
  const rows = asked.options.map(rowOf);
  const chosen = () => rows.filter(({ input }) => input.checked).map(({ id }) => id);
  const paint = () => {
    for (const { row, input } of rows) row.dataset.chosen = String(input.checked);
    if (many) one.task.textContent = `${chosen().length} of ${asked.choose} chosen.`;
  };
  /** @param {HTMLInputElement} input */
  const pick = (input) => {
    if (many && chosen().length > asked.choose) {
      input.checked = false;
      return say(one, `Choose ${asked.word}: untick another one first.`, "refused");
    }
    paint();
    if (asked.back) judge(one, chosen());
    else changed(one, chosen());
  };
  return {
    node: make("div", { class: "crib-options" }, ...rows.map(({ row }) => row)),
    show(choice) {
      for (const { id, input } of rows) input.checked = Array.isArray(choice) && choice.includes(id);
      paint();
    },
    mark: (parts) => markRows(rows, parts),
  };
}
