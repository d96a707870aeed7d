"""Charts of the DNS chapter: shares of answers, time to move, and areas won."""

from collections.abc import Collection, Mapping, Sequence

from cloudcrib.chapters.route53 import geo
from cloudcrib.chapters.route53 import records as route53
from cloudcrib.chapters.route53 import ttl as route53_ttl
from cloudcrib.kit.counted import counted
from cloudcrib.kit.drawing import PALETTE, SERIES, Picture, blank, canvas, picture
from cloudcrib.kit.palette import ground, ink, tint, written

CASES = [
    ("all healthy", ""),
    ("B unhealthy", "B"),
    ("A and B unhealthy", "AB"),
    ("B and C unhealthy", "BC"),
    ("all unhealthy", "ABC"),
]


def share_bars(weights: Mapping[str, int], unhealthy: Collection[str] = (), title: str = "") -> Picture:
    """The answers each weighted record gives."""
    found = route53.shares(weights, unhealthy)
    top = max(found, key=lambda name: found[name])
    fig, ax = canvas(title or f"{top} gives {found[top]:.1%} of the answers", height=2.6)
    for place, (name, share) in enumerate(found.items()):
        down = name in unhealthy
        ax.barh(
            place,
            share,
            color=SERIES[place % 6],
            hatch="///" if down else None,
            edgecolor="white",
        )
        ax.text(share + 0.01, place, f"{share:.1%}", va="center")
    labels = [f"{name}, weight {weights[name]}{' (unhealthy)' if name in unhealthy else ''}" for name in weights]
    ax.set_yticks(range(len(found)), labels)
    ax.set(
        xlim=(0, 1.12),
        xlabel="share of the answers",
        xticks=[0, 0.25, 0.5, 0.75, 1],
        xticklabels=["0", "25 %", "50 %", "75 %", "100 %"],
    )
    ax.invert_yaxis()
    words = ", ".join(
        f"{name} {share:.1%}{' (unhealthy)' if name in unhealthy else ''}" for name, share in found.items()
    )
    return picture(fig, f"Bars of each record's share of the answers: {words}.")


def zero_weights() -> Picture:
    """A record of weight 0 beside two of weight 1, in five states of health."""
    weights, shades = {"A": 1, "B": 1, "C": 0}, [PALETTE[name] for name in ("blue", "green", "grey")]
    fig, ax = canvas("Weight 0 waits until every weighted record is unhealthy")
    for row, (_, unhealthy) in enumerate(CASES):
        left = 0.0
        for colour, (name, share) in zip(shades, route53.shares(weights, unhealthy).items(), strict=True):
            if share:
                ax.barh(row, share, left=left, color=colour, edgecolor="white", height=0.66)
                ax.text(
                    left + share / 2,
                    row,
                    f"{name}  {share:.0%}",
                    ha="center",
                    va="center",
                    color=ink(colour),
                    fontweight="bold",
                )
            left += share
    ax.set_yticks(range(len(CASES)), [said for said, _ in CASES])
    ax.set(
        xlim=(0, 1),
        xticks=[0, 0.5, 1],
        xticklabels=["0", "50 %", "100 %"],
        xlabel="share of the answers; weights A 1, B 1, C 0, each with a health check",
    )
    ax.invert_yaxis()
    return picture(
        fig,
        "All healthy or all unhealthy: A and B half each. B unhealthy, alone or with C: A alone. A and B unhealthy: C alone.",
    )


def multivalue_bars(records: int, unhealthy: int) -> Picture:
    """Which of a row of servers may stand in one answer."""
    answers, chance = route53.multivalue(records, unhealthy)
    who = "healthy server" if unhealthy < records else "unhealthy server"
    fig, ax = canvas(f"An answer names {answers}; each {who} is in it with a chance of {chance:.0%}", height=1.9)
    blank(ax, max(records, 12), 1.6).set(ylim=(-0.35, 1.4))
    healthy = records - unhealthy
    for place in range(records):
        down = place >= healthy
        colour = PALETTE["grey"] if down else PALETTE["green"]
        ax.bar(place + 0.5, 1, width=0.8, color=tint(colour), edgecolor=colour)
        if not down or not healthy:
            ax.bar(place + 0.5, chance, width=0.8, color=colour)
        ax.text(place + 0.5, 1.08, "✗" if down else "✓", ha="center", fontsize=8)
    ax.text(
        0.1, -0.08, "✓ healthy   ✗ unhealthy; the filled part is the chance to be in an answer", va="top", fontsize=8
    )
    return picture(
        fig,
        f"{counted(records, 'record')}, {unhealthy} unhealthy: {answers} an answer, each {who} with a chance of {chance:.0%}.",
    )


