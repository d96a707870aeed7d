"""Models to play with: subnets, blocks, routes, rules, the walk of a packet, and the bill for the way out."""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network
from typing import Any

import pandas as pd

from cloudcrib.chapters.vpc import addresses, cost, draw
from cloudcrib.chapters.vpc.draw import path
from cloudcrib.chapters.vpc.path import Route, Rule, call_out, visit
from cloudcrib.kit.drawing import Picture
from cloudcrib.kit.exploring import Explorer, buttons, choice, explorer, slider, text, toggle

ANY = "0.0.0.0/0"
PORTS = {
    "nothing": [],
    "443 only": [Rule(100, "allow", ANY, 443, 443)],
    "1024–65535 only": [Rule(100, "allow", ANY, 1024, 65535)],
    "443 and 1024–65535": [Rule(100, "allow", ANY, 443, 443), Rule(110, "allow", ANY, 1024, 65535)],
    "everything": [Rule(100, "allow", ANY)],
}


def usable_addresses() -> Explorer:
    """Drag the prefix and watch the addresses halve."""
    return explorer(draw.doubling, prefix=slider("prefix length", addresses.LARGEST, addresses.SMALLEST, 24))


def packing() -> Explorer:
    """Type what each subnet must hold, and see where it lands and what is left."""
    return explorer(
        _packing,
        block=choice("block of the VPC", ["10.1.0.0/22", "10.1.0.0/23", "10.1.0.0/21", "10.1.0.0/20"]),
        hosts=text("hosts of each subnet", "20, 200, 50, 100"),
        largest_first=toggle("place the largest first", False),
    )


def _packing(block: str, hosts: str, largest_first: bool) -> list[Any]:
    wanted = [int(word) for word in hosts.replace(",", " ").split() if word.isdigit() and int(word) > 0]
    if not wanted:
        raise ValueError("Type whole numbers above zero, for example: 20, 200, 50, 100")
    placed = addresses.allocate(block, wanted, largest_first)
    rows = [(need, cidr, addresses.usable(int(cidr.split("/")[1]))) for need, cidr in placed]
    table = pd.DataFrame(rows, columns=["hosts", "subnet", "usable"])
    table["unused"] = table["usable"] - table["hosts"]
    return [draw.allocation(block, placed), table]


def routes() -> Explorer:
    """Type an address, switch routes on and off, and see which one wins."""
    return explorer(
        _routes,
        address=text("destination", "10.0.4.4"),
        peering=toggle("10.1.0.0/16 → pcx-1 (static)", True),
        transit=toggle("10.1.2.0/24 → tgw-1 (static)", True),
        learned=toggle("10.1.2.0/24 → vgw-1 (propagated, VPN BGP)"),
        inside=toggle("10.0.4.0/24 → vgw-1 (propagated, inside the VPC's own block)"),
        firewall=toggle("10.0.4.0/24 → eni-firewall (static, inside the VPC's own block)"),
        default=toggle("0.0.0.0/0 → nat-1 (static)", True),
    )


def _routes(address: str, **on: bool) -> Picture:
    lines = {
        "peering": Route("10.1.0.0/16", "pcx-1"),
        "transit": Route("10.1.2.0/24", "tgw-1"),
        "learned": Route("10.1.2.0/24", "vgw-1", "VPN BGP"),
        "inside": Route("10.0.4.0/24", "vgw-1", "VPN BGP"),
        "firewall": Route("10.0.4.0/24", "eni-firewall"),
        "default": Route(ANY, "nat-1"),
    }
    table = [Route("10.0.0.0/16", "local", "local"), *(route for name, route in lines.items() if on[name])]
    return path.longest_prefix(table, _typed(IPv4Address, address, "IPv4 address such as 10.0.4.4"))


def _typed(kind: Callable[[str], object], said: str, what: str) -> str:
    """What was typed, when it is one of its kind."""
    try:
        kind(said.strip())
    except ValueError as err:
        raise ValueError(f"{said!r} is no {what}: {err}") from None
    return said.strip()


def rule_order() -> Explorer:
    """Move the deny rule up and down the list and see when it is never asked."""
    return explorer(
        _rule_order,
        number=slider("number of the deny rule", 80, 130, 115, 5),
        address=choice("packet from", ["203.0.113.7", "203.0.113.99", "198.51.100.9", "192.0.2.1"]),
        port=choice("to port", [443, 22, 80]),
    )


