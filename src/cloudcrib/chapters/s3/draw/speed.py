"""Figures of S3's speed: parts and prefixes."""

from __future__ import annotations

from collections.abc import Mapping

from cloudcrib.chapters.s3 import speed
from cloudcrib.kit.counted import counted
from cloudcrib.kit.drawing import HATCHED, PALETTE, Picture, canvas, picture


def upload(size_gib: float, part_mib: int, streams: int, stream_mibps: float, link_mibps: float) -> Picture:
    """Time of an upload against the number of streams, and where yours stands."""
    size = size_gib * 1024
    mine = speed.upload(size, part_mib, streams, stream_mibps, link_mibps)
    bound = "the link" if mine.seconds <= size / link_mibps * 1.001 else "its streams"
    parts = counted(mine.parts, "part")
    fig, ax = canvas(f"{parts}, {mine.seconds / 60:,.1f} minutes, bound by {bound}")
    counts = range(1, 33)
    ax.plot(
        counts,
        [speed.upload(size, part_mib, n, stream_mibps, link_mibps).seconds / 60 for n in counts],
        color=PALETTE["blue"],
        lw=2,
    )
    ax.axhline(size / link_mibps / 60, color=PALETTE["grey"], ls="--", lw=1)
    limit = (32, size / link_mibps / 60)
    ax.annotate(
        "the link's limit", limit, (0, 4), textcoords="offset points", ha="right", color=PALETTE["soft"], fontsize=8
    )
    ax.plot(streams, mine.seconds / 60, "o", ms=8, color=PALETTE["red"])
    ax.set(xlabel="parallel streams", ylabel="minutes", ylim=(0, None), xlim=(0, 33))
    return picture(
        fig,
        alt=f"Time falls with parallel streams until the link is full; {streams} take {mine.seconds / 60:.1f} minutes.",
    )


def prefixes(load: Mapping[str, tuple[float, float]], title: str = "") -> Picture:
    """What each prefix is asked for, and how much of it gets through."""
    through = speed.served(load)
    lost = sum(sum(asked) for asked in load.values()) - sum(sum(done) for done in through.values())
    fig, axes = canvas(
        title
        or (
            f"{counted(lost, 'request')} a second {'meets' if round(lost) == 1 else 'meet'} 503"
            if lost
            else "Every prefix stays under its limits"
        ),
        cols=2,
        sharey=True,
    )
    names = list(load)[::-1]
    for ax, kind, limit, colour, word in (
        (axes[0], 0, speed.READS, "blue", "reads"),
        (axes[1], 1, speed.WRITES, "green", "writes"),
    ):
        for row, name in enumerate(names):
            done, asked = through[name][kind], load[name][kind]
            ax.barh(row, done, color=PALETTE[colour])
            ax.barh(row, asked - done, left=done, color=PALETTE["red"], **HATCHED)
        ax.axvline(limit, color=PALETTE["black"], ls="--", lw=1)
        ax.set_title(f"{word} a second (limit {limit:,})", fontsize=9.5)
        ax.set_yticks(range(len(names)), names)
        ax.set_xlim(0, 1.1 * max(limit, *(asked[kind] for asked in load.values())))
    said = "; ".join(f"{n}: {a[0]:,.0f} reads, {a[1]:,.0f} writes" for n, a in load.items())
    return picture(fig, alt=f"Requests a second by prefix against the limits. {said}. {lost:,.0f} are refused.")
