// @ts-check

/**
 * Lets a node of a list be dragged to another place in it, by mouse, touch or pen. The others move around it, since a node
 * that moves in the document loses the pointer.
 * @param {HTMLElement} list
 * @param {HTMLElement} node
 * @param {{ begin: () => void, moved: () => void, end: (dropped: boolean) => void }} tell
 */
export function draggable(list, node, tell) {
  node.addEventListener("pointerdown", (start) => {
    const { pointerId } = start;
    if (start.button !== 0 || !start.isPrimary) return;
    if (start.target instanceof Element && start.target.closest("button, a")) return;
    start.preventDefault();
    node.setPointerCapture(pointerId);
    node.classList.add("crib-dragged");
    tell.begin();
    let dropped = false;
    /** @param {PointerEvent} event */
    const drag = (event) => {
      if (event.pointerId === pointerId && passTo(list, node, event.clientY)) tell.moved();
    };
    /** @param {PointerEvent} event */
    const drop = (event) => {
      dropped ||= event.pointerId === pointerId;
    };
    /** @param {PointerEvent} event */
    const end = (event) => {
      if (event.pointerId !== pointerId) return;
      node.removeEventListener("pointermove", drag);
      node.removeEventListener("pointerup", drop);
      node.removeEventListener("lostpointercapture", end);
      node.classList.remove("crib-dragged");
      tell.end(dropped);
    };
    node.addEventListener("pointermove", drag);
    node.addEventListener("pointerup", drop);
    node.addEventListener("lostpointercapture", end); // the end of every drag, also of one that the system takes away
  });
}

/**
 * Moves the others so that the node stands where the pointer is; tells whether any had to.
 * @param {HTMLElement} list
 * @param {HTMLElement} node
 * @param {number} height
 */
function passTo(list, node, height) {
  const others = [...list.children].filter((other) => other !== node);
  const above = others.filter((other) => middle(other) <= height).length;
  const before = [...list.children].indexOf(node);
  for (const other of others.slice(before, above)) list.insertBefore(other, node);
  for (const other of others.slice(above, before).reverse()) list.insertBefore(other, node.nextSibling);
  return above !== before;
}

/** @param {Element} node */
function middle(node) {
  const { top, height } = node.getBoundingClientRect();
  return top + height / 2;
}
