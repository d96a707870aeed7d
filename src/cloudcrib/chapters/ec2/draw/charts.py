"""Charts of EC2: credits by the hour, a load curve and what pays for it, Spot strategies."""

from collections.abc import Sequence

from cloudcrib.chapters.ec2 import credits as ec2_credits
from cloudcrib.chapters.ec2 import purchase
from cloudcrib.chapters.ec2 import spot as ec2_spot
from cloudcrib.kit.counted import counted
from cloudcrib.kit.drawing import PALETTE, Picture, canvas, picture
from cloudcrib.kit.palette import written

HALO = {"boxstyle": "round,pad=0.1", "fc": "white", "ec": "none"}
QUIET_DAY = [2.0] * 8 + [6.0, 12.0, 40.0, 40.0, 12.0, 8.0, 8.0, 30.0, 30.0, 8.0] + [2.0] * 6


def credits(type_name: str = "t3.micro", factor: float = 1.0, unlimited: bool = False, start: float = 60.0) -> Picture:
    """A day's load of a burstable instance, and its credit balance."""
    earned, vcpus = ec2_credits.T3[type_name]
    loads = [min(100.0, load * factor) for load in QUIET_DAY]
    live = ec2_credits.unlimited if unlimited else ec2_credits.standard
    hours = live(loads, earned, vcpus, min(start, 24.0 * earned))
    slow = sum(hour.got < hour.wanted - 0.01 for hour in hours)
    fig, axes = canvas(_finding(type_name, hours, slow, unlimited), rows=2, sharex=True)
    above, below = axes
    spots = list(range(24))
    above.bar(spots, [h.got for h in hours], color=PALETTE["sky"], label="got")
    short = [(n, h) for n, h in enumerate(hours) if h.got < h.wanted - 0.01]
    if short:
        lacks, floor = [h.wanted - h.got for _, h in short], [h.got for _, h in short]
        above.bar(
            [n for n, _ in short], lacks, bottom=floor, color="white", ec=PALETTE["red"], hatch="///", label="wanted"
        )
    line = ec2_credits.baseline(earned, vcpus)
    above.axhline(line, color=PALETTE["black"], ls="--", lw=1)
    above.text(0, line + 3, f"baseline {line:g} %", ha="left", va="bottom", fontsize=8, bbox=HALO)
    above.set(ylabel="CPU (%)", ylim=(0, 105))
    if slow:
        above.legend(loc="upper right", ncols=2, fontsize=8)
    below.plot(spots, [h.balance - h.surplus for h in hours], color=PALETTE["green"], lw=2, drawstyle="steps-mid")
    below.axhline(0, color=PALETTE["grey"], lw=0.8)
    below.set(ylabel="credits", xlabel="hour of the day", xticks=range(0, 24, 3))
    ends = f"{counted(hours[-1].balance - hours[-1].surplus, 'credit')} at midnight, slowed in {counted(slow, 'hour')}"
    return picture(fig, alt=f"CPU load and credit balance of a {type_name} over a day: {ends}.")


def _finding(type_name: str, hours: Sequence[ec2_credits.Hour], slow: int, unlimited: bool) -> str:
    if unlimited:
        paid = sum(hour.charged for hour in hours)
        if paid:
            return f"{type_name}, unlimited: never slow, {counted(paid, 'credit', form='.0f')} to pay"
        owed = hours[-1].surplus
        return (
            f"{type_name}, unlimited: never slow, {counted(owed, 'credit', form='.0f')} owed"
            if owed
            else f"{type_name}: idle hours pay for the peaks"
        )
    return (
        f"{type_name}, standard: slowed down in {counted(slow, 'hour')} of 24"
        if slow
        else f"{type_name}: idle hours pay for the peaks"
    )


