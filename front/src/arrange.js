// @ts-check
/** @import { One } from "./types" */

/**
 * Shows the buttons that make sense now; focus goes to the verdict when the button that had it goes away.
 * @param {One} one
 */
export function arrange(one, spoken = false) {
  const { buttons, node, verdict } = one;
  if (!buttons) return;
  const said = node.dataset.verdict;
  const focused = node.contains(document.activeElement) ? document.activeElement : null;
  const done = said === "CORRECT" || said === "REVEALED";
  buttons.check.hidden = Boolean(said);
  buttons.again.hidden = !said;
  buttons.again.classList.toggle("crib-primary", !done);
  buttons.hint.hidden = done;
  buttons.reveal.hidden = !said || done;
  if (buttons.another) buttons.another.hidden = !said;
  if (one.sure) one.sure.node.hidden = Boolean(said);
  if (!focused) return;
  if (spoken && (focused.closest("[hidden]") || focused === buttons.reveal)) verdict.focus({ preventScroll: true });
  if (!spoken && focused instanceof HTMLElement && focused.hidden) buttons.check.focus({ preventScroll: true });
}

/**
 * Takes a verdict away that no longer speaks about what is chosen.
 * @param {One} one
 */
export function clear(one) {
  const { choice, node } = one;
  if (!node.dataset.verdict) return;
  delete node.dataset.verdict;
  node.dataset.state = choice == null || choice.length === 0 ? "untouched" : "answered";
  node.classList.remove("crib-revealed");
  one.verdict.hidden = true;
  one.input.mark(null);
  arrange(one);
}
