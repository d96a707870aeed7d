// @ts-check
/** @import { AskedMatch, Thing } from "../protocol" */
/** @import { Input, One } from "../types" */
import { changed } from "../acts.js";
import { badge, make, reason } from "../elements.js";
import { markRows } from "./marks.js";

const LONGEST = 60; // characters that a list of choices shows in full
const SHOWN = 48;

/**
 * A list of choices for each thing on the left; long things on the right get letters, and stand below in full.
 * @param {One} one
 * @param {AskedMatch} asked
 * @returns {Input}
 */
export function match(one, { left, right, id }) {
  const lettered = right.some((each) => each.html.includes("<pre") || each.plain.length > LONGEST);
  /**
   * @param {Thing} each
   * @param {number} place
   */
  const option = (each, place) => {
    const words = lettered ? `${String.fromCharCode(65 + place)} · ${each.plain.slice(0, SHOWN)}` : each.plain;
    return make("option", { value: each.id }, words);
  };
  /**
   * @param {Thing} each
   * @param {number} place
   */
  const rowOf = (each, place) => {
    const name = `${one.quiz.uid}-${id}-${place}`;
    const pick = () => changed(one, chosen());
    const select = make("select", { "data-left": each.id, "aria-labelledby": name, onchange: pick });
    select.append(make("option", { value: "" }, "Choose…"), ...right.map(option));
    const words = make("div", { class: "crib-text", id: name, html: each.html });
    const arrow = make("span", { class: "crib-arrow", "aria-hidden": "true" }, "→");
    const why = reason();
    const line = make("div", { class: "crib-pair" }, words, arrow, select, badge());
    return { id: each.id, select, why, row: make("div", { class: "crib-match" }, line, why) };
  };
  const rows = left.map(rowOf);
  const chosen = () =>
    Object.fromEntries(rows.filter((row) => row.select.value).map((row) => [row.id, row.select.value]));
  const inFull = right.map((each) => make("li", { html: each.html }));
  const key = lettered ? make("ol", { class: "crib-rights", type: "A" }, ...inFull) : null;
  return {
    node: make("div", { class: "crib-matches" }, ...rows.map(({ row }) => row), key),
    show(choice) {
      const found = choice == null || typeof choice === "string" || Array.isArray(choice) ? {} : choice;
      for (const row of rows) row.select.value = found[row.id] ?? "";
    },
    mark: (parts) => markRows(rows, parts),
  };
}
