"""Reads that need not reach the database: caches, their staleness, and where to run analytic SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


def mean_latency(hit_ratio: float, cache_ms: float, database_ms: float) -> float:
    """Milliseconds a read takes on average: a miss pays for the cache and for the database."""
    return hit_ratio * cache_ms + (1 - hit_ratio) * (cache_ms + database_ms)


def database_reads(hit_ratio: float, per_second: float) -> float:
    """Reads a second that get past the cache."""
    return (1 - hit_ratio) * per_second


@dataclass(frozen=True)
class Replay:
    """What a stretch of reads and writes did to a cache and its database."""

    hits: int
    misses: int
    stale: int
    cache_writes: int


def replay(operations: Sequence[tuple[str, str]], strategy: str, ttl: int | None = None) -> Replay:
    """Play reads and writes, one a second, against a lazy or a write-through cache."""
    versions: dict[str, int] = {}
    cache: dict[str, tuple[int, int]] = {}  # key: version, second it was put there
    hits = misses = stale = puts = 0
    for second, (what, key) in enumerate(operations):
        if what == "write":
            versions[key] = versions.get(key, 0) + 1
            if strategy == "write-through":
                cache[key], puts = (versions[key], second), puts + 1
        elif _fresh(cache.get(key), second, ttl):
            hits, stale = hits + 1, stale + (cache[key][0] != versions.get(key, 0))
        else:
            cache[key], misses, puts = (versions.get(key, 0), second), misses + 1, puts + 1
    return Replay(hits, misses, stale, puts)


def _fresh(entry: tuple[int, int] | None, second: int, ttl: int | None) -> bool:
    return entry is not None and (ttl is None or second - entry[1] < ttl)


def athena_bill(queries: float, tb_each: float, usd_tb: float) -> float:
    """USD a month for queries that are billed by what they scan."""
    return queries * tb_each * usd_tb


def scanned(tb: float, columns: float = 1.0, partitions: float = 1.0) -> float:
    """Terabytes a query reads when only a share of the columns and of the partitions is touched."""
    return tb * columns * partitions


def break_even_queries(warehouse_month: float, tb_each: float, usd_tb: float) -> float:
    """Queries a month at which a warehouse that runs all month costs as much as scanning."""
    return warehouse_month / (tb_each * usd_tb)
