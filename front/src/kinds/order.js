// @ts-check
/** @import { AskedOrder, Thing } from "../protocol" */
/** @import { Input, One } from "../types" */
import { changed } from "../acts.js";
import { badge, icon, make, reason, same, text } from "../elements.js";
import { say } from "../said.js";
import { draggable } from "./drag.js";
import { markRows } from "./marks.js";

/** @typedef {ReturnType<typeof itemRow>} ItemRow */

/**
 * A list whose items are moved by buttons, by arrow keys and by dragging.
 * @param {One} one
 * @param {AskedOrder} asked
 * @returns {Input}
 */
export function order(one, asked) {
  const list = make("ol", { class: "crib-order" });
  const rows = asked.items.map((item) => itemRow(item, (by) => move(item, by)));
  const byId = new Map(rows.map((each) => [each.id, each]));
  const current = () => [...list.children].map((node) => node.getAttribute("data-item") ?? "");
  const paint = () => {
    for (const [place, id] of current().entries()) placeRow(byId.get(id), place, rows.length);
  };
  /** @param {string[]} order */
  const put = (order) => {
    if (!same(order, current())) list.append(...order.flatMap((id) => byId.get(id)?.row ?? []));
    paint();
  };
  const settle = () => {
    paint();
    if (!same(current(), one.choice)) changed(one, current());
  };
  const hand = inHand({ current, put, paint, settle });
  /**
   * @param {Thing} item
   * @param {number} by
   */
  const move = (item, by) => {
    const to = current().indexOf(item.id) + by;
    if (!shift(list, byId.get(item.id)?.row, to, by)) return;
    settle();
    say(one, `${item.plain}: now ${to + 1} of ${rows.length}.`);
  };
  list.append(...rows.map(({ row }) => row));
  for (const { row } of rows) draggable(list, row, hand);
  paint();
  return {
    node: list,
    current,
    show(choice) {
      const wanted = Array.isArray(choice) && choice.length > 0 ? choice : asked.items.map(({ id }) => id);
      if (hand.holds()) return hand.later(wanted);
      put(wanted);
    },
    mark: (parts) => markRows(rows, parts),
  };
}

/**
 * One drag from grip to drop: numbers follow, a drop where it began or a drag that was taken away tells nothing,
 * and what the kernel says meanwhile waits, so that nothing moves under the learner's hand.
 * @param {{ current: () => string[], put: (order: string[]) => void, paint: () => void, settle: () => void }} list
 */
function inHand({ current, put, paint, settle }) {
  /** @type {string[] | null} */
  let before = null;
  /** @type {string[] | null} */
  let after = null;
  return {
    holds: () => before !== null,
    /** @param {string[]} order */
    later: (order) => {
      after = order;
    },
    begin: () => {
      before = current();
      after = null;
    },
    moved: paint,
    /** @param {boolean} dropped */
    end: (dropped) => {
      const [begun, told] = [before ?? [], after];
      before = null;
      if (dropped && !same(current(), begun)) return settle();
      put(told ?? begun);
    },
  };
}

/**
 * Moves a node one place up or down in its list, if there is one, and keeps the focus where it is.
 * @param {HTMLElement} list
 * @param {HTMLElement | undefined} node
 * @param {number} to
 * @param {number} by
 */
function shift(list, node, to, by) {
  const there = list.children[to];
  if (!node || !there) return false;
  const focused = document.activeElement;
  list.insertBefore(node, by < 0 ? there : there.nextSibling);
  if (focused instanceof HTMLElement) focused.focus();
  return true;
}

/**
 * @param {Thing} item
 * @param {(by: number) => void} move
 */
function itemRow({ id, html, plain }, move) {
  /**
   * @param {number} by
   * @param {string} sign
   * @param {string} words
   */
  const arrow = (by, sign, words) => {
    const label = `Move ${words}: ${plain}`;
    const attributes = { type: "button", class: "crib-move", value: id, "aria-label": label, onclick: () => move(by) };
    return make("button", attributes, icon(sign));
  };
  const up = arrow(-1, "↑", "up");
  const down = arrow(1, "↓", "down");
  const place = make("span", { class: "crib-place", "aria-hidden": "true" });
  const grip = make("span", { class: "crib-grip", "aria-hidden": "true" });
  const why = reason();
  const line = make("div", { class: "crib-line" }, place, text(html), badge(), up, down, grip);
  const row = make("li", { class: "crib-item", "data-item": id }, line, why);
  row.addEventListener("keydown", (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    move(by);
  });
  return { id, row, why, up, down, place };
}

/**
 * Numbers a row; at the ends an arrow stays in reach of the keyboard and only says that it does nothing.
 * @param {ItemRow | undefined} row
 * @param {number} place
 * @param {number} all
 */
function placeRow(row, place, all) {
  if (!row) return;
  row.place.textContent = String(place + 1);
  row.up.setAttribute("aria-disabled", String(place === 0));
  row.down.setAttribute("aria-disabled", String(place === all - 1));
}