def load_curve(load: Sequence[int], commitment: int, spot_share: float = 0.0) -> Picture:
    """A day's load: what is committed, what idles, and what on-demand and Spot carry above it."""
    bill = purchase.bill(load, commitment, spot_share)
    saved = 1 - bill.cost / sum(load)
    word = f"saves {100 * saved:.0f} %" if saved >= 0 else f"costs {-100 * saved:.0f} % more than on-demand alone"
    fig, ax = canvas(f"Commit to {commitment}: the day {word}")
    spots = list(range(len(load)))
    used = [float(min(need, commitment)) for need in load]
    above = [float(max(0, need - commitment)) for need in load]
    spot = [part * spot_share for part in above]
    parts: list[tuple[str, Sequence[float], str, str]] = [
        ("committed", used, "blue", ""),
        ("committed, idle", [commitment - part for part in used], "pale", "///"),
        ("on-demand", [a - s for a, s in zip(above, spot, strict=True)], "orange", ""),
        ("Spot", spot, "green", ".."),
    ]
    floor = [0.0] * len(load)
    for label, heights, colour, hatch in parts:
        if any(heights):
            look = {
                "color": PALETTE[colour],
                "hatch": hatch,
                "ec": PALETTE["blue"] if colour == "pale" else "white",
                "lw": 0.4,
            }
            ax.bar(spots, heights, bottom=floor, width=1, label=label, **look)
        floor = [f + h for f, h in zip(floor, heights, strict=True)]
    ax.set(xlabel="hour of the day", ylabel="instances", xlim=(-0.5, len(load) - 0.5), ylim=(0, max(load) * 1.22))
    ax.set_xticks(range(0, len(load), 3))
    ax.legend(loc="upper left", ncols=4, fontsize=8, handlelength=1.4, columnspacing=1.0)
    words = f"{bill.committed:g} committed, {bill.idle:g} idle, {bill.on_demand:g} on-demand, {bill.spot:g} Spot instance-hours"
    return picture(
        fig, alt=f"Bars of the instances needed in each hour: {words}; cost {bill.cost:.1f} against {sum(load)}."
    )


def layers(load: Sequence[int], price: float = 0.6) -> Picture:
    """How busy the first, second, third … instance of a fleet is, against the price of a commitment."""
    best = sum(purchase.busy_share(load, n) > price for n in range(1, max(load) + 1))
    finding = f"Commit to the {counted(best, 'instance that is', 'instances that are')} busier than the price"
    fig, ax = canvas(finding if best else "Commit to nothing: no instance is busier than the price")
    spots = list(range(1, max(load) + 1))
    shares = [100 * purchase.busy_share(load, n) for n in spots]
    colours = [PALETTE["blue"] if share > 100 * price else PALETTE["orange"] for share in shares]
    ax.bar(spots, shares, color=colours, width=0.85)
    ax.axhline(100 * price, color=PALETTE["black"], ls="--", lw=1)
    ax.text(max(load) + 0.4, 100 * price + 2, f"price of a commitment: {100 * price:.0f} % of on-demand", ha="right")
    ax.set(xlabel="the n-th instance of the fleet", ylabel="needed in so many hours (%)", ylim=(0, 108), xticks=spots)
    words = ", ".join(f"{n}: {share:.0f} %" for n, share in zip(spots, shares, strict=True))
    return picture(
        fig,
        alt=f"Bars of how busy each instance of the fleet is: {words}; above {100 * price:.0f} %: {best}.",
    )


def strategies(instances: int = 60, hours: int = 720) -> Picture:
    """Price against interruptions, for each allocation strategy."""
    fig, ax = canvas("The cheapest pools are those that are taken back most")
    looks = dict(zip(ec2_spot.STRATEGIES, (("red", "v"), ("orange", "s"), ("blue", "^"), ("green", "o")), strict=True))
    said = []
    for strategy, (colour, marker) in looks.items():
        taken = ec2_spot.allocate(ec2_spot.POOLS, instances, strategy)
        x, y = ec2_spot.hourly_cost(taken) / instances * 100, ec2_spot.expected_interruptions(taken, hours)
        ax.plot(x, y, marker, ms=11, color=PALETTE[colour])
        ax.text(
            x,
            y + 17,
            strategy,
            ha="center",
            color=written(colour),
            weight="bold",
        )
        said.append(f"{strategy} {x:.2f} cents and {counted(y, 'interruption')}")
    ax.set(
        xlabel="price of an instance-hour (US cents)",
        ylabel=f"interruptions in {counted(hours // 24, 'day')}",
        ylim=(0, 410),
        xlim=(3.15, 3.95),
    )
    return picture(fig, alt=f"Four strategies for {instances} Spot instances: {'; '.join(said)}.")


def month(strategy: str, instances: int, seed: int) -> Picture:
    """One possible month of a Spot fleet: how many instances each hour took."""
    taken = ec2_spot.allocate(ec2_spot.POOLS, instances, strategy)
    lost = ec2_spot.interruptions(taken, 720, seed)
    fig, ax = canvas(f"{strategy}: {counted(sum(lost), 'interruption')}, at worst {max(lost)} of {instances} at once")
    spots = [hour / 24 + 1 for hour, count in enumerate(lost) if count]
    ax.bar(spots, [count for count in lost if count], width=0.12, color=PALETTE["red"])
    pools = ", ".join(f"{count} in {pool.name}" for pool, count in taken.items())
    ax.set(xlabel="day of the month", ylabel="instances lost in an hour", xlim=(0.5, 31.5), ylim=(0, max(instances, 1)))
    return picture(fig, alt=f"Interruptions over a month with {strategy}: {sum(lost)} in all; {pools}.")
