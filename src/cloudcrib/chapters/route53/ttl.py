"""How long a cache goes on giving the old answer."""

import random
from collections.abc import Iterable, Sequence

DAY = 86_400


def replies(ttl: float, changed_at: float, queries: Sequence[float]) -> list[str]:
    """What one resolver answers to queries at these seconds, when the record changes from old to new."""
    answers, known, until = [], "", float("-inf")
    for now in queries:
        if now >= until:
            known, until = ("new" if now >= changed_at else "old"), now + ttl
        answers.append(known)
    return answers


def stale(elapsed: float, ttl: float) -> float:
    """The share of busy resolvers that still hold the old answer so many seconds after a change."""
    return max(0.0, 1 - elapsed / ttl) if ttl else 0.0


def measured(times: Iterable[float], ttl: float, resolvers: int = 500, seed: int = 53) -> list[float]:
    """The same share counted: resolvers that fetched at some moment of the last TTL before the change."""
    rng = random.Random(seed)
    ends = [ttl - rng.uniform(0, ttl) for _ in range(resolvers)]
    return [sum(end > now for end in ends) / resolvers for now in times]


def users_lost(elapsed: float, detection: float, ttl: float, stubborn: float = 0) -> float:
    """The share of users sent to a dead server, so many seconds after its death; the stubborn ignore the TTL."""
    if elapsed < detection:
        return 1.0
    return stubborn + (1 - stubborn) * stale(elapsed - detection, ttl)


def detection(interval: int, threshold: int) -> int:
    """Seconds of failed checks until a health check turns, at the most."""
    return interval * threshold


def worst(interval: int, threshold: int, ttl: int) -> int:
    """Seconds until the last well-behaved resolver has moved, at the most."""
    return detection(interval, threshold) + ttl


def queries_a_day(resolvers: int, ttl: int) -> int:
    """Queries that busy resolvers send to Route 53 in a day, each asking once per TTL."""
    return resolvers * (DAY // ttl)
