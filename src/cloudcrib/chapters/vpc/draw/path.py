"""Figures of a packet's way: routes, doors to the internet, and the rules in between."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from cloudcrib.chapters.vpc.draw import box
from cloudcrib.chapters.vpc.path import Route, Rule, Step, candidates, verdict
from cloudcrib.kit import shapes
from cloudcrib.kit.drawing import PALETTE, Picture, blank, canvas, picture

INK = PALETTE["soft"]
arrow = partial(shapes.arrow, colour=INK)
GOOD, BAD = PALETTE["blue"], PALETTE["red"]


def longest_prefix(routes: Sequence[Route], address: str) -> Picture:
    """How much of the address each route fixes; the longest match wins."""
    best = candidates(routes, address)
    won = best[0] if best else None
    title = (
        f"{address} goes to {won.target}: its /{won.length} wins"
        if won
        else f"{address} matches no route and is dropped"
    )
    fig, ax = canvas(title)
    rows = sorted(routes, key=lambda route: (route.length, route.destination))
    for y, route in enumerate(rows):
        colour = GOOD if route is won else PALETTE["sky"] if route.matches(address) else PALETTE["pale"]
        ax.barh(y, max(route.length, 0.4), color=colour, edgecolor=PALETTE["grey"], height=0.66)
        ax.text(max(route.length, 0.4) + 0.4, y, _said(route, won, address), va="center", fontsize=8.5, color=INK)
    ax.set_yticks(range(len(rows)), [route.destination for route in rows])
    ax.set_xlim(0, 44)
    ax.set_xticks([0, 8, 16, 24, 32])
    ax.set_xlabel("bits of the address that the route fixes (prefix length)")
    said = "; ".join(f"{route.destination} to {route.target} {_said(route, won, address)}" for route in reversed(rows))
    return picture(fig, alt=f"{title}. {said}.")


def _said(route: Route, won: Route | None, address: str) -> str:
    learned = "" if route.origin in ("static", "local") else f" ({route.origin})"
    end = "wins" if route is won else "matches" if route.matches(address) else "no match"
    return f"{route.target}{learned}: {end}"


def doors() -> Picture:
    """Three subnets of one VPC, told apart by their default route."""
    fig, ax = canvas("The default route makes a subnet public, private or isolated")
    blank(ax, 100, 60)
    box(ax, 0, 51, 100, 8, "the internet", "grey", weight="bold")
    box(ax, 2, 0, 96, 39, "", "pale")
    ax.text(96.5, 36.5, "VPC 10.0.0.0/16", ha="right", va="center", color=INK)
    for x, name, target, said, colour in (
        (4, "public", "0.0.0.0/0 → igw-1", "load\nbalancer", "blue"),
        (36, "private", "0.0.0.0/0 → nat-1", "server", "green"),
        (68, "isolated", "no default route", "database", "orange"),
    ):
        box(ax, x, 2, 28, 31, "", "white")
        box(ax, x + 2, 21, 11, 9, said, colour, size=8)
        ax.text(x + 14, 16, f"{name} subnet", ha="center", va="center", weight="bold")
        ax.text(x + 14, 10.5, "10.0.0.0/16 → local", ha="center", va="center", fontsize=8, color=INK)
        ax.text(x + 14, 6, target, ha="center", va="center", fontsize=8, color=INK, weight="bold")
    box(ax, 19, 21, 11, 9, "NAT\ngateway", "sky", size=8)
    box(ax, 6, 41.5, 24, 6, "internet gateway", "yellow", size=8.5)
    arrow(ax, (11.5, 30), (11.5, 41.5), head="<|-|>")
    arrow(ax, (24.5, 30), (24.5, 41.5))
    arrow(ax, (38, 25.5), (30, 25.5))
    arrow(ax, (18, 47.5), (18, 51), head="<|-|>")
    ax.text(32, 44.5, "public addresses: both ways; through NAT: outwards only", va="center", color=INK, fontsize=8)
    return picture(
        fig,
        alt="A VPC with three subnets. The public one has a default route to the internet gateway and holds a load "
        "balancer and a NAT "
        "gateway; the private one has a default route to the NAT gateway; the isolated one has only the local route.",
    )


def nat_designs() -> Picture:
    """Where private subnets of three zones find their NAT gateway, in three designs."""
    fig, axes = canvas("One shared NAT gateway ties every zone to one", cols=3, height=3.2)
    said = (
        "shared: cheap, but zones b and c\nfall with zone a",
        "zonal: each zone on its own,\na table for each",
        "regional: one target,\none table, no public subnet",
    )
    for ax, words, design in zip(axes, said, ("shared", "zonal", "regional"), strict=True):
        blank(ax, 30, 46)
        ax.text(15, 3.5, words, ha="center", va="center", fontsize=8, color=INK)
        if design == "regional":
            box(ax, 1, 32, 28, 8, "NAT gateway (regional)", "sky", size=8)
        for place, zone in enumerate("abc"):
            x = 1 + place * 10
            box(ax, x, 10, 8, 8, "private", "green", size=7.5)
            ax.text(x + 4, 43.5, f"zone {zone}", ha="center", va="center", fontsize=8, weight="bold")
            if design == "zonal" or (design == "shared" and zone == "a"):
                box(ax, x, 32, 8, 8, "NAT", "sky", size=8)
            arrow(ax, (x + 4, 18), (5 if design == "shared" else x + 4, 32))
    return picture(
        fig,
        alt="Three designs for three zones. Shared: the private subnets of all zones lead to one NAT gateway in "
        "zone a. Zonal: each leads to a NAT gateway in its own zone. Regional: all lead to one regional NAT gateway "
        "that stands in every zone.",
    )


def rule_ladder(rules: Sequence[Rule], address: str, port: int) -> Picture:
    """The rules of a network ACL from the lowest number up, until one matches."""
    action, number = verdict(rules, address, port)
    fig, ax = canvas(f"{address} to port {port}: rule {number} says {action}", height=3.2)
    rows = sorted(rules, key=lambda rule: rule.number)
    blank(ax, 100, 8.2 * (len(rows) + 1) + 5)
    top = 8.2 * (len(rows) + 1)
    for x, head in ((2, "rule"), (14, "other side"), (42, "ports"), (62, "action"), (78, "this packet")):
        ax.text(x, top + 2, head, va="center", color=INK, fontsize=8.5)
    reached = True
    for place, rule in enumerate(rows):
        decides = str(rule.number) == number
        said = "decides" if decides else "no match" if reached else "never asked"
        ports = (
            "all"
            if (rule.low, rule.high) == (0, 65535)
            else str(rule.low)
            if rule.low == rule.high
            else f"{rule.low}–{rule.high}"
        )
        _rung(ax, top - 8.2 * (place + 1), (str(rule.number), rule.cidr, ports, rule.action, said), decides, reached)
        reached = reached and not decides
    _rung(
        ax,
        top - 8.2 * (len(rows) + 1),
        ("*", "all", "all", "deny", "decides" if number == "*" else "never asked"),
        number == "*",
        reached,
    )
    asked = ", ".join(f"{rule.number} {rule.action} {rule.cidr}" for rule in rows)
    return picture(
        fig,
        alt=f"A network ACL with the rules {asked}, then deny. "
        f"For {address} to port {port} rule {number} decides: {action}.",
    )


def _rung(ax: Any, y: float, cells: tuple[str, ...], decides: bool, reached: bool) -> None:
    colour = (GOOD if cells[3] == "allow" else BAD) if decides else PALETTE["pale"] if reached else "white"
    box(ax, 0, y, 100, 7.2, "", colour)
    shade = "white" if decides else PALETTE["black"] if reached else PALETTE["grey"]
    for x, cell in zip((2, 14, 42, 62, 78), cells, strict=True):
        ax.text(x, y + 3.6, cell, va="center", color=shade, weight="bold" if decides else "normal")


def walk(steps: Sequence[Step], outward: bool = False) -> Picture:
    """Request and reply over the border of the subnet and the border of the instance."""
    stopped = next((step for step in steps if not step.passed), None)
    title = f"Stopped at the {stopped.place}" if stopped else "Request and reply pass all four checks"
    fig, ax = canvas(title)
    blank(ax, 100, 58)
    box(ax, 26, 0, 74, 54, "", "pale")
    ax.text(98.5, 51, "subnet", ha="right", va="center", color=INK)
    box(ax, 62, 1.5, 36, 46.5, "", "white")
    ax.text(96.5, 46.2, "instance", ha="right", va="center", color=INK)
    box(ax, 0, 20, 15, 14, "server" if outward else "client", "grey", weight="bold")
    box(ax, 83, 20, 14, 14, "client" if outward else "server", "grey", weight="bold")
    for lane, y in enumerate((38, 16)):
        _lane(ax, y, list(steps[2 * lane : 2 * lane + 2]), lane == 0, rightward=(lane == 0) != outward)
    return picture(
        fig,
        alt=f"{title}. "
        + "; ".join(f"{s.place}: {s.looks_at}, {'passes' if s.passed else 'stopped'}, {s.why}" for s in steps)
        + ".",
    )


def _lane(ax: Any, y: float, steps: Sequence[Step], request: bool, rightward: bool) -> None:
    """One direction: a check at the subnet's border and one at the instance's, in the order they are met."""
    gates = [26.0, 62.0] if rightward else [62.0, 26.0]
    start, end = (15.0, 83.0) if rightward else (83.0, 15.0)
    ax.text(
        7.5,
        y + (4 if request else -4),
        "request" if request else "reply",
        ha="center",
        va="center",
        fontsize=8.5,
        color=INK,
    )
    at = start
    for gate, step in zip(gates, steps, strict=False):
        colour = GOOD if step.passed else BAD
        arrow(ax, (at, y), (gate + (-0.5 if rightward else 0.5), y), colour=colour)
        ax.plot([gate, gate], [y - 6, y + 6], color=colour, lw=5, solid_capstyle="butt")
        name = "network ACL" if "ACL" in step.place else "security group"
        ax.text(
            gate + 1.5, y + 8.3 if request else y - 5.4, name, fontsize=7.8, va="center", weight="bold", color=colour
        )
        ax.text(gate + 1.5, y + 5 if request else y - 8.6, step.looks_at, fontsize=7.2, va="center", color=INK)
        ax.text(gate + 1.5, y + 1.9 if request else y - 11.8, step.why, fontsize=7.2, va="center", color=INK)
        at = gate
        if not step.passed:
            ax.plot(gate, y, marker="X", color=BAD, markersize=13, markeredgecolor="white", zorder=5)
            return
    if len(steps) == 2:
        arrow(ax, (at, y), (end, y), colour=GOOD)


def port_ranges() -> Picture:
    """Which ports a client may answer on, and what one rule must cover."""
    fig, ax = canvas("One rule for 1024–65535 covers every client", height=2.7)
    rows = [
        ("Windows Server\n2008 and later", 49152, 65535, "grey"),
        ("Linux", 32768, 61000, "green"),
        ("NAT gateway,\nELB, Lambda", 1024, 65535, "blue"),
    ]
    for y, (_, low, high, colour) in enumerate(rows):
        ax.barh(y, high - low, left=low, color=PALETTE[colour], height=0.6)
        middle = (low + high) / 2
        ax.text(middle, y, f"{low}–{high}", ha="center", va="center", color="white", fontsize=8.5, weight="bold")
    ax.axvline(443, color=PALETTE["red"], lw=2)
    ax.text(1100, 2.62, "443, where the request went", color=PALETTE["red"], fontsize=8.5, va="center")
    ax.set_yticks(range(len(rows)), [row[0] for row in rows])
    ax.set(xlim=(0, 66000), ylim=(-0.5, 2.95), xlabel="port of the client's side")
    return picture(
        fig,
        alt="Bars of ephemeral ports: Windows 49152 to 65535, Linux 32768 to 61000, NAT gateways, load balancers and "
        "Lambda 1024 to 65535. Port 443 lies outside all of them.",
    )


def bill(names: Sequence[str], parts: Sequence[dict[str, float]], title: str) -> Picture:
    """The monthly bill of several designs, stacked by what is paid for."""
    fig, ax = canvas(title)
    colours = [PALETTE[name] for name in ("blue", "orange", "green", "pink")]
    for x, costs in enumerate(parts):
        bottom = 0.0
        for (label, usd), colour in zip(costs.items(), colours, strict=False):
            ax.bar(x, usd, bottom=bottom, color=colour, width=0.6, label=label if x == 0 else None)
            bottom += usd
        ax.text(x, bottom, f"{bottom:,.2f}", ha="center", va="bottom", weight="bold")
    ax.set_xticks(range(len(names)), names)
    ax.set_ylabel("USD a month")
    ax.set_ylim(0, 1.35 * max(1, *(sum(costs.values()) for costs in parts)))
    ax.legend(loc="upper left", ncols=4, fontsize=8.5)
    said = "; ".join(f"{name}: {sum(costs.values()):,.2f} USD" for name, costs in zip(names, parts, strict=True))
    return picture(fig, alt=f"{title}. {said}.")
