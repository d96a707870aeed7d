"""Spot pools, the strategies that choose among them, and a month of interruptions."""

import random
from collections import Counter
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
        return min(0.5, 1 / self.spare)


POOLS = (
    Pool("m5.large a", 0.030, 40),
    Pool("m5.large b", 0.036, 320),
    Pool("m6i.large a", 0.034, 160),
    Pool("c6i.large b", 0.032, 80),
    Pool("m7g.large a", 0.038, 640),
    Pool("m7g.large c", 0.033, 240),
)
STRATEGIES = ("lowest-price", "diversified", "capacity-optimized", "price-capacity-optimized")


def deepest(pools: tuple[Pool, ...]) -> list[Pool]:
    """The deeper half of the pools."""
    return sorted(pools, key=lambda pool: (-pool.spare, pool.name))[: (len(pools) + 1) // 2]


def allocate(pools: tuple[Pool, ...], instances: int, strategy: str) -> dict[Pool, int]:
    """How many instances a strategy takes from each pool."""
    if strategy == "diversified":
        counts = Counter(pools[n % len(pools)] for n in range(instances))
        return {pool: counts[pool] for pool in pools if counts[pool]}
    order = {
        "lowest-price": sorted(pools, key=lambda pool: pool.price),
        "capacity-optimized": sorted(pools, key=lambda pool: -pool.spare),
        "price-capacity-optimized": sorted(deepest(pools), key=lambda pool: pool.price),
    }[strategy]
    taken, left = {}, instances
    for pool in order:
        if part := min(left, pool.spare):
            taken[pool] = part
            left -= part
    return taken


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
