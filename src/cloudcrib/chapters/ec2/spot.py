"""Spot pools, the strategies that choose among them, and a month of interruptions.

Instances are taken one after another, and each leaves its pool shallower. Left out: that an Auto Scaling group also
balances its Availability Zones, that prices move, and that a pool is taken back in parts.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Pool:
    """One instance type in one Availability Zone: a price, and how much capacity is spare."""

    name: str
    price: float
    spare: int

    @property
    def risk(self) -> float:
        """The chance, in an hour, that the pool is needed back: a shallow pool runs dry sooner."""
        return min(0.5, 1 / (HOURS_PER_SPARE * self.spare))


HOURS_PER_SPARE = 8  # a pool with one spare instance is needed back once in so many hours, on average
POOLS = (
    Pool("m5.large a", 0.030, 5),
    Pool("m5.large b", 0.036, 40),
    Pool("m6i.large a", 0.034, 20),
    Pool("c6i.large b", 0.032, 10),
    Pool("m7g.large a", 0.038, 80),
    Pool("m7g.large c", 0.033, 30),
)
STRATEGIES = ("lowest-price", "diversified", "capacity-optimized", "price-capacity-optimized")


def deepest(pools: Iterable[Pool]) -> list[Pool]:
    """The deeper half of the pools."""
    ordered = sorted(pools, key=lambda pool: (-pool.spare, pool.name))
    return ordered[: (len(ordered) + 1) // 2]


def cheapest_of_the_deep(deep: list[Pool], left: dict[Pool, int]) -> Pool:
    """The cheapest deep pool that is more than half full; when none is, the cheapest deep one, and then any."""
    roomy = [pool for pool in deep if left.get(pool, 0) > pool.spare / 2]
    return min(roomy or [pool for pool in deep if pool in left] or left, key=lambda pool: pool.price)


def allocate(pools: tuple[Pool, ...], instances: int, strategy: str) -> dict[Pool, int]:
    """How many instances a strategy takes from each pool, one after another, as far as there are any."""
    left, taken, deep = {pool: pool.spare for pool in pools if pool.spare}, Counter[Pool](), deepest(pools)
    choose: dict[str, Callable[[], Pool]] = {
        "lowest-price": lambda: min(left, key=lambda pool: pool.price),
        "diversified": lambda: min(left, key=lambda pool: taken[pool]),
        "capacity-optimized": lambda: max(left, key=lambda pool: left[pool]),
        "price-capacity-optimized": lambda: cheapest_of_the_deep(deep, left),
    }
    while left and taken.total() < instances:
        pool = choose[strategy]()
        taken[pool] += 1
        left[pool] -= 1
        if not left[pool]:
            del left[pool]
    return dict(taken)


def hourly_cost(taken: dict[Pool, int]) -> float:
    """What an hour of the fleet costs while nothing is interrupted."""
    return sum(pool.price * count for pool, count in taken.items())


def expected_interruptions(taken: dict[Pool, int], hours: int) -> float:
    """Instances that are interrupted in that time, on average."""
    return hours * sum(pool.risk * count for pool, count in taken.items())


def interruptions(taken: dict[Pool, int], hours: int, seed: int) -> list[int]:
    """Instances lost in each hour of one possible month; a pool that runs dry takes all of its instances."""
    chance = random.Random(seed)
    return [sum(count for pool, count in taken.items() if chance.random() < pool.risk) for _ in range(hours)]
