// @ts-check
/** @import { Attribute, Child } from "./types" */

/**
 * An element with attributes, listeners (`onclick`) and children.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, Attribute>} attributes
 * @param {Child[]} children
 */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (name === "html")
      node.innerHTML = String(value); // rendered by richtext.py, which lets no raw HTML through
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, String(value));
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

/** @param {string} sign */
export const icon = (sign) => make("span", { class: "crib-sign", "aria-hidden": "true" }, sign);

/** @param {string} words */
export const unseen = (words) => make("span", { class: "crib-unseen" }, words);

/** @param {string} html */
export const text = (html) => make("div", { class: "crib-text", html });

export const badge = () => make("span", { class: "crib-badge" });

/** A place for the reason why something is right or wrong. */
export const reason = () => make("div", { class: "crib-why", hidden: true });

/**
 * @param {string} words
 * @param {() => void} press
 */
export const button = (words, press, kind = "") =>
  make("button", { type: "button", class: `crib-button ${kind}`, onclick: press }, words);

/**
 * @param {unknown} one
 * @param {unknown} other
 */
export const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
