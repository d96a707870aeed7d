"""Trees of records: alias records that lead to groups of other records, and how health travels up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from cloudcrib.chapters.route53 import records as route53

POLICIES = ("weighted", "latency", "failover")


@dataclass(frozen=True)
class Group:
    """Records of one name: each with its weight, its milliseconds, or its place in a failover pair, and what it leads to."""

    policy: str
    records: tuple[tuple[int, str | Group], ...]

    def __post_init__(self) -> None:
        if self.policy not in POLICIES:
            raise ValueError(f"The policy {self.policy} is not modelled; known are {', '.join(POLICIES)}.")


def healthy(node: str | Group, unhealthy: Collection[str]) -> bool:
    """A server by its health check; an alias, which evaluates its target's health, by whether a record below is healthy."""
    if isinstance(node, str):
        return node not in unhealthy
    return any(healthy(below, unhealthy) for _, below in node.records)


def answers(node: str | Group, unhealthy: Collection[str] = ()) -> dict[str, float]:
    """The part of one user's answers that each server gives, when every server has a health check."""
    if isinstance(node, str):
        return {node: 1.0}
    found: dict[str, float] = {}
    for place, part in chosen(node, unhealthy).items():
        if not part:
            continue
        for server, share in answers(node.records[place][1], unhealthy).items():
            found[server] = found.get(server, 0.0) + part * share
    return found


def chosen(group: Group, unhealthy: Collection[str]) -> dict[int, float]:
    """How often a group answers with each of its records."""
    values = {place: value for place, (value, _) in enumerate(group.records)}
    down = {place for place in values if not healthy(group.records[place][1], unhealthy)}
    if group.policy == "weighted":
        return route53.shares(values, down)
    if group.policy == "latency":
        return {min(values.keys() - down or values.keys(), key=lambda place: values[place]): 1.0}
    return {0 if route53.failover(0 not in down, 1 not in down) == "primary" else 1: 1.0}


IRELAND = Group("weighted", ((9, "ireland old"), (1, "ireland new")))
VIRGINIA = Group("weighted", ((1, "virginia a"), (1, "virginia b")))


def regions(ireland: int, virginia: int) -> Group:
    """Two active Regions, so many milliseconds from the user."""
    return Group("latency", ((ireland, IRELAND), (virginia, VIRGINIA)))


def site(ireland: int = 20, virginia: int = 85) -> Group:
    """Failover over latency over weights: two active Regions, and a static page for the worst day."""
    return Group("failover", ((0, regions(ireland, virginia)), (1, "static page")))
