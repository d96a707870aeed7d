"""Figures of EC2: a type's name, what an instance keeps, who reaches whom, where instances stand."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from cloudcrib.chapters.ec2 import instance
from cloudcrib.chapters.ec2 import placement as ec2_placement
from cloudcrib.kit import shapes
from cloudcrib.kit.counted import counted
from cloudcrib.kit.drawing import PALETTE, Picture, blank, canvas, picture
from cloudcrib.kit.palette import written

box = partial(shapes.box, edge="none", line=1.3, size=9, dark="black")
SPOTS = {  # where the nodes of the three-tier graph stand
    "internet": (8, 38), "alb": (34, 38), "web 1": (62, 54), "web 2": (62, 22), "db": (92, 38),
}  # fmt: skip
BENDS = {
    ("internet", "alb"): 0, ("internet", "web 1"): -0.3, ("internet", "web 2"): 0.3, ("internet", "db"): 0.56, ("alb", "db"): 0,
}  # fmt: skip
ASIDE = {("alb", "db"): 0.28, ("web 1", "web 2"): 0.36, ("web 2", "web 1"): 0.36}  # labels kept off other arrows
LOOKS = {"internet": "grey", "alb": "blue", "web 1": "green", "web 2": "green", "db": "orange"}
STRATEGY_SAYS = {
    "cluster": "close together",
    "spread": "each on a rack of its own",
    "partition": "in partitions that share no rack",
}


def name(type_name: str = "c7gn.4xlarge") -> Picture:
    """What each part of an instance type's name says."""
    read = instance.read_type(type_name)
    fig, ax = canvas(f"{type_name}: every letter says something", height=2.5)
    blank(ax, 100, 40)
    extras = ", ".join(read.extras) or "none"
    parts = [
        (read.family, "family", FAMILIES.get(read.family, "special hardware"), "blue"),
        (str(read.generation), "generation", "newer is better", "green"),
        (read.options or "–", "options", ",\n".join([read.processor, *read.extras]), "orange"),
        (read.size, "size", "in steps from\nnano to metal", "pink"),
    ]
    edges = (3, 25, 47, 73)
    for x, (text, role, said, colour) in zip(edges, parts, strict=True):
        middle = x + (9 if role != "size" else 11)
        ax.text(middle, 30, text, ha="center", va="center", fontsize=21, weight="bold", color=written(colour))
        ax.text(middle, 20, role, ha="center", va="center", weight="bold")
        ax.text(middle, 15, said, ha="center", va="top", fontsize=8.5, color=PALETTE["soft"])
    ax.text(68, 30, ".", ha="center", va="center", fontsize=21, weight="bold")
    words = f"family {read.family}, generation {read.generation}, {read.processor}, extras {extras}, size {read.size}"
    return picture(fig, alt=f"The parts of the name {type_name}: {words}.")


FAMILIES = {
    "c": "compute:\n2 GiB a vCPU", "m": "main, general:\n4 GiB a vCPU", "r": "RAM:\n8 GiB a vCPU", "x": "very much RAM",
    "t": "burstable", "i": "input and output:\nlocal NVMe", "d": "dense disks", "h": "disk throughput", "g": "graphics,\ninference",
    "p": "GPUs to train on", "f": "FPGA", "inf": "inference chips", "trn": "training chips", "hpc": "HPC", "mac": "macOS",
    "u": "terabytes of RAM", "z": "high clock",
}  # fmt: skip


def memory() -> Picture:
    """Memory against vCPUs: each family is a line of its own."""
    fig, ax = canvas("From C to X, each family has twice the memory for a vCPU")
    vcpus = [2, 4, 8, 16, 32, 64]
    looks = {"c": ("blue", "o"), "m": ("green", "s"), "r": ("orange", "^"), "x": ("pink", "D")}
    for family, ratio in instance.GIB_PER_VCPU.items():
        colour, marker = looks[family]
        sizes = [ratio * n for n in vcpus]
        ax.plot(vcpus, sizes, marker=marker, color=PALETTE[colour], lw=2)
        ax.text(70, sizes[-1], f"{family.upper()}: {ratio} GiB", va="center", color=written(colour), weight="bold")
    ax.set_xscale("log", base=2)
    ax.set_yscale("log", base=2)
    ax.set_xticks(vcpus, [str(n) for n in vcpus])
    ticks = [4, 16, 64, 256, 1024]
    ax.set_yticks(ticks, [f"{n:,}" for n in ticks])
    ax.set(xlabel="vCPUs", ylabel="memory (GiB)", xlim=(1.8, 125))
    words = ", ".join(f"{f.upper()} {r} GiB for each vCPU" for f, r in instance.GIB_PER_VCPU.items())
    return picture(fig, alt=f"Four lines of memory against vCPUs: {words}.")


