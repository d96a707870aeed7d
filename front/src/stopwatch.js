// @ts-check
/** @import { Stopwatch } from "./types" */
/** @typedef {{ passed: number, since: number | null, seen: boolean }} Clock what has passed, since when it runs, whether its question is in sight */

const IDLE = 120_000; // milliseconds that count as thought without any sign of the learner
const SIGNS = ["pointermove", "pointerdown", "keydown", "wheel"];
const STEPS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/**
 * Measures how long each question was in sight while the page was in front; leaving it for a coffee counts for two minutes.
 * @returns {Stopwatch}
 */
export function stopwatch() {
  /** @type {Map<Element, Clock>} */
  const clocks = new Map();
  let sign = performance.now();

  /** @param {Clock} clock */
  const settle = (clock, now = performance.now()) => {
    if (clock.since != null) clock.passed += Math.max(0, Math.min(now, sign + IDLE) - clock.since);
    clock.since = clock.seen && document.visibilityState === "visible" ? now : null;
  };
  const alive = () => {
    const now = performance.now();
    if (now - sign > IDLE) for (const clock of clocks.values()) settle(clock, now);
    sign = now;
  };
  const turned = () => {
    for (const clock of clocks.values()) settle(clock);
    sign = performance.now();
  };
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        const clock = clocks.get(entry.target);
        if (!clock) continue;
        clock.seen = inSight(entry);
        settle(clock);
      }
    },
    { threshold: STEPS },
  );
  for (const name of SIGNS) window.addEventListener(name, alive, { capture: true, passive: true });
  document.addEventListener("visibilitychange", turned);

  return {
    begin(node) {
      clocks.set(node, { passed: 0, since: null, seen: false });
      observer.observe(node);
    },
    seconds(node) {
      const clock = clocks.get(node);
      if (!clock) return null;
      settle(clock);
      return clock.passed / 1000;
    },
    again(node) {
      const clock = clocks.get(node);
      if (!clock) return;
      settle(clock);
      clock.passed = 0;
    },
    end() {
      observer.disconnect();
      for (const name of SIGNS) window.removeEventListener(name, alive, { capture: true });
      document.removeEventListener("visibilitychange", turned);
    },
  };
}

/**
 * Half of the question is seen, or it fills half of what is seen.
 * @param {IntersectionObserverEntry} entry
 */
function inSight({ isIntersecting, intersectionRatio, intersectionRect, rootBounds }) {
  const fills = rootBounds && intersectionRect.height >= rootBounds.height / 2;
  return isIntersecting && (intersectionRatio >= 0.5 || Boolean(fills));
}
