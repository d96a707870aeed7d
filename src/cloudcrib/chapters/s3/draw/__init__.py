"""Figures of S3: what is promised, and what it costs."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from cloudcrib.chapters.s3 import cost as s3_cost
from cloudcrib.chapters.s3 import objects as s3
from cloudcrib.chapters.s3.cost import DEEP, IA, INSTANT, ONE_ZONE, STANDARD, Step, StorageClass
from cloudcrib.kit.counted import counted
from cloudcrib.kit.drawing import PALETTE, Picture, canvas, picture
from cloudcrib.kit.palette import tint, written

COLOUR = {
    "Standard": "blue",
    "Standard-IA": "orange",
    "One Zone-IA": "pink",
    "Glacier Instant": "green",
    "Glacier Flexible": "sky",
    "Deep Archive": "black",
}
AGEING = (Step(30, "STANDARD_IA"), Step(90, "DEEP_ARCHIVE"))


def promises() -> Picture:
    """Minutes a month without answers: what a class is designed for, and when AWS starts to pay."""
    fig, ax = canvas("The SLA is looser than the design target", width=5.6, height=3.1)
    kinds = sorted(s3.PROMISES, key=lambda p: -p.designed)[::-1]
    for row, kind in enumerate(kinds):
        designed, credited = s3.downtime_minutes(kind.designed), s3.downtime_minutes(kind.credited)
        ax.plot([designed, credited], [row, row], color=PALETTE["grey"], lw=1.5, zorder=1)
        ax.scatter(designed, row, s=45, color=PALETTE["blue"], zorder=2, label="design target" if not row else None)
        ax.scatter(
            credited, row, s=45, marker="s", color=PALETTE["red"], zorder=2, label="SLA credit" if not row else None
        )
    ax.set(xscale="log", xlim=(3, 620), xlabel="minutes down in 30 days, and availability in %")
    shares = (99.99, 99.95, 99.9, 99.5, 99)
    minutes = [s3.downtime_minutes(share) for share in shares]
    ax.set_xticks(minutes, [f"{m:.3g}\n{share:g}" for m, share in zip(minutes, shares, strict=True)])
    ax.minorticks_off()
    ax.set_yticks(range(len(kinds)), [f"{k.name}{' (1 zone)' if k.zones == 1 else ''}" for k in kinds])
    ax.legend(loc="lower left", frameon=False)
    said = "; ".join(f"{k.name} {k.designed:g} % designed, credits below {k.credited:g} %" for k in kinds[::-1])
    return picture(fig, alt=f"For each class two points on a scale of minutes a month. {said}.")


def crossover(most: float = 1.6, kinds: Sequence[StorageClass] = (STANDARD, IA, INSTANT)) -> Picture:
    """Cost of a GB-month against how often it is read."""
    fig, ax = canvas("The cheaper the storage, the fewer reads a month it pays off for")
    for kind in kinds:
        ends = [1000 * s3_cost.month_cost(kind, 1, reads) for reads in (0, most)]
        ax.plot([0, most], ends, color=PALETTE[COLOUR[kind.name]], lw=2)
        ax.annotate(
            kind.name,
            (most, ends[1]),
            (5, 0),
            textcoords="offset points",
            va="center",
            color=written(COLOUR[kind.name]),
        )
    forgiven = [s3_cost.crossover(dear, cheap) for dear, cheap in itertools.pairwise(kinds)]
    for dear, reads in zip(kinds, forgiven, strict=False):
        cost = 1000 * s3_cost.month_cost(dear, 1, reads)
        ax.plot(reads, cost, "o", color=PALETTE["black"], zorder=3)
        ax.annotate(f"{reads:.3g} ×", (reads, cost), (-4, 8), textcoords="offset points", ha="right", weight="bold")
    ax.set(
        xlabel="how often all data is read in a month",
        ylabel="USD a month for 1,000 GB",
        xlim=(0, most * 1.27),
        ylim=(0, None),
    )
    ax.set_xticks([t / 4 for t in range(int(most * 4) + 1)])
    return picture(
        fig,
        alt=f"Lines of monthly cost against how often all data is read in a month. {kinds[0].name} is cheapest above {forgiven[0]:.3g}, "
        + ", ".join(f"{kind.name} below {reads:.3g}" for kind, reads in zip(kinds[1:], forgiven, strict=True))
        + ".",
    )


def lifecycle(
    steps: Sequence[Step] = AGEING, gb: float = 1000, objects: int = 20_000, months: int = 12, title: str = ""
) -> Picture:
    """Money spent on one upload that ages down a rule, and on one that stays."""
    aged, stayed = (s3_cost.running_cost(gb, objects, plan, months) for plan in (steps, ()))
    fig, ax = canvas(title or f"After {counted(months, 'month')} the rule has cost {_against(aged[-1], stayed[-1])}")
    _named_spans(ax, steps, months, max(stayed[-1], aged[-1]))
    ax.plot(range(months + 1), [0, *stayed], color=PALETTE["blue"], lw=2, ls="--", label="stays in Standard")
    ax.plot(range(months + 1), [0, *aged], color=PALETTE["red"], lw=2.2, label="follows the rule")
    for line in (stayed, aged):
        ax.annotate(
            f"{line[-1]:,.2f}", (months, line[-1]), (4, 0), textcoords="offset points", va="center", weight="bold"
        )
    ax.set(
        xlabel="months since upload",
        ylabel="USD spent so far",
        xlim=(0, months * 1.1),
        ylim=(0, 1.18 * max(stayed[-1], aged[-1])),
    )
    ax.legend(loc="upper left", bbox_to_anchor=(0.13, 0.9), frameon=False)
    words = ", then ".join(f"{s3_cost.BY_API[s.api].name} from day {s.day}" for s in steps) or "no transition"
    return picture(
        fig, alt=f"Running cost of {gb:,.0f} GB: {stayed[-1]:.2f} USD in Standard, {aged[-1]:.2f} USD with {words}."
    )


def _against(aged: float, stayed: float) -> str:
    return f"{100 * aged / stayed:.0f} % of Standard" if stayed else "nothing"


def _named_spans(ax: Any, steps: Sequence[Step], months: int, top: float) -> None:
    """Colour the months that each class covers, and write its name over them."""
    starts = [0.0, *(step.day / s3_cost.MONTH for step in steps if step.day / s3_cost.MONTH < months)]
    for start, end in zip(starts, [*starts[1:], float(months)], strict=True):
        name = s3_cost.class_on(steps, start * s3_cost.MONTH).name
        ax.axvspan(start, end, color=tint(COLOUR[name]), lw=0)
        narrow = end - start < months / 7
        if end - start > months / 25:
            style = {"rotation": 90 if narrow else 0, "va": "top", "ha": "center", "fontsize": 8}
            ax.text((start + end) / 2, 1.15 * top, name, **style)


def class_bars(costs: dict[str, float], title: str) -> Picture:
    """A month's bill by class, the cheapest marked."""
    fig, ax = canvas(title)
    least = min(costs.values())
    for row, (name, cost) in enumerate(reversed(costs.items())):
        colour = PALETTE[COLOUR[name]]
        ax.barh(row, cost, color=colour if cost == least else tint(colour, 0.45), edgecolor=colour)
        ax.annotate(
            f"{cost:,.2f}{'  ← least' if cost == least else ''}",
            (cost, row),
            (4, 0),
            textcoords="offset points",
            va="center",
        )
    ax.set_yticks(range(len(costs)), list(costs)[::-1])
    ax.set(xlabel="USD a month", xlim=(0, 1.25 * max(costs.values()) or 1))
    return picture(
        fig, alt="Monthly cost: " + ", ".join(f"{name} {cost:.2f} USD" for name, cost in costs.items()) + "."
    )


def priced(gb: float, kb: float, reads: float) -> dict[str, float]:
    """A month's storage, overhead and retrieval, class by class, for data of one object size."""
    objects = gb * s3_cost.KB_IN_GB / kb
    kinds = (STANDARD, IA, ONE_ZONE, INSTANT, s3_cost.FLEXIBLE, DEEP)
    stored = {k: k.store * s3_cost.billed_gb(objects, kb, k) + s3_cost.overhead_cost(objects, k) for k in kinds}
    return {k.name: cost + gb * reads * k.read for k, cost in stored.items()}