def life(event: str = "") -> Picture:
    """What an instance still has after a reboot, a stop, a hibernation, a termination."""
    title = "A stop loses the host's disk; only hibernation keeps memory"
    if event:
        lost = sum(not stays for stays in instance.kept(event).values())
        title = f"After {event}: {lost} of {len(instance.KEPT)} {'is' if lost == 1 else 'are'} gone"
    fig, ax = canvas(title)
    blank(ax, 100, 62)
    columns = {name: 47 + 15 * n for n, name in enumerate(instance.EVENTS)}
    for column, x in columns.items():
        bold = column == event
        ax.text(
            x,
            58,
            column,
            ha="center",
            va="center",
            weight="bold",
            color=PALETTE["black"] if bold or not event else PALETTE["grey"],
        )
    for row, (thing, after) in enumerate(instance.KEPT.items()):
        y = 51 - 6.8 * row
        ax.text(1, y, thing, va="center")
        for column, x in columns.items():
            _cell(ax, x, y, after[column], hidden=bool(event) and column != event)
    shown = [event] if event else instance.EVENTS
    words = "; ".join(
        f"{e}: keeps {', '.join(t for t, k in instance.kept(e).items() if k) or 'nothing'}" for e in shown
    )
    return picture(fig, alt=f"A table of what an instance keeps. {words}.")


def _cell(ax: Any, x: float, y: float, stays: bool, hidden: bool) -> None:
    colour, said = ("green", "kept") if stays else ("red", "lost")
    shapes.block(ax, x - 6, y - 2.4, 12, 4.8, "pale" if hidden else colour, corner=0.8)
    ax.text(
        x,
        y,
        "?" if hidden else said,
        ha="center",
        va="center",
        fontsize=8,
        color=PALETTE["grey"] if hidden else "white",
    )


def reach(
    edges: Mapping[tuple[str, str], Sequence[int]], wanted: Mapping[tuple[str, str], int], title: str = ""
) -> Picture:
    """The graph of security groups: an arrow for every connection that can be opened."""
    extra = sum(port != wanted.get(pair) for pair, ports in edges.items() for port in ports)
    missing = [pair for pair, port in wanted.items() if port not in edges.get(pair, ())]
    fig, ax = canvas(title or _verdict(extra, len(missing)))
    blank(ax, 100, 64)
    boxes = {node: box(ax, x - 7, y - 5, 14, 10, node, LOOKS[node]) for node, (x, y) in SPOTS.items()}
    for pair in missing:
        if pair not in edges:
            _way(ax, boxes, *pair, PALETTE["grey"], ":", "closed")
    for pair, ports in edges.items():
        said, ink = _ports(ports, wanted.get(pair))
        needed = wanted.get(pair) in ports
        _way(ax, boxes, *pair, PALETTE["green"] if needed else PALETTE["red"], "-" if needed else "--", said, ink)
    legend = "solid: needed   dashed: not needed   red figures: ports not needed   dotted: needed, but closed"
    ax.text(0, 1, legend, fontsize=8, color=PALETTE["soft"])
    words = "; ".join(f"{a} to {b} on {', '.join(map(str, p))}" for (a, b), p in edges.items()) or "nothing"
    return picture(fig, alt=f"A graph of open connections: {words}.")


def _verdict(extra: int, missing: int) -> str:
    closed = f"{missing} needed connection{'s are' if missing > 1 else ' is'} closed" if missing else ""
    opened = f"{extra} way{'s' if extra > 1 else ''} in that nobody asked for" if extra else ""
    return ", and ".join(filter(None, [opened, closed])) or "Just what is needed is open"