def _rule_order(number: int, address: str, port: int) -> Picture:
    rules = [
        Rule(number, "deny", "203.0.113.0/24"),
        Rule(101, "allow", ANY, 443, 443),
        Rule(111, "allow", "203.0.113.7/32", 22, 22),
        Rule(121, "allow", "198.51.100.0/24", 22, 22),
    ]
    return path.rule_ladder(rules, address, port)


def packet_walk() -> Explorer:
    """Set the rules of subnet and instance, then see how far request and reply come."""
    return explorer(
        _packet_walk,
        outward=buttons("who calls", {"the instance": True, "a client outside": False}),
        acl_in=choice("network ACL in", list(PORTS), "443 only"),
        acl_out=choice("network ACL out", list(PORTS), "443 only"),
        group=toggle("security group allows 443 in the direction of the request", True),
        port=slider("caller's own port", 1024, 65535, 50000),
    )


def _packet_walk(outward: bool, acl_in: str, acl_out: str, group: bool, port: int) -> Picture:
    rules = PORTS["443 only"] if group else []
    if outward:
        steps = call_out(port, ("203.0.113.7", 443), PORTS[acl_in], PORTS[acl_out], rules)
    else:
        steps = visit(("203.0.113.7", port), 443, PORTS[acl_in], PORTS[acl_out], rules)
    return path.walk(steps, outward)


def overlaps() -> Explorer:
    """Type two blocks and see whether their VPCs could be peered."""
    blocks = {"one": text("one VPC", "10.0.0.0/16"), "other": text("the other VPC", "10.0.128.0/17")}
    return explorer(_overlaps, **blocks)


def _overlaps(one: str, other: str) -> Picture:
    return draw.overlap(
        *(_typed(IPv4Network, block, "block of addresses such as 10.0.0.0/16") for block in (one, other))
    )


def nat_bill(usd_hour: float, usd_gb: float, usd_crossing: float, usd_address: float) -> Explorer:
    """One NAT gateway for all zones against one in each: what it costs, and what falls together."""
    return explorer(
        _nat_bill(usd_hour, usd_gb, usd_crossing, usd_address),
        zones=slider("zones in use", 1, 6, 3),
        gigabytes=slider("NAT traffic", 0, 20_000, 500, 100, unit="GB/month"),
    )


def private_ways(usd_nat_gb: float, usd_hour: float, usd_gb: float) -> Explorer:
    """Traffic to one AWS service: through NAT gateways, or by an endpoint, and which costs less."""
    return explorer(
        _private_ways(usd_nat_gb, usd_hour, usd_gb),
        gigabytes=slider("traffic to the service", 0, 10_000, 1_000, 100, unit="GB/month"),
        zones=slider("zones with an endpoint", 1, 6, 3),
        free=toggle("the service is S3 or DynamoDB, called from this VPC only"),
    )


def _private_ways(*prices: float) -> Callable[[int, int, bool], list[Any]]:
    def show(gigabytes: int, zones: int, free: bool) -> list[Any]:
        parts = cost.to_service(gigabytes, zones, *prices)
        ways = [*parts][: 3 if free else 2]
        costs = {way: sum(parts[way].values()) for way in ways}
        best = min(reversed(ways), key=lambda way: costs[way])
        saved = costs["NAT gateways"] - costs[best]
        title = "NAT costs least" if gigabytes else "Without traffic there is nothing to save"
        if saved:
            title = f"The {best} saves {saved:,.2f} USD a month"
        left_out = "The NAT gateways stay for other traffic, so their hours are counted in no bar."
        return [path.bill(ways, [parts[way] for way in ways], title), left_out]

    return show


def _nat_bill(*prices: float) -> Callable[[int, float], list[Any]]:
    def show(zones: int, gigabytes: float) -> list[Any]:
        shared, zonal = (cost.way_out(zones, gateways, gigabytes, *prices) for gateways in (1, zones))
        more = sum(zonal.values()) - sum(shared.values())
        sign = "more" if more >= 0 else "less"
        title = f"A gateway in each zone costs {abs(more):,.2f} USD {sign} than one for all"
        lost = cost.cut_off(zones, 1)
        fate = (
            f"With one gateway, the loss of its zone takes the internet from **{lost}** further "
            f"zone{'s' * (lost != 1)}; with one in each, from none."
        )
        return [path.bill(["one for all zones", "one in each zone"], [shared, zonal], title), fate]

    return show
