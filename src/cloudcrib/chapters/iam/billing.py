"""Consolidated billing: volume tiers and commitments, pooled over an organization."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

GB_PER_TB = 1024
Tier = tuple[float, float]  # (size of the tier in TB, price in USD per GB)


def tiered_price(terabytes: float, tiers: Sequence[Tier]) -> float:
    """The bill for an amount of data when each tier has its own price per GB."""
    bill, left = 0.0, terabytes
    for size, price in tiers:
        taken = min(left, size)
        bill += taken * GB_PER_TB * price
        left -= taken
    return bill


def consolidated_saving(usage: Mapping[str, float], tiers: Sequence[Tier]) -> float:
    """What an organization saves because its accounts climb the tiers together."""
    return sum(tiered_price(tb, tiers) for tb in usage.values()) - tiered_price(sum(usage.values()), tiers)


def covered_hours(owner: str, reserved: int, running: Mapping[str, int], shared: bool) -> dict[str, int]:
    """Which accounts' instances a reservation pays for: the owner's first, then the others' in order if sharing is on."""
    left, covered = reserved, dict.fromkeys(running, 0)
    for account in [owner, *(a for a in running if a != owner and shared)]:
        covered[account] = min(left, running.get(account, 0))
        left -= covered[account]
    return covered
