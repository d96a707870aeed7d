"""Diagrams of the DNS chapter: who asks whom, and in which order."""

from typing import Any

from cloudcrib.chapters.route53.draw.charts import (
    failover_timeline,
    geoproximity,
    multivalue_bars,
    outage_curve,
    share_bars,
    stale_curves,
    zero_weights,
)
from cloudcrib.kit.drawing import PALETTE, Picture, blank, canvas, picture

__all__ = [
    "alias_or_cname", "failover_timeline", "geoproximity", "hybrid", "multivalue_bars", "outage_curve", "resolution",
    "share_bars", "stale_curves", "zero_weights",
]  # fmt: skip

INK, QUIET = PALETTE["black"], PALETTE["grey"]


def _box(ax: Any, x: float, y: float, width: float, height: float, said: str, colour: str, size: float = 8.5) -> None:
    from matplotlib.patches import FancyBboxPatch

    shape = FancyBboxPatch(
        (x, y), width, height, boxstyle="round,pad=0,rounding_size=0.12", fc=colour + "22", ec=colour, lw=1.4
    )
    ax.add_patch(shape)
    ax.text(x + width / 2, y + height / 2, said, ha="center", va="center", fontsize=size, color=INK)


def _arrow(
    ax: Any, start: tuple[float, float], end: tuple[float, float], colour: str = INK, dashed: bool = False
) -> None:
    style = {
        "arrowstyle": "-|>",
        "color": colour,
        "lw": 1.3,
        "linestyle": "--" if dashed else "-",
        "shrinkA": 0,
        "shrinkB": 0,
    }
    ax.annotate("", xy=end, xytext=start, arrowprops=style)


def resolution() -> Picture:
    """Who is asked when a name is looked up for the first time."""
    fig, ax = canvas("Route 53 is asked last, and only when the resolver has forgotten", height=3.2)
    blank(ax, 12, 6.9)
    _box(ax, 0.1, 2.9, 1.9, 1.3, "browser", PALETTE["grey"])
    _box(ax, 3.6, 2.6, 2.5, 1.9, "resolver\nof your provider\n(has a cache)", PALETTE["orange"])
    servers = [
        ("root servers", 5.7, "“ask .com”"),
        ("servers of .com", 3.9, "“ask these four\nof Route 53”"),
        ("Route 53", 1.1, "192.0.2.7,\nTTL 60"),
    ]
    for place, (said, y, reply) in enumerate(servers, start=2):
        colour = PALETTE["blue"] if said == "Route 53" else PALETTE["grey"]
        _box(ax, 9.7, y, 2.2, 1.0, said, colour)
        middle = y + 0.5
        _arrow(ax, (6.2, 3.55 + (middle - 3.55) * 0.15), (9.6, middle), colour)
        ax.text(
            9.5,
            middle + (0.34 if place < 4 else -0.62),
            f"{place}",
            ha="right",
            fontsize=9,
            fontweight="bold",
            color=colour,
        )
        ax.text(9.72, y - 0.13, reply, ha="left", va="top", fontsize=7.5, color=INK, style="italic")
    _arrow(ax, (2.1, 3.75), (3.5, 3.75))
    _arrow(ax, (3.5, 3.25), (2.1, 3.25))
    ax.text(2.8, 3.95, "1", ha="center", fontsize=9, fontweight="bold")
    ax.text(2.8, 2.75, "5", ha="center", fontsize=9, fontweight="bold")
    ax.text(
        4.85,
        2.3,
        "keeps the answer for TTL seconds:\nuntil then, steps 2 to 4 are left out",
        ha="center",
        va="top",
        fontsize=8,
        color=INK,
    )
    return picture(
        fig, "A browser asks its resolver, which asks the root servers, the servers of .com and last Route 53."
    )


