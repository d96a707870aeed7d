"""Models to play with in the DNS chapter."""

from cloudcrib.chapters.route53 import records as route53
from cloudcrib.chapters.route53 import ttl as route53_ttl
from cloudcrib.chapters.route53.draw import charts
from cloudcrib.kit.drawing import Picture
from cloudcrib.kit.exploring import Explorer, explorer, slider, toggle


def weights() -> Explorer:
    """Three weighted records, each of which may fall sick."""
    controls = {
        f"weight_{name}": slider(f"weight of {name.upper()}", 0, 255, start)
        for name, start in [("a", 70), ("b", 20), ("c", 0)]
    }
    return explorer(
        _weights, **controls, sick_a=toggle("A is sick"), sick_b=toggle("B is sick"), sick_c=toggle("C is sick")
    )


def _weights(
    weight_a: int, weight_b: int, weight_c: int, sick_a: bool, sick_b: bool, sick_c: bool
) -> list[Picture | str]:
    given = {"A": weight_a, "B": weight_b, "C": weight_c}
    sick = [name for name, down in zip("ABC", (sick_a, sick_b, sick_c), strict=True) if down]
    return [charts.share_bars(given, sick), _why(given, sick)]


def _why(given: dict[str, int], sick: list[str]) -> str:
    """The rule that decided, in a sentence."""
    weighted = [name for name in given if given[name]]
    if len(sick) == 3:
        return "**Nobody is healthy**, so all are treated as healthy: the same answers as if all were well."
    if not weighted:
        return "**Every weight is 0**, so those that are well share equally."
    if set(weighted) <= set(sick):
        return "**Every weighted record is sick**, so the ones of weight 0 step in, with equal chances."
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


SITES = ("us-east-1", "eu-west-1", "ap-southeast-1", "sa-east-1")


def _bias(**biases: int) -> Picture:
    return charts.geoproximity(dict(zip(SITES, biases.values(), strict=True)))


def multivalue() -> Explorer:
    """A row of servers behind one name, some of them sick."""
    return explorer(_multivalue, records=slider("records", 1, 24, 12), sick=slider("of them sick", 0, 24, 2))


def _multivalue(records: int, sick: int) -> list[Picture | str]:
    down = min(sick, records)
    said = (
        "Nobody is well, so answers name sick servers." if down == records else f"Well: {records - down} of {records}."
    )
    answers, _ = route53.multivalue(records, down)
    return [
        charts.multivalue_bars(records, down),
        f"{said} A client that gets no response tries the next address, up to {answers} of them.",
    ]
