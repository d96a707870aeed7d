"""Distance, bias, and the areas that geoproximity records win."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from cloudcrib.chapters.route53.world import COASTS

Place = tuple[float, float]  # latitude, longitude
EARTH = 6371  # kilometres from the middle
TOP_BIAS = 99
STEP = 3  # degrees between the dots of the map

REGIONS: dict[str, Place] = {
    "us-east-1": (38.9, -77.4),
    "us-west-2": (45.8, -119.7),
    "sa-east-1": (-23.5, -46.6),
    "eu-west-1": (53.3, -6.3),
    "eu-central-1": (50.1, 8.7),
    "ap-southeast-1": (1.3, 103.8),
    "ap-northeast-1": (35.7, 139.7),
}


def distance(here: Place, there: Place) -> float:
    """Kilometres along the surface of the earth."""
    (lat1, lon1), (lat2, lon2) = ([radians(x) for x in place] for place in (here, there))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH * asin(sqrt(half))


def seeming(actual: float, bias: int) -> float:
    """The distance that Route 53 reckons with: a positive bias pulls a resource nearer."""
    if abs(bias) > TOP_BIAS:
        raise ValueError(f"A bias goes from -{TOP_BIAS} to {TOP_BIAS}, not to {bias}.")
    return actual * (1 - bias / 100)


def nearest(distances: Mapping[str, float], biases: Mapping[str, int]) -> str:
    """The resource that geoproximity routing picks."""
    return min(distances, key=lambda name: seeming(distances[name], biases.get(name, 0)))


def winner(user: Place, sites: Mapping[str, Place], biases: Mapping[str, int]) -> str:
    """The site that a user at this place is sent to."""
    return nearest({name: distance(user, where) for name, where in sites.items()}, biases)


@lru_cache
def land() -> tuple[Place, ...]:
    """Dots on the dry part of the earth, a fixed number of degrees apart."""
    rows, columns = range(-54, 76, STEP), range(-168, 180, STEP)
    return tuple((lat, lon) for lat in rows for lon in columns if any(_inside(lat, lon, coast) for coast in COASTS))


def _inside(lat: float, lon: float, coast: Sequence[tuple[float, float]]) -> bool:
    """Whether a line to the east crosses the coast an odd number of times."""
    odd = False
    for (lon1, lat1), (lon2, lat2) in zip(coast, [*coast[1:], coast[0]], strict=True):
        if (lat1 > lat) != (lat2 > lat) and lon < lon1 + (lat - lat1) / (lat2 - lat1) * (lon2 - lon1):
            odd = not odd
    return odd


def territories(sites: Mapping[str, Place], biases: Mapping[str, int]) -> list[str]:
    """Who wins each dot of land."""
    return [winner(dot, sites, biases) for dot in land()]


def land_shares(sites: Mapping[str, Place], biases: Mapping[str, int]) -> dict[str, float]:
    """The part of the land area, in percent, that each site wins; dots near the poles stand for less."""
    size = [cos(radians(lat)) for lat, _ in land()]
    won = dict.fromkeys(sites, 0.0)
    for name, area in zip(territories(sites, biases), size, strict=True):
        won[name] += area
    return {name: 100 * area / sum(size) for name, area in won.items()}
