"""Getting data in and out: multipart plans, ranges, and request rates per prefix."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

MIB_IN_GIB, GIB_IN_TIB = 1024, 1024
MOST_PARTS, SMALLEST_MIB, LARGEST_MIB = 10_000, 5, 5 * 1024
READS, WRITES = 5_500, 3_500


def count_parts(size_mib: float, part_mib: float) -> int:
    """Parts of an upload, the last one as small as it happens to be."""
    return max(1, math.ceil(size_mib / part_mib))


def smallest_part(size_mib: float) -> int:
    """The smallest part, in whole MiB, with which an object still fits into 10,000 of them."""
    part = max(SMALLEST_MIB, math.ceil(size_mib / MOST_PARTS))
    if part > LARGEST_MIB:
        raise ValueError("Larger than 10,000 parts of 5 GiB.")
    return part


def problems(size_mib: float, part_mib: float) -> list[str]:
    """What S3 would refuse about an upload in parts, in sentences."""
    parts = count_parts(size_mib, part_mib)
    if parts <= MOST_PARTS:
        return []
    return [f"{parts:,} parts are more than {MOST_PARTS:,}; take parts of {smallest_part(size_mib)} MiB or more."]


def largest_object_mib(part_mib: float) -> float:
    """The largest object that parts of this size can carry."""
    return MOST_PARTS * part_mib


@dataclass(frozen=True)
class Upload:
    """What an upload takes: its parts, the time, and what one broken connection costs."""

    parts: int
    seconds: float
    resent_mib: float


def upload(size_mib: float, part_mib: float, streams: int, stream_mibps: float, link_mibps: float) -> Upload:
    """An upload in parallel streams, each no faster than its own limit, all together no faster than the link."""
    parts = count_parts(size_mib, part_mib)
    rate = min(link_mibps, min(streams, parts) * stream_mibps)
    return Upload(parts, size_mib / rate, min(part_mib, size_mib))


def prefixes_needed(reads: float, writes: float) -> int:
    """Prefixes over which a load must be spread evenly, each with its own two limits."""
    return max(1, math.ceil(reads / READS), math.ceil(writes / WRITES))


def served(load: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Reads and writes a second that each prefix gets through of what is asked of it."""
    return {prefix: (min(reads, READS), min(writes, WRITES)) for prefix, (reads, writes) in load.items()}


def ranges(size_mib: int, piece_mib: int) -> list[tuple[int, int]]:
    """First and last byte of each GET that together fetch an object."""
    size, piece = size_mib * 2**20, piece_mib * 2**20
    return [(start, min(start + piece, size) - 1) for start in range(0, size, piece)]
