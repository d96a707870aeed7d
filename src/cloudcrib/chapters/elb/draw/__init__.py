"""Figures of load balancing: where a request goes, and how much of it."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from cloudcrib.chapters.elb import shares as elb
from cloudcrib.kit import shapes
from cloudcrib.kit.counted import counted
from cloudcrib.kit.drawing import HATCHED, PALETTE, SERIES, Picture, blank, canvas, picture
from cloudcrib.kit.palette import written

box = partial(shapes.box, edge="none", line=1.3, dark="black")
arrow = partial(shapes.arrow, colour=PALETTE["soft"], line=1.2, gaps=(0, 1))
TLS_WAYS = (  # listener, what the load balancer sees, how it goes on, and what the target does
    ("ALB, HTTPS listener", "sees host, path, headers", "plain", "serves HTTP"),
    ("ALB, HTTPS listener", "sees host, path, headers", "TLS", "ends TLS again,\nany certificate"),
    ("NLB, TLS listener", "decrypts, reads no HTTP", "plain", "serves TCP"),
    ("NLB, TCP listener", "sees encrypted bytes", "TLS", "ends TLS,\nholds the key"),
)


def path_of_a_request() -> Picture:
    """A listener takes the connection, a rule picks a target group, the group picks a target."""
    fig, ax = canvas("A listener hears, a rule decides, a target group picks a target")
    blank(ax, 100, 56)
    box(ax, 0, 22, 15, 12, "client", "grey")
    box(ax, 21, 4, 33, 49, "", "pale", edge="blue")
    ax.text(37.5, 49, "Application Load Balancer", ha="center", va="center", weight="bold")
    box(ax, 24, 22, 11, 12, "listener\nHTTPS\n:443", "blue")
    for y, said in ((37, "10  /img/*"), (24, "20  /api/*"), (11, "default")):
        box(ax, 40, y, 12, 8, said, "blue")
        arrow(ax, (35, 28), (40, y + 4))
        arrow(ax, (52, y + 4), (61, y + 4))
    arrow(ax, (15, 28), (24, 28))
    for y, group, colour in ((37, "images", "orange"), (24, "api", "green"), (11, "shop", "pink")):
        box(ax, 61, y - 1, 37, 10, "", "pale", edge=colour)
        ax.text(63, y + 4, group, va="center", weight="bold")
        for n, x in enumerate((75, 82.5, 90)):
            box(ax, x, y + 1, 6, 6, f"{group[0]}{n + 1}", colour)
    ax.text(37.5, 6.5, "rules, lowest number first", ha="center", va="center", color=PALETTE["soft"])
    ax.text(79.5, 4, "target groups and their targets", ha="center", va="center", color=PALETTE["soft"])
    return picture(
        fig,
        alt="A client reaches the HTTPS listener of an Application Load Balancer. Rule 10, path /img/*, leads to the "
        "target group images; rule 20, path /api/*, to api; the default rule to shop. Each group has three targets.",
    )


def where_tls_ends() -> Picture:
    """Four ways to encrypt on the way to a target, and what the load balancer sees in each."""
    fig, ax = canvas("Who ends TLS can read the request; who passes it on cannot")
    blank(ax, 100, 58)
    for x, said in ((7, "client"), (45, "load balancer"), (88, "target")):
        ax.text(x, 55.5, said, ha="center", va="center", weight="bold")
    for row, (listener, sees, onward, target) in enumerate(TLS_WAYS):
        y = 42 - 13 * row
        box(ax, 1, y, 12, 9, "TLS", "grey")
        box(ax, 29, y, 32, 9, f"{listener}\n{sees}", "blue" if "ALB" in listener else "green")
        box(ax, 78, y, 20, 9, target, "grey")
        _stretch(ax, 13, 29, y + 4, "TLS")
        _stretch(ax, 61, 78, y + 4, onward)
    words = " ".join(
        f"{listener}, {sees}: {'encrypted' if onward == 'TLS' else 'plain'} to the target, {' '.join(target.split())}."
        for listener, sees, onward, target in TLS_WAYS
    )
    return picture(fig, alt=f"Four ways from a client, with TLS to the load balancer in each. {words}")


def _stretch(ax: Any, start: float, end: float, y: float, said: str) -> None:
    colour, style = ("green", "-") if said == "TLS" else ("red", "--")
    shapes.arrow(ax, (start, y), (end, y), colour=PALETTE[colour], line=1.8, gaps=(0, 1), dash=style)
    ax.text((start + end) / 2, y + 2, said, ha="center", va="bottom", color=written(colour), fontsize=8.5)


def shares(targets: Mapping[str, int], cross_zone: bool, title: str = "") -> Picture:
    """What each target gets, zone by zone."""
    fig, ax = canvas(title or _finding(targets, cross_zone))
    _bars(ax, targets, cross_zone)
    words = ", ".join(f"{v:.2f} % each in zone {z}" for z, v in _percent(targets, cross_zone).items())
    return picture(fig, alt=f"Share of the traffic per target, cross-zone {'on' if cross_zone else 'off'}: {words}.")


def cross_zone(targets: Mapping[str, int]) -> Picture:
    """The same targets without and with cross-zone load balancing, side by side."""
    fig, axes = canvas("Cross-zone divides by targets; without it, zones come first", cols=2, sharey=True)
    for ax, switched in zip(axes, (False, True), strict=True):
        ax.set_title(f"cross-zone {'on' if switched else 'off'}", fontsize=9.5)
        _bars(ax, targets, switched)
    axes[0].set_ylim(0, 1.18 * max(_percent(targets, False).values()))
    axes[1].set_ylabel("")
    off, on = _percent(targets, False), _percent(targets, True)
    words = "; ".join(f"zone {z}: {off[z]:g} % each without, {on[z]:g} % with cross-zone" for z in off)
    return picture(fig, alt=f"Two bar charts of the share per target. {words}.")


def spare() -> Picture:
    """What it costs to be ready for the loss of a zone."""
    fig, ax = canvas("A third zone halves the spare capacity that one lost zone demands")
    zones = range(2, 7)
    extra = [100 * elb.spare_needed(z) for z in zones]
    ax.bar(zones, [100] * len(extra), color=PALETTE["sky"], label="carries the demand")
    ax.bar(zones, extra, bottom=100, color=PALETTE["red"], label="spare, for a lost zone", **HATCHED)
    for z, more in zip(zones, extra, strict=True):
        ax.text(z, 104 + more, f"+{more:.0f} %", ha="center", weight="bold")
    ax.set(xlabel="Availability Zones", ylabel="capacity bought (% of demand)", ylim=(0, 225), xticks=list(zones))
    ax.legend(loc="upper right", frameon=False)
    words = ", ".join(f"{counted(z, 'zone')} {more:.0f} %" for z, more in zip(zones, extra, strict=True))
    return picture(fig, alt=f"Bars of the capacity to buy beyond the demand so that it outlives one zone: {words}.")


def loss(zones: int, load: float) -> Picture:
    """How busy each zone's targets are before and after one zone is lost."""
    after = elb.load_after_loss(load, zones)
    verdict = "the rest cope" if after <= 100 else "the rest are overrun"
    fig, ax = canvas(f"{zones} zones at {load:.0f} %: lose one, and {verdict} at {after:.0f} %")
    spots = list(range(zones))
    ax.bar([x - 0.2 for x in spots], [load] * zones, width=0.38, color=PALETTE["sky"], label="before")
    colour = PALETTE["green"] if after <= 100 else PALETTE["red"]
    ax.bar([x + 0.2 for x in spots[1:]], [after] * (zones - 1), width=0.38, color=colour, label="after", **HATCHED)
    ax.text(0.2, 3, "lost", ha="center", color=PALETTE["red"], weight="bold")
    ax.axhline(100, color=PALETTE["black"], lw=1, ls="--")
    ax.set(ylabel="how busy a target is (%)", xticks=spots, ylim=(0, max(130, after * 1.25)))
    ax.set_xticklabels([f"zone {'abcdef'[x]}" for x in spots])
    ax.legend(loc="upper right", ncols=2, frameon=False)
    words = f"{load:.0f} % busy before; after zone a is lost, the others are {after:.0f} % busy"
    return picture(fig, alt=f"Bars for {counted(zones, 'zone')}: {words}.")


