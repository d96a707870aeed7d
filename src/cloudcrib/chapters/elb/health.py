"""What health checks see, when they act on it, and what draining saves."""

import math
from collections.abc import Iterable, Sequence


def states(results: Iterable[bool], healthy: int = 5, unhealthy: int = 2) -> list[str]:
    """The state of an ALB target after each health check since it was registered."""
    state, run, last, seen = "initial", 0, None, []
    for passed in results:
        run = run + 1 if passed == last else 1
        last = passed
        if passed and (state == "initial" or run >= healthy):
            state = "healthy"
        elif not passed and run >= unhealthy:
            state = "unhealthy"
        seen.append(state)
    return seen


def marked_at(fails_at: float, interval: float, threshold: int) -> float:
    """When a target that dies at `fails_at` is taken out, with checks at 0, interval, 2 × interval …"""
    return (math.ceil(fails_at / interval) + threshold - 1) * interval


def back_at(recovers_at: float, interval: float, threshold: int) -> float:
    """When a target that recovers at `recovers_at` is put back."""
    return marked_at(recovers_at, interval, threshold)


def lost_requests(rate: float, targets: int, fails_at: float, interval: float, threshold: int) -> float:
    """Requests sent to a dead target before it is taken out, at `rate` a second over all targets."""
    return rate / targets * (marked_at(fails_at, interval, threshold) - fails_at)


def cut_off(in_flight: Sequence[float], delay: float) -> list[float]:
    """Requests that still run when the deregistration delay is over."""
    return [rest for rest in in_flight if rest > delay]


def after_deregistration(in_flight: Sequence[float], delay: float) -> list[str]:
    """What becomes of each request that was in flight when its target was deregistered."""
    return ["cut" if rest > delay else "finishes" for rest in in_flight]
