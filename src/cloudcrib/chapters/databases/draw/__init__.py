"""Figures of relational databases: which store, which deployment, how far behind, how far back, which quorum."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any

from cloudcrib.chapters.databases import relational as model
from cloudcrib.chapters.databases.draw.dynamodb import bills, heat, heat_of, index
from cloudcrib.chapters.databases.draw.reads import cache_curve, cache_paths, columns, sql_bills
from cloudcrib.kit import shapes
from cloudcrib.kit.counted import counted
from cloudcrib.kit.drawing import PALETTE, Picture, blank, canvas, picture
from cloudcrib.kit.palette import tint

__all__ = [
    "bills", "cache_curve", "cache_paths", "columns", "deployment", "heat", "heat_of",
    "index", "lag", "quorum", "restore", "sql_bills", "stores",
]  # fmt: skip

block = partial(shapes.block, corner=0.12, line=1.4)
STORES = (  # name; rows touched and seconds to answer, as powers of ten, from and to; colour
    ("ElastiCache, DAX", 0, 3.0, -4.2, -3.1, "orange"),
    ("DynamoDB", 0, 3.0, -2.9, -1.9, "blue"),
    ("RDS, Aurora", 0, 4.6, -1.7, 0.1, "green"),
    ("Athena", 5.2, 11, 0.9, 2.4, "pink"),
    ("Redshift", 4.8, 11, -0.7, 0.8, "sky"),
)


def stores() -> Picture:
    """Which store suits a question: how many rows it touches against how soon it must be answered."""
    fig, ax = canvas("The rows a question touches pick the store")
    for name, x0, x1, y0, y1, colour in STORES:
        block(ax, x0, y0, x1 - x0, y1 - y0, tint(colour), edge=colour)
        ax.text((x0 + x1) / 2, (y0 + y1) / 2, name, ha="center", va="center", fontweight="bold")
    ax.set(xlim=(-0.3, 11.3), ylim=(-4.5, 2.8), xlabel="rows that one question touches", ylabel="time to answer")
    ax.set_xticks([0, 3, 6, 9], ["1", "a thousand", "a million", "a billion"])
    ax.set_yticks([-4, -3, -2, 0, 1.78], ["0.1 ms", "1 ms", "10 ms", "1 s", "1 min"])
    return picture(
        fig,
        alt="Boxes over rows touched and time to answer: ElastiCache and DAX below a millisecond for a few rows, "
        "DynamoDB at a few milliseconds, RDS and Aurora up to some ten thousand rows, Redshift around a second "
        "and Athena up to minutes for billions of rows.",
    )


ROLE = {"writer": "green", "standby": "grey", "reader": "blue"}
FEED = {
    "sync": "synchronous",
    "semisync": "semisynchronous",
    "async": "asynchronous",
    "shared": "same storage",
}
COLUMN = {"a": 0, "b": 1, "c": 2, "x": 3.25}


def deployment(kind: str, failure: str = "none") -> Picture:
    """The copies of a deployment over zones and Regions, before or after a failure."""
    plan = model.DEPLOYMENTS[kind]
    outcome = model.after(kind, failure) if failure != "none" else None
    fig, ax = canvas(_headline(plan, outcome), height=2.4)
    blank(ax, 4.55, 2.35)
    _zones(ax, failure, any(node.zone == "x" for node in plan.nodes))
    for node in plan.nodes:
        _copy(ax, node, outcome)
    _feeds(ax, *model.feeds(kind, failure))
    return picture(fig, alt=_deployment_alt(plan, outcome))


def _headline(plan: model.Deployment, outcome: model.Outcome | None) -> str:
    return f"{plan.name}: all is well" if outcome is None else f"{plan.name}: {outcome.how}"


def _zones(ax: Any, failure: str, remote: bool) -> None:
    region_down = failure == "region"
    block(ax, 0.02, 0.05, 3.1, 2.2, "none", edge="red" if region_down else "grey")
    ax.text(0.1, 2.06, "Region lost" if region_down else "Region", color=PALETTE["red" if region_down else "grey"])
    for zone in "abc":
        down = region_down or (failure == "zone" and zone == "a")
        x = COLUMN[zone] + 0.1
        block(ax, x, 0.15, 0.9, 1.8, "pale", edge="red" if down else "none", linestyle="--")
        ax.text(
            x + 0.45,
            1.78,
            f"zone {zone}" + (" lost" if down else ""),
            ha="center",
            color=PALETTE["red" if down else "grey"],
        )
    block(ax, 3.3, 0.05, 1.1, 2.2, "none", edge="grey")
    ax.text(3.38, 2.06, "other Region", color=PALETTE["grey"])
    if not remote:
        ax.text(3.85, 0.93, "no copy", ha="center", va="center", color=PALETTE["grey"])


def _copy(ax: Any, node: model.Node, outcome: model.Outcome | None) -> None:
    lost = outcome is not None and node in outcome.lost
    heir = outcome is not None and node == outcome.next_writer
    x, colour = COLUMN[node.zone] + 0.17, "green" if heir else ROLE[node.role]
    block(ax, x, 0.62, 0.76, 0.62, "white" if lost else colour, edge="red" if lost else colour)
    word = "lost" if lost else "next writer" if heir else node.role
    ax.text(x + 0.38, 1.0, word, ha="center", va="center", color=PALETTE["red"] if lost else "white", fontweight="bold")
    serves = (
        ""
        if lost
        else "reads, writes"
        if heir or node.role == "writer"
        else "reads"
        if node.serves_reads
        else "no reads"
    )
    ax.text(x + 0.38, 0.8, serves, ha="center", va="center", color="white", fontsize=8)


def _feeds(ax: Any, source: model.Node | None, fed: Sequence[model.Node]) -> None:
    if source is None:
        return
    start = COLUMN[source.zone] + 0.55
    for node in fed:
        x = COLUMN[node.zone] + 0.55
        bend, dash = 0.12 if node.zone == "b" else 0.16, "--" if node.feed == "async" else "-"
        shapes.arrow(ax, (start, 0.6), (x, 0.6), head="->", line=1, dash=dash, bend=bend, gaps=(2, 2))
        ax.text(x, 1.42, FEED[node.feed], ha="center", fontsize=8)


def _deployment_alt(plan: model.Deployment, outcome: model.Outcome | None) -> str:
    copies = ", ".join(
        f"{node.role} in {'another Region' if node.zone == 'x' else 'zone ' + node.zone}" for node in plan.nodes
    )
    if outcome is None:
        return f"{plan.name}: {copies}."
    heir = (
        f"the {outcome.next_writer.role} in zone {outcome.next_writer.zone} becomes the writer"
        if outcome.next_writer
        else "no copy takes over"
    )
    return f"{plan.name} ({copies}) after the failure: {heir}; {outcome.how}; lost: {outcome.data}."


def lag(writes: Sequence[float], applies: float) -> Picture:
    """Load on the source, and the age of the change that its replica applies meanwhile."""
    lags = model.replica_lag(writes, applies)
    fig, (top, low) = canvas(f"A burst leaves the replica {max(lags):.1f} s behind at worst", rows=2, sharex=True)
    seconds = range(1, len(writes) + 1)
    top.bar(seconds, writes, width=1, color=[PALETTE["red" if w > applies else "sky"] for w in writes])
    top.axhline(applies, color=PALETTE["black"], lw=1)
    top.set_ylabel("changes/s")
    top.text(
        len(writes), applies, f"replica applies {applies:.0f}/s", ha="right", va="bottom", fontsize=8,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
    )  # fmt: skip
    low.fill_between(seconds, lags, color=PALETTE["orange"])
    low.set(ylabel="ReplicaLag (s)", xlabel="seconds", ylim=(0, max(1, max(lags)) * 1.1))
    return picture(
        fig,
        alt=f"Above, changes a second on the source, the replica's {applies:.0f} as a line; "
        f"below, its lag, up to {max(lags):.1f} s, {lags[-1]:.1f} s at the end.",
    )


def restore(retention_days: int = 7, gap_minutes: float = 5) -> Picture:
    """Which moments point-in-time recovery can reach: snapshots, logs, and the two edges."""
    fig, ax = canvas(
        f"You can restore to any second of the last {counted(retention_days, 'day')}, less the last few minutes",
        height=2.3,
    )
    blank(ax, 10.2, 2.4)
    x0, x1 = 2.0, 9.2
    shapes.arrow(ax, (0.2, 1), (10.0, 1), "grey", head="->", line=1, gaps=(2, 2))
    ax.barh(1, x1 - x0, left=x0, height=0.34, color=tint("green"), edgecolor=PALETTE["green"])
    ax.barh(1, 0.35, left=x1, height=0.34, color=PALETTE["red"])
    for day in range(retention_days):
        x = x0 + (x1 - x0) * day / retention_days
        ax.plot([x, x], [0.83, 1.17], color=PALETTE["blue"], lw=2)
    for x, y, words in (
        (0.3, 1.45, "too old:\nonly a snapshot\nhelps"),
        (x0, 0.25, f"now − {counted(retention_days, 'day')}"),
        ((x0 + x1) / 2, 1.42, "daily snapshot (blue) + transaction logs"),
        (x1 - 0.9, 0.25, f"latest: now − {gap_minutes:g} min"),
        (x1 + 0.35, 1.42, "now"),
    ):
        ax.text(x, y, words, fontsize=8.5, ha="center" if x > 1 else "left")
    return picture(
        fig,
        alt=f"A timeline: before now minus {counted(retention_days, 'day')} only manual snapshots help; from there to about "
        f"{counted(gap_minutes, 'minute', form='g')} ago any second can be restored from a snapshot and logs; the last minutes cannot.",
    )


def quorum(lost: Collection[str] = ()) -> Picture:
    """Aurora's six copies, which of them are lost, and what is left to do."""
    state = model.storage_state(len(set(lost)))
    fig, ax = canvas(f"{len(set(lost))} of 6 copies lost: {state}", height=2.2)
    blank(ax, 3.2, 1.9)
    for zone, column in zip("abc", range(3), strict=True):
        block(ax, column + 0.12, 0.12, 0.9, 1.55, "pale")
        ax.text(column + 0.57, 1.48, f"zone {zone}", ha="center", color=PALETTE["grey"])
        for row in (1, 2):
            _segment(ax, f"{zone}{row}", column, 1.3 - 0.58 * row, f"{zone}{row}" in lost)
    return picture(
        fig, alt=f"Six copies in three zones; lost: {', '.join(sorted(lost)) or 'none'}. Aurora can do {state}."
    )


def _segment(ax: Any, name: str, column: int, y: float, lost: bool) -> None:
    colour = PALETTE["red" if lost else "green"]
    block(ax, column + 0.22, y, 0.7, 0.46, "white" if lost else colour, edge=colour)
    ax.text(
        column + 0.57,
        y + 0.23,
        f"{name} lost" if lost else name,
        ha="center",
        va="center",
        color=colour if lost else "white",
    )
