"""Placement groups: how many instances fit, where they stand, and what one failure of hardware takes."""

PER_ZONE = 7  # running instances of a spread group, and partitions of a partition group


def largest(strategy: str, zones: int, partitions: int = PER_ZONE) -> int | None:
    """The most instances a group can hold; None where only the account's limits count."""
    if strategy == "spread":
        return PER_ZONE * zones
    if strategy == "cluster" and zones > 1:
        raise ValueError("a cluster placement group stands in one Availability Zone")
    if strategy == "partition" and not 1 <= partitions <= PER_ZONE:
        raise ValueError(f"a partition placement group has one to {PER_ZONE} partitions in a zone")
    return None


def racks(strategy: str, instances: int, zones: int, partitions: int = PER_ZONE) -> list[list[int]]:
    """Instances on each set of racks that shares no hardware with another, zone by zone."""
    most = largest(strategy, zones, partitions)
    if most is not None and instances > most:
        raise ValueError(f"a spread group holds at most {PER_ZONE} running instances in a zone, so {most} here")
    if strategy == "cluster":
        return [[instances]]
    per_zone = even(instances, zones)
    if strategy == "spread":
        return [[1] * count for count in per_zone]
    return [even(count, partitions) for count in per_zone]


def even(count: int, parts: int) -> list[int]:
    """A number split as evenly as can be, the first parts taking the rest."""
    return [count // parts + (n < count % parts) for n in range(parts)]


def worst_loss(strategy: str, instances: int, zones: int, partitions: int = PER_ZONE) -> int:
    """The most instances that a single failure of shared hardware can take."""
    return max(max(zone, default=0) for zone in racks(strategy, instances, zones, partitions))
