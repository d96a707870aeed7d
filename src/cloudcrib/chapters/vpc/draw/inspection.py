"""The figure of a firewall in the path: which table leads where, so that both directions are inspected."""

from functools import partial

from cloudcrib.chapters.vpc.draw import box
from cloudcrib.kit import shapes
from cloudcrib.kit.drawing import PALETTE, Picture, blank, canvas, picture

arrow = partial(shapes.arrow, colour=PALETTE["soft"])
WEB, WALL = "10.0.1.0/24", "10.0.9.0/28"
TABLES = (
    ("table of the internet gateway", f"{WEB} → firewall endpoint"),
    ("table of the firewall subnet", "0.0.0.0/0 → internet gateway"),
    ("table of the web subnet", "0.0.0.0/0 → firewall endpoint"),
)


def inspected() -> Picture:
    """Internet gateway, firewall subnet and web subnet, with the one route that each table needs."""
    fig, ax = canvas("Three routes lead both directions through the firewall", height=3.0)
    blank(ax, 100, 50)
    places = (("internet\ngateway", "", "yellow"), ("firewall\nendpoint", f"firewall subnet {WALL}", "red"))
    for place, (said, subnet, colour) in enumerate((*places, ("web\nservers", f"web subnet {WEB}", "blue"))):
        x = 2 + place * 35
        if subnet:
            box(ax, x - 2, 22, 30, 24, "", "pale")
            ax.text(x + 13, 43, subnet, ha="center", va="center", fontsize=8, color=PALETTE["soft"])
        box(ax, x + 4, 26, 18, 13, said, colour)
        name, route = TABLES[place]
        ax.text(x + 13, 14, name, ha="center", va="center", fontsize=8, color=PALETTE["soft"])
        ax.text(x + 13, 8, route, ha="center", va="center", fontsize=8, weight="bold")
    for left in (24.5, 59.5):
        arrow(ax, (left, 32.5), (left + 16, 32.5), head="<|-|>")
    said = "; ".join(f"the {name} holds {route}" for name, route in TABLES)
    return picture(
        fig,
        alt="An internet gateway, a firewall endpoint in a subnet of its own and web servers in theirs, in a row; "
        f"traffic passes the endpoint both ways. Beside the local route, {said}.",
    )
