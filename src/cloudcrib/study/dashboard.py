"""`progress()`: what you know and how sure that is, what is due, what keeps coming back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from cloudcrib.kit.richtext import bare
from cloudcrib.quizzes.bank import Bank, banks
from cloudcrib.study.mastery import Spent
from cloudcrib.study.standing import Row, Standing, standing

ENOUGH = 5  # answers with a word of confidence before a curve says anything
LISTED = 5
EMPTY = (
    "**Nothing answered yet.** Each question and exercise that you check in a chapter appears here: "
    "what you know, how sure that is, and what is due for review. All of it stays on this machine."
)


def progress() -> None:
    """Show in the notebook how you stand."""
    from cloudcrib.study.review import kept, say

    if (Path.cwd() / "questions.json").is_file():
        return say("Progress belongs to the self-study edition; this notebook is an assignment.")
    attempts, every = kept(), banks()
    if not attempts:
        return say(EMPTY) if attempts == [] else None
    found = standing(attempts, every)
    say("\n\n".join([*sentences(found), *tables(found)]))
    _figures(found)
    if lists := "\n\n".join(listed(found, every)):
        say(lists)
    return None


def _figures(found: Standing) -> None:
    from IPython.display import display

    from cloudcrib.study import figures

    if any(row.share.asked for row in found.chapters):
        display(figures.mastery(found.chapters, found.areas))  # type: ignore[no-untyped-call]
    if sum(level.share.asked for level in found.levels) >= ENOUGH:
        display(figures.calibration(found.levels))  # type: ignore[no-untyped-call]


def sentences(found: Standing) -> Iterator[str]:
    """The dashboard in words."""
    due = f"**{found.due} to review**: run `review()`." if found.due else "Nothing is due for review."
    yield f"{_days(found.days)} {_spent(found.spent)} {due}"
    if found.brier is not None:
        yield (
            f"Your Brier score is **{found.brier:.2f}**: 0 is perfect foresight, "
            "0.25 is what “fifty-fifty” to every question would earn."
        )


def _days(days: int) -> str:
    return f"You studied on {days} of the last 7 days." if days else "Welcome back."


def _spent(found: Spent) -> str:
    """Time at work; “about” is said of what nobody measured, such as exercises."""
    if not found.measured:
        return f"So far you have spent about {minutes(found.estimated)} on it."
    more = f", and about {minutes(found.estimated)} on what is not timed" if found.estimated else ""
    return f"So far you have spent {minutes(found.measured)} on questions{more}."


def minutes(spent: dt.timedelta) -> str:
    """A time in hours and minutes."""
    hours, rest = divmod(round(spent.total_seconds() / 60), 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def tables(found: Standing) -> Iterator[str]:
    """Chapters that were begun, and exam domains, as Markdown tables."""
    begun = [row for row in found.chapters if row.share.asked or row.due]
    if begun:
        lines = [
            f"| {row.name} | {row.share.asked} of {row.of} | {_right(row)} | {row.range} | {row.due or ''} |"
            for row in begun
        ]
        yield "\n".join(["| Chapter | answered | right last time | likely | due |", "|---|---|---|---|---|", *lines])
        lines = [f"| {row.name} | {row.share.asked} | {_right(row)} | {row.range} |" for row in found.areas]
        yield "\n".join(["| Exam domain | answered | right last time | likely |", "|---|---|---|---|", *lines])


def _right(row: Row) -> str:
    return f"{row.share.right:.3g}" if row.share.asked else "–"


def listed(found: Standing, every: dict[str, Bank]) -> Iterator[str]:
    """What somebody was sure of and got wrong, and the mistakes that came back."""
    errors = [f"- {_stem(each.item, each.chapter, every)}" for each in found.errors[:LISTED]]
    if errors:
        yield "\n".join(["**Sure, and wrong** when last asked:", "", *errors])
    if found.returned:
        yield "\n".join(["**Mistakes that came back:**", "", *(f"- {one.note}" for one in found.returned[:LISTED])])


def _stem(item: str, chapter: str, every: dict[str, Bank]) -> str:
    bank = every.get(chapter)
    if bank is None or item not in bank.keys:
        return f"`{item}`"
    words = bare(bank.keys[item].stem)
    return f"{words if len(words) <= 140 else words[:139].rstrip() + '…'} (`{item}`)"
