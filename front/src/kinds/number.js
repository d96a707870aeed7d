// @ts-check
/** @import { AskedNumber } from "../protocol" */
/** @import { Input, One } from "../types" */
import { changed, check } from "../acts.js";
import { clear } from "../arrange.js";
import { badge, make, reason } from "../elements.js";
import { markRows } from "./marks.js";

const TYPING = 350; // milliseconds of rest before a typed number is recorded

/**
 * A field for a figure.
 * @param {One} one
 * @param {AskedNumber} asked
 * @returns {Input}
 */
export function number(one, asked) {
  const input = make("input", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    maxlength: 64,
    "aria-label": asked.unit ? `Your answer, in ${asked.unit}` : "Your answer",
  });
  const flush = listen(one, input);
  const why = reason();
  const unit = asked.unit ? make("span", { class: "crib-unit", "aria-hidden": "true" }, asked.unit) : null;
  const row = make("div", { class: "crib-figure" }, make("div", { class: "crib-field" }, input, unit, badge()), why);
  return {
    node: row,
    flush,
    fill(text) {
      input.value = text;
      flush();
      input.focus();
    },
    show(choice) {
      const typing = document.activeElement === input && choice != null && choice.length !== 0;
      if (!typing) input.value = typeof choice === "string" ? choice : "";
    },
    mark: (parts) => markRows([{ id: "", row, why }], parts),
  };
}

/**
 * Records when typing rests or ends, and on Enter checks; gives the way to record at once.
 * @param {One} one
 * @param {HTMLInputElement} input
 */
function listen(one, input) {
  /** @type {number | undefined} */
  let rest;
  const record = () => {
    clearTimeout(rest);
    if (input.value !== (one.choice ?? "")) changed(one, input.value);
  };
  input.addEventListener("input", () => {
    clearTimeout(rest);
    clear(one);
    rest = setTimeout(record, TYPING);
  });
  input.addEventListener("change", record);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.ctrlKey) return;
    event.preventDefault();
    record();
    if (one.quiz.study) check(one);
  });
  return record;
}