def stale_curves(ttls: Sequence[int] = (60, 300, 900)) -> Picture:
    """How the old answer dies away after a change."""
    fig, ax = canvas("The old answer fades in a straight line and is gone after one TTL", height=3.0)
    dots = [step * 60 for step in range(16)]
    for colour, ttl in zip(SERIES, ttls, strict=False):
        ax.plot([0, ttl, 960], [1, 0, 0], color=colour, lw=1.6)
        ax.plot(dots, route53_ttl.measured(dots, ttl), "o", color=colour, ms=3)
        ax.text(ttl * 0.8 + 14, 0.22, f"TTL {ttl} s", color=written(colour), fontweight="bold")
    ax.set(
        xlim=(0, 960),
        ylim=(0, 1.02),
        xlabel="seconds since the change",
        ylabel="resolvers that still say old",
        xticks=range(0, 961, 120),
    )
    ax.set_yticks([0, 0.5, 1], ["0", "50 %", "100 %"])
    ax.text(950, 0.9, "lines: 1 − t / TTL\ndots: 500 simulated resolvers", ha="right", fontsize=8)
    words = ", ".join(f"{ttl} s" for ttl in ttls)
    return picture(fig, f"Falling lines: the share of resolvers with the old answer is zero after one TTL, {words}.")


def failover_timeline(interval: int, threshold: int, ttl: int) -> Picture:
    """What passes between the death of a server and the last user who notices."""
    found = route53_ttl.detection(interval, threshold)
    fig, ax = canvas(f"At the worst, {found} s to notice and {ttl} s to forget: {found + ttl} s", height=2.4)
    blank(ax, (found + ttl) * 1.04, 3)
    spans = [(0, found, "health checks fail", "red"), (found, ttl, "resolvers repeat the old answer", "orange")]
    for start, long, said, name in spans:
        ax.barh(1.5, long, left=start, height=0.8, color=ground(name), edgecolor=PALETTE[name])
        ax.text(start + long / 2, 2.05, said, ha="center", va="bottom", fontsize=8.5)
        ax.text(
            start + long / 2, 1.5, f"{long} s", ha="center", va="center", color=ink(ground(name)), fontweight="bold"
        )
    for check in range(1, threshold + 1):
        ax.plot([check * interval] * 2, [0.95, 1.08], color=PALETTE["black"], lw=1.2)
        ax.text(check * interval, 0.85, "✗", ha="center", va="top", fontsize=8)
    ax.text(0, 0.25, "server dies", ha="left", fontsize=8.5)
    ax.text(found, 0.25, "answer changes", ha="center", fontsize=8.5)
    ax.text(found + ttl, 0.25, "all have moved", ha="right", fontsize=8.5)
    return picture(
        fig,
        f"A bar of {counted(found, 'second')} of failing checks, then one of {counted(ttl, 'second')} of stale answers.",
    )


def outage_curve(interval: int, threshold: int, ttl: int, stubborn: float = 0) -> Picture:
    """The users who still reach for a dead server, second by second."""
    found = route53_ttl.detection(interval, threshold)
    end = max(300, round((found + ttl) * 1.4))
    times = [end * step / 200 for step in range(201)]
    lost = [route53_ttl.users_lost(now, found, ttl, stubborn) for now in times]
    minutes = (found + ttl / 2) / 60
    fig, ax = canvas(f"A user who heeds the TTL is cut off for {minutes:.1f} minutes on average", height=2.9)
    ax.fill_between(times, lost, color=tint("red"))
    ax.plot(times, lost, color=PALETTE["red"])
    ax.axvline(found, color=PALETTE["black"], lw=1, ls=":")
    ax.text(found, 1.03, f" noticed after {found} s", fontsize=8, ha="left")
    if stubborn:
        ax.text(end, stubborn + 0.03, "these ignore the TTL", ha="right", fontsize=8)
    ax.set(xlim=(0, end), ylim=(0, 1.12), xlabel="seconds since the server died", ylabel="users cut off")
    ax.set_yticks([0, 0.5, 1], ["0", "50 %", "100 %"])
    return picture(
        fig,
        f"Everybody is cut off for {counted(found, 'second')}; then the share falls to {stubborn:.0%} over {counted(ttl, 'second')}.",
    )


def geoproximity(biases: Mapping[str, int], title: str = "") -> Picture:
    """Who wins which part of the land."""
    sites = {name: geo.REGIONS[name] for name in biases}
    won = geo.land_shares(sites, biases)
    top = max(won, key=lambda name: won[name])
    fig, ax = canvas(title or f"{top} draws {won[top]:.0f} % of the land", height=3.6)
    owners = geo.territories(sites, biases)
    for colour, (name, (lat, lon)) in zip(SERIES, sites.items(), strict=False):
        dots = [dot for dot, owner in zip(geo.land(), owners, strict=True) if owner == name]
        ax.plot(
            [d[1] for d in dots],
            [d[0] for d in dots],
            "o",
            ms=2.3,
            color=colour,
            label=f"{name}, {_signed(biases[name])}: {won[name]:.0f} %",
        )
        ax.plot(lon, lat, "o", ms=8, mfc=colour, mec="black", mew=1.4)
    blank(ax).set(xlim=(-172, 182), ylim=(-57, 80), aspect=1.15)
    ax.legend(
        loc="upper center",
        bbox_to_anchor=(0.5, 0.02),
        ncol=2,
        fontsize=8,
        frameon=False,
        handletextpad=0.2,
        columnspacing=1.5,
        markerscale=2.5,
    )
    return picture(
        fig,
        "A world map in dots, coloured by the Region that wins: "
        + ", ".join(f"{name} {share:.0f} %" for name, share in won.items())
        + ".",
    )


def _signed(bias: int) -> str:
    return f"bias {bias:+d}" if bias else "no bias"