def _finding(targets: Mapping[str, int], cross_zone: bool) -> str:
    percent = _percent(targets, cross_zone)
    if not percent:
        raise ValueError("No zone has a target: there is nothing to share out.")
    high, low = max(percent.values()), min(percent.values())
    if high - low < 0.005:
        return f"Cross-zone {'on' if cross_zone else 'off'}: every target gets {high:.3g} %"
    return f"Cross-zone off: the busiest target does {high / low:.3g} × the idlest's work"


def _percent(targets: Mapping[str, int], cross_zone: bool) -> dict[str, float]:
    if not any(targets.values()):
        return {}
    return {zone: 100 * share for zone, share in elb.target_shares(targets, cross_zone).items()}


def _bars(ax: Any, targets: Mapping[str, int], cross_zone: bool) -> None:
    percent, x, middles = _percent(targets, cross_zone), 0.0, []
    for colour, (zone, count) in zip(SERIES, targets.items(), strict=False):
        spots = [x + n for n in range(max(count, 1))]
        ax.bar(spots, [percent.get(zone, 0)] * len(spots), color=colour, width=0.85)
        middles.append(sum(spots) / len(spots))
        label = f"{percent[zone]:.4g} %" if zone in percent else "no target"
        ax.text(middles[-1], percent.get(zone, 0), label, ha="center", va="bottom", weight="bold")
        x = spots[-1] + 1.6
    ax.set_xticks(middles, [f"zone {zone}\n{count} target{'s' * (count != 1)}" for zone, count in targets.items()])
    ax.set(ylabel="share per target (%)", ylim=(0, max(percent.values()) * 1.18 + 2))
