// @ts-check
/** @import { Part } from "../protocol" */
/** @import { Row } from "../types" */
import { icon, unseen } from "../elements.js";

/**
 * What a mark is called in the style sheet: a choice is right or wrong, what was not chosen was missed or is just another.
 * @param {Part} part
 */
const markOf = ({ taken, right }) => (taken ? (right ? "right" : "wrong") : right ? "missed" : "other");

/**
 * Puts a badge and a reason on each row that the kernel spoke about, and takes them off the others.
 * @param {Row[]} rows
 * @param {Part[] | null} parts
 */
export function markRows(rows, parts) {
  for (const { id, row, why } of rows) {
    const part = parts?.find((each) => each.id === id);
    row.dataset.mark = part ? markOf(part) : "";
    const badge = part ? [icon(part.right ? "✓" : "✗"), unseen(part.right ? " Right. " : " Wrong. ")] : [];
    row.querySelector(".crib-badge")?.replaceChildren(...badge);
    why.innerHTML = part?.why ?? "";
    why.hidden = !part?.why;
  }
}
