"""Diagrams of the DNS chapter: who asks whom, and in which order."""

from functools import partial

from cloudcrib.chapters.route53.draw.charts import (
    failover_timeline,
    geoproximity,
    multivalue_bars,
    outage_curve,
    share_bars,
    stale_curves,
    zero_weights,
)
from cloudcrib.chapters.route53.draw.tree import tree
from cloudcrib.kit import shapes
from cloudcrib.kit.drawing import PALETTE, Picture, blank, canvas, picture

__all__ = [
    "alias_or_cname", "failover_timeline", "geoproximity", "hybrid", "multivalue_bars", "outage_curve", "resolution",
    "share_bars", "stale_curves", "tree", "zero_weights",
]  # fmt: skip

INK, QUIET = PALETTE["black"], PALETTE["grey"]
box = partial(shapes.box, corner=0.12, fill=0x22 / 0xFF)
arrow = partial(shapes.arrow, line=1.3)


def resolution() -> Picture:
    """Who is asked when a name is looked up for the first time."""
    fig, ax = canvas("Route 53 is asked last, and only when the resolver has forgotten", height=3.2)
    blank(ax, 12, 6.9)
    box(ax, 0.1, 2.9, 1.9, 1.3, "browser", "grey")
    box(ax, 3.6, 2.6, 2.5, 1.9, "resolver\nof your provider\n(has a cache)", "orange")
    servers = [
        ("root servers", 5.7, "“ask .com”"),
        ("servers of .com", 3.9, "“ask these four\nof Route 53”"),
        ("Route 53", 1.1, "192.0.2.7,\nTTL 60"),
    ]
    for place, (said, y, reply) in enumerate(servers, start=2):
        colour = PALETTE["blue"] if said == "Route 53" else PALETTE["grey"]
        box(ax, 9.7, y, 2.2, 1.0, said, colour)
        middle = y + 0.5
        arrow(ax, (6.2, 3.55 + (middle - 3.55) * 0.15), (9.6, middle), colour)
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
    arrow(ax, (2.1, 3.75), (3.5, 3.75))
    arrow(ax, (3.5, 3.25), (2.1, 3.25))
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
        box(ax, 0.1, y, 1.9, 1.6, "resolver", "orange")
        box(ax, 5.2, y, 2.4, 1.6, "Route 53", colour)
    arrow(ax, (2.1, 5.5), (5.1, 5.5))
    ax.text(3.6, 5.6, "www.example.com?", ha="center", fontsize=7.5)
    arrow(ax, (5.1, 5.1), (2.1, 5.1), "red")
    ax.text(3.6, 4.98, "it is another name", ha="center", va="top", fontsize=7.5, color=PALETTE["red"])
    box(ax, 9.4, 3.45, 2.5, 1.4, "name servers of\nthe load balancer", "grey")
    arrow(ax, (1.4, 4.25), (9.3, 3.95))
    ax.text(5.6, 3.93, "lb-1.elb.amazonaws.com?", ha="center", va="top", fontsize=7.5)
    arrow(ax, (2.1, 1.9), (5.1, 1.9))
    ax.text(3.6, 2.0, "www.example.com?", ha="center", fontsize=7.5)
    arrow(ax, (5.1, 1.1), (2.1, 1.1), "blue")
    ax.text(3.6, 0.98, "203.0.113.10", ha="center", va="top", fontsize=7.5, color=PALETTE["blue"])
    box(ax, 9.4, 0.7, 2.5, 1.6, "load balancer:\ncurrent addresses", "grey")
    arrow(ax, (7.7, 1.5), (9.3, 1.5), "blue", dash="--")
    ax.text(8.5, 1.6, "looks inside", ha="center", fontsize=7.5, color=PALETTE["blue"])
    return picture(
        fig, "Over a CNAME the resolver asks twice; over an alias Route 53 answers with the load balancer's addresses."
    )


def hybrid() -> Picture:
    """DNS between a data center and a VPC."""
    fig, ax = canvas("Endpoints are named by the way the question travels, seen from the VPC", height=3.2)
    blank(ax, 12, 7)
    box(ax, 0.1, 0.5, 3.4, 5.7, "", "grey")
    box(ax, 6.0, 0.5, 5.9, 5.7, "", "blue")
    ax.text(1.8, 5.75, "data center", ha="center", fontsize=9, fontweight="bold", color=QUIET)
    ax.text(8.95, 5.75, "VPC 10.0.0.0/16", ha="center", fontsize=9, fontweight="bold", color=PALETTE["blue"])
    box(ax, 0.4, 3.9, 2.8, 1.3, "DNS server asks for\ndb.cloud.internal", "grey", size=8)
    box(ax, 0.4, 1.1, 2.8, 1.3, "DNS server of\ncorp.example", "grey", size=8)
    box(ax, 6.2, 3.9, 1.9, 1.3, "inbound\nendpoint", "green")
    box(ax, 6.2, 1.1, 1.9, 1.3, "outbound\nendpoint\n+ rule", "orange")
    box(ax, 9.4, 3.9, 2.3, 1.3, "VPC Resolver\n10.0.0.2", "blue")
    box(ax, 9.4, 1.1, 2.3, 1.3, "instance asks for\nhr.corp.example", "blue", size=8)
    arrow(ax, (3.3, 4.55), (6.1, 4.55), "green")
    arrow(ax, (8.2, 4.55), (9.3, 4.55), "green")
    arrow(ax, (10.55, 2.5), (10.55, 3.8), "orange")
    arrow(ax, (9.6, 3.8), (7.6, 2.5), "orange")
    arrow(ax, (6.1, 1.75), (3.3, 1.75), "orange")
    ax.text(4.75, 3.15, "VPN or\nDirect Connect", ha="center", va="center", fontsize=8.5, color=INK)
    return picture(
        fig, "The data center asks the VPC Resolver over an inbound endpoint; instances ask back over an outbound one."
    )
