"""The picture of a tree of records, with what one user gets."""

from collections.abc import Collection
from functools import partial

from cloudcrib.chapters.route53 import trees
from cloudcrib.kit import shapes
from cloudcrib.kit.drawing import PALETTE, Picture, blank, canvas, picture
from cloudcrib.kit.palette import written

box = partial(shapes.box, corner=0.12, fill=0x22 / 0xFF, size=8)
arrow = partial(shapes.arrow, line=1.3)
SERVERS = {"ireland old": 6.6, "ireland new": 5.2, "virginia a": 3.6, "virginia b": 2.2, "static page": 0.5}


def tree(unhealthy: Collection[str] = (), ireland: int = 20, virginia: int = 85) -> Picture:
    """Failover over latency over weights, and the part of one user's answers that each server gives."""
    found = trees.answers(trees.site(ireland, virginia), unhealthy)
    top = max(found, key=lambda name: found[name])
    fig, ax = canvas(f"This user's answers: {found[top]:.0%} name the server “{top}”", height=3.4)
    blank(ax, 12, 7.9)
    box(ax, 0.1, 2.4, 1.9, 1.3, "www\nfailover", "blue")
    box(ax, 3.0, 4.0, 1.9, 1.3, "regions\nlatency", _colour(trees.regions(ireland, virginia), unhealthy))
    for y, name, delay, pair in [(5.8, "ireland", ireland, trees.IRELAND), (2.8, "virginia", virginia, trees.VIRGINIA)]:
        box(ax, 5.9, y, 2.1, 1.3, f"{name}\nweighted", _colour(pair, unhealthy))
        arrow(ax, (5.0, 4.65), (5.8, y + 0.65))
        ax.text(5.15, y + (0.25 if name == "virginia" else 1.0), f"{delay} ms", fontsize=7.5, ha="center")
    arrow(ax, (2.1, 3.05), (2.9, 4.55))
    arrow(ax, (2.1, 3.05), (9.1, 1.0), "grey", dash="--")
    ax.text(2.05, 4.1, "primary", fontsize=7.5, ha="center")
    ax.text(4.6, 1.7, "secondary", fontsize=7.5, ha="center")
    for weight, server, y in [
        (9, "ireland old", 6.45),
        (1, "ireland new", 6.45),
        (1, "virginia a", 3.45),
        (1, "virginia b", 3.45),
    ]:
        arrow(ax, (8.1, y), (9.1, SERVERS[server] + 0.5))
        ax.text(
            8.55, SERVERS[server] + (0.78 if SERVERS[server] > y - 0.6 else 0.1), f"{weight}", fontsize=7.5, ha="center"
        )
    for server, y in SERVERS.items():
        name = "grey" if server == "static page" else _colour(server, unhealthy)
        box(ax, 9.2, y, 1.8, 1.0, f"{server}{' ✗' if server in unhealthy else ''}", name, size=7.5)
        part = found.get(server, 0.0)
        colour = written("green") if part else PALETTE["grey"]
        ax.text(11.1, y + 0.5, f"{part:.0%}", va="center", fontsize=9, fontweight="bold", color=colour)
    words = ", ".join(f"{server} {found.get(server, 0.0):.0%}" for server in SERVERS)
    down = ", ".join(server for server in SERVERS if server in unhealthy) or "none"
    return picture(
        fig, f"A failover record over latency records over two weighted pairs. Unhealthy: {down}. Answers: {words}."
    )


def _colour(node: str | trees.Group, unhealthy: Collection[str]) -> str:
    return "green" if trees.healthy(node, unhealthy) else "red"
