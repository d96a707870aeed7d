"""Figures of a learner's own progress: shares with their uncertainty, and how well certainty matches knowledge."""

from __future__ import annotations

from collections.abc import Sequence

from cloudcrib.kit.drawing import PALETTE, Picture, canvas, headline, picture
from cloudcrib.study.calibration import WORDS, Level
from cloudcrib.study.standing import Row


def mastery(rows: Sequence[Row], areas: Sequence[Row]) -> Picture:
    """What was right at first, with where the truth may lie, and what is right now, for what was begun."""
    every = [(row, PALETTE["blue"]) for row in rows if row.share.asked]
    every += [(row, PALETTE["green"]) for row in areas if row.share.asked]
    fig, ax = canvas("", height=1.1 + 0.3 * len(every))
    headline(fig, _finding([row for row, _ in every]))
    for height, (row, colour) in enumerate(reversed(every)):
        low, high = row.share.interval
        ax.plot([low * 100, high * 100], [height, height], color=colour, lw=2.5, solid_capstyle="round")
        ax.plot(row.share.value * 100, height, "o", color=colour, ms=7)
        if row.now.asked:
            ax.plot(row.now.value * 100, height, "D", color=colour, ms=8, mfc="none", mew=1.4)
        ax.text(103, height, f"of {row.share.asked}", va="center", color=PALETTE["soft"], fontsize=8)
    ax.set_yticks(range(len(every)), [_short(row.name) for row, _ in reversed(every)])
    ax.set(
        xlim=(-2, 112),
        ylim=(-0.6, len(every) - 0.4),
        xlabel="right in per cent: ● at first, and where the truth may lie   ◇ now",
    )
    ax.set_xticks(range(0, 101, 20))
    said = "; ".join(
        f"{row.name}: {row.share.value:.0%} of {row.share.asked}, between {row.range}"
        + (f", now {row.now.value:.0%}" if row.now.asked else "")
        for row, _ in every
    )
    return picture(fig, alt=f"Share right at first with its interval, and share right now. {said}.")


def _short(name: str, most: int = 34) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def _finding(rows: Sequence[Row]) -> str:
    weakest = min(rows, key=lambda row: row.share.interval[1])
    known = max(rows, key=lambda row: row.share.interval[0])
    if weakest is known:
        return "A beginning: each answer narrows the bar"
    return f"Firmest: {_short(known.name, 26)} – weakest: {_short(weakest.name, 26)}"


def calibration(levels: Sequence[Level]) -> Picture:
    """How often each word of confidence was right, against the chance that it claims."""
    fig, ax = canvas("", height=3.4)
    headline(fig, _verdict(levels))
    ax.plot([0, 100], [0, 100], color=PALETTE["grey"], lw=1, ls=":")
    for level in levels:
        low, high = level.share.interval
        claimed = level.claimed * 100
        ax.plot(
            [claimed, claimed],
            [low * 100, high * 100],
            color=PALETTE["orange"],
            lw=2.5,
            solid_capstyle="round",
        )
        ax.plot(claimed, level.share.value * 100, "o", color=PALETTE["red"], ms=7)
        ax.annotate(
            f"{WORDS[level.said]}\n{level.share.asked}×",
            (claimed, level.share.value * 100),
            (-9, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            fontsize=8,
        )
    ax.set(
        xlim=(0, 103), ylim=(-3, 103), xlabel="chance that the word claims, in per cent", ylabel="right, in per cent"
    )
    said = "; ".join(f"“{WORDS[each.said]}” {each.share.value:.0%} right of {each.share.asked}" for each in levels)
    return picture(fig, alt=f"Calibration: {said}. On the dotted line, certainty is worth what it claims.")


def _verdict(levels: Sequence[Level]) -> str:
    surest = levels[-1]
    low, high = surest.share.interval
    if high < surest.claimed:
        return f"“{WORDS[surest.said].capitalize()}” is right less often than it says"
    if low > surest.claimed:
        return "You know more than you trust yourself to"
    return "Nothing yet says that you misjudge yourself"
