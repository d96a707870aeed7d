"""Models to play with in the DNS chapter."""

from cloudcrib.chapters.route53 import records as route53
from cloudcrib.chapters.route53 import ttl as route53_ttl
from cloudcrib.chapters.route53.draw import charts
from cloudcrib.chapters.route53.draw.tree import SERVERS, tree
from cloudcrib.kit.drawing import Picture
from cloudcrib.kit.exploring import Explorer, explorer, slider, toggle


def weights() -> Explorer:
    """Three weighted records, each of which may become unhealthy."""
    controls = {
        f"weight_{name}": slider(f"weight of {name.upper()}", 0, 255, start)
        for name, start in [("a", 70), ("b", 20), ("c", 0)]
    }
    return explorer(
        _weights,
        **controls,
        unhealthy_a=toggle("A is unhealthy"),
        unhealthy_b=toggle("B is unhealthy"),
        unhealthy_c=toggle("C is unhealthy"),
    )


def _weights(
    weight_a: int, weight_b: int, weight_c: int, unhealthy_a: bool, unhealthy_b: bool, unhealthy_c: bool
) -> list[Picture | str]:
    given = {"A": weight_a, "B": weight_b, "C": weight_c}
    unhealthy = [name for name, down in zip("ABC", (unhealthy_a, unhealthy_b, unhealthy_c), strict=True) if down]
    return [charts.share_bars(given, unhealthy), _why(given, unhealthy)]


def _why(given: dict[str, int], unhealthy: list[str]) -> str:
    """The rule that decided, in a sentence."""
    weighted = [name for name in given if given[name]]
    if len(unhealthy) == 3:
        return "**No record is healthy**, so all are treated as healthy: the same answers as if all were."
    if not weighted:
        return "**Every weight is 0**, so the healthy ones share equally."
    if set(weighted) <= set(unhealthy):
        return "**Every weighted record is unhealthy**, so the ones of weight 0 step in, with equal chances."
    return "Healthy records with a weight share in proportion; the rest gets nothing."


def outage() -> Explorer:
    """From the death of a server to the last user who has moved."""
    return explorer(
        _outage,
        fast=toggle("check every 10 seconds instead of 30"),
        threshold=slider("failures in a row", 1, 10, 3),
        ttl=slider("TTL", 0, 900, 300, step=10, unit="s"),
        stubborn=slider("users who ignore the TTL", 0, 50, 0, step=5, unit="%"),
    )


def _outage(fast: bool, threshold: int, ttl: int, stubborn: int) -> list[Picture | str]:
    interval = 10 if fast else 30
    cost = (
        f"10,000 busy resolvers send {route53_ttl.queries_a_day(10_000, ttl):,} queries a day"
        if ttl
        else "without a TTL every look-up of every user reaches Route 53"
    )
    return [charts.outage_curve(interval, threshold, ttl, stubborn / 100), f"The price of a short TTL: {cost}."]


def bias() -> Explorer:
    """Four Regions, each with a bias, and the land they win."""
    controls = {f"bias_{place}": slider(name, -99, 99, 0) for place, name in enumerate(SITES)}
    return explorer(_bias, **controls)


def records_tree() -> Explorer:
    """A tree of records whose servers may become unhealthy, as one user sees it."""
    controls = {f"down_{place}": toggle(f"{name} is unhealthy") for place, name in enumerate(list(SERVERS)[:4])}
    return explorer(
        _records_tree,
        ireland=slider("delay to Ireland", 10, 200, 20, step=10, unit="ms"),
        virginia=slider("delay to Virginia", 10, 200, 90, step=10, unit="ms"),
        **controls,
    )


def _records_tree(ireland: int, virginia: int, **down: bool) -> Picture:
    return tree([name for name, off in zip(SERVERS, down.values(), strict=False) if off], ireland, virginia)


SITES = ("us-east-1", "eu-west-1", "ap-southeast-1", "sa-east-1")


def _bias(**biases: int) -> Picture:
    return charts.geoproximity(dict(zip(SITES, biases.values(), strict=True)))


def multivalue() -> Explorer:
    """A row of servers behind one name, some of them unhealthy."""
    return explorer(_multivalue, records=slider("records", 1, 24, 12), unhealthy=slider("of them unhealthy", 0, 24, 2))


def _multivalue(records: int, unhealthy: int) -> list[Picture | str]:
    down = min(unhealthy, records)
    said = (
        "No server is healthy, so answers name unhealthy ones."
        if down == records
        else f"Healthy: {records - down} of {records}."
    )
    answers, _ = route53.multivalue(records, down)
    return [
        charts.multivalue_bars(records, down),
        f"{said} A client that gets no response tries the next address, up to {answers} of them.",
    ]
