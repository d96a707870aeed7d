"""The way of a packet: which route it takes, and which rules let it through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

ORIGINS = ("local", "static", "prefix list", "Direct Connect", "VPN static", "VPN BGP")
LEARNED = ORIGINS[3:]  # propagated from a virtual private gateway


@dataclass(frozen=True)
class Route:
    """One line of a route table: traffic to this block goes to that target."""

    destination: str
    target: str
    origin: str = "static"

    @property
    def length(self) -> int:
        return IPv4Network(self.destination).prefixlen

    def matches(self, address: str) -> bool:
        """A route matches every address inside its block."""
        return IPv4Address(address) in IPv4Network(self.destination)


def candidates(routes: Sequence[Route], address: str) -> list[Route]:
    """The routes that match, best first: longer prefix, then static before propagated; local beats what is learned."""
    fitting = [route for route in routes if route.matches(address)]
    if any(route.target == "local" for route in fitting):
        fitting = [route for route in fitting if route.origin not in LEARNED]
    return sorted(fitting, key=lambda route: (-route.length, ORIGINS.index(route.origin)))


def next_hop(routes: Sequence[Route], address: str) -> str | None:
    """The target of the best route; what matches no route is dropped."""
    best = candidates(routes, address)
    return best[0].target if best else None


def kind(table: Mapping[str, str]) -> str:
    """A subnet is what its default route makes of it: public, private, isolated, or led elsewhere."""
    words = {"": "isolated", "igw": "public", "nat": "private"}
    return words.get(table.get("0.0.0.0/0", "").split("-")[0], "elsewhere")


def table_of(subnet: str, associations: Mapping[str, str], main: str) -> str:
    """A subnet that nobody associated with a table uses the main one."""
    return associations.get(subnet, main)


@dataclass(frozen=True)
class Rule:
    """One numbered line of a network ACL for one direction: IPv4 and ports; protocols are not modelled."""

    number: int
    action: str
    cidr: str
    low: int = 0
    high: int = 65535

    def matches(self, address: str, port: int) -> bool:
        """A rule looks at the other side's address and at the port the packet goes to."""
        return self.low <= port <= self.high and IPv4Address(address) in IPv4Network(self.cidr)


def verdict(rules: Sequence[Rule], address: str, port: int) -> tuple[str, str]:
    """The lowest-numbered rule that matches decides; the star at the end denies the rest."""
    for rule in sorted(rules, key=lambda rule: rule.number):
        if rule.matches(address, port):
            return rule.action, str(rule.number)
    return "deny", "*"


def allowed(rules: Sequence[Rule], address: str, port: int) -> bool:
    """A security group has no order and no denial: one rule that matches is enough."""
    return any(rule.matches(address, port) for rule in rules)


@dataclass(frozen=True)
class Step:
    """One check on the way, in the order the packet meets it."""

    place: str
    looks_at: str
    passed: bool
    why: str


def visit(
    client: tuple[str, int], port: int, acl_in: Sequence[Rule], acl_out: Sequence[Rule], group_in: Sequence[Rule]
) -> list[Step]:
    """Somebody outside opens a connection to a server in the subnet; the walk ends where a check fails."""
    address, ephemeral = client
    return _until_stopped(
        _acl("network ACL, inbound", acl_in, address, port),
        _group("security group, inbound", group_in, address, port),
        _tracked("security group, outbound", address, ephemeral),
        _acl("network ACL, outbound", acl_out, address, ephemeral),
    )


def call_out(
    ephemeral: int, server: tuple[str, int], acl_in: Sequence[Rule], acl_out: Sequence[Rule], group_out: Sequence[Rule]
) -> list[Step]:
    """An instance in the subnet opens a connection to a server outside; now the reply comes in."""
    address, port = server
    return _until_stopped(
        _group("security group, outbound", group_out, address, port),
        _acl("network ACL, outbound", acl_out, address, port),
        _acl("network ACL, inbound", acl_in, address, ephemeral),
        _tracked("security group, inbound", address, ephemeral),
    )


def works(steps: Sequence[Step]) -> bool:
    """A conversation works when request and reply pass every check."""
    return all(step.passed for step in steps)


def _acl(place: str, rules: Sequence[Rule], address: str, port: int) -> Step:
    action, number = verdict(rules, address, port)
    return Step(place, _ends(place, address, port), action == "allow", f"rule {number} says {action}")


def _group(place: str, rules: Sequence[Rule], address: str, port: int) -> Step:
    passed = allowed(rules, address, port)
    return Step(place, _ends(place, address, port), passed, "a rule allows it" if passed else "no rule allows it")


def _tracked(place: str, address: str, port: int) -> Step:
    return Step(place, _ends(place, address, port), True, "a reply: tracked, no rule asked")


def _ends(place: str, address: str, port: int) -> str:
    return f"from {address} to port {port}" if "inbound" in place else f"to {address}, port {port}"


def _until_stopped(*steps: Step) -> list[Step]:
    walked = []
    for step in steps:
        walked.append(step)
        if not step.passed:
            break
    return walked
