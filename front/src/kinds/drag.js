// @ts-check

/**
 * Lets a node of a list be dragged to another place in it.
 * @param {HTMLElement} list
 * @param {HTMLElement} node
 * @param {() => void} settle
 */
export function draggable(list, node, settle) {
  node.addEventListener("pointerdown", (start) => {
    if (start.button !== 0 || (start.target instanceof Element && start.target.closest("button, a"))) return;
    start.preventDefault();
    node.setPointerCapture(start.pointerId);
    node.classList.add("crib-dragged");
    /** @param {PointerEvent} event */
    const drag = (event) => {
      const after = below(list, node, event.clientY);
      if (after === node.nextElementSibling) return;
      list.insertBefore(node, after);
      node.setPointerCapture(start.pointerId); // a node that moves in the document loses it
    };
    const drop = () => {
      node.classList.remove("crib-dragged");
      node.removeEventListener("pointermove", drag);
      settle();
    };
    node.addEventListener("pointermove", drag);
    node.addEventListener("pointerup", drop, { once: true });
    node.addEventListener("pointercancel", drop, { once: true });
  });
}

/**
 * The first of the others whose middle is below a height.
 * @param {HTMLElement} list
 * @param {HTMLElement} node
 * @param {number} height
 */
function below(list, node, height) {
  for (const other of list.children) {
    const { top, height: tall } = other.getBoundingClientRect();
    if (other !== node && height < top + tall / 2) return other;
  }
  return null;
}