def alias_or_cname() -> Picture:
    """The steps of a look-up over a CNAME and over an alias."""
    fig, ax = canvas("A CNAME costs a second question, an alias does not", height=3.0)
    blank(ax, 12, 7)
    for y, kind, colour in [(4.3, "CNAME", PALETTE["red"]), (0.7, "alias A", PALETTE["blue"])]:
        ax.text(0.1, y + 2.05, f"www.example.com · {kind}", fontsize=9, fontweight="bold", color=colour)
        _box(ax, 0.1, y, 1.9, 1.6, "resolver", PALETTE["orange"])
        _box(ax, 5.2, y, 2.4, 1.6, "Route 53", colour)
    _arrow(ax, (2.1, 5.5), (5.1, 5.5))
    ax.text(3.6, 5.6, "www.example.com?", ha="center", fontsize=7.5)
    _arrow(ax, (5.1, 5.1), (2.1, 5.1), PALETTE["red"])
    ax.text(3.6, 4.98, "it is another name", ha="center", va="top", fontsize=7.5, color=PALETTE["red"])
    _box(ax, 9.4, 3.45, 2.5, 1.4, "name servers of\nthe load balancer", PALETTE["grey"])
    _arrow(ax, (1.4, 4.25), (9.3, 3.95))
    ax.text(5.6, 3.93, "lb-1.elb.amazonaws.com?", ha="center", va="top", fontsize=7.5)
    _arrow(ax, (2.1, 1.9), (5.1, 1.9))
    ax.text(3.6, 2.0, "www.example.com?", ha="center", fontsize=7.5)
    _arrow(ax, (5.1, 1.1), (2.1, 1.1), PALETTE["blue"])
    ax.text(3.6, 0.98, "203.0.113.10", ha="center", va="top", fontsize=7.5, color=PALETTE["blue"])
    _box(ax, 9.4, 0.7, 2.5, 1.6, "load balancer:\ncurrent addresses", PALETTE["grey"])
    _arrow(ax, (7.7, 1.5), (9.3, 1.5), PALETTE["blue"], dashed=True)
    ax.text(8.5, 1.6, "looks inside", ha="center", fontsize=7.5, color=PALETTE["blue"])
    return picture(
        fig, "Over a CNAME the resolver asks twice; over an alias Route 53 answers with the load balancer's addresses."
    )


def hybrid() -> Picture:
    """DNS between a data center and a VPC."""
    fig, ax = canvas("Endpoints are named by the way the question travels, seen from the VPC", height=3.2)
    blank(ax, 12, 7)
    _box(ax, 0.1, 0.5, 3.4, 5.7, "", PALETTE["grey"])
    _box(ax, 6.0, 0.5, 5.9, 5.7, "", PALETTE["blue"])
    ax.text(1.8, 5.75, "data center", ha="center", fontsize=9, fontweight="bold", color=QUIET)
    ax.text(8.95, 5.75, "VPC 10.0.0.0/16", ha="center", fontsize=9, fontweight="bold", color=PALETTE["blue"])
    _box(ax, 0.4, 3.9, 2.8, 1.3, "DNS server asks for\ndb.cloud.internal", PALETTE["grey"], 8)
    _box(ax, 0.4, 1.1, 2.8, 1.3, "DNS server of\ncorp.example", PALETTE["grey"], 8)
    _box(ax, 6.2, 3.9, 1.9, 1.3, "inbound\nendpoint", PALETTE["green"])
    _box(ax, 6.2, 1.1, 1.9, 1.3, "outbound\nendpoint\n+ rule", PALETTE["orange"])
    _box(ax, 9.4, 3.9, 2.3, 1.3, "VPC Resolver\n10.0.0.2", PALETTE["blue"])
    _box(ax, 9.4, 1.1, 2.3, 1.3, "instance asks for\nhr.corp.example", PALETTE["blue"], 8)
    _arrow(ax, (3.3, 4.55), (6.1, 4.55), PALETTE["green"])
    _arrow(ax, (8.2, 4.55), (9.3, 4.55), PALETTE["green"])
    _arrow(ax, (10.55, 2.5), (10.55, 3.8), PALETTE["orange"])
    _arrow(ax, (9.6, 3.8), (7.6, 2.5), PALETTE["orange"])
    _arrow(ax, (6.1, 1.75), (3.3, 1.75), PALETTE["orange"])
    ax.text(4.75, 3.15, "VPN or\nDirect Connect", ha="center", va="center", fontsize=8.5, color=INK)
    return picture(
        fig, "The data center asks the VPC Resolver over an inbound endpoint; instances ask back over an outbound one."
    )
