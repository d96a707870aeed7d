"""DynamoDB's arithmetic: units, the bill of both capacity modes, and heat on partitions."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence

READ_KB, WRITE_KB = 4, 1
READ_FACTOR = {"strong": 1.0, "eventual": 0.5, "transactional": 2.0}
HOURS = 730  # in an average month
PARTITION_WRITES = 1000


def read_units(item_kb: float, per_second: float, kind: str = "eventual") -> float:
    """Read units a second for reads of one item size: rounded up to 4 KB each, half price when eventual."""
    return math.ceil(item_kb / READ_KB) * READ_FACTOR[kind] * per_second


def write_units(item_kb: float, per_second: float, transactional: bool = False) -> float:
    """Write units a second for writes of one item size: rounded up to 1 KB each, doubled in a transaction."""
    return math.ceil(item_kb / WRITE_KB) * (2 if transactional else 1) * per_second


def provisioned_bill(units: float, unit_hour: float) -> float:
    """USD a month for capacity that is there every hour, used or not."""
    return units * unit_hour * HOURS


def on_demand_bill(units_per_second: float, per_million: float) -> float:
    """USD a month for an average load that is billed by the request unit."""
    return units_per_second * 3600 * HOURS / 1e6 * per_million


def break_even(unit_hour: float, per_million: float) -> float:
    """The use of provisioned capacity (0 to 1) above which it costs less than on-demand."""
    return unit_hour / (3600 / 1e6 * per_million)


def shares(keys: int, skew: float) -> list[float]:
    """How traffic falls on keys: even at skew 0, ever more on the first as the skew grows (Zipf's law)."""
    weights = [1 / rank**skew for rank in range(1, keys + 1)]
    return [weight / sum(weights) for weight in weights]


def partition_of(key: str, partitions: int) -> int:
    """The partition that a key hashes to."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % partitions


def key_loads(rate: float, keys: int, skew: float, suffixes: int = 1) -> dict[str, float]:
    """Writes a second for each partition key, once a hot key is spread over suffixes."""
    return {
        f"k{rank}#{suffix}": rate * share / suffixes
        for rank, share in enumerate(shares(keys, skew))
        for suffix in range(suffixes)
    }


def partition_loads(loads: Mapping[str, float], partitions: int) -> list[float]:
    """Writes a second that fall on each partition."""
    total = [0.0] * partitions
    for key, load in loads.items():
        total[partition_of(key, partitions)] += load
    return total


def keys_on(loads: Mapping[str, float], partitions: int) -> list[list[str]]:
    """The keys that each partition holds."""
    held: list[list[str]] = [[] for _ in range(partitions)]
    for key in loads:
        held[partition_of(key, partitions)].append(key)
    return held


def throttled(loads: Sequence[float], limit: float = PARTITION_WRITES) -> float:
    """Writes a second that are refused because they exceed what one partition takes."""
    return sum(max(0.0, load - limit) for load in loads)
