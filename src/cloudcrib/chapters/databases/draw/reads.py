"""Figures of reads that need not reach the database: caches and warehouses."""

from __future__ import annotations

from typing import Any

from cloudcrib.chapters.databases import reads as model
from cloudcrib.kit import shapes
from cloudcrib.kit.counted import counted
from cloudcrib.kit.drawing import PALETTE, Picture, blank, canvas, picture


def cache_curve(per_second: float, cache_ms: float, database_ms: float, hit_ratio: float | None = None) -> Picture:
    """Mean latency and reads that reach the database, over the hit ratio."""
    fig, (left, right) = canvas("Latency falls in a line, the last hits empty the database", cols=2, height=2.8)
    ratios = [n / 100 for n in range(101)]
    left.plot(ratios, [model.mean_latency(h, cache_ms, database_ms) for h in ratios], color=PALETTE["blue"], lw=2)
    right.plot(ratios, [model.database_reads(h, per_second) for h in ratios], color=PALETTE["red"], lw=2)
    right.set_yscale("symlog", linthresh=100)
    right.set(yticks=[0, 100, 1000, 10_000], ylim=(0, per_second * 2))
    right.yaxis.set_major_formatter(lambda value, place: f"{value:,.0f}")
    for ax, word in ((left, "mean latency (ms)"), (right, "reads/s at the database")):
        ax.set(xlabel="hit ratio", ylabel=word)
        ax.xaxis.set_major_formatter(lambda value, place: f"{value:.0%}")
    if hit_ratio is not None:
        left.plot(hit_ratio, model.mean_latency(hit_ratio, cache_ms, database_ms), "o", color=PALETTE["black"])
        right.plot(hit_ratio, model.database_reads(hit_ratio, per_second), "o", color=PALETTE["black"], clip_on=False)
    return picture(
        fig,
        alt=f"Over the hit ratio, mean latency falls in a line from {cache_ms + database_ms:g} to {cache_ms:g} ms; "
        f"reads at the database fall ever faster from {per_second:,.0f} a second to none.",
    )


PATHS = {
    "lazy loading": (
        ("app", "cache", "1 get"), ("cache", "app", "2 miss"), ("app", "db", "3 read"), ("app", "cache", "4 put"),
    ),
    "write-through": (("app", "db", "1 write"), ("app", "cache", "2 put"), ("app", "cache", "3 get: hit")),
}  # fmt: skip


def cache_paths() -> Picture:
    """Who calls whom when a read misses a lazy cache, and when a write goes through."""
    fig, axes = canvas("Lazy loading works on a miss, write-through on a write", cols=2, height=2.9)
    for ax, (name, steps) in zip(axes, PATHS.items(), strict=True):
        _sequence(ax, name, steps)
    return picture(
        fig,
        alt="Two sequences, the application between cache and database. "
        "Lazy loading: get from the cache, miss, read the database, put into the cache. "
        "Write-through: write to the database, put into the cache, later reads hit.",
    )


def _sequence(ax: Any, name: str, steps: tuple[tuple[str, str, str], ...]) -> None:
    blank(ax, 4, 6)
    ax.text(0.1, 5.7, name, fontweight="bold")
    places = {"cache": 0.5, "app": 2.0, "db": 3.5}
    for who, x in places.items():
        ax.plot([x, x], [0.3, 4.6], color=PALETTE["grey"], lw=1, ls=":")
        ax.text(x, 4.85, {"app": "application", "cache": "cache", "db": "database"}[who], ha="center", fontsize=8.5)
    for line, (source, target, words) in enumerate(steps):
        y = 4.0 - line
        colour = "red" if target == "db" else "blue"
        shapes.arrow(ax, (places[source], y), (places[target], y), colour, head="->", line=1.6, gaps=(2, 2))
        ax.text(min(places[source], places[target]) + 0.15, y + 0.12, words, fontsize=8.5)


def columns() -> Picture:
    """What a query on one column reads in a row store and in a column store."""
    fig, axes = canvas("Stored by column, a sum over one column of four reads a quarter", cols=2, height=2.6)
    for ax, by_column in zip(axes, (False, True), strict=True):
        _blocks(ax, by_column)
    return picture(
        fig,
        alt="Left, a table stored by row: all sixteen cells are read to sum one column. "
        "Right, stored by column: only the four cells of that column are read.",
    )


def _blocks(ax: Any, by_column: bool) -> None:
    blank(ax, 4.4, 5.6)
    ax.text(
        0.1, 5.15, "stored by column: 4 cells read" if by_column else "stored by row: 16 cells read", fontweight="bold"
    )
    for row in range(4):
        for column, word in enumerate(("day", "shop", "item", "price")):
            read = not by_column or word == "price"
            shade, edge = ("orange", "white") if read else ("pale", "grey")
            shapes.block(ax, column * 1.05 + 0.1, 3.6 - row, 0.98, 0.9, shade, edge=edge, line=0.8)
            if row == 0:
                ax.text(column * 1.05 + 0.59, 4.62, word, ha="center", fontsize=8.5)


def sql_bills(warehouse_month: float, tb_each: float, usd_tb: float, queries: float | None = None) -> Picture:
    """The monthly bill of scanning files for each query against a warehouse that always runs."""
    cross = model.break_even_queries(warehouse_month, tb_each, usd_tb)
    a_day = f"{cross / 30:,.0f}" if cross >= 90 else f"{cross / 30:.1f}"
    fig, ax = canvas(f"The warehouse pays from {counted(cross, 'query', 'queries')} a month, {a_day} a day", height=3.0)
    top = max(2 * cross, 1.25 * (queries or 0))
    most = model.athena_bill(top, tb_each, usd_tb)
    ax.plot(
        [0, top],
        [0, most],
        color=PALETTE["pink"],
        lw=2,
        ls="--",
        label="Athena, by the scan",
    )
    ax.axhline(warehouse_month, color=PALETTE["blue"], lw=2, label="warehouse, all month")
    ax.plot(cross, warehouse_month, "o", color=PALETTE["black"])
    if queries is not None:
        ax.axvline(queries, color=PALETTE["orange"], lw=2)
        side = "right" if queries > 0.75 * top else "left"
        ax.text(queries, most * 0.3, " you are here ", ha=side, fontsize=8)
    ax.set(
        xlabel="queries a month",
        ylabel="USD a month",
        xlim=(0, top),
        ylim=(0, most * 1.05),
    )
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter("{x:,.0f}")
    ax.legend(loc="upper left")
    return picture(
        fig,
        alt=f"Athena's bill rises with queries and passes {warehouse_month:,.0f} USD at {cross:,.0f} a month.",
    )
