"""Who gets how much: shares over zones and target groups, and the capacity that outlives a zone."""

from collections.abc import Mapping


def zone_shares(targets: Mapping[str, int], cross_zone: bool = False) -> dict[str, float]:
    """DNS gives every zone whose node is in service the same share of the clients.

    Without cross-zone a node needs a healthy target in its own zone; with it, any zone's will do.
    """
    served = targets if cross_zone and any(targets.values()) else {zone for zone in targets if targets[zone] > 0}
    return {zone: 1 / len(served) for zone in targets if zone in served}


def target_shares(targets: Mapping[str, int], cross_zone: bool) -> dict[str, float]:
    """The share of all traffic that one target in each zone receives."""
    total = sum(targets.values())
    if cross_zone:
        return {zone: 1 / total for zone, count in targets.items() if count > 0}
    return {zone: share / targets[zone] for zone, share in zone_shares(targets).items()}


def crossing_share(targets: Mapping[str, int], cross_zone: bool = True) -> float:
    """The share of all traffic that leaves the zone it came in by; a zone without targets sends all of it on."""
    if not cross_zone:
        return 0.0
    total = sum(targets.values())
    return sum(share * (1 - targets[zone] / total) for zone, share in zone_shares(targets, cross_zone).items())


def weighted_shares(weights: Mapping[str, int]) -> dict[str, float]:
    """A target group gets its weight over the sum of the weights."""
    total = sum(weights.values())
    return {group: weight / total if total else 0.0 for group, weight in weights.items()}


def targets_per_zone(demand: float, per_target: float, zones: int) -> int:
    """Targets each zone needs so that all zones but one still carry the demand."""
    if zones < 2:
        raise ValueError("one zone cannot outlive its own loss")
    whole, rest = divmod(demand, per_target * (zones - 1))
    return int(whole) + (rest > 0)


def load_after_loss(load: float, zones: int, lost: int = 1) -> float:
    """How busy a target is once the traffic of lost zones falls on the rest."""
    return load * zones / (zones - lost)


def spare_needed(zones: int) -> float:
    """Capacity bought beyond the demand, as a share of it, to outlive one of the zones."""
    return zones / (zones - 1) - 1
