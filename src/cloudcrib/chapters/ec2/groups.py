"""Security groups as a graph: who can open a connection to whom.

Nodes talk by their private addresses. Left out: traffic to a public address, which a group as a source does not match,
protocols, outbound rules, network ACLs and routes.
"""

from dataclasses import dataclass
from ipaddress import ip_address, ip_network


@dataclass(frozen=True)
class Rule:
    """An inbound rule: a range of ports, open to a CIDR block or to the members of a group."""

    low: int
    high: int
    source: str

    def admits(self, node: "Node", port: int) -> bool:
        """Whether the rule lets that node in on that port."""
        if not self.low <= port <= self.high:
            return False
        if "/" in self.source:
            return ip_address(node.address) in ip_network(self.source)
        return self.source in node.groups


@dataclass(frozen=True)
class Node:
    """Something with an address and, inside the VPC, with security groups."""

    name: str
    address: str
    groups: tuple[str, ...] = ()


Groups = dict[str, list[Rule]]


def admitting(rules: Groups, source: Node, target: Node, port: int) -> list[tuple[str, Rule]]:
    """Every rule of the target's groups that lets the source in: one is enough, none can forbid."""
    return [(group, rule) for group in target.groups for rule in rules.get(group, []) if rule.admits(source, port)]


def connections(rules: Groups, nodes: list[Node], ports: list[int]) -> dict[tuple[str, str], list[int]]:
    """The graph: an edge for every pair with the ports on which the first can open a connection."""
    found = {}
    for source in nodes:
        for target in (node for node in nodes if node is not source and node.groups):
            if ports_open := [port for port in ports if admitting(rules, source, target, port)]:
                found[source.name, target.name] = ports_open
    return found


def blast_radius(edges: dict[tuple[str, str], list[int]], start: str) -> list[str]:
    """Everything that can be reached from a node in any number of steps."""
    reached, front = {start}, [start]
    while front:
        here = front.pop()
        fresh = {target for source, target in edges if source == here} - reached
        reached |= fresh
        front += sorted(fresh)
    return sorted(reached - {start})


def three_tiers(web: str, ssh: str, database: str, talking: bool = False) -> tuple[Groups, list[Node]]:
    """A load balancer, two web servers and a database, with the sources of their inbound rules to choose."""
    rules = {
        "alb": [Rule(443, 443, "0.0.0.0/0")],
        "web": [Rule(8080, 8080, web), Rule(22, 22, ssh)],
        "db": [Rule(5432, 5432, database)],
    }
    if talking:
        rules["web"].append(Rule(0, 65535, "web"))
    nodes = [
        Node("internet", "203.0.113.9"),
        Node("alb", "10.0.0.10", ("alb",)),
        Node("web 1", "10.0.1.11", ("web",)),
        Node("web 2", "10.0.2.12", ("web",)),
        Node("db", "10.0.3.13", ("db",)),
    ]
    return {group: [r for r in these if r.source != "nobody"] for group, these in rules.items()}, nodes
