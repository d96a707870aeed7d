"""How Route 53 chooses among the records that share a name and a type."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)

TOP_WEIGHT = 255
ANSWERS = 8  # records in a multivalue answer, at most
HEALTHY_ABOVE = 18  # percent of health checkers that must agree


def shares(weights: Mapping[Name, int], unhealthy: Collection[Name] = ()) -> dict[Name, float]:
    """The part of all answers that each weighted record gives, all of them having health checks."""
    if wrong := [weight for weight in weights.values() if not 0 <= weight <= TOP_WEIGHT]:
        raise ValueError(f"A weight is a whole number from 0 to {TOP_WEIGHT}, not {wrong[0]}.")
    weighted = {name: weight for name, weight in weights.items() if weight}
    standby = dict.fromkeys((name for name in weights if not weights[name]), 1)
    pools = [_healthy(weighted, unhealthy), _healthy(standby, unhealthy), weighted, standby]
    pool = next((pool for pool in pools if pool), {})
    return {name: pool.get(name, 0) / sum(pool.values()) for name in weights}


def _healthy(pool: Mapping[Name, int], unhealthy: Collection[Name]) -> dict[Name, int]:
    return {name: weight for name, weight in pool.items() if name not in unhealthy}


def failover(primary_healthy: bool, secondary_healthy: bool = True) -> str:
    """Which record of a failover pair answers; a secondary without health check is always healthy."""
    return "primary" if primary_healthy or not secondary_healthy else "secondary"


def multivalue(records: int, unhealthy: int) -> tuple[int, float]:
    """How many addresses a multivalue answer holds, and the chance that a given healthy server is among them."""
    healthy = records - unhealthy or records  # if none is healthy, all are treated as healthy
    answers = min(ANSWERS, healthy)
    return answers, answers / healthy


def fastest(latencies: Mapping[str, float], unhealthy: Collection[str] = ()) -> str:
    """The Region that latency routing picks: the quickest of the healthy ones."""
    healthy = [region for region in latencies if region not in unhealthy]
    return min(healthy or latencies, key=lambda region: latencies[region])


def places(state: str, country: str, continent: str) -> list[str]:
    """The areas a user is in, smallest first, as geolocation records name them."""
    return [f"state {country}-{state}"] * bool(state) + [f"country {country}", f"continent {continent}", "default"]


def geolocate(
    records: Mapping[str, str], country: str, continent: str, state: str = "", unhealthy: Collection[str] = ()
) -> str | None:
    """The healthy geolocation record of the smallest area that holds the user, or no answer at all."""
    fitting = [area for area in places(state, country, continent) if area in records]
    healthy = [area for area in fitting if area not in unhealthy]  # if none is, all are treated as healthy
    return next((records[area] for area in healthy or fitting), None)


def endpoint_healthy(reports: Sequence[bool]) -> bool:
    """An endpoint is healthy while more than 18 % of the checkers say so."""
    return sum(reports) * 100 > HEALTHY_ABOVE * len(reports)


def calculated(children: Sequence[bool], needed: int) -> bool:
    """A calculated health check is healthy while enough of its children are."""
    return sum(children) >= needed
