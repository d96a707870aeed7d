// @ts-check

/**
 * JupyterLab takes arrows and letters as commands for the notebook unless the widget claims them.
 * @param {HTMLElement} root
 */
export function ownKeys(root) {
  /** @param {KeyboardEvent} event */
  const claim = (event) => {
    const { target } = event;
    if (!(target instanceof Element) || !root.contains(target)) return;
    const forNotebook = event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key === "Enter");
    // On the focused element itself: JupyterLab's selectors match there before they climb to the root.
    target.toggleAttribute("data-lm-suppress-shortcuts", !forNotebook && event.key !== "Escape");
  };
  window.addEventListener("keydown", claim, true);
  return () => window.removeEventListener("keydown", claim, true);
}
