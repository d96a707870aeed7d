"""Relational databases under failure: standbys, replicas, restore windows, Aurora's quorum."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

COPIES = ("a1", "a2", "b1", "b2", "c1", "c2")  # Aurora: two copies in each of the zones a, b, c
WRITE_QUORUM, READ_QUORUM = 4, 3
WIDTH = {"host": "the writer's host", "zone": "the writer's zone", "region": "the whole Region"}


@dataclass(frozen=True)
class Node:
    """One copy of the database that may answer: where it stands, what it does, how it is fed."""

    zone: str
    role: str  # writer | standby | reader
    feed: str = ""  # sync | semisync | async | shared

    @property
    def serves_reads(self) -> bool:
        """Whether the copy answers queries while all is well."""
        return self.role != "standby"


@dataclass(frozen=True)
class Deployment:
    """A way to run a relational database: its copies, and how it comes back."""

    name: str
    nodes: tuple[Node, ...]
    takeover: str  # none | automatic | by hand
    seconds: str = ""


DEPLOYMENTS = {
    "single": Deployment("Single-AZ instance", (Node("a", "writer"),), "none"),
    "instance": Deployment(
        "Multi-AZ DB instance", (Node("a", "writer"), Node("b", "standby", "sync")), "automatic", "60–120 s"
    ),
    "cluster": Deployment(
        "Multi-AZ DB cluster",
        (Node("a", "writer"), Node("b", "reader", "semisync"), Node("c", "reader", "semisync")),
        "automatic",
        "under 35 s",
    ),
    "replica": Deployment(
        "Instance with a read replica", (Node("a", "writer"), Node("b", "reader", "async")), "by hand"
    ),
    "remote": Deployment(
        "Instance with a cross-Region replica", (Node("a", "writer"), Node("x", "reader", "async")), "by hand"
    ),
    "aurora": Deployment(
        "Aurora with one replica",
        (Node("a", "writer"), Node("b", "reader", "shared")),
        "automatic",
        "under 60 s, often under 30 s",
    ),
    "global": Deployment(
        "Aurora Global Database",
        (Node("a", "writer"), Node("b", "reader", "shared"), Node("x", "reader", "async")),
        "automatic",
        "under 60 s, often under 30 s",
    ),
}


@dataclass(frozen=True)
class Outcome:
    """What is left of a deployment after a failure."""

    lost: tuple[Node, ...]
    next_writer: Node | None
    how: str
    data: str
    reads_go_on: bool


def fails(node: Node, failure: str) -> bool:
    """Whether a copy goes with the writer's host, zone or Region; zone x is in another Region."""
    in_region = node.zone != "x"
    return {"host": node.role == "writer", "zone": node.zone == "a", "region": in_region}[failure]


def after(kind: str, failure: str) -> Outcome:
    """What a failure of the writer's host, zone or Region does to a deployment."""
    plan = DEPLOYMENTS[kind]
    lost = tuple(node for node in plan.nodes if fails(node, failure))
    left = [node for node in plan.nodes if node not in lost]
    heir = min(left, key=lambda node: node.feed == "async", default=None)
    if failure == "host" and (heir is None or heir.feed == "async"):
        heir = None  # RDS repairs the host sooner than anybody would give up the writes of the lag
    return Outcome(lost, heir, _how(plan, heir, failure), _data(heir, failure), any(n.serves_reads for n in left))


def feeds(kind: str, failure: str = "none") -> tuple[Node | None, tuple[Node, ...]]:
    """Which copy feeds which others, before a failure or once it is over; nobody feeds while the writer is away."""
    plan = DEPLOYMENTS[kind]
    if failure == "none":
        return plan.nodes[0], plan.nodes[1:]
    outcome = after(kind, failure)
    source = outcome.next_writer
    return source, tuple(n for n in plan.nodes if source and n not in outcome.lost and n != source)


def _how(plan: Deployment, heir: Node | None, failure: str) -> str:
    if heir is None:
        return "RDS restarts or replaces the host" if failure == "host" else "you restore a backup elsewhere, or wait"
    if heir.feed == "async":
        return (
            "you fail over to the other Region" if plan.takeover == "automatic" else "you promote the replica by hand"
        )
    return f"automatic failover, {plan.seconds}"


def _data(heir: Node | None, failure: str) -> str:
    if heir is None:
        return "nothing" if failure == "host" else "what came after the newest backup you can reach"
    return "what the replica had not received (its lag)" if heir.feed == "async" else "nothing"


def backlogs(writes: Sequence[float], applies: float) -> list[float]:
    """Changes that wait on an asynchronous replica at the end of each second of load."""
    waiting, found = 0.0, []
    for arriving in writes:
        waiting = max(0.0, waiting + arriving - applies)
        found.append(waiting)
    return found


def replica_lag(writes: Sequence[float], applies: float) -> list[float]:
    """`ReplicaLag` at the end of each second of load: how long ago the change that is applied next was committed.

    Left out: the metric is a value a minute, and an idle source (PostgreSQL counts from the last change replayed).
    """
    waiting = backlogs(writes, applies)
    return [_age(writes[: second + 1], left) for second, left in enumerate(waiting)]


def _age(writes: Sequence[float], waiting: float) -> float:
    """Seconds since the oldest of the waiting changes was committed; those of one second are spread evenly over it."""
    age = 0.0
    for arrived in reversed(writes):
        if waiting <= arrived:
            return age + (waiting / arrived if waiting else 0.0)
        waiting, age = waiting - arrived, age + 1
    return age


def lag_over_time(writes: Sequence[float], applies: float) -> list[float]:
    """Seconds that the backlog would take to apply: what notebooks of the first edition ask for under this name."""
    return [waiting / applies for waiting in backlogs(writes, applies)]


def catch_up(waiting: float, writes: float, applies: float) -> float | None:
    """Seconds until a backlog is worked off under a steady load; None when it never is."""
    return waiting / (applies - writes) if writes < applies else None


def restore_window(
    now: dt.datetime, retention_days: int, gap_minutes: float = 5
) -> tuple[dt.datetime, dt.datetime] | None:
    """The earliest and the latest moment you can restore to; None when backups are off."""
    if retention_days == 0:
        return None
    return now - dt.timedelta(days=retention_days), now - dt.timedelta(minutes=gap_minutes)


def can_restore(now: dt.datetime, retention_days: int, wanted: dt.datetime, gap_minutes: float = 5) -> bool:
    """Whether point-in-time recovery reaches the wanted moment."""
    window = restore_window(now, retention_days, gap_minutes)
    return window is not None and window[0] <= wanted <= window[1]


def lost_copies(zones: Iterable[str] = (), copies: Iterable[str] = ()) -> set[str]:
    """The Aurora copies lost with whole zones and one by one, each counted once."""
    return {copy for copy in COPIES if copy[0] in set(zones)} | (set(copies) & set(COPIES))


def storage_state(lost: int) -> str:
    """What Aurora's storage can still do when that many of its six copies are lost."""
    left = len(COPIES) - lost
    return "reads and writes" if left >= WRITE_QUORUM else "reads only" if left >= READ_QUORUM else "neither"


def next_writer(replicas: Sequence[tuple[str, int, float]]) -> str | None:
    """The Aurora Replica promoted first: lowest tier, then largest memory; replicas are (name, tier, GiB)."""
    return min(replicas, key=lambda r: (r[1], -r[2]), default=(None,))[0]
