"""Figures of DynamoDB: two bills, hot partitions, an index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cloudcrib.chapters.databases import dynamodb as model
from cloudcrib.kit import shapes
from cloudcrib.kit.counted import counted
from cloudcrib.kit.drawing import HATCHED, PALETTE, Picture, blank, canvas, picture
from cloudcrib.kit.palette import tint


def bills(units: float, unit_hour: float, per_million: float, use: float | None = None) -> Picture:
    """The monthly bill of both capacity modes over the share of provisioned capacity that is used."""
    cross = model.break_even(unit_hour, per_million)
    fig, ax = canvas(f"Provisioned capacity is cheaper above {cross:.0%} of use")
    shares = [n / 50 for n in range(51)]
    flat, full = model.provisioned_bill(units, unit_hour), model.on_demand_bill(units, per_million)
    ax.plot(shares, [flat for _ in shares], color=PALETTE["blue"], lw=2)
    ax.plot(shares, [full * s for s in shares], color=PALETTE["red"], lw=2, ls="--")
    _label(ax, 0.98, flat + full * 0.03, "provisioned", PALETTE["blue"])
    _label(ax, 0.66, full * 0.7, "on-demand", PALETTE["red"])
    ax.plot(cross, flat, "o", color=PALETTE["black"])
    _label(ax, cross + 0.22, flat - full * 0.12, f"{cross * units:,.0f} of {units:,.0f} units/s", PALETTE["black"])
    if use is not None:
        ax.axvline(use, color=PALETTE["orange"], lw=2, zorder=1)
        left = use > 0.8
        ax.text(
            use + (-0.01 if left else 0.01), full * (0.5 if left else 0.95), "you are here",
            ha="right" if left else "left", fontsize=8,
        )  # fmt: skip
    ax.set(
        xlabel="average use of the provisioned write units",
        ylabel="USD a month",
        xlim=(0, 1),
        ylim=(0, full * 1.05),
    )
    ax.xaxis.set_major_formatter(lambda value, place: f"{value:.0%}")
    return picture(
        fig,
        alt=f"Over average use, provisioned stays at {flat:.2f} USD; on-demand rises and passes it at {cross:.0%}.",
    )


def _label(ax: Any, x: float, y: float, word: str, colour: str) -> None:
    ax.text(x, y, word, ha="right", color=colour, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})


def heat_of(keys: Mapping[str, float], partitions: int) -> Picture:
    """Writes a second on each partition, with the names of the keys that it holds."""
    return heat(model.partition_loads(keys, partitions), names=model.keys_on(keys, partitions))


def heat(
    loads: Sequence[float],
    title: str = "",
    limit: float = model.PARTITION_WRITES,
    names: Sequence[Sequence[str]] = (),
) -> Picture:
    """Writes a second on each partition against what one partition takes."""
    refused = model.throttled(loads, limit)
    fig, ax = canvas(title or (f"{refused:,.0f} writes/s are throttled" if refused else "No partition is too hot"))
    places = range(1, len(loads) + 1)
    ax.bar(places, [min(load, limit) for load in loads], color=PALETTE["blue"], label="served")
    ax.bar(
        places, [max(0, load - limit) for load in loads], bottom=[min(load, limit) for load in loads],
        color=PALETTE["red"], label="throttled", **HATCHED,
    )  # fmt: skip
    ax.axhline(limit, color=PALETTE["black"], lw=1)
    ax.text(len(loads) + 0.5, limit, f"{limit:,.0f} a partition", ha="right", va="bottom", fontsize=8)
    ax.set(
        xlabel="partition",
        ylabel="writes/s",
        xlim=(0.4, len(loads) + 0.6),
        ylim=(0, max(*loads, limit * 1.2) * (1.4 if names else 1.25)),
    )
    ax.set_xticks(list(places) if len(loads) <= 16 else [1, len(loads)])
    for place, load, held in zip(places, loads, names, strict=False):
        ax.text(place, load + limit * 0.04, "\n".join(held) or "no key", ha="center", va="bottom", fontsize=8.5)
    ax.legend(loc="upper center", ncols=2, bbox_to_anchor=(0.5, 1.02))
    words = ", ".join(f"{load:.0f}" for load in loads[:12])
    held = "".join(f" Partition {n} holds {', '.join(keys)}." for n, keys in enumerate(names, 1) if keys)
    return picture(
        fig,
        alt=f"Writes a second on {counted(len(loads), 'partition')}: {words}; {refused:.0f} exceed the limit of {limit:.0f}.{held}",
    )


def index() -> Picture:
    """The same orders under the table's key and under an index's key."""
    fig, ax = canvas("An index is the same items under another key", height=2.7)
    blank(ax, 10, 4.2)
    rows = (("c7", "day 02", "open"), ("c7", "day 09", "sent"), ("c9", "day 05", "open"))
    _grid(ax, 0.1, "table: customer + date", ("customer", "date", "status"), rows, keys=2)
    flipped = sorted(((status, date, customer) for customer, date, status in rows), key=lambda row: (row[0], row[1]))
    _grid(ax, 5.4, "index: status + date", ("status", "date", "customer"), flipped, keys=2)
    shapes.arrow(ax, (4.7, 1.9), (5.3, 1.9), head="->", line=1.5, gaps=(2, 2))
    ax.text(5.0, 2.15, "copied\nlater", ha="center", fontsize=8)
    return picture(
        fig,
        alt="Three orders keyed by customer and date, and the same three keyed by status and date in an index.",
    )


def _grid(ax: Any, x: float, title: str, head: Sequence[str], rows: Sequence[Sequence[str]], keys: int) -> None:
    ax.text(x, 3.75, title, fontweight="bold")
    for line, row in enumerate((head, *rows)):
        for place, word in enumerate(row):
            left, y = x + place * 1.5, 2.9 - line * 0.85
            shade = tint("sky", 0.45 if line == 0 else 0.2) if place < keys else "pale"
            shapes.block(ax, left, y, 1.44, 0.72, shade, edge="sky" if place < keys else "grey", line=0.8)
            ax.text(
                left + 0.72,
                y + 0.34,
                word,
                ha="center",
                va="center",
                fontsize=8.5,
                fontweight="bold" if line == 0 else "normal",
            )
