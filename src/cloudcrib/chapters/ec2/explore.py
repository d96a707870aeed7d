"""EC2 to play with: names, credits, lives, groups, placements, commitments, Spot fleets."""

from typing import Any

from cloudcrib.chapters.ec2 import credits as ec2_credits
from cloudcrib.chapters.ec2 import draw, instance, purchase
from cloudcrib.chapters.ec2 import groups as ec2_groups
from cloudcrib.chapters.ec2 import placement as ec2_placement
from cloudcrib.chapters.ec2 import spot as ec2_spot
from cloudcrib.chapters.ec2.draw import charts
from cloudcrib.kit.exploring import Explorer, buttons, choice, explorer, slider, text, toggle

WANTED = {
    ("internet", "alb"): 443,
    ("alb", "web 1"): 8080,
    ("alb", "web 2"): 8080,
    ("web 1", "db"): 5432,
    ("web 2", "db"): 5432,
}
SOURCES = {
    "nobody": "nobody",
    "the load balancer's group": "alb",
    "the web servers' group": "web",
    "the VPC, 10.0.0.0/16": "10.0.0.0/16",
    "everybody, 0.0.0.0/0": "0.0.0.0/0",
}


def names() -> Explorer:
    """Type the name of an instance type, and read it."""
    return explorer(_names, type_name=text("instance type", "m7gd.xlarge"))


def credits() -> Explorer:
    """Make a day busier or calmer, change size and mode, and follow the credits."""
    return explorer(
        _credits,
        type_name=choice("type", list(ec2_credits.T3), "t3.micro"),
        factor=slider("load, in times of the quiet day", 0.5, 4.0, 1.0, step=0.25),
        unlimited=toggle("unlimited mode"),
    )


def survive() -> Explorer:
    """Choose an event, and see what an instance still has afterwards."""
    return explorer(_survive, event=buttons("what happens", list(instance.EVENTS)))


def groups() -> Explorer:
    """Choose the sources of the inbound rules, and watch who can open a connection to whom."""
    return explorer(
        _groups,
        web=choice("web servers, port 8080, from", SOURCES, "0.0.0.0/0"),
        ssh=choice("web servers, port 22, from", SOURCES, "10.0.0.0/16"),
        database=choice("database, port 5432, from", SOURCES, "10.0.0.0/16"),
        talking=toggle("web servers: all ports from their own group", True),
    )


def placement() -> Explorer:
    """Choose a strategy, and see what one failure takes."""
    return explorer(
        _placement,
        strategy=buttons("strategy", ["cluster", "spread", "partition"], "partition"),
        instances=slider("instances", 1, 40, 20),
        zones=slider("zones", 1, 3, 2),
        partitions=slider("partitions in a zone", 1, 7, 4),
    )


def commitment() -> Explorer:
    """Slide the commitment under the load curve, give the rest to Spot, and beat the bill."""
    return explorer(
        _commitment,
        commit=slider("instances committed to", 0, 20, 14),
        spot=slider("of the rest, on Spot", 0, 100, 0, step=10, unit="%"),
    )


def spot() -> Explorer:
    """Choose a strategy and live through a month of Spot."""
    return explorer(
        _spot,
        strategy=buttons("strategy", list(ec2_spot.STRATEGIES)),
        instances=slider("instances", 6, 60, 30, step=6),
        seed=slider("which of many possible months", 1, 20, 1),
    )


def _names(type_name: str) -> list[Any]:
    read = instance.read_type(type_name.strip().lower())
    image = "arm64" if read.processor == "Graviton" else "x86_64"
    said = f"It needs an image of architecture `{image}`." if read.family in "cmrtxi" else ""
    return [draw.name(type_name.strip().lower()), said]


def _credits(type_name: str, factor: float, unlimited: bool) -> list[Any]:
    earned, vcpus = ec2_credits.T3[type_name]
    loads = [min(100.0, load * factor) for load in charts.QUIET_DAY]
    mean, base = sum(loads) / 24, ec2_credits.baseline(earned, vcpus)
    verdict = "at most" if mean <= base else "**above**"
    said = f"The day's average load is {mean:.1f} %, {verdict} the baseline of {base:g} %."
    return [charts.credits(type_name, factor, unlimited), said]


def _survive(event: str) -> list[Any]:
    notes = {
        "reboot": "Same host, same addresses, same disks; no new billing minimum, and user data does not run again.",
        "stop": "The start that follows finds another host, hands out another public address, and does not run user data.",
        "hibernate": "As a stop, but memory waits on the root volume, and processes go on where they were.",
        "terminate": "Volumes whose DeleteOnTermination is false remain, and go on costing money.",
    }
    return [draw.life(event), notes[event]]


def _groups(web: str, ssh: str, database: str, talking: bool) -> list[Any]:
    rules, nodes = ec2_groups.three_tiers(web, ssh, database, talking)
    edges = ec2_groups.connections(rules, nodes, [22, 443, 5432, 8080])
    edges = {pair: ports for pair, ports in edges.items() if pair[1] != "alb" or pair[0] == "internet"}
    lost = ec2_groups.blast_radius(edges, "web 1")
    said = f"Whoever takes over *web 1* can go on to: **{', '.join(lost) or 'nowhere'}**."
    return [draw.reach(edges, WANTED), said]


def _placement(strategy: str, instances: int, zones: int, partitions: int) -> list[Any]:
    zones = 1 if strategy == "cluster" else zones
    loss = ec2_placement.worst_loss(strategy, instances, zones, partitions)
    said = f"A single failure of shared hardware takes at most {100 * loss / instances:.0f} % of the instances."
    if strategy == "cluster":
        said = "A cluster group stands in one zone, close together: fast, and all of it may fail at once."
    return [draw.placement(strategy, instances, zones, partitions), said]


def _commitment(commit: int, spot: int) -> list[Any]:
    load = purchase.day()
    bill = purchase.bill(load, commit, spot / 100)
    said = (
        f"Bill: **{bill.cost:.1f}** (all on-demand: {sum(load)}). "
        f"Of {commit * len(load)} committed hours, {bill.idle:.0f} idle."
    )
    return [charts.load_curve(load, commit, spot / 100), said]


def _spot(strategy: str, instances: int, seed: int) -> list[Any]:
    taken = ec2_spot.allocate(ec2_spot.POOLS, instances, strategy)
    cost = ec2_spot.hourly_cost(taken)
    pools = ", ".join(f"{count} in {pool.name}" for pool, count in taken.items())
    return [charts.month(strategy, instances, seed), f"{cost:.2f} USD an hour: {pools}."]