def _ports(ports: Sequence[int], needed: int | None) -> tuple[str, str]:
    """What stands on an arrow, and in which colour: the needed port first, then those nobody asked for."""
    more = [str(port) for port in ports if port != needed]
    if len(ports) == 4:
        return "all", PALETTE["red"]
    said = " + ".join([str(needed)] * (needed in ports) + [", ".join(more)] * bool(more))
    closed = f", not {needed}" if needed and needed not in ports else ""
    return said + closed, PALETTE["red"] if more else PALETTE["green"]


def _way(
    ax: Any, boxes: Mapping[str, Any], source: str, target: str, colour: str, style: str, said: str, ink: str = ""
) -> None:
    (x, y), (to_x, to_y) = SPOTS[source], SPOTS[target]
    bend = BENDS.get((source, target), 0.14)
    look = {"dash": style, "bend": bend, "patchA": boxes[source], "patchB": boxes[target]}
    shapes.arrow(ax, (x, y), (to_x, to_y), colour, line=1.8, gaps=(0, 2), **look)
    part = ASIDE.get((source, target), 0.5)
    across, up = 0.8 * bend * (to_y - y) / 2, -1.24 * bend * (to_x - x) / 2  # a unit of x is wider than one of y
    place = {"ha": "center", "va": "center", "fontsize": 8, "color": ink or colour, "weight": "bold"}
    halo = {"boxstyle": "round,pad=0.12", "fc": "white", "ec": "none"}
    ax.text(x + part * (to_x - x) + across, y + part * (to_y - y) + up, said, bbox=halo, **place)


def placement(strategy: str, instances: int, zones: int = 2, partitions: int = 3) -> Picture:
    """Where the instances of a placement group stand, and what the worst single failure takes."""
    stands = ec2_placement.racks(strategy, instances, zones, partitions)
    loss = ec2_placement.worst_loss(strategy, instances, zones, partitions)
    verb = "can take" if loss > 1 else "takes"
    fig, ax = canvas(f"{strategy}: one failure {verb} {loss} of {counted(instances, 'instance')}")
    blank(ax, 100, 60)
    wide = 96 / len(stands)
    for n, zone in enumerate(stands):
        _zone(
            ax,
            2 + n * wide,
            wide - 3,
            f"zone {'abcdef'[n]}" if strategy != "cluster" else "one zone",
            zone,
            loss,
            n == 0,
        )
    ax.text(
        2, 0.5, f"instances stand {STRATEGY_SAYS[strategy]}; red: the worst failure", fontsize=8, color=PALETTE["soft"]
    )
    words = "; ".join(f"zone {'abcdef'[n]}: {zone} on each set of racks" for n, zone in enumerate(stands))
    return picture(fig, alt=f"Racks of a {strategy} placement group. {words}. One failure takes at most {loss}.")


def _zone(ax: Any, x: float, width: float, said: str, racks: list[int], loss: int, first: bool) -> None:
    box(ax, x, 5, width, 54, "", "pale", edge="grey")
    ax.text(x + width / 2, 55, said, ha="center", va="center", weight="bold")
    each, struck = (width - 2) / max(len(racks), 1), first
    for n, count in enumerate(racks):
        hit = struck and count == loss
        struck = struck and not hit
        left, across = x + 1 + n * each, min(each * 0.86, 36)
        colour = "red" if hit else "blue"
        box(ax, left + (each - across) / 2, 8, across, 43, "", "pale", edge=colour)
        _dots(ax, left + each / 2, across, count, colour)


def _dots(ax: Any, middle: float, across: float, count: int, colour: str) -> None:
    roomy = across > 5 and count <= 6 * max(1, min(8, int(across // 4.6)))
    pitch, size = (4.6, 12) if roomy else (3.2, 7)
    columns = max(1, min(8, int(across // pitch), count))
    step = min(1.45 * pitch, 40 / max(1, -(-count // columns)))
    for n in range(count):
        row, column = divmod(n, columns)
        x = middle + (column - (columns - 1) / 2) * min(pitch, across / (columns + 0.4))
        ax.plot(x, 9.5 + pitch / 2 + row * step, "s", ms=size, color=PALETTE[colour])
