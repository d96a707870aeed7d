"""What capacity costs: a commitment pays for every hour, on-demand and Spot only for those used."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

PRICES = {"on-demand": 1.0, "committed": 0.6, "spot": 0.3}  # of an instance-hour, on-demand being 1


@dataclass(frozen=True)
class Bill:
    """Where the instance-hours of a load curve came from, and what they cost."""

    committed: float
    idle: float
    on_demand: float
    spot: float
    cost: float


def day() -> list[int]:
    """A web shop's day: instances needed in each of 24 hours."""
    return [4, 3, 3, 3, 3, 4, 6, 8, 10, 12, 13, 14, 14, 13, 12, 12, 13, 15, 18, 20, 17, 12, 8, 5]


def busy_share(load: Sequence[int], layer: int) -> float:
    """The share of the hours in which the n-th instance, counted from the bottom, is needed."""
    return sum(need >= layer for need in load) / len(load)


def bill(load: Sequence[int], commitment: int, spot_share: float = 0.0, prices: dict[str, float] | None = None) -> Bill:
    """The bill of a load curve with a commitment below, and Spot and on-demand above it."""
    price = prices or PRICES
    above = sum(max(0, need - commitment) for need in load)
    idle = sum(max(0, commitment - need) for need in load)
    paid = commitment * len(load)
    spot = above * spot_share
    cost = paid * price["committed"] + (above - spot) * price["on-demand"] + spot * price["spot"]
    return Bill(paid - idle, idle, above - spot, spot, cost)


def best_commitment(load: Sequence[int], prices: dict[str, float] | None = None, spot_share: float = 0.0) -> int:
    """The smallest commitment with the lowest bill."""
    return min(range(max(load) + 1), key=lambda n: (round(bill(load, n, spot_share, prices).cost, 9), n))


def break_even(on_demand: float, upfront: float, hours: int = 8760) -> tuple[float, float]:
    """Hours, and share of the year, after which a paid-up commitment is cheaper than on-demand."""
    return upfront / on_demand, upfront / on_demand / hours


def mixed_group(total: int, base: int, percent: float) -> tuple[int, int]:
    """On-demand and Spot instances of a group with a base and a percentage of on-demand above it."""
    on_demand = min(total, base) + math.ceil(max(0, total - base) * percent / 100)
    return on_demand, total - on_demand


def spot_seconds(ran: int, by_aws: bool) -> int:
    """Seconds of an interrupted Spot instance that are billed (Linux, Windows)."""
    return 0 if by_aws and ran < 3600 else ran
